"""The sentences of explanations, one table a topic and language; the same rule ids and figures in each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from delinquency.sentences import counting, owing, settling

__all__ = ["SENTENCES"]

_TOPICS: Final = (counting, settling, owing)

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
