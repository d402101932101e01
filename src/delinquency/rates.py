"""Interest rates as whole numbers with their period.

"5" may be five per cent or five hundred, a year or a month, and a float adds a rest in the
seventeenth digit. The one idea: a :class:`Rate` is a whole number of hundred-millionths *per
period*, the period part of the value; one that would need a finer unit is refused when it is made,
so that no later step has to round it.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Final

import attrs

from delinquency.decimals import exact_decimal, parse_decimal, whole_after_shift
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rounding import Proportion

__all__ = ["RATE_SCALE", "Rate", "RatePeriod"]

_PLACES: Final = 8

RATE_SCALE: Final = 10**_PLACES
"""How many units of ``Rate.scaled`` make one: a rate of 100 % a period."""

_COUNTS: Final = {8: "eight", 6: "six"}

_AS_A_FRACTION: Final = (
    'Write a percentage as a fraction of one, 4.35 % is "0.0435", or use Rate.percent("4.35").'
)

_MOST_PER_YEAR: Final = 4 * RATE_SCALE


class RatePeriod(Enum):
    """The period a rate is quoted for."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


_PERIODS_PER_YEAR: Final = {RatePeriod.YEAR: 1, RatePeriod.MONTH: 12, RatePeriod.DAY: 365}


@attrs.frozen(slots=True)
class Rate:
    """A rate for a period: a fraction of one by :meth:`per_year`, :meth:`per_month` or :meth:`per_day`.

    A percentage goes through :meth:`percent`, so that "4.35" and "0.0435" cannot be mistaken for each
    other.

    Attributes
    ----------
    scaled : int
        The rate [1e-8 per period].
    period : RatePeriod
        The period. Rates of different periods are never equal: how many days a month has is a
        matter of the contract.

    Raises
    ------
    InvalidTypeError
        If ``scaled`` is no ``int`` or ``period`` no ``RatePeriod``.
    InvalidValueError
        If the rate is beyond 400 % a year, either sign, where a month counts twelve times and a
        day 365 times; 400 % itself is accepted.

    Examples
    --------
    >>> print(Rate.per_year("0.0435"), Rate.per_day("0.0005"), Rate.per_year(0), sep="; ")
    4.35 % a year; 0.05 % a day; 0 % a year
    >>> Rate.per_year("0.0435").scaled
    4350000
    >>> Rate.per_year(5)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: rate: expected at most 400 % a year, \
found 500 % a year. Hint: Write a percentage as a fraction of one, 4.35 % is "0.0435", \
or use Rate.percent("4.35").
    """

    scaled: int
    period: RatePeriod

    def __attrs_post_init__(self) -> None:
        if type(self.scaled) is not int:
            raise InvalidTypeError.at(
                "rate",
                expected="a whole number of 1e-8",
                found=self.scaled,
                hint='Write Rate.per_year("0.0435").',
            )
        _refuse_unless_period(self.period)
        _refuse_extreme(self.scaled, self.period, where="rate")

    @classmethod
    def per_year(cls, value: Decimal | int | str, *, where: str = "rate") -> Rate:
        """A rate a year, as a fraction of one.

        Parameters
        ----------
        value : decimal.Decimal, int or str
            The rate [fraction of one per year]: 4.35 % is ``"0.0435"``; at most eight decimals.
        where : str
            The place, for the message.

        Raises
        ------
        InvalidTypeError
            If it is a ``float`` or anything else.
        InvalidValueError
            If it is finer than 1e-8, in another notation, or beyond 400 % a year.
        """
        return cls(_scaled(value, RatePeriod.YEAR, where=where), RatePeriod.YEAR)

    @classmethod
    def per_month(cls, value: Decimal | int | str, *, where: str = "rate") -> Rate:
        """A rate a month, as a fraction of one; otherwise as :meth:`per_year`."""
        return cls(_scaled(value, RatePeriod.MONTH, where=where), RatePeriod.MONTH)

    @classmethod
    def per_day(cls, value: Decimal | int | str, *, where: str = "rate") -> Rate:
        """A rate a day, as a fraction of one: 万分之五 is ``"0.0005"``; as :meth:`per_year`."""
        return cls(_scaled(value, RatePeriod.DAY, where=where), RatePeriod.DAY)

    @classmethod
    def percent(
        cls,
        value: Decimal | int | str,
        *,
        per: RatePeriod = RatePeriod.YEAR,
        where: str = "rate",
    ) -> Rate:
        """A rate as a percentage, exactly: ``"4.35"`` is 4.35 %, which is ``per_year("0.0435")``.

        Parameters
        ----------
        value : decimal.Decimal, int or str
            The rate [per cent per period]; at most six decimals.
        per : RatePeriod, default YEAR
            The period that it is quoted for.
        where : str
            The place, for the message.

        Raises
        ------
        InvalidTypeError
            If it is a ``float`` or anything else, or ``per`` no ``RatePeriod``.
        InvalidValueError
            If it is finer than 1e-6 of one per cent, in another notation, or beyond 400 % a year.

        Examples
        --------
        >>> Rate.percent("4.35") == Rate.per_year("0.0435"), str(Rate.percent("400"))
        (True, '400 % a year')
        >>> print(Rate.percent("0.05", per=RatePeriod.DAY))
        0.05 % a day
        >>> Rate.percent(401)
        Traceback (most recent call last):
        ...
        delinquency.errors.InvalidValueError: rate: expected at most 400 % a year, \
found 401 % a year.
        """
        _refuse_unless_period(per)
        if isinstance(value, str) and "%" in value:
            raise InvalidValueError.at(
                where,
                expected="value in plain decimal notation",
                found=repr(value),
                hint='Leave out the sign: Rate.percent("4.35").',
            )
        scaled = _scaled(value, per, where=where, places=_PLACES - 2, hint="")
        return cls(scaled, per)

    def times(self, factor: Decimal | int | str | Proportion, *, where: str = "rate") -> Rate:
        """This rate times a factor, exactly: the penalty rate that is 1.5 times the contract rate.

        Parameters
        ----------
        factor : decimal.Decimal, int, str or Proportion
            Zero or more.
        where : str
            The place, for the message.

        Returns
        -------
        Rate
            Of the same period.

        Raises
        ------
        InvalidTypeError
            If the factor is a ``float`` or anything else.
        InvalidValueError
            If the factor is negative, or the product is not a whole number of 1e-8 or beyond 400 %
            a year.

        Examples
        --------
        >>> print(Rate.per_year("0.0435").times("1.5"))
        6.525 % a year
        >>> print(Rate.per_year("0.00000001").times("1.5"))
        Traceback (most recent call last):
        ...
        delinquency.errors.InvalidValueError: rate: expected 0.000001 % a year times 3/2 to be \
a whole number of 1e-8, found 3/2 of 1e-8. Hint: Round it yourself, by the rule of the contract, \
and give the rounded rate.
        """
        share = (
            factor
            if isinstance(factor, Proportion)
            else Proportion.parse(factor, where=where, field="factor")
        )
        scaled, rest = divmod(self.scaled * share.numerator, share.denominator)
        if rest:
            raise InvalidValueError.at(
                where,
                expected=f"{self} times {share} to be a whole number of 1e-8",
                found=f"{self.scaled * share.numerator}/{share.denominator} of 1e-8",
                hint="Round it yourself, by the rule of the contract, and give the rounded rate.",
            )
        _refuse_extreme(scaled, self.period, where=where)
        return Rate(scaled, self.period)

    def plus(self, margin: Rate, *, where: str = "rate") -> Rate:
        """This rate plus a margin of the same period: a reference rate plus 50 basis points.

        Raises
        ------
        InvalidValueError
            If the periods differ, or the sum is beyond 400 % a year.

        Examples
        --------
        >>> print(Rate.per_year("0.031").plus(Rate.per_year("0.005")))
        3.6 % a year
        """
        if margin.period is not self.period:
            raise InvalidValueError.at(
                where,
                expected=f"a margin per {self.period.value}",
                found=str(margin),
                hint="Quote both rates for the same period.",
            )
        _refuse_extreme(self.scaled + margin.scaled, self.period, where=where)
        return Rate(self.scaled + margin.scaled, self.period)

    def as_decimal(self) -> Decimal:
        """The rate as a fraction of one per period, without trailing zeros.

        Examples
        --------
        >>> Rate.per_year("0.0435").as_decimal(), Rate.per_year(4).as_decimal()
        (Decimal('0.0435'), Decimal('4'))
        """
        return parse_decimal(_plain(self.scaled, _PLACES), where="rate", field="value")

    def as_percent(self) -> Decimal:
        """The rate as a percentage per period, without trailing zeros.

        Examples
        --------
        >>> Rate.per_year("0.0435").as_percent(), Rate.per_day("0.0005").as_percent()
        (Decimal('4.35'), Decimal('0.05'))
        """
        return parse_decimal(_plain(self.scaled, _PLACES - 2), where="rate", field="value")

    def __str__(self) -> str:
        return _percent(self.scaled, self.period)


