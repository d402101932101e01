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

__all__ = ["statement_columns"]

Column = npt.NDArray[Any]

UNKNOWN_FLAG = np.iinfo(np.int32).min
UNKNOWN = np.iinfo(np.int64).min


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
