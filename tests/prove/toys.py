"""A subject that is made of nothing but what it is to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from conformance.prove import Examination, Fault, Matrix, Trial
from conformance.prove.fault import Listing
from conformance.settings import Profile

LENGTH, PATTERN, TYPE = (
    "paint/request/body/name/maxLength",
    "paint/request/body/name/pattern",
    "paint/request/body/type",
)
STATUS = "paint/response/status/success"
CASE = "paint/protocol/header-case"
FIRM = (TYPE, LENGTH, PATTERN, STATUS)

CAUGHT = Fault("name-65", "name", "A name may have 65 characters.", (LENGTH,))
HARD = Fault("name-any-end", "name", "Only the first character of a name is tested.", (PATTERN,))
WRONG = Fault("name-mute", "name", "A long name is answered with 500.", (LENGTH,))
SURVIVOR = Fault("colour-of-paint", "answers", "The paint is of another colour.", (STATUS,))

FAILURES: Mapping[str, Mapping[Profile, tuple[str, ...]]] = {
    CAUGHT.id: {"quick": (LENGTH, STATUS), "standard": (LENGTH, STATUS)},
    HARD.id: {"quick": (), "standard": (PATTERN,)},
    WRONG.id: {"quick": (PATTERN,), "standard": (PATTERN, STATUS)},
    SURVIVOR.id: {"quick": (), "standard": ()},
}


@dataclass(frozen=True)
class Toy:
    """A server of some faults: what fails with each, in each profile, and what fails without any."""

    listed: Sequence[Fault] = (CAUGHT, HARD, WRONG, SURVIVOR)
    failures: Mapping[str, Mapping[Profile, tuple[str, ...]]] = field(default_factory=lambda: FAILURES)
    unfaithful: tuple[str, ...] = ()
    defective: tuple[str, ...] = ()
    asked: list[tuple[str | None, Profile, tuple[str, ...]]] = field(default_factory=list, compare=False)

    @property
    def where(self) -> str:
        """A toy."""
        return "toy"

    def listing(self) -> Listing:
        """What it was given."""
        return Listing(tuple(self.listed))

    def examine(self, fault: str | None, profile: Profile, wanted: tuple[str, ...] = ()) -> Examination:
        """What it was told to answer, whatever is wanted; everything else passes."""
        self.asked.append((fault, profile, wanted))
        failing = {*self.unfaithful, *(self.failures[fault][profile] if fault is not None else ())}
        failed = tuple(name for name in FIRM if name in failing)
        passed = tuple(name for name in FIRM if name not in failing)
        return Examination(passed, failed, requests=10, seconds=0.5, defective=fault in self.defective)

    def leave(self) -> None:
        """Nothing to leave."""


def matrix() -> Matrix:
    """One of everything."""
    return Matrix(
        where="toy",
        contract="toy.yaml",
        profile="standard",
        trials=(
            Trial(CAUGHT, "quick", (LENGTH, STATUS), 10, 0.5),
            Trial(HARD, "standard", (PATTERN,), 20, 1.0),
            Trial(WRONG, "standard", (PATTERN, STATUS), 20, 1.0),
            Trial(SURVIVOR, "standard", (), 4, 0.25, "the target stopped answering: no answer"),
        ),
        exercisable=(TYPE, LENGTH, PATTERN, CASE),
        beyond={"*/header-case": "the server below reads header names"},
        unfaithful=("paint/authentication/missing",),
        workers=2,
        seconds=1.5,
    )
