"""The terms of a contract as values: numbers, dates and cycles out of the text they are given in."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final, NamedTuple

from delinquency import (
    NO_HOLIDAYS,
    WEEKENDS_ONLY,
    BusinessDayConvention,
    EndOfMonth,
    Frequency,
    Stub,
    adjust,
    period_dates,
)

__all__ = ["Contract", "Instant"]

CONVENTIONS: Final = {
    "F": BusinessDayConvention.FOLLOWING,
    "MF": BusinessDayConvention.MODIFIED_FOLLOWING,
    "P": BusinessDayConvention.PRECEDING,
    "MP": BusinessDayConvention.MODIFIED_PRECEDING,
}
CALENDARS: Final = {"MF": WEEKENDS_ONLY, "NC": NO_HOLIDAYS}
STUBS: Final = {"0": Stub.LONG_FINAL, "1": Stub.SHORT_FINAL}
NEUTRAL: Final = {
    "contractID",
    "contractType",
    "creatorID",
    "counterpartyID",
    "contractDealDate",
    "currency",
    "fixingDays",
    "xDayNotice",
}
"""Terms that move no cash flow of these contracts."""


class Instant(NamedTuple):
    """The day to which interest is counted, the day of payment, and the time that is listed."""

    accrues_to: date
    due: date
    shown: str

    @classmethod
    def of(cls, accrues_to: date, due: date) -> Instant:
        return cls(accrues_to, due, f"{due.isoformat()}T00:00:00")


class Contract:
    """One case; every term that is read is struck off, so that none is passed over in silence."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.terms = {key: value for key, value in case["terms"].items() if key not in NEUTRAL}
        self.unread = set(self.terms)
        self.observed = case["dataObserved"]
        self.analysed_to = case["to"]
        self.kind = case["terms"]["contractType"]

    def text(self, name: str, default: str = "") -> str:
        self.unread.discard(name)
        return str(self.terms.get(name, default)).strip()

    def number(self, name: str, default: str = "0") -> Fraction:
        return Fraction(self.text(name, default))

    def given(self, name: str) -> bool:
        self.unread.discard(name)
        return bool(self.terms.get(name))

    def array(self, name: str) -> list[str]:
        self.unread.discard(name)
        value = self.terms.get(name, [])
        return [str(item).strip() for item in (value if isinstance(value, list) else [value])]

    def day(self, name: str) -> date:
        return datetime.fromisoformat(self.text(name)).date()

    def instant(self, name: str) -> Instant:
        """A date of the terms, never shifted; the last second of a day is the next for interest."""
        moment = datetime.fromisoformat(self.text(name))
        ends_day = (moment.hour, moment.minute, moment.second) == (23, 59, 59)
        day = moment.date() + timedelta(days=ends_day)
        return Instant(day, day, moment.isoformat())

    @property
    def sign(self) -> int:
        return {"RPA": 1, "RPL": -1}[self.text("contractRole", "RPA")]

    @property
    def keeps_month_ends(self) -> bool:
        return self.text("endOfMonthConvention", "SD") == "EOM"

    def dates(self, anchor: date, cycle: str, end: date) -> list[date]:
        """Nominal dates from the anchor to the end, both included."""
        if anchor >= end:
            return [anchor] if anchor == end else []
        if not cycle:
            return [anchor, end]
        frequency, stub = cycle_of(cycle)
        return list(
            period_dates(
                anchor,
                end,
                frequency=frequency,
                stub=stub,
                roll=EndOfMonth() if self.keeps_month_ends and frequency.months else None,
            ).nominal
        )

    def shifted(self, nominal: date) -> Instant:
        """A date of a cycle by the business day convention."""
        convention, calendar = self.text("businessDayConvention"), self.text("calendar", "NC")
        if not convention:
            return Instant.of(nominal, nominal)
        moved = adjust(
            nominal, convention=CONVENTIONS[convention[2:]], calendar=CALENDARS[calendar]
        )
        return Instant.of(moved if convention.startswith("SC") else nominal, moved)

    def rate_observed(self, code: str, on: date) -> Fraction:
        """The value at a day, else the last before."""
        values = {
            datetime.fromisoformat(row["timestamp"]).date(): Fraction(str(row["value"]).strip())
            for row in self.observed[code]["data"]
        }
        return values[max(day for day in values if day <= on)]


def cycle_of(text: str) -> tuple[Frequency, Stub]:
    """``P1ML0``: a period and what becomes of the days left over."""
    found = re.fullmatch(r"(P\d+[DWMY])L([01])", text)
    assert found, text
    return Frequency.of(found[1]), STUBS[found[2]]
