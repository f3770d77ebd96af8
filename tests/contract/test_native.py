"""Laws of expressions as functions of Python: they say what the engine says, or nothing."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from conformance import formats, suite
from conformance.contract.expression import compile_expression, context
from conformance.contract.extension import example_variables
from conformance.contract.native import translated

TOYS = Path(__file__).parents[1] / "toys"
CONTRACTS = [suite.load(), *(suite.load(path) for path in sorted(TOYS.glob("*.yaml")))]
ODD: list[Any] = [None, True, 0, 1, 2.0, -1, "", "a", "é", "192.168.3.2", [], ["a"], [1, True], {}, {"ip": "::1"}]


def expressions() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every rule and guard of the contracts at hand, and the variables of their examples."""
    for contract in CONTRACTS:
        for operation in contract.operations.values():
            for rule in (*operation.requires, *operation.ensures):
                examples = [example_variables(e, contract.settings) for e in (*rule.satisfied, *rule.violated)]
                yield rule.rule.text, examples
                if rule.when is not None:
                    yield rule.when.text, examples


def spoilt(value: Any, random: Random) -> Any:
    """A value with one part exchanged, or taken away."""
    if not isinstance(value, dict | list) or not value or random.random() < 0.2:
        return random.choice(ODD)
    changed = copy.copy(value)
    key: Any = random.choice(list(value)) if isinstance(value, dict) else random.randrange(len(value))
    if random.random() < 0.15:
        del changed[key]
    else:
        changed[key] = spoilt(value[key], random)
    return changed


def test_rules_of_contracts() -> None:
    """On the examples of every rule and on what chance makes of them, both say the same, or the engine alone speaks."""
    random = Random(1)
    spoken = 0

    for text, examples in expressions():
        native = translated(text, formats.functions())
        if native is None:
            continue
        for example in [*examples, *(spoilt(random.choice(examples), random) for _ in range(100))]:
            try:
                value = native(example)
            except Exception:  # noqa: BLE001 - whatever it is, the engine is asked
                continue
            spoken += 1
            said = compile_expression(text).program.execute(context(example).ready)
            assert (type(value), value) == (type(said), said), (text, example)

    assert spoken > 1000


@pytest.mark.parametrize(
    "text",
    [
        "1 + 2 == 3", "5 - 2 > 1 && !(2.5 < 1.5)", "'a' + \"b\" == 'ab'", "[1, 2] + [3] == [1, 2, 3]", "x in [1, 2]",
        "m['k'] == m.k", "l[1]", "has(m.k) && !has(m.n)", "size(l) == 2 || false", "l.all(e, e > 0) ? 'y' : 'n'",
        "l.exists(e, e == 2)", "l.exists_one(e, e == 2)", "l.map(e, {'v': e})", "'abc'.matches('[bx]')", "m.k != null",
        "null == null", "x == 1.0", "has(m.d.e)", "l.all(a, l.exists(b, a == b))", "true || x == 1", "[]", "{}",
    ],
)  # fmt: skip
def test_forms(text: str) -> None:
    """Each form of the language that is translated has the engine's value."""
    variables = {"x": 1, "l": [1, 2], "m": {"k": "v", "d": {"e": 1}}}
    native = translated(text, {})

    assert native is not None
    assert native(variables) == compile_expression(text).program.execute(context(variables).ready)


@pytest.mark.parametrize(
    "text",
    ["1 * 2", "x.size()", "l.filter(e, true)", "r'a'", "'a\\n'", "1u", "-x", "unknown(1)", "x y", "a.b(", "1.", ""],
)
def test_forms_left_to_the_engine(text: str) -> None:
    """Whatever is not translated is not guessed."""
    assert translated(text, {}) is None


@pytest.mark.parametrize("text", ["x && true", "x ? 1 : 2", "'a' < 1", "true == 1", "[true] == [1]", "l.k", "1 + 1.0"])
def test_values_left_to_the_engine(text: str) -> None:
    """Where types do not fit, the engine says what that means."""
    native = translated(text, {})

    assert native is not None
    with pytest.raises(Exception):  # noqa: B017, PT011 - the caller asks the engine after any
        native({"x": 1, "l": []})
