"""What a refusal says, word for word: a message is read by people and kept in logs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import delinquency as dq
from delinquency.rounding import Proportion, RoundingMode, allocate, divide
from tests.strategies_internal import CNY, policy_of

CURRENT = dq.Bucket("0", 0, 0, is_stressed=False)
LATE = dq.Bucket("1+", 1)
ACCOUNT = dq.Account(
    account_id="A-1",
    originated_on=date(2025, 1, 1),
    schedule=dq.Schedule(CNY, [dq.Instalment(date(2025, 1, 31), 100)]),
)


def scheme(*buckets, reads=dq.CountName.DAYS_PAST_DUE):
    return dq.BucketScheme("ageing", reads, buckets)


def asked(counting: dq.Counting, reads: dq.CountName = dq.CountName.DAYS_PAST_DUE):
    policy = policy_of(counting, reads=reads)
    return dq.assess(ACCOUNT, as_of=date(2025, 3, 31), policy=policy)


def replayed(**days):
    return dq.replay(ACCOUNT, policy=policy_of(), **{"as_of": date(2025, 3, 31), **days})


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: dq.Bucket("", 1),
            "bucket, code: expected a text that is not empty, found ''.",
        ),
        (
            lambda: dq.Bucket("late", 1.5),
            "bucket 'late', first_day: expected an int, found 1.5.",
        ),
        (
            lambda: dq.Bucket("late", 1, "30"),
            "bucket 'late', last_day: expected an int, found '30'.",
        ),
        (
            lambda: dq.Bucket("late", 31, 30),
            "bucket 'late': expected 0 <= first_day <= last_day, found 31 to 30.",
        ),
        (
            lambda: dq.Bucket("late", 0, 30),
            (
                "bucket 'late': expected a band of stress that begins at day 1 or later, found"
                " one that contains day 0."
                " Hint: An account that owes nothing late has 0 days; give it a band"
                " of its own."
            ),
        ),
        (
            lambda: scheme(CURRENT, "1+"),
            "bucket scheme, bucket 2: expected an instance of Bucket, found '1+'.",
        ),
        (
            lambda: scheme(CURRENT, LATE, reads="days_past_due"),
            (
                "bucket scheme 'ageing', reads: expected a CountName, found 'days_past_due'. Hint: Write "
                "CountName.DAYS_PAST_DUE, CountName.DELINQUENT_DAYS, CountName.MBA_MONTHS, "
                "CountName.OTS_MONTHS, CountName.PAYMENTS_IN_ARREARS, CountName.DAYS_SINCE_LAST_PAYMENT or "
                "CountName.MATERIAL_DAYS_PAST_DUE."
            ),
        ),
        (
            scheme,
            "bucket scheme 'ageing': expected from 1 to 127 buckets, found none.",
        ),
        (
            lambda: scheme(CURRENT, dq.Bucket("0", 1)),
            "bucket scheme 'ageing', bucket 2, code: expected each code once, found ['0', '0'].",
        ),
        (
            lambda: scheme(CURRENT, dq.Bucket("2+", 2)),
            (
                "bucket scheme 'ageing', bucket 2, first_day: expected bucket '2+' to begin at day 1, found day 2."
                " Hint: Buckets cover every day once: no gap, no overlap."
            ),
        ),
        (
            lambda: scheme(LATE, CURRENT),
            (
                "bucket scheme 'ageing', bucket 1, first_day: expected bucket '1+' to begin at day 0, found day 1."
                " Hint: Buckets cover every day once: no gap, no overlap."
            ),
        ),
        (
            lambda: scheme(CURRENT),
            "bucket scheme 'ageing', bucket 1, last_day: expected an open-ended last bucket, found one to day 0.",
        ),
        (
            lambda: scheme(CURRENT, LATE, dq.Bucket("2+", 2)),
            (
                "bucket scheme 'ageing', bucket 3, first_day: expected no bucket after an open-ended one,"
                " found day 2."
                " Hint: Buckets cover every day once: no gap, no overlap."
            ),
        ),
        (
            lambda: dq.classify("31", scheme=scheme(CURRENT, LATE)),
            "classify, days: expected an int, found '31'.",
        ),
        (
            lambda: dq.classify(-1, scheme=scheme(CURRENT, LATE)),
            "classify, days: expected 0 or more, found -1.",
        ),
        (
            lambda: dq.classify(1, scheme="ageing"),
            (
                "classify, scheme: expected a BucketScheme, found 'ageing'. "
                "Hint: A policy has one: policy.buckets."
            ),
        ),
        (
            lambda: dq.Bucket("late", 1, 1_000_001),
            "bucket 'late', last_day: expected at most 1,000,000, found 1000001.",
        ),
        (lambda: dq.Bucket("late", 1, label=5), "bucket 'late', label: expected a str, found 5."),
        (
            lambda: dq.Bucket("late", 1, codes=["1"]),
            "bucket 'late', codes: expected a mapping of text to text, found ['1'].",
        ),
        (
            lambda: dq.BucketScheme(5, dq.CountName.DAYS_PAST_DUE, (CURRENT, LATE)),
            "bucket scheme, name: expected a text, found 5.",
        ),
    ],
)
def test_a_refused_bucket_is_told_in_full(make, says):
    with pytest.raises(dq.DelinquencyError) as caught:
        make()
    assert str(caught.value) == says


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: dq.Counting(grace_days="3"),
            "counting, grace_days: expected int, found '3'.",
        ),
        (
            lambda: dq.Counting(tolerance=0.5),
            "counting, tolerance: expected Decimal or int, found 0.5.",
        ),
        (
            lambda: dq.Counting(first_day="due_date"),
            "counting, first_day: expected FirstDay, found 'due_date'.",
        ),
        (
            lambda: dq.Counting(grace_days=-1),
            "counting, grace_days: expected from 0 to 36,500 days, found -1.",
        ),
        (
            lambda: dq.Counting(tolerance=Decimal("-0.01")),
            "counting, tolerance: expected an amount of 0 or more, found -0.01.",
        ),
        (
            lambda: dq.Counting(least_payment=Decimal("NaN")),
            "counting, least_payment: expected an amount of 0 or more, found NaN.",
        ),
        (
            lambda: dq.Counting(full_payment_share=Proportion(11, 10)),
            (
                "counting, full_payment_share: expected more than 0, at most 1, in parts of at most 1,000, "
                "found 11/10."
            ),
        ),
        (
            lambda: dq.Counting(components=[dq.Component.FEES] * 2),
            (
                "counting, components: expected at least one component, each once, found"
                " ['fees', 'fees']."
            ),
        ),
        (
            lambda: dq.Counting(components=()),
            "counting, components: expected at least one component, each once, found [].",
        ),
        (
            lambda: dq.Counting(components=["fees"]),
            "counting, component 1: expected an instance of Component, found 'fees'.",
        ),
        (
            lambda: asked(
                dq.Counting(
                    tolerance=Decimal("0.005"), tolerance_scope=dq.ToleranceScope.INSTALMENT
                )
            ),
            "counting, tolerance: expected an amount exact to the minor unit of CNY, found 0.005.",
        ),
        (
            lambda: asked(
                dq.Counting(least_payment=Decimal("0.005")), dq.CountName.DAYS_SINCE_LAST_PAYMENT
            ),
            (
                "counting: expected least_payment in CNY with at most 2 decimals, found 0.005."
                " Hint: Round it yourself, by the rule of the contract: amounts are never"
                " rounded here."
            ),
        ),
        (
            lambda: dq.months_and_days("2025-01-31", date(2025, 2, 28)),
            (
                "months_and_days: expected start to be a date, found '2025-01-31'."
                " Hint: Parse text at the edge: date.fromisoformat('2026-03-01')."
            ),
        ),
        (
            lambda: dq.months_and_days(date(2025, 1, 31), "2025-02-28"),
            (
                "months_and_days: expected end to be a date, found '2025-02-28'."
                " Hint: Parse text at the edge: date.fromisoformat('2026-03-01')."
            ),
        ),
        (
            lambda: dq.months_and_days(date(2025, 1, 31), date(2025, 1, 30)),
            "months_and_days: expected an end on or after 2025-01-31, found 2025-01-30.",
        ),
        (
            lambda: dq.Counting(grace_kind="trigger"),
            "counting, grace_kind: expected GraceKind or None, found 'trigger'.",
        ),
        (
            lambda: dq.Counting(grace_days=3),
            (
                "counting, grace_kind: expected deducted or trigger beside grace_days, found nothing."
                " Hint: On the day after the grace GraceKind.DEDUCTED counts 1 day and"
                " GraceKind.TRIGGER (容时) all 4."
            ),
        ),
        (
            lambda: dq.Counting(tolerance=10),
            (
                "counting, tolerance_scope: expected instalment or account beside tolerance, found"
                " nothing. Hint: ToleranceScope.INSTALMENT compares the open amount of each"
                " instalment with it, ToleranceScope.ACCOUNT the arrears of the whole account."
            ),
        ),
    ],
)
def test_a_refused_way_of_counting_is_told_in_full(make, says):
    with pytest.raises(dq.DelinquencyError) as caught:
        make()
    assert str(caught.value) == says


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (
            {"as_of": "2025-03-31"},
            (
                "replay: expected as_of to be a date, found '2025-03-31'."
                " Hint: Parse text at the edge: date.fromisoformat('2026-03-01')."
            ),
        ),
        (
            {"as_of": date(1899, 12, 31)},
            (
                "replay: expected as_of from 1900-01-01 to 2200-12-31, found 1899-12-31."
                ' Hint: For "no such date" use None, not a far-away date.'
            ),
        ),
        (
            {"known_on": "2025-03-31"},
            (
                "replay: expected known_on to be a date, found '2025-03-31'."
                " Hint: Parse text at the edge: date.fromisoformat('2026-03-01')."
            ),
        ),
    ],
)
def test_a_day_that_no_ledger_closes_on_is_told_in_full(days, says):
    with pytest.raises(dq.DelinquencyError) as caught:
        replayed(**days)
    assert str(caught.value) == says


def test_a_century_of_grace_is_accepted():
    assert dq.Counting(grace_days=36_500, grace_kind=dq.GraceKind.DEDUCTED).grace_days == 36_500


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: divide(1, 0, RoundingMode.HALF_UP),
            "division: expected denominator above zero, found 0.",
        ),
        (
            lambda: Proportion(0.9, 1),
            (
                "proportion: expected numerator to be an int, found 0.9."
                ' Hint: Write Proportion.parse("0.9").'
            ),
        ),
        (
            lambda: Proportion(9, 10.0),
            (
                "proportion: expected denominator to be an int, found 10.0."
                ' Hint: Write Proportion.parse("0.9").'
            ),
        ),
        (
            lambda: Proportion(-1, 10),
            "proportion: expected numerator of 0 or more, found -1.",
        ),
        (
            lambda: Proportion(9, 0),
            "proportion: expected denominator of 1 or more, found 0.",
        ),
        (
            lambda: Proportion.parse("-0.1"),
            "proportion: expected value of zero or more, with at most forty decimals, found -0.1.",
        ),
        (
            lambda: Proportion.parse("90%"),
            (
                "proportion: expected value in plain decimal notation, found '90%'."
                " Hint: Write a percentage as a fraction of one: 4.35% is 0.0435."
            ),
        ),
        (
            lambda: Proportion.parse(0.9),
            (
                "proportion: expected value to be a Decimal or an int, found 0.9."
                ' Hint: Write Decimal("12.34"), from a string: a float holds few amounts'
                " exactly."
            ),
        ),
        (
            lambda: Proportion.parse(Decimal("1E-41"), where="policy 'x'", field="share"),
            "policy 'x': expected share of zero or more, with at most forty decimals, found 1E-41.",
        ),
        (
            lambda: allocate(1, [2, -1]),
            "allocation: expected weights of zero or more, found (2, -1).",
        ),
        (
            lambda: allocate(1, [0, 0]),
            "allocation: expected a weight above zero, found (0, 0).",
        ),
    ],
)
def test_a_refused_division_is_told_in_full(make, says):
    with pytest.raises(dq.DelinquencyError) as caught:
        make()
    assert str(caught.value) == says


def test_a_tolerance_too_fine_for_the_currency_keeps_the_refusal_of_the_amount_as_its_cause():
    with pytest.raises(dq.PolicyError) as caught:
        asked(dq.Counting(tolerance=Decimal("0.005"), tolerance_scope=dq.ToleranceScope.INSTALMENT))
    assert str(caught.value.__cause__) == (
        "counting: expected tolerance in CNY with at most 2 decimals, found 0.005."
        " Hint: Round it yourself, by the rule of the contract: amounts are never"
        " rounded here."
    )
