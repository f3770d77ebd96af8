"""Credentials kept out of everything that is written: reports, logs, errors, command lines."""

from __future__ import annotations

import html
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote_plus, unquote_plus

from conformance.wire import Exchange, Failure, Headers, Request, Response

MASK = "***"

_HEADERS = (
    "api-key",
    "authorization",
    "proxy-authorization",
    "x-api-key",
    "x-auth-token",
    "x-security-token",
    "x-subject-token",
)
_QUERIES = ("access_token", "api_key", "apikey", "auth_token")
_SCHEMES = frozenset({"basic", "bearer", "digest"})
_SHORTEST = 4  # characters: what is shorter occurs by chance, and masking it everywhere would ruin a report
_LEARNED = 8  # characters: a credential of one request, perhaps a variation of a secret, looked for in its exchange
_BASE64 = "[A-Za-z0-9+/_-]"


class Secrets:
    """What must not be shown: values, wherever and however encoded they occur, and whatever a carrier carries.

    A carrier is a header, query parameter or cookie meant for credentials: its value is masked whole, because a case
    may send a variation of the token. Names given here join those known to everybody. A value of less than four
    characters is masked only where it is the whole of a text. The first value is the token, which `concealed` can
    replace by a stand-in of its own.
    """

    def __init__(
        self,
        values: Iterable[str],
        *,
        headers: Iterable[str] = (),
        queries: Iterable[str] = (),
        cookies: Iterable[str] = (),
    ) -> None:
        self._values = tuple(dict.fromkeys(value for value in values if value))
        self._headers = frozenset(name.lower() for name in (*_HEADERS, *headers))
        self._queries = frozenset((*_QUERIES, *queries))
        self._cookies = frozenset(cookies)
        self._forms = tuple(_forms(self._values))

    @property
    def token(self) -> str | None:
        """The first of the values."""
        return self._values[0] if self._values else None

    def redact(self, text: str) -> str:
        """The text with every secret in it masked, in whatever case and encoding."""
        return self._hidden(text, MASK)

    def redacted(self, exchange: Exchange) -> Exchange:
        """The exchange as it may be shown; what its request carried is masked in its response, too."""
        learned = self._with(self._carried(exchange.request))
        return replace(
            exchange,
            request=learned.concealed(exchange.request),
            response=exchange.response and learned.redacted_response(exchange.response),
            failure=exchange.failure and Failure(exchange.failure.kind, learned.redact(exchange.failure.detail)),
        )

    def concealed(self, request: Request, token: str = MASK) -> Request:
        """The request as it may be shown, with `token` in the place of the token where it stands unencoded."""
        return replace(
            request,
            target=self._target(request.target, token),
            headers=self._fields(request.headers, token),
            body=None if request.body is None else self._body(request.body, token),
        )

    def redacted_response(self, response: Response) -> Response:
        """The response as it may be shown."""
        return replace(
            response,
            reason=self.redact(response.reason),
            headers=self._fields(response.headers, MASK),
            body=self._body(response.body, MASK),
        )

    def _hidden(self, text: str, token: str) -> str:
        if len(text) < _SHORTEST and text in self._values:
            return token if text == self.token else MASK
        lowered = text.lower()
        present = [pattern for needle, pattern in self._forms if needle in lowered]
        if not present:
            return text
        # One pass over all: a second would look for secrets in the stand-in. `re` remembers what it compiled.
        pattern = re.compile("|".join(present), re.IGNORECASE)
        return pattern.sub(lambda found: token if found[0] == self.token else MASK, text)

    def _body(self, body: bytes, token: str) -> bytes:
        # A body of two letters is no header value, and is shown.
        text = body.decode("utf-8", "surrogateescape")
        shown = text if len(text) < _SHORTEST else self._hidden(text, token)
        return shown.encode("utf-8", "surrogateescape")

    def _target(self, target: str, token: str) -> str:
        path, mark, query = target.partition("?")
        pairs = [self._pair(pair, token) for pair in query.split("&")]
        return self._hidden(path, token) + mark + "&".join(pairs)

    def _pair(self, pair: str, token: str) -> str:
        name, mark, value = pair.partition("=")
        if value and unquote_plus(name) in self._queries:
            return f"{name}={self._credential(value, token)}"
        return self._hidden(name, token) + mark + self._hidden(value, token) if mark else self._hidden(pair, token)

    def _fields(self, headers: Headers, token: str) -> Headers:
        return tuple((name, self._field(name.lower(), value, token)) for name, value in headers)

    def _field(self, name: str, value: str, token: str) -> str:
        if name in self._headers:
            scheme, rest = _schemed(value)
            return scheme + self._credential(rest, token, basic=scheme.lower() == "basic ")
        match name:
            case "cookie":
                return ";".join(self._cookie(part, token) for part in value.split(";"))
            case "set-cookie":  # the target's own credential, whatever its name
                pair, mark, attributes = value.partition(";")
                return pair.partition("=")[0] + f"={MASK}" + mark + attributes
            case _:
                return self._hidden(value, token)

    def _cookie(self, part: str, token: str) -> str:
        name, mark, value = part.partition("=")
        if value and name.strip() in self._cookies:
            return f"{name}={self._credential(value, token)}"
        return self._hidden(name, token) + mark + self._hidden(value, token)

    def _credential(self, value: str, token: str, *, basic: bool = False) -> str:
        # An empty credential is shown: it is what the case is about.
        if not value.strip():
            return value
        if basic:
            return token if ":" in (plain := _decoded(value)) and plain == self.token else MASK
        return token if value == self.token else MASK

    def _carried(self, request: Request) -> Iterator[str]:
        for name, value in request.headers:
            if name.lower() in self._headers:
                scheme, rest = _schemed(value)
                yield rest
                yield _decoded(rest) if scheme.lower() == "basic " else ""
            elif name.lower() == "cookie":
                pairs = [part.partition("=") for part in value.split(";")]
                yield from (value for name, _, value in pairs if name.strip() in self._cookies)
        pairs = [part.partition("=") for part in request.target.partition("?")[2].split("&")]
        yield from (unquote_plus(value) for name, _, value in pairs if unquote_plus(name) in self._queries)

    def _with(self, carried: Iterable[str]) -> Secrets:
        new = [value for value in carried if len(value) >= _LEARNED and value not in self._values]
        if not new:
            return self
        # Without a value of the operator's, what is carried is not the token either: nothing refers to it.
        return Secrets((*self._values, *new), headers=self._headers, queries=self._queries, cookies=self._cookies)


