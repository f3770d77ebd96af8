"""The report as JSON: the document itself."""

from __future__ import annotations

import json

from conformance.report.document import Document


def render(document: Document) -> bytes:
    """UTF-8, indented, ending in a newline; a lone surrogate is written as its JSON escape."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode("utf-8", "backslashreplace")
