"""Penalty interest where one rate holds for all time: money is matched to debts, amounts times days summed.

The one idea: what a debt bore is a sum over the money that settled it, each piece times the days that it came
late, and money in time is late by no day. Two places move forward through the columns of an account, one
among its instalments, one among its payments. Before that an account is asked how many of its first payments
pay the instalment of their own place in time, as most do by direct debit: that compares column with column,
so several places are answered at once. The places move on from there, and where that is all that is due, the
account owes nothing.

A sum of amounts times days stays below 2**63 because an account whose debts times its days could leave it is
handed on to the loop of lines, which needs no such sum. The quotient and the remainder of the sum are
multiplied by the rate apart; their bounds are those of :mod:`delinquency.portfolio.kernels.penalty_bounds`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.penalty import formulas
from delinquency.portfolio.kernels.compiler import FIRST, NEXT, compiled, inlined
from delinquency.portfolio.kernels.penalty_layout import (
    BY_LINES,
    BY_ONE_RATE,
    MOST,
    OneRate,
    OpenBalances,
    PenaltyArrays,
    PenaltyNumbers,
    PenaltyOutputs,
    PenaltyScratch,
)

__all__ = ["of_one_rate", "penalty_by_one_rate"]

_rounded_parts = inlined(formulas.rounded_parts)

BY_ACCOUNT = 3


@inlined
def _counted(amount: int, reversed_day: Any, index: int, cut: int) -> int:
    if len(reversed_day) > 0:
        return amount * int(reversed_day[index] > cut)
    return amount


@inlined
def _paid_in_step(
    due: Any,
    principal: Any,
    interest: Any,
    fees: Any,
    value_day: Any,
    money: Any,
    reversed_day: Any,
    as_of: int,
    cut: int,
) -> int:
    """How many instalments from the first on the payment of the same place pays in time, up to the day."""
    both = min(len(due), len(value_day))
    steps = both
    for index in range(both):
        owed = principal[index] + interest[index] + fees[index]
        come = _counted(money[index], reversed_day, index, cut)
        short = (value_day[index] > due[index]) | (come < owed)
        steps = min(steps, index if short & (due[index] < as_of) else both)
    return steps


@inlined
def _beyond(
    principal: Any,
    interest: Any,
    fees: Any,
    money: Any,
    reversed_day: Any,
    cut: int,
    steps: int,
) -> int:
    """What the first payments leave of the instalments of their places."""
    beyond = 0
    for index in range(min(len(principal), len(money))):
        owed = principal[index] + interest[index] + fees[index]
        left = _counted(money[index], reversed_day, index, cut) - owed
        beyond += left if index < steps else 0
    return beyond


@inlined
def _write(out: PenaltyOutputs, account: int, penalty: int) -> None:
    out.penalty[account] = penalty
    out.compound[account] = 0
    out.waived[account] = 0
    out.capped[account] = 0
    out.posted[account] = 0


@inlined
def _quotient(amount: int, by: int) -> int:
    """``amount // by`` of what is not below 0: without signs a division has nothing to put right."""
    return int(np.uint64(amount) // np.uint64(by))


@inlined
def of_one_rate(one: OneRate, rounding: int, amount_days: int) -> int:
    """What amounts times days bear at the one rate; one division where the product fits."""
    denominator = one.denominator
    if amount_days <= one.most:
        product = amount_days * one.numerator
        whole = _quotient(product, denominator)
        return _rounded_parts(whole, product - whole * denominator, denominator, rounding)
    units = amount_days // denominator
    product = (amount_days - units * denominator) * one.numerator
    more = product // denominator
    rest = product - more * denominator
    return _rounded_parts(units * one.numerator + more, rest, denominator, rounding)


@compiled
def penalty_by_one_rate(
    book: PenaltyArrays,
    rule: PenaltyNumbers,
    route: Any,
    scratch: PenaltyScratch,
    out: PenaltyOutputs,
    balances: OpenBalances,
    first: int,
    last: int,
) -> None:
    """Fill the outputs of the accounts of ``[first, last)`` that are on this route.

    Scratch and balances belong to the form of these loops; one rate needs neither.
    """
    as_of = rule.as_of
    cut = rule.reversal_cut
    grace = rule.grace_days
    by_account = rule.measure.grain == BY_ACCOUNT
    bears_whole = rule.bears[0] * rule.bears[1] * rule.bears[2] == 1
    for account in range(first, last):
        if route[account] != BY_ONE_RATE:
            continue
        start = book.inst_offsets[account]
        end = book.inst_offsets[account + 1]
        due = book.due[start:end]
        principal = book.principal[start:end]
        interest = book.interest[start:end]
        fees = book.fees[start:end]
        start = book.pay_offsets[account]
        end = book.pay_offsets[account + 1]
        value_day = book.value_day[start:end]
        money = book.amount[start:end]
        reversed_day = book.reversed_day[start:end]
        steps = _paid_in_step(
            due, principal, interest, fees, value_day, money, reversed_day, as_of, cut
        )
        if steps == len(due) or due[steps] >= as_of:
            _write(out, account, 0)
            continue

        reached = _beyond(principal, interest, fees, money, reversed_day, cut, steps)
        due = due[steps:]
        principal = principal[steps:]
        interest = interest[steps:]
        fees = fees[steps:]
        value_day = value_day[steps:]
        money = money[steps:]
        reversed_day = reversed_day[steps:]
        payments = np.uint64(len(value_day))
        read = FIRST
        reached_on = due[0]
        owed = 0
        amount_days = 0
        penalty = 0
        for index in range(len(due)):
            if due[index] >= as_of:
                break
            # The base is the money between two marks; what settles it is cut at them.
            low = owed
            owed += principal[index] + interest[index] + fees[index]
            high = owed
            if not bears_whole:
                low += (
                    principal[index] * rule.one.ahead[0]
                    + interest[index] * rule.one.ahead[1]
                    + fees[index] * rule.one.ahead[2]
                )
                high = low + (
                    principal[index] * rule.bears[0]
                    + interest[index] * rule.bears[1]
                    + fees[index] * rule.bears[2]
                )
            bears = due[index] + grace
            place = low
            if reached > place:
                until = min(reached, high)
                amount_days += (until - place) * max(reached_on - bears, 0)
                place = until
            while place < high:
                if read < payments and value_day[read] <= as_of:
                    reached += _counted(money[read], reversed_day, read, cut)
                    reached_on = value_day[read]
                    read += NEXT
                    until = min(max(reached, place), high)
                    amount_days += (until - place) * max(reached_on - bears, 0)
                    place = until
                else:
                    amount_days += (high - place) * max(as_of - bears, 0)
                    place = high
            if not by_account:
                penalty += of_one_rate(rule.one, rule.measure.rounding, amount_days)
                amount_days = 0
        if owed > 0 and owed > MOST // (as_of - due[0]):
            route[account] = BY_LINES
            continue
        if by_account:
            penalty = of_one_rate(rule.one, rule.measure.rounding, amount_days)
        _write(out, account, penalty)
