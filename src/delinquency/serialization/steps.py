"""An explanation as JSON can hold it.

The one idea: figures stay plain, so that any program can read them, and ``types`` says which of them
were dates or exact numbers, so that the explanation can be told again, in any language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import attrs

from delinquency.citation import Citation
from delinquency.errors import InvalidValueError
from delinquency.explanation import Explanation
from delinquency.rounding import Proportion
from delinquency.serialization.exact_text import exact_number
from delinquency.serialization.json_values import (
    HERE,
    read_date,
    read_decimal,
    read_exactly,
    read_object,
)

__all__ = ["PlainStep", "types_of", "with_types"]

_WORDS: Final[Mapping[type, str]] = {
    date: "date",
    Decimal: "decimal",
    Fraction: "fraction",
    Proportion: "proportion",
}
_VALUE = "value"


def _proportion(value: object) -> Proportion:
    content = read_object(value)
    parts = ("numerator", "denominator")
    if set(content) != set(parts):
        raise InvalidValueError.at(
            HERE, expected="the keys numerator and denominator", found=", ".join(sorted(content))
        )
    whole = read_exactly("an integer")
    return Proportion(*(whole(content[part], int) for part in parts))


_READERS: Final[Mapping[str, Callable[[object], object]]] = {
    "date": read_date,
    "decimal": read_decimal,
    "fraction": lambda value: Fraction(exact_number(value)),
    "proportion": _proportion,
}


def types_of(figures: Mapping[str, object]) -> dict[str, str]:
    """Of figures that JSON has no type for, the word of theirs."""
    return {name: _WORDS[type(each)] for name, each in figures.items() if type(each) in _WORDS}


def with_types(figures: Mapping[str, Any], types: Mapping[str, str]) -> dict[str, Any]:
    """Figures with the types that they had.

    Raises
    ------
    InvalidValueError
        A type that is none, or of a figure that is not there.
    """
    restored = dict(figures)
    for name, word in types.items():
        if name not in restored or word not in _READERS:
            raise InvalidValueError.at(
                f"types, {name}",
                expected=f"the name of an input with one of {', '.join(_READERS)}",
                found=repr(word),
            )
        restored[name] = _READERS[word](restored[name])
    return restored


@attrs.frozen(slots=True)
class PlainStep:
    """One step of a reasoning, its figures as JSON values.

    Parameters
    ----------
    rule : str
        Stable id of the rule.
    value : object
        What the rule gave.
    inputs : mapping
        The figures it was given.
    types : mapping of str to str
        The names of inputs, or ``value``, that are a ``date``, a ``decimal``, a ``fraction`` or a
        ``proportion``.
    citations : tuple of Citation
        The sources of the rule.
    because : tuple of Explanation
        The steps that it rests on.
    """

    rule: str
    value: Any
    inputs: dict[str, Any]
    types: dict[str, str]
    citations: tuple[Citation, ...]
    because: tuple[Explanation, ...]

    @classmethod
    def of(cls, step: Explanation) -> PlainStep:
        """The step as JSON can hold it."""
        types = types_of({**step.inputs, _VALUE: step.value})
        return cls(step.rule, step.value, dict(step.inputs), types, step.citations, step.because)

    def restored(self) -> Explanation:
        """The step with its figures of the types that they had.

        Raises
        ------
        InvalidValueError
            A type that is none, or of a figure that is not there.
        """
        figures = with_types({**self.inputs, _VALUE: self.value}, self.types)
        value = figures.pop(_VALUE)
        return Explanation(self.rule, value, figures, self.citations, self.because)
