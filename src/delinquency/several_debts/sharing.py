"""Sharing one payment out among several debts (清偿抵充).

The one idea: every debt gets a place by a list of levels, each of which decides only where all before it
leave a tie; what they leave tied to the end is shared in proportion, and each share carries the level that
decided it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final, TypeAlias

from delinquency.amounts import check_amount, from_minor, to_minor
from delinquency.calendar import Day, day_number
from delinquency.citation import Citation
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import Rate
from delinquency.rounding import allocate
from delinquency.sequences import checked_tuple
from delinquency.several_debts.order import Priority, checked_levels, statutory_order
from delinquency.several_debts.record import Debt, DebtShare, SharedPayment, ShareReason

__all__ = ["allocate_among"]

_WHERE: Final = "allocate_among"


def allocate_among(
    debts: Iterable[Debt],
    amount: Decimal | int,
    *,
    value_date: date,
    currency: Currency,
    designated: Iterable[str] | None = None,
    agreed: Iterable[str] | None = None,
    agreed_order: Iterable[Priority] | None = None,
) -> SharedPayment:
    """Which debts a payment settles, in the order of Article 560 of the Civil Code.

    What the parties agreed comes first, then what the debtor designated when paying. Otherwise: debts that
    have matured; of these the ones without security, or with the least; then the more burdensome; then
    the ones that matured first; and what is tied to the end in proportion to the amounts, cut to minor
    units by the largest remainder. Debts that have not matured follow in the same order.

    A debt due on the value date itself has matured. A debt is settled in full before the next gets
    anything, but where they are shared in proportion.

    Parameters
    ----------
    debts : iterable of Debt
        At least one; in any order, which has no influence.
    amount : Decimal or int
        The payment [currency units], more than 0.
    value_date : date
        The day on which the money counts.
    currency : Currency
        Of the payment and of every debt.
    designated : iterable of str, optional
        Ids of debts in the order in which the debtor wants them settled; the rest follows by law.
    agreed : iterable of str, optional
        Ids of debts in the order on which the parties agreed; before what is designated.
    agreed_order : iterable of Priority, optional
        Levels on which the parties agreed instead of those of the law; what is designated then decides
        only what they leave tied.

    Returns
    -------
    SharedPayment

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        No debt; an id twice or unknown; a level twice; burdens that cannot be compared, such as a rate
        and a rank, or rates of two periods.
    PolicyNotInForceError
        A value date before the law, 2021-01-01, without an agreed order.

    Examples
    --------
    Due on the value date, and the day after it:

    >>> cny = Currency.of("CNY")
    >>> debts = [Debt(debt_id="A", amount=100, due_date=date(2025, 3, 2)),
    ...     Debt(debt_id="B", amount=100, due_date=date(2025, 3, 1))]
    >>> shared = allocate_among(debts, 120, value_date=date(2025, 3, 1), currency=cny)
    >>> [(share.debt_id, str(share.amount), share.reason.value) for share in shared.shares]
    [('B', '100.00', 'matured'), ('A', '20.00', 'matured')]
    >>> shared = allocate_among(debts, 120, value_date=date(2025, 3, 1), currency=cny, designated=["A"])
    >>> [(share.debt_id, str(share.amount), share.reason.value) for share in shared.shares]
    [('A', '100.00', 'designated'), ('B', '20.00', 'designated')]

    References
    ----------
    民法典 Article 560.
    """
    if not isinstance(currency, Currency):
        raise InvalidTypeError.at(f"{_WHERE}, currency", expected="a Currency", found=currency)
    day = day_number(value_date, where=_WHERE, field="value_date")
    check_amount(amount, where=f"{_WHERE}, amount", positive=True)
    money = to_minor(amount, currency, where=_WHERE)
    given = _checked_debts(debts)
    owed = {
        debt.debt_id: to_minor(debt.amount, currency, where=f"debt {debt.debt_id!r}")
        for debt in given
    }
    order, citations = _order(value_date, agreed_order)
    if Priority.MOST_BURDENSOME in order:
        _check_comparable(given)
    ids = {debt.debt_id for debt in given}
    first = (ShareReason.AGREED, _by_id(agreed, ids, "agreed"))
    named = (ShareReason.DESIGNATED, _by_id(designated, ids, "designated"))
    ranks = tuple((ShareReason(level.value), _rank_of(level, day, currency)) for level in order)
    # An agreement prevails over what the debtor designates, which prevails over the law.
    levels = (first, named, *ranks) if agreed_order is None else (first, *ranks, named)
    parts = _parts(_groups(levels, given), owed, money)
    return SharedPayment(
        value_date=value_date,
        currency=currency,
        amount=from_minor(money, currency),
        shares=tuple(
            DebtShare(
                debt_id,
                from_minor(part, currency),
                from_minor(owed[debt_id] - part, currency),
                reason,
            )
            for debt_id, part, reason in parts
        ),
        unallocated=from_minor(money - sum(part for _, part, _ in parts), currency),
        citations=citations,
    )


_Levels: TypeAlias = tuple[tuple[ShareReason, Callable[[Debt], int]], ...]
"""What each level is called, and the number by which it ranks: the lower, the earlier."""

_Group: TypeAlias = tuple[dict[ShareReason, int], tuple[str, ...]]
"""The place on each level, and the ids of the debts that have it."""


def _order(
    value_date: date, agreed_order: Iterable[Priority] | None
) -> tuple[tuple[Priority, ...], tuple[Citation, ...]]:
    """The levels, with their source where they are the law's."""
    if agreed_order is not None:
        return checked_levels(agreed_order, f"{_WHERE}, agreed_order"), ()
    law = statutory_order()
    law.check_in_force(value_date)
    return law.levels, law.citations


