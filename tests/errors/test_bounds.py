"""Numbers beyond what a calendar or 64 bits hold are refused, where they are given or where they arise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
import delinquency.portfolio as pf
from delinquency.calendar import add_months
from delinquency.late_fees import EveryDays, FeeBase, LateFeeTerms, ShareFee
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RateTier,
    RoundingGrain,
)
from delinquency.revolving import (
    BALANCE_KINDS,
    BalanceKind,
    KindSwitch,
    card_bureau_codes,
    card_ledger,
    requirements,
)
from delinquency.rounding import Proportion
from tests.unit.revolving import cases

CNY = dq.Currency.of("CNY")
HOUSE = dq.rulebook.load("founding-report").versions[0]
NEVER = PenaltyGrace.NEVER_CHARGED
PENALTY = PenaltyTerms(
    rate=FixedPenaltyRate(dq.Rate.per_year("0.18")),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.NONE,
    day_count=dq.DayCount.ACT_360,
    posting=Posting.ON_DEMAND,
    grain=RoundingGrain.INSTALMENT,
)
JAN = date(2025, 1, 1)
JUNE = date(2025, 6, 1)


def account_of(count=2, amount=1000, **more):
    rows = [dq.Instalment(add_months(JAN, number), amount) for number in range(count)]
    return dq.Account(
        account_id="A",
        originated_on=date(2024, 12, 1),
        schedule=dq.Schedule(CNY, rows),
        **more,
    )


def fee_of(numerator):
    share = ShareFee(Proportion(numerator, 1), FeeBase.OVERDUE_AMOUNT)
    return LateFeeTerms(name="late", amount=share)


@pytest.mark.parametrize("verb", [dq.breakdown, dq.assess, dq.replay, pf.assess])
def test_late_fees_beyond_the_bound_of_an_account_are_refused_with_its_name(verb):
    """1000.00 are due; 10**10 - 1 times as much as a fee makes 10**15 minor units, the most there may be."""
    account = account_of(1)
    subject = pf.Portfolio.from_accounts([account]) if verb is pf.assess else account
    verb(subject, as_of=JUNE, policy=attrs.evolve(HOUSE, late_fees=[fee_of(10**10 - 1)]))
    once_more = attrs.evolve(fee_of(1), name="once more", wait_days=9)
    for beyond in ([fee_of(10**10)], [fee_of(10**16)], [fee_of(10**10 - 1), once_more]):
        policy = attrs.evolve(HOUSE, late_fees=beyond)
        with pytest.raises(dq.InvalidValueError, match="^account 'A', late fee"):
            verb(subject, as_of=JUNE, policy=policy)


HUGE = 10**5000
"""More digits than Python writes."""


@pytest.mark.parametrize(
    "ask",
    [
        lambda: dq.Payment(JAN, -HUGE),
        lambda: dq.Payment(JAN, HUGE, payment_id=HUGE),
        lambda: dq.Instalment(JAN, -HUGE),
        lambda: account_of(amount=HUGE),
        lambda: EveryDays(-HUGE),
        lambda: EveryDays((HUGE,)),
        lambda: fee_of(1).__class__(name="late", amount=fee_of(1).amount, due_in_days=-HUGE),
        lambda: dq.classify(-HUGE, scheme=HOUSE.buckets),
        lambda: dq.Frequency(months=HUGE, days=0),
        lambda: dq.breakdown(
            account_of(), as_of=JUNE, policy=attrs.evolve(HOUSE, late_fees=[fee_of(HUGE)])
        ),
    ],
)
def test_a_number_too_long_to_be_written_is_refused_with_a_short_message(ask):
    with pytest.raises(dq.DelinquencyError) as caught:
        ask()
    assert len(str(caught.value)) < 500


MOST_DAYS = 109_937
"""From 1900-01-01 to 2200-12-31."""
ORDER = HOUSE.allocation
OF_DAYS = {
    "age switch": lambda days: dq.AgeSwitch(days, ORDER),
    "age of a card": lambda days: KindSwitch(at_least=days, kinds=BALANCE_KINDS),
    "grace of penalty": lambda days: attrs.evolve(PENALTY, grace_days=days, grace_kind=NEVER),
    "rate tier": lambda days: RateTier(days, dq.Rate.per_year("0.18")),
    "off balance": lambda days: attrs.evolve(HOUSE, off_balance_from=days),
    "wait": lambda days: attrs.evolve(fee_of(1), wait_days=days),
    "due in": lambda days: attrs.evolve(fee_of(1), due_in_days=days),
    "again": EveryDays,
}


@pytest.mark.parametrize("make", OF_DAYS.values(), ids=list(OF_DAYS))
def test_terms_take_no_more_days_than_the_calendar_has(make):
    make(MOST_DAYS)
    for days in (MOST_DAYS + 1, 2**63, 10**30):
        with pytest.raises(dq.DelinquencyError, match="at most 109,937 days"):
            make(days)


LAST = date(2200, 12, 31)


@pytest.mark.parametrize("verb", [dq.breakdown, pf.assess, pf.history, pf.penalty_interest])
def test_the_largest_ages_and_graces_are_answered(verb):
    policy = attrs.evolve(
        HOUSE,
        allocation_by_age=[dq.AgeSwitch(MOST_DAYS, ORDER)],
        penalty=attrs.evolve(PENALTY, grace_days=MOST_DAYS, grace_kind=NEVER),
    )
    subject = account_of() if verb is dq.breakdown else pf.Portfolio.from_accounts([account_of()])
    days = {"dates": [JUNE, LAST]} if verb is pf.history else {"as_of": LAST}
    verb(subject, **days, policy=policy)


def test_a_fee_falls_due_in_the_calendar():
    policy = attrs.evolve(HOUSE, late_fees=[attrs.evolve(fee_of(1), due_in_days=MOST_DAYS)])
    fees = [
        entry
        for entry in dq.replay(account_of(), as_of=LAST, policy=policy).entries
        if entry.component is dq.Component.FEES
    ]
    assert [entry.due_date for entry in fees] == [LAST, LAST]


@pytest.mark.parametrize("last_due", [date(2200, 12, 1), date(2200, 7, 1)])
def test_a_question_on_the_last_day_of_the_calendar_looks_no_further(last_due):
    """Penalty is posted on the last day of a month: the next posting would be in 2201."""
    policy = attrs.evolve(
        HOUSE,
        penalty=attrs.evolve(PENALTY, posting=Posting.ON_STATEMENT, statement_day=31),
        penalty_in_waterfall=dq.PenaltyPlace.POSTED,
    )
    account = attrs.evolve(account_of(), schedule=dq.Schedule(CNY, [dq.Instalment(last_due, 1000)]))
    owed = dq.breakdown(account, as_of=LAST, policy=policy)
    days = (LAST - last_due).days
    assert owed.due.penalty + owed.past_due.penalty == Decimal(1000 * 18 * days).scaleb(-2) / 360


CARD = cases.card(cases.purchase(date(2025, 3, 20), 1000))


def test_the_requirements_of_the_last_day_fall_due_on_it():
    last = cases.card(
        cases.purchase(date(2200, 12, 1), 1000),
        agreed=cases.terms(cycle_day=31),
        originated_on=date(2200, 11, 3),
    )
    ledger = requirements(last, as_of=LAST)
    assert [(row.due_date, row.in_force_from) for row in ledger.schedule] == [(LAST, LAST)]
    book = pf.CardBook.from_cards([last])
    assert pf.requirements(book, as_of=LAST).account(0) == ledger


def test_a_report_has_sixty_months_or_as_many_as_the_card_has_lived():
    june = date(2024, 6, 1)
    young = cases.card(originated_on=date(2023, 6, 1))
    assert len(card_bureau_codes(young, as_of=june, months=60)) == 60
    old = cases.card(originated_on=date(2001, 6, 1))
    assert [month.code for month in card_bureau_codes(old, as_of=june, months=276)] == ["*"] * 276
    for card, months in ((young, 61), (old, 277), (young, 24_289), (young, 2**63)):
        with pytest.raises(dq.InvalidValueError, match="card 'C-1', bureau codes, months"):
            card_bureau_codes(card, as_of=june, months=months)


def test_a_balance_that_outgrows_every_amount_is_refused_with_the_card():
    kinds = (BalanceKind.PURCHASE, BalanceKind.INTEREST)
    dear = cases.interest(kinds=kinds, rate=dq.Rate.per_year(4))
    card = cases.card(cases.purchase(date(2025, 3, 20), 10**12), agreed=cases.terms(interest=dear))
    with pytest.raises(dq.InvalidValueError, match="card 'C-1', statement of .* at most 10"):
        card_ledger(card, as_of=date(2075, 1, 1))


@pytest.mark.parametrize("verb", [pf.assess, pf.history, pf.instalment_ages])
def test_a_book_says_which_account_is_refused(verb):
    """A table of penalty rates that begins after the delay."""
    rate = FixedPenaltyRate([(JUNE, dq.Rate.per_year("0.18"))])
    policy = attrs.evolve(
        HOUSE,
        penalty=attrs.evolve(PENALTY, rate=rate),
        penalty_in_waterfall=dq.PenaltyPlace.ON_DEMAND,
    )
    paid = account_of(payments=[dq.Payment(date(2025, 1, 9), 5)])
    days = {"dates": [JUNE]} if verb is pf.history else {"as_of": JUNE}
    with pytest.raises(dq.InvalidValueError, match="^account 'A', fixed penalty rate"):
        verb(pf.Portfolio.from_accounts([paid]), **days, policy=policy)
