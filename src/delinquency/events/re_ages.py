"""The lender called an account current again without collecting what was past due.

The one idea: a re-age is the fact that the lender did so. Whether it was within the limits of law, and
whether a status follows it, is the policy's to say.
"""

from __future__ import annotations

from datetime import date

import attrs

from delinquency.errors import InvalidTypeError
from delinquency.events.decisions import check_dates

__all__ = ["ReAge"]


@attrs.frozen(slots=True)
class ReAge:
    """The lender re-aged an open-end account (账龄重置) on its value date: it counts as current again.

    Nothing is paid, waived or forgiven by it, and no count of days changes: only a status under a policy
    with limits of re-ageing follows it, if it is within them. It is not the date of first delinquency that a
    credit bureau is told, which no re-age moves. Two of one value date are refused, unless one was reversed
    by the day on which the other was recorded.

    Parameters
    ----------
    value_date : date
        The day at whose close the account is current.
    in_workout : bool, default False
        Whether it was made in a workout or debt management programme, which has a limit of its own.
    recorded_on : date, optional
        The day on which the lender's books knew it; default the value date.
    reversed_on : date, optional
        From this day on it was never made.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``; ``in_workout`` that is no bool.
    InvalidValueError
        A reversal before it.

    References
    ----------
    Uniform Retail Credit Classification and Account Management Policy (FFIEC), 65 FR 36903, re-aging of
    open-end accounts.

    Examples
    --------
    >>> from datetime import date
    >>> ReAge(date(2025, 6, 30)).in_workout
    False
    """

    value_date: date
    in_workout: bool = False
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_dates(self, "re-age")
        in_workout: object = self.in_workout
        if not isinstance(in_workout, bool):
            raise InvalidTypeError.at(
                "re-age, in_workout", expected="True or False", found=in_workout
            )
