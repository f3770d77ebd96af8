"""The report as one page of HTML that asks nothing of any server, and reads without scripts too."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from urllib.parse import quote

from conformance.report.document import Document, EvidenceEntry, RequirementEntry, ResponseEntry, SecondOpinionEntry
from conformance.report.opinion import heading, remainder, sentence, unexplained
from conformance.report.page import SCRIPT, STYLE
from conformance.report.words import EXIT_MEANINGS, by_operation, legible, origin, place

_BODY_LIMIT = 4_000  # characters of a body that the page shows; the JSON report has all of it


def render(document: Document) -> bytes:
    """UTF-8 HTML with its own content security policy: its own style, its own script, and nothing else."""
    page = "\n".join([_head(document), "<body>", *_main(document), f"<script>{SCRIPT}</script>", "</body></html>", ""])
    return page.encode("utf-8", "backslashreplace")


def _head(document: Document) -> str:
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_digest(STYLE)}'; script-src '{_digest(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<title>{_title(document)}</title><style>{STYLE}</style></head>"
    )


def _digest(source: str) -> str:
    return f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"


def _title(document: Document) -> str:
    failed = document["summary"].get("fail", 0)
    return f"Conformance: {failed} failed of {len(document['requirements'])}"


def _main(document: Document) -> Iterable[str]:
    yield f"<header><h1>{_title(document)}</h1>"
    yield _outcome(document)
    yield _tiles(document["summary"])
    yield _facts(document)
    yield "</header><main>"
    yield _sentences("Notices", document["run"]["notices"])
    yield _sentences("About the contract", document["run"]["findings"])
    yield _failures(document["requirements"])
    yield _second_opinion(document["second_opinion"])
    yield _filter(document["summary"])
    yield _table(document["requirements"])
    yield "</main>"


def _outcome(document: Document) -> str:
    run = document["run"]
    said = f"exit {run['exit_code']}: {EXIT_MEANINGS[run['exit_code']]}"
    said += f"; {run['incomplete']}" if run["incomplete"] else ""
    return f'<p class="outcome {"good" if run["exit_code"] == 0 else "bad"}" role="status">{_text(said)}</p>'


def _tiles(summary: dict[str, int]) -> str:
    items = (f'<li class="{verdict}"><b>{count}</b> {verdict}</li>' for verdict, count in summary.items())
    return f'<ul class="tiles" aria-label="Verdicts">{"".join(items)}</ul>'


def _facts(document: Document) -> str:
    run = document["run"]
    facts = {
        **document["target"],
        "contract": run["contract"],
        "started": run["started"],
        "effort": f"{run['requests']} requests in {run['seconds']:.1f} s",
        "profile": run["profile"],
        "seed": run["seed"],
    }
    rows = (f"<dt>{_text(name)}</dt><dd>{_value(value)}</dd>" for name, value in facts.items())
    return f"<details><summary>Target and run</summary><dl>{''.join(rows)}</dl></details>"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "<br>".join(f"{_text(name)} = {_text(member)}" for name, member in value.items()) or "none"
    return _text(value)


def _sentences(title: str, sentences: list[str]) -> str:
    if not sentences:
        return ""
    items = "".join(f"<li>{_text(sentence)}</li>" for sentence in sentences)
    return f"<section><h2>{title}</h2><ul>{items}</ul></section>"


def _failures(entries: list[RequirementEntry]) -> str:
    """The way from the top of the page to what fails, however long the table is."""
    failed = [entry for entry in entries if entry["verdict"] in ("fail", "error")]
    items = "".join(
        f'<li><a href="#{_text(quote(entry["id"], safe="/"))}">{_text(entry["id"])}</a>: {_text(entry["text"])}</li>'
        for entry in failed
    )
    return f"<section><h2>What fails</h2><ul>{items}</ul></section>" if failed else ""


def _second_opinion(opinion: SecondOpinionEntry | None) -> str:
    if opinion is None:
        return ""
    items = "".join(
        f"<li>{_text(sentence(finding))}"
        f'<pre class="curl" tabindex="0">{_text(finding["curl"])}</pre>{_response(finding["response"])}</li>'
        for finding in unexplained(opinion)
    )
    rest = f"<li>{_text(remainder(opinion))}</li>" if remainder(opinion) else ""
    return f"<section><h2>{_text(heading(opinion))}</h2><ul>{items}{rest}</ul></section>"


def _filter(summary: dict[str, int]) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" value="{verdict}" checked> {verdict}</label>'
        for verdict, count in summary.items()
        if count
    )
    return (
        '<form id="filter" hidden><label>Text <input type="search" id="text"></label>'
        f'<fieldset><legend>Verdict</legend>{boxes}</fieldset><output id="shown" aria-live="polite"></output></form>'
    )


def _table(entries: list[RequirementEntry]) -> str:
    bodies = "".join(_operation(name, group) for name, group in by_operation(entries).items())
    headings = "".join(
        f'<th scope="col">{name}</th>' for name in ("Verdict", "Requirement", "Sentence", "Level", "Cases")
    )
    return f"<table><caption>Requirements by operation</caption><thead><tr>{headings}</tr></thead>{bodies}</table>"


def _operation(name: str, entries: list[RequirementEntry]) -> str:
    heading = f'<tr><th scope="rowgroup" colspan="5">{_text(name)}</th></tr>'
    return f"<tbody>{heading}{''.join(_row(entry) for entry in entries)}</tbody>"


def _row(entry: RequirementEntry) -> str:
    verdict = _text(entry["verdict"])
    label = f"<code>{_text(place(entry))}</code> {_text(entry['keyword'])}"
    return (
        f'<tr class="requirement" id="{_text(entry["id"])}" data-verdict="{verdict}">'
        f'<td><span class="verdict {verdict}">{verdict}</span></td>'
        f"<td><details><summary>{label}</summary>{_story(entry)}</details></td>"
        f"<td>{_text(entry['text'])}</td><td>{_text(entry['level'])}</td><td>{entry['cases']}</td></tr>"
    )


def _story(entry: RequirementEntry) -> str:
    facts = {
        "id": entry["id"],
        "source": origin(entry["source"]),
        "in the contract": entry["source"]["place"],
        "reading": entry["reading"],
        "reason": entry["reason"],
        "detail": entry["detail"],
    }
    rows = "".join(f"<dt>{name}</dt><dd>{_text(value)}</dd>" for name, value in facts.items() if value)
    return f"<dl>{rows}</dl>{''.join(_evidence(item) for item in entry['evidence'])}"


def _evidence(item: EvidenceEntry) -> str:
    facts = {"sent": item["sent"], "expected": item["expected"], "got": item["observed"], "failure": item["failure"]}
    rows = "".join(f"<dt>{name}</dt><dd>{_text(value)}</dd>" for name, value in facts.items() if value)
    curl = f'<pre class="curl" tabindex="0">{_text(item["curl"])}</pre>' if item["curl"] else ""
    return f'<div class="evidence"><dl>{rows}</dl>{curl}{_response(item["response"])}</div>'


def _response(response: ResponseEntry | None) -> str:
    if response is None:
        return ""
    status = f"{response['status']} {response['reason']}".rstrip()
    headers = (f"{name}: {value}" for name, value in response["headers"])
    message = "\n".join([status, *headers, "", _shortened(response["body"] or "")])
    return f'<details><summary>Answer</summary><pre tabindex="0">{_text(message)}</pre></details>'


def _shortened(body: str) -> str:
    if len(body) <= _BODY_LIMIT:
        return body
    return f"{body[:_BODY_LIMIT]}… ({len(body)} characters; whole in the JSON report)"


def _text(value: object) -> str:
    return escape(legible(str(value)))
