"""Each way of storing an amount is handled on purpose, to the last minor unit."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import frames

BOUND = 10**15


def read_one(cells, *, currency: str = "CNY", rows: int | None = None, **settings) -> list[int]:
    """The minor units of a column of payments of one account."""
    rows = len(cells) if rows is None else rows
    book = frames.read(
        accounts={"account_id": ["A"], "originated_on": ["2024-12-31"]},
        instalments={"account_id": ["A"], "due_date": ["2025-01-31"], "principal": ["1"]}
        if settings.get("amounts", "auto") != "minor"
        else {"account_id": ["A"], "due_date": ["2025-01-31"], "principal": [1]},
        payments={"account_id": ["A"] * rows, "value_date": ["2025-01-31"] * rows, "amount": cells},
        currency=currency,
        **settings,
    )
    return book.payments.amount.tolist()


def refused(cells, **settings) -> dq.PortfolioError:
    with pytest.raises(dq.PortfolioError) as caught:
        read_one(cells, **settings)
    assert caught.value.column == "payments.amount"
    return caught.value


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 10**12), min_size=1, max_size=20),
    st.sampled_from(["CNY", "JPY", "KWD"]),
)
def test_any_amount_survives_any_exact_type(minor: list[int], code: str) -> None:
    places = dq.Currency.of(code).minor_unit
    exact = [Decimal(cell).scaleb(-places) for cell in minor]
    assert read_one(pa.array(exact, pa.decimal128(38, places + 9)), currency=code) == minor
    assert read_one(pa.array(exact, pa.decimal128(20, places)), currency=code) == minor
    assert read_one([str(cell) for cell in exact], currency=code) == minor
    assert read_one(np.array(minor), currency=code, amounts="minor") == minor
    assert (
        read_one(np.array([float(cell) for cell in exact]), currency=code, floats="exact") == minor
    )


def test_an_amount_finer_than_the_minor_unit_is_named_and_never_rounded() -> None:
    cells = [Decimal("10.500"), Decimal("10.005"), Decimal("10.001")]
    for column in (cells, pa.array(cells, pa.decimal128(38, 20)), [str(cell) for cell in cells]):
        error = refused(column)
        assert (error.reason, error.rows, error.found) == (
            "finer_than_minor_unit",
            (1, 2),
            error.found,
        )
        assert error.found.startswith("10.005")


def test_the_bound_is_accepted_and_one_minor_unit_more_is_not() -> None:
    most = Decimal(BOUND).scaleb(-2)
    over = most + Decimal("0.01")
    assert read_one([most]) == [BOUND]
    assert read_one(np.array([BOUND]), amounts="minor") == [BOUND]
    assert read_one(np.array([BOUND // 100]), amounts="major") == [BOUND]
    assert refused([over]).reason == "amount_too_large"
    assert refused([str(over)]).reason == "amount_too_large"
    assert refused(np.array([BOUND + 1]), amounts="minor").reason == "amount_too_large"
    assert refused(np.array([BOUND // 100 + 1]), amounts="major").reason == "amount_too_large"


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([Decimal(10) ** 30, Decimal(1)], pa.decimal128(38, 1)),
        pa.array([Decimal(10) ** 60, Decimal(1)], pa.decimal256(76, 5)),
        ["9" * 80, "1"],
        ["1" + "0" * 18 + ".00", "1.00"],
    ],
)
def test_a_number_beyond_every_width_is_too_large_and_not_an_accident(cells) -> None:
    error = refused(cells)
    assert (error.reason, error.rows) == ("amount_too_large", (0,))


@pytest.mark.parametrize("amounts", ["minor", "major"])
def test_a_whole_decimal_beyond_every_width_is_too_large_in_either_unit(amounts: str) -> None:
    for kind in (pa.decimal128(38, 0), pa.decimal256(76, 0), pa.decimal256(76, -1)):
        cells = pa.array([Decimal(10) ** (kind.precision - 1), Decimal(10)], kind)
        error = refused(cells, amounts=amounts)
        assert (error.reason, error.rows) == ("amount_too_large", (0,))


def test_unsigned_numbers_beyond_signed_ones_are_too_large() -> None:
    cells = np.array([2**63 + 5, 1], dtype=np.uint64)
    assert refused(cells, amounts="minor").reason == "amount_too_large"
    assert refused(cells, amounts="major").reason == "amount_too_large"


def test_whole_numbers_say_no_unit_so_the_caller_does() -> None:
    cells = np.array([1050])
    error = refused(cells)
    assert (error.reason, error.rows) == ("wrong_type", ())
    assert 'amounts="minor"' in error.hint
    assert read_one(cells, amounts="minor") == [1050]
    assert read_one(cells, amounts="major") == [105_000]


def test_in_a_currency_without_decimals_a_whole_number_is_certain() -> None:
    assert read_one(np.array([1050]), currency="JPY") == [1050]


def test_decimals_and_text_are_currency_units_so_minor_refuses_them() -> None:
    assert "currency units" in refused([Decimal("10.50")], amounts="minor").hint
    assert "currency units" in refused(["1050"], amounts="minor").hint
    assert "currency units" in refused([Decimal(1050)], amounts="minor").hint


def test_floats_are_refused_unless_asked_for() -> None:
    error = refused(np.array([10.5]))
    assert (error.reason, 'floats="exact"' in error.hint) == ("wrong_type", True)
    assert read_one(np.array([10.5, 0.1, 1e9 + 0.01]), floats="exact") == [
        1050,
        10,
        100_000_000_001,
    ]
    assert refused(np.array([10.5], dtype=np.float32), floats="exact").reason == "wrong_type"


def test_a_float_that_is_nearest_to_no_amount_is_named() -> None:
    error = refused(np.array([0.3, 0.1 + 0.2, 10.005, 2.5]), floats="exact")
    assert (error.reason, error.rows) == ("float_not_exact", (1, 2))
    assert error.found == "0.30000000000000004"


def test_a_float_too_large_to_tell_amounts_apart_is_refused() -> None:
    assert read_one(np.array([1e13]), floats="exact") == [BOUND]
    for number in (2.0**52 / 100 + 1, 45035996273704.95, 1e13 + 0.01, 1e300, -1e300):
        reason = "amount_too_large" if number > 0 else "amount_not_positive"
        assert refused(np.array([number]), floats="exact").reason == reason


@pytest.mark.parametrize(
    "cells",
    [
        [Decimal("1.00"), None],
        ["1.00", None],
        pa.array([100, None]),
        pa.array([1.0, float("nan")]),
        pa.array([1.0, float("inf")]),
        pa.array([1.0, None]),
        pa.array([Decimal("1.00"), None], pa.decimal128(10, 2)),
    ],
)
def test_what_is_missing_is_missing_in_every_type(cells) -> None:
    settings = {"floats": "exact"}
    if isinstance(cells, pa.Array) and pa.types.is_integer(cells.type):
        settings["amounts"] = "major"
    error = refused(cells, **settings)
    assert (error.reason, error.rows) == ("missing", (1,))


def test_a_column_of_nothing_is_missing_everywhere() -> None:
    assert refused(pa.nulls(2)).rows == (0, 1)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("0", "amount_not_positive"),
        ("-1.00", "amount_not_positive"),
        ("1,200.00", "not_an_amount"),
        ("1e3", "not_an_amount"),
        ("+5", "not_an_amount"),
        (" 5", "not_an_amount"),
        ("5\n", "not_an_amount"),
        ("", "not_an_amount"),
        ("NaN", "not_an_amount"),
        ("\u0661", "not_an_amount"),
        ("0." + "0" * 30 + "1", "finer_than_minor_unit"),
    ],
)
def test_text_is_an_amount_digit_by_digit_or_it_is_refused(cell: str, reason: str) -> None:
    error = refused(["1.00", cell])
    assert (error.reason, error.rows) == (reason, (1,))


def test_text_with_more_noughts_than_decimals_is_exact() -> None:
    assert read_one(["1." + "5" + "0" * 40]) == [150]


def test_a_column_of_truths_is_no_column_of_amounts() -> None:
    error = refused(pa.array([True]))
    assert (error.reason, error.rows) == ("wrong_type", ())


def test_cells_of_mixed_types_are_judged_one_by_one() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.Series([Decimal("1.50"), "2.50", Decimal("NaN"), 3, 4.5, None], dtype=object)
    payments = pd.DataFrame({"account_id": "A", "value_date": "2025-01-31", "amount": frame})
    result = frames.read(
        accounts={"account_id": ["A"], "originated_on": ["2024-12-31"]},
        instalments={"account_id": ["A"], "due_date": ["2025-01-31"], "principal": ["1"]},
        payments=payments,
        currency="CNY",
        on_error="quarantine",
    )
    lines = result.quarantine.to_frame("pyarrow").to_pylist()
    reasons = {line["row"]: line["reason"] for line in lines if line["table"] == "payments"}
    assert reasons == {
        0: "account_quarantined",
        1: "account_quarantined",
        2: "not_an_amount",
        3: "not_an_amount",
        4: "not_an_amount",
        5: "missing",
    }


@pytest.mark.parametrize("kind", [(38, 30), (38, 36), (20, 3), (38, 3)])
def test_bad_rows_are_found_in_decimals_of_any_width(kind: tuple[int, int]) -> None:
    cells = pa.array([Decimal("1.5"), Decimal("2.250"), Decimal("0.001")], pa.decimal128(*kind))
    assert read_one(cells.slice(0, 2)) == [150, 225]
    error = refused(cells)
    assert (error.reason, error.rows) == ("finer_than_minor_unit", (2,))
    assert refused(cells, currency="JPY").rows == (0, 1, 2)


def test_a_decimal_that_only_has_decimals_is_read_to_the_last_one() -> None:
    kind = pa.decimal128(38, 38)
    assert read_one(pa.array([Decimal("0.5")], kind)) == [50]
    assert refused(pa.array([Decimal("0.5"), Decimal("0.001")], kind)).rows == (1,)


def test_a_column_of_decimals_without_places_is_of_whole_numbers_whose_unit_the_caller_says() -> (
    None
):
    whole = pa.array([Decimal(100), Decimal(2)], pa.decimal128(38, 0))
    hundreds = pa.array([Decimal(1500), Decimal(200)], pa.decimal128(5, -2))
    for cells in (whole, hundreds, whole.cast(pa.decimal256(76, 0))):
        error = refused(cells)
        assert (error.reason, error.rows) == ("wrong_type", ())
        assert error.found.startswith("whole numbers (decimal")
        assert 'amounts="minor"' in error.hint
    assert read_one(whole, amounts="minor") == [100, 2]
    assert read_one(whole, amounts="major") == [10_000, 200]
    assert read_one(hundreds, amounts="minor") == [1500, 200]
    assert read_one(hundreds, amounts="major") == [150_000, 20_000]
    assert read_one(whole, currency="JPY") == [100, 2]


def test_a_decimal_of_python_is_in_currency_units_whether_it_is_whole_or_not() -> None:
    assert read_one([Decimal(250), Decimal("1000.00")]) == [25_000, 100_000]
    assert read_one([Decimal(250), Decimal(1000)]) == [25_000, 100_000]
    assert read_one([Decimal("1E+3"), Decimal(1)], currency="JPY") == [1000, 1]


def test_a_sum_of_whole_numbers_is_a_whole_number_in_duckdb_too() -> None:
    duckdb = pytest.importorskip("duckdb")
    query = (
        "select 'A' as account_id, date '2025-01-31' as value_date, sum(cell) as amount "
        "from (values (60), (40)) as cells(cell)"
    )
    given = {
        "accounts": {"account_id": ["A"], "originated_on": ["2024-12-31"]},
        "instalments": {"account_id": ["A"], "due_date": ["2025-01-31"], "principal": [100]},
        "payments": duckdb.connect().sql(query),
    }
    with pytest.raises(dq.PortfolioError, match="unit is certain"):
        frames.read(**given, currency="CNY")
    book = frames.read(**given, currency="CNY", amounts="minor")
    assert book.payments.amount.tolist() == [100]


def test_a_table_without_rows_says_nothing_uncertain() -> None:
    assert read_one(pa.array([], pa.int64())) == read_one(pa.array([], pa.decimal128(4, 0))) == []


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ([Decimal("1000.00"), 250], 1),
        ([Decimal("10.00"), 25_000], 1),
        ([250, Decimal("1000.00")], 0),
        (["1000.00", 250], 1),
    ],
)
def test_a_whole_number_among_decimals_has_no_certain_unit_wherever_it_stands(
    cells: list, row: int
) -> None:
    pd = pytest.importorskip("pandas")
    for column in (cells, np.array(cells, dtype=object), pd.Series(cells, dtype=object)):
        error = refused(column)
        assert (error.reason, error.rows) == ("not_an_amount", (row,))
        assert 'amounts="minor"' in error.hint
    assert read_one(cells, amounts="major") == [int(Decimal(cell) * 100) for cell in cells]
    error = refused(cells, amounts="minor")
    assert (error.rows, "currency units" in error.hint) == ((1 - row,), True)


def test_floats_among_decimals_are_read_only_where_they_are_asked_for() -> None:
    cells = [Decimal("1.50"), 2.5, 0.1 + 0.2]
    error = refused(cells)
    assert (error.reason, error.rows) == ("not_an_amount", (1, 2))
    assert 'floats="exact"' in error.hint
    error = refused(cells, floats="exact")
    assert (error.reason, error.rows) == ("float_not_exact", (2,))
    assert read_one(cells[:2], floats="exact") == [150, 250]


def test_an_empty_text_is_called_that() -> None:
    assert refused(["1.00", ""]).found == "an empty text"


@pytest.mark.skipif(not hasattr(pa, "decimal64"), reason="this Arrow has no narrow decimals")
def test_narrow_and_double_decimals_are_read_too() -> None:
    assert read_one(pa.array([Decimal("1.5")], pa.decimal64(10, 2))) == [150]
    assert read_one(pa.array([Decimal("1.5")], pa.decimal256(76, 40))) == [150]
    error = refused(pa.array([Decimal("1.5"), Decimal("1.555")], pa.decimal32(7, 3)))
    assert (error.reason, error.rows) == ("finer_than_minor_unit", (1,))


def test_too_large_too_small_and_too_fine_are_told_apart_in_one_column() -> None:
    cells = [
        Decimal(10) ** 20,
        -(Decimal(10) ** 20),
        Decimal("1.005"),
        Decimal("1.00"),
        Decimal("-1.005"),
    ]
    names = [f"A-{row}" for row in range(5)]
    result = frames.read(
        accounts={"account_id": names, "originated_on": ["2025-01-01"] * 5},
        instalments={
            "account_id": names,
            "due_date": ["2025-01-31"] * 5,
            "principal": pa.array(cells, pa.decimal128(38, 10)),
        },
        currency="CNY",
        on_error="quarantine",
    )
    lines = result.quarantine.to_frame("pyarrow").to_pylist()
    reasons = {line["row"]: line["reason"] for line in lines if line["table"] == "instalments"}
    assert reasons == {
        0: "amount_too_large",
        1: "negative_amount",
        2: "finer_than_minor_unit",
        4: "finer_than_minor_unit",
    }
    assert result.book.instalments.principal.tolist() == [100]
