"""Laws of the matrix as a document."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from conformance.prove.document import document
from conformance.prove.matrix import Matrix
from tests.prove.matrix_document import matrix_of
from tests.prove.toys import CASE, LENGTH, PATTERN, TYPE, matrix


@pytest.mark.parametrize("given", [matrix(), replace(matrix(), partial=True), replace(matrix(), trials=())])
def test_round_trip(given: Matrix) -> None:
    """What is written as JSON is read as the same matrix."""
    assert matrix_of(json.loads(json.dumps(document(given)))) == given


def test_what_it_says() -> None:
    """The sums, the trials and the faults of each requirement stand in it."""
    content = document(matrix())

    assert content["format"] == 1
    assert content["run"]["exit_code"] == 1
    assert content["summary"] == {
        "faults": 4,
        "named": 2,
        "other": 1,
        "survived": 1,
        "median_failed": 2.0,
        "exercisable": 4,
        "unexercised": 1,
        "unfaithful": 1,
    }
    assert [entry["outcome"] for entry in content["faults"]] == ["named", "named", "other", "survived"]
    assert content["requirements"] == [
        {"id": TYPE, "faults": []},
        {"id": LENGTH, "faults": ["name-65"]},
        {"id": PATTERN, "faults": ["name-any-end", "name-mute"]},
        {"id": CASE, "faults": []},
    ]
    assert content["unexercised"] == [TYPE]
