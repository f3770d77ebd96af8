"""What the package gives to the others."""

from __future__ import annotations

import pytest

from conformance import target


def test_public_names() -> None:
    """The names that others may use are these, and each can be had."""
    assert target.__all__ == ["Address", "Client", "Patient", "Secrets"]
    assert [getattr(target, name).__name__ for name in target.__all__] == target.__all__


def test_unknown_name() -> None:
    """A name that is not there is missing in the usual way."""
    with pytest.raises(AttributeError, match="Clien"):
        target.Clien  # noqa: B018
