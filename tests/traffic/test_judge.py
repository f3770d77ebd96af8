"""Laws of judging traffic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import Any

import pytest

from conformance import suite
from conformance.traffic.exchange import Recorded
from conformance.traffic.judge import TrafficJudge
from conformance.verdict import Result, Verdict
from conformance.wire import Exchange, Failure
from tests.traffic.samples import GROUP_PATH, ORIGIN, exchange, refusal, shown, update

CONTRACT = suite.load()
REQUIREMENTS = suite.requirements(CONTRACT)
UPDATE = "updateAddressGroup"
NAME = f"{UPDATE}/request/body/address_group/name/maxLength"
LONG = "x" * 65
NOTHING: Any = {}
DEEP: Any = reduce(lambda value, _: [value], range(400), NOTHING)


def look(number: int, **changes: Any) -> Exchange:
    """A look at the group, as the `number`th exchange."""
    return exchange("GET", GROUP_PATH, None, 200, shown(number, **changes), at=number)


def named(number: int, name: str = "a", **changes: Any) -> Exchange:
    """An update of name and set that is accepted."""
    answer = shown(number, name=name, updated_at=f"2025-06-28T02:06:{38 + number}.000+00:00", **changes)
    return update(number, {"name": name, "ip_set": ["192.168.3.2"]}, 200, answer)


def judged(exchanges: Iterable[Exchange | Recorded], *, whole: bool = False) -> TrafficJudge:
    """A judge that has heard these exchanges."""
    judge = TrafficJudge(CONTRACT, REQUIREMENTS, whole=whole)
    for each in exchanges:
        judge.enter(each if isinstance(each, Recorded) else Recorded(ORIGIN, each))
    return judge


def failed(judge: TrafficJudge) -> list[str]:
    """The requirements that fail."""
    return [each.requirement.id for each in judge.results() if each.verdict is Verdict.FAIL]


def of(judge: TrafficJudge, requirement: str) -> Result:
    """The verdict on one requirement."""
    return next(each for each in judge.results() if each.requirement.id == requirement)


def test_nothing_is_proved_by_nothing() -> None:
    """What no exchange showed is unproven."""
    judge = judged([])

    assert {each.verdict for each in judge.results()} == {Verdict.UNPROVEN}
    assert {each.reason for each in judge.results()} == {"not-exercised"}


def test_invalid_and_accepted() -> None:
    """A request that breaks a requirement and is accepted fails it, with words for what was sent."""
    judge = judged([named(1), named(2, LONG)])

    assert failed(judge) == [NAME]
    [evidence] = of(judge, NAME).evidence
    assert (evidence.sent, evidence.expected, evidence.observed) == ("65 characters", "400 or 409", "200")


def test_each_fault_of_an_accepted_request() -> None:
    """A request that breaks two requirements and is accepted fails both."""
    both = update(1, {"name": LONG, "ip_set": ["nonsense"]}, 200, shown(1))

    assert failed(judged([both])) == [NAME, f"{UPDATE}/request/body/address_group/ip_set/*/format"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_refusal_with_its_twin(order: int) -> None:
    """A refusal is proved by the accepted request that is equal but for the one fault, whichever came first."""
    twin, refused = named(1), update(2, {"name": LONG, "ip_set": ["192.168.3.2"]}, 400, refusal(2))

    judge = judged([twin, refused][::order])

    assert of(judge, NAME).verdict is Verdict.PASS
    assert of(judge, f"{UPDATE}/response/status/refusal").verdict is Verdict.PASS


def test_a_refusal_without_its_twin() -> None:
    """A refusal of a request that has no accepted twin proves nothing."""
    other = update(2, {"name": LONG, "ip_set": ["192.168.3.3"]}, 400, refusal(2))

    result = of(judged([named(1), other]), NAME)

    assert (result.verdict, result.reason) == (Verdict.UNPROVEN, "twin-refused")


@pytest.mark.parametrize("status", [401, 403, 404, 409, 429, 503])
def test_a_valid_request_that_is_refused(status: int) -> None:
    """It fails nothing, for nobody knows what was behind it; it is said."""
    judge = judged([named(1), update(2, {"name": "b", "ip_set": ["192.168.3.2"]}, status, refusal(2))])

    assert failed(judge) == []
    assert status == 503 or any("valid requests were refused" in each for each in judge.tally.sentences())


@pytest.mark.parametrize(("status", "fails"), [(400, []), (401, []), (429, []), (418, ["response/status/refusal"])])
def test_the_status_of_a_refusal(status: int, fails: list[str]) -> None:
    """An invalid request is refused with the documented status, or for a reason that may be true as well."""
    assert failed(judged([update(1, {"name": 5}, status, refusal(1))])) == [f"{UPDATE}/{each}" for each in fails]


def test_a_crash() -> None:
    """No request is answered with a 500."""
    assert f"{UPDATE}/protocol/hostile" in failed(judged([update(1, {"name": "a"}, 500, refusal(1))]))


def test_the_shape_of_answers() -> None:
    """Every answer is held to its schema, whatever became of the request behind it."""
    judge = judged([look(1, ip_version=5), update(2, {"name": 5}, 400, {"error_code": "x"})])

    assert sorted(failed(judge)) == [
        "showAddressGroup/response/200/body/address_group/ip_version/enum",
        "updateAddressGroup/response/400/body/error_msg/required",
    ]


def test_values_that_are_distinct() -> None:
    """A request id that comes twice fails."""
    assert failed(judged([look(1), look(1)])) == ["showAddressGroup/response/200/body/request_id/distinct"]


def test_effects() -> None:
    """An answer that does not show what was asked for fails, and so does one that shows what was not."""
    assert failed(judged([named(1), named(2, "b", max_capacity=19)])) == [f"{UPDATE}/state/max_capacity/kept"]
    ignored = update(1, {"name": "b", "ip_set": ["192.168.3.2"]}, 200, shown(1))
    assert failed(judged([ignored])) == [f"{UPDATE}/state/name/becomes"]


def test_a_look_after_an_update() -> None:
    """The next look confirms an update; another state than the answer showed fails."""
    confirmed, contradicted = judged([named(1, "b"), look(2, name="b")]), judged([named(1, "b"), look(2, name="a")])

    assert of(confirmed, f"{UPDATE}/state/answer/observed").verdict is Verdict.PASS
    assert f"{UPDATE}/state/answer/observed" in failed(contradicted)


@pytest.mark.parametrize(("name", "fails"), [("a", []), ("z", [f"{UPDATE}/state/refusal/unchanged"])])
def test_a_look_after_a_refusal(name: str, fails: list[str]) -> None:
    """What was refused changed nothing."""
    assert failed(judged([look(1), update(2, {"name": 5}, 400, refusal(2)), look(3, name=name)])) == fails


def test_a_look_after_a_rehearsal() -> None:
    """A rehearsal changes nothing, and is answered as one."""
    document = {"dry_run": True, "address_group": {"name": "b", "ip_set": ["192.168.3.2"]}}
    rehearsal = exchange("PUT", GROUP_PATH, document, 202, None, at=2)

    judge = judged([look(1), rehearsal, look(3, name="b")])

    assert failed(judge) == [f"{UPDATE}/rehearsal/unchanged"]
    assert of(judge, f"{UPDATE}/rehearsal/status").verdict is Verdict.PASS


@pytest.mark.parametrize(
    "between",
    [
        exchange("POST", f"{GROUP_PATH}/rename", {"name": "c"}, 200, None, at=2),
        exchange("DELETE", GROUP_PATH.rsplit("/", 1)[0], None, 204, None, at=2),
        exchange("PATCH", GROUP_PATH, {}, 200, None, at=2),
        Exchange(update(2, {"name": "c"}, 200, None).request, None, Failure("timeout", "10 s"), 1_751_076_400.0, 10.0),
        update(2, {"name": "c", "ip_set": ["192.168.3.2"]}, 502, None),
        exchange("PUT", GROUP_PATH, b"{", 200, shown(2), at=2),
    ],
)
def test_what_nobody_knows(between: Exchange) -> None:
    """After a request whose effect is unknown, nothing is said of what stayed as it was."""
    judge = judged([look(1), between, named(3, "b", max_capacity=7), look(4, name="b", max_capacity=7)])

    assert [each for each in failed(judge) if "/state/" in each] == []


def test_exchanges_that_overlap() -> None:
    """Of two exchanges at one time nobody knows which came first."""
    slow = replace(look(1), seconds=30.0)

    assert failed(judged([slow, named(2, "b", max_capacity=7)])) == []


def test_spoilt_states() -> None:
    """A state that holds a value that should have been refused is not held against answers, until it is overwritten."""
    spoilt = [named(1), named(2, LONG), look(3, name=LONG)]

    assert failed(judged(spoilt)) == [NAME]
    assert len(failed(judged([*spoilt, named(4), look(5, name=LONG)]))) > 1


def test_contested_requests() -> None:
    """What a server does where the contract is contested is noted, accepted or refused."""
    null = {"ip_extra_set": [{"ip": "192.168.3.2", "remarks": None}]}
    zone = f"{UPDATE}/contested/body/address_group/ip_extra_set/*/remarks/null-remark"

    accepted, refused = judged([update(1, null, 200, shown(1))]), judged([update(1, null, 400, refusal(1))])

    assert failed(accepted) == []
    noted = {each.requirement.id: each.reason for each in accepted.results() if each.verdict is Verdict.NOTED}
    assert zone in noted or any("remarks" in name for name in noted)
    assert any("remarks" in each.requirement.id and each.reason == "refuses" for each in refused.results())


@pytest.mark.parametrize("body", [b"{", b"{} {}", b"\xff", b"{'a'}"])
def test_bodies_that_are_no_json(body: bytes) -> None:
    """A body that is no JSON and is accepted fails the statement that it breaks."""
    [name] = failed(judged([exchange("PUT", GROUP_PATH, body, 200, shown(1))]))

    assert name.startswith(f"{UPDATE}/protocol/")


def test_credentials() -> None:
    """Where requests are whole, a missing credential that is accepted fails; a recording may have lost it."""
    bare = update(
        2, {"name": "a", "ip_set": ["192.168.3.2"]}, 200, shown(2, updated_at="2025-06-28T02:06:40Z"), token=None
    )
    noted = Recorded(ORIGIN, bare, note={"credential": "wrong"})

    assert failed(judged([bare])) == []
    assert failed(judged([bare], whole=True)) == [f"{UPDATE}/authentication/missing"]
    assert failed(judged([noted])) == [f"{UPDATE}/authentication/wrong"]


def test_a_refused_credential_with_its_twin() -> None:
    """The same request with its credential proves that its refusal was for want of one."""
    option = {"name": "a", "ip_set": ["192.168.3.2"]}
    refused = update(2, option, 401, {"error_code": "x", "error_msg": "y", "request_id": "z"}, token=None)

    judge = judged([named(1), refused], whole=True)

    assert of(judge, f"{UPDATE}/authentication/missing").verdict is Verdict.PASS


def test_what_is_left_out_is_said() -> None:
    """Traffic that is not judged is counted, with the reason."""
    judge = judged(
        [
            exchange("GET", "/favicon.ico", None, 200, None),
            Recorded(ORIGIN, look(1), cached=True),
            Recorded("http://other", Exchange(look(2).request, None, Failure("closed", ""), 0.0, 0.0)),
            Recorded(ORIGIN, update(3, {}, 200, shown(3)), asked=False),
            Recorded(ORIGIN, update(4, {"name": 5}, 400, None), answered=False),
            exchange("GET", GROUP_PATH, None, 404, {"error_code": "APIGW.0101", "error_msg": ""}),
            exchange("PUT", GROUP_PATH, {"address_group": {"name": "\ud800"}}, 400, refusal(5)),
            exchange("GET", GROUP_PATH, None, 200, {"request_id": "r", "address_group": DEEP}, at=9),
        ]
    )

    assert failed(judge) == []
    assert list(judge.tally.sentences()) == [
        "7 of 8 exchanges are described by the contract",
        f"1 are not, and are not judged: GET {ORIGIN}/favicon.ico (1)",
        f"they went to 2 servers, judged as if they were one: {ORIGIN} (6), http://other (1)",
        "1 answers came out of a cache and are not judged",
        "1 requests have no answer and are not judged",
        "1 answers say that the API is not offered at all, and are not judged",
        "1 requests have a body that is not recorded or cannot be read: only their answers are judged",
        "1 answers hold what no validator reads, and are not judged",
        "1 answers are recorded without their body: only their status is judged",
    ]
