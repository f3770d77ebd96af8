"""An engine that answers as a test tells it to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

import conformance
from conformance.contract.operation import Contract
from conformance.requirement import Requirement
from conformance.settings import Options, Progress, TargetSettings
from conformance.verdict import Report
from tests.report import samples

CONTRACT = Contract(
    title="Address groups",
    path="openapi.yaml",
    operations={},
    states={},
    fixtures={"project_id": {}, "address_group_id": {}, "address_group_id.ipv6": {}},
    readings={"R5": {"level": "contested", "text": "one of the two, both, or neither"}},
    settings={"address_quota": 20},
)


@dataclass
class Engine:
    """What it returns or raises, and what it was asked."""

    answer: Report | BaseException = field(default_factory=lambda: samples.report(samples.PASSED))
    asked: list[tuple[TargetSettings, Options]] = field(default_factory=list)
    emulators: list[object] = field(default_factory=list)
    specs: list[Path | None] = field(default_factory=list)

    def load(self, path: Path | None) -> Contract:
        """The contract, whatever the path."""
        self.specs.append(path)
        return CONTRACT

    def requirements(self, _: Contract) -> tuple[Requirement, ...]:
        """One of each kind."""
        return (samples.NAME, samples.IDENTIFIER, samples.BOTH_SETS, samples.READY, samples.JSON_BODY)

    def findings(self, _: Contract) -> tuple[str, ...]:
        """One."""
        return ("updateAddressGroup/request/body/x/minLength can never be broken",)

    def cases_of(self, _: Contract, identifier: str, profile: str) -> list[str]:
        """Three for the name, two of which read alike; none for others."""
        said = [f"{profile}: 64 characters are accepted", "65 are not", "65 are not"]
        return said if identifier == samples.NAME.id else []

    def check(
        self,
        _: Contract,
        target: TargetSettings,
        options: Options,
        progress: Callable[[Progress], None],
        emulator: object,
    ) -> Report:
        """The answer."""
        self.asked.append((target, options))
        self.emulators.append(emulator)
        progress(Progress(1, 1, "updateAddressGroup"))
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    """The engine in the place of the real one; the test runs in an empty folder, with no token in the environment."""
    made, module = Engine(), ModuleType("conformance.suite")
    for name in ("load", "requirements", "findings", "cases_of", "check"):
        setattr(module, name, getattr(made, name))
    monkeypatch.setitem(sys.modules, "conformance.suite", module)
    monkeypatch.setattr(conformance, "suite", module, raising=False)
    monkeypatch.setattr("conformance.emulator.server.Embedded", lambda: nullcontext("emulator"))
    monkeypatch.delenv("CONFORMANCE_TOKEN", raising=False)
    monkeypatch.chdir(tmp_path)
    return made
