"""Laws of rehearsals: what is sent once more to be tried only, and what is not."""

from __future__ import annotations

from dataclasses import replace

from conformance.cases.derive import completed, derive
from conformance.cases.plan import Plan
from conformance.requirements.site import merged
from tests.cases.test_derive import SHELF, hosts_of, shelf
from tests.toy_contracts import CARDS, SHELF_RULES, SHELVES, changed, read

CALM = {
    "id": "calm",
    "source": {"document": "manual"},
    "pointer": "/body/books",
    "text": "novels have other books",
    "rule": "!has(request.body.books) || self.name != 'novels' || request.body.books.all(book, book != 'AAA')",
    "satisfied": [{"request": {"body": {"books": ["a"]}}, "self": {"name": "novels"}}],
    "violated": [
        {"request": {"body": {"books": ["AAA"]}}, "self": {"name": "novels"}},
        {"request": {"body": {"books": ["AAA"]}}, "self": {"name": "novels"}, "given": {"body": {"name": "novels"}}},
    ],
}


def test_rehearsals_ask_for_a_rehearsal() -> None:
    """A case is a rehearsal if and only if what is sent asks for one."""
    for case in shelf():
        body = case.request.get("body")
        if case.wire.body is None and case.wire.method is None and isinstance(body, dict):
            assert case.rehearsal is (body.get("dry_run") is True), case.id


def test_a_drawn_rehearsal_comes_first() -> None:
    """A valid request that happens to ask for a rehearsal is not the one that switches it off."""
    hosts = hosts_of(read(SHELVES), "changeShelf", SHELF)
    valid = next(case for case in shelf() if case.requirement.endswith("/response/status/success"))
    drawn = replace(valid, request=merged(valid.request, {"body": {"dry_run": True}}), sent="drawn")

    cases = completed(hosts, [drawn, valid], Plan())

    (off,) = (case for case in cases if case.requirement.endswith("/rehearsal/off"))
    assert (off.rehearsal, off.request["body"]["dry_run"]) == (False, False)


def test_without_permission_nothing_takes_effect() -> None:
    """Where nothing may change, an operation with rehearsals sends only these, one without sends nothing."""
    rehearsed = shelf(real=False)
    contract = read(CARDS)

    assert rehearsed
    for case in rehearsed:
        assert case.rehearsal
        assert case.wire.method is None
        assert case.wire.body is None
        assert case.given is None
        assert case.request["body"]["dry_run"] is True
    assert derive(hosts_of(contract, "addCard", {"box": "b-7"}), Plan(real=False)) == []


def test_what_needs_a_state_is_rehearsed_on_it() -> None:
    """A refusal that was set up is rehearsed on the same set-up: the stored state counts for a rehearsal, too."""
    contract = read(changed(SHELVES, [CALM], *SHELF_RULES))
    cases = derive(hosts_of(contract, "changeShelf", SHELF), Plan())

    set_up = [case for case in cases if case.given is not None and case.expect == "refuse"]

    assert [case.rehearsal for case in set_up][:2] == [False, True]
    assert set_up[0].given == set_up[1].given
