"""Columns of terms: what they keep, what they refuse by row, and what they fill."""

from __future__ import annotations

import pickle
import random
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.portfolio import TermColumns
from tests.equivalence.terms import draw_terms
from tests.portfolio.test_schedules import CNY, LOAN


def columns(**other: Any) -> dict[str, Any]:
    """Two annuities of 24 months."""
    given: dict[str, Any] = {
        "currency": CNY,
        "principal": np.array([1_000_00, 2_000_00]),
        "annual_rate": np.array([4_350_000, 6_000_000]),
        "first_due_date": np.array([20_119, 20_119], dtype=np.int32),
        "instalment_count": np.array([24, 24], dtype=np.int32),
        "method": np.array([0, 0], dtype=np.int8),
    }
    return given | other


def test_terms_laid_out_and_taken_back_make_the_same_columns() -> None:
    rng = random.Random(7)
    kept = TermColumns.from_terms(draw_terms(rng) for _ in range(300))
    again = TermColumns.from_terms(kept.terms(row) for row in range(len(kept)))
    plain = (kept.method == 0) | (kept.method == 4)
    for field in attrs.fields(TermColumns):
        if field.name in ("currency", "account_id"):
            continue
        first, second = getattr(kept, field.name), getattr(again, field.name)
        if field.name == "payment_rounding":
            first, second = first[plain], second[plain]
        assert np.array_equal(first, second), field.name


def test_an_ordinary_loan_comes_back_as_it_was() -> None:
    up = attrs.evolve(LOAN, level_payment=dq.LevelPayment(rounding=dq.RoundingMode.CEILING))
    kept = TermColumns.from_terms([LOAN, up])
    assert [kept.terms(row) for row in range(2)] == [LOAN, up]


def test_a_payment_rounded_as_the_loan_is_comes_back_without_a_rounding_of_its_own() -> None:
    named = dq.LevelPayment(rounding=dq.RoundingMode.HALF_UP)
    kept = TermColumns.from_terms([attrs.evolve(LOAN, level_payment=named)])
    assert kept.terms(0) == LOAN


def test_the_day_of_the_loan_is_kept_and_no_row_follows_from_it() -> None:
    lent = attrs.evolve(
        LOAN, disbursed_on=date(2024, 12, 20), first_period=dq.FirstPeriod.AS_REGULAR
    )
    regular = attrs.evolve(LOAN, disbursed_on=date(2024, 12, 31))
    kept = TermColumns.from_terms([LOAN, lent, regular])
    assert [kept.terms(row) for row in range(3)] == [LOAN, lent, regular]
    told = dq.portfolio.repayment_schedules(kept)
    assert told.interest[:24].tolist() == told.interest[24:48].tolist()


@pytest.mark.parametrize("day", ["2025-01-31", "2025-02-01"])
def test_a_loan_begins_before_its_first_due_date(day: str) -> None:
    lenient = {"first_period": dq.FirstPeriod.AS_REGULAR}
    due = np.array(["2025-01-31"] * 2, dtype="datetime64[D]").astype(np.int32)
    lent = np.array(["2025-01-30", day], dtype="datetime64[D]").astype(np.int32)
    assert (
        len(TermColumns(**columns(first_due_date=due, disbursed_on=lent[[0, 0]], **lenient))) == 2
    )
    with pytest.raises(dq.PortfolioError, match=f"terms.disbursed_on, row 1.*found {day}") as told:
        TermColumns(**columns(first_due_date=due, disbursed_on=lent, **lenient))
    assert told.value.reason == "contradiction"


