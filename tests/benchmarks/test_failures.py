"""Laws of reading: each tool's own record of one failure, as it wrote it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from bench.peers import failures

OURS = json.dumps({"requirements": [{"id": "a/name/maxLength", "verdict": "fail"}, {"id": "a/b", "verdict": "pass"}]})
REJECTED = "Valid data should have been accepted Expected: 2xx"
SCHEMATHESIS = """<testsuites><testsuite>
<testcase name="PUT /groups/{id}"><failure type="failure" message="ST202">1. Test Case ID: GszoNT

- ST202 Schema-valid request rejected

    Valid data should have been accepted
    Expected: 2xx

[400] Bad Request:

    `{"request_id":"3e65f449-9f9d-4a0d-a8b3-5beaecd037ed"}`

Reproduce with:

    curl -X PUT http://127.0.0.1:1/groups/1
</failure></testcase><testcase name="GET /groups/{id}"/></testsuite></testsuites>"""
MISMATCH = "Specification expected status 4xx but response contained status 200"
SPECMATIC = """<testsuite><testcase name="Contract Tests &gt; contractTest() &gt; -ve  Scenario: PUT /groups -&gt; 4xx">
<failure>java.lang.AssertionError: Testing scenario "Update".
API: PUT /groups -&gt; 4xx

  &gt;&gt; RESPONSE.STATUS

      R0002: HTTP status mismatch

      Specification expected status 4xx but response contained status 200
\tat io.specmatic.test.SpecmaticJUnitSupport.kt:431)
</failure></testcase></testsuite>"""
DREDD = """<testsuite><testcase name="PUT (400) /groups/1"><failure><![CDATA[Message:
statusCode: Expected status code '400', but got '200'.

Request:
method: PUT
Actual:
date: Tue, 24 Nov 2026 15:02:03 GMT
]]></failure></testcase><testcase name="PUT (429) /groups/1"><skipped/></testcase></testsuite>"""
NEWMAN = json.dumps(
    {
        "run": {
            "failures": [
                {
                    "source": {"name": "Update[Fuzzed][maximum length name]"},
                    "error": {"name": "AssertionError", "test": "code is 400", "message": "expected 200 to equal 400"},
                }
            ]
        }
    }
)
STEPCI = """ FAIL  Update with a long name ⏲ 0.1s

● test9 › Update with a long name

Request  HTTP

PUT http://127.0.0.1:1/groups/1 HTTP/1.1

Checks

✓ Something else

✕ JSON Schema

Expected

{}

✕ Status

Expected

400

Given

200

Tests: 1 failed, 13 total
"""


@pytest.mark.parametrize(
    ("read", "record", "found"),
    [
        (failures.ours, OURS, "a/name/maxLength"),
        (
            failures.schemathesis,
            SCHEMATHESIS,
            f"PUT /groups/{{id}}: ST202 Schema-valid request rejected [400] {REJECTED}",
        ),
        (
            failures.specmatic,
            SPECMATIC,
            f"-ve  Scenario: PUT /groups -> 4xx: >> RESPONSE.STATUS; {MISMATCH}",
        ),
        (failures.dredd, DREDD, "PUT (400) /groups/1: statusCode: Expected status code '400', but got '200'."),
        (failures.newman, NEWMAN, "Update[Fuzzed][maximum length name]: code is 400: expected 200 to equal 400"),
        (failures.stepci, STEPCI, "test9 › Update with a long name: JSON Schema; Status"),
    ],
)
def test_a_failure_is_read_as_it_was_written(read: Callable[[str], Iterator[str]], record: str, found: str) -> None:
    """One failure in the record is one text, and what passed or was skipped is none."""
    assert list(read(record)) == [found]


@pytest.mark.parametrize(
    "moving",
    ["3e65f449-9f9d-4a0d-a8b3-5beaecd037ed", "2026-11-24T15:02:03.120+00:00", "1.25s", "12 ms", "\x1b[31m"],
)
def test_what_moves_is_no_difference(moving: str) -> None:
    """Two runs that differ in ids, times and colours found the same."""
    assert failures.plain(f"got {moving} here") == "got … here"
