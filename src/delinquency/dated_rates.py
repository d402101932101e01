"""A rate and the day from which it holds.

The one idea: a rate that changes is a list of rates with their first days; each holds to the next, and a
day before the first has no rate: it is refused where a rate is needed, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

import attrs

from delinquency.calendar import Day, day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import Rate
from delinquency.sequences import checked_tuple

__all__ = ["DatedRate", "dated_rates", "rate_on"]


@attrs.frozen(slots=True)
class DatedRate:
    """From a day on, this rate; the day itself bears it.

    Parameters
    ----------
    effective_on : date
    rate : Rate

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``; no Rate.

    Examples
    --------
    >>> print(DatedRate(date(2025, 1, 1), Rate.per_year("0.0435")).rate)
    4.35 % a year
    """

    effective_on: date
    rate: Rate

    def __attrs_post_init__(self) -> None:
        day_number(self.effective_on, where="dated rate", field="effective_on")
        rate: object = self.rate
        if not isinstance(rate, Rate):
            raise InvalidTypeError.at(
                "dated rate, rate",
                expected="an instance of Rate",
                found=rate,
                hint='Write Rate.per_year("0.0435").',
            )

    @property
    def day(self) -> Day:
        """``effective_on`` as a day number."""
        return day_number(self.effective_on, where="dated rate", field="effective_on")


def dated_rates(items: Iterable[DatedRate], *, where: str) -> tuple[DatedRate, ...]:
    """Rates in order of their first days, each day once.

    Raises
    ------
    InvalidTypeError
        Not dated rates.
    InvalidValueError
        Two rates from one day.

    Examples
    --------
    >>> later, first = (DatedRate(date(year, 1, 1), Rate.per_year(0)) for year in (2026, 2025))
    >>> [rate.effective_on.year for rate in dated_rates((later, first), where="loan")]
    [2025, 2026]
    """
    rates = sorted(
        checked_tuple(items, DatedRate, f"{where}, rate"), key=lambda rate: rate.effective_on
    )
    for earlier, later in pairwise(rates):
        if earlier.effective_on == later.effective_on:
            raise InvalidValueError.at(
                f"{where}, rates",
                expected="one rate from each day",
                found=f"two from {later.effective_on}",
            )
    return tuple(rates)


def rate_on(rates: Sequence[DatedRate], day: Day) -> Rate | None:
    """The rate that a day bears; ``None`` before the first."""
    return next((each.rate for each in reversed(rates) if each.day <= day), None)
