"""One run per contract for a whole test session, whichever of its processes needs a verdict first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from conformance.errors import ConformanceError
from conformance.report.document import Document, RequirementEntry, document
from conformance.report.opinion import sentence, unexplained
from conformance.report.terminal import failure
from conformance.report.words import fails, one_line
from conformance.settings import Options, Progress, TargetSettings
from conformance.target.secrets import Secrets

if TYPE_CHECKING:
    from conformance.contract import Contract


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test of one requirement comes to, and what there is to say of it."""

    kind: Literal["passed", "failed", "skipped"]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run; `cut` is why it ended early or never began."""

    title: str
    cut: str | None
    document: Document

    @property
    def incomplete(self) -> str | None:
        """Why the run concluded too little."""
        return self.document["run"]["incomplete"]

    def outcome(self, identifier: str) -> Outcome:
        """A failure reads as in every report; what a run that was cut left open is no skip."""
        entry = next((entry for entry in self.document["requirements"] if entry["id"] == identifier), None)
        if entry is None:
            return Outcome("failed", self.cut or f"the run came to no verdict on {identifier}")
        if fails(entry, strict=self.document["run"]["strict"]) or entry["verdict"] == "error":
            return Outcome("failed", "\n".join(failure(entry)))
        return self._undecided(entry) if entry["verdict"] == "unproven" else Outcome("passed", entry["detail"])

    def summary(self) -> Iterator[str]:
        """Counts, notices, and what is missing."""
        yield ", ".join(f"{count} {verdict}" for verdict, count in self.document["summary"].items() if count)
        yield from map(one_line, self.document["run"]["notices"])
        opinion = self.document["second_opinion"]
        yield from (f"second opinion: {sentence(finding)}" for finding in unexplained(opinion))
        if self.incomplete:
            yield f"incomplete: {one_line(self.incomplete)}"

    def _undecided(self, entry: RequirementEntry) -> Outcome:
        why = one_line(": ".join(part for part in (entry["reason"], entry["detail"]) if part))
        return Outcome("failed", f"{self.cut}\n{why}") if self.cut else Outcome("skipped", why)


class SharedRuns:
    """Runs that were made, by contract; with a folder, other processes of the session read them there."""

    def __init__(
        self, settings: TargetSettings, options: Options, *, strict: bool = False, folder: Path | None = None
    ) -> None:
        self._settings = settings
        self._options = options
        self._strict = strict
        self._folder = folder
        self._runs: dict[Path, Run | ConformanceError] = {}

    def run(self, contract: Contract, path: Path, ids: tuple[str, ...]) -> Run:
        """The run of a contract, made at the first call; raises what it raised, KeyboardInterrupt if it was cut so."""
        if path not in self._runs:
            self._runs[path] = self._found_or_made(contract, path, ids)
        run = self._runs[path]
        if isinstance(run, ConformanceError):
            raise run
        if run.document["run"]["interrupted"]:
            raise KeyboardInterrupt
        return run

    def finished(self) -> list[Run]:
        """Every run of the session, whichever process made it."""
        own = [run for run in self._runs.values() if isinstance(run, Run)]
        shared = sorted(self._folder.glob("*.json")) if self._folder else []
        return own or [_read(path) for path in shared]

    def redact(self, text: str) -> str:
        """The text without the credential."""
        return Secrets([self._settings.token] if self._settings.token else []).redact(text)

    def _found_or_made(self, contract: Contract, path: Path, ids: tuple[str, ...]) -> Run | ConformanceError:
        if self._folder is None:
            return self._attempt(contract, path, ids)
        shared = self._folder / f"{sha256(str(path).encode()).hexdigest()}.json"
        with _alone(shared.with_suffix(".lock")):
            if shared.exists():
                return _read(shared)
            run = self._attempt(contract, path, ids)
            if isinstance(run, Run):
                _write(run, shared)
            return run

    def _attempt(self, contract: Contract, path: Path, ids: tuple[str, ...]) -> Run | ConformanceError:
        try:
            return self._make(contract, path, ids)
        except ConformanceError as error:
            return error

    def _make(self, contract: Contract, path: Path, ids: tuple[str, ...]) -> Run:
        from conformance import suite
        from conformance.cli.outcome import secrets_of

        report = suite.check(contract, self._settings, replace(self._options, only=ids), _ignore)
        seen = document(report, secrets_of(contract, self._settings), strict=self._strict)
        cut = seen["run"]["incomplete"] if report.run.incomplete else None
        return Run(path.name, cut, seen)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Holds a lock that the system takes back from a process that dies."""
    import fcntl

    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write(run: Run, path: Path) -> None:
    path.write_text(json.dumps({"title": run.title, "cut": run.cut, "document": run.document}))


def _read(path: Path) -> Run:
    return Run(**json.loads(path.read_text()))


def _ignore(_: Progress) -> None:
    """Nobody watches."""
