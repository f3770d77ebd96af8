"""A tool: how it is prepared for a server, started, and read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import yaml

from bench import node
from bench.command import OUTPUT, program, run
from bench.peers import failures
from bench.peers.workflow import finished
from bench.tailored import one_member_each, tailored
from conformance.bundled import bundled_contract
from conformance.emulator import FIXTURES, TOKEN

FILES: Final = Path(__file__).parent / "files"


@dataclass(frozen=True, slots=True)
class Tool:
    """`prepare` writes into a folder what `command` needs there; `read` reads `result`, a file there, afterwards."""

    name: str
    version: str
    prepare: Callable[[Path, str], None]
    command: Callable[[str], list[str]]
    result: str
    read: Callable[[str], Iterator[str]]


def _nothing(folder: Path, url: str) -> None:
    """Some need no file."""


def _check(profile: str) -> Callable[[str], list[str]]:
    def command(url: str) -> list[str]:
        fixtures = [f"--fixture={name}={value}" for name, value in FIXTURES.items()]
        options = [f"--url={url}", f"--token={TOKEN}", f"--profile={profile}", "--report=json=report.json", *fixtures]
        return [program("conformance"), "check", *options]

    return command


def _contract(folder: Path, url: str) -> None:
    (folder / "openapi.json").write_text(json.dumps(tailored(url)))


def _schemathesis(url: str) -> list[str]:
    options = [f"--url={url}", f"--header=X-Auth-Token: {TOKEN}", "--report=junit", "--report-junit-path=junit.xml"]
    return [program("schemathesis"), "run", str(bundled_contract()), *options, "--seed=1"]


def _tuned_files(folder: Path, url: str) -> None:
    _contract(folder, url)
    for name in ("schemathesis.toml", "hooks.py"):
        shutil.copy(FILES / name, folder)


def _tuned(url: str) -> list[str]:
    options = [f"--url={url}", "--report=junit", "--report-junit-path=junit.xml", "--seed=1"]
    options.append("--max-failures=1")  # it has no false alarm: the first failure is a find
    return [program("schemathesis"), "--config-file=schemathesis.toml", "run", "openapi.json", *options]


def _specmatic_files(folder: Path, url: str) -> None:
    (folder / "openapi.json").write_text(json.dumps(one_member_each(tailored(url))))
    shutil.copy(FILES / "specmatic.yaml", folder)


def _specmatic(url: str) -> list[str]:
    brief = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # what serves a long life costs it half of its seconds
    return [node.java(), *brief, "-jar", node.jar(), "test", f"--testBaseURL={url}", "--junitReportDir=."]


def _dredd_files(folder: Path, url: str) -> None:
    _contract(folder, url)
    shutil.copy(FILES / "hooks.js", folder)


def _dredd(url: str) -> list[str]:
    options = ["--hookfiles=./hooks.js", "--reporter=xunit", "--output=xunit.xml", "--loglevel=error"]
    return [node.program("dredd"), "openapi.json", url, *options]


def _portman_files(folder: Path, url: str) -> None:
    _contract(folder, url)
    contract, settings, collection = folder / "openapi.json", FILES / "portman.json", folder / "collection.json"
    run(node.program("portman"), f"-l={contract}", f"-b={url}", f"-o={collection}", f"-c={settings}", "-t=true")


def _newman(url: str) -> list[str]:
    options = ["--reporters=json", "--reporter-json-export=report.json"]
    return [node.program("newman"), "run", "collection.json", *options]


def _stepci_files(folder: Path, url: str) -> None:
    _contract(folder, url)
    workflow = folder / "workflow.yml"
    run(node.program("stepci"), "generate", str(folder / "openapi.json"), str(workflow))
    workflow.write_text(yaml.safe_dump(finished(yaml.safe_load(workflow.read_text())), sort_keys=False))


def _stepci(url: str) -> list[str]:
    return [node.program("stepci"), "run", "workflow.yml"]


_OURS: Final = version("conformance-suite")
_SCHEMATHESIS: Final = version("schemathesis")
_SPECMATIC: Final = node.version("specmatic")
_PORTMAN: Final = f"{node.version('@apideck/portman')}, {node.version('newman')}"

TOOLS: Final = (
    Tool("conformance, quick", _OURS, _nothing, _check("quick"), "report.json", failures.ours),
    Tool("conformance, standard", _OURS, _nothing, _check("standard"), "report.json", failures.ours),
    Tool("Dredd", node.version("dredd"), _dredd_files, _dredd, "xunit.xml", failures.dredd),
    Tool("Portman, newman", _PORTMAN, _portman_files, _newman, "report.json", failures.newman),
    Tool("Step CI", node.version("stepci"), _stepci_files, _stepci, OUTPUT, failures.stepci),
    Tool("Specmatic", _SPECMATIC, _specmatic_files, _specmatic, "TEST-junit-jupiter.xml", failures.specmatic),
    Tool("schemathesis, tuned", _SCHEMATHESIS, _tuned_files, _tuned, "junit.xml", failures.schemathesis),
    Tool("schemathesis", _SCHEMATHESIS, _nothing, _schemathesis, "junit.xml", failures.schemathesis),
)
