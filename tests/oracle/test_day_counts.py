"""The oracle of day counts: worked by hand where it can be, and independent."""

from __future__ import annotations

import ast
from datetime import date
from fractions import Fraction
from pathlib import Path

from delinquency import DayCount
from tests.oracle import day_counts
from tests.oracle.day_counts import ORACLE, Context

HALF_YEAR = Context(
    date(2003, 1, 15), date(2003, 7, 15), 2, end_of_month=False, maturity=date(2030, 1, 1)
)


def test_the_oracle_imports_nothing_of_the_library():
    tree = ast.parse(Path(day_counts.__file__).read_text(encoding="utf-8"))
    imported = [
        name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in [getattr(node, "module", None), *(alias.name for alias in node.names)]
        if name
    ]
    assert imported
    assert not [name for name in imported if "delinquency" in name]


def test_it_knows_every_convention():
    assert set(ORACLE) == {day_count.label for day_count in DayCount}


def test_a_long_first_coupon_is_a_part_of_two_regular_ones():
    found = ORACLE["Act/Act ICMA"](date(2002, 8, 15), date(2003, 7, 15), HALF_YEAR)
    assert found == Fraction(153, 368) + Fraction(181, 362)


def test_a_year_with_a_leap_day_is_divided_at_new_year():
    found = ORACLE["Act/Act ISDA"](date(2003, 11, 1), date(2004, 5, 1), HALF_YEAR)
    assert found == Fraction(61, 365) + Fraction(121, 366)
