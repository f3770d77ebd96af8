"""Laws of choosing requirements by pattern."""

from __future__ import annotations

import pytest

from conformance.errors import UsageError
from conformance.selection import select

NAME = "update/request/body/name/maxLength"
ITEM = "update/request/body/ip_set/*/format"
EXTRA = "update/request/body/ip_set/extra/format"
STATUS = "updateAll/response/status/success"
ALL = [NAME, ITEM, EXTRA, STATUS]


@pytest.mark.parametrize(
    ("only", "skip", "expected"),
    [
        ((), (), ALL),
        ((NAME,), (), [NAME]),
        (("update",), (), [NAME, ITEM, EXTRA]),
        (("update/request/body/name/",), (), [NAME]),
        (("*/format",), (), [ITEM, EXTRA]),
        ((ITEM,), (), [ITEM]),
        ((STATUS, NAME), (), [NAME, STATUS]),
        ((), ("update",), [STATUS]),
        (("update",), ("*/format",), [NAME]),
        ((NAME,), (NAME,), []),
    ],
)
def test_select(only: tuple[str, ...], skip: tuple[str, ...], expected: list[str]) -> None:
    """A pattern is an id, its beginning up to a "/", or has wildcards; the order is the contract's."""
    assert select(ALL, only, skip) == tuple(expected)


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("updte", "did you mean update?"),
        ("update/request/body/nme/maxLength", f"did you mean {NAME}?"),
        ("upd", "did you mean update?"),
        ("*/nothing-alike-at-all", "conformance list shows all"),
        ("", "conformance list shows all"),
        ("maxLenth", "did you mean '*maxLength*'?"),
    ],
)
def test_nothing_matches(pattern: str, hint: str) -> None:
    """A pattern that matches nothing is an error, to take and to leave out, and names the nearest."""
    for only, skip in (((pattern,), ()), ((), (pattern,))):
        with pytest.raises(UsageError) as refused:
            select(ALL, only, skip)

        assert refused.value.message == f"no requirement matches {pattern!r}"
        assert refused.value.hint == hint
