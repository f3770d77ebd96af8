"""Which statuses refuse what: read from the contract, and from HTTP where it is silent."""

from __future__ import annotations

from functools import lru_cache

from conformance.contract.operation import Operation

_GENERAL = (400, 422)  # which say that a request is invalid, and not in which one respect
_INVALID = (400, 411, 412, 413, 414, 415, 422, 431)
_OTHER_REASONS = (401, 403, 404, 405, 406, 407, 408, 410, 421, 425, 426, 428, 429, 451)
_OF_MISSING = (404, 409, 410, 412)  # of what is named and is not there, is there already, was, or is another by now
_OF_STATES = (402, 403, *_OF_MISSING, 423, 424, 428)
SEVERAL = 5  # statuses; more are said as a range
UNAUTHORIZED, GONE = 401, 410
_ANY = tuple(status for status in range(400, 500) if status not in (401, 405, 429))
_HTTP = {
    "authentication": (401, 403),
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
    invalid = _invalid(documented, open_=bool({"4XX", "default"} & set(operation.answers)))
    known = {
        "invalid": invalid,
        "state": _ANY,
        "authentication": tuple(s for s in (401, 403) if s in documented)[:1],
        "media": tuple(dict.fromkeys((*invalid, 400, 415))),
        "malformed": tuple(dict.fromkeys((*invalid, 400, 404))),
        "unknown": (404, *(s for s in documented if s == GONE)),
    }
    return known.get(kind) or _HTTP.get(kind, _INVALID)


def unsettled(operation: Operation, status: int) -> bool:
    """Whether a status says that a request is valid, and cannot be done as things are.

    Where the contract describes no state, its documented statuses of this kind are right of some valid requests, and no
    schema says of which: that something named is missing, there already, in another version, locked or not paid for.
    An operation that asks for no credential may answer 401 to what is one in its body.
    """
    if operation.state is not None:
        return False
    if str(status) in operation.answers:
        return status in _OF_STATES or (status == UNAUTHORIZED and not operation.security)
    return status in _OF_MISSING and operation.answer(status) is not None


def _invalid(documented: tuple[int, ...], *, open_: bool) -> tuple[int, ...]:
    """The documented statuses, HTTP's where none of them is general; a documented 405 is about the input then.

    Where other statuses are documented without a number, the general ones are among them.
    """
    own = tuple(status for status in documented if status not in _OTHER_REASONS)
    if set(own) & set(_GENERAL):
        return tuple(dict.fromkeys((*own, *(_GENERAL if open_ else ()))))
    return tuple(dict.fromkeys((*own, *(s for s in documented if s == 405), *_INVALID)))


def _range(text: str) -> tuple[int, ...]:
    """4XX is any status of a refusal, save those that speak of the credential, the method or the rate."""
    return _ANY if text.upper() == "4XX" else (int(text),)


def words(allowed: tuple[int, ...]) -> str:
    """The allowed statuses for people."""
    return "4xx" if len(allowed) > SEVERAL else " or ".join(map(str, allowed))
