"""How often: every so many months, or every so many days, and never a mixture.

A month is not thirty days and a year is not fifty-two weeks; who mixes them gets a due date that
wanders. The one idea: a :class:`Frequency` is a whole number of months or a whole number of days, one of
the two being 0. Years are months and weeks are days, so P1Y equals P12M and P2W equals P14D, and no
month ever equals days.
"""

from __future__ import annotations

import re
from typing import ClassVar, Final

import attrs

from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.whole_numbers import check_int

__all__ = ["MOST_DAYS", "MOST_MONTHS", "Frequency"]

MOST_MONTHS: Final = 1200
"""The longest period in months; itself accepted: a hundred years."""

MOST_DAYS: Final = 36525
"""The longest period in days; itself accepted: a hundred years."""

_WHERE: Final = "frequency"

_NAMES: Final = {
    "daily": (0, 1),
    "weekly": (0, 7),
    "every two weeks": (0, 14),
    "biweekly": (0, 14),
    "fortnightly": (0, 14),
    "every four weeks": (0, 28),
    "four-weekly": (0, 28),
    "monthly": (1, 0),
    "every two months": (2, 0),
    "quarterly": (3, 0),
    "every four months": (4, 0),
    "half-yearly": (6, 0),
    "semi-annual": (6, 0),
    "semi-annually": (6, 0),
    "yearly": (12, 0),
    "annual": (12, 0),
    "annually": (12, 0),
    "term": (0, 0),
    "at maturity": (0, 0),
    "once": (0, 0),
    "按日": (0, 1),
    "按周": (0, 7),
    "按双周": (0, 14),
    "按月": (1, 0),
    "按季": (3, 0),
    "按半年": (6, 0),
    "按年": (12, 0),
    "到期": (0, 0),
}

_REFUSED_NAMES: Final = {
    "bimonthly": "Some mean every two months, some twice a month: write P2M for the former.",
    "semi-monthly": "Twice a month is no whole number of months or days.",
    "semimonthly": "Twice a month is no whole number of months or days.",
    "biannual": "Some mean twice a year, some every two years: write P6M or P2Y.",
}

_ISO: Final = re.compile(
    r"P?(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?", re.ASCII
)


