"""How many rates solve a sum of discounted amounts, and where each lies: proven, over every rate.

A flow that changes sign more than once may have no rate of return, or several, and a solver that starts
somewhere finds one of them without saying so. The one idea: on the logarithm of the growth, s = ln(1 + i),
the whole line is covered by boxes, and bounds of the sum and of its slope over a box show either that it
has no zero there, or that it rises or falls throughout and so has one at most. What cannot be shown with
floats, whose error is bounded here, is handed back as unresolved and never guessed at.
"""

from __future__ import annotations

from collections import deque
from math import exp, expm1, fsum, inf, log, log1p
from typing import Final

import attrs

from delinquency.returns.discounting import DiscountedSum, sign_changes

__all__ = ["Crossing", "LogSum", "isolate"]

_UNIT: Final = 2.0**-52
_NARROWEST: Final = 1e-9
_MOST_LOG: Final = 2.0**40
_MOST_BOXES: Final = 20_000
"""Boxes looked at; those still open then stay unresolved."""


@attrs.frozen(slots=True)
class Crossing:
    """An interval of s = ln(1 + i) in which the sum changes sign once.

    Attributes
    ----------
    low, high : float
        Its ends.
    sign : int
        The sign of the sum at the lower end.
    """

    low: float
    high: float
    sign: int


class LogSum:
    """A discounted sum in floats, as a function of s, with bounds of what floats leave out.

    Amounts stand as logarithms, so that neither a large amount nor a far date runs over.
    """

    __slots__ = ("_logs", "_parts", "_rounding", "_signs", "_times")

    def __init__(self, total: DiscountedSum) -> None:
        self._signs = [1 if amount > 0 else -1 for amount in total.amounts]
        self._logs = [log(abs(amount)) for amount in total.amounts]
        self._times = [period / total.per_rate_period for period in total.periods]
        self._parts = [float(part) for part in total.fractions]
        self._rounding = 8.0 + len(self._signs) + 2 * max(map(abs, self._logs))

    def log_ratio(self, s: float) -> tuple[float, float]:
        """The logarithm of positive over negative amounts, discounted, and its derivative."""
        exponents = self._exponents(s)
        top = max(exponents)
        weights = [exp(each - top) for each in exponents]
        speeds = self._speeds(s)
        sums: list[tuple[float, float]] = []
        for sign in (1, -1):
            chosen = [place for place, each in enumerate(self._signs) if each == sign]
            value = fsum(weights[place] for place in chosen)
            if value == 0.0:
                # So far away that floats see the other sign only.
                return (-inf if sign == 1 else inf), 0.0
            sums.append((value, fsum(weights[place] * speeds[place] for place in chosen) / value))
        (received, sooner), (paid, later) = sums
        return log(received / paid), later - sooner

    def bounds(self, low: float, high: float) -> tuple[float, float, float, float]:
        """Bounds of the sum and of its slope over a box, both times one positive function of s.

        The function is chosen so that the largest term in the middle does not move.
        """
        middle = (low + high) / 2
        at_middle = self._exponents(middle)
        largest = max(range(len(at_middle)), key=at_middle.__getitem__)
        still = 0.0 if self._parts else self._times[largest]
        ends = [[each + still * s for each in self._exponents(s)] for s in (low, high)]
        top = max(map(max, ends))
        least, most = ([exp(each - top) for each in end] for end in ends)
        slopes = self._slopes(low, high, still, least, most)
        centre = [exp(each + still * middle - top) for each in at_middle]
        value = fsum(sign * each for sign, each in zip(self._signs, centre, strict=True))
        reach = max(abs(low), abs(high))
        size = fsum(map(max, least, most))
        error = 4 * _UNIT * size * (self._rounding + 2 * reach * (1 + self._times[-1]) + abs(top))
        half = (high - low) / 2
        swing = half * max(abs(slopes[0]), abs(slopes[1]))
        drift = error * (1 + self._times[-1])
        return value - swing - error, value + swing + error, slopes[0] - drift, slopes[1] + drift

    def sign(self, s: float) -> int:
        """The sign at a point, or 0 where floats cannot tell it."""
        low, high, _, _ = self.bounds(s, s)
        return 1 if low > 0 else -1 if high < 0 else 0

    def has_no_zero_beyond(self, s: float) -> bool:
        """Whether the term that is due first (s > 0) or last (s < 0) outweighs all others beyond s."""
        exponents = self._exponents(s)
        leader = 0 if s > 0 else len(exponents) - 1
        ahead = exponents.pop(leader)
        return fsum(exp(min(each - ahead, 1.0)) for each in exponents) < 0.5

    def _exponents(self, s: float) -> list[float]:
        pairs = zip(self._logs, self._times, strict=True)
        if not self._parts:
            return [each - time * s for each, time in pairs]
        return [
            each - time * s - _log_simple(part, s)
            for (each, time), part in zip(pairs, self._parts, strict=True)
        ]

    def _speeds(self, s: float) -> list[float]:
        """How fast the logarithm of each discount factor falls with s."""
        if not self._parts:
            return self._times
        return [
            time + _simple_speed(part, s)
            for time, part in zip(self._times, self._parts, strict=True)
        ]

    def _slopes(
        self, low: float, high: float, still: float, least: list[float], most: list[float]
    ) -> tuple[float, float]:
        speeds = zip(self._speeds(low), self._speeds(high), strict=True)
        falling: list[float] = []
        rising: list[float] = []
        for sign, (slow, fast), one, other in zip(self._signs, speeds, least, most, strict=True):
            corners = [
                sign * (still - speed) * size for speed in (slow, fast) for size in (one, other)
            ]
            falling.append(min(corners))
            rising.append(max(corners))
        return fsum(falling), fsum(rising)


