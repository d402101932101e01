"""What an account owes and was paid, in whole numbers and in the order in which debts rank.

The one idea: an instalment and a charge are the same thing to whoever settles or counts: a debt with a
rank, a due day, days in force and four amounts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY, day_number
from delinquency.component import Component
from delinquency.errors import InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from delinquency.charges import Charge
    from delinquency.schedule import Schedule

__all__ = ["Obligation", "PaymentRow", "obligations_of"]


class Obligation(NamedTuple):
    """One debt in whole numbers, in the order in which debts of an account rank.

    ``unit_day`` is the due day by which allocation ranks it and judges whether it is past due, due
    or in advance; ``due_day`` is the day from which its own age runs. They differ only for a charge
    that stands with an instalment. ``unit`` numbers the obligations that stand together.
    """

    unit: int
    unit_day: int
    due_day: int
    from_day: int
    until_day: int
    principal: int
    interest: int
    fees: int
    penalty: int
    instalment_no: int
    """1 for the first row of the schedule; 0 for a charge."""
    charge_no: int
    """1 for the first charge in order of due date; 0 for an instalment."""


class PaymentRow(NamedTuple):
    """A payment in whole numbers; days without a date are 2**31 - 1."""

    value_day: int
    amount: int
    recorded_day: int
    reversed_day: int


Ranked = tuple[tuple[int, int, int], int, Obligation]
"""The key of its unit, its place within the unit, and the debt."""


def obligations_of(
    schedule: Schedule, charges: Sequence[Charge], originated_day: int
) -> tuple[Obligation, ...]:
    """The debts of an account in the order in which they rank.

    A charge ranks after the instalment of its due date, or stands with the instalment it names. The
    charges are in order of due date and id.

    Raises
    ------
    InvalidValueError
        A charge that names an instalment that does not exist, or is finer than the minor unit.
    """
    rows = [*_instalments(schedule, originated_day), *_charges(schedule, charges)]
    rows.sort()
    ranked: list[Obligation] = []
    unit = -1
    last: tuple[int, int, int] | None = None
    for key, _, row in rows:
        if key != last:
            unit += 1
            last = key
        ranked.append(row._replace(unit=unit))
    return tuple(ranked)


def _instalments(schedule: Schedule, originated_day: int) -> Iterator[Ranked]:
    for index, due in enumerate(schedule.due_days):
        principal, interest, fees = schedule.minor[index]
        start, end = schedule.validity_days[index]
        start = max(start, originated_day)
        row = Obligation(0, due, due, start, end, principal, interest, fees, 0, index + 1, 0)
        yield (due, 0, index), 0, row


def _charges(schedule: Schedule, charges: Sequence[Charge]) -> Iterator[Ranked]:
    for number, charge in enumerate(charges, start=1):
        where = f"charge {charge.charge_id!r}"
        due = day_number(charge.due_date, where=where, field="due_date")
        amount = to_minor(charge.amount, schedule.currency, where=where, field="amount")
        fees, penalty = (amount, 0) if charge.component is Component.FEES else (0, amount)
        named = charge.instalment_no
        if named is None:
            unit_day, key = due, (due, 1, number)
        elif 1 <= named <= len(schedule):
            unit_day = schedule.due_days[named - 1]
            key = (unit_day, 0, named - 1)
        else:
            raise InvalidValueError.at(
                where, expected=f"instalment_no from 1 to {len(schedule)}", found=str(named)
            )
        row = Obligation(0, unit_day, due, due, NONE_DAY, 0, 0, fees, penalty, 0, number)
        yield key, number, row
