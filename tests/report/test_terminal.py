"""Laws of the report as text."""

from __future__ import annotations

from dataclasses import replace

from syrupy.assertion import SnapshotAssertion

from conformance.report.terminal import Style, failure, render
from conformance.wire import Request
from tests.report import samples


def test_failure_reads_in_three_lines() -> None:
    """Where, the sentence, what was sent and seen; then how to repeat it."""
    entry = samples.shown()["requirements"][0]

    lines = failure(entry)

    assert lines == [
        "✗ updateAddressGroup  body.address_group.name  maxLength   (documented: VPC Table 3, name)",
        "      a name has at most 64 characters",
        "      sent 65 characters   expected 4xx   got 200 OK",
        f"      {samples.COMMAND}",
    ]


def test_whole_report(snapshot: SnapshotAssertion) -> None:
    """What a user reads of a run with one of everything."""
    given = samples.report(*samples.report().results, samples.BROKEN)

    text = render(samples.shown(given))

    assert text == snapshot


def test_narrow_terminal(snapshot: SnapshotAssertion) -> None:
    """Text is laid out within the width; commands stay whole, to be copied."""
    text = render(samples.shown(), Style(width=60))

    assert all(len(line) <= 60 or "curl" in line or "/" in line for line in text.splitlines())
    assert text == snapshot


def test_green_run(snapshot: SnapshotAssertion) -> None:
    """Of a run that only passed there is little to say."""
    quiet = replace(samples.report(samples.PASSED), findings=(), notices=())

    text = render(samples.shown(quiet))

    assert text == snapshot


def test_colours_only_if_wanted() -> None:
    """Colours change nothing but colours."""
    plain = render(samples.shown())
    coloured = render(samples.shown(), Style(colour=True))

    assert "\x1b" not in plain
    assert "\x1b[31m✗\x1b[0m updateAddressGroup" in coloured


def test_target_does_not_steer_the_terminal() -> None:
    """Control characters of an answer are shown as escapes, line breaks too."""
    odd = samples.evidence(observed="200 \x1b[2J\r\nexit 0: conformant \u202e")

    text = render(samples.shown(samples.report(replace(samples.FAILED, evidence=(odd,)))))

    assert r"got 200 \x1b[2J\r\nexit 0: conformant \u202e" in text


def test_huge_command_is_shortened() -> None:
    """A command of a megabyte does not flood the terminal, and the text says where all of it is."""
    long = samples.exchange()
    huge = replace(samples.FAILED, evidence=(samples.evidence(replace(long, request=_huge(long.request.target))),))

    text = render(samples.shown(samples.report(huge)))

    assert len(text) < 5_000
    assert "--report json=FILE" in text


def _huge(target: str) -> Request:
    return Request("PUT", f"{target}?{'x' * 1_000_000}")


def test_incomplete_is_said_beside_a_failure() -> None:
    """A run that failed and was cut says both."""
    cut = samples.report(samples.FAILED, run=replace(samples.RUN, incomplete="the time limit of 5 s has passed"))

    last = render(samples.shown(cut)).splitlines()[-1]

    assert last == (
        "exit 1: at least one requirement fails; and the run is incomplete: the time limit of 5 s has passed"
    )


def test_strict_departure_is_shown_as_failure() -> None:
    """What fails the run is shown with the failures."""
    departs = samples.report(samples.PASSED, replace(samples.NOTED, reason="departs"))

    text = render(samples.shown(departs, strict=True))

    assert text.startswith("✗ updateAddressGroup  body.address_group  both-sets   (contested: ")
    assert "exit 1" in text


def test_commands_of_the_emulator() -> None:
    """After a run on the embedded emulator, commands lead to one that is served, and the text says how."""
    embedded = replace(samples.report(samples.FAILED), target={"url": "embedded emulator", "kind": "emulator"})

    text = render(samples.shown(embedded))

    assert "http://127.0.0.1:8080/v3/p/vpc/address-groups/g" in text
    assert "To repeat a command:\n  export CONFORMANCE_TOKEN=…\n  conformance serve --port 8080\n" in text
