"""Laws of remembered judgements: whatever was judged before, the findings are those of a judge without memory."""

from __future__ import annotations

from conformance import suite
from conformance.contract import Contract
from conformance.emulator import FIXTURES, TOKEN
from conformance.judge.effect import EffectJudge
from conformance.judge.step import Step
from conformance.prove.direct import Direct
from conformance.prove.memory import Known, Remembering
from conformance.run.session import Session

PUT = {"path": {"project_id": FIXTURES["project_id"], "address_group_id": FIXTURES["address_group_id"]}}
UPDATES = tuple({**PUT, "body": {"address_group": body}} for body in ({"name": "a"}, {"description": "b"}, {}))


def steps(contract: Contract, *faults: str) -> list[Step]:
    """What some updates leave behind, on an emulator with these faults."""
    session = Session(contract, Direct(faults), TOKEN)
    operation = contract.operations["updateAddressGroup"]
    before = None
    found = []
    for update in UPDATES:
        step = session.send(operation, update).knowing(before=before)
        before = step.body["address_group"]
        found.append(step.knowing(seen=before))
    return found


def test_the_same_findings_with_and_without_memory() -> None:
    """Faithful, faulty, faithful again: each step's findings are what they would be had nothing been judged before."""
    contract = suite.load()
    operation, known = contract.operations["updateAddressGroup"], Known()
    for faults in ((), ("name-reset",), (), ("updated-stands-for-name",)):
        for step in steps(contract, *faults):
            plain = EffectJudge(operation, contract.settings)
            remembering = Remembering(operation, contract.settings, known)

            assert list(remembering.judge(step)) == list(plain.judge(step))
            for on in ("rehearsal", "refusal", "success"):
                assert list(remembering.rules(step, on, step.seen)) == list(plain.rules(step, on, step.seen))


def test_what_was_judged_is_not_judged_again() -> None:
    """The same run a second time adds nothing to what is known; one that differs does."""
    contract, known = suite.load(), Known()
    operation = contract.operations["updateAddressGroup"]
    sizes = []
    for faults in ((), (), ("name-reset",)):
        for step in steps(contract, *faults):
            list(Remembering(operation, contract.settings, known).judge(step))
        sizes.append(len(known))

    assert sizes[0] == sizes[1] < sizes[2]
