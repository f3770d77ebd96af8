"""Laws of texts: each limit of a length, a pattern or a format is met and broken."""

from __future__ import annotations

import pytest

from conformance.cases.candidate import candidates
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.keyword import MOST_IN_PATH
from conformance.cases.plan import Plan
from conformance.settings import Profile
from tests.toy_contracts import asking, hosts_of, posting, read


@pytest.mark.parametrize(("keyword", "length"), [("minLength", 3), ("maxLength", 10)])
def test_both_limits_of_a_length_are_tried(keyword: str, length: int) -> None:
    """Each limit of a length is sent as well as broken, however many ways there are to meet the other one."""
    title = {"type": "string", "minLength": 3, "maxLength": 10}
    hosts = hosts_of(asking({"name": "X-Title", "in": "header", "schema": title}))

    cases = derive(hosts, Plan("standard"))

    kept = [c.request["header"]["x-title"] for c in cases if c.id.startswith(f"find/request/header/x-title/{keyword}#")]
    assert length in {len(text) for text in kept}


def test_a_second_line_is_searched_too() -> None:
    """Where a text may have several lines, a character that is forbidden stands on the second one."""
    lines = [c.value for c in candidates({"type": "string", "pattern": "^[^<>]*$"}, "pattern", "note")]
    one_line = [c.value for c in candidates({"type": "string", "pattern": "^[a-z]*$"}, "pattern", "note")]

    assert "note\n<" in lines
    assert not [value for value in one_line if value.startswith("note\n") and len(value) == 6 and value[-1] != "b"]


@pytest.mark.parametrize("name", ["binary", "byte", "password"])
def test_a_length_in_octets_is_not_tried_with_wide_characters(name: str) -> None:
    """Where a format has its lengths counted in octets, each character is one; elsewhere some are several."""
    text = {"type": "string", "format": name, "maxLength": 8}

    texts = [c.value for c in candidates(text, "maxLength", "note")]

    assert all(each.isascii() for each in texts) is (name != "password")


@pytest.mark.parametrize("name", ["hostname", "email", "uri"])
def test_a_text_of_a_format_may_be_too_long(name: str) -> None:
    """A length beside a format is broken by a text that keeps the format, and just kept by another."""
    text = {"type": "string", "format": name, "maxLength": 70}
    cases = derive(hosts_of(posting({"type": "object", "properties": {"it": text}})), Plan())

    about = [case for case in cases if case.requirement.endswith("/it/maxLength")]
    lengths = {
        expect: {len(c.request["body"]["it"]) for c in about if c.expect == expect} for expect in ("accept", "refuse")
    }

    assert 71 in lengths["refuse"]
    assert 70 in lengths["accept"]


@pytest.mark.parametrize("pattern", ["^[0-9]+$", "^[A-Z_]{2}[0-9A-Z]*$", "^(0|1|-)*$"])
@pytest.mark.parametrize(("low", "high"), [(3, 12), (4, 4)])
@pytest.mark.parametrize("profile", ["quick", "standard"])
def test_a_text_of_a_pattern_is_one_character_beyond_its_limits(
    profile: Profile, low: int, high: int, pattern: str
) -> None:
    """Whoever is wrong by one is found, whatever characters the pattern admits, also where both limits are one."""
    text = {"type": "string", "pattern": pattern, "minLength": low, "maxLength": high}
    cases = derive(hosts_of(posting({"type": "object", "properties": {"it": text}})), Plan(profile))

    broken = {
        keyword: {
            len(c.request["body"]["it"]) for c in cases if c.requirement.endswith(keyword) and c.expect == "refuse"
        }
        for keyword in ("minLength", "maxLength")
    }

    assert low - 1 in broken["minLength"]
    assert high + 1 in broken["maxLength"]


def test_an_identity_is_malformed_in_each_way() -> None:
    """Of the few texts that are tried in a path some are too long, too short, in another case, or have more around."""
    schema = {"type": "string", "pattern": "^[A-Z]{4}$"}
    contract = read(asking({"name": "port", "in": "path", "required": True, "schema": schema}, path="/ports/{port}"))
    cases = derive(Hosts(contract, contract.operations["find"], {"port": "EDDF"}, {}, {}), Plan())

    wrong = [case for case in cases if case.requirement.endswith("/port/pattern") and case.expect == "refuse"]
    sent = {case.request["path"]["port"] for case in wrong}

    assert len(sent) <= MOST_IN_PATH
    assert {"EDD", "EDDFF", "eDDF", "EDDf", "EDDF ", " EDDF"} <= sent
    assert any(len(text) == 4 and text.isascii() and not text.isalpha() for text in sent)
