"""Rows of dated terms in the column of all terms, and division as the terms round.

The one idea: each row begins with its first day, so that one search finds the row of a day, whatever it
holds.
"""

from __future__ import annotations

from typing import Any

from delinquency.division import div_by_code
from delinquency.portfolio.kernels.cards.layout import RATE_ROW, RATES
from delinquency.portfolio.kernels.compiler import called, inlined

__all__ = ["HALF_WORD", "dated_row", "divided", "rate_row", "rounded"]

rounded = called(div_by_code)

HALF_WORD = 2**30


@inlined
def dated_row(numbers: Any, first: int, count: int, size: int, day: int) -> int:
    """The address of the row that holds on a day, of rows that each begin with their first day."""
    row = first + (count - 1) * size
    while row > first and numbers[row] > day:
        row -= size
    return row


@called
def rate_row(numbers: Any, at: int, kind: int, day: int) -> int:
    """The address of the rate of a balance on a day; the balance has one."""
    place = at + RATES + 2 * kind
    return dated_row(numbers, numbers[place], numbers[place + 1], RATE_ROW, day)


@called
def divided(base: int, factor: int, denominator: int) -> tuple[int, int]:
    """``base * factor`` over the denominator: the quotient, and the rest."""
    if base < HALF_WORD and factor < HALF_WORD:
        product = base * factor
        quotient = product // denominator
        return quotient, product - quotient * denominator
    whole = factor // denominator
    part = factor - whole * denominator
    quotient = 0
    rest = 0
    shift = 36
    while shift >= 0:
        step = rest * 262144 + ((base >> shift) & 262143) * part
        here = step // denominator
        quotient = quotient * 262144 + here
        rest = step - here * denominator
        shift -= 18
    return quotient + base * whole, rest
