"""Loans that walk abreast: the rows of sixteen ordinary loans, period by period.

The one idea: a step waits for the division of the step before it, but the loans do not wait for each
other. Their numbers stand side by side in one column, a few numbers a loan, and a period is a loop over
it without a branch, which a compiler turns into vectors.

A quotient is decided in whole numbers. Its candidate is a product of floats, with an error of at most
2 ** -52 of a quotient below 2 ** 50, so the whole part is off by one at most; the rest, exact in 64 bits,
tells which. The rounding is a comparison of the rest as well: one is added where the rest is above
``TURN``, or above one less if the quotient is odd and ties go to even. Denominators are even here.

Ordinary is: interest by periods at a rate of 0 or more and of 100 % a period at most, on what is open; no
balloon; and products of balance and rate up to 2 ** 62. No payment may exceed what is open or fall below 0,
so that the balance never exceeds the principal and 1200 times the interest of a period fits in 64 bits.
"""

from __future__ import annotations

from typing import Any

from delinquency.amounts import MAX_MINOR
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import ScheduleOutputs

__all__ = ["LANES", "NUMBERS_OF_A_LANE", "enter", "walk"]

LANES = 16
NUMBERS_OF_A_LANE = 14

LOAN = 0
BEGIN = LANES
COUNT = 2 * LANES
NUMERATOR = 3 * LANES
DENOMINATOR = 4 * LANES
TURN = 5 * LANES
TIES_TO_EVEN = 6 * LANES
PAYS_LEVEL = 7 * LANES
PART = 8 * LANES
BALANCE = 9 * LANES
REPAID = 10 * LANES
INTEREST = 11 * LANES
DUE_IN_ALL = 12 * LANES
SHORT = 13 * LANES


@inlined
def _turn(denominator: int, code: int) -> int:
    """The greatest rest that a mode rounds down, of positive quotients; to even: of even ones."""
    if code == 0:
        return denominator // 2 - 1
    if code <= 2:
        return denominator // 2
    if code in (3, 5):
        return 0
    return denominator


@inlined
def enter(
    state: Any,
    factor: Any,
    lane: int,
    loan: int,
    begin: int,
    count: int,
    principal: int,
    numerator: int,
    denominator: int,
    code: int,
    method: int,
    part: int,
) -> None:
    """Let a loan begin its walk; ``part`` is the payment of an annuity, else the principal of a row."""
    state[LOAN + lane] = loan
    state[BEGIN + lane] = begin
    state[COUNT + lane] = count
    state[NUMERATOR + lane] = numerator
    state[DENOMINATOR + lane] = denominator
    state[TURN + lane] = _turn(denominator, code)
    state[TIES_TO_EVEN + lane] = 1 if code == 1 else 0
    state[PAYS_LEVEL + lane] = 1 if method == 0 else 0
    state[PART + lane] = part
    state[BALANCE + lane] = principal
    state[DUE_IN_ALL + lane] = principal
    state[SHORT + lane] = 0
    factor[lane] = numerator / denominator


@inlined
def _step(state: Any, factor: Any, place: int) -> None:
    """One period of every lane; a lane whose loan has ended has no balance, and nothing happens there."""
    for lane in range(LANES):
        balance = state[BALANCE + lane]
        denominator = state[DENOMINATOR + lane]
        quotient = int(float(balance) * factor[lane])
        rest = balance * state[NUMERATOR + lane] - quotient * denominator
        off = (1 if rest >= denominator else 0) - (1 if rest < 0 else 0)
        quotient += off
        rest -= off * denominator
        turn = state[TURN + lane] - (quotient & state[TIES_TO_EVEN + lane])
        interest = quotient + (1 if rest > turn else 0)
        wanted = state[PART + lane] - interest * state[PAYS_LEVEL + lane]
        is_last = place == state[COUNT + lane] - 1
        state[SHORT + lane] |= 1 if (wanted < 0) & (not is_last) else 0
        repaid = balance if is_last else min(max(wanted, 0), balance)
        state[BALANCE + lane] = balance - repaid
        state[REPAID + lane] = repaid
        state[INTEREST + lane] = interest
        state[DUE_IN_ALL + lane] += interest


@inlined
def walk(state: Any, factor: Any, used: int, out: ScheduleOutputs) -> None:
    """The rows of the loans in the lanes; a loan with a row that no schedule has is refused."""
    longest = 0
    for lane in range(used):
        longest = max(longest, state[COUNT + lane])
    for lane in range(used, LANES):
        state[COUNT + lane] = 0
        state[BALANCE + lane] = 0
    keeps = len(out.closing) > 0
    for place in range(longest):
        _step(state, factor, place)
        for lane in range(used):
            if place < state[COUNT + lane]:
                row = state[BEGIN + lane] + place
                out.principal[row] = state[REPAID + lane]
                out.interest[row] = state[INTEREST + lane]
                if keeps:
                    out.closing[row] = state[BALANCE + lane]
    for lane in range(used):
        is_beyond = state[DUE_IN_ALL + lane] > MAX_MINOR
        out.refused[state[LOAN + lane]] = 1 if is_beyond else state[SHORT + lane]
