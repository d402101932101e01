"""The choices that decide a schedule to the last cent, each with a name.

Two lenders who agree on amount, rate, term and method still print different tables: one counts days,
one takes twelfths; one rounds the payment up to the next yuan; one puts the last cent into the last
instalment, one into the first. The one idea: each such choice is a value of its own, with the name that
the field gives it, and none has a hidden default.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

import attrs

from delinquency.amounts import check_amount
from delinquency.choices import checked_member
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rounding import Proportion, RoundingMode
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int, check_least

__all__ = [
    "AmortisationMethod",
    "ByDays",
    "Compounded",
    "DeferredInterest",
    "FirstPeriod",
    "InterestBasis",
    "LevelPayment",
    "Moratorium",
    "NominalPeriods",
    "PaymentStep",
    "Residue",
]


class AmortisationMethod(Enum):
    """How the principal is spread over the instalments.

    ``ANNUITY``: every instalment is the same, interest and principal together (等额本息; level payment,
    EMI). With a ``balloon`` the principal is repaid down to it.
    ``EQUAL_PRINCIPAL``: every instalment repays the same principal, and interest falls (等额本金).
    ``INTEREST_ONLY``: interest each period, the principal with the last instalment (先息后本).
    ``BULLET``: nothing until the last instalment, which repays the principal with the interest of all
    periods; no interest is borne by interest (到期一次还本付息). Only interest of days before the first
    period may fall due sooner, by :class:`FirstPeriod`: ``ADDED``, ``SPREAD`` and ``OWN_INSTALMENT``.
    ``FLAT``: interest on the original principal in every period, whatever has been repaid, and equal
    principals (add-on rate; 分期手续费 where it is charged as a fee).
    """

    ANNUITY = "annuity"
    EQUAL_PRINCIPAL = "equal_principal"
    INTEREST_ONLY = "interest_only"
    BULLET = "bullet"
    FLAT = "flat"


class Residue(Enum):
    """Where the rest goes that rounding leaves.

    ``LAST``: into the last instalment. ``FIRST``: into the first, as far as whole minor units allow;
    what is left goes into the last. ``SMOOTHED``: the level payment moves by the rest divided by the
    count, if the last instalment then differs less from the others; what is left goes into the last.

    Equal principals know the same three; ``SMOOTHED`` makes each of them what the cumulated share of the
    principal, rounded down, gains, so that no two differ by more than a minor unit.
    """

    LAST = "last"
    FIRST = "first"
    SMOOTHED = "smoothed"


class FirstPeriod(Enum):
    """What becomes of days between the loan and the first due date that are no regular period.

    ``REGULAR``: there are none; a day of the loan that is not one period before the first due date is
    refused. ``AS_REGULAR``: one regular period of interest falls due, whatever the day of the loan.
    ``OWN_LENGTH``: the first period bears interest for its own length, and the level payment is solved
    with it (stub). ``ADDED``: the level payment is that of a regular first period, and the interest of
    the days before it is added to the first instalment. ``SPREAD``: it is added in equal parts to every
    instalment. ``OWN_INSTALMENT``: it falls due by itself on the day on which regular periods begin
    (broken period interest, 首期零头利息). Under the last three a first period that is shorter than a
    regular one bears interest for its own length.
    """

    REGULAR = "regular"
    AS_REGULAR = "as_regular"
    OWN_LENGTH = "own_length"
    ADDED = "added"
    SPREAD = "spread"
    OWN_INSTALMENT = "own_instalment"

    @property
    def bears_one_period(self) -> bool:
        """Whether the first period bears as much as every other."""
        return self in (FirstPeriod.REGULAR, FirstPeriod.AS_REGULAR)

    @property
    def is_apart(self) -> bool:
        """Whether the level payment is that of a regular first period, and other days stand apart."""
        return self in (FirstPeriod.ADDED, FirstPeriod.SPREAD, FirstPeriod.OWN_INSTALMENT)


class DeferredInterest(Enum):
    """What becomes of interest in periods in which none is paid.

    ``ACCRUED``: it bears no interest and falls due with the first instalment that pays interest.
    ``CAPITALISED``: on each due date it becomes principal. ``WAIVED``: it is never owed.
    """

    ACCRUED = "accrued"
    CAPITALISED = "capitalised"
    WAIVED = "waived"


@attrs.frozen(slots=True)
class NominalPeriods:
    """A period bears the annual rate divided by the periods of a year, however many days it has.

    A month a twelfth, a quarter a fourth, two weeks a 26th: 按月计息, 30/360 of whole months.
    """


@attrs.frozen(slots=True)
class ByDays:
    """A period bears the annual rate times its year fraction: 按日计息.

    Parameters
    ----------
    day_count : DayCount
        One that needs no coupon period.
    """

    day_count: DayCount

    def __attrs_post_init__(self) -> None:
        checked_member(self.day_count, DayCount, "interest basis, day_count")


@attrs.frozen(slots=True)
class Compounded:
    """The annual rate is compounded so many times a year, whatever the frequency of payment.

    A period of *t* years grows by (1 + rate ÷ times) to the power of times × *t*. Canadian mortgages
    compound twice a year; ``times=1`` makes the rate an effective one. The power is a root that no
    fraction equals; it is taken to 40 decimals.

    Parameters
    ----------
    times : int
        1 to 366 [times per year].

    References
    ----------
    Interest Act (Canada), section 6.
    """

    times: int

    def __attrs_post_init__(self) -> None:
        check_int(self.times, "interest basis, times")
        if not 1 <= self.times <= 366:
            raise InvalidValueError.at(
                "interest basis, times",
                expected="from 1 to 366 times per year",
                found=self.times,
            )


InterestBasis = NominalPeriods | ByDays | Compounded
"""How the interest of a period follows from the annual rate."""


@attrs.frozen(slots=True, kw_only=True)
class PaymentStep:
    """From an instalment on, another payment: an amount, or a share of the level payment.

    Parameters
    ----------
    from_instalment : int
        The first instalment that it is for, from 1.
    amount : Decimal or int, optional
        The payment [currency units]. The level payment is solved as if it were not there, and the last
        instalment takes what is left.
    share : Proportion, optional
        The payment as a share of the level payment, which is solved with its steps: 11/10 is a tenth
        more. The share is taken of the payment as it was rounded, and is rounded as that was. Exactly
        one of the two.
    """

    from_instalment: int
    amount: Decimal | int | None = None
    share: Proportion | None = None

    def __attrs_post_init__(self) -> None:
        check_least(self.from_instalment, "payment step, from_instalment", least=1)
        if (self.amount is None) == (self.share is None):
            raise InvalidValueError.at(
                "payment step", expected="an amount or a share", found="both or neither"
            )
        if self.amount is not None:
            check_amount(self.amount, where="payment step, amount", positive=False)
        elif not isinstance(self.share, Proportion):
            raise InvalidTypeError.at(
                "payment step, share",
                expected="a Proportion",
                found=self.share,
                hint="Write Proportion(11, 10) for a tenth more.",
            )


def _steps(items: Iterable[PaymentStep]) -> tuple[PaymentStep, ...]:
    return checked_tuple(items, PaymentStep, "level payment, step")


@attrs.frozen(slots=True, kw_only=True)
class LevelPayment:
    """How the payment of an annuity is found and rounded.

    Parameters
    ----------
    amount : Decimal or int, optional
        A payment that was agreed [currency units]; ``None``: it is solved from the terms.
    rounding : RoundingMode, optional
        By default that of the terms.
    multiple : Decimal or int, optional
        What the payment is a multiple of [currency units]: 1 for whole yuan; by default the minor unit.
    is_rounded : bool, default True
        Whether the payment is rounded at all. One that is not is carried exactly, and each instalment
        is what its cumulated amount, rounded, leaves, or under ``carries_fractions`` its interest and
        its principal, each rounded; where it is below the interest, its interest less what becomes
        principal, each rounded.
    basis : NominalPeriods, ByDays or Compounded, optional
        The periods with which the payment is solved; by default those that bear interest. Many lenders
        solve with twelfths and then accrue by days.
    steps : tuple of PaymentStep, optional
        Step-up and step-down, in order of instalment.
    """

    amount: Decimal | int | None = None
    rounding: RoundingMode | None = None
    multiple: Decimal | int | None = None
    is_rounded: bool = True
    basis: InterestBasis | None = None
    steps: tuple[PaymentStep, ...] = attrs.field(default=(), converter=_steps)

    def __attrs_post_init__(self) -> None:
        where = "level payment"
        if self.amount is not None:
            check_amount(self.amount, where=f"{where}, amount", positive=True)
        if self.multiple is not None:
            check_amount(self.multiple, where=f"{where}, multiple", positive=True)
        if self.rounding is not None and not isinstance(self.rounding, RoundingMode):
            raise InvalidTypeError.at(
                f"{where}, rounding", expected="a RoundingMode or None", found=self.rounding
            )
        if not isinstance(self.is_rounded, bool):
            raise InvalidTypeError.at(
                f"{where}, is_rounded", expected="a bool", found=self.is_rounded
            )
        if self.basis is not None and not isinstance(self.basis, InterestBasis):
            raise InvalidTypeError.at(
                f"{where}, basis", expected="an interest basis or None", found=self.basis
            )
        numbers = [step.from_instalment for step in self.steps]
        if numbers != sorted(set(numbers)):
            raise InvalidValueError.at(
                f"{where}, steps",
                expected="steps in order of instalment, each once",
                found=numbers,
            )


@attrs.frozen(slots=True, kw_only=True)
class Moratorium:
    """Instalments at the beginning that pay no principal, or not even interest (宽限期).

    Parameters
    ----------
    principal_instalments : int
        How many first instalments repay no principal.
    interest_instalments : int, default 0
        How many first instalments pay no interest; not more than repay no principal.
    interest : DeferredInterest, default ACCRUED
        What becomes of that interest.
    """

    principal_instalments: int
    interest_instalments: int = 0
    interest: DeferredInterest = DeferredInterest.ACCRUED

    def __attrs_post_init__(self) -> None:
        where = "moratorium"
        check_least(self.principal_instalments, f"{where}, principal_instalments", least=1)
        check_least(self.interest_instalments, f"{where}, interest_instalments", least=0)
        if self.interest_instalments > self.principal_instalments:
            raise InvalidValueError.at(
                f"{where}, interest_instalments",
                expected=f"at most principal_instalments, {self.principal_instalments}",
                found=self.interest_instalments,
                hint="Money that repays principal pays the interest first.",
            )
        checked_member(self.interest, DeferredInterest, f"{where}, interest")
