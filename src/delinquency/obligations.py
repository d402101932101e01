"""What an account owes and was paid, in whole numbers and in the order in which debts rank.

The one idea: an instalment, a charge and a charge-back are the same thing to whoever settles or counts: a
debt with a rank, a due day, days in force and four amounts.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY, day_number
from delinquency.component import COMPONENTS, Component
from delinquency.errors import InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from delinquency.charges import Charge
    from delinquency.events import ChargeBack
    from delinquency.schedule import Schedule

__all__ = [
    "MADE_BY_LEDGER",
    "DebtKind",
    "Obligation",
    "PaymentRow",
    "Ranked",
    "day_of_rank",
    "in_rank",
    "obligations_of",
]


class DebtKind(IntEnum):
    """What made a debt: a row of the schedule, a fact beside it, or the ledger itself.

    The ledger makes ``ACCELERATED`` of what an acceleration brings forward, ``POSTED_PENALTY`` of penalty
    interest that is posted on its days, and ``LATE_FEE`` of fees for paying late.
    """

    INSTALMENT = 0
    CHARGE = 1
    CHARGE_BACK = 2
    ACCELERATED = 3
    POSTED_PENALTY = 4
    LATE_FEE = 5


MADE_BY_LEDGER = frozenset({DebtKind.ACCELERATED, DebtKind.POSTED_PENALTY, DebtKind.LATE_FEE})
"""Debts that have a place from the beginning and are empty until their day."""


class Obligation(NamedTuple):
    """One debt in whole numbers, in the order in which debts of an account rank.

    ``unit_day`` is the due day by which allocation ranks it and judges whether it is past due, due
    or in advance; ``due_day`` is the day from which its own age runs. They differ for a charge
    that stands with an instalment, and for the rows of a card, which rank by the day on which they were
    billed. ``unit`` numbers the obligations that stand together.
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
    kind: int
    """A :class:`DebtKind`."""
    number: int
    """From 1, within its kind: the row of the schedule, the charge in order of due date."""

    @property
    def instalment_no(self) -> int:
        """1 for the first row of the schedule; 0 for what is no row of it."""
        return 0 if self.kind else self.number

    @property
    def charge_no(self) -> int:
        """1 for the first charge in order of due date; 0 for what is no charge."""
        return self.number if self.kind == DebtKind.CHARGE else 0


class PaymentRow(NamedTuple):
    """A payment in whole numbers; days without a date are 2**31 - 1."""

    value_day: int
    amount: int
    recorded_day: int
    reversed_day: int
    kind: int
    """Its place among the kinds of payment."""


Ranked = tuple[tuple[int, int, int], int, Obligation]
"""The key of its unit, its place within the unit, and the debt."""


def obligations_of(
    schedule: Schedule,
    charges: Sequence[Charge],
    charge_backs: Sequence[ChargeBack],
    originated_day: int,
    *,
    ranks_by_billing: bool = False,
) -> tuple[Ranked, ...]:
    """The debts of an account, each with its rank; :func:`in_rank` puts them in order.

    A charge ranks after the instalment of its due date, or stands with the instalment it names; a
    charge-back after the charges of its day. The charges are in order of due date and id. Rows of a card
    rank by the day from which they are in force: on it they were billed, and from it on they are due to
    whoever pays, though their age runs from the due date.

    Raises
    ------
    InvalidValueError
        A charge that names an instalment that does not exist, or is finer than the minor unit.
    """
    return (
        *_instalments(schedule, originated_day, ranks_by_billing=ranks_by_billing),
        *_charges(schedule, charges, originated_day, ranks_by_billing=ranks_by_billing),
        *_charge_backs(schedule, charge_backs),
    )


def in_rank(rows: Iterable[Ranked]) -> tuple[Obligation, ...]:
    """Debts in order of rank, those of one unit numbered alike."""
    ranked: list[Obligation] = []
    unit = -1
    last: tuple[int, int, int] | None = None
    for key, _, row in sorted(rows):
        if key != last:
            unit += 1
            last = key
        ranked.append(row._replace(unit=unit))
    return tuple(ranked)


def _instalments(
    schedule: Schedule, originated_day: int, *, ranks_by_billing: bool
) -> Iterator[Ranked]:
    for index, due in enumerate(schedule.due_days):
        principal, interest, fees = schedule.minor[index]
        start, end = schedule.validity_days[index]
        start = max(start, originated_day)
        ranked_by = day_of_rank(schedule, index, originated_day, ranks_by_billing=ranks_by_billing)
        row = Obligation(
            0,
            ranked_by,
            due,
            start,
            end,
            principal,
            interest,
            fees,
            0,
            DebtKind.INSTALMENT,
            index + 1,
        )
        yield (ranked_by, 0, index), 0, row


def day_of_rank(
    schedule: Schedule, index: int, originated_day: int, *, ranks_by_billing: bool
) -> int:
    """The day by which a row of a schedule, from 0, ranks: its due date, or on a card when it was billed."""
    due = schedule.due_days[index]
    return (
        min(max(schedule.validity_days[index][0], originated_day), due) if ranks_by_billing else due
    )


def _charges(
    schedule: Schedule, charges: Sequence[Charge], originated_day: int, *, ranks_by_billing: bool
) -> Iterator[Ranked]:
    for number, charge in enumerate(charges, start=1):
        where = f"charge {charge.charge_id!r}"
        due = day_number(charge.due_date, where=where, field="due_date")
        start = day_number(charge.enters_on, where=where, field="charged_on")
        amount = to_minor(charge.amount, schedule.currency, where=where, field="amount")
        fees, penalty = (amount, 0) if charge.component is Component.FEES else (0, amount)
        named = charge.instalment_no
        if named is None:
            unit_day, key = due, (due, 1, number)
        elif 1 <= named <= len(schedule):
            unit_day = day_of_rank(
                schedule, named - 1, originated_day, ranks_by_billing=ranks_by_billing
            )
            key = (unit_day, 0, named - 1)
        else:
            raise InvalidValueError.at(
                where, expected=f"instalment_no from 1 to {len(schedule)}", found=str(named)
            )
        row = Obligation(
            0, unit_day, due, start, NONE_DAY, 0, 0, fees, penalty, DebtKind.CHARGE, number
        )
        yield key, number, row


def _charge_backs(schedule: Schedule, charge_backs: Sequence[ChargeBack]) -> Iterator[Ranked]:
    for number, event in enumerate(charge_backs, start=1):
        where = f"charge-back {event.charge_back_id!r}"
        day = day_number(event.value_date, where=where, field="value_date")
        principal, interest, fees, penalty = (
            to_minor(
                getattr(event, component.value),
                schedule.currency,
                where=where,
                field=component.value,
            )
            for component in COMPONENTS
        )
        amounts = (principal, interest, fees, penalty)
        row = Obligation(0, day, day, day, NONE_DAY, *amounts, DebtKind.CHARGE_BACK, number)
        yield (day, 2, number), 0, row
