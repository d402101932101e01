"""Europe and international accounting: forbearance, the 1 % and 10 % tests, gain or loss; the UK and India."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

import delinquency as dq
from delinquency.amortisation import DeferredInterest, InterestPause
from delinquency.restructuring import (
    ArrearsSpread,
    Capitalisation,
    DifficultyGround,
    Forgiveness,
    PaymentHoliday,
    PlanClass,
    RateReduction,
    ReAgeing,
    Settlement,
    SettlementPayment,
    TermExtension,
)
from delinquency.returns import (
    CashFlow,
    diminished_share,
    effective_interest_rate,
    modification_gain,
)
from tests.restructuring.review.plans import (
    CNY,
    NOTHING_ELSE,
    TWELFTH,
    dear_loan,
    loan,
    months,
    planned,
    reviewed,
    row_of,
    verdict_of,
)

PRINCIPAL, INTEREST = dq.Component.PRINCIPAL, dq.Component.INTEREST
EU, IFRS, UK, INDIA = "eu-plan", "ifrs-9", "uk-conc-plan", "in-plan"
DIMINISHED, FORBORNE = "eu_diminished_obligation", "eu_forbearance"
GAIN, TENTH = "ifrs_9_modification_gain", "ifrs_9_ten_per_cent"
SHORTFALL = [DifficultyGround.EXPECTED_SHORTFALL]


def forgiven(amount: str, owed: int = 10_000):
    """A loan of one instalment a year away without interest, of which an amount is forgiven."""
    account = dq.Account(
        account_id="E-1",
        originated_on=date(2024, 4, 1),
        schedule=dq.Schedule(CNY, [dq.Instalment(date(2026, 4, 1), owed)]),
    )
    return planned(account, Forgiveness(PRINCIPAL, amount=Decimal(amount)))


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [("99.99", "does_not_apply"), ("100.00", "does_not_apply"), ("100.01", "applies")],
)
def test_more_than_a_hundredth_given_up_is_distressed_and_a_default(amount, verdict) -> None:
    """EBA/GL/2016/07, paragraph 51: the threshold is 1 %, and above it is default."""
    review = reviewed(forgiven(amount), EU, grounds=SHORTFALL)
    assert review.row(DIMINISHED).verdict.value == verdict
    is_default = verdict == "applies"
    assert (PlanClass.DEFAULT in review.classification) is is_default
    assert (PlanClass.DISTRESSED in review.classification) is is_default
    assert review.classification[PlanClass.FORBORNE] == (FORBORNE,)
    assert review.is_allowed


def test_without_forbearance_there_is_no_such_default() -> None:
    done = forgiven("5000.00")
    assert verdict_of(done, DIMINISHED, EU) == "not_assessed"
    assert verdict_of(done, DIMINISHED, EU, grounds=[]) == "does_not_apply"


def test_the_published_example_of_two_plans_at_the_rate_of_the_contract() -> None:
    """1,000 in twelve months at 1 % a month, over twenty-four: no loss at 1 %, 2.3643 % at 0.8 %."""
    terms = dq.RepaymentTerms(currency=CNY, principal=1000, instalment_count=12, annual_rate=TWELFTH,
        disbursed_on=date(2025, 1, 1), first_due_date=date(2025, 2, 1), method=dq.AmortisationMethod.ANNUITY)  # fmt: skip
    account = dq.Account(account_id="W-12", originated_on=date(2025, 1, 1),
        schedule=dq.repayment_schedule(terms), contract_rates=[dq.DatedRate(date(2025, 1, 1), TWELFTH)])  # fmt: skip
    longer = [TermExtension(12)]
    cheaper = [*longer, RateReduction(dq.Rate.per_year("0.096"))]
    on = date(2025, 1, 2)
    rows = {}
    for name, measures in (("A", longer), ("B", cheaper)):
        done = planned(account, *measures, on=on)
        rows[name] = row_of(done, DIMINISHED, EU, grounds=SHORTFALL)
    assert [row.verdict.value for row in rows.values()] == ["does_not_apply", "applies"]
    assert rows["A"].checks[0].found < Decimal("0.0001")
    assert abs(rows["B"].checks[0].found - Decimal("0.023643")) < Decimal("0.0002")


def test_a_lower_rate_of_the_market_is_a_loss_all_the_same() -> None:
    """EBA Q&A 2021_6045: the reason does not matter, and no fact about the market is read."""
    done = planned(dear_loan(count=40, paid=3), RateReduction(dq.Rate.per_year("0.02")))
    facts = {"grounds": SHORTFALL, "fair_rate": dq.Rate.per_year("0.02")}
    assert verdict_of(done, FORBORNE, EU, **facts) == "applies"
    assert verdict_of(done, DIMINISHED, EU, **facts) == "applies"


def flows(done, *, after: bool) -> list[CashFlow]:
    """What is past due at its face on the day of the plan, and what is to come."""
    draft, rows = (
        (done.draft_after, done.rows_after) if after else (done.draft_before, done.rows_before)
    )
    late = sum(sum(debt.open) for debt in draft.past) + draft.unposted
    told = [(date(1970, 1, 1) + timedelta(row.due_day), row.total) for row in rows]
    return [
        CashFlow(day, Decimal(minor).scaleb(-2))
        for day, minor in [(done.plan.effective_on, late), *told]
    ]


def test_a_stated_effective_rate_goes_before_that_of_the_contract_and_the_answer_says_so() -> None:
    done = planned(dear_loan(paid=3), TermExtension(6), RateReduction(dq.Rate.per_year("0.05")))
    for facts, basis in (
        ({}, "rate_of_contract"),
        ({"effective_rate": Decimal("0.2")}, "rate_of_stated"),
        ({"effective_rate": Fraction(1, 5)}, "rate_of_stated"),
        ({"upfront_fees": 60}, "rate_of_upfront_fees"),
    ):
        row = row_of(done, DIMINISHED, EU, grounds=SHORTFALL, **facts)
        assert {each.name: each.value for each in row.figures}["rate_basis"] == basis
    stated = row_of(done, DIMINISHED, EU, grounds=SHORTFALL, effective_rate=Decimal("0.2"))
    share = diminished_share(
        flows(done, after=False), flows(done, after=True), rate=Decimal("0.2"), changed_on=done.plan.effective_on
    )  # fmt: skip
    assert stated.checks[0].found == Decimal(share.numerator) / Decimal(share.denominator)


def test_fees_at_the_beginning_give_the_rate_that_the_first_schedule_yields() -> None:
    account = dear_loan(paid=3)
    done = planned(account, TermExtension(6))
    row = row_of(done, GAIN, IFRS, upfront_fees=60)
    told = {each.name: each.value for each in row.figures}
    expected = effective_interest_rate(
        1140,
        [CashFlow(each.due_date, each.total) for each in account.schedule],
        recognised_on=account.originated_on,
        decimals=20,
    )
    assert told["effective_rate"] == expected
    assert expected > Decimal("0.2")


def test_fees_as_high_as_the_loan_are_refused() -> None:
    done = planned(dear_loan(), TermExtension(6))
    with pytest.raises(
        dq.InvalidValueError, match=r"account 'A-2', plan facts, upfront_fees: .*1200"
    ):
        reviewed(done, EU, upfront_fees=1200)


def test_interest_without_a_rate_of_the_contract_has_no_value() -> None:
    rows = [dq.Instalment(due, 100, 1) for due in months(date(2024, 12, 15), 6)]
    done = planned(loan(schedule=dq.Schedule(CNY, rows)), ArrearsSpread())
    for test_id, rules in ((DIMINISHED, EU), (GAIN, IFRS), (TENTH, IFRS)):
        assert verdict_of(done, test_id, rules) == "not_assessed"
        assert verdict_of(done, test_id, rules, effective_rate=0) != "not_assessed"


@pytest.mark.parametrize(
    ("late", "recent", "verdict"),
    [
        (30, None, "not_assessed"),
        (31, None, "applies"),
        (30, 30, "does_not_apply"),
        (30, 31, "applies"),
        (31, 0, "applies"),
    ],
)
def test_a_concession_after_more_than_thirty_days_is_presumed_forbearance(
    late, recent, verdict
) -> None:
    """At the close of the day before the plan, or by a fact about the three months before."""
    account = loan(paid=2)
    on = account.schedule[2].due_date + timedelta(days=late + 1)
    done = planned(account, TermExtension(1), on=on)
    row = row_of(done, "eu_presumed_forbearance", EU, recent_days_past_due=recent)
    assert row.verdict.value == verdict
    assert row.checks[1].within == 3


def test_without_a_concession_nothing_is_presumed() -> None:
    done = planned(loan(), on=date(2025, 6, 1))
    assert verdict_of(done, "eu_presumed_forbearance", EU, **NOTHING_ELSE) == "does_not_apply"


@pytest.mark.parametrize(
    ("measures", "found", "verdict"),
    [
        ([PaymentHoliday(24)], 24, "passed"),
        ([PaymentHoliday(25)], 25, "failed"),
        ([RateReduction(dq.Rate.per_year("0.05"), until=date(2027, 4, 1))], 24, "passed"),
        ([RateReduction(dq.Rate.per_year("0.05"), until=date(2027, 4, 2))], 25, "failed"),
        ([InterestPause(start=date(2027, 3, 1), end=date(2027, 4, 1))], 24, "passed"),
        ([InterestPause(start=date(2027, 3, 1), end=date(2027, 4, 2))], 25, "failed"),
        ([PaymentHoliday(2), RateReduction(dq.Rate.per_year("0.05"), until=date(2028, 1, 1))], 33, "failed"),
    ],
)  # fmt: skip
def test_measures_that_end_before_the_plan_last_twenty_four_months_at_most(
    measures, found, verdict
) -> None:
    """EBA/GL/2018/06, not compared with the text. Due dates of a holiday from May on are those of the plan."""
    account = dear_loan(paid=4, count=40)
    on = date(2025, 4, 2) if isinstance(measures[0], PaymentHoliday) else date(2025, 4, 1)
    if on == date(2025, 4, 1):
        account = dear_loan(paid=3, count=40)
    row = row_of(planned(account, *measures, on=on), "eu_short_term_measures", EU)
    assert (row.verdict.value, row.checks[0].found) == (verdict, found)


def test_lasting_measures_are_not_temporary() -> None:
    for measure in (TermExtension(30), RateReduction(dq.Rate.per_year("0.05"))):
        done = planned(dear_loan(), measure)
        assert verdict_of(done, "eu_short_term_measures", EU) == "does_not_apply"


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [("999.99", "does_not_apply"), ("1000.00", "applies"), ("1000.01", "applies")],
)
def test_a_tenth_of_the_value_is_a_substantial_modification(amount, verdict) -> None:
    """IFRS 9, B3.3.6: at least 10 per cent."""
    review = reviewed(forgiven(amount), IFRS)
    assert review.row(TENTH).verdict.value == verdict
    assert (PlanClass.SUBSTANTIALLY_MODIFIED in review.classification) is (verdict == "applies")


def test_fees_of_the_change_count_for_the_tenth_and_not_for_the_gain() -> None:
    done = forgiven("1000.00")
    for rate in ({}, {"effective_rate": 0}):
        assert row_of(done, TENTH, IFRS, change_fees=1, **rate).verdict.value == "does_not_apply"
        rows = [row_of(done, GAIN, IFRS, change_fees=fee, **rate) for fee in (0, 500)]
        assert rows[0].checks[0].found == rows[1].checks[0].found == Decimal("1000.00")
    untouched = planned(loan(paid=3))
    assert verdict_of(untouched, TENTH, IFRS, change_fees=89) == "does_not_apply"
    assert verdict_of(untouched, TENTH, IFRS, change_fees=90) == "applies"


def test_the_gain_or_loss_is_that_of_the_flows_at_the_effective_rate() -> None:
    """IFRS 9, 5.4.3."""
    done = planned(dear_loan(paid=3), TermExtension(6), Forgiveness(PRINCIPAL, amount=100))
    rate = Decimal("0.13")
    row = row_of(done, GAIN, IFRS, effective_rate=rate)
    expected = modification_gain(
        flows(done, after=False), flows(done, after=True), rate=rate, changed_on=done.plan.effective_on
    )  # fmt: skip
    told = {each.name: each.value for each in row.figures}
    assert told["modification_loss"] == -expected > 90
    assert "modification_gain" not in told
    assert row.verdict.value == "applies"


def test_a_plan_that_changes_nothing_has_neither_gain_nor_loss() -> None:
    row = row_of(planned(loan()), GAIN, IFRS)
    assert (row.verdict.value, row.checks[0].found) == ("does_not_apply", 0)


@pytest.mark.parametrize("facts", [{}, {"effective_rate": 0}], ids=str)
def test_a_fee_alone_that_is_due_later_has_no_value_to_lose(facts) -> None:
    charge = dq.Charge("F-1", dq.Component.FEES, 30, date(2025, 9, 1), charged_on=date(2025, 3, 1))
    done = planned(loan(count=2, paid=2, charges=[charge]))
    assert row_of(done, TENTH, IFRS, **facts).checks[0].found == 0
    assert row_of(done, DIMINISHED, EU, **facts).checks[0].found == 0


def test_interest_on_capitalised_arrears_is_a_gain_of_the_lender() -> None:
    rows = [dq.Instalment(due, 200, 2) for due in months(date(2024, 12, 1), 6)]
    account = dear_loan(paid=2, schedule=dq.Schedule(CNY, rows), payments=[])
    done = planned(account, Capitalisation([PRINCIPAL, INTEREST]))
    told = {each.name: each.value for each in row_of(done, GAIN, IFRS, effective_rate=0).figures}
    assert told["modification_gain"] > 0


@pytest.mark.parametrize(
    ("measures", "verdict"),
    [
        ([ReAgeing(1, date(2025, 4, 20))], "failed"),
        ([ReAgeing(2, date(2025, 4, 20))], "passed"),
        ([ReAgeing(3, date(2025, 4, 20))], "passed"),
        ([TermExtension(3)], "does_not_apply"),
    ],
)
def test_arrears_are_not_made_up_in_one_payment(measures, verdict) -> None:
    """CONC 7.3: no pressure to pay in one single payment."""
    done = planned(loan(count=6, paid=1), *measures)
    assert verdict_of(done, "uk_conc_single_payment", UK) == verdict


@pytest.mark.parametrize(
    ("fact", "verdict"), [(True, "passed"), (False, "failed"), (None, "not_assessed")]
)
def test_what_is_unreasonable_is_a_finding_and_no_figure(fact, verdict) -> None:
    done = planned(loan(), TermExtension(3))
    assert verdict_of(done, "uk_conc_affordable", UK, is_affordable=fact) == verdict


def test_a_restructured_account_is_substandard_at_once_and_monitored_for_a_year() -> None:
    """India, not compared with the Directions."""
    done = planned(loan(), PaymentHoliday(1, DeferredInterest.ACCRUED, lengthens=False))
    review = reviewed(done, INDIA)
    assert set(review.classification) == {PlanClass.RESTRUCTURED, PlanClass.SUBSTANDARD}
    (check,) = review.row("in_monitoring").checks
    first = done.rows_after[0].due_day
    assert (check.found - date(1970, 1, 1)).days == first + 365
    assert all(row.test.is_unverified for row in review.rows)


@pytest.mark.parametrize("rate", [{}, {"effective_rate": 0}], ids=str)
def test_a_fee_that_is_not_due_and_is_settled_is_of_both_values_at_any_rate(rate) -> None:
    """600 without interest and a fee of 10 of May: of 610, 600 are paid, and 10 are given up."""
    fee = dq.Charge("F-1", dq.Component.FEES, 10, date(2025, 5, 10), charged_on=date(2025, 3, 1))
    settlement = Settlement([SettlementPayment(date(2025, 4, 1), 600)])
    done = planned(loan(6, charges=[fee]), settlement)
    assert done.waived.fees == 10
    row = row_of(done, DIMINISHED, EU, grounds=SHORTFALL, **rate)
    assert row.checks[0].found == Decimal("0.016393443")  # 10/610, rounded up
    assert row_of(done, GAIN, IFRS, **rate).checks[0].found == 10
    # A plan that does not touch the fee has it on neither side: 10 of 600.
    untouched = planned(loan(6, charges=[fee]), Forgiveness(PRINCIPAL, amount=10))
    row = row_of(untouched, DIMINISHED, EU, grounds=SHORTFALL, **rate)
    assert row.checks[0].found == Decimal("0.016666667")
