"""Laws of the verdicts on a whole run: what blocked it, what cut it short, what leaked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.contract import Operation
from conformance.judge.effect import EffectJudge
from conformance.judge.outcome import Block, Leak, Outcome
from conformance.judge.verdicts import verdicts
from tests.judge.steps import (
    CONTRACT,
    LONGEST,
    REQUIREMENTS,
    SUCCESS,
    accepted,
    case,
    judged,
    look,
    probe,
    refused,
    sent,
)
from tests.toy_contracts import SHELVES, changed, posting, read

FITS = "changeShelf/rule/fits"
OTHERS = "changeShelf/state/other/unchanged"
ANSWERS = {status: {"description": status} for status in ("200", "400")}


def test_a_blocked_operation_is_unproven_for_that_reason() -> None:
    """What blocks an operation is the reason of all its requirements, and mendable if the user can mend it."""
    block = Block("credential-refused", "give the right --token")

    found = judged(probe(401, {"error": "no"}), blocks={"changeShelf": block})

    assert (found[LONGEST].verdict, found[LONGEST].reason, found[LONGEST].mendable) == (
        "unproven",
        "credential-refused",
        True,
    )
    assert found["showShelf/path/shelf/unknown"].reason == "not-exercised"


def test_a_refused_valid_request_is_a_failure() -> None:
    """A target that refuses the plain valid request for no reason of the user's breaks the first statement."""
    block = Block("valid-request-refused", "a valid request is answered with 400", mendable=False)

    found = judged(probe(400, {"error": "no"}), blocks={"changeShelf": block})

    assert found[SUCCESS].verdict == "fail"
    assert found[LONGEST].verdict == "unproven"


def test_what_blocks_is_shown_by_the_request_that_it_met() -> None:
    """No answer to the valid request is a failure too, shown by that request; without one nothing is shown."""
    block = Block("no-answer", "nothing came", mendable=False)
    silent = probe(0)

    found = judged(probe(200, operation="showShelf"), silent, blocks={"changeShelf": block})[SUCCESS]

    assert (found.verdict, [e.exchange for e in found.evidence]) == ("fail", [silent.exchange])
    assert judged(look(), blocks={"changeShelf": block})[SUCCESS].reason == "no-answer"


def test_a_run_that_is_cut_short() -> None:
    """What a cut run did not come to is unproven for that, and mendable; what it came to keeps its verdict."""
    found = judged(accepted(), refused(), incomplete="the time limit was reached")

    assert found[LONGEST].verdict == "pass"
    assert found["changeShelf/request/body/name/pattern"].reason == "cut-short"
    assert found["changeShelf/request/body/name/pattern"].mendable


def test_leaks() -> None:
    """A resource that nobody addressed and that changed breaks `other/unchanged`; one that did not keeps it."""
    leaked = judged(accepted(), refused(), look(), leaks=[Leak("changeShelf", look(), ("books",))])
    kept = judged(accepted(), refused(), look(), observed={"changeShelf": True})

    assert leaked[OTHERS].verdict == "fail"
    assert "books" in leaked[OTHERS].evidence[0].observed
    assert kept[OTHERS].verdict == "pass"
    assert judged(accepted(), refused())[OTHERS].verdict == "unproven"
    assert judged(accepted(), refused(), observed={"changeShelf": True})[OTHERS].verdict == "unproven"


def test_why_there_is_no_case() -> None:
    """A keyword that cannot be broken alone is vacuous; one whose cases were not fit for the state says that."""
    vacuous = "changeShelf/request/body/name/minLength"
    rule = "changeShelf/rule/fits"

    found = judged(accepted(), refused(), cases={"changeShelf": [case(rule), case(LONGEST[:-9] + "pattern", "accept")]})

    assert found[vacuous].reason == "vacuous"
    assert found[rule].reason == "state"
    assert found["changeShelf/request/body/name/pattern"].reason == "no-case"
    assert not found[vacuous].mendable


