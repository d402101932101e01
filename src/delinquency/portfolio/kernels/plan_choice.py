"""Which plans no other plan betters.

The one idea: keys stand in order, the first before the second; so only a plan that was kept before can better
the next one.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.compiler import compiled

__all__ = ["keep_unbettered"]


@compiled
def keep_unbettered(keys: Any, kept: Any) -> int:
    """Put the rows of ``keys`` that no other row is at most equal to in every column into ``kept``: how many.

    ``keys`` are in order of their columns, the first before the second; of rows alike the first is kept.
    """
    count = 0
    for row in range(len(keys)):
        is_bettered = False
        for place in range(count):
            other = kept[place]
            is_bettered = True
            for column in range(len(keys[row])):
                if keys[other][column] > keys[row][column]:
                    is_bettered = False
                    break
            if is_bettered:
                break
        if not is_bettered:
            kept[count] = row
            count += 1
    return count
