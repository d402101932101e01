"""Accounts and policies that charge penalty and late fees, built so that every fact meets every term.

Everything is made by construction, nothing is filtered away, so that every draw is an example.
"""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

import delinquency as dq
from delinquency.late_fees import Once
from delinquency.penalty import Compounding, ContractMultiple, FixedPenaltyRate, Posting
from tests.late_fee_strategies import fee_terms, recurrences
from tests.penalty_strategies import (
    absolute_caps,
    ages,
    dated,
    factors,
    penalty_terms,
    rates,
)
from tests.strategies_internal import CNY, accounts, closes, days, policies

WORSE = st.sampled_from(["1.4", "2"])
RULES = st.one_of(
    rates.map(FixedPenaltyRate),
    dated(rates).map(FixedPenaltyRate),
    factors.map(ContractMultiple),
    st.builds(ContractMultiple, dated(factors), misuse_factor=WORSE),
    ages(),
)
"""Rules that cover every day; published rates end somewhere."""
CONTRACT_RATES = st.sampled_from(
    [dq.Rate.per_year("0.06"), dq.Rate.per_year("0.0435"), dq.Rate.per_month("0.01")]
)
PLACES = (dq.PenaltyPlace.ON_DEMAND, dq.PenaltyPlace.POSTED, dq.PenaltyPlace.OUTSIDE)


@st.composite
def terms_at(draw, place: dq.PenaltyPlace):
    """Terms of penalty that fit their place in the order of payment."""
    terms = draw(penalty_terms(rates_by=RULES, of_account=absolute_caps))
    if place is not dq.PenaltyPlace.POSTED:
        if terms.compounding is Compounding.ON_POSTING:
            return attrs.evolve(terms, compounding=Compounding.NONE)
        return terms
    if draw(st.booleans()):
        return attrs.evolve(terms, posting=Posting.ON_DUE_DATES)
    day = draw(st.sampled_from((1, 15, 31)))
    return attrs.evolve(terms, posting=Posting.ON_STATEMENT, statement_day=day)


@st.composite
def ledger_fees(draw, number: int):
    """Late fees of any amount, recurrence, due date and component."""
    terms = draw(fee_terms(currency=CNY, name=f"fee-{number}"))
    due = draw(st.sampled_from(({}, {"due_in_days": 10}, {"due_with_instalment": True})))
    recurrence = Once() if terms.once_per_instalment else draw(recurrences)
    part = draw(st.sampled_from((dq.Component.FEES, dq.Component.PENALTY)))
    return attrs.evolve(terms, recurrence=recurrence, component=part, **due)


@st.composite
def charging_policies(draw, *, place: dq.PenaltyPlace | None = None, **choices):
    """Policies of every choice that charge penalty, and up to two late fees."""
    place = draw(st.sampled_from(PLACES)) if place is None else place
    policy = draw(policies(choices=True, **choices))
    return attrs.evolve(
        policy,
        penalty=draw(terms_at(place)),
        penalty_in_waterfall=place,
        late_fees=[draw(ledger_fees(number)) for number in range(draw(st.integers(0, 2)))],
    )


@st.composite
def spans(draw, account: dq.Account, *, plain: bool, misuse: bool):
    """Waivers of accrual and misuses of funds, some known late, the last of them open."""
    made = []
    for kind in (dq.PenaltyWaiver, dq.FundsMisuse)[: 1 + misuse]:
        start = account.originated_on + days(draw(st.integers(0, 200)))
        for _ in range(draw(st.integers(0, 2))):
            end = draw(st.none() | st.integers(1, 60).map(lambda n, start=start: start + days(n)))
            late = not plain and draw(st.booleans())
            recorded = start + days(draw(st.integers(0, 30))) if late else None
            share = draw(st.sampled_from((dq.Proportion(1, 1), dq.Proportion(3, 7))))
            more = {"share": share} if kind is dq.PenaltyWaiver else {}
            made.append(kind(start, end, recorded_on=recorded, **more))
            if end is None:
                break
            start = end + days(draw(st.sampled_from((0, 20))))
    return tuple(made)


@st.composite
def charging_questions(draw, *, policy=None, **account_fields):
    """An account with contract rates and spans, a close to ask about, and a policy that charges."""
    chosen = draw(charging_policies() if policy is None else policy)
    account = draw(accounts(**account_fields))
    rule = chosen.penalty.rate
    misuse = isinstance(rule, ContractMultiple) and rule.misuse_factor is not None
    plain = account_fields.get("plain", False)
    later = draw(st.sets(st.integers(1, 300), max_size=2))
    account = attrs.evolve(
        account,
        events=(*account.events, *draw(spans(account, plain=plain, misuse=misuse))),
        contract_rates=[
            dq.DatedRate(account.originated_on + days(number), draw(CONTRACT_RATES))
            for number in sorted({0, *later})
        ],
    )
    as_of = min(draw(closes(account)), account.originated_on + days(400))
    return account, as_of, chosen
