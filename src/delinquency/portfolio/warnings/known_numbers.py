"""Whole numbers of every account and period, and where they are known.

The one idea: what follows from two columns is known where both are, and what is not known may be any number,
so that no cell has to be left out of the arithmetic.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any, Final, Self

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.early_warning.units import MOST, SHARE_SCALE, share_of
from delinquency.portfolio.warnings.conversion import narrowed
from delinquency.portfolio.warnings.panel_checks import WIDE, unknown_of

__all__ = ["KnownNumbers", "minimum_only", "shares"]

UNKNOWN: Final = unknown_of(WIDE)
MOST_PART: Final = (2**63 - 1) // SHARE_SCALE
"""The most that a part of a share may be, so that millionths of it fit 64 bits."""


@attrs.frozen(slots=True, eq=False)
class KnownNumbers:
    """Whole numbers, and where they are known; else they are anything."""

    numbers: npt.NDArray[np.int64]
    is_known: npt.NDArray[np.bool_]

    @classmethod
    def everywhere(cls, numbers: npt.NDArray[Any]) -> Self:
        """Numbers that are all known."""
        return cls(numbers.astype(WIDE), np.ones(numbers.shape, dtype=np.bool_))

    def told(self) -> Any:
        """The column of a panel, in 32 bits a number if all fit."""
        return narrowed(np.where(self.is_known, self.numbers, UNKNOWN))

    def before(self) -> KnownNumbers:
        """The same, one period earlier; of the first period nobody knows."""
        numbers, is_known = np.zeros_like(self.numbers), np.zeros_like(self.is_known)
        numbers[1:], is_known[1:] = self.numbers[:-1], self.is_known[:-1]
        return KnownNumbers(numbers, is_known)


def minimum_only(below: KnownNumbers, in_full: KnownNumbers) -> KnownNumbers:
    """Whether the minimum was paid and the whole was not, of two columns of yes and no."""
    one_holds = (below.is_known & (below.numbers == 1)) | (
        in_full.is_known & (in_full.numbers == 1)
    )
    is_known = one_holds | (below.is_known & in_full.is_known)
    return KnownNumbers((~one_holds).astype(WIDE), is_known)


def shares(part: KnownNumbers, whole: KnownNumbers) -> KnownNumbers:
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
    return KnownNumbers(found, is_known)
