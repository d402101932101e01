"""Collateral and guarantees of an account in whole numbers, checked against it.

The one idea: of one name and date at most one row stands at a time, the last that is known; what was reversed
comes first, and what was recorded in its place after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY
from delinquency.currency import Currency
from delinquency.event_rows import ALL, DayOf, day_or
from delinquency.events import AccountEvent, Collateral, Guarantee
from delinquency.finding_rows import check_one_stands

__all__ = ["CollateralRow", "GuaranteeRow", "collateral_rows", "guarantee_rows"]


class CollateralRow(NamedTuple):
    """A valuation of collateral in whole numbers, on ``[value_day, until)``."""

    value_day: int
    name: str
    value: int
    """Minor units."""
    assessed: int
    """Minor units; -1 where nobody assessed it."""
    until: int
    """2**31 - 1 while it secures."""
    recorded_day: int
    reversed_day: int
    """2**31 - 1 where it stands."""


class GuaranteeRow(NamedTuple):
    """What a guarantor answers for in whole numbers, on ``[value_day, until)``."""

    value_day: int
    name: str
    amount: int
    """Minor units; 0 where a share is given."""
    numerator: int
    """Of the share; 0 where an amount is given."""
    denominator: int
    until: int
    """2**31 - 1 while the guarantor answers."""
    recorded_day: int
    reversed_day: int
    """2**31 - 1 where it stands."""


def collateral_rows(
    events: Iterable[AccountEvent], currency: Currency, day_of: DayOf
) -> tuple[CollateralRow, ...]:
    """The valuations of collateral, in order of value date and id, of one of these the last recorded last.

    Raises
    ------
    InvalidValueError
        One before the account began; two of one id and date that both stand; an amount finer than the minor
        unit.
    """
    found: list[CollateralRow] = []
    for event in events:
        if not isinstance(event, Collateral):
            continue
        where = f"collateral {event.collateral_id!r}"
        day = day_of(where, "value_date", event.value_date)
        assessed = event.assessed_value
        row = CollateralRow(
            day,
            event.collateral_id,
            to_minor(event.value, currency, where=where, field="value"),
            ALL
            if assessed is None
            else to_minor(assessed, currency, where=where, field="assessed_value"),
            day_or(event.until, NONE_DAY),
            day_or(event.recorded_on, day),
            day_or(event.reversed_on, NONE_DAY),
        )
        if found and found[-1][:2] == row[:2]:
            check_one_stands(found[-1], row, where, "one value of collateral for a date")
        found.append(row)
    return tuple(found)


def guarantee_rows(
    events: Iterable[AccountEvent], currency: Currency, day_of: DayOf
) -> tuple[GuaranteeRow, ...]:
    """The guarantees, in order of value date and guarantor, of one of these the last recorded last.

    Raises
    ------
    InvalidValueError
        One before the account began; two of one guarantor and date that both stand; an amount finer than
        the minor unit.
    """
    found: list[GuaranteeRow] = []
    for event in events:
        if not isinstance(event, Guarantee):
            continue
        where = f"guarantee of {event.guarantor_id!r}"
        day = day_of(where, "value_date", event.value_date)
        amount, share = event.amount, event.share
        row = GuaranteeRow(
            day,
            event.guarantor_id,
            0 if amount is None else to_minor(amount, currency, where=where, field="amount"),
            0 if share is None else share.numerator,
            1 if share is None else share.denominator,
            day_or(event.until, NONE_DAY),
            day_or(event.recorded_on, day),
            day_or(event.reversed_on, NONE_DAY),
        )
        if found and found[-1][:2] == row[:2]:
            check_one_stands(found[-1], row, where, "one guarantee of a guarantor for a date")
        found.append(row)
    return tuple(found)
