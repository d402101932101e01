"""What was agreed: the terms from which a schedule follows.

The one idea: terms are valid because they exist. Everything that could make the schedule impossible -
a rate of the wrong period, a last due date beyond the calendar - is refused here, so that
:func:`~delinquency.amortisation.methods.repayment_schedule` has nothing left to check.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

import attrs

from delinquency.amounts import to_minor
from delinquency.calendar import add_months, day_number
from delinquency.currency import Currency
from delinquency.errors import DelinquencyError, InvalidTypeError, InvalidValueError
from delinquency.rates import Rate, RatePeriod
from delinquency.rounding import RoundingMode

__all__ = ["MOST_INSTALMENTS", "AmortisationMethod", "RepaymentTerms"]

MOST_INSTALMENTS: Final = 1200
"""The longest schedule accepted [instalments]; itself accepted: a hundred years of months."""

_WHERE: Final = "repayment terms"


class AmortisationMethod(Enum):
    """How the principal is spread over the instalments.

    ``ANNUITY``: every instalment is the same, interest and principal together (等额本息).
    ``EQUAL_PRINCIPAL``: every instalment repays the same principal, and interest falls (等额本金).
    """

    ANNUITY = "annuity"
    EQUAL_PRINCIPAL = "equal_principal"


@attrs.frozen(slots=True, kw_only=True)
class RepaymentTerms:
    """Monthly repayment of one amount at one rate.

    Parameters
    ----------
    currency : Currency
        Of the principal and of every row of the schedule.
    principal : Decimal or int
        The amount lent [currency units], more than 0, exact to the minor unit.
    annual_rate : Rate
        The nominal rate per year, 0 or more; a period bears a twelfth of it.
    first_due_date : date
        The anchor of every due date: the first row is due on it, row *k* on the same day *k* - 1
        months later, clamped to the end of a shorter month and never carried on from it. One
        month's interest is due on it, whatever the day of the loan.
    instalment_count : int
        How many instalments, 1 and 1200 both accepted [instalments].
    method : AmortisationMethod
    rounding : RoundingMode, default HALF_UP
        By which the level payment, the equal principal and the interest of each period are rounded
        to the minor unit.

    Raises
    ------
    InvalidTypeError
        A ``float`` principal, a ``datetime`` for a ``date``, any other wrong type.
    InvalidValueError
        A principal of 0 or less, or finer than the minor unit; a rate that is negative or not per
        year; a count outside 1 to 1200; a last due date after 2200-12-31.

    Examples
    --------
    >>> terms = RepaymentTerms(currency=Currency.of("CNY"), principal=Decimal("120000.00"),
    ...     annual_rate=Rate.per_year("0.0435"), first_due_date=date(2025, 1, 31),
    ...     instalment_count=36, method=AmortisationMethod.ANNUITY)
    >>> [str(terms.due_date(number)) for number in (1, 2, 3)]
    ['2025-01-31', '2025-02-28', '2025-03-31']
    >>> attrs.evolve(terms, annual_rate=Rate.per_month("0.003625"))
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: repayment terms, annual_rate: expected a rate per year, \
found 0.3625 % a month. Hint: A rate per month times 12 is the nominal rate per year.
    """

    currency: Currency
    principal: Decimal | int
    annual_rate: Rate
    first_due_date: date
    instalment_count: int
    method: AmortisationMethod
    rounding: RoundingMode = RoundingMode.HALF_UP
    principal_minor: int = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        self._check_types()
        self._check_rate()
        self._check_count()
        object.__setattr__(self, "principal_minor", self._checked_principal())
        self._check_dates()

    def due_date(self, number: int) -> date:
        """The due date of instalment ``number``, counted from 1."""
        return add_months(self.first_due_date, number - 1)

    def _check_types(self) -> None:
        kinds: tuple[tuple[str, type, str], ...] = (
            ("currency", Currency, 'Write Currency.of("CNY").'),
            ("annual_rate", Rate, 'Write Rate.per_year("0.0435").'),
            ("method", AmortisationMethod, ""),
            ("rounding", RoundingMode, ""),
        )
        for field, kind, hint in kinds:
            value = getattr(self, field)
            if not isinstance(value, kind):
                raise InvalidTypeError.at(
                    f"{_WHERE}, {field}",
                    expected=f"an instance of {kind.__name__}",
                    found=value,
                    hint=hint,
                )

    def _check_rate(self) -> None:
        rate = self.annual_rate
        if rate.period is not RatePeriod.YEAR:
            raise InvalidValueError.at(
                f"{_WHERE}, annual_rate",
                expected="a rate per year",
                found=str(rate),
                hint="A rate per month times 12 is the nominal rate per year.",
            )
        if rate.scaled < 0:
            raise InvalidValueError.at(
                f"{_WHERE}, annual_rate",
                expected="a rate of 0 or more",
                found=str(rate),
                hint="A schedule at a negative rate is not supported yet; pass its rows to "
                "Schedule.",
            )

    def _check_count(self) -> None:
        count: object = self.instalment_count
        if isinstance(count, bool) or not isinstance(count, int):
            raise InvalidTypeError.at(f"{_WHERE}, instalment_count", expected="an int", found=count)
        if not 1 <= count <= MOST_INSTALMENTS:
            raise InvalidValueError.at(
                f"{_WHERE}, instalment_count",
                expected=f"from 1 to {MOST_INSTALMENTS} instalments",
                found=str(count),
            )

    def _checked_principal(self) -> int:
        minor = to_minor(self.principal, self.currency, where=_WHERE, field="principal")
        if minor == 0:
            raise InvalidValueError.at(
                f"{_WHERE}, principal", expected="an amount of more than 0", found="0"
            )
        return minor

    def _check_dates(self) -> None:
        day_number(self.first_due_date, where=_WHERE, field="first_due_date")
        try:
            self.due_date(self.instalment_count)
        except DelinquencyError as error:
            raise error.within(f"{_WHERE}, last due date") from None
