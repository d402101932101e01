"""What happens on one given date of an irregular plan: what is repaid, and what becomes of the interest.

A plan that was negotiated has dates, amounts and pauses that follow no frequency. The one idea: a row says
two things and nothing else - what it repays, and what becomes of the interest borne since the row before -
and any plan is a list of such rows.
"""

from __future__ import annotations

from datetime import date

import attrs

from delinquency.amortisation.conventions import DeferredInterest
from delinquency.amortisation.exact_numbers import ExactAmount, ExactRate, exact_amount, exact_rate
from delinquency.calendar import day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = [
    "ExactRateChange",
    "GivenPayment",
    "GivenPrincipal",
    "IrregularRow",
    "Repays",
    "SolvedPayment",
    "WholeBalance",
]


@attrs.frozen(slots=True)
class GivenPrincipal:
    """So much principal, and never more than is open; an amount below 0 is drawn (提款).

    Parameters
    ----------
    amount : Decimal, int or Fraction
        [currency units]
    """

    amount: ExactAmount

    def __attrs_post_init__(self) -> None:
        exact_amount(self.amount, None, where="given principal", may_be_negative=True)


@attrs.frozen(slots=True)
class GivenPayment:
    """So much in all: the interest first, principal with the rest, never more than is open.

    Parameters
    ----------
    amount : Decimal, int or Fraction
        [currency units], 0 or more. Interest that it does not cover becomes principal, where the terms
        let it.
    """

    amount: ExactAmount

    def __attrs_post_init__(self) -> None:
        exact_amount(self.amount, None, where="given payment")


@attrs.frozen(slots=True)
class SolvedPayment:
    """The level payment, the same on every such row, which is solved from the terms (等额本息)."""


@attrs.frozen(slots=True)
class WholeBalance:
    """Everything that is open, with its interest: maturity (到期结清). Only a last row can be this."""


Repays = GivenPrincipal | GivenPayment | SolvedPayment | WholeBalance
"""What a row repays."""


@attrs.frozen(slots=True)
class IrregularRow:
    """One date of an irregular plan.

    Parameters
    ----------
    due_date : date
        Where a calendar moved it, the moved day.
    repays : GivenPrincipal, GivenPayment, SolvedPayment or WholeBalance, optional
        ``None``: no principal.
    deferred : DeferredInterest, optional
        What becomes of the interest on this date; ``None``: it falls due. ``ACCRUED`` without ``repays``
        is a date on which nothing happens but that the accrued interest is shown.
    accrues_to : date, optional
        The day to which interest is counted, exclusive, where it is not the due date: the nominal date of
        a plan that pays on the business day after it and counts to the date before any shift.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``, any other wrong type.
    InvalidValueError
        Interest deferred by a row whose payment includes it.

    Examples
    --------
    >>> IrregularRow(date(2025, 1, 31), SolvedPayment(), DeferredInterest.ACCRUED)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: irregular row due 2025-01-31, deferred: expected None with \
SolvedPayment, found ACCRUED. Hint: A payment pays the interest first; GivenPrincipal(amount) leaves it to \
the row.
    """

    due_date: date
    repays: Repays | None = None
    deferred: DeferredInterest | None = None
    accrues_to: date | None = None
    due_day: int = attrs.field(init=False, repr=False, eq=False)
    accrual_day: int = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        where = "irregular row"
        due_day = day_number(self.due_date, where=where, field="due_date")
        object.__setattr__(self, "due_day", due_day)
        where = f"{where} due {self.due_date}"
        if self.accrues_to is not None:
            due_day = day_number(self.accrues_to, where=where, field="accrues_to")
        object.__setattr__(self, "accrual_day", due_day)
        kinds = (GivenPrincipal, GivenPayment, SolvedPayment, WholeBalance, type(None))
        if not isinstance(self.repays, kinds):
            raise InvalidTypeError.at(
                f"{where}, repays",
                expected="GivenPrincipal, GivenPayment, SolvedPayment, WholeBalance or None",
                found=self.repays,
            )
        if self.deferred is None:
            return
        if not isinstance(self.deferred, DeferredInterest):
            raise InvalidTypeError.at(
                f"{where}, deferred", expected="a DeferredInterest or None", found=self.deferred
            )
        if self.repays is not None and not isinstance(self.repays, GivenPrincipal):
            raise InvalidValueError.at(
                f"{where}, deferred",
                expected=f"None with {type(self.repays).__name__}",
                found=self.deferred.name,
                hint="A payment pays the interest first; GivenPrincipal(amount) leaves it to the row.",
            )

    @property
    def accrual_date(self) -> date:
        """The day to which interest is counted, exclusive."""
        return to_date(self.accrual_day)


@attrs.frozen(slots=True)
class ExactRateChange:
    """From a day on, another annual rate, which may be finer than a ``Rate``; that day bears it.

    Parameters
    ----------
    effective_on : date
    annual_rate : Rate or Fraction
        A fraction is one of 1: a reference rate of 0.9827160493827161 % times 2.5.

    Examples
    --------
    >>> from fractions import Fraction
    >>> ExactRateChange(date(2025, 1, 1), Fraction(1, 30)).annual_rate
    Fraction(1, 30)
    """

    effective_on: date
    annual_rate: ExactRate

    def __attrs_post_init__(self) -> None:
        day_number(self.effective_on, where="rate change", field="effective_on")
        exact_rate(self.annual_rate, where="rate change, annual_rate")
