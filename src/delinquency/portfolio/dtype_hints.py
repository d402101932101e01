"""What to write instead where a column is of another type than it has to be.

The one idea: the column itself says what was meant. Dates become day numbers, whole numbers change their
width, and fractions of money or of a rate are not cut off: the hint says the unit.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["dtype_found", "dtype_hint"]

_READ = "delinquency.frames.read converts columns of data frames."
_NOT_READ = ("terms", "flows")
"""Tables of which there is no reader: their columns are converted by hand."""

_DAYS = frozenset({"first_due_date", "disbursed_on", "flow_day"})
_AMOUNTS = frozenset({"principal", "payment_multiple", "agreed_payment", "balloon", "amount_minor"})
_UNITS = {
    **dict.fromkeys(
        _AMOUNTS, "Write whole minor units: 12.50 of a currency with two decimals is 1250."
    ),
    "annual_rate": "Write whole 1e-8 a year: 4.35 % is 4_350_000, as Rate.scaled says.",
}


def dtype_found(column: object) -> str:
    """The type of a column, as a message says it."""
    if not isinstance(column, np.ndarray):
        return type(column).__name__
    return str(column.dtype) if column.ndim == 1 else f"one of {column.ndim} dimensions"


def dtype_hint(place: str, column: object, dtype: Any) -> str:
    """How the column at a place such as ``"terms.principal"`` becomes one of this type.

    Examples
    --------
    >>> dtype_hint("terms.instalment_count", np.array([12, 24]), np.int32)
    'instalment_count.astype(np.int32) converts it.'
    >>> dtype_hint("terms.annual_rate", np.array([0.0435]), np.int64)
    'Write whole 1e-8 a year: 4.35 % is 4_350_000, as Rate.scaled says.'
    """
    table, _, name = place.partition(".")
    if table not in _NOT_READ:
        return _READ
    wanted = f"np.{np.dtype(dtype).name}".replace("np.bool", "np.bool_")
    kind = column.dtype.kind if isinstance(column, np.ndarray) else None
    if isinstance(column, np.ndarray) and column.ndim != 1:
        return f"{name}.ravel() has one dimension."
    if name in _DAYS and kind not in ("i", "u", "f"):
        days = f'np.asarray({name}, dtype="datetime64[D]").astype({wanted})'
        return f"{days} makes day numbers of dates."
    if name in _UNITS and kind not in (None, "i", "u"):
        return _UNITS[name]
    if kind is not None:
        return f"{name}.astype({wanted}) converts it."
    unit = f" {_UNITS[name]}" if name in _UNITS else ""
    return f"np.asarray({name}, dtype={wanted}) makes one.{unit}"
