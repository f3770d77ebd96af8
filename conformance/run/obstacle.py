"""Obstacles: why the first valid request of an operation is not accepted, for the user to mend or for the target."""

from __future__ import annotations

from conformance.cases.case import Document, described
from conformance.contract.expression import context
from conformance.contract.operation import Contract, Operation
from conformance.judge.outcome import Block
from conformance.judge.refusal import unsettled
from conformance.judge.step import Step
from conformance.strict_json import NOT_JSON

_UNSETTLED = {404: "does not know something", 410: "has no longer something", 409: "has something already"}


def obstacle(contract: Contract, operation: Operation, step: Step, *, spoke: bool) -> Block:
    """What keeps an operation from being tried; `spoke`: the target has answered as an API, so its URL is right."""
    reason, detail = _reason(contract, operation, step, spoke=spoke)
    return Block(reason, f"{operation.id}: {detail}", reason != "valid-request-refused")


def _reason(contract: Contract, operation: Operation, step: Step, *, spoke: bool) -> tuple[str, str]:
    status = step.status
    if _refuses_credential(operation, status):
        return "credential-refused", _about_credential(operation)
    if _says_unpublished(contract, step):
        return "not-published", "the target does not offer this API at all"
    if status == 404 and _named_by_path(operation):
        detail = "the target does not know what the fixtures name; give existing ones with --fixture NAME=VALUE"
        return "fixture-unknown", detail if spoke else f"{detail}, or a --url whose API is at {operation.path}"
    if unsettled(operation, status):
        said = _UNSETTLED.get(status, "is in no state for something")
        return "state", f"the target {said} that a valid request names; give an example that fits"
    if 300 <= status < 400 and str(status) in operation.answers:
        return "redirected", f"the target answers {status}, as documented; what lies behind it is not judged"
    if 300 <= status < 400 and not spoke:
        location = step.headers.get("location", "elsewhere")
        return "redirected", f"the target redirects to {location}; give the final URL"
    if step.exchange.failure is not None:
        return "no-answer", step.exchange.failure.detail
    where = f"; is the API at {operation.path}?" if status == 404 and not spoke else ""
    return "valid-request-refused", f"a valid request is answered with {status}{where}"


def unlike(contract: Contract, operation: Operation, variant: str, said: Document, seen: Document) -> list[str]:
    """What a fixture is seen to be, and was not said to be; `variant` is empty for the plain one."""
    named = [str(parameter.fixture) for parameter in operation.parameters]
    found = []
    for member, value in said.items():
        if seen.get(member, value) != value:
            fixture = variant or next(n for n in named if member in contract.fixtures.get(n, {}).get("self", {}))
            found.append(f"{fixture} has {member} {described(seen[member])}, where {described(value)} is needed")
    return found


def _about_credential(operation: Operation) -> str:
    if not operation.security:
        return "the target wants a credential, and the contract names no security scheme by which to send the --token"
    word = next((s.kind.capitalize() for s in operation.security if s.kind in ("bearer", "basic")), "")
    without = f", without the word {word}, which is put before it" if word else ""
    return f"the target refuses the credential; give the right --token{without}"


def is_final(operation: Operation, step: Step) -> bool:
    """Whether a refusal is that of any request: for its credential, or for what its path names."""
    return step.status == 401 or (step.status == 404 and _named_by_path(operation))


def is_page(operation: Operation, step: Step) -> bool:
    """Whether what answers is a web page where the API offers none."""
    offered = any("html" in media for answer in operation.answers.values() for media in answer.content)
    return not offered and "html" in step.headers.get("content-type", "") and step.body is NOT_JSON


def _refuses_credential(operation: Operation, status: int) -> bool:
    asked = status in (401, 403) and not (operation.public and not operation.security)
    return asked and (status == 401 or not operation.anonymous)


def _says_unpublished(contract: Contract, step: Step) -> bool:
    response = {"status": step.status, "body": None if step.body is NOT_JSON else step.body, "header": step.headers}
    unpublished = contract.unpublished
    return unpublished is not None and unpublished.holds(context({"response": response})) is True


def _named_by_path(operation: Operation) -> bool:
    """Whether the path names a thing that the target may not know."""
    return any(parameter.fixture for parameter in operation.parameters)
