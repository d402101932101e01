"""Panels: from accounts and back, from columns at the surface, and what is refused."""

import copy
import pickle
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings

import delinquency as dq
from delinquency.early_warning import ObservationTerm, Unit
from delinquency.portfolio import ObservationPanel, TextColumn
from tests.early_warning.drawing_panels import EUR, OWN, observed_accounts

ENDS = (date(2025, 1, 31), date(2025, 2, 28))
NAN = float("nan")


def of(values, ids=("A", "B"), dates=ENDS, **more):
    return ObservationPanel.of(ids, dates, values, **more)


@settings(max_examples=20)
@given(accounts=observed_accounts())
def test_accounts_are_laid_out_and_taken_back(accounts):
    panel = ObservationPanel.from_accounts(accounts)
    assert list(panel) == accounts
    assert len(panel) == len(accounts)


def test_small_numbers_take_32_bits_and_others_64():
    panel = of({"account_balance": np.array([[1, 2**31 // 100 + 1], [0, -1]])}, currency=EUR)
    assert panel.numbers["account_balance"].dtype == np.int64
    assert (
        of({"days_past_due": np.array([[1, 2], [3, 4]])}).numbers["days_past_due"].dtype == np.int32
    )


def test_the_number_that_stands_for_the_unknown_is_kept_apart_from_the_least_ones():
    least = Decimal(-(2**31)).scaleb(-2)
    seen = dq.Observations.of("A", ENDS, {"account_balance": [least, None]}, currency=EUR)
    assert ObservationPanel.from_accounts([seen]).account(0) == seen


def test_what_an_account_does_not_have_is_unknown_of_it():
    older = dq.Observations.of("A", ENDS, {"days_past_due": [1, 2]})
    younger = dq.Observations.of("B", ENDS[1:], {"enquiries": [3]})
    panel = ObservationPanel.from_accounts([older, younger])
    assert panel.account(0).numbers == {"days_past_due": (1, 2), "enquiries": (None, None)}
    assert panel.account(1).numbers == {"days_past_due": (None, None), "enquiries": (None, 3)}
    assert panel.is_known("enquiries").tolist() == [[False, False], [False, True]]
    assert panel.gaps == {"days_past_due", "enquiries"}


def test_columns_at_the_surface_say_what_their_units_say():
    panel = of(
        {
            "days_past_due": np.array([[3.0, NAN], [0.0, 31.0]]),
            "unemployed": np.array([[True, False], [False, True]]),
            "account_balance": np.array([[0.29, -1.0], [NAN, 12.5]]),
            "utilisation": np.array([[0.0000005, 0.0000015], [1.2, 1.0]]),
            "behavioural_score": np.array([[-3, 700], [0, 1]], dtype=np.int16),
            "total_debt": np.array([[Decimal("0.01"), None], [5, 6]], dtype=object),
            "visits": np.ma.masked_equal([[1, 2], [9, 3]], 9),
        },
        currency=EUR,
        own_terms=[OWN],
        nan_is_unknown=True,
    )
    first, second = panel
    assert first.numbers["days_past_due"] == (3, None)
    assert second.numbers["unemployed"] == (0, 1)
    assert first.numbers["account_balance"] == (29, -100)
    assert second.numbers["account_balance"] == (None, 1_250)
    assert first.numbers["utilisation"] == (0, 2)
    assert first.numbers["behavioural_score"] == (-3, 700)
    assert first.numbers["total_debt"] == (1, None)
    assert second.numbers["visits"] == (None, 3)


@pytest.mark.parametrize(
    ("name", "column", "reason", "rows"),
    [
        ("days_past_due", [[0, 1], [2, -1]], "out_of_range", (1,)),
        ("days_past_due", [[0.5, 1], [2, 0]], "not_whole", (0,)),
        ("days_past_due", [[0, NAN], [2, 1]], "nan", (0,)),
        ("days_past_due", [[0, np.inf], [2, 1]], "out_of_range", (0,)),
        ("days_past_due", [[True, False], [True, True]], "wrong_type", ()),
        ("days_past_due", [["1", "2"], ["3", "4"]], "wrong_type", ()),
        ("days_past_due", [[1, 2, 3], [4, 5, 6]], "wrong_type", ()),
        ("account_balance", [[0.005, 1], [1, 2]], "not_whole", (0,)),
        ("account_balance", [[0, 10**14], [1, 2]], "out_of_range", (0,)),
        ("utilisation", [[0.5, 1], [2e9, 2]], "out_of_range", (1,)),
        ("unemployed", [[0, 2], [2, 1]], "out_of_range", (0, 1)),
        ("unemployed", [[0.5, 0], [0, 1]], "not_whole", (0,)),
    ],
)
def test_a_column_that_holds_no_such_observation_is_refused(name, column, reason, rows):
    with pytest.raises(dq.PortfolioError) as caught:
        of({name: np.array(column)}, currency=EUR)
    assert (caught.value.reason, caught.value.rows) == (reason, rows)
    assert caught.value.column == f"observations.{name}"


def test_a_list_and_short_floats_of_amounts_are_refused():
    with pytest.raises(dq.PortfolioError, match=r"np\.array\(rows\)"):
        of({"days_past_due": [[1, 2], [3, 4]]})
    with pytest.raises(dq.PortfolioError, match="floats of 64 bits"):
        of({"arrears": np.ones((2, 2), dtype=np.float32)}, currency=EUR)
    short = of({"utilisation": np.full((2, 2), 0.5, dtype=np.float32)})
    assert short.account(0).numbers["utilisation"] == (500_000, 500_000)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.longdouble])
@pytest.mark.parametrize("name", ["days_past_due", "utilisation", "unemployed"])
def test_floats_without_end_are_out_of_range_and_not_unknown(kind, name):
    with pytest.raises(dq.PortfolioError, match="row 1"):
        of({name: np.array([[1, 0], [np.inf, 1]], dtype=kind)})
    kept = of({name: np.array([[1, 0], [0, 1]], dtype=kind)})
    assert kept.account(0).numbers == of({name: np.array([[1, 0], [0, 1]])}).account(0).numbers


@pytest.mark.parametrize("kind", ["datetime64[D]", "timedelta64[D]", "complex128", "U3"])
@pytest.mark.parametrize("name", ["days_past_due", "utilisation", "arrears", "unemployed"])
def test_what_is_no_number_is_refused_by_its_type(kind, name):
    with pytest.raises(dq.PortfolioError, match=name) as caught:
        of({name: np.array([[1, 0], [0, 1]]).astype(kind)}, currency=EUR)
    assert caught.value.reason == "wrong_type"


def test_an_object_of_a_wrong_type_is_told_with_its_row():
    with pytest.raises(dq.InvalidTypeError, match="observations.days_past_due, row 1"):
        of({"days_past_due": np.array([[1, 2], [None, "3"]], dtype=object)})


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({"ids": ("A", "A")}, dq.PortfolioError, "each account_id once"),
        ({"ids": ("", "A")}, dq.PortfolioError, "not empty"),
        ({"ids": (1, 2)}, dq.InvalidTypeError, "account_id"),
        # Nobody can say which row is whose.
        ({"ids": {"A", "B"}}, dq.InvalidTypeError, "in order"),
        ({"ids": {"A": 1, "B": 2}}, dq.InvalidTypeError, "in order"),
        ({"ids": (), "values": {}}, dq.PortfolioError, "at least one account"),
        ({"dates": ENDS[::-1]}, dq.InvalidValueError, "in order"),
        ({"dates": ()}, dq.InvalidValueError, "at least one"),
        ({"values": {"mood": np.zeros((2, 2), int)}}, dq.InvalidValueError, "Declare it"),
        ({"values": [1]}, dq.InvalidTypeError, "a mapping"),
        ({"values": {"arrears": np.zeros((2, 2), int)}}, dq.InvalidTypeError, "currency"),
        ({"currency": "EUR"}, dq.InvalidTypeError, "a Currency or None"),
        ({"nan_is_unknown": 1}, dq.InvalidTypeError, "a bool"),
        ({"own_terms": ["visits"]}, dq.InvalidTypeError, "own_terms"),
    ],
)
def test_bad_heads_of_a_panel_are_told(change, kind, words):
    given = {"values": {"days_past_due": np.zeros((2, 2), dtype=np.int64)}, **change}
    with pytest.raises(kind, match=words):
        of(**given)


def seen(account_id="A", dates=ENDS, currency=None, **values):
    kept = values or {"days_past_due": [0] * len(dates)}
    return dq.Observations.of(account_id, dates, kept, currency=currency, own_terms=[OWN])


@pytest.mark.parametrize(
    ("accounts", "reason"),
    [
        ([], "empty_panel"),
        ([seen(), seen()], "duplicate_account"),
        ([seen(currency=EUR), seen("B", currency=dq.Currency.of("JPY"))], "mixed_currency"),
        ([seen(), seen("B", dates=(date(2025, 1, 31), date(2025, 3, 31)))], "skipped_period"),
    ],
)
def test_accounts_that_do_not_go_together_are_refused(accounts, reason):
    with pytest.raises(dq.PortfolioError) as caught:
        ObservationPanel.from_accounts(accounts)
    assert caught.value.reason == reason


def test_one_observation_in_two_units_is_refused():
    other = dq.Observations.of(
        "B", ENDS, {"visits": [1, 2]}, own_terms=[ObservationTerm("visits", Unit.DAYS)]
    )
    with pytest.raises(dq.PortfolioError, match="the unit times"):
        ObservationPanel.from_accounts([seen(visits=[1, 2]), other])
    with pytest.raises(dq.InvalidTypeError, match="Observations"):
        ObservationPanel.from_accounts(["A"])


def plain(**changes):
    term = ObservationTerm("visits", Unit.TIMES)
    given = {
        "account_id": TextColumn.of(["A"]),
        "dates": ENDS,
        "currency": None,
        "terms": {"visits": term},
        "numbers": {"visits": np.array([[1], [2]], dtype=np.int32)},
    }
    return ObservationPanel(**{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"account_id": ["A"]}, dq.InvalidTypeError, r"TextColumn\.of"),
        ({"currency": "EUR"}, dq.InvalidTypeError, "a Currency or None"),
        ({"terms": {}}, dq.InvalidValueError, "a term for each"),
        (
            {"numbers": {"visits": np.array([[1, 2]], np.int32)}},
            dq.PortfolioError,
            "2 periods by 1",
        ),
        (
            {"numbers": {"visits": np.array([[1], [2]], np.int16)}},
            dq.PortfolioError,
            "int32 or int64",
        ),
        ({"numbers": {"visits": [[1], [2]]}}, dq.PortfolioError, "found list"),
        (
            {"numbers": {"visits": np.ma.array([[1], [2]], mask=[[1], [0]], dtype=np.int32)}},
            dq.PortfolioError,
            "found MaskedArray",
        ),
        ({"numbers": None}, dq.InvalidTypeError, "a mapping by name"),
        ({"terms": None}, dq.InvalidTypeError, "a mapping by name"),
        ({"terms": ["visits"]}, dq.InvalidTypeError, "a mapping by name"),
        ({"terms": {"visits": Unit.TIMES}}, dq.InvalidTypeError, "the ObservationTerm of 'visits'"),
        (
            {"terms": {"visits": ObservationTerm("calls", Unit.TIMES)}},
            dq.InvalidTypeError,
            "the ObservationTerm of 'visits'",
        ),
        (
            {"numbers": {"visits": np.array([[1], [-2]], np.int32)}},
            dq.PortfolioError,
            "-2 on 2025-02-28",
        ),
        ({"dates": [date(2000, 1, 1)] * 2}, dq.InvalidValueError, "in order"),
        (
            {"terms": {"visits": ObservationTerm("visits", Unit.AMOUNT)}},
            dq.InvalidTypeError,
            "currency",
        ),
    ],
)
def test_whole_numbers_that_make_no_panel_are_refused(changes, kind, words):
    with pytest.raises(kind, match=words):
        plain(**changes)