def test_a_day_that_is_not_one_period_before_the_first_due_date_needs_a_rule() -> None:
    due = np.array(["2025-02-28", "2025-02-28"], dtype="datetime64[D]").astype(np.int32)
    for day, fits in (("2025-01-28", True), ("2025-01-31", True), ("2025-01-27", False)):
        lent = np.array(["2025-01-28", day], dtype="datetime64[D]").astype(np.int32)
        given = columns(first_due_date=due, disbursed_on=lent)
        if fits:
            assert TermColumns(**given).terms(1).disbursed_on == date.fromisoformat(day)
        else:
            with pytest.raises(
                dq.PortfolioError, match="terms.disbursed_on, row 1.*one period.*AS_REGULAR"
            ):
                TermColumns(**given)
        lenient = TermColumns(**given, first_period=dq.FirstPeriod.AS_REGULAR)
        assert pickle.loads(pickle.dumps(lenient)).first_period is dq.FirstPeriod.AS_REGULAR
    by_days = np.array([1, 1], dtype=np.int8)
    lent = np.array(["2025-01-28", "2025-01-31"], dtype="datetime64[D]").astype(np.int32)
    with pytest.raises(dq.PortfolioError, match="terms.disbursed_on, row 1"):
        TermColumns(**columns(first_due_date=due, disbursed_on=lent, day_count=by_days))
    for other in (dq.FirstPeriod.ADDED, "regular", None):
        with pytest.raises(dq.InvalidTypeError, match="REGULAR or AS_REGULAR"):
            TermColumns(**columns(first_period=other))


def test_ids_are_kept_and_each_loan_has_its_own() -> None:
    kept = TermColumns.from_terms([LOAN, LOAN], account_id=["贷-1", "贷-2"])
    assert kept.account_id is not None
    assert list(pickle.loads(pickle.dumps(kept)).account_id) == ["贷-1", "贷-2"]
    assert TermColumns.from_terms([LOAN]).account_id is None
    for ids, reason in (
        (["A", "A"], "duplicate_account"),
        (["A", ""], "empty_id"),
        (["A"], "wrong_length"),
    ):
        with pytest.raises(dq.PortfolioError, match="terms.account_id") as told:
            TermColumns.from_terms([LOAN, LOAN], account_id=ids)
        assert told.value.reason == reason
    with pytest.raises(dq.InvalidTypeError, match="text 2"):
        TermColumns.from_terms([LOAN, LOAN], account_id=["A", 2])
    with pytest.raises(dq.PortfolioError, match="expected a TextColumn"):
        TermColumns(**columns(account_id=["A", "B"]))


def test_columns_that_are_not_given_are_those_of_an_ordinary_loan() -> None:
    kept = TermColumns(**columns(frequency_days=np.array([0, 14], dtype=np.int32)))
    assert kept.frequency_months.tolist() == [1, 0]
    assert kept.day_count.tolist() == [-1, -1]
    assert [str(kept.terms(row).frequency) for row in range(2)] == ["P1M", "P2W"]
    ceiling = TermColumns(**columns(rounding=np.array([5, 5], dtype=np.int8)))
    assert ceiling.payment_rounding.tolist() == [5, 5]


def test_columns_are_read_only_and_survive_a_pickle() -> None:
    kept = TermColumns(**columns())
    again = pickle.loads(pickle.dumps(kept))
    assert repr(again) == "TermColumns(2 loans, 48 instalments, CNY)"
    for each in (kept, again):
        with pytest.raises(ValueError, match="read-only"):
            each.principal[0] = 1


MORATORIUM = dq.Moratorium(principal_instalments=3)
NO_COLUMNS: list[tuple[str, dict[str, Any]]] = [
    ("moratorium", {"moratorium": MORATORIUM}),
    (
        "rate_changes",
        {
            "rate_changes": [
                dq.RateChange(effective_on=date(2025, 6, 1), annual_rate=dq.Rate.per_year("0.05"))
            ]
        },
    ),
    (
        "level_payment",
        {
            "level_payment": dq.LevelPayment(
                steps=[dq.PaymentStep(from_instalment=5, amount=Decimal("9000.00"))]
            )
        },
    ),
    ("level_payment", {"level_payment": dq.LevelPayment(is_rounded=False)}),
    ("carries_fractions", {"carries_fractions": True}),
    ("residue", {"residue": dq.Residue.FIRST}),
    (
        "first_period",
        {"first_period": dq.FirstPeriod.OWN_LENGTH, "disbursed_on": date(2024, 12, 20)},
    ),
    (
        "frequency",
        {
            "frequency": dq.Frequency.TERM,
            "instalment_count": 1,
            "disbursed_on": date(2024, 12, 31),
            "interest_basis": dq.ByDays(dq.DayCount.ACT_360),
            "method": dq.AmortisationMethod.BULLET,
        },
    ),
    ("convention", {"roll": dq.EndOfMonth()}),
    ("may_capitalise", {"may_capitalise": True}),
    ("interest_basis", {"interest_basis": dq.Compounded(2)}),
    (
        "interest_basis",
        {
            "interest_basis": dq.ByDays(dq.DayCount.BUSINESS_252),
            "calendar": dq.WEEKENDS_ONLY,
            "method": dq.AmortisationMethod.INTEREST_ONLY,
        },
    ),
    ("level_payment", {"interest_basis": dq.ByDays(dq.DayCount.ACT_360)}),
]


