"""The figures of a plan that is followed, as an audit record keeps them.

The one idea: four questions about one plan and what was paid since; which figures there are says which of
them was asked.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import attrs

from delinquency.amounts import from_minor
from delinquency.citation import Citation
from delinquency.counting import ScheduleChangeRule
from delinquency.restructuring.answer import DebtParts
from delinquency.restructuring.following import (
    FollowedPromise,
    FollowedRow,
    PlanState,
    PromiseToPay,
)
from delinquency.serialization.owed_figures import named_figures
from delinquency.status import Condition
from delinquency.status.conditions import Anchor

if TYPE_CHECKING:
    from delinquency.restructuring.following import (
        Breach,
        CountsAround,
        DaysOn,
        PlanClocks,
        PlanCompliance,
        ReDefault,
    )
    from delinquency.status_clocks import StatusClock

__all__ = [
    "BreachRecord",
    "ClockRecord",
    "ClocksFigures",
    "ComplianceFigures",
    "CountsFigures",
    "DaysOnRecord",
    "FollowedFigures",
    "ReDefaultFigures",
    "breach_record",
    "clocks_figures",
    "compliance_figures",
    "counts_figures",
    "re_default_figures",
]


@attrs.frozen(slots=True)
class BreachRecord:
    """A row or a promise that was broken.

    Parameters
    ----------
    on : date
        The first close at which the row is broken, or the day after that of the promise.
    shortfall : Decimal
        What was open of the row at that close, or missing of the promise [currency units].
    row_number : int or None
        The row, from 1.
    promise : PromiseToPay or None
        One of the two.
    """

    on: date
    shortfall: Decimal
    row_number: int | None
    promise: PromiseToPay | None


@attrs.frozen(slots=True, kw_only=True)
class ComplianceFigures:
    """The figures of a plan that is followed.

    Parameters
    ----------
    tolerance_days : int
        How many days past due a row may be at a close [days].
    tolerance : Decimal
        An open amount of a row of at most this much counts as settled [currency units].
    state : PlanState
        Whether the plan is kept so far, completed or broken.
    rows : tuple of FollowedRow
        What became of each row, in order of due date.
    promises : tuple of FollowedPromise
        What became of each promise, in the order in which they are served.
    breaches : tuple of BreachRecord
        Everything that was broken, in order of time.
    shortfall : Decimal
        What is open of rows whose due date has come [currency units].
    left_past_due : DebtParts
        What the plan left past due and is still open.
    completed_on : date or None
        The first day at whose close nothing that the plan asked for or left past due is open.
    last_tolerated_on : date or None
        The last close at which the next row may still be open; null where none is pending.
    """

    tolerance_days: int
    tolerance: Decimal
    state: PlanState
    rows: tuple[FollowedRow, ...]
    promises: tuple[FollowedPromise, ...]
    breaches: tuple[BreachRecord, ...]
    shortfall: Decimal
    left_past_due: DebtParts
    completed_on: date | None
    last_tolerated_on: date | None


@attrs.frozen(slots=True, kw_only=True)
class ReDefaultFigures:
    """The figures of whether an account was in default again after a plan.

    Parameters
    ----------
    months : int
        So many after the plan are looked at [months].
    machine : str or None
        By which machine; null where days past due were asked.
    over_days : int or None
        More than so many days past due were default [days].
    until : date
        The first day after the months.
    on : date or None
        The first close of them at which it was in default again, up to ``as_of``.
    in_default_on_plan : bool
        Whether it was in default at the close of the day of the plan.
    is_over : bool
        Whether the months have passed, so that no later default is one of them.
    """

    months: int
    machine: str | None
    over_days: int | None
    until: date
    on: date | None
    in_default_on_plan: bool
    is_over: bool


@attrs.frozen(slots=True)
class DaysOnRecord:
    """How late an account is at the close of a day.

    Parameters
    ----------
    day : date
    days_past_due : int
        [days].
    delinquent_days : int
        Days past due less suspension less grace [days].
    """

    day: date
    days_past_due: int
    delinquent_days: int


@attrs.frozen(slots=True, kw_only=True)
class CountsFigures:
    """The figures of what one policy counts around a plan.

    Parameters
    ----------
    rule : ScheduleChangeRule
        What it does when a schedule is replaced, by the version in force on the day of the plan.
    eve, on_plan, now : DaysOnRecord
        On the day before the plan, on its day, and on the day asked for.
    """

    rule: ScheduleChangeRule
    eve: DaysOnRecord
    on_plan: DaysOnRecord
    now: DaysOnRecord


@attrs.frozen(slots=True, kw_only=True)
class ClockRecord:
    """A time that must pass before a state may be left.

    Parameters
    ----------
    machine : str
        The name of the machine.
    state : str
        The code of the state that may be left.
    to : str
        The code of the state that it leads to.
    condition : Condition
        What must pass.
    since : date or None
        The day from which it is counted; null while it has not begun.
    begun_by : str or None
        What that day is the day of, in the words of a rulebook file.
    until : date or None
        The day on which it is complete, or is at the earliest; null where nobody can tell yet.
    is_complete : bool
        Whether it is complete.
    periods : int or None
        Of due dates that must come and be paid, how many did.
    citations : tuple of Citation
        Of the exit.
    """

    machine: str
    state: str
    to: str
    condition: Condition
    since: date | None
    begun_by: str | None
    until: date | None
    is_complete: bool
    periods: int | None
    citations: tuple[Citation, ...]


@attrs.frozen(slots=True, kw_only=True)
class ClocksFigures:
    """The figures of the clocks that run after a plan.

    Parameters
    ----------
    machine : str or None
        The one that was asked; null for all.
    clocks : tuple of ClockRecord
        In the order of the machines.
    """

    machine: str | None
    clocks: tuple[ClockRecord, ...]


FollowedFigures: TypeAlias = ComplianceFigures | ReDefaultFigures | CountsFigures | ClocksFigures
"""The figures of an answer on a plan that is followed."""


def compliance_figures(answer: PlanCompliance) -> ComplianceFigures:
    """The figures of a plan that is followed."""
    told = ("state", "rows", "promises", "shortfall", "left_past_due")
    return ComplianceFigures(
        tolerance_days=answer.tolerated.days,
        tolerance=from_minor(answer.tolerated.amount, answer.currency),
        breaches=tuple(map(breach_record, answer.breaches)),
        **named_figures(answer, *told, "completed_on", "last_tolerated_on"),
    )


def breach_record(breach: Breach) -> BreachRecord:
    """A breach with the number of its row, or with its promise."""
    return BreachRecord(
        breach.on,
        breach.shortfall,
        None if breach.row is None else breach.row.number,
        None if breach.promise is None else breach.promise.promise,
    )


def re_default_figures(answer: ReDefault) -> ReDefaultFigures:
    """The figures of whether an account was in default again."""
    return ReDefaultFigures(
        **named_figures(answer, *(field.name for field in attrs.fields(ReDefaultFigures)))
    )


def counts_figures(answer: CountsAround) -> CountsFigures:
    """The figures of what a policy counts around a plan."""
    return CountsFigures(
        rule=answer.rule,
        eve=_days_on(answer.eve),
        on_plan=_days_on(answer.on_plan),
        now=_days_on(answer.now),
    )


def _days_on(told: DaysOn) -> DaysOnRecord:
    return DaysOnRecord(told.day, told.days_past_due, told.delinquent_days)


def clocks_figures(answer: PlanClocks) -> ClocksFigures:
    """The figures of the clocks that run."""
    return ClocksFigures(machine=answer.machine, clocks=tuple(map(_clock, answer)))


def _clock(clock: StatusClock) -> ClockRecord:
    begun = clock.begun_by
    return ClockRecord(
        state=clock.state.code,
        begun_by=begun.value
        if isinstance(begun, Anchor)
        else None
        if begun is None
        else str(begun),
        **named_figures(clock, "machine", "to", "condition", "since", "until"),
        **named_figures(clock, "is_complete", "periods", "citations"),
    )
