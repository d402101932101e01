"""What lender and borrower may agree on: one frozen value for each measure, applied in the order of the plan.

The one idea: a measure says what is changed, and never what that comes to; any account can be asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias

import attrs

from delinquency.amortisation import DeferredInterest, InterestPause
from delinquency.amounts import check_amount
from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.component import Component
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.frequency import Frequency
from delinquency.rates import Rate
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int

__all__ = [
    "MEASURES",
    "ArrearsSpread",
    "ArrearsWaiver",
    "Capitalisation",
    "DueDateChange",
    "Forgiveness",
    "InterestPause",
    "Measure",
    "PaymentHoliday",
    "PrincipalDeferral",
    "RateReduction",
    "ReAgeInterest",
    "ReAgeing",
    "TermExtension",
]

MOST_INSTALMENTS: Final = 1200
"""As many as a table of instalments may have."""

_WHOLE: Final = Proportion(1, 1)


def _components(items: Iterable[Component]) -> tuple[Component, ...]:
    return checked_tuple(items, Component, "measure, components")


def _check_count(value: int, where: str) -> None:
    check_int(value, where)
    if not 1 <= value <= MOST_INSTALMENTS:
        raise InvalidValueError.at(where, expected=f"1 to {MOST_INSTALMENTS}", found=str(value))


def _check_part(amount: object, share: object, where: str) -> None:
    """One of an amount above 0 and a share above 0 and at most 1."""
    if (amount is None) == (share is None):
        raise InvalidValueError.at(
            where,
            expected="an amount or a share, and not both",
            found="both" if amount is not None else "neither",
        )
    if amount is not None:
        check_amount(amount, where=f"{where}, amount", positive=True)
    else:
        _check_share(share, where)


def _check_share(share: object, where: str) -> None:
    if not isinstance(share, Proportion):
        raise InvalidTypeError.at(
            f"{where}, share",
            expected="a Proportion",
            found=share,
            hint='Write Proportion.parse("0.5").',
        )
    if not 0 < share.numerator <= share.denominator:
        raise InvalidValueError.at(
            f"{where}, share", expected="more than 0 and at most 1", found=str(share)
        )


@attrs.frozen(slots=True)
class TermExtension:
    """So many more instalments after the last one, in the rhythm of the schedule (延长期限).

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
        _check_count(self.instalments, "term extension, instalments")


@attrs.frozen(slots=True)
class Capitalisation:
    """What is past due of some components becomes principal, and bears interest (本金化).

    With interest comes what the running period has earned; with penalty what has accrued and was not posted.

    Parameters
    ----------
    components : tuple of Component
        At least one; past due principal becomes principal that is not due.

    Raises
    ------
    InvalidTypeError
        No components.
    InvalidValueError
        None, or one twice.
    """

    components: tuple[Component, ...] = attrs.field(converter=_components)

    def __attrs_post_init__(self) -> None:
        _check_distinct(self.components, "capitalisation, components")


def _check_distinct(components: tuple[Component, ...], where: str) -> None:
    if not components or len(set(components)) < len(components):
        raise InvalidValueError.at(
            where,
            expected="at least one component, each once",
            found=", ".join(each.value for each in components) or "none",
        )


@attrs.frozen(slots=True)
class ArrearsSpread:
    """What is past due is added, in equal parts that bear no interest, to the instalments still to come.

    Penalty that accrued and was not posted is not in it.

    Parameters
    ----------
    components : tuple of Component, optional
        Default all; what is past due of others stays so.
    multiple : Decimal or int, optional
        What each part is rounded to [currency units]; default the minor unit. The last one has the rest.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        No amount above 0.
    """

    components: tuple[Component, ...] = attrs.field(default=tuple(Component), converter=_components)
    multiple: Decimal | int | None = None

    def __attrs_post_init__(self) -> None:
        _check_distinct(self.components, "arrears spread, components")
        if self.multiple is not None:
            check_amount(self.multiple, where="arrears spread, multiple", positive=True)


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
        _check_count(self.instalments, f"{where}, instalments")
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
        _check_count(self.instalments, f"{where}, instalments")
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


