"""Schedules of many loans: proofs of payments, bounds, engines, and what is refused."""

from __future__ import annotations

import pickle
import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.amortisation.factors import Factors
from delinquency.amortisation.level_payments import solve_payment
from delinquency.portfolio import (
    Engine,
    TermColumns,
    TextColumn,
    amortisation_tables,
    repayment_schedules,
)
from delinquency.portfolio.columns import PaymentColumns
from delinquency.portfolio.kernels.compiler import HAS_COMPILER, uncompiled
from delinquency.portfolio.kernels.level_payments import candidate
from delinquency.portfolio.kernels.whole_products import MOST_PRODUCT, rounded_product
from tests.equivalence.terms import Rows, rows_of

CNY = dq.Currency.of("CNY")
MODES = list(dq.RoundingMode)
METHODS = list(dq.AmortisationMethod)
ENGINES = [Engine.INTERPRETED, *([Engine.COMPILED] if HAS_COMPILER else [])]
LOAN = dq.RepaymentTerms(
    currency=CNY,
    principal=Decimal("200000.00"),
    annual_rate=dq.Rate.per_year("0.0435"),
    first_due_date=date(2025, 1, 31),
    instalment_count=24,
    method=dq.AmortisationMethod.ANNUITY,
)


def minor(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


def told_rows(told: Any, row: int) -> Rows:
    table = told.instalments
    span = slice(table.offsets[row], table.offsets[row + 1])
    columns = (table.due_date, table.principal, table.interest, table.fees, told.closing_balance)
    return list(zip(*(column[span].tolist() for column in columns), strict=True))


def assert_equal_alone(terms: list[dq.RepaymentTerms], engine: Engine) -> Any:
    told = amortisation_tables(TermColumns.from_terms(terms), engine=engine)
    for row, each in enumerate(terms):
        assert told_rows(told, row) == rows_of(each), each
    return told


# Proofs.


@pytest.mark.parametrize("seed", range(40))
def test_the_candidate_of_a_payment_is_within_its_bound(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(25):
        count = rng.choice((1, 2, 7, 12, 36, 360, 511, 1200))
        principal = rng.choice((1, rng.randint(1, 10**9), 10**15))
        balloon = rng.choice((0, rng.randint(0, principal), principal))
        numerator = rng.choice((1, -1, rng.randint(-(10**8), 4 * 10**8), 4 * 10**8))
        denominator = rng.choice((10**8, 4 * 10**8, 12 * 10**8, 52 * 10**8, 365 * 10**8))
        value, bound = uncompiled(candidate)(principal, balloon, numerator, denominator, count)
        if bound == float("inf") or numerator == 0:
            continue
        exact = Fraction(
            *solve_payment(principal, balloon, Factors([numerator] * count, denominator))
        )
        assert abs(Fraction(value) - exact) <= Fraction(bound)


@pytest.mark.parametrize(
    "numerator", [-(10**8), 4 * 10**8], ids=["growth of 0", "powers beyond the floats"]
)
def test_a_rate_that_floats_cannot_follow_has_no_bound(numerator: int) -> None:
    assert uncompiled(candidate)(100, 0, numerator, 10**8, 1200)[1] == float("inf")


def test_the_bound_of_an_ordinary_payment_is_far_below_a_cent() -> None:
    value, bound = uncompiled(candidate)(200_000_00, 0, 5_000_000, 12 * 10**8, 360)
    assert round(value) == 1_073_64
    assert bound < 1e-7


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("mode", MODES)
def test_a_payment_on_the_turn_of_its_rounding_is_solved_exactly(
    engine: Engine, mode: dq.RoundingMode
) -> None:
    # 120.00 at 100 % a year, once: 240.00, a whole number, on which the directed modes turn.
    yearly = attrs.evolve(
        LOAN,
        principal=Decimal("120.00"),
        annual_rate=dq.Rate.per_year(1),
        frequency=dq.Frequency.YEARLY,
        instalment_count=1,
        level_payment=dq.LevelPayment(rounding=mode),
    )
    # 1.00 at 50 % a year, once: 1.50 of a multiple of 1.00, on which the halves turn.
    half = attrs.evolve(
        yearly,
        principal=Decimal("1.00"),
        annual_rate=dq.Rate.per_year("0.5"),
        level_payment=dq.LevelPayment(rounding=mode, multiple=1),
    )
    told = assert_equal_alone([yearly, half, LOAN], engine)
    turns_at_halves = mode.name.startswith("HALF")
    assert told.solved_exactly.tolist() == [1 if turns_at_halves else 0]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("mode", MODES)
def test_a_product_that_leaves_64_bits_is_rounded_like_one_that_does_not(
    engine: Engine, mode: dq.RoundingMode
) -> None:
    rng = random.Random(mode.code)
    function = uncompiled(rounded_product)
    for _ in range(2_000):
        denominator = rng.choice((2, 12 * 10**8, 365 * 10**8, 133_590 * 10**8))
        balance = rng.choice((0, 1, rng.randint(0, 10**6), rng.randint(0, 10**15), 10**15))
        numerator = rng.choice((1, -1, 3)) * rng.choice(
            (denominator // 2, rng.randint(0, 400 * denominator), 400 * denominator, 1)
        )
        exact = dq.rounding.divide(balance * numerator, denominator, mode)
        for most in (0, MOST_PRODUCT // max(1, balance)):
            assert function(balance, numerator, denominator, most, mode.code) == exact


# Bounds.


def at_the_bounds() -> list[dq.RepaymentTerms]:
    """The greatest and the least of everything, in every method, modes taking turns."""
    choices = product(
        (1, 2, 10**13, 10**15 - 10**6),
        ("0", "0.00000001", "0.0435", "4", "-0.01", "-4"),
        (1, 2, 1200),
        METHODS,
    )
    drawn = [
        attrs.evolve(
            LOAN,
            principal=minor(principal),
            annual_rate=dq.Rate.per_year(rate),
            instalment_count=count,
            method=method,
            rounding=MODES[number % len(MODES)],
        )
        for number, (principal, rate, count, method) in enumerate(choices)
    ]
    return [terms for terms in drawn if rows_of(terms) is not None]


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_at_the_bounds_equal_the_loan_alone(engine: Engine) -> None:
    terms = at_the_bounds()
    assert len(terms) > 200
    # Uncompiled, whole numbers would not leave 64 bits; compiled, they would.
    chosen = terms if engine is Engine.COMPILED else terms[::4]
    told = assert_equal_alone(chosen, engine)
    assert len(told.solved_exactly)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_largest_principal_is_repaid_and_one_cent_of_interest_is_too_much(
    engine: Engine,
) -> None:
    largest = attrs.evolve(LOAN, principal=minor(10**15), annual_rate=dq.Rate.per_year(0))
    assert_equal_alone([largest], engine)
    more = attrs.evolve(largest, annual_rate=dq.Rate.per_year("0.00000001"))
    with pytest.raises(
        dq.PortfolioError, match="terms, row 1: expected amounts that sum to"
    ) as told:
        amortisation_tables(TermColumns.from_terms([largest, more]), engine=engine)
    assert told.value.reason == "no_schedule"
    assert told.value.rows == (1,)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("mode", MODES)
def test_interest_on_a_tie_and_beside_it_is_rounded_like_the_loan_alone(
    engine: Engine, mode: dq.RoundingMode
) -> None:
    # A month at 6 % is 1/200: an interest of 0.5, 1.5, ... cents on every odd 1.00, and a cent beside it.
    loan = attrs.evolve(
        LOAN,
        annual_rate=dq.Rate.per_year("0.06"),
        method=dq.AmortisationMethod.INTEREST_ONLY,
        rounding=mode,
        instalment_count=2,
    )
    amounts = [100 * odd + beside for odd in (1, 3, 5, 7, 10**7 + 1) for beside in (-1, 0, 1)]
    assert_equal_alone([attrs.evolve(loan, principal=minor(each)) for each in amounts], engine)


# What is refused.


@pytest.mark.parametrize("engine", ENGINES)
def test_all_loans_without_a_schedule_are_named_and_the_first_is_explained(engine: Engine) -> None:
    too_small = attrs.evolve(LOAN, level_payment=dq.LevelPayment(amount=Decimal("700.00")))
    by_days = attrs.evolve(
        too_small, interest_basis=dq.ByDays(dq.DayCount.ACT_360), instalment_count=2
    )
    terms = TermColumns.from_terms([LOAN, too_small, LOAN, by_days])
    with pytest.raises(dq.PortfolioError) as told:
        repayment_schedules(terms, engine=engine)
    assert str(told.value) == (
        "terms, 2 rows: 1, 3: expected a payment of at least the interest, 725.00, found 700.00. "
        "Hint: may_capitalise=True lets the rest become principal."
    )


@pytest.mark.parametrize("method", [METHODS[2], METHODS[3], METHODS[4]], ids=lambda each: each.name)
def test_interest_below_zero_that_eats_a_principal_is_refused(
    method: dq.AmortisationMethod,
) -> None:
    terms = attrs.evolve(
        LOAN,
        method=method,
        annual_rate=dq.Rate.per_year("-4"),
        instalment_count=12,
    )
    assert rows_of(terms) is None
    for engine in ENGINES:
        with pytest.raises(dq.PortfolioError, match="terms, row 0"):
            repayment_schedules(TermColumns.from_terms([terms]), engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("method", METHODS, ids=lambda each: each.name)
@pytest.mark.parametrize("basis", [dq.NominalPeriods(), dq.ByDays(dq.DayCount.ACT_360)], ids=repr)
def test_a_rate_that_takes_the_whole_balance_in_a_period_is_refused(
    engine: Engine, method: dq.AmortisationMethod, basis: dq.InterestBasis
) -> None:
    loan = attrs.evolve(
        LOAN,
        annual_rate=dq.Rate.per_year(-2),
        frequency=dq.Frequency.YEARLY,
        interest_basis=basis,
        method=method,
    )
    if method is dq.AmortisationMethod.ANNUITY:
        loan = attrs.evolve(loan, level_payment=dq.LevelPayment(basis=dq.NominalPeriods()))
    with pytest.raises(dq.PortfolioError, match="terms, row 1: expected a rate above -100 %"):
        repayment_schedules(TermColumns.from_terms([LOAN, loan]), engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_period_solved_beyond_minus_100_percent_but_borne_above_it_has_rows(
    engine: Engine,
) -> None:
    # A year at -100 % leaves nothing; 365 days over 365.25 leave a little of it.
    loan = attrs.evolve(
        LOAN,
        annual_rate=dq.Rate.per_year(-1),
        frequency=dq.Frequency.YEARLY,
        instalment_count=2,
        first_due_date=date(2026, 1, 31),
        interest_basis=dq.ByDays(dq.DayCount.ACT_365_25),
        level_payment=dq.LevelPayment(basis=dq.NominalPeriods()),
    )
    told = assert_equal_alone([loan], engine)
    assert told.solved_exactly.tolist() == [0]
    assert told.instalments.principal.tolist() == [0, 9]


def test_terms_that_are_no_columns_are_refused() -> None:
    for verb in (amortisation_tables, repayment_schedules):
        with pytest.raises(dq.InvalidTypeError, match="from_terms"):
            verb([LOAN])
        with pytest.raises(dq.InvalidTypeError, match="threads"):
            verb(TermColumns.from_terms([LOAN]), threads=0)
        with pytest.raises(dq.InvalidTypeError, match="engine"):
            verb(TermColumns.from_terms([LOAN]), engine="compiled")


# The answer.


def test_threads_and_engines_give_the_same_columns() -> None:
    terms = TermColumns.from_terms(
        attrs.evolve(LOAN, principal=minor(10**6 + 37 * number), instalment_count=1 + number % 40)
        for number in range(1_300)
    )
    answers = [
        repayment_schedules(terms, engine=engine, threads=threads)
        for engine, threads in ((None, 1), (None, 3), (Engine.INTERPRETED, None))
    ]
    for name in ("offsets", "due_date", "principal", "interest", "fees"):
        first, *others = (getattr(answer, name) for answer in answers)
        assert all(np.array_equal(first, other) for other in others)


def test_an_answer_is_read_only_and_survives_a_pickle() -> None:
    told = amortisation_tables(TermColumns.from_terms([LOAN]))
    assert repr(told) == "PortfolioAmortisation(1 loans, 24 instalments, CNY)"
    again = pickle.loads(pickle.dumps(told))
    assert len(again) == 1
    assert told_rows(again, 0) == told_rows(told, 0)
    for each in (told, again):
        with pytest.raises(ValueError, match="read-only"):
            each.instalments.principal[0] = 1


def test_schedules_become_a_book() -> None:
    terms = TermColumns.from_terms([LOAN, attrs.evolve(LOAN, instalment_count=3)])
    book = dq.portfolio.Portfolio(
        currency=CNY,
        account_id=TextColumn.of(["A", "B"]),
        originated_on=np.full(2, 20_000, dtype=np.int32),
        instalments=repayment_schedules(terms),
        payments=PaymentColumns(
            offsets=np.zeros(3, dtype=np.int64),
            value_date=np.empty(0, dtype=np.int32),
            amount=np.empty(0, dtype=np.int64),
        ),
    )
    assert book.account(1).schedule == dq.repayment_schedule(terms.terms(1))
