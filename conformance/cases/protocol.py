"""Cases of HTTP, JSON and authentication: what every endpoint owes, whatever its schema says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from string import ascii_letters, ascii_lowercase, ascii_uppercase
from typing import Any

from conformance.cases.case import REHEARSED, Case, Credential, Expectation, Wire, described
from conformance.cases.host import Host, Hosts, listed
from conformance.requirements.derive import types_of
from conformance.requirements.oracle import validator
from conformance.requirements.protocol import named_things
from conformance.requirements.site import put

_CREDENTIALS: tuple[tuple[str, Credential, str], ...] = (
    ("missing", "missing", "no credential"),
    ("empty", "empty", "an empty credential"),
    ("wrong", "wrong", "another credential"),
    ("wrong", "prefix", "the credential with something before it"),
    ("wrong", "suffix", "the credential with something after it"),
    ("wrong", "scheme", "the credential after the name of another scheme"),
    ("wrong", "bare", "the credential without the name of its scheme"),
    ("wrong", "shorter", "the credential without its last character"),
    ("wrong", "headless", "the credential without its first character"),
    ("wrong", "case", "the credential in another case"),
    ("wrong", "first", "the credential with another first character"),
    ("wrong", "last", "the credential with another last character"),
    ("wrong", "listed", "the credential as the second of a list"),
    ("wrong", "quoted", "the credential between quotes"),
    ("wrong", "longer", "the credential many times over"),
    ("wrong", "null", "the word null as a credential"),
)
_MEDIA = ("text/plain", "application/octet-stream", "application/x-www-form-urlencoded", "application/xml")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
REPEATS = 8
_MARKS = re.compile(r"[a-z](?=[^\"\\]*\"\s*[,}\]])")  # letters of values, not of names
_MARK = 987_654_321_987
_EMPTY = "an empty body"
_SURROGATE = "\ud800"
_HOSTILE_TEXTS = (
    "\x00",
    "\ud800",
    "' OR 1=1 -- ${jndi:x} ../../etc/passwd %s%n",
    "\u202e\U0001f600",
    "a" * 100_000,
)
_ODD_QUERIES = (*_HOSTILE_TEXTS[2:4], "\x00", "a" * 4_000)


def protocol(hosts: Hosts, host: Host, *, foreign_methods: bool, taken: frozenset[str]) -> Iterator[Case]:
    """All cases that start from one accepted request; `taken` are the methods that the contract lists there."""
    yield from authentication(hosts, host)
    yield from _paths(hosts, host)
    yield from _hostile_paths(hosts, host)
    yield from _hostile_queries(hosts, host)
    yield from _headers(hosts, host)
    if hosts.operation.body is not None and "json" in hosts.operation.body.media_type and "body" in host.request:
        yield from _bodies(hosts, host)
        yield from _hostile_bodies(hosts, host)
    elif "body" in host.request:
        yield from _other_media(hosts, host, None)
    if foreign_methods:
        yield from _methods(hosts, host, taken)
    if hosts.operation.method in ("GET", "HEAD", "PUT") and hosts.operation.effect != "disrupts":
        yield _case(hosts, host, "protocol/repeatable", "accept", "the same again", Wire(), rank=0, repeat=REPEATS)


def _case(  # noqa: PLR0913 - a case has as many aspects
    hosts: Hosts,
    host: Host,
    path: str,
    expect: Expectation,
    sent: str,
    wire: Wire,
    *,
    kind: str = "invalid",
    rank: int = 1,
    repeat: int = 1,
    request: Any = None,
) -> Case:
    name = f"{hosts.operation.id}/{path}"
    return Case(
        id=f"{name}#{sent}",
        requirement=name,
        operation=hosts.operation.id,
        request=host.request if request is None else request,
        expect=expect,
        sent=sent,
        kind=kind,
        twin=host.request if expect == "refuse" else None,
        variant=host.variant,
        wire=wire,
        rank=rank,
        repeat=repeat,
    )


def authentication(hosts: Hosts, host: Host) -> Iterator[Case]:
    """Every way of not being authenticated, on this operation; rehearsals are added like those of other cases."""
    if not any(s.kind != "other" for s in hosts.operation.security):
        return
    if hosts.operation.anonymous:
        yield _case(
            hosts, host, "authentication/optional", "accept", "no credential", Wire(credential="missing"), rank=0
        )
        return
    # What has no name of a scheme before it may have a list; the other has no use for one.
    useless = "listed" if any(s.kind in ("bearer", "basic") for s in hosts.operation.security) else "bare"
    for name, credential, sent in (each for each in _CREDENTIALS if each[1] != useless):
        path = f"authentication/{name}"
        yield _case(hosts, host, path, "refuse", sent, Wire(credential=credential), kind="authentication", rank=0)


def _paths(hosts: Hosts, host: Host) -> Iterator[Case]:
    for parameter in named_things(hosts.operation):
        current = host.request["path"][parameter.name]
        for value, kind in _strangers(current, parameter.schema, parameter.name):
            request = {**host.request, "path": {**host.request["path"], parameter.name: value}}
            if kind.endswith("/malformed") or hosts.oracle.validator.is_valid(request):
                path = f"path/{parameter.name}/unknown"
                yield _case(
                    hosts, host, path, "refuse", f"{parameter.name} {value}", Wire(), kind=kind, rank=0, request=request
                )


def _strangers(current: Any, schema: Any, name: str) -> list[tuple[Any, str]]:
    """Identities that nobody has, with the kind of refusal: the known one with its digits turned, and plain words."""
    unknown = f"unknown/{name}"
    if isinstance(current, int) and not listed(schema):
        fits = validator(schema).is_valid
        others = (current + step for step in STEPS if fits(current + step))
        return [(other, unknown) for other in islice(others, 1)]
    if listed(schema) or not isinstance(current, str):
        return []
    fits = validator(schema).is_valid
    odd = ("no-such-thing", f"{current}x", f"x{current}")
    like = filter(fits, strangers(current))
    last = next((each for each in strangers(current[-1:]) if len(each) == 1), "0")
    near = [(current[:-1] + last, unknown)] if len(current) >= LONG else []
    return [(next(like, odd[1]), unknown), *near, *((each, f"{unknown}/malformed") for each in odd)]


def strangers(identity: str) -> tuple[str, ...]:
    """Four identities of the same form that nobody has, the likeliest first: digits turned, or letters, or longer."""
    hexadecimal = any(character in "abcdef" for character in identity)
    tables = (_HEXADECIMAL, _DECIMAL, _LETTERS) if hexadecimal else (_DECIMAL, _LETTERS, _HEXADECIMAL)
    turned = (identity.translate({} if table is _LETTERS and len(identity) < CODE else table) for table in tables)
    longer = f"{identity}x"
    return (*(each if each != identity else longer for each in turned), longer)


CODE = 4  # characters of an identity; of shorter ones, as those of countries, other letters may name something
LONG = 16  # characters of an identity whose nearest neighbours nobody has
STEPS = (1_000_003, 10_007, 907, 89, 43, -1)  # from a number that somebody has to one that nobody has
_HEXADECIMAL = str.maketrans("0123456789abcdef", "fedcba9876543210")
_DECIMAL = str.maketrans("0123456789", "9876543210")
_LETTERS = str.maketrans(ascii_letters, ascii_lowercase[::-1] + ascii_uppercase[::-1])


def _hostile_paths(hosts: Hosts, host: Host) -> Iterator[Case]:
    for parameter in hosts.operation.parameters:
        if parameter.where != "path":
            continue
        for odd in ("'", "%"):
            request = put(host.request, ("path", parameter.name), odd)
            sent = f"{parameter.name} {described(odd)}"
            yield _case(hosts, host, "protocol/hostile", "survive", sent, Wire(), request=request)


def _hostile_queries(hosts: Hosts, host: Host) -> Iterator[Case]:
    """Odd texts in the parameters of a query: one that is long, one that is odd, in turn."""
    names = [p.name for p in hosts.operation.parameters if p.where == "query" and not p.as_json]
    for number, name in enumerate(names):
        for index in (2 * number, 2 * number + 1):
            odd = _ODD_QUERIES[index % len(_ODD_QUERIES)]
            request = put(host.request, ("query", name), odd)
            sent = f"{name} {described(odd)}"
            yield _case(hosts, host, "protocol/hostile", "survive", sent, Wire(), request=request)


def _headers(hosts: Hosts, host: Host) -> Iterator[Case]:
    for form in ("lower", "upper", "mixed"):
        sent = f"header names in {form} case"
        yield _case(hosts, host, "protocol/header-case", "accept", sent, Wire(header_case=form))


def _bodies(hosts: Hosts, host: Host) -> Iterator[Case]:
    text = json.dumps(host.request["body"], ensure_ascii=False)
    plain = text.encode()
    for name, bodies in _broken(hosts, host.request["body"], text).items():
        for number, (body, sent) in enumerate((body, sent) for body, sent in bodies if not _is_json(body)):
            wire, rank = Wire(body=body), min(number, 1)
            yield _case(hosts, host, f"protocol/{name}", "refuse", sent, wire, kind="unreadable", rank=rank)
    yield from _other_media(hosts, host, plain)
    yield from _charsets(hosts, host)
    indented = json.dumps(host.request["body"], indent=" \t", separators=("\t,", " :\t"), ensure_ascii=False)
    spaced = indented.replace("\n", "\r\n").encode()
    blanks = b" \n\t" + plain + b"\r\n "
    for body, sent in ((spaced, "with line breaks and tabs between tokens"), (blanks, "between blanks")):
        yield _case(hosts, host, "protocol/whitespace", "accept", sent, Wire(body=body), rank=0)
    escaped = _MARKS.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()
    yield _case(hosts, host, "response/status/success", "accept", "with escapes in its texts", Wire(body=escaped))


def _broken(hosts: Hosts, body: Any, text: str) -> dict[str, list[tuple[bytes, str]]]:
    """Of each statement about bodies what breaks it: a document that is a text, spoilt."""
    plain = text.encode()
    return {
        "malformed-json": [
            (b"{", "a lone brace"),
            (text.replace('"', "'").encode(), "single quotes"),
            (text.replace(":", "=", 1).encode(), "an equals sign for a colon"),
            (plain[:-1] + b",}", "a trailing comma"),
            (b"{'a'}", "no JSON"),
            (b"hello", "plain words"),
            (b"/* a */" + plain, "after a comment"),
            *_not_numbers(hosts, body),
            *([(b"", _EMPTY)] if _wants_body(hosts) else []),
        ],
        "truncated-json": [(plain[:-1], "without its last byte"), (plain[: len(plain) // 2], "half of it")],
        "trailing-data": [
            (plain + b"x", "followed by x"),
            (plain + plain, "twice"),
            (plain + b"}", "one brace more"),
            (plain + b"\0", "followed by a zero byte"),
        ],
        "encoding": [
            *([] if hosts.operation.plain else [(text.encode("utf-16"), "in UTF-16")]),
            (_with_text(plain, b"\xff\xfe"), "with bytes that are no UTF-8"),
            (_with_text(plain, b"\xc3"), "with half a character"),
        ],
    }


def _wants_body(hosts: Hosts) -> bool:
    return hosts.operation.body is not None and hosts.operation.body.required


def _is_json(body: bytes) -> bool:
    """Whether it is JSON after all: of a short document hardly anything is left to be spoilt."""
    try:
        json.loads(body.decode(), parse_constant=_no_constant)
    except ValueError:
        return False
    return True


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _not_numbers(hosts: Hosts, body: Any) -> Iterator[tuple[bytes, str]]:
    """NaN where a number may stand, and where it does not matter: Python's parser takes it, JSON has no such thing."""
    if hosts.operation.plain:
        return
    for host in _numeric(hosts):
        yield json.dumps(put(host.request, host.path, float("nan"))["body"]).encode(), "NaN for a number"
    if isinstance(body, dict):
        yield json.dumps({**body, "unexpected": float("nan")}).encode(), "NaN in a member that nothing describes"