def _scaled(
    value: Decimal | int | str,
    period: RatePeriod,
    *,
    where: str,
    places: int = _PLACES,
    hint: str = _AS_A_FRACTION,
) -> int:
    """The rate [1e-8 per period], of which ``value`` has the decimal point ``places`` further left."""
    if isinstance(value, str):
        value = parse_decimal(value, where=where, field="value")
    if isinstance(value, float):
        raise InvalidTypeError.at(
            where,
            expected="value to be a Decimal, an int or a text",
            found=value,
            hint=f'Write it from a string, "{_digits(value)}": a float holds few rates exactly.',
        )
    number = exact_decimal(value, where=where, field="value")
    scaled = whole_after_shift(number, places)
    if scaled is None:
        raise InvalidValueError.at(
            where,
            expected=f"a value of at most {_COUNTS[places]} decimals",
            found=str(number),
            hint="Round it yourself, by the rule of the contract: rates are never rounded here.",
        )
    _refuse_extreme(scaled, period, where=where, hint=hint)
    return scaled


def _digits(value: float) -> str:
    # The digits of a float, also of one that another library made a class of its own of.
    return f"{Decimal(float.__repr__(value)):f}"


def _refuse_unless_period(value: object) -> None:
    if not isinstance(value, RatePeriod):
        raise InvalidTypeError.at(
            "rate",
            expected="a RatePeriod",
            found=value,
            hint='Write Rate.per_year("0.0435").',
        )


def _refuse_extreme(
    scaled: int, period: RatePeriod, *, where: str, hint: str = _AS_A_FRACTION
) -> None:
    if abs(scaled) * _PERIODS_PER_YEAR[period] > _MOST_PER_YEAR:
        raise InvalidValueError.at(
            where,
            expected="at most 400 % a year",
            found=_percent(scaled, period),
            hint=hint,
        )


def _percent(scaled: int, period: RatePeriod) -> str:
    return f"{_plain(scaled, _PLACES - 2)} % a {period.value}"


def _plain(scaled: int, places: int) -> str:
    whole, rest = divmod(abs(scaled), 10**places)
    digits = f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")
    return f"-{digits}" if scaled < 0 else digits
