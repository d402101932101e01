"""Late fees as the ledger charges them: which violation bears one, beside which others, and its rank."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest
from tests.strategies_internal import CNY
from tests.unit.ledger.cases import (
    FEB,
    FEE,
    INT,
    JAN,
    MAR,
    ORIGINATED,
    PENALTY_LAST,
    F,
    N,
    P,
    account,
    days,
    penalising,
    rows_of,
    terms,
    told,
    with_fees,
)

import delinquency as dq
from delinquency.late_fees import (
    EveryMonths,
    FeeBase,
    FlatFee,
    LateFeeTerms,
    SafeHarbourFee,
    ShareFee,
    fee_table,
)
from delinquency.ledger import EntryKind
from delinquency.penalty import Posting

OTHER = LateFeeTerms(name="other", amount=FlatFee(20), currency=CNY, wait_days=10)
CHARGED, SETTLED = EntryKind.CHARGED, EntryKind.SETTLED


def fees_of(late: dq.Account, as_of: date, *fees: LateFeeTerms, **more) -> list:
    return told(dq.replay(late, as_of=as_of, policy=with_fees(*fees, **more)), CHARGED, F)


def test_one_fee_prevents_a_second_of_another_kind_for_the_same_instalment_alone():
    late = account(rows=2)
    once = attrs.evolve(OTHER, once_per_instalment=True)
    both = [(JAN + days(4), 15), (JAN + days(11), 20), (FEB + days(4), 15), (FEB + days(11), 20)]
    assert fees_of(late, FEB + days(20), FEE, OTHER) == both
    assert fees_of(late, FEB + days(20), FEE, once) == both[::2]
    assert fees_of(late, FEB + days(20), once) == both[1::2]


def test_an_instalment_of_which_nothing_counted_is_open_bears_no_fee():
    row = dq.Instalment(JAN, 1000, 50, 30)
    paid = account(dq.Payment(JAN, 1050), rows=[row])
    without_fees = dq.Counting(components=[P, INT])
    for counting, fees in ((without_fees, []), (dq.Counting(), [(JAN + days(4), 15)])):
        assert fees_of(paid, MAR, FEE, counting=counting, allocation=PENALTY_LAST)[1:] == fees


def test_a_fee_is_at_most_the_payment_that_was_missed():
    small = account(rows=[dq.Instalment(JAN, 9, 1), *rows_of(2)[1:]])
    capped = attrs.evolve(FEE, cap_by_minimum=True)
    assert [amount for _, amount in fees_of(small, MAR, capped)] == [10, 15]
    assert [amount for _, amount in fees_of(small, MAR, FEE)] == [15, 15]


def test_a_second_violation_within_six_payments_bears_the_higher_amount():
    """12 CFR 1026.52(b)(1)(ii): 30 dollars, and 41 for one of the same type within six cycles."""
    usd = dq.Currency.of("USD")
    late = dq.Account(
        account_id="A-1",
        originated_on=ORIGINATED,
        schedule=dq.Schedule(usd, rows_of(3)),
        payments=[dq.Payment(FEB, 2130)],
    )
    fee = LateFeeTerms(name="late", amount=SafeHarbourFee(fee_table("us-card-safe-harbour-30-41")))
    assert fees_of(late, MAR + days(5), fee) == [(JAN + days(1), 30), (MAR + days(1), 41)]


def test_two_kinds_of_fee_are_two_types_of_violation():
    usd = dq.Currency.of("USD")
    late = dq.Account(
        account_id="A-1",
        originated_on=ORIGINATED,
        schedule=dq.Schedule(usd, rows_of(1)),
    )
    table = SafeHarbourFee(fee_table("us-card-safe-harbour-30-41"))
    fees = [
        LateFeeTerms(name=name, amount=table, wait_days=wait) for name, wait in (("a", 0), ("b", 9))
    ]
    assert [amount for _, amount in fees_of(late, MAR, *fees)] == [30, 30]


IGNORING = attrs.evolve(FEE, name="ignoring", ignores_unpaid_fees=True, wait_days=5)


def test_money_of_the_first_instalment_that_went_to_a_fee_is_not_missing_from_it():
    """16 CFR 444.4: 1,050.00 come within the wait, and 15.00 of them went to the fee of the first day."""
    at_once = attrs.evolve(FEE, wait_days=0, due_with_instalment=True)
    paid = account(dq.Payment(JAN + days(3), 1050), rows=2)
    assert fees_of(paid, FEB, at_once, IGNORING) == [(JAN + days(1), 15)]
    strict = attrs.evolve(IGNORING, ignores_unpaid_fees=False)
    assert fees_of(paid, FEB, at_once, strict) == [(JAN + days(1), 15), (JAN + days(6), 15)]


def test_a_fee_paid_before_the_due_date_before_excuses_nothing():
    """15.00 of the money of February went to a fee; the 10.00 that March lacks were never paid."""
    fee = attrs.evolve(IGNORING, wait_days=0)
    for january, february in ((1065, 1050), (1050, 1065)):
        paid = account(
            dq.Payment(JAN + days(5), january),
            dq.Payment(FEB, february),
            dq.Payment(MAR, 1040),
        )
        assert fees_of(paid, MAR + days(5), fee) == [(JAN + days(1), 15), (MAR + days(1), 15)]


def test_a_fee_paid_since_the_due_date_before_excuses_as_much():
    fee = attrs.evolve(IGNORING, wait_days=0)
    for paid_for_february, excused in ((1035, True), (1034, False)):
        paid = account(dq.Payment(JAN + days(5), 1065), dq.Payment(FEB, paid_for_february), rows=2)
        fees = [(JAN + days(1), 15), *([] if excused else [(FEB + days(1), 15)])]
        assert fees_of(paid, FEB + days(5), fee) == fees


def test_the_first_fee_has_the_number_1():
    ledger = dq.replay(account(rows=2), as_of=MAR, policy=with_fees(FEE))
    names = [entry.charge_id for entry in ledger.entries if entry.component is F]
    assert names == ["late-fee-1", "late-fee-2"]


def test_a_fee_has_no_place_among_the_debts_before_its_day():
    for late, debts in ((3, 1), (4, 2)):
        ledger = dq.replay(account(rows=1), as_of=JAN + days(late), policy=with_fees(FEE))
        assert len(ledger.obligations) == debts


def test_an_instalment_that_enters_on_the_day_of_its_fee_bears_it():
    change = JAN + days(4)
    changed = [
        dq.Instalment(JAN, 1000, 50, in_force_until=change),
        dq.Instalment(JAN, 500, 25, in_force_from=change),
    ]
    assert fees_of(account(rows=changed), MAR, FEE) == [(change, 15)]


@pytest.mark.parametrize(
    ("counting", "fees"),
    [
        # 8.00 are open of January, and nothing of February is late on the day on which it falls due.
        (dq.Counting(tolerance=10, tolerance_scope=dq.ToleranceScope.ACCOUNT), 0),
        (dq.Counting(tolerance=7, tolerance_scope=dq.ToleranceScope.ACCOUNT), 1),
        (
            dq.Counting(
                tolerance=10,
                tolerance_scope=dq.ToleranceScope.ACCOUNT,
                first_day=dq.FirstDay.DUE_DATE,
            ),
            1,
        ),
        (dq.Counting(tolerance=10, tolerance_scope=dq.ToleranceScope.INSTALMENT), 0),
    ],
)
def test_a_tolerance_on_the_account_is_compared_with_all_that_is_late_on_the_day(counting, fees):
    on_next_due_date = attrs.evolve(FEE, wait_days=30)
    paid = account(dq.Payment(JAN, 1042), rows=2)
    charged = fees_of(paid, FEB, on_next_due_date, counting=counting)
    assert charged == [(FEB, 15)] * fees


@pytest.mark.parametrize(
    ("base", "fee"), [(FeeBase.INSTALMENT, "105.00"), (FeeBase.UNPAID_MINIMUM, "55.00")]
)
def test_a_share_is_of_the_instalment_or_of_what_is_unpaid_of_it(base, fee):
    share = LateFeeTerms(name="share", amount=ShareFee(dq.Proportion.parse("0.1"), base))
    paid = account(dq.Payment(JAN, 500), rows=1)
    assert fees_of(paid, MAR, share) == [(JAN + days(1), Decimal(fee))]


def test_a_fee_that_comes_again_for_one_instalment_is_no_second_violation():
    usd = dq.Currency.of("USD")
    late = dq.Account(
        account_id="A-1", originated_on=ORIGINATED, schedule=dq.Schedule(usd, rows_of(1))
    )
    fee = LateFeeTerms(
        name="late",
        amount=SafeHarbourFee(fee_table("us-card-safe-harbour-30-41")),
        recurrence=EveryMonths(1),
    )
    assert [amount for _, amount in fees_of(late, FEB + days(5), fee)] == [30, 30]


def test_a_fee_ranks_before_penalty_that_is_posted_on_its_day():
    posting = terms(posting=Posting.ON_DUE_DATES)
    rule = penalising(dq.PenaltyPlace.POSTED, posting, late_fees=(attrs.evolve(FEE, wait_days=30),))
    paid = account(dq.Payment(FEB + days(1), 2110), rows=2)
    ledger = dq.replay(paid, as_of=FEB + days(1), policy=rule)
    assert (ledger.open_amount(F), ledger.open_amount(N)) == (5, 31)


def test_accelerated_principal_ranks_before_a_fee_of_its_day():
    called = account(
        dq.Payment(JAN + days(5), 1060),
        rows=2,
        events=[dq.Acceleration(JAN + days(4), accrued_interest=0)],
    )
    ledger = dq.replay(called, as_of=JAN + days(5), policy=with_fees(FEE))
    assert (ledger.open_amount(P), ledger.open_amount(F)) == (990, 15)


def test_a_fee_of_a_card_due_with_its_row_ranks_by_the_day_on_which_that_was_billed():
    """The second row is billed before the first falls due; the fee of the first comes before it."""
    billed = [
        dq.Instalment(FEB, 100, in_force_from=JAN),
        dq.Instalment(MAR, 200, in_force_from=FEB - days(5)),
    ]
    fee = attrs.evolve(FEE, due_with_instalment=True)
    subject = account(dq.Payment(FEB + days(5), 120), rows=billed, product=dq.Product.CARD)
    ledger = dq.replay(subject, as_of=FEB + days(5), policy=with_fees(fee))
    assert (ledger.open_amount(F), ledger.open_amount(P)) == (0, 195)


def test_an_instalment_that_a_change_closes_on_the_day_of_its_fee_bears_none():
    change = JAN + days(4)
    changed = [
        dq.Instalment(JAN, 1000, 50, in_force_until=change),
        dq.Instalment(FEB, 1000, 50, in_force_from=change),
    ]
    ledger = dq.replay(account(rows=changed), as_of=MAR, policy=with_fees(FEE))
    (fee,) = [entry for entry in ledger.entries if entry.component is F]
    assert (fee.value_date, fee.charge_id) == (FEB + days(4), "late-fee-1")


def test_a_fee_due_with_its_instalment_ages_from_the_due_date_of_that():
    fee = attrs.evolve(FEE, due_with_instalment=True)
    paid = account(dq.Payment(JAN + days(5), 1050), rows=2)
    rule = with_fees(fee, allocation=PENALTY_LAST)
    ledger = dq.replay(paid, as_of=FEB, policy=rule)
    (entry,) = [e for e in ledger.entries if e.component is F and e.kind is CHARGED]
    assert (entry.value_date, entry.due_date) == (JAN + days(4), JAN)
    assert dq.days_past_due(paid, as_of=JAN + days(10), policy=rule) == 10


@pytest.mark.parametrize(
    ("with_instalment", "order"), [(True, [1, "late-fee-1", 2]), (False, [1, 2, "late-fee-1"])]
)
def test_a_fee_due_with_its_instalment_ranks_with_it(with_instalment, order):
    """Two late instalments and the fee of the first; money settles what ranks first, then the next."""
    fee = attrs.evolve(FEE, due_with_instalment=with_instalment, wait_days=35)
    paid = account(dq.Payment(FEB + days(10), 2200), rows=2)
    ledger = dq.replay(paid, as_of=FEB + days(10), policy=with_fees(fee, allocation=PENALTY_LAST))
    seen = [e.instalment_no or e.charge_id for e in ledger.entries if e.kind is SETTLED]
    assert list(dict.fromkeys(seen)) == order


def test_a_share_of_the_outstanding_principal_counts_what_is_not_due_yet_and_what_is_open_alone():
    share = LateFeeTerms(
        name="share", amount=ShareFee(dq.Proportion.parse("0.01"), FeeBase.OUTSTANDING_PRINCIPAL)
    )
    paid = account(dq.Payment(JAN, 550), rows=3)
    assert fees_of(paid, JAN + days(1), share) == [(JAN + days(1), 25)]


def test_fees_of_one_day_are_all_charged():
    both = [attrs.evolve(FEE, name=name) for name in ("a", "b")]
    assert fees_of(account(rows=1), MAR, *both) == [(JAN + days(4), 15)] * 2


def test_a_fee_may_be_penalty():
    fee = attrs.evolve(FEE, component=N)
    ledger = dq.replay(account(rows=1), as_of=MAR, policy=with_fees(fee))
    assert (ledger.open_amount(N), ledger.open_amount(F)) == (15, 0)
