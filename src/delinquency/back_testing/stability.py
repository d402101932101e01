"""How far the scores of two sets of accounts are apart."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.errors import InvalidValueError

__all__ = ["population_stability"]


def population_stability(scores: Any, others: Any, *, bands: int = 10) -> float:
    """How far two sets of scores are apart: the population stability index over bands of the first set.

    The sum over bands of (share - other share) × ln(share ÷ other share), an empty band counted as half an
    account. Below 0.1 it is usually called stable, above 0.25 shifted.

    Raises
    ------
    InvalidValueError
        No score in one of them.

    Examples
    --------
    >>> population_stability([1, 2, 3, 4], [1, 2, 3, 4])
    0.0
    """
    scores, others = np.asarray(scores), np.asarray(others)
    if not len(scores) or not len(others):
        raise InvalidValueError.at(
            "population stability", expected="scores in both sets", found="none in one"
        )
    edges = np.unique(np.quantile(scores, np.linspace(0, 1, bands + 1)[1:-1], method="lower"))
    shares = [
        np.maximum(np.bincount(np.searchsorted(edges, each), minlength=len(edges) + 1), 0.5)
        for each in (scores, others)
    ]
    first, second = (share / share.sum() for share in shares)
    return float(((first - second) * np.log(first / second)).sum())
