"""Into outcomes: labels of accounts in a frame.

The one idea: a label belongs to an account, not to a place in a table; so labels are read with their ids.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from delinquency.back_testing.outcomes import Outcomes
from delinquency.calendar import NONE_DAY, day_number
from delinquency.errors import InvalidTypeError, PortfolioError
from delinquency.frames.day_columns import read_days
from delinquency.frames.findings import Findings, Place
from delinquency.frames.sources import open_table
from delinquency.frames.table_columns import Column, Holds, Table, day
from delinquency.frames.text_columns import read_flags, read_texts, text_column

__all__ = ["read_outcomes"]

_NAME: Final = "outcomes"
_ID: Final = Column(name="account_id", holds=Holds.ID, is_required=True)
_EVENT: Final = day("event_on", empty=NONE_DAY)
_FLAG: Final = Column(
    name="is_bad",
    holds=Holds.FLAG,
    members={"true": 1, "false": 0, "True": 1, "False": 0, "1": 1, "0": 0},
)
_UNTIL: Final = day("watched_until")
_TABLE: Final = Table(name=_NAME, columns=(_ID, _EVENT, _FLAG, _UNTIL))


def read_outcomes(
    outcomes: object, *, watched_until: date | None = None, ignore_extra: bool = False
) -> Outcomes:
    """Read outcomes from a frame of labels: one row an account, in any order.

    Parameters
    ----------
    outcomes : frame
        Of pandas, polars, pyarrow or duckdb, anything with ``__arrow_c_stream__``, or a mapping from name to
        column. ``account_id``; either ``event_on``, the day of the event, empty where it had not come, or
        ``is_bad``, a ``bool``, 0 or 1; and ``watched_until``, unless it is said for all.
    watched_until : date, optional
        The last day on which somebody looked at any of them.
    ignore_extra : bool
        Whether columns of other names are passed over.

    Returns
    -------
    Outcomes
        With the ids, so that :func:`~delinquency.back_testing.verb.back_test` finds each account by its own.

    Raises
    ------
    PortfolioError
        A column that is missing, unknown or of an unfit type; both or neither of ``event_on`` and
        ``is_bad``; no row; an empty cell where none may be; an id twice; an event after ``watched_until``. It
        names the column and the rows.
    InvalidTypeError
        No data frame; no date; ``watched_until`` in the frame and beside it, or nowhere.
    MissingExtraError
        pyarrow is not installed.

    Examples
    --------
    >>> seen = read_outcomes({"account_id": ["A-2", "A-1"], "event_on": ["2025-04-15", None]},
    ...     watched_until=date(2025, 6, 30))
    >>> list(seen.account_id), seen.after(date(2025, 1, 31), days=90).is_bad.tolist()
    (['A-2', 'A-1'], [True, False])
    """
    if watched_until is not None:
        day_number(watched_until, where="frames.read_outcomes", field="watched_until")
    source = open_table(outcomes, _TABLE, ignore_extra=ignore_extra)
    columns, findings = source.columns, Findings({_NAME: source}, quarantines=False)
    told = [name for name in ("event_on", "is_bad") if name in columns]
    if len(told) != 1:
        raise PortfolioError.in_rows(
            _NAME,
            (),
            reason="missing_column" if not told else "two_columns",
            expected="one of the columns event_on, the day of the event, and is_bad, a flag",
            found=" and ".join(told) or "neither",
        )
    if ("watched_until" in columns) is (watched_until is not None):
        raise InvalidTypeError.at(
            "frames.read_outcomes, watched_until",
            expected="a day for all, or a column of them",
            found=watched_until,
            hint="Say it once: watched_until=date(...), or the column watched_until.",
        )
    if not source.rows:
        raise PortfolioError.in_rows(
            _NAME, (), reason="no_outcome", expected="at least one account", found="none"
        )

    def place(name: str) -> Place:
        return Place(findings, source, name)

    ids = text_column(read_texts(columns["account_id"], place("account_id"), may_be_empty=False))
    until: Any = watched_until
    if until is None:
        until = _days(read_days(columns["watched_until"], place("watched_until"), empty=None)[0])
    if told == ["is_bad"]:
        flags = read_flags(columns["is_bad"], place("is_bad"), _FLAG)
        return Outcomes.of_flags(flags, watched_until=until, account_id=ids)
    days, _ = read_days(columns["event_on"], place("event_on"), empty=NONE_DAY)
    last = until if isinstance(until, np.ndarray) else np.datetime64(until, "D")
    place("event_on").rows(
        _days(days) > last, "event_after_watch", f"a day up to watched_until{_told(watched_until)}"
    )
    return Outcomes.of(_days(days), watched_until=until, account_id=ids)


def _days(days: npt.NDArray[np.int32]) -> npt.NDArray[np.datetime64]:
    """Day numbers as days of numpy; what did not come is no day."""
    told = days.astype("datetime64[D]")
    told[days == NONE_DAY] = np.datetime64("NaT")
    return told


def _told(watched_until: date | None) -> str:
    return "" if watched_until is None else f", {watched_until}"
