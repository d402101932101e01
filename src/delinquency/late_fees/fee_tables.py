"""Amounts of fees that a text fixes by date and by repeat: safe harbours.

What a penalty fee may be is a list of amounts that a supervisor adjusts nearly every year. The one idea: a
row holds from its date up to the next one, each with its source; a date without a row is an error.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import attrs

from delinquency.amounts import to_minor
from delinquency.calendar import Day, day_number, to_date
from delinquency.citation import Citation, Verification
from delinquency.cited_tables import check_verified, warn_if_unverified
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, PolicyError, PolicyNotInForceError
from delinquency.identifiers import check_id
from delinquency.sequences import checked_tuple
from delinquency.validity import NO_DEFAULT
from delinquency.whole_numbers import check_least

__all__ = ["FeeRow", "FeeTable", "check_currency", "checked_citations"]


def checked_citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    """The sources of a table or of terms."""
    return checked_tuple(items, Citation, "fee table, citation")


def check_currency(currency: object, where: str) -> None:
    """Refuse what is no currency.

    Raises
    ------
    InvalidTypeError
        Not a ``Currency``.
    """
    if not isinstance(currency, Currency):
        raise InvalidTypeError.at(
            f"{where}, currency", expected="a Currency", found=currency, hint='Currency.of("USD")'
        )


@attrs.frozen(slots=True)
class FeeRow:
    """What a fee is from a day on: for a first violation, and for one that comes again.

    Parameters
    ----------
    effective_from : date
        The first day on which the row is in force, up to the next row.
    first, repeated : Decimal or int
        Amounts [currency units].
    citations : tuple of Citation, optional
    verification : Verification, optional
        How far the amounts were compared with their source; ``None`` for amounts of one's own.
    """

    effective_from: date
    first: Decimal | int
    repeated: Decimal | int
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=checked_citations)
    verification: Verification | None = None


def _rows(items: Iterable[FeeRow]) -> tuple[FeeRow, ...]:
    return checked_tuple(items, FeeRow, "fee table, row")


@attrs.frozen(slots=True, kw_only=True)
class FeeTable:
    """Amounts by date of assessment and by repeat: safe harbours of penalty fees.

    Parameters
    ----------
    name : str
    currency : Currency
    rows : tuple of FeeRow
        In order of date, each date once.
    repeat_window : int
        A violation counts as repeated if a fee was charged for one of the same type in the same billing
        cycle or in one of so many before it [cycles].
    effective_until : date, optional
        The day from which no row is in force any more.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Amounts or dates that are none; a window below 0.
    PolicyError
        No row, or rows out of order.

    Examples
    --------
    >>> table = FeeTable(name="house", currency=Currency.of("USD"), repeat_window=6,
    ...     rows=[FeeRow(date(2013, 1, 1), 25, 35), FeeRow(date(2014, 1, 1), 26, 37)])
    >>> [table.row_on(date(2013, 12, 31)).first, table.row_on(date(2014, 1, 1)).first]
    [25, 26]

    References
    ----------
    12 CFR 1026.52(b)(1)(ii).
    """

    name: str
    currency: Currency
    rows: tuple[FeeRow, ...] = attrs.field(converter=_rows)
    repeat_window: int
    effective_until: date | None = None
    days: tuple[Day, ...] = attrs.field(init=False, repr=False, eq=False)
    minor_rows: tuple[tuple[int, int], ...] = attrs.field(init=False, repr=False, eq=False)
    until_day: Day | None = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.name, where="fee table, name")
        where = f"fee table {self.name!r}"
        check_currency(self.currency, where)
        check_least(self.repeat_window, f"{where}, repeat_window", least=0)
        days = [
            day_number(row.effective_from, where=where, field="effective_from") for row in self.rows
        ]
        if not days or days != sorted(set(days)):
            raise PolicyError.at(
                f"{where}, rows",
                expected="rows in order of effective_from, each date once",
                found=", ".join(str(row.effective_from) for row in self.rows) or "none",
            )
        object.__setattr__(self, "days", tuple(days))
        object.__setattr__(self, "minor_rows", tuple(self._minor(row, where) for row in self.rows))
        object.__setattr__(self, "until_day", self._until(where))

    def _minor(self, row: FeeRow, where: str) -> tuple[int, int]:
        place = f"{where}, row of {row.effective_from}"
        check_verified(row.verification, row.citations, place)
        return (
            to_minor(row.first, self.currency, where=place, field="first"),
            to_minor(row.repeated, self.currency, where=place, field="repeated"),
        )

    def _until(self, where: str) -> Day | None:
        if self.effective_until is None:
            return None
        until = day_number(self.effective_until, where=where, field="effective_until")
        if until <= self.days[-1]:
            raise PolicyError.at(
                f"{where}, effective_until",
                expected=f"a day after the last row, {to_date(self.days[-1])}",
                found=str(self.effective_until),
            )
        return until

    def row_on(self, day: date) -> FeeRow:
        """The row in force on a day; warns if it was never compared with its text.

        Raises
        ------
        InvalidTypeError
            No date.
        PolicyNotInForceError
            Before the first row, or from ``effective_until`` on.
        """
        place = self.place_on(day_number(day, where="fee table", field="day"))
        self.warn_of(place)
        return self.rows[place]

    def place_on(self, day: Day) -> int:
        """The place, from 0, of the row in force on a day number; as :meth:`row_on`, without warning."""
        if day < self.days[0] or (self.until_day is not None and day >= self.until_day):
            end = f" until {self.effective_until} (excluded)" if self.effective_until else ""
            raise PolicyNotInForceError.at(
                f"fee table {self.name!r}",
                expected=f"a date in force: from {to_date(self.days[0])}{end}",
                found=str(to_date(day)),
                hint=NO_DEFAULT,
            )
        return bisect_right(self.days, day) - 1

    def warn_of(self, place: int) -> None:
        """Warn that the row of a place is used, if it was never compared with its text."""
        row = self.rows[place]
        warn_if_unverified(
            row.verification, f"fee table {self.name!r}, row of {row.effective_from}"
        )
