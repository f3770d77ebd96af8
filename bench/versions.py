"""Two versions of a large contract compared: a public document of several hundred operations, and an edited copy."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.command import program, run

ROOT = "digitalocean/DigitalOcean-public.v2.yaml"

# File, text and what takes its place: a limit that many operations share, one member's, and a pattern.
EDITS = (
    ("shared/parameters.yml", "maximum: 200", "maximum: 100"),
    ("resources/tags/models/tags.yml", "maxLength: 255", "maxLength: 254"),
    ("shared/models/error.yml", "  - message\n", ""),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings that break callers, wall time in seconds, exit code."""

    breaking: int
    seconds: float
    code: int


def edited(data: Path) -> tuple[Compared, Compared]:
    """The document against a copy with a few edits, and against itself."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(data / Path(ROOT).parent, copy)
        for name, text, other in EDITS:
            path = copy / name
            content = path.read_text()
            if text not in content:
                raise ValueError(f"{path.name} is not the file that is edited here: it lacks {text!r}")
            path.chmod(0o644)
            path.write_text(content.replace(text, other))
        return _compared(data / ROOT, copy / Path(ROOT).name), _compared(data / ROOT, data / ROOT)


def _compared(old: Path, new: Path) -> Compared:
    done = run(program("conformance"), "compat", str(old), str(new), "--format=json")
    findings = json.loads(done.output)["findings"]
    return Compared(sum(each["verdict"] == "breaking for callers" for each in findings), done.seconds, done.code)