def test_a_panel_has_at_most_32000_periods():
    days = np.datetime64("1950-01-01") + np.arange(32_001)
    with pytest.raises(dq.PortfolioError, match="at most 32,000 periods"):
        ObservationPanel.of(["A"], days.astype(object).tolist(), {})


def test_nobody_can_write_to_a_panel_or_to_a_copy_of_it():
    panel = plain()
    for each in (panel, copy.deepcopy(panel), pickle.loads(pickle.dumps(panel))):
        assert list(each) == list(panel)
        with pytest.raises(ValueError, match="read-only"):
            each.numbers["visits"][0, 0] = 9
    assert "1 accounts, 2 periods to 2025-02-28, visits" in repr(panel)


def test_rows_and_names_that_are_not_there_are_told():
    panel = plain()
    assert panel.row_of("A") == 0
    with pytest.raises(dq.PortfolioError, match="an account of the panel"):
        panel.row_of("B")
    with pytest.raises(IndexError, match="row 1 of a panel of 1 accounts"):
        panel.account(1)
    with pytest.raises(dq.InvalidTypeError, match="row_of"):
        panel.account("A")
    with pytest.raises(dq.InvalidTypeError, match="name"):
        panel.is_known(["visits"])
    with pytest.raises(dq.InvalidValueError, match="one of visits"):
        panel.is_known("enquiries")
