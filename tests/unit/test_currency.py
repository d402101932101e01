"""Currencies exist only as ISO 4217 has them."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest

from delinquency import currency as currency_module
from delinquency.currency import Currency
from delinquency.errors import CurrencyError

iso4217 = pytest.importorskip("iso4217")


def test_every_active_currency_has_the_minor_unit_of_the_published_table():
    published = {c.code: c.exponent for c in iso4217.Currency if c.exponent is not None}
    ours = {code: c.minor_unit for code, c in currency_module._CURRENCIES.items()}
    assert ours == published


def test_every_code_without_a_minor_unit_in_the_published_table_is_refused_for_that_reason():
    without = {c.code for c in iso4217.Currency if c.exponent is None}
    assert "XAU" in without
    for code in without:
        with pytest.raises(CurrencyError, match=f"lists {code} without a minor unit"):
            Currency.of(code)


@pytest.mark.parametrize(
    ("code", "places"), [("CNY", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("IDR", 2), ("VND", 0)]
)
def test_a_currency_knows_its_decimals(code, places):
    assert Currency.of(code).minor_unit == places
    assert str(Currency.of(code)) == code
    assert repr(Currency.of(code)) == f"Currency.of('{code}')"


def test_one_code_is_one_object_even_after_copying_and_pickling():
    yuan = Currency.of("CNY")
    assert Currency.of("CNY") is yuan
    assert pickle.loads(pickle.dumps(yuan)) is yuan
    assert copy.deepcopy(yuan) is yuan
    assert copy.copy(yuan) is yuan


def test_currencies_are_equal_by_code_and_usable_as_keys():
    assert Currency("EUR", 2) == Currency.of("EUR")
    assert Currency.of("EUR") != Currency.of("USD")
    assert {Currency("EUR", 2): 1}[Currency.of("EUR")] == 1


@pytest.mark.parametrize("code", ["cny", "Cny"])
def test_a_lower_case_code_is_told_its_upper_case(code):
    with pytest.raises(CurrencyError, match="Write 'CNY': codes are upper case"):
        Currency.of(code)


@pytest.mark.parametrize("code", [" CNY", "CNY ", "cny\n"])
def test_a_code_with_spaces_is_told_to_drop_them(code):
    with pytest.raises(CurrencyError, match="Write 'CNY', without spaces"):
        Currency.of(code)


@pytest.mark.parametrize("code", ["RMB", "DEM", "", "CN", "¥", None, 156, ["CNY"]])
def test_what_is_no_active_currency_is_refused(code):
    with pytest.raises(CurrencyError, match="three-letter code of an active currency"):
        Currency.of(code)


@pytest.mark.parametrize("places", [0, 3, True, "2", 2.0, None])
def test_a_currency_cannot_be_given_other_decimals(places):
    with pytest.raises(CurrencyError, match="a minor unit of 2 decimals"):
        Currency("CNY", places)


def test_a_currency_cannot_be_made_up():
    with pytest.raises(CurrencyError, match="code of ISO 4217"):
        Currency("ABC", 2)
    with pytest.raises(CurrencyError, match="code of ISO 4217"):
        Currency(156, 2)


def test_a_currency_cannot_be_changed():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Currency.of("CNY").minor_unit = 3
