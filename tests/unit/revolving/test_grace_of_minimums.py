"""The grace (容时) and the tolerance (容差) of a card hold when its minimums are counted.

Purchases of 10,000.00 on 30 March ask for a tenth, 1,000.00, by 23 April; three days of grace end at the
close of the 26th, and 10.00 may be missing. No rates: the next minimums are tenths of what is left.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from tests.unit.revolving.cases import (
    COSTS,
    PRINCIPAL,
    ByKind,
    card,
    interest,
    paid,
    purchase,
    refund,
    terms,
    yuan,
)

import delinquency as dq
from delinquency import portfolio
from delinquency.revolving import (
    CycleCount,
    KindSwitch,
    MinimumPaymentRule,
    card_ledger,
    missed_cycles,
    requirements,
)

DUE = date(2025, 4, 23)
BOUGHT = date(2025, 3, 30)
POLICY = dq.rulebook.load("cn-card")
ORDER = ByKind(kinds=COSTS + PRINCIPAL, switch=KindSwitch(at_least=91, kinds=PRINCIPAL + COSTS))


def spender(*facts, amount=10_000, **more):
    agreed = {"grace_days": 3, "tolerance": 10, "interest": interest(kinds=[]), "order": ORDER}
    return card(purchase(BOUGHT, amount), *facts, agreed=terms(**(agreed | more)))


def days_late(subject, day, *, asked_on=None):
    """Days past due of the minimums at the close of a day, of the requirements of a day."""
    account = requirements(subject, as_of=asked_on or day)
    return dq.assess(account, as_of=day, policy=POLICY).days_past_due


def april(day):
    return date(2025, 4, day)


def test_a_minimum_that_may_still_be_met_is_not_past_due_and_missed_it_is_all_days_late():
    """Nothing is paid: on 24, 25 and 26 April grace runs; on the 27th it is four days, not one."""
    counts = [days_late(spender(), april(day)) for day in (23, 24, 26, 27, 28)]
    assert counts == [0, 0, 0, 4, 5]


def test_a_minimum_paid_on_the_last_day_of_grace_was_never_past_due():
    """1,000.00 on 26 April: no day is late, asked on that day or looked back at in May."""
    subject = spender(paid(april(26), 1000))
    window = [april(day) for day in range(23, 30)]
    assert [days_late(subject, day) for day in window] == [0] * 7
    assert [days_late(subject, day, asked_on=date(2025, 5, 4)) for day in window] == [0] * 7


def test_a_minimum_paid_on_the_day_after_grace_was_late_from_the_due_date_on():
    """1,000.00 on 27 April: looked back at from the 28th, the 26th was three days late."""
    subject = spender(paid(april(27), 1000))
    assert [days_late(subject, april(day)) for day in (26, 27)] == [0, 0]
    assert days_late(subject, april(26), asked_on=april(28)) == 3


def paying_the_later_minimums(*facts):
    """The card with these facts that pays what May, June and July newly require on their due dates."""
    for number in range(1, 4):
        row = card_ledger(spender(*facts), as_of=date(2025, 4 + number, 5)).statements[number]
        facts = (*facts, paid(row.due_date, row.newly_required))
    return spender(*facts)


@pytest.mark.parametrize("amount", ["992.00", "990.00"])
def test_what_a_tolerance_lets_off_does_not_age(amount):
    """8.00 or 10.00 are missing of 1,000.00, and the later minimums are paid: 25 July, day 93, is normal."""
    subject = paying_the_later_minimums(paid(DUE, yuan(amount)))
    answer = dq.assess(
        requirements(subject, as_of=date(2025, 7, 25)), as_of=date(2025, 7, 25), policy=POLICY
    )
    assert (answer.days_past_due, answer.arrears, answer.bucket.label_zh) == (0, 0, "正常")
    assert missed_cycles(subject, as_of=date(2025, 7, 25)) == 0


def test_one_cent_more_than_the_tolerance_is_let_off_by_nobody():
    """10.01 are missing of 1,000.00: each later payment makes up for it and is as much short itself.

    On 22 July what is missing is that of the minimum of 23 June: 29 days. The payments of May and June
    ended the row of missed minimums and missed their own: one each time.
    """
    subject = paying_the_later_minimums(paid(DUE, yuan("989.99")))
    assert days_late(subject, date(2025, 7, 22)) == 29
    assert missed_cycles(subject, as_of=date(2025, 7, 22)) == 1


def test_what_is_let_off_is_owed_and_is_no_part_past_due():
    """992.00 of 1,000.00: 9,008.00 are owed, and May asks for a tenth of it and nothing past due."""
    subject = spender(paid(DUE, 992))
    ledger = card_ledger(subject, as_of=date(2025, 5, 5))
    second = ledger.statements[1]
    assert (ledger.open_amount, second.past_due_part, second.minimum_due) == (
        9008,
        0,
        yuan("900.80"),
    )
    assert [row.open_amount for row in ledger.requirements] == [0, yuan("900.80")]
    assert ledger.credits_to_minimums == ((april(26), yuan("8.00")),)
    before = card_ledger(subject, as_of=april(25))
    assert (before.requirements[0].open_amount, before.credits_to_minimums) == (8, ())


def test_the_next_missed_minimum_has_its_own_age_and_not_that_of_what_was_let_off():
    """992.00 of 1,000.00, and nothing in May: on 27 May it is four days and not 34."""
    subject = spender(paid(DUE, 992), paid(date(2025, 5, 27), 1))
    assert [days_late(subject, date(2025, 5, day)) for day in (23, 26, 27)] == [0, 0, 4]
    ledger = card_ledger(subject, as_of=date(2025, 5, 27))
    assert [row.days_past_due for row in ledger.allocations] == [0, 4]


def test_an_order_switches_by_the_age_of_missed_minimums_alone():
    """In grace the age is 0, on the fourth day four: money of both days says by which age it came."""
    subject = spender(paid(april(25), 1), paid(april(27), 1))
    ledger = card_ledger(subject, as_of=april(27))
    assert [row.days_past_due for row in ledger.allocations] == [0, 4]


def test_a_missed_minimum_that_comes_within_the_tolerance_is_past_due_no_more():
    """993.00 on 30 April leave 7.00: six days late on the 29th, none on the 30th or in July."""
    facts = [paid(april(30), 993)]
    subject = spender(*facts)
    assert [days_late(subject, april(day)) for day in (29, 30)] == [6, 0]
    assert card_ledger(subject, as_of=april(30)).credits_to_minimums == ((april(30), 7),)
    short = spender(paid(april(30), yuan("989.99")))
    assert days_late(short, april(30)) == 7


def test_a_refund_may_bring_a_missed_minimum_within_the_tolerance():
    """A refund of 995.00 that counts for the minimum leaves 5.00, let off on the same day: 1,000.00."""
    subject = spender(refund(april(30), 995), refunds_settle_minimum=True)
    assert card_ledger(subject, as_of=april(30)).credits_to_minimums == ((april(30), 1000),)
    assert [days_late(subject, april(day)) for day in (29, 30)] == [6, 0]


def test_a_minimum_below_the_tolerance_is_let_off_without_money():
    """A tenth of 100.00 is 10.00: nothing is paid, and nothing is ever late."""
    subject = spender(amount=100)
    assert [days_late(subject, DUE + timedelta(days=each)) for each in range(1, 12)] == [0] * 11
    assert missed_cycles(subject, as_of=april(30), count=CycleCount.STILL_OPEN) == 0


def test_a_card_without_grace_and_tolerance_counts_from_the_day_after_the_due_date():
    """One cent is missing of 1,000.00."""
    subject = spender(paid(DUE, yuan("999.99")), grace_days=0, tolerance=0)
    assert [days_late(subject, april(day)) for day in (23, 24)] == [0, 1]


def test_a_minimum_that_is_met_is_not_past_due_where_the_due_date_is_the_first_late_day():
    """A count that begins on the due date: 1,000.00 on the last day of grace or one day later.

    The second is late on ``[23 April, 27 April)`` at the close of the 26th, looked back at: four days.
    """
    version = POLICY.versions[-1]
    counting = attrs.evolve(version.counting, first_day=dq.FirstDay.DUE_DATE)
    policy = attrs.evolve(version, counting=counting)
    found = [
        dq.days_past_due(
            requirements(spender(paid(april(pays_on), 1000)), as_of=april(27)),
            as_of=april(26),
            policy=policy,
        )
        for pays_on in (26, 27)
    ]
    assert found == [0, 4]


@pytest.mark.parametrize("known_on", [None, date(2025, 4, 20), date(2025, 5, 22), date(2025, 6, 1)])
def test_what_a_tolerance_lets_off_is_let_off_whatever_was_known(known_on):
    """5.00 in all, within 10.00: it follows from the statement, so a cut before the due date keeps it."""
    subject = spender(amount=5, grace_days=0, minimum=MinimumPaymentRule(shares=(), floor=50))
    as_of = date(2025, 6, 1)
    account = requirements(subject, as_of=as_of, known_on=known_on)
    assert dq.days_past_due(account, as_of=as_of, policy=POLICY, known_on=known_on) == 0
    counted = portfolio.requirements(
        portfolio.CardBook.from_cards([subject]), as_of=as_of, known_on=known_on
    )
    answer = portfolio.assess(counted, as_of=as_of, policy=POLICY, known_on=known_on)
    assert answer.days_past_due.tolist() == [0]
