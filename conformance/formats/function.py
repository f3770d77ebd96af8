"""Functions for rules that belong to no format; they answer for every argument and never raise."""

from __future__ import annotations

import json


def same_members(left: object, right: object) -> bool:
    """Whether two lists hold the same values as often, whatever their order; false for non-lists."""
    if not isinstance(left, list) or not isinstance(right, list):
        return False
    return sorted(map(_text, left)) == sorted(map(_text, right))


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)


FUNCTIONS = {"sameMembers": same_members}
