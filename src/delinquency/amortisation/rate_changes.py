"""Rates that change while a loan runs, and what a change changes.

The one idea: a rate has a first day. Interest of that day bears it; a payment is solved with what was
known on its day.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

import attrs

from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import Rate, RatePeriod

__all__ = ["RateChange", "RateChangeEffect", "check_annual_rate"]


class RateChangeEffect(Enum):
    """What a change of rate changes.

    ``NEW_PAYMENT``: the payment of an annuity is solved anew, the term stays (调整月供).
    ``NEW_TERM``: the payment stays, instalments are added or left out (月供不变，调整期限).
    """

    NEW_PAYMENT = "new_payment"
    NEW_TERM = "new_term"


@attrs.frozen(slots=True)
class RateChange:
    """From a day on, another annual rate; interest of that day bears the new one.

    Parameters
    ----------
    effective_on : date
    annual_rate : Rate
        The nominal rate per year.
    """

    effective_on: date
    annual_rate: Rate

    def __attrs_post_init__(self) -> None:
        day_number(self.effective_on, where="rate change", field="effective_on")
        check_annual_rate(self.annual_rate, "rate change, annual_rate")


def check_annual_rate(rate: object, where: str) -> None:
    """Refuse what is no rate per year.

    Raises
    ------
    InvalidTypeError
        Not a rate.
    InvalidValueError
        A rate per month or day.
    """
    if not isinstance(rate, Rate):
        raise InvalidTypeError.at(
            where,
            expected="an instance of Rate",
            found=rate,
            hint='Write Rate.per_year("0.0435").',
        )
    if rate.period is not RatePeriod.YEAR:
        raise InvalidValueError.at(
            where,
            expected="a rate per year",
            found=str(rate),
            hint="A rate per month times 12 is the nominal rate per year.",
        )
