"""What columns of statements say of many accounts.

The one idea: each column equals what
:func:`~delinquency.early_warning.observing.statement_verb.observe_statements` says on every row.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.portfolio.warnings.panel import ObservationPanel

__all__ = ["observe_statements", "statement_columns"]

Column = npt.NDArray[Any]

UNKNOWN_FLAG = np.iinfo(np.int32).min
UNKNOWN = np.iinfo(np.int64).min


def observe_statements(panel: ObservationPanel) -> ObservationPanel:
    """A panel of statements with what follows from them, by the definitions of one account.

    Parameters
    ----------
    panel : ObservationPanel
        With ``statement_balance`` and ``amount_paid``, and where they are known ``credit_limit`` and
        ``minimum_due``; other observations stay as they are.

    Returns
    -------
    ObservationPanel
        With ``payment_ratio`` and ``paid_in_full``; with limits ``utilisation`` and ``over_limit``; with
        minimums ``paid_below_minimum`` and ``paid_minimum_only``.

    Raises
    ------
    InvalidTypeError
        Not a panel.
    InvalidValueError
        No balances or payments; an observation that would be told again.

    Examples
    --------
    The second payment is one cent short of the statement before:

    >>> from datetime import date
    >>> from delinquency.currency import Currency
    >>> panel = ObservationPanel.of(["C-1"], [date(2025, 4, 5), date(2025, 5, 5)],
    ...     {"statement_balance": np.array([[800, 900]]), "amount_paid": np.array([[0, 799.99]]),
    ...      "credit_limit": np.array([[1000, 1000]])}, currency=Currency.of("CNY"))
    >>> seen = observe_statements(panel).account(0)
    >>> seen.numbers["payment_ratio"], seen.numbers["paid_in_full"], seen.numbers["utilisation"]
    ((None, 999988), (None, 0), (800000, 900000))
    """
    where = "portfolio.observe_statements"
    if not isinstance(panel, ObservationPanel):
        raise InvalidTypeError.at(
            where,
            expected="an ObservationPanel",
            found=panel,
            hint="ObservationPanel.of(account_ids, dates, values, currency=...) makes one.",
        )
    lacking = [name for name in ("statement_balance", "amount_paid") if name not in panel.numbers]
    if lacking:
        raise InvalidValueError.at(
            where,
            expected="statement_balance and amount_paid",
            found=", ".join(panel.numbers) or "no observation",
        )
    found = statement_columns(panel.numbers)
    twice = sorted(set(found) & set(panel.numbers))
    if twice:
        raise InvalidValueError.at(
            where, expected="each observation once", found=f"{', '.join(twice)} twice"
        )
    terms = {**panel.terms, **{name: CATALOGUE[name] for name in found}}
    numbers = {**panel.numbers, **found}
    return ObservationPanel(panel.account_id, panel.dates, panel.currency, terms, numbers)


def statement_columns(given: Mapping[str, Column]) -> dict[str, Column]:
    """By name what follows from columns of statements, periods by accounts.

    Parameters
    ----------
    given : mapping of str to int32 or int64 array
        ``statement_balance`` and ``amount_paid``, and where they are known ``credit_limit`` and
        ``minimum_due`` [minor units]; the least number of the type where nobody knows.
    """
    balance, paid = _wide(given["statement_balance"]), _wide(given["amount_paid"])
    before = np.full_like(balance, UNKNOWN)
    before[1:] = balance[:-1]
    in_full = _flags(paid >= before, (before != UNKNOWN) & (paid != UNKNOWN))
    in_full[(before <= 0) & (before != UNKNOWN)] = 1
    found = {"payment_ratio": _shares(paid, before), "paid_in_full": in_full}
    if "credit_limit" in given:
        limit = _wide(given["credit_limit"])
        is_known = (balance != UNKNOWN) & (limit != UNKNOWN)
        found["utilisation"] = _shares(balance, limit)
        beyond = np.maximum(np.where(is_known, balance, 0) - np.where(is_known, limit, 0), 0)
        found["over_limit"] = np.where(is_known, beyond, UNKNOWN)
    if "minimum_due" in given:
        minimum = _wide(given["minimum_due"])
        below = _flags(paid < minimum, (paid != UNKNOWN) & (minimum != UNKNOWN))
        only = _flags(below != 1, (below != UNKNOWN_FLAG) & (in_full != UNKNOWN_FLAG))
        only[(below == 1) | (in_full == 1)] = 0
        found["paid_below_minimum"], found["paid_minimum_only"] = below, only
    return found


def _wide(column: Column) -> Column:
    wide = column.astype(np.int64)
    wide[column == np.iinfo(column.dtype).min] = UNKNOWN
    return wide


def _flags(holds: Any, is_known: Column) -> Column:
    return np.where(is_known, holds, UNKNOWN_FLAG).astype(np.int32)


def _shares(parts: Column, wholes: Column) -> Column:
    from delinquency.portfolio.kernels.shares import fill_shares

    shares = np.empty(parts.shape, dtype=np.int64)
    fill_shares(parts.ravel(), wholes.ravel(), shares.ravel())
    return shares
