"""What fell due, and when: the obligation side of an account.

The one idea: a schedule is a list of dated rows, and a change of schedule never edits a row. It closes
rows (``in_force_until``) and adds rows (``in_force_from``), so that any past date can still be asked.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import MAX_MINOR, check_amount, from_minor, to_minor
from delinquency.calendar import NONE_DAY, day_number
from delinquency.currency import Currency
from delinquency.decimals import exact_sum
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.schedule_text import schedule_html, schedule_text
from delinquency.sequences import checked_tuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Instalment", "Schedule"]


@attrs.frozen(slots=True)
class Instalment:
    """One row of a schedule: what falls due on a date, in components.

    Parameters
    ----------
    due_date : date
        The day by whose close the amount is to be paid; where a calendar moved it, the moved day.
    principal, interest, fees : Decimal or int, default 0
        Amounts due [currency units], not negative, exact to the minor unit.
    in_force_from, in_force_until : date, optional
        The row is in force on ``[in_force_from, in_force_until)``: at the start of the day
        ``in_force_until`` its open amount leaves the ledger as *superseded*. ``None`` means since
        origination, and for good.

    Raises
    ------
    InvalidTypeError
        A ``float``, ``str`` or ``bool`` amount; a ``datetime`` for a ``date``.
    InvalidValueError
        A negative amount; a date outside 1900-2200; an empty validity.

    Examples
    --------
    >>> from datetime import date
    >>> Instalment(date(2025, 1, 31), Decimal("100.00"), Decimal("1.25")).total
    Decimal('101.25')
    """

    due_date: date
    principal: Decimal | int = Decimal(0)
    interest: Decimal | int = Decimal(0)
    fees: Decimal | int = Decimal(0)
    in_force_from: date | None = None
    in_force_until: date | None = None

    def __attrs_post_init__(self) -> None:
        day_number(self.due_date, where="instalment", field="due_date")
        for field in ("principal", "interest", "fees"):
            check_amount(getattr(self, field), where=f"instalment, {field}", positive=False)
        start = self.in_force_from
        end = self.in_force_until
        if start is not None:
            day_number(start, where="instalment", field="in_force_from")
        if end is not None:
            day_number(end, where="instalment", field="in_force_until")
        if start is not None and end is not None and end <= start:
            raise InvalidValueError.at(
                f"instalment due {self.due_date}",
                expected=f"in_force_until after in_force_from {start}",
                found=str(end),
                hint="A row is in force on [in_force_from, in_force_until).",
            )

    @property
    def total(self) -> Decimal:
        """Everything due on the row [currency units]."""
        return exact_sum((self.principal, self.interest, self.fees))


def _instalments(items: Iterable[Instalment]) -> tuple[Instalment, ...]:
    return checked_tuple(items, Instalment, "schedule, instalment")


@attrs.frozen(slots=True)
class Schedule:
    """The instalments of an account, in order of due date, in one currency.

    Parameters
    ----------
    currency : Currency
        Of every amount.
    instalments : tuple of Instalment
        At least one, in order of ``due_date``. Two rows of one date are accepted only where they
        are never in force together.

    Attributes
    ----------
    is_changed : bool
        Whether any row begins or ends being in force after origination.

    Raises
    ------
    InvalidValueError
        No row; rows out of order; two rows of one date in force together; an amount finer than
        the minor unit; a sum over 10**15 minor units.

    Examples
    --------
    >>> from datetime import date
    >>> rows = (Instalment(date(2025, 1, 31), Decimal("100")),
    ...         Instalment(date(2025, 2, 28), Decimal("100")))
    >>> print(Schedule(Currency.of("CNY"), rows))
    CNY
    no.    due date   total  principal  interest  fees
      1  2025-01-31  100.00     100.00      0.00  0.00
      2  2025-02-28  100.00     100.00      0.00  0.00
    """

    currency: Currency
    instalments: tuple[Instalment, ...] = attrs.field(converter=_instalments)
    due_days: tuple[int, ...] = attrs.field(init=False, repr=False, eq=False)
    minor: tuple[tuple[int, int, int], ...] = attrs.field(init=False, repr=False, eq=False)
    validity_days: tuple[tuple[int, int], ...] = attrs.field(init=False, repr=False, eq=False)
    is_changed: bool = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.currency, Currency):
            raise InvalidTypeError.at(
                "schedule, currency",
                expected="a Currency",
                found=self.currency,
                hint='Currency.of("CNY")',
            )
        if not self.instalments:
            raise InvalidValueError.at("schedule", expected="at least one instalment", found="none")
        put = object.__setattr__
        put(self, "due_days", tuple(_day(row.due_date) for row in self.instalments))
        put(self, "validity_days", tuple(_validity(row) for row in self.instalments))
        always = (-NONE_DAY, NONE_DAY)
        put(self, "is_changed", any(pair != always for pair in self.validity_days))
        put(self, "minor", tuple(self._minor_rows()))
        self._check_order()
        total = sum(map(sum, self.minor))
        if total > MAX_MINOR:
            raise InvalidValueError.at(
                "schedule",
                expected=f"amounts that sum to at most {MAX_MINOR} minor units",
                found=total,
            )

    def _minor_rows(self) -> Iterator[tuple[int, int, int]]:
        currency = self.currency
        for number, row in enumerate(self.instalments, start=1):
            where = f"instalment {number}"
            yield (
                to_minor(row.principal, currency, where=where, field="principal"),
                to_minor(row.interest, currency, where=where, field="interest"),
                to_minor(row.fees, currency, where=where, field="fees"),
            )

    def _check_order(self) -> None:
        rows = self.instalments
        last_end_of_date = -NONE_DAY
        for index in range(1, len(rows)):
            earlier, later = rows[index - 1], rows[index]
            if later.due_date < earlier.due_date:
                raise InvalidValueError.at(
                    f"instalment {index + 1}",
                    expected=f"due_date on or after {earlier.due_date}",
                    found=str(later.due_date),
                    hint="Instalments must be in date order.",
                )
            if later.due_date > earlier.due_date:
                last_end_of_date = -NONE_DAY
                continue
            start = self.validity_days[index][0]
            last_end_of_date = max(last_end_of_date, self.validity_days[index - 1][1])
            if start < last_end_of_date:
                raise InvalidValueError.at(
                    f"instalment {index + 1}",
                    expected=f"one row in force for the due date {later.due_date}",
                    found="two",
                    hint="Merge the amounts into one row, or close the earlier row with "
                    "in_force_until.",
                )

    @property
    def total(self) -> Decimal:
        """The sum of all rows, whether in force or not [currency units]."""
        return from_minor(sum(map(sum, self.minor)), self.currency)

    def to_text(self, lang: str = "en") -> str:
        """The rows as aligned lines; of a long schedule the first and the last, and how many are left out.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language of the heads.

        Raises
        ------
        InvalidValueError
            No heads in ``lang``.
        """
        return schedule_text(self.currency.code, self._text_rows(), lang)

    def _repr_html_(self) -> str:
        return schedule_html(self.currency.code, self._text_rows())

    def _text_rows(self) -> list[tuple[str, ...]]:
        """Number, due date and amounts of each row, and from when to when it is in force if any changed."""
        found: list[tuple[str, ...]] = []
        for number, (row, minor) in enumerate(zip(self.instalments, self.minor, strict=True), 1):
            amounts = (from_minor(each, self.currency) for each in (sum(minor), *minor))
            days = (row.in_force_from, row.in_force_until) if self.is_changed else ()
            found.append(
                (
                    str(number),
                    row.due_date.isoformat(),
                    *(f"{amount:,}" for amount in amounts),
                    *("" if day is None else day.isoformat() for day in days),
                )
            )
        return found

    def __str__(self) -> str:
        return self.to_text()

    def __len__(self) -> int:
        return len(self.instalments)

    def __iter__(self) -> Iterator[Instalment]:
        return iter(self.instalments)

    def __getitem__(self, index: int) -> Instalment:
        return self.instalments[index]


def _day(value: date) -> int:
    return day_number(value, where="instalment", field="due_date")


def _validity(row: Instalment) -> tuple[int, int]:
    start = -NONE_DAY if row.in_force_from is None else _day(row.in_force_from)
    end = NONE_DAY if row.in_force_until is None else _day(row.in_force_until)
    return start, end
