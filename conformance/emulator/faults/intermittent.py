"""Faults that show only now and then: every n-th request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from conformance.emulator import groups, instances
from conformance.emulator.behaviour import MODIFY, UPDATE
from conformance.emulator.call import Answer, Call
from conformance.emulator.faults.change import answering, every, sparing, storing
from conformance.emulator.faults.fault import OPTION, RULE, STATE, Change, Fault, family
from conformance.emulator.state import Group

fault = family("intermittent")

REPEATABLE = f"{UPDATE}/protocol/repeatable"
SUCCESS, REFUSAL = f"{UPDATE}/response/status/success", f"{UPDATE}/response/status/refusal"
CONTENT = tuple(check.name for check in groups.update_checks() if check.name.startswith("/body/address_group/"))
NICS = tuple(check.name for check in instances.modify_checks() if check.name.startswith("/body/"))


def now_and_then(n: int, statuses: tuple[int, ...], edit: Callable[[Answer], Answer]) -> Change:
    """Each n-th answer to an update is changed, if it has one of some statuses."""
    turn = every(n)

    def concerned(call: Call, answer: Answer) -> bool:
        return call.operation == UPDATE and answer.status in statuses and turn(call)

    return answering(concerned, lambda call, answer: edit(answer))


def forgetting(n: int) -> Change:
    """Each n-th update is not stored."""
    turn = every(n)

    def store(call: Call, before: Group, after: Group) -> None:
        call.world.groups[after.id] = before if turn(call) else after

    return storing(store)


def unvalidated(n: int) -> Fault:
    """Each n-th update is not looked at."""
    members = " ".join(f"{OPTION}/{end}" for end in ("name/pattern", "ip_set/*/format", "description/pattern"))
    breaks = f"Every {n}th request's address group is not looked at."
    return fault(f"unvalidated-{n}", breaks, f"{REPEATABLE} {members}", sparing(every(n), *CONTENT, "sets", "capacity"))


FAULTS = (
    *(unvalidated(n) for n in (2, 3, 5, 7, 20)),
    fault(
        "unvalidated-nics-3",
        "Every third request's interfaces are not looked at.",
        f"{MODIFY}/request/body/vpc_id/type {MODIFY}/request/body/nics/type",
        sparing(every(3), *NICS, operation=MODIFY),
    ),
    *(
        fault(
            f"crash-{n}",
            f"Every {n}th update is done and answered with 500.",
            f"{REPEATABLE} {SUCCESS}",
            now_and_then(n, (200,), lambda answer: replace(answer, status=500)),
        )
        for n in (5, 20)
    ),
    fault(
        "overloaded-7",
        "Every seventh refusal is a 503.",
        f"{REPEATABLE} {REFUSAL}",
        now_and_then(7, (400,), lambda answer: replace(answer, status=503)),
    ),
    fault(
        "accepted-10",
        "Every tenth refusal is an error object with 200.",
        f"{REPEATABLE} {REFUSAL}",
        now_and_then(10, (400,), lambda answer: replace(answer, status=200)),
    ),
    fault("forgotten-3", "Every third request's update is not stored.", f"{STATE}/answer/observed", forgetting(3)),
    fault("forgotten-10", "Every tenth request's update is not stored.", f"{STATE}/answer/observed", forgetting(10)),
    fault(
        "request-id-twice-5",
        "Every fifth answer has the request id of all fifths.",
        f"{UPDATE}/response/200/body/request_id/distinct",
        now_and_then(
            5,
            (200,),
            lambda answer: replace(answer, body={**answer.body, "request_id": "5bbd1640fa6843629a5c30c4809958e0"}),
        ),
    ),
    fault(
        "request-id-missing-7",
        "Every seventh answer lacks its request id.",
        f"{UPDATE}/response/200/body/request_id/required",
        now_and_then(7, (200,), lambda answer: replace(answer, body={"address_group": answer.body["address_group"]})),
    ),
    fault(
        "cut-20",
        "Every twentieth answer ends too early.",
        f"{UPDATE}/response/200/body/json",
        now_and_then(20, (200,), lambda answer: replace(answer, raw=b'{"address_group":')),
    ),
    fault(
        "updating-taken-2",
        "Every second update of a group that is UPDATING is done.",
        f"{REPEATABLE} {RULE}/not-updating",
        sparing(every(2), "status"),
    ),
)
