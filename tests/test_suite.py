"""Laws of the suite as a whole: a faithful target conforms, and no other is taken for one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conformance import suite
from conformance.cases.plan import Plan
from conformance.contract import Contract
from conformance.emulator import FIXTURES, TOKEN
from conformance.errors import ContractError, UsageError
from conformance.run import runner
from conformance.run.ahead import Ahead
from conformance.run.permission import Permission
from conformance.run.runner import ahead
from conformance.selection import matches
from conformance.settings import Options, Progress, TargetSettings
from conformance.target import Patient
from conformance.verdict import Report, Verdict, exit_code
from conformance.wire import Exchange, Request
from tests.target.hostile import nobody, serving

QUICK = Options(profile="quick")
ACCEPTING = ("null-200", "null-202", "null-closing")
NULLS = ["null-200", "null-202", "null-400", "null-401", "null-404", "null-500", "null-closing"]


class Listening(Patient):
    """Sends at once whatever is asked of it, waits for nobody, and notes every request."""

    heard: list[Request]

    def __init__(self, sender: Any) -> None:
        super().__init__(sender, sleep=lambda seconds: None)

    def send(self, request: Request) -> Exchange:
        """The exchange of a request."""
        Listening.heard.append(request)
        return super().send(request)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    Listening.heard = []
    monkeypatch.setattr(suite, "Patient", Listening)


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cases are derived once for all servers that are given the same."""
    monkeypatch.setattr(suite, "ahead", _shared)


_AHEAD: dict[str, Ahead] = {}


def _shared(contract: Contract, fixtures: Mapping[str, str], plan: Plan, permission: Permission) -> Ahead:
    key = repr((contract.path, sorted(fixtures.items()), plan, permission))
    if key not in _AHEAD:
        _AHEAD[key] = ahead(contract, fixtures, plan, permission)
    return _AHEAD[key]


@pytest.fixture(scope="module")
def contract() -> Contract:
    """The contract that comes with the package."""
    return suite.load()


@dataclass(frozen=True)
class Run:
    """The quick run against the embedded emulator: its report, what was sent, and what was told of it."""

    report: Report
    heard: list[Request]
    told: list[Progress]


@pytest.fixture(scope="module")
def run(contract: Contract) -> Run:
    """The one run that many laws are about."""
    Listening.heard, told = [], list[Progress]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suite, "Patient", Listening)
        report = suite.check(contract, TargetSettings(), QUICK, told.append)
    return Run(report, Listening.heard, told)


@pytest.fixture
def faithful(run: Run) -> Report:
    """Its report."""
    return run.report


def against(contract: Contract, behaviour: str, **options: Any) -> Report:
    """The quick run against a server that behaves badly."""
    with serving(behaviour) as server:
        target = TargetSettings(server.url, TOKEN, FIXTURES, deadline=0.3)
        return suite.check(contract, target, Options(profile="quick", **options))


