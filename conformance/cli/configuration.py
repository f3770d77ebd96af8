"""Named targets in conformance.toml: everything that the command line says of a target, but no secret."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from conformance.errors import UsageError
from conformance.nearest import did_you_mean
from conformance.settings import TargetSettings

FILE = "conformance.toml"

_KEYS: dict[str, tuple[type, ...]] = {
    "url": (str,),
    "token_env": (str,),
    "fixtures": (dict,),
    "settings": (dict,),
    "allow_changes": (bool,),
    "allow_disruption": (bool,),
    "timeout": (int, float),
}
_SECRETS = ("token", "password", "secret")
_NAMES: dict[type, str] = {str: "text", dict: "a table", bool: "true or false", int: "a number"}


def target(path: Path, name: str) -> TargetSettings:
    """The target of that name; raises UsageError for whatever cannot be used as it stands."""
    targets = _targets(path)
    if name not in targets:
        otherwise = f"it names {', '.join(targets)}" if targets else f"write a table [targets.{name}]"
        raise UsageError(f"{path} names no target {name!r}", hint=did_you_mean(name, targets, otherwise=otherwise))
    where = f"{path}: [targets.{name}]"
    table = _checked(targets[name], where)
    if "url" not in table:
        raise UsageError(f"{where} has no url", hint="without a target the embedded emulator is checked")
    return TargetSettings(
        url=str(table["url"]),
        token=_token(table.get("token_env"), where),
        fixtures=_fixtures(table.get("fixtures"), where),
        settings=dict(_mapping(table.get("settings"))),
        allow_changes=bool(table.get("allow_changes", False)),
        allow_disruption=bool(table.get("allow_disruption", False)),
        deadline=_seconds(table.get("timeout", TargetSettings().deadline), where),
    )


def token_variables(path: Path) -> tuple[str, ...]:
    """The environment variables from which targets take their tokens; none if there is no such file."""
    tables = (_mapping(table) for table in _targets(path).values()) if path.is_file() else ()
    return tuple(str(table["token_env"]) for table in tables if "token_env" in table)


def _targets(path: Path) -> Mapping[str, object]:
    content = _read(path)
    for key in content:
        if key != "targets":
            raise UsageError(f"{path}: there is no {key!r}", hint=did_you_mean(key, ["targets"], otherwise=_shape()))
    targets = content.get("targets", {})
    if isinstance(targets, dict):
        return targets
    raise UsageError(f"{path}: targets is not a table", hint=_shape())


def _read(path: Path) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise UsageError(f"there is no {path} here", hint=f"{_shape()}, or give --url") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        hint = 'a name with a dot is quoted: "address_group_id.ipv6" = "…"'
        raise UsageError(f"{path} is not TOML: {error}", hint=hint) from error


def _shape() -> str:
    return f"{FILE} holds tables such as [targets.staging]"


def _checked(table: object, where: str) -> Mapping[str, object]:
    if not isinstance(table, dict):
        raise UsageError(f"{where} is not a table", hint=_shape())
    for key, value in table.items():
        _check_key(key, where)
        _check_type(key, value, where)
    return table


def _check_key(key: str, where: str) -> None:
    if key in _SECRETS:
        hint = 'name an environment variable instead: token_env = "MY_TOKEN"'
        raise UsageError(f"{where} holds a {key}, and secrets do not belong in files", hint=hint)
    if key not in _KEYS:
        known = f"known are {', '.join(_KEYS)}"
        raise UsageError(f"{where} has no key {key!r}", hint=did_you_mean(key, _KEYS, otherwise=known))


def _check_type(key: str, value: object, where: str) -> None:
    wanted = _KEYS[key]
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise UsageError(f"{where}: {key} is not {_NAMES[wanted[0]]}")


def _token(variable: object, where: str) -> str | None:
    if variable is None:
        return None
    if token := os.environ.get(str(variable)):
        return token
    raise UsageError(f"{where}: the environment variable {variable} is not set", hint=f"export {variable}=…")


def _fixtures(table: object, where: str) -> dict[str, str]:
    """Names with a dot may be quoted or not: TOML reads an unquoted dot as a table within."""
    fixtures: dict[str, str] = {}
    for name, value in _mapping(table).items():
        for full, text in _flat(name, value):
            if not isinstance(text, str):
                raise UsageError(f"{where}: the fixture {full} is not text", hint="put its value in quotes")
            fixtures[full] = text
    return fixtures


def _flat(name: str, value: object) -> list[tuple[str, object]]:
    if not isinstance(value, dict):
        return [(name, value)]
    return [(f"{name}.{variant}", text) for variant, text in value.items()]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _seconds(value: object, where: str) -> float:
    if isinstance(value, int | float) and 0 < value < float("inf"):
        return float(value)
    raise UsageError(f"{where}: timeout is not a positive number of seconds")
