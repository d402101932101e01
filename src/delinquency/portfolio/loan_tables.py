"""Schedules of many loans as answers: tables with balances, or what falls due alone.

The one idea: an answer keeps the terms that it follows from, so that it can be written as a frame, row by
row with the loan each row is of.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.portfolio.columns import InstalmentColumns, Minor
from delinquency.portfolio.read_only import restore, state_of
from delinquency.portfolio.term_columns import TermColumns

__all__ = ["PortfolioAmortisation", "PortfolioSchedules"]


@attrs.frozen(slots=True, kw_only=True, eq=False, repr=False)
class PortfolioSchedules(InstalmentColumns):
    """What falls due of many loans: the instalments of a book, and the terms they follow from.

    Attributes
    ----------
    terms : TermColumns
    offsets : int64 array
        The instalments of loan ``i`` stand at ``[offsets[i], offsets[i + 1])``.
    due_date : int32 array [day number]
    principal, interest, fees : int64 array [minor units]
    """

    terms: TermColumns

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.terms)

    def __repr__(self) -> str:
        return _shown(self, self.terms, self)

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an instalment, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.schedule_frames.schedules_to_frame`.

        Raises
        ------
        InvalidValueError
            Another backend.
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.schedules_to_frame(self, backend)


@attrs.frozen(slots=True, kw_only=True, eq=False, repr=False)
class PortfolioAmortisation:
    """What follows from the terms of many loans, period by period.

    Attributes
    ----------
    terms : TermColumns
    instalments : InstalmentColumns
        What falls due, the rows of loan ``i`` at ``[offsets[i], offsets[i + 1])``.
    closing_balance : int64 array [minor units]
        What is open of the principal after each row.
    level_payment : int64 array [minor units]
        Of annuities, one row a loan; 0 under other methods.
    solved_exactly : int64 array
        The rows of the loans whose payment no bound proved and which were solved in whole numbers.
    """

    terms: TermColumns
    instalments: InstalmentColumns
    closing_balance: Minor
    level_payment: Minor
    solved_exactly: npt.NDArray[np.int64]

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.terms)

    def __repr__(self) -> str:
        return _shown(self, self.terms, self.instalments)

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an instalment, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.schedule_frames.amortisation_to_frame`.

        Raises
        ------
        InvalidValueError
            Another backend.
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.amortisation_to_frame(self, backend)


def _shown(answer: object, terms: TermColumns, instalments: InstalmentColumns) -> str:
    return (
        f"{type(answer).__name__}({len(terms):,} loans, {len(instalments.due_date):,} instalments, "
        f"{terms.currency.code})"
    )
