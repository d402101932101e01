"""Why outcomes tell nothing to rank: how many accounts were left out, and for which reason."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from delinquency.back_testing.outcomes import Horizon, Outcomes
from delinquency.calendar import FIRST_DAY, to_date
from delinquency.errors import InvalidValueError

__all__ = ["check_both_kinds"]


def check_both_kinds(
    after: Horizon, outcomes: Outcomes, as_of: date, days: int, *, where: str
) -> None:
    """Refuse outcomes without an account that went bad, or without one that did not.

    Raises
    ------
    InvalidValueError
        It tells how many were left out, and why.
    """
    bad = int(after.is_bad.sum())
    good = int(after.is_known.sum()) - bad
    if bad and good:
        return
    raise InvalidValueError.at(
        where,
        expected=f"accounts that went bad from {as_of + timedelta(days=1)} to "
        f"{as_of + timedelta(days=days)} and accounts that did not",
        found=f"{bad:,} and {good:,}",
        hint=" ".join(_reasons(after, outcomes, as_of, days)),
    )


def _reasons(after: Horizon, outcomes: Outcomes, as_of: date, days: int) -> Iterator[str]:
    had_come, unwatched = int(after.had_come.sum()), np.flatnonzero(after.is_unwatched)
    if had_come:
        yield (
            f"{had_come:,} left out: their event came on or before {as_of}, the day of the signals."
        )
    if len(unwatched):
        last = int(outcomes.watched_until[unwatched].max())
        end = f" until {to_date(last)}" if last >= FIRST_DAY else ""
        yield (
            f"{len(unwatched):,} left out: without an event, and watched{end} at the latest, which is "
            f"before {as_of + timedelta(days=days)}, {days:,} days after the signals."
        )
    later = int(
        (~after.is_bad & after.is_known & (outcomes.event_day <= outcomes.watched_until)).sum()
    )
    if later:
        yield f"{later:,} went bad later than that; more days reach them."
