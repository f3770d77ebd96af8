"""The report as one document, format 1: redacted and made of plain values; every other form is a view of it."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypedDict, cast

from conformance.requirement import Source
from conformance.target.curl import curl
from conformance.target.secrets import Secrets
from conformance.verdict import Evidence, Opinion, Report, Result, Run, SecondOpinion, exit_code, shortfall
from conformance.wire import Failure, Headers, Request, Response

FORMAT: Literal[1] = 1
SERVED = (
    "http://127.0.0.1:8080"  # where commands lead after a run on the embedded emulator: conformance serve --port 8080
)


class RequestEntry(TypedDict):
    """What was sent; `body` is text, or base64 where it is not UTF-8."""

    method: str
    target: str
    headers: list[list[str]]
    body: str | None
    body_encoding: str


class ResponseEntry(TypedDict):
    """What came back; `body` is text, or base64 where it is not UTF-8."""

    status: int
    reason: str
    headers: list[list[str]]
    body: str | None
    body_encoding: str


class EvidenceEntry(TypedDict):
    """One exchange of a verdict; `failure` says why there is no response."""

    sent: str
    expected: str
    observed: str
    request: RequestEntry | None
    response: ResponseEntry | None
    failure: str | None
    curl: str | None


class SourceEntry(TypedDict):
    """Where the contract says so."""

    document: str
    table: str
    field: str
    place: str


class RequirementEntry(TypedDict):
    """One requirement and its verdict."""

    id: str
    operation: str
    side: str
    pointer: str
    keyword: str
    level: str
    reading: str | None
    source: SourceEntry
    text: str
    verdict: str
    reason: str | None
    detail: str
    mendable: bool
    cases: int
    evidence: list[EvidenceEntry]


class RunEntry(TypedDict):
    """How the run went; `started` is UTC in ISO 8601, `incomplete` the sentence behind `complete: false`."""

    seed: int
    profile: str
    contract: str
    started: str
    seconds: float
    requests: int
    complete: bool
    incomplete: str | None
    interrupted: bool
    strict: bool
    exit_code: int
    settings: dict[str, object]
    findings: list[str]
    notices: list[str]


class OpinionEntry(TypedDict):
    """What another tool has against an exchange; `requirements` are those that it breaks."""

    check: str
    operation: str
    message: str
    requirements: list[str]
    times: int
    request: RequestEntry
    response: ResponseEntry | None
    failure: str | None
    curl: str


class SecondOpinionEntry(TypedDict):
    """What another tool found of its own accord."""

    tool: str
    requests: int
    findings: list[OpinionEntry]


class Document(TypedDict):
    """The whole report; `second_opinion` is None where none was asked for."""

    format: Literal[1]
    run: RunEntry
    target: dict[str, object]
    summary: dict[str, int]
    requirements: list[RequirementEntry]
    second_opinion: SecondOpinionEntry | None


Redact = Callable[[str], str]


def document(report: Report, secrets: Secrets, *, strict: bool = False) -> Document:
    """The report as plain values, in the report's order; nothing but ids and codes is taken over without redaction."""
    writer = _Writer(secrets, _base(report.target))
    return Document(
        format=FORMAT,
        run=_run(report, secrets.redact, strict),
        target=_plain_mapping(report.target, secrets.redact),
        summary=report.summary(),
        requirements=[_requirement(result, writer) for result in report.results],
        second_opinion=None if report.second_opinion is None else _second_opinion(report.second_opinion, writer),
    )


def _base(target: Mapping[str, object]) -> str:
    url = str(target.get("url", ""))
    return url if url.startswith(("http://", "https://")) else SERVED


@dataclass(frozen=True, slots=True)
class _Writer:
    secrets: Secrets
    url: str  # of the target, where commands lead

    def redact(self, text: str) -> str:
        return self.secrets.redact(text)


def _run(report: Report, redact: Redact, strict: bool) -> RunEntry:
    run, missing = report.run, shortfall(report)
    return RunEntry(
        seed=run.seed,
        profile=run.profile,
        contract=redact(run.contract),
        started=_instant(run),
        seconds=round(run.seconds, 3),
        requests=run.requests,
        complete=missing is None,
        incomplete=None if missing is None else redact(missing),
        interrupted=run.interrupted,
        strict=strict,
        exit_code=exit_code(report, strict=strict),
        settings=_plain_mapping(report.settings, redact),
        findings=[redact(finding) for finding in report.findings],
        notices=[redact(notice) for notice in report.notices],
    )


