"""Rounding of a fraction to a whole number, from the words of each mode and nothing else.

The one idea: look at the two whole numbers beside the fraction and take the one that the words name.
"""

from __future__ import annotations

from fractions import Fraction


def rounded(exact: Fraction, mode: str) -> int:
    """The whole number that ``mode`` (the value of the mode) makes of a fraction."""
    below = exact.numerator // exact.denominator
    if exact == below:
        return below
    above = below + 1
    towards_zero, away = (below, above) if exact > 0 else (above, below)
    plain = {"floor": below, "ceiling": above, "down": towards_zero, "up": away}
    if mode in plain:
        return plain[mode]
    to_below, to_above = exact - below, above - exact
    if to_below != to_above:
        return below if to_below < to_above else above
    ties = {"half_up": away, "half_down": towards_zero}
    return ties.get(mode, below if below % 2 == 0 else above)
