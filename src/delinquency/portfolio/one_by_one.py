"""Accounts answered one by one, exactly, where the loop does not know them or what their policy charges.

The one idea: slow and never wrong. Accounts are replayed as records, and their answers put into the columns
that :mod:`delinquency.portfolio.making` fills for all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from delinquency.assessment import read_count
from delinquency.breakdown import by_state
from delinquency.calendar import NONE_DAY, to_date
from delinquency.counting.days import count_days, count_exposure, late_debts
from delinquency.errors import DelinquencyError, PolicyError
from delinquency.policy import Policy
from delinquency.portfolio.arrays import empty_more, empty_outputs
from delinquency.portfolio.kernels.layout import LedgerOutputs, Outputs, RuleNumbers
from delinquency.replaying import known_on_of, replay_version

if TYPE_CHECKING:
    from delinquency.ledger import Ledger
    from delinquency.portfolio.book import Portfolio

__all__ = [
    "answer_rows",
    "assess_one_by_one",
    "late_debts_one_by_one",
]


def _ledgers(book: Portfolio, policy: Policy, rule: RuleNumbers) -> Iterator[tuple[int, Ledger]]:
    as_of = to_date(rule.as_of)
    known_on = known_on_of(rule.known)
    for row in range(len(book)):
        account = book.account(row)
        try:
            ledger = replay_version(account, as_of=as_of, version=policy, known_on=known_on)
        except PolicyError:
            raise
        except DelinquencyError as error:
            raise error.within(f"account {account.account_id!r}") from None
        yield row, ledger


def answer_rows(
    book: Portfolio,
    rows: npt.NDArray[np.intp],
    policy: Policy,
    rule: RuleNumbers,
    out: Outputs,
    more: LedgerOutputs,
) -> None:
    """Put the answers of accounts, each found by itself, into the columns of a book."""
    if not len(rows):
        return
    few = empty_outputs(len(rows))
    few_more = empty_more(len(rows) if len(more.exposure) else 0, breakdown=len(more.breakdown) > 0)
    assess_one_by_one(book.take(rows), policy, rule, few, few_more)
    for whole, told in zip((*out, *more), (*few, *few_more), strict=True):
        if len(whole):
            whole[rows] = told


def assess_one_by_one(
    book: Portfolio, policy: Policy, rule: RuleNumbers, out: Outputs, more: LedgerOutputs
) -> None:
    """Fill the columns of an answer, and those of what only a ledger knows where they are asked for."""
    for row, ledger in _ledgers(book, policy, rule):
        count = count_days(ledger, policy.counting)
        out.days_past_due[row] = count.days_past_due
        out.delinquent_days[row] = count.delinquent_days
        out.arrears[row] = count.arrears
        out.oldest_due[row] = count.oldest_due_day
        out.bucket[row] = policy.buckets.position(read_count(ledger, count, policy))
        if len(more.exposure):
            _tell_more(row, ledger, rule, count.late_count, more)


def _tell_more(
    row: int, ledger: Ledger, rule: RuleNumbers, late_count: int, more: LedgerOutputs
) -> None:
    more.exposure[row] = count_exposure(ledger)
    more.unallocated[row] = ledger.unallocated_minor
    more.late_count[row] = late_count
    more.next_due[row], more.next_amount[row] = _next_due(ledger, rule.next_from)
    more.written_off[row] = ledger.written_off_minor
    if len(more.breakdown):
        more.breakdown[row] = [amount for state in by_state(ledger) for amount in state]


def _next_due(ledger: Ledger, first: int) -> tuple[int, int]:
    """The earliest due day from ``first`` on which something is open, and how much."""
    open_by_day: dict[int, int] = {}
    for obligation, amounts in zip(ledger.obligations, ledger.open_rows, strict=True):
        if obligation.due_day >= first and ledger.is_in_force(obligation) and any(amounts):
            day = obligation.due_day
            open_by_day[day] = open_by_day.get(day, 0) + sum(amounts)
    day = min(open_by_day, default=NONE_DAY)
    return day, open_by_day.get(day, 0)


def late_debts_one_by_one(book: Portfolio, policy: Policy, rule: RuleNumbers) -> dict[str, Any]:
    """The late debts of every account in columns, oldest first within each."""
    rows: list[tuple[int, ...]] = []
    for row, ledger in _ledgers(book, policy, rule):
        for debt in late_debts(ledger, policy.counting):
            obligation = ledger.obligations[debt.obligation]
            rows.append((row, obligation.kind, obligation.number, *debt[1:]))
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 7).T
    names = ("account", "kind", "number", "due", "open_amount", "days_past_due", "delinquent_days")
    return dict(zip(names, columns, strict=True))
