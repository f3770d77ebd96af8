"""The proof by faults: every deliberate defect of a server is to be caught, and by the requirement that it names."""

from __future__ import annotations

from conformance.prove.fault import Fault
from conformance.prove.matrix import Matrix
from conformance.prove.proof import prove
from conformance.prove.subject import Examination, Subject
from conformance.prove.trial import Trial

__all__ = ["Examination", "Fault", "Matrix", "Subject", "Trial", "prove"]
