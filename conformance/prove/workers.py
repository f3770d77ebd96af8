"""Processes that share the work; with one job, it is done where it is asked for."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import Protocol, TypeVar

from conformance.errors import UsageError

Given = TypeVar("Given")
Made = TypeVar("Made")


class Spread(Protocol):
    """A `map` whose results may come in any order."""

    def __call__(self, work: Callable[[Given], Made], on: Iterable[Given], /) -> Iterable[Made]:
        """What the work makes of each thing."""
        ...


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def workers(jobs: int) -> Iterator[Spread]:
    """A way to spread work over so many processes, which end with the block."""
    if jobs == 1:
        yield map
        return
    # A fork knows already whatever was worked out before; where forking is not safe, each works it out itself.
    context = get_context("fork" if sys.platform == "linux" else None)
    with ProcessPoolExecutor(jobs, context, _begin) as pool:
        yield partial(_spread, pool)


def _spread(pool: ProcessPoolExecutor, work: Callable[[Given], Made], on: Iterable[Given]) -> Iterator[Made]:
    """What is made of each thing, in the order in which it is ready; what is not begun is left if nobody wants more."""
    waiting = [pool.submit(work, each) for each in on]
    try:
        for done in as_completed(waiting):
            yield done.result()
    except BrokenProcessPool as error:
        raise UsageError("a process was ended from outside", hint="is there memory enough? try --jobs 1") from error
    finally:
        for each in waiting:
            each.cancel()


def _begin() -> None:
    """An interrupt at the terminal is the parent's, which ends its workers; what is there now stays."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()
