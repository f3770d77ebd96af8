"""For each requirement, the requests that show whether it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from string import ascii_letters, digits
from typing import Any

from conformance.emulator import PROJECT_ID, TOKEN
from tests.emulator.faults.observer import Observer
from tests.emulator.talking import BUSY, GROUP, GROUPS, INSTANCES, JSON, RAW, READY, SIXTH, Caller, Reply

Battery = Callable[[Observer], Iterator[Any]]

UNKNOWN = "11111111-2222-4333-8444-555555555555"
MANY = [f"10.0.0.{n}" for n in range(22)]
MARKS = [chr(code) for code in range(128) if chr(code) not in ascii_letters + digits + "_-."]
WRONG: list[Any] = [None, 1, 1.5, True, "x", [], {}, ["x"], {"x": 1}]
TEXTS = [
    "",
    *(mark * 255 for mark in "a中😀&"),
    "a" * 65,
    "a" * 256,
    "a" * 300,
    *"<>&\"'\n é中😀",
    *"!#$%*+,/:;=?@^`{|}~()[]\\",
]
PROSE = [
    *TEXTS,
    *(" a ", "a<", "<a", "a<b", "a>b", "a\n<", "<a>", "a < b > c", "< a", "&amp;", "ﬁ①", "ABC", "a\nb"),
    *WRONG,
]
LAX = [
    *("10.0.0.256", "256.1.1.1", "999.1.1.1", "10.0.0", "1.2.3.4.5", "10.0.0.0/33", "10.0.0.0/64", "10.0.0.0/"),
    *("10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/a", "10.0.0.0/255.0.0.0", "10.0.0.0/8/8", "10.0.0.1-", "-10.0.0.1"),
    *("10.0.0.1-9", "10.0.0.1-10.0.0.2-10.0.0.3", "10.0.0.0/24-10.0.1.0/24", "10.0.0.1 - 10.0.0.2", " 10.0.0.1"),
    *("10.0.0.1 ", "10.0.0.1\n", "10.0.0.1,10.0.0.2", "10.0.0.1x", "x 10.0.0.1", "10.0.0.1:80", "example.com", ""),
    *("167772161", "???", "0x0a.0.0.1", "10.0.*.*"),
]
STRICT = [
    *("10.0.0.1", "10.0.0.1-10.0.0.9", "10.0.0.1-10.0.9.1", "10.0.0.1-10.0.0.1", "10.0.0.0/8", "0.0.0.0/0"),
    *("10.0.0.1/32", "10.0.0.0/31", "0.0.0.0", "255.255.255.255", "11.12.13.14"),
]
LAX_SIX = [
    *("2001:db8::/129", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7", "1::2::3", "fe80::1%eth0", "2001:db8::12345"),
    *("2001:db8::g", "[2001:db8::1]"),
]
STRICT_SIX = ["2001:db8::1", "2001:DB8::1", "::1-::2", "::/0", "2001:db8::1/128", "1:2:3:4:5:6:7:8", "2001:db8::/32"]
RANGES = [
    *("10.0.0.2-10.0.0.1", "10.0.1.1-10.0.0.2", "9.0.0.1-10.0.0.1", "10.0.0.1-2001:db8::1", "2001:db8::1", "::/0"),
    "::1-::2",
]
RANGES_SIX = ["::2-::1", "::1-10.0.0.1", "10.0.0.1", "10.0.0.0/8", "10.0.0.1-10.0.0.2"]


def extra(*ips: Any) -> list[Any]:
    """Addresses as ip_extra_set has them."""
    return [{"ip": ip} for ip in ips]


def remarked(remark: Any) -> list[Any]:
    """Two entries with remarks, once with this one at the first and once at the second."""
    first, second = {"ip": "10.1.1.1", "remarks": "one"}, {"ip": "10.1.1.2", "remarks": "two"}
    return [[{**first, "remarks": remark}, second], [first, {**second, "remarks": remark}]]


def each(member: str, values: list[Any]) -> list[dict[str, Any]]:
    """One update for each value."""
    return [{member: value} for value in values]


NAMES = [
    *("a", "a" * 33, "a" * 64, "a" * 65, "a" * 66, "a" * 256, "Aa-b_c.d9", "007"),
    *(mark + "a" + mark for mark in "_-.9Z"),
    *(f"a{mark}a" for mark in MARKS),
    *("a\n", "\na", "a b", " a ", "<a", "a<", "a" * 40 + "<", "a\nb", "<\na"),
    *WRONG,
]


def names(see: Observer) -> Iterator[Any]:
    """What may be a name, alone, beside a description, of a group of IPv6, and where no rehearsal is asked for."""
    long = {"name": "a" * 65}
    beside = [{"name": "a b", "description": "x"}, {**long, "description": "x"}]
    yield from see.updates([*each("name", NAMES), *beside])
    yield from see.updates([long], SIXTH)
    yield from see.bodies([{"dry_run": False, "address_group": long}])


def descriptions(see: Observer) -> Iterator[Any]:
    """What may be a description."""
    yield from see.updates(each("description", PROSE))


def remarks(see: Observer) -> Iterator[Any]:
    """What may be a remark."""
    yield from see.updates(each("ip_extra_set", [entries for text in PROSE for entries in remarked(text)]))
    yield from see.updates([{"ip_set": ["10.1.1.1", "10.1.1.2"]}, {"ip_extra_set": extra("10.1.1.3")}])


def capacities(see: Observer) -> Iterator[Any]:
    """What may be a capacity, and how many entries it allows."""
    numbers = [-2, -1, 0, 4, 5.0, 20, 20.0, 21, 22, 100, 2**32 + 5, 10**30, -5.0, 4.5, 19.6, "4", "20", False]
    some = [{"ip_set": MANY[:1], "max_capacity": n} for n in (*numbers, 0, 1, *WRONG)]
    five = each("max_capacity", [5])
    loads = [{"ip_set": MANY[:n]} for n in (4, 5, 6)] + [{"ip_extra_set": extra(*MANY[:n])} for n in (4, 5, 6)]
    both = [{"ip_set": MANY[:n], "max_capacity": n - 1} for n in (5, 7)]
    both += [{"ip_extra_set": extra(*MANY[:n]), "max_capacity": n - 1} for n in (5, 7)]
    grow = each("max_capacity", [20, 10, 4])
    yield from see.updates([*some, *five, *loads, *both, {"name": "x"}, *grow, *each("max_capacity", numbers)])


def _sets(see: Observer, member: str, wrap: Callable[..., list[Any]]) -> Iterator[Any]:
    good = ["10.9.9.9"]
    counted = [wrap(*MANY[:n]) for n in (20, 21, 22, 1, 2)]
    partly = [
        wrap(*entries) for bad in ("???", 1) for entries in ((*good, bad), (bad, *good), (*good, bad, "10.9.9.8"))
    ]
    four = [wrap(*good, entry) for entry in (*LAX, *STRICT, *LAX_SIX, *RANGES, *WRONG)] + [
        wrap(entry) for entry in STRICT
    ]
    six = [wrap("::9", entry) for entry in (*LAX_SIX, *STRICT_SIX, *RANGES_SIX)]
    values = [*WRONG, "10.0.0.1", *counted, *partly, *four]
    yield from see.updates(each(member, values))
    yield from see.updates(each(member, six), SIXTH)


def plain_sets(see: Observer) -> Iterator[Any]:
    """What may stand in ip_set."""
    yield from _sets(see, "ip_set", lambda *ips: list(ips))


def extra_sets(see: Observer) -> Iterator[Any]:
    """What may stand in ip_extra_set."""
    items = [["10.0.0.1"], [None], [1], [{}], [{"remarks": "x"}], [*extra("10.0.0.1"), {}], [*extra("10.0.0.1"), 1]]
    items += [[{"ip": "10.0.0.1"}, {"ip": "10.0.0.2", "remarks": "x"}]]
    yield from see.updates(each("ip_extra_set", items))
    yield from _sets(see, "ip_extra_set", extra)


def bodies(see: Observer) -> Iterator[Any]:
    """What may be a body, the flag, and what may be absent."""
    flags = [
        {"dry_run": flag, "address_group": {"name": f"flag{n}"}} for n, flag in enumerate([*WRONG, "true", 0, False])
    ]
    inside = {"address_group": {"name": "inside", "dry_run": True}}
    rehearsed = {"dry_run": True}
    groups = [{"address_group": value} for value in WRONG]
    single = [
        {},
        {"name": "n"},
        {"description": "d"},
        {"max_capacity": 20},
        {"ip_set": MANY[:2]},
        {"ip_extra_set": extra(*MANY[:2])},
    ]
    yield from see.bodies([*WRONG, *groups, *flags, inside, rehearsed, b""])
    yield from see.updates(single)


def agreement(see: Observer) -> Iterator[Any]:
    """Both sets at once."""
    pairs = [("ab", "ba"), ("a", "b"), ("ab", "a"), ("a", "ab"), ("ab", "ac"), ("ab", "cb"), ("ab", "ab")]
    address = {letter: f"10.0.0.{n}" for n, letter in enumerate("abc", 1)}
    sets = [([address[x] for x in plain], extra(*(address[x] for x in other))) for plain, other in pairs]
    yield from see.updates([{"ip_set": plain, "ip_extra_set": other} for plain, other in sets])


def idleness(see: Observer) -> Iterator[Any]:
    """A group that is being updated."""
    options = [{"name": "x"}, {"ip_set": MANY[:2]}, {"description": "d"}, {}]
    yield from see.updates([*options, *options], BUSY)


def effects(see: Observer) -> Iterator[Any]:
    """What updates, refusals and rehearsals leave behind, in all groups."""
    entries = [{"ip": "10.0.0.1", "remarks": "one"}, {"ip": "10.0.0.2"}, {"ip": "10.0.0.3", "remarks": "three"}]
    options: list[Any] = [
        *({"description": text} for text in ("Second", "")),
        *({"name": "First"}, {"max_capacity": 12}, {"ip_extra_set": entries}, {"name": "Second"}, {"ip_set": MANY[:3]}),
        *({"ip_set": MANY[:12]}, {"name": "x<"}, {"name": "Third", "description": "<"}, {"max_capacity": 1}),
        *(
            {"ip_set": ["???"]},
            {},
            {"name": "Fourth", "description": "x", "max_capacity": 20, "ip_set": ["10.0.0.9/32"]},
        ),
    ]
    yield from see.looks()
    for option in options:
        yield from see.rehearsals([option])
        yield from see.looks()
        yield from see.updates([option])
        yield from see.looks()
    six = [{"ip_extra_set": [{"ip": "2001:DB8::1", "remarks": "One"}, {"ip": "::1"}]}, {"name": "Six"}]
    yield from see.updates(six, SIXTH)
    yield from see.looks()


def answers(see: Observer) -> Iterator[Any]:
    """What answers look like."""
    remarked = {"ip_extra_set": [{"ip": "10.0.0.1", "remarks": "one"}, {"ip": "10.0.0.2", "remarks": None}]}
    yield from see.looks()
    yield from see.updates([{"name": "x"}, remarked, {"name": "x"}])


def refusals(see: Observer) -> Iterator[Any]:
    """How requests are refused."""
    caller = see.caller
    yield from map(see.see, _refused(caller))


def _refused(caller: Caller) -> Iterator[Reply]:
    yield caller.update({"name": 1})
    yield caller.update({"name": "<"}, dry_run=True)
    yield caller.update({"max_capacity": 1})
    yield caller.update({}, BUSY)
    yield caller.update({}, UNKNOWN)
    yield caller.send("PUT", f"{GROUPS}/{GROUP}", b"{}", JSON)
    yield caller.send("PUT", f"{INSTANCES}/{READY}/ip", b"{}", JSON)
    yield caller.modify({"vpc_id": 1})
    yield caller.modify({}, UNKNOWN)


def tokens(see: Observer) -> Iterator[Any]:
    """Who may ask."""
    wrong = [
        "",
        " ",
        "wrong",
        TOKEN + "x",
        "x" + TOKEN,
        f"x{TOKEN}x",
        TOKEN[:-1],
        TOKEN[:3],
        TOKEN.upper(),
        "x" * len(TOKEN),
    ]
    headers = [JSON, *({**JSON, "X-Auth-Token": token} for token in wrong)]
    paths = [(f"{GROUPS}/{GROUP}", b'{"address_group": {}}'), (f"{INSTANCES}/{READY}/ip", b"{}")]
    yield from (see.see(see.caller.send("PUT", path, body, header)) for path, body in paths for header in headers)


def unknown(see: Observer) -> Iterator[Any]:
    """What is not there."""
    other, long = "0" * 32, PROJECT_ID + "0"
    update, modify = b'{"address_group": {"name": "x"}}', b"{}"
    ids = [UNKNOWN, "nonsense", "0", GROUP[:8] + UNKNOWN[8:], GROUP.replace("-", "")]
    paths = [(f"{GROUPS}/{id_}", update) for id_ in ids]
    paths += [(f"/v3/{project}/vpc/address-groups/{GROUP}", update) for project in (other, long, "x")]
    paths += [(f"{INSTANCES}/{id_}/ip", modify) for id_ in ids]
    paths += [(f"/v1/{project}/instances/{READY}/ip", modify) for project in (other, long, "x")]
    yield from (see.see(see.caller.put(path, body)) for path, body in paths)
    yield from see.looks()


def methods(see: Observer) -> Iterator[Any]:
    """What a path does for other methods."""
    headers = {"X-Auth-Token": TOKEN, **JSON}
    paths = [(f"{GROUPS}/{GROUP}", b'{"address_group": {"name": "x"}}'), (f"{INSTANCES}/{READY}/ip", b"{}")]
    names = ["POST", "PATCH", "DELETE", "OPTIONS", "GET"]
    yield from (see.see(see.caller.send(name, path, body, headers)) for path, body in paths for name in names)


def _protocol(see: Observer, path: str, good: bytes) -> Iterator[Any]:
    media = ["text/plain", "application/xml", "application/x-www-form-urlencoded", "image/png"]
    media += ["application/json;charset=utf-8", "application/json; charset=UTF-8"]
    yield from (see.see(see.caller.put(path, body)) for body in _written(good))
    yield from (see.see(see.caller.put(path, good, {"Content-Type": value})) for value in media)


def _written(good: bytes) -> Iterator[bytes]:
    yield from (good, b" \n" + good, good + b"\n", good.replace(b":", b" :\n "), good.replace(b"x", b"\\u0078"))
    yield from (b"", b"nonsense", b"[" * 900, good[:-1], good[:-2])
    yield from (good + b"x", good + b"}", good + b"{}", good.replace(b"}", b",}"), good.replace(b'"', b"'"))
    yield from (good[:-1] + more for more in (b', "x": NaN}', b', "x": "\xff"}', b', "x": ' + b"[" * 900))
    yield from (good.decode().encode("utf-16"), good[:-1] + b', "x": ' + b"[" * 900 + b"]" * 900 + b"}")


def update_protocol(see: Observer) -> Iterator[Any]:
    """How the body of an update is read."""
    yield from _protocol(see, f"{GROUPS}/{GROUP}", b'{"address_group": {"name": "x"}}')
    yield see.see(see.caller.put(f"{GROUPS}/{GROUP}", b'{"address_group": {"description": "a\\/b"}}'))
    yield see.look()


def modify_protocol(see: Observer) -> Iterator[Any]:
    """How the body of a change of address is read."""
    yield from _protocol(see, f"{INSTANCES}/{READY}/ip", b'{"vpc_id": "x"}')


def changes(see: Observer) -> Iterator[Any]:
    """What may be a change of address."""
    good = {"subnet_id": "s", "ip_address": "10.0.0.1"}
    items = [value for wrong in WRONG for value in ([wrong], [good, wrong], [wrong, good], [good, wrong, good])]
    members = [[good, {**good, name: wrong}, *more] for name in good for wrong in WRONG for more in ([], [good])]
    first = [[{**good, name: wrong}] for name in good for wrong in WRONG]
    asked = [
        *WRONG,
        {},
        {"vpc_id": "v"},
        {"nics": []},
        {"nics": [good]},
        {"nics": [{"subnet_id": "s"}]},
        {"vpc_id": "v", "nics": [good]},
    ]
    asked += [{"vpc_id": wrong} for wrong in WRONG] + [{"nics": value} for value in (*WRONG, *items, *members, *first)]
    yield from (see.see(see.caller.modify(body)) for body in asked)
    yield see.see(see.caller.modify({}, RAW))


def again_and_again(see: Observer) -> Iterator[Any]:
    """The same requests many times."""
    for turn in range(41):
        yield see.see(see.caller.update({"name": f"good{turn}"}))
        yield see.look()
        yield from (see.see(see.caller.update({"name": "<"})) for _ in range(3 + turn % 4))
    yield from (see.see(see.caller.modify({"vpc_id": 1})) for _ in range(4))
    yield from (see.see(see.caller.update({}, BUSY)) for _ in range(4))


def refused_rehearsals(see: Observer) -> Iterator[Any]:
    """Rehearsals of what is refused."""
    long, many = "a" * 256, MANY[:21]
    options: list[Any] = [
        *(
            *each("name", ["a" * 65, "<", 1]),
            *each("description", [long, "<"]),
            *each("max_capacity", [21, -1, "4", 3]),
        ),
        *(
            *each("ip_set", [many, ["???"], [1], ["10.0.0.2-10.0.0.1"], ["::1"]]),
            {"ip_set": MANY[:3], "max_capacity": 2},
        ),
        *each("ip_extra_set", [extra(*many), *map(extra, ("???", 1, "10.0.0.2-10.0.0.1", "::1")), [{}]]),
        *each("ip_extra_set", [*remarked(long), *remarked("<")]),
        {"ip_set": ["10.0.0.1"], "ip_extra_set": extra("10.0.0.2")},
    ]
    yield from see.rehearsals(options)
    yield from see.rehearsals([{}], BUSY)
    yield see.see(see.caller.body({"dry_run": True}))


BATTERIES: tuple[tuple[str, Battery], ...] = (
    (r"updateAddressGroup/request/body/address_group/name/(?!optional).*|.*/state/name/becomes", names),
    (r".*/address_group/description/(?!optional).*|.*/state/description/becomes", descriptions),
    (r".*/request/.*/remarks/.*|.*/rule/remarks-echoed", remarks),
    (r".*/request/.*/max_capacity/.*|.*within-capacity|.*/capacity-holds-entries|.*/state/max_capacity/.*", capacities),
    (r".*/request/.*/ip_set/(?!optional).*|.*/rule/ip-set-.*", plain_sets),
    (r".*/request/.*/ip_extra_set/(?!optional).*|.*/rule/ip-extra-set-.*", extra_sets),
    (r"updateAddressGroup/request/body/.*|.*/rehearsal/(off|status)", bodies),
    (r".*/rule/sets-agree", agreement),
    (r".*/rule/not-updating", idleness),
    (r".*/rehearsal/refuses", refused_rehearsals),
    (r".*/rehearsal/.*|.*/state/.*|updateAddressGroup/rule/.*", effects),
    (r".*/response/200/.*|.*AddressGroup/response/status/success", answers),
    (r".*/response/[45]..?/.*|.*/response/status/refusal", refusals),
    (r".*/authentication/.*", tokens),
    (r".*/path/.*|.*/request/path/.*", unknown),
    (r".*/protocol/method", methods),
    (r"updateAddressGroup/protocol/.*", update_protocol),
    (r"modifyInstanceIp/protocol/.*", modify_protocol),
    (r"modifyInstanceIp/.*", changes),
)


def battery(family: str, requirement: str) -> Battery:
    """What shows whether a requirement is kept; faults that come and go need the same requests often."""
    if family == "intermittent":
        return again_and_again
    return next(found for pattern, found in BATTERIES if re.fullmatch(pattern, requirement))