def _numeric(hosts: Hosts) -> Iterator[Host]:
    """A request with a number in its body, if there is one."""
    for placed in hosts.oracle.placed.values():
        numeric = {"integer", "number"} & set(types_of(placed.site.schema))
        host = hosts.at(placed.site.path) if numeric and placed.site.pointer.startswith("/body") else None
        if host is not None:
            yield host
            return


def _huge_numbers(hosts: Hosts) -> Iterator[tuple[bytes, str]]:
    for host in _numeric(hosts):
        marked = json.dumps(put(host.request, host.path, _MARK)["body"])
        yield marked.replace(str(_MARK), "1e999").encode(), "an exponent beyond what a double holds"


def _with_text(plain: bytes, odd: bytes) -> bytes:
    """The body with odd bytes inside its last text."""
    end = plain.rfind(b'"')
    return plain[:end] + odd + plain[end:] if end > 0 else odd + plain


def _other_media(hosts: Hosts, host: Host, plain: bytes | None) -> Iterator[Case]:
    """The same body under the names of other media types; without `plain` as it is written for its own."""
    own = hosts.operation.body.media_type.lower() if hosts.operation.body else ""
    for number, media in enumerate(each for each in _MEDIA if each != own):
        wire, rank = Wire(body=plain, content_type=media), min(number, 1)
        yield _case(hosts, host, "protocol/media-type", "refuse", media, wire, kind="media", rank=rank)


