"""What a kernel tells of rows that fall due later."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["NO_ROW", "ToCome"]

NO_ROW = -1
"""Where no period runs."""


class ToCome(NamedTuple):
    """One row an account [minor units]."""

    running: Any
    """The row of the table of instalments whose period runs, or -1."""
    begins: Any
    """The first day of that period."""
    let_off: Any
    """Interest of that row that was waived or written off."""
    paid: Any
    """Interest of rows to come that money settled."""
    fees: Any
    """Fees of rows to come that money settled."""
    charged: Any
    """Fees and penalty open of charges that fall due later."""
    waived: Any
    """Waived or written off, due or not: four components."""
