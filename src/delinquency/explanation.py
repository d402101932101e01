"""Why an answer is what it is: a tree of rules, figures and sources.

The one idea: the code that computes leaves its figures behind; sentences are made only when somebody
reads. Text comes from a table of templates a language, so Chinese is a second table and not a second
code path. Rule ids are part of the public API.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from delinquency.citation import Citation
from delinquency.errors import InvalidValueError
from delinquency.explanation_text import TEMPLATES, WORDS

__all__ = ["Explanation"]


@attrs.frozen(slots=True)
class Explanation:
    """One step of a reasoning: a rule, what it gave, on which figures, by which source.

    Parameters
    ----------
    rule : str
        Stable id of the rule, such as ``"days_past_due"``.
    value : object
        What the rule gave: ``int`` [days], ``Decimal`` [currency units], ``date``, ``str``.
    inputs : mapping
        The figures it was given.
    citations : tuple of Citation
        The legal or contractual source of the rule.
    because : tuple of Explanation
        The steps that it rests on.

    Examples
    --------
    >>> step = Explanation("days_past_due", 30, {"due_date": date(2025, 1, 31),
    ...     "as_of": date(2025, 3, 2), "first_day": "day_after_due_date"})
    >>> print(step.to_text())
    Days past due 30: due on 2025-01-31, counted to the close of 2025-03-02 from the day after the due date.
    """

    rule: str
    value: Any
    inputs: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    citations: tuple[Citation, ...] = ()
    because: tuple[Explanation, ...] = ()

    def walk(self) -> Iterator[Explanation]:
        """This step and every step below it, top down."""
        yield self
        for step in self.because:
            yield from step.walk()

    def find(self, rule: str) -> Explanation | None:
        """The first step of a rule, top down; ``None`` if the rule played no part."""
        return next((step for step in self.walk() if step.rule == rule), None)

    def sentence(self, *, lang: str = "en") -> str:
        """This step alone, in words.

        Raises
        ------
        InvalidValueError
            No templates for ``lang``.
        """
        if lang not in TEMPLATES:
            raise InvalidValueError.at(
                "explanation, lang", expected=f"one of {', '.join(sorted(TEMPLATES))}", found=lang
            )
        template = TEMPLATES[lang].get(self.rule)
        if template is None:
            return f"{self.rule}: {_text(self.value, lang)}"
        figures = {name: _text(value, lang) for name, value in self.inputs.items()}
        return template.format(value=_text(self.value, lang), **figures)

    def to_text(self, *, lang: str = "en") -> str:
        """The whole tree as indented lines, with sources."""
        return "\n".join(_lines(self, lang, 0))

    def __str__(self) -> str:
        return self.to_text()


def _lines(step: Explanation, lang: str, depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield indent + step.sentence(lang=lang)
    for citation in step.citations:
        name = citation.title_zh if lang == "zh" and citation.title_zh else citation.instrument
        yield f"{indent}  [{', '.join(part for part in (name, citation.provision) if part)}]"
    for below in step.because:
        yield from _lines(below, lang, depth + 1)


def _text(value: object, lang: str) -> str:
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, str):
        return WORDS[lang].get(value, value)
    return str(value)
