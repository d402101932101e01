"""Observing an account of which there are statements alone: limit, balance, money, months late."""

# What is recognised at run time has items of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from delinquency.currency import Currency
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.observations import Observations
from delinquency.early_warning.observing.months_since import months_since_numbers
from delinquency.early_warning.observing.statement_figures import (
    added_to,
    beyond_limit,
    carried_from,
    is_minimum_only,
    left_of_limit,
    part_of,
    was_paid_in_full,
)
from delinquency.early_warning.units import as_whole

__all__ = ["observe_statements", "statement_numbers"]


def observe_statements(
    account_id: str,
    dates: Iterable[date],
    *,
    statement_balance: Iterable[Decimal | int | None],
    amount_paid: Iterable[Decimal | int | None],
    credit_limit: Iterable[Decimal | int | None] | Decimal | int | None = None,
    minimum_due: Iterable[Decimal | int | None] | None = None,
    months_late: Iterable[int | None] | None = None,
    currency: Currency,
) -> Observations:
    """Observe an account by what its statements say, one period a statement.

    A period ends with its statement; the money of a period stands beside the statement of the *same* period
    and pays the one before. So ``payment_ratio`` is ``amount_paid`` of the balance one period before,
    ``paid_in_full`` whether it reached that balance, ``paid_below_minimum`` whether it was less than
    ``minimum_due``, and ``paid_minimum_only`` whether it reached the minimum and not the balance. Of a
    balance of 0 or less nothing was asked: the ratio is unknown, and it counts as paid in full.
    ``utilisation`` is the balance of the limit, unknown where that is 0; ``over_limit`` the balance beyond
    it, and ``headroom`` the limit less the balance. ``carried_balance`` is the balance one period before, at
    least 0, and ``amount_added`` what came to it beside payments: the balance, less the one before, and what
    was paid. ``months_since_late`` is how many statements ago, this one being 0, ``months_late`` was last 1
    or more, and ``months_since_below_minimum`` the same of ``paid_below_minimum``; unknown where it was at
    none of the statements given, or where one since is unknown.

    What is counted of the statement before is unknown in the first period.

    Parameters
    ----------
    account_id : str
    dates : iterable of date
        The days of the statements, in order.
    statement_balance : iterable of Decimal or int
        The balance of each [currency units]; below 0 in credit. ``None`` where nobody knows, here and below.
    amount_paid : iterable of Decimal or int
        Money that came in the period that the statement ends [currency units].
    credit_limit : iterable of Decimal or int, or one of them, optional
        One alone holds at every statement [currency units].
    minimum_due : iterable of Decimal or int, optional
        The minimum that the statement *before* asked for [currency units].
    months_late : iterable of int, optional
        Missed statements in a row [times]. Marks for accounts that are not late are 0.
    currency : Currency

    Returns
    -------
    Observations

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As ``Observations.of``.

    Examples
    --------
    The last payment is one cent short of the statement before:

    >>> seen = observe_statements("C-1", [date(2025, 3, 5), date(2025, 4, 5), date(2025, 5, 5)],
    ...     credit_limit=1000, statement_balance=[0, Decimal("800"), Decimal("1000.01")],
    ...     amount_paid=[0, 0, Decimal("799.99")], currency=Currency.of("CNY"))
    >>> seen.numbers["payment_ratio"], seen.numbers["paid_in_full"]
    ((None, None, 999988), (None, 1, 0))
    >>> seen.numbers["utilisation"], seen.numbers["over_limit"]
    ((0, 800000, 1000010), (0, 0, 1))
    >>> seen.value("headroom"), seen.value("carried_balance"), seen.value("amount_added")
    (Decimal('-0.01'), Decimal('800.00'), Decimal('1000.00'))
    """
    ends = dates if isinstance(dates, str) or not isinstance(dates, Iterable) else tuple(dates)
    given: dict[str, object] = {
        "statement_balance": statement_balance,
        "amount_paid": amount_paid,
    }
    optional = {
        "credit_limit": _spread(credit_limit, ends),
        "minimum_due": minimum_due,
        "months_late": months_late,
    }
    given |= {name: column for name, column in optional.items() if column is not None}
    seen = Observations.of(account_id, ends, given, currency=currency)  # type: ignore[arg-type]
    numbers = dict(seen.numbers)
    numbers |= statement_numbers(numbers)
    terms = {name: CATALOGUE[name] for name in numbers}
    return Observations(account_id, seen.dates, currency, terms, numbers)


def _spread(limit: object, ends: object) -> object:
    if isinstance(limit, Decimal | int) and isinstance(ends, tuple):
        return (limit,) * len(ends)
    return limit


def statement_numbers(
    given: Mapping[str, Sequence[int | None]],
) -> dict[str, tuple[int | None, ...]]:
    """What follows from columns of statements, by the name of the observation."""
    balance, paid = given["statement_balance"], given["amount_paid"]
    before = (None, *balance[:-1])
    in_full = tuple(map(was_paid_in_full, before, paid))
    found: dict[str, Sequence[int | None]] = {
        "carried_balance": tuple(map(carried_from, before)),
        "amount_added": tuple(map(added_to, balance, before, paid)),
        "payment_ratio": tuple(map(part_of, paid, before)),
        "paid_in_full": in_full,
    }
    if "credit_limit" in given:
        limit = given["credit_limit"]
        found["utilisation"] = tuple(map(part_of, balance, limit))
        found["over_limit"] = tuple(map(beyond_limit, balance, limit))
        found["headroom"] = tuple(map(left_of_limit, balance, limit))
    if "minimum_due" in given:
        below = tuple(map(_is_below, paid, given["minimum_due"]))
        found["paid_below_minimum"] = below
        found["paid_minimum_only"] = tuple(
            is_minimum_only(below=less, in_full=whole)
            for less, whole in zip(below, in_full, strict=True)
        )
    told = {name: tuple(map(as_whole, column)) for name, column in found.items()}
    return told | months_since_numbers({**given, **told})


def _is_below(paid: int | None, minimum: int | None) -> bool | None:
    return None if paid is None or minimum is None else paid < minimum
