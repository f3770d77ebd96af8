"""Reading and writing bodies: the media type, and JSON as RFC 8259 has it."""

from __future__ import annotations

import json
from typing import Any

from conformance.emulator.call import Answer


def is_json(content_type: str | None) -> bool:
    """Whether a body may be read as JSON in UTF-8; a body without a media type may."""
    if content_type is None:
        return True
    media, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [value.strip('"') for name, _, value in map(_halves, parameters) if name == "charset"]
    return media == "application/json" and all(charset in ("utf-8", "utf8") for charset in charsets)


def decoded(raw: bytes) -> Any:
    """The one JSON document in these bytes; ValueError on anything else, whatever it is."""
    try:
        document = _DECODER.decode(raw.decode("utf-8"))
        if b"\\u" in raw:
            json.dumps(document, ensure_ascii=False).encode("utf-8")  # a lone surrogate is no text
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return document


def encoded(document: Any) -> bytes:
    """A document as compact JSON in ASCII."""
    return _ENCODER.encode(document).encode("ascii")


def written(answer: Answer) -> tuple[list[tuple[str, str]], bytes]:
    """The headers and the body of an answer."""
    body = b"" if answer.body is None else encoded(answer.body)
    if answer.raw is not None:
        body = answer.raw
    headers = [*answer.headers, ("content-length", str(len(body)))]
    if body and answer.media:
        headers.append(("content-type", answer.media))
    return headers, body


_ENCODER = json.JSONEncoder(separators=(",", ":"))


def _halves(parameter: str) -> tuple[str, str, str]:
    name, equals, value = parameter.partition("=")
    return name.strip(), equals, value.strip()


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
