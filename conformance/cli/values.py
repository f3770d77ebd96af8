"""How the values of options are read; a bad one is argparse's to report."""

from __future__ import annotations

from argparse import ArgumentTypeError

from conformance.nearest import did_you_mean
from conformance.settings import PROFILES, Profile


def pair(text: str) -> tuple[str, str]:
    """NAME=VALUE."""
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def setting(text: str) -> tuple[str, object]:
    """NAME=VALUE, the value as JSON, or as text where it is not JSON."""
    import json

    name, value = pair(text)
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def seconds(text: str) -> float:
    """A positive, finite number of seconds."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise ArgumentTypeError(f"{text!r} is not a positive number of seconds")
    return number


def natural(text: str) -> int:
    """A whole number from 0."""
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


def profile(text: str) -> Profile:
    """quick, standard or thorough."""
    for known in PROFILES:
        if text == known:
            return known
    advice = did_you_mean(text, PROFILES, otherwise=f"known are {', '.join(PROFILES)}")
    raise ArgumentTypeError(f"there is no profile {text!r}; {advice}")
