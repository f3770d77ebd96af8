"""The exploration that schemathesis makes of an API of its own accord: its cases, its checks, somebody else's way out.

What is used of it that is not public: the generators of the phases *examples* and *coverage*, and the classes of
failures. Everything runs in the caller's thread, in the same order for the same seed.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

import hypothesis
import schemathesis
from hypothesis.strategies import SearchStrategy
from schemathesis.core.failures import AcceptedNegativeData, Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation.coverage import GenerationSession
from schemathesis.generation.drivers import CoverageGenerator, ExamplesGenerator
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.overrides import Override
from schemathesis.openapi.checks import RejectedPositiveData

from conformance.generation.carrier import NOWHERE, Ask, Carrier, Cut, session
from conformance.wire import Exchange

TOOL = f"schemathesis {schemathesis.__version__}"
EXAMPLES = 40  # requests of an operation at most
COVERED = 300  # requests of an operation at most
DRAWN = 80  # requests of an operation, of each mode
SEQUENCES = 20
STEPS = 5  # requests of a sequence at most

# These send requests by a way of their own; wrong credentials are among the cases of a run anyway.
_LEFT_OUT = ("ignored_auth", "object_level_authorization")


@dataclass(frozen=True, slots=True)
class Objection:
    """What a check has against an answer; `about` is acceptance where it says that the request deserved the other."""

    check: str
    message: str
    about: Literal["accepted", "refused", "answer"]


Hear = Callable[[Exchange, tuple[Objection, ...]], None]


class Explorer:
    """Explores the API of a document, one operation after the other; `hear` is told of every exchange."""

    def __init__(
        self, document: dict[str, Any], location: str, formats: Mapping[str, SearchStrategy[str]], seed: int, ask: Ask
    ) -> None:
        for name, values in formats.items():
            schemathesis.openapi.format(name, values)
        checks = {name: {"enabled": False} for name in _LEFT_OUT}
        self._schema = schemathesis.openapi.from_dict(
            _without_security(document), config=schemathesis.Config.from_dict({"checks": checks, "seed": seed})
        )
        self._schema.location = location
        self._operations = list(_known(self._schema.get_all_operations()))
        self._values: dict[str, Mapping[str, Any]] = {}  # of the paths of operations that were explored
        self._bases: dict[str, str] = {}  # what stands before them
        self._seed = seed
        self._carrier = Carrier(ask)
        self._session = session(self._carrier)

    def explore(self, method: str, path: str, values: Mapping[str, Any], hear: Hear) -> None:
        """Examples, coverage and drawn requests of one operation, with these values in its path."""
        operation = self._found(method, path)
        if operation is None:
            return
        self._values[operation.label] = values
        self._bases[operation.label] = path.removesuffix(operation.path)
        fixed = Override(path_parameters=dict(values))
        for phase in (self._examples, self._covered):
            with _undisturbed():
                for case in phase(operation, fixed):
                    self._try(case, hear)
        for mode in schemathesis.GenerationMode:
            with _undisturbed():
                strategy = operation.as_strategy(generation_mode=mode, **fixed.as_strategy_kwargs())
                self._draw(strategy, lambda case: self._try(case, hear))

    def sequences(self, hear: Hear) -> None:
        """Sequences along the links of the document; what begins one is about the values of its exploration."""
        with _undisturbed():
            machine = self._machine(hear)
            steps = hypothesis.settings(_settings(SEQUENCES), stateful_step_count=STEPS)
            hypothesis.seed(self._seed)(machine).run(settings=steps)

    def _found(self, method: str, path: str) -> Any:
        """The operation; its path may stand below that of a server."""
        fitting = [o for o in self._operations if o.method.upper() == method and path.endswith(o.path)]
        return max(fitting, key=lambda operation: len(operation.path), default=None)

    def _machine(self, hear: Hear) -> Any:
        explorer, machine = self, self._schema.as_state_machine()

        class Sequence(machine):  # type: ignore[misc, valid-type]
            def step(self, input: Any) -> Any:  # noqa: A002 - the name that is overridden
                case = input.case
                if case.operation.label not in explorer._values:
                    hypothesis.reject()
                if input.transition is None:
                    Override(path_parameters=dict(explorer._values[case.operation.label])).apply_to(case)
                return super().step(input)

            def get_call_kwargs(self, case: Any) -> dict[str, Any]:
                return explorer._way_out(case)

            def validate_response(self, response: Any, case: Any, *_: Any, **__: Any) -> None:
                explorer._tell(case, response, hear)

        return Sequence

    def _examples(self, operation: Any, fixed: Override) -> Iterator[Any]:
        made = ExamplesGenerator(operation=operation, override=fixed, feedback=FeedbackSources(), fill_missing=True)
        return islice(made, EXAMPLES)

    def _covered(self, operation: Any, fixed: Override) -> Iterator[Any]:
        generation = self._schema.config.generation_for(operation=operation, phase="coverage")
        made = CoverageGenerator(
            operation=operation,
            generation_modes=list(schemathesis.GenerationMode),
            generation_config=generation,
            auth_storage=None,
            override=fixed,
            feedback=FeedbackSources(),
            session=GenerationSession(),
        )
        return islice(made, COVERED)

    def _draw(self, strategy: SearchStrategy[Any], use: Callable[[Any], None]) -> None:
        @hypothesis.seed(self._seed)
        @_settings(DRAWN)
        @hypothesis.given(strategy)
        def draw(case: Any) -> None:
            use(case)

        draw()

    def _way_out(self, case: Any) -> dict[str, Any]:
        base = self._bases.get(case.operation.label, "")
        return {"base_url": NOWHERE + base, "session": self._session, "allow_redirects": False}

    def _try(self, case: Any, hear: Hear) -> None:
        try:
            response = case.call(**self._way_out(case))
        except Exception:  # noqa: BLE001 - Unsent, or one of many ways to say that this cannot be written
            return
        self._tell(case, response, hear)

    def _tell(self, case: Any, response: Any, hear: Hear) -> None:
        exchange = self._carrier.last
        if exchange is not None:
            hear(exchange, tuple(_objections(case, response)))


def _objections(case: Any, response: Any) -> Iterator[Objection]:
    try:
        case.validate_response(response)
    except FailureGroup as failures:
        for failure in sorted(failures.exceptions, key=lambda each: (each.title, each.message)):
            yield Objection(_name(failure), failure.message, _about(failure))
    except Exception:  # noqa: BLE001 - a check that breaks on an answer says nothing of it
        return


def _name(failure: Failure) -> str:
    return str(getattr(type(failure), "kind_title", None) or failure.title)


def _about(failure: Failure) -> Literal["accepted", "refused", "answer"]:
    if isinstance(failure, AcceptedNegativeData):
        return "accepted"
    return "refused" if isinstance(failure, RejectedPositiveData) else "answer"


def _known(found: Iterable[Any]) -> Iterator[Any]:
    return (each.ok() for each in found if isinstance(each, Ok))


def _settings(count: int) -> hypothesis.settings:
    return hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
        verbosity=hypothesis.Verbosity.quiet,
        print_blob=False,
    )


@contextmanager
def _undisturbed() -> Iterator[None]:
    """What is raised while asking goes on to who asked; what the generator cannot do, it does not do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Cut as cut:
            raise cut.__cause__ or cut from None
        except Exception:  # noqa: BLE001 - one of many errors, few of them public: there is nothing to explore
            return


def _without_security(document: dict[str, Any]) -> dict[str, Any]:
    """The document without its security: whoever asks brings the credential, and no other is made up."""
    paths = document.get("paths", {})
    free = {path: _freed(item) if isinstance(item, dict) else item for path, item in paths.items()}
    return {name: value for name, value in {**document, "paths": free}.items() if name != "security"}


def _freed(item: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {key: value for key, value in member.items() if key != "security"} if isinstance(member, dict) else member
        for name, member in item.items()
    }
