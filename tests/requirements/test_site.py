"""Laws of places: reaching, replacing and removing values; which source and level a place inherits."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.requirement import Source
from conformance.requirements.site import (
    drop,
    escape,
    leaves,
    merged,
    parent,
    put,
    reaches,
    rehearses,
    sites,
    unescape,
    values_at,
)
from tests.toy_contracts import SHELVES, read

NAMES = st.text(alphabet="ab/~*01 é", max_size=4)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.text(alphabet="ab", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
CONTAINERS = st.lists(DOCUMENTS, min_size=1, max_size=3) | st.dictionaries(NAMES, DOCUMENTS, min_size=1, max_size=3)
HERE = Source("here")


def paths_of(document: Any) -> list[tuple[str | int, ...]]:
    """The path of every value in a document."""
    steps: list[tuple[str | int, Any]] = []
    if isinstance(document, dict):
        steps = list(document.items())
    elif isinstance(document, list):
        steps = list(enumerate(document))
    return [(), *((key, *rest) for key, child in steps for rest in paths_of(child))]


def pointer_of(path: tuple[str | int, ...]) -> str:
    """The pointer that reaches just this path."""
    return "".join(f"/{escape(str(part))}" for part in path)


@st.composite
def places(draw: st.DrawFn) -> tuple[Any, tuple[str | int, ...]]:
    """A document and the path of a value in it, not that of the whole."""
    document = draw(CONTAINERS)
    return document, draw(st.sampled_from(paths_of(document)[1:]))


@given(NAMES | st.text(max_size=6))
def test_escaped_names_come_back(name: str) -> None:
    """A name and its pointer part are each other's inverse, and the part is neither a step nor a wildcard."""
    part = escape(name)

    assert unescape(part) == name
    assert "/" not in part
    assert "*" not in part


@given(places())
def test_a_pointer_reaches_its_value(place: tuple[Any, tuple[str | int, ...]]) -> None:
    """The pointer of a path reaches the value at that path, and nothing else."""
    document, path = place
    wanted = document
    for part in path:
        wanted = wanted[part]

    assert list(values_at(document, pointer_of(path))) == [(path, wanted)]


@given(DOCUMENTS)
def test_the_empty_pointer_reaches_the_whole(document: Any) -> None:
    """Without a step, a pointer reaches the document itself."""
    assert list(values_at(document, "")) == [((), document)]


@given(places())
def test_a_wildcard_reaches_all_children(place: tuple[Any, tuple[str | int, ...]]) -> None:
    """A wildcard for the last step reaches the value and its siblings, in order, whatever their names."""
    document, path = place
    parent = next(value for found, value in values_at(document, pointer_of(path[:-1])))
    children = list(parent.items() if isinstance(parent, dict) else enumerate(parent))

    found = list(values_at(document, f"{pointer_of(path[:-1])}/*"))

    assert found == [((*path[:-1], key), value) for key, value in children]


@given(DOCUMENTS, st.lists(st.sampled_from(["*", "0", "1", "2", "a", "b", "~1", "~2", "é", ""]), max_size=3))
def test_reaching_is_having_a_value(document: Any, parts: list[str]) -> None:
    """A pointer reaches something exactly where it has values."""
    pointer = "".join(f"/{part}" for part in parts)

    assert reaches(document, pointer) == any(True for _ in values_at(document, pointer))


@pytest.mark.parametrize(
    ("pointer", "values"),
    [
        ("/list/0", ["x"]),
        ("/list/1", [{"a": 1}]),
        ("/list/2", []),
        ("/list/-1", []),
        ("/list/*/a", [1]),
        ("/list/a", []),
        ("/map/0", ["zero"]),
        ("/map/*", ["zero", None]),
        ("/map/a~1b", [None]),
        ("/map/a~1b/c", []),
        ("/text/0", []),
        ("/text/*", []),
        ("/none", []),
    ],
)
def test_what_is_reached(pointer: str, values: list[Any]) -> None:
    """A number is an entry of a list and a member of an object; null is a value; nothing is inside of a text."""
    document = {"list": ["x", {"a": 1}], "map": {"0": "zero", "a/b": None}, "text": "abc"}

    assert [value for _, value in values_at(document, pointer)] == values
    assert reaches(document, pointer) is bool(values)


