"""Plans: proposals for one account, and a plan for a book, each against the verb of one account.

Pricing every plan, or every account, by that verb would take from a minute to half an hour, so it prices a
sample; the ratio is that of the time a plan, or an account. Its answers are compared with those of the loops.
"""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from measuring import heading, medians

import delinquency as dq
from delinquency.portfolio import (
    ContractRateColumns,
    PaymentColumns,
    Portfolio,
    TermColumns,
    TextColumn,
    repayment_schedules,
    restructure,
)
from delinquency.proposals import (
    Affordability,
    LenderOffer,
    PlanLimits,
    propose_for_book,
    propose_plans,
)
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    Forgiveness,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    RestructuringPlan,
    TermExtension,
)

CNY = dq.Currency.of("CNY")
DAY = date(2025, 6, 15)
BEGAN = date(2024, 6, 14)
RATE = "0.12"
POLICY = dq.rulebook.load("cn-loan")
SAMPLE = 150
ROUNDS = 3


def measure(accounts: int) -> None:
    measure_proposals(most=24 if accounts < 50_000 else 120)
    measure_book(accounts)
    measure_best(max(200, accounts // 100))


def day_number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def one_account() -> dq.Account:
    terms = dq.RepaymentTerms(
        currency=CNY,
        principal=Decimal("120000.00"),
        annual_rate=dq.Rate.per_year(RATE),
        first_due_date=date(2024, 7, 14),
        instalment_count=36,
        method=dq.AmortisationMethod.ANNUITY,
    )
    schedule = dq.repayment_schedule(terms)
    return dq.Account(
        account_id="A-1",
        originated_on=BEGAN,
        schedule=schedule,
        payments=[dq.Payment(row.due_date, row.total) for row in list(schedule)[:7]],
        contract_rates=[dq.DatedRate(BEGAN, dq.Rate.per_year(RATE))],
    )


def measure_proposals(most: int) -> None:
    offer = LenderOffer(
        term_extensions=range(1, most + 1),
        payment_holidays=(3, 6),
        rates=[dq.Rate.per_year(rate) for rate in ("0.06", "0.09")],
        deferred_shares=[dq.Proportion(1, 5), dq.Proportion(2, 5)],
        waived_shares=[dq.Proportion(1, 1)],
    )
    account = one_account()
    asked: dict[str, Any] = {
        "as_of": DAY,
        "policy": POLICY,
        "affordability": Affordability.of(2600),
        "offer": offer,
        "bounds": PlanLimits(most_instalments=60),
        "day_count": dq.DayCount.ACT_365F,
    }
    found = propose_plans(account, **asked)
    sample = random.Random(1).sample(range(found.priced), SAMPLE)
    plans = [found_plan(offer, place) for place in sample]
    heading(
        f"Proposals for one account: {found.priced:,} plans of six kinds of measures over "
        f"{most} terms, all priced; {found.fitting:,} fit, {len(found)} are proposed"
    )
    for proposal in found.plans[:: max(1, len(found) // 20)]:
        assert proposal.restructure().present_value_loss == proposal.present_value_loss

    def by_account() -> None:
        for plan in plans:
            dq.restructure(account, plan, as_of=DAY, policy=POLICY)

    jobs = {"proposals": lambda: propose_plans(account, **asked), "by account": by_account}
    times = medians(jobs, rounds=ROUNDS)
    tell(times["proposals"], found.priced, times["by account"], SAMPLE, "plan")


def found_plan(offer: LenderOffer, place: int) -> RestructuringPlan:
    """The plan of a place of the space, so that the sample is of the very same plans."""
    chosen = np.unravel_index(place, tuple(len(kind) for kind in offer.choices))
    measures = [
        measure
        for kind, number in zip(offer.choices, chosen, strict=True)
        for measure in kind[int(number)]
    ]
    return RestructuringPlan(measures=measures, effective_on=DAY, day_count=dq.DayCount.ACT_365F)


def book_of(accounts: int) -> Portfolio:
    """Loans of 24 to 60 instalments, of which the first ones were paid when due."""
    rng = np.random.default_rng(1)
    rates = rng.choice([4_350_000, 12_000_000, 15_500_000, 24_000_000], accounts)
    terms = TermColumns(
        currency=CNY,
        principal=rng.integers(1_000_000, 50_000_000, accounts),
        annual_rate=rates,
        first_due_date=(day_number(date(2024, 7, 1)) + rng.integers(0, 180, accounts)).astype(
            np.int32
        ),
        instalment_count=rng.integers(24, 61, accounts).astype(np.int32),
        method=np.zeros(accounts, dtype=np.int8),
    )
    schedules = repayment_schedules(terms)
    starts = schedules.offsets[:-1]
    due = schedules.due_date
    total = schedules.principal + schedules.interest
    paid = rng.integers(0, 5, accounts)
    offsets = np.concatenate([[0], np.cumsum(paid)])
    rows = np.repeat(starts - offsets[:-1], paid) + np.arange(int(offsets[-1]))
    return Portfolio(
        currency=CNY,
        account_id=TextColumn.of(f"A-{number}" for number in range(accounts)),
        originated_on=np.full(accounts, day_number(date(2024, 6, 1)), dtype=np.int32),
        instalments=schedules,
        payments=PaymentColumns(
            offsets=offsets, value_date=due[rows].copy(), amount=total[rows].copy()
        ),
        contract_rates=ContractRateColumns(
            offsets=np.arange(accounts + 1, dtype=np.int64),
            effective_on=np.full(accounts, day_number(date(2024, 6, 1)), dtype=np.int32),
            rate=rates,
        ),
    )


PLAN = RestructuringPlan(
    measures=[
        ArrearsWaiver(),
        Capitalisation((dq.Component.INTEREST,)),
        ArrearsSpread(),
        Forgiveness(dq.Component.PRINCIPAL, share=dq.Proportion(1, 20)),
        RateReduction(dq.Rate.per_year("0.04")),
        PrincipalDeferral(share=dq.Proportion(1, 10)),
        TermExtension(12),
        PaymentHoliday(3),
    ],
    effective_on=DAY,
    day_count=dq.DayCount.ACT_365F,
)


def measure_book(accounts: int) -> None:
    book = book_of(accounts)
    done = restructure(book, PLAN, as_of=DAY, policy=POLICY)
    heading(f"A plan of eight measures for {accounts:,} accounts, {int(done.is_put.sum()):,} put")
    sample = random.Random(2).sample(range(accounts), SAMPLE)
    loans = [book.account(row) for row in sample]
    for row, loan in zip(sample, loans, strict=True):
        one = dq.restructure(loan, PLAN, as_of=DAY, policy=POLICY)
        minor = int(one.present_value_loss.scaleb(2))
        assert done.present_value_loss[row] == minor

    def by_account() -> None:
        for loan in loans:
            dq.restructure(loan, PLAN, as_of=DAY, policy=POLICY)

    jobs = {
        "a plan for the book": lambda: restructure(book, PLAN, as_of=DAY, policy=POLICY),
        "with the book after it": lambda: restructure(book, PLAN, as_of=DAY, policy=POLICY).after(),
        "by account": by_account,
    }
    times = medians(jobs, rounds=ROUNDS)
    for name in ("a plan for the book", "with the book after it"):
        print(name)
        tell(times[name], accounts, times["by account"], SAMPLE, "account")


def measure_best(accounts: int) -> None:
    book = book_of(accounts)
    offer = LenderOffer(
        term_extensions=range(1, 61),
        payment_holidays=(3, 6),
        waived_shares=[dq.Proportion(1, 1)],
    )
    asked: dict[str, Any] = {
        "as_of": DAY,
        "policy": POLICY,
        "affordable": np.maximum(1, book.instalments.principal[book.instalments.offsets[:-1]]),
        "offer": offer,
        "day_count": dq.DayCount.ACT_365F,
    }
    found = propose_for_book(book, **asked)
    heading(
        f"The best of {found.priced:,} plans for {accounts:,} accounts, "
        f"{int((found.chosen >= 0).sum()):,} have one"
    )
    times = medians({"best": lambda: propose_for_book(book, **asked)}, rounds=ROUNDS)
    print(f"{times['best'] / accounts / found.priced * 1e6:,.2f} us a plan")


def tell(ours: float, size: int, theirs: float, sample: int, noun: str) -> None:
    """What ours takes for all of them, and theirs for a sample, as a ratio a piece."""
    each, other = ours / size, theirs / sample
    print(
        f"{ours:,.2f} s for all, {each * 1e6:,.1f} us a {noun}; by account {other * 1e3:,.2f} ms a "
        f"{noun}: {other / each:,.0f} x"
    )


if __name__ == "__main__":
    import sys

    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
