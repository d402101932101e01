"""Long frames of observations, and what is refused."""

from datetime import date
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import delinquency as dq
from delinquency import frames
from delinquency.early_warning import ObservationTerm, Unit

ROWS = {
    "account_id": ["B", "A", "A", "B"],
    "period_end": [date(2025, 2, 28), date(2025, 1, 31), date(2025, 3, 31), date(2025, 1, 31)],
    "days_past_due": [1, None, 3, 4],
    "utilisation": [0.5, 0.25, None, 1.0],
    "arrears": [Decimal("1.50"), None, Decimal("0.00"), Decimal("-2.25")],
    "unemployed": [True, None, False, True],
}


def read(rows=ROWS, **more):
    return frames.read_observations(rows, **{"currency": "EUR", **more})


@pytest.mark.parametrize("made", [dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_what_a_long_frame_does_not_say_is_unknown(made):
    panel = read(made(ROWS))
    first, second = panel
    assert panel.dates == (date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31))
    assert (first.account_id, second.account_id) == ("B", "A")
    assert first.numbers == {
        "days_past_due": (4, 1, None),
        "utilisation": (1_000_000, 500_000, None),
        "arrears": (-225, 150, None),
        "unemployed": (1, 1, None),
    }
    assert second.numbers == {
        "days_past_due": (None, None, 3),
        "utilisation": (250_000, None, None),
        "arrears": (None, None, 0),
        "unemployed": (None, None, 0),
    }


def one(**columns):
    return {"account_id": ["A"], "period_end": ["2025-01-31"], **columns}


def test_a_column_that_nobody_declared_is_told_how_to_declare() -> None:
    with pytest.raises(dq.PortfolioError, match=r"own_terms=\[ObservationTerm\(name, unit\)\]\."):
        read(one(salary_delay=[3]))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ({"account_id": ["A"]}, "missing_column"),
        ({**one(), "days_past_du": [1]}, "unknown_column"),
        ({"account_id": ["A", "A"], "period_end": ["2025-01-31"] * 2}, "duplicate_period"),
        ({"account_id": [None], "period_end": ["2025-01-31"]}, "missing"),
        ({"account_id": [""], "period_end": ["2025-01-31"]}, "empty_id"),
        ({"account_id": ["A"], "period_end": [None]}, "missing"),
        ({"account_id": ["A"], "period_end": ["2025-02-30"]}, "not_a_date"),
        (one(days_past_due=[-1]), "out_of_range"),
        (one(days_past_due=[1.5]), "not_whole"),
        (one(days_past_due=["3"]), "wrong_type"),
        (one(arrears=[1]), "wrong_type"),
        (one(arrears=[0.5]), "wrong_type"),
        (one(arrears=["0.005"]), "finer_than_minor_unit"),
        (pl.DataFrame(one(utilisation=[float("nan")])), "nan"),
        ({"account_id": [], "period_end": []}, "empty_panel"),
    ],
)
def test_bad_rows_are_refused_with_the_reason(rows, reason):
    with pytest.raises(dq.PortfolioError) as caught:
        read(rows)
    assert caught.value.reason == reason


def test_choices_say_what_numbers_mean():
    assert read(one(arrears=[1]), amounts="minor").account(0).numbers["arrears"] == (1,)
    assert read(one(arrears=[1]), amounts="major").account(0).numbers["arrears"] == (100,)
    assert read(one(arrears=[0.29]), floats="exact").account(0).numbers["arrears"] == (29,)
    nan = pl.DataFrame(one(utilisation=[float("nan")]))
    assert read(nan, nan_is_unknown=True).account(0).numbers["utilisation"] == (None,)
    shares = one(utilisation=[Decimal("0.8")], mixed=[1])
    assert read(shares, ignore_extra=True).account(0).numbers == {"utilisation": (800_000,)}
    own = [ObservationTerm("mood", Unit.POINTS)]
    assert read(one(mood=[-2]), own_terms=own).account(0).numbers == {"mood": (-2,)}
    mixed = pd.DataFrame({**one(), "days_past_due": pd.Series([3], dtype=object)})
    assert read(mixed).account(0).numbers == {"days_past_due": (3,)}
    assert read(one(days_past_due=[None])).account(0).numbers == {"days_past_due": (None,)}


def test_bad_arguments_are_told():
    with pytest.raises(dq.InvalidTypeError, match='Say currency="EUR"'):
        read(one(arrears=["1.00"]), currency=None)
    with pytest.raises(dq.InvalidValueError, match="'auto' or 'minor' or 'major'"):
        read(amounts="cents")
    with pytest.raises(dq.InvalidTypeError, match="own_terms"):
        read(own_terms=["mood"])
    with pytest.raises(dq.CurrencyError):
        read(currency="EUX")
