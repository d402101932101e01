"""The United States: re-ageing of open-end accounts, each limit on the day before, on and after it.

FFIEC, 65 FR 36903: nine months, three consecutive minimums or as much, once in any twelve months and twice in any
five years; in a workout programme once in five years more. A card of the tests owes 50.00 on the 10th of each month of
2025 and after; January to March are missed, and the holder pays from April on.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency import Finding, FindingKind, Payment, ReAge
from tests.status.both_paths import asked_both_ways
from tests.status.regimes.asking import check, monthly
from tests.strategies_internal import FEW

REGIME = "us-ffiec-open-end"
POLICY = dq.rulebook.load(REGIME)
DUES = monthly(date(2025, 1, 10), 70)
JUNE = date(2025, 6, 10)
DAY = timedelta(days=1)
ABLE = Finding(FindingKind.ABLE_TO_PERFORM, date(2025, 6, 1))


def card(*events: dq.AccountEvent, **facts: Any) -> dq.Account:
    facts = {
        "originated_on": date(2024, 1, 10),
        "product": dq.Product.CARD,
        "payments": [Payment(day, 50) for day in DUES[3:6]],
        **facts,
    }
    schedule = dq.Schedule(dq.Currency.of("USD"), [dq.Instalment(day, 50) for day in DUES])
    return dq.Account(account_id="C", schedule=schedule, events=(ABLE, *events), **facts)


def paying(*events: dq.AccountEvent, **facts: Any) -> dq.Account:
    """Every minimum from April 2025 on is paid on its day."""
    return card(*events, payments=[Payment(day, 50) for day in DUES[3:]], **facts)


def unmet(account: dq.Account, on: date, **asked: Any) -> list[str]:
    told = dq.assess_re_age(account, on=on, policy=POLICY, **asked)
    assert told.is_within_limits == (not told.unmet)
    return [check.rule.removeprefix("re_age_").removeprefix("concession_") for check in told.unmet]


@pytest.mark.parametrize(
    ("opened", "missing"),
    [(date(2024, 9, 9), []), (date(2024, 9, 10), []), (date(2024, 9, 11), ["months_on_books"])],
)
def test_an_account_must_have_existed_for_nine_months(opened, missing):
    assert unmet(card(originated_on=opened), JUNE) == missing


def test_three_minimums_are_paid_at_the_close_of_the_day_of_the_third():
    assert [unmet(card(), JUNE + step * DAY) for step in (-1, 0, 1)] == [["payments"], [], []]


@pytest.mark.parametrize(
    ("paid", "missing"), [("149.99", ["payments"]), ("150.00", []), ("150.01", [])]
)
@pytest.mark.parametrize("paid_on", [date(2025, 3, 11), date(2025, 5, 1), JUNE])
def test_the_equivalent_sum_may_come_at_once(paid, missing, paid_on):
    account = card(payments=[Payment(paid_on, Decimal(paid))])
    assert unmet(account, JUNE) == missing


def test_money_that_came_up_to_the_due_date_before_is_not_for_them():
    assert unmet(card(payments=[Payment(date(2025, 3, 10), 150)]), JUNE) == ["payments"]


@pytest.mark.parametrize("kind", [kind for kind in dq.PaymentKind if kind.value != "repayment"])
def test_what_the_holder_did_not_pay_does_not_count(kind):
    """Funds may not be advanced by the institution for this purpose."""
    payments = [Payment(day, 50) for day in DUES[3:5]]
    assert unmet(card(payments=[*payments, Payment(JUNE, 50, kind)]), JUNE) == ["payments"]
    assert unmet(card(payments=[*payments, Payment(JUNE, 50)]), JUNE) == []


def test_a_payment_that_was_reversed_was_not_made():
    bounced = Payment(JUNE, 50, reversed_on=date(2025, 6, 20))
    account = card(payments=[*(Payment(day, 50) for day in DUES[3:5]), bounced])
    assert unmet(account, JUNE, known_on=date(2025, 6, 19)) == []
    assert unmet(account, JUNE, known_on=date(2025, 6, 20)) == ["payments"]


def test_a_payment_reversed_after_the_re_age_takes_it_back():
    bounced = Payment(JUNE, 50, reversed_on=date(2025, 6, 20))
    account = card(ReAge(JUNE), payments=[*(Payment(day, 50) for day in DUES[3:5]), bounced])
    for day, is_followed in ((date(2025, 6, 19), True), (date(2025, 6, 20), False)):
        asked = {"as_of": day, "policy": POLICY}
        (told,) = dq.assess_status(account, **asked).re_ages
        assert told.is_within_limits is is_followed
        assert (dq.re_aged(account, **asked) is not account) is is_followed


def test_three_minimums_must_have_fallen_due():
    account = card(payments=[Payment(date(2025, 2, 10), 500)])
    assert unmet(account, date(2025, 3, 9)) == ["too_few_payments", "finding"]
    assert unmet(account, date(2025, 3, 10)) == ["finding"]


def test_willingness_and_ability_are_found_before_it():
    assert unmet(card(), JUNE) == []
    later = attrs.evolve(ABLE, recorded_on=date(2025, 7, 1))
    account = attrs.evolve(card(), events=[later])
    assert unmet(account, JUNE, known_on=date(2025, 6, 30)) == ["finding"]
    assert unmet(account, JUNE, known_on=date(2025, 7, 1)) == []
    ended = attrs.evolve(card(), events=[attrs.evolve(ABLE, end=JUNE)])
    assert unmet(ended, JUNE) == ["finding"]


@pytest.mark.parametrize(
    ("on", "missing"),
    [(date(2026, 6, 9), ["frequency"]), (date(2026, 6, 10), []), (date(2026, 6, 11), [])],
)
def test_once_within_any_twelve_months(on, missing):
    assert unmet(paying(ReAge(JUNE)), on) == missing


@pytest.mark.parametrize(
    ("on", "missing"),
    [(date(2028, 2, 27), ["frequency"]), (date(2028, 2, 28), []), (date(2028, 2, 29), [])],
)
def test_twice_within_any_five_years(on, missing):
    account = paying(ReAge(date(2023, 2, 28)), ReAge(JUNE), originated_on=date(2022, 1, 10))
    assert unmet(account, on) == missing


@pytest.mark.parametrize(
    ("on", "missing"), [(date(2029, 2, 27), ["frequency"]), (date(2029, 2, 28), [])]
)
def test_a_year_after_the_29th_of_february_is_the_28th(on, missing):
    assert unmet(paying(ReAge(date(2028, 2, 29))), on) == missing


def test_one_that_is_refused_says_when_the_next_is_allowed():
    told = dq.assess_re_age(paying(ReAge(JUNE)), on=date(2026, 1, 10), policy=POLICY)
    (check,) = told.unmet
    assert (check.value, check.inputs["next_on"]) == (1, date(2026, 6, 10))
    day = date(2026, 6, 10)
    twice = paying(ReAge(date(2024, 10, 10)), ReAge(JUNE), ReAge(day))
    told = dq.assess_re_age(twice, on=date(2027, 6, 10), policy=POLICY)
    assert [check.inputs["next_on"] for check in told.unmet] == [date(2030, 6, 10)]


def test_what_was_done_counts_within_the_limits_or_not_unless_it_was_reversed():
    early = ReAge(date(2025, 4, 1))
    assert unmet(card(early), date(2025, 4, 1)) != []
    assert unmet(card(early), JUNE) == ["frequency"]
    undone = attrs.evolve(early, reversed_on=date(2025, 5, 1))
    assert unmet(card(undone), JUNE) == []
    unknown = attrs.evolve(early, recorded_on=date(2025, 6, 20))
    assert unmet(card(unknown), JUNE, known_on=date(2025, 6, 19)) == []
    assert unmet(card(unknown), JUNE, known_on=date(2025, 6, 20)) == ["frequency"]


@pytest.mark.parametrize(
    ("on", "missing"), [(date(2030, 6, 9), ["frequency"]), (date(2030, 6, 10), [])]
)
def test_a_workout_has_one_more_in_five_years(on, missing):
    """It is in addition to the others: neither counts the other."""
    assert unmet(paying(ReAge(JUNE)), date(2025, 9, 10), in_workout=True) == []
    in_workout = ReAge(JUNE, in_workout=True)
    assert unmet(paying(in_workout), date(2025, 9, 10)) == []
    assert unmet(paying(in_workout), on, in_workout=True) == missing


def test_a_workout_asks_for_three_payments_too():
    assert unmet(card(), JUNE - DAY, in_workout=True) == ["payments"]
    assert unmet(card(), JUNE, in_workout=True) == []


def test_a_loan_is_no_open_end_account():
    loan = card(ReAge(JUNE), product=dq.Product.LOAN)
    assert unmet(loan, JUNE) == ["open_end"]
    assert dq.re_aged(loan, as_of=JUNE, policy=POLICY) is loan


# What follows.


def test_a_status_follows_a_re_age_within_the_limits_and_counts_anew():
    """Current on 10 June; the minimum of July is the next that ages, to the 90th day on 8 October."""
    check(
        REGIME,
        card(ReAge(JUNE)),
        {
            "2025-06-07": "pass",
            "2025-06-08": "substandard",
            "2025-06-09": "substandard",
            "2025-06-10": "pass",
            "2025-10-07": "pass",
            "2025-10-08": "substandard",
            "2026-01-05": "substandard",
            "2026-01-06": "loss",
        },
    )


def test_a_status_does_not_follow_one_outside_the_limits_and_says_so():
    account = card(ReAge(JUNE - DAY))
    days = {"2025-06-08": "substandard", "2025-06-09": "substandard", "2025-06-10": "pass"}
    check(REGIME, account, days)  # the third minimum is paid: April is now the oldest
    check(REGIME, account, {"2025-07-08": "pass", "2025-07-09": "substandard"})
    assert dq.re_aged(account, as_of=JUNE, policy=POLICY) is account
    told = asked_both_ways(account, as_of=JUNE, policy=POLICY)
    (re_age,) = told.re_ages
    assert not re_age.is_within_limits
    text = told.explanation.to_text()
    assert "Re-age of account C on 2025-06-09, outside a workout programme: not within" in text
    assert "the last 3 payments due came to 150.00 USD, and only 100.00 USD came" in text
    assert "Re-aging, open-end accounts]" in text
    assert "不符合限制" in told.explanation.to_text("zh")


def test_a_re_age_that_was_not_known_or_reversed_is_not_followed():
    later = card(ReAge(JUNE, recorded_on=date(2025, 7, 1), reversed_on=date(2025, 8, 1)))

    def states(known_on: date) -> int:
        asked = {"as_of": date(2025, 8, 5), "policy": POLICY, "known_on": known_on}
        return len(dq.assess_status(later, **asked).re_ages)

    days = [date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 31), date(2025, 8, 1)]
    assert list(map(states, days)) == [0, 1, 1, 0]


def test_other_verbs_count_by_the_contract_unless_they_are_given_the_account_re_aged():
    account = card(ReAge(JUNE))
    after = dq.re_aged(account, as_of=JUNE, policy=POLICY)
    days = [dq.days_past_due(each, as_of=JUNE, policy=POLICY) for each in (account, after)]
    assert days == [61, 0]
    ledger = dq.replay(after, as_of=JUNE, policy=POLICY)
    assert after.payments == account.payments
    assert sum(entry.amount for entry in ledger.entries if entry.kind.value == "superseded") == 150
    assert dq.re_aged(after, as_of=JUNE, policy=POLICY) == after


def test_no_re_age_moves_the_date_of_first_delinquency():
    """15 U.S.C. 1681c: seven years run from the delinquency that preceded, whatever was re-aged since."""
    account = card(ReAge(JUNE))
    after = dq.re_aged(account, as_of=JUNE, policy=POLICY)
    policy = dq.rulebook.load("us-metro2")
    told = [
        dq.reporting.metro2_status(each, as_of=date(2025, 8, 31), policy=policy)
        for each in (account, after)
    ]
    dates = {each.date_of_first_delinquency for each in told}
    assert dates == {date(2025, 1, 11)}


def test_a_policy_without_limits_reads_past_a_re_age():
    policy = attrs.evolve(POLICY.versions[0], re_ageing=None)
    asked = {"as_of": date(2025, 9, 30), "policy": policy}
    told, plain = (dq.assess_status(each, **asked) for each in (card(ReAge(JUNE)), card()))
    assert told.re_ages == ()
    assert [(s.start, s.state) for s in told.spans()] == [(s.start, s.state) for s in plain.spans()]
    with pytest.raises(dq.PolicyError, match="expected a policy with limits of re-ageing"):
        dq.assess_re_age(card(), on=JUNE, policy=policy)


def test_a_policy_without_limits_for_workouts_allows_none():
    rule = POLICY.versions[0].re_ageing
    assert rule is not None
    policy = attrs.evolve(POLICY.versions[0], re_ageing=attrs.evolve(rule, workout=None))
    told = dq.assess_re_age(card(), on=JUNE, policy=policy, in_workout=True)
    assert [check.rule for check in told.unmet] == ["re_age_in_workout"]
    assert "allows no re-age in a workout programme" in told.explanation.to_text()


def test_bad_questions_are_refused():
    with pytest.raises(dq.InvalidTypeError, match="in_workout: expected True or False"):
        dq.assess_re_age(card(), on=JUNE, policy=POLICY, in_workout=1)
    with pytest.raises(dq.InvalidTypeError, match="assess_re_age"):
        dq.assess_re_age("C", on=JUNE, policy=POLICY)
    with pytest.raises(dq.InvalidValueError, match="on or after originated_on 2024-01-10"):
        dq.assess_re_age(card(), on=date(2024, 1, 9), policy=POLICY)
    old = card(originated_on=date(1999, 1, 1))
    with pytest.raises(dq.PolicyNotInForceError):
        dq.assess_re_age(old, on=date(2000, 12, 30), policy=POLICY)


# Laws.


def drawn(seed: int) -> tuple[dq.Account, list[date]]:
    rng = random.Random(seed)
    days = sorted(rng.sample([date(2025, 1, 1) + DAY * step for step in range(500)], 3))
    payments = [
        Payment(date(2025, 1, 1) + DAY * rng.randrange(500), rng.choice((20, 50, 100, 150)))
        for _ in range(rng.randrange(12))
    ]
    re_ages = [ReAge(day, rng.random() < 0.3) for day in days[: rng.randrange(4)]]
    return card(*re_ages, payments=payments), days


@FEW
@given(st.integers(0, 2**32))
def test_one_outside_the_limits_changes_no_state_and_one_within_is_as_if_rows_had_ended(seed):
    """Law: the state of each day is that of the account whose older minimums were ended by hand, or not."""
    account, _ = drawn(seed)
    last = date(2026, 12, 31)
    plain = attrs.evolve(account, events=[ABLE])
    rows = list(account.schedule)
    for event in account.events:
        if isinstance(event, ReAge):
            asked = {"on": event.value_date, "policy": POLICY, "in_workout": event.in_workout}
            if dq.assess_re_age(account, **asked).is_within_limits:
                rows = [
                    attrs.evolve(row, in_force_until=event.value_date)
                    if row.in_force_until is None and row.due_date < event.value_date
                    else row
                    for row in rows
                ]
    by_hand = attrs.evolve(plain, schedule=dq.Schedule(plain.currency, rows))
    told, other = (asked_both_ways(each, as_of=last, policy=POLICY) for each in (account, by_hand))
    spans = [[(span.start, span.state.code) for span in each.spans()] for each in (told, other)]
    assert spans[0] == spans[1]


@FEW
@given(st.integers(0, 2**32), st.integers(0, 500))
def test_more_money_never_puts_a_re_age_outside_the_limits(seed, step):
    """Law: one payment more leaves within the limits what was within them."""
    account, days = drawn(seed)
    more = Payment(date(2025, 1, 1) + DAY * step, 50)
    richer = attrs.evolve(account, payments=[*account.payments, more])
    for day in days:
        if not unmet(account, day):
            assert not unmet(richer, day)


def test_the_minimums_of_a_card_that_was_described_are_re_aged():
    """A tenth of 1,000.00 a month; the minimums of the first three statements are missed, then three are paid."""
    from delinquency.revolving import (
        BALANCE_KINDS,
        BalanceKind,
        ByKind,
        CardAccount,
        CardInterest,
        CardTerms,
        CardTransaction,
        DueAfterDays,
        InterestMethod,
        MinimumPaymentRule,
        MinimumShare,
        TransactionKind,
        requirements,
    )

    tenth = MinimumShare(BalanceKind.PURCHASE, dq.Proportion(1, 10))
    terms = CardTerms(
        currency=dq.Currency.of("USD"),
        cycle_day=5,
        due=DueAfterDays(18),
        minimum=MinimumPaymentRule(shares=[tenth]),
        order=ByKind(kinds=BALANCE_KINDS),
        interest=CardInterest(rates=[], method=InterestMethod.FULL_STATEMENT),
    )
    bought = [
        CardTransaction(
            kind=TransactionKind.PURCHASE, posted_on=day, amount=1000, transaction_id=str(day)
        )
        for day in monthly(date(2024, 12, 20), 8)
    ]
    described = CardAccount(
        account_id="C",
        originated_on=date(2024, 1, 10),
        terms=terms,
        transactions=bought,
        payments=[Payment(date(2025, 6, 20), 2000)],
    )
    day = date(2025, 6, 24)
    minimums = requirements(described, as_of=day)
    account = attrs.evolve(minimums, events=[ABLE, ReAge(day)])
    told = dq.assess_re_age(account, on=day, policy=POLICY)
    assert told.is_within_limits, told.explanation.to_text()
    after = dq.re_aged(account, as_of=day, policy=POLICY)
    before, now = (dq.days_past_due(each, as_of=day, policy=POLICY) for each in (account, after))
    assert now == 0 < before
    assert asked_both_ways(account, as_of=day, policy=POLICY).state.code == "pass"
