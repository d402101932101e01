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

from delinquency.back_testing.checks import checked_rows
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.whole_numbers import check_least

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

    The interval is that of DeLong, DeLong and Clarke-Pearson (1988), cut at 0 and 1. One account alone on a
    side does not tell how far others would be from it: the interval is then all from 0 to 1.

    Theirs has no width where every pair is in order, or none is, or all are tied, however few the accounts.
    There the interval is an exact one: of ``k`` accounts on the smaller side, each beside another one of the
    other side, all tell the same with a chance of at least ``(1 - confidence) / 2`` as long as the share of
    pairs that do is ``((1 - confidence) / 2) ** (1 / k)`` or more.

    Parameters
    ----------
    scores : array of numbers
        More is worse.
    is_bad : bool array, or of 0 and 1
    confidence : float
        Above 0 and below 1.

    Raises
    ------
    InvalidTypeError
        No numbers, or no flags; a masked array.
    InvalidValueError
        No account that went bad, or none that did not; other numbers of scores and outcomes; a score that is
        not finite; another confidence.

    Examples
    --------
    >>> area_under_curve([3, 2, 2, 0], [True, True, False, False]).value
    0.875
    >>> print(area_under_curve([3, 2, 0], [True, False, False]))
    1.0000 [0.0000, 1.0000]

    Five accounts on each side, all in order; and five hundred:

    >>> print(area_under_curve([1] * 5 + [0] * 5, [1] * 5 + [0] * 5))
    1.0000 [0.4782, 1.0000]
    >>> print(area_under_curve([1] * 500 + [0] * 500, [1] * 500 + [0] * 500))
    1.0000 [0.9926, 1.0000]
    """
    where = "area under the curve"
    scores, is_bad = checked_rows(scores, is_bad, where)
    _check_fraction(confidence, f"{where}, confidence", expected="a number above 0 and below 1")
    if confidence == 1:
        raise InvalidValueError.at(
            f"{where}, confidence", expected="a number above 0 and below 1", found="1"
        )
    bad, good = scores[is_bad], scores[~is_bad]
    if not len(bad) or not len(good):
        raise InvalidValueError.at(
            where,
            expected="accounts that went bad and accounts that did not",
            found=f"{len(bad)} and {len(good)}",
        )
    ranks = _middle_ranks(np.concatenate([bad, good]))
    # Of each account the share of the others side that it beats.
    of_bad = (ranks[: len(bad)] - _middle_ranks(bad)) / len(good)
    of_good = 1 - (ranks[len(bad) :] - _middle_ranks(good)) / len(bad)
    value = float(of_bad.mean())
    if min(len(bad), len(good)) == 1:
        return Interval(value, 0.0, 1.0)
    alike = _where_pairs_are_alike(bad, good, confidence)
    if alike is not None:
        return alike
    variance = sum(float(part.var(ddof=1)) / len(part) for part in (of_bad, of_good))
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * variance**0.5
    return Interval(value, max(0.0, value - reach), min(1.0, value + reach))


def _where_pairs_are_alike(bad: Any, good: Any, confidence: float) -> Interval | None:
    """The interval where all pairs are in order, or all in the other, or tied; ``None``: they differ."""
    least = ((1 - confidence) / 2) ** (1 / min(len(bad), len(good)))
    if bad.min() > good.max():
        return Interval(1.0, least, 1.0)
    if bad.max() < good.min():
        return Interval(0.0, 0.0, 1 - least)
    if bad.max() == bad.min() == good.min() == good.max():
        # What is not tied may be all in order, or none of it.
        return Interval(0.5, least / 2, 1 - least / 2)
    return None


def share_of_bad_at_top(scores: Any, is_bad: Any, *, share: float) -> float:
    """Of the accounts with the greatest scores, so great a share of all, the share that went bad.

    Where the share ends within accounts of one score, they count in part: what is expected of any order among
    them.

    Raises
    ------
    InvalidTypeError
        No numbers, or no flags; a masked array; a share that is no number.
    InvalidValueError
        A share not above 0 and at most 1; no account; other numbers of scores and outcomes; a score that is
        not finite.

    Examples
    --------
    >>> share_of_bad_at_top([5, 4, 4, 1], [True, True, False, False], share=0.5)
    0.75
    """
    where = "share at the top"
    scores, is_bad = checked_rows(scores, is_bad, where)
    _check_fraction(share, where, expected="a share of some accounts")
    if not len(scores):
        raise InvalidValueError.at(where, expected="a share of some accounts", found="none")
    wanted = share * len(scores)
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    # The greatest score first.
    bad, counts = np.bincount(inverse.ravel(), weights=is_bad)[::-1], counts[::-1]
    before = np.concatenate([[0], np.cumsum(counts)[:-1]])
    taken = np.clip(wanted - before, 0, counts)
    return float((bad * taken / counts).sum() / wanted)


def _check_fraction(value: object, where: str, *, expected: str) -> None:
    """Refuse what is not above 0 and at most 1."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidTypeError.at(where, expected=expected, found=value)
    if not 0 < value <= 1:
        raise InvalidValueError.at(where, expected=expected, found=f"{value}")


@attrs.frozen(slots=True)
class ScoreBand:
    """Accounts whose scores lie in one band, from ``low`` to ``high``, both included.

    Attributes
    ----------
    low, high : int or float
        As the scores are.
    accounts, bad : int
    share_bad : float
    lift : float
        The share that went bad, of that of all accounts.
    """

    low: float
    high: float
    accounts: int
    bad: int
    share_bad: float
    lift: float


def score_bands(scores: Any, is_bad: Any, *, bands: int = 10) -> tuple[ScoreBand, ...]:
    """Bands of scores of about equal numbers of accounts, the greatest scores first; a score is in one band.

    Each band but the last ends at the first score at which the accounts so far reach a whole multiple of
    ``accounts / bands`` that those before the band had not reached. Where many accounts have one score there
    are fewer bands.

    Raises
    ------
    InvalidTypeError
        No numbers, or no flags; a masked array; bands that are no ``int``.
    InvalidValueError
        Fewer bands than 1; no account, or none that went bad; other numbers of scores and outcomes; a score
        that is not finite.

    Examples
    --------
    >>> [(band.low, band.high, band.accounts, band.lift) for band in
    ...     score_bands([9, 8, 8, 1], [True, True, False, False], bands=2)]
    [(8, 9, 3, 1.3333333333333333), (1, 1, 1, 0.0)]
    """
    where = "bands of scores"
    scores, is_bad = checked_rows(scores, is_bad, where)
    check_least(bands, f"{where}, bands", least=1)
    if not is_bad.any():
        raise InvalidValueError.at(where, expected="an account that went bad", found="none")
    values, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    bad = np.bincount(inverse.ravel(), weights=is_bad, minlength=len(values)).astype(np.int64)
    all_bad = int(is_bad.sum()) / len(scores)
    found: list[ScoreBand] = []
    last = len(values)
    taken = reached = 0
    for place in range(len(values) - 1, -1, -1):
        taken += int(counts[place])
        is_full = taken * bands // len(scores) > reached
        if is_full or place == 0:
            chosen = slice(place, last)
            size, hit = int(counts[chosen].sum()), int(bad[chosen].sum())
            share = hit / size
            found.append(
                ScoreBand(
                    values[place].item(), values[last - 1].item(), size, hit, share, share / all_bad
                )
            )
            last, reached = place, taken * bands // len(scores)
    return tuple(found)
