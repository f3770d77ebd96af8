"""A mock: an emulator that a tool makes from the contract, and how it is prepared and started."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from bench import node
from bench.command import run
from bench.downgrade import downgraded
from bench.tailored import PATTERNS
from conformance.bundled import bundled_contract
from conformance.contract.document import load
from conformance.emulator import FIXTURES, TOKEN

FILES: Final = Path(__file__).parent / "files"
CONNEXION: Final = node.INSTALLED.parent / "connexion" / "bin" / "uvicorn"
_WORD: Final = "[0-9a-fA-F]{1,4}"
_IPV6: Final = (
    rf"(({_WORD}:){{7}}{_WORD}|({_WORD}:){{1,7}}:|({_WORD}:){{1,6}}:{_WORD}|({_WORD}:){{1,4}}(:{_WORD}){{1,3}}"
    rf"|({_WORD}:){{1,2}}(:{_WORD}){{1,5}}|{_WORD}:(:{_WORD}){{1,6}}|:(:{_WORD}){{1,7}}|::)"
)
_OCTET: Final = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4: Final = rf"{_OCTET}\.{_OCTET}\.{_OCTET}\.{_OCTET}"
_ENTRY: Final = rf"^({_IPV4}(-{_IPV4}|/([12]?[0-9]|3[0-2]))?|{_IPV6}(-{_IPV6}|/([1-9]?[0-9]|1[01][0-9]|12[0-8]))?)$"


@dataclass(frozen=True, slots=True)
class Mock:
    """`prepare` writes into a folder what `command` needs there to serve on a port of the loopback."""

    name: str
    version: str
    prepare: Callable[[Path], None]
    command: Callable[[int], list[str]]


def contract() -> dict[str, Any]:
    """The contract in 3.0, our formats as patterns of either IP version, examples in place and named alike."""
    document = downgraded(load(bundled_contract()).root, {**PATTERNS, "ip-address-entry": _ENTRY})
    examples = document["components"].pop("examples")
    document["servers"] = [{"url": "/"}]
    for name in ("VpcProject", "AddressGroupId"):
        parameter = document["components"]["parameters"][name]
        parameter["examples"] = {"ipv4": {"value": parameter.pop("example")}}
    for item in document["paths"].values():
        for method in item.keys() - {"parameters"}:
            for answer in item[method]["responses"].values():
                for media in answer.get("content", {}).values():
                    media["examples"] = dict.fromkeys(media.get("examples", ()), examples["AddressGroup"])
    return document


def _contract(folder: Path) -> None:
    (folder / "openapi.json").write_text(json.dumps(contract()))


def _nothing(folder: Path) -> None:
    """Our own needs no file."""


def _ours(port: int) -> list[str]:
    return [sys.executable, "-m", "conformance.emulator", f"--port={port}"]


def _prism(port: int) -> list[str]:
    return [node.program("prism"), "mock", "openapi.json", "--host=127.0.0.1", f"--port={port}", "-v=silent"]


def _mockoon_files(folder: Path) -> None:
    _contract(folder)
    environment = folder / "environment.json"
    run(node.program("mockoon-cli"), "import", f"--input={folder / 'openapi.json'}", f"--output={environment}")
    environment.write_text(json.dumps(ruled(json.loads(environment.read_text()))))


def ruled(environment: dict[str, Any]) -> dict[str, Any]:
    """Mockoon's environment with the rules that a user clicks together: whom it answers, and with which example."""
    routes = [{**route, "responses": list(_ruled_answers(route))} for route in environment["routes"]]
    return {**environment, "routes": routes}


def _ruled_answers(route: dict[str, Any]) -> Iterator[dict[str, Any]]:
    answers = route["responses"]
    example = next((each for each in answers if each["label"] == "ipv4"), answers[0])
    known = "|".join(value for name, value in FIXTURES.items() if name != "project_id")
    rules = {
        401: [_unless("header", "X-Auth-Token", f"^{TOKEN}$")],
        404: [_unless("params", route["endpoint"].rpartition(":")[2].partition("/")[0], f"^({known})$")],
    }
    for each in answers:
        yield {**each, "default": each is example, "rules": rules.get(each["statusCode"], [])}


def _unless(target: str, name: str, pattern: str) -> dict[str, Any]:
    return {"target": target, "modifier": name, "value": pattern, "operator": "regex", "invert": True}


def _mockoon(port: int) -> list[str]:
    options = ["--hostname=127.0.0.1", f"--port={port}", "--disable-log-to-file", "--disable-admin-api"]
    return [node.program("mockoon-cli"), "start", "--data=environment.json", *options]


def _specmatic(port: int) -> list[str]:
    return [node.java(), "-jar", node.jar(), "stub", "openapi.json", "--host=127.0.0.1", f"--port={port}"]


def _connexion_files(folder: Path) -> None:
    _contract(folder)
    shutil.copy(FILES / "app.py", folder)


def _connexion(port: int) -> list[str]:
    return [str(CONNEXION), "app:app", "--host=127.0.0.1", f"--port={port}", "--log-level=critical"]


def _pinned(package: str) -> str:
    lines = (FILES / "requirements.txt").read_text().splitlines()
    return next(line.partition("==")[2] for line in lines if line.startswith(f"{package}=="))


MOCKS: Final = (
    Mock("our emulator", version("conformance-suite"), _nothing, _ours),
    Mock("Prism", node.version("@stoplight/prism-cli"), _contract, _prism),
    Mock("Connexion", _pinned("connexion"), _connexion_files, _connexion),
    Mock("Mockoon", node.version("@mockoon/cli"), _mockoon_files, _mockoon),
    Mock("Specmatic", node.version("specmatic"), _contract, _specmatic),
)
