"""A table after prepayments, and the schedule of rows that were closed and added for them.

The one idea: what was agreed before stays on record. A row that a prepayment changes is closed on its day
and another begins on it, so that an account counts rightly on every day before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import attrs

from delinquency.amortisation.lender_flows import day_of_loan, lender_flows
from delinquency.amortisation.prepayment import PrepaymentOutcome
from delinquency.amortisation.row import Row, net_of_interest, owed_instalment
from delinquency.amortisation.shown import EARLY, ShownTable, cells_of, heads_of
from delinquency.amortisation.table import (
    AmortisationRow,
    AmortisationTable,
    instalment_fields,
)
from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import Day, day_number, to_date
from delinquency.decimals import exact_sum
from delinquency.schedule import Schedule

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms
    from delinquency.currency import Currency
    from delinquency.returns import CashFlow

__all__ = ["ChangedTable", "DatedRows", "credit_left"]


@attrs.frozen(slots=True, repr=False)
class ChangedTable(ShownTable):
    """The instalments of a loan after prepayments; made by ``prepay``.

    Attributes
    ----------
    before : AmortisationTable
        The table that was agreed.
    rows : tuple of AmortisationRow
        The instalments as they stand after the last prepayment. The opening balance of a row is that
        after what was prepaid in its period.
    outcomes : tuple of PrepaymentOutcome
    schedule : Schedule
        Every row that was ever in force, with ``in_force_from`` and ``in_force_until``, and a row for
        each prepayment.
    """

    before: AmortisationTable
    rows: tuple[AmortisationRow, ...]
    outcomes: tuple[PrepaymentOutcome, ...]
    schedule: Schedule

    @property
    def terms(self) -> RepaymentTerms:
        """The terms that were agreed."""
        return self.before.terms

    def numbered_dates(self) -> list[tuple[int, date, date]]:
        """Number, due date and nominal due date of each row."""
        return [(row.number, row.due_date, row.nominal_due_date) for row in self.rows]

    @property
    def minor_rows(self) -> tuple[Row, ...]:
        """The rows in minor units."""
        make = partial(to_minor, currency=self.terms.currency, where="table", allow_negative=True)
        return tuple(
            Row(
                make(row.opening_balance),
                make(row.principal),
                make(row.interest),
                make(row.fees),
                make(row.capitalised),
                make(row.closing_balance),
            )
            for row in self.rows
        )

    def minor_credits(self) -> Iterator[tuple[Day, int]]:
        """Of each that is only held, or that used what was: its day, and the amount."""
        for outcome in self.outcomes:
            if outcome.credit:
                day = day_number(outcome.prepayment.paid_on, where="table", field="paid_on")
                currency = self.terms.currency
                yield day, to_minor(outcome.credit, currency, where="table", allow_negative=True)

    def minor_prepayments(self) -> Iterator[tuple[Day, int, int, int]]:
        """Of each that repaid principal: its day, what it repaid and paid of interest, the balance after."""
        make = partial(to_minor, currency=self.terms.currency, where="table", allow_negative=True)
        for outcome in self.outcomes:
            if outcome.principal:
                day = day_number(outcome.prepayment.paid_on, where="table", field="paid_on")
                yield day, make(outcome.principal), make(outcome.interest), make(outcome.balance)

    @property
    def total_interest(self) -> Decimal:
        """All interest, due, capitalised or paid with prepayments [currency units]."""
        return exact_sum(
            (
                *(row.interest for row in self.rows),
                *(row.capitalised for row in self.rows),
                *(outcome.interest for outcome in self.outcomes),
            )
        )

    @property
    def interest_saved(self) -> Decimal:
        """By how much that is less than was agreed [currency units]."""
        return exact_sum((self.before.total_interest, self.total_interest.copy_negate()))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[AmortisationRow]:
        return iter(self.rows)

    def __getitem__(self, place: int) -> AmortisationRow:
        return self.rows[place]

    def cash_flows(self, *, upfront_fees: Decimal | int = Decimal(0)) -> tuple[CashFlow, ...]:
        """The flows as the lender sees them, for ``delinquency.returns.xirr``.

        The principal is paid out on the day of the loan, or one period before the first due date;
        instalments are received on their due dates, prepayments with their fees on their days. What is
        only held is received with the instalments that it pays.

        Parameters
        ----------
        upfront_fees : Decimal or int, default 0
            What the lender keeps back on that day (一次性手续费) [currency units].
        """
        received = [(row.due_date, row.payment) for row in self.rows]
        received += [
            (
                outcome.prepayment.paid_on,
                exact_sum((outcome.principal, outcome.interest, outcome.fee)),
            )
            for outcome in self.outcomes
            if outcome.principal
        ]
        return lender_flows(day_of_loan(self.terms), self.terms.principal, received, upfront_fees)

    @property
    def total_payment(self) -> Decimal:
        """All instalments and what was paid with prepayments [currency units]."""
        return exact_sum(flow.amount for flow in self.cash_flows()[1:])

    def _currency(self) -> Currency:
        return self.terms.currency

    def _cells(self, lang: str) -> list[tuple[str, ...]]:
        early = [_early_row(outcome) for outcome in self.outcomes if outcome.principal]
        marked = [(row, False) for row in self.rows] + [(row, True) for row in early]
        marked.sort(key=lambda entry: entry[0].due_date)
        fields = instalment_fields(row for row, _ in marked)
        lines = [(cells_of(row, fields), is_early) for row, is_early in marked]
        return [
            heads_of(fields, lang),
            *((EARLY[lang], *line[1:]) if is_early else line for line, is_early in lines),
        ]

    def __repr__(self) -> str:
        currency = self.terms.currency.code
        return (
            f"ChangedTable({len(self)} instalments after {len(self.outcomes)} prepayments, "
            f"{self.interest_saved} {currency} of interest saved)"
        )


def _early_row(outcome: PrepaymentOutcome) -> AmortisationRow:
    """A prepayment as a row."""
    paid_on = outcome.prepayment.paid_on
    return AmortisationRow(
        number=0,
        due_date=paid_on,
        nominal_due_date=paid_on,
        opening_balance=exact_sum((outcome.balance, outcome.principal)),
        principal=outcome.principal,
        interest=outcome.interest,
        fees=outcome.fee,
        capitalised=Decimal(0),
        closing_balance=outcome.balance,
    )


@attrs.define(slots=True)
class _Entry:
    """A row of the schedule while it is put together."""

    due_date: date
    amounts: tuple[int, int, int]
    since: date | None = None
    until: date | None = None


class DatedRows:
    """The rows of a schedule by place, closed and added as prepayments come."""

    def __init__(self, table: AmortisationTable) -> None:
        self.currency = table.terms.currency
        self.dates = table.numbered_dates()
        self.first = self.dates[0][0]
        self.closed: list[_Entry] = []
        self.current: dict[int, _Entry] = {
            number: _Entry(due, _amounts(Row._make(row)))
            for (number, due, _), row in zip(self.dates, table.rows, strict=True)
        }
        self.broken = table.rows[0] if self.first == 0 else None

    def due_days(self) -> list[Day]:
        """Of the periods, in order."""
        return [
            day_number(due, where="table", field="due_date")
            for number, due, _ in self.dates
            if number
        ]

    def change(self, place: int, day: Day, rows: list[Row], paid: tuple[int, int, int]) -> None:
        """From ``day`` on the rows from ``place`` on are others, and ``paid`` falls due that day."""
        since = to_date(day)
        for number, due_date, _ in self.dates:
            if number <= place:
                continue
            amounts = _amounts(rows[number - 1]) if number <= len(rows) else (0, 0, 0)
            entry = self.current.get(number)
            if entry is not None and entry.amounts == amounts:
                continue
            if entry is not None:
                self._close(number, since)
            if any(amounts):
                self.current[number] = _Entry(due_date, amounts, since)
        self._add(since, paid)

    def _close(self, number: int, day: date) -> None:
        entry = self.current.pop(number)
        entry.until = day
        self.closed.append(entry)

    def _add(self, day: date, paid: tuple[int, int, int]) -> None:
        """The prepayment as a row; merged with an instalment of the same day."""
        paid = net_of_interest(paid)
        same = [number for number, entry in self.current.items() if entry.due_date == day]
        for number in same:
            old = self.current[number].amounts
            paid = (paid[0] + old[0], paid[1] + old[1], paid[2] + old[2])
            self._close(number, day)
        self.closed.append(_Entry(day, paid, day))

    def schedule(self) -> Schedule:
        """All of them in order."""
        entries = [*self.closed, *self.current.values()]
        entries.sort(key=lambda entry: (entry.due_date, entry.since or date.min))
        return Schedule(
            self.currency,
            [
                owed_instalment(
                    entry.due_date,
                    entry.amounts,
                    self.currency,
                    where=f"schedule, instalment due {entry.due_date}",
                    in_force_from=entry.since,
                    in_force_until=entry.until,
                )
                for entry in entries
            ],
        )

    def table_rows(self, rows: list[Row]) -> tuple[AmortisationRow, ...]:
        """The rows as they stand, with their dates."""
        all_rows = rows if self.broken is None else [Row._make(self.broken), *rows]
        return tuple(
            AmortisationRow(
                number=number,
                due_date=due,
                nominal_due_date=nominal,
                opening_balance=from_minor(row.opening, self.currency),
                principal=from_minor(row.principal, self.currency),
                interest=from_minor(row.interest, self.currency),
                fees=from_minor(row.fees, self.currency),
                capitalised=from_minor(row.capitalised, self.currency),
                closing_balance=from_minor(row.closing, self.currency),
            )
            for (number, due, nominal), row in zip(self.dates, all_rows, strict=False)
        )


def credit_left(
    held: Iterable[tuple[Day, int]], dues: Iterable[tuple[Day, int]], as_of: Day
) -> int:
    """What is left, at the close of a day, of money held for the instalments that fell due since."""
    moved = [(day, -due) for day, due in dues]
    moved += [(day, amount) for day, amount in held if day <= as_of]
    credit = 0
    for _, amount in sorted(moved):  # of one day, the instalment comes first
        credit = max(credit + amount, 0)
    return credit


def _amounts(row: Row) -> tuple[int, int, int]:
    return net_of_interest((row.principal, row.interest, row.fees))
