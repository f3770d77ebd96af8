"""The page of requirements is generated from the contract and never stale."""

from __future__ import annotations

from conformance.bundled import bundled_contract
from conformance.contract import read_contract
from conformance.requirements.derive import of_contract
from conformance.requirements.page import PAGE, page


def test_the_page_is_what_the_contract_says() -> None:
    """`make docs` was run after the last change of the contract."""
    contract = read_contract(bundled_contract())

    made = page(contract)

    assert PAGE.read_text(encoding="utf-8") == made


def test_every_requirement_stands_on_the_page_and_no_reading_is_unused() -> None:
    """Nothing that is tested is left undocumented, and nothing that is read is left untested."""
    contract = read_contract(bundled_contract())

    made = page(contract)

    requirements = of_contract(contract)
    assert all(f"`{r.id.removeprefix(f'{r.operation}/')}`" in made for r in requirements)
    assert set(contract.readings) == {r.reading for r in requirements if r.reading}
