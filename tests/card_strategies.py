"""Cards by construction: terms of every kind, and facts that crowd around the days that matter."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

import delinquency as dq
from delinquency.component import Component
from delinquency.daycount import DayCount
from delinquency.late_fees import (
    FeeBase,
    FeeRow,
    FeeTable,
    FlatFee,
    LateFeeTerms,
    SafeHarbourFee,
    ShareFee,
)
from delinquency.revolving import (
    BALANCE_KINDS,
    BalanceKind,
    BalanceRate,
    ByKind,
    CardAccount,
    CardInterest,
    CardTerms,
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
    LateFeePosting,
    MinimumBase,
    MinimumPaymentRule,
    MinimumShare,
    MinimumThenHighestRate,
    PlanResidue,
    Promotion,
    TransactionKind,
)
from delinquency.rounding import Proportion, RoundingMode

CNY = dq.Currency.of("CNY")
OPENED = date(2023, 11, 3)
"""Before a leap day and the end of a year."""
LIVED = 230
"""Days in which facts and questions lie."""


def money(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def rates() -> st.SearchStrategy[dq.Rate]:
    return st.one_of(
        st.sampled_from(["0", "0.0005", "0.00035"]).map(dq.Rate.per_day),
        st.sampled_from(["0.18", "0.2399", "0.1825", "0.299"]).map(dq.Rate.per_year),
    )


def dated(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    changes = st.integers(10, LIVED).map(lambda n: OPENED + timedelta(days=n))
    changed = st.tuples(values, changes, values).map(
        lambda three: Dated(((None, three[0]), (three[1], three[2])))
    )
    return st.one_of(values, values, changed)


@st.composite
def interests(draw):
    kinds = [kind for kind in BALANCE_KINDS if kind is not BalanceKind.PENALTY]
    chosen = draw(st.lists(st.sampled_from(kinds), unique=True, min_size=1))
    grain = draw(st.sampled_from(InterestGrain))
    alike = [DayCount.ACT_365F, DayCount.ACT_360]
    day_counts = alike if grain is InterestGrain.DAY else [*alike, DayCount.ACT_ACT_ISDA]
    return CardInterest(
        rates=[BalanceRate(kind, draw(dated(rates()))) for kind in chosen],
        method=draw(st.sampled_from(InterestMethod)),
        day_count=draw(st.sampled_from(day_counts)),
        rounding=draw(st.sampled_from(RoundingMode)),
        grain=grain,
        fees_bear_interest=BalanceKind.FEES in chosen,
        payment_day_bears=draw(st.booleans()),
    )


def proportions() -> st.SearchStrategy[Proportion]:
    return st.sampled_from(
        [
            Proportion(0, 1),
            Proportion(1, 100),
            Proportion(1, 10),
            Proportion(1, 3),
            Proportion(1, 1),
        ]
    )


@st.composite
def minimum_rules(draw):
    kinds = draw(st.lists(st.sampled_from(BALANCE_KINDS), unique=True))
    return MinimumPaymentRule(
        shares=[
            MinimumShare(kind, draw(proportions()), draw(st.sampled_from(MinimumBase)))
            for kind in kinds
        ],
        floor=draw(st.sampled_from([0, 50, Decimal("99.99")])),
        over_limit=draw(proportions()),
        multiple=draw(st.sampled_from([None, 1, 10])),
        rounding=draw(st.sampled_from(RoundingMode)),
    )


def kind_orders() -> st.SearchStrategy[tuple[BalanceKind, ...]]:
    return st.permutations(BALANCE_KINDS).map(tuple)


def orders() -> st.SearchStrategy[object]:
    switches = st.builds(KindSwitch, at_least=st.sampled_from([1, 20, 61]), kinds=kind_orders())
    return st.one_of(
        st.builds(
            ByKind,
            kinds=kind_orders(),
            is_billed_first=st.booleans(),
            switch=st.none() | switches,
        ),
        st.builds(HighestRateFirst, kinds=kind_orders(), are_plan_parts_first=st.booleans()),
        st.builds(
            MinimumThenHighestRate,
            kinds=kind_orders(),
            deferred_first_cycles=st.integers(0, 3),
        ),
    )


def late_fees() -> st.SearchStrategy[LateFeeTerms]:
    shares = st.builds(ShareFee, positive_proportions(), st.just(FeeBase.UNPAID_MINIMUM))
    harbours = st.just(SafeHarbourFee(REPEATED))
    return st.builds(
        LateFeeTerms,
        name=st.just("late"),
        currency=st.just(CNY),
        amount=shares | st.builds(FlatFee, st.sampled_from([5, 20])) | harbours,
        minimum=st.sampled_from([0, 10]),
        maximum=st.sampled_from([None, 10, 500]),
        cap_by_minimum=st.booleans(),
        rounding=st.sampled_from(RoundingMode),
    )


def positive_proportions() -> st.SearchStrategy[Proportion]:
    return proportions().filter(lambda share: share.numerator > 0)


REPEATED = FeeTable(
    name="repeated",
    currency=CNY,
    rows=[FeeRow(date(2020, 1, 1), 15, 20), FeeRow(date(2024, 3, 1), 16, 21)],
    repeat_window=2,
)


CYCLES = st.sampled_from(
    [
        (5, DueAfterDays(18)),
        (5, DueAfterDays(25)),
        (28, DueAfterDays(20)),
        (31, DueAfterDays(1)),
        (31, DueAfterDays(25)),
        (30, DueOnDay(20)),
        (31, DueOnDay(25)),
        (3, DueOnDay(28, months_after=0)),
        (10, DueOnDay(7)),
    ]
)


@st.composite
def card_terms(draw, *, order=None, method=None):
    cycle_day, due = draw(CYCLES)
    interest = draw(interests())
    return CardTerms(
        currency=CNY,
        cycle_day=cycle_day,
        due=due,
        minimum=draw(dated(minimum_rules())),
        interest=interest,
        order=draw(orders() if order is None else order),
        grace_days=draw(dated(st.integers(0, 3))),
        tolerance=draw(dated(st.sampled_from([0, 10, Decimal("0.01")]))),
        late_fee=draw(dated(st.none() | late_fees())),
        late_fee_posting=draw(st.sampled_from(LateFeePosting)),
        refunds_settle_minimum=draw(st.booleans()),
    )


def days(first: int = 0) -> st.SearchStrategy[date]:
    return st.integers(first, LIVED).map(lambda n: OPENED + timedelta(days=n))


def amounts() -> st.SearchStrategy[Decimal]:
    return st.one_of(
        st.integers(1, 300_000).map(money), st.sampled_from([10, 100, 1000]).map(Decimal)
    )


@st.composite
def later_facts(draw, day):
    """When a fact was recorded and reversed, if not at once and never."""
    recorded = draw(st.none() | st.integers(0, 40).map(lambda n: day + timedelta(days=n)))
    known = max(day, recorded or day)
    reversed_on = draw(
        st.one_of(
            st.none(),
            st.none(),
            st.none(),
            st.integers(0, 40).map(lambda n: known + timedelta(days=n)),
        )
    )
    return {"recorded_on": recorded, "reversed_on": reversed_on}


@st.composite
def transactions(draw, most=10):
    rows = []
    for number in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from(TransactionKind))
        day, amount = draw(days()), draw(amounts())
        more = draw(later_facts(day))
        referable = {
            TransactionKind.REFUND: ("purchase", "cash_advance", "fee"),
            TransactionKind.INSTALMENT_PLAN: ("purchase", "cash_advance"),
        }.get(kind, ())
        named = draw(st.sampled_from([None, *(r for r in rows if r.kind.value in referable)]))
        if named is not None:
            day = max(day, named.posted_on)
            more = {}
            more["refers_to"] = named.transaction_id
            if kind is TransactionKind.INSTALMENT_PLAN:
                amount = min(amount, named.amount)
        if kind is TransactionKind.INSTALMENT_PLAN:
            more["plan"] = InstalmentPlan(
                instalments=draw(st.integers(1, 4)),
                cost=draw(st.sampled_from([0, Decimal("1.23")])),
                cost_component=draw(st.sampled_from([Component.INTEREST, Component.FEES])),
                residue=draw(st.sampled_from(PlanResidue)),
            )
        if kind in (TransactionKind.PURCHASE, TransactionKind.CASH_ADVANCE):
            more["promotion"] = draw(st.none() | promotions(day))
        rows.append(
            CardTransaction(
                kind=kind, posted_on=day, amount=amount, transaction_id=f"T{number:02}", **more
            )
        )
    return rows


def promotions(day: date) -> st.SearchStrategy[Promotion]:
    untils = st.integers(1, 100).map(lambda n: day + timedelta(days=n))
    return st.one_of(
        st.builds(Promotion, promotion_id=st.just("P"), until=untils, rate=rates()),
        st.builds(Promotion, promotion_id=st.just("D"), until=untils, is_deferred=st.just(True)),
    )


@st.composite
def payments(draw, most=8):
    rows = []
    for number in range(draw(st.integers(0, most))):
        day = draw(days())
        more = draw(later_facts(day))
        rows.append(dq.Payment(day, draw(amounts()), payment_id=f"P{number}", **more))
    return rows


@st.composite
def cards(draw, *, terms=None):
    limits = draw(
        st.one_of(
            st.just(()),
            st.just((CreditLimit(OPENED, 1000), CreditLimit(date(2024, 2, 1), 3000))),
        )
    )
    return CardAccount(
        account_id="C-1",
        originated_on=OPENED,
        terms=draw(card_terms() if terms is None else terms),
        credit_limits=limits,
        transactions=draw(transactions()),
        payments=draw(payments()),
    )


@st.composite
def card_questions(draw, *, terms=None):
    """A card, a close, and what was known by then or later."""
    card = draw(cards(terms=terms))
    as_of = draw(days(60))
    known_on = draw(st.none() | st.integers(-30, 60).map(lambda n: as_of + timedelta(days=n)))
    return card, as_of, known_on
