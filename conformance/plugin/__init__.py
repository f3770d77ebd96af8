"""The pytest plugin: an OpenAPI document is collected as one test per requirement, on one run of the same engine.

This module is imported by every pytest run of whoever has installed the suite: whatever is heavy is imported late.
"""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conformance.contract import Contract
    from conformance.plugin.shared import Run, SharedRuns
    from conformance.settings import Options, Profile, TargetSettings

_SUFFIXES = (".yaml", ".yml", ".json")
_OPENAPI = re.compile(rb"""^\s*\{?\s*["']?openapi["']?\s*:""", re.MULTILINE)
_BEGINNING = 65_536  # bytes in which the word "openapi" must stand
_FOLDER = "conformance_folder"  # under which name the workers of a session are told where they share their runs
_RUNS = pytest.StashKey["SharedRuns"]()
_SHARED = pytest.StashKey["TemporaryDirectory[str]"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options of a target and of how much is tried."""
    group = parser.getgroup("conformance", "conformance of a server to an OpenAPI document (pytest openapi.yaml)")
    add = group.addoption
    add("--conformance-url", metavar="URL", help="the target; without it, the embedded emulator")
    add("--conformance-token", metavar="TOKEN", help="the credential; better: the variable CONFORMANCE_TOKEN")
    add("--conformance-fixture", metavar="NAME=VALUE", type=_pair, action="append", default=[], help="may be repeated")
    add("--conformance-profile", metavar="NAME", type=_profile, default="standard", help="quick, standard or thorough")
    add("--conformance-seed", metavar="N", type=_natural, default=None, help="of what is drawn")
    add("--conformance-allow-changes", action="store_true", help="let a target that is not local be changed")
    add("--conformance-strict", action="store_true", help="fail on contested readings that the target departs from")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ContractFile | None:
    """An OpenAPI document that was named, or, where a target was named, any file openapi.yaml (.yml, .json)."""
    named = parent.session.isinitpath(file_path)
    found = parent.config.option.conformance_url is not None and file_path.stem == "openapi"
    if file_path.suffix in _SUFFIXES and (named or found) and _is_openapi(file_path):
        return ContractFile.from_parent(parent, path=file_path)
    return None


class ContractFile(pytest.File):
    """One contract; its items are its requirements."""

    contract: Contract

    def collect(self) -> Iterator[RequirementItem]:
        """One item per requirement, in the contract's order."""
        from conformance import suite
        from conformance.cli import names

        self.contract = suite.load(self.path)
        names.check(self.contract, _settings(self.config))
        for requirement in suite.requirements(self.contract):
            item = RequirementItem.from_parent(self, name=requirement.id)
            item.line = _line(requirement.source.place)
            yield item

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]
        """An error of the contract or the configuration is a sentence, not a traceback."""
        return _sentence(excinfo.value) or super().repr_failure(excinfo)


class RequirementItem(pytest.Item):
    """One requirement; the first that is run makes the run for all that are selected."""

    parent: ContractFile
    line = 0  # of the contract, from 0

    def runtest(self) -> None:
        """Passes, fails or skips as the verdict says."""
        run = _runs(self.config).run(self.parent.contract, self.path, self._selected())
        outcome = run.outcome(self.name)
        match outcome.kind:
            case "failed":
                raise BrokenRequirement(outcome.text)
            case "skipped":
                raise pytest.skip.Exception(outcome.text, _use_item_location=True)
            case "passed" if outcome.text:
                self.add_report_section("call", "contested", outcome.text)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]
        """What was sent, expected and seen, without a traceback."""
        if isinstance(excinfo.value, BrokenRequirement):
            return str(excinfo.value)
        said = _sentence(excinfo.value) or str(super().repr_failure(excinfo))
        return _runs(self.config).redact(said)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the contract says so, and the requirement's id."""
        return self.path, self.line, self.name

    def _selected(self) -> tuple[str, ...]:
        """The requirements of this contract that are left after deselection: the same ones in every worker."""
        return tuple(item.name for item in self.session.items if item.parent is self.parent)


class BrokenRequirement(Exception):  # noqa: N818  a verdict on the target, not an error of ours
    """A requirement that is not met, told in the lines of a report."""


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tells a worker of pytest-xdist where runs are shared: one target bears only one run at a time."""
    stash = node.config.stash
    if _SHARED not in stash:
        stash[_SHARED] = TemporaryDirectory(prefix="conformance-")
    node.workerinput[_FOLDER] = stash[_SHARED].name


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that concluded too little makes the session fail, even if all that was decided has passed."""
    found = _finished(session.config)
    if session.exitstatus == pytest.ExitCode.OK and any(run.incomplete for run in found):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What the run says beyond single requirements."""
    for run in _finished(config):
        terminalreporter.section(f"conformance: {run.title}")
        for line in run.summary():
            terminalreporter.line(line)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Removes what the workers shared."""
    if _SHARED in config.stash:
        config.stash[_SHARED].cleanup()


def _finished(config: pytest.Config) -> list[Run]:
    """The runs of the whole session, in the process that sums it up; nothing in a worker."""
    if hasattr(config, "workerinput"):
        return []
    shared = _SHARED in config.stash and any(Path(config.stash[_SHARED].name).iterdir())
    return _runs(config).finished() if shared or _RUNS in config.stash else []


def _runs(config: pytest.Config) -> SharedRuns:
    """The runs of this session, one per contract, shared with its other workers if it has any."""
    if _RUNS not in config.stash:
        from conformance.plugin.shared import SharedRuns

        config.stash[_RUNS] = SharedRuns(
            _settings(config), _options(config), strict=config.option.conformance_strict, folder=_folder(config)
        )
    return config.stash[_RUNS]


def _folder(config: pytest.Config) -> Path | None:
    if _SHARED in config.stash:
        return Path(config.stash[_SHARED].name)
    told = getattr(config, "workerinput", {}).get(_FOLDER)
    return Path(told) if told else None


def _settings(config: pytest.Config) -> TargetSettings:
    """The target that the options name, read as the command line reads them."""
    from conformance.cli import target

    given = config.option
    return target.settings(
        Namespace(
            url=given.conformance_url,
            target=None,
            token=given.conformance_token,
            fixture=given.conformance_fixture,
            setting=[],
            timeout=None,
            allow_changes=given.conformance_allow_changes,
            allow_disruption=False,
        )
    )


def _options(config: pytest.Config) -> Options:
    from conformance.settings import DEFAULT_SEED, Options

    given = config.option
    seed = DEFAULT_SEED if given.conformance_seed is None else given.conformance_seed
    return Options(profile=given.conformance_profile, seed=seed)


def _sentence(error: BaseException) -> str | None:
    """What an error of ours says, and its hint; None for any other."""
    from conformance.errors import ConformanceError

    if not isinstance(error, ConformanceError):
        return None
    return f"{error.message}\n  hint: {error.hint}" if error.hint else error.message


def _line(place: str) -> int:
    """The line, from 0, that a place such as openapi.yaml:12 names."""
    number = place.rpartition(":")[2]
    return int(number) - 1 if number.isdigit() else 0


def _is_openapi(path: Path) -> bool:
    with path.open("rb") as file:
        return _OPENAPI.search(file.read(_BEGINNING)) is not None


def _pair(text: str) -> tuple[str, str]:
    from conformance.cli import values

    return values.pair(text)


def _profile(text: str) -> Profile:
    from conformance.cli import values

    return values.profile(text)


def _natural(text: str) -> int:
    from conformance.cli import values

    return values.natural(text)
