"""What `make mutation-emulator` asks of each changed emulator; in its tests this is `tests/prove/test_embedded.py`."""

from __future__ import annotations

from conformance.prove.embedded import Embedded


def test_it_conforms() -> None:
    """A check with the standard profile has nothing to say against it, and everything could be asked."""
    found = Embedded().examine(None, "standard")

    assert (found.failed, found.trouble) == ((), "")
