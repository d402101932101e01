"""Amounts pass the door exactly or not at all."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from delinquency.amounts import MAX_MINOR, from_minor, parse_amount, to_minor
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError

CNY, EUR, JPY, KWD, CLF = (Currency.of(code) for code in ("CNY", "EUR", "JPY", "KWD", "CLF"))
CURRENCIES = st.sampled_from([CNY, EUR, JPY, KWD, CLF])
MINORS = st.integers(min_value=-MAX_MINOR, max_value=MAX_MINOR)
HOSTILE = decimal.Context(
    prec=2,
    Emax=2,
    Emin=-2,
    traps=[
        decimal.Inexact,
        decimal.Rounded,
        decimal.Overflow,
        decimal.Underflow,
        decimal.Subnormal,
        decimal.InvalidOperation,
        decimal.FloatOperation,
        decimal.Clamped,
    ],
)


def minor(amount, currency=CNY, **options) -> int:
    return to_minor(amount, currency, where="loan", **options)


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (Decimal("10.50"), CNY, 1050),
        (Decimal("10.5"), CNY, 1050),
        (Decimal("10.500000"), CNY, 1050),
        (Decimal("1.05E1"), CNY, 1050),
        (10, CNY, 1000),
        (Decimal(1050), JPY, 1050),
        (Decimal("1050.0"), JPY, 1050),
        (Decimal("1.234"), KWD, 1234),
        (Decimal("1.2345"), CLF, 12345),
        (0, CNY, 0),
        (Decimal("-0.00"), CNY, 0),
        (Decimal("0.01"), CNY, 1),
    ],
)
def test_an_amount_is_counted_in_minor_units(amount, currency, expected):
    result = minor(amount, currency)
    assert result == expected
    assert type(result) is int


@given(minor_units=MINORS, currency=CURRENCIES)
def test_minor_units_come_back_from_the_amount(minor_units, currency):
    amount = from_minor(minor_units, currency)
    assert Fraction(amount) == Fraction(minor_units, 10**currency.minor_unit)
    assert amount.as_tuple().exponent == -currency.minor_unit
    assert minor(amount, currency, allow_negative=True) == minor_units


@given(minor_units=MINORS, currency=CURRENCIES)
def test_the_callers_decimal_context_has_no_influence(minor_units, currency):
    amount = from_minor(minor_units, currency)
    with decimal.localcontext(HOSTILE) as context:
        assert from_minor(minor_units, currency).as_tuple() == amount.as_tuple()
        assert minor(amount, currency, allow_negative=True) == minor_units
        text = str(amount)
        parsed = parse_amount(text, currency, where="row", allow_negative=True)
        assert parsed.as_tuple() == from_minor(minor_units, currency).as_tuple()
        assert not any(context.flags.values())


def test_a_refusal_is_told_in_full_under_a_hostile_context():
    with decimal.localcontext(HOSTILE), pytest.raises(InvalidValueError) as caught:
        minor(Decimal("123456.789"))
    assert caught.value.found == "123456.789"


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        (Decimal("10.005"), EUR),
        (Decimal("0.001"), EUR),
        (Decimal("0.5"), JPY),
        (Decimal("1.2345"), KWD),
        (Decimal("1E-30"), EUR),
        (Decimal("1." + "0" * 70 + "1"), EUR),
    ],
)
def test_an_amount_finer_than_the_minor_unit_is_refused_not_rounded(amount, currency):
    with pytest.raises(InvalidValueError, match="never rounded") as caught:
        minor(amount, currency)
    places = currency.minor_unit
    assert caught.value.expected == f"amount in {currency} with at most {places} decimals"


@pytest.mark.parametrize("amount", [12.34, 0.0, float("nan"), np.float64(1)])
def test_a_float_is_refused_with_the_way_out(amount):
    with pytest.raises(InvalidTypeError, match=r'Write Decimal\("12\.34"\), from a string'):
        minor(amount)


@pytest.mark.parametrize("amount", ["12.34", "", "1"])
def test_text_is_sent_to_the_edge(amount):
    with pytest.raises(InvalidTypeError, match="parse_amount"):
        minor(amount)


@pytest.mark.parametrize("amount", [True, False, None, np.int64(5), Fraction(1, 2), [1]])
def test_nothing_else_is_money(amount):
    with pytest.raises(InvalidTypeError, match="amount to be a Decimal or an int"):
        minor(amount)


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_an_amount_is_finite(amount):
    with pytest.raises(InvalidValueError, match="a finite principal"):
        minor(Decimal(amount), field="principal", allow_negative=True)


def test_a_negative_amount_is_refused_unless_it_has_a_meaning():
    with pytest.raises(InvalidValueError, match=r"amount of zero or more, found -0\.01 CNY"):
        minor(Decimal("-0.01"))
    assert minor(Decimal("-0.01"), allow_negative=True) == -1


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("currency", [CNY, JPY, CLF])
def test_the_largest_amount_is_accepted_and_one_minor_unit_more_is_not(currency, sign):
    largest = from_minor(sign * MAX_MINOR, currency)
    assert minor(largest, currency, allow_negative=True) == sign * MAX_MINOR
    with pytest.raises(InvalidValueError, match="Check the unit"):
        minor(from_minor(sign * (MAX_MINOR + 1), currency), currency, allow_negative=True)


@pytest.mark.parametrize("amount", [10**30, Decimal("1E39"), Decimal("1E999999"), 10**400])
def test_an_absurd_amount_is_refused_at_once(amount):
    with pytest.raises(InvalidValueError):
        minor(amount)


def test_the_message_names_the_place_and_the_field():
    with pytest.raises(InvalidValueError) as caught:
        to_minor(Decimal("1.001"), CNY, where="account 'A-17', instalment 3", field="interest")
    assert str(caught.value).startswith("account 'A-17', instalment 3: expected interest in CNY")


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("1234.5", CNY, "1234.50"),
        ("0", CNY, "0.00"),
        ("007", JPY, "7"),
        ("1.000", JPY, "1"),
        ("5", KWD, "5.000"),
    ],
)
def test_parsed_text_has_the_decimals_of_its_currency(text, currency, expected):
    assert str(parse_amount(text, currency, where="row 3")) == expected


@pytest.mark.parametrize("text", ["1,234.50", "1e3", " 5", "", "¥5", "5 CNY", "1.005", "-1", "nan"])
def test_other_notations_and_impossible_amounts_are_not_parsed(text):
    with pytest.raises(InvalidValueError, match="row 3"):
        parse_amount(text, CNY, where="row 3")


def test_a_negative_amount_is_parsed_where_it_has_a_meaning():
    amount = parse_amount("-1.5", CNY, where="row 3", field="refund", allow_negative=True)
    assert str(amount) == "-1.50"


def test_only_text_is_parsed():
    with pytest.raises(InvalidTypeError, match="amount as text"):
        parse_amount(Decimal(5), CNY, where="row 3")
