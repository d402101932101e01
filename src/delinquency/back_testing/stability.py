"""How far the scores of two sets of accounts are apart."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.back_testing.checks import checked_scores
from delinquency.errors import InvalidValueError
from delinquency.whole_numbers import check_least

__all__ = ["population_stability"]


def population_stability(scores: Any, others: Any, *, bands: int = 10) -> float:
    """How far two sets of scores are apart: the population stability index over bands of the first set.

    The sum over bands of (share - other share) × ln(share ÷ other share). A band that is empty in one set
    counts as half an account there, one that is empty in both not at all. Below 0.1 it is usually called
    stable, above 0.25 shifted.

    What lies below every score of the first set is in its lowest band, what lies above in its highest; where
    that band is of one score alone, it is a band of its own.

    Parameters
    ----------
    scores, others : array of numbers
    bands : int
        Of about equal numbers of accounts of the first set; a score is in one band.

    Raises
    ------
    InvalidTypeError
        No numbers; a masked array; bands that are no ``int``.
    InvalidValueError
        No score in one of them; a score that is not finite; fewer bands than 1.

    Examples
    --------
    >>> population_stability([1, 2, 3, 4], [1, 2, 3, 4])
    0.0

    From all at 3 to all at 0, and as far the other way:

    >>> [round(population_stability([one] * 50, [other] * 50), 2) for one, other in ((3, 0), (0, 3))]
    [9.03, 9.03]
    """
    where = "population stability"
    scores = checked_scores(scores, f"{where}, scores")
    others = checked_scores(others, f"{where}, others")
    check_least(bands, f"{where}, bands", least=1)
    if not len(scores) or not len(others):
        raise InvalidValueError.at(where, expected="scores in both sets", found="none in one")
    # More bands than scores have the edges of as many.
    ends = np.linspace(0, 1, min(bands, len(scores)) + 1)[1:-1]
    edges = np.unique(np.quantile(scores, ends, method="lower"))
    least = scores.min()
    is_alone = len(edges) > 0 and edges[0] == least
    counts = [
        np.bincount(
            np.searchsorted(edges, each) + (is_alone & (each >= least)), minlength=len(edges) + 2
        )
        for each in (scores, others)
    ]
    shares = [np.maximum(each[counts[0] + counts[1] > 0], 0.5) for each in counts]
    first, second = (share / share.sum() for share in shares)
    return float(((first - second) * np.log(first / second)).sum())
