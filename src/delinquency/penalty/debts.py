"""One debt as penalty sees it: when it fell due, what of it is open, and what was posted on it.

The one idea: a debt is what is open at the close of each day. An amount that changes twice on one day counts
as it stands at its close, so the order within a day cannot matter, and facts come in order of days.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from delinquency.amounts import MAX_MINOR
from delinquency.calendar import FIRST_DAY, LAST_DAY, NONE_DAY, Day, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.penalty.bearing_runs import BearingRuns, Measure
from delinquency.penalty.conventions import Compounding, PenaltyBase, PenaltyGrace
from delinquency.penalty.daily_rates import DailyRates
from delinquency.penalty.formulas import bears_from
from delinquency.penalty.terms import PenaltyTerms

__all__ = [
    "Amounts",
    "Debt",
    "bearing_columns",
    "check_day",
    "checked_amounts",
    "late_columns",
    "new_debt",
]

Amounts = tuple[int, int, int, int]
"""Principal, interest, fees and posted penalty [minor units]."""

_COLUMNS = {
    PenaltyBase.OVERDUE_PRINCIPAL: (0,),
    PenaltyBase.OVERDUE_INSTALMENT: (0, 1),
    PenaltyBase.OVERDUE_AMOUNT: (0, 1, 2),
    PenaltyBase.OUTSTANDING_PRINCIPAL: (),
}


def bearing_columns(terms: PenaltyTerms) -> tuple[int, ...]:
    """The columns of a debt that make up its base; none where the base is the account's."""
    posted = (3,) if terms.compounding is Compounding.ON_POSTING else ()
    return _COLUMNS[terms.base] + posted


def late_columns(terms: PenaltyTerms) -> tuple[int, ...]:
    """The columns that make an instalment overdue while they are open.

    Principal and interest, and fees where they bear. Posted penalty alone never does, or a delay that
    was made good could go on for ever.
    """
    return (0, 1, 2) if terms.base is PenaltyBase.OVERDUE_AMOUNT else (0, 1)


def checked_amounts(amounts: Amounts, where: str) -> Amounts:
    """Four whole numbers of 0 or more, as a tuple.

    Raises
    ------
    InvalidTypeError
        Not four ``int``.
    InvalidValueError
        Below 0, or more than 10**15 together.

    Examples
    --------
    >>> checked_amounts((100, 0, 0, 0), "debt")
    (100, 0, 0, 0)
    """
    kept = tuple(amounts) if isinstance(amounts, Iterable) else ()
    if len(kept) != 4 or any(type(amount) is not int for amount in kept):
        raise InvalidTypeError.at(
            where, expected="principal, interest, fees and penalty in minor units", found=amounts
        )
    if min(kept) < 0 or sum(kept) > MAX_MINOR:
        raise InvalidValueError.at(
            where, expected=f"amounts of 0 or more, {MAX_MINOR} together at most", found=repr(kept)
        )
    return kept


def check_day(day: object, where: str = "penalty", field: str = "day") -> None:
    """Refuse what is no day number of the calendar; its end, the day after 2200-12-31, is one.

    Raises
    ------
    InvalidTypeError
        Not an ``int``.
    InvalidValueError
        A day before 1900-01-01, or after that end.

    Examples
    --------
    >>> check_day(20010)
    """
    if type(day) is not int:
        raise InvalidTypeError.at(where, expected=f"{field} as a day number", found=day)
    if not FIRST_DAY <= day <= LAST_DAY + 1:
        raise InvalidValueError.at(
            where, expected=f"{field} as a day number from {FIRST_DAY} to {LAST_DAY + 1}", found=day
        )


class Debt:
    """A debt of an account, by its place in the order in which they rank.

    Attributes
    ----------
    place : int
    due_day : int
    penalty : BearingRuns
        What its base bore.
    compound : BearingRuns or None
        What its unpaid interest bore, where it does.
    posted : int
        So far [minor units].
    posted_until : int
        The last day up to which something was asked to be posted.
    at_due : tuple of int
        What was open when it fell due, before the payments of that day; of a debt that entered the ledger
        on its due date or later, what it entered with.
    """

    __slots__ = (
        "_days",
        "_last_fact",
        "_rows",
        "at_due",
        "compound",
        "due_day",
        "penalty",
        "place",
        "posted",
        "posted_until",
    )

    def __init__(
        self,
        place: int,
        due_day: Day,
        amounts: Amounts,
        *,
        penalty: BearingRuns,
        compound: BearingRuns | None,
    ) -> None:
        self.place = place
        self.due_day = due_day
        self.penalty = penalty
        self.compound = compound
        self.posted = 0
        self.posted_until = due_day
        self.at_due = amounts
        self._last_fact = -NONE_DAY
        self._days = [due_day]
        self._rows = [amounts]

    @property
    def runs(self) -> tuple[BearingRuns, ...]:
        """Of both kinds, where there are two."""
        return (self.penalty,) if self.compound is None else (self.penalty, self.compound)

    def change(self, day: Day, amounts: Amounts) -> None:
        """From a day on, this is open.

        Raises
        ------
        InvalidValueError
            A day before an earlier fact, or one before days of which penalty was posted.
        """
        first = max(self._last_fact, self.posted_until if self.posted else -NONE_DAY)
        if day < first:
            raise InvalidValueError.at(
                f"penalty, debt {self.place}, change",
                expected=f"a day on or after {to_date(first)}, up to which the debt is known",
                found=str(to_date(day)),
                hint="A fact that comes late restates the past: replay the account with it.",
            )
        self._last_fact = day
        if day < self.due_day:
            self.at_due = amounts
        if day <= self.due_day:
            self._rows[0] = amounts
        elif day == self._days[-1]:
            self._rows[-1] = amounts
        else:
            self._days.append(day)
            self._rows.append(amounts)

    def open_on(self, day: Day) -> Amounts:
        """What is open at the close of a day, nothing before the due day."""
        place = bisect_right(self._days, day)
        return self._rows[place - 1] if place else (0, 0, 0, 0)

    def first_late_day(self, since: Day, columns: tuple[int, ...]) -> Day:
        """The first day on or after ``since`` at whose close it is overdue; 2**31 - 1 if none is."""
        since = max(since, self.due_day)
        at = bisect_right(self._days, since) - 1
        for day, row in zip(self._days[at:], self._rows[at:], strict=True):
            if any(row[column] for column in columns):
                return max(day, since)
        return NONE_DAY

    def changes_since(self, day: Day) -> list[Day]:
        """The days on or after ``day`` on which what is open changed."""
        return self._days[bisect_left(self._days, day) :]


def new_debt(
    place: int,
    due_day: Day,
    amounts: Amounts,
    terms: PenaltyTerms,
    measure: Measure,
    rates: DailyRates,
) -> Debt:
    """A debt on which nothing has accrued yet; it bears from its first day under the terms."""
    is_never_charged = terms.grace_kind is PenaltyGrace.NEVER_CHARGED
    first = bears_from(due_day, terms.grace_days, is_never_charged)
    bearings = rates.of_debt(due_day)
    penalty, compound = (
        BearingRuns(measure, bearings, due_day=due_day, first_day=first) for _ in range(2)
    )
    is_compounding = terms.compounding is Compounding.UNPAID_INTEREST
    return Debt(
        place, due_day, amounts, penalty=penalty, compound=compound if is_compounding else None
    )
