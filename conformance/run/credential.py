"""Credentials: where a token goes, and what a wrong one looks like."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conformance.cases.case import Credential
from conformance.contract.operation import SecurityScheme


@dataclass(frozen=True, slots=True)
class Placed:
    """A credential at its place: `where` is header, query or cookie."""

    where: str
    name: str
    value: str


def placed(scheme: SecurityScheme, token: str | None, form: Credential) -> Placed | None:
    """The credential of a scheme in the given form; None if there is nothing to send."""
    if form == "missing" or scheme.kind == "other" or token is None:
        return None
    named = scheme.kind in ("bearer", "basic")  # the name of the scheme stands before the secret anyway
    secret = token if named and form == "scheme" else _FORMS[form](token)
    match scheme.kind:
        case "bearer":
            return Placed("header", "Authorization", f"{_word('Bearer', form)}{secret}")
        case "basic":
            return Placed("header", "Authorization", f"{_word('Basic', form)}{b64encode(secret.encode()).decode()}")
        case _:
            return Placed(scheme.where, scheme.parameter, secret)


def _word(own: str, form: Credential) -> str:
    """The name of a scheme as it stands before a secret: its own, another one, or none."""
    return {"bare": "", "scheme": "Token "}.get(form, f"{own} ")


def _wrong(token: str) -> str:
    user, colon, password = token.partition(":")
    return f"{user}:{_turned(password)}" if colon else _turned(token)


def _turned(text: str) -> str:
    return "".join(chr((ord(c) - 97 + 13) % 26 + 97) if c.isalpha() else "7" if c.isdigit() else c for c in text) + "q"


def _another(character: str) -> str:
    return "y" if character == "x" else "x"


_FORMS: Mapping[Credential, Callable[[str], str]] = {
    "given": lambda token: token,
    "bare": lambda token: token,
    "empty": lambda token: "",
    "wrong": _wrong,
    "prefix": lambda token: f"x{token}",
    "suffix": lambda token: f"{token}x",
    "scheme": lambda token: f"Bearer {token}",
    "longer": lambda token: token * 20,
    "first": lambda token: f"{_another(token[:1])}{token[1:]}",
    "last": lambda token: f"{token[:-1]}{_another(token[-1:])}",
    "quoted": lambda token: f'"{token}"',
    "listed": lambda token: f"x,{token}",
    "null": lambda token: "undefined" if token == "null" else "null",  # noqa: S105 - a word, no secret
    "shorter": lambda token: token[:-1],
    "headless": lambda token: token[1:],
    "passwordless": lambda token: f"{token.partition(':')[0]}:{'' if token.partition(':')[2] else 'x'}",
    "case": lambda token: token.swapcase() if token.swapcase() != token else f"{token}-",
}
