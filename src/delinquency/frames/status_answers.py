"""Out of answers on a status: data frames of spans, of days and of month ends.

The one idea: a row says by which machine it is judged, so that the frames of many accounts and of several
machines can be put one below the other, and none of them is mistaken for another.
"""

# Arrow says little about its own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from delinquency.calendar import day_number
from delinquency.errors import InvalidValueError
from delinquency.frames.arrow import arrow
from delinquency.frames.writing import to_frame
from delinquency.period_arithmetic import month_ends
from delinquency.sequences import checked_tuple
from delinquency.status_answer import StatusAssessment

if TYPE_CHECKING:
    from delinquency.status import StatusExit, StatusTrigger
    from delinquency.status_answer import StatusSpan

__all__ = [
    "conditions_text",
    "status_days_to_frame",
    "status_months_to_frame",
    "status_spans_to_frame",
]


def status_spans_to_frame(
    statuses: StatusAssessment | Iterable[StatusAssessment],
    backend: str = "pandas",
    *,
    machine: str | None = None,
) -> Any:
    """One row a span: which states the accounts were in, from when to when, and by which rule.

    ==================  ========  =============================================================
    column              type      what
    ==================  ========  =============================================================
    ``account_id``      text
    ``machine``         text      the name of the machine
    ``state``           text      the code
    ``is_performing``   flag      whether the state counts as performing
    ``start``           date      the first day at whose close the account is in it
    ``end``             date      the first day at whose close it is not; empty while it lasts
    ``conditions``      text      those of the rule that led to it, with ``"; "`` between; empty
                                  where an account begins, or where nothing held the state before
    ``policy``          text      name and version, such as ``cn-loan@2023-07-01``
    ==================  ========  =============================================================

    Parameters
    ----------
    statuses : StatusAssessment or iterable of StatusAssessment
        Rows stand in their order, then in that of the machines of the policy.
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; pandas, which has no dates, gets midnights.
    machine : str, optional
        One machine alone; default every one.

    Raises
    ------
    InvalidTypeError
        What is no answer on a status.
    InvalidValueError
        Another backend; no such machine.
    MissingExtraError
        The backend is not installed.

    Examples
    --------
    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("EUR"), [dq.Instalment(date(2025, 1, 31), 100)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> answer = dq.assess_status(account, as_of=date(2025, 3, 3), policy=dq.rulebook.load("ifrs9"))
    >>> frame = status_spans_to_frame(answer, "pyarrow")
    >>> [str(frame[name][1]) for name in ("state", "start", "end")]
    ['stage 2', '2025-03-03', 'None']
    """
    rows = [
        (answer, span)
        for answer in _answers(statuses)
        for name in _machines(answer, machine)
        for span in answer.spans(name)
    ]
    columns = {
        **_heads((answer.account_id, span.machine, span) for answer, span in rows),
        "start": _days(span.start for _, span in rows),
        "end": _days(span.end for _, span in rows),
        "conditions": _texts(conditions_text(span.rule) for _, span in rows),
        "policy": _texts(answer.policies[span.change.era].version for answer, span in rows),
    }
    return to_frame(columns, backend)


def status_days_to_frame(
    statuses: StatusAssessment | Iterable[StatusAssessment],
    backend: str = "pandas",
    *,
    first: date,
    last: date,
    machine: str | None = None,
) -> Any:
    """One row a day of each account, from ``first`` to ``last``, both included, as far as it was judged.

    An account has rows from its first judged day, or from ``first``, to its ``as_of``, or to ``last``.

    ==================  ========  =============================================================
    column              type      what
    ==================  ========  =============================================================
    ``account_id``      text
    ``machine``         text      the name of the machine
    ``state``           text      the code
    ``is_performing``   flag      whether the state counts as performing
    ``day``             date      the day at whose close it holds
    ==================  ========  =============================================================

    Parameters
    ----------
    statuses, backend, machine
        As for :func:`status_spans_to_frame`.
    first, last : date

    Raises
    ------
    InvalidTypeError
        As :func:`status_spans_to_frame`; not dates.
    InvalidValueError
        As :func:`status_spans_to_frame`; ``last`` before ``first``.
    MissingExtraError
        The backend is not installed.
    """
    return _by_close(statuses, backend, _Closes(first, last, _every_day), machine)


