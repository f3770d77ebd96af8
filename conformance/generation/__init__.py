"""The generator of values and requests: the one place that knows schemathesis, much of which is not public."""

from __future__ import annotations

from conformance.generation.values import DRAFT_2020_12, strategy

__all__ = ["DRAFT_2020_12", "strategy"]
