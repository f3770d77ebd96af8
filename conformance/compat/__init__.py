"""Two versions of a contract, compared as sets: what callers may send and what they may receive."""

from __future__ import annotations

from conformance.compat.compare import compare
from conformance.compat.finding import Comparison, Finding, Verdict
from conformance.compat.revision import read_revision

__all__ = ["Comparison", "Finding", "Verdict", "compare", "read_revision"]
