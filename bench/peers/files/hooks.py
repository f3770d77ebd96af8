"""Hooks of the tuned run: valid requests that the group takes for certain, and answers that show what was sent."""

from typing import Any

import schemathesis


def _settled(body: dict[str, Any]) -> dict[str, Any]:
    """What no schema of 3.0 can say: one of the two sets, and no more entries than the capacity."""
    group = body.get("address_group")
    if not isinstance(group, dict):
        return body
    group = dict(group)
    if "ip_set" in group:
        group.pop("ip_extra_set", None)
    named = "ip_extra_set" if "ip_extra_set" in group else "ip_set"
    if "max_capacity" in group:
        group.setdefault(named, ["192.168.3.2"][: group["max_capacity"]])
        group["max_capacity"] = max(group["max_capacity"], len(group[named]))
    elif named in group:
        group["max_capacity"] = 20
    return {**body, "address_group": group}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Positive cases are made ones that only schemas can be blamed for, in every phase."""
    if case.meta is not None and case.meta.generation.mode.is_positive and isinstance(case.body, dict):
        case.body = _settled(case.body)


@schemathesis.check
def answer_shows_the_update(ctx: Any, response: Any, case: Any) -> None:
    """A successful update answers with the group that was asked for, and with what was sent."""
    if response.status_code != 200 or case.method != "PUT" or not isinstance(case.body, dict):
        return
    shown = response.json()["address_group"]
    assert shown["id"] == case.path_parameters["address_group_id"], "another id"
    for name in ("name", "description", "max_capacity"):
        if name in case.body["address_group"]:
            assert shown[name] == case.body["address_group"][name], f"another {name}"
    if "ip_set" in case.body["address_group"]:
        assert sorted(shown["ip_set"]) == sorted(case.body["address_group"]["ip_set"]), "another ip_set"
