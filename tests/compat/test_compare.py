"""Laws of comparing two contracts: each rule with a change that breaks callers and a twin that does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.compat.contracts import OK, answer, body, compared, document, query, verdict_of

TEXT: dict[str, Any] = {"type": "string"}
BED: dict[str, Any] = {"type": "object", "properties": {"name": {**TEXT, "maxLength": 9}, "area": {"type": "integer"}}}
NAMED = {**BED, "required": ["name"]}
LONGER = {**BED, "properties": {**BED["properties"], "name": {**TEXT, "maxLength": 10}}}
FEWER = {**BED, "properties": {"name": BED["properties"]["name"]}}
CALLERS, SERVERS, FINE, OPEN = "breaking for callers", "breaking for servers", "compatible", "undecided"
SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "same": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "flow": {"type": "oauth2", "flows": {}},
}

PAIRS: list[tuple[str, Any, Any, str, str]] = [
    # what, old, new, verdict, verdict of the way back
    ("request limit", body(BED), body(LONGER), SERVERS, CALLERS),
    ("request member needed", body(BED), body(NAMED), CALLERS, SERVERS),
    ("request member dropped", body(BED), body(FEWER), CALLERS, SERVERS),
    ("body needed", body(BED, required=False), body(BED), CALLERS, SERVERS),
    ("body dropped", body(BED), {}, CALLERS, CALLERS),
    ("body's media type", body(BED), body(BED, media_type="text/yaml"), CALLERS, CALLERS),
    ("body's media range", body(BED), body(BED, media_type="*/*"), FINE, CALLERS),
    (
        "parameter needed",
        query({"name": "q", "schema": TEXT}),
        query({"name": "q", "required": True, "schema": TEXT}),
        CALLERS,
        SERVERS,
    ),
    ("parameter added", {}, query({"name": "q", "schema": TEXT}), SERVERS, CALLERS),
    (
        "parameter moved",
        query({"name": "q", "schema": TEXT}),
        {"parameters": [{"in": "header", "name": "q", "schema": TEXT}]},
        CALLERS,
        CALLERS,
    ),
    (
        "number as text",
        query({"name": "q", "schema": {"type": "integer"}}),
        query({"name": "q", "schema": TEXT}),
        SERVERS,
        CALLERS,
    ),
    (
        "one as a list",
        query({"name": "q", "schema": {"type": "integer"}}),
        query({"name": "q", "schema": {"type": "array", "items": {"type": "integer"}}}),
        SERVERS,
        CALLERS,
    ),
    (
        "style",
        query({"name": "q", "schema": {"type": "array", "items": TEXT}}),
        query({"name": "q", "explode": False, "schema": {"type": "array", "items": TEXT}}),
        CALLERS,
        CALLERS,
    ),
    ("answer limit", answer(LONGER), answer(BED), SERVERS, CALLERS),
    ("answer member kept", answer(BED), answer(NAMED), SERVERS, CALLERS),
    ("answer member dropped", answer(BED), answer(FEWER), CALLERS, FINE),
    ("answer's media type", answer(BED), answer(BED, media_type="text/yaml"), CALLERS, CALLERS),
    (
        "success added",
        answer(BED),
        {"responses": {**answer(BED)["responses"], "202": {"description": "later"}}},
        CALLERS,
        CALLERS,
    ),
    ("refusal added", {"responses": OK}, {"responses": {**OK, "409": {"description": "no"}}}, FINE, FINE),
    ("range for a status", answer(BED), answer(BED, status="2XX"), CALLERS, CALLERS),
    ("credential needed", {}, {"security": [{"key": []}]}, CALLERS, SERVERS),
    ("credential renamed", {"security": [{"key": []}]}, {"security": [{"same": []}]}, FINE, FINE),
    (
        "another scope",
        {"security": [{"flow": ["read"]}]},
        {"security": [{"flow": ["read", "write"]}]},
        CALLERS,
        SERVERS,
    ),
    ("another way in", {"security": [{"key": []}]}, {"security": [{"key": []}, {"flow": []}]}, SERVERS, CALLERS),
    ("words", {"summary": "one", **body(BED)}, {"summary": "two", **body({**BED, "title": "Bed"})}, FINE, FINE),
    ("an unknown format", body(TEXT), body({**TEXT, "format": "licence-plate"}), OPEN, FINE),
]


@pytest.mark.parametrize(("old", "new", "there", "back"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS])
def test_verdicts(tmp_path: Path, old: Any, new: Any, there: str, back: str) -> None:
    """A change has a verdict of its own in each direction."""
    one, two = (document(operation, components={"securitySchemes": SCHEMES}) for operation in (old, new))

    assert verdict_of(tmp_path, one, two) == there
    assert verdict_of(tmp_path, two, one) == back


def test_a_request_witness_shows_it(tmp_path: Path) -> None:
    """The witness satisfies the old schema and not the new one, and the requirement that refuses it is named."""
    (finding,) = (
        f for f in compared(tmp_path, document(body(LONGER)), document(body(BED))).findings if f.verdict == CALLERS
    )

    assert finding.witness is not None
    sent = finding.witness.value["body"]
    assert jsonschema_rs.is_valid(LONGER, sent)
    assert not jsonschema_rs.is_valid(BED, sent)
    assert (finding.place, finding.keyword) == ("request body.name", "maxLength")
    assert finding.requirements == ("makeBed/request/body/name/maxLength",)


def test_an_answer_witness_shows_it(tmp_path: Path) -> None:
    """The witness satisfies the new schema and not the old one, whose promise is named."""
    (finding,) = (
        f for f in compared(tmp_path, document(answer(NAMED)), document(answer(BED))).findings if f.verdict == CALLERS
    )

    assert finding.witness is not None
    came = finding.witness.value["body"]
    assert jsonschema_rs.is_valid(BED, came)
    assert not jsonschema_rs.is_valid(NAMED, came)
    assert finding.requirements == ("makeBed/response/200/body/name/required",)


def test_operations(tmp_path: Path) -> None:
    """A removed operation breaks callers, an added one nobody; names of path parameters are nobody's business."""

    def one(path: str, name: str) -> dict[str, Any]:
        parameter = {"in": "path", "name": name, "required": True, "schema": TEXT}
        return {path: {"get": {"responses": OK, "parameters": [parameter]}}}

    first, second = one("/beds/{id}", "id"), one("/beds/{bed}", "bed")
    both = {**second, **one("/crops/{id}", "id")}
    contracts = [{**document(), "paths": paths} for paths in (first, second, both)]

    assert verdict_of(tmp_path, contracts[0], contracts[1]) == FINE
    assert compared(tmp_path, contracts[0], contracts[2]).added == ("GET /crops/{id}",)
    assert verdict_of(tmp_path, contracts[0], contracts[2]) == FINE
    assert [f.keyword for f in compared(tmp_path, contracts[2], contracts[0]).findings] == ["removed"]


