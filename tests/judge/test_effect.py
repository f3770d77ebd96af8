"""Laws of effects: what a successful call does to the state, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from conformance import suite
from conformance.judge.effect import EffectJudge, _pointed, canonical, identical
from conformance.judge.step import Step
from tests.judge.steps import CONTRACT, SHELF, exchange
from tests.toy_contracts import JSON, SHELVES, changed, read

ANSWER = ("responses", "200", "content", JSON, "schema")
BECOMES = ("x-conformance", "becomes")
RIGHT = {
    "request": {"path": {"shelf": "a-1"}},
    "response": {"status": 200, "header": {"x-total": "2"}, "body": {"name": "novels"}, "json": True},
    "settings": {"stock": 3},
    "now": 0.5,
}
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


def test_a_body_that_is_not_json_is_called_that() -> None:
    """A rule that no broken body can keep shows what came, not the null that stands for it."""
    operation = suite.load().operations["modifyInstanceIp"]
    step = Step(operation.id, {"body": {}}, exchange(202, b"Accepted."))

    (found,) = [each for each in EffectJudge(operation, {}).judge(step) if not each.kept]

    assert (found.requirement, found.observed) == (f"{operation.id}/rule/answer-is-json", "a body that is not JSON")


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


def test_members_of_a_format_become_their_value() -> None:
    """A member that is a UUID becomes the given one in any spelling, wherever in the answer the state is shown."""
    state = {
        "type": "object",
        "properties": {"owner": {"type": "string", "format": "uuid"}, "name": {"type": "string"}},
    }
    put = ("paths", "/shelves/{shelf}", "put")
    document = changed(SHELVES, "response.body.shelf", *put, "x-conformance", "shows")
    document = changed(document, {"type": "object", "properties": {"shelf": state}}, *put, *ANSWER)
    document = changed(
        document, [{"member": "owner", "when": "/body/name", "value": "request.body.name"}], *put, *BECOMES
    )
    judge = EffectJudge(read(document).operations["changeShelf"], {})
    one, other = "dd18a501-fcd5-4adc-acfe-b0e2384baf08", "DD18A501-FCD5-4ADC-ACFE-B0E2384BAF08"

    def kept(shown: Any, given: str = one) -> dict[str, bool]:
        answer = exchange(200, {"shelf": shown})
        step = Step("changeShelf", {"body": {"name": given}}, answer, before={"name": one, "owner": "x"})
        return {finding.requirement.removeprefix("changeShelf/state/"): finding.kept for finding in judge.judge(step)}

    assert kept({"owner": other, "name": one})["owner/becomes"]
    assert kept({"owner": one, "name": one}, given=other)["owner/becomes"]
    assert not kept({"owner": one.replace("d", "e"), "name": one})["owner/becomes"]
    assert kept({"owner": one, "name": one})["name/kept"]
    looked = Step("changeShelf", {"body": {}}, exchange(200, {"shelf": {"owner": one}}), seen={"owner": other})
    assert [f.kept for f in judge.judge(looked) if f.requirement == "changeShelf/state/answer/observed"] == [True]
    still = Step("changeShelf", {"body": {}}, exchange(200, {"shelf": {"owner": other}}), before={"owner": one})
    assert [f.kept for f in judge.judge(still) if f.requirement == "changeShelf/state/owner/kept"] == [True]
    assert not kept({"owner": one, "name": other})["name/kept"]


def test_order_counts_where_the_contract_does_not_say_otherwise() -> None:
    """What is kept may come in another order; what is given comes in the order given unless it is said to be free."""
    becomes = [{"member": "books", "when": "/body/books", "value": "request.body.books"}]
    document = changed(SHELVES, becomes, "paths", "/shelves/{shelf}", "put", *BECOMES)
    judge = EffectJudge(read(document).operations["changeShelf"], {})

    def kept(given: Any, shown: list[str]) -> list[bool]:
        step = Step("changeShelf", {"body": given}, exchange(200, {"books": shown}), before={"books": ["a", "b"]})
        return [f.kept for f in judge.judge(step) if "/state/books/" in f.requirement]

    assert kept({"books": ["a", "b"]}, ["a", "b"]) == [True]
    assert kept({"books": ["a", "b"]}, ["b", "a"]) == [False]
    assert kept({}, ["b", "a"]) == [True]


def test_rules_see_all_that_is_known() -> None:
    """A rule sees the request, the answer, its headers, the state, the settings and the time, and says what it saw."""
    rule = {
        "id": "seen",
        "text": "all is seen",
        "pointer": "/body/name",
        "rule": "request.path.shelf == 'a-1' && response.status == 200 && response.header['x-total'] == '2' && "
        "response.json && response.body.name == 'novels' && settings.stock == 3 && now < 1.0",
        "satisfied": [{**RIGHT}],
        "violated": [{**RIGHT, "settings": {"stock": 4}}],
    }
    document = changed(SHELVES, [rule], "paths", "/shelves/{shelf}", "put", "x-conformance", "ensures")
    operation = read(document).operations["changeShelf"]
    step = Step("changeShelf", {"path": {"shelf": "a-1"}}, exchange(200, SHELF, {"X-Total": "2"}))

    (held,) = [f for f in EffectJudge(operation, {"stock": 3}).judge(step) if f.requirement.endswith("/rule/seen")]
    (broken,) = [f for f in EffectJudge(operation, {"stock": 4}).judge(step) if f.requirement.endswith("/rule/seen")]

    assert (held.kept, held.expected, held.observed) == (True, "all is seen", "")
    assert (broken.kept, broken.observed) == (False, '"novels"')


@pytest.mark.parametrize(
    ("pointer", "body", "said"),
    [
        ("/body/name", {"name": "é"}, '"é"'),
        ("/body/none", {"name": "é"}, "it does not hold"),
        ("", {"a": 1}, '{"body": {"a": 1}}'),
        ("/body", "x" * 118, f'"{"x" * 118}"'),
        ("/body", "x" * 119, f'"{"x" * 116}...'),
    ],
)
def test_what_a_rule_points_at_is_said(pointer: str, body: Any, said: str) -> None:
    """The value at the rule's place is shown, cut to 120 characters."""
    assert _pointed(pointer, body) == said


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"a": [1, {"b": None}]}, {"a": [1, {"b": None}]}, True),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({"a": 1}, {"b": 1}, False),
        ({"a": 1}, {"a": True}, False),
        ([1, 2], [1], False),
        ([1], [1.0], False),
        ([1, 2], [2, 1], False),
        (None, None, True),
        ("", None, False),
    ],
)
def test_identical_values(one: Any, other: Any, expected: bool) -> None:
    """Values are identical to the letter: type, order and number of entries; the order of members is free."""
    assert identical(one, other) is expected


