"""A HAR file as a stream: the items of `log.entries` one by one, in memory that does not grow with the file."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

PIECE = 1 << 20  # bytes read at once; an entry that is larger is read in pieces that double
LARGEST = 1 << 28  # characters of one entry: beyond it nobody recorded an API
_NEAR = 16  # characters: an error this close to what was read so far may be nothing but its end
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)


class CutError(Exception):
    """The file cannot be read any further; `begun` tells whether the list of entries was reached."""

    def __init__(self, sentence: str, *, begun: bool) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.begun = begun


class Scanner:
    """Reads one HAR file. `about` holds what the log says of itself before its entries."""

    def __init__(self, file: IO[bytes]) -> None:
        self.about: dict[str, Any] = {}
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._text = ""
        self._at = 0
        self._passed = 0  # characters that are no longer held
        self._ended = False
        self._begun = False

    def entries(self) -> Iterator[Any]:
        """Every entry; CutError where the file ends too early, is not JSON, or is no HAR at all."""
        for name in self._members("the file is no HAR: it is not a JSON object"):
            if name != "log":
                self._value()
                continue
            for member in self._members("the file is no HAR: its log is not an object"):
                if member == "entries":
                    yield from self._items()
                else:
                    self.about[member] = self._value()
        if not self._begun:
            raise self._cut("the file is no HAR: it has no log.entries")
        if self._next():
            raise self._cut(f"something follows the HAR, {self._where()}")

    def _members(self, otherwise: str) -> Iterator[str]:
        """The names of an object's members; whoever iterates takes each value before the next name."""
        self._expect("{", otherwise)
        if self._next() == "}":
            self._at += 1
            return
        while True:
            name = self._value()
            if not isinstance(name, str):
                raise self._broken("a name was expected")
            self._expect(":")
            yield name
            if self._expect(",}") == "}":
                return

    def _items(self) -> Iterator[Any]:
        self._expect("[", "the file is no HAR: log.entries is not a list")
        self._begun = True
        if self._next() == "]":
            self._at += 1
            return
        while True:
            yield self._value()
            if self._expect(",]") == "]":
                return

    def _next(self) -> str:
        """The next character that is not white space; empty at the end of the file."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _expect(self, marks: str, otherwise: str = "") -> str:
        mark = self._next()
        if not mark:
            raise self._early()
        if mark not in marks:
            raise self._cut(otherwise) if otherwise else self._broken(f"one of {' '.join(marks)} was expected")
        self._at += 1
        return mark

    def _value(self) -> Any:
        if not self._next():
            raise self._early()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                self._continue_after(error)
                continue
            except RecursionError:
                raise self._broken("it is nested too deeply") from None
            except ValueError:
                raise self._broken("a number has thousands of digits") from None
            if end == len(self._text) and not isinstance(value, str | dict | list) and self._more():
                continue  # a number may go on
            self._at = end
            return value

    def _continue_after(self, error: json.JSONDecodeError) -> None:
        """Reads on where a value may only be incomplete so far."""
        open_end = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _NEAR
        if not open_end:
            self._at = error.pos
            raise self._broken(error.msg[0].lower() + error.msg[1:])
        if len(self._text) - self._at > LARGEST:
            raise self._broken(f"one entry is larger than {LARGEST} characters")
        if not self._more():
            raise self._early()

    def _more(self) -> bool:
        if self._ended:
            return False
        self._passed += self._at
        held = self._text[self._at :]
        try:
            data = self._file.read(max(PIECE, len(held)))
            self._ended = not data
            self._text, self._at = held + self._decode(data, self._ended), 0
        except UnicodeDecodeError:
            raise self._cut(f"the file is not UTF-8 text, {self._where()}") from None
        except OSError as error:
            raise self._cut(f"the file cannot be read: {error.strerror or error}") from None
        return not self._ended

    def _where(self) -> str:
        return f"at character {self._passed + self._at + 1}"

    def _early(self) -> CutError:
        if not self._passed and not self._text:
            return self._cut("the file is empty")
        return self._cut(f"the file ends too early, {self._where()}")

    def _broken(self, reason: str) -> CutError:
        return self._cut(f"the file is not JSON, {self._where()}: {reason}")

    def _cut(self, sentence: str) -> CutError:
        return CutError(sentence, begun=self._begun)
