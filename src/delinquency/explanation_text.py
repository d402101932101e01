"""How a step of a reasoning becomes a sentence: templates, variants, and words for named choices."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from delinquency.errors import InvalidValueError
from delinquency.sentences import CHOICES as NAMED_CHOICES
from delinquency.sentences import SENTENCES as TEMPLATES
from delinquency.sentences import VARIANTS, WORDS
from delinquency.sentences.conditions import CONDITIONS, condition_in_words, conditions_in_words

_NAME: Final = re.compile(r"[a-z_]+")
_CLAUSE: Final = re.compile(r"\{([a-z_]+)\?\}")
_NUMBER: Final = re.compile(r"\{([a-z_]+)\|([^|{}]*)\|([^|{}]*)\}")

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BUCKET_VALUES",
    "BUCKET_WORDS",
    "CONDITIONS",
    "NAMED_CHOICES",
    "TEMPLATES",
    "VARIANTS",
    "WORDS",
    "condition_in_words",
    "conditions_in_words",
    "known_language",
    "template_of",
    "words_of",
]


BUCKET_WORDS: Final = MappingProxyType(
    {"en": MappingProxyType({}), "zh": MappingProxyType({"current": "未逾期"})}
)
"""Bucket codes that are words, by language."""


BUCKET_VALUES: Final = frozenset(
    {"assessment", "bucket", "obligor", "obligor_account", "obligor_bucket"}
)
"""Rules whose value is a bucket code."""

_TOLD_AT_ZERO: Final = frozenset({"rounded"})
"""Figures that are told where they are 0 as well: what 0.006 was rounded to."""


def template_of(rule: str, figures: Mapping[str, Any], lang: str) -> str | None:
    """The template of a rule for the figures that it was given; ``None`` if it has none.

    ``{share?}`` in a template stands for the clause about that figure, and for nothing without the figure;
    ``{count|day|days}`` for the first word where the figure is 1, and for the second elsewhere.

    Examples
    --------
    >>> template_of("nothing_late", {"tolerated": False}, "en")
    'Nothing is late and unsettled.'
    >>> template_of("nothing_late", {"tolerated": True}, "en")
    'What is late and open is within the tolerance.'
    >>> template_of("plan_extended", {"value": 1}, "en")[-47:]
    '{value} instalment is added after the last one.'
    """
    figure = VARIANTS.get(rule)
    templates: Mapping[str, str] = TEMPLATES[lang]
    if figure is not None and figures.get(figure):
        rule = f"{rule} with {figure}"
    template = templates.get(rule)
    if template is None:
        return None
    template = _NUMBER.sub(lambda found: found[2 if figures.get(found[1]) == 1 else 3], template)
    return _CLAUSE.sub(lambda found: _clause(templates, figures, found[1]), template)


def _clause(templates: Mapping[str, str], figures: Mapping[str, Any], name: str) -> str:
    is_told = figures.get(name) or (name in _TOLD_AT_ZERO and name in figures)
    return templates[f"{name}?"] if is_told else ""


def words_of(text: str, lang: str) -> str:
    """A named choice, or a list of them, in words of a language; what is unknown stays.

    Examples
    --------
    >>> words_of("past_due interest, due interest", "en")
    'past due interest, due interest'
    """
    words = WORDS[lang]
    return words.get(text) or _NAME.sub(lambda found: words.get(found[0], found[0]), text)


def known_language(lang: object, where: str) -> str:
    """The language, if there are texts in it.

    Raises
    ------
    InvalidValueError
        No texts in ``lang``.
    """
    if isinstance(lang, str) and lang in TEMPLATES:
        return lang
    raise InvalidValueError.at(
        f"{where}, lang", expected=f"one of {', '.join(sorted(TEMPLATES))}", found=lang
    )
