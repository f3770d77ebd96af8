"""Laws of turns: which near misses of a format are tried at which of its places."""

from __future__ import annotations

from conformance import formats
from conformance.cases.case import Case
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from tests.toy_contracts import posting, read

MISSES = formats.REGISTRY["ip-address-entry"].near_misses


def asked(places: str, profile: str = "standard") -> list[set[str]]:
    """For each of some places of one format what is asked to be refused there."""
    properties = {name: {"type": "string", "format": "ip-address-entry"} for name in places}
    contract = read(posting({"type": "object", "properties": properties}))
    hosts = Hosts(contract, contract.operations["make"], {}, {}, {})
    refused = [case for case in derive(hosts, Plan(profile)) if case.expect == "refuse"]
    here = {name: [case for case in refused if case.requirement.endswith(f"/body/{name}/format")] for name in places}
    return [{case.request["body"][name] for case in cases} for name, cases in here.items()]


def _is_miss(case: Case) -> bool:
    return case.expect == "refuse" and case.requirement == "make/request/body/a/format"


def test_the_telling_ones_are_tried_at_each_place() -> None:
    """Two places of one format are two checks: each is asked to refuse what careless servers accept most."""
    one, two = asked("ab")

    assert set(MISSES[:50]) <= one & two


def test_the_others_are_shared_out() -> None:
    """What one place is not asked, another is: of two places more is learnt than of one."""
    one, two = asked("ab")

    assert len(one - two) > 20
    assert len(two - one) > 20


def test_of_many_places_the_later_ones_get_fewer() -> None:
    """The sixth place of a format is most likely checked by the code of the first."""
    sizes = [len(each) for each in asked("abcdef")]

    assert max(sizes[4:]) < 70 < min(sizes[:4])


def test_a_thorough_run_tries_everything() -> None:
    """No near miss is left out at any place."""
    assert asked("ab", "thorough") == [set(MISSES), set(MISSES)]


def test_four_late_places_share_the_first_ones() -> None:
    """What is tried at each of the first places is tried at one of any four after them, most at no other."""
    late = asked("abcdefgh")[4:]

    counts = [sum(miss in each for each in late) for miss in MISSES[:50]]
    assert min(counts) == 1
    assert counts.count(1) > counts.count(4) > 0  # those that tell most are tried everywhere
    assert counts.count(1) + counts.count(4) == len(counts)


def test_what_is_another_places_turn_is_for_thorough_runs() -> None:
    """It has the rank that leaves it out of the others."""
    schema = {"type": "string", "format": "ip-address-entry"}
    contract = read(posting({"type": "object", "properties": {"a": schema}}))
    hosts = Hosts(contract, contract.operations["make"], {}, {}, {})

    made = {case.request["body"]["a"]: case.rank for case in derive(hosts, Plan("thorough")) if _is_miss(case)}

    assert set(made) == set(MISSES)
    assert {miss for miss, rank in made.items() if rank < 2} == asked("a")[0]
