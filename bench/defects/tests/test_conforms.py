"""What `make mutation-emulator` asks of each changed emulator; of the faithful one `tests/prove` asks it, too."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest

from conformance.prove import embedded

embedded.Embedded().examine(None, "standard")  # so that cases are derived once for all changes


def test_it_conforms(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check with the standard profile has nothing to say against it, and everything could be asked."""
    for name in [each for each in sys.modules if f"{each}.".startswith("conformance.emulator.")]:
        monkeypatch.delitem(sys.modules, name)  # much of it is decided when it is imported
    monkeypatch.delitem(sys.modules, "conformance.prove.direct")
    monkeypatch.setattr(embedded, "Direct", import_module("conformance.prove.direct").Direct)

    found = embedded.Embedded().examine(None, "standard")

    assert (found.failed, found.trouble) == ((), "")
