"""The generated client beside the contract: which module and which model belong to an operation."""

from __future__ import annotations

import importlib
import json
import pkgutil
from typing import Any, get_args, get_type_hints

import huaweicloud_addresses
from huaweicloud_addresses import AuthenticatedClient
from hypothesis.strategies import SearchStrategy
from openapi_python_client.strings import snake_case

from conformance import formats
from conformance.bundled import bundled_contract
from conformance.contract import read_contract
from conformance.emulator import FIXTURES, TOKEN
from conformance.generation import strategy

OPERATIONS = read_contract(bundled_contract()).operations
WITH_BODY = tuple(name for name, operation in OPERATIONS.items() if operation.body is not None)
FORMATS = {name: formats.strategy(each) for name, each in formats.REGISTRY.items()}
MODULES = {
    module.name.rpartition(".")[2]: module.name
    for module in pkgutil.walk_packages(huaweicloud_addresses.__path__, "huaweicloud_addresses.")
}


def values(schema: Any) -> SearchStrategy[Any]:
    """What a schema of the contract admits."""
    found = strategy(schema, FORMATS)
    assert found is not None
    assert not found.is_empty
    return found


def bodies(operation: str) -> SearchStrategy[Any]:
    """The request bodies that an operation admits."""
    body = OPERATIONS[operation].body
    assert body is not None
    return values(body.schema)


def example(operation: str) -> dict[str, Any]:
    """The first documented body of an operation as an argument of its call; no argument if it has none."""
    body = OPERATIONS[operation].body
    return {"body": model(operation).from_dict(body.examples[0])} if body else {}


def api(operation: str) -> Any:
    """The generated module of an operation."""
    return importlib.import_module(MODULES[snake_case(operation)])


def model(operation: str) -> Any:
    """The generated class of an operation's body."""
    declared = get_type_hints(api(operation).sync_detailed)["body"]
    (found,) = (each for each in (declared, *get_args(declared)) if hasattr(each, "from_dict"))
    return found


def client_of(url: str, token: str = TOKEN) -> AuthenticatedClient:
    """A client that sends its token as the contract says, and raises for a status that it does not document."""
    return AuthenticatedClient(
        url, token=token, prefix="", auth_header_name="X-Auth-Token", raise_on_unexpected_status=True
    )


def call(operation: str, client: AuthenticatedClient, **arguments: Any) -> Any:
    """Calls an operation on the emulator's resources, if no others are named."""
    parameters = OPERATIONS[operation].parameters
    path = {each.name: FIXTURES[each.fixture] for each in parameters if each.fixture}
    return api(operation).sync_detailed(**{**path, **arguments}, client=client)


def canonical(value: Any) -> str:
    """A JSON value as a text, equal for equal values: numbers by value, booleans no numbers, members in any order."""
    return json.dumps(_numbers_by_value(value), sort_keys=True)


def _numbers_by_value(value: Any) -> Any:
    match value:
        case dict():
            return {key: _numbers_by_value(item) for key, item in value.items()}
        case list():
            return [_numbers_by_value(item) for item in value]
        case float() if value.is_integer():
            return int(value)
    return value
