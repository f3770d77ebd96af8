"""What may be done to a target."""

from __future__ import annotations

from dataclasses import dataclass

from conformance.contract.operation import Operation


@dataclass(frozen=True, slots=True)
class Permission:
    """What may be done to the target: a real one is only read and rehearsed unless its owner says more."""

    changes: bool = True
    disruption: bool = True
    foreign_methods: bool = True

    def allows(self, operation: Operation) -> bool:
        """Whether calls of an operation that take effect may be sent."""
        return {"reads": True, "changes": self.changes, "disrupts": self.disruption}[operation.effect]
