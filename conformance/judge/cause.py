"""Causes: what several refused acceptances have in common, and no accepted request has.

A server that refuses every request with a certain member breaks the one sentence that the member may be given. That
each other sentence was tried beside this member is no fault of theirs: of them nothing was shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from conformance.contract.operation import Operation
from conformance.judge.shape import branch
from conformance.judge.step import Step
from conformance.requirements.derive import Placed, request_keywords
from conformance.requirements.site import reaches, rehearses, unescape, values_at

Document = Mapping[str, Any]
MANY = 2  # requirements that a cause explains at least: one alone is its own
LASTING = 5  # valid requests in a row that one resource refuses: fewer may have their own faults
_COUNTED = ("minItems", "maxItems", "type")


@dataclass(frozen=True, slots=True)
class Trait:
    """What some requests have, one bit for each; `requirements` say that they may, `spares` a place of its own."""

    requirements: tuple[str, ...]
    refused: int
    accepted: int
    spares: str = ""

    def beside(self, other: Trait) -> Trait:
        """Both at once."""
        names = tuple(dict.fromkeys(self.requirements + other.requirements))
        return Trait(names, self.refused & other.refused, self.accepted & other.accepted)


def causes(operation: Operation, refused: list[Step], accepted: Iterable[Document]) -> dict[int, tuple[str, ...]]:
    """For steps that were refused for somebody else's fault, by identity: the requirements at fault."""
    if len({_blamed(step) for step in refused}) < MANY:
        return {}
    traits = [trait for trait in _traits(operation, refused, list(accepted)) if not trait.accepted]
    found: dict[int, tuple[str, ...]] = {}
    waiting = -1  # all of them
    while traits:
        best = max(traits, key=lambda trait: _weight(refused, trait.refused & waiting))
        held = best.refused & waiting
        if _weight(refused, held) < MANY:
            break
        waiting &= ~held
        best = _either(best, traits)
        found |= {id(step): best.requirements for step in _held(refused, held) if _is_beside(step, best)}
    return found


def _either(best: Trait, traits: list[Trait]) -> Trait:
    """The trait, with what others of its kind say that are the same on all requests: one given is the other missing."""
    alike = [each for each in traits if (each.refused, each.spares) == (best.refused, "")]
    names = (name for each in alike if len(each.requirements) == len(best.requirements) for name in each.requirements)
    kind = best.requirements[0].rpartition("/")[2]
    same = (name for name in names if name.rpartition("/")[2] == kind)
    return best if best.spares else replace(best, requirements=tuple(dict.fromkeys((*best.requirements, *same))))


def stuck(steps: Iterable[Step]) -> dict[int, bool]:
    """Valid requests that a resource refuses from some point on, though it accepted one of them before, by identity.

    Nothing is told of what each was sent for: the resource no longer does what it did. True: since a rehearsal.
    """
    asked: dict[str, list[Step]] = {}
    for step in steps:
        if step.role != "look" and not step.flaky and (step.case is None or step.case.expect == "accept"):
            asked.setdefault(repr(step.document.get("path")), []).append(step)
    return {found: since for own in asked.values() for found, since in _stuck(own).items()}


def _stuck(own: list[Step]) -> dict[int, bool]:
    real = [step for step in own if not _rehearses(step)]
    later = real[_last(real) + 1 :]
    accepted = {repr(step.document) for step in real[: _last(real) + 1]}
    rehearsals = [step for step in own if _rehearses(step)]
    found = [step for step in (*later, *rehearsals[_last(rehearsals) + 1 :]) if step.role == "case"]
    if len(found) < LASTING or not any(repr(step.document) in accepted for step in later):
        return {}
    gone = set(map(id, found))
    first = next(index for index, step in enumerate(own) if id(step) in gone)
    return dict.fromkeys(gone, _rehearses(own[_last(own[:first])]))


def _rehearses(step: Step) -> bool:
    return step.case is not None and step.case.rehearsal


def _last(own: list[Step]) -> int:
    """Where the last one stands that was accepted; -1 if none was."""
    return max((index for index, step in enumerate(own) if 200 <= step.status < 300), default=-1)


def _blamed(step: Step) -> str:
    return step.case.requirement if step.case is not None else ""


def _held(steps: list[Step], bits: int) -> Iterator[Step]:
    return (step for index, step in enumerate(steps) if bits >> index & 1)


def _weight(steps: list[Step], bits: int) -> int:
    """How many requirements a cause would explain."""
    return len({_blamed(step) for step in _held(steps, bits)})


def _is_beside(step: Step, trait: Trait) -> bool:
    """Whether a step was sent for another requirement; what speaks of the very place of a value stands by itself."""
    name = _blamed(step)
    return name not in trait.requirements and not (trait.spares and name.rpartition("/")[0] == trait.spares)


