"""What really happened to accounts after the day on which they were judged.

The one idea: an outcome is a day. Whether it was foreseen is asked of a later stretch of days alone: what had
happened by the day of the signals is no outcome of theirs, and an account that was not watched to the end of
the stretch, and of which no event was seen, has none yet.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.back_testing.checks import checked_flags
from delinquency.back_testing.event_days import day_numbers, last_days
from delinquency.calendar import FIRST_DAY, NONE_DAY, day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.portfolio.problems import id_problems
from delinquency.portfolio.text_column import TextColumn
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_least

__all__ = ["Horizon", "Outcomes"]


@attrs.frozen(slots=True, eq=False)
class Horizon:
    """Outcomes in the stretch of days after the signals, by account.

    Attributes
    ----------
    is_bad : bool array
        Whether the event came in ``(as_of, as_of + days]``.
    is_known : bool array
        Whether that can be said: neither of accounts whose event had come, nor of those not watched.
    had_come : bool array
        Whether the event had come by ``as_of``.
    is_unwatched : bool array
        Whether no event was seen by an end of the watch that lies before ``as_of + days``.
    """

    is_bad: npt.NDArray[np.bool_]
    is_known: npt.NDArray[np.bool_]
    had_come: npt.NDArray[np.bool_]
    is_unwatched: npt.NDArray[np.bool_]

    def among(self, rows: npt.NDArray[np.bool_]) -> Horizon:
        """Of some accounts alone; the others are in none of the flags."""
        return Horizon(
            self.is_bad & rows,
            self.is_known & rows,
            self.had_come & rows,
            self.is_unwatched & rows,
        )


@attrs.frozen(slots=True, eq=False, repr=False)
class Outcomes:
    """When the event that is to be foreseen came, by account.

    Attributes
    ----------
    event_day : int32 array
        Day numbers since 1970-01-01; 2**31 - 1 where it did not come.
    watched_until : int32 array
        The last day on which somebody looked.
    account_id : TextColumn or None
        Whose they are; without it rows belong to accounts by their position.

    Raises
    ------
    InvalidTypeError
        Other arrays, or not one number for each account in both.
    """

    event_day: npt.NDArray[np.int32]
    watched_until: npt.NDArray[np.int32]
    account_id: TextColumn | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("event_day", "watched_until"):
            column: Any = getattr(self, name)
            is_column = isinstance(column, np.ndarray) and column.dtype == np.int32
            if not is_column or column.shape != (self.event_day.size,):
                raise InvalidTypeError.at(
                    f"outcomes, {name}",
                    expected="an int32 array with a day number for each account",
                    found=column,
                )

    @classmethod
    def of(
        cls,
        event_on: Any,
        *,
        watched_until: Any,
        account_id: Iterable[str] | TextColumn | None = None,
    ) -> Self:
        """Outcomes from days.

        Parameters
        ----------
        event_on : array of datetime64[D] or sequence of date or None
            The day of the event of each account; ``NaT`` or ``None`` where it had not come by
            ``watched_until``.
        watched_until : date, or one date for each account
            The last day on which somebody looked.
        account_id : iterable of str, optional
            Whose each row is, in any order; a back-test then finds the row of each account by its id.
            Without it the rows must be in the order of the accounts that are judged.

        Raises
        ------
        InvalidTypeError
            Not days, or not a date; months, years, times of a day, NaN; a set, a mapping or a masked array;
            ids that are no texts.
        InvalidValueError
            No account; an event before 1900 or after ``watched_until``; other numbers of days or ids.
        PortfolioError
            An id that is empty, or there twice; it names the rows.

        Examples
        --------
        >>> seen = Outcomes.of([date(2025, 3, 31), None], watched_until=date(2025, 6, 30))
        >>> after = seen.after(date(2025, 1, 31), days=90)
        >>> after.is_bad.tolist(), after.is_known.tolist()
        ([True, False], [True, True])

        An event on the day of the signals was not foreseen by them, and half a year was not watched:

        >>> seen.after(date(2025, 3, 31), days=90).is_known.tolist()
        [False, True]
        >>> seen.after(date(2025, 3, 31), days=92).is_known.tolist()
        [False, False]

        An event that was seen is known, however early the watch ended:

        >>> ends = [date(2025, 3, 31), date(2025, 4, 30)]
        >>> seen = Outcomes.of([date(2025, 3, 31), None], watched_until=ends, account_id=["A-2", "A-1"])
        >>> seen.after(date(2025, 1, 31), days=90).is_known.tolist()
        [True, False]
        """
        days = day_numbers(
            event_on, "event_on", expected="days without a time, or None where none came"
        )
        last = last_days(watched_until, len(days))
        _check_days(days, last)
        ids = None if account_id is None else _ids(account_id, len(days))
        return cls(days.astype(np.int32), last.astype(np.int32), ids)

    @classmethod
    def of_flags(
        cls,
        is_bad: Any,
        *,
        watched_until: Any,
        account_id: Iterable[str] | TextColumn | None = None,
    ) -> Self:
        """Outcomes of which a yes or no alone is told: the event came on the last day that was watched.

        Lead times are then counted to that day.

        Parameters
        ----------
        is_bad : bool array or sequence, or of 0 and 1
            By account.
        watched_until : date, or one date for each account
            The end of the stretch in which the event came.
        account_id : iterable of str, optional
            As for :meth:`of`.

        Raises
        ------
        InvalidTypeError
            Neither flags nor 0 and 1; not a date; a set, a mapping or a masked array; ids that are no texts.
        InvalidValueError
            No account; other numbers of days or ids.
        PortfolioError
            An id that is empty, or there twice; it names the rows.

        Examples
        --------
        >>> seen = Outcomes.of_flags([1, 0], watched_until=date(2005, 10, 31))
        >>> seen.after(date(2005, 9, 30), days=31).is_bad.tolist()
        [True, False]
        >>> seen.after(date(2005, 9, 30), days=30).is_bad.tolist()
        [False, False]
        """
        flags = checked_flags(is_bad, "outcomes, is_bad")
        last = last_days(watched_until, flags.size).astype("datetime64[D]")
        none = np.datetime64("NaT", "D")
        days = np.where(flags, last.reshape(flags.shape), none)
        return cls.of(days, watched_until=last, account_id=account_id)

    def __len__(self) -> int:
        return len(self.event_day)

    def __repr__(self) -> str:
        came = int((self.event_day != NONE_DAY).sum())
        ends = (end(self.watched_until) for end in (np.min, np.max) if len(self))
        told = " to ".join(dict.fromkeys(str(np.datetime64(int(end), "D")) for end in ends))
        found = "by position" if self.account_id is None else "by id"
        return (
            f"Outcomes({len(self):,} accounts, {came:,} with an event, "
            f"watched until {told or 'no day'}, found {found})"
        )

    def in_order_of(self, account_id: TextColumn, *, where: str) -> Outcomes:
        """The outcomes of some accounts, in their order: by id where they have ids, else row by row.

        ``where`` is said in messages.

        Raises
        ------
        InvalidValueError
            Without ids: another number of rows than of accounts.
        PortfolioError
            With ids: one of another account, or an account without an outcome; it names the rows.
        """
        if self.account_id is None:
            if len(self) != len(account_id):
                raise InvalidValueError.at(
                    f"{where}, outcomes",
                    expected=f"one row for each of {len(account_id):,} accounts",
                    found=f"{len(self):,}",
                    hint="With account_id=... they are matched by id.",
                )
            return self
        if self.account_id == account_id:
            return self
        rows = _rows_of(self.account_id, account_id)
        return attrs.evolve(
            self,
            event_day=self.event_day[rows],
            watched_until=self.watched_until[rows],
            account_id=account_id,
        )

    def after(self, as_of: date, *, days: int) -> Horizon:
        """Whether the event came in the days after ``as_of``: ``(as_of, as_of + days]``.

        Raises
        ------
        InvalidTypeError, InvalidValueError
            Not a date; fewer days than 1.
        """
        first = day_number(as_of, where="outcomes", field="as_of")
        check_least(days, "outcomes, days", least=1)
        last = first + days
        came = self.event_day != NONE_DAY
        had_come = came & (self.event_day <= first)
        is_bad = came & ~had_come & (self.event_day <= last)
        is_unwatched = ~had_come & ~is_bad & (self.watched_until < last)
        return Horizon(is_bad, ~had_come & ~is_unwatched, had_come, is_unwatched)


def _check_days(days: Any, last: Any) -> None:
    """Events lie in the years that dates have, and within the days that were watched."""
    first = np.full_like(last, FIRST_DAY)
    came = days != NONE_DAY
    for wrong, ends, side in ((days < first, first, "from"), (days > last, last, "up to")):
        rows = np.flatnonzero(wrong & came)
        if len(rows):
            row = int(rows[0])
            told = "watched_until, " if side == "up to" else ""
            raise InvalidValueError.at(
                f"outcomes, event_on, row {row}",
                expected=f"a day {side} {told}{to_date(int(ends[row]))}",
                found=str(np.datetime64(int(days[row]), "D")),
            )


def _ids(account_id: Iterable[str] | TextColumn, count: int) -> TextColumn:
    where = "outcomes, account_id"
    ids = (
        account_id
        if isinstance(account_id, TextColumn)
        else TextColumn.of(checked_tuple(account_id, str, where))
    )
    if len(ids) != count:
        raise InvalidValueError.at(
            where, expected=f"one id for each of {count:,} rows", found=f"{len(ids):,}"
        )
    for problem in id_problems("outcomes.account_id", ids, count):
        raise problem.error()
    return ids


def _rows_of(known: TextColumn, wanted: TextColumn) -> npt.NDArray[np.int64]:
    """The row of each account among ids that are there once."""
    rows = known.rows_of(wanted)
    missing = np.flatnonzero(rows < 0)
    is_other = np.ones(len(known), dtype=np.bool_)
    is_other[rows[rows >= 0]] = False
    others = np.flatnonzero(is_other)
    if len(others):
        raise PortfolioError.in_rows(
            "outcomes.account_id",
            others,
            reason="unknown_account",
            expected="accounts that are judged",
            found=repr(known[int(others[0])]),
            hint="Give outcomes of the accounts of the panel alone.",
        )
    if len(missing):
        raise PortfolioError.in_rows(
            "observations.account_id",
            missing,
            reason="missing_outcome",
            expected="an outcome for each account",
            found=f"none for {wanted[int(missing[0])]!r}",
            hint="Say None for an event that did not come; judge only accounts that somebody watched.",
        )
    return rows
