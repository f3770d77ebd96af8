"""Laws of shared work."""

from __future__ import annotations

import os
import signal

import pytest

from conformance.errors import UsageError
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


def _ended(number: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_ended_is_told() -> None:
    """Whoever runs out of memory is not waited for: what is missing is said."""
    with workers(2) as spread, pytest.raises(UsageError, match="ended from outside"):
        list(spread(_ended, range(4)))


def test_cores() -> None:
    """There is one at least."""
    assert cores() >= 1
