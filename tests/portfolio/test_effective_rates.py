"""The rates of a book equal those of its rows, within bounds that are proven."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from delinquency import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency import returns as rr
from delinquency.portfolio import effective_rates
from tests.strategies_internal import FEW

EPOCH = date(1970, 1, 1)


def columns(rows: list[list[tuple[int, int]]]):
    offsets = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    days = np.array([day for row in rows for day, _ in row], dtype=np.int32)
    amounts = np.array([amount for row in rows for _, amount in row], dtype=np.int64)
    return offsets, days, amounts


def flows_of(row: list[tuple[int, int]]) -> list[rr.CashFlow]:
    return [
        rr.CashFlow(EPOCH + timedelta(days=day), Decimal(amount).scaleb(-2)) for day, amount in row
    ]


@st.composite
def tables(draw):
    """Loans, flows of any sign, empty rows, rows of one date."""
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        day, row = draw(st.integers(0, 20_000)), []
        ordinary = draw(st.booleans())
        for number, gap in enumerate(draw(st.lists(st.integers(0, 400), max_size=12))):
            day += gap
            amount = draw(st.integers(0 if ordinary else -(10**7), 10**7))
            row.append((day, -amount if ordinary and number == 0 else amount))
        rows.append(row)
    return rows


@FEW
@given(tables())
def test_every_row_of_a_book_has_the_rate_of_its_flows_or_none_for_the_same_reason(rows):
    answer = effective_rates(*columns(rows), on_error="quarantine")
    assert len(answer) == len(rows)
    for number, row in enumerate(rows):
        try:
            expected = rr.xirr(flows_of(row), decimals=30)
        except InvalidValueError:
            assert answer.rates[number] == -1
            assert answer.error_bounds[number] == 0
            aside = (answer.without_rate, answer.several_rates, answer.unresolved)
            assert sum(number in rows_aside for rows_aside in aside) == 1
            continue
        off = abs(Decimal(float(answer.rates[number])) - expected)
        assert off <= Decimal(float(answer.error_bounds[number]))
        assert answer.error_bounds[number] <= 1e-10 * (1 + answer.rates[number]) + 5e-16


def loan(first: int, count: int, payment: int, lent: int = 100_000) -> list[tuple[int, int]]:
    return [(first, -lent), *((first + 30 * n, payment) for n in range(1, count + 1))]


def test_rows_aside_are_named_by_number_and_the_others_are_answered():
    rows = [
        loan(0, 12, 9_000),
        [],
        [(0, -100), (365, 220), (730, -121)],
        [(0, 100), (365, -200), (730, 150)],
        [(0, -100), (365, 230), (730, -132)],
        [(0, -5), (10, -7)],
        [(3, -5), (3, 5)],
        [(0, -100), (1, 200)],
        [(0, -100), (0, 100), (5, 0), (5, -100), (370, 110)],
        [(0, -100), (100, 50), (200, -10), (365, 80)],
        [(0, -1), (1, 10**6), (36_500, 1)],
    ]
    answer = effective_rates(*columns(rows), on_error="quarantine")
    assert answer.without_rate.tolist() == [1, 3, 5, 6]
    assert answer.several_rates.tolist() == [4]
    assert answer.unresolved.tolist() == [2, 7, 10]
    assert answer.rates[8] == pytest.approx(0.1, abs=1e-12)
    assert answer.rates[9] == pytest.approx(float(rr.xirr(flows_of(rows[9]))), abs=1e-9)
    assert not np.isnan(answer.rates).any()
    with pytest.raises(PortfolioError, match="8 rows: 1, 2, 3, 4, 5") as told:
        effective_rates(*columns(rows))
    assert told.value.reason == "no_single_rate"
    assert told.value.rows == (1, 2, 3, 4, 5, 6, 7, 10)


def test_a_row_longer_than_a_block_and_many_short_ones():
    long = [(0, -(10**9)), *((n // 50, 20_000) for n in range(1, 70_000))]
    rows = [loan(5, 3, 40_000), long, *[loan(n, 12, 9_000) for n in range(10_000)]]
    answer = effective_rates(*columns(rows))
    assert answer.rates[0] == pytest.approx(float(rr.xirr(flows_of(rows[0]))), abs=1e-10)
    merged: dict[int, int] = {}
    for day, amount in long:
        merged[day] = merged.get(day, 0) + amount
    expected = rr.xirr(flows_of(sorted(merged.items())))
    assert answer.rates[1] == pytest.approx(float(expected), abs=1e-10)
    assert np.ptp(answer.rates[2:]) < 1e-12


def test_rates_at_both_ends_of_what_is_told():
    rows = [
        [(0, -18_480_00), (11, 13_120_00)],
        [(0, -1), (365, 10_001)],
        [(0, -(10**15)), (365, 1)],
        [(0, -1), (40_000, 10**15)],
    ]
    answer = effective_rates(*columns(rows))
    for rate, bound, row in zip(answer.rates, answer.error_bounds, rows, strict=True):
        exact = rr.xirr(flows_of(row), decimals=30)
        assert abs(Decimal(float(rate)) - exact) <= Decimal(float(bound))


def test_a_book_without_rows_has_no_rates():
    assert len(effective_rates(*columns([]))) == 0


def test_an_answer_cannot_be_written_to():
    answer = effective_rates(*columns([loan(0, 12, 9_000)]))
    with pytest.raises(ValueError, match="read-only"):
        answer.rates[0] = 1


GOOD = columns([loan(0, 12, 9_000), loan(7, 12, 9_000)])


@pytest.mark.parametrize(
    ("place", "array", "reason"),
    [
        (0, GOOD[0].astype(np.int32), "wrong_type"),
        (0, np.array([0, 14, 13, 26]), "bad_offsets"),
        (0, np.array([0, 13, 25]), "bad_offsets"),
        (0, np.array([1, 13, 26]), "bad_offsets"),
        (1, GOOD[1].astype(np.int64), "wrong_type"),
        (1, GOOD[1].astype(np.float64), "wrong_type"),
        (1, GOOD[1][:-1], "wrong_length"),
        (1, GOOD[1][::-1].copy(), "unsorted"),
        (1, GOOD[1] + np.int32(90_000), "date_out_of_range"),
        (2, GOOD[2].astype(np.float64), "wrong_type"),
        (2, GOOD[2] * 10**12, "amount_too_large"),
        (2, -GOOD[2] * 10**12, "amount_too_large"),
        (2, GOOD[2].tolist(), "wrong_type"),
        (0, None, "wrong_type"),
        (0, GOOD[0].reshape(1, -1), "wrong_type"),
        (1, "2025-01-31", "wrong_type"),
    ],
)
def test_columns_that_are_no_flows_are_refused(place, array, reason):
    given = list(GOOD)
    given[place] = array
    with pytest.raises(PortfolioError) as told:
        effective_rates(*given)
    assert told.value.reason == reason


@pytest.mark.parametrize("given", [(), (GOOD[1],), (None, GOOD[2])])
def test_what_is_not_three_arrays_is_refused_with_the_way_to_the_rates_of_loans(given):
    with pytest.raises(
        InvalidTypeError, match=r"expected three arrays.*amortisation_tables\(terms\)"
    ):
        effective_rates(GOOD[0], *given)


def test_a_row_whose_sum_could_run_over_is_refused():
    size = 9_300
    offsets = np.array([0, size])
    days = np.zeros(size, dtype=np.int32)
    with pytest.raises(PortfolioError, match="fewer than") as told:
        effective_rates(offsets, days, np.full(size, 10**15))
    assert told.value.reason == "row_too_long"


def test_on_error_is_one_of_two_words():
    with pytest.raises(InvalidValueError, match="quarantine"):
        effective_rates(*GOOD, on_error="skip")
