"""The reasons of a plan: what each measure did, what falls due now, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import to_date
from delinquency.component import COMPONENTS
from delinquency.explanation import Explanation
from delinquency.restructuring.draft import PRINCIPAL, MoveKind
from delinquency.restructuring.measures import (
    NAMES,
    DueDateChange,
    InterestPause,
    Measure,
    PaymentHoliday,
    RateReduction,
    ReAgeing,
    ReducedPayments,
    Settlement,
    TermExtension,
)
from delinquency.rounding import div_half_up

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from delinquency.restructuring.answer import PlanOutcome, Restructured

__all__ = ["explain_plan", "lost_or_won", "plan_steps", "worth_of"]


def explain_plan(done: Restructured) -> Explanation:
    """The tree of reasons of a plan."""
    return Explanation(
        "plan",
        done.present_value_loss,
        {
            "account_id": done.before.account_id,
            "effective_on": done.plan.effective_on,
            "before": done.debt_before.total,
            "after": done.debt_after.total,
            **lost_or_won(done.present_value_loss),
            "currency": done.currency.code,
        },
        (),
        (
            *_nothing_agreed(done),
            *plan_steps(done),
            *_another_rate(done),
            worth_of(done, "plan_value"),
        ),
    )


def _another_rate(done: Restructured) -> Iterator[Explanation]:
    """That the rows to come did not bear the rate that the contract is said to have."""
    stated = done.stated
    if stated is not None and stated.is_another_rate:
        given = div_half_up(stated.at_rate.numerator, stated.at_rate.denominator)
        figures = {
            "at_rate": from_minor(given, done.currency),
            "periods": stated.rows,
            "currency": done.currency.code,
        }
        yield Explanation("plan_another_rate", from_minor(stated.asked, done.currency), figures)


def _nothing_agreed(done: Restructured) -> Iterator[Explanation]:
    """That a plan has no measure: it is answered, so that what it is compared with is answered alike."""
    if not done.plan.measures:
        yield Explanation("plan_without_measures", 0)


def lost_or_won(loss: Decimal) -> dict[str, object]:
    """Whether the lender gives something up or gains it, and how much of it."""
    return {"worth": "gains" if loss < 0 else "gives_up", "amount": loss.copy_abs()}


def plan_steps(done: PlanOutcome) -> Iterator[Explanation]:
    """What each measure did, and what falls due after all of them."""
    yield from _moves(done)
    yield from _schedule(done)


def _moves(done: PlanOutcome) -> Iterator[Explanation]:
    """What each measure agreed, and then what it moved; one that moved nothing and agreed nothing says so."""
    for number, measure in enumerate(done.plan.measures):
        told = [*_agreed(done, number, measure), *_settled_by(done, number), *_moved(done, number)]
        named: dict[str, object] = {"number": number + 1, "measure": NAMES[type(measure)]}
        yield from told or [Explanation("plan_nothing", number + 1, named)]


def _agreed(done: PlanOutcome, number: int, measure: Measure) -> Iterator[Explanation]:
    """The dates and rates that a measure changes."""
    named: dict[str, object] = {"number": number + 1, "measure": NAMES[type(measure)]}
    match measure:
        case TermExtension():
            yield Explanation("plan_extended", measure.instalments, named)
        case ReAgeing():
            figures = {**named, "first_due_on": measure.first_due_on}
            yield Explanation("plan_re_aged", measure.instalments, figures)
        case PaymentHoliday():
            kind = "paid" if measure.interest is None else measure.interest.value
            added = measure.instalments if measure.lengthens else 0
            figures = {**named, "interest": kind, "added": added}
            yield Explanation("plan_rests", measure.instalments, figures)
        case ReducedPayments():
            for step in measure.payments:
                figures = {**named, "payments": step.instalments, "currency": done.currency.code}
                amount = to_minor(step.amount, done.currency, where="restructuring plan, amount")
                yield Explanation("plan_reduced", from_minor(amount, done.currency), figures)
            if measure.interest is not None:
                kind = measure.interest.value
                yield Explanation("plan_short", measure.instalments, {**named, "interest": kind})
        case RateReduction():
            figures = named if measure.until is None else {**named, "until": measure.until}
            yield Explanation("plan_rate", measure.annual_rate.as_percent(), figures)
        case InterestPause():
            figures = {**named, "start": measure.start, "end": measure.end}
            yield Explanation("plan_paused", measure.start, figures)
        case DueDateChange():
            yield Explanation("plan_due_dates", measure.first_due_on, named)
        case _:
            return


def _settled_by(done: PlanOutcome, number: int) -> Iterator[Explanation]:
    """The payments of a settlement, and the interest that it never asks for."""
    measure, rows = done.plan.measures[number], done.rows_after
    if not isinstance(measure, Settlement):
        return
    named: dict[str, object] = {
        "number": number + 1,
        "measure": NAMES[type(measure)],
        "currency": done.currency.code,
    }
    figures = {
        "payments": len(rows),
        "first_due_on": measure.payments[0].on,
        "last_due_on": measure.payments[-1].on,
    }
    whole = from_minor(sum(row.total for row in rows), done.currency)
    yield Explanation("plan_settlement", whole, {**named, **figures})
    if done.draft_before.unearned > 0:
        unearned = from_minor(done.draft_before.unearned, done.currency)
        yield Explanation("plan_unearned", unearned, named)


def _moved(done: PlanOutcome, number: int) -> Iterator[Explanation]:
    for move in done.draft_after.moved:
        if move.measure != number:
            continue
        figures: dict[str, object] = {
            "number": number + 1,
            "measure": NAMES[type(done.plan.measures[number])],
            "component": COMPONENTS[move.column].value,
            "currency": done.currency.code,
        }
        if move.on_completion:
            figures["on_completion"] = True
        is_advance = move.kind is MoveKind.CAPITALISED and move.amount < 0
        rule = f"plan_{move.kind.value}"
        if move.kind is MoveKind.CAPITALISED and move.column == PRINCIPAL:
            rule = "plan_principal_joined"
        elif is_advance:
            rule = "plan_advance_used"
        amount = -move.amount if is_advance else move.amount
        yield Explanation(rule, from_minor(amount, done.currency), figures)


def _schedule(done: PlanOutcome) -> Iterator[Explanation]:
    code = done.currency.code
    rows = done.rows_after
    if rows:
        first, last = (to_date(row.due_day) for row in (rows[0], rows[-1]))
        yield Explanation(
            "plan_schedule",
            len(rows),
            {
                "effective_on": done.plan.effective_on,
                "first_due_on": first,
                "last_due_on": last,
            },
        )
        figures: dict[str, object] = {"currency": code}
        if done.rows_before:
            figures["before"] = from_minor(done.rows_before[0].total, done.currency)
        yield Explanation("plan_first_payment", from_minor(rows[0].total, done.currency), figures)
    yield from _put_off(done)
    change = done.total_cost_change
    rule = "plan_costs_less" if change < 0 else "plan_costs_more"
    yield Explanation(rule, change.copy_abs(), {"currency": code})
    if done.arrears_after.total:
        yield Explanation("plan_arrears", done.arrears_after.total, {"currency": code})
    beside = (
        ("plan_beside", sum(done.draft_after.beside)),
        ("plan_accrued", done.draft_after.unposted),
    )
    for name, amount in beside:
        if amount:
            yield Explanation(name, from_minor(amount, done.currency), {"currency": code})


def _put_off(done: PlanOutcome) -> Iterator[Explanation]:
    """What becomes of interest that is not asked for on its due dates, and with which rows it comes."""
    code = done.currency.code
    for kind, amount in done.put_off.items():
        yield Explanation(f"plan_interest_{kind.value}", amount, {"currency": code})
    for due, waited in done.draft_after.waited:
        figures = {"due_date": to_date(due), "currency": code}
        yield Explanation("plan_interest_waited", from_minor(waited, done.currency), figures)


def worth_of(done: PlanOutcome, rule: str) -> Explanation:
    """What is owed is worth so much without the plan, and so much with it."""

    def told(value: Fraction) -> object:
        return from_minor(div_half_up(value.numerator, value.denominator), done.currency)

    figures = {
        "before": told(done.value_before),
        "after": told(done.value_after),
        "currency": done.currency.code,
    }
    return Explanation(rule, done.present_value_loss, figures)
