"""Content codings undone: gzip and deflate, never beyond a limit."""

from __future__ import annotations

import zlib

from conformance.target.stream import Broken

_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


def decoded(body: bytes, coding: str, limit: int) -> bytes:
    """The body without its content coding; `too-large` beyond `limit` bytes, `malformed` if the coding is broken.

    No coding is asked for, yet gzip and deflate are understood: a target that sends them anyway can be judged.
    """
    match coding.strip().lower():
        case "" | "identity":
            return body
        case _ if not body:
            return body
        case "gzip" | "x-gzip":
            return _inflated(body, _GZIP, limit)
        case "deflate":
            return _inflated(body, _ZLIB if _has_zlib_header(body) else _RAW, limit)
        case _:
            raise Broken("malformed", f"the content coding was not asked for: {coding[:80]!r}")


def _inflated(body: bytes, window: int, limit: int) -> bytes:
    inflater = zlib.decompressobj(window)
    try:
        data = inflater.decompress(body, limit + 1)
    except zlib.error as error:
        raise Broken("malformed", f"the content coding of the body is broken: {error}") from error
    if len(data) > limit:
        raise Broken("too-large", f"the body of the response exceeds {limit} bytes when decompressed")
    if not inflater.eof or inflater.unused_data:
        raise Broken("malformed", "the content coding of the body ends too early or too late")
    return data


def _has_zlib_header(body: bytes) -> bool:
    # RFC 9110 means zlib by "deflate"; some servers send the bare stream. RFC 1950: CM is 8, the check divides by 31.
    return len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
