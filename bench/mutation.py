"""`python -m bench.mutation [--emulator] [PATTERN]...`: how many small changes to our code our tests notice.

A pattern names changes, e.g. "conformance.judge.ledger*"; without one, all are tried. What was noticed once is not
tried again until its function changes. The code is what derives and judges; with `--emulator` it is the emulator, and
what has to notice is the suite itself: each change is a server with a defect that nobody chose.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from subprocess import run

WANTED = 0.90  # of all changes
EMULATED = Path("build/mutation/emulator")  # where the emulator is changed; all below lies there, then
WORK = Path("mutants")  # where mutmut keeps its copies and, file by file, what came of each change
LOG = Path("build/mutation/log")
SURVIVORS = Path("build/mutation/survivors")
MUTMUT = str(Path(sys.executable).with_name("mutmut"))
SURVIVED, UNTESTED = (0,), (5, 33)  # exit codes as mutmut notes them; any other ended the tests
HEADER = f"{'module':<38}{'changes':>9}{'noticed':>9}{'survived':>10}{'untested':>10}{'share':>9}"


@dataclass(frozen=True, slots=True)
class Module:
    """What came of the changes to one module: exit codes of the tests by the change's name, None if not tried."""

    name: str
    codes: dict[str, int | None]

    def names(self, kinds: Iterable[int | None]) -> list[str]:
        """The changes that ended with one of these exit codes."""
        return [name for name, code in self.codes.items() if code in kinds]

    @property
    def noticed(self) -> int:
        """How many changes made a test fail, crash or run without end."""
        return len(self.codes) - len(self.names((*SURVIVED, *UNTESTED, None)))


def main() -> int:
    """Tries what was not tried yet and what survived before; 0 if enough of the changes is noticed, else 1."""
    emulated = "--emulator" in sys.argv
    patterns = [each for each in sys.argv[1:] if each != "--emulator"]
    if emulated:
        _enter_emulated()
    LOG.parent.mkdir(parents=True, exist_ok=True)
    _forget_survivors()
    shutil.rmtree(WORK / "tests", ignore_errors=True)  # else tests that are no more would still run
    (WORK / "mutmut-stats.json").unlink(missing_ok=True)  # else what a test reaches would be what it reached once
    with LOG.open("w") as log:
        done = run([MUTMUT, "run", *_open(patterns)], stdout=log, stderr=log, check=False)
    found = list(modules(patterns))
    SURVIVORS.write_text("".join(f"{name}\n" for each in found for name in each.names((*SURVIVED, *UNTESTED))))
    print(*table(found), sep="\n")
    print(f"survivors: {SURVIVORS}; what one of them changes: {MUTMUT} show NAME")
    if done.returncode or any(each.names((None,)) for each in found):
        print(f"not every change was tried: {LOG} says why; the same command goes on from here")
        return 1
    return 0 if emulated or share(found) >= WANTED else 1  # much of what a server says is its own choice


def modules(patterns: Iterable[str] = ()) -> Iterator[Module]:
    """Every module of which changes were made that a pattern names, in the order of their names."""
    for path in sorted(WORK.rglob("*.py.meta")):
        codes = json.loads(path.read_text())["exit_code_by_key"]
        if patterns:
            codes = {name: code for name, code in codes.items() if any(fnmatch(name, each) for each in patterns)}
        if codes:
            yield Module(str(path.relative_to(WORK)).removesuffix(".meta"), codes)


def share(found: list[Module]) -> float:
    """The share of all changes that was noticed."""
    return sum(each.noticed for each in found) / max(1, sum(len(each.codes) for each in found))


def table(found: list[Module]) -> Iterator[str]:
    """One line for each module, and one for all."""
    yield from (HEADER, "-" * len(HEADER))
    whole = Module("all", {name: code for each in found for name, code in each.codes.items()})
    for each in (*found, whole):
        survived, untested = len(each.names(SURVIVED)), len(each.names(UNTESTED))
        counts = f"{len(each.codes):>9}{each.noticed:>9}{survived:>10}{untested:>10}"
        yield f"{each.name:<38}{counts}{share([each]):>9.1%}"


def _enter_emulated() -> None:
    """Goes to a place where the suite is the test; its configuration and the test stand in `bench/defects`."""
    root = Path.cwd()
    EMULATED.mkdir(parents=True, exist_ok=True)
    os.chdir(EMULATED)
    for name, source in (("tests", "bench/defects/tests"), *((each, each) for each in ("conformance", "spec"))):
        if not Path(name).is_symlink():
            Path(name).symlink_to(root / source)
    shutil.copy(root / "bench/defects/pyproject.toml", "pyproject.toml")


def _open(patterns: list[str]) -> list[str]:
    """What is to be tried of what patterns name; mutmut would try all of it again."""
    known = [name for each in modules(patterns) for name in each.names((None,))] if patterns else []
    return known or patterns


def _forget_survivors() -> None:
    """What survived once is tried again: the tests may have become better."""
    for path in WORK.rglob("*.py.meta"):
        data = json.loads(path.read_text())
        codes = data["exit_code_by_key"]
        data["exit_code_by_key"] = {n: None if code in (*SURVIVED, *UNTESTED) else code for n, code in codes.items()}
        path.write_text(json.dumps(data))


if __name__ == "__main__":
    sys.exit(main())
