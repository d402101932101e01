"""What a policy sets aside for a loss: a rate for each bucket, or for each state of a status.

The one idea: a table is whole. Every bucket or state has a rate, and no rate is for what does not exist, so
that no account is ever without one; both are checked when the policy is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.choices import checked_member
from delinquency.citation import Citation
from delinquency.decimals import told_digits
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.rounding import Proportion, RoundingMode
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_least

if TYPE_CHECKING:
    from delinquency.buckets import BucketScheme
    from delinquency.status import StatusMachine

__all__ = [
    "BY_BUCKET",
    "ProvisionBase",
    "ProvisionRate",
    "ProvisionTable",
    "check_provisions",
    "percent_of",
]

BY_BUCKET: Final = "bucket"
"""What ``by`` says where the rates are by bucket; every other word is the name of a status machine."""

_MOST_DIGITS: Final = 6


class ProvisionBase(Enum):
    """The amount at the close of the day of which a provision is a share."""

    EXPOSURE = "exposure"
    """Open principal, due or not, and other amounts due and unpaid."""
    PRINCIPAL = "principal"
    """Open principal, due or not."""


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, "provision rate, citation")


@attrs.frozen(slots=True)
class ProvisionRate:
    """The share that is set aside of an account in one bucket or state.

    With ``unsecured_share`` the base is split: what collateral in force is worth takes ``share``, and the
    rest of the base ``unsecured_share``. With ``unsecured_up_to`` too it is not split: all of it takes
    ``unsecured_share`` where the collateral in force on the day on which the account began was worth at most
    that share of the exposure of that day, and ``share`` where it was worth more. Guarantees are no
    collateral. With ``each_month`` the share grows by it for each whole month since the account entered the
    state, up to 1.

    Parameters
    ----------
    of : str
        The code of the bucket or of the state.
    share : Proportion
        From 0 to 1, both included.
    citations : tuple of Citation, optional
    unsecured_share : Proportion, optional
        From 0 to 1, both included; default the same for all of the base.
    unsecured_up_to : Proportion, optional
        From 0 to 1, both included; only beside ``unsecured_share``.
    each_month : Proportion, optional
        More than 0 and at most 1; only of a state, and not beside ``unsecured_share``.

    Raises
    ------
    InvalidTypeError
        A code that is no text or empty; a share that is no Proportion.
    InvalidValueError
        A share above 1; ``unsecured_up_to`` without ``unsecured_share``; ``each_month`` of 0 or beside
        ``unsecured_share``.

    Examples
    --------
    >>> ProvisionRate("次级", Proportion.parse("0.25")).percent
    '25'

    Of a debt of 1,000.00 with collateral worth 400.00:

    >>> rate = ProvisionRate("doubtful", Proportion(1, 4), unsecured_share=Proportion(1, 1))
    >>> rate.product(secured=40_000, unsecured=60_000)
    Fraction(70000, 1)

    A tenth, and 45 % more each month:

    >>> rate = ProvisionRate("default", Proportion(1, 10), each_month=Proportion(45, 100))
    >>> [rate.after(months).percent for months in (0, 1, 2)]
    ['10', '55', '100']
    """

    of: str
    share: Proportion
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)
    unsecured_share: Proportion | None = attrs.field(default=None, kw_only=True)
    unsecured_up_to: Proportion | None = attrs.field(default=None, kw_only=True)
    each_month: Proportion | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.of, str) or not self.of:
            raise InvalidTypeError.at(
                "provision rate, of", expected="a text that is not empty", found=self.of
            )
        where = f"provision rate of {self.of!r}"
        _check_share(self.share, f"{where}, share")
        if self.unsecured_share is not None:
            _check_share(self.unsecured_share, f"{where}, unsecured_share")
        if self.unsecured_up_to is not None:
            _check_share(self.unsecured_up_to, f"{where}, unsecured_up_to")
            if self.unsecured_share is None:
                raise InvalidValueError.at(
                    f"{where}, unsecured_up_to",
                    expected="an unsecured_share beside it",
                    found="none",
                )
        if self.each_month is not None:
            self._check_growth(self.each_month, f"{where}, each_month")

    def _check_growth(self, each_month: Proportion, where: str) -> None:
        _check_share(each_month, where)
        if not each_month.numerator:
            raise InvalidValueError.at(where, expected="more than 0", found=str(each_month))
        if self.unsecured_share is not None:
            raise InvalidValueError.at(
                where, expected="no unsecured_share beside it", found=str(self.unsecured_share)
            )

    def after(self, months: int) -> ProvisionRate:
        """The rate after so many whole months in the state.

        Raises
        ------
        InvalidTypeError
            No ``int``.
        InvalidValueError
            Months below 0.
        """
        check_least(months, "provision rate, months", least=0)
        if self.each_month is None:
            return self
        exact = min(_exact(self.share) + months * _exact(self.each_month), Fraction(1))
        share = Proportion(exact.numerator, exact.denominator)
        return attrs.evolve(self, share=share, each_month=None)

    @property
    def percent(self) -> str:
        """The share in per cent, for people to read; an ellipsis where more digits follow."""
        return percent_of(self.share)

    def product(self, *, secured: int, unsecured: int) -> Fraction:
        """What is set aside of two parts of the base, before it is rounded [minor units].

        Without ``unsecured_share`` both parts take ``share``.
        """
        rest = self.share if self.unsecured_share is None else self.unsecured_share
        return secured * _exact(self.share) + unsecured * _exact(rest)


def percent_of(share: Proportion) -> str:
    """A share in per cent, for people to read; an ellipsis where more digits follow.

    Examples
    --------
    >>> percent_of(Proportion(1, 8))
    '12.5'
    """
    return told_digits(100 * _exact(share), places=_MOST_DIGITS)


def _exact(share: Proportion) -> Fraction:
    return Fraction(share.numerator, share.denominator)


def _check_share(share: object, where: str) -> None:
    if not isinstance(share, Proportion):
        raise InvalidTypeError.at(
            where, expected="a Proportion", found=share, hint='Write Proportion.parse("0.25").'
        )
    if share.numerator > share.denominator:
        raise InvalidValueError.at(
            where, expected="from 0 to 1", found=str(share), hint="25 % is 0.25."
        )


def _rates(items: Iterable[ProvisionRate]) -> tuple[ProvisionRate, ...]:
    return checked_tuple(items, ProvisionRate, "provision table, rate")


@attrs.frozen(slots=True, kw_only=True)
class ProvisionTable:
    """A rate by bucket or by state, what it is a share of, and how the product is rounded.

    Parameters
    ----------
    by : str
        ``"bucket"``, or the name of a status machine of the policy.
    rates : tuple of ProvisionRate
        One for each bucket of the policy, or for each state of the machine; in any order.
    base : ProvisionBase, default EXPOSURE
    rounding : RoundingMode, default HALF_UP
        Of the product, once, to the minor unit.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    PolicyError
        No rate; a code twice.

    Examples
    --------
    Half up, at half a minor unit: a quarter of 0.10 is 0.025, set aside as 0.03.

    >>> table = ProvisionTable(by="bucket", rates=[ProvisionRate("0", Proportion(0, 1)),
    ...     ProvisionRate("1+", Proportion.parse("0.25"))])
    >>> table.rate_of("1+").share.of(10, table.rounding)
    3
    """

    by: str
    rates: tuple[ProvisionRate, ...] = attrs.field(converter=_rates)
    base: ProvisionBase = ProvisionBase.EXPOSURE
    rounding: RoundingMode = RoundingMode.HALF_UP

    def __attrs_post_init__(self) -> None:
        where = "provision table"
        if not isinstance(self.by, str) or not self.by:
            raise InvalidTypeError.at(
                f"{where}, by", expected="a text that is not empty", found=self.by
            )
        checked_member(self.base, ProvisionBase, f"{where}, base")
        checked_member(self.rounding, RoundingMode, f"{where}, rounding")
        if not self.rates:
            raise PolicyError.at(where, expected="at least one rate", found="none")
        codes = [rate.of for rate in self.rates]
        for number, code in enumerate(codes, start=1):
            if code in codes[: number - 1]:
                raise PolicyError.at(
                    f"{where}, rate {number}, of", expected="each code once", found=repr(code)
                )

    def rate_of(self, code: str) -> ProvisionRate:
        """The rate of a bucket or state.

        Raises
        ------
        InvalidValueError
            A code that the table has no rate of.
        """
        for rate in self.rates:
            if rate.of == code:
                return rate
        known = ", ".join(rate.of for rate in self.rates)
        raise InvalidValueError.at(
            "provision table, code", expected=f"one of {known}", found=repr(code)
        )


def check_provisions(
    table: object, buckets: BucketScheme, machines: tuple[StatusMachine, ...], where: str
) -> None:
    """Refuse what is no table, and a table that does not fit the buckets and machines of its policy.

    Raises
    ------
    InvalidTypeError
        No ProvisionTable.
    PolicyError
        A machine that does not exist, or is called as buckets are; a bucket or state without a rate; a rate
        of what does not exist, or of a bucket that grows by the month.
    """
    place = f"{where}, provisions"
    if not isinstance(table, ProvisionTable):
        raise InvalidTypeError.at(place, expected="a ProvisionTable or None", found=table)
    noun, codes = _codes(table, buckets, machines, place)
    for number, rate in enumerate(table.rates, start=1):
        if rate.of not in codes:
            raise PolicyError.at(
                f"{place}, rate {number}, of",
                expected=f"one of the {noun}s {', '.join(codes)}",
                found=repr(rate.of),
            )
        if rate.each_month is not None and table.by == BY_BUCKET:
            raise PolicyError.at(
                f"{place}, rate {number}, each_month",
                expected="none: nobody knows since when an account has been in a bucket",
                found=str(rate.each_month),
                hint="Give the rates by the states of a status machine.",
            )
    rated = {rate.of for rate in table.rates}
    for code in codes:
        if code not in rated:
            raise PolicyError.at(
                place,
                expected=f"a rate of the {noun} {code!r}",
                found="none",
                hint="What nothing is set aside for has a rate of 0.",
            )


def _codes(
    table: ProvisionTable,
    buckets: BucketScheme,
    machines: tuple[StatusMachine, ...],
    place: str,
) -> tuple[str, list[str]]:
    """What the rates are of, in a word, and the codes that must have one."""
    named = {machine.name: machine for machine in machines}
    if table.by == BY_BUCKET:
        if BY_BUCKET in named:
            raise PolicyError.at(
                f"{place}, by",
                expected=f"no machine of the name {BY_BUCKET!r}",
                found="one",
                hint="Give the machine another name: the rates are by bucket.",
            )
        return "bucket", [bucket.code for bucket in buckets]
    if table.by not in named:
        raise PolicyError.at(
            f"{place}, by",
            expected=f"one of {', '.join((BY_BUCKET, *named))}",
            found=repr(table.by),
        )
    return "state", [state.code for state in named[table.by].states]
