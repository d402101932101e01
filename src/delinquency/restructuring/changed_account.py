"""The account once a plan holds: rows that end, rows that begin, and the facts that go with them.

The one idea: nothing is edited. A row of the schedule that the plan changes ends on the day of the plan, and
what is left of it begins on that day with the same due date; only what stands beside the schedule is reduced
by a waiver.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import attrs

from delinquency.account import Product
from delinquency.amounts import from_minor
from delinquency.calendar import Day, to_date
from delinquency.charges import Charge
from delinquency.component import Component
from delinquency.errors import InvalidValueError
from delinquency.events import Closure, Dispute, PenaltyWaiver, Restructuring
from delinquency.obligations import DebtKind
from delinquency.restructuring.beside import check_oldest_go_first, gone_beside, waivers_of
from delinquency.restructuring.draft import Draft, PastDebt
from delinquency.restructuring.new_account import penalty_charges
from delinquency.schedule import Instalment, Schedule

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.ledger import Ledger
    from delinquency.restructuring.new_rows import NewRow
    from delinquency.restructuring.plan import RestructuringPlan
    from delinquency.rounding import Proportion

__all__ = [
    "changed_account",
    "changed_schedule",
    "closed_account",
    "left_penalty_id",
    "renumbered",
    "unposted_spans",
]

_Fact = TypeVar("_Fact")


def left_penalty_id(on: date) -> str:
    """The charge of penalty that had accrued by the day of a plan and was not waived."""
    return f"plan {on}, penalty left"


def changed_account(
    ledger: Ledger,
    draft: Draft,
    plan: RestructuringPlan,
    rows: Sequence[NewRow],
    first_due: Day,
    unposted: int,
    diminished: Proportion | None,
) -> Account:
    """The account with the plan in it.

    Parameters
    ----------
    ledger : Ledger
        At the close of the day before the plan.
    draft : Draft
        After all measures.
    plan : RestructuringPlan
    rows : sequence of NewRow
        What the plan asks for from its day on; none where the rows to come stand.
    first_due : int
        The first due date on which anything is asked for from the day on; the day itself if there is none.
    unposted : int
        Penalty that had accrued and was not posted, before any measure [minor units].
    diminished : Proportion or None
        The share of the present value that was given up.
    """
    account, day = ledger.account, draft.day
    if not draft.moved and not draft.is_replanned:
        return account
    on = to_date(day)
    changed = [debt for debt in draft.past if debt.open != list(ledger.open_rows[debt.place])]
    cut = {ledger.obligations[debt.place].number for debt in changed if debt.is_row}
    ends = cut | _to_come(ledger, day) if rows else cut
    begins = [
        *(row for debt in changed if debt.is_row for row in _remainder(debt, ledger, on)),
        *(_instalment(row, ledger, on) for row in rows if any(row[1:4])),
    ]
    gone = gone_beside(ledger, draft)
    check_oldest_go_first(ledger, draft, rows, gone)
    schedule, numbers = changed_schedule(account.schedule, ends, begins, on)
    events = [*renumbered(account.events, numbers), *waivers_of(gone, account.currency, on)]
    if unposted and draft.unposted != unposted:
        events += penalty_waivers(ledger, day)
    events.append(
        Restructuring(
            on,
            to_date(first_due),
            in_difficulty=plan.in_difficulty,
            diminished_share=diminished,
            grace_until=to_date(max(draft.rests) + 1) if draft.rests else None,
        )
    )
    beside = [*_charges(draft, plan, rows, ledger, unposted)]
    if account.product is Product.CARD:
        beside = [_with_its_row(charge, schedule, on) for charge in beside]
    charges = [*renumbered(account.charges, numbers), *beside]
    return attrs.evolve(account, schedule=schedule, events=events, charges=charges)


def closed_account(ledger: Ledger, draft: Draft) -> Account:
    """The account once another one owes all of it: rows end, the rest is waived here, and it is closed.

    Parameters
    ----------
    ledger : Ledger
        At the close of the day before the plan.
    draft : Draft
        Before any measure.
    """
    account, day = ledger.account, draft.day
    on = to_date(day)
    cut = {ledger.obligations[debt.place].number for debt in draft.past if debt.is_row}
    schedule, _ = changed_schedule(account.schedule, cut | _to_come(ledger, day), [], on)
    empty = attrs.evolve(
        draft,
        past=[attrs.evolve(debt, open=[0, 0, 0, 0]) for debt in draft.past],
        beside=[0, 0, 0, 0],
    )
    gone = gone_beside(ledger, empty)
    waivers = [*waivers_of(gone, account.currency, on)]
    accrued = [*penalty_waivers(ledger, day)] if draft.unposted else []
    events = [*account.events, *waivers, *accrued, Closure(on)]
    return attrs.evolve(account, schedule=schedule, events=events)


def _to_come(ledger: Ledger, day: Day) -> set[int]:
    """The numbers of the rows to come, those that were paid in advance among them."""
    return {
        debt.number
        for debt in ledger.obligations
        if debt.kind == DebtKind.INSTALMENT and debt.due_day >= day and ledger.is_in_force(debt)
    }


def _remainder(debt: PastDebt, ledger: Ledger, on: date) -> Iterator[Instalment]:
    """What is left of a row that is past due, still due when it was."""
    if any(debt.open):
        currency = ledger.account.currency
        principal, interest, fees = (from_minor(amount, currency) for amount in debt.open[:3])
        yield Instalment(to_date(debt.due_day), principal, interest, fees, in_force_from=on)


def _instalment(row: NewRow, ledger: Ledger, on: date) -> Instalment:
    currency = ledger.account.currency
    principal, interest, fees = (from_minor(amount, currency) for amount in row[1:4])
    return Instalment(to_date(row.due_day), principal, interest, fees, in_force_from=on)


def changed_schedule(
    schedule: Schedule, ends: Container[int], begins: Iterable[Instalment], on: date
) -> tuple[Schedule, Mapping[int, int]]:
    """A schedule of which rows end on a day and others begin; and what number each old row has in it."""
    rows: list[tuple[int, Instalment]] = [
        (number, attrs.evolve(row, in_force_until=on) if number in ends else row)
        for number, row in enumerate(schedule, start=1)
    ]
    rows += [(0, row) for row in begins]
    rows.sort(key=lambda each: _in_order(each[1]))
    numbers = {old: new for new, (old, _) in enumerate(rows, start=1) if old}
    return Schedule(schedule.currency, [row for _, row in rows]), numbers


def renumbered(facts: Iterable[_Fact], numbers: Mapping[int, int]) -> Iterator[_Fact]:
    """Facts that name a row of a schedule, with the number that it has in the changed one."""
    for fact in facts:
        if isinstance(fact, (Charge, Dispute)) and fact.instalment_no is not None:
            number = numbers.get(fact.instalment_no, fact.instalment_no)
            yield attrs.evolve(fact, instalment_no=number)
        else:
            yield fact


def _with_its_row(charge: Charge, schedule: Schedule, on: date) -> Charge:
    """Penalty in parts beside rows that rank by the day on which they were billed: each with its row.

    Ranked by its due date it would come after all rows of the plan, which were billed together.
    """
    for number, row in enumerate(schedule, start=1):
        if row.due_date == charge.due_date and row.in_force_from == on:
            return attrs.evolve(charge, instalment_no=number)
    return charge


def _in_order(row: Instalment) -> tuple[date, date]:
    return row.due_date, row.in_force_from or date.min


def _charges(
    draft: Draft,
    plan: RestructuringPlan,
    rows: Sequence[NewRow],
    ledger: Ledger,
    unposted: int,
) -> Iterator[Charge]:
    """Penalty, which no row of a schedule can have: in parts, and what was not waived of it."""
    currency, on = ledger.account.currency, plan.effective_on
    yield from penalty_charges(rows, currency, on)
    if draft.unposted != unposted and draft.unposted:
        amount = from_minor(draft.unposted, currency)
        yield Charge(left_penalty_id(on), Component.PENALTY, amount, on, charged_on=on)


def penalty_waivers(ledger: Ledger, day: Day) -> Iterator[PenaltyWaiver]:
    """The waivers by which penalty that accrued and was not posted is let off."""
    for start, end in unposted_spans(ledger, day):
        yield PenaltyWaiver(to_date(start), to_date(end), recorded_on=to_date(day))


def unposted_spans(ledger: Ledger, day: Day) -> Iterator[tuple[Day, Day]]:
    """The days before the plan whose penalty is neither posted nor waived already.

    Raises
    ------
    InvalidValueError
        A part of the penalty of some of those days was waived: the rest of them has no waiver of its own.
    """
    posted = [debt.due_day for debt in ledger.obligations if debt.kind == DebtKind.POSTED_PENALTY]
    start = max(posted, default=min(debt.due_day for debt in ledger.obligations))
    for row in sorted(ledger.account.spans(PenaltyWaiver)):
        if row.end <= start or row.start >= day:
            continue
        if row.numerator < row.denominator:
            raise InvalidValueError.at(
                "restructuring plan, penalty",
                expected="days of which no part of the penalty was waived before",
                found=f"a waiver from {to_date(row.start)} on of a part",
            )
        if row.start > start:
            yield start, row.start
        start = min(row.end, day)
    if start < day:
        yield start, day
