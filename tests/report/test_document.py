"""Laws of the document that all reports are views of."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

from conformance.verdict import Verdict
from tests.report import samples


def test_promised_fields() -> None:
    """Format 1 has the fields that its description promises."""
    seen = samples.shown()

    assert seen["format"] == 1
    assert {"run", "target", "summary", "requirements"} <= set(seen)
    assert {"seed", "started", "seconds", "requests", "complete"} <= set(seen["run"])
    assert seen["summary"] == {"pass": 1, "fail": 1, "noted": 1, "unproven": 1, "error": 0}
    promised = {"id", "operation", "side", "pointer", "keyword", "level", "source", "text", "verdict", "reason"}
    assert promised | {"cases", "evidence"} <= set(seen["requirements"][0])
    assert {"expected", "observed", "request", "response", "curl"} <= set(seen["requirements"][0]["evidence"][0])


def test_results_keep_their_order() -> None:
    """The document lists every result, in the report's order."""
    seen = samples.shown()

    assert [entry["id"] for entry in seen["requirements"]] == [
        result.requirement.id for result in samples.report().results
    ]


def test_start_is_utc() -> None:
    """The start of a run is an instant in UTC."""
    seen = samples.shown()

    assert seen["run"]["started"] == "2023-11-14T22:13:20.250Z"


def test_no_secret_anywhere() -> None:
    """A secret is in no field, whether it came with a request, an answer, a failure or a notice."""
    failed = replace(samples.FAILED, evidence=(samples.evidence(), samples.evidence(samples.no_answer())))
    told = replace(samples.BLOCKED, detail=f"refused {samples.SECRET}")

    seen = samples.shown(samples.report(failed, told))

    assert samples.SECRET not in json.dumps(seen)
    assert json.dumps(seen).count("***") >= 6


def test_no_secret_within_base64() -> None:
    """A body that is not UTF-8 is redacted before it is encoded."""
    odd = samples.exchange(body=b"\xff" + samples.SECRET.encode())
    failed = replace(samples.FAILED, evidence=(samples.evidence(odd),))

    seen = samples.shown(samples.report(failed))

    request = seen["requirements"][0]["evidence"][0]["request"]
    assert request is not None
    assert request["body_encoding"] == "base64"
    assert base64.b64decode(request["body"] or "") == b"\xff***"


def test_utf8_body_is_text() -> None:
    """A body in UTF-8 is shown as the text that it is, and no body as none."""
    text = samples.exchange(body="né".encode(), answer=b"")
    failed = replace(samples.FAILED, evidence=(samples.evidence(text),))

    item = samples.shown(samples.report(failed))["requirements"][0]["evidence"][0]

    assert item["request"] is not None
    assert item["response"] is not None
    assert (item["request"]["body"], item["request"]["body_encoding"]) == ("né", "utf-8")
    assert item["response"]["body"] == ""


def test_failure_stands_for_response() -> None:
    """Where no response came, the evidence says why."""
    failed = replace(samples.FAILED, evidence=(samples.evidence(samples.no_answer()),))

    item = samples.shown(samples.report(failed))["requirements"][0]["evidence"][0]

    assert item["response"] is None
    assert item["failure"] == "timeout: nothing came after 10 s for ***"


def test_whatever_a_target_says_becomes_plain() -> None:
    """Values that JSON cannot say become their text; sets get an order."""
    odd = replace(samples.report(), target={"limit": float("nan"), "kinds": {"b", "a"}, "nested": {"pair": (1, None)}})

    seen = samples.shown(odd)

    assert seen["target"] == {"limit": "nan", "kinds": ["a", "b"], "nested": {"pair": [1, None]}}


def test_complete_only_if_nothing_is_missing() -> None:
    """A run is complete only if it was not cut, proved something, and nothing waits for the user."""
    cut = samples.report(samples.PASSED, run=replace(samples.RUN, incomplete="the target is not reachable"))
    interrupted = samples.report(samples.PASSED, run=replace(samples.RUN, interrupted=True))

    runs = [samples.shown(given)["run"] for given in (samples.report(samples.PASSED), cut, interrupted)]

    assert [(run["complete"], run["exit_code"]) for run in runs] == [(True, 0), (False, 3), (False, 130)]
    assert runs[1]["incomplete"] == "the target is not reachable"


def test_strict_is_in_the_exit_code() -> None:
    """A contested reading that is departed from fails the run only if strict."""
    departs = replace(samples.NOTED, reason="departs")
    given = samples.report(samples.PASSED, departs)

    codes = [samples.shown(given, strict=strict)["run"]["exit_code"] for strict in (False, True)]

    assert codes == [0, 1]


def test_defect_is_exit_4() -> None:
    """An error of ours outweighs a failure of the target."""
    given = samples.report(samples.FAILED, samples.BROKEN)

    seen = samples.shown(given)

    assert seen["summary"]["error"] == 1
    assert seen["run"]["exit_code"] == 4
    assert seen["requirements"][1]["verdict"] == Verdict.ERROR
