"""Text formats of JSON Schema and OpenAPI, checked by the validator library wherever it knows them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from conformance.formats.format import Format


@cache
def _validator(name: str) -> Any:
    # Imported at first use: loading the library costs more than starting the program.
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True)


def _library(name: str) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        return bool(_validator(name).is_valid(text))

    return check


def _known(name: str, valid: tuple[str, ...], near_misses: tuple[str, ...], canonical: Any = None) -> Format:
    options = {} if canonical is None else {"canonical": canonical}
    return Format(name, _library(name), valid, near_misses, builtin=True, **options)


def _moment(
    name: str, shape: str, valid: tuple[str, ...], near_misses: tuple[str, ...], canonical: Any = None
) -> Format:
    """A format of RFC 3339: the library takes other characters for digits in some places (jsonschema-rs 0.60)."""
    known, spelled = _known(name, valid, near_misses, canonical), re.compile(shape, re.ASCII)
    return replace(known, builtin=False, check=lambda text: bool(spelled.fullmatch(text)) and known.check(text))


def is_base64(text: str) -> bool:
    """Whether a text is base64 of RFC 4648, padded, without line breaks."""
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def canonical_date_time(text: str) -> str:
    """The moment in UTC; a text that is no date-time, or a leap second, as it is."""
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return text
    return text if moment.tzinfo is None else moment.astimezone(UTC).isoformat()


def _anything(text: str) -> bool:
    return isinstance(text, str)


_DATE, _TIME = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)"
DATE_TIME = _moment(
    "date-time",
    f"{_DATE}[Tt]{_TIME}",
    ("2019-06-28T02:06:38Z", "2019-06-28T02:06:38+08:00", "2019-06-28T02:06:38.123Z", "2020-02-29T23:59:59-01:30"),
    (
        "", "2019-06-28", "02:06:38Z", "2019-06-28T02:06:38", "2019-06-28 02:06:38Z", "2019-06-28T02:06Z",
        "20190628T020638Z", "2019-06-28T02:06:38+0800", "2019-06-28T02:06:38+8:00", "2019-06-28T02:06:38.Z",
        "2019-06-28T25:06:38Z", "2019-06-28T02:60:38Z", "2019-06-28T02:06:61Z", "2019-13-28T02:06:38Z",
        "2019-02-29T02:06:38Z", "2019-06-28T02:06:38+24:00", " 2019-06-28T02:06:38Z", "2019-06-28T02:06:38Z ",
        "2019-06-28T02:06:38Z\n", "2019-06-28T02:06:38ZZ", "2019-O6-28T02:06:38Z", "1561687598", "now",
    ),
    canonical_date_time,
)  # fmt: skip
DATE = _moment(
    "date",
    _DATE,
    ("2019-06-28", "2020-02-29", "1999-12-31"),
    (
        "", "2019", "2019-06", "2019-6-28", "19-06-28", "2019/06/28", "28.06.2019", "20190628", "2019-06-31",
        "2019-13-01", "2019-00-01", "2019-02-29", "2019-06-28T00:00:00Z", " 2019-06-28", "2019-06-28 ",
        "2019-06-28\n", "2019-06-28x", "2019-O6-28", "today",
    ),
)  # fmt: skip
TIME = _moment(
    "time",
    _TIME,
    ("02:06:38Z", "02:06:38.123Z", "23:59:59+08:00"),
    (
        "", "02", "02:06", "02:06Z", "02:06:38", "2:06:38Z", "24:00:00Z", "02:60:38Z", "02:06:61Z", "02:06:38+0800",
        "020638Z", " 02:06:38Z", "02:06:38Z ", "02:06:38Z\n", "02:06:38ZZ", "2:06 pm", "2019-06-28T02:06:38Z",
    ),
)  # fmt: skip
DURATION = _known(
    "duration",
    ("P1D", "PT1H", "P1W", "P1Y2M3DT4H5M6S"),
    (
        "", "P", "PT", "1D", "P1", "PD", "P1DT", "P1H", "PT1D", "P1D2W", "P-1D", "-P1D", "P1D ", " P1D", "P1D\n",
        "P1.5", "1 day", "p1d",
    ),
)  # fmt: skip
EMAIL = _known(
    "email",
    ("joe@example.com", "joe.bloggs+tag@example.com", "j@e.org"),
    (
        "", "joe", "@example.com", "joe@", "joe@@example.com", "joe@example.com@", "joe bloggs@example.com",
        ".joe@example.com", "joe.@example.com", "joe..b@example.com", "joe@-example.com", "joe@example..com",
        " joe@example.com", "joe@example.com ", "joe@example.com\n", "joe@exam ple.com", "<joe@example.com>",
        "joe@example.com,jane@example.com",
    ),
)  # fmt: skip
HOSTNAME = _known(
    "hostname",
    ("example", "example.com", "a-1.example.com", "9.example", "a" * 63),
    (
        "", ".", ".example.com", "example..com", "-example.com", "example-.com", "exa_mple.com", "exa mple.com",
        "example.com:80", "http://example.com", "example.com/", " example.com", "example.com ", "example.com\n",
        "a"*64, "exa\u20acmple.com",
    ),
)  # fmt: skip
IPV4 = _known(
    "ipv4",
    ("192.168.3.2", "10.0.0.255", "255.255.255.255"),
    (
        "", "192.168.3", "192.168.3.", "192.168.3.2.1", "192.168.3.256", "192.168.3.-1", "192.168.3.a", "192.168..2",
        "0xc0a80302", "3232236290", "192.168.3.02", "192.168.3.0/24", "192.168.3.2:80", " 192.168.3.2",
        "192.168.3.2 ", "192.168.3.2\n", "::1", "192.168.3.\u0662",
    ),
)  # fmt: skip
IPV6 = _known(
    "ipv6",
    ("2001:db8::2", "::", "::1", "1:2:3:4:5:6:7:8", "2001:DB8::A", "::ffff:192.168.3.2"),
    (
        "", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "2001:db8::2::3", "2001:db8::g", "2001:db8::12345",
        "[2001:db8::2]", "2001:db8::/32", "fe80::1%eth0", " 2001:db8::2", "2001:db8::2 ", "2001:db8::2\n",
        "192.168.3.2", "::ffff:192.168.3.256",
    ),
)  # fmt: skip
URI = _known(
    "uri",
    ("https://example.com/", "https://example.com:8080/a/b?c=d#e", "urn:isbn:0451450523", "mailto:joe@example.com"),
    (
        "", "example.com", "/a/b", "//example.com/a", "://example.com", "https//example.com", "https://exa mple.com/",
        "https://example.com/a b", "https://example.com/<a>", "https://example.com/%zz", "1https://example.com/",
        " https://example.com/", "https://example.com/ ", "https://example.com/\n", "https://example.com/\u00e9",
        "https://example.com:port/",
    ),
)  # fmt: skip
URI_REFERENCE = _known(
    "uri-reference",
    ("/a/b", "a/b?c#d", "https://example.com/", "//example.com/a", "#e"),
    ("a b", "\\a", "/a/<b>", "/a/%zz", "#a#b", " /a", "/a ", "/a\n", "/\u00e9", "a{b}"),
)
JSON_POINTER = _known(
    "json-pointer",
    ("/a", "/a/0", "/", "/a~1b", "/m~0n"),
    ("a", "a/b", "#/a", "/~", "/a~2b", "/a~", " /a", "~0"),
)
REGEX = _known("regex", ("^[a-z]+$", "a|b", "(a)(b)?", "\\d{3}"), ("(", ")", "[", "[z-a]", "*", "a{2,1}", "(?<a", "\\"))
BYTE = Format(
    name="byte",
    check=is_base64,
    valid=("aGVsbG8=", "aGVsbG8h", "YQ==", "+/+/"),
    near_misses=("a", "aGVsbG8", "aGVsbG8==", "aGVs bG8=", " aGVsbG8=", "aGVsbG8=\n", "-_-_", "hello!", "="),
)
# Nothing can be told from a text that is opaque or secret.
BINARY = Format("binary", _anything, ("binary",))
PASSWORD = Format("password", _anything, ("correct horse battery staple",))

FORMATS = (
    BINARY,
    BYTE,
    DATE,
    DATE_TIME,
    DURATION,
    EMAIL,
    HOSTNAME,
    IPV4,
    IPV6,
    JSON_POINTER,
    PASSWORD,
    REGEX,
    TIME,
    URI,
    URI_REFERENCE,
)
