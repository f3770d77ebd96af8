"""What somebody else sends during a run, of his own accord."""

from __future__ import annotations

from typing import Protocol

from conformance.cases.case import Document
from conformance.contract.operation import Operation


class Exploration(Protocol):
    """Explores over the session of the run; judging what comes of it is not the run's."""

    def explore(self, operation: Operation, accepted: Document) -> None:
        """One operation, of which a request was accepted."""
        ...

    def sequences(self) -> None:
        """Sequences of all operations that were explored."""
        ...
