"""Working columns for plans: the draft of one account, its rows, and columns to answer in."""

from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.plan_layout import (
    DRAFT,
    Affordable,
    DraftColumns,
    PlanAnswers,
    PlannedRows,
    RowColumns,
)

__all__ = [
    "empty_answers",
    "new_draft",
    "new_planned_rows",
    "new_rows_scratch",
    "no_planned_rows",
    "nothing_said",
]


def _column(size: int) -> Any:
    return np.zeros(size, dtype=np.int64)


def new_draft(rows: int, dues: int, spans: int) -> DraftColumns:
    """A draft for accounts of at most ``rows`` rows, and plans of at most so many due dates and spans."""
    return DraftColumns(
        amounts=_column(DRAFT),
        past_open=_column(4 * rows),
        past_row=_column(rows),
        scheduled=_column(rows),
        dues=_column(dues),
        rest=_column(dues),
        paid=_column(dues),
        fee_due=_column(rows),
        fee_amount=_column(rows),
        span_start=_column(spans),
        span_end=_column(spans),
        span_rate=_column(spans),
    )


def new_rows_scratch(dues: int, steps: int) -> RowColumns:
    """Rows for plans of at most ``dues`` due dates and ``steps`` changes of the rate."""
    parts = ("due", "principal", "interest", "fees", "penalty", "total")
    return RowColumns(
        **{name: _column(dues) for name in parts},
        step_day=_column(steps),
        step_rate=_column(steps),
    )


def empty_answers(size: int) -> PlanAnswers:
    """Columns for so many answers, every one of them still to be told."""
    return PlanAnswers(
        state=np.zeros(size, dtype=np.int8),
        owed=np.zeros((size, 8), dtype=np.int64),
        moved=np.zeros((size, 24), dtype=np.int64),
        arrears_after=np.zeros((size, 4), dtype=np.int64),
        asked=np.zeros((size, 6), dtype=np.int64),
        loss=_column(size),
        diminished=_column(size),
        last_due=_column(size),
        payments=_column(size),
        greatest=_column(size),
        excess=_column(size),
    )


def nothing_said() -> Affordable:
    """No word of what is affordable."""
    return Affordable(_column(0), _column(0))


def no_planned_rows() -> PlannedRows:
    """Rows of plans that nobody asks for."""
    return new_planned_rows(_column(1), 0, 0)


def new_planned_rows(offsets: Any, accounts: int, rows: int) -> PlannedRows:
    """Columns for the rows that plans ask for, of a book of so many accounts and rows."""
    asked = int(offsets[-1])
    return PlannedRows(
        offsets=offsets,
        count=_column(accounts),
        first_due=_column(accounts),
        grace_until=np.full(accounts, NONE_DAY, dtype=np.int64),
        is_changed=np.zeros(accounts, dtype=np.int8),
        due=np.zeros(asked, dtype=np.int32),
        principal=_column(asked),
        interest=_column(asked),
        fees=_column(asked),
        left=np.zeros(rows, dtype=np.int8),
        left_principal=_column(rows),
        left_interest=_column(rows),
        left_fees=_column(rows),
    )
