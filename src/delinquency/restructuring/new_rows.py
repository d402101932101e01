"""The instalments that a draft asks for from its day on.

The one idea: what bears interest is followed as a balance over the due dates; what is paid in equal parts is
divided over the same dates, and the last one has the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import attrs

from delinquency.amortisation import DeferredInterest
from delinquency.calendar import Day
from delinquency.dated_rates import DatedRate
from delinquency.errors import InvalidValueError
from delinquency.restructuring.balance_terms import (
    balance_rows,
    equal_parts,
    in_minor,
    rows_until,
)
from delinquency.restructuring.draft import FEES, INTEREST, PENALTY, PRINCIPAL, Draft, PutOff
from delinquency.restructuring.plan_run import too_much_in_advance

if TYPE_CHECKING:
    from delinquency.amortisation import IrregularTableRow
    from delinquency.currency import Currency
    from delinquency.restructuring.plan import RestructuringPlan

__all__ = ["NewRow", "balance_on", "new_rows", "spread_parts"]

_WHERE = "restructuring plan"


class NewRow(NamedTuple):
    """What falls due on one date of the plan [minor units]."""

    due_day: Day
    principal: int
    interest: int
    fees: int
    penalty: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.principal + self.interest + self.fees + self.penalty

    def plus(self, other: NewRow) -> NewRow:
        """This and what else falls due on the date."""
        amounts = (mine + more for mine, more in zip(self[1:], other[1:], strict=True))
        return NewRow(self.due_day, *amounts)


def spread_parts(draft: Draft, column: int, count: int) -> list[int]:
    """What is spread of a component, in parts over so many instalments [minor units].

    Raises
    ------
    InvalidValueError
        More instalments were agreed for it than there are.
    """
    amount, over = draft.spread[column], draft.spread_over
    if over is None or not amount:
        return equal_parts(amount, count, draft.multiple)
    if over > count:
        raise InvalidValueError.at(
            f"{_WHERE}, arrears spread, instalments",
            expected=f"at most the {count} to come",
            found=str(over),
        )
    return [*equal_parts(amount, over, draft.multiple), *[0] * (count - over)]


def new_rows(
    draft: Draft,
    plan: RestructuringPlan,
    currency: Currency,
    rates: Sequence[DatedRate],
    kept: Sequence[tuple[Day, int, int]],
) -> list[NewRow]:
    """The rows from the day of the plan on, in order of due date; of a holiday they may be empty.

    Parameters
    ----------
    draft : Draft
    plan : RestructuringPlan
    currency : Currency
    rates : sequence of DatedRate
        Those of the contract, in order of their first days.
    kept : sequence of tuple of int
        Due day, principal and interest of the rows that stand where the plan makes none anew.

    Raises
    ------
    InvalidValueError
        Interest without a rate of the contract, or without a day count; an agreed payment below it.
    """
    if draft.settling:
        return [NewRow(due, *amounts) for due, amounts in draft.settling]
    paying = draft.paying
    if not draft.is_replanned:
        balance = {due: (principal, interest) for due, principal, interest in kept}
    elif draft.is_flat:
        parts = equal_parts(draft.principal, len(paying), draft.multiple)
        balance = {due: (part, 0) for due, part in zip(paying, parts, strict=True)}
    else:
        balance = dict(_followed(draft, plan, currency, rates))
    spread = [spread_parts(draft, column, len(paying)) for column in range(4)]
    fees = _fees_on(draft, paying)
    found: list[NewRow] = []
    for due in draft.dues:
        principal, interest = balance.get(due, (0, 0))
        parts = [0, 0, 0, 0]
        if due in paying:
            place = paying.index(due)
            parts = [column[place] for column in spread]
        found.append(
            NewRow(
                due,
                principal + parts[PRINCIPAL],
                interest + parts[INTEREST],
                fees.get(due, 0) + parts[FEES],
                parts[PENALTY],
            )
        )
    return found


def _fees_on(draft: Draft, paying: Sequence[Day]) -> dict[Day, int]:
    """Fees of the old rows to come, each on the first new date on or after its own, or on the last."""
    found: dict[Day, int] = {}
    for due, amount in draft.fees:
        day = next((each for each in paying if each >= due), paying[-1])
        found[day] = found.get(day, 0) + amount
    return found


def _followed(
    draft: Draft,
    plan: RestructuringPlan,
    currency: Currency,
    rates: Sequence[DatedRate],
) -> Iterator[tuple[Day, tuple[int, int]]]:
    """Principal and interest by due date, of a balance that bears interest."""
    paying = draft.paying
    beside = _beside(draft)
    found: dict[Day, tuple[int, int]] = dict.fromkeys(draft.dues, (0, 0))
    if draft.principal:
        rows = balance_rows(draft, plan, currency, rates, draft.earned - beside)
        for due, row in zip(draft.dues, rows, strict=True):
            found[due] = max(0, in_minor(row.principal, currency)), in_minor(row.interest, currency)
        draft.put_off = [
            each
            for each in _put_off(draft, zip(draft.dues, rows, strict=True), currency)
            if each.amount
        ]
        _ask_later(draft, found)
    _settle_earned(beside, found, paying)
    yield from found.items()


def balance_on(
    draft: Draft,
    plan: RestructuringPlan,
    currency: Currency,
    rates: Sequence[DatedRate],
    day: Day,
) -> tuple[int, int]:
    """Principal that is not due before a day of a plan, and interest borne by then and not due [minor units].

    The rows are those of the plan up to the day, on which all of the balance is repaid.
    """
    is_over = [due for due in draft.dues if due < day]
    ended = attrs.evolve(
        draft,
        dues=[*is_over, day],
        rests={due: kind for due, kind in draft.rests.items() if due < day},
        reduced={due: amount for due, amount in draft.reduced.items() if due < day},
    )
    beside = _beside(draft)
    found: dict[Day, tuple[int, int]] = {}
    rows = rows_until(draft, plan, currency, rates, draft.earned - beside, day)
    for due, row in zip(ended.dues, rows, strict=True):
        found[due] = max(0, in_minor(row.principal, currency)), in_minor(row.interest, currency)
    running = next(due for due in draft.dues if due >= day)
    if running in draft.reduced and draft.short is DeferredInterest.WAIVED:
        principal, interest = found[day]
        found[day] = principal, min(interest, draft.reduced[running])
    _ask_later(ended, found)
    _settle_earned(beside, found, ended.paying)
    return found[day]


def _beside(draft: Draft) -> int:
    """Interest that a level payment could not pay: it falls due with the first one by itself."""
    is_beside = draft.earned < 0 or draft.earned * len(draft.paying) > draft.principal
    return draft.earned if is_beside else 0


def _settle_earned(earned: int, found: dict[Day, tuple[int, int]], paying: Sequence[Day]) -> None:
    """Ask for interest with the first payment, or take what was paid in advance off the next ones.

    Raises
    ------
    InvalidValueError
        More interest was paid in advance than the plan asks for.
    """
    for due in paying:
        principal, interest = found[due]
        part = max(earned, -interest)
        found[due] = principal, interest + part
        earned -= part
    if earned:
        raise too_much_in_advance(
            _WHERE, "at least as much interest as was paid in advance", "less"
        )


def _put_off(
    draft: Draft, rows: Iterable[tuple[Day, IrregularTableRow]], currency: Currency
) -> Iterator[PutOff]:
    """Interest that rows do not ask for when it has been borne, and what becomes of it."""
    for due, row in rows:
        interest = in_minor(row.interest, currency)
        kind = draft.short if due in draft.reduced else draft.rests.get(due)
        if kind is None:
            continue
        if due in draft.reduced:
            yield PutOff(due, kind, max(0, interest - draft.reduced[due]))
        elif kind is DeferredInterest.ACCRUED:
            yield PutOff(due, kind, interest)
        else:
            yield PutOff(due, kind, in_minor(row.capitalised + row.waived, currency))


def _ask_later(draft: Draft, found: dict[Day, tuple[int, int]]) -> None:
    """Interest that accrues on a holiday, or that an agreed payment does not cover, is asked for later.

    It falls due with the first whole instalment after it; what became principal, or is given up, does not.
    """
    paying = set(draft.paying)
    waiting, draft.waited = 0, []
    for due in draft.dues:
        principal, interest = found[due]
        if due in draft.reduced:
            paid = min(interest, draft.reduced[due])
            found[due] = principal, paid
            waiting += interest - paid if draft.short is DeferredInterest.ACCRUED else 0
        elif due in paying:
            found[due] = principal, interest + waiting
            if waiting:
                draft.waited.append((due, waiting))
            waiting = 0
        elif draft.rests[due] is DeferredInterest.ACCRUED:
            waiting += interest
            found[due] = principal, 0
