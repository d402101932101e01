"""Whether the dates of a history are periods that follow one another, as rules count them.

The one idea: "for 2 periods", ``confirm_after`` and ``cool_down`` count periods, so a month that is left out
must not pass for none at all. Who does not know a month puts it in, with ``None``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from delinquency.early_warning.rules import ObservationPeriod
from delinquency.errors import InvalidValueError

__all__ = ["LEAST_DAYS", "MOST_DAYS", "check_consecutive"]

LEAST_DAYS: Final = 15
MOST_DAYS: Final = 50
"""From one statement to the next, both accepted: a cycle may be moved by weeks, and two take 56 or more."""

_PUT_IN: Final = "Put every period in, with None for what nobody knows."


def check_consecutive(
    dates: Sequence[date], period: ObservationPeriod, where: str, *, hint: str = ""
) -> None:
    """Refuse dates between which a period is missing, or of which two lie in one.

    Of months each date lies in the calendar month after that of the date before, on whatever day. Statements
    are from 15 to 50 days apart, both accepted.

    Parameters
    ----------
    dates : sequence of date
        The ends of periods, in order.
    period : ObservationPeriod
        What one period is.
    where : str
        The place, for the message.
    hint : str, optional
        What may be meant by two dates in one period.

    Raises
    ------
    InvalidValueError
        The first two dates that do not follow one another, and what lies between them.

    Examples
    --------
    >>> check_consecutive([date(2025, 1, 31), date(2025, 2, 1)], ObservationPeriod.MONTH, "seen")
    >>> check_consecutive([date(2025, 1, 31), date(2025, 4, 30)], ObservationPeriod.MONTH, "seen")
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: seen, dates: expected one date in each month, as the rules count \
months, found 2025-04-30 after 2025-01-31, without 2025-02 and 2025-03. Hint: Put every period in, with \
None for what nobody knows.
    """
    check = _check_months if period is ObservationPeriod.MONTH else _check_statements
    for before, after in pairwise(dates):
        check(before, after, f"{where}, dates", hint)


def _check_months(before: date, after: date, where: str, hint: str) -> None:
    first, last = (12 * each.year + each.month - 1 for each in (before, after))
    if last - first == 1:
        return
    between = "both in one month"
    if last > first:
        names = [f"{each // 12:04}-{each % 12 + 1:02}" for each in (first + 1, last - 1)]
        joint = " and " if last - first == 3 else " to "
        between = f"without {joint.join(dict.fromkeys(names))}"
    raise InvalidValueError.at(
        where,
        expected="one date in each month, as the rules count months",
        found=f"{after} after {before}, {between}",
        hint=_PUT_IN if last > first else hint or "Give one date of each month.",
    )


def _check_statements(before: date, after: date, where: str, hint: str) -> None:
    days = (after - before).days
    if LEAST_DAYS <= days <= MOST_DAYS:
        return
    raise InvalidValueError.at(
        where,
        expected=f"the days of statements in a row, {LEAST_DAYS} to {MOST_DAYS} days apart",
        found=f"{after} after {before}, with {days} days between",
        hint=_PUT_IN if days > MOST_DAYS else hint or "Give one date of each statement.",
    )
