"""Schedules: dated rows that are closed and added, never edited."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.strategies_internal import CNY

import delinquency as dq

JAN, FEB, MAR = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)


def test_the_parts_of_a_row_add_up():
    row = dq.Instalment(JAN, Decimal("100.00"), 1, Decimal("0.25"))
    assert row.total == Decimal("101.25")
    assert dq.Instalment(JAN).total == 0


def test_a_schedule_is_a_sequence_of_its_rows():
    rows = [dq.Instalment(JAN, 100), dq.Instalment(FEB, 50, 1)]
    schedule = dq.Schedule(CNY, rows)
    assert (len(schedule), list(schedule), schedule[1]) == (2, rows, rows[1])
    assert schedule.total == Decimal("151.00")
    assert not schedule.is_changed


def test_a_row_in_force_for_some_days_only_makes_the_schedule_changed():
    for row in (
        dq.Instalment(JAN, 1, in_force_from=JAN),
        dq.Instalment(JAN, 1, in_force_until=FEB),
    ):
        assert dq.Schedule(CNY, [row]).is_changed


def test_two_rows_of_one_date_are_never_in_force_together():
    def rows(*spans):
        return [
            dq.Instalment(MAR, 100, in_force_from=start, in_force_until=end) for start, end in spans
        ]

    assert len(dq.Schedule(CNY, rows((None, JAN), (JAN, FEB), (FEB, None)))) == 3
    for wrong in (
        ((None, None), (None, None)),
        ((None, FEB), (JAN, None)),
        ((None, FEB), (FEB, MAR), (JAN, None)),
        ((None, MAR), (MAR, None), (FEB, None)),
    ):
        with pytest.raises(dq.InvalidValueError, match="one row in force for the due date 2025-03"):
            dq.Schedule(CNY, rows(*wrong))


def test_the_span_of_one_date_does_not_bind_the_next():
    rows = [dq.Instalment(JAN, 1), dq.Instalment(FEB, 1, in_force_until=MAR), dq.Instalment(MAR, 1)]
    assert len(dq.Schedule(CNY, rows)) == 3


def test_rows_stand_in_order_of_due_date():
    with pytest.raises(
        dq.InvalidValueError, match=r"instalment 2: .* on or after 2025-02-28, found"
    ):
        dq.Schedule(CNY, [dq.Instalment(FEB, 1), dq.Instalment(JAN, 1)])


def test_a_row_is_in_force_for_at_least_a_day():
    assert dq.Instalment(MAR, 1, in_force_from=JAN, in_force_until=FEB).in_force_until == FEB
    with pytest.raises(dq.InvalidValueError, match="in_force_until after in_force_from"):
        dq.Instalment(MAR, 1, in_force_from=JAN, in_force_until=JAN)


def test_amounts_have_the_decimals_of_the_currency():
    yen = dq.Currency.of("JPY")
    assert dq.Schedule(yen, [dq.Instalment(JAN, 100)]).minor == ((100, 0, 0),)
    for field in ("principal", "interest", "fees"):
        row = dq.Instalment(JAN, **{field: Decimal("0.5")})
        with pytest.raises(dq.InvalidValueError, match=f"instalment 1: expected {field} in JPY"):
            dq.Schedule(yen, [row])


def test_the_sum_of_a_schedule_is_bounded():
    half = Decimal(5 * 10**14).scaleb(-2)
    assert dq.Schedule(CNY, [dq.Instalment(JAN, half), dq.Instalment(FEB, half)])
    with pytest.raises(dq.InvalidValueError, match="at most 1000000000000000 minor units"):
        dq.Schedule(CNY, [dq.Instalment(JAN, half), dq.Instalment(FEB, half, Decimal("0.01"))])


def test_a_long_schedule_shows_its_ends_and_says_how_many_rows_are_left_out():
    rows = [dq.Instalment(date(2020 + n // 12, n % 12 + 1, 28), 1000 + n, n) for n in range(60)]
    schedule = dq.Schedule(dq.Currency.of("CNY"), rows)
    lines = str(schedule).splitlines()
    assert lines[0] == "CNY"
    assert lines[1].split() == ["no.", "due", "date", "total", "principal", "interest", "fees"]
    assert lines[14] == "... 44 rows are left out ..."
    assert lines[15].split() == ["57", "2024-09-28", "1,112.00", "1,056.00", "56.00", "0.00"]
    assert len(lines) == 19
    assert "……省略 44 行……" in schedule.to_text("zh")
    assert "44 rows are left out" in schedule._repr_html_()
    short = dq.Schedule(dq.Currency.of("CNY"), rows[:17])
    assert "left out" not in str(short)
    with pytest.raises(dq.InvalidValueError, match="schedule, lang"):
        schedule.to_text("fr")


def test_a_changed_schedule_shows_from_when_to_when_its_rows_are_in_force():
    rows = [
        dq.Instalment(date(2025, 1, 31), 100, in_force_until=date(2025, 1, 10)),
        dq.Instalment(date(2025, 2, 28), 100, in_force_from=date(2025, 1, 10)),
    ]
    lines = str(dq.Schedule(dq.Currency.of("CNY"), rows)).splitlines()
    assert lines[2].split()[-1] == lines[3].split()[-1] == "2025-01-10"
    assert "in force from" in lines[1]
