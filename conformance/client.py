"""The typed client of a contract: generated, written into its place, and compared with what lies there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from copy import deepcopy
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from conformance.contract.document import load
from conformance.contract.schema import walk
from conformance.errors import ContractError, DefectError

CONFIGURATION = "generator.yaml"  # the generator's settings, beside the packages
_MACROS = "endpoint_macros.py.jinja"
_PARSING = "{% if parsed_responses %}{% import"  # where the generator's template begins to parse an answer
# An answer may be documented as JSON and as text; the generator knows the first only, and would read text as JSON.
_TEXT_TOO = """\
{% if parsed_responses and response.source.attribute == "response.json()" %}
{% for media_type in response.data.content or [] if media_type.get_untrusted_value().startswith("text/") %}
{% if loop.first %}
if response.headers.get("Content-Type", "").lower().startswith("text/"):
    return cast(Any, response.text)

{% endif %}
{% endfor %}
{% endif %}
"""
_REWRITTEN = frozenset(("date", "date-time", "uuid"))
_FORMATTERS = (("check", "--fix-only", "--extend-select=I"), ("format",))
_FORMATTER_OPTIONS = ("--isolated", "--no-cache", "--line-length=120", "--target-version=py311")


def regenerate(spec: Path, output: Path) -> None:
    """Replaces the client's package in the folder `output` by one that follows the contract `spec`.

    ContractError if the generator would leave anything of the contract out; then nothing is written.
    """
    with _generated(spec, output) as package:
        destination = output / package.name
        shutil.rmtree(destination, ignore_errors=True)
        shutil.copytree(package, destination)


def stale(spec: Path, output: Path) -> list[str]:
    """The files, relative to `output`, that `regenerate` would change, add or remove."""
    with _generated(spec, output) as package:
        fresh = _files(package)
        present = _files(output / package.name)
        names = (name for name in fresh | present if fresh.get(name) != present.get(name))
        return sorted(f"{package.name}/{name}" for name in names)


@contextmanager
def _generated(spec: Path, output: Path) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        package = Path(folder) / "package"
        name = _generate(spec, output, package)
        package = package.rename(package.with_name(name))
        (package / "py.typed").touch()
        _format(package)
        yield package


def _generate(spec: Path, output: Path, package: Path) -> str:
    """Writes the unformatted package and returns the name that it should have."""
    import openapi_python_client as generator
    from openapi_python_client.config import Config, ConfigFile, MetaType

    document = faithful(load(spec).root)
    source = package.with_name("openapi.json")
    source.write_text(json.dumps(document))
    own = output / CONFIGURATION
    settings = ConfigFile.load_from_path(own) if own.is_file() else ConfigFile()
    settings.post_hooks = []  # they would depend on the search path and on the folder
    config = Config.from_sources(settings, MetaType.NONE, source, "utf-8", overwrite=False, output_path=package)
    with redirect_stdout(StringIO()):
        errors = generator.generate(config=config, custom_template_path=_templates(package.with_name("templates")))
    if errors:
        raise _refused(spec, errors)
    return settings.package_name_override or _named_after(document)


def _templates(folder: Path) -> Path:
    """The one template of the generator's that has to know more, in a folder of its own."""
    from importlib.resources import files

    original = files("openapi_python_client").joinpath("templates", _MACROS).read_text()
    if original.count(_PARSING) != 1:
        raise DefectError("the client generator's template is not the one that this version knows")
    folder.mkdir()
    (folder / _MACROS).write_text(original.replace(_PARSING, _TEXT_TOO + _PARSING))
    return folder


def faithful(document: dict[str, Any]) -> dict[str, Any]:
    """The document as the generator has to read it, so that a client sends and gives back what it was given.

    It would turn texts of some formats into objects that are written otherwise (a UUID in upper case, a time to the
    second), and send a member's default where the caller left the member out, which in an update changes the target.
    """
    copy = deepcopy(document)
    for schema in (*copy.get("components", {}).get("schemas", {}).values(), *_inline(copy)):
        walk(schema, _spare)
    return copy


def _inline(node: Any) -> Iterator[Any]:
    """The schemas of parameters, headers and media types."""
    if isinstance(node, dict):
        yield node.get("schema")
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _inline(item)


def _spare(schema: dict[str, Any], _: object) -> None:
    schema.pop("default", None)
    if schema.get("format") in _REWRITTEN:
        del schema["format"]


def _refused(spec: Path, errors: Any) -> ContractError:
    said = "; ".join(f"{error.header}: {error.detail or ''}".strip(" :") for error in errors)
    return ContractError(
        f"the client would be incomplete: {' '.join(said.split())}",
        file=str(spec),
        hint="describe what is named here in a way that the client generator knows",
    )


def _named_after(document: dict[str, Any]) -> str:
    from openapi_python_client.strings import snake_case

    return f"{snake_case(document['info']['title'])}_client"


def _format(package: Path) -> None:
    for arguments in _FORMATTERS:
        command = [sys.executable, "-m", "ruff", *arguments, *_FORMATTER_OPTIONS, package.name]
        subprocess.run(command, cwd=package.parent, capture_output=True, check=True)  # noqa: S603  our own dependency


def _files(package: Path) -> dict[str, bytes]:
    found = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in found}
