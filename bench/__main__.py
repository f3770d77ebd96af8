"""`python -m bench`: every promise about speed, measured side by side in one run, with its limit beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bench import client, growth, peer, traffic, versions
from bench.command import best, program
from bench.server import Counted

HEADER = f"{'what':<46}{'measured':>10}{'limit':>10}"


def main() -> None:
    """Prints a table of what was measured and, where something was promised, its limit."""
    print(HEADER, "-" * len(HEADER), sep="\n")
    for lines in (_start(), _side_by_side(), _growth(), _proxied(), _judged(), _versions()):
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
    yield _line("conformance check, without a server", f"{peer.embedded().seconds:.2f} s", "2.00 s")
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


def _proxied() -> Iterator[str]:
    found = traffic.proxy()
    yield _line("a request at the median, direct", f"{1000 * found.direct:.2f} ms")
    yield _line("  through conformance judge --proxy", f"{1000 * found.through:.2f} ms")
    yield _line("  added", f"{1000 * (found.through - found.direct):.2f} ms", "1.00 ms")


def _judged() -> Iterator[str]:
    for size, found in traffic.recordings():
        yield _line(f"a HAR of {size / 1e9:.1f} GB, {found.exchanges} exchanges", f"{found.seconds:.0f} s")
        yield _line("  exchanges per second of one core", f"{found.rate:.0f}", "5000")
        yield _line("  memory at most", f"{found.peak / 2**20:.0f} MiB")


def _versions() -> Iterator[str]:
    data = os.environ.get("DATA")
    if not data:
        yield _line("compat of a large public contract", "left out")
        yield "  give the folder of it: make bench DATA=…"
        return
    edited, same = versions.edited(Path(data).absolute())
    yield _line("compat: 659 operations against an edited copy", f"{edited.seconds:.1f} s")
    yield _line("  findings that break callers", str(edited.breaking))
    yield _line("  against itself", f"{same.seconds:.1f} s")


if __name__ == "__main__":
    main()
