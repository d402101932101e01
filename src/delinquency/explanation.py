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
from delinquency.explanation_text import (
    BUCKET_VALUES,
    BUCKET_WORDS,
    CONDITIONS,
    NAMED_CHOICES,
    conditions_in_words,
    known_language,
    template_of,
    words_of,
)

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
    >>> from datetime import date
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

    def sentence(self, lang: str = "en") -> str:
        """This step alone, in words.

        Raises
        ------
        InvalidValueError
            No templates for ``lang``.
        """
        lang = known_language(lang, "explanation")
        figures = {"value": self._text("value", self.value, lang)}
        figures |= {name: self._text(name, value, lang) for name, value in self.inputs.items()}
        template = template_of(self.rule, {"value": self.value, **self.inputs}, lang)
        try:
            return (template or "{rule}: {value}").format(rule=self.rule, **figures)
        except KeyError:
            told = ", ".join(f"{name} {text}" for name, text in figures.items())
            return f"{self.rule}: {told}"

    def _text(self, name: str, value: object, lang: str) -> str:
        if isinstance(value, Decimal):
            return f"{value:,f}"
        text = str(value)
        if not isinstance(value, str):
            return text
        if name in NAMED_CHOICES.get(self.rule, ()):
            return words_of(text, lang)
        if name in CONDITIONS.get(self.rule, ()):
            text = conditions_in_words(text, lang)
        if name == "value" and self.rule in BUCKET_VALUES:
            text = BUCKET_WORDS[lang].get(text, text)
        # An id with a line break in it must not be able to add a line to the reasons.
        return text if text.isprintable() else text.encode("unicode_escape").decode()

    def to_text(self, lang: str = "en") -> str:
        """The whole tree as indented lines, with sources."""
        return "\n".join(_lines(self, lang, 0))

    def __str__(self) -> str:
        return self.to_text()


def _lines(step: Explanation, lang: str, depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield indent + step.sentence(lang=lang)
    for citation in step.citations:
        yield f"{indent}  [{citation.text(lang)}]"
    for below in step.because:
        yield from _lines(below, lang, depth + 1)