@pytest.mark.parametrize(("field", "other"), NO_COLUMNS, ids=lambda each: str(each)[:40])
def test_what_no_column_has_is_refused_by_row(field: str, other: dict[str, Any]) -> None:
    odd = attrs.evolve(LOAN, **other)
    with pytest.raises(dq.PortfolioError, match=f"terms.{field}, 2 rows: 1, 3") as told:
        TermColumns.from_terms([LOAN, odd, LOAN, odd])
    assert told.value.reason == "no_column"
    assert told.value.rows == (1, 3)


def test_two_currencies_no_loan_and_other_things_are_refused() -> None:
    dollars = attrs.evolve(LOAN, currency=dq.Currency.of("USD"))
    with pytest.raises(dq.PortfolioError, match="terms.currency, row 1: expected one currency"):
        TermColumns.from_terms([LOAN, dollars])
    with pytest.raises(dq.PortfolioError, match="at least one loan"):
        TermColumns.from_terms([])
    with pytest.raises(dq.InvalidTypeError, match="terms, row 1: expected RepaymentTerms, found 1"):
        TermColumns.from_terms([LOAN, 1])
    for thing in (LOAN, "terms"):
        with pytest.raises(dq.InvalidTypeError, match="an iterable of RepaymentTerms"):
            TermColumns.from_terms(thing)


BAD: list[tuple[str, Any, str]] = [
    ("principal", np.array([1, 0]), "amount_not_positive"),
    ("principal", np.array([1, 10**15 + 1]), "amount_too_large"),
    ("principal", np.array([1.0, 2.0]), "wrong_type"),
    ("annual_rate", np.array([1, 4 * 10**8 + 1]), "out_of_range"),
    ("annual_rate", np.array([1, -4 * 10**8 - 1]), "out_of_range"),
    ("annual_rate", np.array([0.05, 0.05]), "wrong_type"),
    ("annual_rate", np.array([1]), "wrong_length"),
    ("first_due_date", np.array([20_119, 90_000], dtype=np.int32), "date_out_of_range"),
    ("first_due_date", np.array([20_119, 84_000], dtype=np.int32), "date_out_of_range"),
    ("first_due_date", np.array([20_119, 20_119]), "wrong_type"),
    ("instalment_count", np.array([1, 0], dtype=np.int32), "out_of_range"),
    ("instalment_count", np.array([1, 1201], dtype=np.int32), "out_of_range"),
    ("method", np.array([0, 5], dtype=np.int8), "out_of_range"),
    ("rounding", np.array([0, 7], dtype=np.int8), "out_of_range"),
    ("payment_rounding", np.array([0, -1], dtype=np.int8), "out_of_range"),
    ("payment_multiple", np.array([0, -1]), "negative_amount"),
    ("agreed_payment", np.array([0, -1]), "negative_amount"),
    ("balloon", np.array([0, 2_000_01]), "amount_too_large"),
    ("frequency_months", np.array([1, 0], dtype=np.int32), "bad_frequency"),
    ("frequency_months", np.array([1, 1201], dtype=np.int32), "out_of_range"),
    ("frequency_days", np.array([0, 10], dtype=np.int32), "bad_frequency"),
    ("frequency_days", np.array([0, 36_526], dtype=np.int32), "out_of_range"),
    ("day_count", np.array([-1, 21], dtype=np.int8), "out_of_range"),
    ("charges_are_fees", np.array([0, 1], dtype=np.int8), "wrong_type"),
    ("disbursed_on", np.array([20_000, -30_000], dtype=np.int32), "date_out_of_range"),
    ("disbursed_on", np.array([20_000, 20_000]), "wrong_type"),
]


