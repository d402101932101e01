"""The answer of a status of a book: changes of state, and the days and months drawn from them.

The one idea: what is kept are the changes, a few for an account; days and months are renderings of them, and
the reasons of one account are those of its own assessment.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY, day_number
from delinquency.errors import InvalidValueError
from delinquency.period_arithmetic import month_ends
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Codes, Days, Offsets
from delinquency.portfolio.kernels.status_layout import NOT_JUDGED
from delinquency.portfolio.read_only import restore, state_of
from delinquency.portfolio.run import in_blocks, thread_count
from delinquency.sequences import checked_tuple
from delinquency.status.machine import StatusState

if TYPE_CHECKING:
    from delinquency.status_assessment import StatusAssessment

__all__ = ["PortfolioStatus", "StatusChanges"]


@attrs.frozen(slots=True, eq=False)
class StatusChanges:
    """The changes of state of every account by one machine, ragged: in order of account and day.

    Attributes
    ----------
    machine : str
    states : tuple of StatusState
        What ``state`` counts through: those of the last version, from best to worst, then those that only an
        older one had.
    offsets : int64 array
        The changes of account ``i`` are the rows ``[offsets[i], offsets[i + 1])``: none if no version judged
        it, else from the first day on which one did.
    day : int32 array
        The first day at whose close the account is in the state.
    state : int8 array
    rule : int16 array
        The place of the trigger that led to it, or after the triggers of the exit, in the machine of its
        version; -1 where none did.
    version : int16 array
        The place of the version in ``policies`` of the answer.
    """

    machine: str
    states: tuple[StatusState, ...]
    offsets: Offsets
    day: Days
    state: Codes
    rule: npt.NDArray[np.int16]
    version: npt.NDArray[np.int16]

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)


@attrs.frozen(slots=True, eq=False)
class PortfolioStatus:
    """What a policy says of the status of every account of a book, on a day and on every day before.

    Each row equals :func:`~delinquency.status_assessment.assess_status` on that account.

    Attributes
    ----------
    book : Portfolio
    as_of : date
    known_on : date or None
    policy : Policy or PolicyTimeline
        As given.
    policies : tuple of Policy
        The versions used, in order of time.
    changes : tuple of StatusChanges
        One for each machine; the last one speaks for the account.
    not_assessed : bool array, accounts by machines
        Whether nobody knows if a trigger to a worse state holds on ``as_of``: a figure was never reported.
    """

    book: Portfolio
    as_of: date
    known_on: date | None
    policy: Policy | PolicyTimeline
    policies: tuple[Policy, ...]
    changes: tuple[StatusChanges, ...]
    not_assessed: npt.NDArray[np.bool_]

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.book)

    def __repr__(self) -> str:
        return (
            f"PortfolioStatus({self.as_of}, {self.policy.name}, {len(self):,} accounts, "
            f"{', '.join(each.machine for each in self.changes)})"
        )

    @property
    def machines(self) -> tuple[str, ...]:
        """The names of the machines; the last one speaks for the account."""
        return tuple(each.machine for each in self.changes)

    @property
    def state(self) -> Codes:
        """The place of each account's state by the last machine, as int8; -1 where no version judged it."""
        return self.on(self.as_of)

    @property
    def since(self) -> Days:
        """The first day of that state, as int32; 2**31 - 1 where no version judged the account."""
        return self.since_by()

    def since_by(self, machine: str | None = None) -> Days:
        """The first day of each account's state on ``as_of`` by a machine, or the last one; as ``since``.

        Raises as :meth:`states`.
        """
        told = self._changes(machine)
        since: Days = _at(told.day, told.offsets[1:], NONE_DAY, told.offsets)
        return since

    def states(self, machine: str | None = None) -> tuple[StatusState, ...]:
        """The states of a machine, or the last one, from best to worst.

        Raises
        ------
        InvalidValueError
            No such machine.
        """
        return self._changes(machine).states

    def codes(self, machine: str | None = None) -> npt.NDArray[np.str_]:
        """The code of each account's state on ``as_of``, as text; empty where no version judged it.

        Raises as :meth:`states`.
        """
        names = [*(state.code for state in self.states(machine)), ""]
        return np.array(names)[self.on(self.as_of, machine)]

    def on(self, day: date, machine: str | None = None) -> Codes:
        """The place of each account's state at the close of a day, as int8; -1 before it was judged.

        Raises
        ------
        InvalidTypeError
            Not a date.
        InvalidValueError
            A day after ``as_of``; no such machine.
        """
        return self._at_days([self._day(day, "day")], machine)[:, 0]

    def daily(
        self,
        first: date,
        last: date,
        machine: str | None = None,
        *,
        threads: int | None = None,
    ) -> npt.NDArray[np.int8]:
        """The places of the states at the close of every day from ``first`` to ``last``, both included.

        An int8 array, accounts by days; -1 before an account was judged. ``threads`` as for
        :func:`~delinquency.portfolio.status.assess_status`.

        Raises
        ------
        InvalidTypeError
            Not dates; not a number of threads.
        InvalidValueError
            ``last`` before ``first`` or after ``as_of``; no such machine.
        """
        from delinquency.portfolio.kernels.status_daily import fill_days

        start, end = self._days(first, last)
        told = self._changes(machine)
        places = np.empty((len(self), end + 1 - start), dtype=np.int8)

        def work(first: int, last: int) -> None:
            fill_days(told.offsets, told.day, told.state, start, places, first, last)

        in_blocks(work, len(self), thread_count(threads, len(self)))
        return places

    def monthly(
        self, first: date, last: date, machine: str | None = None
    ) -> tuple[tuple[date, ...], npt.NDArray[np.int8]]:
        """The month ends from ``first`` to ``last``, and the places of the states at their closes.

        Raises as :meth:`daily`.
        """
        self._days(first, last)
        ends = tuple(month_ends(first, last))
        numbers = [day_number(end, where="status", field="month end") for end in ends]
        return ends, self._at_days(numbers, machine)

    def counts(self, dates: Iterable[date], machine: str | None = None) -> npt.NDArray[np.int64]:
        """Accounts in each state at the close of each date, dates by states; who was not judged is in none.

        Raises
        ------
        InvalidTypeError
            Not dates.
        InvalidValueError
            A date after ``as_of``; no such machine.
        """
        chosen = checked_tuple(dates, date, "portfolio status, dates")
        places = self._at_days([self._day(day, "dates") for day in chosen], machine)
        width = len(self.states(machine)) + 1
        columns = [np.bincount(column + 1, minlength=width)[1:] for column in places.T]
        return np.array(columns, dtype=np.int64).reshape(len(chosen), width - 1)

    def account(self, row: int) -> StatusAssessment:
        """The whole answer for one account, with its reasons.

        Raises
        ------
        InvalidTypeError, IndexError
            No such row.
        InvalidValueError
            The account began after ``as_of``.
        """
        from delinquency.status_assessment import assess_status as assess_account

        return assess_account(
            self.book.account(row), as_of=self.as_of, policy=self.policy, known_on=self.known_on
        )

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a span: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.status_to_frame(self, backend)

    def _changes(self, machine: str | None) -> StatusChanges:
        if machine is None:
            return self.changes[-1]
        for told in self.changes:
            if told.machine == machine:
                return told
        raise InvalidValueError.at(
            "portfolio status, machine",
            expected=f"one of {', '.join(self.machines)}",
            found=repr(machine),
        )

    def _day(self, day: date, field: str) -> int:
        number = day_number(day, where="portfolio status", field=field)
        if day > self.as_of:
            raise InvalidValueError.at(
                f"portfolio status, {field}", expected=f"at most {self.as_of}", found=str(day)
            )
        return number

    def _days(self, first: date, last: date) -> tuple[int, int]:
        start, end = self._day(first, "first"), self._day(last, "last")
        if end < start:
            raise InvalidValueError.at(
                "portfolio status, last", expected=f"a day on or after {first}", found=str(last)
            )
        return start, end

    def _at_days(self, days: Sequence[int], machine: str | None) -> Codes:
        """The states at the close of each of some days, accounts by days."""
        told = self._changes(machine)
        columns = np.full((len(self), len(days)), NOT_JUDGED, dtype=np.int8)
        for place, day in enumerate(days):
            passed = np.concatenate([[0], np.cumsum(told.day <= day)])
            ends = told.offsets[:-1] + np.diff(passed[told.offsets])
            columns[:, place] = _at(told.state, ends, NOT_JUDGED, told.offsets)
        return columns


def _at(column: Any, ends: Any, without: int, offsets: Any) -> Any:
    """The element before each of ``ends``, or ``without`` where an account has none before it."""
    if not len(column):
        return np.full(len(ends), without, dtype=column.dtype)
    return np.where(ends > offsets[:-1], column[np.maximum(ends - 1, 0)], without).astype(
        column.dtype
    )