def check_rate(rate: object, where: str) -> None:
    """Refuse what is no rate per year of 0 or more.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Another type; below 0, or not per year.
    """
    from delinquency.amortisation.rate_changes import check_annual_rate

    if not isinstance(rate, Rate):
        raise InvalidTypeError.at(f"{where}, annual_rate", expected="a Rate", found=rate)
    check_annual_rate(rate, where)
    if rate.scaled < 0:
        raise InvalidValueError.at(
            f"{where}, annual_rate", expected="0 or more", found=rate.as_percent()
        )


@attrs.frozen(slots=True)
class PrincipalDeferral:
    """A part of the principal is not asked for before the last due date (气球贷).

    Parameters
    ----------
    amount : Decimal or int, optional
        [currency units], more than 0.
    share : Proportion, optional
        Of the principal, more than 0 and at most 1; one of the two.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Both or neither; out of range.
    """

    amount: Decimal | int | None = None
    share: Proportion | None = None

    def __attrs_post_init__(self) -> None:
        _check_part(self.amount, self.share, "principal deferral")


@attrs.frozen(slots=True)
class ArrearsWaiver:
    """Penalty or fees that are past due, or accrued, are not asked for (减免).

    Parameters
    ----------
    components : tuple of Component, optional
        Penalty, fees, or both; default both.
    share : Proportion, optional
        More than 0 and at most 1, of each; the part waived is rounded down. Default all, unless an amount
        says how much.
    amount : Decimal or int, optional
        [currency units], more than 0, of one component.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Another component, which is forgiven and not waived; a share and an amount; out of range; an amount of
        two components.
    """

    components: tuple[Component, ...] = attrs.field(
        default=(Component.PENALTY, Component.FEES), converter=_components
    )
    share: Proportion | None = None
    amount: Decimal | int | None = None

    def __attrs_post_init__(self) -> None:
        where = "arrears waiver"
        if self.share is None and self.amount is None:
            object.__setattr__(self, "share", _WHOLE)
        _check_distinct(self.components, f"{where}, components")
        if not set(self.components) <= {Component.PENALTY, Component.FEES}:
            raise InvalidValueError.at(
                f"{where}, components",
                expected="penalty, fees or both",
                found=", ".join(each.value for each in self.components),
                hint="Principal and interest are forgiven: write a Forgiveness.",
            )
        _check_part(self.amount, self.share, where)
        if self.amount is not None and len(self.components) > 1:
            raise InvalidValueError.at(
                f"{where}, amount", expected="one component beside an amount", found="two"
            )


@attrs.frozen(slots=True)
class Forgiveness:
    """A part of principal or interest is given up (减免本金、利息).

    Of interest it is what is past due, oldest first, then what the running period has earned; of principal
    what is past due, then what is not due.

    Parameters
    ----------
    component : Component
        Principal or interest.
    amount : Decimal or int, optional
        [currency units], more than 0.
    share : Proportion, optional
        Of what is open of the component, rounded down; one of the two.
    on_completion : bool, default False
        Whether it comes back if the plan is broken.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Another component, which is waived and not forgiven; both or neither; out of range.
    """

    component: Component
    amount: Decimal | int | None = None
    share: Proportion | None = None
    on_completion: bool = False

    def __attrs_post_init__(self) -> None:
        where = "forgiveness"
        checked_member(self.component, Component, f"{where}, component")
        if self.component not in (Component.PRINCIPAL, Component.INTEREST):
            raise InvalidValueError.at(
                f"{where}, component",
                expected="principal or interest",
                found=self.component.value,
                hint="Penalty and fees are waived: write an ArrearsWaiver.",
            )
        _check_part(self.amount, self.share, where)
        if not isinstance(self.on_completion, bool):
            raise InvalidTypeError.at(
                f"{where}, on_completion", expected="True or False", found=self.on_completion
            )


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


Measure: TypeAlias = (
    TermExtension
    | Capitalisation
    | ArrearsSpread
    | ReAgeing
    | PaymentHoliday
    | RateReduction
    | PrincipalDeferral
    | ArrearsWaiver
    | Forgiveness
    | InterestPause
    | DueDateChange
)
"""What a plan is made of."""

MEASURES: Final = (
    TermExtension,
    Capitalisation,
    ArrearsSpread,
    ReAgeing,
    PaymentHoliday,
    RateReduction,
    PrincipalDeferral,
    ArrearsWaiver,
    Forgiveness,
    InterestPause,
    DueDateChange,
)