@given(DOCUMENTS)
def test_a_missing_member_is_not_reached(document: Any) -> None:
    """A pointer to what is not there reaches nothing and raises nothing."""
    assert list(values_at(document, "/missing/*/more")) == []
    assert list(values_at(document, "/17/x")) == []


@given(places(), DOCUMENTS)
def test_what_is_put_stands_there(place: tuple[Any, tuple[str | int, ...]], value: Any) -> None:
    """After `put` the value is at its path, every other value is where it was, and the original is untouched."""
    document, path = place
    before = repr(document)

    after = put(document, path, value)

    assert list(values_at(after, pointer_of(path))) == [(path, value)]
    assert repr(document) == before
    others = [p for p in paths_of(document) if p[: len(path)] != path and path[: len(p)] != p]
    assert all(pair(after, p) == pair(document, p) for p in others)


def pair(document: Any, path: tuple[str | int, ...]) -> list[Any]:
    """What stands at a path."""
    return list(values_at(document, pointer_of(path)))


@given(places())
def test_putting_the_same_changes_nothing(place: tuple[Any, tuple[str | int, ...]]) -> None:
    """A value put where it stands leaves an equal document; put twice is put once."""
    document, path = place
    ((_, value),) = values_at(document, pointer_of(path))

    assert put(document, path, value) == document
    assert put(put(document, path, "x"), path, value) == document


@given(places())
def test_what_is_dropped_is_gone(place: tuple[Any, tuple[str | int, ...]]) -> None:
    """After `drop` the parent has one child less, the others in their order, and the original is untouched."""
    document, path = place
    before = repr(document)
    ((_, parent),) = values_at(document, pointer_of(path[:-1]))

    after = drop(document, path)

    ((_, rest),) = values_at(after, pointer_of(path[:-1]))
    assert repr(document) == before
    if isinstance(parent, dict):
        assert rest == {key: value for key, value in parent.items() if key != path[-1]}
    else:
        assert rest == [value for index, value in enumerate(parent) if index != path[-1]]


def test_put_adds_members_and_items() -> None:
    """A missing member is added with the objects above it, an item behind the last one is appended."""
    assert put({}, ("a", "b"), 1) == {"a": {"b": 1}}
    assert put({"a": [1]}, ("a", 1), 2) == {"a": [1, 2]}
    assert put({"a": [1]}, ("a", 1, "b"), 2) == {"a": [1, {"b": 2}]}
    assert [put({"a": other}, ("a", "b"), 2) for other in (None, "c", 7)] == [{"a": {"b": 2}}] * 3


def test_sites_of_every_applicator() -> None:
    """Each subschema that applies to a part of the value is a site, parents first, with pointer and path."""
    schema = {
        "properties": {"a/b": {"items": {"type": "string"}}, "t": {"prefixItems": [{}, {}]}},
        "additionalProperties": {"type": "integer"},
        "anyOf": [{"title": "One", "properties": {"x": {}}}, {"properties": {"x": {}}}],
        "allOf": [{"properties": {"y": {}}}],
        "if": {"properties": {"z": {}}},
        "then": {"properties": {"z": {}}},
        "not": {"properties": {"w": {}}},
    }

    found = [(site.pointer, site.branch) for site in sites(schema, HERE)]

    assert found == [
        ("", ""),
        ("/a~1b", ""),
        ("/a~1b/*", ""),
        ("/t", ""),
        ("/t/0", ""),
        ("/t/1", ""),
        ("/*", ""),
        ("", ""),
        ("/y", ""),
        ("", "(One)"),
        ("/x", "(One)"),
        ("", "(2)"),
        ("/x", "(2)"),
        ("", "(then)"),
        ("/z", "(then)"),
    ]


