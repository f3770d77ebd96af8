"""Faults in how a body is read."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from conformance.emulator.behaviour import MODIFY, UPDATE, Behaviour
from conformance.emulator.call import Call
from conformance.emulator.check import itself
from conformance.emulator.faults.change import accepting, both, crashing, holding, refused_with, refusing, unchecked
from conformance.emulator.faults.fault import BODY, Change, Fault, family
from conformance.emulator.gate import reads_document
from conformance.emulator.payload import decoded

fault = family("protocol")


def reading(decode: Callable[[bytes], Any]) -> Callable[[str], Change]:
    """Bodies are read in another way; what that cannot read is refused as before."""
    return lambda operation: holding("json", reads_document(decode), operation)


def mended(edit: Callable[[str], str]) -> Callable[[bytes], Any]:
    """What is not JSON is mended and read again."""

    def decode(raw: bytes) -> Any:
        try:
            return decoded(raw)
        except ValueError:
            return decoded(edit(raw.decode()).encode())

    return decode


def with_constants(raw: bytes) -> Any:
    """JSON with NaN and Infinity, read as null."""
    return json.loads(raw.decode(), parse_constant=lambda name: None)


def only_first(raw: bytes) -> Any:
    """The first document, whatever follows."""
    return json.JSONDecoder().raw_decode(raw.decode().lstrip())[0]


def python_literal(raw: bytes) -> Any:
    """JSON, or a literal with single quotes."""
    try:
        return decoded(raw)
    except ValueError:
        try:
            return ast.literal_eval(raw.decode().strip())
        except (SyntaxError, MemoryError, RecursionError) as error:
            raise ValueError from error


def closed(text: str) -> str:
    """A text with the brackets that it lacks."""
    quotes = len(re.findall(r'(?<!\\)"', text)) % 2
    text = text.rstrip().rstrip(",:") + '"' * quotes
    return text + "".join("}" if mark == "{" else "]" for mark in reversed(_open(text)))


def _open(text: str) -> list[str]:
    stack: list[str] = []
    for mark in re.sub(r'"(?:\\.|[^"\\])*"', "", text):
        if mark in "{[":
            stack.append(mark)
        elif mark in "}]" and stack:
            stack.pop()
    return stack


def replacing(raw: bytes) -> Any:
    """What is not UTF-8 is replaced."""
    return decoded(raw.decode("utf-8", "replace").encode())


def latin(raw: bytes) -> Any:
    """What is not UTF-8 is read as ISO 8859-1."""
    try:
        return decoded(raw)
    except UnicodeDecodeError:
        return decoded(raw.decode("latin-1").encode())


def forgiving(operation: str) -> Change:
    """What cannot be read is an object that asks for nothing."""
    nothing: dict[str, Any] = {"address_group": {}} if operation == UPDATE else {}

    def decode(raw: bytes) -> Any:
        try:
            return decoded(raw)
        except ValueError:
            return nothing

    return reading(decode)(operation)


def unbracketed(raw: bytes) -> Any:
    """A document without the closing brackets that are too many."""
    text = raw.decode().rstrip()
    while text[-1:] in ("}", "]"):
        try:
            return decoded(text.encode())
        except ValueError:
            text = text[:-1].rstrip()
    return decoded(raw)


def body_or(default: Any) -> Callable[[str], Change]:
    """No body is as good as some document."""
    read = reads_document(lambda raw: decoded(raw) if raw.strip() else default)
    return lambda operation: both(unchecked("body", operation=operation), holding("json", read, operation))


def media(holds: Callable[[str], bool]) -> Callable[[str], Change]:
    """More media types are read as JSON."""
    return lambda operation: accepting("media-type", lambda value: holds((value or "").lower()), operation)


def strict_media(pattern: str) -> Callable[[str], Change]:
    """Media types that an expression finds are refused."""
    found = re.compile(pattern)
    return lambda operation: refusing("media-type", lambda value: found.search(value or "") is not None, operation)


def refusing_bytes(found: Callable[[bytes], bool]) -> Callable[[str], Change]:
    """Some bodies are refused as they are."""
    return lambda operation: refusing("body", lambda call: found(call.raw), operation)


def crashing_on(found: Callable[[bytes], bool]) -> Callable[[str], Change]:
    """Some bodies are answered with 500."""
    return lambda operation: crashing("body", lambda call: found(call.raw), operation)


def unreadable(raw: bytes) -> bool:
    """Whether this is not JSON."""
    try:
        decoded(raw)
    except ValueError:
        return True
    return False


def deep(raw: bytes) -> bool:
    """Whether this is nested deeply."""
    return raw.count(b"[") > 500 or raw.count(b"{") > 500


def not_utf8(raw: bytes) -> bool:
    """Whether this is not UTF-8."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return True
    return False


