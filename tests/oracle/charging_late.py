"""Late fees in the life of an account: read aloud at the close of their days, and added to the page.

The one idea: on which days a fee may come is counted from the due date of each row alone; each such day is
given its number, and at its close the terms are read to what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from tests.oracle.debts import NAMES, NOTHING, Debt, Page, ranks_by
from tests.oracle.late_fees_by_hand import EPOCH, fee_days, fee_of

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Possible:
    """A fee that may come, and the debt that it would be."""

    day: date
    terms: int
    row: int
    number: int
    due: date
    ranked_by: date


class LateFees:
    """The late fees of one account under the terms of a policy."""

    def __init__(self, account: Any, all_terms: Any, page: Page, last: date) -> None:
        self.account, self.all_terms, self.page = account, all_terms, page
        self.cent = Fraction(1, 10**account.currency.minor_unit)
        self.possible = list(self._possible(last))
        self.charged: list[Possible] = []
        self.names: set[str] = set()

    def _possible(self, last: date) -> Iterator[Possible]:
        found = sorted(
            (day, place, number)
            for number, row in enumerate(self.account.schedule.instalments, start=1)
            for place, terms in enumerate(self.all_terms)
            for day in fee_days(terms, row.due_date, last + ONE_DAY)
            if row.in_force_from is None or row.in_force_from <= day
            if row.in_force_until is None or day < row.in_force_until
        )
        for number, (day, place, row) in enumerate(found, start=1):
            terms = self.all_terms[place]
            due = ranked_by = day + terms.due_in_days * ONE_DAY
            if terms.due_with_instalment:
                named = self.account.schedule.instalments[row - 1]
                due, ranked_by = named.due_date, ranks_by(self.account, named)
            yield Possible(day, place, row, number, due, ranked_by)

    def may_come_on(self, today: date) -> bool:
        return any(fee.day == today for fee in self.possible)

    def close(self, today: date, is_unsettled: Any, takings: Any) -> set[str]:
        """Charge the fees of a day; ``takings`` are the settlements by day and debt. The names of those that came."""
        before = set(self.names)
        for fee in self.possible:
            if fee.day == today:
                self._charge(today, fee, is_unsettled, takings)
        return self.names - before

    def _charge(self, today: date, fee: Possible, is_unsettled: Any, takings: Any) -> None:
        row = next(debt for debt in self.page.debts if debt.name == fee.row)
        if not row.in_force or not is_unsettled(today, row):
            return
        terms = self.all_terms[fee.terms]
        amount = fee_of(terms, self._facts(today, fee, row, takings)) * self.cent
        if not amount:
            return
        debt = self._debt(today, fee, amount)
        self.page.add(debt)
        self.page.enter(today, debt)
        self.charged.append(fee)
        self.names.add(debt.name)

    def _debt(self, today: date, fee: Possible, amount: Fraction) -> Debt:
        terms = self.all_terms[fee.terms]
        stands_with = (fee.due, 4, fee.number, 0)
        if terms.due_with_instalment:
            stands_with = (fee.ranked_by, 0, fee.row, fee.number)
        return Debt(
            name=f"late-fee-{fee.number}",
            due=fee.due,
            stands_with=stands_with,
            ranked_by=fee.ranked_by,
            appears_on=today,
            closes_on=None,
            owed={terms.component.value: amount},
        )

    def _facts(self, today: date, fee: Possible, row: Debt, takings: Any) -> SimpleNamespace:
        def minor(amount: Fraction) -> int:
            return int(amount / self.cent)

        owed = minor(sum(row.owed.values(), NOTHING))
        name = self.all_terms[fee.terms].name
        earlier = [
            one
            for one in self.charged
            if self.all_terms[one.terms].name == name and one.row < fee.row
        ]
        principal = [debt.open.get("principal", NOTHING) for debt in self.page.standing()]
        return SimpleNamespace(
            day=(today - EPOCH).days,
            open_amounts=tuple(minor(row.open.get(name, NOTHING)) for name in NAMES),
            contractual_amount=owed,
            required_minimum=owed,
            unpaid_minimum=minor(row.everything()),
            outstanding_principal=minor(sum(principal, NOTHING)),
            cycle=fee.row,
            fee_cycles=[one.row for one in earlier],
            fees_charged=sum(one.row == fee.row for one in self.charged),
            open_late_fees=0,
            taken_by_late_fees=minor(self._taken(fee, takings)),
        )

    def _taken(self, fee: Possible, takings: Any) -> Fraction:
        """Money in time for a row, after the row before, that went to late fees."""
        rows = self.account.schedule.instalments
        since = rows[fee.row - 2].due_date if fee.row > 1 else self.account.originated_on - ONE_DAY
        until = rows[fee.row - 1].due_date + self.all_terms[fee.terms].wait_days * ONE_DAY
        return sum(
            (
                amount
                for (day, kind, name, _), amount in takings.items()
                if kind == "settled" and name in self.names and since < day <= until
            ),
            NOTHING,
        )
