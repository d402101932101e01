"""The oracles of fees, judgments and several debts: worked out by hand, and independent."""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import delinquency as dq
from delinquency.judgment import JudgmentDebt, judgment_rules
from delinquency.late_fees import EveryMonths, FeeBase, FeeFacts, LateFeeTerms, ShareFee
from delinquency.rounding import Proportion
from delinquency.several_debts import Debt
from tests.oracle import debts_in_turn, exact_rounding, judgment_day_by_day, late_fees_by_hand

CNY = dq.Currency.of("CNY")


@pytest.mark.parametrize(
    "module", [debts_in_turn, exact_rounding, judgment_day_by_day, late_fees_by_hand]
)
def test_an_oracle_imports_nothing_of_the_library(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    imported = [
        name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in [getattr(node, "module", None), *(alias.name for alias in node.names)]
        if name
    ]
    assert imported
    assert not [name for name in imported if "delinquency" in name]


@pytest.mark.parametrize(
    ("mode", "whole"),
    [
        ("half_up", (3, -3)),
        ("half_even", (2, -2)),
        ("half_down", (2, -2)),
        ("up", (3, -3)),
        ("down", (2, -2)),
        ("ceiling", (3, -2)),
        ("floor", (2, -3)),
    ],
)
def test_two_and_a_half_is_rounded_by_the_words_of_the_mode(mode, whole):
    half = Fraction(5, 2)
    assert (exact_rounding.rounded(half, mode), exact_rounding.rounded(-half, mode)) == whole
    assert exact_rounding.rounded(Fraction(7), mode) == 7


def test_200_days_of_100000_are_3500():
    debt = JudgmentDebt(awarded=100_000, perform_by=date(2024, 3, 1), currency=CNY)
    answer = judgment_day_by_day.live_through(
        debt, as_of=date(2024, 9, 17), rules=judgment_rules("cn-delayed-performance")
    )
    assert answer.open == {"awarded": 10_000_000, "general_interest": 0, "doubled_part": 350_000}
    assert answer.late_days == {Fraction(10_000_000): 200}


def test_a_fee_of_the_31st_is_of_the_28th_in_february():
    terms = LateFeeTerms(
        name="late",
        amount=ShareFee(Proportion(1, 2), FeeBase.OVERDUE_AMOUNT),
        recurrence=EveryMonths(),
    )
    assert late_fees_by_hand.fee_days(terms, date(2025, 1, 30), date(2025, 4, 1)) == [
        date(2025, 1, 31),
        date(2025, 2, 28),
        date(2025, 3, 31),
    ]
    assert late_fees_by_hand.fee_of(terms, FeeFacts(day=0, open_amounts=(1, 2, 3, 5))) == 6


def test_the_bare_debt_before_the_secured_one_and_the_rest_in_proportion():
    day = date(2025, 3, 1)
    debts = [
        Debt(debt_id=name, amount=amount, due_date=day, secured=secured)
        for name, amount, secured in [("A", 3, 1), ("B", Decimal("0.05"), 0), ("C", 1, 1)]
    ]
    got = debts_in_turn.settle_in_turn(debts, 105, value_date=day, unit=100)
    assert got == {"A": 75, "B": 5, "C": 25}
