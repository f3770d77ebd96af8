"""Laws of the code as a whole: imports go one way, and nothing grows beyond what can be read at once."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(path for folder in ("conformance", "tests", "bench") for path in (ROOT / folder).rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def lines_of_functions(files: list[Path]) -> Iterator[tuple[str, int]]:
    """Every function by place and name, with its number of lines."""
    for path in files:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def test_imports_go_one_way() -> None:
    """The direction of imports in ARCHITECTURE.md holds."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_a_file_can_be_read_at_once(path: Path) -> None:
    """No file is longer than 400 lines."""
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


def test_a_function_fits_on_a_screen() -> None:
    """No function is longer than 40 lines."""
    long = [f"{place}: {lines} lines" for place, lines in lines_of_functions(FILES) if lines > LONGEST_FUNCTION]

    assert long == []


def test_most_functions_are_short() -> None:
    """Of the product's functions, half are under 8 lines and nine in ten under 26."""
    product = [path for path in FILES if path.is_relative_to(ROOT / "conformance")]

    lengths = [lines for _, lines in lines_of_functions(product)]

    assert statistics.median(lengths) < 8
    assert statistics.quantiles(lengths, n=10)[8] < 26
