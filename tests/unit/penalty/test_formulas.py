"""The formulas of loops: builtins only, exact at their edges, and the same when they are compiled."""

from __future__ import annotations

import ast
import inspect

import pytest

from delinquency import RoundingMode
from delinquency.division import div_by_code
from delinquency.penalty import formulas
from delinquency.penalty.formulas import accrue, bears_from, rounded_parts, weight_of

MOST = 45 * 10**12
EDGES = [0, 1, 99_999, 100_000, 9_999_999_999, 10**10, 10**15 - 1, 10**15]


def test_they_import_nothing_and_call_nothing() -> None:
    tree = ast.parse(inspect.getsource(formulas))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_a_year_a_month_and_a_day_stand_over_one_denominator() -> None:
    assert weight_of(31, 30, 7, 0, 360) == 31 * 7
    assert weight_of(31, 30, 7, 1, 360) == 12 * 31 * 7
    assert weight_of(31, 30, 7, 2, 360) == 30 * 360 * 7


@pytest.mark.parametrize("amount", EDGES)
@pytest.mark.parametrize("denominator", [1, 2, 36_000_000_000, 13_359_000_000_000, MOST])
def test_whole_and_remainder_are_the_exact_quotient(amount: int, denominator: int) -> None:
    for weight in (0, 1, denominator - 1, denominator, denominator + 1, 3 * denominator + 7):
        for remainder in {0, 1 % denominator, denominator - 1}:
            found = accrue(amount, weight, denominator, remainder)
            assert found == divmod(amount * weight + remainder, denominator)


@pytest.mark.parametrize("mode", list(RoundingMode))
@pytest.mark.parametrize("denominator", [1, 2, 3, 4, 10])
def test_the_parts_are_rounded_as_the_whole(mode: RoundingMode, denominator: int) -> None:
    for whole in (0, 1, 2, 3, 4, 7):
        for remainder in range(denominator):
            found = rounded_parts(whole, remainder, denominator, mode.code)
            assert found == div_by_code(whole * denominator + remainder, denominator, mode.code)


def test_days_that_never_bear_come_after_the_due_day() -> None:
    assert [bears_from(100, grace, 1) for grace in (0, 1, 5)] == [100, 101, 105]
    assert bears_from(100, 5, 0) == 100


def test_compiled_formulas_give_the_same() -> None:
    numba = pytest.importorskip("numba")
    compiled = numba.njit(accrue)
    for amount in EDGES:
        for denominator in (36_000_000_000, 13_359_000_000_000, MOST):
            for weight in (0, 1, denominator - 1, denominator, 200 * denominator - 1):
                given = amount, weight, denominator, denominator - 1
                assert compiled(*given) == accrue(*given)
    rounded = numba.njit(rounded_parts)
    weighed = numba.njit(weight_of)
    for code in range(7):
        given = 2 * 10**17, MOST // 2, MOST, code
        assert rounded(*given) == rounded_parts(*given)
    for code in range(3):
        given = 18_000 * 366, 18_000, 1_095_890, code, 133_590
        assert weighed(*given) == weight_of(*given)
