"""Where a target listens: scheme, host and port, and nothing else."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from conformance.errors import UsageError

_EXAMPLE = "write it as http://127.0.0.1:8080 or https://vpc.example.com"
_HOST = re.compile(r"[0-9A-Za-z_]([0-9A-Za-z_.-]*[0-9A-Za-z_.])?")
_PORTS = {"http": 80, "https": 443}
_UNPRINTABLE = re.compile(r"[\x00- \x7f-\xa0]")


@dataclass(frozen=True, slots=True)
class Address:
    """A scheme, a host (without brackets, ASCII) and a port."""

    scheme: Literal["http", "https"]
    host: str
    port: int

    @classmethod
    def parse(cls, url: str) -> Address:
        """The address that a URL of scheme, host and optional port names; `UsageError` for anything more or less."""
        parts = _split(url)
        host = _ascii(parts.hostname)
        scheme: Literal["http", "https"] = "https" if parts.scheme == "https" else "http"
        port = _port(parts)
        address = cls(scheme, host, port)
        if parts.path not in ("", "/") or "?" in url or "#" in url:
            said = f"write {address.url}; a path that all operations share stands in the contract, under servers"
            raise UsageError("the URL of a target has no path, query or fragment", hint=said)
        return address

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them: IPv6 in brackets, the scheme's own port left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL without a trailing slash."""
        return f"{self.scheme}://{self.authority}"

    @property
    def is_loopback(self) -> bool:
        """Whether requests stay on this machine: 127.0.0.0/8, ::1, or localhost if it resolves to nothing else."""
        if self.host != "localhost":
            return _is_loopback(self.host)
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except OSError:
            return False
        return all(_is_loopback(str(entry[4][0])) for entry in found)


def _split(url: str) -> SplitResult:
    # The URL itself is never repeated: it may carry a password before "@" or a token in its query.
    if _UNPRINTABLE.search(url):
        raise UsageError("the URL of a target has no spaces or control characters", hint=_EXAMPLE)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise UsageError("the URL of the target cannot be read", hint=_EXAMPLE) from None
    if "://" not in url or parts.scheme not in _PORTS:
        raise UsageError("the URL of a target begins with http:// or https://", hint=_EXAMPLE)
    if "@" in parts.netloc:
        raise UsageError("the URL of a target has no user or password", hint="give the credential with --token")
    return parts


def _ascii(host: str | None) -> str:
    if not host:
        raise UsageError("the URL of the target names no host", hint=_EXAMPLE)
    try:
        encoded = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError:
        encoded = ""
    if not (_HOST.fullmatch(encoded) or _is_ip(encoded)):
        raise UsageError("the host in the URL of the target is not a host name or an IP address", hint=_EXAMPLE)
    return encoded


def _port(parts: SplitResult) -> int:
    try:
        port = _PORTS[parts.scheme] if parts.port is None else parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise UsageError("the port in the URL of the target is not a number from 1 to 65535", hint=_EXAMPLE)
    return port


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_loopback(text: str) -> bool:
    return _is_ip(text) and ip_address(text).is_loopback
