"""A frequency is of months or of days, and has one name or many."""

from __future__ import annotations

import pickle

import pytest

from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.frequency import Frequency


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [
        ("P1M", 1, 0),
        ("p3m", 3, 0),
        ("P1Y", 12, 0),
        ("P1Y6M", 18, 0),
        ("P2W", 0, 14),
        ("P10D", 0, 10),
        ("1M", 1, 0),
        ("28D", 0, 28),
        ("26W", 0, 182),
        ("100Y", 1200, 0),
        ("monthly", 1, 0),
        ("  Every   Two weeks ", 0, 14),
        ("fortnightly", 0, 14),
        ("quarterly", 3, 0),
        ("semi-annual", 6, 0),
        ("annually", 12, 0),
        ("daily", 0, 1),
        ("Term", 0, 0),
        ("at maturity", 0, 0),
        ("按月", 1, 0),
        ("按双周", 0, 14),
        ("到期", 0, 0),
    ],
)
def test_a_frequency_is_read_from_its_names(text, months, days):
    assert Frequency.of(text) == Frequency(months=months, days=days)


@pytest.mark.parametrize(
    "text", ["", "P", "P0M", "0D", "often", "P1.5M", "P-1M", "PT1H", "1", "M", "P1M1Y", "P١M"]
)
def test_what_names_no_period_is_refused(text):
    with pytest.raises(InvalidValueError, match="a name or a period such as"):
        Frequency.of(text)


@pytest.mark.parametrize("text", ["P1M2W", "1Y1D", "P1M1D"])
def test_months_are_never_mixed_with_weeks_or_days(text):
    with pytest.raises(InvalidValueError, match="expected months or days"):
        Frequency.of(text)


def test_weeks_are_not_mixed_with_days():
    with pytest.raises(InvalidValueError, match="expected weeks or days"):
        Frequency.of("P1W2D")


@pytest.mark.parametrize("text", ["bimonthly", "semi-monthly", "SemiMonthly", "biannual"])
def test_a_name_that_people_use_for_two_things_is_refused(text):
    with pytest.raises(InvalidValueError, match="a name of one meaning"):
        Frequency.of(text)


def test_years_are_months_and_weeks_are_days():
    assert Frequency.every_years(2) == Frequency.every_months(24)
    assert Frequency.every_weeks(2) == Frequency.every_days(14) == Frequency.EVERY_TWO_WEEKS
    assert Frequency.every_months(1) != Frequency.every_days(30)


@pytest.mark.parametrize("text", ["P1M", "P12M", "P2W", "P10D", "TERM", "P1D"])
def test_a_frequency_is_written_as_it_is_read(text):
    assert str(Frequency.of(text)) == text
    assert pickle.loads(pickle.dumps(Frequency.of(text))) == Frequency.of(text)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        *(("1M", 12), ("2M", 6), ("3M", 4), ("4M", 3), ("6M", 2), ("12M", 1)),
        *(("1W", 52), ("2W", 26), ("4W", 13), ("13W", 4), ("52W", 1)),
        *(("1D", 365), ("5D", 73), ("73D", 5), ("365D", 1)),
    ],
)
def test_periods_of_a_year_are_a_whole_number(text, periods):
    assert Frequency.of(text).periods_per_year() == periods


@pytest.mark.parametrize("text", ["5M", "18M", "2Y", "3W", "10D", "30D", "360D", "TERM"])
def test_a_frequency_that_does_not_divide_the_year_has_no_such_number(text):
    with pytest.raises(InvalidValueError, match="a whole number of periods a year"):
        Frequency.of(text).periods_per_year()


@pytest.mark.parametrize("number", [1.0, "1", True, None])
def test_a_length_is_a_whole_number(number):
    for make in (Frequency.every_days, Frequency.every_weeks, Frequency.every_months):
        with pytest.raises(InvalidTypeError, match="an int"):
            make(number)
    with pytest.raises(InvalidTypeError, match="frequency, days: expected an int"):
        Frequency(days=number)


@pytest.mark.parametrize(
    ("make", "number"),
    [
        (Frequency.every_days, 0),
        (Frequency.every_months, -1),
        (Frequency.every_days, 36526),
        (Frequency.every_years, 101),
        (Frequency, -1),
    ],
)
def test_a_length_of_nothing_or_of_more_than_a_century_is_refused(make, number):
    with pytest.raises(InvalidValueError):
        make(number)


def test_a_text_is_what_is_read():
    with pytest.raises(InvalidTypeError, match="a text"):
        Frequency.of(1)


def test_term_is_one_period():
    assert Frequency.TERM.is_term
    assert not Frequency.MONTHLY.is_term
    assert not Frequency.DAILY.is_term
