"""Measures that change when something falls due, and what it bears until then.

The one idea: a date or a rate is what was agreed; what it comes to is for the schedule to say.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

import attrs

from delinquency.amortisation import DeferredInterest
from delinquency.amounts import check_amount
from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError
from delinquency.frequency import Frequency
from delinquency.rates import Rate
from delinquency.restructuring.measure_checks import check_count, check_rate

__all__ = [
    "DueDateChange",
    "PaymentHoliday",
    "RateReduction",
    "ReAgeInterest",
    "ReAgeing",
    "TermExtension",
]


@attrs.frozen(slots=True)
class TermExtension:
    """So many more instalments after the last one, in the rhythm of the schedule (延长期限).

    On the day of the month, or by the step of days, that the due dates there are tell; one that weekends or
    holidays moved does not change it. Where they tell none, the measure is refused: a ``ReAgeing`` says it.

    Parameters
    ----------
    instalments : int
        1 or more.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        No whole number from 1 to 1200.
    """

    instalments: int

    def __attrs_post_init__(self) -> None:
        check_count(self.instalments, "term extension, instalments")


class ReAgeInterest(Enum):
    """What interest the instalments of a re-ageing bear.

    ``AS_AGREED``: that of the contract, on the balance. ``ALL_IN_EQUAL_PARTS``: all that the old schedule
    would have charged, in equal parts. ``EARNED_IN_EQUAL_PARTS``: what was earned by then, in equal parts,
    and none from then on.
    """

    AS_AGREED = "as_agreed"
    ALL_IN_EQUAL_PARTS = "all_in_equal_parts"
    EARNED_IN_EQUAL_PARTS = "earned_in_equal_parts"


@attrs.frozen(slots=True)
class ReAgeing:
    """Everything that is open, due or not, is paid in so many new instalments (重新起算).

    Parameters
    ----------
    instalments : int
        1 or more.
    first_due_on : date
        On or after the day of the plan.
    frequency : Frequency, optional
        Default every month.
    interest : ReAgeInterest, optional
    multiple : Decimal or int, optional
        What equal parts are rounded to [currency units]; default the minor unit. The last one has the rest.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``; wrong types.
    InvalidValueError
        Not 1 to 1200 instalments; a frequency of the whole term.
    """

    instalments: int
    first_due_on: date
    frequency: Frequency = Frequency.MONTHLY
    interest: ReAgeInterest = ReAgeInterest.AS_AGREED
    multiple: Decimal | int | None = None

    def __attrs_post_init__(self) -> None:
        where = "re-ageing"
        check_count(self.instalments, f"{where}, instalments")
        day_number(self.first_due_on, where=where, field="first_due_on")
        frequency: object = self.frequency
        if not isinstance(frequency, Frequency) or frequency.is_term:
            raise InvalidTypeError.at(
                f"{where}, frequency", expected="a Frequency with a period", found=frequency
            )
        checked_member(self.interest, ReAgeInterest, f"{where}, interest")
        if self.multiple is not None:
            check_amount(self.multiple, where=f"{where}, multiple", positive=True)


@attrs.frozen(slots=True)
class PaymentHoliday:
    """On the next due dates no principal is asked for (延期还本), and no interest either if it is deferred.

    A due date on the day of the plan is the first of them: what it asked for is to come. Its interest is all
    earned by then, so that a plan that makes it principal asks for nothing on that date, and a holiday of six
    due dates asks for interest on five. With ``from_due_on`` the holiday begins on a later one.

    Parameters
    ----------
    instalments : int
        1 or more due dates.
    interest : DeferredInterest, optional
        What becomes of the interest of those days; default ``None``: it is paid (只还息).
    lengthens : bool, default True
        Whether as many instalments are added at the end; else the others bear the principal.
    from_due_on : date, optional
        The first of those due dates, or the first after this day; default the first to come.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Not 1 to 1200; wrong types.
    """

    instalments: int
    interest: DeferredInterest | None = None
    lengthens: bool = True
    from_due_on: date | None = None

    def __attrs_post_init__(self) -> None:
        where = "payment holiday"
        if self.from_due_on is not None:
            day_number(self.from_due_on, where=where, field="from_due_on")
        check_count(self.instalments, f"{where}, instalments")
        if self.interest is not None:
            checked_member(self.interest, DeferredInterest, f"{where}, interest")
        if not isinstance(self.lengthens, bool):
            raise InvalidTypeError.at(
                f"{where}, lengthens", expected="True or False", found=self.lengthens
            )


@attrs.frozen(slots=True)
class RateReduction:
    """A lower rate from the day of the plan on (降低利率), for good or until a day.

    A later reduction of the same plan goes before an earlier one on days of both, so a rate that steps up
    is one reduction for all days and another for the first ones.

    Parameters
    ----------
    annual_rate : Rate
        The nominal rate per year, 0 or more.
    until : date, optional
        The first day that bears the rate of the contract again.

    Raises
    ------
    InvalidTypeError
        No rate; a ``datetime`` for a ``date``.
    InvalidValueError
        A rate below 0, or not per year.
    """

    annual_rate: Rate
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        check_rate(self.annual_rate, "rate reduction")
        if self.until is not None:
            day_number(self.until, where="rate reduction", field="until")


@attrs.frozen(slots=True)
class DueDateChange:
    """The next instalment falls due on another day, and the others follow in the rhythm of before.

    Parameters
    ----------
    first_due_on : date
        On or after the day of the plan.
    from_due_on : date, optional
        The first due date that moves, or the first after this day; default the first to come.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``.
    """

    first_due_on: date
    from_due_on: date | None = None

    def __attrs_post_init__(self) -> None:
        day_number(self.first_due_on, where="due date change", field="first_due_on")
        if self.from_due_on is not None:
            day_number(self.from_due_on, where="due date change", field="from_due_on")
