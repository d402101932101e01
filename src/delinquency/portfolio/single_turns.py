"""The rates of many loans whose flows change sign once, in a few passes over whole columns.

A float that a solver calls converged may be off by a millionth. The one idea: of flows that change sign
once, the logarithm of the sum before the change over the sum after it rises with the logarithm of the
growth nearly in a straight line; how much the line may bend is bounded by how far the flows lie apart,
and so is what a last step of Newton's method can have missed.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from math import log
from typing import Final

import numpy as np
import numpy.typing as npt

from delinquency.portfolio.columns import Days, Minor
from delinquency.returns.cash_flows import DAYS_PER_YEAR

__all__ = ["Flags", "Floats", "SingleTurns"]

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]

_ROUNDS: Final = 12
_UNIT: Final = 2.0**-53
_ENOUGH: Final = 1e-10
"""The largest error of a rate that is accepted, as a share of the growth."""
_SETTLED: Final = 1e-11 / DAYS_PER_YEAR
_NEAR: Final = log(1e15) / DAYS_PER_YEAR - 1e-9
"""Rates beyond 10**15 are no answers, nor are those nearer to -100 % than 10**-15."""
_FURTHEST: Final = 600.0
"""The largest exponent: beyond it a float runs over."""


class SingleTurns:
    """Rows that change sign once, solved together; time in days, and s = ln(1 + rate) a day.

    With A and B the discounted sums before and after the change of sign, h = ln A - ln B. Its
    derivative is the mean time of B less that of A, its second derivative the variance of time in A
    less that in B, which is at most ``most_curved``.
    """

    __slots__ = ("_counts", "_cuts", "_most_curved", "_sizes", "_spans", "_times")

    def __init__(self, days: Days, signed: Minor, counts: Rows, turn: Rows) -> None:
        ends = np.cumsum(counts)
        begins = ends - counts
        self._cuts = np.empty(2 * len(counts), dtype=np.int64)
        self._cuts[::2], self._cuts[1::2] = begins, turn
        self._counts = counts
        # From the change of sign on, so that the exponents stay small on both sides of it.
        self._times = (days - np.repeat(days[turn], counts)).astype(np.float64)
        self._sizes = signed.astype(np.float64)
        np.abs(self._sizes, out=self._sizes)
        before = (days[turn - 1] - days[begins]).astype(np.float64)
        after = (days[ends - 1] - days[turn]).astype(np.float64)
        self._spans = (days[ends - 1] - days[begins]).astype(np.float64)
        self._most_curved = np.maximum(before, after) ** 2 / 4

    def solve(self) -> tuple[Flags, Floats, Floats]:
        """Which rows are solved, their rates, and the bounds of their errors."""
        limit = np.minimum(_FURTHEST / self._spans, 2 * _NEAR)
        s = np.clip(self._first_guess(), -limit, limit)
        off = np.full(len(s), np.inf)
        for _ in range(_ROUNDS):
            ratio, slope = self._log_ratio(s)
            off = self._distance(s, ratio, slope)
            s = np.clip(s - ratio / slope, -limit, limit)
            if (off < _SETTLED).all():
                break
        rates, growth = np.expm1(DAYS_PER_YEAR * s), np.exp(DAYS_PER_YEAR * s)
        # |e^a - e^b| is at most e^a * (e^|a-b| - 1); what is added is the rounding of the last lines,
        # and a distance of 1 is too far to be accepted.
        rounding = 4 * _UNIT * (1 + DAYS_PER_YEAR * np.abs(s))
        missed = growth * (np.expm1(np.minimum(DAYS_PER_YEAR * off, 1.0)) + rounding)
        is_solved = (missed <= _ENOUGH * growth) & (np.abs(s) < np.minimum(limit, _NEAR))
        return is_solved, rates, missed + 2 * _UNIT * np.abs(rates)

    def _distance(self, s: Floats, ratio: Floats, slope: Floats) -> Floats:
        """How far the zero may be from where Newton's step from s leads; infinite where nothing is known.

        While |h| is at most h'**2 / (4 * most_curved), h' stays above half of what it is at s up to the
        zero, and the step misses it by at most 4 * most_curved * h**2 / h'**3. What h itself may be
        off, in floats, moves the zero by twice that over h'.
        """
        off = np.abs(ratio) + self._error(s)
        is_near = 4 * self._most_curved * off <= slope * slope
        missed = 4 * self._most_curved * off * off / slope**3 + 2 * self._error(s) / slope
        distance: Floats = np.where(is_near, missed, np.inf)
        return distance

    def _error(self, s: Floats) -> Floats:
        """How wrong h may be: exponents, exponentials of 4 units in the last place, and sums."""
        error: Floats = 4 * _UNIT * (3 * np.abs(s) * self._spans + self._counts + 8)
        return error

    def _first_guess(self) -> Floats:
        """Halley's step from a rate of 0, where nothing is discounted."""
        sums = np.add.reduceat(self._sizes, self._cuts)
        weights = self._sizes * self._times
        means = np.add.reduceat(weights, self._cuts) / sums
        weights *= self._times
        spreads = np.add.reduceat(weights, self._cuts) / sums - means * means
        ratio, slope = np.log(sums[::2] / sums[1::2]), means[1::2] - means[::2]
        bend = ratio * (spreads[::2] - spreads[1::2]) / (2 * slope * slope)
        guess: Floats = -ratio / (slope * (1 - np.clip(bend, -0.5, 0.5)))
        return guess

    def _log_ratio(self, s: Floats) -> tuple[Floats, Floats]:
        """The logarithm h of the ratio and its derivative, at s."""
        weights = np.repeat(-s, self._counts)
        weights *= self._times
        np.exp(weights, out=weights)
        weights *= self._sizes
        sums = np.add.reduceat(weights, self._cuts)
        weights *= self._times
        means = np.add.reduceat(weights, self._cuts) / sums
        return np.log(sums[::2] / sums[1::2]), means[1::2] - means[::2]
