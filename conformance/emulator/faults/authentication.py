"""Faults in who may ask."""

from __future__ import annotations

from collections.abc import Callable

from conformance.emulator import TOKEN
from conformance.emulator.behaviour import MODIFY, UPDATE
from conformance.emulator.call import Call
from conformance.emulator.faults.change import accepting, both, crashing, refused_with, unchecked
from conformance.emulator.faults.fault import Fault, family

fault = family("authentication")

OPERATIONS = ((UPDATE, "update"), (MODIFY, "modify"))


def token(accepts: Callable[[str | None], bool]) -> Callable[[Call], bool]:
    """More is accepted as the token; None is a request without one."""
    return lambda call: accepts(call.headers.get("x-auth-token"))


HOLES: tuple[tuple[str, str, str, Callable[[str | None], bool]], ...] = (
    ("missing", "A request without a token is accepted.", "missing", lambda t: t is None),
    ("empty", "An empty token is accepted.", "empty", lambda t: t is not None and not t.strip()),
    ("any", "Any token is accepted.", "wrong", bool),
    (
        "prefix",
        "A token that begins with the right one is accepted.",
        "wrong",
        lambda t: t is not None and t.startswith(TOKEN),
    ),
    (
        "suffix",
        "A token that ends with the right one is accepted.",
        "wrong",
        lambda t: t is not None and t.endswith(TOKEN),
    ),
    ("contained", "A token that contains the right one is accepted.", "wrong", lambda t: t is not None and TOKEN in t),
    ("part", "The beginning of the token is accepted.", "wrong", lambda t: bool(t) and TOKEN.startswith(str(t))),
    ("length", "A token of the same length is accepted.", "wrong", lambda t: t is not None and len(t) == len(TOKEN)),
    ("case", "The token is compared without case.", "wrong", lambda t: t is not None and t.lower() == TOKEN),
)


def hole(operation: str, who: str, name: str, breaks: str, kind: str, accepts: Callable[[str | None], bool]) -> Fault:
    """A hole in the authentication of one operation."""
    catches = f"{operation}/authentication/{kind}"
    return fault(f"{who}-token-{name}", breaks, catches, accepting("authentication", token(accepts), operation))


def of_operation(operation: str, who: str) -> tuple[Fault, ...]:
    """What is wrong with the answer to one operation's unknown callers."""
    kinds = " ".join(f"{operation}/authentication/{kind}" for kind in ("missing", "empty", "wrong"))
    return (
        fault(
            f"{who}-unauthenticated-403",
            "Who is not known is answered with 403.",
            kinds,
            refused_with(403, "authentication", operation=operation),
        ),
        fault(
            f"{who}-unauthenticated-400",
            "Who is not known is answered with 400.",
            kinds,
            refused_with(400, "authentication", operation=operation),
        ),
        fault(
            f"{who}-unauthenticated-crashes",
            "A request without a token is answered with 500.",
            f"{operation}/authentication/missing",
            crashing("authentication", lambda call: "x-auth-token" not in call.headers, operation),
        ),
    )


FAULTS = (
    *(hole(UPDATE, "update", *each) for each in HOLES),
    *(hole(MODIFY, "modify", *each) for each in HOLES),
    *of_operation(UPDATE, "update"),
    *of_operation(MODIFY, "modify"),
    fault(
        "token-none-anywhere",
        "No operation looks at the token.",
        " ".join(
            f"{operation}/authentication/{kind}"
            for operation, _ in OPERATIONS
            for kind in ("missing", "empty", "wrong")
        ),
        both(*(unchecked("authentication", operation=operation) for operation, _ in OPERATIONS)),
    ),
)
