"""What a tool found wrong, as a set of texts that are the same whenever the same is wrong. Nothing here does I/O."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

_MOVING = (  # what differs between two runs on one server, in this order
    re.compile(r"\x1b\[[0-9;]*m"),
    re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}"),
    re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+Z]*"),
    re.compile(r"[0-9.]+ ?m?s\b"),
)
_SCHEMATHESIS = re.compile(
    r"^- (?P<title>.+?)$(?P<detail>.*?)(?:^\[(?P<status>\d{3})\]|^Reproduce|\Z)", re.MULTILINE | re.DOTALL
)
_DREDD = re.compile(r"Message:\n(.*?)\n\nRequest:", re.DOTALL)
_SPECMATIC = re.compile(r"^\s*(>> .+|Specification expected .+)$", re.MULTILINE)
_STEPCI = re.compile(r"^● (?P<step>.+?)$(?P<rest>.*?)(?=^●|^Tests:|\Z)", re.MULTILINE | re.DOTALL)
_STEPCI_CHECK = re.compile(r"^✕ (.+)$", re.MULTILINE)


def plain(text: str) -> str:
    """A message without what moves: ids, times, colours, white space at will; at most 300 characters."""
    for moving in _MOVING:
        text = moving.sub("…", text)
    return " ".join(text.split())[:300]


def ours(report: str) -> Iterator[str]:
    """The requirements that fail in a JSON report of `conformance check`."""
    for requirement in json.loads(report)["requirements"]:
        if requirement["verdict"] == "fail":
            yield requirement["id"]


def schemathesis(junit: str) -> Iterator[str]:
    """Each operation's failures: what it is called, what it says, and the status that was answered."""
    for name, text in _failures(junit):
        for found in _SCHEMATHESIS.finditer(text):
            yield plain(f"{name}: {found['title']} [{found['status']}] {found['detail']}")


def specmatic(junit: str) -> Iterator[str]:
    """Each failing scenario's name, with the places and the expectations that were not met."""
    for name, text in _failures(junit):
        yield f"{name.rpartition(' > ')[2]}: {plain('; '.join(_SPECMATIC.findall(text)))}"


def dredd(xunit: str) -> Iterator[str]:
    """Each failing transaction's name, with its message."""
    for name, text in _failures(xunit):
        message = _DREDD.search(text)
        yield plain(f"{name}: {message[1] if message else text}")


def newman(report: str) -> Iterator[str]:
    """Each assertion that failed and each request that had no answer, by the request's name."""
    for failure in json.loads(report)["run"]["failures"]:
        error = failure["error"]
        yield plain(f"{failure['source']['name']}: {error.get('test', error['name'])}: {error['message']}")


def stepci(output: str) -> Iterator[str]:
    """Each failing step, with the checks that it did not pass."""
    for found in _STEPCI.finditer(re.sub(r"\x1b\[[0-9;]*m", "", output)):
        yield plain(f"{found['step']}: {'; '.join(_STEPCI_CHECK.findall(found['rest']))}")


def _failures(junit: str) -> Iterator[tuple[str, str]]:
    for case in ET.fromstring(junit).iter("testcase"):  # noqa: S314 (written by a tool that we started)
        for tag in ("failure", "error"):
            for failure in case.iter(tag):
                yield case.get("name", ""), failure.text or ""
