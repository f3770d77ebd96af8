"""Texts at the limits of their length, their pattern and their format."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from conformance import formats
from conformance.cases.case import Candidate, described
from conformance.cases.pattern import matching
from conformance.contract.schema import Schema, validator
from conformance.formats.lenient import is_lenient

_PRINTABLE = "".join(chr(code) for code in range(32, 127))
_ODD = "\n\r\t\v\f\x00\x7f\x1b"
_OCTETS = ("binary", "byte")  # formats whose lengths are counted in octets
_COUNTED = '&\n"é中'
_WIDE = ("é", "中", "\U0001f600")
PLAIN_FORMS = 2
MOST = 100_000  # characters of a text that is sent on account of its length
FEW_MARKS = 8  # of so few each is tried as a whole text: where nearly all are allowed, they are no exceptions
LIMIT_TEXTS = 5  # of the length just beyond a limit, in several scripts: of what is far beyond, two tell enough


def by_length(keyword: str, schema: Schema, current: Any) -> Iterator[Candidate]:
    """Texts about the limits of a length, those of the keyword itself first."""
    low, high = schema.get("minLength", 0), schema.get("maxLength")
    upper = {} if high is None else {high: 0, high + 1: 0, high - 1: 1, high * 2: 1, high + 2: 1, high + 4096: 1}
    lower = {low: 0, max(low - 1, 0): 0, low + 1: 1}
    mine, others = (lower, upper) if keyword == "minLength" else (upper, lower)
    own = (low, low - 1) if keyword == "minLength" else (high, (high or 0) + 1)
    fits = validator({key: schema[key] for key in ("pattern", "format") if key in schema}).is_valid
    for length, rank in (mine | others | mine).items():
        many = None if length == own[0] else LIMIT_TEXTS if length == own[1] else 2
        if length <= MOST:
            texts = list(dict.fromkeys(texts_of(schema, length, current)))
            only = list(islice(filter(fits, texts), 1))  # else a pattern might forbid all of the few that are taken
            chosen = islice(dict.fromkeys([*only, *texts]), many)
            yield from (Candidate(text, f"{length} characters", rank) for text in chosen)


def texts_of(schema: Schema, length: int, current: Any) -> Iterator[str]:
    """Texts of exactly this length that may fit the schema's other keywords, in several scripts."""
    base = current if isinstance(current, str) else "a"
    yield from islice(_stretched(schema, length), 3)
    yield "a" * length
    yield from _mixed(schema, length)
    if length > 1:
        yield "a" * (length - 1) + " "
    wide = () if schema.get("format") in _OCTETS else _WIDE
    yield from (character * length for character in wide)
    for character in dict.fromkeys(base[-1:] + base[:1]):
        yield (base + character * length)[:length]
        yield (character * length + base)[-length:] if length else ""
    yield from (text for text in matching(schema.get("pattern", "[a-z]*"), length, length))


def _mixed(schema: Schema, length: int) -> Iterator[str]:
    """A text of signs that some servers count as several: in bytes, in entities, as two ends of a line."""
    allowed = validator({"pattern": schema.get("pattern", "")}).is_valid
    signs = "" if schema.get("format") in _OCTETS else "".join(filter(allowed, _COUNTED))
    yield from [(signs * length)[:length]] if signs and length else []


def _stretched(schema: Schema, length: int) -> Iterator[str]:
    """Valid texts of the schema's format, made as long by what is put into them somewhere."""
    known = formats.REGISTRY.get(schema.get("format", ""))
    for text in known.valid if known is not None and known.applies_to == "string" else ():
        more = length - len(str(text))
        for filler in ("a" * more, ("abcdefg." * (more // 8 + 1))[:more]) if more > 0 else ():
            grown = (f"{text[:index]}{filler}{text[index:]}" for index in range(len(str(text)), 0, -1))
            yield from islice(filter(known.check, grown), 1) if known is not None else ()


def by_pattern(schema: Schema, current: Any) -> Iterator[Candidate]:
    """Texts that match, and texts with one character wrong, one too many or one too few, or something around them."""
    base = current if isinstance(current, str) else "a"
    longest = schema.get("maxLength", 64)
    bases = list(dict.fromkeys([base[:longest], *islice(matching(schema["pattern"]), 2)]))
    for text in bases:
        yield Candidate(text, described(text), 0)
    leaf = validator({"pattern": schema["pattern"]})
    marks = [c for c in _PRINTABLE if not c.isalnum() and leaf.is_valid(c)]
    yield from (Candidate(c, described(c)) for c in (marks if len(marks) <= FEW_MARKS else ()))
    outside = [character for character in _PRINTABLE + _ODD if not leaf.is_valid(character)]
    for index, character in enumerate(outside):
        yield from _placed(character, bases[0] or "a", 0 if index % 8 == 0 else 1)
    for text in (
        base + "\n",
        "\n" + base,
        base + "\nb",
        base + "\r\n",
        base + " ",
        " " + base,
        base + "<",
        base + base + "!",
    ):
        yield Candidate(text[: longest + 1], described(text), 0)
    if leaf.is_valid(f"{base}\n"):
        yield from (Candidate(f"{base[:8]}\n{c}", f"{described(c)} on the second line", 0) for c in outside[:1])
    far = base.ljust(longest - 1, base[-1:] or "a")  # out of sight of whoever looks at the beginning only
    yield from (Candidate(f"{far}{c}", described(f"{far}{c}")) for c in outside[:1])
    yield from _miscounted(schema, bases)
    yield from (Candidate(c * 3, described(c * 3)) for c in _WIDE)


def _miscounted(schema: Schema, bases: list[str]) -> Iterator[Candidate]:
    """A character twice, left out, or in the other case, at each place of a short text, the longest one included."""
    longest = max(islice(matching(schema["pattern"]), 24), key=len, default="")
    leaf = validator({"pattern": schema["pattern"]})
    for text in dict.fromkeys([longest[:16], *(base[:16] for base in bases)]):
        cased = next((index for index, character in enumerate(text) if character != character.swapcase()), None)
        for index in reversed(range(len(text))):
            last = 0 if index == len(text) - 1 else 1
            changed = {
                text[: index + 1] + text[index:]: last,
                text[:index] + text[index + 1 :]: last,
                text[:index] + text[index].swapcase() + text[index + 1 :]: 0 if index == cased else last,
            }
            yield from (Candidate(t, described(t), rank) for t, rank in changed.items() if not leaf.is_valid(t))


def _placed(character: str, base: str, rank: int) -> Iterator[Candidate]:
    """A character alone, first, in the middle and last."""
    middle = len(base) // 2 or 1
    yield Candidate(character, described(character), rank if rank == 0 else 2)
    for text in (character + base[1:], base[:middle] + character + base[middle + 1 :], base[:-1] + character):
        yield Candidate(text, described(text), 1)


def by_format(schema: Schema, current: Any) -> Iterator[Candidate]:
    """The forms of a format, and its near misses."""
    known = formats.REGISTRY.get(schema["format"])
    if known is None:
        return
    # Of a standard format the plainest forms: what a server makes of the rest is its parser's affair.
    for index, value in enumerate(known.valid[:PLAIN_FORMS] if known.builtin else known.valid):
        yield Candidate(value, described(value), 0 if index < 2 else 1)
    misses = [miss for miss in known.near_misses if not known.builtin or not is_lenient(known.name, miss)]
    for index, value in enumerate(misses):
        yield Candidate(value, described(value), 0 if index % 20 == 0 else 1)
