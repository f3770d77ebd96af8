"""The registry: which formats there are, and the laws that all of them keep."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import jsonschema_rs
import pytest

from conformance import formats
from conformance.formats import REGISTRY, Format

ANY = list(REGISTRY.values())
CONTESTED = REGISTRY["contested-ip-address-entry"]


def _named(each: Format) -> str:
    return each.name


def test_the_public_names_are_these() -> None:
    """What the package offers is pinned and sorted."""
    assert formats.__all__ == ["REGISTRY", "Format", "checkers", "functions", "near_miss_strategy", "strategy"]


def test_the_registry_holds_these_formats() -> None:
    """Contracts name formats: none may vanish unnoticed."""
    ours = [
        "contested-ip-address-entry",
        "enterprise-project-id",
        "ip-address-entry",
        "ip-address-entry-with-host-bits",
        "ip-address-entry-with-ipv4-in-ipv6",
        "ip-address-entry-with-leading-zeros",
        "utc-timestamp",
    ]
    texts = "byte binary password date date-time duration email hostname ipv4 ipv6 json-pointer regex time uri"
    numbers = "double float int32 int64"

    assert list(REGISTRY) == sorted([*ours, *texts.split(), *numbers.split(), "uri-reference", "uuid"])


def test_the_registry_is_immutable() -> None:
    """Nobody adds a format at run time."""
    with pytest.raises(TypeError):
        REGISTRY["new"] = CONTESTED  # type: ignore[index]


@pytest.mark.parametrize("each", ANY, ids=_named)
def test_every_valid_value_belongs(each: Format) -> None:
    """`valid` holds at least one value, each once, and only members."""
    assert each.valid
    assert len(set(each.valid)) == len(each.valid)
    assert [value for value in each.valid if not each.check(value)] == []


@pytest.mark.parametrize("each", ANY, ids=_named)
def test_no_near_miss_belongs(each: Format) -> None:
    """`near_misses` holds each value once, and no member."""
    assert len(set(each.near_misses)) == len(each.near_misses)
    assert [value for value in each.near_misses if each.check(value)] == []


@pytest.mark.parametrize("each", ANY, ids=_named)
def test_canonical_is_idempotent_and_stays_inside(each: Format) -> None:
    """A canonical form is its own, belongs to the format that is not contested, and a near miss has none."""
    inside = REGISTRY["ip-address-entry"] if "ip-address-entry" in each.name else each

    assert [each.canonical(each.canonical(v)) for v in each.valid] == [each.canonical(v) for v in each.valid]
    assert all(inside.check(each.canonical(value)) for value in each.valid)


@pytest.mark.parametrize("each", [each for each in ANY if each.builtin], ids=_named)
def test_the_library_agrees_on_what_it_checks_itself(each: Format) -> None:
    """A format marked as built in is decided alike by the validator library."""
    validator = jsonschema_rs.Draft202012Validator({"format": each.name}, validate_formats=True)

    assert all(validator.is_valid(value) for value in each.valid)
    assert not any(validator.is_valid(value) for value in each.near_misses)


def test_checkers_are_what_the_library_takes() -> None:
    """A schema may name every text format, ours and the built-in ones alike."""
    for each in [each for each in ANY if each.applies_to == "string"]:
        schema = {"type": "string", "format": each.name}
        validator = jsonschema_rs.Draft202012Validator(schema, formats=formats.checkers(), validate_formats=True)

        assert all(validator.is_valid(value) for value in each.valid)
        assert not any(validator.is_valid(value) for value in each.near_misses)


@pytest.mark.parametrize("name", ["iri", "idn-email", "uri-template"])
def test_foreign_formats_are_annotations(name: str) -> None:
    """A format that the registry does not know refuses nothing, also where the library would check it."""
    schema = {"format": name}

    assert not jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid("{")
    assert jsonschema_rs.Draft202012Validator(schema, validate_formats=True, formats=formats.checkers()).is_valid("{")


def test_functions_are_these() -> None:
    """Rules call functions by name: none may vanish unnoticed."""
    expected = "distinctEntries ipVersion isMixedRange isReversedRange sameEntries sameMembers utc"

    assert sorted(formats.functions()) == expected.split()


@pytest.mark.parametrize(
    "value",
    [None, True, 7, 1.5, "", "x", [], [None, 1, {}], {}, {"a": 1}, b"x", pytest.param(object(), id="object")],
    ids=repr,
)
def test_functions_answer_for_everything(value: object) -> None:
    """No function raises, whatever it is given."""
    functions: Mapping[str, object] = formats.functions()
    two = ("sameEntries", "sameMembers")

    for name, call in functions.items():
        assert callable(call)
        answer = call(value, [value]) if name in two else call(value)
        assert isinstance(answer, bool | int | float)


def test_importing_is_cheap() -> None:
    """Neither Hypothesis nor the validator library is loaded before it is used."""
    program = "import sys, conformance.formats; print({'hypothesis', 'jsonschema_rs'} & set(sys.modules))"

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "set()"
