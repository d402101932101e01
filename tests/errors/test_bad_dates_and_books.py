"""Wrong kinds in dates, periods and books that once came through to an error of another library."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

import delinquency as dq
from delinquency.period_arithmetic import add_periods, last_business_day_of_month
from delinquency.portfolio import TermColumns, effective_rates

DAY = date(2025, 1, 31)
OFFSETS = np.array([0, 2])
DAYS = np.array([0, 365], dtype=np.int32)
AMOUNTS = np.array([-100, 110])


@pytest.mark.parametrize("calendar", [None, "CN", 5])
def test_a_calendar_that_is_none(calendar: Any) -> None:
    with pytest.raises(
        dq.InvalidTypeError, match=r"calendar: expected a HolidayCalendar.*WEEKENDS"
    ):
        last_business_day_of_month(DAY, calendar=calendar)


@pytest.mark.parametrize("flag", [None, "no", 1, np.array([1, 2])])
def test_a_flag_that_is_none(flag: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="end_of_month: expected a bool"):
        add_periods(
            DAY,
            1,
            frequency=dq.Frequency.MONTHLY,
            convention=dq.BusinessDayConvention.NO_ADJUST,
            calendar=dq.WEEKENDS_ONLY,
            end_of_month=flag,
        )


@pytest.mark.parametrize("days", [(0, "x"), (0, 1.0), (0, True), (None, 3)])
def test_day_numbers_that_are_none(days: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="nominal: expected day numbers"):
        dq.PeriodDates(nominal_days=days, adjusted_days=(0, 1), frequency=dq.Frequency.MONTHLY)


def test_flows_of_no_row_and_a_choice_that_is_none() -> None:
    none = np.array([], dtype=np.int64)
    with pytest.raises(dq.PortfolioError, match="flows.offsets"):
        effective_rates(none, DAYS[:0], AMOUNTS[:0])
    with pytest.raises(dq.InvalidValueError, match="'raise' or 'quarantine'"):
        effective_rates(OFFSETS, DAYS, AMOUNTS, on_error=[])  # type: ignore[arg-type]


def test_columns_and_terms_of_no_length() -> None:
    one = np.array(5)
    with pytest.raises(dq.InvalidTypeError, match="principal: expected an int64 array"):
        TermColumns(
            currency=dq.Currency.of("CNY"),
            principal=one,
            annual_rate=one,
            first_due_date=one,
            instalment_count=one,
            method=one,
        )
    with pytest.raises(dq.InvalidTypeError, match="an iterable of RepaymentTerms"):
        TermColumns.from_terms(one)  # type: ignore[arg-type]
