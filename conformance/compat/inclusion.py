"""Whether one schema's set lies within another's: taken apart until each part is proved, refuted or doubted.

What the second schema demands is a conjunction: of keywords, and of members' and items' schemas. The first lies within
it exactly if it lies within each part, so each part is looked at alone and every change gets its own witness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from conformance.cases.regular import contained
from conformance.compat import algebra, arrays, hunt, objects
from conformance.compat.algebra import key
from conformance.compat.flat import Alternative, alternatives, both, flat, seen_through, without_seeing
from conformance.compat.likeness import likest
from conformance.compat.outcome import PROVED, Outcome, doubt, gap
from conformance.compat.stated import same
from conformance.contract.schema import Schema

_MEMBERS = ("required", "properties", "patternProperties", "additionalProperties")
STRUCTURE = ("type", "allOf", *_MEMBERS, "items", "prefixItems", "then", "else", "minContains", "maxContains")
SMALL = 2_000  # characters of schemas that the algebra is asked about as a whole: larger ones are taken apart sooner
_TOGETHER = {"if": ("if", "then", "else"), "contains": ("contains", "minContains", "maxContains")}


@dataclass
class Inclusion:
    """Compares schemas; what it learns about a pair is kept.

    `described`: a member that a schema does not name is not sent, although JSON Schema would admit it, unless the
    schema says so. `seek`: gaps are shown by a value; without it a gap is only a doubt, found much faster.
    """

    described: bool
    seek: bool = True
    _known: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    _open: set[tuple[str, str]] = field(default_factory=set)
    _assumed: int = 0
    _prover: Inclusion | None = None

    def compare(self, narrow: Any, wide: Any) -> Outcome:
        """Gaps and doubts of `narrow` lying within `wide`; a recursive pair is within if nothing contradicts it."""
        if wide is True or narrow is False or narrow is wide:
            return PROVED
        pair = key(narrow), key(wide)
        if pair[0] == pair[1]:
            return PROVED
        if pair in self._known:
            return self._known[pair]
        if pair in self._open:
            self._assumed += 1
            return PROVED
        before = self._assumed
        self._open.add(pair)
        try:
            found = self._fresh(resolved(narrow), resolved(wide)).once()
        finally:
            self._open.discard(pair)
        if self._assumed == before or not self._open:
            self._known[pair] = found
        return found

    def proves(self, narrow: Any, wide: Any) -> bool:
        """Whether `narrow` lies within `wide`, without looking for witnesses."""
        if not self.seek:
            return self.compare(narrow, wide).proved
        if self._prover is None:
            self._prover = Inclusion(self.described, seek=False)
        return self._prover.compare(narrow, wide).proved

    def _fresh(self, narrow: Any, wide: Any) -> Outcome:
        small = len(key(narrow)) + len(key(wide)) < SMALL
        if small and self._algebra_may_speak(wide) and algebra.covered(narrow, wide):
            return PROVED
        narrow, wide = flat(narrow), flat(wide)
        if seen_through(wide):
            return self.show(narrow, wide, _asking(wide))
        if seen_through(narrow):
            return self._loosened(narrow, wide)
        mine, theirs = alternatives(narrow), alternatives(wide)
        if mine is None or theirs is None:
            return self.show(narrow, wide, "anyOf")
        if len(mine) == len(theirs) == 1:
            return self.single(mine[0].schema, theirs[0].schema)
        outcomes = [self._alternative(narrow, wide, each, theirs) for each in mine]
        total = sum(outcomes, PROVED)
        return total + self._exclusive(narrow, wide, mine, theirs) if total.proved else total

    def _loosened(self, narrow: Any, wide: Any) -> Outcome:
        """What a wider schema proves holds for a narrower one; what it refutes has to be shown again."""
        found = self.compare(without_seeing(narrow), wide)
        kept = tuple(g for g in found.gaps if g.undescribed or shows(narrow, wide, g.value))
        if found.proved or kept:
            return Outcome(kept, found.doubts)
        return self.show(narrow, wide, named_by(wide))

    def _algebra_may_speak(self, wide: Any) -> bool:
        """The algebra knows nothing of members that are not described: it speaks where there are none."""
        return not self.described or "properties" not in key(wide)

    def _alternative(self, narrow: Any, wide: Any, mine: Alternative, theirs: list[Alternative]) -> Outcome:
        """One alternative of the first: within one of the second's, or within all of them together."""
        possible = [each for each in theirs if comparable(mine.schema, each.schema)]
        if any(self.proves(mine.schema, each.schema) for each in possible):
            return PROVED
        keyword = named_by(wide)
        if not possible:
            return self.show(narrow, wide, keyword, part=mine.schema)
        if self._algebra_may_speak(wide) and algebra.covered(mine.schema, wide):
            return PROVED
        if not self.seek:
            return doubt(keyword, _UNPROVED)
        best = self.compare(mine.schema, likest(mine, possible).schema)
        kept = tuple(g for g in best.gaps if g.undescribed or shows(narrow, wide, g.value))
        if kept:
            return Outcome(kept, best.doubts)
        return self.show(narrow, wide, keyword, part=mine.schema)

    def _exclusive(self, narrow: Any, wide: Any, mine: list[Alternative], theirs: list[Alternative]) -> Outcome:
        """`oneOf` admits no value of two branches: what lies within one must not lie within another as well."""
        if "oneOf" not in flat_keywords(wide):
            return PROVED
        total = PROVED
        for one in mine:
            home = next((each for each in theirs if self._within(one, each)), None)
            for other in theirs:
                if home is None or other.branch == home.branch or self._apart(one, other, mine):
                    continue
                total += self.show(narrow, wide, "oneOf", part=both(one.schema, other.schema))
        return total

    def _within(self, one: Alternative, other: Alternative) -> bool:
        return comparable(one.schema, other.schema) and self.proves(one.schema, other.schema)

    def _apart(self, one: Alternative, other: Alternative, mine: list[Alternative]) -> bool:
        """No overlap that was not excluded before: none at all, or one with a branch that was there already."""
        if not comparable(one.schema, other.schema) and not comparable(other.schema, one.schema):
            return True
        if any(each.branch != one.branch and self._within(other, each) for each in mine):
            return True
        return algebra.empty(both(one.schema, other.schema))

    def single(self, narrow: Any, wide: Any) -> Outcome:
        """Two schemas of one type each, part by part."""
        if "$ref" in narrow or "$ref" in wide:
            return self.compare(narrow, wide)
        if "type" not in narrow or "type" not in wide:  # what could not be taken apart
            return PROVED if algebra.covered(narrow, wide) else self.show(narrow, wide, named_by(wide))
        if not comparable(narrow, wide):
            return self.show(narrow, wide, "type")
        total = self._type(narrow, wide)
        for part in self._parts(narrow, wide):
            total += part
            if not self.seek and not total.proved:
                return total
        return total

    def _type(self, narrow: Schema, wide: Schema) -> Outcome:
        if narrow["type"] == "number" and wide["type"] == "integer":
            return self.keyword(narrow, {"type": "integer"}, "type")
        return PROVED

    def _parts(self, narrow: Schema, wide: Schema) -> Iterator[Outcome]:
        for name in wide:
            if name not in STRUCTURE:
                group = {part: wide[part] for part in _TOGETHER.get(name, (name,)) if part in wide}
                yield self.keyword(narrow, {"type": wide["type"], **group}, name)
        if wide["type"] == "object":
            yield from objects.parts(self, narrow, wide)
        if wide["type"] == "array":
            yield from arrays.parts(self, narrow, wide)
        for part in wide.get("allOf", []):
            yield self.compare(narrow, part)

    def keyword(self, narrow: Schema, demand: Schema, name: str) -> Outcome:
        """One keyword (with those that belong to it) against the whole first schema."""
        group = _TOGETHER.get(name, (name,))
        own = {part: narrow[part] for part in ("type", *group) if part in narrow}
        if name != "type" and same(own, {**demand, "type": own["type"]}):
            return PROVED
        if algebra.covered(own, demand) or algebra.covered(narrow, demand) or _pattern_within(narrow, demand, name):
            return PROVED
        return self.show(narrow, demand, name)

    def show(self, narrow: Any, wide: Any, name: str, *, part: Any = None) -> Outcome:
        """A gap with a value that shows it; a doubt where none is found and nothing is proved.

        `part` is the part of `narrow` that is in question, if it is not all of it.
        """
        if not self.seek:
            return doubt(name, _UNPROVED)
        found = hunt.outside(narrow, wide, name, part)
        if found:
            return gap(name, found[0])
        asked = narrow if part is None else part
        if algebra.empty(asked) or (self._algebra_may_speak(wide) and algebra.covered(asked, wide)):
            return PROVED
        return doubt(name, _reason(wide, name))


