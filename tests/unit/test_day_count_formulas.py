"""The formula of kernels: one function, builtins only, the same when it is compiled."""

from __future__ import annotations

import ast
import inspect

import pytest

from delinquency.calendar import FIRST_DAY, LAST_DAY
from delinquency.daycount import formulas
from delinquency.daycount.formulas import ratio_by_code

CODES = range(21)
DENOMINATORS = (360, 365, 364, 1461, 1, 365, 360, *(133590,) * 4, *(360,) * 7, 365, 365, 336)


def test_it_imports_nothing_and_calls_builtins_only():
    tree = ast.parse(inspect.getsource(formulas))
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call)}
    assert not [n for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom))]
    assert calls == {"min"}


@pytest.mark.parametrize("code", CODES)
def test_the_denominator_is_of_the_code_alone(code):
    spans = ((0, 0), (0, 1), (20119, 20147), (FIRST_DAY, LAST_DAY))
    assert {ratio_by_code(*span, code)[1] for span in spans} == {DENOMINATORS[code]}


def test_a_compiled_formula_gives_the_same():
    numba = pytest.importorskip("numba")
    numpy = pytest.importorskip("numpy")
    compiled = numba.njit(ratio_by_code)
    starts = [FIRST_DAY, *range(19_730, 19_790), 20_088, 47_540]
    for start in starts:
        for days in (0, 1, 2, 28, 31, 60, 365, 366, 1461):
            for code in CODES:
                for flag in (0, 1):
                    given = start, start + days, code, flag, flag
                    narrow = numpy.int32(start), numpy.int32(start + days), code, flag, flag
                    assert compiled(*narrow) == ratio_by_code(*given), given


def test_the_longest_period_stays_far_from_64_bits():
    for code in CODES:
        numerator, _ = ratio_by_code(FIRST_DAY, LAST_DAY, code)
        assert 0 < numerator < 2**26
