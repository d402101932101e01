"""Several debts and one payment, as the article is read: which debt now, until the money is gone.

The one idea: nothing is sorted. At each step the debts still open are narrowed down sentence by sentence until
one is left, or several that nothing tells apart, which then share. It shares no arithmetic with the library.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

STATUTORY = ("matured", "least_secured", "most_burdensome", "earliest_maturity")


def settle_in_turn(
    debts: list[Any],
    money: int,
    *,
    value_date: date,
    unit: int,
    designated: tuple[str, ...] = (),
    agreed: tuple[str, ...] = (),
    order: tuple[str, ...] | None = None,
) -> dict[str, int]:
    """Minor units for each debt by its id."""
    owed = {debt.debt_id: int(Fraction(debt.amount) * unit) for debt in debts}
    got = dict.fromkeys(owed, 0)
    while money and any(got[name] < owed[name] for name in owed):
        left = [debt for debt in debts if got[debt.debt_id] < owed[debt.debt_id]]
        left = _named_first(left, agreed)
        if order is None:
            left = _named_first(left, designated)
        for sentence in STATUTORY if order is None else order:
            left = _preferred(left, sentence, value_date)
        if order is not None:
            left = _named_first(left, designated)
        names = sorted(debt.debt_id for debt in left)
        for name, part in zip(names, _in_proportion(money, [owed[n] for n in names]), strict=True):
            got[name] += part
            money -= part
    return got


def _named_first(left: list[Any], named: tuple[str, ...]) -> list[Any]:
    for name in named:
        chosen = [debt for debt in left if debt.debt_id == name]
        if chosen:
            return chosen
    return left


def _preferred(left: list[Any], sentence: str, value_date: date) -> list[Any]:
    match sentence:
        case "matured":
            return [debt for debt in left if debt.due_date <= value_date] or left
        case "least_secured":
            least = min(debt.secured for debt in left)
            return [debt for debt in left if debt.secured == least]
        case "most_burdensome":
            heaviest = max(_weight(debt) for debt in left)
            return [debt for debt in left if _weight(debt) == heaviest]
        case _:
            first = min(debt.due_date for debt in left)
            return [debt for debt in left if debt.due_date == first]


def _weight(debt: Any) -> int:
    if debt.burden is None:
        return 0
    return debt.burden if isinstance(debt.burden, int) else debt.burden.scaled


def _in_proportion(money: int, owed: list[int]) -> list[int]:
    if money >= sum(owed):
        return owed
    exact = [Fraction(money * one, sum(owed)) for one in owed]
    parts = [int(one) for one in exact]
    while sum(parts) < money:
        rests = [one - part for one, part in zip(exact, parts, strict=True)]
        parts[rests.index(max(rests))] += 1
    return parts
