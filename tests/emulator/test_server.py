"""Serving: how the emulator starts, is reached and ends."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.emulator import server
from conformance.emulator.server import Embedded, serve
from conformance.errors import DefectError, UsageError
from tests.emulator.talking import Caller

SERVING = [sys.executable, "-m", "conformance.emulator", "--port", "0"]


def ends(url: str) -> bool:
    """Whether the listener of a URL goes away: the kernel closes our connection to it."""
    host, port = url.removeprefix("http://").split(":")
    try:
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.settimeout(10)
            return connection.recv(1) == b""
    except ConnectionError:
        return True


def children() -> set[int]:
    """The processes that this one started and that run."""
    return set(map(int, Path("/proc/thread-self/children").read_text().split()))


def test_embedded() -> None:
    """The embedded emulator answers at its URL while it is entered, and cannot be switched."""
    with Embedded() as embedded:
        url = embedded.url()
        caller = Caller(url)
        status, faults = caller.update({}).status, caller.get("/_conformance/faults").status
        caller.close()

    assert url.startswith("http://127.0.0.1:")
    assert (status, faults) == (200, 404)
    assert ends(url)


def test_url_starts_what_was_not_started() -> None:
    """Asking for the URL is enough; stopping twice does no harm."""
    embedded = Embedded()

    try:
        assert embedded.url() == embedded.url()
    finally:
        embedded.stop()
    embedded.stop()


def test_each_has_a_world_of_its_own() -> None:
    """Two emulators stand side by side, and know nothing of each other."""
    with Embedded() as one, Embedded() as two:
        first, second = Caller(one.url()), Caller(two.url())
        first.update({"name": "first"})
        names = first.show()["name"], second.show()["name"]
        first.close()
        second.close()

    assert names == ("first", "vkvgykvsvhjaaaa1")


def test_on_one_core() -> None:
    """Whoever asks and the emulator share a core while it lasts, and are free again after it, inner ones first."""
    free, others = os.sched_getaffinity(0), children()

    with Embedded() as one, Embedded() as two:
        processes = children() - others
        with one.on_one_core(), two.on_one_core():
            shared = os.sched_getaffinity(0)
            theirs = [os.sched_getaffinity(process) for process in processes]
        after = [os.sched_getaffinity(process) for process in (0, *processes)]

    assert len(shared) == 1
    assert theirs == [shared, shared]
    assert after == [free, free, free]


def test_on_one_core_with_what_ended() -> None:
    """An emulator that ended meanwhile, or never began, is no reason to stay on one core, nor an error."""
    free = os.sched_getaffinity(0)

    with Embedded().on_one_core():
        assert os.sched_getaffinity(0) == free
    with Embedded() as embedded, embedded.on_one_core():
        embedded.stop()
    assert os.sched_getaffinity(0) == free


def test_on_one_core_without_knowing_which(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing tells which core this is, nothing is moved, and all goes on."""

    def unknown() -> int:
        raise FileNotFoundError

    monkeypatch.setattr(server, "_core", unknown)
    free = os.sched_getaffinity(0)

    with Embedded() as embedded, embedded.on_one_core():
        assert embedded.url()
        assert os.sched_getaffinity(0) == free


def test_starts_from_anywhere(tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder, and what lies in it, does not matter."""
    monkeypatch.chdir(tmp_path)
    with open("json.py", "w") as module:  # noqa: PTH123 (a module that would be imported instead)
        module.write("raise RuntimeError")

    with Embedded() as embedded:
        assert embedded.url()


def test_unknown_fault() -> None:
    """An emulator that cannot start says so instead of hanging."""
    with pytest.raises(DefectError, match="did not start"):
        Embedded(["no-such-fault"]).url()


def test_ends_with_a_parent_that_is_killed() -> None:
    """The embedded emulator does not outlive its parent, however that ends."""
    code = "from conformance.emulator.server import Embedded; print(Embedded().start().url(), flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        url = parent.stdout.readline().strip()
        parent.kill()

    assert url.startswith("http://")
    assert ends(url)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serves_until_a_signal(number: signal.Signals) -> None:
    """The server in the foreground says where it is, and ends well with an interrupt or a termination."""
    with subprocess.Popen(SERVING, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        caller = Caller(process.stdout.readline().strip())
        status = caller.update({}).status
        process.send_signal(number)
        code, complaints = process.wait(10), process.stderr.read()
        caller.close()

    assert (status, code, complaints) == (200, 0, "")


@pytest.mark.parametrize("options", [["--port", "99999"], ["--fault", "no-such-fault"]])
def test_command_line_that_is_off(options: list[str]) -> None:
    """What cannot be served is exit 2 with a hint."""
    done = subprocess.run([*SERVING, *options], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert ";" in done.stderr
    assert "Traceback" not in done.stderr


def test_port_that_is_taken() -> None:
    """A port that another has is an error of usage."""
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(UsageError, match="cannot listen"):
        serve(port=other.getsockname()[1])


def test_ipv6() -> None:
    """A host that is an IPv6 address is served, and stands in brackets."""
    with subprocess.Popen([*SERVING, "--host", "::1"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        process.kill()

    assert url.startswith("http://[::1]:")


def test_importing_is_cheap() -> None:
    """Whoever only asks for the fixtures or starts a process does not pay for the server."""
    code = "import sys, conformance.emulator.server; print({'uvicorn', 'asyncio'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


def _raw(url: str, *pieces: bytes) -> bytes:
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
        return connection.recv(65536)


HOSTILE: dict[str, Callable[[str], bytes]] = {
    "no HTTP": lambda url: _raw(url, b"\x16\x03\x01\x02\x00\x01\r\n\r\n"),
    "a length that is none": lambda url: _raw(url, b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n"),
    "a chunk that is none": lambda url: _raw(
        url, b"PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
    ),
}


@pytest.mark.parametrize("send", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes(emulator: str, send: Callable[[str], bytes], caller: Caller) -> None:
    """What is no HTTP is a 400 or the end of the connection, and does not disturb others."""
    answer = send(emulator)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    assert caller.update({}).status == 200


def test_body_that_does_not_come(emulator: str, caller: Caller) -> None:
    """A client that stops in the middle keeps nobody else waiting."""
    host, port = emulator.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as slow:
        slow.sendall(b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{")

        assert caller.update({}).status == 200
        assert select.select([slow], [], [], 0)[0] == []


def test_many_at_once(emulator: str, caller: Caller) -> None:
    """Clients that come together are all answered."""
    statuses: list[int] = []

    def work() -> None:
        own = Caller(emulator)
        statuses.extend(own.update({"name": "x"}).status for _ in range(20))
        own.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [200] * 160
    assert caller.show()["name"] == "x"
