"""Reports: one redacted document, and its views as JSON, JUnit, HTML and text."""

from conformance.report.destination import Destination, destination, write
from conformance.report.document import Document, document

__all__ = ["Destination", "Document", "destination", "document", "write"]
