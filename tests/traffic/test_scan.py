"""Laws of reading a HAR file as a stream."""

from __future__ import annotations

import io
import itertools
import json
from typing import Any

import pytest

from conformance.traffic import scan
from conformance.traffic.scan import CutError, Scanner

ENTRIES: list[Any] = [{"a": [1, {"b": 'é€😀\n"\\'}]}, 5, "text", None, {"n": -1.5e3, "deep": [[[[]]]]}, 123456789]


def read(data: bytes) -> tuple[list[Any], dict[str, Any]]:
    """The entries of a file, and what stands before them."""
    scanner = Scanner(io.BytesIO(data))
    return list(scanner.entries()), scanner.about


def whole(*, ensure_ascii: bool = True, indent: int | None = None) -> bytes:
    """A HAR with members around its entries."""
    log = {"version": "1.2", "pages": [{"id": "p"}], "entries": ENTRIES, "comment": "after"}
    return json.dumps({"first": {"x": []}, "log": log, "last": 1}, ensure_ascii=ensure_ascii, indent=indent).encode()


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 64, 1 << 20])
@pytest.mark.parametrize("data", [whole(), whole(ensure_ascii=False, indent=2), b"\xef\xbb\xbf" + whole()])
def test_entries_in_pieces(piece: int, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever a piece ends, the entries are the same; a byte order mark is no matter."""
    monkeypatch.setattr(scan, "PIECE", piece)

    entries, about = read(data)

    assert entries == ENTRIES
    assert about == {"version": "1.2", "pages": [{"id": "p"}], "comment": "after"}


@pytest.mark.parametrize("end", range(len(whole())))
def test_truncated_anywhere(end: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is cut says so, and every entry before the cut was read."""
    monkeypatch.setattr(scan, "PIECE", 64)
    found: list[Any] = []
    scanner = Scanner(io.BytesIO(whole()[:end]))

    with pytest.raises(CutError, match=r"ends too early|empty") as cut:
        found.extend(scanner.entries())
    assert cut.value.begun == (end > whole().index(b'"entries": ') + 11)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"<html>", "the file is no HAR: it is not a JSON object"),
        (b"[]", "the file is no HAR: it is not a JSON object"),
        (b"{}", "the file is no HAR: it has no log.entries"),
        (b'{"log": []}', "the file is no HAR: its log is not an object"),
        (b'{"log": {"entries": {}}}', "the file is no HAR: log.entries is not a list"),
        (b'{"log": {"entries": [{}, {"a" 1}, {"b": 1111111111111111}]}}', "the file is not JSON, at character 31: "),
        (b'{"log": {"entries": [{}; {}]}}', "the file is not JSON, at character 24: one of , ] was expected"),
        (b'{"log": {"entries": []}} {}', "something follows the HAR"),
        (b'{"log": {"entries": ["\xff"]}}', "the file is not UTF-8 text"),
        (b'{"log": {"entries": [' + b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_what_is_no_har(data: bytes, said: str) -> None:
    """Whatever is wrong is said in one sentence, with its place."""
    with pytest.raises(CutError) as cut:
        read(data)

    assert said in cut.value.sentence


def test_memory_is_bounded() -> None:
    """What was read is not kept."""
    item = json.dumps({"x": "y" * 1000}).encode()

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.left = 30_000

        def read(self, size: int = -1) -> bytes:
            count = min(self.left, max(size, 1) // len(item) + 1)
            self.left -= count
            return (item + b",") * count

    file = io.BytesIO(b'{"log": {"entries": [')
    chained = Endless()
    scanner = Scanner(_Chain(file, chained))  # type: ignore[arg-type]
    longest = 0

    for _ in itertools.islice(scanner.entries(), 30_000):
        longest = max(longest, len(scanner._text))

    assert longest < 3 * scan.PIECE


class _Chain:
    """One file after the other."""

    def __init__(self, *files: Any) -> None:
        self._files = files

    def read(self, size: int) -> bytes:
        """The next bytes of the first file that has any."""
        return next((data for file in self._files if (data := file.read(size))), b"")
