"""Minimums: what a statement asks for, what settles it, what a missed one costs, and how it ages."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from tests.unit.revolving.cases import (
    CNY,
    OPENED,
    TENTH,
    WHOLE,
    card,
    cash,
    chinese_minimum,
    fee,
    interest,
    late_fee,
    paid,
    posted,
    purchase,
    refund,
    terms,
    yuan,
)

import delinquency as dq
from delinquency.account import Product
from delinquency.component import Component
from delinquency.late_fees import (
    EveryDays,
    FeeBase,
    FeeRow,
    FeeTable,
    SafeHarbourFee,
    ShareFee,
)
from delinquency.revolving import (
    BalanceKind,
    CreditLimit,
    CycleCount,
    DueAfterDays,
    InstalmentPlan,
    LateFeePosting,
    MinimumBase,
    MinimumPaymentRule,
    MinimumShare,
    TransactionKind,
    card_ledger,
    missed_cycles,
    requirements,
)
from delinquency.rounding import Proportion, RoundingMode

BOUGHT, DRAWN, DUE = date(2025, 3, 30), date(2025, 4, 5), date(2025, 4, 23)
LATE_FEE = late_fee(Proportion(5, 100), minimum=10, maximum=500)


def drawn(subject, number=1, as_of=date(2025, 12, 31)):
    return card_ledger(subject, as_of=as_of).statements[number - 1]


def test_a_minimum_is_its_shares_and_the_part_past_due_is_told_apart():
    """A tenth of 1,000.00. Unpaid, the next asks for another tenth and 18.50 of interest, newly; with the
    100.00 past due 218.50.
    """
    subject = card(purchase(BOUGHT, 1000))
    first, second = drawn(subject), drawn(subject, 2)
    assert (first.newly_required, first.past_due_part, first.minimum_due) == (100, 0, 100)
    assert second.newly_required == yuan("118.50")
    assert (second.past_due_part, second.minimum_due) == (100, yuan("218.50"))


def test_the_unpaid_part_of_the_last_minimum_stays_in_its_own_row():
    account = requirements(card(purchase(BOUGHT, 1000)), as_of=date(2025, 5, 5))
    rows = [
        (row.due_date, row.in_force_from, row.principal, row.interest, row.fees)
        for row in account.schedule
    ]
    assert rows == [
        (DUE, DRAWN + timedelta(days=1), 100, 0, 0),
        (date(2025, 5, 23), date(2025, 5, 6), 100, yuan("18.50"), 0),
    ]
    assert account.product is Product.CARD
    assert sum(row.total for row in account.schedule) == yuan("218.50")


def test_requirements_are_read_by_the_count_of_days():
    account = requirements(card(purchase(BOUGHT, 1000)), as_of=date(2025, 4, 30))
    policy = dq.rulebook.load("cn-loan")
    counted = [
        dq.days_past_due(account, as_of=day, policy=policy)
        for day in (DUE, DUE + timedelta(days=1), date(2025, 4, 30))
    ]
    assert counted == [0, 1, 7]


def test_a_row_comes_with_its_statement_and_no_sooner():
    subject = card(purchase(BOUGHT, 1000))
    eve, day = date(2025, 5, 4), date(2025, 5, 5)
    assert [len(requirements(subject, as_of=on).schedule) for on in (DRAWN, eve, day)] == [1, 1, 2]


def test_a_card_that_asks_for_nothing_has_one_row_of_nothing():
    account = requirements(card(), as_of=date(2025, 12, 31))
    assert [(row.due_date, row.total) for row in account.schedule] == [(OPENED, 0)]


def test_a_statement_that_is_paid_off_asks_for_nothing_and_has_no_row():
    subject = card(purchase(BOUGHT, 100), paid(date(2025, 4, 4), 100))
    ledger = card_ledger(subject, as_of=date(2025, 6, 30))
    assert [statement.minimum_due for statement in ledger.statements] == [0, 0, 0]
    assert ledger.requirements == ()


def test_fees_and_late_charges_are_the_fees_of_a_row():
    """Fee 30.00 and a tenth of 1,000.00, unpaid: the charge is 5 % of 130.00, 6.50, so 10.00."""
    subject = card(purchase(BOUGHT, 1000), fee(BOUGHT, 30), agreed=terms(late_fee=LATE_FEE))
    rows = requirements(subject, as_of=date(2025, 5, 5)).schedule
    assert [(row.principal, row.interest, row.fees) for row in rows] == [
        (100, 0, 30),
        (100, yuan("18.50"), 10),
    ]


@pytest.mark.parametrize(("spent", "asked"), [(200, 50), (501, "50.10"), (40, 40), (50, 50)])
def test_the_floor_is_asked_for_if_so_much_is_open(spent, asked):
    subject = card(purchase(BOUGHT, spent), agreed=terms(minimum=chinese_minimum(floor=50)))
    assert drawn(subject).minimum_due == yuan(str(asked))


def test_with_the_part_past_due_no_more_than_the_balance_is_asked_for():
    """100.00 with a floor of 80: then 20.00 and the interest of 1.85, not another 80."""
    subject = card(purchase(BOUGHT, 100), agreed=terms(minimum=chinese_minimum(floor=80)))
    second = drawn(subject, 2)
    assert (second.past_due_part, second.newly_required) == (80, yuan("21.85"))
    assert second.minimum_due == second.closing_balance == yuan("101.85")
    row = card_ledger(subject, as_of=date(2025, 5, 5)).requirements[1]
    assert (row.principal, row.interest, row.amount) == (20, yuan("1.85"), yuan("21.85"))


@pytest.mark.parametrize(
    ("mode", "asked"),
    [(RoundingMode.UP, 101), (RoundingMode.DOWN, 100), (RoundingMode.HALF_UP, 101)],
)
def test_the_sum_is_rounded_once_to_its_multiple(mode, asked):
    """A tenth of 1,005.00 is 100.50."""
    rule = chinese_minimum(multiple=1, rounding=mode)
    assert drawn(card(purchase(BOUGHT, 1005), agreed=terms(minimum=rule))).minimum_due == asked


def test_a_minimum_of_interest_and_one_per_cent_as_in_the_united_kingdom():
    """CONC 6.7.5R: unpaid 2,000.00 bear 37.00; one per cent of 2,000.00 besides: 57.00."""
    rule = MinimumPaymentRule(
        shares=[
            MinimumShare(BalanceKind.PURCHASE, Proportion(1, 100)),
            MinimumShare(BalanceKind.INTEREST, WHOLE, MinimumBase.NEWLY_BILLED),
            MinimumShare(BalanceKind.FEES, WHOLE, MinimumBase.NEWLY_BILLED),
        ]
    )
    subject = card(purchase(BOUGHT, 2000), paid(DUE, 20), agreed=terms(minimum=rule))
    assert drawn(subject).minimum_due == 20
    second = drawn(subject, 2)
    assert second.past_due_part == 0
    assert second.interest == yuan("36.87")
    assert second.minimum_due == yuan("36.87") + yuan("19.80")


def test_what_is_over_the_limit_is_asked_for_once():
    """1,500.00 on a limit of 1,000.00: a tenth and 500.00. Unpaid, the 600.00 past due cover the excess of
    527.75 with the interest; another tenth and that interest are new.
    """
    subject = card(purchase(BOUGHT, 1500), credit_limits=[CreditLimit(OPENED, 1000)])
    first, second = drawn(subject), drawn(subject, 2)
    assert (first.over_limit, first.minimum_due) == (500, 650)
    assert second.over_limit == yuan("527.75")
    assert second.newly_required == yuan("177.75")


def test_a_share_of_the_excess_is_asked_for_where_the_rule_says_so():
    rule = MinimumPaymentRule(shares=[], over_limit=Proportion(1, 3))
    agreed = terms(minimum=rule)
    subject = card(purchase(BOUGHT, 1100), agreed=agreed, credit_limits=[CreditLimit(OPENED, 1000)])
    assert drawn(subject).minimum_due == yuan("33.33")


def test_a_plan_asks_for_its_part_and_its_cost_and_keeps_the_rest_out():
    plan = InstalmentPlan(instalments=12, cost=6)
    subject = card(posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 1200, plan=plan))
    first = drawn(subject)
    assert (first.plan_parts, first.interest, first.closing_balance) == (100, 6, 106)
    assert (first.minimum_due, first.plan_principal_unbilled) == (106, 1100)
    ledger = card_ledger(subject, as_of=DRAWN)
    assert ledger.open_amount == 1206
    assert card_ledger(subject, as_of=date(2026, 4, 1)).plan_principal_unbilled == 0


@pytest.mark.parametrize("component", [Component.INTEREST, Component.FEES])
def test_the_cost_of_a_plan_stands_where_its_terms_say(component):
    plan = InstalmentPlan(instalments=1, cost=6, cost_component=component)
    subject = card(posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 100, plan=plan))
    row = requirements(subject, as_of=DRAWN).schedule[0]
    first = drawn(subject)
    assert row.principal == 100
    assert (
        (row.interest, row.fees)
        == ((6, 0) if component is Component.INTEREST else (0, 6))
        == (first.interest, first.fees)
    )


def test_turning_a_billed_purchase_into_a_plan_takes_the_minimum_away():
    plan = InstalmentPlan(instalments=12)
    turned = posted(
        TransactionKind.INSTALMENT_PLAN, date(2025, 4, 10), 1200, plan=plan, refers_to="A"
    )
    subject = card(purchase(BOUGHT, 1200, "A"), turned)
    first, second = drawn(subject), drawn(subject, 2)
    assert first.minimum_due == 120
    assert first.is_paid_in_full is True
    assert first.is_minimum_met is True
    assert (second.converted, second.plan_parts, second.interest) == (1200, 100, 0)
    ledger = card_ledger(subject, as_of=date(2025, 5, 5))
    assert (ledger.charged, ledger.settled) == (2400, 1200)
    assert (ledger.converted, ledger.paid) == (1200, 0)
    assert second.minimum_due == 100
    money = requirements(subject, as_of=date(2025, 5, 5)).payments
    assert [(payment.value_date, payment.amount) for payment in money] == [(date(2025, 4, 10), 120)]


def test_a_refund_is_no_payment_of_a_minimum_unless_the_terms_say_so():
    for is_money, met in ((False, False), (True, True)):
        subject = card(
            purchase(BOUGHT, 1000),
            refund(date(2025, 4, 10), 100),
            agreed=terms(refunds_settle_minimum=is_money),
        )
        assert drawn(subject).is_minimum_met is met
        kinds = [p.kind for p in requirements(subject, as_of=DUE).payments]
        assert kinds == ([dq.PaymentKind.REFUND] if is_money else [])


def test_a_minimum_is_never_more_than_what_a_refund_left_of_what_was_billed():
    """Minimum 100.00 of 1,000.00; 950.00 come back: 50.00 are left and 50.00 are asked for."""
    subject = card(
        purchase(BOUGHT, 1000), purchase(date(2025, 4, 7), 700), refund(date(2025, 4, 10), 950)
    )
    assert card_ledger(subject, as_of=DUE).requirements[0].open_amount == 50


def test_money_on_the_statement_day_pays_the_statement_and_not_its_minimum():
    """200.00 of 1,000.00 on the statement day: a tenth of 800.00 is asked for, and open."""
    on_day = card(purchase(BOUGHT, 1000), paid(DRAWN, 200))
    assert drawn(on_day).minimum_due == 80
    assert card_ledger(on_day, as_of=DUE).requirements[0].open_amount == 80
    day_after = card(purchase(BOUGHT, 1000), paid(date(2025, 4, 6), 200))
    assert drawn(day_after).minimum_due == 100
    assert card_ledger(day_after, as_of=DUE).requirements[0].open_amount == 0


def test_a_surplus_settles_no_later_minimum():
    subject = card(purchase(BOUGHT, 10_000), paid(DUE, 5000))
    ledger = card_ledger(subject, as_of=date(2025, 5, 5))
    assert [row.open_amount for row in ledger.requirements] == [0, ledger.statements[1].minimum_due]


def test_late_money_settles_the_oldest_minimum_first():
    subject = card(purchase(BOUGHT, 1000), paid(date(2025, 5, 20), 150))
    ledger = card_ledger(subject, as_of=date(2025, 5, 20))
    assert [row.open_amount for row in ledger.requirements] == [0, yuan("68.50")]


@pytest.mark.parametrize(
    ("day", "amount", "met"),
    [(26, "15.00", True), (26, "14.99", False), (27, "15.00", False), (23, "25.00", True)],
)
def test_sixty_per_cent_of_the_minimum_on_the_third_day_of_grace_and_on_the_fourth(
    day, amount, met
):
    """The minimum of 250.00 is 25.00, due on 23 April; three days of grace, a tolerance of 10.00.

    15.00, 60 %, on the 26th: 10.00 are missing and that is met. On the 27th all 25.00 were missing at the
    close of the 26th: 5 % are 1.25, and at least 10.00 are charged with the next statement.
    """
    agreed = terms(grace_days=3, tolerance=10, late_fee=LATE_FEE)
    subject = card(purchase(BOUGHT, 250), paid(date(2025, 4, day), yuan(amount)), agreed=agreed)
    assert drawn(subject).is_minimum_met is met
    assert drawn(subject, 2).late_fees == (0 if met else 10)
    assert missed_cycles(subject, as_of=date(2025, 4, 26)) == (0 if met else 1)


def test_a_late_fee_is_a_share_between_its_limits():
    """Minimums of 100.00, 1,000.00 and 20,000.00: 5 % are 5.00, 50.00 and 1,000.00."""
    agreed = terms(late_fee=LATE_FEE)
    fees = [
        drawn(card(purchase(BOUGHT, spent), agreed=agreed), 2).late_fees
        for spent in (1000, 10_000, 200_000)
    ]
    assert fees == [10, 50, 500]


def test_a_late_fee_may_be_posted_on_the_day_after_grace():
    apart = terms(late_fee=late_fee(), late_fee_posting=LateFeePosting.AFTER_GRACE, grace_days=3)
    subject = card(purchase(BOUGHT, 1000), agreed=apart)
    on = [
        card_ledger(subject, as_of=date(2025, 4, day)).balance(BalanceKind.PENALTY)
        for day in (26, 27)
    ]
    assert on == [0, 10]
    assert drawn(subject, 2).late_fees == 10
    waiting = terms(late_fee=late_fee(), grace_days=3)
    subject = card(purchase(BOUGHT, 1000), agreed=waiting)
    on = [
        card_ledger(subject, as_of=date(2025, 5, day)).balance(BalanceKind.PENALTY)
        for day in (4, 5)
    ]
    assert on == [0, 10]


def test_a_late_fee_of_the_day_after_grace_may_fall_into_the_next_cycle():
    """Due on 5 March, 28 days after 5 February: judged with the next statement, charged on the 6th."""
    agreed = terms(
        late_fee=late_fee(),
        late_fee_posting=LateFeePosting.AFTER_GRACE,
        due=DueAfterDays(28),
        interest=interest(kinds=[]),
    )
    subject = card(purchase(date(2025, 2, 1), 1000), agreed=agreed, originated_on=date(2025, 2, 1))
    ledger = card_ledger(subject, as_of=date(2025, 3, 6))
    assert str(ledger.statements[0].judged_on) == "2025-03-05"
    assert [statement.late_fees for statement in ledger.statements] == [0, 0]
    assert ledger.balance(BalanceKind.PENALTY) == 10
    assert card_ledger(subject, as_of=date(2025, 3, 5)).balance(BalanceKind.PENALTY) == 0


@pytest.mark.parametrize("amount", [0, 10])
def test_a_fee_is_at_most_the_whole_minimum_due_paid_in_part_or_not(amount):
    """Comment 52(b)(2)(i)-1: a minimum of 15.00 caps the fee at 15.00, with 10.00 paid too."""
    harbour = late_fee(25, cap_by_minimum=True)
    facts = [purchase(BOUGHT, 150)]
    if amount:
        facts.append(paid(DUE, amount))
    assert drawn(card(*facts, agreed=terms(late_fee=harbour)), 2).late_fees == 15


def test_the_next_larger_minimum_does_not_raise_the_cap():
    """15.00 due in April is unpaid; the statement of May asks for more before the fee is posted."""
    harbour = late_fee(25, cap_by_minimum=True)
    subject = card(
        purchase(BOUGHT, 150), purchase(date(2025, 4, 30), 1000), agreed=terms(late_fee=harbour)
    )
    assert drawn(subject, 2).minimum_due > 50
    assert drawn(subject, 2).late_fees == 15


def test_missed_cycles_grow_until_everything_past_due_is_paid():
    subject = card(purchase(BOUGHT, 1000))
    days = (DUE - timedelta(days=1), DUE, date(2025, 5, 22), date(2025, 5, 23), date(2025, 12, 1))
    assert [missed_cycles(subject, as_of=day) for day in days] == [0, 1, 1, 2, 8]
    cleared = card(purchase(BOUGHT, 1000), paid(date(2025, 5, 30), yuan("218.50")))
    counts = [missed_cycles(cleared, as_of=date(2025, 5, day)) for day in (29, 30)]
    assert counts == [2, 0]


def test_who_pays_each_minimum_a_cycle_late_is_one_cycle_behind_or_many():
    """Each minimum is paid on the 28th of the next month, when the next one is past due too."""
    facts = [purchase(BOUGHT, 1000)]
    for number in range(1, 6):
        bare = card(*facts, agreed=terms(interest=interest(kinds=[])))
        row = drawn(bare, number)
        facts.append(paid(date(2025, 4 + number, 28), row.newly_required))
    late = card(*facts, agreed=terms(interest=interest(kinds=[])))
    as_of = date(2025, 8, 31)
    assert missed_cycles(late, as_of=as_of) == 5
    assert missed_cycles(late, as_of=as_of, count=CycleCount.STILL_OPEN) == 1


def test_a_minimum_within_the_tolerance_is_missed_in_no_count():
    agreed = terms(tolerance=10, interest=interest(kinds=[]))
    for amount, missed in ((90, 0), (yuan("89.99"), 1)):
        subject = card(purchase(BOUGHT, 1000), paid(DUE, amount), agreed=agreed)
        for count in CycleCount:
            assert missed_cycles(subject, as_of=DUE, count=count) == missed


def test_what_is_known_later_does_not_change_what_was_known():
    late_news = paid(DUE, 1000, recorded_on=date(2025, 5, 10))
    subject = card(purchase(BOUGHT, 1000), late_news)
    assert requirements(subject, as_of=date(2025, 5, 5)).schedule[-1].due_date == DUE
    known = requirements(subject, as_of=date(2025, 5, 5), known_on=date(2025, 5, 9))
    assert known.schedule[-1].due_date == date(2025, 5, 23)
    assert missed_cycles(subject, as_of=DUE, known_on=date(2025, 5, 9)) == 1
    assert missed_cycles(subject, as_of=DUE, known_on=date(2025, 5, 10)) == 0


def test_what_was_refunded_was_paid():
    subject = card(purchase(BOUGHT, 1000), refund(date(2025, 4, 10), 100), paid(DUE, 7))
    ledger = card_ledger(subject, as_of=DUE)
    assert (ledger.paid, ledger.converted, ledger.settled) == (107, 0, 107)


def test_a_reversed_payment_stands_until_the_day_it_is_reversed():
    subject = card(purchase(BOUGHT, 1000), paid(DUE, 1000, reversed_on=date(2025, 4, 25)))
    days = (date(2025, 4, 24), date(2025, 4, 25))
    assert [missed_cycles(subject, as_of=day) for day in days] == [0, 1]


def test_cash_has_its_own_share():
    rule = MinimumPaymentRule(shares=[MinimumShare(BalanceKind.CASH_ADVANCE, WHOLE)])
    agreed = terms(minimum=rule, due=DueAfterDays(20), interest=interest(kinds=[]))
    assert drawn(card(cash(BOUGHT, 70), purchase(BOUGHT, 1000), agreed=agreed)).minimum_due == 70


@pytest.mark.parametrize("verb", [card_ledger, requirements, missed_cycles])
def test_what_is_no_card_or_no_day_is_refused(verb):
    with pytest.raises(dq.InvalidTypeError, match="CardAccount"):
        verb("C-1", as_of=DUE)
    with pytest.raises(dq.InvalidTypeError, match="as_of"):
        verb(card(), as_of="2025-04-23")
    with pytest.raises(dq.InvalidTypeError, match="known_on"):
        verb(card(), as_of=DUE, known_on=20250423)


def test_a_count_of_another_name_is_refused():
    with pytest.raises(dq.InvalidTypeError, match="CycleCount"):
        missed_cycles(card(), as_of=DUE, count="consecutive")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"shares": [TENTH]}, dq.InvalidTypeError),
        ({"shares": [MinimumShare(BalanceKind.FEES, WHOLE)] * 2}, dq.InvalidValueError),
        ({"floor": -1}, dq.InvalidValueError),
        ({"floor": 50.0}, dq.InvalidTypeError),
        ({"multiple": 0}, dq.InvalidValueError),
        ({"over_limit": 1}, dq.InvalidTypeError),
        ({"over_limit": Proportion(3, 2)}, dq.InvalidValueError),
        ({"rounding": "up"}, dq.InvalidTypeError),
    ],
)
def test_a_minimum_rule_that_cannot_be_meant_is_refused(change, error):
    with pytest.raises(error, match="^minimum payment rule"):
        MinimumPaymentRule(**({"shares": []} | change))


def test_a_share_of_the_minimum_is_at_most_the_whole():
    assert MinimumShare(BalanceKind.FEES, WHOLE).share == WHOLE
    with pytest.raises(dq.InvalidValueError, match="at most the whole"):
        MinimumShare(BalanceKind.FEES, Proportion(101, 100))
    for kind, share, base in (
        ("fees", WHOLE, MinimumBase.OPEN),
        (BalanceKind.FEES, "0.1", MinimumBase.OPEN),
        (BalanceKind.FEES, WHOLE, "open"),
    ):
        with pytest.raises(dq.InvalidTypeError, match="^minimum share"):
            MinimumShare(kind, share, base)


@pytest.mark.parametrize(
    ("fee", "error"),
    [
        ("0.05", dq.InvalidTypeError),
        (late_fee(wait_days=3), dq.InvalidValueError),
        (late_fee(due_in_days=1), dq.InvalidValueError),
        (late_fee(due_with_instalment=True), dq.InvalidValueError),
        (late_fee(recurrence=EveryDays(30)), dq.InvalidValueError),
        (late_fee(ignores_unpaid_fees=True), dq.InvalidValueError),
        (late_fee(maximum=ShareFee(TENTH, FeeBase.INSTALMENT)), dq.InvalidValueError),
        (
            attrs.evolve(late_fee(), amount=ShareFee(TENTH, FeeBase.INSTALMENT)),
            dq.InvalidValueError,
        ),
        (attrs.evolve(late_fee(), currency=dq.Currency.of("USD")), dq.CurrencyError),
    ],
)
def test_a_late_fee_that_a_card_cannot_have_is_refused(fee, error):
    with pytest.raises(error, match="^card terms, late.fee"):
        terms(late_fee=fee)
    with pytest.raises(dq.InvalidTypeError, match="^card terms, late_fee_posting"):
        terms(late_fee=late_fee(), late_fee_posting="after_grace")


def test_a_repeated_miss_costs_the_higher_amount_of_the_safe_harbour():
    """25.00 for the first miss; 35.00 for another within six cycles, and for each after it."""
    table = FeeTable(
        name="harbour", currency=CNY, rows=[FeeRow(date(2020, 1, 1), 25, 35)], repeat_window=6
    )
    harbour = attrs.evolve(late_fee(), amount=SafeHarbourFee(table))
    subject = card(purchase(BOUGHT, 10_000), agreed=terms(late_fee=harbour))
    assert [drawn(subject, number).late_fees for number in (1, 2, 3, 4)] == [0, 25, 35, 35]


def test_a_miss_after_more_cycles_than_the_window_is_a_first_one_again():
    """A window of one cycle: missed in April, paid in May and June, missed in July."""
    table = FeeTable(
        name="harbour", currency=CNY, rows=[FeeRow(date(2020, 1, 1), 25, 35)], repeat_window=1
    )
    harbour = attrs.evolve(late_fee(), amount=SafeHarbourFee(table))
    facts = [purchase(BOUGHT, 10_000), paid(date(2025, 5, 20), 3000), paid(date(2025, 6, 20), 3000)]
    subject = card(*facts, agreed=terms(late_fee=harbour))
    fees = [drawn(subject, number).late_fees for number in range(1, 6)]
    assert fees == [0, 25, 0, 0, 25]
