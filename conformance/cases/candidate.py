"""For every keyword the values at its limits: just inside, just outside, far outside. The oracle sorts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from conformance import formats
from conformance.cases.case import Candidate, described
from conformance.cases.kind import kind_of, number_like, wrong_types
from conformance.cases.pattern import matching
from conformance.cases.sample import MOST_ENTRIES, entries, is_plain_multiple, like, sample, samples, times, types_of
from conformance.contract.schema import Schema
from conformance.formats.lenient import is_lenient
from conformance.requirements.oracle import validator

_PRINTABLE = "".join(chr(code) for code in range(32, 127))
_ODD = "\n\r\t\v\f\x00\x7f\x1b"
_OCTETS = ("binary", "byte")  # formats whose lengths are counted in octets
_COUNTED = '&\n"é中'
_WIDE = ("é", "中", "\U0001f600")
PLAIN_FORMS = 2
FEW_MARKS = 8  # of so few each is tried as a whole text: where nearly all are allowed, they are no exceptions
LIMIT_TEXTS = 5  # of the length just beyond a limit, in several scripts: of what is far beyond, two tell enough
_BOUNDS = (2**31, 2**32, 2**53, 2**63, 2**64, 10**30)


def candidates(schema: Schema, keyword: str, current: Any) -> Iterator[Candidate]:
    """Values that may break or just keep `keyword`; `current` is a valid value of the place."""
    maker = _MAKERS.get(keyword)
    if maker is not None:
        yield from maker(schema, current)


def _type(schema: Schema, current: Any) -> Iterator[Candidate]:
    kinds = types_of(schema)
    for index, value in enumerate(wrong_types(kinds, current, number_like(schema, current))):
        if not (value and isinstance(value, dict) and "object" in kinds):  # an object with unknown members is one
            yield Candidate(value, f"{kind_of(value)} {described(value)}", 0 if index < 3 else 1)
    if "integer" in kinds or "number" in kinds:
        yield from _numbers(schema, current)
    if "boolean" in kinds:
        yield from (Candidate(value, described(value), 0) for value in (True, False))
    if "null" in kinds:
        yield Candidate(None, "null", 0)
    yield Candidate(current, described(current), 0)


def _numbers(schema: Schema, current: Any) -> Iterator[Candidate]:
    whole = current if isinstance(current, int) and not isinstance(current, bool) else 1
    yield Candidate(float(whole), f"{float(whole)}, a whole number", 0)
    for bound in _BOUNDS:
        yield Candidate(bound, f"{bound}", 1)
        yield Candidate(-bound, f"{-bound}", 1)


def _enumeration(schema: Schema, current: Any) -> Iterator[Candidate]:
    allowed = schema.get("enum", [schema.get("const")])
    for value in allowed:
        yield Candidate(value, described(value), 0)
    yield from (Candidate(v, described(v), 0 if i < 3 else 1) for i, v in enumerate(_beside(allowed)))
    yield from (Candidate(v, f"{kind_of(v)} {described(v)}".strip(), 1) for v in (None, allowed[:1], True, 7))


def _beside(allowed: list[Any]) -> Iterator[Any]:
    texts = [value for value in allowed if isinstance(value, str)]
    if texts:
        yield from (texts[0] + "x", "no-such-value", texts[0].swapcase(), "", texts[0] + " ", texts[0][:-1])
        yield from (text.upper() for text in texts)
        yield from (text.capitalize() for text in texts)
    numbers = [v for v in allowed if isinstance(v, int | float) and not isinstance(v, bool)]
    if numbers:
        yield from (max(numbers) + 1, min(numbers) - 1, str(numbers[0]), numbers[0] + 0.5, 0, -1)


def _length(keyword: str, schema: Schema, current: Any) -> Iterator[Candidate]:
    """Texts about the limits of a length, those of the keyword itself first."""
    low, high = schema.get("minLength", 0), schema.get("maxLength")
    upper = {} if high is None else {high: 0, high + 1: 0, high - 1: 1, high * 2: 1, high + 2: 1, high + 4096: 1}
    lower = {low: 0, max(low - 1, 0): 0, low + 1: 1}
    own = (low, low - 1) if keyword == "minLength" else (high, (high or 0) + 1)
    for length, rank in (lower | upper if keyword == "minLength" else upper | lower).items():
        many = None if length == own[0] else LIMIT_TEXTS if length == own[1] else 2
        if length <= 100_000:
            texts = islice(dict.fromkeys(texts_of(schema, length, current)), many)
            yield from (Candidate(text, f"{length} characters", rank) for text in texts)


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


def _pattern(schema: Schema, current: Any) -> Iterator[Candidate]:
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
        for index in reversed(range(len(text))):
            changed = (
                text[: index + 1] + text[index:],
                text[:index] + text[index + 1 :],
                text[:index] + text[index].swapcase() + text[index + 1 :],
            )
            rank = 0 if index == len(text) - 1 else 1
            yield from (Candidate(other, described(other), rank) for other in changed if not leaf.is_valid(other))


def _placed(character: str, base: str, rank: int) -> Iterator[Candidate]:
    """A character alone, first, in the middle and last."""
    middle = len(base) // 2 or 1
    yield Candidate(character, described(character), rank if rank == 0 else 2)
    for text in (character + base[1:], base[:middle] + character + base[middle + 1 :], base[:-1] + character):
        yield Candidate(text, described(text), 1)


def _format(schema: Schema, current: Any) -> Iterator[Candidate]:
    known = formats.REGISTRY.get(schema["format"])
    if known is None:
        return
    # Of a standard format the plainest forms: what a server makes of the rest is its parser's affair.
    for index, value in enumerate(known.valid[:PLAIN_FORMS] if known.builtin else known.valid):
        yield Candidate(value, described(value), 0 if index < 2 else 1)
    misses = [miss for miss in known.near_misses if not known.builtin or not is_lenient(known.name, miss)]
    for index, value in enumerate(misses):
        yield Candidate(value, described(value), 0 if index % 20 == 0 else 1)


def _bound(keyword: str, schema: Schema, current: Any) -> Iterator[Candidate]:
    limit = schema[keyword]
    step = schema.get("multipleOf", 1)
    fine = [] if "integer" in types_of(schema) else [limit - 0.001, limit + 0.001, limit + 0.5, limit - 0.5]
    for value in (limit, limit - step, limit + step, limit - 10 * step, limit + 10 * step, *fine):
        yield Candidate(value, described(value), 0)
    for bound in _BOUNDS:
        yield from (Candidate(value, described(value)) for value in (bound, -bound))


def _multiple(schema: Schema, current: Any) -> Iterator[Candidate]:
    step = schema["multipleOf"]
    whole = (value for value in (step, times(step, 2), times(step, 3)) if is_plain_multiple(value, step))
    for value in (*whole, step + 1, step + step / 2, step / 2, step * 1.1):
        yield Candidate(value, described(value), 0)
    if isinstance(current, int | float):
        yield from (Candidate(v, described(v), 0) for v in (current + 1, current + step / 2, current + step))


def _count(keyword: str, schema: Schema, current: Any) -> Iterator[Candidate]:
    """Arrays about the limits of a number of entries, those of the keyword itself first."""
    low, high = schema.get("minItems", 0), schema.get("maxItems")
    upper = {} if high is None else {max(high - 1, 0): 1, high: 0, high + 1: 0, high * 2: 1, high + 80: 1}
    lower = {low: 0, max(low - 1, 0): 0, low + 1: 1, 2: 1}
    sizes = (lower | upper if keyword == "minItems" else upper | lower).items()
    for count, rank in ((count, rank) for count, rank in sizes if count <= MOST_ENTRIES):
        for items in arrays_of(schema, count, current):
            yield Candidate(items, f"{count} {'entry' if count == 1 else 'entries'}", rank)


def arrays_of(schema: Schema, count: int, current: Any) -> Iterator[list[Any]]:
    """Arrays of so many valid entries: those that stand there already first, then computed ones."""
    prefix = [sample(item) for item in schema.get("prefixItems", [])]
    here = list(current) if isinstance(current, list) else []
    rest = max(count - len(prefix), 0)
    for offset in (0, 12, 24):
        try:
            more = entries(schema.get("items", True), rest, offset)
        except LookupError:
            return
        yield (prefix + more)[:count]
    fresh = [e for e in islice(samples(schema.get("items", True)), 4 * count) if e not in here]
    yield (here + fresh)[:count]
    if here:
        yield (here + [entry for entry in like(here[0]) if entry not in here])[:count]


def _unique(schema: Schema, current: Any) -> Iterator[Candidate]:
    low = max(schema.get("minItems", 0), 3)
    for items in islice(arrays_of(schema, low, current), 2):
        yield Candidate(items, f"{len(items)} different entries", 0)
        yield Candidate([*items[:-1], items[0]], "the first entry again as the last", 0)
        yield Candidate([items[0], items[0]], "one entry twice", 0)


def _closed(schema: Schema, current: Any) -> Iterator[Candidate]:
    if isinstance(current, dict):
        names = ("unexpected", *(f"{name}x" for name in schema.get("properties", {})))
        for index, name in enumerate(names[:3]):
            yield Candidate({**current, name: "a"}, f"a member {name}", 0 if index == 0 else 1)


def _ended(schema: Schema, current: Any) -> Iterator[Candidate]:
    if isinstance(current, list):
        here = [*current, *(sample(item) for item in schema.get("prefixItems", [])[len(current) :])]
        for more in (*here[-1:], "a", 7, None):
            yield Candidate([*here, more], f"{described(more)} as entry {len(here) + 1}", 0)


def _contained(schema: Schema, current: Any) -> Iterator[Candidate]:
    """Arrays with as many fitting entries as are just allowed, and one more or fewer; none where nothing has to fit."""
    if "contains" not in schema:
        return
    low, high = schema.get("minContains", 1), schema.get("maxContains")
    fits, of_all = validator(schema["contains"]).is_valid, schema.get("items", True)
    here = current if isinstance(current, list) else []
    other = [entry for entry in (*here, *islice(samples(of_all), 3)) if not fits(entry)][:1]
    known = list(samples({"allOf": [of_all, schema["contains"]]}))
    for count in dict.fromkeys((low, low - 1, *(() if high is None else (high, high + 1)))):
        fitting = [known[index % len(known)] for index in range(count)] if known else []
        if len(fitting) == count:
            yield from (Candidate([*fitting, *rest], f"{count} fitting entries", 0) for rest in (other, []))


def _members(schema: Schema, current: Any) -> Iterator[Candidate]:
    if not isinstance(current, dict):
        return
    yield Candidate({}, "no members", 0)
    names = list(current)
    for kept in (schema.get("minProperties", 0), schema.get("minProperties", 0) - 1):
        if 0 <= kept <= len(names):
            yield Candidate({name: current[name] for name in names[:kept]}, f"{kept} members", 0)
    high = schema.get("maxProperties")
    extra = schema.get("additionalProperties", True)
    if high is not None and high < 500 and extra is not False:
        for count in (high, high + 1):
            more = {f"k{index}": sample(extra) for index in range(max(count - len(names), 0))}
            yield Candidate({**current, **more}, f"{len({**current, **more})} members", 0)


def _alternatives(keyword: str, schema: Schema, current: Any) -> Iterator[Candidate]:
    for branch in schema[keyword]:
        for value in islice(samples(branch), 2):
            yield Candidate(value, described(value), 0)
            yield from _maimed(value)
    others: tuple[Any, ...] = ({}, [], None, 7, "a", True)
    yield from (Candidate(value, described(value), 1) for value in others)


def _maimed(value: Any) -> Iterator[Candidate]:
    """An object with one member gone or unknown."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield Candidate({k: v for k, v in value.items() if k != name}, f"without {name}", 0)
            if isinstance(inner, str):
                yield Candidate({**value, name: "no-such-value"}, f'{name} "no-such-value"', 0)
            yield Candidate({**value, name: None}, f"{name} null", 1)


