"""What is written for people: whatever the stream's encoding, and whether or not somebody still reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TextIO

Redact = Callable[[str], str]

_ASCII = str.maketrans({"✗": "x", "…": "...", "–": "-", "—": "-", "→": "->", "█": "#", "░": "."})


def say(text: str) -> None:
    """Writes to standard output; a reader that has gone away is no error."""
    try:
        sys.stdout.write(encodable(text, sys.stdout))
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would raise once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width(stream: TextIO) -> int | None:
    """Columns of a terminal; None for anything else, whose lines must stay whole."""
    if not stream.isatty():
        return None
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        columns = 0
    return columns or 80


def _note(line: str) -> None:
    try:
        print(encodable(line, sys.stderr), file=sys.stderr, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
