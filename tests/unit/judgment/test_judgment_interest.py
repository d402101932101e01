"""Debt after a judgment: the days that count, what bears interest, and what money settles first."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency import judgment
from delinquency.amortisation.recalculation_rules import InterestPause
from delinquency.daycount import DayCount
from delinquency.judgment import (
    GeneralInterest,
    JudgmentDebt,
    JudgmentPart,
    JudgmentRule,
    JudgmentRules,
    judgment_interest,
    judgment_rules,
)

CNY = dq.Currency.of("CNY")
END = date(2024, 3, 1)
"""The last day of the period of performance."""

AWARDED, GENERAL, DOUBLED = (
    JudgmentPart.AWARDED,
    JudgmentPart.GENERAL_INTEREST,
    JudgmentPart.DOUBLED_PART,
)


def after(days: int) -> date:
    return END + timedelta(days)


def debt_of(**given) -> JudgmentDebt:
    return JudgmentDebt(**{"awarded": 100_000, "perform_by": END, "currency": CNY, **given})


def account_on(days: int, *, known_on=None, rules=None, **given):
    return judgment_interest(debt_of(**given), as_of=after(days), known_on=known_on, rules=rules)


def pause_of(start: date, end: date) -> InterestPause:
    return InterestPause(start=start, end=end)


def paid(days: int, amount, **given) -> dq.Payment:
    return dq.Payment(after(days), amount, **given)


def interest_of(**given) -> GeneralInterest:
    return GeneralInterest(
        **{
            "rates": dq.Rate.per_year("0.0360"),
            "accrues_from": END,
            "day_count": DayCount.ACT_360,
            **given,
        }
    )


def test_we_08_100000_unpaid_for_200_days_bear_3500():
    """法释〔2014〕8号 Art. 1: 100000 x 0.0175 % x 200 = 3500.00."""
    account = account_on(200)
    assert (account.doubled_part, account.doubled_part_open) == (3500, 3500)
    assert account.total_open == 103_500
    assert str(account.doubled_part) == "3500.00"


@pytest.mark.parametrize(("days", "interest"), [(-1, 0), (0, 0), (1, "17.50"), (2, 35)])
def test_the_first_day_of_delay_is_the_day_after_the_period_of_performance(days, interest):
    assert account_on(days).doubled_part == Decimal(interest)


def test_a_debt_paid_on_the_day_after_was_one_day_late():
    """17.50 accrued by the close of the day of payment, and nothing accrues after it."""
    on_time, late = paid(0, 100_000), paid(1, 100_000)
    assert account_on(200, payments=[on_time]).doubled_part == 0
    account = account_on(200, payments=[late])
    assert (account.doubled_part, account.doubled_part_open) == (Decimal("17.50"), Decimal("17.50"))
    assert account.awarded_open == 0


def test_each_part_bears_the_doubled_part_to_the_day_on_which_it_was_paid():
    """Art. 3: 100000 x 50 days and 60000 x 150 days: 875.00 + 1575.00."""
    account = account_on(200, payments=[paid(50, 40_000)])
    assert account.doubled_part == 2450
    assert [str(segment) for segment in account.segments] == [
        "[2024-03-01, 2024-04-20) 100000.00 x 0.0175 % a day x 50 = 875.00",
        "[2024-04-20, 2024-09-17) 60000.00 x 0.0175 % a day x 150 = 1575.00",
    ]


def test_money_that_is_not_enough_settles_the_award_before_the_doubled_part():
    """Art. 4: 3500.00 accrued in 200 days, 101000 paid: the award in full, then 1000 of the doubled part."""
    account = account_on(200, payments=[paid(200, 101_000)])
    assert (account.awarded_open, account.doubled_part_open, account.unallocated) == (0, 2500, 0)
    assert [(row.part, row.amount) for row in account.settlements] == [
        (AWARDED, 100_000),
        (DOUBLED, 1000),
    ]


def test_the_parties_may_agree_that_the_doubled_part_is_settled_first():
    account = account_on(
        200, payments=[paid(200, 101_000)], agreed_order=[DOUBLED, GENERAL, AWARDED]
    )
    assert (account.awarded_open, account.doubled_part_open) == (2500, 0)
    assert account.order == (DOUBLED, GENERAL, AWARDED)


def test_general_interest_is_counted_apart_and_bears_no_doubled_part():
    """100000 x 3.6 % x 200 / 360 = 2000.00; the doubled part stays that of the award, 3500.00."""
    account = account_on(200, general_interest=interest_of())
    assert (account.general_interest, account.doubled_part) == (2000, 3500)
    assert str(account.segments_of(GENERAL)[0]) == (
        "[2024-03-01, 2024-09-17) 100000.00 x 3.6 % a year x 200 / 360 = 2000.00"
    )


def test_without_general_interest_in_the_judgment_none_is_counted():
    assert account_on(200).general_interest == 0
    assert account_on(200).segments_of(GENERAL) == ()


def test_interest_that_the_judgment_states_as_a_sum_bears_no_doubled_part():
    """法释〔2014〕8号 Art. 1: 100,000 x 0.0175 % x 200 = 3,500.00, and nothing on 14,950.19 beside it.

    3.6 % a year from the end of the period on is 100,000 x 3.6 % x 200 / 360 = 2,000.00 more.
    """
    stated = Decimal("14950.19")
    account = account_on(200, interest_awarded=stated, general_interest=interest_of())
    assert (account.doubled_part, account.general_interest) == (3500, stated + 2000)
    assert account.total_open == 100_000 + stated + 2000 + 3500
    alone = account_on(200, interest_awarded=stated)
    assert (alone.interest_awarded, alone.general_interest, alone.doubled_part) == (
        stated,
        stated,
        3500,
    )


def test_a_stated_sum_of_interest_is_settled_before_the_award_and_its_doubled_part():
    """15,000.00 on the last day of the period settle 14,950.19 and 49.81 of the award, which bears on.

    99,950.19 x 0.0175 % x 100 = 1,749.128.
    """
    account = account_on(100, interest_awarded=Decimal("14950.19"), payments=[paid(0, 15_000)])
    assert [(row.part, str(row.amount)) for row in account.settlements] == [
        (GENERAL, "14950.19"),
        (AWARDED, "49.81"),
    ]
    assert str(account.doubled_part) == "1749.13"


def test_a_stated_sum_of_interest_is_told_apart_from_what_accrues():
    account = account_on(200, interest_awarded=Decimal("14950.19"), general_interest=interest_of())
    step = account.explanation.find("judgment_general_interest")
    assert [each.rule for each in step.because] == [
        "judgment_interest_awarded",
        "judgment_segment",
    ]
    assert step.value == sum(each.value for each in step.because)
    assert "其中判决确定的利息金额：14,950.19 CNY" in account.to_text(lang="zh")
    assert (
        account_on(200, general_interest=interest_of())
        .explanation.find("judgment_general_interest")
        .because[0]
        .rule
        == "judgment_segment"
    )


def test_what_the_judgment_awards_comes_before_the_doubled_part_its_interest_first():
    """2000.00 general interest, then the award: of 102000 nothing is left for the doubled part."""
    account = account_on(200, general_interest=interest_of(), payments=[paid(200, 102_000)])
    assert (account.general_interest_open, account.awarded_open) == (0, 0)
    assert account.doubled_part_open == 3500


@pytest.mark.parametrize(("days", "interest"), [(-10, 0), (-9, 10), (0, 100), (5, 150), (6, 150)])
def test_general_interest_is_borne_from_its_first_day_to_before_its_last(days, interest):
    general = interest_of(accrues_from=after(-10), accrues_until=after(5))
    assert account_on(days, general_interest=general).general_interest == interest


def test_money_settles_the_base_of_general_interest_last():
    """Base 60000 of 100000: 30000 paid leaves it whole; 6 of interest and 30000 more leave 40000."""
    general = interest_of(base=60_000)
    payments = [paid(0, 30_000), paid(1, 30_006)]
    account = account_on(3, general_interest=general, payments=payments)
    assert [(row.base, row.days) for row in account.segments_of(GENERAL)] == [
        (60_000, 1),
        (40_000, 2),
    ]


def test_rates_of_general_interest_change_on_their_dates():
    """10 days at 3.6 % and 5 at 7.2 % of 100000 over 360: 100.00 + 100.00."""
    general = interest_of(
        rates=[(after(-100), dq.Rate.per_year("0.036")), (after(10), dq.Rate.per_year("0.072"))]
    )
    account = account_on(15, general_interest=general)
    assert [(row.days, row.amount) for row in account.segments_of(GENERAL)] == [(10, 100), (5, 100)]
    assert len(account.segments_of(DOUBLED)) == 1


@pytest.mark.parametrize(
    ("rate", "day_count", "interest"),
    [
        (dq.Rate.per_year("0.0365"), DayCount.ACT_365F, 200),
        (dq.Rate.per_year("0.0364"), DayCount.ACT_364, 200),
        (dq.Rate.per_month("0.003"), DayCount.ACT_360, 200),
        (dq.Rate.per_day("0.0001"), None, 200),
    ],
)
def test_a_rate_is_per_year_month_or_day(rate, day_count, interest):
    general = interest_of(rates=rate, day_count=day_count)
    assert account_on(20, general_interest=general).general_interest == interest


def test_a_month_is_a_twelfth_of_a_year_in_what_a_segment_shows():
    general = interest_of(rates=dq.Rate.per_month("0.003"))
    shown = str(account_on(20, general_interest=general).segments[0])
    assert shown.endswith("0.3 % a month x 12 x 20 / 360 = 200.00")


def test_days_on_which_enforcement_was_stayed_bear_no_doubled_part():
    """Art. 3: of 200 days 30 do not count, 100000 x 0.0175 % x 170 = 2975.00; general interest runs on."""
    account = account_on(
        200, pauses=[pause_of(after(10), after(40))], general_interest=interest_of()
    )
    assert (account.doubled_part, account.general_interest) == (2975, 2000)
    assert [(row.start, row.end) for row in account.segments_of(DOUBLED)] == [
        (END, after(10)),
        (after(40), after(200)),
    ]


def test_money_beyond_all_debt_is_left_over():
    account = account_on(300, payments=[paid(0, 100_001)])
    assert (account.total_open, account.unallocated, account.paid) == (0, 1, 100_001)


def test_money_before_the_period_ends_lowers_what_is_late_afterwards():
    assert account_on(200, payments=[paid(-30, 50_000)]).doubled_part == 1750


def test_a_payment_counts_from_its_value_date_until_it_is_reversed():
    payment = paid(100, 100_000, reversed_on=after(150))
    assert account_on(99, payments=[payment]).awarded_open == 100_000
    assert account_on(149, payments=[payment]).awarded_open == 0
    assert account_on(150, payments=[payment]).awarded_open == 100_000
    assert account_on(200, payments=[payment], known_on=after(149)).awarded_open == 0


def test_a_payment_counts_from_the_day_on_which_the_books_knew_it():
    payment = paid(100, 100_000, recorded_on=after(120))
    assert account_on(110, payments=[payment]).awarded_open == 0
    assert account_on(110, payments=[payment], known_on=after(119)).awarded_open == 100_000
    assert account_on(110, payments=[payment], known_on=after(120)).awarded_open == 0


def test_the_sum_of_each_kind_is_rounded_as_a_whole():
    """1000.01 x 0.0175 % = 0.17500175 a day: 0.18, then 0.35 and not 0.36."""
    debt = {"awarded": Decimal("1000.01")}
    assert [account_on(days, **debt).doubled_part for days in (1, 2)] == [
        Decimal("0.18"),
        Decimal("0.35"),
    ]
    paid_in_part = account_on(2, **debt, payments=[paid(1, Decimal("0.01"))])
    assert [row.amount for row in paid_in_part.segments] == [Decimal("0.18"), Decimal("0.17")]


def test_no_day_is_no_interest_even_rounded_up():
    account = account_on(0, general_interest=interest_of(), rounding=dq.RoundingMode.UP)
    assert (account.doubled_part, account.general_interest) == (0, 0)


def test_rounding_is_the_one_that_is_named():
    account = account_on(1, awarded=Decimal("1000.01"), rounding=dq.RoundingMode.DOWN)
    assert account.doubled_part == Decimal("0.17")
    assert account.explanation.inputs["rounding"] == "down"


def test_a_period_that_ended_before_the_rules_is_refused():
    """Art. 7: days before 1 August 2014 belong to the rules before."""
    first = date(2014, 8, 1)
    debt = debt_of(perform_by=first)
    assert judgment_interest(debt, as_of=date(2014, 8, 2)).doubled_part == Decimal("17.50")
    early = debt_of(perform_by=first - timedelta(1))
    with pytest.raises(dq.PolicyNotInForceError, match="from 2014-08-01, found 2014-07-31"):
        judgment_interest(early, as_of=date(2024, 1, 1))


def test_a_day_before_every_change_has_nothing_but_the_award():
    account = judgment_interest(debt_of(), as_of=date(1900, 1, 1))
    assert (account.total_open, account.segments) == (100_000, ())


def rule_of(start: date, rate: str, **given) -> JudgmentRule:
    return JudgmentRule(
        **{
            "effective_from": start,
            "daily_rate": dq.Rate.per_day(rate),
            "order": [AWARDED, GENERAL, DOUBLED],
            **given,
        }
    )


def test_a_change_of_law_changes_the_rate_from_its_day_on():
    rules = JudgmentRules("house", [rule_of(END, "0.0001"), rule_of(after(10), "0.0002")])
    account = account_on(15, rules=rules)
    assert [(row.days, row.amount) for row in account.segments] == [(10, 100), (5, 100)]
    assert account.rules == f"house@{after(10)}"
    assert account_on(9, rules=rules).rules == f"house@{END}"


def test_rules_that_nobody_verified_warn_and_say_so():
    rules = JudgmentRules(
        "house", [rule_of(END, "0.0001", verification=dq.Verification.UNVERIFIED)]
    )
    with pytest.warns(dq.DelinquencyWarning, match="house@2024-03-01 was never compared"):
        account = account_on(1, rules=rules)
    assert account.explanation.inputs["unverified"] == "unverified"
    with pytest.warns(dq.DelinquencyWarning, match="house@2024-03-01"):
        rules.in_force(END)


def test_the_packaged_rules_name_their_source():
    rule = judgment_rules("cn-delayed-performance").in_force(date(2026, 1, 1))
    assert rule.daily_rate == dq.Rate.per_day("0.000175")
    assert rule.order == (GENERAL, AWARDED, DOUBLED)
    assert "2014〕8号" in rule.citations[0].title_zh


def test_the_account_explains_each_part_with_its_days():
    account = account_on(
        200, general_interest=interest_of(), payments=[paid(50, 40_000), paid(200, 500)]
    )
    told = account.explanation
    assert [step.rule for step in told.because] == [
        "judgment_awarded",
        "judgment_general_interest",
        "judgment_doubled_part",
        "judgment_paid",
    ]
    doubled = told.find("judgment_doubled_part")
    assert doubled.value == account.doubled_part == sum(step.value for step in doubled.because)
    assert [step.inputs["days"] for step in doubled.because] == [50, 150]
    assert told.find("judgment_segment").inputs["year_days"] == 360
    assert [step.value for step in told.find("judgment_paid").because] == [
        row.amount for row in account.settlements
    ]
    assert told.citations == account.citations
    assert told.value == account.total_open
    assert "法释〔2014〕8号" in account.to_text(lang="zh")


def test_what_is_0_is_left_out_of_the_reasons():
    told = account_on(0).explanation
    assert [step.rule for step in told.because] == ["judgment_awarded", "judgment_paid"]


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"awarded": 0}, dq.InvalidValueError, "more than 0"),
        ({"awarded": -1}, dq.InvalidValueError, "zero or more"),
        ({"awarded": 1.5}, dq.InvalidTypeError, "1.5"),
        ({"awarded": Decimal("0.001")}, dq.InvalidValueError, "at most 2 decimals"),
        ({"interest_awarded": -1}, dq.InvalidValueError, "interest_awarded.*zero or more"),
        ({"interest_awarded": 0.5}, dq.InvalidTypeError, "0.5"),
        ({"perform_by": "2024-03-01"}, dq.InvalidTypeError, "to be a date"),
        ({"currency": "CNY"}, dq.InvalidTypeError, "a Currency"),
        ({"rounding": "down"}, dq.InvalidTypeError, "a RoundingMode"),
        ({"general_interest": 100}, dq.InvalidTypeError, "GeneralInterest or None"),
        ({"payments": [100]}, dq.InvalidTypeError, "Payment"),
        ({"payments": [dq.Payment(END, Decimal("0.001"))]}, dq.InvalidValueError, "2 decimals"),
        ({"pauses": [END]}, dq.InvalidTypeError, "InterestPause"),
        ({"agreed_order": [AWARDED, GENERAL]}, dq.PolicyError, "each of awarded"),
        ({"agreed_order": [AWARDED, AWARDED, GENERAL]}, dq.PolicyError, "each of awarded"),
        ({"agreed_order": ["awarded"]}, dq.InvalidTypeError, "JudgmentPart"),
    ],
)
def test_a_debt_that_cannot_be_is_refused(given, error, message):
    with pytest.raises(error, match=message):
        debt_of(**given)


def test_pauses_touch_and_do_not_overlap():
    touching = [pause_of(after(1), after(3)), pause_of(after(3), after(5))]
    assert account_on(10, pauses=touching).doubled_part == Decimal("105.00")
    with pytest.raises(dq.InvalidValueError, match="pause 2: expected a start on or after"):
        debt_of(pauses=[touching[0], pause_of(after(2), after(5))])


def test_a_base_is_at_most_the_award():
    assert debt_of(general_interest=interest_of(base=100_000)).base_minor == 10_000_000
    with pytest.raises(dq.InvalidValueError, match="at most the awarded debt"):
        debt_of(general_interest=interest_of(base=Decimal("100000.01")))


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"rates": []}, dq.InvalidValueError, "found none"),
        ({"rates": 0.036}, dq.InvalidTypeError, "an iterable"),
        ({"rates": [END]}, dq.InvalidTypeError, "rate 1"),
        ({"rates": [(END, 0.036)]}, dq.InvalidTypeError, "pairs of a date and a Rate"),
        ({"rates": [(after(1), dq.Rate.per_year(0))]}, dq.InvalidValueError, "on or before"),
        ({"rates": [(END, dq.Rate.per_year(0))] * 2}, dq.InvalidValueError, "in order of date"),
        ({"rates": dq.Rate.per_year("-0.01")}, dq.InvalidValueError, "0 or more"),
        (
            {"rates": [(END, dq.Rate.per_year(0)), (after(1), dq.Rate.per_day(0))]},
            dq.InvalidValueError,
            "rates of one period",
        ),
        ({"day_count": None}, dq.InvalidValueError, "Act/360, Act/364 or Act/365F"),
        ({"day_count": DayCount.THIRTY_360}, dq.InvalidValueError, "days must add up"),
        ({"rates": dq.Rate.per_day(0)}, dq.InvalidValueError, "None for a rate per day"),
        ({"accrues_until": END}, dq.InvalidValueError, "a day after accrues_from"),
        ({"accrues_from": None}, dq.InvalidTypeError, "to be a date"),
    ],
)
def test_general_interest_that_cannot_be_is_refused(given, error, message):
    with pytest.raises(error, match=message):
        interest_of(**given)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"debt": None}, dq.InvalidTypeError, "a JudgmentDebt"),
        ({"as_of": "2024-03-01"}, dq.InvalidTypeError, "as_of to be a date"),
        ({"known_on": 1}, dq.InvalidTypeError, "known_on to be a date"),
        ({"rules": "cn-delayed-performance"}, dq.InvalidTypeError, "JudgmentRules"),
    ],
)
def test_a_question_that_is_none_is_refused(given, error, message):
    asked = {"debt": debt_of(), "as_of": END, **given}
    with pytest.raises(error, match=message):
        judgment_interest(asked.pop("debt"), **asked)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"daily_rate": dq.Rate.per_year("0.1")}, dq.InvalidTypeError, "a Rate per day"),
        ({"daily_rate": dq.Rate.per_day("-0.001")}, dq.PolicyError, "0 or more"),
        ({"order": [AWARDED]}, dq.PolicyError, "each of awarded"),
        ({"effective_from": None}, dq.InvalidTypeError, "to be a date"),
        ({"verification": dq.Verification.SECONDARY}, dq.PolicyError, "a citation"),
        ({"citations": ["a law"]}, dq.InvalidTypeError, "Citation"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(given, error, message):
    with pytest.raises(error, match=message):
        attrs.evolve(rule_of(END, "0.0001"), **given)


def test_rules_stand_in_order_of_date():
    for versions in ([], [rule_of(END, "0")] * 2, [rule_of(after(1), "0"), rule_of(END, "0")]):
        with pytest.raises(dq.PolicyError, match="in order of effective_from"):
            JudgmentRules("house", versions)
    with pytest.raises(dq.InvalidTypeError, match="not empty"):
        JudgmentRules("", [rule_of(END, "0")])
    with pytest.raises(dq.InvalidTypeError, match="to be a date"):
        JudgmentRules("house", [rule_of(END, "0")]).in_force("2024-03-01")


RULES = """
id = "house"
[[version]]
effective_from = 2024-01-01
daily_rate = "0.0001"
order = ["awarded", "general_interest", "doubled_part"]
"""


def test_rules_of_ones_own_are_read_from_a_file(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(RULES, encoding="utf-8")
    assert judgment_rules(path) == JudgmentRules("house", [rule_of(date(2024, 1, 1), "0.0001")])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"0.0001"', "0.0001", "line [0-9]+, version 1, daily_rate: expected a text in quotes"),
        ('"0.0001"', '"0.01 %"', "line [0-9]+, version 1, daily_rate"),
        ('"0.0001"', '"-0.0001"', "line [0-9]+, version 1, daily_rate: expected 0 or more"),
        ('"awarded", ', "", "line [0-9]+, version 1, order: expected each of awarded"),
        ('"awarded"', '"award"', "line [0-9]+, version 1, order 1: expected one of awarded"),
        ("order", "ordre", "the key 'order'"),
        ('id = "house"', 'id = ""', "line [0-9]+, .*id: expected a text that is not empty"),
        ('id = "house"', 'id = "house"\nrate = "1"', "only the keys"),
    ],
)
def test_a_slip_in_a_file_of_rules_is_told_with_its_place(tmp_path, old, new, message):
    path = tmp_path / "house.toml"
    assert old in RULES
    path.write_text(RULES.replace(old, new), encoding="utf-8")
    with pytest.raises(dq.PolicyError, match=r"house\.toml.*" + message):
        judgment_rules(path)


def test_rules_that_are_not_there_are_refused():
    with pytest.raises(dq.PolicyError, match="Did you mean 'cn-delayed-performance'"):
        judgment_rules("cn-delayed-perfomance")
    assert set(judgment.__all__) <= set(vars(judgment))


def test_money_with_one_payment_id_cannot_count_twice():
    money = paid(10, 40_000, payment_id="P")
    with pytest.raises(
        dq.InvalidValueError, match="judgment debt, payment 'P': expected a payment"
    ):
        debt_of(payments=[money, money])
    assert len(debt_of(payments=[paid(10, 40_000), paid(10, 40_000)]).payment_rows) == 2
