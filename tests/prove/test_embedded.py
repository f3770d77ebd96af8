"""Laws of the embedded emulator under proof: a sample of its faults; `make prove` tries all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance import suite
from conformance.contract.expression import compile_expression
from conformance.emulator import FIXTURES, TOKEN
from conformance.emulator.server import Embedded as OverSocket
from conformance.prove import Matrix, prove
from conformance.prove.embedded import Embedded, asked
from conformance.prove.fault import chosen
from conformance.prove.proof import Scope
from conformance.prove.subject import examined
from conformance.settings import Options, TargetSettings

SAMPLE = (
    "name-65",
    "name-64-refused",
    "name-newline-end",
    "updating-updated",
    "description-256",
    "modify-token-missing",
    "crash-5",
)


@pytest.fixture(scope="module")
def proof() -> Matrix:
    """The proof of the sample."""
    subject, contract = Embedded(), suite.load()
    firm = tuple(r.id for r in suite.requirements(contract) if r.level != "contested")
    faults = chosen(subject.listing().faults, SAMPLE)
    return prove(subject, Scope(contract.path, firm, faults, partial=True))


def test_the_faithful_emulator_is_faithful(proof: Matrix) -> None:
    """Without a fault nothing fails, and most of the contract is proved."""
    assert proof.unfaithful == ()
    assert len(proof.exercisable) > 200


def test_every_fault_is_caught_by_what_it_names(proof: Matrix) -> None:
    """Each of the sample is; one of them only by the harder profile."""
    assert {trial.fault.id: trial.outcome for trial in proof.trials} == dict.fromkeys(SAMPLE, "named")
    assert [trial.fault.id for trial in proof.trials if trial.profile == "standard"] == ["name-newline-end"]


def test_contrast(proof: Matrix) -> None:
    """A fault fails what it names and little else."""
    assert {trial.fault.id: trial.side for trial in proof.trials if len(trial.side) > 2} == {}
    assert proof.median_failed <= 2


def test_the_same_as_a_check_over_a_socket() -> None:
    """Called directly or over a socket, the same requests are sent, and the same requirements pass and fail."""
    contract = suite.load()
    with OverSocket(["name-65"]) as emulator:
        settings = TargetSettings(emulator.url(), TOKEN, FIXTURES)
        over_socket = examined(suite.check(contract, settings, Options(profile="quick")))

    direct = Embedded().examine("name-65", "quick")

    assert (direct.passed, direct.failed) == (over_socket.passed, over_socket.failed)
    assert direct.requests == over_socket.requests


def test_the_cases_of_what_is_wanted() -> None:
    """Fewer requests find the same of a wanted requirement."""
    wanted = ("updateAddressGroup/request/body/address_group/name/maxLength",)

    some = Embedded().examine("name-65", "standard", wanted)

    assert some.failed == wanted
    assert some.requests < 100


def test_only_what_comes_out_otherwise_is_sent() -> None:
    """Of the many cases of a pattern those that the fault leaves as they were are not sent, and the fault is found."""
    wanted = ("updateAddressGroup/request/body/address_group/name/pattern",)

    faithful = Embedded().examine(None, "standard", wanted)
    faulty = Embedded().examine("name-newline-end", "standard", wanted)

    assert faithful.failed == ()
    assert set(wanted) <= set(faithful.passed)
    assert faulty.failed == wanted
    assert faulty.trouble == ""
    assert faulty.requests < faithful.requests / 2


def test_a_rehearsal_is_sent_beside_the_real_call() -> None:
    """That a rehearsal takes what the real call refuses is seen on the two together."""
    wanted = ("updateAddressGroup/rehearsal/refuses",)

    assert set(wanted) <= set(Embedded().examine("name-type-unrehearsed", "standard", wanted).failed)


def test_what_the_state_at_first_would_hide_is_found() -> None:
    """A capacity alone is valid only where a group has few entries, as it has after one of the other cases."""
    wanted = ("updateAddressGroup/request/body/address_group/max_capacity/maximum",)

    assert Embedded().examine("capacity-alone-above", "standard", wanted).failed == wanted


def test_what_rules_ask_of_a_state() -> None:
    """Cases depend on those members of a state that rules of requests name; all of them if a rule takes the whole."""
    contract = suite.load()
    operation = contract.operations["updateAddressGroup"]
    state = {"ip_version": 4, "status": "NORMAL", "tags": []}
    whole = replace(operation.requires[0], rule=compile_expression("self == self"))

    assert asked(operation, state) == {"ip_version": 4, "status": "NORMAL"}
    assert asked(replace(operation, requires=(whole,)), state) == state


def test_one_fault_leaves_nothing_to_the_next() -> None:
    """What is remembered between faults changes no outcome."""
    subject = Embedded()
    before = subject.examine(None, "quick")

    subject.examine("name-65", "quick")
    after = subject.examine(None, "quick")

    assert (before.passed, before.failed, before.requests) == (after.passed, after.failed, after.requests)
