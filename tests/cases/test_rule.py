"""Laws of the cases of rules: the examples of the contract, and the same fault in larger requests."""

from __future__ import annotations

from typing import Any

from conformance.cases.case import Case
from conformance.cases.host import Hosts
from conformance.cases.rule import rules
from tests.toy_contracts import BOOKS_GIVEN, OPEN, SHELF_RULES, SHELVES, changed, read

CALM: dict[str, Any] = {
    "id": "calm",
    "source": {"document": "manual"},
    "pointer": "/body/books",
    "text": "no book shouts",
    "rule": "!has(request.body.books) || request.body.books.all(book, book != 'AAA')",
    "satisfied": [{"request": {"body": {"books": ["a"]}}, "self": {"room": 6}}],
    "violated": [
        {"request": {"body": {"books": ["AAA"]}}, "self": {"room": 6}},
        {"request": {"body": {"books": ["b", "AAA"]}}, "self": {"room": 6}},
    ],
}

BOOKS = (*SHELF_RULES[:3], "requestBody", "content", "application/json", "schema", "properties", "books")


def every(rule: object = CALM, books: object = None, *others: object) -> list[Case]:
    """The cases of rules, of a shelf with room and of one that is full; `books` is the schema of the books."""
    document = changed(SHELVES, [rule, *others], *SHELF_RULES)
    document = document if books is None else changed(document, books, *BOOKS)
    document = changed(document, {"text": "a full one", "self": {"room": 0}}, "x-conformance", "fixtures", "shelf.full")
    contract = read(document)
    fixtures = {"shelf": "a-1", "shelf.full": "a-2"}
    states = {"": {"room": 6}, "shelf.full": {"room": 0}}
    return list(rules(Hosts(contract, contract.operations["changeShelf"], fixtures, states, {})))


def cases(rule: object = CALM, books: object = None) -> list[Case]:
    """Those of them that are to be refused."""
    return [case for case in every(rule, books) if case.expect != "accept"]


def filled(most: int, example: object) -> list[int]:
    """Where the fault stands in the cases whose books are as many as a shelf may hold."""
    calm = {**CALM, "violated": [{"request": {"body": {"books": example}}, "self": {"room": 900}}]}
    made = cases(calm, {"type": "array", "maxItems": most, "items": {"type": "string", "minLength": 1}})
    return [books.index("AAA") for books in (case.request["body"]["books"] for case in made) if len(books) == most]


def test_the_examples_are_sent() -> None:
    """Each violating example is sent as it stands, and with its entries in reverse."""
    sent = [case.request["body"] for case in cases()]

    assert {"books": ["AAA"]} in sent
    assert {"books": ["b", "AAA"]} in sent
    assert [body for body in sent if body["books"][:2] == ["AAA", "b"]]


def test_among_other_members() -> None:
    """The first fault stands in a larger request, too, that breaks nothing else."""
    assert {"name": "novels", "books": ["AAA"]} in [case.request["body"] for case in cases()]


def test_among_other_entries() -> None:
    """One wrong entry stands in the middle and last among as many as the array holds."""
    large = [case.request["body"]["books"] for case in cases() if len(case.request["body"]["books"]) == 6]

    assert [books.index("AAA") for books in large] == [3, 5]
    assert all(books.count("AAA") == 1 for books in large)


def test_what_is_only_noted_is_sent_as_it_stands() -> None:
    """Of a contested rule nothing but the examples is sent."""
    bodies = [case.request["body"] for case in cases({**CALM, "level": "contested"})]

    assert bodies == [{"books": ["AAA"]}, {"books": ["b", "AAA"]}]


def test_larger_requests_are_left_out_of_quick_runs() -> None:
    """The quick profile sends the first example as it stands."""
    assert [case.request["body"] for case in cases() if case.rank == 0] == [{"books": ["AAA"]}]


def test_a_rule_of_states_alone_is_sent_with_what_may_be_sent() -> None:
    """Its examples say nothing of the request: it is a whole one, to the resource that they name."""
    whole = {"name": "novels", "books": ["emma"]}

    sent = {(case.expect, case.request["path"]["shelf"], case.request["body"]["name"]) for case in every(OPEN)}

    assert sent == {("accept", "a-1", "novels"), ("refuse", "a-2", "novels")}
    assert all(case.request["body"] == whole for case in every(OPEN))


def test_what_can_not_be_completed_is_not_sent() -> None:
    """An example that breaks the schema, too, would be refused for that."""
    empty = {**CALM, "violated": [{"request": {"body": {"books": ["AAA", ""]}}, "self": {"room": 6}}]}

    assert cases(empty) == []


def test_what_another_reading_refuses_shows_no_limit() -> None:
    """An example that keeps its rule is not sent where a contested rule may refuse it; what breaks a rule is."""
    short = {**CALM, "id": "short", "satisfied": [{"request": {"body": {"name": "a"}}, "self": {"room": 3}}]}

    sent = [case for case in every(short, None, BOOKS_GIVEN) if case.requirement.endswith("/short")]

    assert {case.expect for case in sent} == {"refuse"}
    assert "accept" in {case.expect for case in every(short) if case.requirement.endswith("/short")}


def test_how_many_entries_are_put_around_a_fault() -> None:
    """As many as an array holds, up to a hundred, and only where the fault was alone in it."""
    assert filled(100, ["AAA"]) == [50, 99]
    assert filled(101, ["AAA"]) == []
    assert filled(4, ["b", "AAA"]) == []


def test_a_larger_array_has_words_of_its_own() -> None:
    """What the example was called is not what is sent among others."""
    called = {**CALM, "violated": [{**CALM["violated"][0], "text": "a shout"}]}

    said = {len(case.request["body"]["books"]): case.sent for case in cases(called)}

    assert said[1] == "a shout"
    assert said[6] != "a shout"
