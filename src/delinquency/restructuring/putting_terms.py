"""What measures of dates and rates do to a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.errors import InvalidValueError
from delinquency.rates import Rate
from delinquency.restructuring.draft import RateSpan
from delinquency.restructuring.plan_run import no_rate

if TYPE_CHECKING:
    from delinquency.amortisation import InterestPause
    from delinquency.calendar import Day
    from delinquency.restructuring.plan_run import PlanRun
    from delinquency.restructuring.reduced_payments import ReducedPayments
    from delinquency.restructuring.term_measures import (
        DueDateChange,
        PaymentHoliday,
        RateReduction,
        TermExtension,
    )

__all__ = ["extend", "move_dues", "pause", "pay_less", "reduce_rate", "rest"]

NO_INTEREST = Rate.per_year(0)


def extend(run: PlanRun, measure: TermExtension | PaymentHoliday) -> None:
    """Due dates are added after the last one."""
    dues = run.need_dues()
    rhythm, last = run.rhythm(measure), dues[-1]
    dues += [rhythm.after(last, number) for number in range(1, measure.instalments + 1)]
    run.replan()


def _dues_from(run: PlanRun, measure: PaymentHoliday | DueDateChange) -> list[Day]:
    """The due dates to come from the one on that a measure names."""
    dues = run.need_dues()
    if measure.from_due_on is None:
        return list(dues)
    where = run.where(measure)
    first = day_number(measure.from_due_on, where=where, field="from_due_on")
    found = [due for due in dues if due >= first]
    if not found:
        raise InvalidValueError.at(
            f"{where}, from_due_on",
            expected=f"at most the last due date, {to_date(dues[-1])}",
            found=str(measure.from_due_on),
        )
    return found


def rest(run: PlanRun, measure: PaymentHoliday) -> None:
    """On the next due dates no principal is asked for."""
    dues = _dues_from(run, measure)
    most = len(dues) - (0 if measure.lengthens else 1)
    if measure.instalments > most:
        raise InvalidValueError.at(
            f"{run.where(measure)}, instalments",
            expected=f"at most {most} of the {len(dues)} due dates to come",
            found=str(measure.instalments),
            hint=""
            if measure.lengthens
            else "With lengthens=True as many instalments are added at the end.",
        )
    for due in dues[: measure.instalments]:
        run.draft.rests[due] = measure.interest
    if measure.lengthens:
        extend(run, measure)
    run.replan()


def pay_less(run: PlanRun, measure: ReducedPayments) -> None:
    """On the next due dates that do not rest, agreed amounts are paid."""
    draft, where = run.draft, run.where(measure)
    dues = [due for due in run.need_dues() if due not in draft.rests]
    if measure.instalments >= len(dues):
        raise InvalidValueError.at(
            f"{where}, payments",
            expected=f"at most {max(0, len(dues) - 1)} of the {len(dues)} due dates to come",
            found=str(measure.instalments),
            hint="What is left is paid after them: a TermExtension before it adds due dates.",
        )
    amounts = (
        to_minor(step.amount, run.currency, where=f"{where}, payments")
        for step in measure.payments
        for _ in range(step.instalments)
    )
    draft.reduced = dict(zip(dues, amounts, strict=False))
    draft.short = measure.interest
    run.replan()


def move_dues(run: PlanRun, measure: DueDateChange) -> None:
    """The due dates move to the rhythm of a new first one."""
    draft, where = run.draft, run.where(measure)
    dues = _dues_from(run, measure)
    first = day_number(measure.first_due_on, where=where, field="first_due_on")
    run.check_first(first, where)
    before = draft.dues[: len(draft.dues) - len(dues)]
    if before and first <= before[-1]:
        raise InvalidValueError.at(
            f"{where}, first_due_on",
            expected=f"after the due date before it, {to_date(before[-1])}",
            found=str(measure.first_due_on),
        )
    moved = [first]
    if len(dues) > 1 or run.has_rhythm:
        rhythm = run.rhythm(measure).from_anchor(first)
        moved = [rhythm.after(first, number) for number in range(len(dues))]
        run.given = rhythm
    names = {**dict(zip(before, before, strict=True)), **dict(zip(dues, moved, strict=True))}
    draft.rests = {names[due]: kind for due, kind in draft.rests.items()}
    draft.reduced = {names[due]: amount for due, amount in draft.reduced.items()}
    draft.fees = [(names[due], amount) for due, amount in draft.fees]
    draft.dues = [*before, *moved]
    run.replan()


def reduce_rate(run: PlanRun, measure: RateReduction) -> None:
    """A lower rate holds from the day of the plan on."""
    draft, where = run.draft, run.where(measure)
    if run.rate is None:
        raise no_rate(where)
    if measure.annual_rate.scaled >= run.rate.scaled:
        raise InvalidValueError.at(
            f"{where}, annual_rate",
            expected=f"less than the rate of the contract, {run.rate}",
            found=str(measure.annual_rate),
        )
    end = NONE_DAY
    if measure.until is not None:
        end = day_number(measure.until, where=where, field="until")
    _add_span(run, draft.day, end, measure.annual_rate, where)


def pause(run: PlanRun, measure: InterestPause) -> None:
    """No interest is borne on its days."""
    where = run.where(measure)
    start = day_number(measure.start, where=where, field="start")
    end = day_number(measure.end, where=where, field="end")
    if start < run.draft.day:
        raise InvalidValueError.at(
            f"{where}, start",
            expected=f"a day on or after that of the plan, {to_date(run.draft.day)}",
            found=str(measure.start),
            hint="Interest that was earned before is forgiven: write a Forgiveness.",
        )
    _add_span(run, start, end, NO_INTEREST, where)


def _add_span(run: PlanRun, start: Day, end: Day, rate: Rate, where: str) -> None:
    dues = run.need_dues()
    if start >= dues[-1] or end <= start:
        raise InvalidValueError.at(
            where,
            expected=f"days from the plan on and before the last due date, {to_date(dues[-1])}",
            found=f"from {to_date(start)}",
        )
    run.draft.rate_spans.append(RateSpan(start, end, rate))
    run.replan()