def test_paths_lead_to_their_schemas() -> None:
    """The path of a site, followed in the root schema, leads to its schema."""
    schema = {
        "properties": {"a": {"items": {"oneOf": [{"properties": {"b": {"type": "null"}}}]}}},
        "patternProperties": {"^x": {"type": "string", "items": {}}},
        "prefixItems": [{}, {"additionalProperties": {}}],
        "then": {"type": "object"},
    }
    found = list(sites(schema, HERE))

    assert len(found) == 11
    for site in found:
        node: Any = schema
        for part in site.path:
            node = node[part]
        assert node is site.schema


def test_level_and_source_are_inherited() -> None:
    """Source and level hold for everything below, until something says otherwise."""
    stated = {"source": {"document": "Manual", "table": "T"}, "level": "implied"}
    schema = {
        "properties": {
            "a": {"x-conformance": stated, "properties": {"b": {}, "c": {"x-conformance": {"level": "contested"}}}},
            "d": {},
        }
    }

    found = {site.pointer: (site.source.document, site.level) for site in sites(schema, HERE)}

    assert found == {
        "": ("here", "documented"),
        "/a": ("Manual", "implied"),
        "/a/b": ("Manual", "implied"),
        "/a/c": ("Manual", "contested"),
        "/d": ("here", "documented"),
    }


def test_a_patch_stays_what_it_is() -> None:
    """What a patch adds to a document is the document's own: who changes it there changes no other."""
    patch: dict[str, Any] = {"a": {"b": [{"c": []}]}}

    one, other = merged({}, patch), merged({"a": {"d": None}}, patch)
    one["a"]["b"][0]["c"].append(1)

    assert patch == {"a": {"b": [{"c": []}]}}
    assert other == {"a": {"b": [{"c": []}], "d": None}}
    assert merged({"a": {"b": 1}}, {"a": None}) == {"a": None}


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        ({"dry_run": True}, True),
        ({"dry_run": True, "name": "novels"}, True),
        ({"dry_run": 1}, False),
        ({"dry_run": False}, False),
        ({}, False),
        (["dry_run"], False),
    ],
)
def test_what_asks_for_a_rehearsal(body: Any, asks: bool) -> None:
    """A request does that sets what the contract's patch for rehearsals would set, whatever it sets besides."""
    operations = read(SHELVES).operations

    assert rehearses(operations["changeShelf"], {"path": {"shelf": "a-1"}, "body": body}) is asks
    assert not rehearses(operations["showShelf"], {"path": {"shelf": "a-1"}, "body": body})


@given(DOCUMENTS)
def test_the_leaves_of_a_document(document: Any) -> None:
    """They are all that is no array and no object, each where its path leads."""
    found = dict(leaves(document, ("here",)))

    assert all(values == [(path, value)] for path, value in found.items() for values in [reached(document, path)])
    assert len(found) == sum(
        not isinstance(reached(document, ("here", *p))[0][1], dict | list) for p in paths_of(document)
    )


def reached(document: Any, path: tuple[str | int, ...]) -> list[Any]:
    """What a path below `here` leads to."""
    return list(values_at({"here": document}, pointer_of(path)))


@pytest.mark.parametrize(
    ("path", "length"),
    [
        ((), 0),
        (("type",), 0),
        (("properties", "a", "type"), 2),
        (("properties", "items", "items", "required", "if"), 3),
        (("allOf", 0, "then", "not"), 3),
        (("properties", "properties"), 0),
    ],
)
def test_the_schema_around_a_place(path: tuple[str | int, ...], length: int) -> None:
    """It is where the path was before its last keyword; names and numbers lead to no schema of their own."""
    assert parent(path) == path[:length]
