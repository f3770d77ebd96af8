"""Strangers: identities that nobody has, for what a path names."""

from __future__ import annotations

from itertools import islice
from string import ascii_letters, ascii_lowercase, ascii_uppercase
from typing import Any

from conformance.cases.host import listed
from conformance.contract.schema import validator

CODE = 4  # characters of an identity; of shorter ones, as those of countries, other letters may name something
LONG = 16  # characters of an identity whose nearest neighbours nobody has
STEPS = (1_000_003, 10_007, 907)  # to a number that nobody has; within a shorter range each may name something
_HEXADECIMAL = str.maketrans("0123456789abcdef", "fedcba9876543210")
_DECIMAL = str.maketrans("0123456789", "9876543210")
_LETTERS = str.maketrans(ascii_letters, ascii_lowercase[::-1] + ascii_uppercase[::-1])


def identities(current: Any, schema: Any, name: str) -> list[tuple[Any, str]]:
    """Identities that nobody has, with the kind of refusal: the known one with its digits turned, and plain words."""
    unknown = f"unknown/{name}"
    if isinstance(current, int) and not listed(schema):
        fits = validator(schema).is_valid
        others = (current + step for step in STEPS if fits(current + step))
        return [(other, unknown) for other in islice(others, 1)]
    if listed(schema) or not isinstance(current, str):
        return []
    fits = validator(schema).is_valid
    odd = ("no-such-thing", f"{current}x", f"x{current}")
    like = filter(fits, strangers(current))
    last = next((each for each in strangers(current[-1:]) if len(each) == 1), "0")
    near = [(current[:-1] + last, unknown)] if len(current) >= LONG else []
    return [(next(like, odd[1]), unknown), *near, *((each, f"{unknown}/malformed") for each in odd)]


def strangers(identity: str) -> tuple[str, ...]:
    """Four identities of the same form that nobody has, the likeliest first: digits turned, or letters, or longer."""
    hexadecimal = any(character in "abcdef" for character in identity)
    tables = (_HEXADECIMAL, _DECIMAL, _LETTERS) if hexadecimal else (_DECIMAL, _LETTERS, _HEXADECIMAL)
    turned = (identity.translate({} if table is _LETTERS and len(identity) < CODE else table) for table in tables)
    longer = f"{identity}x"
    return (*(each if each != identity else longer for each in turned), longer)
