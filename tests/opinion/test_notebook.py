"""Laws of the notebook: each kind of finding once, with its smallest request, and none that the contract explains."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from conformance.generation.explorer import Objection
from conformance.opinion.notebook import NO_ANSWER, Notebook
from conformance.traffic.charge import Charge
from conformance.wire import Exchange, Failure, Request, Response

ANSWER = Objection("Server error", "it broke", "answer")
VALID = Charge()


def exchange(body: bytes, status: int = 500) -> Exchange:
    """An answered request."""
    return Exchange(Request("PUT", "/a", (), body), Response(status, "", (), b""), None, 0.0, 0.1)


def test_alike_findings_are_one() -> None:
    """The same check, operation and requirements are one finding: the smallest request, counted."""
    notebook = Notebook()

    for body in (b"333", b"1", b"22"):
        notebook.note("make", ANSWER, exchange(body), (), VALID)

    (found,) = notebook.findings()
    assert (found.exchange.request.body, found.times) == (b"1", 3)


def test_different_findings_stay_apart() -> None:
    """Another operation, check or requirement is another finding; what nothing explains comes first."""
    notebook = Notebook()

    notebook.note("make", ANSWER, exchange(b"1"), ("make/protocol/hostile",), VALID)
    notebook.note("make", ANSWER, exchange(b"1"), (), VALID)
    notebook.note("show", ANSWER, exchange(b"1"), (), VALID)
    notebook.note("make", replace(ANSWER, check="Other"), exchange(b"1"), (), VALID)

    assert [(f.operation, f.check, f.requirements) for f in notebook.findings()] == [
        ("make", "Server error", ()),
        ("show", "Server error", ()),
        ("make", "Other", ()),
        ("make", "Server error", ("make/protocol/hostile",)),
    ]


@pytest.mark.parametrize(("names", "noted"), [((), 0), (("make/response/status/success",), 1)])
def test_a_method_that_nobody_implements(names: tuple[str, ...], noted: int) -> None:
    """To say so is no error of a server, unless a requirement has it otherwise."""
    notebook = Notebook()

    notebook.note("make", ANSWER, exchange(b"", 501), names, None)

    assert len(notebook.findings()) == noted


@pytest.mark.parametrize(
    ("about", "charge", "noted"),
    [
        ("refused", Charge(), True),
        ("refused", Charge(firm=("make/rule/fits",)), False),
        ("refused", Charge(contested=("make/contested/x",)), False),
        ("refused", None, True),
        ("accepted", Charge(), True),
        ("accepted", Charge(contested=("make/contested/x",)), False),
        ("answer", Charge(firm=("make/rule/fits",)), True),
    ],
)
def test_what_the_contract_explains(
    about: Literal["accepted", "refused", "answer"], charge: Charge | None, noted: bool
) -> None:
    """A refusal that a rule demands, and whatever a reading leaves open, is nothing to object to."""
    notebook = Notebook()

    notebook.note("make", replace(ANSWER, about=about), exchange(b"1"), (), charge)

    assert bool(notebook.findings()) is noted


def test_a_rule_is_no_matter_of_a_check() -> None:
    """An answer that happens to break a rule as well is not objected to for that."""
    notebook = Notebook()

    notebook.note("make", ANSWER, exchange(b"1"), ("make/rule/moves", "make/protocol/hostile"), VALID)

    assert notebook.findings()[0].requirements == ("make/protocol/hostile",)


def test_silence() -> None:
    """No answer is a finding, too."""
    notebook = Notebook()
    unanswered = replace(exchange(b"1"), response=None, failure=Failure("closed", "it hung up"))

    notebook.silence("make", unanswered, ("make/protocol/hostile",))

    (found,) = notebook.findings()
    assert (found.check, found.message, found.requirements) == (NO_ANSWER, "it hung up", ("make/protocol/hostile",))
