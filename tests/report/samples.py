"""A report with one of everything, made by hand."""

from __future__ import annotations

from dataclasses import replace

from conformance.report import Document, document
from conformance.requirement import Requirement, Source
from conformance.target.secrets import Secrets
from conformance.verdict import Evidence, Opinion, Report, Result, Run, SecondOpinion, Verdict
from conformance.wire import Exchange, Failure, Request, Response

SECRET = "s3cret-token"  # stands in every place that a target or a user can put it

NAME = Requirement(
    id="updateAddressGroup/request/body/address_group/name/maxLength",
    operation="updateAddressGroup",
    side="request",
    pointer="/body/address_group/name",
    keyword="maxLength",
    level="documented",
    source=Source("VPC", "Table 3", "name", "spec/openapi.yaml:120"),
    text="a name has at most 64 characters",
)
IDENTIFIER = replace(
    NAME,
    id="updateAddressGroup/response/200/body/address_group/id/format",
    side="response",
    pointer="/body/address_group/id",
    keyword="format",
    text="the id is a UUID",
)
BOTH_SETS = replace(
    NAME,
    id="updateAddressGroup/contested/both-sets",
    pointer="/body/address_group",
    keyword="both-sets",
    level="contested",
    text="whether both sets may be given at once",
    reading="R5",
)
READY = replace(
    NAME,
    id="modifyInstanceIp/rule/instance-ready",
    operation="modifyInstanceIp",
    pointer="/path/id",
    keyword="instance-ready",
    source=Source("iMetal", "Constraints"),
    text="the instance is ready",
)
JSON_BODY = replace(
    READY,
    id="modifyInstanceIp/protocol/truncated-json",
    side="protocol",
    pointer="",
    keyword="truncated-json",
    level="implied",
    text="a body that is not JSON is refused",
)

RUN = Run(seed=7, profile="standard", started=1_700_000_000.25, seconds=1.5, requests=42, contract="spec/openapi.yaml")


COMMAND = (
    'curl -i -X PUT -H "X-Auth-Token: $CONFORMANCE_TOKEN" -H Content-Type: '
    """-d '{"address_group": {"name": "aaaa"}}' http://127.0.0.1:8080/v3/p/vpc/address-groups/g"""
)


def exchange(
    body: bytes = b'{"address_group": {"name": "aaaa"}}',
    answer: bytes = b'{"token": "s3cret-token"}',
    reason: str = "OK",
) -> Exchange:
    """An update that was answered with 200."""
    request = Request("PUT", "/v3/p/vpc/address-groups/g", (("X-Auth-Token", SECRET),), body)
    return Exchange(request, Response(200, reason, (("Content-Type", "application/json"),), answer), None, 0.0, 0.001)


def no_answer() -> Exchange:
    """An update that was not answered."""
    return replace(exchange(), response=None, failure=Failure("timeout", f"nothing came after 10 s for {SECRET}"))


def evidence(seen: Exchange | None = None, observed: str = "200 OK") -> Evidence:
    """A name that is too long, and accepted."""
    return Evidence("65 characters", "4xx", observed, seen or exchange())


FAILED = Result(NAME, Verdict.FAIL, cases=4, evidence=(evidence(),))
PASSED = Result(IDENTIFIER, Verdict.PASS, cases=9)
NOTED = Result(BOTH_SETS, Verdict.NOTED, cases=2, detail="accepts both sets if they are equal")
BLOCKED = Result(
    READY,
    Verdict.UNPROVEN,
    reason="fixture",
    detail="the fixture instance_id.not_ready is not given",
    mendable=True,
)
BROKEN = Result(JSON_BODY, Verdict.ERROR, reason="defect", detail="the case could not be built")


def report(*results: Result, run: Run = RUN) -> Report:
    """A report of some results."""
    return Report(
        run=run,
        target={"url": "http://127.0.0.1:8080", "kind": "loopback", "fixtures": {"project_id": "p"}},
        results=results or (FAILED, PASSED, NOTED, BLOCKED),
        findings=("updateAddressGroup/request/body/x/minLength can never be broken",),
        notices=(f"the address group was put back with {SECRET}",),
        settings={"address_quota": 20},
    )


def opinion() -> SecondOpinion:
    """What another tool found: once something of its own, once what a requirement says too."""
    unsaid = Opinion("Server error", NAME.operation, f"it broke on {SECRET}\n- badly", exchange(), (), 3)
    return SecondOpinion("tool 1.2", 40, (unsaid, replace(unsaid, check="Too long", requirements=(NAME.id,))))


def shown(given: Report | None = None, *, strict: bool = False) -> Document:
    """The document of a report."""
    return document(given or report(), Secrets([SECRET]), strict=strict)