def _traits(operation: Operation, refused: list[Step], accepted: list[Document]) -> list[Trait]:
    """Every trait of a refused request that is worth a look, the simplest first."""
    documents = [step.document for step in refused], list({repr(each): each for each in accepted}.values())
    placed = {each.requirement.id: each for each in request_keywords(operation)}
    firm = [each for each in placed.values() if each.requirement.level != "contested"]
    presence = [
        trait
        for each in firm
        if each.requirement.keyword == "optional"
        for trait in _presence(operation, each, documents)
    ]
    where = [each for each in _circumstances(operation, documents) if each.accepted]
    pairs = [
        *(one.beside(other) for one, other in combinations(presence, 2)),
        *(one.beside(other) for one in presence for other in where),
    ]
    return [
        *presence,
        *(trait for each in _arrays(firm) for trait in _counts(each, documents)),
        *(trait for trait in pairs if trait.refused),
        *_values([placed[name] for step in refused if (name := _blamed(step)) in placed], documents),
    ]


Documents = tuple[list[Document], list[Document]]


def _trait(names: tuple[str, ...], documents: Documents, has: Callable[[Document], bool], spares: str = "") -> Trait:
    refused, accepted = (sum(1 << index for index, each in enumerate(some) if has(each)) for some in documents)
    return Trait(names, refused, accepted, spares)


def _presence(operation: Operation, placed: Placed, documents: Documents) -> Iterator[Trait]:
    """That an optional member is given, and that it is not where it could be; in an alternative, of what takes that."""
    pointer, name = placed.requirement.pointer, (placed.requirement.id,)
    parent, _, member = pointer.rpartition("/")
    takes = _taking(operation, placed)
    yield _trait(name, documents, lambda each: takes(each) and reaches(each, pointer))
    yield _trait(name, documents, lambda each: takes(each) and _lacks(each, parent, unescape(member)))


def _taking(operation: Operation, placed: Placed) -> Callable[[Document], bool]:
    """Whether a request takes the alternative that a place is in; any does where there is none."""
    if not placed.site.branch:
        return lambda document: True
    pointer, taken = branch(operation.request_schema, placed.site)
    return lambda document: any(taken.is_valid(value) for _, value in values_at(document, pointer))


def _lacks(document: Document, parent: str, member: str) -> bool:
    return any(isinstance(value, dict) and member not in value for _, value in values_at(document, parent))


def _circumstances(operation: Operation, documents: Documents) -> Iterator[Trait]:
    """That something was sent to one resource, or as a rehearsal: no fault, but faults may be seen only there."""
    for path in {repr(each.get("path")) for each in documents[0]}:
        yield _trait((), documents, _sent_to(path))
    yield _trait((), documents, lambda each: rehearses(operation, each))


def _sent_to(path: str) -> Callable[[Document], bool]:
    return lambda document: repr(document.get("path")) == path


def _arrays(firm: list[Placed]) -> list[Placed]:
    """Of each array the keyword that speaks of its size, or else of its type."""
    found: dict[str, Placed] = {}
    for keyword in _COUNTED:
        for each in firm:
            if each.requirement.keyword == keyword and "array" in str(each.site.schema.get("type")):
                found.setdefault(each.site.pointer, each)
    return list(found.values())


def _counts(placed: Placed, documents: Documents) -> Iterator[Trait]:
    """That an array has just so many entries."""
    pointer = placed.site.pointer
    for size in sorted({size for each in documents[0] for size in _sizes(each, pointer)}):
        yield _trait((placed.requirement.id,), documents, _counting(size, pointer))


def _counting(size: int, pointer: str) -> Callable[[Document], bool]:
    return lambda document: size in _sizes(document, pointer)


def _sizes(document: Document, pointer: str) -> set[int]:
    return {len(value) for _, value in values_at(document, pointer) if isinstance(value, list)}


def _values(blamed: list[Placed], documents: Documents) -> Iterator[Trait]:
    """That a value stands at a place, of those places whose own values were refused."""
    for placed in {each.requirement.id: each for each in blamed}.values():
        pointer = placed.requirement.pointer
        spares = placed.requirement.id.rpartition("/")[0]
        for text in dict.fromkeys(text for each in documents[0] for text in _texts(each, pointer)):
            yield _trait((placed.requirement.id,), documents, _standing(text, pointer), spares)


def _standing(text: str, pointer: str) -> Callable[[Document], bool]:
    return lambda document: text in _texts(document, pointer)


def _texts(document: Document, pointer: str) -> list[str]:
    return [repr(value) for _, value in values_at(document, pointer)]
