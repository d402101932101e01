"""Every plan of a space priced for one account.

The one idea: the account is read once; its draft is laid out as whole numbers, and one loop puts every plan
to a copy of it. A plan that the loop cannot prove is priced by the verb of one account.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from delinquency.calendar import Day
from delinquency.errors import DelinquencyError, InvalidValueError
from delinquency.portfolio.arrays import as_lists
from delinquency.portfolio.kernels.compiler import uncompiled
from delinquency.portfolio.kernels.plan_layout import (
    ANCHOR,
    BY_ACCOUNT,
    DUES,
    EARNED,
    FEE_ROWS,
    GIVEN,
    MULTIPLE,
    NOT_POSSIBLE,
    PAST,
    PRINCIPAL,
    RHYTHM_DAYS,
    RHYTHM_MONTHS,
    SCHEDULED,
    START,
    UNEARNED,
    UNPOSTED,
    Affordable,
    DraftColumns,
    PlanAnswers,
    PlanArrays,
    RateArrays,
    RowColumns,
)
from delinquency.portfolio.kernels.plan_pricing import price_plans
from delinquency.portfolio.plans.plan_scratch import empty_answers, new_draft, new_rows_scratch
from delinquency.portfolio.read_only import read_only
from delinquency.portfolio.run import Engine, in_blocks, is_interpreted
from delinquency.proposals.figures import put_row_figures
from delinquency.rates import RatePeriod
from delinquency.restructuring.rhythm import rhythm_of

if TYPE_CHECKING:
    from delinquency.dated_rates import DatedRate
    from delinquency.restructuring.account_reading import AccountReading
    from delinquency.restructuring.answer import Restructured

__all__ = ["price_space"]

PLANS_OF_A_BLOCK = 2_048


def price_space(
    read: AccountReading,
    plans: PlanArrays,
    most_dues: int,
    affordable: Sequence[tuple[Day, int]],
    one: Callable[[int], Restructured],
    *,
    is_by_loop: bool,
    engine: Engine,
    workers: int,
) -> PlanAnswers:
    """The answers for every plan.

    Parameters
    ----------
    read : AccountReading
    plans : PlanArrays
    most_dues : int
        The most due dates that a plan adds, or has in place of the old ones.
    affordable : sequence of tuple of int
        First days and amounts [minor units].
    one : callable
        The verb of one account, for the place of a plan.
    is_by_loop : bool
        Whether loops know the plans.
    """
    size = len(plans.method)
    out = empty_answers(size)
    rows, dues = len(read.draft.past) + len(read.draft.fees) + 1, len(read.draft.dues) + most_dues
    source = _draft(read, rows, dues)
    old = _rows(read, dues)
    rates = _rates(read.rates)
    columns = np.array(affordable, dtype=np.int64).reshape(-1, 2)
    can_pay = Affordable(columns[:, 0].copy(), columns[:, 1].copy())
    steps = len(read.rates) + 8

    def scratch() -> tuple[DraftColumns, RowColumns]:
        return new_draft(rows, dues, 4), new_rows_scratch(dues, steps)

    if not is_by_loop or any(each.rate.period is not RatePeriod.YEAR for each in read.rates):
        out.state[:] = BY_ACCOUNT
    elif is_interpreted(engine):
        listed = (as_lists(each) for each in (source, old, plans, rates, *scratch(), can_pay))
        uncompiled(price_plans)(*listed, out, 0, size)
    else:

        def work(first: int, last: int) -> None:
            price_plans(source, old, plans, rates, *scratch(), can_pay, out, first, last)

        in_blocks(work, size, workers, PLANS_OF_A_BLOCK)
    for place in np.flatnonzero(out.state == BY_ACCOUNT).tolist():
        try:
            put_row_figures(out, place, one(place), affordable)
        except DelinquencyError:
            out.state[place] = NOT_POSSIBLE
    return out


def _draft(read: AccountReading, rows: int, dues: int) -> DraftColumns:
    draft = read.draft
    found = new_draft(rows, dues, 1)
    amounts = found.amounts
    for place, value in (
        (START, draft.day),
        (PRINCIPAL, draft.principal),
        (EARNED, draft.earned),
        (UNEARNED, draft.unearned),
        (UNPOSTED, draft.unposted),
        (MULTIPLE, 1),
        (DUES, len(draft.dues)),
        (FEE_ROWS, len(draft.fees)),
        (PAST, len(draft.past)),
        (SCHEDULED, sum(sum(debt[5:9]) for debt in read.ledger.obligations)),
    ):
        amounts[place] = value
    for place, debt in enumerate(draft.past):
        found.past_open[4 * place : 4 * place + 4] = debt.open
    found.dues[: len(draft.dues)] = draft.dues
    for place, (due, fee) in enumerate(draft.fees):
        found.fee_due[place], found.fee_amount[place] = due, fee
    try:
        rhythm = rhythm_of(read.dues, "restructuring plan")
    except InvalidValueError:
        return found
    amounts[GIVEN], amounts[ANCHOR] = 1, rhythm.anchor
    amounts[RHYTHM_MONTHS], amounts[RHYTHM_DAYS] = rhythm.months, rhythm.days
    return found


def _rows(read: AccountReading, dues: int) -> RowColumns:
    found = new_rows_scratch(dues, 1)
    for place, row in enumerate(read.rows):
        columns = (found.due, found.principal, found.interest, found.fees, found.penalty)
        for column, value in zip(columns, row, strict=True):
            column[place] = value
    return found


def _rates(rates: Sequence[DatedRate]) -> RateArrays:
    def column(values: list[int]) -> Any:
        return read_only(np.array(values, dtype=np.int64))

    return RateArrays(
        column([0, len(rates)]),
        column([each.day for each in rates]),
        column([each.rate.scaled for each in rates]),
    )
