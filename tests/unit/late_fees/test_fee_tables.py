"""Tables of fees: what the packaged files say, and what a file cannot say."""

from __future__ import annotations

import warnings
from datetime import date
from decimal import Decimal

import pytest

import delinquency as dq
from delinquency.cited_tables import UnverifiedTableWarning
from delinquency.late_fees import (
    AmountByBand,
    Band,
    FeeRow,
    FeeTable,
    amount_by_band,
    fee_table,
    fee_table_names,
)
from delinquency.validity import Validity

USD, GBP = dq.Currency.of("USD"), dq.Currency.of("GBP")
READINGS = ("us-card-safe-harbour-30-41", "us-card-safe-harbour-32-43")
VACATED = date(2024, 5, 14)
UNVERIFIED = dq.Verification.UNVERIFIED


def amounts_on(table: FeeTable, day: date) -> tuple[Decimal, Decimal]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnverifiedTableWarning)
        row = table.row_on(day)
    return row.first, row.repeated


@pytest.mark.parametrize("name", READINGS)
@pytest.mark.parametrize(
    ("day", "first", "repeated"),
    [
        (date(2010, 8, 22), 25, 35),
        (date(2013, 12, 31), 25, 35),
        (date(2014, 1, 1), 26, 37),
        (date(2015, 1, 1), 27, 38),
        (date(2016, 1, 1), 27, 37),
        (date(2016, 6, 26), 27, 37),
        (date(2016, 6, 27), 27, 38),
        (date(2017, 1, 1), 27, 38),
        (date(2018, 1, 1), 27, 38),
        (date(2019, 1, 1), 28, 39),
        (date(2020, 1, 1), 29, 40),
        (date(2021, 12, 31), 29, 40),
        (date(2022, 1, 1), 30, 41),
        (date(2024, 5, 13), 30, 41),
    ],
)
def test_the_history_of_the_safe_harbour_is_the_same_in_both_readings(name, day, first, repeated):
    assert amounts_on(fee_table(name), day) == (first, repeated)


def test_after_the_vacatur_the_pair_is_a_choice_between_two_tables():
    assert [amounts_on(fee_table(name), VACATED) for name in READINGS] == [(30, 41), (32, 43)]
    assert [row for row in fee_table(READINGS[0]).rows if row.effective_from < VACATED] == [
        row for row in fee_table(READINGS[1]).rows if row.effective_from < VACATED
    ]


@pytest.mark.parametrize("name", READINGS)
def test_the_rows_that_nobody_verified_warn_and_the_others_do_not(name):
    unverified = [
        row.effective_from for row in fee_table(name).rows if row.verification is UNVERIFIED
    ]
    assert unverified == [date(2018, 1, 1), date(2019, 1, 1), VACATED]
    with pytest.warns(
        UnverifiedTableWarning, match=f"{name}', row of 2018-01-01 was never"
    ) as told:
        fee_table(name).row_on(date(2018, 12, 31))
    assert told[0].filename == __file__
    fee_table(name).row_on(date(2017, 12, 31))
    fee_table(name).row_on(date(2020, 1, 1))


@pytest.mark.parametrize("name", READINGS)
def test_every_row_has_its_source(name):
    table = fee_table(name)
    assert all(row.citations for row in table.rows)
    assert (table.name, table.currency, table.repeat_window) == (name, USD, 6)


def test_a_day_before_the_first_row_has_none():
    with pytest.raises(dq.PolicyNotInForceError, match="from 2010-08-22, found 2010-08-21"):
        fee_table(READINGS[0]).row_on(date(2010, 8, 21))


def test_a_table_may_end():
    table = FeeTable(
        name="house",
        currency=USD,
        repeat_window=0,
        rows=[FeeRow(date(2020, 1, 1), 1, 2)],
        effective_until=date(2021, 1, 1),
    )
    assert table.row_on(date(2020, 12, 31)).first == 1
    with pytest.raises(dq.PolicyNotInForceError, match=r"until 2021-01-01 \(excluded\)"):
        table.row_on(date(2021, 1, 1))


@pytest.mark.parametrize(
    ("debt", "amount"),
    [
        (Decimal("0.00"), 0),
        (Decimal("0.01"), 40),
        (Decimal("999.99"), 40),
        (1000, 70),
        (5000, 70),
        (Decimal("9999.99"), 70),
        (10_000, 100),
    ],
)
def test_united_kingdom_40_70_and_100_pounds_by_the_size_of_the_debt(debt, amount):
    assert amount_by_band("uk-fixed-compensation").amount_for(debt) == amount