def _names(schema: Schema, current: Any) -> Iterator[Candidate]:
    if isinstance(current, dict):
        rule = schema.get("propertyNames", True)
        texts = [c.value for key in rule for c in candidates(rule, key, "a")] if isinstance(rule, dict) else []
        value = next(iter(current.values()), "a")
        for name in [text for text in texts if isinstance(text, str)][:60]:
            yield Candidate({**current, name: value}, f"a member {described(name)}", 0)


def _dependent(schema: Schema, current: Any) -> Iterator[Candidate]:
    if isinstance(current, dict):
        for name, needed in schema.get("dependentRequired", {}).items():
            held = {**current, name: sample(schema.get("properties", {}).get(name, True))}
            for other in needed:
                yield Candidate({k: v for k, v in held.items() if k != other}, f"{name} without {other}", 0)


def _conditional(schema: Schema, current: Any) -> Iterator[Candidate]:
    """What meets the condition, with each member that it then needs left out or made wrong."""
    if not isinstance(current, dict) or not isinstance(schema["if"], dict):
        return
    for value in islice(samples(schema["if"], full=True), 3):
        met = {**current, **value} if isinstance(value, dict) else current
        for branch in (schema.get("then", {}), schema.get("else", {})):
            yield from _against(met, branch if isinstance(branch, dict) else {})
            yield from _against(current, branch if isinstance(branch, dict) else {})


