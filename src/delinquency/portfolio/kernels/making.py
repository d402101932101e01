"""Accounts whose ledger charges penalty or late fees itself, in a compiled loop, and every answer about them.

The one idea: whatever is asked, an account is replayed once and the answer read off what is left, as of any
other ledger; an account that the loop cannot answer is handed on by its route.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.answer import fill_row
from delinquency.portfolio.kernels.at_close import (
    oldest_due,
    open_by_component,
    sum_arrears,
    tell_more,
)
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.late_debts import tell_late_debts
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers, Scratch
from delinquency.portfolio.kernels.making_layout import (
    SIZE,
    MakingAnswers,
    MakingNumbers,
    MakingScratch,
)
from delinquency.portfolio.kernels.making_penalty import tell_penalty
from delinquency.portfolio.kernels.making_sweep import replay_making
from delinquency.portfolio.kernels.payment_counts import payments_of_debts
from delinquency.portfolio.kernels.penalty_bearings import waived_whole
from delinquency.portfolio.kernels.penalty_by_lines import MOST_DENOMINATOR
from delinquency.portfolio.kernels.penalty_layout import BY_LOOP, MAKING
from delinquency.portfolio.kernels.penalty_of_debts import ONE_RATE, has_spans

__all__ = ["as_made"]

NO_SHARES = 0


@inlined
def _whole(account: int, making: MakingNumbers) -> int:
    """The whole of which shares are waived; 0 if it is beyond all bounds, and one rate where that is all."""
    if making.accrues == 0:
        return 1
    rule = making.penalty
    whole = waived_whole(making.book.spans, account, rule.known)
    if whole > MOST_DENOMINATOR // (rule.measure.day_denominator * 100_000_000):
        return NO_SHARES
    if rule.one.denominator > 0 and not has_spans(making.book.spans, account):
        return ONE_RATE
    return int(whole)


@inlined
def _tell(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    making: MakingNumbers,
    scratch: Scratch,
    made: MakingScratch,
    answers: MakingAnswers,
) -> None:
    """Fill what is asked for of an account."""
    size = made.counters[SIZE]
    arrears = sum_arrears(rule, scratch.debts, size)
    if len(answers.out.arrears) > 0:
        oldest = oldest_due(rule, scratch, size, arrears)
        fill_row(book, account, rule, answers.out, arrears, oldest, 0, 0)
    if len(answers.more.exposure) > 0:
        tell_more(rule, scratch, size, account, arrears, answers.more)
    if len(answers.late_starts) > 0:
        tell_late_debts(
            book, account, rule, scratch, size, arrears, answers.late_starts[account], answers.late
        )
    if len(answers.payments.count) > 0:
        answers.payments.count[account] = payments_of_debts(
            book, account, rule, scratch, size, answers.payments.share, answers.payments.whole
        )
    if len(answers.penalty.penalty) > 0:
        tell_penalty(account, making, made, answers.penalty)
    if len(answers.balances.principal) > 0:
        open_by_component(rule, scratch, size, account, answers.balances)


@compiled
def as_made(
    book: BookArrays,
    rule: RuleNumbers,
    making: MakingNumbers,
    route: Any,
    scratch: Scratch,
    made: MakingScratch,
    answers: MakingAnswers,
    first: int,
    last: int,
) -> None:
    """Fill the answers of the accounts of ``[first, last)`` that are on this route, or hand them on."""
    for account in range(first, last):
        if route[account] != MAKING:
            continue
        whole = _whole(account, making)
        if whole != NO_SHARES and replay_making(book, account, rule, making, scratch, made, whole):
            _tell(book, account, rule, making, scratch, made, answers)
        else:
            route[account] = BY_LOOP