def test_the_bands_hold_from_7_august_2002():
    bands = amount_by_band("uk-fixed-compensation")
    assert (bands.currency, bands.validity) == (GBP, Validity(date(2002, 8, 7)))
    bands.check_in_force(11_906)
    with pytest.raises(dq.PolicyNotInForceError, match="from 2002-08-07, found 2002-08-06"):
        bands.check_in_force(11_905)


def test_bands_that_nobody_verified_warn_when_used():
    bands = AmountByBand(name="house", currency=GBP, bands=[Band(0, 1)], verification=UNVERIFIED)
    with pytest.warns(UnverifiedTableWarning, match="bands 'house' was never"):
        bands.check_in_force(0)


def table_of(**given) -> FeeTable:
    return FeeTable(
        **{
            "name": "house",
            "currency": USD,
            "repeat_window": 6,
            "rows": [FeeRow(date(2020, 1, 1), 1, 2), FeeRow(date(2021, 1, 1), 2, 3)],
            **given,
        }
    )


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"name": ""}, dq.InvalidTypeError, "not empty"),
        ({"currency": "USD"}, dq.InvalidTypeError, "a Currency"),
        ({"repeat_window": -1}, dq.InvalidValueError, "0 or more"),
        ({"rows": []}, dq.PolicyError, "found none"),
        ({"rows": [FeeRow(date(2020, 1, 1), 1, 2)] * 2}, dq.PolicyError, "each date once"),
        ({"rows": [(date(2020, 1, 1), 1, 2)]}, dq.InvalidTypeError, "FeeRow"),
        ({"rows": [FeeRow(date(2020, 1, 1), -1, 2)]}, dq.InvalidValueError, "zero or more"),
        ({"rows": [FeeRow(date(2020, 1, 1), 1.5, 2)]}, dq.InvalidTypeError, "1.5"),
        ({"rows": [FeeRow("2020-01-01", 1, 2)]}, dq.InvalidTypeError, "to be a date"),
        ({"effective_until": date(2021, 1, 1)}, dq.PolicyError, "a day after the last row"),
        (
            {"rows": [FeeRow(date(2020, 1, 1), 1, 2, verification="official-text")]},
            dq.InvalidTypeError,
            "a Verification or None",
        ),
        (
            {"rows": [FeeRow(date(2020, 1, 1), 1, 2, verification=dq.Verification.SECONDARY)]},
            dq.PolicyError,
            "a citation of what was compared",
        ),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(given, error, message):
    with pytest.raises(error, match=message):
        table_of(**given)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"bands": []}, dq.PolicyError, "found none"),
        ({"bands": [Band(5, 1), Band(5, 2)]}, dq.PolicyError, "each once"),
        ({"bands": [Band(5, 1), Band(4, 2)]}, dq.PolicyError, "in order"),
        ({"bands": [Band(-1, 1)]}, dq.InvalidValueError, "zero or more"),
        ({"bands": [Band(0, -40)]}, dq.InvalidValueError, "zero or more"),
        ({"bands": [Band(0, 40.0)]}, dq.InvalidTypeError, "amount"),
        ({"bands": [(0, 40)]}, dq.InvalidTypeError, "Band"),
        ({"bands": "40"}, dq.InvalidTypeError, "an iterable of Band"),
        ({"bands": None}, dq.InvalidTypeError, "an iterable of Band"),
        ({"bands": [Band(1, Decimal("0.001"))]}, dq.InvalidValueError, "at most 2 decimals"),
        ({"validity": None}, dq.InvalidTypeError, "a Validity"),
        ({"currency": None}, dq.InvalidTypeError, "a Currency"),
        ({"name": None}, dq.InvalidTypeError, "not empty"),
    ],
)
def test_bands_that_contradict_themselves_are_refused(given, error, message):
    with pytest.raises(error, match=message):
        AmountByBand(**{"name": "house", "currency": GBP, "bands": [Band(0, 1)], **given})


@pytest.mark.parametrize("debt", [-1, Decimal("-0.01")])
def test_a_debt_below_nothing_has_no_amount(debt):
    with pytest.raises(dq.InvalidValueError, match="debt"):
        amount_by_band("uk-fixed-compensation").amount_for(debt)


def test_amounts_by_band_are_asked_for_with_an_exact_amount():
    with pytest.raises(dq.InvalidTypeError):
        amount_by_band("uk-fixed-compensation").amount_for(10.0)


FEES = """
id = "house"
currency = "USD"
repeat_window = 6
[[row]]
effective_from = 2020-01-01
first = "20.00"
repeated = "30.00"
"""

