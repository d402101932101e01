"""Month arithmetic on day numbers agrees with the calendar of dateutil, day by day."""

from __future__ import annotations

import ast
import inspect
from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from delinquency import civil_days
from delinquency.civil_days import add_months_day, whole_months_between

EPOCH = date(1970, 1, 1)
DATES = st.dates(min_value=date(1600, 1, 1), max_value=date(2400, 12, 31))
MONTHS = st.integers(min_value=-2400, max_value=2400)


def day(text: str) -> int:
    return (date.fromisoformat(text) - EPOCH).days


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-01-31", 0, "2025-01-31"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-01-31", 2, "2025-03-31"),
        ("2025-01-31", 3, "2025-04-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2025-12-31", 1, "2026-01-31"),
        ("2100-01-31", 1, "2100-02-28"),
        ("2000-01-31", 1, "2000-02-29"),
        ("1970-01-01", -12, "1969-01-01"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(start, months, end):
    assert add_months_day(day(start), months) == day(end)


@given(anchor=DATES, months=MONTHS)
def test_adding_months_to_a_day_number_equals_adding_them_to_the_date(anchor, months):
    expected = (anchor + relativedelta(months=months) - EPOCH).days
    assert add_months_day((anchor - EPOCH).days, months) == expected


def test_every_day_of_four_centuries_comes_back_from_zero_months():
    first = day("1900-01-01")
    assert all(add_months_day(d, 0) == d for d in range(first, first + 146_097))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-01-31", "2025-01-31", 0),
        ("2025-01-31", "2025-02-27", 0),
        ("2025-01-31", "2025-02-28", 1),
        ("2024-01-31", "2024-02-28", 0),
        ("2024-01-31", "2024-02-29", 1),
        ("2025-01-31", "2025-03-30", 1),
        ("2025-01-31", "2025-03-31", 2),
        ("2024-02-29", "2025-02-27", 11),
        ("2024-02-29", "2025-02-28", 12),
        ("2025-01-15", "2026-01-14", 11),
        ("2025-01-15", "2026-01-15", 12),
        ("2025-01-15", "2025-01-14", 0),
        ("2025-01-15", "2020-01-15", 0),
    ],
)
def test_a_month_has_passed_on_its_anniversary_and_not_the_day_before(start, end, months):
    assert whole_months_between(day(start), day(end)) == months


@given(start=DATES, end=DATES)
def test_whole_months_are_the_most_that_fit_between_two_days(start, end):
    first, last = (start - EPOCH).days, (end - EPOCH).days
    months = whole_months_between(first, last)
    if last < first:
        assert months == 0
    else:
        assert add_months_day(first, months) <= last < add_months_day(first, months + 1)


@given(start=DATES, months=st.integers(min_value=0, max_value=1200))
def test_whole_months_undo_the_adding_of_months(start, months):
    first = (start - EPOCH).days
    assert whole_months_between(first, add_months_day(first, months)) == months


def test_the_leaf_module_imports_nothing_and_calls_builtins_only():
    tree = ast.parse(inspect.getsource(civil_days))
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call)}
    assert not [n for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom))]
    assert calls == {"min"}


@pytest.mark.parametrize("days", [day("2025-01-31"), day("1900-01-01"), day("2200-12-31")])
def test_a_compiled_leaf_gives_the_same_day(days):
    numba = pytest.importorskip("numba")
    numpy = pytest.importorskip("numpy")
    add, between = numba.njit(add_months_day), numba.njit(whole_months_between)
    for months in (-13, -1, 0, 1, 25):
        later = add(numpy.int32(days), months)
        assert later == add_months_day(days, months)
        assert between(numpy.int32(days), later) == whole_months_between(days, later)
