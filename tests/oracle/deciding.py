"""What a lender decided, done by hand to a page of debts.

The one idea: the oldest debt comes first, and what is taken is written down under its own name.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from tests.oracle.debts import NAMES, NOTHING, Debt, Page


def waive(page: Page, today: date, event: Any) -> None:
    """All of a component that has fallen due; or an amount of it, due first, then the rest."""
    name = event.component.value
    if event.amount is None:
        for debt in page.oldest_first():
            if debt.due <= today:
                page.take(today, "waived", debt, name, debt.open.get(name, NOTHING))
        return
    rest = Fraction(event.amount)
    for debt in page.oldest_first():
        rest -= page.take(today, "waived", debt, name, rest)


def write_off(page: Page, today: date, event: Any) -> None:
    """Everything open; or a component, up to an amount, what fell due first first."""
    names = NAMES if event.component is None else (event.component.value,)
    rest = page.open_in_all() if event.amount is None else Fraction(event.amount)
    for debt in page.oldest_first():
        for name in names:
            rest -= page.take(today, "written_off", debt, name, rest)


def close(page: Page, today: date) -> None:
    """Principal is written off, the rest is waived."""
    for debt in page.standing():
        for name in NAMES:
            kind = "written_off" if name == "principal" else "waived"
            page.take(today, kind, debt, name, debt.open.get(name, NOTHING))


def waive_the_rest(page: Page, today: date, tolerance: Fraction) -> None:
    """What is open in all after a payment, if it is within the tolerance."""
    if page.open_in_all() <= tolerance:
        for debt in page.standing():
            for name in NAMES:
                page.take(today, "waived", debt, name, debt.open.get(name, NOTHING))


def accelerate(page: Page, today: date, event: Any, account: Any, number: int) -> None:
    """The rows due later make place for one debt of today."""
    rows = [debt for debt in page.standing() if debt.is_row]
    later = [row for row in rows if row.due > today]
    if not later:
        return
    stated = getattr(event, "accrued_interest", None)
    earned, paid = interest_to_come(page, today, account, stated)
    principal = sum((row.open["principal"] for row in later), NOTHING)
    owed = {
        "principal": principal - min(principal, max(NOTHING, paid - earned)),
        "interest": max(NOTHING, earned - paid),
        "fees": sum((row.open["fees"] for row in later), NOTHING),
    }
    for row in later:
        page.leave(today, row)
    debt = Debt(
        name=f"accelerated-{number}",
        due=today,
        stands_with=(today, 3, number, 0),
        ranked_by=today,
        appears_on=today,
        closes_on=None,
        owed=owed,
    )
    page.add(debt)
    page.enter(today, debt)


def interest_to_come(
    page: Page, today: date, account: Any, stated: Any
) -> tuple[Fraction, Fraction]:
    """Of the rows due later: interest of the running period, less what was let off, and interest paid."""
    rows = [debt for debt in page.standing() if debt.is_row]
    later = [row for row in rows if row.due > today]
    if not later:
        return NOTHING, NOTHING
    running = min(later, key=lambda row: row.due)
    begun = max([running.appears_on, *(row.due for row in rows if row.due <= today)])
    earned = _earned(running, today, begun, stated, account)
    paid = paid_ahead(page, today, "interest")
    return max(NOTHING, earned - running.let_off["interest"]), paid


def paid_ahead(page: Page, today: date, name: str) -> Fraction:
    """What was paid of a component of the rows due later."""
    later = [row for row in page.standing() if row.is_row and row.due > today]
    return sum((_paid(page, row, name) for row in later), NOTHING)


def _paid(page: Page, row: Debt, name: str) -> Fraction:
    return sum(
        (
            amount
            for (_, kind, debt, part), amount in page.moves.items()
            if (kind, debt, part) == ("settled", row.name, name)
        ),
        NOTHING,
    )


def _earned(running: Debt, today: date, begun: date, stated: Any, account: Any) -> Fraction:
    """Interest of the running period: as stated, or one day of it after the other, half up."""
    if stated is not None:
        return Fraction(stated)
    cent = Fraction(1, 10**account.currency.minor_unit)
    a_day = running.owed["interest"] / (running.due - begun).days
    exact = sum((a_day for _ in range((today - begun).days)), NOTHING)
    return floor(exact / cent + Fraction(1, 2)) * cent
