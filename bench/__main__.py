"""`python -m bench`: every promise about speed, measured side by side in one run, with its limit beside it."""

from __future__ import annotations

from collections.abc import Iterator

from bench import client, growth, peer
from bench.command import best, program
from bench.server import Counted

HEADER = f"{'what':<42}{'measured':>14}{'limit':>14}"


def main() -> None:
    """Prints a table; says nothing about whether a limit is kept but shows both numbers."""
    print(HEADER, "-" * len(HEADER), sep="\n")
    for lines in (_start(), _side_by_side(), _growth()):
        for line in lines:
            print(line, flush=True)


def _line(what: str, measured: str, limit: str = "") -> str:
    return f"{what:<42}{measured:>14}{limit:>14}"


def _start() -> Iterator[str]:
    done = best(10, program("conformance"), "--help")
    yield _line("conformance --help", f"{done.seconds:.3f} s", "0.15 s")


def _side_by_side() -> Iterator[str]:
    with Counted() as server:
        quick, _ = peer.suite(server, "quick")
        standard, pace = peer.suite(server, "standard")
    with Counted() as server:
        bare = client.rate(server)
    with Counted() as server:
        other = peer.schemathesis(server)
    for finish in (standard, quick, other):
        yield _line(finish.name, f"{finish.seconds:.2f} s", "2.00 s" if finish is standard else "")
    yield _line("  standard / schemathesis, wall time", f"{standard.seconds / other.seconds:.2f}", "1.00")
    yield _line("  requests, standard", str(standard.requests), "1500")
    yield _line("  requests, quick", str(quick.requests), "300")
    yield _line("  requests, schemathesis", str(other.requests))
    yield _line("requests per second, standard profile", f"{pace.rate:.0f}")
    yield _line("requests per second, bare client", f"{bare:.0f}")
    yield _line("  standard / bare client", f"{pace.rate / bare:.2f}", "0.60")


def _growth() -> Iterator[str]:
    for copies, size in growth.sizes():
        yield _line(f"{copies} copies: {size.requirements} requirements, {size.cases} cases", "")
        yield _line("  read and listed, per requirement", f"{1e6 * size.listing / size.requirements:.0f} µs")
        yield _line("  cases derived, per requirement", f"{1e6 * size.deriving / size.requirements:.0f} µs")
        yield _line("  memory at most, per requirement", f"{size.peak / size.requirements / 1024:.1f} KiB")


if __name__ == "__main__":
    main()
