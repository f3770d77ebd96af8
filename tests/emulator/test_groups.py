"""Address groups: what an update accepts and refuses, and what it does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from string import ascii_letters, digits
from typing import Any

import pytest

from tests.emulator.talking import BUSY, GROUP, SIXTH, Caller

MANY = [f"10.0.0.{n}" for n in range(21)]
TEXT = "&\"'\\ é中😀\r\n\t{}[]()%$#@!~`^*+=|/?.,;:-_"


def extra(*ips: Any) -> list[Any]:
    """The addresses as ip_extra_set has them."""
    return [{"ip": ip} for ip in ips]


def remarked(remarks: Any) -> list[Any]:
    """Two entries, the second with something in `remarks`."""
    return [{"ip": "1.1.1.1"}, {"ip": "1.1.1.2", "remarks": remarks}]


def each(member: str, *values: Any) -> list[dict[str, Any]]:
    """An update of one member for each of some values."""
    return [{member: value} for value in values]


ACCEPTED: list[dict[str, Any]] = [
    {},
    *each("name", *(mark + "a" + mark for mark in "_-.")),
    *each("name", "a", "A", "0", "a" * 64, "_" * 64, "", ascii_letters + digits + "_-"),
    *each("description", "", "a" * 255, "中" * 255, "😀" * 255, TEXT, "\0\x7f"),
    *each("max_capacity", 4, 20, 20.0, 5.0),
    *each("ip_set", [], ["1.1.1.1"], MANY[:20], ["10.0.0.1/8"], ["1.1.1.1-1.1.1.1"]),
    *each("ip_extra_set", *(remarked(remarks) for remarks in (None, "", "a" * 255, TEXT)), extra(*MANY[:20])),
    {"max_capacity": 0, "ip_set": []},
    {"max_capacity": 1, "ip_set": ["1.1.1.1"]},
    {"ip_set": ["1.1.1.1", "2.2.2.2"], "ip_extra_set": extra("2.2.2.2", "1.1.1.1")},
    {"unknown": 1},
]

PUNCTUATION = [chr(code) for code in range(128) if chr(code) not in ascii_letters + digits + "_-."]
OUTSIDE = ["", "x", "1.1.1.256", "2.2.2.2/33", "2.2.2.2 ", "2.2.2.2\n", "2.2.2.2-2.2.2.1", "2001:db8::1", "::/0"]
NO_TEXTS: list[Any] = [1, True, [], {}]

REFUSED: list[Any] = [
    *(None, [], "x", 1, True),
    *each("name", None, 1, True, [], {}, "a" * 65, "a b", "a\n", "\na", "a/b", "a<", "é", "中"),
    *each("name", *(f"a{mark}a" for mark in PUNCTUATION)),
    *each("description", None, 1, False, ["x"], {}, "a" * 256, "中" * 256, "<", ">", "a<b", "a\n>"),
    *each("max_capacity", None, -1, 0, 21, 3, 3.5, 4.5, "4", True, [], {}, 10**30, -(10**30), 1e400),
    *each("ip_set", None, "1.1.1.1", {}, 1, True, MANY, [None], [1], [["1.1.1.1"]], extra("1.1.1.1")),
    *each("ip_set", *(["1.1.1.1", entry] for entry in OUTSIDE)),
    *each("ip_set", ["1.1.1.1", "1.1.1.1"], ["1.1.1.1-2001:db8::1"]),
    *each("ip_extra_set", None, "1.1.1.1", {}, 1, ["1.1.1.1"], [None], [{}], [{"remarks": "x"}], extra(*MANY)),
    *each("ip_extra_set", *(extra("1.1.1.1", ip) for ip in OUTSIDE)),
    *each("ip_extra_set", *(extra("1.1.1.1", ip) for ip in (None, "1.1.1.1", *NO_TEXTS))),
    *each("ip_extra_set", *(remarked(remarks) for remarks in ("a" * 256, "<", ">", *NO_TEXTS))),
    {"ip_set": ["1.1.1.1"], "ip_extra_set": extra("2.2.2.2")},
    {"ip_set": ["1.1.1.1"], "ip_extra_set": extra("1.1.1.1", "2.2.2.2")},
    {"ip_set": ["1.1.1.1", "2.2.2.2"], "ip_extra_set": extra("1.1.1.1")},
    {"ip_set": MANY[:3], "max_capacity": 2},
    {"ip_extra_set": extra(*MANY[:3]), "max_capacity": 2},
]


@pytest.mark.parametrize("option", ACCEPTED, ids=repr)
def test_accepted(caller: Caller, option: dict[str, Any]) -> None:
    """What the page allows is done, and is accepted in a rehearsal too."""
    rehearsal = caller.update(option, dry_run=True)

    reply = caller.update(option)

    assert (rehearsal.status, reply.status) == (202, 200)
    assert caller.show() == reply.group


@pytest.mark.parametrize("option", REFUSED, ids=repr)
def test_refused(caller: Caller, option: Any) -> None:
    """What the page forbids is refused, in a rehearsal too, and nothing is changed."""
    before = caller.show()

    replies = caller.update(option), caller.update(option, dry_run=True)

    assert {reply.status for reply in replies} <= {400, 409}
    assert all(isinstance(reply.body["error_msg"], str) for reply in replies)
    assert caller.show() == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"dry_run": False},
        {"name": "x"},
        *({"dry_run": flag, "address_group": {}} for flag in ("true", 1, None)),
    ],
)
def test_refused_bodies(caller: Caller, body: dict[str, Any]) -> None:
    """The body has an address group, and a flag that is true or false."""
    assert caller.body(body).status == 400


def test_given_is_taken_and_the_rest_is_kept(caller: Caller) -> None:
    """A given member takes exactly the given value; what is not given stays as it was."""
    before = caller.show()
    given = {"name": "A.b_c-9", "description": 'é & "x"', "max_capacity": 7}

    for member, value in given.items():
        after = caller.update({member: value}).group
        assert after == {**before, member: value, "updated_at": after["updated_at"]}
        before = after


def test_number_without_fraction_is_an_integer(caller: Caller) -> None:
    """3.0 is the integer 3, and is shown as one."""
    reply = caller.body(b'{"address_group": {"max_capacity": 5.0}}')

    assert b'"max_capacity":5,' in reply.raw


def test_sets_are_replaced(caller: Caller) -> None:
    """A given set replaces the old one with its remarks, and both members show it."""
    remarked = caller.update({"ip_extra_set": [{"ip": "1.1.1.1", "remarks": "x"}, {"ip": "1.1.1.2"}]}).group
    plain = caller.update({"ip_set": ["1.1.1.1"]}).group

    assert sorted(remarked["ip_set"]) == ["1.1.1.1", "1.1.1.2"]
    assert {entry["ip"]: entry["remarks"] for entry in remarked["ip_extra_set"]} == {"1.1.1.1": "x", "1.1.1.2": None}
    assert plain["ip_set"] == ["1.1.1.1"]
    assert plain["ip_extra_set"] == [{"ip": "1.1.1.1", "remarks": None}]


def test_other_version(caller: Caller) -> None:
    """An IPv6 group takes IPv6 only."""
    assert caller.update({"ip_set": ["2001:db8::/32", "::1-::2", "::ffff:1.2.3.4"]}, SIXTH).status == 200
    assert caller.update({"ip_set": ["1.1.1.1"]}, SIXTH).status == 400


def test_capacity_of_the_stored_group(caller: Caller) -> None:
    """The entries that there are count against a new capacity, and new entries against the capacity that there is."""
    assert caller.update({"max_capacity": 3}).body["error_code"] == "VPC.9905"
    assert caller.update({"max_capacity": 4}).status == 200
    assert caller.update({"ip_set": MANY[:5]}).status == 409
    assert caller.update({"ip_set": MANY[:5], "max_capacity": 5}).status == 200


@pytest.mark.parametrize("dry_run", [False, True])
def test_group_in_transition(caller: Caller, dry_run: bool) -> None:
    """A group that is being updated is not updated again, and its other faults are told first."""
    before = caller.show(BUSY)

    reply = caller.update({"name": "x"}, BUSY, dry_run=dry_run)

    assert reply.status == 409
    assert caller.update({"name": "<"}, BUSY, dry_run=dry_run).status == 400
    assert caller.show(BUSY) == before


def test_rehearsal_changes_nothing(caller: Caller) -> None:
    """A rehearsal is 202, and nothing moves."""
    before = caller.show()

    reply = caller.update({"name": "x", "ip_set": ["1.1.1.1"]}, dry_run=True)

    assert reply.status == 202
    assert reply.body["error_code"] == "SYS.0202"
    assert caller.show() == before


def test_rehearsal_that_is_off(caller: Caller) -> None:
    """A flag of false is as none."""
    assert caller.update({"name": "x"}, dry_run=False).status == 200
    assert caller.show()["name"] == "x"


def test_first_state(caller: Caller) -> None:
    """The first group is that of the page's example, with two tags."""
    group = caller.show()

    assert group["id"] == GROUP
    assert group["name"] == "vkvgykvsvhjaaaa1"
    assert group["created_at"] == "2019-06-28T02:06:38.000+00:00"
    assert group["updated_at"] == "2019-06-28T02:14:01.000+00:00"
    assert len({tag["key"] for tag in group["tags"]}) == 2
    assert caller.show(SIXTH)["ip_version"] == 6
    assert caller.show(BUSY)["status"] == "UPDATING"


def test_moments(caller: Caller) -> None:
    """updated_at moves with every update and is the present in UTC; created_at never moves."""
    groups = [caller.update({}).group for _ in range(20)]
    moments = [group["updated_at"] for group in groups]
    last = datetime.fromisoformat(moments[-1])

    assert sorted(set(moments)) == moments
    assert last.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - last) < timedelta(seconds=10)
    assert {group["created_at"] for group in groups} == {"2019-06-28T02:06:38.000+00:00"}


def test_request_ids_differ(caller: Caller) -> None:
    """Every answer has a request id of its own, refusals and rehearsals too."""
    replies = [caller.update({}), caller.update({}), caller.update({}, dry_run=True), caller.update({"name": 1})]

    assert len({reply.body["request_id"] for reply in replies}) == 4


def test_same_again(caller: Caller) -> None:
    """An update may be repeated."""
    assert [caller.update({"name": "same"}).status for _ in range(3)] == [200] * 3


def test_groups_are_apart(caller: Caller) -> None:
    """An update of one group is none of another."""
    before = caller.show(SIXTH), caller.show(BUSY)

    caller.update({"name": "x", "ip_set": []})

    assert (caller.show(SIXTH), caller.show(BUSY)) == before
