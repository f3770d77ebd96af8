"""Laws of finding the operation of a request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance import suite
from conformance.contract.router import Router

ANY = next(iter(suite.load().operations.values()))


def router(*described: str) -> Router:
    """A router of operations given as METHOD PATH."""
    return Router(
        replace(ANY, id=each, method=each.split()[0], path=each.split()[1], parameters=()) for each in described
    )


@pytest.mark.parametrize(
    ("request_line", "operation", "path"),
    [
        ("GET /a", "GET /a", {}),
        ("GET /a?b=/c", "GET /a", {}),
        ("GET /a/1", "GET /a/{id}", {"id": "1"}),
        ("GET /a/mine", "GET /a/mine", {}),
        ("PUT /a/mine", "PUT /a/{id}", {"id": "mine"}),
        ("GET /a/mine/b", "GET /a/{id}/b", {"id": "mine"}),
        ("GET /a/x%2Fy%20z", "GET /a/{id}", {"id": "x/y z"}),
        ("GET /f/report.json", "GET /f/{name}.json", {"name": "report"}),
        ("GET /f/1-2", "GET /f/{low}-{high}", {"low": "1", "high": "2"}),
        ("GET /f/plain", "GET /f/{name}", {"name": "plain"}),
        ("PUT /f/plain", "PUT /f/{other}", {"other": "plain"}),
        ("GET /", "GET /", {}),
        ("GET /gr%C3%B6%C3%9Fe", "GET /größe", {}),
        ("GET /b%20c", "GET /b%20c", {}),
        ("GET /d?kind=x", "GET /d?kind=x", {}),
        ("GET /e", "GET /e#part", {}),
    ],
)
def test_described(request_line: str, operation: str, path: dict[str, str]) -> None:
    """Literal segments come before templates, and a template that leads nowhere is left again."""
    found = router(
        "GET /f/{name}.json", "GET /f/{low}-{high}", "GET /f/{name}", "PUT /f/{other}", "GET /a", "GET /a/{id}",
        "GET /a/mine", "PUT /a/{id}", "GET /a/{id}/b", "GET /", "GET /größe", "GET /b%20c",
        "GET /d?kind=x", "GET /e#part",
    ).match(*request_line.split())  # fmt: skip

    assert found is not None
    assert (found.operation.id, found.path) == (operation, path)


@pytest.mark.parametrize(
    "request_line", ["POST /a", "GET /a/", "GET /a/1/c", "GET /b", "GET /a/1/b/", "GET //a", "GET a"]
)
def test_not_described(request_line: str) -> None:
    """Another method or path is another request, and no parameter of a path is empty."""
    assert router("GET /a", "GET /a/{id}", "GET /a/{id}/b").match(*request_line.split()) is None
