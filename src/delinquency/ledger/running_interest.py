"""Contract interest of the period that runs: what of it is earned by a day.

The one idea: an instalment's interest is earned by actual days, on ``[start, due)`` of its period, half up to
the minor unit; a period starts on the due date before, the first with the account, and one of a schedule
that replaced another not before the change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.calendar import Day
from delinquency.obligations import DebtKind, Obligation
from delinquency.rounding import div_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from delinquency.ledger.state import MovementRow

__all__ = ["contract_periods", "interest_earned", "interest_to_come"]

_INTEREST = 1


def contract_periods(
    obligations: Sequence[Obligation], originated_day: Day, day: Day
) -> Iterator[tuple[int, Day]]:
    """The places of the instalments in force on a day, by due date, each with the first day of its period."""
    in_force = [
        (row.due_day, place)
        for place, row in enumerate(obligations)
        if row.kind == DebtKind.INSTALMENT and row.from_day <= day < row.until_day
    ]
    start = originated_day
    for due, place in sorted(in_force):
        yield place, max(start, obligations[place].from_day)
        start = max(start, due)


def interest_earned(row: Obligation, start: Day, day: Day) -> int:
    """The interest of an instalment that is earned by a day [minor units]: ``[start, day)`` of its period."""
    if day >= row.due_day:
        return row.interest
    if day <= start:
        return 0
    return div_half_up(row.interest * (day - start), row.due_day - start)


def interest_to_come(
    obligations: Sequence[Obligation],
    open_rows: Sequence[Sequence[int]],
    settled: Iterable[MovementRow] | None,
    *,
    originated_day: Day,
    day: Day,
    stated: int | None = None,
) -> tuple[int, int]:
    """Of the rows in force that fall due after a day: interest earned, and interest paid [minor units].

    Only the period that runs has earned any, by its days or as the lender stated it, less what was waived or
    written off of it. What was paid is told by the movements; without them, nothing was let off.
    """
    ahead = [
        (place, start)
        for place, start in contract_periods(obligations, originated_day, day)
        if obligations[place].due_day > day
    ]
    gone = {place: obligations[place].interest - open_rows[place][1] for place, _ in ahead}
    paid = gone
    if settled is not None:
        paid = dict.fromkeys(gone, 0)
        for _, place, column, amount in settled:
            if column == _INTEREST and place in paid:
                paid[place] += amount
    if not ahead:
        return 0, 0
    place, start = ahead[0]
    earned = interest_earned(obligations[place], start, day) if stated is None else stated
    return max(0, earned - (gone[place] - paid[place])), sum(paid.values())
