"""Terms of late fees and the facts of their days, built so that edges meet.

Everything is made by construction, nothing is filtered away, so that every draw is an example.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

import delinquency as dq
from delinquency.late_fees import (
    AmountByBand,
    Band,
    BandFee,
    EveryDays,
    EveryMonths,
    FeeBase,
    FeeFacts,
    FeeRow,
    FeeTable,
    FlatFee,
    LateFeeTerms,
    Once,
    SafeHarbourFee,
    ShareFee,
)
from delinquency.rounding import Proportion

USD = dq.Currency.of("USD")

minors = st.integers(0, 10_000)
modes = st.sampled_from(list(dq.RoundingMode))
recurrences = (
    st.just(Once()) | st.integers(1, 40).map(EveryDays) | st.integers(1, 4).map(EveryMonths)
)


def money(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)


@st.composite
def share_fees(draw):
    share = Proportion(draw(st.integers(1, 300)), draw(st.integers(1, 300)))
    return ShareFee(share, draw(st.sampled_from(list(FeeBase))))


@st.composite
def band_fees(draw, currency):
    starts = sorted(draw(st.sets(minors, min_size=1, max_size=4)))
    bands = [Band(money(start), money(draw(minors))) for start in starts]
    table = AmountByBand(name="drawn", currency=currency, bands=bands)
    return BandFee(table, draw(st.sampled_from(list(FeeBase))))


@st.composite
def safe_harbours(draw, currency):
    later = sorted(draw(st.sets(st.integers(1, 400), max_size=3)))
    rows = [
        FeeRow(date(1970, 1, 1) + timedelta(count), money(draw(minors)), money(draw(minors)))
        for count in (0, *later)
    ]
    window = draw(st.integers(0, 8))
    table = FeeTable(name="drawn", currency=currency, rows=rows, repeat_window=window)
    return SafeHarbourFee(table)


def amounts_of_fees(currency):
    return st.one_of(
        st.integers(1, 10_000).map(lambda minor: FlatFee(money(minor))),
        share_fees(),
        band_fees(currency),
        safe_harbours(currency),
    )


@st.composite
def fee_terms(draw, *, currency: dq.Currency = USD, name: str = "drawn"):
    """Terms that charge once; of a currency of two decimals."""
    least = draw(minors)
    most = draw(st.none() | share_fees() | st.integers(least, 20_000).map(money))
    return LateFeeTerms(
        name=name,
        amount=draw(amounts_of_fees(currency)),
        currency=currency,
        minimum=money(least),
        maximum=most,
        rounding=draw(modes),
        wait_days=draw(st.integers(0, 20)),
        cap_by_minimum=draw(st.booleans()),
        ignores_unpaid_fees=draw(st.booleans()),
        once_per_instalment=draw(st.booleans()),
    )


@st.composite
def fee_facts(draw):
    cycle = draw(st.integers(0, 20))
    return FeeFacts(
        day=draw(st.integers(0, 800)),
        open_amounts=[draw(st.just(0) | minors) for _ in range(4)],
        contractual_amount=draw(minors),
        required_minimum=draw(minors),
        unpaid_minimum=draw(minors),
        outstanding_principal=draw(minors),
        cycle=cycle,
        fee_cycles=draw(st.lists(st.integers(0, cycle), max_size=3)),
        fees_charged=draw(st.integers(0, 1)),
        open_late_fees=draw(st.just(0) | minors),
        taken_by_late_fees=draw(st.just(0) | minors),
    )