@pytest.mark.parametrize(("field", "value", "reason"), BAD, ids=lambda each: str(each)[:30])
def test_columns_that_cannot_be_terms_are_refused(field: str, value: Any, reason: str) -> None:
    with pytest.raises(dq.PortfolioError, match=f"terms.{field}") as told:
        TermColumns(**columns(**{field: value}))
    assert told.value.reason == reason
    assert told.value.rows in ((1,), ())


@pytest.mark.parametrize("field", ["balloon", "agreed_payment", "payment_multiple"])
def test_what_a_method_does_not_have_is_refused(field: str) -> None:
    given = columns(method=np.array([0, 2], dtype=np.int8), **{field: np.array([1, 1])})
    with pytest.raises(dq.PortfolioError, match=f"terms.{field}, row 1") as told:
        TermColumns(**given)
    assert told.value.reason == "contradiction"


def test_a_first_period_before_the_calendar_is_refused_as_for_the_loan_alone() -> None:
    first = np.array(["2025-01-31", "1900-01-31"], dtype="datetime64[D]").astype(np.int32)
    for day_count in (-1, 1):
        code = np.array([day_count] * 2, dtype=np.int8)
        with pytest.raises(dq.PortfolioError, match="terms.first_due_date, row 1.*1900-01-01"):
            TermColumns(**columns(first_due_date=first, day_count=code))
    with pytest.raises(dq.InvalidValueError, match="start of the first period.*1900-01-01"):
        attrs.evolve(LOAN, first_due_date=date(1900, 1, 31))
    assert attrs.evolve(LOAN, first_due_date=date(1900, 2, 1)).due_date(1) == date(1900, 2, 1)


def test_months_and_days_by_days_need_no_whole_number_of_periods() -> None:
    kept = TermColumns(
        **columns(
            method=np.array([1, 2], dtype=np.int8),
            frequency_days=np.array([10, 45], dtype=np.int32),
            day_count=np.array([0, 8], dtype=np.int8),
        )
    )
    assert [str(kept.terms(row).frequency) for row in range(2)] == ["P10D", "P45D"]


def test_columns_of_no_loan_and_lists_are_refused() -> None:
    none = {name: value[:0] for name, value in columns().items() if name != "currency"}
    with pytest.raises(dq.PortfolioError, match="at least one loan"):
        TermColumns(currency=CNY, **none)
    with pytest.raises(dq.InvalidTypeError, match="principal"):
        TermColumns(**columns(principal=[1, 2]))
    with pytest.raises(dq.InvalidTypeError, match="currency"):
        TermColumns(**columns(currency="CNY"))


def test_a_row_that_is_not_there_is_refused() -> None:
    kept = TermColumns(**columns())
    assert kept.terms(np.int64(1)).instalment_count == 24
    for row in (2, -1):
        with pytest.raises(IndexError, match="the terms of 2 loans"):
            kept.terms(row)
    with pytest.raises(dq.InvalidTypeError, match="row"):
        kept.terms("1")


def test_a_fee_below_zero_is_refused_as_the_terms_of_one_loan_refuse_it() -> None:
    given = columns(
        annual_rate=np.array([4_350_000, -1]),
        method=np.array([4, 4], dtype=np.int8),
        charges_are_fees=np.array([True, True]),
    )
    with pytest.raises(dq.PortfolioError, match=r"terms\.annual_rate, row 1") as told:
        TermColumns(**given)
    assert told.value.reason == "contradiction"
