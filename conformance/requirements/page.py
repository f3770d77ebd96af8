"""`docs/requirements.md`: every requirement of the contract, its sentence, level, source, and how it is tested.

Run as a module it writes the page; with `--check` it fails when the page is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from conformance.bundled import bundled_contract
from conformance.contract import Contract, Operation, read_contract
from conformance.requirement import Requirement
from conformance.requirements.derive import of_operation

PAGE = Path("docs/requirements.md")

_TESTED = {
    "type": "every other JSON type, null, and the value as a text are refused; every admitted type is accepted",
    "enum": "each value is accepted; its neighbours, other cases and unknown values are refused",
    "const": "the value is accepted; its neighbours are refused",
    "minLength": "just long enough is accepted, one character less is refused",
    "maxLength": "the longest text is accepted in several scripts, one character more is refused",
    "pattern": "every allowed character first, in the middle and last is accepted; every other one, alone and at each "
    "place, is refused; nothing may stand before or after",
    "format": "every form is accepted; near misses of each are refused, alone and among good entries",
    "minimum": "the limit is accepted, below it is refused",
    "maximum": "the limit is accepted, above it is refused, however large",
    "maxItems": "a full array is accepted, one entry more is refused",
    "minItems": "the smallest array is accepted, one entry less is refused",
    "uniqueItems": "an entry twice",
    "required": "left out, the request is refused",
    "optional": "accepted with it and without it",
    "distinct": "compared over all answers of the run",
    "becomes": "after each accepted update, the state shows the given value",
    "kept": "after each accepted update that does not name it, it is as before",
    "repeatable": "the same request many times; and whatever departs is sent again",
}
_BY_SIDE = {
    "request": "broken by one step it is refused, kept it is accepted",
    "response": "judged on every answer of the run",
    "state": "judged on every accepted update and on looks between them",
    "protocol": "departures are refused, liberties are accepted",
}


def how(requirement: Requirement) -> str:
    """How a requirement is tested, in a few words."""
    if requirement.side == "response" and requirement.keyword != "distinct":
        return _BY_SIDE["response"]
    if "/contested/" in requirement.id:
        return "sent; what the target does is noted"
    return _TESTED.get(requirement.keyword, _BY_SIDE[requirement.side])


def page(contract: Contract) -> str:
    """The whole page as Markdown."""
    lines = [
        "# Requirements",
        "",
        f"Generated from the contract *{contract.title}* by `make docs`; do not edit. The id of a requirement is what",
        "`--only`, `--skip`, `explain` and the reports use. A contested requirement never fails a run by itself.",
        "",
        *_readings(contract),
    ]
    for operation in contract.operations.values():
        lines += ["", f"## {operation.id}", "", f"`{operation.method} {operation.path}`", "", *_table(operation)]
    return "\n".join(lines) + "\n"


def _readings(contract: Contract) -> Iterable[str]:
    if not contract.readings:
        return
    yield from ("## Readings", "", "| id | level | how the point is read |", "|---|---|---|")
    for name, reading in contract.readings.items():
        yield f"| {name} | {reading['level']} | {_cell(str(reading['text']))} |"


def _table(operation: Operation) -> Iterable[str]:
    yield from ("| id | sentence | level | source | tested |", "|---|---|---|---|---|")
    for r in of_operation(operation):
        name = r.id.removeprefix(f"{operation.id}/")
        level = f"{r.level} ({r.reading})" if r.reading else r.level
        yield f"| `{name}` | {_cell(r.text)} | {level} | {_cell(str(r.source))} | {how(r)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def main(arguments: list[str]) -> int:
    """Write the page, or with --check say whether it is stale."""
    made = page(read_contract(bundled_contract()))
    if "--check" in arguments:
        fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == made
        print(f"{PAGE} is {'fresh' if fresh else 'stale; run make docs'}")
        return 0 if fresh else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
