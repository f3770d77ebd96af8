"""Small OpenAPI documents as data, for the tests of the engine, and how they are read."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

from conformance.cases.host import Hosts
from conformance.contract import Contract, Operation
from conformance.contract.document import Document
from conformance.contract.extension import contract_of

JSON = "application/json"
OK = {"200": {"description": "Done."}}


def read(document: dict[str, Any]) -> Contract:
    """The contract of a document that stands in no file."""
    path = Path("/toys/toy.yaml")
    root = copy.deepcopy(document)
    return contract_of(Document(path, root, {path: root}))


def described(paths: dict[str, Any], *, openapi: str = "3.1.0", **root: Any) -> dict[str, Any]:
    """A document of these paths."""
    return {"openapi": openapi, "info": {"title": "Toy", "version": "1"}, "paths": paths, **root}


def posting(schema: Any, *, openapi: str = "3.1.0", components: Any = None, **operation: Any) -> dict[str, Any]:
    """A document of one operation, `make`, that posts a JSON body of this schema."""
    body = {"required": True, "content": {JSON: {"schema": schema}}}
    made = {"operationId": "make", "requestBody": body, "responses": OK, **operation}
    return described({"/things": {"post": made}}, openapi=openapi, components={"schemas": components or {}})


def answering(schema: Any, *, openapi: str = "3.1.0", components: Any = None, **answer: Any) -> dict[str, Any]:
    """A document of one operation, `show`, that gets a JSON body of this schema."""
    said = {"200": {"description": "It.", "content": {JSON: {"schema": schema}}, **answer}}
    made = {"operationId": "show", "responses": said}
    return described({"/thing": {"get": made}}, openapi=openapi, components={"schemas": components or {}})


def asking(*parameters: dict[str, Any], path: str = "/things", **operation: Any) -> dict[str, Any]:
    """A document of one operation, `find`, with these parameters."""
    made = {"operationId": "find", "parameters": list(parameters), "responses": OK, **operation}
    return described({path: {"get": made}})


def only_operation(document: dict[str, Any]) -> Operation:
    """The one operation of a document."""
    (operation,) = read(document).operations.values()
    return operation


def hosts_of(document: dict[str, Any]) -> Hosts:
    """The hosts of the one operation of a document."""
    contract = read(document)
    (operation,) = contract.operations.values()
    return Hosts(contract, operation, {}, {}, {})


CARD: dict[str, Any] = {
    "type": "object",
    "required": ["title", "kind"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "minLength": 2, "maxLength": 8, "pattern": "^[a-z-]+$"},
        "kind": {"type": "string", "enum": ["plain", "fancy"]},
        "copies": {"type": "integer", "minimum": 1, "maximum": 12},
        "weight": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 10, "multipleOf": 0.5},
        "sealed": {"type": "boolean"},
        "owner": {"type": "string", "format": "uuid"},
        "address": {"type": "string", "format": "ip-address-entry"},
        "note": {"type": ["string", "null"], "maxLength": 10},
        "tags": {
            "type": "array",
            "minItems": 1,
            "maxItems": 4,
            "uniqueItems": True,
            "items": {"type": "string", "maxLength": 5},
        },
        "lines": {
            "type": "array",
            "maxItems": 6,
            "items": {
                "type": "object",
                "required": ["text"],
                "properties": {"text": {"type": "string", "maxLength": 3}, "size": {"type": "integer"}},
            },
        },
        "labels": {"type": "object", "maxProperties": 2, "additionalProperties": {"type": "string", "maxLength": 4}},
        "place": {
            "oneOf": [
                {
                    "title": "shelf",
                    "type": "object",
                    "required": ["row"],
                    "properties": {"row": {"type": "integer", "minimum": 0}},
                    "additionalProperties": False,
                },
                {
                    "title": "box",
                    "type": "object",
                    "required": ["box"],
                    "properties": {"box": {"type": "string", "minLength": 1}},
                    "additionalProperties": False,
                },
            ]
        },
    },
}
"""A body with nearly every keyword once."""

CARDS = described(
    {
        "/boxes/{box}/cards": {
            "post": {
                "operationId": "addCard",
                "parameters": [
                    {
                        "name": "box",
                        "in": "path",
                        "required": True,
                        "example": "b-7",
                        "schema": {"type": "string", "pattern": "^b-[0-9]+$", "maxLength": 6},
                    },
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 50}},
                    {"name": "X-Lang", "in": "header", "required": True, "schema": {"enum": ["de", "en"]}},
                ],
                "requestBody": {"required": True, "content": {JSON: {"schema": CARD}}},
                "responses": {
                    "201": {
                        "description": "Added.",
                        "content": {JSON: {"schema": {"type": "object", "required": ["id"]}}},
                    },
                    "400": {"description": "Invalid."},
                    "404": {"description": "No such box."},
                },
            }
        }
    }
)
"""One operation without any extension."""

SHELVES: dict[str, Any] = yaml.safe_load("""
openapi: 3.1.0
info: {title: Shelves, version: "1"}
servers: [{url: "http://localhost/v1"}]
security: [{key: []}]
x-conformance:
  version: 1
  documents: {manual: {title: Manual}}
  readings: {R1: {level: contested, text: whether a name may have a period}}
  fixtures:
    shelf: {text: a shelf to be changed, self: {room: 3}}
    shelf.spare: {text: another one, self: {room: 3}}
  settings: {stock: {default: 3, text: how many books there are}}
  states:
    shelf:
      fixture: shelf
      observe: [{operation: showShelf, value: response.body}]
      restore:
        operation: changeShelf
        request: "{'body': {'name': self.name, 'books': self.books}}"
  refusal: {invalid: [400], authentication: [401], unknown: [404], malformed: [400, 404], method: [405]}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Shelf:
      type: object
      required: [name, books, room, touched]
      properties:
        name: {type: string, maxLength: 8}
        books: {type: array, items: {type: string}}
        room: {type: integer}
        touched: {type: integer, minimum: 0}
  responses:
    Refused:
      description: No.
      content:
        application/json:
          schema: {type: object, required: [error], properties: {error: {type: string, minLength: 1}}}
