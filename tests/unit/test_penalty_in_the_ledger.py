"""Penalty interest and late fees that stand in the order of payment."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from tests.strategies_internal import policy_of

import delinquency as dq
from delinquency.late_fees import EveryMonths, FeeBase, FlatFee, LateFeeTerms, ShareFee
from delinquency.ledger import EntryKind
from delinquency.penalty import (
    AbsoluteCap,
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)

CNY = dq.Currency.of("CNY")
P, INT, F, N = dq.Component
PENALTY_FIRST = dq.AllocationOrder.oldest_first(N, F, INT, P)
ON_DEMAND, POSTED = dq.PenaltyPlace.ON_DEMAND, dq.PenaltyPlace.POSTED
JAN, FEB, MAR, APR = (date(2025, month, 20) for month in (1, 2, 3, 4))


def days(number: int) -> timedelta:
    return timedelta(days=number)


def terms(**more) -> PenaltyTerms:
    """36 % a year over 360 days: 0.1 % a day, 1.00 a day of 1,000.00."""
    given = {
        "rate": FixedPenaltyRate(dq.Rate.per_year("0.36")),
        "base": PenaltyBase.OVERDUE_PRINCIPAL,
        "compounding": Compounding.NONE,
        "day_count": dq.DayCount.ACT_360,
        "posting": Posting.ON_DEMAND,
        "grain": RoundingGrain.INSTALMENT,
        **more,
    }
    return PenaltyTerms(**given)


def policy(place: dq.PenaltyPlace, penalty: PenaltyTerms | None = None, **more) -> dq.Policy:
    given = terms() if penalty is None else penalty
    return attrs.evolve(
        policy_of(allocation=PENALTY_FIRST), penalty=given, penalty_in_waterfall=place, **more
    )


def account(*payments: dq.Payment, rows: int = 3, **facts) -> dq.Account:
    return dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 20),
        schedule=dq.Schedule(
            CNY, [dq.Instalment(due, 1000, 50) for due in (JAN, FEB, MAR, APR)[:rows]]
        ),
        payments=payments,
        **facts,
    )


def moved(ledger: dq.Ledger, kind: EntryKind, component: dq.Component) -> Decimal:
    return sum(
        (e.amount for e in ledger.entries if e.kind is kind and e.component is component),
        Decimal(0),
    )


def test_on_demand_a_payment_first_pays_for_its_own_delay():
    paid = account(dq.Payment(JAN + days(10), 1050), rows=1)
    ledger = dq.replay(paid, as_of=JAN + days(10), policy=policy(ON_DEMAND))
    assert moved(ledger, EntryKind.SETTLED, N) == 10
    assert ledger.open_amount(P) == 10
    assert dq.days_past_due(paid, as_of=JAN + days(10), policy=policy(ON_DEMAND)) == 10


def test_a_payment_on_the_due_date_meets_no_penalty():
    paid = account(dq.Payment(JAN, 1050), rows=1)
    ledger = dq.replay(paid, as_of=APR, policy=policy(ON_DEMAND))
    assert ledger.open_amount() == 0
    assert moved(ledger, EntryKind.CHARGED, N) == 0


def test_on_demand_what_accrued_stands_with_its_instalment_on_every_day_that_is_asked_for():
    for late in (0, 1, 30):
        ledger = dq.replay(account(rows=1), as_of=JAN + days(late), policy=policy(ON_DEMAND))
        assert ledger.open_rows[0][3] == 100 * late


def test_posted_penalty_is_a_debt_of_its_own_due_on_the_day_of_posting():
    posting = policy(POSTED, terms(posting=Posting.ON_DUE_DATES))
    ledger = dq.replay(account(rows=2), as_of=MAR, policy=posting)
    (entry,) = [e for e in ledger.entries if e.component is N]
    assert (entry.value_date, entry.due_date, entry.amount) == (FEB, FEB, 31)
    assert (entry.instalment_no, entry.charge_id) == (None, "posted-penalty-1")


def test_what_is_not_posted_yet_is_told_besides():
    posting = policy(POSTED, terms(posting=Posting.ON_DUE_DATES))
    told = dq.penalty_interest(account(rows=2), as_of=FEB + days(5), policy=posting)
    assert (told.accrued, told.posted, told.unposted) == (41, 31, 10)
    owed = dq.breakdown(account(rows=2), as_of=FEB + days(5), policy=posting)
    assert (owed.past_due.penalty, owed.unposted_penalty) == (31, 10)


def test_penalty_is_posted_on_a_day_of_each_month_after_the_first_due_date():
    posting = policy(POSTED, terms(posting=Posting.ON_STATEMENT, statement_day=31))
    ledger = dq.replay(account(rows=1), as_of=APR, policy=posting)
    charged = [(e.value_date, e.amount) for e in ledger.entries if e.component is N]
    assert charged == [
        (date(2025, 1, 31), 11),
        (date(2025, 2, 28), 28),
        (date(2025, 3, 31), 31),
    ]


def test_posted_penalty_bears_itself_where_the_terms_compound_on_posting():
    """31.00 posted on 20 February bear 0.1 % a day: 1,031.00 × 28 / 1000 = 28.868 until 20 March."""
    simple = terms(posting=Posting.ON_DUE_DATES)
    compound = attrs.evolve(simple, compounding=Compounding.ON_POSTING)
    late = account(dq.Payment(MAR, 1), rows=3)
    rows = account(rows=1, charges=()).schedule
    alone = attrs.evolve(
        late, payments=(), schedule=dq.Schedule(CNY, [*rows, _tiny(FEB), _tiny(MAR)])
    )
    assert _penalty_of(alone, simple) == [Decimal("31.00"), Decimal("28.00")]
    assert _penalty_of(alone, compound) == [Decimal("31.00"), Decimal("28.87")]


def _tiny(due: date) -> dq.Instalment:
    """A due date on which penalty is posted, and nothing that bears."""
    return dq.Instalment(due, 0, Decimal("0.01"))


def _penalty_of(late: dq.Account, penalty: PenaltyTerms) -> list[Decimal]:
    ledger = dq.replay(late, as_of=MAR, policy=policy(POSTED, penalty))
    return [entry.amount for entry in ledger.entries if entry.component is N]


def test_a_waiver_of_penalty_takes_what_has_accrued_by_its_day():
    waived = account(rows=1, events=[dq.Waiver(JAN + days(10), N)])
    ledger = dq.replay(waived, as_of=JAN + days(12), policy=policy(ON_DEMAND))
    assert moved(ledger, EntryKind.WAIVED, N) == 10
    assert ledger.open_amount(N) == 2


def test_nothing_accrues_on_what_was_written_off():
    gone = account(rows=1, events=[dq.WriteOff(JAN + days(10))])
    ledger = dq.replay(gone, as_of=APR, policy=policy(ON_DEMAND))
    assert ledger.open_amount() == 0
    assert ledger.written_off == 1050 + 10


def test_accelerated_principal_bears_from_its_own_day():
    called = account(events=[dq.Acceleration(JAN + days(10))])
    told = dq.penalty_interest(called, as_of=JAN + days(12), policy=policy(dq.PenaltyPlace.OUTSIDE))
    assert [(line.base, line.days) for line in told.segments] == [(1000, 12), (2000, 2)]


def test_a_cap_on_the_account_goes_to_the_debts_that_rank_first():
    capped = policy(ON_DEMAND, terms(caps=(AbsoluteCap(Decimal("40.00")),)))
    ledger = dq.replay(account(rows=2), as_of=FEB + days(20), policy=capped)
    assert [row[3] for row in ledger.open_rows] == [4000, 0]
    told = dq.penalty_interest(account(rows=2), as_of=FEB + days(20), policy=capped)
    assert (told.accrued, told.capped) == (40, 31)


@pytest.mark.parametrize("place", [ON_DEMAND, dq.PenaltyPlace.OUTSIDE])
def test_the_lines_add_up_to_the_figure_and_to_what_was_posted(place):
    paid = account(dq.Payment(FEB + days(3), 700), dq.Payment(MAR + days(1), 1200))
    told = dq.penalty_interest(paid, as_of=APR, policy=policy(place))
    assert told.accrued == sum(line.amount for line in told.segments)
    if place is ON_DEMAND:
        assert (told.posted, told.unposted) == (told.accrued, 0)
        charged = moved(told.ledger, EntryKind.CHARGED, N)
        assert charged == told.accrued


FEE = LateFeeTerms(name="late", amount=FlatFee(15), currency=CNY, wait_days=3)


def with_fees(*fees: LateFeeTerms, **more) -> dq.Policy:
    return attrs.evolve(policy_of(allocation=PENALTY_FIRST), late_fees=fees, **more)


@pytest.mark.parametrize(("late", "fee"), [(3, 0), (4, 15), (40, 15)])
def test_a_late_fee_is_charged_at_the_close_of_the_first_day_after_the_wait(late, fee):
    ledger = dq.replay(account(rows=1), as_of=JAN + days(late), policy=with_fees(FEE))
    assert ledger.open_amount(F) == fee


def test_a_payment_on_the_day_of_the_fee_prevents_it():
    for late, fee in ((4, 0), (5, 15)):
        paid = account(dq.Payment(JAN + days(late), 1050), rows=1)
        ledger = dq.replay(paid, as_of=APR, policy=with_fees(FEE))
        assert moved(ledger, EntryKind.CHARGED, F) == fee


def test_a_fee_falls_due_on_a_date_of_its_own_and_ages_from_it():
    fee = attrs.evolve(FEE, due_in_days=10)
    paid = account(dq.Payment(JAN + days(5), 1050), rows=1)
    charged = dq.replay(paid, as_of=APR, policy=with_fees(fee))
    (entry,) = [e for e in charged.entries if e.component is F and e.kind is EntryKind.CHARGED]
    assert (entry.value_date, entry.due_date) == (JAN + days(4), JAN + days(14))
    # The instalment is paid, and the fee is not: its own age runs from its own due date.
    for after, late in ((14, 0), (15, 1), (20, 6)):
        assert dq.days_past_due(paid, as_of=JAN + days(after), policy=with_fees(fee)) == late


def test_a_fee_counts_in_days_past_due_only_if_the_rule_counts_fees():
    order = dq.AllocationOrder.oldest_first(INT, P, F, N)
    paid = account(dq.Payment(JAN + days(5), 1050), rows=1)
    counted = attrs.evolve(with_fees(FEE), allocation=order)
    not_counted = attrs.evolve(counted, counting=dq.Counting(components=[P, INT]))
    as_of = JAN + days(10)
    assert dq.days_past_due(paid, as_of=as_of, policy=counted) == 6
    assert dq.days_past_due(paid, as_of=as_of, policy=not_counted) == 0


def test_a_fee_comes_again_every_month_while_the_instalment_is_unpaid():
    monthly = attrs.evolve(FEE, recurrence=EveryMonths(1))
    ledger = dq.replay(account(rows=1), as_of=APR, policy=with_fees(monthly))
    charged = [e.value_date for e in ledger.entries if e.component is F]
    assert charged == [date(2025, 1, 24), date(2025, 2, 24), date(2025, 3, 24)]


def test_each_missed_instalment_bears_its_own_fee_of_its_own_base():
    share = LateFeeTerms(
        name="share", amount=ShareFee(dq.Proportion.parse("0.05"), FeeBase.OVERDUE_INSTALMENT)
    )
    paid = account(dq.Payment(JAN, 550), rows=2)
    ledger = dq.replay(paid, as_of=MAR, policy=with_fees(share))
    assert [(e.value_date, e.amount) for e in ledger.entries if e.component is F] == [
        (JAN + days(1), 25),
        (FEB + days(1), Decimal("52.50")),
    ]


def test_no_second_fee_where_the_payment_is_short_only_by_the_first():
    """16 CFR 444.4: 1,050.00 come in time on 20 February, and 15.00 of them went to January's fee."""
    fee = attrs.evolve(FEE, wait_days=0)
    paid = account(dq.Payment(JAN + days(5), 1050), dq.Payment(FEB, 1050), rows=2)
    for ignores, fees in ((False, 30), (True, 15)):
        terms_of_fee = attrs.evolve(fee, ignores_unpaid_fees=ignores)
        order = dq.AllocationOrder.oldest_first(INT, P, F, N)
        rule = attrs.evolve(with_fees(terms_of_fee), allocation=order)
        ledger = dq.replay(paid, as_of=FEB + days(2), policy=rule)
        assert moved(ledger, EntryKind.CHARGED, F) == fees, ignores


def test_an_instalment_within_the_tolerance_bears_no_fee():
    counting = dq.Counting(tolerance=10, tolerance_scope=dq.ToleranceScope.INSTALMENT)
    paid = account(dq.Payment(JAN, 1040), rows=1)
    for rule, fee in ((counting, 0), (dq.Counting(), 15)):
        ledger = dq.replay(paid, as_of=MAR, policy=with_fees(FEE, counting=rule))
        assert ledger.open_amount(F) == fee


def test_money_that_waited_settles_a_fee_on_its_day():
    order = dq.AllocationOrder.oldest_first(N, F, INT, P, excess=dq.Excess.HOLD)
    held = account(dq.Payment(JAN - days(5), 1020), rows=1)
    rule = attrs.evolve(with_fees(FEE), allocation=order)
    ledger = dq.replay(held, as_of=MAR, policy=rule)
    assert (ledger.open_amount(F), ledger.open_amount(P), ledger.unallocated) == (15, 30, 0)