ROWS: tuple[tuple[str, str, str, Callable[[str], Change]], ...] = (
    ("nan", "NaN and Infinity are read as null.", "malformed-json", reading(with_constants)),
    (
        "trailing-comma",
        "A comma before a bracket is overlooked.",
        "malformed-json",
        reading(mended(lambda text: re.sub(r",\s*([}\]])", r"\1", text))),
    ),
    ("single-quotes", "Single quotes are read as double ones.", "malformed-json", reading(python_literal)),
    (
        "forgiving",
        "What is no JSON is read as asking for nothing.",
        "malformed-json truncated-json trailing-data encoding",
        forgiving,
    ),
    ("malformed-crashes", "What is no JSON is answered with 500.", "malformed-json", crashing_on(unreadable)),
    ("truncated", "A body that ends too early is completed.", "truncated-json", reading(mended(closed))),
    ("trailing-data", "What follows the document is overlooked.", "trailing-data", reading(only_first)),
    (
        "trailing-brackets",
        "Closing brackets after the document are overlooked.",
        "trailing-data",
        reading(unbracketed),
    ),
    ("encoding-replaced", "What is not UTF-8 is replaced.", "encoding", reading(replacing)),
    ("encoding-latin", "What is not UTF-8 is read as ISO 8859-1.", "encoding", reading(latin)),
    ("encoding-crashes", "What is not UTF-8 is answered with 500.", "encoding", crashing_on(not_utf8)),
    (
        "media-any",
        "Any media type is read as JSON.",
        "media-type",
        lambda operation: unchecked("media-type", operation=operation),
    ),
    ("media-plain", "Plain text is read as JSON.", "media-type", media(lambda value: value.startswith("text/"))),
    ("media-form", "A form is read as JSON.", "media-type", media(lambda value: "form" in value)),
    ("media-xml", "XML is read as JSON.", "media-type", media(lambda value: "xml" in value)),
    (
        "media-crashes",
        "Another media type is answered with 500.",
        "media-type",
        lambda operation: crashing("media-type", lambda value: "json" not in (value or "json").lower(), operation),
    ),
    (
        "media-200",
        "Another media type is an error object with 200.",
        "media-type",
        lambda operation: refused_with(200, "media-type", operation=operation),
    ),
    ("charset-refused", "A media type with charset=utf-8 is refused.", "charset", strict_media("(?i)charset")),
    ("charset-capitals-refused", "A charset in capital letters is refused.", "charset", strict_media("charset=UTF")),
    ("charset-blank-refused", "A blank before charset is refused.", "charset", strict_media("; ")),
    (
        "pretty-refused",
        "A body on several lines is refused.",
        "whitespace",
        refusing_bytes(lambda raw: b"\n" in raw.strip()),
    ),
    (
        "leading-space-refused",
        "White space before the document is refused.",
        "whitespace",
        refusing_bytes(lambda raw: raw[:1] in b" \t\r\n"),
    ),
    (
        "trailing-space-refused",
        "White space after the document is refused.",
        "whitespace",
        refusing_bytes(lambda raw: raw[-1:] in b" \t\r\n"),
    ),
    ("escapes-refused", "Escapes in texts are refused.", "spelling", refusing_bytes(lambda raw: b"\\u00" in raw)),
    ("deep-crashes", "A deeply nested body is answered with 500.", "hostile", crashing_on(deep)),
)


def at(operation: str, who: str) -> tuple[Fault, ...]:
    """The rows at one operation."""
    return tuple(
        fault(
            f"{who}-{name}", breaks, " ".join(f"{operation}/protocol/{law}" for law in laws.split()), change(operation)
        )
        for name, breaks, laws, change in ROWS
    )


def once() -> Change:
    """A request that repeats the one before is refused."""

    def fresh(call: Call) -> bool:
        last, call.world.notes["last"] = call.world.notes.get("last"), call.raw
        return last != call.raw

    def change(behaviour: Behaviour) -> Behaviour:
        last = behaviour.checks[UPDATE][-1]
        repeated = replace(last, name="repeated", values=itself, holds=fresh)
        return replace(behaviour, checks={**behaviour.checks, UPDATE: (*behaviour.checks[UPDATE], repeated)})

    return change


FAULTS = (
    *at(UPDATE, "update"),
    *at(MODIFY, "modify"),
    fault(
        "update-body-optional",
        "An update without a body changes nothing and succeeds.",
        f"{BODY}/required",
        body_or({"address_group": {}})(UPDATE),
    ),
    fault(
        "update-body-missing-crashes",
        "An update without a body is answered with 500.",
        f"{BODY}/required {UPDATE}/protocol/hostile",
        crashing_on(lambda raw: not raw)(UPDATE),
    ),
    fault(
        "update-slash-escape-refused",
        "A slash that is escaped in a text is refused.",
        f"{UPDATE}/protocol/spelling",
        refusing_bytes(lambda raw: b"\\/" in raw)(UPDATE),
    ),
    fault("update-once", "An update that repeats the one before is refused.", f"{UPDATE}/protocol/repeatable", once()),
)
