"""Shares of parts in wholes, column by column."""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.compiler import compiled
from delinquency.portfolio.kernels.observing_parts import UNKNOWN_WIDE, share

__all__ = ["fill_shares"]


@compiled
def fill_shares(parts: Any, wholes: Any, out: Any) -> None:
    """Fill a column with shares; of an unknown part, or of a whole of 0 or less, nobody knows one."""
    for row in range(len(out)):
        part = parts[row]
        whole = wholes[row]
        if part == UNKNOWN_WIDE or whole <= 0:
            out[row] = UNKNOWN_WIDE
        else:
            out[row] = share(part, whole)
