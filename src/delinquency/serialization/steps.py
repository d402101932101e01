"""An explanation as JSON can hold it.

The one idea: figures stay plain, so that any program can read them, and ``types`` says which texts
were dates or exact numbers, so that the explanation can be told again, in any language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from delinquency.citation import Citation
from delinquency.errors import InvalidValueError
from delinquency.explanation import Explanation

__all__ = ["PlainStep"]

_WORDS: Mapping[type, str] = {date: "date", Decimal: "decimal"}
_VALUE = "value"


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
        The names of inputs, or ``value``, whose text is a ``date`` or a ``decimal``.
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
        figures = {**step.inputs, _VALUE: step.value}
        types = {
            name: _WORDS[type(figure)] for name, figure in figures.items() if type(figure) in _WORDS
        }
        return cls(step.rule, step.value, dict(step.inputs), types, step.citations, step.because)

    def restored(self, typed: Mapping[str, Callable[[object], object]]) -> Explanation:
        """The step with its figures of the types that they had.

        Raises
        ------
        InvalidValueError
            A type that is none, or of a figure that is not there.
        """
        figures = {**self.inputs, _VALUE: self.value}
        for name, word in self.types.items():
            if name not in figures or word not in typed:
                raise InvalidValueError.at(
                    f"types, {name}",
                    expected=f"the name of an input with one of {', '.join(typed)}",
                    found=repr(word),
                )
            figures[name] = typed[word](figures[name])
        value = figures.pop(_VALUE)
        return Explanation(self.rule, value, figures, self.citations, self.because)
