"""Laws of the page of benchmarks: what counts as found, and over which faults."""

from __future__ import annotations

from bench.peers.page import complete, page, score
from bench.peers.tool import TOOLS, Tool
from bench.peers.trial import Trial


def tool(name: str) -> Tool:
    """A tool that is never started."""
    return Tool(name, "1", lambda *_: None, lambda url: [], "none", lambda text: iter(()))


def trial(name: str, fault: str, *failures: str, attempt: int = 0, started: bool = True) -> Trial:
    """A trial of ten requests."""
    return Trial(name, fault, attempt, failures, 10, 2.0, 1.0, started)


OURS, OTHER = tool("conformance, quick"), tool("other")
ORDER = ("a", "b", "c", "d")
TRIALS = (
    trial("conformance, quick", ""),
    trial("conformance, quick", "a", "x"),
    trial("conformance, quick", "b"),
    trial("conformance, quick", "c"),
    trial("other", "", "false"),
    trial("other", "", "false", "noise", attempt=1),
    trial("other", "a", "false", "noise"),
    trial("other", "b", started=False),
    trial("other", "c", "false", "new"),
)


def test_only_what_is_new_is_found() -> None:
    """A false alarm and noise are no find; they are counted."""
    seen = score(TRIALS, OTHER, ("a", "b", "c"))

    assert seen.found == {"c"}
    assert (seen.tried, seen.told, seen.alarms, seen.noise) == (("a", "b", "c"), 2, 1, 1)


def test_the_sample_ends_where_a_trial_is_missing() -> None:
    """A fault counts once every tool has tried it, or was known to get the same answers."""
    assert complete(TRIALS, (OURS, OTHER), ORDER) == ("a", "b", "c")
    assert complete(TRIALS[:3], (OURS, OTHER), ORDER) == ()


def test_the_page_says_who_is_better() -> None:
    """What another found and we did not comes by its name; shares and costs stand in the table."""
    families = {"a": "first", "b": "first", "c": "second", "d": "second"}

    text = page("$better\n$table\n$families", TRIALS, (OURS, OTHER), families, ORDER)

    assert "- other found `c`, and we did not." in text
    assert "| conformance, quick | 1 | 1 | 33 % | 3 | 0 | 0 | 10 | 1.0 | 2 |" in text
    assert "| second | 0/1 | 1/1 |" in text


def test_the_tools_have_names_of_their_own() -> None:
    """Results are kept by name."""
    assert len({each.name for each in TOOLS}) == len(TOOLS)
