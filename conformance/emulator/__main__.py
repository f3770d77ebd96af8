"""`python -m conformance.emulator`: the emulator on a port, until it is interrupted."""

from __future__ import annotations

import argparse
import sys

from conformance.emulator.server import serve
from conformance.errors import UsageError


def main(arguments: list[str] | None = None) -> int:
    """Serves as the command line says; 2 if that cannot be done."""
    options = _parser().parse_args(arguments)
    if options.list_faults:
        return _list_faults()
    parent = sys.stdin.fileno() if options.embedded else None
    try:
        serve(options.host, options.port, options.fault, _announce, switchable=options.switchable, parent=parent)
    except UsageError as error:
        print(f"{error.message}; {error.hint}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m conformance.emulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8080, help="port; 0 is any free one (default: %(default)s)")
    parser.add_argument("--fault", action="append", default=[], metavar="ID", help="a defect to have; may be repeated")
    parser.add_argument("--switchable", action="store_true", help="let GET and PUT /_conformance/faults change them")
    parser.add_argument("--list-faults", action="store_true", help="list the defects and exit")
    parser.add_argument("--embedded", action="store_true", help="end when standard input does")
    return parser


def _announce(url: str) -> None:
    print(url, flush=True)


def _list_faults() -> int:
    from conformance.emulator.faults import REGISTRY

    for fault in REGISTRY.values():
        print(f"{fault.id:40} {fault.breaks}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
