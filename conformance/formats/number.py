"""Number formats of the OpenAPI registry: 32 and 64 bit integers, single and double precision."""

from __future__ import annotations

from math import isfinite
from typing import Any

from conformance.formats.format import Format


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_int32(value: Any) -> bool:
    """Whether a number is an integer of 32 bits with a sign; 1.0 is the integer 1."""
    return _is_integer_of(32, value)


def is_int64(value: Any) -> bool:
    """Whether a number is an integer of 64 bits with a sign; 1.0 is the integer 1."""
    return _is_integer_of(64, value)


def _is_integer_of(bits: int, value: Any) -> bool:
    limit = 1 << (bits - 1)
    return _is_number(value) and -limit <= value < limit and value == int(value)


def is_finite(value: Any) -> bool:
    """Whether a value is a number at all: how precisely a server keeps it is not for a format to refuse."""
    return _is_number(value) and isfinite(value)


_REALS = (1.5, 0, -1.5, 1e10, 1e-10)

INT32 = Format("int32", is_int32, (1, 0, -1, 2**31 - 1, -(2**31)), (2**31, -(2**31) - 1), applies_to="number")
INT64 = Format("int64", is_int64, (1, 0, -1, 2**63 - 1, -(2**63)), (2**63, -(2**63) - 1), applies_to="number")
FLOAT = Format("float", is_finite, _REALS, applies_to="number")
DOUBLE = Format("double", is_finite, _REALS, applies_to="number")

FORMATS = (INT32, INT64, FLOAT, DOUBLE)
