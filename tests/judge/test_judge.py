"""Laws of judging: what a step proves, what it breaks, and what it leaves open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.cases.case import Wire
from conformance.verdict import Verdict
from tests.judge.steps import (
    LONG,
    LONGEST,
    SHELF,
    SUCCESS,
    TWIN,
    accepted,
    case,
    invalid,
    judged,
    look,
    probe,
    refused,
    rehearsed,
    sent,
    verdict,
)
from tests.toy_contracts import CARDS, SHELVES, changed, read

REFUSAL = "changeShelf/response/status/refusal"
UNCHANGED = "changeShelf/state/refusal/unchanged"
REHEARSAL = "changeShelf/rehearsal"


def test_a_refusal_with_its_twin_accepted_passes() -> None:
    """A refusal for the right reason, its twin accepted, keeps the requirement."""
    assert verdict(LONGEST, accepted(), refused()) == ("pass", None)


def test_a_refusal_without_its_twin_proves_nothing() -> None:
    """A refusal whose twin is refused too, or was never sent, is unproven."""
    other = sent(case(SUCCESS, "accept", {**TWIN, "body": {"books": []}}), 200)

    assert verdict(LONGEST, sent(case(SUCCESS, "accept"), 400), other, refused()) == ("unproven", "twin-refused")
    assert verdict(LONGEST, other, refused()) == ("unproven", "twin-refused")


def test_a_twin_accepted_without_its_credential_proves_nothing() -> None:
    """An accepted request is a twin only if it was sent plainly."""
    odd = sent(case(SUCCESS, "accept", wire=Wire(credential="missing")), 200)

    assert verdict(LONGEST, odd, refused())[0] != "pass"


@pytest.mark.parametrize("status", [199, 300, 302, 400])
def test_a_twin_is_accepted_by_a_2xx(status: int) -> None:
    """Any other status accepts nothing."""
    other = sent(case(SUCCESS, "accept", {**TWIN, "body": {"books": []}}), 200)

    assert verdict(LONGEST, sent(case(SUCCESS, "accept"), status), other, refused()) == ("unproven", "twin-refused")


def test_any_success_where_none_is_named() -> None:
    """Where the contract names no exact status of success, any 2xx is right, and is said so."""
    answers = ("paths", "/shelves/{shelf}", "put", "responses")
    contract = read(changed(SHELVES, {"2XX": {"description": "It is so."}}, *answers))

    found = judged(sent(case(SUCCESS, "accept"), 299, {}), refused(), contract=contract)

    assert found[SUCCESS].verdict == "pass"
    assert found[SUCCESS].evidence[0].expected == "2xx"


def test_an_accepted_fault_fails() -> None:
    """What must be refused and is accepted is broken, whether the twin was tried or not."""
    assert verdict(LONGEST, accepted(), sent(case(), 200)) == ("fail", None)
    assert verdict(LONGEST, accepted(), sent(case(), 204)) == ("fail", None)


@pytest.mark.parametrize("status", [401, 403, 404, 405, 408, 409, 415, 429, 500, 503, 302, 100, 0])
def test_a_refusal_for_the_wrong_reason_fails(status: int) -> None:
    """A status that says something else of the request than that it is invalid is not the refusal."""
    assert verdict(LONGEST, accepted(), refused(status)) == ("fail", None)


def test_every_refusal_counts() -> None:
    """One accepted fault outweighs any number of right refusals."""
    steps = [sent(case(id=f"{LONGEST}#{n}", request={**LONG, "n": n}), 400 if n else 200) for n in range(5)]

    assert verdict(LONGEST, accepted(), *steps) == ("fail", None)


def test_an_undocumented_success_fails_the_status() -> None:
    """Another 2xx than the documented one breaks the status of success, and not the requirement of the case."""
    optional = "changeShelf/request/body/name/optional"
    steps = (accepted(), refused(), sent(case(optional, "accept"), 201, SHELF))

    found = judged(*steps)

    assert found[SUCCESS].verdict == "fail"
    assert found[optional].verdict == "pass"


def test_a_refused_valid_request_fails_its_requirement() -> None:
    """A valid request that is refused breaks what it was to show."""
    longest = sent(case(LONGEST, "accept", {**TWIN, "body": {"name": "novelsno"}}), 400)

    assert verdict(LONGEST, accepted(), refused(), longest) == ("fail", None)


def test_acceptance_alone_proves_no_limit() -> None:
    """A limit is proved by its refusals: values inside it that are accepted are no proof."""
    inside = sent(case(LONGEST, "accept", {**TWIN, "body": {"name": "novelsno"}}), 200)
    other = sent(case("changeShelf/request/body/name/pattern", id="other"), 400)

    assert verdict(LONGEST, accepted(), inside, other) == ("unproven", "no-case")
    assert judged(accepted(), inside, other)[LONGEST].cases == 1
    assert verdict(LONGEST, accepted(), inside, refused(), other)[0] == "pass"


def test_what_is_due_beside_something_contested() -> None:
    """An acceptance with a twin is due only where the twin was accepted."""
    beside = case(LONGEST, "accept", {**TWIN, "body": {"name": "a.b"}}, id="beside")
    alone = case("changeShelf/request/body/name/contested/dotted", "contested", beside.request, id="alone")
    due = replace(beside, request=LONG, twin=beside.request)

    assert verdict(LONGEST, accepted(), sent(alone, 200), sent(due, 400), refused())[0] == "fail"
    assert verdict(LONGEST, accepted(), sent(alone, 400), sent(due, 400), refused())[0] == "pass"


def test_nothing_is_proved_by_a_target_that_refuses_everything() -> None:
    """A target that accepts nothing has no pass for refusing."""
    found = judged(probe(400), sent(case(SUCCESS, "accept"), 400), refused())

    assert not [name for name, result in found.items() if result.verdict == "pass" and name.startswith("changeShelf/")]


def test_nothing_is_proved_by_a_target_that_accepts_everything() -> None:
    """A target that refuses nothing has no pass, and fails what it should have refused."""
    found = judged(accepted(), sent(case(), 200))

    assert found[LONGEST].verdict == "fail"
    assert not [name for name, result in found.items() if result.verdict == "pass" and name.startswith("changeShelf/")]


def test_what_comes_and_goes_is_not_repeatable() -> None:
    """A case that was answered otherwise at its repetition breaks repeatability, not its own requirement."""
    found = judged(accepted(), refused(), refused(200, flaky=True))

    assert found["changeShelf/protocol/repeatable"].verdict == "fail"
    assert found[LONGEST].verdict == "pass"


def test_the_culprit_breaks_the_frame() -> None:
    """A refused request that changed the state breaks `unchanged`, and says what changed."""
    culprit = refused(culprit=True, changed=("books",), seen={**SHELF, "books": []})

    result = judged(accepted(), culprit)[UNCHANGED]

    assert result.verdict == "fail"
    assert "books" in result.evidence[0].observed


def test_an_unchanged_state_must_be_seen() -> None:
    """That nothing changed is proved by a look, not by silence."""
    assert verdict(UNCHANGED, accepted(), refused()) == ("unproven", "unobservable")
    assert verdict(UNCHANGED, accepted(), refused(seen=SHELF)) == ("pass", None)


def test_soiled_answers_are_not_judged() -> None:
    """After a wrong value was accepted, answers that show it accuse nobody, until the state is put back."""
    odd = {**SHELF, "name": "novelsnovels"}
    accepted_fault = sent(case(), 200, odd)
    restore = replace(probe(), role="restore")
    name = "changeShelf/response/200/body/name/maxLength"

    spoilt = judged(accepted(), accepted_fault, accepted(body=odd, id="later"), refused())
    again = judged(accepted(), accepted_fault, restore, accepted(body=odd, id="later"), refused())

    assert spoilt[name].verdict == "pass"
    assert spoilt[LONGEST].verdict == "fail"
    assert judged(accepted(), refused(300), accepted(body=odd, id="later"))[name].verdict == "fail"
    assert again[name].verdict == "fail"


def test_survivors() -> None:
    """Odd bytes may be refused or accepted, but not met with a 5xx or silence."""
    name = "changeShelf/protocol/hostile"
    for status, expected in ((200, "pass"), (400, "pass"), (500, "fail"), (0, "fail")):
        step = sent(case(name, "survive", wire=Wire(body=b"[")), status)
        assert verdict(name, accepted(), refused(), step)[0] == expected


@pytest.mark.parametrize(("status", "reason"), [(200, "accepts"), (400, "refuses")])
def test_contested_zones_are_noted(status: int, reason: str) -> None:
    """In a contested zone the target does what it does, and that is said."""
    name = "changeShelf/contested/body/name/dotted"

    assert verdict(name, accepted(), refused(), sent(case(name, "contested"), status)) == ("noted", reason)


def test_some_of_a_zone() -> None:
    """A target that accepts some of a zone and refuses some does both."""
    name = "changeShelf/contested/body/name/dotted"
    steps = [sent(case(name, "contested", id=str(status)), status) for status in (200, 400)]

    assert verdict(name, accepted(), refused(), *steps) == ("noted", "accepts and refuses")


def test_a_crash_in_a_contested_zone_is_a_crash() -> None:
    """What is contested is whether it is accepted, not whether the target stands."""
    name = "changeShelf/contested/body/name/dotted"
    found = judged(accepted(), refused(), sent(case(name, "contested"), 500))

    assert found["changeShelf/protocol/hostile"].verdict == "fail"
    assert found[name].verdict != "fail"


def test_rehearsals() -> None:
    """A rehearsal has its own status, and accepts and refuses what the real call does."""
    found = judged(
        accepted(), refused(), sent(rehearsed(case(SUCCESS, "accept", id="twin")), 202), sent(rehearsed(case()), 400)
    )

    names = ("status", "accepts", "refuses")
    assert {name: str(found[f"{REHEARSAL}/{name}"].verdict) for name in names} == dict.fromkeys(names, "pass")


def test_a_rehearsal_with_the_status_of_a_real_call() -> None:
    """A rehearsal that answers as a real call breaks its status."""
    assert verdict(f"{REHEARSAL}/status", accepted(), refused(), sent(rehearsed(case(SUCCESS, "accept")), 200)) == (
        "fail",
        None,
    )


def test_a_rehearsal_that_accepts_what_is_refused() -> None:
    """What is refused really and accepted on rehearsal breaks the rehearsal and the requirement."""
    found = judged(accepted(), refused(), sent(rehearsed(case()), 202))

    assert found[f"{REHEARSAL}/refuses"].verdict == "fail"
    assert found[LONGEST].verdict == "fail"


def test_a_rehearsal_that_refuses_what_is_accepted() -> None:
    """What is accepted really and refused on rehearsal breaks the rehearsal."""
    found = judged(accepted(), refused(), sent(rehearsed(case(SUCCESS, "accept", id="twin")), 400))

    assert found[f"{REHEARSAL}/accepts"].verdict == "fail"


def test_a_rehearsal_that_changes_something() -> None:
    """A rehearsal that changed the state breaks its own frame."""
    step = sent(rehearsed(case(SUCCESS, "accept")), 202, culprit=True, changed=("name",), seen=SHELF)

    found = judged(accepted(), refused(), step)

    assert found[f"{REHEARSAL}/unchanged"].verdict == "fail"
    assert found[UNCHANGED].verdict != "fail"


def test_every_answer_is_judged() -> None:
    """Probes and looks are answers too: a wrong shape in any of them breaks it."""
    odd = {**SHELF, "touched": -1}

    assert verdict("changeShelf/response/200/body/touched/minimum", accepted(), refused(), probe(200, odd))[0] == "fail"
    assert verdict("showShelf/response/200/body/touched/minimum", accepted(), refused(), look(odd))[0] == "fail"


def test_authentication_is_refused_as_such() -> None:
    """A missing credential is refused with 401, not as an invalid request."""
    name = "changeShelf/authentication/missing"
    made = case(name, kind="authentication", request=TWIN, wire=Wire(credential="missing"))

    for status, expected in ((401, "pass"), (400, "fail"), (200, "fail"), (404, "fail")):
        assert verdict(name, accepted(), refused(), sent(made, status))[0] == expected


def test_results_come_in_the_order_of_requirements() -> None:
    """There is one result for each requirement, in order, whatever happened."""
    empty, full = judged(), judged(accepted(), refused())

    assert list(empty) == list(full)
    assert {result.verdict for result in empty.values()} == {Verdict.UNPROVEN}


def test_judging_is_pure() -> None:
    """The same steps have the same results, however often they are judged."""
    steps = (accepted(), refused(), *invalid(6, 404))

    assert judged(*steps) == judged(*steps)


OFF = "changeShelf/rehearsal/off"
BEFORE: dict[str, Any] = {"before": {**SHELF, "touched": 0}}


def test_switched_off_is_a_real_call() -> None:
    """A rehearsal that is switched off and answered as a rehearsal breaks that, and not the status of success."""
    off = case(OFF, "accept", {**TWIN, "body": {"name": "novels", "dry_run": False}})

    rehearsed_anyway = judged(accepted(), refused(), sent(off, 202))

    assert rehearsed_anyway[OFF].verdict == "fail"
    assert rehearsed_anyway[SUCCESS].verdict == "pass"
    assert verdict(OFF, accepted(), refused(), sent(off, 200)) == ("pass", None)


def test_flaky_answers_where_repeating_is_not_promised() -> None:
    """Where no requirement speaks of repeating, what comes and goes breaks the requirement that was tried."""
    once = read(changed(SHELVES, "disrupts", "paths", "/shelves/{shelf}", "put", "x-conformance", "effect"))

    found = judged(accepted(), refused(), refused(200, flaky=True), contract=once)

    assert "changeShelf/protocol/repeatable" not in found
    assert found[LONGEST].verdict == "fail"


def test_a_documented_conflict_is_no_failure() -> None:
    """Where no state is described, a documented 409 to a valid request proves nothing; elsewhere it is a refusal."""
    optional = "addCard/request/body/copies/optional"
    conflicts = {**CARDS["paths"]["/boxes/{box}/cards"]["post"]["responses"], "409": {"description": "There is one."}}
    documented = read(changed(CARDS, conflicts, "paths", "/boxes/{box}/cards", "post", "responses"))
    steps = [sent(case(optional, "accept", id=str(status)), status, {"id": 1}) for status in (201, 409)]

    assert judged(*steps, contract=documented)[optional].verdict == "pass"
    assert judged(steps[1], contract=documented)[optional].reason == "twin-refused"
    assert judged(*steps, contract=read(CARDS))[optional].verdict == "fail"


def test_values_that_must_differ() -> None:
    """A member that differs from answer to answer passes by a second value and fails by the same; one shows nothing."""
    path = ("components", "schemas", "Shelf", "properties", "touched")
    contract = read(changed(SHELVES, {"type": "integer", "x-conformance": {"distinct": True}}, *path))
    name = "changeShelf/response/200/body/touched/distinct"

    def told(*values: int) -> str:
        steps = [probe(200, {**SHELF, "touched": value}) for value in values]
        return str(judged(accepted(body={**SHELF, "touched": 0}), refused(), *steps, contract=contract)[name].verdict)

    assert [told(), told(1), told(1, 2), told(1, 2, 1), told(0)] == ["unproven", "pass", "pass", "fail", "fail"]


@pytest.mark.parametrize(
    ("words", "answer", "broken"),
    [
        ("a.b", {**SHELF, "books": []}, "state/books/kept"),
        ("a.b", {**SHELF, "name": "other"}, None),
        ('""', {**SHELF, "name": "other"}, "state/name/becomes"),
        ("[]", {**SHELF, "name": "other"}, "state/name/becomes"),
    ],
)
def test_what_is_contested_leaves_the_rest(words: str, answer: Any, broken: str | None) -> None:
    """A contested value that is accepted may become what it likes, save an empty one; the rest stays as it was."""
    odd = sent(case("changeShelf/contested/body/name/dotted", "contested", sent=words), 200, answer, **BEFORE)

    found = judged(accepted(), refused(), odd)

    failed = [name for name, result in found.items() if result.verdict == "fail"]
    assert failed == ([] if broken is None else [f"changeShelf/{broken}"])


def test_what_else_is_given_with_something_contested_takes_its_value() -> None:
    """What is contested of one member says nothing of another: where all is accepted, that one takes its value."""
    request = {**TWIN, "body": {"name": "a.b", "books": ["dune"]}}
    name = "changeShelf/contested/body/name/dotted"

    def failed(answer: Any) -> list[str]:
        odd = sent(case(name, "contested", request, sent="a.b"), 200, answer, **BEFORE)
        found = judged(accepted(), refused(), odd)
        return [name for name, result in found.items() if result.verdict == "fail"]

    assert failed({**SHELF, "name": "other", "books": ["dune"]}) == []
    assert failed({**SHELF, "name": "other"}) == ["changeShelf/state/books/becomes"]


def test_a_fault_accepted_on_rehearsal_spoils_nothing_later() -> None:
    """A rehearsal changes nothing: answers after it are judged though it accepted a fault."""
    name = "changeShelf/response/200/body/name/maxLength"
    odd = {**SHELF, "name": "novelsnovels"}

    later = judged(accepted(), refused(), sent(rehearsed(case()), 202), accepted(body=odd, id="later"))

    assert later[name].verdict == "fail"


def test_a_target_that_refuses_by_itself() -> None:
    """A target that answers faults with 5xx only does not refuse; without faults to refuse, acceptance is enough."""
    assert verdict(SUCCESS, accepted(), refused(500)) == ("unproven", "not-discriminating")
    assert verdict(SUCCESS, accepted()) == ("pass", None)
    assert verdict(SUCCESS, accepted(), refused(499)) == ("pass", None)
