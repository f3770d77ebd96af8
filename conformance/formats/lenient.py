"""What common parsers let pass although the standard's grammar does not.

The standard formats are annotations that most servers hand to a parser of their language's library. A text that such
a parser reads is no fair witness against a server; what no parser reads is.
"""

from __future__ import annotations

import base64
import binascii
import re
import socket
from collections.abc import Callable
from datetime import date, datetime, time
from ipaddress import ip_address
from uuid import UUID


def is_lenient(name: str, text: str) -> bool:
    """Whether some common parser of the format reads the text; True for formats that are hardly ever checked."""
    parse = _PARSERS.get(name)
    if parse is None:
        return True
    if text.strip() != text:
        return True  # most parsers, and many frameworks before them, strip blanks
    try:
        return parse(text) is not False
    except (ValueError, OSError, binascii.Error, re.error):
        return False


def _moment(text: str) -> object:
    return datetime.fromisoformat(text) if not text.isdigit() else True


def _day(text: str) -> object:
    return True if text.isdigit() else datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _address(text: str) -> object:
    try:
        return ip_address(text)
    except ValueError:
        return socket.inet_aton(text)


def _hostname(text: str) -> bool:
    return re.fullmatch(r"[\w.-]*", text) is not None


_PARSERS: dict[str, Callable[[str], object]] = {
    "uuid": UUID,
    "date": _day,
    "date-time": _moment,
    "time": time.fromisoformat,
    "email": lambda text: "@" in text,
    "hostname": _hostname,
    "ipv4": _address,
    "ipv6": lambda text: ip_address(text.partition("/")[0].strip("[]")),
    "uri": lambda text: ":" in text or text.startswith("/"),
    "byte": lambda text: base64.b64decode(text + "=="),
    "regex": re.compile,
}