def status_months_to_frame(
    statuses: StatusAssessment | Iterable[StatusAssessment],
    backend: str = "pandas",
    *,
    first: date,
    last: date,
    machine: str | None = None,
) -> Any:
    """One row a month end of each account; columns, parameters and errors as :func:`status_days_to_frame`.

    Examples
    --------
    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("EUR"), [dq.Instalment(date(2025, 1, 31), 100)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> answer = dq.assess_status(account, as_of=date(2025, 4, 30), policy=dq.rulebook.load("ifrs9"))
    >>> frame = status_months_to_frame(answer, "pyarrow", first=date(2025, 1, 1), last=date(2025, 12, 31))
    >>> frame["state"].to_pylist()
    ['stage 1', 'stage 1', 'stage 2', 'stage 2']
    """
    return _by_close(statuses, backend, _Closes(first, last, month_ends), machine)


class _Closes(NamedTuple):
    """Which closes are asked for."""

    first: date
    last: date
    between: Callable[[date, date], Iterable[date]]


def _every_day(first: date, last: date) -> Iterator[date]:
    for count in range((last - first).days + 1):
        yield first + timedelta(days=count)


def _by_close(
    statuses: StatusAssessment | Iterable[StatusAssessment],
    backend: str,
    closes: _Closes,
    machine: str | None,
) -> Any:
    day_number(closes.first, where="frames, status", field="first")
    day_number(closes.last, where="frames, status", field="last")
    if closes.last < closes.first:
        raise InvalidValueError.at(
            "frames, status, last",
            expected=f"a day on or after {closes.first}",
            found=str(closes.last),
        )
    rows = [
        (answer.account_id, span, day)
        for answer in _answers(statuses)
        for name in _machines(answer, machine)
        for span in answer.spans(name)
        for day in _within(answer, span, closes)
    ]
    columns = {
        **_heads((account_id, span.machine, span) for account_id, span, _ in rows),
        "day": _days(day for *_, day in rows),
    }
    return to_frame(columns, backend)


def _within(answer: StatusAssessment, span: StatusSpan, closes: _Closes) -> Iterable[date]:
    """The closes asked for that are in a span, the last of which ends with the day that was asked of."""
    end = answer.as_of if span.end is None else span.end - timedelta(days=1)
    first, last = max(span.start, closes.first), min(end, closes.last)
    return closes.between(first, last) if first <= last else ()


def _answers(
    statuses: StatusAssessment | Iterable[StatusAssessment],
) -> tuple[StatusAssessment, ...]:
    several = (statuses,) if isinstance(statuses, StatusAssessment) else statuses
    return checked_tuple(several, StatusAssessment, "frames, status")


def _machines(answer: StatusAssessment, machine: str | None) -> list[str]:
    return [each.name for each in answer.machines] if machine is None else [machine]


def _heads(rows: Iterable[tuple[str, str, StatusSpan]]) -> dict[str, Any]:
    """The columns that every frame begins with."""
    told = list(rows)
    return {
        "account_id": _texts(account_id for account_id, *_ in told),
        "machine": _texts(name for _, name, _ in told),
        "state": _texts(span.state.code for *_, span in told),
        "is_performing": arrow().array(
            [span.state.is_performing for *_, span in told], type=arrow().bool_()
        ),
    }


def conditions_text(rule: StatusTrigger | StatusExit | None) -> str | None:
    """The conditions of a rule as they stand in a file, in one text; ``None`` where there are none."""
    return None if rule is None else "; ".join(map(str, rule.when)) or None


def _texts(values: Iterable[str | None]) -> Any:
    return arrow().array(list(values), type=arrow().string())


def _days(values: Iterable[date | None]) -> Any:
    return arrow().array(list(values), type=arrow().date32())
