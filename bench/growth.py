"""How time and memory grow with a contract: copies of its operations, listed and derived in a fresh process each."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from bench.command import run
from conformance.bundled import bundled_contract

COPIES = (50, 100, 200)
_NAMES = ("operationId", "operation", "restore", "state")  # where an operation or a state is named


@dataclass(frozen=True, slots=True)
class Size:
    """What one contract costs; times in seconds of CPU, `peak` is the process's largest memory in bytes."""

    requirements: int
    cases: int
    listing: float
    deriving: float
    peak: int


def sizes() -> Iterator[tuple[int, Size]]:
    """The cost of each number of copies."""
    with TemporaryDirectory() as folder:
        spec = Path(folder) / "openapi.json"
        for copies in COPIES:
            spec.write_text(json.dumps(repeated(_original(), copies)))
            yield copies, Size(**json.loads(run(sys.executable, "-m", "bench.growth", str(spec)).output))


def _original() -> dict[str, Any]:
    from conformance.contract.document import load

    return load(bundled_contract()).root


def repeated(document: dict[str, Any], copies: int) -> dict[str, Any]:
    """The document with its paths, operations and states `copies` times, each copy under names of its own."""
    extension = document.get("x-conformance", {})
    names = {*extension.get("states", {}), *_operations(document)}
    numbered = [{name: f"{name}{number}" for name in names} for number in range(copies)]
    paths = {
        f"/copy{number}{path}": _renamed(item, new)
        for number, new in enumerate(numbered)
        for path, item in document["paths"].items()
    }
    states = {
        new[name]: _renamed(state, new) for new in numbered for name, state in extension.get("states", {}).items()
    }
    return {**document, "paths": paths, "x-conformance": {**extension, "states": states}}


def _operations(document: dict[str, Any]) -> Iterator[str]:
    for item in document["paths"].values():
        yield from (each["operationId"] for each in item.values() if isinstance(each, dict) and "operationId" in each)


def _renamed(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, list):
        return [_renamed(item, names) for item in node]
    if not isinstance(node, dict):
        return deepcopy(node)
    return {
        key: names.get(value, value) if key in _NAMES and isinstance(value, str) else _renamed(value, names)
        for key, value in node.items()
    }


def measured(spec: Path) -> Size:
    """Reads, lists and derives a contract in this process."""
    from conformance import suite
    from conformance.cases.derive import derive
    from conformance.cases.host import Hosts
    from conformance.cases.plan import Plan
    from conformance.cli.collector import calm
    from conformance.emulator import FIXTURES

    calm()
    started = process_time()
    contract = suite.load(spec)
    requirements = suite.requirements(contract)
    listed = process_time()
    cases = 0
    for operation in contract.operations.values():
        hosts = Hosts(contract, operation, FIXTURES, {"": {}}, contract.settings)
        cases += len(derive(hosts, Plan()))
    done = process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Size(len(requirements), cases, listed - started, done - listed, peak)


if __name__ == "__main__":
    print(json.dumps(asdict(measured(Path(sys.argv[1])))))
