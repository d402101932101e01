"""What a lender is ready to agree to, and what a plan must keep to.

The one idea: an offer is a choice of each kind of measure, nothing being one of them; a plan is a choice of
each; limits are held against what the plan comes to.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from math import prod
from typing import Final

import attrs

from delinquency.amortisation import DeferredInterest
from delinquency.amortisation.rate_changes import check_annual_rate
from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.component import COMPONENTS, Component
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import Rate
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    Forgiveness,
    Measure,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReducedPayments,
    TermExtension,
)
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int

__all__ = ["MOST_PLANS", "ArrearsTreatment", "LenderOffer", "PlanLimits"]

MOST_PLANS: Final = 1_000_000
"""As many plans as one search may price."""

_WHERE: Final = "lender offer"
_A_SHARE: Final = 'Write Proportion.parse("0.01") for 1 %.'


class ArrearsTreatment(Enum):
    """What becomes of what is past due.

    ``SPREAD``: it is paid in equal parts with the instalments to come, without interest. ``CAPITALISED``:
    principal and interest of it become principal, the rest is spread.
    """

    SPREAD = "spread"
    CAPITALISED = "capitalised"


_ARREARS: Final[dict[ArrearsTreatment, tuple[Measure, ...]]] = {
    ArrearsTreatment.SPREAD: (ArrearsSpread(),),
    ArrearsTreatment.CAPITALISED: (
        Capitalisation(COMPONENTS[:2]),
        ArrearsSpread(COMPONENTS[2:]),
    ),
}


def _counts(items: Iterable[int], name: str) -> tuple[int, ...]:
    where = f"{_WHERE}, {name}"
    if isinstance(items, int):
        raise InvalidTypeError.at(
            where,
            expected="the numbers to choose from",
            found=items,
            hint=f"Write {name}=(6, 12), or {name}=range(1, 13) for each of 1 to 12.",
        )
    found = checked_tuple(items, int, where)
    for number, count in enumerate(found, start=1):
        check_int(count, f"{where} {number}")
    return found


def _extensions(items: Iterable[int]) -> tuple[int, ...]:
    return _counts(items, "term_extensions")


def _holidays(items: Iterable[int]) -> tuple[int, ...]:
    return _counts(items, "payment_holidays")


def _deferred(items: Iterable[Proportion]) -> tuple[Proportion, ...]:
    return checked_tuple(items, Proportion, f"{_WHERE}, deferred_shares", hint=_A_SHARE)


def _waived(items: Iterable[Proportion]) -> tuple[Proportion, ...]:
    return checked_tuple(items, Proportion, f"{_WHERE}, waived_shares", hint=_A_SHARE)


def _forgiven(items: Iterable[Proportion]) -> tuple[Proportion, ...]:
    return checked_tuple(items, Proportion, f"{_WHERE}, forgiven_shares", hint=_A_SHARE)


def _rates(items: Iterable[Rate]) -> tuple[Rate, ...]:
    return checked_tuple(items, Rate, f"{_WHERE}, rates", hint='Write Rate.per_year("0.0435").')


def _reduced(items: Iterable[ReducedPayments]) -> tuple[ReducedPayments, ...]:
    return checked_tuple(items, ReducedPayments, f"{_WHERE}, reduced_payments")


def _treatments(items: Iterable[ArrearsTreatment]) -> tuple[ArrearsTreatment, ...]:
    return checked_tuple(items, ArrearsTreatment, f"{_WHERE}, arrears")


@attrs.frozen(slots=True, kw_only=True)
class LenderOffer:
    """The measures that a lender is ready to agree to; none of a kind is always one choice of it.

    Parameters
    ----------
    arrears : sequence of ArrearsTreatment
        At least one; default both.
    term_extensions : sequence of int
        So many more instalments; default up to 60.
    payment_holidays : sequence of int
        So many due dates without principal; default none. As many instalments are added at the end.
    holiday_interest : DeferredInterest, optional
        What becomes of the interest of those days; default ``None``: it is paid.
    rates : sequence of Rate
        Lower rates for the rest of the term; default none. Rates that are not below that of the contract are
        passed over.
    deferred_shares : sequence of Proportion
        Of the principal, for the last due date; default none.
    waived_shares : sequence of Proportion
        Of penalty and of fees that are past due or accrued; default none: nothing is waived.
    forgiven_shares : sequence of Proportion
        Of the principal; default none: nothing is forgiven.
    reduced_payments : sequence of ReducedPayments
        Agreed payments for a time, such as token payments; default none. What is left is paid after them.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Wrong types; two of one choice; what no measure can have; more than 1,000,000 plans.

    Examples
    --------
    >>> LenderOffer(term_extensions=range(1, 25), payment_holidays=(3, 6)).plan_count
    150
    """

    arrears: tuple[ArrearsTreatment, ...] = attrs.field(
        default=tuple(ArrearsTreatment), converter=_treatments
    )
    term_extensions: tuple[int, ...] = attrs.field(
        default=tuple(range(1, 61)), converter=_extensions
    )
    payment_holidays: tuple[int, ...] = attrs.field(default=(), converter=_holidays)
    holiday_interest: DeferredInterest | None = None
    rates: tuple[Rate, ...] = attrs.field(default=(), converter=_rates)
    deferred_shares: tuple[Proportion, ...] = attrs.field(default=(), converter=_deferred)
    waived_shares: tuple[Proportion, ...] = attrs.field(default=(), converter=_waived)
    forgiven_shares: tuple[Proportion, ...] = attrs.field(default=(), converter=_forgiven)
    reduced_payments: tuple[ReducedPayments, ...] = attrs.field(default=(), converter=_reduced)

    def __attrs_post_init__(self) -> None:
        if self.holiday_interest is not None:
            checked_member(self.holiday_interest, DeferredInterest, f"{_WHERE}, holiday_interest")
        if not self.arrears:
            raise InvalidValueError.at(
                f"{_WHERE}, arrears", expected="at least one treatment", found="none"
            )
        kinds: tuple[tuple[str, tuple[object, ...]], ...] = (
            ("arrears", self.arrears),
            ("term_extensions", self.term_extensions),
            ("payment_holidays", self.payment_holidays),
            ("rates", self.rates),
            ("deferred_shares", self.deferred_shares),
            ("waived_shares", self.waived_shares),
            ("forgiven_shares", self.forgiven_shares),
            ("reduced_payments", self.reduced_payments),
        )
        for name, chosen in kinds:
            if len(set(chosen)) < len(chosen):
                raise InvalidValueError.at(
                    f"{_WHERE}, {name}", expected="each choice once", found="one twice"
                )
        choices = self.choices
        if prod(len(each) for each in choices) > MOST_PLANS:
            raise InvalidValueError.at(
                _WHERE,
                expected=f"at most {MOST_PLANS:,} plans",
                found=f"{prod(len(each) for each in choices):,}",
                hint="Offer fewer choices of each kind.",
            )

    @property
    def plan_count(self) -> int:
        """How many plans there are to price, for a contract whose rate is above every rate of the offer."""
        return prod(len(each) for each in self.choices)

    def re_aged(self, first_due_on: date) -> tuple[tuple[tuple[Measure, ...], ...], ...]:
        """The choices for a schedule that is over: what is open falls due in so many instalments anew.

        As many as ``term_extensions`` say, the first on the given day; nothing else goes with it but waivers
        and forgiveness.

        Raises
        ------
        InvalidValueError
            The offer has no instalments.
        """
        waivers, forgiveness, *_ = self.choices
        over = tuple((ReAgeing(count, first_due_on),) for count in self.term_extensions if count)
        if not over:
            raise InvalidValueError.at(
                f"{_WHERE}, term_extensions",
                expected="so many instalments, for a schedule that is over",
                found="none",
                hint="A schedule that is over has no instalments to come: term_extensions=(6, 12).",
            )
        return waivers, forgiveness, over

    @property
    def choices(self) -> tuple[tuple[tuple[Measure, ...], ...], ...]:
        """Of each kind the choices, in the order in which measures are put to an account.

        Raises
        ------
        InvalidTypeError, InvalidValueError
            What no measure can have.
        """
        return (
            ((), *((ArrearsWaiver(share=share),) for share in self.waived_shares)),
            (
                (),
                *(
                    (Forgiveness(Component.PRINCIPAL, share=share),)
                    for share in self.forgiven_shares
                ),
            ),
            tuple(_ARREARS[treatment] for treatment in self.arrears),
            ((), *((RateReduction(rate),) for rate in self.rates)),
            ((), *((PrincipalDeferral(share=share),) for share in self.deferred_shares)),
            ((), *((TermExtension(count),) for count in self.term_extensions if count)),
            (
                (),
                *(
                    (PaymentHoliday(count, self.holiday_interest),)
                    for count in self.payment_holidays
                    if count
                ),
            ),
            ((), *((reduced,) for reduced in self.reduced_payments)),
        )


@attrs.frozen(slots=True, kw_only=True)
class PlanLimits:
    """What every plan must keep to.

    Parameters
    ----------
    last_due_on : date, optional
        The last due date, itself allowed.
    most_instalments : int, optional
        As many payments as a plan may ask for.
    least_rate : Rate, optional
        The lowest rate that may be agreed.
    most_loss : Proportion, optional
        Of the present value, what may be given up at the most; a share of 1 % keeps a plan from being a
        distressed restructuring in the sense of EBA/GL/2016/07, paragraph 51.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Wrong types; fewer than one instalment; a rate that is not per year; a share above 1.
    """

    last_due_on: date | None = None
    most_instalments: int | None = None
    least_rate: Rate | None = None
    most_loss: Proportion | None = None

    def __attrs_post_init__(self) -> None:
        where = "plan limits"
        if self.last_due_on is not None:
            day_number(self.last_due_on, where=where, field="last_due_on")
        if self.most_instalments is not None:
            check_int(self.most_instalments, f"{where}, most_instalments")
            if self.most_instalments < 1:
                raise InvalidValueError.at(
                    f"{where}, most_instalments",
                    expected="1 or more",
                    found=str(self.most_instalments),
                )
        if self.least_rate is not None:
            check_annual_rate(self.least_rate, f"{where}, least_rate")
        share = self.most_loss
        if share is not None and not isinstance(share, Proportion):
            raise InvalidTypeError.at(
                f"{where}, most_loss", expected="a Proportion", found=share, hint=_A_SHARE
            )
        if share is not None and share.numerator > share.denominator:
            raise InvalidValueError.at(
                f"{where}, most_loss", expected="at most 1", found=str(share)
            )
