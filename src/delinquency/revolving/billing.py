"""Drawing a statement, and judging it on the last day of grace.

The one idea: a statement asks and a judgement answers. On the statement day everything of the cycle is
billed and a minimum is newly required; at the close of the due date plus grace it is decided, once, whether
the statement was paid in full, whether its minimum was met, and what follows for interest and charges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from delinquency.calendar import NONE_DAY, to_date
from delinquency.component import Component
from delinquency.errors import InvalidValueError
from delinquency.late_fees import FeeFacts, fee_minor
from delinquency.revolving.accruing import accrue_bearing, bear, priced
from delinquency.revolving.allocating import offset_held
from delinquency.revolving.cycles import due_day
from delinquency.revolving.formulas import (
    minimum_minor,
    newly_required_minor,
    plan_part,
)
from delinquency.revolving.interest import InterestMethod
from delinquency.revolving.kinds import BalanceKind, component_of
from delinquency.revolving.late_fee import LateFeePosting
from delinquency.revolving.minimum import MinimumBase
from delinquency.revolving.rows import Requirement, StatementDraft
from delinquency.revolving.state import Item, Lines, Standing
from delinquency.revolving.transactions import PlanResidue
from delinquency.rounding import divide

if TYPE_CHECKING:
    from delinquency.calendar import Day
    from delinquency.revolving.minimum import MinimumShare
    from delinquency.revolving.state import CardState, RunningPlan

__all__ = ["draw_statement", "judge_statement", "limit_on", "post_late_fee"]

_LARGEST_BALANCE: Final = 10**40
"""Far beyond every card, and well within the digits of an exact amount [minor units]."""


def draw_statement(state: CardState, day: Day) -> None:
    """Bill the cycle that ends at the close of ``day``."""
    due = due_day(day, state.terms.due)
    draft = StatementDraft(len(state.statements), day, due, due + state.terms.grace_days.on(day))
    draft.opening = state.statements[-1].closing if state.statements else 0
    draft.tolerance = state.terms.tolerance_minor.on(due)
    if state.fee_day == NONE_DAY:
        post_late_fee(state, day)
    _bill_plans(state, day)
    _bill_interest(state, day, draft)
    for item in state.items:
        if item.billed < 0:
            item.billed = draft.number
    offset_held(state, day)
    draft.lines, state.lines = state.lines, Lines()
    state.credited = 0
    _ask(state, draft)
    state.items = [
        item
        for item in state.items
        if item.open or item.standing in (Standing.FREE, Standing.DEFERRED)
    ]
    state.statements.append(draft)
    if state.open_balance > _LARGEST_BALANCE:
        raise InvalidValueError.at(
            f"card {state.card.account_id!r}, statement of {to_date(day)}",
            expected="a balance of at most 10**40 minor units",
            found="more",
            hint="Interest that bears interest has outgrown what an amount can tell; check the rates.",
        )


def _post_by_statement(
    state: CardState, kind: BalanceKind, day: Day, amount: int, place: int
) -> None:
    """Post what a statement itself charges; it may bear interest from the day after."""
    if not amount:
        return
    rates = state.terms.interest.rate_of(kind)
    state.add(
        Item(
            kind,
            day + 1,
            amount,
            rates=rates,
            standing=Standing.NEVER if rates is None else Standing.FREE,
            place=place,
            sequence=state.sequence,
        )
    )


def post_late_fee(state: CardState, day: Day) -> None:
    """Post the late fee that waits, if one does."""
    fee, state.fee, state.fee_day = state.fee, 0, NONE_DAY
    _post_by_statement(state, BalanceKind.PENALTY, day, fee, -1)
    state.lines.late_fees += fee


def _bill_plans(state: CardState, day: Day) -> None:
    for plan in state.plans:
        _bill_part(state, plan, day)
    state.plans = [plan for plan in state.plans if plan.number <= plan.plan.instalments]


def _bill_part(state: CardState, plan: RunningPlan, day: Day) -> None:
    terms = plan.plan
    first_takes_rest = int(terms.residue is PlanResidue.FIRST)
    part = plan_part(plan.amount, terms.instalments, plan.number, first_takes_rest)
    plan.number += 1
    plan.unbilled -= part
    _post_by_statement(state, BalanceKind.PLAN, day, part, plan.place)
    # The principal was charged when the plan was made; here it only becomes a balance.
    state.charged -= part
    state.lines.plan_parts += part
    is_fee = terms.cost_component is Component.FEES
    kind = BalanceKind.FEES if is_fee else BalanceKind.INTEREST
    _post_by_statement(state, kind, day, plan.cost, plan.place)
    if is_fee:
        state.lines.fees += plan.cost
    else:
        state.lines.interest += plan.cost


def _bill_interest(state: CardState, day: Day, draft: StatementDraft) -> None:
    accrue_bearing(state, day + 1)
    draft.segments, exact = priced(state)
    amount = sum(row.amount for row in draft.segments)
    state.exact_interest += exact
    state.bearing.clear()
    state.lines.interest += amount
    _post_by_statement(state, BalanceKind.INTEREST, day, amount, -1)


def limit_on(state: CardState, day: Day) -> int:
    """The credit limit of a day as it was known [minor units]; -1 if the card has none."""
    limit = -1
    for row in state.card.limit_rows:
        if row.from_day <= day and row.recorded_day <= state.known:
            limit = row.amount
    return limit


def _ask(state: CardState, draft: StatementDraft) -> None:
    """What the statement asks for: the balance, and at least the minimum."""
    balance = state.open_balance
    deferred = sum(item.open for item in state.items if item.standing is Standing.DEFERRED)
    draft.closing = balance - state.held
    draft.full_payment = max(0, draft.closing - deferred)
    draft.past_due = state.required
    draft.unbilled_plans = state.unbilled_plans
    draft.missed_run = state.missed_run
    draft.age = state.age(draft.day)
    limit = limit_on(state, draft.day)
    if limit >= 0:
        draft.over_limit = max(0, draft.closing + draft.unbilled_plans - limit)
    _require(state, draft, balance)


def _require(state: CardState, draft: StatementDraft, balance: int) -> None:
    rule, floor, multiple = state.terms.minimum_rows.on(draft.day)
    parts = dict.fromkeys(Component, 0)
    for share in rule.shares:
        weight = share.share.numerator * (rule.denominator // share.share.denominator)
        parts[component_of(share.kind)] += weight * _base(state, share, draft.number)
    beyond = max(0, draft.over_limit - draft.past_due)
    beyond *= rule.over_limit.numerator * (rule.denominator // rule.over_limit.denominator)
    wanted = minimum_minor(sum(parts.values()), beyond, floor * rule.denominator)
    wanted = divide(wanted, rule.denominator * multiple, rule.rounding) * multiple
    newly = newly_required_minor(wanted, balance, draft.past_due)
    fees = min(newly, (parts[Component.FEES] + parts[Component.PENALTY]) // rule.denominator)
    interest = min(newly - fees, parts[Component.INTEREST] // rule.denominator)
    draft.newly_required = newly
    draft.minimum_due = draft.past_due + newly
    if newly:
        days = draft.day, draft.due_day, draft.judged_day
        amounts = newly - fees - interest, interest, fees
        state.requirements.append(Requirement(draft.number, days, amounts, draft.tolerance))


def _base(state: CardState, share: MinimumShare, number: int) -> int:
    is_new = share.of is MinimumBase.NEWLY_BILLED
    return sum(
        item.open
        for item in state.items
        if item.kind is share.kind and not (is_new and item.billed != number)
    )


def judge_statement(state: CardState, draft: StatementDraft) -> None:
    """Decide at the close of the last day of grace what the payments of the window were worth."""
    draft.is_judged = True
    draft.is_paid_in_full = state.credited + draft.tolerance >= draft.full_payment
    for item in state.items:
        if item.billed >= 0 and item.standing is Standing.FREE:
            _decide(state, item, draft)
    draft.shortfall = state.required
    draft.is_missed = draft.shortfall > draft.tolerance
    state.missed_run = state.missed_run + 1 if draft.is_missed else 0
    if draft.is_missed:
        _charge_late_fee(state, draft)
    elif draft.shortfall:
        _let_off(state, draft)


def _let_off(state: CardState, draft: StatementDraft) -> None:
    """What is missing of a minimum that is met within the tolerance is asked for by no minimum again.

    It stands in the balance, of which the next statement asks its share.
    """
    state.settled_minimum.append((draft.judged_day, draft.shortfall))
    for row in state.requirements:
        row.open = 0


def _decide(state: CardState, item: Item, draft: StatementDraft) -> None:
    if draft.is_paid_in_full:
        item.restart(draft.due_day)
        if not item.open:
            item.standing = Standing.NEVER
    elif state.terms.interest.method is InterestMethod.FULL_STATEMENT:
        bear(state, item)
    else:
        item.restart(item.pieces[0].start if item.pieces else item.accrued_to)
        item.standing = Standing.BEARING


def _charge_late_fee(state: CardState, draft: StatementDraft) -> None:
    fee = state.terms.late_fee.on(draft.due_day)
    if fee is None:
        return
    charged = state.fee_cycles.setdefault(fee.name, [])
    facts = FeeFacts(
        day=draft.judged_day,
        open_amounts=(draft.shortfall, 0, 0, 0),
        required_minimum=draft.minimum_due,
        unpaid_minimum=draft.shortfall,
        cycle=draft.number,
        fee_cycles=tuple(charged),
    )
    state.fee = fee_minor(fee, facts)
    if state.fee:
        charged.append(draft.number)
    if state.terms.late_fee_posting is LateFeePosting.AFTER_GRACE:
        state.fee_day = draft.judged_day + 1
