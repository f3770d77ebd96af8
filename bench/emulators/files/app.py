"""Connexion's mock as a competent user starts it: the token is looked at, and errors have the documented form."""

import json
from pathlib import Path
from typing import Any

import connexion
from connexion.exceptions import ProblemException
from connexion.lifecycle import ConnexionRequest, ConnexionResponse
from connexion.mock import MockResolver


def token(value: str, required_scopes: Any = None) -> dict[str, str] | None:
    """The user behind a token, if there is one."""
    return {"uid": "user"} if value == "conformance-token" else None


def problem(request: ConnexionRequest, error: ProblemException) -> ConnexionResponse:
    """An error's answer as the contract has it, not as a problem document."""
    body = {"error_code": str(error.status), "error_msg": error.detail or error.title}
    return ConnexionResponse(status_code=error.status, content_type="application/json", body=json.dumps(body))


contract = json.loads(Path("openapi.json").read_text())
contract["components"]["securitySchemes"]["Token"]["x-apikeyInfoFunc"] = "app.token"
app = connexion.FlaskApp(__name__)
app.add_api(contract, resolver=MockResolver(mock_all=True), strict_validation=True)
app.add_error_handler(ProblemException, problem)
