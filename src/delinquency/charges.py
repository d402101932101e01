"""Fees and posted penalties: obligations beside the schedule.

The one idea: a charge is an obligation of its own, with its own due date and its own age. It stands in
the order of payment right after the instalment of the same due date, or with the instalment it names.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

from delinquency.amounts import check_amount
from delinquency.calendar import day_number
from delinquency.choices import is_among
from delinquency.component import Component
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id

__all__ = ["Charge"]


@attrs.frozen(slots=True)
class Charge:
    """An amount charged on a date, outside the schedule.

    Parameters
    ----------
    charge_id : str
        Unique within its account.
    component : Component
        ``FEES`` or ``PENALTY``.
    amount : Decimal or int
        Amount [currency units], more than 0.
    due_date : date
        The day on which the charge falls due, and from which its own age runs.
    instalment_no : int, optional
        The instalment (1 is the first row of the schedule) with which it stands in the order of
        payment; default: a place of its own after the instalment of the same due date.
    recorded_on : date, optional
        The day on which the lender's books knew it; default the day it was charged.
    charged_on : date, optional
        The day on which the charge enters the ledger, on or before the due date; default the due date.
        Before it there is no claim, so money paid earlier never settles it; from it on, money paid in
        advance may.

    Raises
    ------
    InvalidTypeError
        A ``float`` amount; a ``datetime`` for a ``date``.
    InvalidValueError
        An amount of 0 or less; a component that a charge cannot have; charged after it falls due.

    Examples
    --------
    >>> from datetime import date
    >>> Charge("late-1", Component.FEES, Decimal("15.00"), date(2025, 2, 10)).amount
    Decimal('15.00')
    """

    charge_id: str
    component: Component
    amount: Decimal | int
    due_date: date
    instalment_no: int | None = None
    recorded_on: date | None = None
    charged_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.charge_id, where="charge, charge_id")
        where = f"charge {self.charge_id!r}"
        check_amount(self.amount, where=f"{where}, amount", positive=True)
        if not is_among(self.component, (Component.FEES, Component.PENALTY)):
            raise InvalidValueError.at(
                f"{where}, component",
                expected="Component.FEES or Component.PENALTY",
                found=self.component,
                hint="Principal and interest fall due by the schedule.",
            )
        number: object = self.instalment_no
        if number is not None and (isinstance(number, bool) or not isinstance(number, int)):
            raise InvalidTypeError.at(
                f"{where}, instalment_no", expected="an int from 1, or None", found=number
            )
        day_number(self.due_date, where=where, field="due_date")
        if self.recorded_on is not None:
            day_number(self.recorded_on, where=where, field="recorded_on")
        if self.charged_on is not None:
            day_number(self.charged_on, where=where, field="charged_on")
            if self.charged_on > self.due_date:
                raise InvalidValueError.at(
                    f"{where}, charged_on",
                    expected=f"a day on or before due_date {self.due_date}",
                    found=str(self.charged_on),
                )

    @property
    def enters_on(self) -> date:
        """The day on which it enters the ledger: ``charged_on``, else ``due_date``."""
        return self.due_date if self.charged_on is None else self.charged_on