def _instant(run: Run) -> str:
    return datetime.fromtimestamp(run.started, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _requirement(result: Result, writer: _Writer) -> RequirementEntry:
    requirement = result.requirement
    return RequirementEntry(
        id=requirement.id,
        operation=requirement.operation,
        side=requirement.side,
        pointer=requirement.pointer,
        keyword=requirement.keyword,
        level=requirement.level,
        reading=requirement.reading,
        source=_source(requirement.source, writer.redact),
        text=writer.redact(requirement.text),
        verdict=str(result.verdict),
        reason=result.reason,
        detail=writer.redact(result.detail),
        mendable=result.mendable,
        cases=result.cases,
        evidence=[_evidence(item, writer) for item in result.evidence],
    )


def _source(source: Source, redact: Redact) -> SourceEntry:
    return SourceEntry(
        document=redact(source.document),
        table=redact(source.table),
        field=redact(source.field),
        place=redact(source.place),
    )


def _evidence(item: Evidence, writer: _Writer) -> EvidenceEntry:
    exchange = None if item.exchange is None else writer.secrets.redacted(item.exchange)
    return EvidenceEntry(
        sent=writer.redact(item.sent),
        expected=writer.redact(item.expected),
        observed=writer.redact(item.observed),
        request=None if exchange is None else _request(exchange.request),
        response=None if exchange is None or exchange.response is None else _response(exchange.response),
        failure=None if exchange is None or exchange.failure is None else _failure(exchange.failure),
        curl=None if item.exchange is None else curl(writer.url, item.exchange.request, writer.secrets),
    )


def _second_opinion(opinion: SecondOpinion, writer: _Writer) -> SecondOpinionEntry:
    findings = [_opinion(finding, writer) for finding in opinion.findings]
    return SecondOpinionEntry(tool=opinion.tool, requests=opinion.requests, findings=findings)


def _opinion(finding: Opinion, writer: _Writer) -> OpinionEntry:
    exchange = writer.secrets.redacted(finding.exchange)
    return OpinionEntry(
        check=writer.redact(finding.check),
        operation=finding.operation,
        message=writer.redact(finding.message),
        requirements=list(finding.requirements),
        times=finding.times,
        request=_request(exchange.request),
        response=None if exchange.response is None else _response(exchange.response),
        failure=None if exchange.failure is None else _failure(exchange.failure),
        curl=curl(writer.url, finding.exchange.request, writer.secrets),
    )


def _request(request: Request) -> RequestEntry:
    body, encoding = _body(request.body)
    return RequestEntry(
        method=request.method,
        target=request.target,
        headers=_headers(request.headers),
        body=body,
        body_encoding=encoding,
    )


def _response(response: Response) -> ResponseEntry:
    body, encoding = _body(response.body)
    return ResponseEntry(
        status=response.status,
        reason=response.reason,
        headers=_headers(response.headers),
        body=body,
        body_encoding=encoding,
    )


def _failure(failure: Failure) -> str:
    return f"{failure.kind}: {failure.detail}"


def _headers(headers: Headers) -> list[list[str]]:
    return [[name, value] for name, value in headers]


def _body(body: bytes | None) -> tuple[str | None, str]:
    """The body and how it is encoded; by now it is redacted, which base64 would have prevented."""
    if body is None:
        return None, "utf-8"
    try:
        return body.decode(), "utf-8"
    except UnicodeDecodeError:
        return base64.b64encode(body).decode("ascii"), "base64"


def _plain_mapping(values: Mapping[str, object], redact: Redact) -> dict[str, object]:
    return cast("dict[str, object]", _plain(values, redact))


def _plain(value: object, redact: Redact) -> object:
    """A value that JSON can say; what JSON cannot say becomes its text."""
    match value:
        case None | bool() | int():
            return value
        case float() if math.isfinite(value):
            return value
        case Mapping():
            return {redact(str(key)): _plain(member, redact) for key, member in value.items()}
        case list() | tuple() | set() | frozenset():
            members = sorted(value, key=str) if isinstance(value, set | frozenset) else value
            return [_plain(member, redact) for member in members]
        case _:
            return redact(str(value))
