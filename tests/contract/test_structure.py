"""Laws of documents that cannot be read: the place that is not OpenAPI is named, and no defect of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.contract import read_contract
from conformance.contract.document import load
from conformance.contract.structure import flaw
from conformance.errors import ContractError

ANSWERED = "responses: {'200': {description: It.}}"


def written(folder: Path, rest: str, operation: str = ANSWERED, version: str = "3.1.0") -> Path:
    """A document of one operation."""
    path = folder / "odd.yaml"
    head = f"openapi: {version}\ninfo: {{title: T, version: '1'}}\n"
    path.write_text(f"{head}{rest}paths:\n  /a:\n    get: {{{operation}}}\n")
    return path


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_text_in_the_place_of_a_list(tmp_path: Path, version: str) -> None:
    """The line and the reason are those of the place at fault."""
    with pytest.raises(ContractError) as caught:
        read_contract(written(tmp_path, "servers: nothing\n", version=version))

    assert caught.value.line == 3
    assert caught.value.reason == 'not OpenAPI: "nothing" is not of type "array"'


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("{allOf: {type: string}}", "`allOf` is a list of schemas, of one at least"),
        ("{anyOf: []}", "`anyOf` is a list of schemas, of one at least"),
        ("{properties: [a]}", "`properties` holds schemas by name"),
        ("{type: string, format: 5}", "`format` cannot be 5"),
        ("{nullable: true, type: {type: string}}", '`type` cannot be {"type": "string"}'),
    ],
)
def test_a_keyword_that_holds_something_else(tmp_path: Path, schema: str, said: str) -> None:
    """It is an error of the document, with its line, not of whoever makes requests of it."""
    operation = f"parameters: [{{name: a, in: query, schema: {schema}}}], {ANSWERED}"

    with pytest.raises(ContractError) as caught:
        read_contract(written(tmp_path, "", operation, version="3.0.3"))

    assert (caught.value.reason, caught.value.line) == (said, 5)


def test_what_breaks_the_validator_too(tmp_path: Path) -> None:
    """A document that nobody can follow is refused all the same."""
    odd = "responses: {'200': {description: It., content: text}}"

    with pytest.raises(ContractError, match="not OpenAPI"):
        read_contract(written(tmp_path, "", odd))


def test_a_good_document_has_no_flaw(tmp_path: Path) -> None:
    """Where the document is right, the error is another's."""
    assert flaw(load(written(tmp_path, ""))) is None
