"""Replaying a card: facts in order of date, and only the days on which something happens.

The one idea: state is replayed from facts, never patched, and the day is the smallest thing there is. All
debits of a day are posted before any credit, and all payments of a day are one, so that neither the order
nor a split of what happened on one day can matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY
from delinquency.revolving.accruing import bear
from delinquency.revolving.allocating import credit, offset_held, pay
from delinquency.revolving.billing import draw_statement, judge_statement, post_late_fee
from delinquency.revolving.cycles import due_day
from delinquency.revolving.kinds import BalanceKind, CreditSource, TransactionKind
from delinquency.revolving.late_fee import LateFeePosting
from delinquency.revolving.state import CardState, Item, RunningPlan, Standing
from delinquency.revolving.taking_over import take_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from delinquency.calendar import Day
    from delinquency.revolving.card import CardAccount

__all__ = ["replay_card"]

_KINDS = {
    TransactionKind.PURCHASE: BalanceKind.PURCHASE,
    TransactionKind.CASH_ADVANCE: BalanceKind.CASH_ADVANCE,
    TransactionKind.FEE: BalanceKind.FEES,
}


def replay_card(card: CardAccount, as_of: Day, known: Day) -> CardState:
    """The state of a card at the close of ``as_of``, by what was known at the close of ``known``.

    A fact counts if its day is on or before ``as_of``, it was recorded on or before ``known``, and it was
    not reversed on or before the cut: ``known``, or ``as_of`` if ``known`` is 2**31 - 1. Within a day:
    promotions that end, a late fee, debits, conversions, refunds, payments, the judgement of the last
    statement, the next statement. From the start of the day of an agreement on nothing happens.
    """
    state = CardState(card, as_of, known)
    facts = _Facts(card, as_of, known)
    agreed = card.agreement_day
    for day in sorted({*facts.days, *_days_of_cycles(state)}):
        if day < agreed:
            _live(state, facts, day)
    if agreed <= as_of:
        take_over(state, agreed)
    return state


class _Facts:
    """The facts that count, by day: places of transactions, and money."""

    __slots__ = ("credits", "days", "debits", "ends", "money")

    def __init__(self, card: CardAccount, as_of: Day, known: Day) -> None:
        cut = as_of if known == NONE_DAY else known
        self.debits: dict[Day, list[int]] = {}
        self.credits: dict[Day, list[int]] = {}
        self.money: dict[Day, int] = {}
        self.ends: set[Day] = set()
        for place, row in enumerate(card.transaction_rows):
            if row.posted_day <= as_of and row.recorded_day <= known and row.reversed_day > cut:
                self._add(card, place, row.posted_day)
        for money in card.money_rows:
            day = money.value_day
            if day <= as_of and money.recorded_day <= known and money.reversed_day > cut:
                self.money[day] = self.money.get(day, 0) + money.amount
        self.ends = {day for day in self.ends if day <= as_of}
        self.days = {*self.debits, *self.credits, *self.money, *self.ends}

    def _add(self, card: CardAccount, place: int, day: Day) -> None:
        transaction = card.transactions[place]
        if transaction.kind is TransactionKind.REFUND:
            self.credits.setdefault(day, []).append(place)
            return
        self.debits.setdefault(day, []).append(place)
        promotion = transaction.promotion
        if promotion is not None and promotion.is_deferred:
            self.ends.add(day + (promotion.until - transaction.posted_on).days)


def _days_of_cycles(state: CardState) -> Iterator[Day]:
    """Statements, last days of grace, and days on which a late fee may be posted."""
    terms = state.terms
    number = 0
    while (day := state.statement_day(number)) <= state.as_of:
        yield day
        due = due_day(day, terms.due)
        judged = due + terms.grace_days.on(day)
        if judged <= state.as_of:
            yield judged
        is_apart = terms.late_fee_posting is LateFeePosting.AFTER_GRACE
        if is_apart and terms.late_fee.on(due) is not None and judged < state.as_of:
            yield judged + 1
        number += 1


def _live(state: CardState, facts: _Facts, day: Day) -> None:
    if day in facts.ends:
        _end_promotions(state, day)
    if state.fee_day == day:
        post_late_fee(state, day)
    plans: list[int] = []
    for place in facts.debits.get(day, ()):
        _post(state, place, day)
        if state.card.transaction_rows[place].refers_to >= 0:
            plans.append(place)
    offset_held(state, day)
    for place in plans:
        amount = state.card.transaction_rows[place].amount
        state.converted += amount
        state.lines.converted += amount
        credit(state, day, amount, CreditSource.CONVERSION, _named(state, place))
    rows = state.card.transaction_rows
    # A refund that names its purchase comes first, so that no id decides which purchase is left.
    for place in sorted(facts.credits.get(day, ()), key=lambda place: rows[place].refers_to < 0):
        amount = rows[place].amount
        state.paid += amount
        state.lines.refunds += amount
        credit(state, day, amount, CreditSource.REFUND, _named(state, place))
    if day in facts.money:
        pay(state, day, facts.money[day])
    if state.statements and state.statements[-1].judged_day == day:
        judge_statement(state, state.statements[-1])
    if state.statement_day(len(state.statements)) == day:
        draw_statement(state, day)


def _post(state: CardState, place: int, day: Day) -> None:
    transaction = state.card.transactions[place]
    amount = state.card.transaction_rows[place].amount
    if transaction.plan is not None:
        cost = to_minor(transaction.plan.cost, state.card.currency, where="plan", field="cost")
        state.plans.append(RunningPlan(transaction.plan, amount, cost, place))
        state.charged += amount
        return
    state.add(_item(state, place, day, amount))
    match transaction.kind:
        case TransactionKind.PURCHASE:
            state.lines.purchases += amount
        case TransactionKind.CASH_ADVANCE:
            state.lines.cash_advances += amount
        case _:
            state.lines.fees += amount


def _item(state: CardState, place: int, day: Day, amount: int) -> Item:
    transaction = state.card.transactions[place]
    kind = _KINDS[transaction.kind]
    rates = state.terms.interest.rate_of(kind)
    promotion = transaction.promotion
    is_deferred = promotion is not None and promotion.is_deferred
    if is_deferred:
        standing = Standing.DEFERRED
    elif kind is BalanceKind.CASH_ADVANCE:
        standing = Standing.BEARING
    else:
        standing = Standing.FREE
    if rates is None and promotion is None:
        standing = Standing.NEVER
    return Item(
        kind,
        day,
        amount,
        rates=rates,
        standing=standing,
        place=place,
        sequence=state.sequence,
        promotion_rate=None if promotion is None else promotion.rate,
        until=NONE_DAY
        if promotion is None
        else day + (promotion.until - transaction.posted_on).days,
    )


def _named(state: CardState, place: int) -> list[Item]:
    """The item that a refund or a plan names, if anything of it is open."""
    named = state.card.transaction_rows[place].refers_to
    return [item for item in state.items if named >= 0 and item.place == named]


def _end_promotions(state: CardState, day: Day) -> None:
    """Charge what was kept aside of deferred interest, or forget it where all was paid."""
    for item in state.items:
        if item.until != day or item.standing is not Standing.DEFERRED:
            continue
        if item.open:
            bear(state, item)
        else:
            item.restart(day)
            item.standing = Standing.NEVER
