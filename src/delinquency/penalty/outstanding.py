"""Which debt the whole open principal of an account stands with, day by day.

Terms that charge all principal while any instalment is overdue need one debt whose age and grace count. The
one idea: it is the oldest that is overdue at the close of the day; when that one is paid, the principal moves
on to the next, and the runs of each debt are what they would be had it been known from the start.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, NoReturn

from delinquency.calendar import Day, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.penalty.conventions import Compounding
from delinquency.penalty.debts import Debt, check_day, checked_amounts, late_columns
from delinquency.penalty.steps import EVER
from delinquency.penalty.terms import PenaltyTerms

__all__ = ["OutstandingPrincipal"]

_WHERE: Final = "penalty, outstanding principal"


class OutstandingPrincipal:
    """The open principal of an account by day, and the debt that it stands with.

    Parameters
    ----------
    terms : PenaltyTerms
        They say what makes a debt overdue, and whether posted penalty that is open joins the principal.
    """

    __slots__ = ("_adds_posted", "_amounts", "_days", "_late_columns", "_settled_until")

    def __init__(self, terms: PenaltyTerms) -> None:
        self._late_columns = late_columns(terms)
        self._adds_posted = terms.compounding is Compounding.ON_POSTING
        self._days: list[Day] = []
        self._amounts: list[int] = []
        self._settled_until = EVER

    def change(self, day: Day, amount: int) -> None:
        """From a day on, this principal is open; told twice on one day, the last time counts.

        Raises
        ------
        InvalidTypeError
            Not whole numbers.
        InvalidValueError
            Below 0, more than 10**15, or a day before an earlier one.
        """
        if type(day) is not int or type(amount) is not int:
            raise InvalidTypeError.at(
                _WHERE, expected="a day number and minor units as int", found=(day, amount)
            )
        check_day(day, _WHERE)
        checked_amounts((amount, 0, 0, 0), _WHERE)
        if self._days and day < self._days[-1]:
            raise InvalidValueError.at(
                _WHERE,
                expected=f"a day on or after {to_date(self._days[-1])}",
                found=str(to_date(day)),
            )
        if self._days and self._days[-1] == day:
            self._amounts[-1] = amount
        else:
            self._days.append(day)
            self._amounts.append(amount)
        self.touch(day)

    def touch(self, day: Day) -> None:
        """Something of the account is otherwise from a day on."""
        self._settled_until = min(self._settled_until, day)

    def settle(self, debts: Sequence[Debt], until: Day) -> None:
        """Tell each debt, in the order in which they rank, what stands with it before ``until``.

        Raises
        ------
        InvalidValueError
            A debt is overdue on one of these days, and the principal of that day is not known.
        """
        since = self._settled_until
        if since >= until:
            return
        held = self._bearer(debts, since - 1)
        for debt in debts:
            debt.penalty.forget(since)
        for day in self._changes(debts, since, until):
            self._settled_until = day
            bearer = self._bearer(debts, day)
            if held is not None and held is not bearer:
                held.penalty.set_base(day, 0)
            if bearer is not None:
                bearer.penalty.set_base(day, self._base(debts, day))
            held = bearer
        self._settled_until = until

    def _changes(self, debts: Sequence[Debt], since: Day, until: Day) -> list[Day]:
        """The days of ``[since, until)`` on which the base may change, the first always among them."""
        changes = {since, *self._days[bisect_left(self._days, since) :]}
        for debt in debts:
            changes.update(debt.changes_since(since))
        return sorted(day for day in changes if day < until)

    def _base(self, debts: Sequence[Debt], day: Day) -> int:
        place = bisect_right(self._days, day)
        if not place:
            self._refuse(day)
        posted = sum(debt.open_on(day)[3] for debt in debts) if self._adds_posted else 0
        return self._amounts[place - 1] + posted

    def _bearer(self, debts: Sequence[Debt], day: Day) -> Debt | None:
        for debt in debts:
            amounts = debt.open_on(day)
            if any(amounts[column] for column in self._late_columns):
                return debt
        return None

    def _refuse(self, day: Day) -> NoReturn:
        known = f"from {to_date(self._days[0])} on" if self._days else "none"
        raise InvalidValueError.at(
            "penalty on the outstanding principal",
            expected=f"the outstanding principal of {to_date(day)}",
            found=known,
            hint="Name it with change_outstanding, from the first due date on.",
        )