def test_the_base_path_belongs_to_the_path(tmp_path: Path) -> None:
    """Another host is another server of the same contract; another base path moves every operation."""
    here, there, moved = (
        {**document(), "servers": [{"url": url}]}
        for url in ("https://a.example/v1", "https://b.example/v1", "https://a.example/v2")
    )

    assert verdict_of(tmp_path, here, there) == FINE
    assert [f.keyword for f in compared(tmp_path, here, moved).findings] == ["moved"]


def test_a_reference_is_what_it_leads_to(tmp_path: Path) -> None:
    """A schema inlined, and one of 3.0 spelled as one of 3.1, are the same contract."""
    inlined = document(body({"type": "object", "properties": {"name": {"type": ["string", "null"]}}}))
    nullable = {"type": "object", "properties": {"name": {"type": "string", "nullable": True}}}
    referring = {
        **document(body({"$ref": "#/components/schemas/Bed"})),
        "openapi": "3.0.3",
        "components": {"schemas": {"Bed": nullable}},
    }

    assert verdict_of(tmp_path, inlined, referring) == FINE
    assert verdict_of(tmp_path, referring, inlined) == FINE


def test_recursion(tmp_path: Path) -> None:
    """A schema that leads back to itself is compared as deep as it goes."""

    def tree(longest: int) -> dict[str, Any]:
        node = {
            "type": "object",
            "properties": {
                "name": {**TEXT, "maxLength": longest},
                "below": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
            },
        }
        return document(body({"$ref": "#/components/schemas/Node"}), components={"schemas": {"Node": node}})

    assert verdict_of(tmp_path, tree(5), tree(5)) == FINE
    assert verdict_of(tmp_path, tree(5), tree(6)) == SERVERS
    assert verdict_of(tmp_path, tree(6), tree(5)) == CALLERS


def test_headers_of_answers(tmp_path: Path) -> None:
    """A header that was promised and is optional now breaks callers."""

    def counted(*, required: bool) -> dict[str, Any]:
        header = {"X-Total": {"required": required, "schema": {"type": "integer"}}}
        return document({"responses": {"200": {"description": "so", "headers": header}}})

    assert verdict_of(tmp_path, counted(required=False), counted(required=True)) == SERVERS
    (found,) = (
        f for f in compared(tmp_path, counted(required=True), counted(required=False)).findings if f.verdict == CALLERS
    )
    assert (found.place, found.keyword) == ("answer 200 header.x-total", "required")


def test_webhooks(tmp_path: Path) -> None:
    """An event is sent by the server: more of it is what breaks its receivers."""

    def sending(schema: dict[str, Any]) -> dict[str, Any]:
        return document(webhooks={"grown": {"post": {**body(schema), "responses": OK}}})

    assert verdict_of(tmp_path, sending(LONGER), sending(BED)) == FINE
    assert verdict_of(tmp_path, sending(BED), sending(LONGER)) == CALLERS
    assert verdict_of(tmp_path, sending(BED), document()) == CALLERS
    assert verdict_of(tmp_path, document(), sending(BED)) == FINE