def test_statuses_of_probes_do_not_prove_the_refusals() -> None:
    """Only cases count: a probe that was refused does not make the target discriminate."""
    found = judged(accepted(), probe(400, {"error": "no"}), sent(case(), 200))

    assert not [name for name, r in found.items() if r.verdict == "pass" and name.startswith("changeShelf/request")]


def test_what_is_only_looked_with_lives_with_what_it_serves() -> None:
    """An operation that a state is looked at with is believed where one that changes the state discriminates."""
    path = ("paths", "/shelves/{shelf}", "get", "x-conformance")
    contract = read(changed(SHELVES, {"supporting": True}, *path))
    shape = "showShelf/response/200/body/name/type"

    alive = judged(accepted(), refused(), look(), contract=contract)
    numb = judged(accepted(), look(), sent(case(), 200), contract=contract)

    (seen,) = alive["showShelf/response/status/success"].evidence
    assert (seen.expected, seen.observed) == ("a success", "200")
    assert alive[shape].verdict == "pass"
    assert alive["showShelf/response/status/success"].verdict == "pass"
    assert (numb[shape].verdict, numb[shape].reason) == ("unproven", "not-discriminating")


def test_what_is_only_looked_with_does_not_live_with_others() -> None:
    """An operation that does discriminate says nothing of one that looks at a state that it does not change."""
    boxes = posting({"type": "object", "properties": {"size": {"type": "integer"}}}, responses=ANSWERS)["paths"]
    document = changed(SHELVES, {"supporting": True}, "paths", "/shelves/{shelf}", "get", "x-conformance")
    contract = read({**document, "paths": {**document["paths"], **boxes}})
    other = (
        sent(case("make/response/status/success", "accept", {"body": {"size": 1}}), 200, {}),
        sent(case("make/request/body/size/type", request={"body": {"size": "x"}}, twin={"body": {"size": 1}}), 400),
    )

    found = judged(*other, accepted(), look(), sent(case(), 200), contract=contract)

    assert found["make/request/body/size/type"].verdict == "pass"
    assert found["showShelf/response/200/body/name/type"].reason == "not-discriminating"


def test_effects_may_be_judged_by_somebody_else() -> None:
    """Who judges many runs of one contract may remember what was said of effects, for each operation."""
    asked: list[tuple[str, Any]] = []

    def effects(operation: Operation, settings: Mapping[str, Any]) -> EffectJudge:
        asked.append((operation.id, settings))
        return EffectJudge(operation, settings)

    verdicts(CONTRACT, REQUIREMENTS, Outcome([accepted(), refused()]), {"stock": 4}, effects)

    assert asked == [("changeShelf", {"stock": 4})]


def test_a_fixture_that_was_not_given() -> None:
    """A rule that only a fixture can show broken is unproven for its want, which the user can mend."""
    rules = [
        {
            **SHELVES["paths"]["/shelves/{shelf}"]["put"]["x-conformance"]["requires"][0],
            "violated": [{"request": {"body": {"books": ["a"]}}, "self": {"room": 0}, "fixture": {"shelf": "spare"}}],
        }
    ]
    contract = read(changed(SHELVES, rules, "paths", "/shelves/{shelf}", "put", "x-conformance", "requires"))

    without = judged(accepted(), refused(), contract=contract, partial={"changeShelf": ["shelf.spare"]})
    other = judged(accepted(), refused(), contract=contract, partial={"changeShelf": ["shelf.full"]})

    kept = sent(case(FITS, "accept"), 200)
    half = judged(accepted(), refused(), kept, contract=contract, partial={"changeShelf": ["shelf.spare"]})

    assert (without[FITS].reason, without[FITS].mendable) == ("fixture-missing", True)
    assert without[FITS].detail == "give --fixture shelf.spare=…"
    assert (half[FITS].verdict, half[FITS].reason) == ("unproven", "fixture-missing")
    assert (other[FITS].reason, other[FITS].mendable) == ("no-case", False)
