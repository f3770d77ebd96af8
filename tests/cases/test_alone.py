"""Laws of a place that stands alone in a request."""

from __future__ import annotations

from conformance.cases.alone import alone
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from conformance.requirements.oracle import Oracle
from tests.toy_contracts import BOOKS_GIVEN, SHELVES, changed, read

RULES = ("paths", "/shelves/{shelf}", "put", "x-conformance", "requires")
FIRM = {**BOOKS_GIVEN, "level": "documented"}
NAME = "changeShelf/request/body/name/maxLength"
STATE = {"room": 3, "name": "novels", "books": []}


def hosts_of(rule: object) -> Hosts:
    """The hosts of an operation with a rule about what has to be given."""
    contract = read(changed(SHELVES, [rule], *RULES))
    return Hosts(contract, contract.operations["changeShelf"], {"shelf": "a-1"}, {"": STATE}, {})


def bodies(hosts: Hosts) -> list[object]:
    """What stands in the bodies of hosts in which a name stands alone."""
    return [host.request["body"] for host in alone(hosts, hosts.oracle.placed[NAME].site.path)]


def test_only_what_is_contested_is_left_out() -> None:
    """A member that every reading needs stays; one that only some need is left out once."""
    assert bodies(hosts_of(BOOKS_GIVEN)) == [{"name": "a"}]
    assert bodies(hosts_of(FIRM)) == []


def test_what_is_wrong_alone_has_a_contested_twin() -> None:
    """What is wrong alone is refused for that in any reading; its twin is sent, and nothing is expected of it."""
    hosts = hosts_of(BOOKS_GIVEN)

    cases = derive(hosts, Plan())

    wrong = [c for c in cases if c.requirement == NAME and c.expect == "refuse" and list(c.request["body"]) == ["name"]]
    twins = [c for c in cases if c.key in {case.twin_key for case in wrong}]
    assert wrong
    assert {twin.expect for twin in twins} == {"contested"}


def test_firm_rules_tell_hosts_apart() -> None:
    """Of the rules that a request breaks only the firm ones forbid that it stands for another."""
    firm, contested = (Oracle(hosts_of(rule).operation, {}) for rule in (FIRM, BOOKS_GIVEN))

    assert firm.rules_broken({"body": {"name": "a"}}, STATE) == {"changeShelf/rule/books-given"}
    assert contested.rules_broken({"body": {"name": "a"}}, STATE) == frozenset()
