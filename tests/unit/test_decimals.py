"""Decimals become whole numbers exactly, or not at all."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delinquency.decimals import exact_decimal, parse_decimal, shifted, whole_after_shift
from delinquency.errors import InvalidTypeError, InvalidValueError

PLACES = st.integers(min_value=0, max_value=8)


@given(whole=st.integers(min_value=-(10**18), max_value=10**18), places=PLACES)
def test_shifting_there_and_back_changes_nothing(whole, places):
    moved = shifted(whole, places)
    assert Fraction(moved) == Fraction(whole, 10**places)
    assert moved.as_tuple().exponent == -places
    assert whole_after_shift(moved, places) == whole


@given(
    value=st.decimals(min_value=-(10**15), max_value=10**15, places=6, allow_nan=False),
    places=PLACES,
)
def test_a_shift_is_whole_exactly_when_the_fraction_is(value, places):
    exact = Fraction(value) * 10**places
    expected = exact.numerator if exact.denominator == 1 else None
    assert whole_after_shift(value, places) == expected


def test_more_digits_than_the_context_holds_are_kept_apart_from_trailing_zeros():
    assert whole_after_shift(Decimal("1." + "0" * 70), 2) == 100
    assert whole_after_shift(Decimal("1." + "0" * 70 + "1"), 2) is None
    assert whole_after_shift(Decimal("1E-999999"), 2) is None


def test_a_number_of_forty_digits_passes_and_one_of_forty_one_does_not():
    assert exact_decimal(Decimal("9E39"), where="x", field="f", hint="") == Decimal("9E39")
    with pytest.raises(InvalidValueError, match="a number of 41 digits"):
        exact_decimal(Decimal("1E40"), where="x", field="f", hint="")
    with pytest.raises(InvalidValueError, match="a number of 1000000 digits"):
        exact_decimal(Decimal("1E999999"), where="x", field="f", hint="")


@pytest.mark.parametrize("zero", [Decimal("0E+999999"), Decimal("-0.00"), Decimal(0), 0])
def test_zero_is_zero_however_it_is_written(zero):
    number = exact_decimal(zero, where="x", field="f", hint="")
    assert str(number) == "0"


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_not_finite_is_refused(value):
    with pytest.raises(InvalidValueError, match="expected a finite f"):
        exact_decimal(Decimal(value), where="x", field="f", hint="")


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (1.5, "from a string"),
        ("1.5", "told by the caller"),
        (True, "int"),
        (None, "int"),
        (1j, "int"),
    ],
)
def test_the_hint_suits_the_type(value, hint):
    with pytest.raises(InvalidTypeError, match="f to be a Decimal or an int") as caught:
        exact_decimal(value, where="x", field="f", hint="told by the caller")
    assert hint in caught.value.hint


@given(value=st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False))
def test_plain_notation_is_read_as_written(value):
    assert str(parse_decimal(f"{value:f}", where="x", field="f")) == f"{value:f}"


def test_reading_does_not_depend_on_the_callers_context():
    with decimal.localcontext(decimal.Context(prec=2, traps=[decimal.Inexact])):
        assert str(parse_decimal("123456.789", where="x", field="f")) == "123456.789"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "empty text"),
        ("  ", "empty text"),
        (" 1", "Strip the spaces"),
        ("1\n", "Strip the spaces"),
        ("4.35%", "fraction of one"),
        ("1,200.00", "thousands separators"),
        ("12,50", "decimal point"),
        ("1_000", "thousands separators"),
        ("1e3", "exponent"),
        ("1.5E3", "exponent"),
        ("+1", "Only digits"),
        ("--1", "Only digits"),
        (".5", "Only digits"),
        ("5.", "Only digits"),
        ("1.2.3", "Only digits"),
        ("NaN", "Only digits"),
        ("Infinity", "Only digits"),
        ("EUR 5", "Only digits"),
        ("１２", "Only digits"),
    ],
)
def test_another_notation_is_refused_with_what_stands_in_the_way(text, hint):
    with pytest.raises(InvalidValueError, match="f in plain decimal notation") as caught:
        parse_decimal(text, where="x", field="f")
    assert hint in caught.value.hint


@pytest.mark.parametrize("text", [None, 5, b"5", Decimal(5)])
def test_only_text_is_parsed(text):
    with pytest.raises(InvalidTypeError, match="f as text"):
        parse_decimal(text, where="x", field="f")
