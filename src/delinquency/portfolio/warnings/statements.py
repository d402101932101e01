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
from typing import Any, Final

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.currency import Currency
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.observation_checks import checked_dates
from delinquency.early_warning.units import MOST, SHARE_SCALE, share_of
from delinquency.errors import InvalidTypeError
from delinquency.portfolio.warnings.conversion import narrowed
from delinquency.portfolio.warnings.months_since import months_since_columns
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import WIDE, unknown_of
from delinquency.portfolio.warnings.surface import checked_ids

__all__ = ["observe_statements", "panel_of_statements"]

UNKNOWN: Final = unknown_of(WIDE)
MOST_PART: Final = (2**63 - 1) // SHARE_SCALE
"""The most that a part of a share may be, so that millionths of it fit 64 bits."""


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


@attrs.frozen(slots=True, eq=False)
class _Column:
    """Whole numbers, periods by accounts, and where they are known; else they are anything."""

    numbers: npt.NDArray[np.int64]
    is_known: npt.NDArray[np.bool_]

    def told(self) -> Any:
        return narrowed(np.where(self.is_known, self.numbers, UNKNOWN))

    def before(self) -> _Column:
        """The same, one period earlier; of the first period nobody knows."""
        numbers, is_known = np.zeros_like(self.numbers), np.zeros_like(self.is_known)
        numbers[1:], is_known[1:] = self.numbers[:-1], self.is_known[:-1]
        return _Column(numbers, is_known)


def _read(seen: ObservationPanel) -> dict[str, _Column]:
    found: dict[str, _Column] = {}
    for name, column in seen.numbers.items():
        is_known = column != unknown_of(column.dtype)
        found[name] = _Column(np.where(is_known, column, 0).astype(WIDE), is_known)
    return found


def _followed(given: Mapping[str, _Column]) -> dict[str, _Column]:
    """What follows from columns of statements, by the name of the observation."""
    balance, paid = given["statement_balance"], given["amount_paid"]
    before = balance.before()
    in_full = _paid_in_full(before, paid)
    found = {
        "carried_balance": _Column(np.maximum(before.numbers, 0), before.is_known),
        "amount_added": _Column(
            balance.numbers - before.numbers + paid.numbers,
            balance.is_known & before.is_known & paid.is_known,
        ),
        "payment_ratio": _shares(paid, before),
        "paid_in_full": in_full,
    }
    if "credit_limit" in given:
        limit = given["credit_limit"]
        both = balance.is_known & limit.is_known
        room = limit.numbers - balance.numbers
        found["utilisation"] = _shares(balance, limit)
        found["over_limit"] = _Column(np.maximum(-room, 0), both)
        found["headroom"] = _Column(room, both)
    if "minimum_due" in given:
        minimum = given["minimum_due"]
        both = paid.is_known & minimum.is_known
        below = _Column((paid.numbers < minimum.numbers).astype(WIDE), both)
        found["paid_below_minimum"] = below
        found["paid_minimum_only"] = _minimum_only(below, in_full)
    return found


def _paid_in_full(before: _Column, paid: _Column) -> _Column:
    asked = before.numbers > 0
    in_full = ~asked | (paid.numbers >= before.numbers)
    return _Column(in_full.astype(WIDE), before.is_known & (~asked | paid.is_known))


def _minimum_only(below: _Column, in_full: _Column) -> _Column:
    one_holds = (below.is_known & (below.numbers == 1)) | (
        in_full.is_known & (in_full.numbers == 1)
    )
    is_known = one_holds | (below.is_known & in_full.is_known)
    return _Column((~one_holds).astype(WIDE), is_known)


def _shares(part: _Column, whole: _Column) -> _Column:
    """:func:`share_of` of each cell; what does not fit 64 bits on the way is counted alone."""
    is_known = part.is_known & whole.is_known & (whole.numbers > 0)
    fits = is_known & (np.abs(part.numbers) <= MOST_PART)
    given = np.where(fits, part.numbers, 0) * SHARE_SCALE
    of = np.where(is_known, whole.numbers, 1)
    found, rest = np.divmod(given, of)
    beyond = rest - (of - rest)
    found += (beyond > 0) | ((beyond == 0) & (found % 2 == 1))
    found = np.clip(found, -MOST, MOST)
    for at in zip(*np.nonzero(is_known & ~fits), strict=True):
        found[at] = share_of(int(part.numbers[at]), int(of[at])) or 0
    return _Column(found, is_known)
