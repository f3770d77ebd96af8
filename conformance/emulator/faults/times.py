"""Faults in created_at and updated_at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from conformance.emulator.behaviour import SHOW, UPDATE, Behaviour
from conformance.emulator.faults.change import showing, updating
from conformance.emulator.faults.fault import RULE, STATE, Change, family

fault = family("times")

SHOWN = f"{UPDATE}/response/200/body/address_group"
LOOKED = SHOWN.replace(UPDATE, SHOW)
FORM = f"{SHOWN}/updated_at/format {LOOKED}/updated_at/format"
FORMS = f"{FORM} {SHOWN}/created_at/format {LOOKED}/created_at/format"
SHANGHAI = timezone(timedelta(hours=8))
NEAR, MOVES, BACK = (f"{RULE}/updated-{rule}" for rule in ("near-the-present", "moves", "never-goes-back"))


def written(form: Callable[[datetime], str], *members: str) -> Change:
    """Times are written in another form."""
    return showing(lambda group: {**group, **{m: form(datetime.fromisoformat(group[m])) for m in members}})


def both_as(form: Callable[[datetime], str]) -> Change:
    """Both times are written in another form."""
    return written(form, "created_at", "updated_at")


def updated_as(form: Callable[[datetime], str]) -> Change:
    """The time of the last update is written in another form."""
    return written(form, "updated_at")


def clock(shift: Callable[[datetime], datetime]) -> Change:
    """The clock is off."""

    def change(behaviour: Behaviour) -> Behaviour:
        faithful = behaviour.now
        return replace(behaviour, now=lambda world: shift(faithful(world)))

    return change


def unmoved(*members: str) -> Change:
    """updated_at moves only if one of some members is given."""
    return updating(
        lambda before, option, after: (
            after if set(members) & set(option) else replace(after, updated_at=before.updated_at)
        )
    )


def exactly(seconds: int) -> Change:
    """updated_at is that many seconds after the last one."""
    return updating(
        lambda before, option, after: replace(after, updated_at=before.updated_at + timedelta(seconds=seconds))
    )


def in_turns() -> Change:
    """updated_at goes forth and back."""
    return updating(lambda before, option, after: replace(after, updated_at=_turn(before.updated_at, after.updated_at)))


def _turn(before: datetime, after: datetime) -> datetime:
    """Back after forth and forth after back, whatever the clock says: a time that went back ends in a microsecond."""
    back = before.year > 2020 and before.microsecond % 1000 == 0
    return before - timedelta(minutes=2) + timedelta(microseconds=1) if back else after


FAULTS = (
    fault(
        "times-local",
        "Times are written in local time with its offset.",
        FORMS,
        both_as(lambda t: t.astimezone(SHANGHAI).isoformat()),
    ),
    fault(
        "updated-local",
        "updated_at is written with an offset of eight hours.",
        FORM,
        updated_as(lambda t: t.astimezone(SHANGHAI).isoformat()),
    ),
    fault(
        "times-blank",
        "Date and time are separated by a blank.",
        FORMS,
        both_as(lambda t: t.strftime("%Y-%m-%d %H:%M:%S")),
    ),
    fault("times-date-only", "Times are dates.", FORMS, both_as(lambda t: t.strftime("%Y-%m-%d"))),
    fault(
        "times-rfc", "Times are written as in HTTP.", FORMS, both_as(lambda t: t.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    ),
    fault(
        "times-slashes", "Dates are written with slashes.", FORMS, both_as(lambda t: t.strftime("%Y/%m/%dT%H:%M:%S"))
    ),
    fault(
        "times-basic",
        "Times are written without hyphens and colons.",
        FORMS,
        both_as(lambda t: t.strftime("%Y%m%dT%H%M%SZ")),
    ),
    fault(
        "times-minutes", "Times are written without seconds.", FORMS, both_as(lambda t: t.strftime("%Y-%m-%dT%H:%M"))
    ),
    fault("times-empty", "Times are empty.", FORMS, both_as(lambda t: "")),
    fault("times-two-digits", "Years have two digits.", FORMS, both_as(lambda t: t.strftime("%y-%m-%dT%H:%M:%S"))),
    fault(
        "times-month-13", "The month and the day are swapped.", FORMS, both_as(lambda t: f"{t:%Y}-28-{t:%mT%H:%M:%S}")
    ),
    fault(
        "times-lower-case",
        "The letter between date and time is a small one.",
        FORMS,
        both_as(lambda t: t.strftime("%Y-%m-%dt%H:%M:%S")),
    ),
    fault(
        "updated-epoch",
        "updated_at is the number of seconds since 1970, as a string.",
        FORM,
        updated_as(lambda t: str(int(t.timestamp()))),
    ),
    fault(
        "updated-local-unmarked",
        "updated_at is local time and says nothing of it.",
        NEAR,
        clock(lambda t: t + timedelta(hours=8)),
    ),
    fault("updated-slow", "The clock is a day slow.", NEAR, clock(lambda t: t - timedelta(days=1))),
    fault("updated-fast", "The clock is an hour fast.", NEAR, clock(lambda t: t + timedelta(hours=1))),
    fault("updated-stands", "updated_at never moves.", f"{MOVES} {NEAR}", unmoved()),
    fault(
        "updated-stands-for-name",
        "An update of the name alone does not move updated_at.",
        MOVES,
        unmoved("description", "max_capacity", "ip_set", "ip_extra_set"),
    ),
    fault(
        "updated-stands-for-description",
        "An update of the description alone does not move updated_at.",
        MOVES,
        unmoved("name", "max_capacity", "ip_set", "ip_extra_set"),
    ),
    fault(
        "updated-stands-for-sets",
        "An update of the sets alone does not move updated_at.",
        MOVES,
        unmoved("name", "description", "max_capacity"),
    ),
    fault(
        "updated-back",
        "updated_at goes back with every update.",
        f"{BACK} {RULE}/updated-not-before-created",
        exactly(-600),
    ),
    fault("updated-step", "updated_at goes a second further with every update.", NEAR, exactly(1)),
    fault("updated-turns", "updated_at goes back with some updates.", BACK, in_turns()),
    fault(
        "updated-before-created",
        "updated_at is before created_at.",
        f"{RULE}/updated-not-before-created {NEAR}",
        updating(lambda before, option, after: replace(after, updated_at=after.created_at - timedelta(days=1))),
    ),
    fault(
        "created-later",
        "created_at moves a second with every update.",
        f"{STATE}/created_at/kept",
        updating(lambda before, option, after: replace(after, created_at=before.created_at + timedelta(seconds=1))),
    ),
    fault(
        "created-rewritten",
        "created_at is shown as it would be in another time zone.",
        f"{SHOWN}/created_at/format",
        written(lambda t: t.astimezone(SHANGHAI).isoformat(), "created_at"),
    ),
)
