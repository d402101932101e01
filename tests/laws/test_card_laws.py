"""What holds for every card, whatever its terms and whatever happened to it."""

from __future__ import annotations

from datetime import timedelta

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.revolving import (
    CreditSource,
    CycleCount,
    InterestMethod,
    TransactionKind,
    card_bureau_codes,
    card_ledger,
    requirements,
)
from tests.card_strategies import OPENED, card_questions, card_terms, cards, days, money

FEW = settings(max_examples=30)


def told(card, **asked):
    """Everything that a ledger says but the facts it was made of."""
    ledger = card_ledger(card, **asked)
    return attrs.asdict(ledger, recurse=False, filter=lambda field, _: field.name != "card")


@FEW
@given(card_questions())
def test_nothing_is_lost(question):
    """Law: charged = settled + open, and credited = settled + held, to the minor unit."""
    card, as_of, known_on = question
    ledger = card_ledger(card, as_of=as_of, known_on=known_on)
    assert ledger.charged == ledger.settled + ledger.open_amount
    assert ledger.paid + ledger.converted == ledger.settled + ledger.credit_balance
    assert ledger.settled == sum(row.amount for row in ledger.allocations)
    assert ledger.credit_balance >= 0
    assert all(amount >= 0 for _, amount in ledger.balances)


@FEW
@given(card_questions())
def test_the_general_ledger_settles_the_minimums_as_the_card_does(question):
    """Law: what is open of each minimum is the same in the card's own record and in its account.

    Money in the window after a statement pays open minimums, oldest first; what they do not need pays no
    later one, and money up to the day of a statement never pays it.
    """
    card, as_of, known_on = question
    own = card_ledger(card, as_of=as_of, known_on=known_on)
    account = requirements(card, as_of=as_of, known_on=known_on)
    policy = dq.rulebook.load("cn-card").versions[-1]
    ledger = dq.replay(account, as_of=as_of, policy=policy, known_on=known_on)
    left = [sum(row) for row in ledger.open_rows]
    minor_unit = account.currency.minor_unit
    required = [row.open_amount.scaleb(minor_unit) for row in own.requirements]
    assert left == (required or [0])


@FEW
@given(card_questions())
def test_what_is_past_due_in_the_account_of_minimums_was_missed_by_the_card(question):
    """Law: days past due are those of the oldest missed minimum that is open, and none if none is.

    So grace and tolerance, which decide what is missed, hold under a policy that has neither.
    """
    card, as_of, known_on = question
    own = card_ledger(card, as_of=as_of, known_on=known_on)
    account = requirements(card, as_of=as_of, known_on=known_on)
    policy = dq.rulebook.load("cn-card").versions[-1]
    missed = [
        (as_of - row.due_date).days
        for row in own.requirements
        if row.open_amount
        and own.statements[row.statement_no - 1].is_minimum_met is False
        and own.statements[row.statement_no - 1].judged_on < as_of
    ]
    days = dq.days_past_due(account, as_of=as_of, policy=policy, known_on=known_on)
    assert days == max(missed, default=0)


@FEW
@given(card_questions())
def test_statements_add_up_and_follow_one_another(question):
    """Law: a statement's lines make its closing balance, which the next one opens with."""
    card, as_of, known_on = question
    before = 0
    for row in card_ledger(card, as_of=as_of, known_on=known_on).statements:
        assert row.opening_balance == before
        charged = row.purchases + row.cash_advances + row.plan_parts + row.fees + row.late_fees
        credited = row.payments + row.refunds + row.converted
        assert before + charged + row.interest - credited == row.closing_balance
        assert row.minimum_due == row.newly_required + row.past_due_part
        assert 0 <= row.minimum_due <= max(0, row.closing_balance)
        costs = sum(segment.amount for segment in row.segments)
        assert row.interest >= costs
        before = row.closing_balance


@FEW
@given(card_questions())
def test_minimums_are_never_more_than_what_is_owed(question):
    """Law: what is open of all minimums is part of what is open of the balance."""
    card, as_of, known_on = question
    ledger = card_ledger(card, as_of=as_of, known_on=known_on)
    required = sum(row.open_amount for row in ledger.requirements)
    assert required <= sum(amount for _, amount in ledger.balances)


@FEW
@given(card_questions())
def test_the_minimums_of_the_account_are_those_of_the_ledger(question):
    """Law: money on the days after each statement, oldest row first, leaves what the ledger says is open."""
    card, as_of, known_on = question
    ledger = card_ledger(card, as_of=as_of, known_on=known_on)
    account = requirements(card, as_of=as_of, known_on=known_on)
    rows = [[row.in_force_from, row.total] for row in account.schedule if row.total]
    cut = as_of if known_on is None else known_on
    for payment in sorted(account.payments, key=lambda payment: payment.value_date):
        recorded = payment.recorded_on or payment.value_date
        if known_on is not None and recorded > known_on and payment in card.payments:
            continue
        if payment.value_date > as_of or (payment.reversed_on and payment.reversed_on <= cut):
            continue
        left = payment.amount
        for row in rows:
            if row[0] <= payment.value_date:
                used = min(left, row[1])
                row[1] -= used
                left -= used
    assert [row[1] for row in rows] == [row.open_amount for row in ledger.requirements]


