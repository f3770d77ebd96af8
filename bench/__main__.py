"""`python -m bench`: every promise about speed, measured side by side in one run, with its limit beside it."""

from __future__ import annotations

from collections.abc import Iterator

from bench import client, growth, peer
from bench.command import best, program
from bench.server import Counted

HEADER = f"{'what':<46}{'measured':>10}{'limit':>10}"


def main() -> None:
    """Prints a table of what was measured and, where something was promised, its limit."""
    print(HEADER, "-" * len(HEADER), sep="\n")
    for lines in (_start(), _side_by_side(), _growth()):
        for line in lines:
            print(line, flush=True)


def _line(what: str, measured: str, limit: str = "") -> str:
    return f"{what:<46}{measured:>10}{limit:>10}".rstrip()


def _start() -> Iterator[str]:
    done = best(10, program("conformance"), "--help")
    yield _line("conformance --help", f"{done.seconds:.3f} s", "0.15 s")


def _side_by_side() -> Iterator[str]:
    with Counted() as server:
        quick, standard = peer.suite(server, "quick"), peer.suite(server, "standard")
        bare = client.fastest(server)
    with Counted() as server:
        other = peer.schemathesis(server)
    for finish in (standard, quick, other):
        yield _line(finish.name, f"{finish.seconds:.2f} s", "2.00 s" if finish is standard else "")
    yield _line("  standard / schemathesis, wall time", f"{standard.seconds / other.seconds:.2f}", "1.00")
    yield _line("  requests, standard", str(standard.tally.requests), "1500")
    yield _line("  requests, quick", str(quick.tally.requests), "300")
    yield _line("  requests, schemathesis", str(other.tally.requests))
    yield _line("requests per second while running, standard", f"{standard.tally.rate:.0f}")
    yield _line("requests per second, bare client in a loop", f"{bare.rate:.0f}")
    yield _line("  standard / bare client", f"{standard.tally.rate / bare.rate:.2f}", "0.60")


def _growth() -> Iterator[str]:
    measured = list(growth.sizes())
    for copies, size in measured:
        what = f"{copies} copies, {size.requirements} requirements"
        yield _line(f"{what}: listed", f"{size.listing:.1f} s")
        yield _line(f"  {size.cases} cases derived", f"{size.deriving:.1f} s")
        yield _line("  memory at most", f"{size.peak / 2**20:.0f} MiB")
    (fewest, small), (most, large) = measured[0], measured[-1]
    proportion = f"{most / fewest:.2f}"
    yield _line(f"{most} / {fewest} copies: listed", f"{large.listing / small.listing:.2f}", proportion)
    yield _line("  derived", f"{large.deriving / small.deriving:.2f}", proportion)
    yield _line("  memory at most", f"{large.peak / small.peak:.2f}", proportion)


if __name__ == "__main__":
    main()