def test_a_large_contract_is_under_way_before_all_is_derived(
    contract: Contract, faithful: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not derived ahead is derived when its turn comes, and every verdict is the same."""
    monkeypatch.setattr(runner, "PREPARED", 0)

    assert ahead(contract, FIXTURES, Plan(profile="quick"), Permission()).prepared == frozenset()
    report = suite.check(contract, TargetSettings(), QUICK)

    assert {r.requirement.id: r.verdict for r in report.results} == {
        r.requirement.id: r.verdict for r in faithful.results
    }


def test_no_requirement_is_left_out_for_the_state_at_hand(contract: Contract) -> None:
    """Where the state that earlier cases left does not allow a case, the resource is put back first."""
    report = suite.check(contract, TargetSettings(), Options())

    assert [result.requirement.id for result in report.results if result.reason == "state"] == []


def passed(report: Report) -> list[str]:
    """The requirements that passed."""
    return [result.requirement.id for result in report.results if result.verdict is Verdict.PASS]


def test_the_emulator_conforms(contract: Contract, faithful: Report) -> None:
    """The embedded emulator fails nothing, is judged on every requirement, and much of it is proved."""
    failed = [result for result in faithful.results if result.verdict in (Verdict.FAIL, Verdict.ERROR)]

    assert failed == []
    assert exit_code(faithful) == 0
    assert faithful.run.incomplete is None
    assert len(passed(faithful)) > 200
    assert [result.requirement for result in faithful.results] == list(suite.requirements(contract))


def test_every_pass_has_evidence(faithful: Report) -> None:
    """What passed rests on an exchange, what is unproven has a reason, what is noted says what the target does."""
    for result in faithful.results:
        if result.verdict in (Verdict.PASS, Verdict.NOTED):
            assert result.evidence, result.requirement.id
        if result.verdict in (Verdict.UNPROVEN, Verdict.NOTED):
            assert result.reason, result.requirement.id
            assert result.detail, result.requirement.id


def test_contested_requirements_are_never_firm(faithful: Report) -> None:
    """A contested requirement is noted or unproven, nothing else."""
    contested = {result.verdict for result in faithful.results if result.requirement.level == "contested"}

    assert contested <= {Verdict.NOTED, Verdict.UNPROVEN}


def test_the_same_seed_sends_the_same_requests(contract: Contract, run: Run) -> None:
    """Two runs with one seed send the same requests in the same order."""
    suite.check(contract, TargetSettings(), QUICK)

    assert Listening.heard == run.heard
    assert len(run.heard) > 100


def test_only_and_skip(contract: Contract) -> None:
    """A selected run reports on what was selected and on nothing else, with fewer requests."""
    name = "updateAddressGroup/request/body/address_group/name"
    options = Options(profile="quick", only=(name,), skip=("*/pattern",))

    report = suite.check(contract, TargetSettings(), options)

    names = [result.requirement.id for result in report.results]
    assert all(matches(name, each) and not each.endswith("/pattern") for each in names)
    assert any(each.endswith("/maxLength") for each in passed(report))
    assert 5 < report.run.requests < 80
    assert exit_code(report) == 0


@pytest.mark.parametrize("options", [Options(only=("nothing/like/this",)), Options(skip=("updateAdressGroup",))])
def test_patterns_that_match_nothing(contract: Contract, options: Options) -> None:
    """A pattern without a match is the user's mistake, not an empty success."""
    with pytest.raises(UsageError):
        suite.check(contract, TargetSettings(), options)


def test_nothing_left(contract: Contract) -> None:
    """A selection that leaves nothing is refused."""
    with pytest.raises(UsageError):
        suite.check(contract, TargetSettings(), Options(only=("updateAddressGroup",), skip=("updateAddressGroup",)))


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize("behaviour", NULLS)
def test_a_server_that_answers_one_thing_passes_nothing(contract: Contract, behaviour: str) -> None:
    """A server with one answer to everything passes nothing; one that accepts all fails what it should refuse."""
    report = against(contract, behaviour)

    failed = {result.requirement.id for result in report.results if result.verdict is Verdict.FAIL}
    assert passed(report) == []
    assert exit_code(report) in (1, 3)
    if behaviour in ACCEPTING:
        assert exit_code(report) == 1
        assert len(failed) > 30
        assert "updateAddressGroup/authentication/missing" in failed
    assert Verdict.ERROR not in {result.verdict for result in report.results}


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("null-401", "credential-refused"),
        ("null-404", "not-published"),
        ("redirect", "redirected"),
        ("hang", "cut-short"),
        ("close-at-once", "cut-short"),
        ("reset", "cut-short"),
        ("not-http", "cut-short"),
        ("half-body", "cut-short"),
        ("throttle-forever", "cut-short"),
    ],
)
def test_what_the_user_can_mend_is_incomplete(contract: Contract, behaviour: str, reason: str) -> None:
    """A target that cannot be judged for a reason of the user's is incomplete, says why, and passes nothing."""
    report = against(contract, behaviour)

    reasons = {result.reason for result in report.results if result.verdict is Verdict.UNPROVEN}
    assert passed(report) == []
    assert Verdict.FAIL not in {result.verdict for result in report.results}
    assert reason in reasons
    assert exit_code(report) == 3
    assert report.run.requests < 40


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize("behaviour", ["null-500", "html-502", "html"])
def test_what_is_broken_fails(contract: Contract, behaviour: str) -> None:
    """A target that answers, and not as documented, fails or is incomplete, and passes nothing."""
    report = against(contract, behaviour)

    assert passed(report) == []
    assert exit_code(report) in (1, 3)


