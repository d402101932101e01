"""The answer for one account: the paid-up, the late, the tolerated and the carried."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq

FIRST = date(2024, 12, 31)
JAN, FEB, MAR = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)
Reads = dq.CountName


def account_of(*payments: dq.Payment, **facts) -> dq.Account:
    schedule = dq.Schedule(CNY, [dq.Instalment(JAN, 100, 10), dq.Instalment(FEB, 100, 9)])
    return dq.Account(
        **{
            "account_id": "A-1",
            "originated_on": FIRST,
            "schedule": schedule,
            "payments": payments,
            **facts,
        }
    )


def assessed(account: dq.Account, as_of: date, policy=None, **asked) -> dq.Assessment:
    return dq.assess(account, as_of=as_of, policy=policy or policy_of(), **asked)


def test_a_paid_up_account_owes_nothing_late():
    answer = assessed(account_of(dq.Payment(JAN, 110)), date(2025, 2, 27))
    assert (answer.account_id, answer.days_past_due, answer.delinquent_days) == ("A-1", 0, 0)
    assert (answer.arrears, answer.exposure, answer.unallocated) == (0, 100, 0)
    assert answer.oldest_due_date is None
    assert answer.late_instalments == ()
    assert answer.bucket.code == "0"


def test_the_31st_day_after_the_due_date_is_the_first_of_the_next_bucket():
    account = account_of()
    codes = [assessed(account, day).bucket.code for day in (date(2025, 3, 2), date(2025, 3, 3))]
    assert codes == ["4-30", "31-90"]


def test_amounts_have_the_decimals_of_the_currency():
    answer = assessed(account_of(), FEB)
    assert str(answer.arrears) == "110.00"
    assert str(answer.exposure) == "219.00"
    assert str(answer.unallocated) == "0.00"


def test_before_the_first_due_date_nothing_is_late():
    answer = assessed(account_of(), FIRST)
    assert (answer.days_past_due, answer.arrears, answer.exposure) == (0, 0, 200)


def test_every_late_instalment_has_an_age_and_a_bucket_of_its_own():
    charge = dq.Charge("late", dq.Component.FEES, 5, date(2025, 2, 10))
    answer = assessed(account_of(charges=[charge]), MAR)
    assert [
        (late.instalment_no, late.charge_id, late.due_date, late.open_amount,
         late.days_past_due, late.delinquent_days, late.bucket.code)
        for late in answer.late_instalments
    ] == [
        (1, None, JAN, 110, 59, 59, "31-90"),
        (None, "late", date(2025, 2, 10), 5, 49, 49, "31-90"),
        (2, None, FEB, 109, 31, 31, "31-90"),
    ]  # fmt: skip


def test_an_account_within_its_tolerance_has_no_late_instalment():
    counting = dq.Counting(tolerance=110, tolerance_scope=dq.ToleranceScope.ACCOUNT)
    answer = assessed(account_of(), FEB, policy_of(counting))
    assert (answer.late_instalments, answer.arrears) == ((), 110)
    wider = assessed(account_of(), date(2025, 3, 1), policy_of(counting))
    assert len(wider.late_instalments) == 2


@pytest.mark.parametrize(
    ("reads", "as_of", "reading"),
    [
        (Reads.DAYS_PAST_DUE, MAR, 59),
        (Reads.DELINQUENT_DAYS, MAR, 56),
        (Reads.MBA_MONTHS, date(2025, 2, 26), 0),
        (Reads.MBA_MONTHS, date(2025, 2, 27), 1),
        (Reads.OTS_MONTHS, date(2025, 2, 27), 0),
        (Reads.OTS_MONTHS, FEB, 1),
        (Reads.PAYMENTS_IN_ARREARS, MAR, 2),
        (Reads.DAYS_SINCE_LAST_PAYMENT, MAR, 90),
    ],
)
def test_the_bucket_reads_the_count_that_its_scheme_names(reads, as_of, reading):
    policy = policy_of(dq.Counting(grace_days=3, grace_kind=dq.GraceKind.DEDUCTED), reads=reads)
    answer = assessed(account_of(), as_of, policy)
    assert answer.reading == reading
    assert answer.bucket is dq.classify(reading, scheme=policy.buckets)


@pytest.mark.parametrize(
    ("reads", "first", "second"),
    [
        (Reads.DAYS_PAST_DUE, "31-90", "31-90"),
        (Reads.DELINQUENT_DAYS, "31-90", "4-30"),
        (Reads.MBA_MONTHS, "2", "1"),
        (Reads.OTS_MONTHS, "2", "1"),
    ],
)
def test_single_instalments_are_aged_by_the_same_count(reads, first, second):
    policy = policy_of(dq.Counting(grace_days=3, grace_kind=dq.GraceKind.DEDUCTED), reads=reads)
    ages = dq.instalment_ages(account_of(), as_of=MAR, policy=policy)
    assert [late.bucket.code for late in ages] == [first, second]


@pytest.mark.parametrize("reads", [Reads.PAYMENTS_IN_ARREARS, Reads.DAYS_SINCE_LAST_PAYMENT])
def test_a_scheme_that_reads_the_whole_account_gives_an_instalment_its_age_but_no_bucket(reads):
    ages = dq.instalment_ages(account_of(), as_of=MAR, policy=policy_of(reads=reads))
    assert [(late.days_past_due, late.bucket) for late in ages] == [(59, None), (31, None)]


def test_the_next_payment_is_the_earliest_unpaid_or_the_first_to_come():
    def due(day: date, account: dq.Account | None = None, **rule):
        return dq.next_payment_due(account or account_of(), as_of=day, policy=policy_of(), **rule)

    to_come = {"rule": dq.NextPaymentRule.FROM_AS_OF}
    assert due(date(2025, 2, 1)) == dq.NextPayment(JAN, Decimal("110.00"))
    assert due(date(2025, 2, 1), **to_come) == dq.NextPayment(FEB, Decimal("109.00"))
    assert due(FEB, **to_come).due_date == FEB
    assert due(MAR, **to_come) is None
    assert due(MAR, account_of(dq.Payment(MAR, 219))) is None


def test_debts_of_one_date_are_one_next_payment():
    charge = dq.Charge("late", dq.Component.FEES, 5, JAN)
    account = account_of(charges=[charge])
    found = dq.next_payment_due(account, as_of=JAN, policy=policy_of())
    assert found == dq.NextPayment(JAN, Decimal("115.00"))


def test_an_account_asked_before_it_began_has_no_late_day():
    answer = assessed(account_of(dq.Payment(JAN, 110)), date(2024, 12, 30))
    assert (answer.days_past_due, answer.arrears, answer.ledger.paid) == (0, 0, 0)


def test_what_was_known_is_asked_by_the_day_of_knowing():
    account = account_of(dq.Payment(JAN, 110, recorded_on=MAR))
    assert assessed(account, FEB).days_past_due == 0
    then = assessed(account, FEB, known_on=FEB)
    assert (then.days_past_due, then.known_on) == (28, FEB)


def test_the_plain_verbs_answer_one_number_each():
    counting = dq.Counting(grace_days=3, grace_kind=dq.GraceKind.DEDUCTED)
    asked = {"as_of": MAR, "policy": policy_of(counting)}
    assert dq.days_past_due(account_of(), **asked) == 59
    assert dq.delinquent_days(account_of(), **asked) == 56


def test_a_timeline_answers_with_the_version_in_force():
    old = policy_of(validity=dq.Validity(None, MAR))
    new = policy_of(dq.Counting(first_day=dq.FirstDay.DUE_DATE), validity=dq.Validity(MAR))
    rules = dq.PolicyTimeline(name="house", versions=(old, new))
    assert assessed(account_of(), date(2025, 3, 30), rules).days_past_due == 58
    answer = assessed(account_of(), MAR, rules)
    assert (answer.days_past_due, answer.policy) == (60, new)


def test_late_debts_are_told_oldest_first_wherever_they_stand_in_the_order_of_payment():
    charge = dq.Charge("early", dq.Component.FEES, 5, date(2025, 1, 15), instalment_no=2)
    answer = assessed(account_of(charges=[charge]), MAR)
    names = [late.instalment_no or late.charge_id for late in answer.late_instalments]
    assert names == ["early", 1, 2]


def test_a_row_closed_today_is_no_payment_in_arrears():
    schedule = dq.Schedule(
        CNY,
        [
            dq.Instalment(JAN, 100, in_force_until=MAR),
            dq.Instalment(FEB, 100),
            dq.Instalment(date(2025, 4, 30), 100, in_force_from=MAR),
        ],
    )
    account = account_of(schedule=schedule)
    for method in dq.PartialPayments:
        counting = dq.Counting(partial_payments=method)
        policy = policy_of(counting, reads=Reads.PAYMENTS_IN_ARREARS)
        readings = [assessed(account, day, policy).reading for day in (date(2025, 3, 30), MAR)]
        assert readings == [2, 1]


@pytest.mark.parametrize(("paid_on", "missing"), [(date(2025, 3, 30), 1), (MAR, 0)])
def test_a_change_of_schedule_begins_the_count_of_nearly_full_payments_anew(paid_on, missing):
    schedule = dq.Schedule(
        CNY,
        [
            dq.Instalment(JAN, 100, in_force_until=MAR),
            dq.Instalment(date(2025, 4, 30), 100, in_force_from=MAR),
        ],
    )
    counting = dq.Counting(partial_payments=dq.PartialPayments.NEARLY_FULL)
    policy = policy_of(counting, reads=Reads.PAYMENTS_IN_ARREARS)
    account = account_of(dq.Payment(paid_on, 90), schedule=schedule)
    assert assessed(account, date(2025, 5, 1), policy).reading == missing


def test_before_origination_nothing_is_owed_on_either_path() -> None:
    schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), Decimal(100))])
    account = dq.Account(account_id="A", originated_on=date(2025, 1, 1), schedule=schedule)
    policy = dq.rulebook.load("founding-report")
    for as_of, owed in ((date(2024, 12, 31), 0), (date(2025, 1, 1), 100)):
        answer = dq.assess(account, as_of=as_of, policy=policy)
        assert answer.exposure == answer.ledger.open_amount() == owed
        assert bool(dq.next_payment_due(account, as_of=as_of, policy=policy)) == bool(owed)
        assert sum(entry.amount for entry in answer.ledger.entries) == owed
        book = dq.portfolio.Portfolio.from_accounts([account])
        answers = dq.portfolio.assess(book, as_of=as_of, policy=policy)
        assert answers.exposure().tolist() == [owed * 100]
