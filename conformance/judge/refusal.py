"""Which statuses refuse what: read from the contract, and from HTTP where it is silent."""

from __future__ import annotations

from functools import lru_cache

from conformance.contract.operation import Operation

_INVALID = (400, 411, 412, 413, 414, 415, 422, 431)
_OTHER_REASONS = (401, 403, 404, 405, 406, 407, 408, 410, 421, 425, 426, 428, 429, 451)
_ANY = tuple(status for status in range(400, 500) if status not in (401, 405, 429))
_HTTP = {
    "authentication": (401, 403),
    "unknown": (404,),
    "malformed": (400, 404, 422),
    "media": (400, 415, 422),
    "method": (400, 403, 404, 405, 501),
    "head": (*range(400, 500), 501),
}


@lru_cache(maxsize=4096)
def statuses(operation: Operation, kind: str) -> tuple[int, ...]:
    """The statuses with which a refusal of this kind is right.

    "unknown/NAME" is that of a path parameter, "unknown/NAME/malformed" of a value that may be called either;
    "unreadable" is that of a body that is no JSON.
    """
    if kind == "unreadable" or kind.endswith("/malformed"):  # what is no JSON is no body of the media type either
        either = ("invalid", "media") if kind == "unreadable" else (kind.removesuffix("/malformed"), "malformed")
        return tuple(sorted({status for each in either for status in statuses(operation, each)}))
    kind, _, parameter = kind.partition("/")
    own = next((p.unknown for p in operation.parameters if p.where == "path" and p.name == parameter), ())
    stated = own or operation.refusal.get(kind)
    if stated:
        return tuple(sorted({status for text in stated for status in _range(text)}))
    documented = tuple(int(key) for key in operation.answers if key.isdigit() and key.startswith("4"))
    match kind:
        case "invalid":
            return _invalid(documented)
        case "state":
            return _ANY
        case "authentication":
            return tuple(s for s in (401, 403) if s in documented)[:1] or _HTTP["authentication"]
        case "media":
            return tuple(dict.fromkeys((*_invalid(documented), 400, 415)))
        case "malformed":
            return tuple(dict.fromkeys((*_invalid(documented), 400, 404)))
        case _:
            return _HTTP.get(kind, _INVALID)


def unsettled(operation: Operation, status: int) -> bool:
    """Whether a status says of a valid request that something it names is missing or there already.

    Where the contract describes no state, its documented 404 and 409 are right of some valid requests, and no
    schema says of which.
    """
    documented = {str(status), "4XX"} & set(operation.answers)
    return status in (404, 409) and operation.state is None and bool(documented)


def _invalid(documented: tuple[int, ...]) -> tuple[int, ...]:
    """The documented statuses, HTTP's where none is usual; a documented 405 is about the input: the method is there."""
    own = tuple(status for status in documented if status not in _OTHER_REASONS)
    return own if set(own) & set(_INVALID) else (*own, *(s for s in documented if s == 405), *_INVALID)


def _range(text: str) -> tuple[int, ...]:
    """4XX is any status of a refusal, save those that speak of the credential, the method or the rate."""
    return _ANY if text.upper() == "4XX" else (int(text),)


def words(allowed: tuple[int, ...]) -> str:
    """The allowed statuses for people."""
    return "4xx" if len(allowed) > 9 else " or ".join(map(str, allowed))
