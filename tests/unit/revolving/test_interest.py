"""Interest of a card: free days and how they are lost, both methods, segments and rounding."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.unit.revolving.cases import (
    DAILY,
    card,
    cash,
    fee,
    interest,
    paid,
    purchase,
    refund,
    terms,
    yuan,
)

import delinquency as dq
from delinquency.daycount import DayCount
from delinquency.revolving import (
    BalanceKind,
    BalanceRate,
    CardInterest,
    Dated,
    InterestGrain,
    InterestMethod,
    Promotion,
    card_ledger,
)
from delinquency.rounding import RoundingMode

FULL, PART = InterestMethod.FULL_STATEMENT, InterestMethod.UNPAID_PART
BOUGHT, DRAWN, DUE, NEXT = date(2025, 3, 30), date(2025, 4, 5), date(2025, 4, 23), date(2025, 5, 5)


def billed(subject, number=2):
    return card_ledger(subject, as_of=date(2025, 8, 31)).statements[number - 1]


def told(statement):
    return [(s.start, s.end, s.base, s.amount) for s in statement.segments]


def test_interest_on_the_full_statement_where_a_hundred_of_ten_thousand_is_missing():
    """10,000.00 from 30 March to 23 April: 24 days x 5.00 = 120.00. Then 100.00 from 23 April through
    the statement of 5 May: 13 days x 0.05 = 0.65. In all 120.65.
    """
    subject = card(
        purchase(BOUGHT, 10_000), paid(DUE, 9_900), agreed=terms(interest=interest(FULL))
    )
    statement = billed(subject)
    assert told(statement) == [
        (BOUGHT, DUE, yuan("10000.00"), yuan("120.00")),
        (DUE, date(2025, 5, 6), yuan("100.00"), yuan("0.65")),
    ]
    assert [segment.days for segment in statement.segments] == [24, 13]
    assert statement.interest == yuan("120.65")


def test_interest_on_the_unpaid_part_where_a_hundred_of_ten_thousand_is_missing():
    """100.00 from 30 March through 5 May: 37 days x 0.05 = 1.85."""
    subject = card(
        purchase(BOUGHT, 10_000), paid(DUE, 9_900), agreed=terms(interest=interest(PART))
    )
    statement = billed(subject)
    assert told(statement) == [(BOUGHT, date(2025, 5, 6), yuan("100.00"), yuan("1.85"))]
    assert statement.interest == yuan("1.85")


def test_a_payment_that_takes_effect_on_the_day_after_it():
    """The sum banks print: 1,000.00 from 30 April for 24 days, to 23 May counted, 12.00; then 900.00 for
    13 days, to 5 June counted, 5.85. In all 17.85.
    """
    agreed = terms(interest=interest(FULL, payment_day_bears=True))
    subject = card(purchase(date(2025, 4, 30), 1000), paid(date(2025, 5, 23), 100), agreed=agreed)
    statement = billed(subject, number=3)
    assert statement.statement_date == date(2025, 6, 5)
    assert [(s.days, s.base, s.amount) for s in statement.segments] == [
        (24, yuan("1000.00"), yuan("12.00")),
        (13, yuan("900.00"), yuan("5.85")),
    ]


@pytest.mark.parametrize(
    ("day", "is_free"),
    [(date(2025, 4, 22), True), (DUE, True), (date(2025, 4, 24), False)],
)
def test_a_purchase_is_free_if_its_statement_is_paid_in_full_on_the_due_date(day, is_free):
    """A day later 1,000.00 has borne for 25 days: 12.50."""
    statement = billed(card(purchase(BOUGHT, 1000), paid(day, 1000)))
    assert statement.interest == (0 if is_free else yuan("12.50"))
    assert billed(card(purchase(BOUGHT, 1000), paid(day, 1000)), 1).is_paid_in_full is is_free


@pytest.mark.parametrize(("day", "is_free"), [(26, True), (27, False)])
def test_days_of_grace_are_a_trigger(day, is_free):
    """With three days of grace the 26th is in time; on the 27th all 28 days bear: 14.00."""
    subject = card(
        purchase(BOUGHT, 1000), paid(date(2025, 4, day), 1000), agreed=terms(grace_days=3)
    )
    assert billed(subject).interest == (0 if is_free else yuan("14.00"))


@pytest.mark.parametrize(("amount", "is_free"), [("990.00", True), ("989.99", False)])
def test_a_shortfall_of_the_tolerance_is_paid_in_full(amount, is_free):
    subject = card(purchase(BOUGHT, 1000), paid(DUE, yuan(amount)), agreed=terms(tolerance=10))
    assert billed(subject, 1).is_paid_in_full is is_free
    assert bool(billed(subject).interest) is not is_free


def test_what_the_tolerance_left_open_stands_in_the_next_statement_and_bears_from_the_due_date():
    """10.00 left of 1,000.00. The next statement of 110.00 is not paid: 10.00 from 23 April, the due date up
    to which it was free, and 100.00 from 20 April, through 5 June: 44 and 47 days, 0.22 and 2.35.
    """
    subject = card(
        purchase(BOUGHT, 1000),
        purchase(date(2025, 4, 20), 100),
        paid(date(2025, 4, 19), 990),
        agreed=terms(tolerance=10),
    )
    assert billed(subject).closing_balance == 110
    assert billed(subject).interest == 0
    assert told(billed(subject, 3)) == [
        (DUE, date(2025, 6, 6), yuan("10.00"), yuan("0.22")),
        (date(2025, 4, 20), date(2025, 6, 6), yuan("100.00"), yuan("2.35")),
    ]


def test_cash_bears_from_its_day_although_every_statement_is_paid_in_full():
    """1,000.00 from 30 March through 5 April: 7 days, 3.50; then to 23 April: 17 days, 8.50."""
    subject = card(cash(BOUGHT, 1000), paid(DUE, yuan("1003.50")))
    assert billed(subject, 1).interest == yuan("3.50")
    assert billed(subject, 1).is_paid_in_full is True
    assert told(billed(subject)) == [(date(2025, 4, 6), DUE, yuan("1000.00"), yuan("8.50"))]
    assert billed(subject, 3).interest == 0


def test_what_has_begun_to_bear_bears_until_it_is_paid():
    """The statement of 5 May is paid in full on its due date, 18 days after it: 1,000.00 x 17 days."""
    subject = card(purchase(BOUGHT, 1000), paid(date(2025, 5, 23), yuan("1018.50")))
    assert billed(subject).interest == yuan("18.50")
    assert billed(subject).is_paid_in_full is True
    assert told(billed(subject, 3)) == [
        (date(2025, 5, 6), date(2025, 5, 23), yuan("1000.00"), yuan("8.50"))
    ]


def test_a_new_purchase_is_judged_by_its_own_statement():
    subject = card(
        purchase(BOUGHT, 1000),
        purchase(date(2025, 4, 30), 500),
        paid(date(2025, 5, 23), yuan("1518.50")),
    )
    ids = {segment.transaction_id for n in (2, 3) for segment in billed(subject, n).segments}
    assert ids == {"purchase 2025-03-30"}


def test_fees_and_late_charges_never_bear_interest():
    subject = card(fee(BOUGHT, 500), agreed=terms(interest=interest(kinds=list(BalanceKind)[:4])))
    for statement in card_ledger(subject, as_of=date(2025, 12, 31)).statements:
        assert statement.interest == 0
        assert not statement.segments


def test_a_rate_of_fees_must_be_said_aloud_and_a_rate_of_late_charges_is_refused():
    with pytest.raises(dq.InvalidValueError, match="银发〔2016〕111号"):
        interest(kinds=[BalanceKind.FEES])
    loud = interest(kinds=[BalanceKind.FEES], fees_bear_interest=True)
    assert billed(card(fee(BOUGHT, 1000), agreed=terms(interest=loud))).interest == yuan("18.50")
    with pytest.raises(dq.InvalidValueError, match="late charges"):
        BalanceRate(BalanceKind.PENALTY, DAILY)


def test_billed_interest_bears_only_where_the_terms_compound():
    """18.50 of 5 May bears from the 6th through 5 June: 31 days, 0.28675; beside 1,000.00 x 31 days: 15.50."""
    kinds = [BalanceKind.PURCHASE, BalanceKind.INTEREST]
    simple = card(purchase(BOUGHT, 1000))
    compound = card(purchase(BOUGHT, 1000), agreed=terms(interest=interest(kinds=kinds)))
    assert not simple.terms.interest.compounds
    assert compound.terms.interest.compounds
    assert billed(simple, 3).interest == yuan("15.50")
    assert billed(compound, 3).interest == yuan("15.79")
    last = billed(compound, 3).segments[-1]
    assert (last.kind, last.transaction_id) == (BalanceKind.INTEREST, None)
    assert (last.start, last.end, last.amount) == (
        date(2025, 5, 6),
        date(2025, 6, 6),
        yuan("0.29"),
    )


def test_a_rate_changes_within_a_segment_and_a_change_to_the_same_rate_is_none():
    """1,000.00: 17 days at 0.05 % to 15 April counted, 20 days at 0.03 % through 5 May: 8.50 and 6.00."""
    change = date(2025, 4, 16)
    other = dq.Rate.per_day("0.0003")
    tables = {r: Dated(((None, DAILY), (change, r))) for r in (other, DAILY)}
    changed = card(purchase(BOUGHT, 1000), agreed=terms(interest=interest(rate=tables[other])))
    assert told(billed(changed)) == [
        (BOUGHT, change, yuan("1000.00"), yuan("8.50")),
        (change, date(2025, 5, 6), yuan("1000.00"), yuan("6.00")),
    ]
    same = card(purchase(BOUGHT, 1000), agreed=terms(interest=interest(rate=tables[DAILY])))
    assert [segment.days for segment in billed(same).segments] == [37]


@pytest.mark.parametrize("grain", InterestGrain)
def test_the_interest_of_a_day_is_rounded_only_under_the_grain_of_a_day(grain):
    """13.77 bears 0.006885 a day: 37 days 0.254745, then 31 days 0.213435. By the day: 0.01 each day."""
    agreed = terms(interest=interest(grain=grain))
    subject = card(purchase(BOUGHT, yuan("13.77")), agreed=agreed)
    in_days, exact = [yuan("0.37"), yuan("0.31")], [yuan("0.25"), yuan("0.21")]
    expected = in_days if grain is InterestGrain.DAY else exact
    if grain is InterestGrain.ACCOUNT:
        # 0.46818 in all, less the 0.25 that were billed.
        expected = [yuan("0.25"), yuan("0.22")]
    assert [billed(subject, number).interest for number in (2, 3)] == expected


def test_fractions_are_carried_to_the_next_statement_only_under_the_grain_account():
    """10.60 bears 0.0053 a day: 37 days 0.1961, then 31 days 0.1643: 0.3604 in all; then 30 days: 0.159.

    By the statement 0.20, 0.16, 0.16; of the account 0.20, 0.36 - 0.20, 0.52 - 0.36 (0.5194).
    10.70: 0.19795 + 0.16585 = 0.3638 + 0.1605 = 0.5243: 0.20, 0.17, 0.16 against 0.20, 0.16, 0.16.
    """
    seen = {}
    for grain in (InterestGrain.STATEMENT, InterestGrain.ACCOUNT):
        subject = card(
            purchase(BOUGHT, yuan("10.70")), agreed=terms(interest=interest(grain=grain))
        )
        seen[grain] = [billed(subject, n).interest for n in (2, 3, 4)]
    assert seen[InterestGrain.STATEMENT] == [yuan("0.20"), yuan("0.17"), yuan("0.16")]
    assert seen[InterestGrain.ACCOUNT] == [yuan("0.20"), yuan("0.16"), yuan("0.16")]


def test_under_the_grain_account_what_is_billed_is_always_the_rounded_sum_of_all():
    """10.70 bears 0.00535 a day: through 5 November 221 days, 1.18235; through 5 December 251, 1.34285."""
    agreed = terms(interest=interest(grain=InterestGrain.ACCOUNT))
    subject = card(purchase(BOUGHT, yuan("10.70")), agreed=agreed)
    rows = card_ledger(subject, as_of=date(2025, 12, 31)).statements
    sums = {row.statement_date: sum(r.interest for r in rows[: row.number]) for row in rows}
    assert sums[date(2025, 11, 5)] == yuan("1.18")
    assert sums[date(2025, 12, 5)] == yuan("1.34")
    assert sums[date(2025, 8, 5)] == yuan("0.69")
    assert sums[date(2025, 9, 5)] == yuan("0.86")


def test_segments_are_each_rounded_or_rounded_in_sum():
    """Two purchases of 10.05 for 37 days bear 0.185925 each: 0.19 + 0.19, or 0.37185, 0.37."""
    facts = (purchase(BOUGHT, yuan("10.05"), "A"), purchase(BOUGHT, yuan("10.05"), "B"))
    each = card(*facts, agreed=terms(interest=interest(grain=InterestGrain.SEGMENT)))
    in_sum = card(*facts)
    assert billed(each).interest == yuan("0.38")
    assert billed(in_sum).interest == yuan("0.37")
    assert [s.amount for s in billed(in_sum).segments] == [yuan("0.19"), yuan("0.18")]


def test_a_rate_a_year_goes_by_the_day_count_and_rounding_by_its_mode():
    """1,000.00 at 18 % for 37 days: 18.2465... over 365, 18.50 over 360."""
    yearly = dq.Rate.per_year("0.18")
    for day_count, mode, expected in (
        (DayCount.ACT_365F, RoundingMode.HALF_UP, "18.25"),
        (DayCount.ACT_365F, RoundingMode.DOWN, "18.24"),
        (DayCount.ACT_360, RoundingMode.HALF_UP, "18.50"),
    ):
        agreed = interest(rate=yearly, day_count=day_count, rounding=mode)
        assert billed(card(purchase(BOUGHT, 1000), agreed=terms(interest=agreed))).interest == yuan(
            expected
        )


def test_a_promotional_rate_holds_until_the_day_before_its_end():
    """Cash at 0 % before 5 April: through the statement of that day one day bears, 0.50."""
    free = Promotion(promotion_id="P", until=DRAWN, rate=dq.Rate.per_day(0))
    assert billed(card(cash(BOUGHT, 1000, promotion=free)), 1).interest == yuan("0.50")
    later = Promotion(promotion_id="P", until=date(2025, 4, 6), rate=dq.Rate.per_day(0))
    over = card(cash(BOUGHT, 1000, promotion=later))
    assert billed(over, 1).interest == 0
    assert told(billed(over)) == [
        (date(2025, 4, 6), date(2025, 5, 6), yuan("1000.00"), yuan("15.00"))
    ]


def test_a_balance_without_a_rate_bears_only_what_its_promotion_says_and_only_until_it_ends():
    """1,000.00 at 0.05 % from 30 March until 20 April: 21 days, 10.50."""
    promotion = Promotion(promotion_id="P", until=date(2025, 4, 20), rate=DAILY)
    agreed = terms(interest=interest(kinds=[]))
    subject = card(purchase(BOUGHT, 1000, promotion=promotion), agreed=agreed)
    assert told(billed(subject)) == [(BOUGHT, date(2025, 4, 20), yuan("1000.00"), yuan("10.50"))]
    assert billed(subject, 3).interest == 0


@pytest.mark.parametrize(
    ("day", "charged"), [(date(2025, 6, 30), "0.00"), (date(2025, 7, 1), "47.00")]
)
def test_deferred_interest_is_forgotten_if_all_is_paid_before_the_promotion_ends(day, charged):
    """1,000.00 from 30 March until 1 July: 93 days, 46.50, and 0.50 for 1 July if that payment takes effect
    on the day after it.
    """
    promotion = Promotion(promotion_id="D", until=date(2025, 7, 1), is_deferred=True)
    agreed = terms(interest=interest(payment_day_bears=True))
    subject = card(purchase(BOUGHT, 1000, promotion=promotion), paid(day, 1000), agreed=agreed)
    ledger = card_ledger(subject, as_of=date(2025, 7, 5))
    assert [statement.interest for statement in ledger.statements[:3]] == [0, 0, 0]
    assert ledger.statements[3].statement_date == date(2025, 7, 5)
    assert ledger.statements[3].interest == yuan(charged)


def test_deferred_interest_is_owed_from_the_day_on_which_the_promotion_ends():
    """1,000.00 from 30 March through 1 July: 94 days, 47.00."""
    promotion = Promotion(promotion_id="D", until=date(2025, 7, 1), is_deferred=True)
    subject = card(purchase(BOUGHT, 1000, promotion=promotion))
    on = [
        card_ledger(subject, as_of=day).accrued_interest
        for day in (date(2025, 6, 30), date(2025, 7, 1))
    ]
    assert on == [0, yuan("47.00")]


def test_a_deferred_balance_need_not_be_paid_to_pay_in_full():
    promotion = Promotion(promotion_id="D", until=date(2025, 7, 1), is_deferred=True)
    subject = card(
        purchase(BOUGHT, 1000, "D", promotion=promotion), purchase(BOUGHT, 50, "N"), paid(DUE, 50)
    )
    first = billed(subject, 1)
    assert (first.closing_balance, first.full_payment) == (1050, 50)
    assert first.is_paid_in_full is True


def test_a_refund_counts_towards_paying_in_full_but_not_that_of_a_later_purchase():
    refunded = card(
        purchase(BOUGHT, 1000, "A"),
        refund(DRAWN.replace(day=10), 400, refers_to="A"),
        paid(DUE, 600),
    )
    assert billed(refunded, 1).is_paid_in_full is True
    assert billed(refunded).interest == 0
    elsewhere = card(
        purchase(BOUGHT, 1000, "A"),
        purchase(date(2025, 4, 8), 400, "B"),
        refund(date(2025, 4, 10), 400, refers_to="B"),
        paid(DUE, 600),
    )
    assert billed(elsewhere, 1).is_paid_in_full is False


def test_accrued_interest_is_what_is_decided_to_the_close_of_the_day():
    subject = card(cash(BOUGHT, 1000), purchase(BOUGHT, 1000))
    on = {
        day: card_ledger(subject, as_of=day).accrued_interest
        for day in (BOUGHT, date(2025, 4, 4), DRAWN, date(2025, 4, 6))
    }
    assert list(on.values()) == [yuan("0.50"), yuan("3.00"), 0, yuan("0.50")]
    ledger = card_ledger(subject, as_of=date(2025, 4, 6))
    assert [segment.kind for segment in ledger.accrued_segments] == [BalanceKind.CASH_ADVANCE]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"method": "full_statement"}, dq.InvalidTypeError),
        ({"rounding": "half_up"}, dq.InvalidTypeError),
        ({"grain": "day"}, dq.InvalidTypeError),
        ({"day_count": "Act/360"}, dq.InvalidTypeError),
        ({"day_count": DayCount.THIRTY_360}, dq.InvalidValueError),
        (
            {"grain": InterestGrain.DAY, "day_count": DayCount.ACT_ACT_ISDA},
            dq.InvalidValueError,
        ),
        ({"payment_day_bears": 1}, dq.InvalidTypeError),
        ({"fees_bear_interest": None}, dq.InvalidTypeError),
        ({"rates": [DAILY]}, dq.InvalidTypeError),
        (
            {"rates": [BalanceRate(BalanceKind.PURCHASE, DAILY)] * 2},
            dq.InvalidValueError,
        ),
    ],
)
def test_terms_of_interest_that_cannot_be_meant_are_refused(change, error):
    good = {"rates": [BalanceRate(BalanceKind.PURCHASE, DAILY)], "method": FULL}
    with pytest.raises(error, match="^card interest"):
        CardInterest(**(good | change))
    assert CardInterest(**(good | {"day_count": DayCount.ACT_ACT_ISDA})).rates


@pytest.mark.parametrize(
    ("kind", "rate", "error"),
    [
        ("purchase", DAILY, dq.InvalidTypeError),
        (BalanceKind.PURCHASE, Decimal("0.0005"), dq.InvalidTypeError),
        (BalanceKind.PURCHASE, dq.Rate.per_month("0.01"), dq.InvalidValueError),
        (BalanceKind.PURCHASE, dq.Rate.per_day("-0.0001"), dq.InvalidValueError),
    ],
)
def test_a_rate_of_a_balance_is_a_rate_a_day_or_a_year_of_nothing_or_more(kind, rate, error):
    with pytest.raises(error, match="^balance rate"):
        BalanceRate(kind, rate)
    assert BalanceRate(BalanceKind.PURCHASE, dq.Rate.per_day(0)).rate.values == (
        dq.Rate.per_day(0),
    )
