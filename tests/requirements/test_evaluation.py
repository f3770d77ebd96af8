"""Laws of remembered rules: whatever was asked before, the answer is the one that the engine gives afresh."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from conformance.contract.expression import EvaluationError, compile_expression, context
from conformance.contract.operation import Rule
from conformance.requirement import Source
from conformance.requirements import evaluation
from conformance.requirements.evaluation import Evaluation, KnownRule, KnownValue, answers

STATES: list[dict[str, Any]] = [
    {"self": state, "request": {"body": {"room": 3}}, "settings": {"stock": 2}, "now": 7.0}
    for state in (
        *({"room": room} for room in (3, 4, "3", True, None, "absent", [3], {"size": 3})),
        *({"name": name, "room": 3} for name in ("novels", "essays")),
        {"books": ["a", "b"], "shelf": {"room": 3, "id": 1}},
        {"books": ["a", "b", "c"], "shelf": {"room": 3, "id": 2}},
        {"books": ["d", "e", "f"], "shelf": {"room": 3, "id": 2}},
        *({"books": books} for books in ("abc", 3, {"a": 1}, None, "#3")),
        {"books": {}, "shelf": {}},
        {"shelf": "a-1"},
        {},
    )
]
RULES = [
    "self.room == 3",
    "has(self.room)",
    "self.room <= request.body.room",
    "self.name.startsWith('n')",
    "size(self.books) <= settings.stock",
    "has(self.books) && size(self.books) == 3",
    "size(self.books) == 3 && 'a' in self.books",
    "self.shelf.room == 3 && self.shelf.id == 1",
    "'room' in self",
    "size(self) == 1",
    "size(self.shelf) == 2 && self.shelf.id == 1",
    "now > 1.0",
    "true",
    "self.unknown",
]


def rule(text: str, when: str | None = None) -> KnownRule:
    """A rule that nothing is known of yet."""
    condition = None if when is None else compile_expression(when)
    compiled = compile_expression(text)
    return KnownRule(Rule("r", "", compiled, "documented", Source("x"), None, "", condition, (), ()))


def test_the_paths_of_a_rule() -> None:
    """A rule speaks of what it asks and of what its condition asks."""
    assert rule("self.room == 3", "has(request.body.room)").paths == ("self.room", "request.body.room")


@pytest.mark.parametrize("text", RULES)
def test_a_remembered_answer_is_the_engine_s(text: str) -> None:
    """A rule asked of one state after another, twice round, answers as if each were the first."""
    known = rule(text)

    for variables in (*STATES, *reversed(STATES)):
        afresh = compile_expression(text).holds(context(variables))
        assert answers([known], Evaluation(variables)) == [afresh], variables


def test_rules_are_answered_in_their_order() -> None:
    """Some rules known and some not, in any order: each has its own answer."""
    texts = ("self.room == 3", "self.room == 4", "has(self.name)", "self.name.startsWith('n')")
    for order in permutations(texts):
        rules = [rule(text) for text in order]
        answers(rules[1:2], Evaluation(STATES[8]))

        found = answers(rules, Evaluation(STATES[8]))

        assert found == [compile_expression(text).holds(context(STATES[8])) for text in order]


def test_a_condition_decides_whether_a_rule_applies() -> None:
    """Where the condition does not hold, or has no value, the rule says nothing; what it names is told apart, too."""
    known = rule("self.room == 3", when="self.name == 'novels'")

    for name, room, expected in (("novels", 3, True), ("essays", 3, None), ("novels", 4, False), ("essays", 4, None)):
        assert answers([known], Evaluation({"self": {"name": name, "room": room}})) == [expected]
    assert answers([known], Evaluation({"self": {"room": 3}})) == [None]


@pytest.mark.parametrize("text", ["self.room", "self.shelf.id + 1", "self.books.map(b, b + '!')", "{'a': self.room}"])
def test_a_remembered_value_is_the_engine_s(text: str) -> None:
    """A value asked of one state after another, twice round, is what it would be afresh, or is missing afresh."""
    known, expression = KnownValue(compile_expression(text)), compile_expression(text)

    for variables in (*STATES, *reversed(STATES)):
        try:
            wanted = expression.value(variables)
        except EvaluationError:
            with pytest.raises(EvaluationError):
                known.of(Evaluation(variables))
            continue
        found = known.of(Evaluation(variables))
        assert (found, type(found)) == (wanted, type(wanted))


def test_what_was_asked_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is asked once for each set of members that a rule names; much traffic does not fill the memory."""
    monkeypatch.setattr(evaluation, "MOST", 3)
    known, value = rule("self.room < 9"), KnownValue(compile_expression("self.room"))

    for room in (1, 2, 1, 2, 3):
        answers([known], Evaluation({"self": {"room": room, "name": str(room)}}))
        value.of(Evaluation({"self": {"room": room}}))
    assert (len(known.answers), len(value._values)) == (3, 3)

    answers([known], Evaluation({"self": {"room": 4}}))
    value.of(Evaluation({"self": {"room": 4}}))
    assert (len(known.answers), len(value._values)) == (1, 1)


def test_of_what_only_the_size_is_asked_only_the_size_counts() -> None:
    """Another list of as many entries is nothing new to a rule about their number."""
    sized, whole = rule("!has(self.books) || size(self.books) < 3"), rule("size(self.books) < 3 || 'a' in self.books")

    for books in (["a", "b"], ["c", "d"], ["e"]):
        answers([sized, whole], Evaluation({"self": {"books": books}}))

    assert (len(sized.answers), len(whole.answers)) == (2, 3)


def test_the_engine_gets_only_what_is_named() -> None:
    """A whole answer costs more to hand over than a rule; what a path leads to is whole, whatever else is named."""
    whole = {"self": {"a": {"b": {"c": 1, "d": 2}, "e": 3}, "f": 4}, "now": 5, "request": {"body": {}}}

    def handed(*paths: str) -> Any:
        return Evaluation(whole).ready(paths).values

    assert handed("self.a.b.c") == {"self": {"a": {"b": {"c": 1}}}}
    assert handed("self.a.b", "self.a.b.c", "self.f") == {"self": {"a": {"b": {"c": 1, "d": 2}}, "f": 4}}
    assert handed("self.a.e", "self.a") == {"self": {"a": whole["self"]["a"]}}  # type: ignore[index]
    assert handed("now", "self.x.y", "other", "self.f.g") == {"now": 5, "self": {"f": 4}}
    assert handed("request.body") == {"request": {"body": {}}}
    assert handed("#self.a") == {"self": {"a": {"b": None, "e": None}}}
    assert handed("self.a.b.c", "#self.a") == {"self": {"a": {"b": {"c": 1}, "e": None}}}
    assert handed("#self.a", "self.a") == {"self": {"a": whole["self"]["a"]}}  # type: ignore[index]
    assert Evaluation({"self": {"x": [{"y": 1}, 2]}}).ready(["#self.x"]).values == {"self": {"x": [None, None]}}


def test_where_a_path_ends_is_not_where_it_leads() -> None:
    """A list in the place of an object is not taken for the same list inside of the object."""
    ends = Evaluation({"response": {"body": []}})["response.body.books"]
    leads = Evaluation({"response": {"body": {"books": []}}})["response.body.books"]

    assert ends != leads