def _charsets(hosts: Hosts, host: Host) -> Iterator[Case]:
    own = hosts.operation.body.media_type if hosts.operation.body else "application/json"
    suffixes = ("; charset=utf-8", ";charset=utf-8", "; charset=UTF-8")[: 1 if hosts.operation.plain else 3]
    for number, sent in enumerate(f"{own}{suffix}" for suffix in suffixes):
        wire = Wire(content_type=sent)
        yield _case(hosts, host, "protocol/charset", "accept", sent, wire, rank=min(number, 1))


def _depths(hosts: Hosts) -> tuple[int, int]:
    """How deep and how long: beyond what common parsers take only where the contract promises that nothing breaks."""
    return (200, 400) if hosts.operation.plain else (2_000, 5_000)


def _hostile_bodies(hosts: Hosts, host: Host) -> Iterator[Case]:
    deep, long = _depths(hosts)
    text = json.dumps(host.request["body"])
    bodies = [
        (b"[" * deep + b"]" * deep, f"{deep} arrays in each other"),
        (b'{"a":' * (deep // 2) + b"1" + b"}" * (deep // 2), f"{deep // 2} objects in each other"),
        (b"1" * long, f"a number of {long} digits"),
        (b'{"a": NaN}', "NaN"),
        *_huge_numbers(hosts),
        *([] if _wants_body(hosts) else [(b"", _EMPTY)]),
        (text[:-1].encode() + b', "' + b"k" * 10_000 + b'": 1}', "a member name of 10,000 characters"),
        (_duplicated(text), "a member twice"),
        (b"\xef\xbb\xbf" + text.encode(), "a byte order mark"),
    ]
    for body, sent in bodies:
        yield _case(hosts, host, "protocol/hostile", "survive", sent, Wire(body=body))
    places = _text_places(host.request["body"])
    for number, odd in enumerate(_HOSTILE_TEXTS):
        if hosts.operation.plain and odd == _SURROGATE:
            continue
        # What is long may be long anywhere; what is odd is odd in any text.
        chosen = places if len(odd) > 1000 or not places else [places[number % len(places)]]
        for name in chosen:
            body = json.dumps(_replaced(host.request["body"], name, odd)).encode()
            yield _case(
                hosts,
                host,
                "protocol/hostile",
                "survive",
                f"odd text {number + 1} in {'.'.join(name)}",
                Wire(body=body),
            )


def _duplicated(text: str) -> bytes:
    inner = text.strip()[1:-1]
    return f"{{{inner}, {inner}}}".encode() if inner else b"{}"


def _text_places(body: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(body, dict):
        return []
    here = [(*path, name) for name, value in body.items() if isinstance(value, str)]
    return here + [place for name, value in body.items() for place in _text_places(value, (*path, name))]


def _replaced(body: Any, path: tuple[str, ...], value: Any) -> Any:
    head, rest = path[0], path[1:]
    return {**body, head: _replaced(body[head], rest, value) if rest else value}


def _methods(hosts: Hosts, host: Host, taken: frozenset[str]) -> Iterator[Case]:
    for method in _METHODS:
        kind = "head" if method == "HEAD" else "method"
        # Whoever has a GET there has a HEAD as well: it changes nothing, and that is all that can be said of it.
        expect: Expectation = "survive" if method == "HEAD" and "GET" in taken else "refuse"
        if method not in taken:
            yield _case(hosts, host, "protocol/method", expect, method, Wire(method=method), kind=kind, rank=0)
    if hosts.operation.state is not None and "OPTIONS" not in taken:  # anybody may answer it; it changes nothing
        yield _case(hosts, host, "protocol/method", "survive", "OPTIONS", Wire(method="OPTIONS"), kind="method")


def rehearsed(case: Case, patch: Any, merge: Any) -> Case:
    """The same case as a rehearsal; a raw body is rehearsed only when its document can be."""
    return replace(
        case,
        id=f"{case.id}{REHEARSED}",
        request=merge(case.request, patch),
        rehearsal=True,
        twin=None if case.twin is None else merge(case.twin, patch),
    )
