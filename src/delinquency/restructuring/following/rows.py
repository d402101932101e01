"""The rows of a plan, each with what became of it.

The one idea: a row is broken at the first close at which it is more days past due than is tolerated; that is
what a count of days past due says of it, and what was paid later does not undo it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import to_date
from delinquency.restructuring.answer import DebtParts

if TYPE_CHECKING:
    from delinquency.calendar import Day
    from delinquency.currency import Currency
    from delinquency.restructuring.following.plan_debts import OpenThrough
    from delinquency.restructuring.new_rows import NewRow

__all__ = ["FollowedRow", "RowState", "Tolerated", "followed_row"]


class RowState(Enum):
    """What became of a row.

    ``KEPT``: settled by the close of its due date. ``LATE``: settled after it, and at no close more days past
    due than is tolerated. ``BROKEN``: at some close more days past due than that, whatever was paid later.
    ``PENDING``: not settled and not broken.
    """

    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    PENDING = "pending"


class Tolerated(NamedTuple):
    """How late and how short a row may be."""

    days: int
    amount: int
    """[minor units]"""


@attrs.frozen(slots=True)
class FollowedRow:
    """A row of a plan at the close of a day.

    Attributes
    ----------
    number : int
        From 1, in order of due date.
    due_date : date
    asked : DebtParts
        What the plan asks for on it.
    open : DebtParts
        What is open of it, due or not.
    in_time : Decimal
        What was settled of it by the close of its due date [currency units].
    shortfall : Decimal
        What is open of it once its due date has come [currency units].
    settled_on : date or None
        The first day at whose close it is settled, within the tolerance.
    days_late : int
        From its due date to the day on which it was settled, or to the close asked for [days].
    state : RowState
    broken_on : date or None
        The first day at whose close it is broken.
    broken_by : Decimal
        What was open of it at that close [currency units].
    """

    number: int
    due_date: date
    asked: DebtParts
    open: DebtParts
    in_time: Decimal
    shortfall: Decimal
    settled_on: date | None
    days_late: int
    state: RowState
    broken_on: date | None
    broken_by: Decimal


def followed_row(
    number: int,
    row: NewRow,
    through: OpenThrough,
    tolerated: Tolerated,
    *,
    as_of: Day,
    currency: Currency,
) -> FollowedRow:
    """A row at the close of a day, from what was open of it through time."""
    due = row.due_day
    settled = through.settled_day(tolerated.amount)
    last = due + tolerated.days + 1
    is_broken = as_of >= last and through.at(last) > tolerated.amount
    still_open = sum(through.columns)
    return FollowedRow(
        number,
        to_date(due),
        DebtParts(*(from_minor(amount, currency) for amount in row[1:5])),
        DebtParts(*(from_minor(amount, currency) for amount in through.columns)),
        from_minor(row.total - through.at(min(due, as_of)), currency),
        from_minor(still_open if due <= as_of else 0, currency),
        None if settled is None else to_date(settled),
        max(0, (as_of if settled is None else settled) - due),
        _state(settled, due, is_broken=is_broken),
        to_date(last) if is_broken else None,
        from_minor(through.at(last) if is_broken else 0, currency),
    )


def _state(settled: Day | None, due: Day, *, is_broken: bool) -> RowState:
    if is_broken:
        return RowState.BROKEN
    if settled is None:
        return RowState.PENDING
    return RowState.KEPT if settled <= due else RowState.LATE
