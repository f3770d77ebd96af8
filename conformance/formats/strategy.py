"""Random members of a format, and random texts that just miss it, as Hypothesis strategies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from conformance.formats.address import canonical_entry, is_contested_entry
from conformance.formats.format import Format

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# What typing errors and careless joining of texts put in: digits, marks of every format, blanks, other scripts.
_SLIPS = "09afgxz.:/-+,;%*_~ \t\n\x00\u00e9\u0662\uff12"
_VERSIONS: tuple[Literal[4], Literal[6]] = (4, 6)


def strategy(of: Format) -> SearchStrategy[Any]:
    """Members of a format, none of them contested; shrinks towards the first of `valid`."""
    from hypothesis import strategies as st

    shown = st.sampled_from(of.valid)
    drawn = _drawn(of.name)
    return shown if drawn is None else shown | drawn.filter(of.check)


def near_miss_strategy(of: Format) -> SearchStrategy[Any]:
    """Values one small step outside a format; nothing where it refuses nothing."""
    from hypothesis import strategies as st

    if not of.near_misses:
        return st.nothing()
    shown = st.sampled_from(of.near_misses)
    if of.applies_to == "number":
        return shown
    slips = st.tuples(strategy(of), st.integers(0, 60), st.integers(0, 1), st.sampled_from(["", *_SLIPS]))
    return shown | slips.map(_slip).filter(lambda text: not of.check(text))


def _slip(parts: tuple[str, int, int, str]) -> str:
    """A text with `removed` characters (0 or 1) replaced at a place (counted round) by another text."""
    text, place, removed, inserted = parts
    start = place % (len(text) + 1)
    return text[:start] + inserted + text[start + removed :]


def _drawn(name: str) -> SearchStrategy[Any] | None:
    match name:
        case "ip-address-entry":
            return _entries().filter(lambda text: not is_contested_entry(text))
        case "utc-timestamp":
            return _timestamps()
        case "uuid" | "enterprise-project-id":
            return _uuids()
        case "int32" | "int64":
            return _integers(int(name[3:]))
    return None


def _entries() -> SearchStrategy[str]:
    from hypothesis import strategies as st

    return st.one_of(*(make(version) for make in (_addresses, _ranges, _blocks) for version in _VERSIONS))


def _addresses(version: Literal[4, 6]) -> SearchStrategy[str]:
    from hypothesis import strategies as st

    return st.ip_addresses(v=version).map(str)


def _ranges(version: Literal[4, 6]) -> SearchStrategy[str]:
    from hypothesis import strategies as st

    addresses = st.ip_addresses(v=version)
    pairs = st.lists(addresses, min_size=2, max_size=2, unique=True)
    return pairs.map(lambda pair: "-".join(map(str, sorted(pair))))


def _blocks(version: Literal[4, 6]) -> SearchStrategy[str]:
    from hypothesis import strategies as st

    prefixes = st.integers(0, 32 if version == 4 else 128)
    return st.builds("{}/{}".format, _addresses(version), prefixes).map(canonical_entry)


def _timestamps() -> SearchStrategy[str]:
    from datetime import UTC, datetime

    from hypothesis import strategies as st

    seconds = st.integers(0, 4_102_444_799)  # up to the year 2100
    moments = seconds.map(lambda second: datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S"))
    return st.builds("{}{}".format, moments, st.sampled_from(["", ".000+00:00", "Z"]))


def _uuids() -> SearchStrategy[str]:
    from hypothesis import strategies as st

    return st.uuids(allow_nil=False).map(str)


def _integers(bits: int) -> SearchStrategy[int]:
    from hypothesis import strategies as st

    limit = 1 << (bits - 1)
    return st.integers(-limit, limit - 1)
