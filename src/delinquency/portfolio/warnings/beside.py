"""What others know, beside what the book tells: two panels in one.

The one idea: accounts are found by id and periods by their ends, so nothing depends on an order; what the
other panel does not have, nobody knows.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.early_warning.observation_checks import check_beside
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.portfolio.warnings.panel import Numbers, ObservationPanel
from delinquency.portfolio.warnings.panel_checks import unknown_of

__all__ = ["put_together"]

WHERE = "observation panel, together_with"


def put_together(panel: ObservationPanel, other: ObservationPanel) -> ObservationPanel:
    """See :meth:`~delinquency.portfolio.warnings.panel.ObservationPanel.together_with`."""
    if not isinstance(other, ObservationPanel):
        raise InvalidTypeError.at(WHERE, expected="an ObservationPanel", found=other)
    check_beside((panel.currency, other.currency), (panel.numbers, other.numbers), WHERE)
    at = {end: place for place, end in enumerate(panel.dates)}
    strange = [end for end in other.dates if end not in at]
    if strange:
        raise InvalidValueError.at(
            f"{WHERE}, dates",
            expected=f"ends of periods that this panel has, {panel.dates[0]} to {panel.dates[-1]}",
            found=str(strange[0]),
        )
    rows = panel.account_id.rows_of(other.account_id)
    _check_accounts(rows, other)
    numbers = dict(other.numbers)
    if other.dates != panel.dates or not np.array_equal(rows, np.arange(len(panel))):
        place = np.ix_(np.array([at[end] for end in other.dates]), rows)
        shape = (len(panel.dates), len(panel))
        numbers = {name: _moved(column, shape, place) for name, column in numbers.items()}
    return ObservationPanel(
        panel.account_id,
        panel.dates,
        panel.currency or other.currency,
        {**panel.terms, **other.terms},
        {**panel.numbers, **numbers},
    )


def _check_accounts(rows: Any, other: ObservationPanel) -> None:
    strange = np.flatnonzero(rows < 0)
    if len(strange):
        raise PortfolioError.in_rows(
            "observations.account_id",
            strange,
            reason="unknown_account",
            expected="accounts that this panel has",
            found=repr(other.account_id[int(strange[0])]),
            hint="Put the panel with more accounts first, or leave the others out.",
        )


def _moved(column: Numbers, shape: tuple[int, int], place: tuple[Any, ...]) -> Any:
    told: Any = np.full(shape, unknown_of(column.dtype), dtype=column.dtype)
    told[place] = column
    return told
