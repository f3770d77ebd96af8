"""Laws of the generated client's place: what is generated is written, compared byte by byte, and never partial."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.client import faithful, regenerate, stale
from conformance.errors import ContractError

CONTRACT = """
openapi: 3.1.0
info: {title: Toy Shop, version: "1"}
paths:
  /things/{id}:
    put:
      operationId: updateThing
      tags: [thing]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object, properties: {name: {type: string}}}
      responses:
        "204": {description: done}
"""


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """A contract of one operation."""
    path = tmp_path / "openapi.yaml"
    path.write_text(CONTRACT)
    return path


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder for clients."""
    path = tmp_path / "clients"
    path.mkdir()
    return path


def test_what_was_just_generated_is_not_stale(contract: Path, output: Path) -> None:
    """Generating twice gives the same bytes, in a typed package named after the contract's title."""
    regenerate(contract, output)

    assert stale(contract, output) == []
    assert (output / "toy_shop_client" / "py.typed").is_file()


def test_each_departure_is_named(contract: Path, output: Path) -> None:
    """A changed, a missing and a superfluous file are stale; generating again mends all three."""
    regenerate(contract, output)
    package = output / "toy_shop_client"
    (package / "types.py").write_text("changed\n")
    (package / "errors.py").unlink()
    (package / "left_over.py").touch()

    names = stale(contract, output)
    regenerate(contract, output)

    assert names == [f"toy_shop_client/{name}.py" for name in ("errors", "left_over", "types")]
    assert stale(contract, output) == []


def test_a_changed_contract_makes_the_client_stale(contract: Path, output: Path) -> None:
    """A new member of a body is noticed in the file that it belongs to."""
    regenerate(contract, output)
    contract.write_text(CONTRACT.replace("name: {type: string}", "name: {type: string}, size: {type: integer}"))

    assert stale(contract, output) == ["toy_shop_client/models/update_thing_body.py"]


def test_a_client_that_was_never_generated_is_stale(contract: Path, output: Path) -> None:
    """Nothing at all is as stale as it gets, and looking writes nothing."""
    names = stale(contract, output)

    assert "toy_shop_client/__init__.py" in names
    assert list(output.iterdir()) == []


def test_the_folder_may_name_the_package(contract: Path, output: Path) -> None:
    """A `generator.yaml` beside the packages is the generator's configuration."""
    (output / "generator.yaml").write_text("package_name_override: shop\n")

    regenerate(contract, output)

    assert (output / "shop" / "api" / "thing" / "update_thing.py").is_file()
    assert stale(contract, output) == []


def test_nothing_of_the_contract_is_skipped(contract: Path, output: Path) -> None:
    """What the generator would leave out with a warning is an error that names it, and nothing is written."""
    contract.write_text(CONTRACT.replace("application/json", "application/cbor"))

    with pytest.raises(ContractError) as caught:
        regenerate(contract, output)

    assert "application/cbor" in caught.value.message
    assert str(contract) in caught.value.message
    assert list(output.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "no such file"),
        ("title: no contract", "not an OpenAPI"),
        ("openapi: 3.1.0", "the client would be incomplete"),
    ],
    ids=["no file", "no contract", "a contract without paths"],
)
def test_no_contract_is_an_error_of_its_reader(text: str | None, reason: str, tmp_path: Path, output: Path) -> None:
    """A file that is not an OpenAPI document is refused, not half-generated."""
    path = tmp_path / "openapi.yaml"
    if text is not None:
        path.write_text(text)

    with pytest.raises(ContractError, match=reason):
        regenerate(path, output)


def test_the_generator_is_told_nothing_that_changes_a_value() -> None:
    """Defaults and formats that rewrite a text are kept from the generator wherever a schema stands, names are not."""
    told = {"type": "string", "format": "uuid", "default": "x"}
    spared = {"type": "string"}
    kept = {"type": "string", "format": "binary", "maxLength": 3}

    document = faithful(
        {
            "components": {"schemas": {"A": {"properties": {"default": told, "format": kept}, "items": told}}},
            "paths": {"/a": {"put": {"parameters": [{"name": "id", "schema": told}], "responses": {"default": {}}}}},
        }
    )

    assert document["components"] == {
        "schemas": {"A": {"properties": {"default": spared, "format": kept}, "items": spared}}
    }
    assert document["paths"]["/a"]["put"] == {
        "parameters": [{"name": "id", "schema": spared}],
        "responses": {"default": {}},
    }


def test_text_beside_json_is_not_read_as_json(contract: Path, output: Path) -> None:
    """An answer that is documented as JSON and as text is parsed as what it says it is."""
    described = "content: {application/json: {schema: {type: object}}, text/plain: {schema: {type: string}}}"
    contract.write_text(CONTRACT.replace("description: done", f"description: done, {described}"))

    regenerate(contract, output)

    module = (output / "toy_shop_client" / "api" / "thing" / "update_thing.py").read_text()
    assert 'if response.headers.get("Content-Type", "").lower().startswith("text/"):' in module
