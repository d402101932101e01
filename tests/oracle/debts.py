"""What is owed, as somebody with a ruled page would keep it: one line a debt, one column a component.

The one idea: a debt knows what is open on it today, and every change of that is written down with its day
and its name. Amounts are fractions of a currency unit; nothing here is a whole number of cents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

NAMES = ("principal", "interest", "fees", "penalty")
NOTHING = Fraction(0)


@dataclass
class Debt:
    """An instalment row, a charge, a charge-back or an accelerated rest, with what is open today."""

    name: int | str
    due: date
    stands_with: tuple[Any, ...]
    """Its place in the order of payment: debts that agree in the first three stand together."""
    ranked_by: date
    appears_on: date
    closes_on: date | None
    owed: dict[str, Fraction]
    open: dict[str, Fraction] = field(default_factory=dict)
    written: dict[str, Fraction] = field(default_factory=dict)
    """Written off and not recovered."""
    let_off: Counter[str] = field(default_factory=Counter)
    """Waived or written off, ever."""
    in_force: bool = False

    @property
    def is_row(self) -> bool:
        return isinstance(self.name, int)

    @property
    def oldest_first(self) -> tuple[Any, ...]:
        return self.due, self.stands_with

    def counted(self, names: list[str]) -> Fraction:
        found = NOTHING
        for name in names:
            amount = self.open.get(name)
            if amount:
                found = found + amount if found else amount
        return found

    def everything(self) -> Fraction:
        return sum(self.open.values(), NOTHING)


Move = tuple[date, str, int | str, str]
"""Day, name of what happened, debt, component."""


class Page:
    """Every debt of an account in order of payment, and every move of an amount."""

    def __init__(self, debts: list[Debt]) -> None:
        self.debts = sorted(debts, key=lambda debt: debt.stands_with)
        self.moves: Counter[Move] = Counter()
        self.gone_today: list[tuple[str, Fraction]] = []
        """Component and amount of what was settled, waived or written off today."""

    def add(self, debt: Debt) -> None:
        self.debts = sorted([*self.debts, debt], key=lambda one: one.stands_with)

    def standing(self) -> list[Debt]:
        return [debt for debt in self.debts if debt.in_force]

    def oldest_first(self) -> list[Debt]:
        return sorted(self.standing(), key=lambda debt: debt.oldest_first)

    def open_in_all(self) -> Fraction:
        return sum((debt.everything() for debt in self.standing()), NOTHING)

    def enter(self, today: date, debt: Debt) -> None:
        debt.in_force, debt.open = True, dict(debt.owed)
        for name, amount in debt.owed.items():
            self.note(today, "charged", debt, name, amount)

    def charge(self, today: date, debt: Debt, name: str, amount: Fraction) -> None:
        """Add to what is open of a debt."""
        debt.open[name] = debt.open.get(name, NOTHING) + amount
        self.note(today, "charged", debt, name, amount)

    def leave(self, today: date, debt: Debt) -> None:
        for name, amount in debt.open.items():
            self.note(today, "superseded", debt, name, amount)
        debt.in_force, debt.open = False, {}

    def take(self, today: date, kind: str, debt: Debt, name: str, most: Fraction) -> Fraction:
        """Take at most so much from what is open; how much it was."""
        amount = min(most, debt.open.get(name, NOTHING))
        if amount:
            debt.open[name] -= amount
            self.gone_today.append((name, amount))
            if kind in ("waived", "written_off"):
                debt.let_off[name] += amount
            if kind == "written_off":
                debt.written[name] = debt.written.get(name, NOTHING) + amount
            self.note(today, kind, debt, name, amount)
        return amount

    def note(self, today: date, kind: str, debt: Debt, name: str, amount: Fraction) -> None:
        if amount:
            self.moves[today, kind, debt.name, name] += amount

    def units(self) -> Iterator[list[Debt]]:
        """Debts that stand together in the order of payment."""
        for _, unit in groupby(self.debts, key=lambda debt: debt.stands_with[:3]):
            yield list(unit)


def debts_of(account: Any, knows: Any) -> list[Debt]:
    """Every debt that facts make; ``knows`` says whether a fact counts at the cut."""
    return [*_rows(account), *_charges(account, knows), *_charge_backs(account, knows)]


def ranks_by(account: Any, row: Any) -> date:
    """A loan ranks by due date, the row of a card by the day on which it was billed."""
    if account.product.value == "card":
        billed = row.in_force_from or account.originated_on
        return min(row.due_date, max(account.originated_on, billed))
    return row.due_date


def _rows(account: Any) -> Iterator[Debt]:
    first = account.originated_on
    for number, row in enumerate(account.schedule.instalments, start=1):
        ranked_by = ranks_by(account, row)
        yield Debt(
            name=number,
            due=row.due_date,
            stands_with=(ranked_by, 0, number, 0),
            ranked_by=ranked_by,
            appears_on=max(first, row.in_force_from or first),
            closes_on=row.in_force_until,
            owed={name: Fraction(getattr(row, name)) for name in NAMES[:3]},
        )


def _charges(account: Any, knows: Any) -> Iterator[Debt]:
    charges = sorted(account.charges, key=lambda one: (one.due_date, one.charge_id))
    for place, charge in enumerate(charges, start=1):
        enters_on = charge.charged_on or charge.due_date
        if not knows(charge, enters_on):
            continue
        ranked_by, group = charge.due_date, (1, place)
        if charge.instalment_no is not None:
            row = account.schedule.instalments[charge.instalment_no - 1]
            ranked_by, group = ranks_by(account, row), (0, charge.instalment_no)
        yield Debt(
            name=charge.charge_id,
            due=charge.due_date,
            stands_with=(ranked_by, *group, place),
            ranked_by=ranked_by,
            appears_on=enters_on,
            closes_on=None,
            owed={charge.component.value: Fraction(charge.amount)},
        )


def _charge_backs(account: Any, knows: Any) -> Iterator[Debt]:
    events = [event for event in account.events if type(event).__name__ == "ChargeBack"]
    events.sort(key=lambda event: (event.value_date, event.charge_back_id))
    for place, event in enumerate(events, start=1):
        if knows(event, event.value_date):
            yield Debt(
                name=event.charge_back_id,
                due=event.value_date,
                stands_with=(event.value_date, 2, place, 0),
                ranked_by=event.value_date,
                appears_on=event.value_date,
                closes_on=None,
                owed={name: Fraction(getattr(event, name)) for name in NAMES},
            )