@attrs.frozen(slots=True)
class Frequency:
    """The length of a period: months or days, or one period for the whole term.

    Make one with :meth:`of`, :meth:`every_days`, :meth:`every_weeks`, :meth:`every_months` or
    :meth:`every_years`, or take one of ``DAILY``, ``WEEKLY``, ``EVERY_TWO_WEEKS``,
    ``EVERY_FOUR_WEEKS``, ``MONTHLY``, ``QUARTERLY``, ``HALF_YEARLY``, ``YEARLY`` and ``TERM``.

    Other names: tenor, payment interval, cycle (ACTUS); 还款频率、还款周期.

    Attributes
    ----------
    months : int
        The length of a period [months], 0 where it is of days.
    days : int
        The length of a period [days], 0 where it is of months. Both 0: one period, at maturity.

    Raises
    ------
    InvalidTypeError
        A length that is no ``int``.
    InvalidValueError
        Months and days together; a negative length; more than 1200 months or 36,525 days.

    Examples
    --------
    >>> print(Frequency.QUARTERLY, Frequency.every_weeks(2), Frequency.TERM)
    P3M P2W TERM
    >>> Frequency.of("1Y") == Frequency.every_months(12), Frequency.of("monthly").periods_per_year()
    (True, 12)
    >>> Frequency(months=1, days=1)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: frequency: expected months or days, found 1 months and 1 \
days. Hint: A month has no fixed number of days.
    """

    months: int = 0
    days: int = 0

    DAILY: ClassVar[Frequency]
    WEEKLY: ClassVar[Frequency]
    EVERY_TWO_WEEKS: ClassVar[Frequency]
    EVERY_FOUR_WEEKS: ClassVar[Frequency]
    MONTHLY: ClassVar[Frequency]
    QUARTERLY: ClassVar[Frequency]
    HALF_YEARLY: ClassVar[Frequency]
    YEARLY: ClassVar[Frequency]
    TERM: ClassVar[Frequency]

    def __attrs_post_init__(self) -> None:
        for unit, length, most in (
            ("months", self.months, MOST_MONTHS),
            ("days", self.days, MOST_DAYS),
        ):
            check_int(length, f"{_WHERE}, {unit}")
            if not 0 <= length <= most:
                raise InvalidValueError.at(
                    f"{_WHERE}, {unit}", expected=f"from 0 to {most} {unit}", found=length
                )
        if self.months and self.days:
            raise InvalidValueError.at(
                _WHERE,
                expected="months or days",
                found=f"{self.months} months and {self.days} days",
                hint="A month has no fixed number of days.",
            )

    @classmethod
    def every_days(cls, number: int) -> Frequency:
        """Every ``number`` days, from 1."""
        return cls(days=_positive(number))

    @classmethod
    def every_weeks(cls, number: int) -> Frequency:
        """Every ``number`` weeks, from 1: seven times as many days."""
        return cls(days=7 * _positive(number))

    @classmethod
    def every_months(cls, number: int) -> Frequency:
        """Every ``number`` months, from 1."""
        return cls(months=_positive(number))

    @classmethod
    def every_years(cls, number: int) -> Frequency:
        """Every ``number`` years, from 1: twelve times as many months."""
        return cls(months=12 * _positive(number))

    @classmethod
    def of(cls, text: str) -> Frequency:
        """The frequency of a name, of a period of ISO 8601, or of a tenor of the markets.

        Parameters
        ----------
        text : str
            ``"monthly"``, ``"every two weeks"``, ``"按季"``, ``"at maturity"``; ``"P1M"``,
            ``"P2W"``, ``"P1Y6M"``; ``"3M"``, ``"28D"``. Case and outer blanks do not matter.

        Raises
        ------
        InvalidTypeError
            Not a text.
        InvalidValueError
            An unknown name, one that people use for two things (bimonthly), a length of 0, or
            years or months together with weeks or days.

        References
        ----------
        ISO 8601-1:2019, 5.5.2 (duration); weeks stand alone there, as here.

        Examples
        --------
        >>> [str(Frequency.of(text)) for text in ("monthly", "P1Y6M", "26W", "按季", "Term")]
        ['P1M', 'P18M', 'P26W', 'P3M', 'TERM']
        >>> Frequency.of("P1M2W")
        Traceback (most recent call last):
        ...
        delinquency.errors.InvalidValueError: frequency: expected months or days, found 1 months \
and 14 days. Hint: A month has no fixed number of days.
        """
        if not isinstance(text, str):
            raise InvalidTypeError.at(_WHERE, expected="a text", found=text)
        name = " ".join(text.split()).casefold()
        if name in _NAMES:
            return cls(*_NAMES[name])
        if name in _REFUSED_NAMES:
            raise InvalidValueError.at(
                _WHERE,
                expected="a name of one meaning",
                found=repr(text),
                hint=_REFUSED_NAMES[name],
            )
        return _parsed(text, name.upper())

    @property
    def is_term(self) -> bool:
        """Whether there is one period only, which ends at maturity."""
        return not (self.months or self.days)

    def periods_per_year(self) -> int:
        """How many periods make a year, where that is a whole number.

        Months: 12 ÷ months. Weeks: 52 ÷ weeks, the 364 days of 52 weeks being taken for a year, as
        lenders do who quote 52 weekly or 26 two-weekly instalments. Other days: 365 ÷ days.

        Returns
        -------
        int
            [periods per year]

        Raises
        ------
        InvalidValueError
            Where it is not whole: every five months, every ten days; and at maturity.

        Examples
        --------
        >>> [Frequency.of(text).periods_per_year() for text in ("1M", "6M", "2W", "4W", "1D")]
        [12, 2, 26, 13, 365]
        >>> Frequency.every_days(10).periods_per_year()
        Traceback (most recent call last):
        ...
        delinquency.errors.InvalidValueError: frequency P10D: expected a whole number of periods a \
year, found 365/10.
        """
        of_year, length = _of_year(self)
        if not length or of_year % length:
            raise InvalidValueError.at(
                f"{_WHERE} {self}",
                expected="a whole number of periods a year",
                found=f"{of_year}/{length}" if length else "one period for the whole term",
            )
        return of_year // length

    def __str__(self) -> str:
        if self.months:
            return f"P{self.months}M"
        if self.days % 7 == 0 and self.days:
            return f"P{self.days // 7}W"
        return f"P{self.days}D" if self.days else "TERM"


def _of_year(frequency: Frequency) -> tuple[int, int]:
    if frequency.months:
        return 12, frequency.months
    if frequency.days % 7 == 0:
        return 52, frequency.days // 7
    return 365, frequency.days


def _positive(number: int) -> int:
    check_int(number, _WHERE)
    if number < 1:
        raise InvalidValueError.at(_WHERE, expected="from 1", found=number)
    return number


def _parsed(text: str, iso: str) -> Frequency:
    match = _ISO.fullmatch(iso)
    parts = [int(part or 0) for part in match.groups()] if match else [0]
    if not any(parts):
        raise InvalidValueError.at(
            _WHERE,
            expected="a name or a period such as 'P1M', 'P2W' or '10D', of 1 or more",
            found=repr(text),
            hint='For one period that ends at maturity write "term".',
        )
    years, months, weeks, days = parts
    if weeks and days:
        raise InvalidValueError.at(
            _WHERE, expected="weeks or days", found=repr(text), hint="Write it in days."
        )
    return Frequency(12 * years + months, 7 * weeks + days)


Frequency.DAILY = Frequency(days=1)
Frequency.WEEKLY = Frequency(days=7)
Frequency.EVERY_TWO_WEEKS = Frequency(days=14)
Frequency.EVERY_FOUR_WEEKS = Frequency(days=28)
Frequency.MONTHLY = Frequency(months=1)
Frequency.QUARTERLY = Frequency(months=3)
Frequency.HALF_YEARLY = Frequency(months=6)
Frequency.YEARLY = Frequency(months=12)
Frequency.TERM = Frequency()
