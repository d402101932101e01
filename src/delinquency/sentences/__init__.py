"""The sentences of explanations, one table a topic and language; the same rule ids and figures in each.

The one idea: a topic says all that is said of it - its sentences, which figure changes one, which figures are
named choices - and the topics together are one table.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from delinquency.sentences import (
    cards,
    claiming,
    conceding,
    counting,
    following,
    obligors,
    owing,
    planning,
    proposing,
    providing,
    replacing,
    reporting,
    reviewing,
    settling,
    status,
    warning,
    words,
)

__all__ = ["CHOICES", "SENTENCES", "VARIANTS", "WORDS"]

_TOPICS: Final = (
    counting,
    settling,
    owing,
    claiming,
    cards,
    reporting,
    status,
    providing,
    conceding,
    obligors,
    planning,
    proposing,
    replacing,
    reviewing,
    following,
    warning,
)

SENTENCES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {rule: text for topic in _TOPICS for rule, text in topic.EN.items()}
        ),
        "zh": MappingProxyType(
            {rule: text for topic in _TOPICS for rule, text in topic.ZH.items()}
        ),
    }
)
"""Templates by language and rule id; ``"rule with figure"`` where the rule says more of that figure."""

VARIANTS: Final[Mapping[str, str]] = MappingProxyType(
    {rule: figure for topic in _TOPICS for rule, figure in topic.VARIANTS.items()}
)
"""The figure of a rule that, where there is one, changes its sentence."""

CHOICES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {rule: figures for topic in _TOPICS for rule, figures in topic.CHOICES.items()}
)
"""The figures of each rule that are named choices; every other text is somebody's own and stays."""

WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        language: MappingProxyType(
            {
                **getattr(words, language.upper()),
                **{
                    word: text
                    for topic in (planning, reviewing, following, warning)
                    for word, text in getattr(topic, f"WORDS_{language.upper()}").items()
                },
            }
        )
        for language in ("en", "zh")
    }
)
"""Words for the values of named choices, by language."""