@pytest.mark.usefixtures("once")
def test_nobody_there(contract: Contract) -> None:
    """A target that refuses the connection is an incomplete run."""
    with nobody() as url:
        report = suite.check(contract, TargetSettings(url, TOKEN, FIXTURES, deadline=0.3), QUICK)

    assert exit_code(report) == 3
    assert "cannot be reached" in str(report.run.incomplete)


@pytest.mark.usefixtures("once")
def test_a_wrong_token(contract: Contract) -> None:
    """With a wrong token nothing can be judged, and the user is told so."""
    report = suite.check(contract, TargetSettings(token="not-the-token"), QUICK)

    assert exit_code(report) == 3
    assert passed(report) == []


@pytest.mark.usefixtures("once")
def test_the_time_limit(contract: Contract) -> None:
    """A run without time is cut, says so, and is incomplete."""
    report = suite.check(contract, TargetSettings(), Options(profile="quick", time_limit=1e-9))

    assert exit_code(report) == 3
    assert "time" in str(report.run.incomplete)


def test_progress(run: Run) -> None:
    """Progress is told as the run goes, and never runs backwards within an operation."""
    assert len(run.told) > 100
    assert all(0 <= each.done <= each.total for each in run.told)


def test_the_embedded_emulator_shares_a_core(contract: Contract) -> None:
    """While the embedded emulator is asked, nothing is lost by waking another core; afterwards all are free again."""
    free, meanwhile = os.sched_getaffinity(0), set()

    suite.check(contract, TargetSettings(), QUICK, lambda _: meanwhile.add(len(os.sched_getaffinity(0))))

    assert 1 in meanwhile
    assert os.sched_getaffinity(0) == free


def test_cases_of_a_requirement(contract: Contract) -> None:
    """The cases of a requirement are shown as they would be sent."""
    lines = suite.cases_of(contract, "updateAddressGroup/request/body/address_group/name/maxLength")

    assert any(line.startswith("refuse: 65 characters") for line in lines)
    assert any("64 characters" in line for line in lines)


def test_findings(contract: Contract) -> None:
    """What is said of the contract itself is said in one line each."""
    found = suite.findings(contract)

    assert all(line and "\n" not in line for line in found)


def test_vacuous_constraints_are_findings() -> None:
    """What nothing can violate is said with its place, its source and what refuses as much; the rest is not."""
    from tests.toy_contracts import posting, read

    (finding,) = suite.findings(read(posting({"type": "object", "required": ["a"], "minProperties": 1})))

    assert finding == (
        "make/request/body/minProperties (toy.yaml, POST /things): "
        "nothing can violate this constraint alone: required refuses as much"
    )


def test_a_contract_that_is_not_there(tmp_path: Path) -> None:
    """A missing contract is the user's to mend."""
    with pytest.raises(ContractError):
        suite.load(tmp_path / "absent.yaml")


def test_the_thorough_profile_has_a_second_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another tool explores what was selected, fails nothing of the emulator, and is asked in no other profile."""
    from conformance.generation import explorer

    for name in ("COVERED", "DRAWN"):
        monkeypatch.setattr(explorer, name, 12)
    only = ("modifyInstanceIp/request/body/vpc_id/type",)

    thorough = suite.check(suite.load(), TargetSettings(), Options(profile="thorough", only=only))
    quick = suite.check(suite.load(), TargetSettings(), Options(profile="quick", only=only))

    assert thorough.second_opinion is not None
    assert 20 < thorough.second_opinion.requests < 60
    assert {request.target.split("/")[3] for request in Listening.heard if request.body} == {"instances"}
    assert [result.verdict for result in thorough.results] == [Verdict.PASS]
    assert quick.second_opinion is None


def test_other_profiles_do_not_wait_for_the_other_tool() -> None:
    """Neither the tool nor what judges it is imported for the suite."""
    heavy = "schemathesis", "conformance.opinion", "conformance.traffic.judge"
    command = f"import sys, conformance.suite; print([m for m in {heavy} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
