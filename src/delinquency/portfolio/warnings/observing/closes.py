"""The closes at which a book is observed, and the columns that are filled.

The one idea: one version of a policy judges a run of closes, and each run is swept by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import attrs
import numpy as np

from delinquency.calendar import day_number
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.observing.month_periods import HistoryPeriod
from delinquency.early_warning.units import Unit
from delinquency.portfolio.versions import versions_in_force

if TYPE_CHECKING:
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.portfolio.book import Portfolio

__all__ = ["ObservedClose", "column_type", "observed_closes", "runs_of"]

WIDE: Final = (Unit.AMOUNT, Unit.SHARE)
"""Units whose numbers take 64 bits."""


@attrs.frozen(slots=True)
class ObservedClose:
    """One close of a history.

    Attributes
    ----------
    day : date
    start : date or None
        The day after which its period begins.
    version : Policy
        The one in force on it.
    known_on : date
        The day up to which facts were known.
    place : int
        The place of its period in the columns; -1 for the close that only opens the first period.
    number : int
        Its place among the closes.
    """

    day: date
    start: date | None
    version: Policy
    known_on: date
    place: int
    number: int


def column_type(name: str) -> Any:
    """The type of the column of an observation."""
    return np.int64 if CATALOGUE[name].unit in WIDE else np.int32


def observed_closes(
    book: Portfolio,
    told: Sequence[HistoryPeriod],
    policy: Policy | PolicyTimeline,
    known_on: date | None,
) -> tuple[ObservedClose, ...]:
    """The closes on which an account of the book had begun, the opening of the first period among them."""
    earliest = int(book.originated_on.min())
    opening = [] if told[0].start is None else [HistoryPeriod(None, told[0].start)]
    found: list[ObservedClose] = []
    for place, (start, end) in enumerate((*opening, *told), start=-len(opening)):
        if day_number(end, where="observe", field="dates") >= earliest:
            version = versions_in_force(book, end, policy, "observe")[0][0]
            known = end if known_on is None else known_on
            found.append(ObservedClose(end, start, version, known, place, len(found)))
    return tuple(found)


def runs_of(
    closes: Sequence[ObservedClose],
) -> list[tuple[Policy, tuple[ObservedClose, ...]]]:
    """The closes of each version, in order."""
    runs = groupby(closes, key=lambda close: id(close.version))
    kept = [tuple(run) for _, run in runs]
    return [(run[0].version, run) for run in kept]
