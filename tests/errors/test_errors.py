"""The kinds of errors: each a builtin too, each readable by a program."""

from __future__ import annotations

import attrs
import pytest

import delinquency as dq
from delinquency.late_fees import FlatFee, LateFeeTerms
from tests.strategies_internal import policy_of


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (dq.InvalidValueError, ValueError),
        (dq.InvalidTypeError, TypeError),
        (dq.CurrencyError, ValueError),
        (dq.PolicyError, ValueError),
        (dq.PolicyNotInForceError, LookupError),
        (dq.PortfolioError, ValueError),
        (dq.MissingExtraError, ImportError),
    ],
)
def test_every_kind_is_a_builtin_and_a_delinquency_error(kind, builtin):
    assert issubclass(kind, builtin)
    assert issubclass(kind, dq.DelinquencyError)


def test_there_are_at_most_eight_kinds():
    assert len(dq.DelinquencyError.__subclasses__()) <= 8


def test_an_error_without_a_hint_ends_with_what_was_found():
    error = dq.InvalidValueError.at("loan", expected="an amount", found="none")
    assert str(error) == "loan: expected an amount, found none."
    assert error.hint == ""


def test_bad_rows_are_named_by_number_and_counted():
    error = dq.PortfolioError.in_rows(
        "payments.amount",
        range(25),
        reason="negative_amount",
        expected="amounts above zero",
        found="-1",
    )
    assert str(error) == (
        "payments.amount, 25 rows: 0, 1, 2, 3, 4, ...: expected amounts above zero, found -1."
    )
    told = error.to_dict()
    assert (told["column"], told["reason"], told["row_count"]) == (
        "payments.amount",
        "negative_amount",
        25,
    )
    assert told["rows"] == list(range(20))


def test_one_bad_row_is_named_alone():
    error = dq.PortfolioError.in_rows("payments.amount", [7], reason="r", expected="e", found="f")
    assert error.where == "payments.amount, row 7"
    assert error.rows == (7,)


def test_a_missing_extra_is_named_with_the_command_that_brings_it():
    error = dq.MissingExtraError.for_extra("frames", module="narwhals", purpose="tables")
    assert "delinquency[frames]" in error.hint
    assert "'narwhals'" in error.expected


def test_a_name_that_the_package_does_not_have_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'days_past_dew'"):
        dq.days_past_dew  # noqa: B018


def test_the_place_of_an_error_is_prefixed_once():
    bare = dq.InvalidValueError.at("rates", expected="one", found="none")
    told = bare.within("account 'A-1'")
    assert told.where == "account 'A-1', rates"
    assert told.within("account 'A-1'").where == told.where
    assert told.within("book").where == "book, account 'A-1', rates"
    assert bare.within("rate").where == "rate, rates"
    assert dq.InvalidValueError().within("rates").where == "rates"


def test_one_thing_where_several_are_meant_is_refused_with_a_hint():
    fee = LateFeeTerms(name="late", amount=FlatFee(1), currency=dq.Currency.of("CNY"))
    with pytest.raises(dq.InvalidTypeError) as caught:
        attrs.evolve(policy_of(), late_fees=fee)
    told = str(caught.value)
    assert told.startswith("policy, late fee: expected an iterable of LateFeeTerms, found LateFee")
    assert told.endswith(" […]. Hint: One alone is given in a list too: [...].")
    with pytest.raises(dq.InvalidTypeError, match=r"found 5\.$"):
        attrs.evolve(policy_of(), late_fees=5)


def test_a_message_that_shortens_what_was_found_says_so():
    told = str(dq.InvalidTypeError.at("account", expected="a date", found="x" * 999))
    assert told.endswith("xxx […].")
