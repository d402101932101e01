"""Penalty terms and the facts of accounts that meet them, built so that edges meet.

Everything is made by construction, nothing is filtered away, so that every draw is an example.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from delinquency import Currency, DayCount, Proportion, Rate, RoundingMode
from delinquency.amortisation import ReferenceRates
from delinquency.calendar import NONE_DAY, day_number
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyAccrual,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RateByAge,
    ReferenceMultiple,
    ReferencePlusMargin,
    RoundingGrain,
    ShareOfBase,
)
from tests.oracle.penalty_by_day import DebtFacts, Facts

CNY = Currency.of("CNY")
START = date(2023, 12, 20)
LENGTH = 110
DAY_COUNTS = [
    DayCount.ACT_360,
    DayCount.ACT_365F,
    DayCount.ACT_364,
    DayCount.ACT_365_25,
    DayCount.NL_365,
    DayCount.NL_360,
    DayCount.ACT_ACT_ISDA,
    DayCount.THIRTY_360,
    DayCount.THIRTY_360_PSA,
    DayCount.THIRTY_U_360_EOM,
    DayCount.THIRTY_E_360,
    DayCount.THIRTY_E_360_ISDA,
    DayCount.THIRTY_E_PLUS_360,
    DayCount.THIRTY_365,
    DayCount.THIRTY_E_365,
]
REFERENCE = ReferenceRates(
    name="LPR 1Y",
    rates=[
        (date(2023, 6, 1), Rate.per_year("0.0355")),
        (date(2024, 1, 22), Rate.per_year("0.0345")),
        (date(2024, 2, 20), Rate.per_year("0.0335")),
    ],
    covered_until=date(2025, 1, 19),
)
RATES = [
    Rate.per_year("0.06"),
    Rate.per_year("0.2499"),
    Rate.per_year(4),
    Rate.per_year(0),
    Rate.per_month("0.012"),
    Rate.per_day("0.0005"),
]


def offset(number: int) -> date:
    return START + timedelta(days=number)


def number(day: date) -> int:
    return day_number(day, where="test", field="day")


rates = st.sampled_from(RATES)
dates = st.integers(0, LENGTH).map(offset)


@st.composite
def dated(draw, values):
    """A table that covers all days of the facts, in up to three rows."""
    days = sorted(draw(st.sets(st.integers(1, LENGTH), max_size=2)))
    return tuple((day, draw(values)) for day in [date(2023, 1, 1), *map(offset, days)])


factors = st.sampled_from(["1.3", "1.5", "2", "0"])


@st.composite
def ages(draw):
    days = sorted(draw(st.sets(st.integers(2, 60), max_size=2)))
    return RateByAge(tuple((day, draw(rates)) for day in [1, *days]))


rules = st.one_of(
    rates.map(FixedPenaltyRate),
    dated(rates).map(FixedPenaltyRate),
    factors.map(ContractMultiple),
    st.builds(ContractMultiple, dated(factors), misuse_factor=st.sampled_from(["1.4", "2"])),
    st.sampled_from(["0.01", "-0.01", "0"]).map(
        lambda margin: ReferencePlusMargin(REFERENCE, Rate.per_year(margin))
    ),
    ages(),
)

shares = st.sampled_from(
    [Proportion(0, 1), Proportion(1, 3), Proportion(1, 2), Proportion(1, 1), Proportion(3, 100)]
)
annual_caps = st.builds(
    AnnualCap,
    rate=rates | st.builds(ReferenceMultiple, st.just(REFERENCE), st.sampled_from(["4", "1"])),
    day_count=st.sampled_from([DayCount.ACT_365F, DayCount.THIRTY_E_360]),
)
absolute_caps = st.sampled_from([0, 1, 5, 500]).map(AbsoluteCap)
account_caps = st.one_of(absolute_caps, annual_caps)


@st.composite
def penalty_terms(
    draw,
    *,
    caps=True,
    bases=tuple(PenaltyBase),
    rates_by=rules,
    of_account=account_caps,
) -> PenaltyTerms:
    base = draw(st.sampled_from(bases))
    holds_interest = base in (PenaltyBase.OVERDUE_INSTALMENT, PenaltyBase.OVERDUE_AMOUNT)
    compoundings = [
        each for each in Compounding if not (holds_interest and each is Compounding.UNPAID_INTEREST)
    ]
    of_base = shares.map(ShareOfBase)
    has_base = base is not PenaltyBase.OUTSTANDING_PRINCIPAL
    every_cap = of_base | of_account if has_base else of_account
    return PenaltyTerms(
        rate=draw(rates_by),
        base=base,
        compounding=draw(st.sampled_from(compoundings)),
        day_count=draw(st.sampled_from(DAY_COUNTS)),
        grace_days=draw(st.sampled_from([0, 0, 1, 3, 15])),
        grace_kind=draw(st.sampled_from(list(PenaltyGrace))),
        posting=Posting.ON_DEMAND,
        caps=draw(st.lists(every_cap, max_size=2)) if caps else (),
        grain=draw(st.sampled_from(list(RoundingGrain))),
        rounding=draw(st.sampled_from(list(RoundingMode))),
    )


cents = st.sampled_from([0, 0, 1, 99, 10_000, 123_457, 10**9]) | st.integers(0, 10**6)
small = st.sampled_from([0, 0, 1, 5_000])
rows = st.tuples(cents, cents, small, small)


@st.composite
def debts(draw, place: int) -> DebtFacts:
    due = draw(st.integers(0, 80))
    days = sorted(draw(st.sets(st.integers(max(due - 3, 0), LENGTH), max_size=4)))
    nothing = st.just((0, 0, 0, 0))
    changes = tuple((offset(day), draw(rows | nothing)) for day in days)
    return DebtFacts(place, offset(due), draw(rows), changes)


@st.composite
def spans(draw, *more):
    """Up to two spans that may touch."""
    edges = sorted(draw(st.sets(st.integers(0, LENGTH), min_size=3, max_size=3)))
    pairs = draw(st.sampled_from([(), ((0, 1),), ((0, 1), (1, 2))]))
    return tuple(
        (offset(edges[a]), offset(edges[b]), *(draw(each) for each in more)) for a, b in pairs
    )


@st.composite
def facts_of(draw, terms: PenaltyTerms) -> Facts:
    count = draw(st.integers(0, 4))
    is_misuse = isinstance(terms.rate, ContractMultiple) and terms.rate.misuse_factor is not None
    days = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=3)))
    return Facts(
        debts=tuple(draw(debts(place)) for place in range(count)),
        outstanding=tuple((day, draw(cents)) for day in [offset(-30), *map(offset, days)]),
        contract_rates=draw(
            dated(st.sampled_from([Rate.per_year("0.06"), Rate.per_year("0.0435"), RATES[5]]))
        ),
        contract_date=date(2024, 1, 21),
        misused=draw(spans()) if is_misuse else (),
        waived=draw(spans(shares)),
        suspended=draw(spans()),
        charges=tuple(draw(st.lists(st.tuples(dates, st.integers(0, 10**5)), max_size=3))),
    )


@st.composite
def penalty_questions(draw, **options):
    """Terms, facts, and a day by which is asked."""
    terms = draw(penalty_terms(**options))
    return terms, draw(facts_of(terms)), offset(draw(st.integers(0, LENGTH + 10)))


def fresh(terms: PenaltyTerms, facts: Facts) -> PenaltyAccrual:
    """An accrual with the figures of the contract and none of the facts of its debts."""
    return PenaltyAccrual(
        terms,
        CNY,
        contract_rates=[(number(day), rate) for day, rate in facts.contract_rates],
        contract_day=number(facts.contract_date) if facts.contract_date else None,
        misused=[(number(start), number(end)) for start, end in facts.misused],
        waived=[(number(start), number(end), share) for start, end, share in facts.waived],
        suspended=[
            (number(start), NONE_DAY if end is None else number(end))
            for start, end in facts.suspended
        ],
    )


def events(facts: Facts) -> list[tuple[date, str, tuple]]:
    """Every fact with the day on which it is told, debts on their due date."""
    found: list[tuple[date, str, tuple]] = []
    for debt in facts.debts:
        told = min([debt.due, *(day for day, _ in debt.changes)])
        found.append(
            (told - timedelta(days=1), "open_debt", (debt.place, number(debt.due), debt.amounts))
        )
        found += [
            (day, "change", (debt.place, number(day), amounts)) for day, amounts in debt.changes
        ]
    found += [
        (day, "change_outstanding", (number(day), amount)) for day, amount in facts.outstanding
    ]
    found += [(day, "charge_all_in", (number(day), amount)) for day, amount in facts.charges]
    return sorted(found, key=lambda event: event[0])


def tell(accrual: PenaltyAccrual, told: list[tuple[date, str, tuple]]) -> PenaltyAccrual:
    for _, verb, arguments in told:
        getattr(accrual, verb)(*arguments)
    return accrual


def accrual_of(terms: PenaltyTerms, facts: Facts) -> PenaltyAccrual:
    return tell(fresh(terms, facts), events(facts))
