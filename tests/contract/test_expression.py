"""Laws of expressions: CEL without its slow package, plain paths without CEL, values or a clear refusal."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from conformance.contract.expression import EvaluationError, compile_expression, context


def evaluated(text: str, **variables: Any) -> Any:
    """The value of an expression."""
    return compile_expression(text).evaluate(context(variables))


def test_only_the_engine_is_loaded() -> None:
    """Compiling an expression does not import the package `cel`, whose command line is slow to load."""
    lines = "import sys", "from conformance.contract.expression import compile_expression", "compile_expression('1')"
    program = "; ".join([*lines, "print('cel' in sys.modules)"])

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "False"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("size(body.books) <= 3", True),
        ("has(body.name) && body.name == 'a'", False),
        ("body.books.all(b, b.matches('^[a-z]$'))", True),
        ("sameMembers(body.books, ['b', 'a'])", True),
        ("ipVersion('2001:db8::1')", 6),
        ("utc('1970-01-01T00:00:01Z') == 1.0", True),
        ("body.count == 2.0", True),
    ],
)
def test_values(text: str, expected: Any) -> None:
    """Rules have CEL, the functions of the formats, and numbers that compare by value."""
    assert evaluated(text, body={"books": ["a", "b"], "count": 2}) == expected


@pytest.mark.parametrize("text", ["", "1 +", "a b", "size(", "'open"])
def test_what_is_no_cel_is_refused(text: str) -> None:
    """A text that is not CEL is refused with a reason of one line."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - every reason is the engine's own
        compile_expression(text)

    assert str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["body.name == 'a'", "absent", "body.books[7] == 'a'", "1 / 0 == 1", "body < 1"])
def test_no_value(text: str) -> None:
    """What has no value raises one kind of error, and does not hold and does not fail to hold."""
    expression = compile_expression(text)
    ready = context({"body": {"books": []}})

    with pytest.raises(EvaluationError):
        expression.evaluate(ready)
    assert expression.holds(ready) is None


def test_only_booleans_hold() -> None:
    """An expression with another value than true or false says nothing."""
    assert compile_expression("1").holds(context({})) is None
    assert compile_expression("'true'").holds(context({})) is None
    assert compile_expression("true").holds(context({})) is True


def test_maps_have_one_order() -> None:
    """The members of a map that an expression makes come in one order, also inside lists, at every evaluation."""
    made = "{'request': {'z': 1, 'b': 2, 'a': 3, 'y': 4, 'c': [{'q': 1, 'p': 2, 'o': 3}]}}"

    found = {str(evaluated(made)) for _ in range(20)}

    assert found == {"{'request': {'a': 3, 'b': 2, 'c': [{'o': 3, 'p': 2, 'q': 1}], 'y': 4, 'z': 1}}"}


@pytest.mark.parametrize("text", ["response.body", "response.body.name", "response"])
def test_plain_paths(text: str) -> None:
    """A mere path has the value that CEL gives it."""
    variables = {"response": {"body": {"name": "a", "list": [1]}}}

    assert compile_expression(text).value(variables) == evaluated(text, **variables)


@pytest.mark.parametrize("text", ["response.missing", "missing", "response.body.name.more"])
def test_plain_paths_that_lead_nowhere(text: str) -> None:
    """A path that leads nowhere raises the error that CEL would."""
    with pytest.raises(EvaluationError):
        compile_expression(text).value({"response": {"body": {"name": "a"}}})


def test_other_expressions_have_a_value_too() -> None:
    """What is more than a path is evaluated."""
    assert compile_expression("a.map(x, x + 1)").value({"a": [1, 2]}) == [2, 3]


@pytest.mark.parametrize("word", ["true", "false", "null"])
def test_literals_are_no_paths(word: str) -> None:
    """A literal is its value, not a variable of that name."""
    assert compile_expression(word).value({}) == {"true": True, "false": False, "null": None}[word]


def test_lone_surrogates() -> None:
    """A text that JSON can spell and UTF-8 cannot is evaluated all the same, wherever it stands."""
    odd = {"name": "a\ud800b", "list": ["\udfff"], "\ud800": {"x": "\ud800"}}

    assert evaluated("size(body.name)", body=odd) == 3
    assert evaluated("body.name.startsWith('a')", body=odd) is True
    assert evaluated("size(body.list)", body=odd) == 1


@pytest.mark.parametrize("number", [2**63, 2**64, -(2**70), 10**30])
def test_numbers_beyond_64_bits(number: int) -> None:
    """A number that CEL cannot hold leaves the rest of the request to be judged."""
    assert evaluated("body.name == 'a'", body={"name": "a", "count": number}) is True
