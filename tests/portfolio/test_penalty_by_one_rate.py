"""Money that keeps step with its instalments, and falls out of it: a book equals the account on every row."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)
from delinquency.portfolio import Engine, Portfolio, penalty_interest
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from delinquency.rounding import RoundingMode

CNY = dq.Currency.of("CNY")
ORIGIN = date(2023, 12, 31)
AS_OF = date(2025, 3, 31)
ENGINES = [Engine.COMPILED, Engine.INTERPRETED] if HAS_COMPILER else [Engine.INTERPRETED]


def draw_account(rng: random.Random, number: int) -> dq.Account:
    """Direct debit on due dates, of which some bounce, come late, ahead, short, doubled, or no more."""
    day = ORIGIN + timedelta(rng.randrange(1, 60))
    level = rng.choice((rng.randrange(1, 90), rng.randrange(1_000, 90_000)))
    trouble = rng.choice((0, 0, 1, 3, 6))
    rows: list[dq.Instalment] = []
    payments: list[dq.Payment] = []
    stops = rng.choice((99, 99, rng.randrange(1, 20)))
    for place in range(rng.randint(1, 20)):
        parts = [level, rng.randrange(0, 900), rng.choice((0, 0, 50))]
        rows.append(dq.Instalment(day, *(Decimal(part).scaleb(-2) for part in parts)))
        paid_on, amount, reversed_on = day, sum(parts), None
        if rng.randrange(20) < trouble:
            match rng.randrange(5):
                case 0:
                    reversed_on = day + timedelta(rng.randrange(0, 40))
                case 1:
                    paid_on = day + timedelta(rng.randrange(1, 70))
                case 2:
                    paid_on = max(ORIGIN, day - timedelta(rng.randrange(1, 40)))
                case 3:
                    amount = rng.randrange(1, amount + 1)
                case _:
                    amount += rng.randrange(1, 2 * amount + 1)
        if place < stops:
            payments.append(
                dq.Payment(paid_on, Decimal(amount).scaleb(-2), reversed_on=reversed_on)
            )
        day += timedelta(rng.choice((28, 30, 31)))
    return dq.Account(
        account_id=f"A-{number}",
        originated_on=ORIGIN,
        schedule=dq.Schedule(CNY, rows),
        payments=sorted(payments, key=lambda payment: payment.value_date),
    )


@pytest.fixture(scope="module")
def accounts() -> list[dq.Account]:
    rng = random.Random(20_250_331)
    return [draw_account(rng, number) for number in range(120)]


@pytest.mark.parametrize("grace", [0, 4])
@pytest.mark.parametrize("grain", [RoundingGrain.INSTALMENT, RoundingGrain.ACCOUNT])
@pytest.mark.parametrize(
    "base",
    [PenaltyBase.OVERDUE_PRINCIPAL, PenaltyBase.OVERDUE_INSTALMENT, PenaltyBase.OVERDUE_AMOUNT],
)
def test_a_book_by_direct_debit_equals_the_account_on_every_row(
    accounts: list[dq.Account], base: PenaltyBase, grain: RoundingGrain, grace: int
) -> None:
    terms = PenaltyTerms(
        rate=FixedPenaltyRate(dq.Rate.per_year("0.18")),
        base=base,
        compounding=Compounding.NONE,
        day_count=dq.DayCount.ACT_360,
        grace_days=grace,
        grace_kind=PenaltyGrace.NEVER_CHARGED if grace else None,
        posting=Posting.ON_DUE_DATES,
        grain=grain,
        rounding=RoundingMode.HALF_EVEN if grace else RoundingMode.HALF_UP,
    )
    policy = attrs.evolve(
        dq.rulebook.load("founding-report").versions[0],
        penalty=terms,
        penalty_in_waterfall=dq.PenaltyPlace.OUTSIDE,
        allocation=dq.AllocationOrder.oldest_first("fees", "penalty", "interest", "principal"),
    )
    alone = [
        int(dq.penalty_interest(account, as_of=AS_OF, policy=policy).accrued * 100)
        for account in accounts
    ]
    assert 20 < sum(map(bool, alone)) < 110
    book = Portfolio.from_accounts(accounts)
    for engine in ENGINES:
        told = penalty_interest(book, as_of=AS_OF, policy=policy, engine=engine)
        assert told.penalty.tolist() == alone
