"""The collector of cycles, which a run of this program has little use for."""

from __future__ import annotations

import gc

_SELDOM = (50_000, 50, 50)  # allocations before a collection of the youngest, and collections before one of the older


def calm() -> None:
    """Look for cycles of objects less often: what is there now stays, and exchanges leave none behind."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)