def _against(value: dict[str, Any], branch: Schema) -> Iterator[Candidate]:
    for name in branch.get("required", []):
        yield Candidate({k: v for k, v in value.items() if k != name}, f"without {name}", 0)
    for name, inner in branch.get("properties", {}).items():
        for keyword in inner if isinstance(inner, dict) else ():
            for wrong in islice(candidates(inner, keyword, value.get(name)), 12):
                yield Candidate({**value, name: wrong.value}, f"{name} {wrong.sent}", 0)


def _excluded(schema: Schema, current: Any) -> Iterator[Candidate]:
    for value in islice(samples(schema["not"]), 5):
        yield Candidate(
            {**current, **value} if isinstance(current, dict) and isinstance(value, dict) else value,
            described(value),
            0,
        )


_MAKERS: dict[str, Callable[[Schema, Any], Iterator[Candidate]]] = {
    "type": _type,
    "enum": _enumeration,
    "const": _enumeration,
    "minLength": partial(_length, "minLength"),
    "maxLength": partial(_length, "maxLength"),
    "pattern": _pattern,
    "format": _format,
    "minimum": partial(_bound, "minimum"),
    "maximum": partial(_bound, "maximum"),
    "exclusiveMinimum": partial(_bound, "exclusiveMinimum"),
    "exclusiveMaximum": partial(_bound, "exclusiveMaximum"),
    "multipleOf": _multiple,
    "minItems": partial(_count, "minItems"),
    "maxItems": partial(_count, "maxItems"),
    "uniqueItems": _unique,
    "contains": _contained,
    "minContains": _contained,
    "maxContains": _contained,
    "additionalProperties": _closed,
    "unevaluatedProperties": _closed,
    "items": _ended,
    "unevaluatedItems": _ended,
    "minProperties": _members,
    "maxProperties": _members,
    "oneOf": partial(_alternatives, "oneOf"),
    "anyOf": partial(_alternatives, "anyOf"),
    "propertyNames": _names,
    "dependentRequired": _dependent,
    "if": _conditional,
    "not": _excluded,
}
