"""What each convention says, as data: one record a convention, from which its page is written.

A number that a borrower disputes is defended with a clause, not with a formula in a program. The one
idea: the definitions are a table; names are read from it, the reference pages are made from it, and a
convention without a complete row does not exist.
"""

from __future__ import annotations

from functools import cache

import attrs

from delinquency.daycount.convention import DayCount
from delinquency.errors import InvalidTypeError

__all__ = ["Definition", "definition_of"]


@attrs.frozen(slots=True, kw_only=True)
class Definition:
    """One convention in words.

    Attributes
    ----------
    day_count : DayCount
    rule : str
        What is divided by what.
    computation : str
        How, with D for the day of the month, M for the month and Y for the year, 1 for the start and
        2 for the end.
    ends : str
        Which ends of the period count.
    aliases : tuple of str
        Other names; :meth:`~delinquency.daycount.convention.DayCount.of` reads each of them.
    sources : tuple of str
        The clauses that define it.
    needs : tuple of str
        The fields of :class:`~delinquency.daycount.coupon_period.CouponPeriod` without which it cannot
        answer.
    reading : str
        Where sources differ, which reading was taken and why; may be empty.
    use : str
        Where it is met; may be empty.
    """

    day_count: DayCount
    rule: str
    computation: str
    ends: str = "The start bears interest, the end does not."
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...]
    needs: tuple[str, ...] = ()
    reading: str = ""
    use: str = ""


@cache
def _table() -> dict[DayCount, Definition]:
    from delinquency.daycount.actual_definitions import ACTUAL
    from delinquency.daycount.month_definitions import MONTHS

    return {row.day_count: row for row in (*ACTUAL, *MONTHS)}


def definition_of(day_count: DayCount) -> Definition:
    """The definition of a convention.

    Raises
    ------
    InvalidTypeError
        If it is no ``DayCount``.

    Examples
    --------
    >>> definition_of(DayCount.ACT_360).rule
    'Actual days over 360.'
    >>> definition_of(DayCount.THIRTY_E_360_ISDA).needs
    ('maturity_date',)
    """
    if not isinstance(day_count, DayCount):
        raise InvalidTypeError.at(
            "day count",
            expected="a DayCount",
            found=day_count,
            hint='Write DayCount.of("Act/360").',
        )
    return _table()[day_count]
