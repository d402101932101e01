"""The ledger of a card equals a card that is lived day by day."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings

from delinquency.revolving import BALANCE_KINDS, card_ledger
from tests.card_strategies import card_questions
from tests.oracle.card import LINES, CardLife

MANY = settings(max_examples=60)


@MANY
@given(card_questions())
def test_every_statement_is_that_of_a_card_lived_day_by_day(question):
    """Law: a replay over the days on which something happens equals a life of every day."""
    card, as_of, known_on = question
    ledger = card_ledger(card, as_of=as_of, known_on=known_on)
    life = CardLife(card, as_of=as_of, known_on=known_on)
    assert len(ledger.statements) == len(life.statements)
    for told, lived in zip(ledger.statements, life.statements, strict=True):
        assert (told.statement_date, told.due_date, told.judged_on) == (
            lived.drawn,
            lived.due,
            lived.last,
        )
        assert {line: getattr(told, line) for line in LINES} == lived.lines
        assert told.opening_balance == lived.opening
        assert told.closing_balance == lived.closing
        assert told.full_payment == lived.full_payment
        assert told.past_due_part == lived.past_due
        assert told.newly_required == lived.newly_required
        assert told.minimum_due == lived.minimum_due
        assert told.over_limit == lived.over_limit
        assert told.missed_cycles == lived.run
        assert told.is_paid_in_full == lived.in_full
        assert told.is_minimum_met == lived.met


@MANY
@given(card_questions())
def test_every_balance_is_that_of_a_card_lived_day_by_day(question):
    """Law: what is open, held, accrued and required at a close is what a life of every day leaves."""
    card, as_of, known_on = question
    ledger = card_ledger(card, as_of=as_of, known_on=known_on)
    life = CardLife(card, as_of=as_of, known_on=known_on)
    for kind in BALANCE_KINDS:
        assert ledger.balance(kind) == sum(d.open for d in life.debits if d.kind == kind.value)
    assert ledger.plan_principal_unbilled == life.to_bill()
    assert ledger.credit_balance == life.credit
    assert ledger.charged == life.charged
    assert ledger.accrued_interest == life.rounded_interest(as_of)[0]
    assert ledger.missed_consecutive == life.run
    told = [
        (r.statement_no - 1, r.principal, r.interest, r.fees, r.open_amount)
        for r in ledger.requirements
    ]
    assert told == [(r.statement, r.principal, r.interest, r.fees, r.open) for r in life.minimums]
    limit = life.limit(as_of)
    if limit is None:
        assert ledger.available_credit is None
    else:
        owed = sum((d.open for d in life.debits), Fraction(0)) + life.to_bill()
        assert ledger.available_credit == max(0, limit - owed + life.credit)
