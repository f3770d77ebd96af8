"""Laws of conformance serve."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request

from conformance.emulator import FIXTURES, PROJECT_ID, TOKEN


def test_serves_until_terminated() -> None:
    """The emulator answers at the URL that is printed, with the token and the fixtures that are printed."""
    command = [sys.executable, "-m", "conformance", "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        url = child.stdout.readline().removeprefix("url    ").strip()
        said = "".join(child.stdout.readline() for _ in range(3 + len(FIXTURES)))
        group = FIXTURES["address_group_id"]
        asked = urllib.request.Request(
            f"{url}/v3/{PROJECT_ID}/vpc/address-groups/{group}", headers={"X-Auth-Token": TOKEN}
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            status = answer.status
        child.send_signal(signal.SIGTERM)
        code, complaints = child.wait(10), child.stderr.read()

    assert (status, code, complaints) == (200, 0, "")
    assert TOKEN in said
    assert all(f"--fixture {name}={value}" in said for name, value in FIXTURES.items())


def test_port_that_is_taken() -> None:
    """A port that cannot be had is exit 2 with a hint."""
    command = [sys.executable, "-m", "conformance", "serve", "--port", "99999"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "hint: choose another port" in done.stderr