def _log_simple(part: float, s: float) -> float:
    """ln(1 + part × i), where 1 + i is e to the power of s."""
    return s + log(part + (1 - part) * exp(-s)) if s > 1 and part else log1p(part * expm1(s))


def _simple_speed(part: float, s: float) -> float:
    return (
        part / (part + (1 - part) * exp(-s))
        if s > 0 and part
        else part * exp(s) / (1 + part * expm1(s))
    )


def isolate(total: DiscountedSum) -> tuple[list[Crossing], list[tuple[float, float]]]:
    """Every change of sign over all rates above -100 %, and the boxes that stay unresolved.

    Where no box is unresolved, the sum has exactly as many zeros as there are crossings.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from fractions import Fraction
    >>> from delinquency.returns.discounting import discounted_sum
    >>> times = [Fraction(0), Fraction(1), Fraction(2)]
    >>> crossings, unresolved = isolate(discounted_sum([Decimal(-100), Decimal(230), Decimal(-132)], times))
    >>> [round(exp(each.low), 3) < rate < round(exp(each.high), 3)
    ...     for each, rate in zip(crossings, (1.1, 1.2))], unresolved
    ([True, True], [])
    """
    view = LogSum(total)
    if not sign_changes(total):
        return [], []
    low, high = _edge(view, -1.0123), _edge(view, 1.0371)
    crossings: list[Crossing] = []
    unresolved: list[tuple[float, float]] = []
    for box in _settled(view, low, high):
        if isinstance(box, Crossing):
            crossings.append(box)
        elif unresolved and unresolved[-1][1] == box[0]:
            unresolved[-1] = unresolved[-1][0], box[1]
        else:
            unresolved.append(box)
    return crossings, unresolved


def _edge(view: LogSum, s: float) -> float:
    """A point beyond which no zero lies, or the furthest point that is looked at."""
    while abs(s) < _MOST_LOG and not view.has_no_zero_beyond(s):
        s *= 2
    return s


def _settled(view: LogSum, low: float, high: float) -> list[Crossing | tuple[float, float]]:
    """From low to high: boxes with one change of sign, and boxes about which nothing could be shown."""
    # The widest first, so that what stays open at the end is narrow everywhere.
    open_boxes = deque([(low, high)])
    settled: list[Crossing | tuple[float, float]] = []
    looked_at = 0
    while open_boxes:
        low, high = open_boxes.popleft()
        looked_at += 1
        least, most, falling, rising = view.bounds(low, high)
        if least > 0 or most < 0:
            continue
        if falling > 0 or rising < 0:
            signs = view.sign(low), view.sign(high)
            if all(signs):
                if signs[0] != signs[1]:
                    settled.append(Crossing(low, high, signs[0]))
                continue
        is_narrow = high - low < _NARROWEST * max(1.0, abs(low), abs(high))
        if is_narrow or looked_at > _MOST_BOXES:
            settled.append((low, high))
            continue
        # Not the middle: rates that people agree on would come to lie on a border.
        middle = low + (high - low) * 0.4871
        open_boxes += [(low, middle), (middle, high)]
    return sorted(settled, key=lambda box: box.low if isinstance(box, Crossing) else box[0])
