"""What makes a debt fall due outside the schedule: a charge-back, an acceleration.

The one idea: what falls due is a debt of its own, with its own due date, from which its own age runs.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

from delinquency.amounts import check_amount
from delinquency.component import COMPONENTS
from delinquency.errors import InvalidValueError
from delinquency.events.decisions import check_dates
from delinquency.identifiers import check_id

__all__ = ["Acceleration", "ChargeBack"]


@attrs.frozen(slots=True, kw_only=True)
class ChargeBack:
    """Money once credited is taken back (退单): a new debt, due on the day of the charge-back.

    The payment stands on its day, and its age is not brought back: the clock starts at the charge-back. It
    bears penalty as an instalment does, and no late fee is charged for it. A payment that was never good is
    a payment with ``reversed_on`` instead.

    Parameters
    ----------
    charge_back_id : str
        Unique among the charge-backs of an account.
    value_date : date
        The day on which it enters the ledger and falls due.
    principal, interest, fees, penalty : Decimal or int, default 0
        What is owed again [currency units], 0 or more, more than 0 together.
    payment_id : str, optional
        The payment that was taken back; for the reader, it is not looked up, and the amounts may exceed it.
    recorded_on, reversed_on : date, optional
        When the lender's books knew it; the day from which it was never made.

    Raises
    ------
    InvalidTypeError
        A ``float`` amount; a ``datetime`` for a ``date``.
    InvalidValueError
        A negative amount; nothing charged back; a reversal before it.

    Examples
    --------
    >>> from datetime import date
    >>> ChargeBack(charge_back_id="CB-1", value_date=date(2025, 3, 1), principal=100).principal
    100
    """

    charge_back_id: str
    value_date: date
    principal: Decimal | int = 0
    interest: Decimal | int = 0
    fees: Decimal | int = 0
    penalty: Decimal | int = 0
    payment_id: str | None = None
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.charge_back_id, where="charge-back, charge_back_id")
        where = f"charge-back {self.charge_back_id!r}"
        for component in COMPONENTS:
            check_amount(
                getattr(self, component.value), where=f"{where}, {component.value}", positive=False
            )
        if not any(getattr(self, component.value) for component in COMPONENTS):
            raise InvalidValueError.at(where, expected="an amount above 0", found="0")
        if self.payment_id is not None:
            check_id(self.payment_id, where=f"{where}, payment_id")
        check_dates(self, where)


@attrs.frozen(slots=True)
class Acceleration:
    """All principal falls due on a day (加速到期), before the term ends.

    After the rows of the day have fallen due, what is open of the rows due later leaves the schedule as
    superseded, and one debt takes its place, due on that day: all their open principal, their open fees,
    and the interest accrued in the running period and not paid. Interest of later days is not earned; if it
    was paid in advance, it is set against the principal.
    Counting goes on from the oldest debt.

    Parameters
    ----------
    value_date : date
        The day on which principal falls due.
    accrued_interest : Decimal or int, optional
        Interest of the running period up to that day, as the lender computed it [currency units], in all:
        what was paid of it in advance is taken off. Default its part by actual days, half up to the minor
        unit.
    recorded_on, reversed_on : date, optional
        When the lender's books knew it; the day from which it was never declared.

    Raises
    ------
    InvalidTypeError
        A ``float`` amount; a ``datetime`` for a ``date``.
    InvalidValueError
        A negative amount; a reversal before it.
    """

    value_date: date
    accrued_interest: Decimal | int | None = None
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.accrued_interest is not None:
            check_amount(
                self.accrued_interest, where="acceleration, accrued_interest", positive=False
            )
        check_dates(self, "acceleration")
