"""Laws of what is shipped: one wheel holds suite, client and contract, and the lock is the environment."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions, version
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DECLARED = [Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]]
NOT_LOCKED = {"pip", "setuptools", canonicalize_name(PROJECT["name"])}  # what every environment has, and ourselves


def locked() -> dict[str, str]:
    """The version of every package in the lock."""
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    pairs = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): pinned for name, pinned in pairs}


def needed(name: str, extras: frozenset[str], seen: set[tuple[str, frozenset[str]]]) -> set[str]:
    """The installed packages that a package needs here, itself among them."""
    if (name, extras) in seen:
        return set()
    seen.add((name, extras))
    found = {name}
    (distribution, *_) = distributions(name=name)
    for requirement in map(Requirement, distribution.requires or []):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            found |= needed(canonicalize_name(requirement.name), frozenset(requirement.extras), seen)
    return found


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files in the wheel, by name."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    (path,) = folder.glob("*.whl")
    with ZipFile(path) as wheel:
        return {name: wheel.read(name) for name in wheel.namelist()}


def test_the_wheel_holds_suite_client_and_contract(shipped: dict[str, bytes]) -> None:
    """An installed package needs nothing of the checkout."""
    folders = {name.split("/")[0] for name in shipped}
    packages = {folder for folder in folders if not folder.endswith(".dist-info")}
    clients = {path.parent.name for path in (ROOT / "generated").glob("*/__init__.py")}

    assert packages == {"conformance"} | clients
    assert len(clients) == 1
    assert shipped["conformance/_data/openapi.yaml"] == (ROOT / "spec" / "openapi.yaml").read_bytes()
    assert all(f"{client}/py.typed" in shipped for client in clients)


def test_the_wheel_holds_every_source_file(shipped: dict[str, bytes]) -> None:
    """What is imported in a checkout is imported after an installation too."""
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "conformance").rglob("*.py")}

    assert sources <= shipped.keys()


def test_the_wheel_has_both_front_doors(shipped: dict[str, bytes]) -> None:
    """The command and the pytest plugin are declared."""
    (entry_points,) = (text.decode() for name, text in shipped.items() if name.endswith("/entry_points.txt"))

    assert "conformance = conformance.cli:main" in entry_points
    assert re.search(r"\[pytest11\]\nconformance = conformance\.plugin", entry_points)


def test_the_lock_keeps_what_is_declared() -> None:
    """Each declared dependency is locked at a version that its declaration admits."""
    pins = locked()

    broken = [str(item) for item in DECLARED if pins.get(canonicalize_name(item.name), "") not in item.specifier]

    assert broken == []


def test_the_lock_is_the_closure_of_what_is_declared() -> None:
    """Nothing that is needed is missing in the lock, and nothing else is in it."""
    seen: set[tuple[str, frozenset[str]]] = set()

    closure = {name for item in DECLARED for name in needed(canonicalize_name(item.name), frozenset(item.extras), seen)}

    assert closure - NOT_LOCKED == locked().keys()


def test_the_environment_is_the_lock() -> None:
    """The tests ran with the locked versions."""
    pins = locked()

    assert {name: version(name) for name in pins} == pins


def test_the_lock_names_no_index() -> None:
    """Whoever installs chooses where packages come from."""
    assert "://" not in (ROOT / "requirements.lock").read_text()
