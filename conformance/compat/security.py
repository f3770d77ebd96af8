"""Credentials: those that callers have are still enough, or they are not."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.compat.finding import CALLERS, SERVERS, Finding
from conformance.compat.side import Alternative, Described


def compare(name: str, before: Described, after: Described) -> Iterator[Finding]:
    """Each alternative that was enough must hold all that some alternative needs now."""
    for mine in before.security:
        if not any(theirs <= mine for theirs in after.security):
            text = f"{said(mine)} was enough; now it takes {' or '.join(said(each) for each in after.security)}"
            yield Finding(CALLERS, name, "security", "security", text)
    for theirs in after.security:
        if not any(mine <= theirs for mine in before.security):
            text = f"{said(theirs)} is newly enough"
            yield Finding(SERVERS, name, "security", "security", text)


def said(alternative: Alternative) -> str:
    """An alternative in words."""
    if not alternative:
        return "no credential"
    schemes = sorted({scheme for scheme, _ in alternative})
    return " and ".join(_with_scopes(scheme, alternative) for scheme in schemes)


def _with_scopes(scheme: str, alternative: Alternative) -> str:
    scopes = sorted(scope for own, scope in alternative if own == scheme and scope)
    return f"{scheme} with {', '.join(scopes)}" if scopes else scheme
