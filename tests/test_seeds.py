"""Laws of soundness over seeds: a few dozen of them here, thousands in `make soundness`."""

from __future__ import annotations

from dataclasses import replace

from bench.seeds import Tally, of_seed, seeded, sound
from conformance import suite
from conformance.cases.host import Hosts
from conformance.emulator import FIXTURES


def bundled() -> Hosts:
    """The operation of our contract that changes an instance's address."""
    contract = suite.load()
    return Hosts(contract, contract.operations["modifyInstanceIp"], FIXTURES, {"": {"ready": True}}, contract.settings)


def test_no_alarm_and_every_case_is_what_it_says() -> None:
    """Over two dozen seeds the faithful emulator fails nothing, and negatives break their keyword and nothing else."""
    total = Tally()

    for seed in range(1, 25):
        total += of_seed(seed)

    assert total.wrong == ()
    assert total.seeds == 24
    assert min(total.requests, total.refused, total.accepted) > 24
    assert total.shrunk > 0


def test_what_is_not_as_it_says_is_counted() -> None:
    """A negative that is valid, and a positive that is not, are wrong."""
    hosts = bundled()
    cases = [case for seed in range(0, 160, 16) for case in seeded(hosts, seed)]
    negative = next(case for case in cases if case.expect == "refuse")
    positive = next(case for case in cases if case.expect == "accept")

    assert sound(hosts, [negative, positive]).wrong == ()
    swapped = [replace(negative, request=positive.request), replace(positive, request=negative.request)]
    assert len(sound(hosts, swapped).wrong) == 2


def test_seeds_differ() -> None:
    """Another seed makes other cases, the same seed the same ones."""
    hosts = bundled()

    assert seeded(hosts, 5) == seeded(hosts, 5)
    assert seeded(hosts, 5) != seeded(hosts, 6)
