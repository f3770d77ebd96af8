"""What a misspelt word was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one; None if none is."""
    import difflib

    by_lowered = {candidate.lower(): candidate for candidate in known}
    found = difflib.get_close_matches(word.lower(), by_lowered, n=1, cutoff=0.5)
    return by_lowered[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str | None = None) -> str | None:
    """The hint that names the nearest known word, or another hint where nothing is near."""
    found = nearest(word, known)
    return f"did you mean {found}?" if found else otherwise
