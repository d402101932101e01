"""What a settlement does to a draft: all that is open becomes its payments, and the rest is given up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import day_number
from delinquency.component import COMPONENTS
from delinquency.errors import InvalidValueError
from delinquency.restructuring.draft import FEES, INTEREST, PENALTY, PRINCIPAL, Moved, MoveKind
from delinquency.restructuring.plan_run import too_much_in_advance
from delinquency.rounding import RoundingMode

if TYPE_CHECKING:
    from delinquency.restructuring.plan_run import PlanRun
    from delinquency.restructuring.settlement import Settlement

__all__ = ["settle"]


def settle(run: PlanRun, measure: Settlement) -> None:
    """All that is open is paid on the days of the settlement, as far as it is paid."""
    draft, where = run.draft, run.where(measure)
    _take_advance_off(run, measure)
    whole = draft.owed()
    amounts = _amounts(run, measure, sum(whole))
    left = list(whole)
    given_up = sum(whole) - sum(amounts)
    order = [COMPONENTS.index(component) for component in measure.given_up_first]
    for column in order:
        part = min(given_up, left[column])
        given_up -= part
        left[column] -= part
        kind = MoveKind.WAIVED if column in (FEES, PENALTY) else MoveKind.FORGIVEN
        run.told(kind, column, part, on_completion=True)
    if given_up:
        least = from_minor(sum(amounts) + given_up, run.currency)
        raise InvalidValueError.at(
            f"{where}, payments",
            expected=f"at least what may not be given up, {least}",
            found=str(from_minor(sum(amounts), run.currency)),
        )
    order += [column for column in range(4) if column not in order]
    days = [day_number(each.on, where=where, field="on") for each in measure.payments]
    for column in order:
        run.told(MoveKind.SETTLED, column, left[column])
    _empty(run, left)
    draft.settling = list(zip(days, _divided(left, order, amounts), strict=True))
    draft.dues = days
    run.replan()


def _take_advance_off(run: PlanRun, measure: Settlement) -> None:
    """Interest that was paid and not earned is paid of the principal.

    Raises
    ------
    InvalidValueError
        More of it than there is principal.
    """
    draft = run.draft
    principal, interest, *_ = draft.owed()
    if principal + interest < 0:
        raise too_much_in_advance(
            run.where(measure),
            "at least as much principal as interest was paid in advance",
            str(from_minor(principal, run.currency)),
        )
    if interest < 0:
        draft.earned -= interest
        draft.principal += interest
        run.draft.moved.append(Moved(run.number, MoveKind.CAPITALISED, INTEREST, interest))


def _amounts(run: PlanRun, measure: Settlement, whole: int) -> list[int]:
    """What each payment comes to; together at most what is owed [minor units]."""
    where = f"{run.where(measure)}, payments"
    left, found = whole, list[int]()
    for payment in measure.payments:
        if payment.share is not None:
            part = min(left, payment.share.of(whole, RoundingMode.UP))
        else:
            part = to_minor(payment.amount or 0, run.currency, where=where)
        if part > left:
            raise InvalidValueError.at(
                where,
                expected=f"at most what is owed, {from_minor(max(0, whole), run.currency)}",
                found=f"more, on {payment.on}",
                hint="The settlement is of the debt of its day: interest of later days is not asked for.",
            )
        if part <= 0:
            raise InvalidValueError.at(
                where, expected="payments of more than 0", found=f"nothing to pay on {payment.on}"
            )
        left -= part
        found.append(part)
    return found


def _empty(run: PlanRun, left: Sequence[int]) -> None:
    """Nothing is open any more but what the payments settle."""
    draft = run.draft
    for debt in draft.past:
        debt.open = [0, 0, 0, 0]
    draft.fees, draft.beside, draft.rests = [], [0, 0, 0, 0], {}
    draft.unposted = draft.earned = 0
    draft.principal = left[PRINCIPAL]
    draft.spread = [0, *left[1:]]


def _divided(
    left: Sequence[int], order: Sequence[int], amounts: Sequence[int]
) -> Iterator[tuple[int, int, int, int]]:
    """What each payment settles by component, those first that would have been given up first."""
    rest = list(left)
    for amount in amounts:
        parts = [0, 0, 0, 0]
        for column in order:
            parts[column] = min(amount - sum(parts), rest[column])
            rest[column] -= parts[column]
        yield parts[0], parts[1], parts[2], parts[3]
