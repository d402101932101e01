"""Contract interest of the period that runs: what of it is earned by a day.

The one idea: an instalment's interest is earned by actual days, on ``[start, due)`` of its period, half up to
the minor unit; a period starts on the due date before, the first with the account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.calendar import Day
from delinquency.obligations import DebtKind, Obligation
from delinquency.rounding import div_half_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["contract_periods", "interest_earned", "running_place"]


def contract_periods(
    obligations: Sequence[Obligation], originated_day: Day, day: Day
) -> Iterator[tuple[int, Day]]:
    """The places of the instalments in force on a day, each with the first day of its period."""
    start = originated_day
    for place, row in enumerate(obligations):
        if row.kind == DebtKind.INSTALMENT and row.from_day <= day < row.until_day:
            yield place, start
            start = max(start, row.due_day)


def running_place(
    obligations: Sequence[Obligation], originated_day: Day, day: Day
) -> tuple[int, Day] | None:
    """The instalment whose period runs at the close of a day, and the first day of its period."""
    for place, start in contract_periods(obligations, originated_day, day):
        if obligations[place].due_day > day:
            return place, start
    return None


def interest_earned(row: Obligation, start: Day, day: Day) -> int:
    """The interest of an instalment that is earned by a day [minor units]: ``[start, day)`` of its period."""
    if day >= row.due_day:
        return row.interest
    if day <= start:
        return 0
    return div_half_up(row.interest * (day - start), row.due_day - start)