def test_a_value_that_no_answer_can_show_is_said() -> None:
    """A contract may compute what JSON has no value for; it is no state, and said in words."""
    becomes = [{"member": "room", "when": "/body/name", "value": "timestamp('2026-01-02T03:04:05Z')"}]
    document = changed(SHELVES, becomes, "paths", "/shelves/{shelf}", "put", *BECOMES)
    judge = EffectJudge(read(document).operations["changeShelf"], {})
    step = Step("changeShelf", {"body": {"name": "a"}}, exchange(200, SHELF), before=SHELF)

    (found,) = [each for each in judge.judge(step) if each.requirement == "changeShelf/state/room/becomes"]

    assert (found.kept, found.expected, found.observed) == (False, 'room "2026-01-02 03:04:05+00:00"', "3")


def test_what_is_given_may_add_to_what_was() -> None:
    """What a member becomes may depend on the state before."""
    becomes = [{"member": "books", "when": "/body/books", "value": "self.books + request.body.books"}]
    document = changed(SHELVES, becomes, "paths", "/shelves/{shelf}", "put", *BECOMES)
    judge = EffectJudge(read(document).operations["changeShelf"], {})

    def kept(before: Any) -> list[bool]:
        step = Step("changeShelf", {"body": {"books": ["b"]}}, exchange(200, {"books": ["a", "b"]}), before=before)
        return [f.kept for f in judge.judge(step) if "/state/books/" in f.requirement]

    assert kept({"books": ["a"]}) == [True]
    assert kept({"books": []}) == [False]
    assert kept(None) == []


def test_what_only_reads_has_no_frame() -> None:
    """A call that only reads shows a state that may have changed since: nothing is asked to be as before."""
    says = {"effect": "reads", "state": "shelf", "shows": "response.body"}
    operation = read(changed(SHELVES, says, "paths", "/shelves/{shelf}", "get", "x-conformance")).operations[
        "showShelf"
    ]
    step = Step("showShelf", {"path": {"shelf": "a-1"}}, exchange(200, {**SHELF, "room": 9}), before=BEFORE)

    assert list(EffectJudge(operation, {}).judge(step)) == []


@pytest.mark.parametrize(("body", "kept"), [({"a": 1}, True), (b"", False), (b"{", False)])
def test_a_body_that_is_not_json_is_nothing_to_a_rule(body: Any, kept: bool) -> None:
    """A rule that asks for a body is broken by one that is none."""
    rule: dict[str, Any] = {"id": "seen", "text": "a body", "rule": "response.body != null"}
    rule |= {"satisfied": [{"response": {"body": {}}}], "violated": [{"response": {"body": None}}]}
    document = changed(SHELVES, [rule], "paths", "/shelves/{shelf}", "put", "x-conformance", "ensures")
    judge = EffectJudge(read(document).operations["changeShelf"], {})

    (found,) = [f for f in judge.judge(Step("changeShelf", {}, exchange(200, body))) if "/rule/" in f.requirement]

    assert found.kept is kept


@pytest.mark.parametrize(("body", "expected"), [({"a": 1}, True), (b"", True), (b"{", False)])
def test_whether_an_answer_is_json(body: Any, expected: bool) -> None:
    """A rule can ask whether the body is JSON; no body at all is no broken JSON."""
    rule: dict[str, Any] = {"id": "seen", "text": "JSON", "rule": "response.json"}
    rule |= {"satisfied": [{"response": {"json": True}}], "violated": [{"response": {"json": False}}]}
    document = changed(SHELVES, [rule], "paths", "/shelves/{shelf}", "put", "x-conformance", "ensures")
    judge = EffectJudge(read(document).operations["changeShelf"], {})

    (found,) = [f for f in judge.judge(Step("changeShelf", {}, exchange(200, body))) if "/rule/" in f.requirement]

    assert found.kept is expected
