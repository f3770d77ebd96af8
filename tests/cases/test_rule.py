"""Laws of the cases of rules: the examples of the contract, and the same fault in larger requests."""

from __future__ import annotations

from conformance.cases.case import Case
from conformance.cases.host import Hosts
from conformance.cases.rule import rules
from tests.toy_contracts import SHELVES, changed, read

RULES = ("paths", "/shelves/{shelf}", "put", "x-conformance", "requires")
CALM = {
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


def cases(rule: object = CALM) -> list[Case]:
    """The cases of a rule that are to be refused."""
    contract = read(changed(SHELVES, [rule], *RULES))
    hosts = Hosts(contract, contract.operations["changeShelf"], {"shelf": "a-1"}, {"": {"room": 6}}, {})
    return [case for case in rules(hosts) if case.expect != "accept"]


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