def _schemed(value: str) -> tuple[str, str]:
    scheme, space, rest = value.partition(" ")
    return (scheme + space, rest) if space and scheme.lower() in _SCHEMES else ("", value)


def _decoded(text: str) -> str:
    try:
        return b64decode(text, validate=True).decode()
    except ValueError:
        return ""


def _forms(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Patterns of all that a secret is written as, each with letters without which it cannot match."""
    # The password of user:password is a secret without its user, too.
    parts = {part for value in values for part in (value, value.partition(":")[2]) if len(part) >= _SHORTEST}
    # The longest first: of a secret that contains another one, nothing is left over.
    for part in sorted(parts, key=lambda part: (-len(part), part)):
        yield _needle(part), "".join(map(_letter, part))
        yield from _base64s(part.encode())


def _needle(text: str) -> str:
    # No encoding touches ASCII letters and digits; to look for them is a hundred times faster than to match.
    return max(re.findall("[0-9a-z]+", text.lower()), key=len, default="")


def _letter(letter: str) -> str:
    """A pattern of the character as it is and as URLs, JSON and HTML write it."""
    if letter.isascii() and letter.isalnum():
        return letter
    percent = "".join(f"%{byte:02X}" for byte in letter.encode())
    escaped = {json.dumps(letter)[1:-1], f"\\u{ord(letter):04x}", f"\\{letter}"}
    forms = {letter, percent, quote_plus(letter), html.escape(letter), f"&#{ord(letter)};", *escaped}
    return "(?:" + "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form)))) + ")"


def _base64s(data: bytes) -> Iterator[tuple[str, str]]:
    """The same of the data's base64, alone and within something longer: what comes before shifts its letters."""
    alone = b64encode(data).decode().rstrip("=")
    yield _needle(alone), _either_alphabet(alone)
    for shift in range(3):
        letters = b64encode(bytes(shift) + data).decode()
        whole = (shift + len(data)) * 8 // 6  # letters that do not depend on what follows
        steady = letters[-(-shift * 8 // 6) : whole]
        if len(steady) >= _LEARNED:
            yield _needle(steady), f"{_BASE64}{{0,2}}{_either_alphabet(steady)}{_BASE64}{{0,2}}={{0,2}}"


def _either_alphabet(letters: str) -> str:
    return re.escape(letters).replace(r"\+", r"[+\-]").replace("/", "[/_]")
