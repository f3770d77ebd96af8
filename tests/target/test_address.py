"""Addresses: what is taken, what is refused and in which words."""

from __future__ import annotations

import pytest

from conformance.errors import UsageError
from conformance.target import Address


@pytest.mark.parametrize(
    ("url", "address", "canonical"),
    [
        ("http://127.0.0.1:8080", Address("http", "127.0.0.1", 8080), "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/", Address("http", "127.0.0.1", 8080), "http://127.0.0.1:8080"),
        ("HTTPS://VPC.Example.com", Address("https", "vpc.example.com", 443), "https://vpc.example.com"),
        ("http://a_b:80", Address("http", "a_b", 80), "http://a_b"),
        ("https://h:80", Address("https", "h", 80), "https://h:80"),
        ("http://[::1]:8080", Address("http", "::1", 8080), "http://[::1]:8080"),
        ("http://b\u00fccher.example", Address("http", "xn--bcher-kva.example", 80), "http://xn--bcher-kva.example"),
    ],
)
def test_parse(url: str, address: Address, canonical: str) -> None:
    """Scheme, host and port are taken as the URL says, with the scheme's port if it names none."""
    parsed = Address.parse(url)

    assert parsed == address
    assert parsed.url == canonical
    assert Address.parse(parsed.url) == parsed


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("localhost:8080", "http://127.0.0.1:8080"),
        ("http:/host", "http://127.0.0.1:8080"),
        ("ftp://host", "http://127.0.0.1:8080"),
        ("", "http://127.0.0.1:8080"),
        ("http://", "http://127.0.0.1:8080"),
        ("http://:80", "http://127.0.0.1:8080"),
        ("http://host:port", "http://127.0.0.1:8080"),
        ("http://host:0", "http://127.0.0.1:8080"),
        ("http://host:65536", "http://127.0.0.1:8080"),
        ("http://[::1", "http://127.0.0.1:8080"),
        ("http://ho$t", "http://127.0.0.1:8080"),
        ("http://-host", "http://127.0.0.1:8080"),
        ("http://a..b", "http://127.0.0.1:8080"),
        ("http://ho st", "http://127.0.0.1:8080"),
        ("http://ho\tst", "http://127.0.0.1:8080"),
        ("http://host\n", "http://127.0.0.1:8080"),
        ("https://host:8443/secret", "https://host:8443"),
        ("https://host?key=secret", "https://host"),
        ("https://host/?", "https://host"),
        ("https://host#secret", "https://host"),
        ("https://user:secret@host", "--token"),
        ("https://secret@host:99999/", "--token"),
    ],
)
def test_refused(url: str, hint: str) -> None:
    """Anything else is a usage error that says what to write, and repeats nothing that may be a credential."""
    with pytest.raises(UsageError) as caught:
        Address.parse(url)

    assert hint in str(caught.value.hint)
    assert "secret" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
        ("::", False),
        ("127.0.0.1.example.com", False),
        ("vpc.example.com", False),
    ],
)
def test_loopback(host: str, loopback: bool) -> None:
    """Only addresses that never leave this machine are loopback; names other than localhost are not looked up."""
    assert Address("http", host, 80).is_loopback is loopback


@pytest.mark.parametrize("answers", [["127.0.0.1", "::1"], ["127.0.0.1", "10.0.0.1"], []])
def test_localhost_elsewhere(monkeypatch: pytest.MonkeyPatch, answers: list[str]) -> None:
    """A localhost that resolves to anything else, or to nothing, is not loopback."""

    def resolve(host: str, port: int, **_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        if not answers:
            raise OSError(host)
        return [(2, 1, 6, "", (answer, port)) for answer in answers]

    monkeypatch.setattr("socket.getaddrinfo", resolve)

    assert Address("http", "localhost", 80).is_loopback is (answers == ["127.0.0.1", "::1"])