def _groups(levels: _Levels, debts: tuple[Debt, ...]) -> list[_Group]:
    """Debts that are tied on every level, in order of payment, with their place on each level."""
    places = {debt.debt_id: tuple(rank(debt) for _, rank in levels) for debt in debts}
    ranked = sorted(places, key=lambda debt_id: (places[debt_id], debt_id))
    names = [reason for reason, _ in levels]
    return [
        (dict(zip(names, place, strict=True)), tuple(ids))
        for place, ids in groupby(ranked, key=places.__getitem__)
    ]


def _parts(
    groups: list[_Group], owed: dict[str, int], money: int
) -> list[tuple[str, int, ShareReason]]:
    """What each debt gets [minor units], and what decided it."""
    is_enough = money >= sum(owed.values())
    found: list[tuple[str, int, ShareReason]] = []
    for number, (_, ids) in enumerate(groups):
        amounts = [owed[debt_id] for debt_id in ids]
        used = min(money, sum(amounts))
        is_split = 0 < used < sum(amounts) and len(ids) > 1
        reason = ShareReason.SUFFICIENT
        if not is_enough:
            reason = ShareReason.PRO_RATA if is_split else _decided(groups, number, bool(used))
        money -= used
        found += zip(ids, allocate(used, amounts), (reason,) * len(ids), strict=True)
    return found


def _decided(groups: list[_Group], number: int, has_money: bool) -> ShareReason:
    """The first level on which a group differs from the next; where nothing is left, from the one before."""
    if len(groups) == 1:
        return ShareReason.ONLY_DEBT
    is_before = has_money and number + 1 < len(groups)
    mine, theirs = groups[number][0], groups[number + (1 if is_before else -1)][0]
    return next(reason for reason, place in mine.items() if place != theirs[reason])


def _rank_of(level: Priority, day: Day, currency: Currency) -> Callable[[Debt], int]:
    match level:
        case Priority.MATURED:
            return lambda debt: int(_due_day(debt) > day)
        case Priority.LEAST_SECURED:
            return lambda debt: _secured(debt, currency)
        case Priority.MOST_BURDENSOME:
            return lambda debt: -_weight(debt)
        case _:
            return _due_day


def _due_day(debt: Debt) -> Day:
    return day_number(debt.due_date, where="debt", field="due_date")


def _secured(debt: Debt, currency: Currency) -> int:
    return to_minor(debt.secured, currency, where=f"debt {debt.debt_id!r}", field="secured")


def _weight(debt: Debt) -> int:
    match debt.burden:
        case Rate():
            return debt.burden.scaled
        case None:
            return 0
        case _:
            return debt.burden


def _by_id(named: Iterable[str] | None, ids: set[str], field: str) -> Callable[[Debt], int]:
    """The place of a debt among those that are named, in order; behind them for the others."""
    order = () if named is None else checked_tuple(named, str, f"{_WHERE}, {field}")
    _refuse_twice(order, field)
    for debt_id in order:
        if debt_id not in ids:
            raise InvalidValueError.at(
                f"{_WHERE}, {field}",
                expected="ids of the debts given",
                found=repr(debt_id),
            )
    places = {debt_id: place for place, debt_id in enumerate(order)}
    return lambda debt: places.get(debt.debt_id, len(places))


def _refuse_twice(names: Iterable[str], field: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InvalidValueError.at(f"{_WHERE}, {field}", expected="each once", found=repr(name))
        seen.add(name)


def _checked_debts(debts: Iterable[Debt]) -> tuple[Debt, ...]:
    kept = checked_tuple(debts, Debt, "debt")
    if not kept:
        raise InvalidValueError.at(f"{_WHERE}, debts", expected="at least one debt", found="none")
    _refuse_twice([debt.debt_id for debt in kept], "debts")
    return kept


def _check_comparable(debts: tuple[Debt, ...]) -> None:
    """Refuse burdens of several kinds: a rate says nothing against a rank, nor a day against a year."""
    kinds = {_kind_of(debt) for debt in debts}
    if len(kinds) > 1:
        raise InvalidValueError.at(
            f"{_WHERE}, burden",
            expected="burdens that can be compared: rates of one period, or ranks, or none",
            found=", ".join(sorted(kinds)),
        )


def _kind_of(debt: Debt) -> str:
    match debt.burden:
        case Rate():
            return f"a rate per {debt.burden.period.value}"
        case None:
            return "none"
        case _:
            return "a rank"
