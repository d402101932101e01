"""How well scores rank accounts that went bad before those that did not.

The one idea: a score of whole points has ties, and a tie decides nothing: two accounts of one score count as
half in order, and a share of the book that ends within a tied group takes its part of that group.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from statistics import NormalDist
from typing import Any

import attrs
import numpy as np

from delinquency.errors import InvalidValueError

__all__ = ["Interval", "ScoreBand", "area_under_curve", "score_bands", "share_of_bad_at_top"]


@attrs.frozen(slots=True)
class Interval:
    """An estimate and the bounds between which it lies with a given confidence.

    Attributes
    ----------
    value, low, high : float
    """

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.4f} [{self.low:.4f}, {self.high:.4f}]"


def _middle_ranks(values: Any) -> Any:
    """Ranks from 1; of equal values each has the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts - 1) / 2)[inverse.ravel()]


def area_under_curve(scores: Any, is_bad: Any, *, confidence: float = 0.95) -> Interval:
    """The chance that an account that went bad has a greater score than one that did not, ties as half.

    The interval is that of DeLong, DeLong and Clarke-Pearson (1988), cut at 0 and 1.

    Parameters
    ----------
    scores : array of numbers
        More is worse.
    is_bad : bool array
    confidence : float

    Raises
    ------
    InvalidValueError
        No account that went bad, or none that did not.

    Examples
    --------
    >>> area_under_curve([3, 2, 2, 0], [True, True, False, False]).value
    0.875
    """
    scores, is_bad = np.asarray(scores), np.asarray(is_bad, dtype=np.bool_)
    bad, good = scores[is_bad], scores[~is_bad]
    if not len(bad) or not len(good):
        raise InvalidValueError.at(
            "area under the curve",
            expected="accounts that went bad and accounts that did not",
            found=f"{len(bad)} and {len(good)}",
        )
    ranks = _middle_ranks(np.concatenate([bad, good]))
    # Of each account the share of the others side that it beats.
    of_bad = (ranks[: len(bad)] - _middle_ranks(bad)) / len(good)
    of_good = 1 - (ranks[len(bad) :] - _middle_ranks(good)) / len(bad)
    value = float(of_bad.mean())
    variance = sum(
        float(part.var(ddof=1)) / len(part) for part in (of_bad, of_good) if len(part) > 1
    )
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * variance**0.5
    return Interval(value, max(0.0, value - reach), min(1.0, value + reach))


def share_of_bad_at_top(scores: Any, is_bad: Any, *, share: float) -> float:
    """Of the accounts with the greatest scores, so great a share of all, the share that went bad.

    Where the share ends within accounts of one score, they count in part: what is expected of any order among
    them.

    Raises
    ------
    InvalidValueError
        A share not above 0 and at most 1; no account.

    Examples
    --------
    >>> share_of_bad_at_top([5, 4, 4, 1], [True, True, False, False], share=0.5)
    0.75
    """
    scores, is_bad = np.asarray(scores), np.asarray(is_bad, dtype=np.bool_)
    if not 0 < share <= 1 or not len(scores):
        raise InvalidValueError.at(
            "share at the top", expected="a share of some accounts", found=f"{share}"
        )
    wanted = share * len(scores)
    values, inverse, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    bad = np.bincount(inverse.ravel(), weights=is_bad, minlength=len(values))
    before = np.concatenate([[0], np.cumsum(counts)[:-1]])
    taken = np.clip(wanted - before, 0, counts)
    return float((bad * taken / counts).sum() / wanted)


@attrs.frozen(slots=True)
class ScoreBand:
    """Accounts whose scores lie in one band, from ``low`` to ``high``, both included.

    Attributes
    ----------
    low, high : int
    accounts, bad : int
    share_bad : float
    lift : float
        The share that went bad, of that of all accounts.
    """

    low: int
    high: int
    accounts: int
    bad: int
    share_bad: float
    lift: float


def score_bands(scores: Any, is_bad: Any, *, bands: int = 10) -> tuple[ScoreBand, ...]:
    """Bands of scores of about equal numbers of accounts, the greatest scores first; a score is in one band.

    Raises
    ------
    InvalidValueError
        Fewer bands than 1; no account, or none that went bad.

    Examples
    --------
    >>> [(band.low, band.high, band.accounts, band.lift) for band in
    ...     score_bands([9, 8, 8, 1], [True, True, False, False], bands=2)]
    [(8, 9, 3, 1.3333333333333333), (1, 1, 1, 0.0)]
    """
    scores, is_bad = np.asarray(scores), np.asarray(is_bad, dtype=np.bool_)
    if bands < 1 or not is_bad.any():
        raise InvalidValueError.at(
            "bands of scores",
            expected="at least one band, and an account that went bad",
            found=f"{bands} bands, {int(is_bad.sum())} bad",
        )
    values, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    bad = np.bincount(inverse.ravel(), weights=is_bad, minlength=len(values)).astype(np.int64)
    all_bad = int(is_bad.sum()) / len(scores)
    found: list[ScoreBand] = []
    last = len(values)
    taken = 0
    for place in range(len(values) - 1, -1, -1):
        taken += int(counts[place])
        is_full = taken >= len(scores) * (len(found) + 1) / bands
        if is_full or place == 0:
            chosen = slice(place, last)
            size, hit = int(counts[chosen].sum()), int(bad[chosen].sum())
            share = hit / size
            found.append(
                ScoreBand(
                    int(values[place]), int(values[last - 1]), size, hit, share, share / all_bad
                )
            )
            last = place
    return tuple(found)