BANDS = """
id = "house"
currency = "USD"
[[band]]
from_amount = "0.00"
amount = "5.00"
"""


def test_a_file_of_ones_own_is_read_by_its_path(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(FEES, encoding="utf-8")
    for name in (path, str(path)):
        assert fee_table(name).rows == (
            FeeRow(date(2020, 1, 1), Decimal("20.00"), Decimal("30.00")),
        )
    path.write_text(BANDS, encoding="utf-8")
    assert amount_by_band(path).validity == Validity()
    assert amount_by_band(path).verification is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"20.00"', "20", "line 7, row 1, first: expected a text in quotes, found the number 20"),
        (
            '"20.00"',
            '"20.005"',
            "line 7, row 1, first: expected first in USD with at most 2 decimals",
        ),
        ('"20.00"', '"2e1"', "plain decimal notation"),
        ("repeat_window = 6", "", "the key 'repeat_window', found none"),
        (
            "repeat_window = 6",
            "repeat_window = true",
            "line 4, repeat_window: expected a whole number",
        ),
        ("repeat_window = 6", "repeat_window = -1", "line 4, repeat_window: expected 0 or more"),
        ("repeated", "repeatd", "line 5, row 1: expected the key 'repeated'"),
        ('currency = "USD"', 'currency = "USB"', "line 3, .*a code of ISO 4217"),
        ('id = "house"', 'id = ""', "line 2, .*not empty"),
        (
            "2020-01-01",
            "2020-01-01T00:00:00",
            "line 6, row 1, effective_from: expected a date such as",
        ),
        ('first = "20.00"', 'first = "20.00"\nfirts = "1.00"', "Did you mean 'first'"),
        ('id = "house"', 'id = "house"\ncolour = "red"', "line 3: expected only the keys"),
        (
            'first = "20.00"',
            'first = "20.00"\ncites = ["law"]',
            "line 8, row 1, cites: expected one of none, found 'law'",
        ),
        ('first = "20.00"', 'first = "20.00"\nverification = "seen"', "one of official-text"),
        ('id = "house"', "id = house", "valid TOML"),
    ],
)
def test_a_slip_in_a_file_is_told_with_its_place(tmp_path, old, new, message):
    path = tmp_path / "house.toml"
    assert old in FEES
    path.write_text(FEES.replace(old, new), encoding="utf-8")
    with pytest.raises(dq.PolicyError, match=r"house\.toml.*" + message):
        fee_table(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'from_amount = "0.00"',
            'from_amount = "-1.00"',
            "line 5, band 1, from_amount: expected .*of zero or more",
        ),
        ("from_amount", "from", "the key 'from_amount'"),
        (
            'currency = "USD"',
            'currency = "USD"\neffective_from = 2021-01-01\neffective_until = 2020-01-01',
            "effective_until after",
        ),
    ],
)
def test_a_slip_in_a_file_of_bands_is_told_with_its_place(tmp_path, old, new, message):
    path = tmp_path / "house.toml"
    assert old in BANDS
    path.write_text(BANDS.replace(old, new), encoding="utf-8")
    with pytest.raises(dq.PolicyError, match=r"house\.toml.*" + message):
        amount_by_band(path)


@pytest.mark.parametrize("read", [fee_table, amount_by_band])
def test_a_table_that_is_not_there_is_named_with_the_nearest(tmp_path, read):
    assert fee_table_names() == ("uk-fixed-compensation", *READINGS)
    with pytest.raises(dq.PolicyError, match="Did you mean 'us-card-safe-harbour-30-41'"):
        read("us-card-safe-harbour-30-14")
    with pytest.raises(dq.PolicyError, match="a file that can be read"):
        read(tmp_path / "none.toml")
    for wrong in (None, 7):
        with pytest.raises(dq.InvalidTypeError, match="a name or a path"):
            read(wrong)


def test_no_table_is_taken_by_default():
    for read in (fee_table, amount_by_band):
        with pytest.raises(TypeError):
            read()
    with pytest.raises(dq.PolicyError, match="one of uk-fixed-compensation"):
        fee_table("us-card-safe-harbour")


def test_a_file_of_the_other_kind_is_refused():
    with pytest.raises(
        dq.PolicyError,
        match="expected amounts by date, found amounts by band. Hint: .*amount_by_band",
    ):
        fee_table("uk-fixed-compensation")
    with pytest.raises(
        dq.PolicyError, match="expected amounts by band, found amounts by date. Hint: .*fee_table"
    ):
        amount_by_band(READINGS[0])
