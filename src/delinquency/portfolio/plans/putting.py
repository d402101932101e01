"""Plans put to the accounts of a book: which accounts loops answer, and the loops.

The one idea: an account that has instalments, payments and rates of its contract alone is answered by a loop;
one that has anything beside them, and one whose figures a loop cannot prove, by the verb of one account.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.account import Product
from delinquency.calendar import NONE_DAY, day_number
from delinquency.policy import Policy
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.arrays import as_lists, book_arrays
from delinquency.portfolio.book import PRODUCTS, Portfolio
from delinquency.portfolio.columns import ALWAYS_FROM, Minor
from delinquency.portfolio.kernels.compiler import uncompiled
from delinquency.portfolio.kernels.plan_accounts import plan_accounts
from delinquency.portfolio.kernels.plan_layout import (
    BY_ACCOUNT,
    TOLD,
    AskedAccounts,
    PlanAnswers,
    PlanArrays,
    PlannedRows,
    RateArrays,
)
from delinquency.portfolio.penalty_rows import penalty_by_version
from delinquency.portfolio.plans.plan_numbers import is_by_loop, most_more_dues, most_spans
from delinquency.portfolio.plans.plan_scratch import new_draft, new_rows_scratch, nothing_said
from delinquency.portfolio.read_only import read_only
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine, in_blocks, is_interpreted
from delinquency.portfolio.scratch import ACCOUNTS_AS_LISTS, most_rows, new_scratch
from delinquency.restructuring import RestructuringPlan

__all__ = ["account_sizes", "needs_account", "put_plans", "rate_arrays", "unposted_penalty"]

Flags = npt.NDArray[np.bool_]
_CARD = PRODUCTS.index(Product.CARD)
_BESIDE = ("charges", "charge_backs", "decisions", "spans", "disputes", "restructurings", "re_ages")
"""Tables whose rows make an account one for the verb of one account."""


def needs_account(
    book: Portfolio, plans: Sequence[RestructuringPlan], chosen: Minor, policy: Policy
) -> Flags:
    """Accounts that loops do not answer, as far as that is seen before they run."""
    by_loop = np.array([is_by_loop(plan) for plan in plans], dtype=np.bool_)
    flags: Flags = ~by_loop[chosen]
    if policy.makes_debts or policy.closing_tolerance:
        flags[:] = True
        return flags
    for name in _BESIDE:
        table = getattr(book, name)
        if table is not None:
            flags |= np.diff(table.offsets) > 0
    rows = book.instalments
    if rows.in_force_from is not None and rows.in_force_until is not None:
        changed = (rows.in_force_from != ALWAYS_FROM) | (rows.in_force_until != NONE_DAY)
        flags[account_of_rows(rows.offsets, np.flatnonzero(changed))] = True
    if book.product is not None:
        flags |= book.product == _CARD
    rates = book.contract_rates
    if rates is not None:
        flags[account_of_rows(rates.offsets, np.flatnonzero(rates.rate < 0))] = True
    if rates is not None and rates.period is not None:
        flags[account_of_rows(rates.offsets, np.flatnonzero(rates.period != 0))] = True
    day = day_number(plans[0].effective_on, where="restructuring plan", field="effective_on")
    flags |= book.originated_on >= day
    paid = book.payments
    late = paid.value_date >= day
    for column in (paid.recorded_on, paid.reversed_on):
        if column is not None:
            late = late | ((column >= day) & (column != NONE_DAY))
    flags[account_of_rows(paid.offsets, np.flatnonzero(late))] = True
    return flags


def rate_arrays(book: Portfolio) -> RateArrays:
    """The rates of contracts; an account without one has no rows."""
    table = book.contract_rates
    if table is None:
        nothing = np.zeros(0, dtype=np.int64)
        columns = np.zeros(len(book) + 1, dtype=np.int64), nothing, nothing
    else:
        columns = table.offsets, table.effective_on.astype(np.int64), table.rate
    return RateArrays(*map(read_only, columns))


def unposted_penalty(
    book: Portfolio,
    policy: Policy,
    on: date,
    known_on: date | None,
    engine: Engine,
    workers: int,
    state: npt.NDArray[np.int8],
) -> Minor:
    """Penalty that accrued on the days before one, and is no debt of the ledger [minor units].

    Accounts whose state is not ``TOLD`` are not asked; one whose penalty is refused becomes ``BY_ACCOUNT``.
    """
    if policy.penalty is None:
        return np.zeros(len(book), dtype=np.int64)
    refused = np.zeros(len(book), dtype=np.bool_)
    told, _ = penalty_by_version(
        book,
        (policy,),
        np.where(state == TOLD, 0, -1).astype(np.int16),
        as_of=on,
        known_on=known_on,
        with_balances=False,
        engine=engine,
        threads=workers,
        refused=refused,
    )
    state[refused] = BY_ACCOUNT
    return told.penalty + told.compound - told.posted  # type: ignore[no-any-return]


def put_plans(
    book: Portfolio,
    plans: Sequence[RestructuringPlan],
    numbers: PlanArrays,
    chosen: Minor,
    policy: Policy,
    out: PlanAnswers,
    planned: PlannedRows,
    *,
    known_on: date | None,
    engine: Engine,
    workers: int,
) -> None:
    """Answer the accounts whose state is ``TOLD``; those that loops cannot prove become ``BY_ACCOUNT``."""
    out.state[needs_account(book, plans, chosen, policy) & (out.state == 0)] = BY_ACCOUNT
    if (out.state != 0).all():
        return
    on = plans[0].effective_on
    unposted = unposted_penalty(book, policy, on, known_on, engine, workers, out.state)
    rule = rule_numbers(
        policy, as_of=on - timedelta(days=1), known_on=known_on, currency=book.currency
    )
    if is_interpreted(engine):
        _uncompiled(book, plans, numbers, chosen, rule, unposted, out, planned)
        return
    arrays, rates = book_arrays(book), rate_arrays(book)
    sizes, scratch = most_rows(book), account_sizes(book, plans)

    def work(first: int, last: int) -> None:
        plan_accounts(
            arrays,
            rule,
            new_scratch(*sizes),
            numbers,
            AskedAccounts(chosen, unposted, nothing_said()),
            rates,
            *_scratch(*scratch),
            out,
            planned,
            first,
            last,
        )

    in_blocks(work, len(book), workers)


def account_sizes(book: Portfolio, plans: Sequence[RestructuringPlan]) -> tuple[int, int, int, int]:
    """Rows, due dates, spans of a rate and its changes, at the most."""
    rows = int(np.diff(book.instalments.offsets).max(initial=0))
    rates = book.contract_rates
    changes = 0 if rates is None else int(np.diff(rates.offsets).max(initial=0))
    spans = most_spans(plans)
    return rows, rows + most_more_dues(plans), spans, changes + 2 * spans + 2


def _scratch(rows: int, dues: int, spans: int, steps: int) -> tuple[Any, Any]:
    return new_draft(rows, dues, spans), new_rows_scratch(dues, steps)


def _uncompiled(
    book: Portfolio,
    plans: Sequence[RestructuringPlan],
    numbers: PlanArrays,
    chosen: Minor,
    rule: Any,
    unposted: Minor,
    out: PlanAnswers,
    planned: PlannedRows,
) -> None:
    """The same on lists, some accounts at a time; answers and rows stay columns."""
    for first in range(0, len(book), ACCOUNTS_AS_LISTS):
        rows = np.arange(first, min(first + ACCOUNTS_AS_LISTS, len(book)))
        part = book.take(rows)
        answers = PlanAnswers(*(column[rows] for column in out))
        begin, end = (int(book.instalments.offsets[place]) for place in (rows[0], rows[-1] + 1))
        wanted = planned
        if len(planned.left):
            wanted = planned._replace(
                offsets=planned.offsets[rows],
                count=planned.count[first : first + len(rows)],
                first_due=planned.first_due[first : first + len(rows)],
                grace_until=planned.grace_until[first : first + len(rows)],
                is_changed=planned.is_changed[first : first + len(rows)],
                left=planned.left[begin:end],
                left_principal=planned.left_principal[begin:end],
                left_interest=planned.left_interest[begin:end],
                left_fees=planned.left_fees[begin:end],
            )
        uncompiled(plan_accounts)(
            as_lists(book_arrays(part)),
            as_lists(rule),
            as_lists(new_scratch(*most_rows(part))),
            as_lists(numbers),
            AskedAccounts(chosen[rows].tolist(), unposted[rows].tolist(), nothing_said()),
            as_lists(rate_arrays(part)),
            *(as_lists(each) for each in _scratch(*account_sizes(part, plans))),
            answers,
            wanted,
            0,
            len(part),
        )
        for column, told in zip(out, answers, strict=True):
            column[rows] = told
