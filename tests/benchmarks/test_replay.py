"""Laws of the replay: a tool is started where an answer differs, and only there."""

from __future__ import annotations

import json

from bench.peers.replay import tells
from conformance.emulator import FIXTURES, TOKEN
from conformance.emulator.call import Heard

PATH = f"/v3/{FIXTURES['project_id']}/vpc/address-groups/{FIXTURES['address_group_id']}"
HEADERS = {"x-auth-token": TOKEN, "content-type": "application/json"}


def update(name: str) -> Heard:
    """A request to rename the group."""
    return Heard("PUT", PATH, "", HEADERS, json.dumps({"address_group": {"name": name}}).encode())


LOOK = Heard("GET", PATH, "", HEADERS, None)


def test_the_same_answers_tell_nothing() -> None:
    """Clock and ids repeat: two answers to the same request are the same but for the fault."""
    assert not tells([update("short"), update("short")], "name-65")


def test_one_other_answer_tells() -> None:
    """Wherever in the sequence it stands."""
    assert tells([update("short"), update("n" * 65)], "name-65")


def test_state_and_clock_are_part_of_the_answers() -> None:
    """What an update did shows in a later look; a time that should have moved shows at once."""
    assert tells([update("short")], "updated-slow")
