"""The n-th day from an anchor agrees with the calendar of the standard library, day by day."""

from __future__ import annotations

import ast
import calendar
import inspect
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import WE, relativedelta
from hypothesis import given
from hypothesis import strategies as st

from delinquency import roll_days
from delinquency.civil_days import add_months_day

EPOCH = date(1970, 1, 1)
DATES = st.dates(min_value=date(1600, 1, 1), max_value=date(2400, 12, 31))
MONTHS = st.integers(min_value=-1200, max_value=1200)


def number(day: date) -> int:
    return (day - EPOCH).days


@given(day=DATES)
def test_the_parts_of_a_day_are_those_of_its_date(day):
    last = calendar.monthrange(day.year, day.month)[1]
    assert roll_days.weekday_of_day(number(day)) == day.weekday()
    assert roll_days.day_of_month(number(day)) == day.day
    assert roll_days.month_end_day(number(day)) == number(day.replace(day=last))


def test_every_day_of_four_centuries_has_its_day_of_the_month_and_its_month_end():
    day, end = date(1900, 1, 1), date(1900, 1, 31)
    for _ in range(146_097):
        if day > end:
            end = day + relativedelta(day=31)
        assert roll_days.day_of_month(number(day)) == day.day
        assert roll_days.month_end_day(number(day)) == number(end)
        day += timedelta(days=1)


@given(day=DATES, months=MONTHS, roll_day=st.integers(min_value=1, max_value=31))
def test_a_day_of_a_later_month_is_clamped_to_its_end(day, months, roll_day):
    expected = day + relativedelta(months=months, day=roll_day)
    assert roll_days.nth_month_day(number(day), months, roll_day) == number(expected)


@given(day=DATES, months=MONTHS)
def test_the_anchor_s_own_day_of_the_month_is_what_adding_months_gives(day, months):
    expected = add_months_day(number(day), months)
    assert roll_days.nth_month_day(number(day), months, day.day) == expected


@given(day=DATES, months=MONTHS)
def test_the_third_wednesday_is_the_one_of_dateutil(day, months):
    expected = day + relativedelta(months=months, day=1, weekday=WE(3))
    assert roll_days.third_wednesday_day(number(day), months) == number(expected)


@given(day=DATES, count=st.integers(-100, 100), length=st.integers(1, 12))
def test_a_period_is_of_months_or_of_days(day, count, length):
    start = number(day)
    in_months = roll_days.nth_day(start, count, length, 0, day.day)
    assert in_months == roll_days.nth_month_day(start, count * length, day.day)
    assert roll_days.nth_day(start, count, 0, length, 1) == start + count * length


def test_the_leaf_module_imports_nothing_and_calls_builtins_only():
    tree = ast.parse(inspect.getsource(roll_days))
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call)}
    assert not [n for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom))]
    assert calls == {"min"}


@pytest.mark.parametrize("day", [date(2025, 1, 31), date(1900, 1, 1), date(2200, 12, 31)])
def test_a_compiled_leaf_gives_the_same_day(day):
    numba = pytest.importorskip("numba")
    numpy = pytest.importorskip("numpy")
    start = number(day)
    arguments = {
        "weekday_of_day": (),
        "day_of_month": (),
        "month_end_day": (),
        "nth_month_day": (-13, 31),
        "third_wednesday_day": (5,),
        "nth_day": (3, 3, 0, 31),
    }
    assert set(arguments) == set(roll_days.__all__)
    for name, more in arguments.items():
        leaf = getattr(roll_days, name)
        assert numba.njit(leaf)(numpy.int32(start), *more) == leaf(start, *more)