paths:
  /shelves/{shelf}:
    parameters:
      - {name: shelf, in: path, required: true, schema: {type: string, pattern: "^[a-z]+-[0-9]+$"}}
    get:
      operationId: showShelf
      responses:
        "200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}}
        "401": {$ref: "#/components/responses/Refused"}
        "404": {$ref: "#/components/responses/Refused"}
    put:
      operationId: changeShelf
      requestBody:
        required: true
        content:
          application/json:
            example: {name: novels, books: [emma]}
            schema:
              type: object
              additionalProperties: false
              properties:
                name:
                  type: string
                  minLength: 1
                  maxLength: 8
                  pattern: "^[a-z.]+$"
                  x-conformance:
                    source: {document: manual, table: Table 1, field: name}
                    contested:
                      - id: dotted
                        reading: R1
                        text: a name with a period
                        schema: {type: string, pattern: "[.]"}
                        examples: [a.b]
                books: {type: array, maxItems: 6, uniqueItems: true, items: {type: string, minLength: 1, maxLength: 9}}
                dry_run: {type: boolean}
      responses:
        "200": {description: It is so., content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}}
        "202": {description: It could be so.}
        "400": {$ref: "#/components/responses/Refused"}
        "401": {$ref: "#/components/responses/Refused"}
        "404": {$ref: "#/components/responses/Refused"}
      x-conformance:
        effect: changes
        state: shelf
        shows: response.body
        dry_run: {request: {body: {dry_run: true}}, "off": {body: {dry_run: false}}, status: 202}
        becomes:
          - {member: name, when: /body/name, value: request.body.name}
          - {member: books, when: /body/books, value: request.body.books, unordered: true}
        free: [touched]
        requires:
          - id: fits
            source: {document: manual, table: Table 2}
            pointer: /body/books
            text: no more books than the shelf has room for
            rule: "!has(request.body.books) || size(request.body.books) <= self.room"
            satisfied: [{request: {body: {books: [a, b, c]}}, self: {room: 3}}]
            violated: [{request: {body: {books: [a, b, c, d]}}, self: {room: 3}}]
        ensures:
          - id: touched-moves
            text: every change is counted
            when: "has(oldSelf.touched)"
            rule: "self.touched > oldSelf.touched"
            satisfied: [{self: {touched: 2}, oldSelf: {touched: 1}}]
            violated: [{self: {touched: 1}, oldSelf: {touched: 1}}]
""")
"""A shelf that is looked at and changed: state, rehearsal, rules, a contested zone."""
SHELF_RULES = ("paths", "/shelves/{shelf}", "put", "x-conformance", "requires")
OPEN: dict[str, Any] = {
    "id": "open",
    "source": {"document": "manual"},
    "pointer": "/body",
    "text": "a shelf without room is closed",
    "rule": "self.room > 0",
    "satisfied": [{"self": {"room": 3}}],
    "violated": [{"self": {"room": 0}, "fixture": {"shelf": "full"}}],
}
BOOKS_GIVEN: dict[str, Any] = {
    "id": "books-given",
    "level": "contested",
    "source": {"document": "manual"},
    "pointer": "/body",
    "text": "books are given",
    "rule": "has(request.body.books)",
    "satisfied": [{"request": {"body": {"books": ["a"]}}, "self": {"room": 3}}],
    "violated": [{"request": {"body": {"name": "a"}}, "self": {"room": 3}}],
}
"""A contested rule for it: what stands beside a member may have to be given."""


def changed(document: dict[str, Any], value: Any, *path: str | int) -> dict[str, Any]:
    """A copy of a document with another value at a path."""
    result = copy.deepcopy(document)
    node: Any = result
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = value
    return result
