"""Identifiers: UUIDs and enterprise projects."""

from __future__ import annotations

import pytest

from conformance.formats import REGISTRY

UUID = REGISTRY["uuid"]
PROJECT = REGISTRY["enterprise-project-id"]
TEXT = "dd18a501-fcd5-4adc-acfe-b0e2384baf08"


def test_case_does_not_make_another_uuid() -> None:
    """Upper and lower case are one value."""
    assert UUID.canonical(TEXT.upper()) == PROJECT.canonical(TEXT.upper()) == TEXT


def test_only_a_project_may_be_zero() -> None:
    """`0` is the default enterprise project, and no UUID."""
    assert PROJECT.check("0")
    assert not UUID.check("0")


@pytest.mark.parametrize("version", "0123456789abcdef")
def test_any_version_is_a_uuid(version: str) -> None:
    """Neither version nor variant is looked at."""
    assert UUID.check(f"dd18a501-fcd5-{version}adc-{version}cfe-b0e2384baf08")


@pytest.mark.parametrize("place", range(36))
def test_every_place_counts(place: int) -> None:
    """Another mark at any one place makes it no UUID, nor does leaving the place out."""
    assert not UUID.check(TEXT[:place] + "x" + TEXT[place + 1 :])
    assert not UUID.check(TEXT[:place] + TEXT[place + 1 :])
