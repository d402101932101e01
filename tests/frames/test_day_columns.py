"""A date is a day: what says a day is taken, what says an instant is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest

import delinquency as dq
from delinquency import frames

DAY = date(2025, 1, 31)
NUMBER = (DAY - date(1970, 1, 1)).days


def read_days(cells, **more) -> list[int]:
    """The day numbers of a column of due dates, each of an account of its own."""
    rows = len(cells)
    names = [f"A-{row}" for row in range(rows)]
    book = frames.read(
        accounts={"account_id": names, "originated_on": ["1900-01-01"] * rows},
        instalments={"account_id": names, "due_date": cells, "principal": ["1"] * rows, **more},
        currency="CNY",
    )
    return book.instalments.due_date.tolist()


def refused(cells) -> dq.PortfolioError:
    with pytest.raises(dq.PortfolioError) as caught:
        read_days(cells)
    assert caught.value.column == "instalments.due_date"
    return caught.value


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([DAY]),
        pa.array([DAY], pa.date64()),
        pa.array([datetime(2025, 1, 31)], pa.timestamp("s")),
        pa.array([datetime(2025, 1, 31)], pa.timestamp("ms")),
        pa.array([datetime(2025, 1, 31)], pa.timestamp("us")),
        pa.array([datetime(2025, 1, 31)], pa.timestamp("ns")),
        np.array(["2025-01-31"], dtype="datetime64[D]"),
        np.array(["2025-01-31"], dtype="datetime64[ns]"),
        ["2025-01-31"],
        [DAY],
        pa.array(["2025-01-31"]).dictionary_encode(),
        pa.chunked_array([pa.array([DAY]), pa.array([], pa.date32())]),
    ],
)
def test_whatever_says_a_day_is_that_day(cells) -> None:
    assert read_days(cells) == [NUMBER]


def test_days_before_1970_are_days_too() -> None:
    cells = pa.array([datetime(1969, 12, 31)], pa.timestamp("ns"))
    assert read_days(cells) == [-1]


def test_the_first_and_the_last_date_are_accepted_and_no_other_beyond_them() -> None:
    assert len(read_days(["1900-01-01", "2200-12-31"])) == 2
    error = refused(["1900-01-01", "2201-01-01", "1899-12-31"])
    assert (error.reason, error.rows, error.found) == ("date_out_of_range", (1, 2), "2201-01-01")
    far = pa.array([2**31 - 1, NUMBER], pa.int32()).view(pa.date32())
    error = refused(far)
    assert (error.reason, error.rows) == ("date_out_of_range", (0,))
    far = pa.array([datetime(9999, 12, 31)], pa.timestamp("s"))
    assert "empty" in refused(far).hint


def test_a_time_of_day_is_no_part_of_a_date() -> None:
    for unit in ("s", "ms", "us", "ns"):
        cells = pa.array(
            [datetime(2025, 1, 31), datetime(2025, 1, 31, 0, 0, 1)], pa.timestamp(unit)
        )
        error = refused(cells)
        assert (error.reason, error.rows) == ("time_of_day", (1,))
        assert "cast" in error.hint


def test_an_instant_with_a_time_zone_is_no_date_even_at_midnight() -> None:
    error = refused(pa.array([datetime(2025, 1, 31, tzinfo=UTC)], pa.timestamp("us", "UTC")))
    assert (error.reason, error.rows) == ("wrong_type", ())


@pytest.mark.parametrize(
    "text",
    ["2025-02-29", "31.01.2025", "20250131", "2025-1-31", "2025-01-31T00:00:00", "", " 2025-01-31"],
)
def test_text_is_a_date_in_one_notation(text: str) -> None:
    error = refused(["2025-01-31", text])
    assert (error.reason, error.rows) == ("not_a_date", (1,))


def test_numbers_are_no_dates() -> None:
    assert refused(np.array([20_000])).reason == "wrong_type"


def test_a_missing_date_is_named() -> None:
    for cells in (
        [DAY, None],
        ["2025-01-31", None],
        pa.array([datetime(2025, 1, 31), None]),
        pa.nulls(1),
    ):
        error = refused(cells)
        assert (error.reason, error.rows) == ("missing", (len(cells) - 1,))


def test_objects_of_pandas_are_judged_one_by_one() -> None:
    pd = pytest.importorskip("pandas")
    cells = [
        DAY,
        "2025-01-31",
        pd.Timestamp("2025-01-31"),
        pd.NaT,
        None,
        7,
        pd.Timestamp("2025-01-31 01:00"),
        pd.Timestamp("2025-01-31", tz="UTC"),
        "x",
    ]
    names = [f"A-{row}" for row in range(len(cells))]
    frame = pd.DataFrame({"account_id": names, "principal": "1"})
    frame["due_date"] = pd.Series(cells, dtype=object)
    result = frames.read(
        accounts={"account_id": names, "originated_on": ["2024-12-31"] * len(names)},
        instalments=frame,
        currency="CNY",
        on_error="quarantine",
    )
    assert list(result.book.account_id) == names[:3]
    assert result.book.instalments.due_date.tolist() == [NUMBER] * 3
    lines = result.quarantine.to_frame("pyarrow").to_pylist()
    reasons = {line["row"]: line["reason"] for line in lines if line["table"] == "instalments"}
    assert reasons == {
        3: "missing",
        4: "missing",
        5: "not_a_date",
        6: "time_of_day",
        7: "time_of_day",
        8: "not_a_date",
    }


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (datetime(2025, 3, 2, 23, 30), "time_of_day"),
        (datetime(2025, 3, 2, tzinfo=UTC), "time_of_day"),
        (np.datetime64("2025-03-02T23:30"), "time_of_day"),
        (np.datetime64("2025-03"), "not_a_date"),
        (5, "not_a_date"),
        (20_000.0, "not_a_date"),
        (True, "not_a_date"),
    ],
)
@pytest.mark.parametrize("is_first", [False, True])
def test_a_cell_among_dates_is_judged_by_itself_wherever_it_stands(
    cell: object, reason: str, *, is_first: bool
) -> None:
    pd = pytest.importorskip("pandas")
    cells = [cell, DAY] if is_first else [DAY, cell]
    of_objects = np.empty(2, dtype=object)
    of_objects[:] = cells
    for column in (cells, tuple(cells), of_objects, pd.Series(of_objects, dtype=object)):
        error = refused(column)
        assert (error.reason, error.rows) == (reason, (0 if is_first else 1,))


def test_instants_with_and_without_a_time_zone_are_told_apart() -> None:
    error = refused([datetime(2025, 3, 1), datetime(2025, 3, 2, tzinfo=UTC)])
    assert (error.reason, error.rows) == ("time_of_day", (1,))
    error = refused([datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 3, 2)])
    assert (error.reason, error.rows) == ("time_of_day", (0,))


def test_objects_of_numpy_are_days_where_they_say_no_more() -> None:
    pd = pytest.importorskip("pandas")
    cells = [np.datetime64("2025-01-31"), np.datetime64("2025-01-31T00:00:00.000000000"), DAY]
    assert read_days(pd.Series(cells, dtype=object)) == [NUMBER] * 3
    error = refused([DAY, np.datetime64("NaT", "D")])
    assert (error.reason, error.rows) == ("missing", (1,))


def test_an_optional_date_that_is_empty_means_none() -> None:
    rows = {"account_id": ["A"], "due_date": [DAY], "principal": ["1"]}
    accounts = {"account_id": ["A"], "originated_on": [DAY]}
    plain = frames.read(accounts=accounts, instalments=rows, currency="CNY")
    empty = pa.array([None], pa.date32())
    same = frames.read(
        accounts=accounts,
        instalments={**rows, "in_force_from": empty, "in_force_until": empty},
        currency="CNY",
    )
    assert same.instalments.in_force_from is None
    assert list(same) == list(plain)
    closed = frames.read(
        accounts=accounts,
        instalments={**rows, "in_force_until": [date(2025, 2, 10)]},
        currency="CNY",
    )
    assert closed.account(0).schedule[0].in_force_from is None
    assert closed.account(0).schedule[0].in_force_until == date(2025, 2, 10)
