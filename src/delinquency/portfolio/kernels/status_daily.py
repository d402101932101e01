"""The states of every day, drawn from the changes of state."""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.compiler import compiled
from delinquency.portfolio.kernels.status_layout import NOT_JUDGED

__all__ = ["fill_days"]


@compiled
def fill_days(
    offsets: Any, day: Any, state: Any, start: int, out: Any, first: int, last: int
) -> None:
    """Fill the rows of accounts ``[first, last)``, a column a day from ``start`` on: states at closes."""
    width = out.shape[1]
    for account in range(first, last):
        filled = 0
        place = NOT_JUDGED
        for row in range(offsets[account], offsets[account + 1]):
            begins = min(max(day[row] - start, 0), width)
            out[account, filled:begins] = place
            filled = begins
            place = state[row]
        out[account, filled:width] = place
