"""What is written for people: whatever the stream's encoding, and whether or not somebody still reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TextIO

from conformance.errors import UsageError

Redact = Callable[[str], str]

_ASCII = str.maketrans({"✗": "x", "…": "...", "–": "-", "—": "-", "→": "->", "█": "#", "░": "."})


def say(text: str) -> None:
    """Writes to standard output; a reader that has gone away is no error, a disk that is full is one of the user's."""
    if _is_closed(sys.stdout):
        return
    try:
        sys.stdout.write(encodable(text, sys.stdout))
        sys.stdout.flush()
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        problem = f"the output cannot be written: {error.strerror or error}"
        raise UsageError(problem, hint="redirect it elsewhere") from error


def complain(sentence: str) -> None:
    """Writes an error to standard error."""
    _note(f"conformance: {sentence}")


def hint(sentence: str) -> None:
    """Writes to standard error what to do about the error before."""
    _note(f"  hint: {sentence}")


def encodable(text: str, stream: TextIO) -> str:
    """The text in characters that the stream can encode: known marks in ASCII, others as escapes."""
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "backslashreplace").decode(encoding)
    return text


def in_colour(stream: TextIO) -> bool:
    """Whether colours are wanted: on a terminal that has them, unless NO_COLOR is set."""
    return (
        not _is_closed(stream)
        and stream.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def width(stream: TextIO) -> int | None:
    """Columns of a terminal; None for anything else, whose lines must stay whole."""
    if _is_closed(stream) or not stream.isatty():
        return None
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        columns = 0
    return columns or 80


def _note(line: str) -> None:
    if _is_closed(sys.stderr):
        return
    try:
        print(encodable(line, sys.stderr), file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)


def _is_closed(stream: TextIO | None) -> bool:
    """Whether there is nothing to write to: a program may be started without the stream."""
    return stream is None


def _discard(stream: TextIO) -> None:
    """Sends the rest nowhere: what is still buffered would raise once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
