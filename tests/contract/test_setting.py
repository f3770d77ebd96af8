"""Laws of settings: a target's own limits take the place of the contract's, and nonsense is refused."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract.setting import configured
from conformance.errors import UsageError
from tests.toy_contracts import SHELVES, changed, read

PLACE = ("paths", "/shelves/{shelf}", "put", "requestBody", "content", "application/json", "schema", "properties")
CONTRACT = read(changed(SHELVES, {"settings": {"maxItems": "stock"}}, *PLACE, "books", "x-conformance"))


def limit(contract: Any) -> Any:
    """How many books may be sent."""
    return contract.operations["changeShelf"].body.schema["properties"]["books"]["maxItems"]


def test_a_setting_takes_its_place() -> None:
    """The keyword has the value of the target, and the contract is otherwise the same."""
    made = configured(CONTRACT, {"stock": 4})

    assert (limit(CONTRACT), limit(made), made.settings) == (6, 4, {"stock": 4})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("many", "the setting 'stock' cannot be 'many'"),
        (None, "the setting 'stock' cannot be None"),
        (True, "the setting 'stock' cannot be True"),
        (-1, "the setting 'stock' cannot be -1"),
        (2.5, "the setting 'stock' cannot be 2.5"),
    ],
)
def test_nonsense_is_refused(value: Any, said: str) -> None:
    """A value that is not of the kind of the default, or that the keyword cannot have, is a mistake of the user."""
    with pytest.raises(UsageError, match=said):
        configured(CONTRACT, {"stock": value})


def test_an_unknown_setting_is_refused() -> None:
    """The nearest one is named."""
    with pytest.raises(UsageError) as caught:
        configured(CONTRACT, {"stok": 4})

    assert "stock" in (caught.value.hint or "")
