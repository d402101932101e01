"""Facts beside the schedule from frames: empty cells, shares, rates, numbers and flags."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

import delinquency as dq
from delinquency import frames
from tests.frames.small_tables import BACKENDS, every_column, handed_over


def read(given: dict[str, Any], **settings: Any) -> list[dq.Account]:
    return list(frames.read(**given, currency="CNY", **settings))


def expected_events() -> list[tuple[dq.AccountEvent, ...]]:
    waiver = dq.Waiver(
        date(2025, 3, 1), dq.Component.INTEREST, None, date(2025, 3, 2), date(2025, 3, 10)
    )
    back = dq.ChargeBack(
        charge_back_id="b",
        value_date=date(2025, 2, 3),
        principal=Decimal("1.25"),
        payment_id="p1",
    )
    half = dq.Proportion(1, 2)
    ltv, march = dq.FigureName.LOAN_TO_VALUE, date(2025, 3, 1)
    fraud, movable = dq.FindingKind.FRAUD, dq.CollateralKind.MOVABLE
    return [
        (
            dq.Dispute(
                "d1",
                date(2025, 2, 1),
                Decimal("0.50"),
                date(2025, 2, 20),
                for_debtor=True,
                recorded_on=date(2025, 2, 3),
                reversed_on=date(2025, 2, 5),
            ),
            dq.Finding(
                dq.FindingKind.DECEASED, date(2025, 2, 1), date(2025, 2, 20), date(2025, 2, 5)
            ),
            dq.OffBalance(date(2025, 2, 1)),
            back,
            dq.ReportedFigure(ltv, march, dq.Proportion(21, 20), None, date(2025, 3, 9)),
            dq.ReportedFigure(ltv, march, dq.Proportion(4, 5), date(2025, 3, 9)),
            waiver,
            dq.Restructuring(date(2025, 3, 2), date(2025, 3, 2), in_difficulty=False),
            dq.Acceleration(date(2025, 4, 1)),
            dq.ReAge(date(2025, 4, 3), reversed_on=date(2025, 4, 9)),
            dq.ReAge(date(2025, 4, 3), recorded_on=date(2025, 4, 9)),
            dq.Collateral("car", date(2025, 4, 4), 1, movable, 2, reversed_on=date(2025, 4, 9)),
            dq.Collateral(
                "car", date(2025, 4, 4), Decimal("0.25"), movable, recorded_on=date(2025, 4, 9)
            ),
            dq.Guarantee(
                "firm", date(2025, 4, 5), share=dq.Proportion(1, 3), until=date(2025, 5, 1)
            ),
        ),
        (
            dq.Finding(fraud, date(2025, 2, 1), march),
            dq.CountingSuspension(date(2025, 2, 16), date(2025, 2, 20), dq.SuspensionReason.LAW),
            dq.Dispute("d1", date(2025, 2, 16), Decimal("1.25"), march, charge_id="c"),
            dq.Dispute("d2", date(2025, 2, 16), 10, instalment_no=1),
            dq.PenaltyWaiver(date(2025, 2, 16), date(2025, 2, 20), half),
            dq.PenaltyWaiver(date(2025, 2, 20), date(2025, 3, 1)),
            dq.ChargeBack(charge_back_id="b", value_date=date(2025, 3, 1), penalty=2),
            dq.CountingSuspension(march),
            dq.Finding(fraud, march),
            dq.Restructuring(
                march,
                date(2025, 3, 31),
                diminished_share=dq.Proportion(3, 250),
                grace_until=date(2025, 9, 1),
            ),
            dq.Waiver(date(2025, 3, 20), dq.Component.FEES, Decimal("0.50")),
            dq.WriteOff(date(2025, 3, 20), dq.Component.PRINCIPAL, 10),
            dq.ReportedFigure(
                dq.FigureName.EXPECTED_LOSS_SHARE, date(2025, 3, 31), dq.Proportion(0, 1)
            ),
            dq.ReAge(date(2025, 4, 2), in_workout=True),
            dq.Collateral("flat", date(2025, 4, 3), 0, assessed_value=10, until=date(2025, 5, 1)),
            dq.Guarantee(
                "daughter",
                date(2025, 4, 4),
                share=dq.Proportion(1, 1),
                recorded_on=date(2025, 4, 6),
            ),
            dq.Guarantee("son", date(2025, 4, 4), Decimal("7.50")),
        ),
    ]


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_library_gives_the_same_facts(backend: str) -> None:
    given = {name: handed_over(pa.table(cells), backend) for name, cells in every_column().items()}
    accounts = read(given)
    assert [account.events for account in accounts] == expected_events()
    assert [account.charges[0].charged_on for account in accounts] == [date(2025, 2, 1), None]
    assert [account.contract_rates for account in accounts] == [
        (dq.DatedRate(date(2024, 12, 31), dq.Rate.per_year("0.0435")),),
        (
            dq.DatedRate(date(2025, 1, 15), dq.Rate.per_month("-0.01")),
            dq.DatedRate(date(2025, 3, 1), dq.Rate.per_day("0.0005")),
        ),
    ]


@pytest.mark.parametrize(
    "rates",
    [
        pa.array([Decimal("0.0005"), Decimal("0.0435"), Decimal("-0.01")]),
        pa.array(["0.0005", "0.0435", "-0.01"]).dictionary_encode(),
        [Decimal("0.0005"), "0.0435", Decimal("-0.01000000000")],
    ],
)
def test_a_rate_is_a_decimal_or_a_text(rates: Any) -> None:
    given = every_column()
    given["contract_rates"]["rate"] = rates
    assert read(given) == read(every_column())


def test_a_rate_that_does_not_say_its_unit_is_refused() -> None:
    given = every_column()
    given["contract_rates"]["rate"] = [0, 4, 1]
    with pytest.raises(dq.PortfolioError, match="expected decimals or text"):
        read(given)


def test_floats_are_rates_only_where_the_caller_says_so() -> None:
    given = every_column()
    given["contract_rates"]["rate"] = [0.0005, 0.0435, -0.01]
    with pytest.raises(dq.PortfolioError, match='pass floats="exact"'):
        read(given)
    assert read(given, floats="exact") == read(every_column())
    given["contract_rates"]["rate"] = [0.1 + 0.2, 0.0435, -0.01]
    with pytest.raises(dq.PortfolioError) as caught:
        read(given, floats="exact")
    assert (caught.value.reason, caught.value.rows) == ("not_a_rate", (0,))


def test_columns_that_say_nothing_may_be_left_out() -> None:
    given = every_column()
    account = ["A", "B"]
    given["decisions"] = {
        "account_id": account,
        "value_date": ["2025-03-01"] * 2,
        "kind": ["closure", "acceleration"],
    }
    given["spans"] = {
        "account_id": account,
        "start": ["2025-03-01"] * 2,
        "end": [None, "2025-03-02"],
        "kind": ["funds_misuse", "penalty_waiver"],
    }
    first, second = read(given)
    assert dq.Closure(date(2025, 3, 1)) in first.events
    assert dq.FundsMisuse(date(2025, 3, 1)) in first.events
    assert dq.Acceleration(date(2025, 3, 1)) in second.events
    assert dq.PenaltyWaiver(date(2025, 3, 1), date(2025, 3, 2)) in second.events


def test_a_charge_back_without_a_column_of_amounts_is_none() -> None:
    given = every_column()
    del given["charge_backs"]["principal"], given["charge_backs"]["penalty"]
    with pytest.raises(dq.PortfolioError) as caught:
        read(given)
    assert caught.value.reason == "missing_column"


def test_whole_minor_units_come_through_pandas_where_some_cells_are_empty() -> None:
    book = frames.read(**every_column(), currency="CNY")
    written = frames.book_to_frames(book, "pandas", amounts="minor")
    assert str(written["decisions"]["amount"].dtype) == "float64"
    assert read(written, amounts="minor") == list(book)
    written["decisions"].loc[2, "amount"] = 0.5
    with pytest.raises(dq.PortfolioError):
        read(written, amounts="minor")


@pytest.mark.parametrize(
    "numbers",
    [
        ["2", "0002"],
        pa.array(["2", "2"]),
        pa.array(["2", "2"], type=pa.large_string()).dictionary_encode(),
        [2, "2"],
    ],
)
def test_a_number_is_whole_or_a_text_of_digits(numbers: Any) -> None:
    given = every_column()
    given["charges"]["instalment_no"] = numbers
    assert [account.charges[0].instalment_no for account in read(given)] == [2, 2]


@pytest.mark.parametrize("numbers", [pa.array(["", None]), ["", None], pa.array([None, None])])
def test_an_empty_text_is_no_number(numbers: Any) -> None:
    given = every_column()
    given["charges"]["instalment_no"] = numbers
    assert [account.charges[0].instalment_no for account in read(given)] == [None, None]


@pytest.mark.parametrize(
    "text", ["0", "-1", "+1", " 1", "1.0", "1e0", "1_0", "١", "²", "one", "9999999999", "9" * 5000]
)
def test_another_text_is_no_number_and_its_row_is_told(text: str) -> None:
    for cells in ([None, text], pa.array([None, text])):
        given = every_column()
        given["charges"]["instalment_no"] = cells
        with pytest.raises(dq.PortfolioError) as caught:
            read(given)
        assert (caught.value.reason, caught.value.rows) == ("unknown_instalment", (1,))


def test_a_column_of_days_is_no_column_of_numbers() -> None:
    given = every_column()
    given["charges"]["instalment_no"] = pa.array([date(2025, 1, 1)] * 2)
    with pytest.raises(dq.PortfolioError, match="expected whole numbers, or text of digits"):
        read(given)


def test_a_table_of_texts_without_rows_has_no_numbers() -> None:
    given: dict[str, Any] = every_column()
    given["charges"] = pa.table({name: pa.array([], pa.string()) for name in given["charges"]})
    given["disputes"]["charge_id"] = [None, None, None]
    assert [account.charges for account in read(given)] == [(), ()]


@pytest.mark.parametrize(
    "flags",
    [
        ["true", "false"],
        ["True", "False"],
        [True, False],
        ["true", False],
        [None, False],
        ["", "false"],
        pa.array([True, False]),
        pa.array([None, False]),
        pa.array(["true", "false"]).dictionary_encode(),
    ],
)
def test_a_flag_is_true_or_false_or_a_text_that_says_so(flags: Any) -> None:
    given = every_column()
    given["restructurings"]["in_difficulty"] = flags
    assert read(given) == read(every_column())


@pytest.mark.parametrize("flag", ["yes", "TRUE", "1", 1])
def test_another_text_is_no_flag_and_its_row_is_told(flag: Any) -> None:
    given = every_column()
    given["restructurings"]["in_difficulty"] = [flag, "false" if isinstance(flag, str) else 0]
    with pytest.raises(dq.PortfolioError) as caught:
        read(given)
    assert (caught.value.reason, caught.value.rows[:1]) == ("unknown_member", (0,))


def test_a_debtor_is_in_difficulty_unless_the_table_says_otherwise() -> None:
    given = every_column()
    del given["restructurings"]["in_difficulty"]
    book = frames.read(**given, currency="CNY")
    assert book.restructurings is not None
    assert book.restructurings.in_difficulty is None
    assert [
        change.in_difficulty
        for account in book
        for change in account.events
        if isinstance(change, dq.Restructuring)
    ] == [True, True]


def test_flags_are_written_as_flags() -> None:
    written = frames.book_to_frames(frames.read(**every_column(), currency="CNY"), "pyarrow")
    assert written["restructurings"]["in_difficulty"].to_pylist() == [False, True]
    assert pa.types.is_boolean(written["restructurings"]["in_difficulty"].type)


@pytest.mark.parametrize("numbers", [[4, None, 21], ["4", "", "21"], pa.array([4, None, 21])])
def test_a_figure_without_a_number_is_missing(numbers: Any) -> None:
    given = every_column()
    given["reported_figures"]["value_numerator"] = numbers
    with pytest.raises(dq.PortfolioError) as caught:
        read(given)
    assert (caught.value.reason, caught.value.rows) == ("missing", (1,))


def test_a_column_of_nothing_is_missing_in_every_row() -> None:
    given = every_column()
    given["reported_figures"]["value_numerator"] = pa.nulls(3)
    with pytest.raises(dq.PortfolioError) as caught:
        read(given)
    assert (caught.value.reason, caught.value.rows) == ("missing", (0, 1, 2))


def test_the_value_of_a_figure_has_to_be_there() -> None:
    given = every_column()
    del given["reported_figures"]["value_numerator"]
    with pytest.raises(dq.PortfolioError) as caught:
        read(given)
    assert caught.value.reason == "missing_column"


def test_what_was_recorded_on_its_own_day_comes_before_what_was_recorded_later() -> None:
    """Both were taken back on one day; the book read is the one that accounts make, row by row."""
    given = every_column()
    given["reported_figures"] = {
        "account_id": ["A", "A", "B"],
        "value_date": ["2025-03-01"] * 3,
        "name": ["loan_to_value"] * 3,
        "value_numerator": [9, 1, 5],
        "value_denominator": [1, 1, 1],
        "recorded_on": ["2025-03-09", None, None],
        "reversed_on": ["2025-03-09", "2025-03-09", None],
    }
    book = frames.read(**given, currency="CNY")
    laid_out = dq.portfolio.Portfolio.from_accounts(list(book))
    for each in (book, laid_out):
        assert each.reported_figures.value_numerator.tolist() == [1, 9, 5]