@FEW
@given(cards(), days(60), st.integers(1, 60))
def test_what_happens_later_changes_no_statement_that_was_drawn(card, as_of, more):
    """Law: asked on a later day, without facts that came back from the future, the past is the same."""
    unchanged = attrs.evolve(
        card,
        transactions=[attrs.evolve(row, reversed_on=None) for row in card.transactions],
        payments=[attrs.evolve(row, reversed_on=None) for row in card.payments],
    )
    early = card_ledger(unchanged, as_of=as_of)
    late = card_ledger(unchanged, as_of=as_of + timedelta(days=more))
    judged = {"is_paid_in_full": None, "is_minimum_met": None}
    for was, now in zip(early.statements, late.statements, strict=False):
        if was.is_minimum_met is None:
            now = attrs.evolve(now, **judged)  # noqa: PLW2901
        assert was == now
    rows = [attrs.evolve(row, open_amount=0) for row in early.requirements]
    assert rows == [attrs.evolve(row, open_amount=0) for row in late.requirements[: len(rows)]]
    assert late.allocations[: len(early.allocations)] == early.allocations


@FEW
@given(cards(), days(60), st.integers(0, 60))
def test_what_was_known_then_is_told_again_later(card, as_of, more):
    """Law: what is recorded after ``known_on`` is as if it had never been given."""
    known_on = as_of + timedelta(days=more)
    known = attrs.evolve(
        card,
        transactions=[
            row
            for row in card.transactions
            if (row.recorded_on or row.posted_on) <= known_on
            or any(other.refers_to == row.transaction_id for other in card.transactions)
        ],
        payments=[row for row in card.payments if (row.recorded_on or row.value_date) <= known_on],
    )
    asked = {"as_of": as_of, "known_on": known_on}
    assert told(known, **asked) == told(card, **asked)


@FEW
@given(card_questions(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_given_changes_nothing(question, random):
    """Law: facts are dated; the order in which they are listed has no meaning."""
    card, as_of, known_on = question
    shuffled = {}
    for field in ("transactions", "payments", "credit_limits"):
        facts = list(getattr(card, field))
        random.shuffle(facts)
        shuffled[field] = facts
    asked = {"as_of": as_of, "known_on": known_on}
    assert told(attrs.evolve(card, **shuffled), **asked) == told(card, **asked)


@FEW
@given(cards(), days(60), st.data())
def test_splitting_a_payment_within_its_day_changes_nothing(card, as_of, data):
    """Law: payments of one value date are one payment."""
    assume(card.payments)
    place = data.draw(st.integers(0, len(card.payments) - 1))
    payment = card.payments[place]
    assume(payment.amount > money(1))
    part = money(data.draw(st.integers(1, int(payment.amount * 100) - 1)))
    parts = (
        attrs.evolve(payment, amount=part, payment_id="S-1"),
        attrs.evolve(payment, amount=payment.amount - part, payment_id=None),
    )
    rest = card.payments[:place] + card.payments[place + 1 :]
    split = attrs.evolve(card, payments=(*rest, *parts))
    assert told(split, as_of=as_of) == told(card, as_of=as_of)


@FEW
@given(st.data(), days(60))
def test_the_unpaid_part_never_costs_more_than_the_full_statement(data, as_of):
    """Law: on a first statement that loses its free days, part of the balance bears no more than all of it.

    Later statements may differ: interest that is billed is a balance itself, and takes payments.
    """
    terms = data.draw(card_terms())
    first = {}
    for method in InterestMethod:
        interest = attrs.evolve(terms.interest, method=method)
        agreed = attrs.evolve(terms, interest=interest)
        if not first:
            card = data.draw(cards(terms=st.just(agreed)))
        ledger = card_ledger(attrs.evolve(card, terms=agreed), as_of=as_of)
        first[method] = next(
            (row.interest for row in ledger.statements[1:2]),
            0,
        )
    assert first[InterestMethod.UNPAID_PART] <= first[InterestMethod.FULL_STATEMENT]


@FEW
@given(card_questions())
def test_a_run_of_missed_statements_is_a_run_of_statements_not_met(question):
    """Law: the count of cycles is at most the statements not met at the end, and codes tell it."""
    card, as_of, known_on = question
    ledger = card_ledger(card, as_of=as_of, known_on=known_on)
    judged = [row.is_minimum_met for row in ledger.statements if row.is_minimum_met is not None]
    run = 0
    while run < len(judged) and not judged[-1 - run]:
        run += 1
    assert ledger.missed_cycles() <= run
    still_open = sum(row.open_amount > 0 for row in ledger.requirements)
    assert ledger.missed_cycles(CycleCount.STILL_OPEN) <= still_open
    codes = card_bureau_codes(card, as_of=as_of, known_on=known_on, months=12)
    assert len(codes) == 12
    assert all(month.code in "/*N1234567" for month in codes)
    opened = [month for month in codes if month.code != "/"]
    assert len(opened) == min(12, len(ledger.statements))
    for month, row in zip(reversed(opened), reversed(ledger.statements), strict=False):
        assert month.reported_on == row.statement_date >= OPENED
        assert month.amount_past_due == row.past_due_part
        if month.code.isdigit():
            assert int(month.code) == min(7, row.missed_cycles)


@FEW
@given(card_questions())
def test_every_credit_settles_on_its_own_day_and_held_money_on_the_day_of_a_debit(question):
    """Law: allocations are in order of time, and those of payments sum to no more than was paid that day."""
    card, as_of, known_on = question
    ledger = card_ledger(card, as_of=as_of, known_on=known_on)
    dates = [row.value_date for row in ledger.allocations]
    assert dates == sorted(dates)
    by_day = {}
    for row in ledger.allocations:
        if row.source is CreditSource.PAYMENT:
            by_day[row.value_date] = by_day.get(row.value_date, 0) + row.amount
    for day, amount in by_day.items():
        came = sum(payment.amount for payment in card.payments if payment.value_date == day)
        assert amount <= came
    kinds = {row.kind for row in card.transactions}
    if TransactionKind.REFUND not in kinds:
        assert all(row.source is not CreditSource.REFUND for row in ledger.allocations)
