"""Money poured over a page of debts, one step of an order after the other.

The one idea: money stands in a jug. A step names the debts it may fill and the components of them; each
debt is filled until it is settled or the jug is empty. What no step could place is held, or a credit.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from tests.oracle.debts import NOTHING, Debt, Page


class Purse:
    """Money that waits, and what has been settled with money so far."""

    def __init__(self, page: Page, cent: Fraction) -> None:
        self.page, self.cent = page, cent
        self.held: dict[str, Fraction] = {}
        """By kind of money."""
        self.credit = NOTHING

    def unallocated(self) -> Fraction:
        return sum(self.held.values(), self.credit)

    def pour(self, today: date, kind: str, money: Fraction, order: Any) -> None:
        """Settle by an order; what is left is held, or a credit that settles nothing later."""
        excess = order.excess.value
        for state, run in groupby(order.steps, key=lambda step: step.state.value):
            components = [step.component.value for step in run]
            for phase in _phases(order, components):
                units = self._units(today, state)
                if state == "in_advance" and excess == "reamortise":
                    money = self._share(today, money, phase, units)
                    continue
                if state == "in_advance" and excess == "last_instalment":
                    units.reverse()
                money = self._fill(today, money, phase, units)
        if excess == "to_balance":
            units = self._units(today, "in_advance")[::-1]
            self.credit += self._fill(today, money, ["principal"], units)
        elif money:
            self.held[kind] = self.held.get(kind, NOTHING) + money

    def recover(self, today: date, money: Fraction, order: Any) -> Fraction:
        """Settle what was written off, in the place in which it would have been settled."""
        components = list(dict.fromkeys(step.component.value for step in order.steps))
        for phase in _phases(order, components):
            for unit in self.page.units():
                for name in phase:
                    for debt in unit:
                        used = min(money, debt.written.get(name, NOTHING))
                        if used:
                            debt.written[name] -= used
                            money -= used
                            self.page.note(today, "recovered", debt, name, used)
        return money

    def _units(self, today: date, state: str) -> list[list[Debt]]:
        members = [
            [debt for debt in unit if debt.in_force and _state(debt, today) == state]
            for unit in self.page.units()
        ]
        return [unit for unit in members if unit]

    def _fill(
        self, today: date, money: Fraction, names: list[str], units: list[list[Debt]]
    ) -> Fraction:
        for unit in units:
            for name in names:
                for debt in unit:
                    money -= self.page.take(today, "settled", debt, name, money)
        return money

    def _share(
        self, today: date, money: Fraction, names: list[str], units: list[list[Debt]]
    ) -> Fraction:
        """Equal shares; odd cents to the earliest; what one cannot take is shared among the rest."""
        while money:
            able = [unit for unit in units if any(debt.counted(names) for debt in unit)]
            if not able:
                break
            shares = [NOTHING for _ in able]
            cents = money / self.cent
            for place in range(len(able)):
                shares[place] = (cents // len(able)) * self.cent
            for place in range(int(cents % len(able))):
                shares[place] += self.cent
            money = sum(
                (
                    self._fill(today, share, names, [u])
                    for u, share in zip(able, shares, strict=True)
                ),
                NOTHING,
            )
        return money


def _phases(order: Any, components: list[str]) -> list[list[str]]:
    if order.grain.value == "component_first":
        return [[one] for one in components]
    return [components]


def _state(debt: Debt, today: date) -> str:
    if debt.ranked_by < today:
        return "past_due"
    return "due" if debt.ranked_by == today else "in_advance"
