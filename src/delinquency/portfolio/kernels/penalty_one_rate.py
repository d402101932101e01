"""Penalty interest where one rate holds for all time: money is matched to debts, amounts times days summed.

The one idea: what a debt bore is a sum over the money that settled it, each piece times the days that it came
late. Two places move forward through the columns of an account, one among its instalments, one among its
payments, and debts that were paid by their due date cost a comparison.

A sum of amounts times days stays below 2**63 because an account whose debts times its days could leave it is
handed on to the loop of lines, which needs no such sum. The quotient and the remainder of the sum are
multiplied by the rate apart; their bounds are those of :mod:`delinquency.portfolio.kernels.penalty_bounds`.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.penalty import formulas
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.penalty_layout import (
    BY_LINES,
    BY_ONE_RATE,
    PenaltyArrays,
    PenaltyNumbers,
    PenaltyOutputs,
    PenaltyScratch,
)

__all__ = ["penalty_by_one_rate", "settled_of"]

_rounded_parts = inlined(formulas.rounded_parts)

MOST = 2**63 - 1
BY_ACCOUNT = 3


@inlined
def _settled_of_column(rest: int, amount: int) -> int:
    return min(max(rest, 0), amount)


@inlined
def settled_of(
    order: Any, flags: Any, principal: int, interest: int, fees: int, money: int
) -> int:
    """How much of some components of a debt the first ``money`` of it settles, in an order."""
    rest = money
    total = 0
    for step in range(len(order)):
        column = order[step]
        amount = 0
        if column == 0:
            amount = principal
        elif column == 1:
            amount = interest
        elif column == 2:
            amount = fees
        used = _settled_of_column(rest, amount)
        rest -= used
        total += used * flags[column]
    return total


@inlined
def _counted(amount: int, reversed_day: Any, index: int, cut: int) -> int:
    if len(reversed_day) > 0 and reversed_day[index] <= cut:
        return 0
    return amount


@inlined
def _times_rate(rule: PenaltyNumbers, amount_days: int) -> tuple[int, int]:
    """Whole minor units and remainder of amounts times days at the one rate."""
    whole = amount_days // rule.one_denominator
    rest = (amount_days - whole * rule.one_denominator) * rule.one_numerator
    more = rest // rule.one_denominator
    return whole * rule.one_numerator + more, rest - more * rule.one_denominator


@inlined
def _rounded(rule: PenaltyNumbers, amount_days: int) -> int:
    whole, rest = _times_rate(rule, amount_days)
    return _rounded_parts(whole, rest, rule.one_denominator, rule.rounding)


@compiled
def penalty_by_one_rate(
    book: PenaltyArrays,
    rule: PenaltyNumbers,
    route: Any,
    scratch: PenaltyScratch,
    out: PenaltyOutputs,
    first: int,
    last: int,
) -> None:
    """Fill the outputs of the accounts of ``[first, last)`` that are on this route."""
    as_of = rule.as_of
    cut = rule.reversal_cut
    by_account = rule.grain == BY_ACCOUNT
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
        payments = len(value_day)
        rows = len(due)

        owed = 0
        come = 0
        payment = 0
        read = 0
        reached = 0
        reached_on = -NONE_DAY
        amount_days = 0
        penalty = 0
        index = 0
        while index < rows and due[index] < as_of:
            day = due[index]
            before = owed
            owed += principal[index] + interest[index] + fees[index]
            while payment < payments and value_day[payment] <= day:
                come += _counted(money[payment], reversed_day, payment, cut)
                payment += 1
            if come < owed:
                if read < payment:
                    read = payment
                    reached = come
                bears = day + rule.grace_days
                place = max(come, before)
                told = settled_of(
                    rule.order,
                    rule.bears,
                    principal[index],
                    interest[index],
                    fees[index],
                    place - before,
                )
                while place < owed:
                    if reached <= place:
                        if read >= payments or value_day[read] > as_of:
                            reached = owed
                            reached_on = as_of
                            # What is open stays open: the place of reading must not move with it.
                            read = payments + 1
                        else:
                            reached += _counted(money[read], reversed_day, read, cut)
                            reached_on = value_day[read]
                            read += 1
                        if reached <= place:
                            continue
                    place = min(reached, owed)
                    settled = settled_of(
                        rule.order,
                        rule.bears,
                        principal[index],
                        interest[index],
                        fees[index],
                        place - before,
                    )
                    amount_days += (settled - told) * max(reached_on - bears, 0)
                    told = settled
                if not by_account:
                    penalty += _rounded(rule, amount_days)
                    amount_days = 0
            index += 1
        if rows > 0 and owed > 0 and index > 0 and owed > MOST // (as_of - due[0]):
            route[account] = BY_LINES
            continue
        if by_account:
            penalty = _rounded(rule, amount_days)
        out.penalty[account] = penalty
        out.compound[account] = 0
        out.waived[account] = 0
        out.capped[account] = 0
        out.posted[account] = 0
