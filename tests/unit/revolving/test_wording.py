"""What a refusal of card terms says, word for word: a message is read by people and kept in logs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.unit.revolving.cases import (
    COSTS,
    DAILY,
    OPENED,
    TENTH,
    WHOLE,
    cash,
    chinese_minimum,
    fee,
    interest,
    late_fee,
    posted,
    purchase,
    refund,
    terms,
)

import delinquency as dq
from delinquency.component import Component
from delinquency.daycount import DayCount
from delinquency.revolving import (
    BALANCE_KINDS,
    BalanceKind,
    BalanceRate,
    ByKind,
    CardInterest,
    CardTransaction,
    CreditLimit,
    Dated,
    DueAfterDays,
    DueOnDay,
    HighestRateFirst,
    InstalmentPlan,
    InterestGrain,
    InterestMethod,
    KindSwitch,
    MinimumPaymentRule,
    MinimumShare,
    MinimumThenHighestRate,
    Promotion,
    TransactionKind,
)
from delinquency.rounding import Proportion

BOUGHT = date(2025, 3, 30)
PLAN = InstalmentPlan(instalments=3)
PARSE = " Hint: Parse text at the edge: date.fromisoformat('2026-03-01')."
ROUND = " Hint: Round it yourself, by the rule of the contract: amounts are never rounded here."
MODES = (
    " Hint: Write RoundingMode.HALF_UP, RoundingMode.HALF_EVEN, RoundingMode.HALF_DOWN, "
    "RoundingMode.UP, RoundingMode.DOWN, RoundingMode.CEILING or RoundingMode.FLOOR."
)
KINDS = (
    " Hint: Write BalanceKind.PURCHASE, BalanceKind.CASH_ADVANCE, BalanceKind.PLAN, "
    "BalanceKind.INTEREST, BalanceKind.FEES or BalanceKind.PENALTY."
)
ONCE = (
    "expected each balance exactly once: purchase, cash_advance, plan, interest, fees, penalty, "
    "found "
)
EVERY = " Hint: Money must be able to settle every balance."
PARTS = " Hint: A balance changes on any day: the parts of a period must add up to it."
LAST = " Hint: 31 is the last day of a month that has no 31st."


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: CreditLimit("2025", 1),
            f"credit limit: expected effective_from to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: CreditLimit(OPENED, -1),
            "credit limit, amount: expected an amount of 0 or more, found -1.",
        ),
        (
            lambda: CreditLimit(OPENED, 1, "2025"),
            f"credit limit: expected recorded_on to be a date, found '2025'.{PARSE}",
        ),
        (lambda: DueAfterDays(0), "due date rule, days: expected 1 or more, found 0."),
        (lambda: DueAfterDays(29), "due date rule, days: expected at most 28, found 29."),
        (
            lambda: DueOnDay(32),
            f"due date rule, day: expected a day of the month from 1 to 31, found 32.{LAST}",
        ),
        (lambda: DueOnDay(5.0), "due date rule, day: expected an int, found 5.0."),
        (
            lambda: DueOnDay(5, months_after=None),
            "due date rule, months_after: expected an int, found None.",
        ),
        (
            lambda: DueOnDay(5, months_after=2),
            "due date rule, months_after: expected 0 or 1, found 2.",
        ),
        (
            lambda: terms(cycle_day=0),
            f"card terms, cycle_day: expected a day of the month from 1 to 31, found 0.{LAST}",
        ),
        (lambda: terms(cycle_day="5"), "card terms, cycle_day: expected an int, found '5'."),
        (
            lambda: terms(due=20),
            "card terms, due: expected DueAfterDays or DueOnDay, found 20. Hint: DueAfterDays(20)",
        ),
        (
            lambda: terms(due=DueOnDay(5, months_after=0)),
            "card terms, due: expected a due date after the statement of day 5 in every month, found DueOnDay(day=5, months_after=0).",
        ),
        (
            lambda: terms(due=DueAfterDays(25), grace_days=4),
            "card terms, due: expected a due date that with 4 days of grace is not after the next statement, found DueAfterDays(days=25).",
        ),
        (lambda: terms(currency="CNY"), "card terms, currency: expected a Currency, found 'CNY'."),
        (
            lambda: terms(minimum=100),
            "card terms, minimum: expected a MinimumPaymentRule, found 100.",
        ),
        (
            lambda: terms(interest=DAILY),
            "card terms, interest: expected a CardInterest, found Rate(scaled=50000, period=<RatePeriod.DAY: 'day'>).",
        ),
        (
            lambda: terms(order=()),
            "card terms, order: expected ByKind, HighestRateFirst or MinimumThenHighestRate, found ().",
        ),
        (
            lambda: terms(late_fee=10),
            "card terms, late_fee: expected LateFeeTerms, or None, found 10.",
        ),
        (
            lambda: terms(refunds_settle_minimum=1),
            "card terms, refunds_settle_minimum: expected True or False, found 1.",
        ),
        (lambda: terms(grace_days=-1), "card terms, grace_days: expected 0 or more, found -1."),
        (
            lambda: terms(tolerance=-1),
            "card terms, tolerance: expected an amount of 0 or more, found -1.",
        ),
        (
            lambda: terms(tolerance=Decimal("0.001")),
            f"card terms: expected tolerance in CNY with at most 2 decimals, found 0.001.{ROUND}",
        ),
        (
            lambda: terms(minimum=chinese_minimum(floor=Decimal("0.001"))),
            f"card terms: expected minimum, floor in CNY with at most 2 decimals, found 0.001.{ROUND}",
        ),
        (
            lambda: terms(minimum=chinese_minimum(multiple=Decimal("0.001"))),
            f"card terms: expected minimum, multiple in CNY with at most 2 decimals, found 0.001.{ROUND}",
        ),
        (lambda: Dated("text"), "dated value: expected pairs of a date and a value, found 'text'."),
        (lambda: Dated([1]), "dated value, row 1: expected a pair of a date and a value, found 1."),
        (lambda: Dated([]), "dated value: expected at least one row, found none."),
        (lambda: Dated([(None, 1), (None, 2)]), "dated value, row 2: expected a date, found None."),
        (
            lambda: Dated([(BOUGHT, 1), (BOUGHT, 2)]),
            "dated value, row 2: expected a date after 2025-03-30, found 2025-03-30. Hint: Rows must be in date order.",
        ),
        (
            lambda: Dated([("2025", 1)]),
            f"dated value, row 1: expected date to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: Dated([(BOUGHT, 1)]).on_date(OPENED),
            "dated value: expected a day from 2025-03-30, found 2025-03-10. Hint: Add the value that held before.",
        ),
        (
            lambda: Dated([(BOUGHT, 1)]).on_date("2025"),
            f"dated value: expected day to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: InstalmentPlan(instalments=0),
            "instalment plan, instalments: expected 1 or more, found 0.",
        ),
        (
            lambda: InstalmentPlan(instalments=3, cost=-1),
            "instalment plan, cost: expected an amount of 0 or more, found -1.",
        ),
        (
            lambda: InstalmentPlan(instalments=3, cost_component=Component.PRINCIPAL),
            "instalment plan, cost_component: expected Component.INTEREST or Component.FEES, found <Component.PRINCIPAL: 'principal'>.",
        ),
        (
            lambda: InstalmentPlan(instalments=3, residue="last"),
            "instalment plan, residue: expected a PlanResidue, found 'last'. Hint: Write PlanResidue.FIRST or PlanResidue.LAST.",
        ),
        (
            lambda: Promotion(promotion_id="", until=BOUGHT, rate=DAILY),
            "promotion, promotion_id: expected a text that is not empty, found ''.",
        ),
        (
            lambda: Promotion(promotion_id="P", until="2025", rate=DAILY),
            f"promotion 'P': expected until to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: Promotion(promotion_id="P", until=BOUGHT, is_deferred=1),
            "promotion 'P', is_deferred: expected True or False, found 1.",
        ),
        (
            lambda: Promotion(promotion_id="P", until=BOUGHT, rate="0.1"),
            "promotion 'P', rate: expected a Rate, found '0.1'.",
        ),
        (
            lambda: Promotion(promotion_id="P", until=BOUGHT),
            "promotion 'P': expected either a rate or is_deferred, found neither.",
        ),
        (
            lambda: Promotion(promotion_id="P", until=BOUGHT, rate=DAILY, is_deferred=True),
            "promotion 'P': expected either a rate or is_deferred, found both.",
        ),
        (
            lambda: Promotion(promotion_id="P", until=BOUGHT, rate=dq.Rate.per_day("-0.0001")),
            "promotion 'P', rate: expected a rate of 0 or more, found -0.01 % a day.",
        ),
        (
            lambda: CardTransaction(
                kind="purchase", posted_on=BOUGHT, amount=1, transaction_id="A"
            ),
            "transaction 'A', kind: expected a TransactionKind, found 'purchase'. Hint: Write TransactionKind.PURCHASE, TransactionKind.CASH_ADVANCE, TransactionKind.INSTALMENT_PLAN, TransactionKind.FEE or TransactionKind.REFUND.",
        ),
        (
            lambda: CardTransaction(
                kind=TransactionKind.FEE, posted_on=BOUGHT, amount=1, transaction_id=""
            ),
            "transaction, transaction_id: expected a text that is not empty, found ''.",
        ),
        (
            lambda: purchase(BOUGHT, -5, "A"),
            "transaction 'A', amount: expected an amount of more than 0, found -5. Hint: A credit of a merchant is a TransactionKind.REFUND of a positive amount.",
        ),
        (
            lambda: purchase("2025", 5, "A"),
            f"transaction 'A': expected posted_on to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: purchase(BOUGHT, 5, "A", plan="P"),
            "transaction 'A', plan: expected an instance of InstalmentPlan, found 'P'.",
        ),
        (
            lambda: purchase(BOUGHT, 5, "A", plan=PLAN),
            "transaction 'A', plan: expected none of a purchase, found one.",
        ),
        (
            lambda: fee(
                BOUGHT,
                5,
                "A",
                promotion=Promotion(promotion_id="P", until=date(2026, 1, 1), rate=DAILY),
            ),
            "transaction 'A', promotion: expected none of a fee, found one.",
        ),
        (
            lambda: purchase(BOUGHT, 5, "A", refers_to="B"),
            "transaction 'A', refers_to: expected none of a purchase, found one.",
        ),
        (
            lambda: refund(BOUGHT, 5, "A", refers_to=""),
            "transaction 'A', refers_to: expected a text that is not empty, found ''.",
        ),
        (
            lambda: posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 5, "A"),
            "transaction 'A', plan: expected the terms of the plan, found none. Hint: InstalmentPlan(instalments=12)",
        ),
        (
            lambda: cash(
                BOUGHT, 5, "A", promotion=Promotion(promotion_id="P", until=BOUGHT, rate=DAILY)
            ),
            "transaction 'A', promotion: expected until after posted_on 2025-03-30, found 2025-03-30.",
        ),
        (
            lambda: purchase(BOUGHT, 5, "A", recorded_on="2025"),
            f"transaction 'A': expected recorded_on to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: purchase(BOUGHT, 5, "A", reversed_on="2025"),
            f"transaction 'A': expected reversed_on to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: purchase(BOUGHT, 5, "A", reversed_on=OPENED),
            "transaction 'A', reversed_on: expected a day on or after 2025-03-30, when it was posted and recorded, found 2025-03-10.",
        ),
        (
            lambda: purchase(
                BOUGHT, 5, "A", recorded_on=date(2025, 4, 2), reversed_on=date(2025, 4, 1)
            ),
            "transaction 'A', reversed_on: expected a day on or after 2025-04-02, when it was posted and recorded, found 2025-04-01.",
        ),
        (
            lambda: ByKind(kinds=COSTS),
            f"order by kind, kinds: {ONCE}interest, fees, penalty.{EVERY}",
        ),
        (lambda: ByKind(kinds=[]), f"order by kind, kinds: {ONCE}none.{EVERY}"),
        (
            lambda: ByKind(kinds=["fees"]),
            "balance order, kind 1: expected an instance of BalanceKind, found 'fees'.",
        ),
        (
            lambda: ByKind(kinds=BALANCE_KINDS, is_billed_first=1),
            "order by kind, is_billed_first: expected True or False, found 1.",
        ),
        (
            lambda: ByKind(kinds=BALANCE_KINDS, switch=91),
            "order by kind, switch: expected a KindSwitch, or None, found 91.",
        ),
        (
            lambda: KindSwitch(at_least=0, kinds=BALANCE_KINDS),
            "age switch, at_least: expected 1 or more, found 0.",
        ),
        (
            lambda: KindSwitch(at_least=1, kinds=COSTS),
            f"age switch, kinds: {ONCE}interest, fees, penalty.{EVERY}",
        ),
        (
            lambda: HighestRateFirst(kinds=COSTS),
            f"order by rate, kinds: {ONCE}interest, fees, penalty.{EVERY}",
        ),
        (
            lambda: HighestRateFirst(kinds=BALANCE_KINDS, are_plan_parts_first=1),
            "order by rate, are_plan_parts_first: expected True or False, found 1.",
        ),
        (
            lambda: MinimumThenHighestRate(kinds=COSTS, deferred_first_cycles=0),
            f"order by minimum, kinds: {ONCE}interest, fees, penalty.{EVERY}",
        ),
        (
            lambda: MinimumThenHighestRate(kinds=BALANCE_KINDS, deferred_first_cycles=-1),
            "order by minimum, deferred_first_cycles: expected 0 or more, found -1.",
        ),
        (
            lambda: MinimumShare("fees", WHOLE),
            f"minimum share, kind: expected a BalanceKind, found 'fees'.{KINDS}",
        ),
        (
            lambda: MinimumShare(BalanceKind.FEES, WHOLE, "open"),
            "minimum share, of: expected a MinimumBase, found 'open'. Hint: Write MinimumBase.OPEN or MinimumBase.NEWLY_BILLED.",
        ),
        (
            lambda: MinimumShare(BalanceKind.FEES, "0.1"),
            "minimum share, share: expected a Proportion, found '0.1'. Hint: Proportion.parse(\"0.1\")",
        ),
        (
            lambda: MinimumShare(BalanceKind.FEES, Proportion(3, 2)),
            "minimum share, share: expected at most the whole, found 3/2.",
        ),
        (
            lambda: MinimumPaymentRule(shares=[TENTH]),
            "minimum payment rule, share 1: expected an instance of MinimumShare, found Proportion(numerator=1, denominator=10).",
        ),
        (
            lambda: MinimumPaymentRule(shares=[MinimumShare(BalanceKind.FEES, WHOLE)] * 2),
            "minimum payment rule, shares: expected one share a balance, found two of fees.",
        ),
        (
            lambda: MinimumPaymentRule(shares=[], floor=-1),
            "minimum payment rule, floor: expected an amount of 0 or more, found -1.",
        ),
        (
            lambda: MinimumPaymentRule(shares=[], multiple=0),
            "minimum payment rule, multiple: expected an amount of more than 0, found 0.",
        ),
        (
            lambda: MinimumPaymentRule(shares=[], over_limit=1),
            'minimum payment rule, over_limit: expected a Proportion, found 1. Hint: Proportion.parse("0.1")',
        ),
        (
            lambda: MinimumPaymentRule(shares=[], rounding="up"),
            f"minimum payment rule, rounding: expected a RoundingMode, found 'up'.{MODES}",
        ),
        (
            lambda: terms(late_fee="5 %"),
            "card terms, late_fee: expected LateFeeTerms, or None, found '5 %'.",
        ),
        (
            lambda: terms(late_fee=late_fee(wait_days=3)),
            "card terms, late fee 'late', wait_days: expected 0, as on every card, found 3. Hint: Say it by the grace_days of the card.",
        ),
        (
            lambda: terms(late_fee=late_fee(due_in_days=1)),
            "card terms, late fee 'late', due_in_days: expected 0, as on every card, found 1. Hint: The fee is asked for by the next minimum.",
        ),
        (
            lambda: terms(late_fee=late_fee(), late_fee_posting="after_grace"),
            "card terms, late_fee_posting: expected a LateFeePosting, found 'after_grace'. Hint: Write LateFeePosting.NEXT_STATEMENT or LateFeePosting.AFTER_GRACE.",
        ),
        (
            lambda: BalanceRate("fees", DAILY),
            f"balance rate, kind: expected a BalanceKind, found 'fees'.{KINDS}",
        ),
        (
            lambda: BalanceRate(BalanceKind.PENALTY, DAILY),
            "balance rate, penalty: expected a balance that may bear interest, found the late charges.",
        ),
        (
            lambda: BalanceRate(BalanceKind.PURCHASE, "0.0005"),
            "balance rate, purchase: expected a Rate, found '0.0005'. Hint: Rate.per_day(\"0.0005\")",
        ),
        (
            lambda: BalanceRate(BalanceKind.PURCHASE, dq.Rate.per_month("0.01")),
            "balance rate, purchase: expected a rate a day or a year, of 0 or more, found 1 % a month.",
        ),
        (
            lambda: interest("full"),
            "card interest, method: expected an InterestMethod, found 'full'. Hint: Write InterestMethod.FULL_STATEMENT or InterestMethod.UNPAID_PART.",
        ),
        (
            lambda: interest(day_count="act/365"),
            "card interest, day_count: expected a DayCount, found 'act/365'. Hint: Write DayCount.ACT_360, or another member of DayCount.",
        ),
        (
            lambda: interest(rounding="up"),
            f"card interest, rounding: expected a RoundingMode, found 'up'.{MODES}",
        ),
        (
            lambda: interest(grain="day"),
            "card interest, grain: expected an InterestGrain, found 'day'. Hint: Write InterestGrain.DAY, InterestGrain.SEGMENT, InterestGrain.STATEMENT or InterestGrain.ACCOUNT.",
        ),
        (
            lambda: interest(fees_bear_interest=1),
            "card interest, fees_bear_interest: expected True or False, found 1.",
        ),
        (
            lambda: interest(payment_day_bears=1),
            "card interest, payment_day_bears: expected True or False, found 1.",
        ),
        (
            lambda: CardInterest(rates=[DAILY], method=InterestMethod.UNPAID_PART),
            "card interest, rate 1: expected an instance of BalanceRate, found Rate(scaled=50000, period=<RatePeriod.DAY: 'day'>).",
        ),
        (
            lambda: interest(kinds=[BalanceKind.PURCHASE, BalanceKind.PURCHASE]),
            "card interest, rates: expected one rate a balance, found two of purchase.",
        ),
        (
            lambda: interest(kinds=[BalanceKind.FEES]),
            "card interest, rates: expected no rate of the fees, found one. Hint: By 银发〔2016〕111号 fees bear no interest; where law allows it, say fees_bear_interest=True.",
        ),
        (
            lambda: interest(day_count=DayCount.THIRTY_360_PSA),
            f"card interest, day_count: expected one of Act/360, Act/365F, Act/364, Act/365.25, NL/365, NL/360, Act/Act ISDA, found 30/360 PSA.{PARTS}",
        ),
        (
            lambda: interest(day_count=DayCount.NL_365, grain=InterestGrain.DAY),
            f"card interest, day_count: expected one of Act/360, Act/365F, Act/364, Act/365.25, found NL/365.{PARTS}",
        ),
    ],
)
def test_terms_are_refused_in_these_words(make, says):
    with pytest.raises(dq.DelinquencyError) as caught:
        make()
    assert str(caught.value) == says
