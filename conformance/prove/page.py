"""The matrix as one page of HTML that asks nothing of any server and needs no script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from itertools import groupby

from conformance.prove.matrix import Matrix
from conformance.prove.text import MEANINGS, workers_said
from conformance.prove.trial import Trial
from conformance.report.page import STYLE
from conformance.report.words import legible

_OUTCOMES = {"named": ("pass", "caught"), "other": ("noted", "by another"), "survived": ("fail", "survives")}


def render(matrix: Matrix) -> bytes:
    """UTF-8 HTML with its own content security policy: its own style and nothing else."""
    return "\n".join([_head(), "<body>", *_main(matrix), "</body></html>", ""]).encode("utf-8", "backslashreplace")


def _head() -> str:
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<title>Proof by faults</title><style>{STYLE}</style></head>"
    )


def _main(matrix: Matrix) -> Iterator[str]:
    good = "good" if matrix.exit_code == 0 else "bad"
    yield "<header><h1>Proof by faults</h1>"
    yield f'<p class="outcome {good}" role="status">exit {matrix.exit_code}: {MEANINGS[matrix.exit_code]}</p>'
    yield _tiles(matrix)
    yield (
        f"<p>{_text(matrix.where)}; {matrix.requests} requests in {matrix.seconds:.1f} s, "
        f"{workers_said(matrix.workers)}</p></header><main>"
    )
    yield _names("Fail without any fault", matrix.unfaithful)
    yield _names("Requirements without a fault", matrix.unexercised)
    yield _names("Beyond what a fault can break", tuple(f"{name}: {why}" for name, why in matrix.excused), "noted")
    yield _faults(matrix.trials)
    yield _requirements(matrix)
    yield "</main>"


def _tiles(matrix: Matrix) -> str:
    items = "".join(
        f'<li class="{style}"><b>{len(matrix.of(outcome))}</b> {word}</li>'  # type: ignore[arg-type]  # its own keys
        for outcome, (style, word) in _OUTCOMES.items()
    )
    return (
        f'<ul class="tiles" aria-label="Outcomes">{items}<li><b>{matrix.median_failed:g}</b> failed (median)</li></ul>'
    )


def _names(title: str, names: tuple[str, ...], style: str = "fail") -> str:
    if not names:
        return ""
    return f'<section><h2>{title} ({len(names)})</h2><ul class="{style}">{_items(names)}</ul></section>'


def _items(names: Iterable[str]) -> str:
    return "".join(f"<li><code>{_text(name)}</code></li>" for name in names)


def _faults(trials: tuple[Trial, ...]) -> str:
    groups = groupby(trials, key=lambda trial: trial.fault.family)
    bodies = "".join(_family(family, members) for family, members in groups)
    return _table("Faults", ("Outcome", "Fault", "Caught by", "Failed besides", "Profile"), bodies)


def _family(name: str, trials: Iterable[Trial]) -> str:
    rows = "".join(_row(trial) for trial in trials)
    return f'<tbody><tr><th scope="rowgroup" colspan="5">{_text(name)}</th></tr>{rows}</tbody>'


def _row(trial: Trial) -> str:
    style, word = _OUTCOMES[trial.outcome]
    told = f"<details><summary><code>{_text(trial.fault.id)}</code></summary>{_story(trial)}</details>"
    return (
        f'<tr id="{_text(trial.fault.id)}"><td><span class="verdict {style}">{word}</span></td><td>{told}</td>'
        f"<td>{_lines(trial.named)}</td><td>{_lines(trial.side)}</td><td>{trial.profile}</td></tr>"
    )


def _story(trial: Trial) -> str:
    named = f"<p>to be caught by</p><ul>{_items(trial.fault.catches)}</ul>" if trial.fault.catches else ""
    trouble = f"<p>incomplete: {_text(trial.trouble)}</p>" if trial.trouble else ""
    return f"<p>{_text(trial.fault.breaks)}</p>{named}{trouble}"


def _requirements(matrix: Matrix) -> str:
    if matrix.partial:
        return ""
    rows = "".join(
        f"<tr><td><code>{_text(name)}</code></td><td>{_lines(matrix.faults_of(name))}</td></tr>"
        for name in matrix.exercisable
    )
    return _table("Requirements", ("Requirement", "Faults that fail it"), f"<tbody>{rows}</tbody>")


def _table(caption: str, headings: tuple[str, ...], bodies: str) -> str:
    columns = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    return f"<table><caption>{caption}</caption><thead><tr>{columns}</tr></thead>{bodies}</table>"


def _lines(names: tuple[str, ...]) -> str:
    return "<br>".join(f"<code>{_text(name)}</code>" for name in names)


def _text(value: str) -> str:
    return escape(legible(value))