_UNPROVED = "not proved"


def _reason(wide: Any, name: str) -> str:
    if isinstance(wide, dict) and name == "format":
        return f"nothing is known of the format {wide['format']!r}"
    if isinstance(wide, dict) and name == "pattern":
        return f"neither a proof nor a text was found that tells whether {wide['pattern']} refuses one"
    return "the algebra of schemas has no answer, and no value was found that shows a difference"


def _pattern_within(narrow: Schema, demand: Schema, name: str) -> bool:
    return name == "pattern" and "pattern" in narrow and contained(narrow["pattern"], demand["pattern"])


def shows(narrow: Any, wide: Any, value: Any) -> bool:
    """Whether a value lies in the first and not in the second."""
    return hunt.valid(narrow, value) and not hunt.valid(wide, value)


def resolved(schema: Any) -> Any:
    """The schema that a reference at its top leads to."""
    while isinstance(schema, dict) and "$ref" in schema:
        rest = {name: value for name, value in schema.items() if name != "$ref"}
        schema = both(algebra.retrieve(schema["$ref"]), rest or True)
    return schema


def comparable(narrow: Any, wide: Any) -> bool:
    """Whether two single-typed schemas have values in common as far as their types go."""
    mine, theirs = narrow.get("type"), wide.get("type")
    return mine is None or theirs is None or mine == theirs or {mine, theirs} == {"integer", "number"}


def flat_keywords(schema: Any) -> set[str]:
    """The keywords of a schema once its `allOf` is merged."""
    merged = flat(schema)
    return set(merged) if isinstance(merged, dict) else set()


def _asking(schema: Any) -> str:
    found = flat_keywords(schema)
    return "unevaluatedItems" if "unevaluatedItems" in found else "unevaluatedProperties"


def named_by(schema: Any) -> str:
    """The keyword that offers the alternatives of a schema."""
    found = flat_keywords(schema)
    return next((name for name in ("oneOf", "anyOf", "enum") if name in found), "type")
