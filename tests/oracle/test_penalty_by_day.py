"""The oracle of penalty accrual: worked by hand where it can be, and independent."""

from __future__ import annotations

import ast
from datetime import date
from fractions import Fraction
from pathlib import Path

import attrs

from delinquency import Rate
from delinquency.penalty import FixedPenaltyRate, PenaltyGrace, RoundingGrain
from tests.oracle import penalty_by_day
from tests.oracle.penalty_by_day import DebtFacts, Facts, oracle_penalty, rounded
from tests.unit.penalty.test_worked_cases import CHINA

DUE = date(2025, 3, 1)
FACTS = Facts(
    debts=(DebtFacts(0, DUE, (10_000_000, 50_000, 0, 0)),),
    contract_rates=((date(2024, 1, 1), Rate.per_year("0.06")),),
)


def test_the_oracle_imports_nothing_of_the_library():
    tree = ast.parse(Path(penalty_by_day.__file__).read_text(encoding="utf-8"))
    imported = [
        name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in [getattr(node, "module", None), *(alias.name for alias in node.names)]
        if name
    ]
    assert imported
    assert not [name for name in imported if "delinquency" in name]


def test_thirty_days_of_one_and_a_half_times_six_per_cent():
    answer = oracle_penalty(CHINA, FACTS, date(2025, 3, 31))
    assert answer.accrued == {0: 75_375}
    assert [(line[1], line[-1]) for line in answer.lines] == [
        ("penalty", 75_000),
        ("compound", 375),
    ]


def test_a_payment_ends_a_segment_and_its_day_does_not_bear():
    paid = ((date(2025, 3, 11), (5_000_000, 50_000, 0, 0)),)
    facts = Facts(
        debts=(DebtFacts(0, DUE, FACTS.debts[0].amounts, paid),),
        contract_rates=FACTS.contract_rates,
    )
    answer = oracle_penalty(CHINA, facts, date(2025, 3, 31))
    assert answer.exact == {0: 25_000 + 25_000 + 375}
    assert [line[2:4] for line in answer.lines if line[1] == "penalty"] == [
        (date(2025, 3, 1), date(2025, 3, 11)),
        (date(2025, 3, 11), date(2025, 3, 31)),
    ]


def test_a_day_is_rounded_and_multiplied():
    terms = attrs.evolve(
        CHINA, rate=FixedPenaltyRate(Rate.per_year("0.36")), grain=RoundingGrain.DAY
    )
    facts = Facts(debts=(DebtFacts(0, DUE, (600, 0, 0, 0)),))
    answer = oracle_penalty(terms, facts, date(2025, 3, 11))
    assert (answer.accrued, answer.exact) == ({0: 10}, {0: 6})


def test_a_trigger_goes_back_to_the_due_date():
    terms = attrs.evolve(CHINA, grace_days=3, grace_kind=PenaltyGrace.TRIGGER_ONLY)
    assert oracle_penalty(terms, FACTS, date(2025, 3, 4)).exact == {0: 0}
    assert oracle_penalty(terms, FACTS, date(2025, 3, 5)).exact == {0: 4 * Fraction(5025, 2)}


def test_halves_are_rounded_as_the_modes_say():
    modes = ("half_up", "half_even", "half_down", "up", "down", "ceiling", "floor")
    assert [rounded(Fraction(5, 2), mode) for mode in modes] == [3, 2, 2, 3, 2, 3, 2]
    assert [rounded(Fraction(7, 2), mode) for mode in modes] == [4, 4, 3, 4, 3, 4, 3]
    assert [rounded(Fraction(2), mode) for mode in modes] == [2] * 7
