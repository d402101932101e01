"""The arithmetic of late fees, leaf by leaf: what a compiled loop will call."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from delinquency.late_fees import formulas
from delinquency.late_fees.formulas import (
    NEVER_REPEATED,
    NO_LIMIT,
    amount_of_band,
    first_assessment_day,
    later_assessment_day,
    limited_amount,
    safe_harbour_amount,
    share_of_amount,
    short_amount,
)


@pytest.mark.parametrize(
    ("amount", "fee"), [(-1, 0), (0, 0), (1, 10), (10, 10), (11, 11), (19, 19), (20, 20), (21, 20)]
)
def test_nothing_stays_nothing_and_all_else_lies_within_its_limits(amount, fee):
    assert limited_amount(amount, 10, 30, 20) == fee
    assert limited_amount(amount, 10, 20, 30) == fee
    assert limited_amount(amount, 10, 20, NO_LIMIT) == fee


def test_without_limits_an_amount_of_any_size_stays():
    assert limited_amount(10**15, 0, NO_LIMIT, NO_LIMIT) == 10**15


@pytest.mark.parametrize(("size", "amount"), [(0, 0), (4, 0), (5, 40), (9, 40), (10, 70), (99, 70)])
def test_a_band_begins_with_its_smallest_debt(size, amount):
    assert amount_of_band(size, (5, 10), (40, 70)) == amount


def test_no_earlier_fee_is_before_every_window():
    assert safe_harbour_amount(25, 35, 0, NEVER_REPEATED, 10**6) == 25
    assert safe_harbour_amount(25, 35, 3, 3, 0) == 35
    assert safe_harbour_amount(25, 35, 4, 3, 0) == 25


def test_days_are_counted_from_the_due_date_and_from_the_first_fee():
    assert (first_assessment_day(0, 0), first_assessment_day(0, 3)) == (1, 4)
    assert [later_assessment_day(5, n, 7, 0) for n in (0, 1, 3)] == [5, 12, 26]
    assert [later_assessment_day(30, n, 0, 1) for n in (0, 1, 2)] == [30, 58, 89]


def test_money_that_earlier_fees_took_and_fees_that_are_open_are_no_shortfall():
    assert short_amount(100, 30, 70) == 0
    assert short_amount(100, 30, 69) == 1
    assert short_amount(100, 0, 101) == -1


@pytest.mark.parametrize(
    ("amount", "code", "share"),
    [
        (1, 0, 2),
        (3, 0, 5),
        (1, 1, 2),
        (3, 1, 4),
        (5, 1, 8),
        (1, 2, 1),
        (1, 3, 2),
        (1, 4, 1),
        (2, 1, 3),
    ],
)
def test_three_halves_of_an_amount_are_rounded_by_their_code(amount, code, share):
    """1.5, 4.5 and 7.5: half up 2, 5; to even 2, 4, 8; half down 1; up 2; down 1; and 3 exactly."""
    assert share_of_amount(amount, 3, 2, code) == share


def test_the_formulas_call_builtins_and_the_shared_leaves_only():
    tree = ast.parse(Path(formulas.__file__).read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    shared = {"add_months_day", "div_by_code"}
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called <= {"min", "max", "range", "len"} | shared
    assert defined == {name for name in formulas.__all__ if name.islower()}
