"""Terms of a late fee: what contradicts itself is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

import delinquency as dq
from delinquency.late_fees import (
    AmountByBand,
    Band,
    BandFee,
    EveryDays,
    FeeBase,
    FlatFee,
    LateFeeTerms,
    Once,
    SafeHarbourFee,
    ShareFee,
    fee_table,
)
from delinquency.late_fees.formulas import NO_LIMIT
from delinquency.rounding import Proportion

USD, JPY = dq.Currency.of("USD"), dq.Currency.of("JPY")
HALF = ShareFee(Proportion(1, 2), FeeBase.OVERDUE_AMOUNT)


def terms_of(**given) -> LateFeeTerms:
    return LateFeeTerms(**{"name": "late", "amount": FlatFee(15), "currency": USD, **given})


def test_what_is_left_out_charges_one_fee_on_the_first_late_day_due_at_once():
    terms = terms_of()
    assert (terms.wait_days, terms.due_in_days, terms.recurrence) == (0, 0, Once())
    assert terms.component is dq.Component.FEES
    assert (terms.flat_minor, terms.minimum_minor, terms.maximum_minor) == (1500, 0, NO_LIMIT)
    flags = (terms.cap_by_minimum, terms.ignores_unpaid_fees, terms.once_per_instalment)
    assert not any(flags)


def test_amounts_become_minor_units_of_the_currency():
    terms = terms_of(currency=JPY, amount=FlatFee(500), minimum=100, maximum=900)
    assert (terms.flat_minor, terms.minimum_minor, terms.maximum_minor) == (500, 100, 900)


def test_shares_alone_suit_every_currency():
    assert terms_of(amount=HALF, currency=None).currency is None
    assert terms_of(amount=HALF, currency=None, maximum=HALF).currency is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "amount"),
        ({"amount": HALF, "minimum": 1}, "minimum"),
        ({"amount": HALF, "maximum": 1}, "maximum"),
    ],
)
def test_an_amount_needs_its_currency(given, field):
    with pytest.raises(
        dq.InvalidValueError, match=f"expected a Currency, for {field} is an amount"
    ):
        terms_of(**{**given, "currency": None})


def test_a_table_brings_its_currency_and_refuses_another():
    table = fee_table("us-card-safe-harbour-30-41")
    assert terms_of(amount=SafeHarbourFee(table), currency=None).currency == USD
    with pytest.raises(dq.CurrencyError, match="expected USD, that of table"):
        terms_of(amount=SafeHarbourFee(table), currency=JPY)
    bands = AmountByBand(name="house", currency=JPY, bands=[Band(1, 100)])
    assert terms_of(amount=BandFee(bands, FeeBase.INSTALMENT), currency=None).currency == JPY


def test_the_minimum_may_be_the_maximum_and_no_more():
    assert terms_of(minimum=25, maximum=25).maximum_minor == 2500
    with pytest.raises(dq.InvalidValueError, match=r"minimum: expected at most the maximum, 25"):
        terms_of(minimum=Decimal("25.01"), maximum=25)


def test_a_fee_that_comes_again_is_not_once_per_instalment():
    assert terms_of(once_per_instalment=True).once_per_instalment
    with pytest.raises(dq.InvalidValueError, match="expected False for a fee that comes again"):
        terms_of(once_per_instalment=True, recurrence=EveryDays(30))


@pytest.mark.parametrize("component", [dq.Component.PRINCIPAL, dq.Component.INTEREST, "fees", None])
def test_a_fee_is_a_fee_or_a_penalty(component):
    with pytest.raises(dq.InvalidValueError, match=r"Component.FEES or Component.PENALTY"):
        terms_of(component=component)


@pytest.mark.parametrize("amount", [0, Decimal("-0.01"), Decimal("NaN")])
def test_a_flat_fee_is_more_than_nothing(amount):
    with pytest.raises(dq.InvalidValueError, match="more than 0"):
        FlatFee(amount)


@pytest.mark.parametrize("field", ["minimum", "maximum"])
def test_limits_are_exact_amounts_of_0_or_more(field):
    with pytest.raises(dq.InvalidValueError, match="0 or more"):
        terms_of(**{field: -1})
    with pytest.raises(dq.InvalidTypeError, match="a Decimal or an int"):
        terms_of(**{field: 1.5})
    with pytest.raises(dq.InvalidValueError, match="at most 2 decimals"):
        terms_of(**{field: Decimal("1.005")})


def test_no_float_is_a_fee():
    with pytest.raises(dq.InvalidTypeError, match="a Decimal or an int"):
        FlatFee(15.0)


@pytest.mark.parametrize("field", ["wait_days", "due_in_days"])
def test_days_are_whole_and_not_below_0(field):
    with pytest.raises(dq.InvalidValueError, match=f"{field}: expected 0 or more"):
        terms_of(**{field: -1})
    with pytest.raises(dq.InvalidTypeError, match=f"{field}: expected an int"):
        terms_of(**{field: 1.0})


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", ""),
        ("amount", 15),
        ("amount", None),
        ("recurrence", 30),
        ("rounding", "half_up"),
        ("cap_by_minimum", 1),
        ("ignores_unpaid_fees", None),
        ("once_per_instalment", "no"),
        ("currency", "USD"),
        ("citations", ["a law"]),
    ],
)
def test_each_term_is_of_its_type(field, wrong):
    with pytest.raises(dq.InvalidTypeError):
        terms_of(**{field: wrong})


def test_kinds_of_fees_say_what_to_write():
    with pytest.raises(dq.InvalidTypeError, match=r'Proportion.parse\("0.05"\)'):
        ShareFee(Decimal("0.05"), FeeBase.INSTALMENT)
    with pytest.raises(dq.InvalidValueError, match="more than 0"):
        ShareFee(Proportion(0, 1), FeeBase.INSTALMENT)
    with pytest.raises(dq.InvalidTypeError, match="a FeeBase"):
        ShareFee(Proportion(1, 20), "instalment")
    with pytest.raises(dq.InvalidTypeError, match="a FeeTable"):
        SafeHarbourFee("us-card-safe-harbour-30-41")
    with pytest.raises(dq.InvalidTypeError, match="an AmountByBand"):
        BandFee(fee_table("us-card-safe-harbour-30-41"), FeeBase.INSTALMENT)
    bands = AmountByBand(name="house", currency=JPY, bands=[Band(1, 100)])
    with pytest.raises(dq.InvalidTypeError, match="a FeeBase"):
        BandFee(bands, None)
