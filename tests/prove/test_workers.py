"""Laws of shared work."""

from __future__ import annotations

import os

import pytest

from conformance.prove.workers import cores, workers


def _twice(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def test_one_job_stays_here() -> None:
    """With one job no process is started."""
    with workers(1) as spread:
        made = list(spread(_twice, range(3)))

    assert made == [(0, os.getpid()), (2, os.getpid()), (4, os.getpid())]


def test_several_jobs_go_elsewhere() -> None:
    """With two, everything is done, elsewhere, and the processes end with the block."""
    with workers(2) as spread:
        made = list(spread(_twice, range(20)))

    assert sorted(number for number, _ in made) == list(range(0, 40, 2))
    pids = {pid for _, pid in made}
    assert os.getpid() not in pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_cores() -> None:
    """There is one at least."""
    assert cores() >= 1
