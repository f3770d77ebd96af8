"""Laws of effects: what a successful call does to the state, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.judge.effect import EffectJudge, canonical
from conformance.judge.step import Step
from tests.judge.steps import CONTRACT, SHELF, exchange

BEFORE = {**SHELF, "touched": 0}


def findings(body: Any, *, before: Any = BEFORE, seen: Any = None, given: Any = None, **more: Any) -> dict[str, bool]:
    """What a successful update keeps and breaks, by what follows the operation's name."""
    document = {"path": {"shelf": "a-1"}, "body": given if given is not None else {"name": "novels"}}
    step = Step("changeShelf", document, exchange(200, body), before=before, seen=seen, **more)
    judge = EffectJudge(CONTRACT.operations["changeShelf"], {})
    return {finding.requirement.removeprefix("changeShelf/"): finding.kept for finding in judge.judge(step)}


def test_a_faithful_update() -> None:
    """What is named becomes the given value, what is not named stays, what is free is not asked."""
    assert findings(SHELF) == {
        "state/name/becomes": True,
        "state/books/kept": True,
        "state/room/kept": True,
        "rule/touched-moves": True,
    }


@pytest.mark.parametrize(
    ("answer", "given", "broken"),
    [
        ({**SHELF, "name": "other"}, {"name": "novels"}, "state/name/becomes"),
        ({**SHELF, "name": "Novels"}, {"name": "novels"}, "state/name/becomes"),
        ({**SHELF, "books": []}, {"name": "novels"}, "state/books/kept"),
        ({**SHELF, "books": ["emma", "emma"]}, {"books": ["emma"]}, "state/books/becomes"),
        ({**SHELF, "room": 4}, {"name": "novels"}, "state/room/kept"),
        ({**SHELF, "touched": 0}, {"name": "novels"}, "rule/touched-moves"),
    ],
)
def test_one_fault_breaks_one_requirement(answer: Any, given: Any, broken: str) -> None:
    """Each departure breaks its own requirement and no other."""
    assert [name for name, kept in findings(answer, given=given).items() if not kept] == [broken]


def test_unordered_members() -> None:
    """A member that is unordered may come back in another order."""
    found = findings({**SHELF, "books": ["b", "a"]}, given={"books": ["a", "b"]})

    assert found["state/books/becomes"]


def test_the_look_agrees_with_the_answer() -> None:
    """What the answer shows, the next look shows; free and disturbed members may have moved."""
    assert findings(SHELF, seen={**SHELF, "touched": 9})["state/answer/observed"]
    assert not findings(SHELF, seen={**SHELF, "books": []})["state/answer/observed"]
    assert findings(SHELF, seen={**SHELF, "room": 9}, disturbed=("room",))["state/answer/observed"]


def test_without_an_answer_the_look_is_judged() -> None:
    """Where the answer shows no state, what is seen afterwards is judged."""
    found = findings(b"", seen={**SHELF, "name": "other"})

    assert found["state/name/becomes"] is False
    assert "state/answer/observed" not in found


def test_without_a_state_nothing_is_said() -> None:
    """Where no state is shown nor seen, nothing is said of it, nor where none was known before."""
    assert findings(b"") == {}
    assert "state/books/kept" not in findings(SHELF, before=None)


def test_a_member_that_vanishes_is_not_kept() -> None:
    """A member that was there and is not shown any more has changed."""
    gone = {name: value for name, value in SHELF.items() if name != "books"}

    assert findings(gone)["state/books/kept"] is False


@pytest.mark.parametrize(("one", "other"), [(1, True), (0, False), ("1", 1), (None, ""), ([], None), ({}, [])])
def test_values_of_other_types_are_other_values(one: Any, other: Any) -> None:
    """1 is not true, a text is no number, and nothing is not an empty text: a member that turned has changed."""
    assert findings({**SHELF, "room": other}, before={**BEFORE, "room": one})["state/room/kept"] is False
    assert findings({**SHELF, "name": other}, given={"name": one})["state/name/becomes"] is False


def test_formats_say_what_is_the_same() -> None:
    """Two spellings of one value of a format are the same value, wherever they stand."""
    schema = {"type": "object", "properties": {"ids": {"type": "array", "items": {"type": "string", "format": "uuid"}}}}
    upper, lower = (
        {"ids": [text]} for text in ("DD18A501-FCD5-4ADC-ACFE-B0E2384BAF08", "dd18a501-fcd5-4adc-acfe-b0e2384baf08")
    )

    assert canonical(schema, upper) == canonical(schema, lower)
    assert canonical({}, upper) != canonical({}, lower)
    assert canonical(True, upper) == upper
