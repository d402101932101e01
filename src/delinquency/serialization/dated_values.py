"""Values that hold from a date, written as the steps that they are.

The one idea: a value that never changed is one step without a date, and no other form, so that a reader need
not ask which of two it has.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args, get_origin

import attrs

from delinquency.revolving import Dated

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["DatedStep", "is_dated", "with_dated"]

T = TypeVar("T")


@attrs.frozen(slots=True)
class DatedStep(Generic[T]):
    """A value, and the day from which it holds.

    Parameters
    ----------
    effective_on : date or None
        Null for a value that always held before; of the first step alone.
    value : object
        It holds until the day of the next step.
    """

    effective_on: date | None
    value: T


def is_dated(kind: Any) -> bool:
    """Whether a type is that of a value that holds from a date."""
    origin: Any = get_origin(kind)
    return origin is Dated


def with_dated(converter: Converter) -> None:
    """Teach a converter to write dated values as steps, and to read them."""

    def writer(kind: Any) -> Callable[[Any], Any]:
        steps = _steps(kind)

        def write(value: Dated[Any]) -> Any:
            told = tuple(DatedStep(*row) for row in value.rows)
            return converter.unstructure(told, unstructure_as=steps)

        return write

    def reader(kind: Any) -> Callable[[object, Any], Dated[Any]]:
        steps: Any = _steps(kind)

        def read(value: object, _: Any) -> Dated[Any]:
            told: tuple[DatedStep[Any], ...] = converter.structure(value, steps)
            return Dated([(step.effective_on, step.value) for step in told])

        return read

    converter.register_unstructure_hook_factory(is_dated, writer)
    converter.register_structure_hook_factory(is_dated, reader)


def _steps(kind: Any) -> Any:
    """The type of the steps of a dated value."""
    step: Any = DatedStep
    return types.GenericAlias(tuple, (step[get_args(kind)[0]], ...))
