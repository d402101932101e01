"""Observing many accounts of which there are statements alone, in columns.

The one idea: each column that follows is made of whole numbers over every account and period at once, by the
definitions of one account, and a cell that rests on what nobody knows is unknown.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import numpy as np

from delinquency.currency import Currency
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.observation_checks import checked_dates
from delinquency.errors import InvalidTypeError
from delinquency.portfolio.warnings.known_numbers import KnownNumbers, minimum_only, shares
from delinquency.portfolio.warnings.months_since import months_since_columns
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import WIDE, unknown_of
from delinquency.portfolio.warnings.surface import checked_ids

__all__ = ["observe_statements", "panel_of_statements"]


def observe_statements(
    account_id: Iterable[str],
    dates: Iterable[date],
    *,
    statement_balance: object,
    amount_paid: object,
    credit_limit: object = None,
    minimum_due: object = None,
    months_late: object = None,
    currency: Currency,
    nan_is_unknown: bool = False,
) -> ObservationPanel:
    """Observe accounts by what their statements say, one period a statement.

    Each row equals ``delinquency.observe_statements`` for that account.

    Parameters
    ----------
    account_id : iterable of str
    dates : iterable of date
        The days of the statements, in order, the same for all accounts.
    statement_balance : array, accounts by periods
        The balance of each [currency units]; below 0 in credit. Whole numbers, floats of 64 bits or objects,
        as ``ObservationPanel.of`` reads them; here and below.
    amount_paid : array, accounts by periods
        Money that came in the period that the statement ends [currency units].
    credit_limit : array, accounts by periods or one for each account, or Decimal or int, optional
        One for each account holds at every statement of it, one alone everywhere [currency units].
    minimum_due : array, accounts by periods, optional
        The minimum that the statement *before* asked for [currency units].
    months_late : array, accounts by periods, optional
        Missed statements in a row [times]. Marks for accounts that are not late are 0.
    currency : Currency
    nan_is_unknown : bool
        Whether NaN says that nobody knows; else it is refused.

    Returns
    -------
    ObservationPanel

    Raises
    ------
    InvalidTypeError, InvalidValueError, PortfolioError
        As ``ObservationPanel.of``.

    Examples
    --------
    The last payment is one cent short of the statement before, and the limit is passed by one:

    >>> panel = observe_statements(["C-1"], [date(2025, 4, 5), date(2025, 5, 5)],
    ...     statement_balance=np.array([[800, 1000.01]]), amount_paid=np.array([[0, 799.99]]),
    ...     credit_limit=1000, currency=Currency.of("CNY"))
    >>> seen = panel.account(0)
    >>> seen.numbers["payment_ratio"], seen.value("headroom"), seen.value("amount_added")
    ((None, 999988), Decimal('-0.01'), Decimal('1000.00'))
    """
    where = "portfolio.observe_statements"
    ids = checked_ids(account_id, where)
    ends = checked_dates(dates, where)
    given: dict[str, object] = {
        "statement_balance": statement_balance,
        "amount_paid": amount_paid,
    }
    optional = {
        "credit_limit": _spread(credit_limit, len(ids), len(ends)),
        "minimum_due": minimum_due,
        "months_late": months_late,
    }
    given |= {name: column for name, column in optional.items() if column is not None}
    if not isinstance(currency, Currency):
        raise InvalidTypeError.at(
            f"{where}, currency",
            expected="a Currency",
            found=currency,
            hint='Write Currency.of("CNY").',
        )
    seen = ObservationPanel.of(ids, ends, given, currency=currency, nan_is_unknown=nan_is_unknown)
    return panel_of_statements(seen)


def panel_of_statements(given: ObservationPanel) -> ObservationPanel:
    """A panel of what statements say, and what follows from it.

    Parameters
    ----------
    given : ObservationPanel
        Of ``statement_balance`` and ``amount_paid``; of ``credit_limit``, ``minimum_due`` and ``months_late``
        where they are known.
    """
    told = {name: column.told() for name, column in _followed(_read(given)).items()}
    numbers = {**given.numbers, **told}
    numbers |= months_since_columns(numbers)
    terms = {name: CATALOGUE[name] for name in numbers}
    return ObservationPanel(given.account_id, given.dates, given.currency, terms, numbers)


def _spread(limit: object, accounts: int, periods: int) -> object:
    """One limit for each account and period, where fewer were given."""
    if isinstance(limit, Decimal | int) and not isinstance(limit, bool):
        found = np.empty((accounts, periods), dtype=np.object_)
        found.fill(limit)
        return found
    if isinstance(limit, np.ndarray) and limit.shape == (accounts,):
        spread = np.ma.repeat if np.ma.isMaskedArray(limit) else np.repeat
        return spread(limit[:, np.newaxis], periods, axis=1)
    return limit


def _read(seen: ObservationPanel) -> dict[str, KnownNumbers]:
    found: dict[str, KnownNumbers] = {}
    for name, column in seen.numbers.items():
        is_known = column != unknown_of(column.dtype)
        found[name] = KnownNumbers(np.where(is_known, column, 0).astype(WIDE), is_known)
    return found


def _followed(given: Mapping[str, KnownNumbers]) -> dict[str, KnownNumbers]:
    """What follows from columns of statements, by the name of the observation."""
    balance, paid = given["statement_balance"], given["amount_paid"]
    before = balance.before()
    in_full = _paid_in_full(before, paid)
    found = {
        "carried_balance": KnownNumbers(np.maximum(before.numbers, 0), before.is_known),
        "amount_added": KnownNumbers(
            balance.numbers - before.numbers + paid.numbers,
            balance.is_known & before.is_known & paid.is_known,
        ),
        "payment_ratio": shares(paid, before),
        "paid_in_full": in_full,
    }
    if "credit_limit" in given:
        limit = given["credit_limit"]
        both = balance.is_known & limit.is_known
        room = limit.numbers - balance.numbers
        found["utilisation"] = shares(balance, limit)
        found["over_limit"] = KnownNumbers(np.maximum(-room, 0), both)
        found["headroom"] = KnownNumbers(room, both)
    if "minimum_due" in given:
        minimum = given["minimum_due"]
        both = paid.is_known & minimum.is_known
        below = KnownNumbers((paid.numbers < minimum.numbers).astype(WIDE), both)
        found["paid_below_minimum"] = below
        found["paid_minimum_only"] = minimum_only(below, in_full)
    return found


def _paid_in_full(before: KnownNumbers, paid: KnownNumbers) -> KnownNumbers:
    asked = before.numbers > 0
    in_full = ~asked | (paid.numbers >= before.numbers)
    return KnownNumbers(in_full.astype(WIDE), before.is_known & (~asked | paid.is_known))
