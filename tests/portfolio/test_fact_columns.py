"""Facts beside the schedule as columns: what is refused, and what comes back."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.portfolio import (
    ChargeBackColumns,
    ChargeColumns,
    CollateralColumns,
    ContractRateColumns,
    DecisionColumns,
    DisputeColumns,
    FindingColumns,
    GuaranteeColumns,
    Portfolio,
    ReAgeColumns,
    ReportedFigureColumns,
    RestructuringColumns,
    SpanColumns,
    TextColumn,
)
from delinquency.portfolio.finding_conversion import STATUS_TABLES
from tests.portfolio.test_bad_columns import NONE, D, days, minor, offsets, parts

ACCELERATION, WAIVER, WRITE_OFF, CLOSURE = range(4)


def codes(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int8)


def facts() -> dict[str, Any]:
    """Two accounts with rows in every table; the rows of the second come last."""
    return {
        **parts(),
        "charges": ChargeColumns(
            offsets=offsets(0, 1, 2),
            due_date=days(D + 15, D + 15),
            component=codes(2, 3),
            amount=minor(5, 5),
            instalment_no=days(0, 2),
            charge_id=TextColumn.of(["c", "c"]),
            charged_on=days(D + 2, NONE),
        ),
        "decisions": DecisionColumns(
            offsets=offsets(0, 3, 5),
            value_date=days(D + 20, D + 20, D + 30, D + 1, D + 60),
            kind=codes(WAIVER, WRITE_OFF, CLOSURE, ACCELERATION, WRITE_OFF),
            component=codes(3, 0, -1, -1, -1),
            amount=minor(-1, 40, -1, 0, -1),
            recorded_on=days(NONE, D + 21, NONE, NONE, NONE),
            reversed_on=days(D + 20, D + 21, NONE, NONE, NONE),
        ),
        "charge_backs": ChargeBackColumns(
            offsets=offsets(0, 2, 3),
            charge_back_id=TextColumn.of(["a", "b", "a"]),
            value_date=days(D + 5, D + 5, D + 6),
            principal=minor(1, 0, 0),
            interest=minor(0, 1, 0),
            fees=minor(0, 0, 1),
            penalty=minor(0, 0, 1),
            payment_id=TextColumn.of(["", "p", ""]),
            recorded_on=days(NONE, D + 7, NONE),
            reversed_on=days(NONE, D + 7, D + 6),
        ),
        "spans": SpanColumns(
            offsets=offsets(0, 3, 4),
            start=days(D, D + 5, D + 5, D + 1),
            end=days(D + 5, D + 9, NONE, D + 2),
            kind=codes(0, 0, 1, 2),
            share_numerator=days(1, 2, 1, 1),
            share_denominator=days(2, 3, 1, 1),
        ),
        "disputes": DisputeColumns(
            offsets=offsets(0, 2, 4),
            dispute_id=TextColumn.of(["a", "b", "a", "b"]),
            start=days(D + 6, D + 6, D, D + 7),
            end=days(NONE, D + 9, D + 1, NONE),
            amount=minor(5, 1, 1, 10**15),
            instalment_no=days(0, 1, 2, 0),
            charge_id=TextColumn.of(["c", "", "", ""]),
            for_debtor=codes(0, 1, 0, 0),
            recorded_on=days(NONE, D + 8, NONE, NONE),
            reversed_on=days(NONE, D + 8, D, NONE),
        ),
        "contract_rates": ContractRateColumns(
            offsets=offsets(0, 2, 3),
            effective_on=days(D - 5, D, D),
            rate=minor(400_000_000, 33_333_333, -1),
            period=codes(0, 1, 2),
        ),
        "findings": FindingColumns(
            offsets=offsets(0, 3, 4),
            start=days(D, D + 5, D + 5, D),
            end=days(D + 5, NONE, D + 9, NONE),
            kind=codes(16, 16, 0, 16),
            recorded_on=days(NONE, D + 8, NONE, NONE),
        ),
        "reported_figures": ReportedFigureColumns(
            offsets=offsets(0, 3, 4),
            value_date=days(D + 3, D + 3, D + 3, D + 3),
            name=codes(0, 5, 5, 5),
            value_numerator=days(0, 10**9, 1, 4),
            value_denominator=days(1, 1, 10**9, 6),
            recorded_on=days(NONE, NONE, D + 7, NONE),
            reversed_on=days(NONE, D + 7, NONE, NONE),
        ),
        "restructurings": RestructuringColumns(
            offsets=offsets(0, 2, 3),
            value_date=days(D + 4, D + 4, D + 4),
            first_due_on=days(D + 4, D + 30, D + 30),
            in_difficulty=codes(0, 1, 1),
            diminished_numerator=days(0, -1, 2),
            diminished_denominator=days(1, 1, 2),
            grace_until=days(NONE, D + 4, NONE),
            recorded_on=days(NONE, D + 9, NONE),
            reversed_on=days(D + 8, NONE, NONE),
        ),
        "re_ages": ReAgeColumns(
            offsets=offsets(0, 2, 3),
            value_date=days(D + 4, D + 4, D + 4),
            in_workout=codes(0, 1, 0),
            recorded_on=days(NONE, D + 9, NONE),
            reversed_on=days(D + 8, NONE, NONE),
        ),
        "collateral": CollateralColumns(
            offsets=offsets(0, 3, 4),
            collateral_id=TextColumn.of(["a", "a", "b", "a"]),
            value_date=days(D + 4, D + 4, D + 4, D),
            value=minor(5, 0, 7, 10**15),
            kind=codes(0, 1, 0, 5),
            assessed_value=minor(1, -1, -1, 10**15),
            until=days(NONE, D + 9, NONE, D + 1),
            recorded_on=days(NONE, D + 9, NONE, NONE),
            reversed_on=days(D + 8, NONE, NONE, NONE),
        ),
        "guarantees": GuaranteeColumns(
            offsets=offsets(0, 1, 4),
            guarantor_id=TextColumn.of(["a", "a", "a", "b"]),
            value_date=days(D + 4, D + 4, D + 4, D + 4),
            amount=minor(5, 0, 0, 10**15),
            share_numerator=days(0, 1, 1, 0),
            share_denominator=days(1, 10**9, 1, 1),
            until=days(NONE, D + 9, NONE, D + 5),
            recorded_on=days(NONE, NONE, D + 9, NONE),
            reversed_on=days(NONE, D + 9, NONE, NONE),
        ),
    }


TABLES = ("decisions", "charge_backs", "spans", "disputes", "contract_rates", *STATUS_TABLES)


def changed(table: str, **columns: Any) -> Portfolio:
    content = facts()
    content[table] = attrs.evolve(content[table], **columns)
    return Portfolio(**content)


def test_every_table_comes_back_as_it_was_laid_out() -> None:
    book = Portfolio(**facts())
    accounts = list(book)
    assert list(Portfolio.from_accounts(accounts)) == accounts
    assert list(book.take([1, 0])) == accounts[::-1]
    assert list(pickle.loads(pickle.dumps(book))) == accounts
    first, second = accounts
    assert [type(event).__name__ for event in first.events] == [
        "Finding",
        "PenaltyWaiver",
        "CountingSuspension",
        "ReportedFigure",
        "ReportedFigure",
        "ReportedFigure",
        "Collateral",
        "Collateral",
        "Collateral",
        "Guarantee",
        "ReAge",
        "ReAge",
        "Restructuring",
        "Restructuring",
        "ChargeBack",
        "ChargeBack",
        "CountingSuspension",
        "Finding",
        "Finding",
        "FundsMisuse",
        "PenaltyWaiver",
        "Dispute",
        "Dispute",
        "Waiver",
        "WriteOff",
        "Closure",
    ]
    assert first.charges[0].charged_on == date(1970, 1, 1) + timedelta(D + 2)
    assert second.charges[0].charged_on is None
    assert second.events[3] == dq.Acceleration(date(1970, 1, 1) + timedelta(D + 1), Decimal(0))
    assert second.figure_rows[0][2:4] == (2, 3)
    assert second.restructuring_rows[0][2:5] == (1, 1, 1)
    assert [rate.rate.period for rate in first.contract_rates] == [
        dq.RatePeriod.YEAR,
        dq.RatePeriod.MONTH,
    ]


@pytest.mark.parametrize("table", TABLES)
def test_arrays_of_every_table_are_read_only_after_a_pickle_too(table: str) -> None:
    for book in (Portfolio(**facts()), pickle.loads(pickle.dumps(Portfolio(**facts())))):
        content = getattr(book, table)
        for field in attrs.fields(type(content)):
            column = getattr(content, field.name)
            if isinstance(column, np.ndarray):
                with pytest.raises(ValueError, match="read-only"):
                    column[0] = 1


def test_accounts_with_a_decision_or_a_charge_back_need_a_ledger_and_those_with_spans_do_not() -> (
    None
):
    content = facts()
    plain = {**content, "charges": None, "instalments": parts()["instalments"]}
    plain["instalments"] = attrs.evolve(
        plain["instalments"], in_force_from=None, in_force_until=None
    )
    plain["disputes"] = attrs.evolve(content["disputes"], charge_id=None)
    nothing = {"decisions": None, "charge_backs": None}
    assert Portfolio(**{**plain, **nothing}).needs_ledger.tolist() == [False, False]
    backs = attrs.evolve(
        content["charge_backs"],
        offsets=offsets(0, 3, 3),
        charge_back_id=TextColumn.of(["a", "b", "c"]),
    )
    assert Portfolio(
        **{**plain, "decisions": None, "charge_backs": backs}
    ).needs_ledger.tolist() == [True, False]
    assert Portfolio(**{**plain, "charge_backs": None}).needs_ledger.tolist() == [True, True]


CASES: list[tuple[str, str, Any, str, tuple[int, ...]]] = [
    ("charges", "charged_on", days(D + 16, NONE), "charged_after_due", (0,)),
    ("charges", "charged_on", days(NONE, D - 1), "before_origination", (1,)),
    ("charges", "charged_on", days(NONE, -40_000), "date_out_of_range", (1,)),
    ("charges", "charged_on", minor(NONE, NONE), "wrong_type", ()),
    ("decisions", "offsets", offsets(0, 3, 4), "bad_offsets", (2,)),
    (
        "decisions",
        "value_date",
        days(D + 20, D + 20, D + 19, D + 1, D + 60),
        "unsorted",
        (2,),
    ),
    (
        "decisions",
        "value_date",
        days(D + 20, D + 20, D + 30, D - 1, D + 60),
        "before_origination",
        (3,),
    ),
    (
        "decisions",
        "value_date",
        days(D + 20, D + 20, 90_000, D + 1, D + 60),
        "date_out_of_range",
        (2,),
    ),
    ("decisions", "value_date", minor(1, 2, 3, 4, 5), "wrong_type", ()),
    ("decisions", "kind", codes(1, 2, 4, 0, 2), "unknown_code", (2,)),
    ("decisions", "kind", None, "wrong_type", ()),
    ("decisions", "component", codes(3, 0, -1, -1, 4), "unknown_code", (4,)),
    ("decisions", "component", codes(3, 0, -1, -1, -2), "unknown_code", (4,)),
    ("decisions", "component", codes(-1, 0, -1, -1, -1), "missing_component", (0,)),
    ("decisions", "component", codes(3, -1, -1, -1, -1), "missing_component", (1,)),
    ("decisions", "component", None, "missing_component", (0, 1)),
    ("decisions", "component", codes(3, 0, 0, -1, -1), "unexpected_component", (2,)),
    ("decisions", "component", codes(3, 0, -1, 0, -1), "unexpected_component", (3,)),
    ("decisions", "amount", minor(-1, 0, -1, 0, -1), "amount_not_positive", (1,)),
    ("decisions", "amount", minor(-2, 1, -1, 0, -1), "amount_not_positive", (0,)),
    ("decisions", "amount", minor(-1, 1, -1, -2, -1), "negative_amount", (3,)),
    ("decisions", "amount", minor(-1, 1, 5, 0, -1), "unexpected_amount", (2,)),
    ("decisions", "amount", minor(-1, 10**15 + 1, -1, 0, -1), "amount_too_large", (1,)),
    ("decisions", "amount", minor(-1, 40, -1, 10**15, -1), "sum_too_large", (1,)),
    ("decisions", "amount", days(-1, 40, -1, 0, -1), "wrong_type", ()),
    ("decisions", "recorded_on", days(NONE, 99_999, NONE, NONE, NONE), "date_out_of_range", (1,)),
    (
        "decisions",
        "reversed_on",
        days(D + 19, D + 20, NONE, NONE, NONE),
        "reversal_before_decision",
        (0, 1),
    ),
    ("charge_backs", "offsets", offsets(0, 2, 2), "bad_offsets", (2,)),
    ("charge_backs", "charge_back_id", TextColumn.of(["a", "", "a"]), "empty_id", (1,)),
    (
        "charge_backs",
        "charge_back_id",
        TextColumn.of(["a", "a", "a"]),
        "duplicate_charge_back_id",
        (1,),
    ),
    ("charge_backs", "charge_back_id", TextColumn.of(["b", "a", "a"]), "unsorted", (1,)),
    ("charge_backs", "charge_back_id", TextColumn.of(["a"]), "wrong_length", ()),
    ("charge_backs", "value_date", days(D + 5, D + 4, D + 6), "unsorted", (1,)),
    ("charge_backs", "value_date", days(D + 5, D + 5, D - 1), "before_origination", (2,)),
    ("charge_backs", "principal", minor(0, 0, 0), "nothing_charged_back", (0,)),
    ("charge_backs", "penalty", minor(0, 0, -1), "negative_amount", (2,)),
    ("charge_backs", "penalty", minor(10**15, 0, 0), "sum_too_large", (0,)),
    ("charge_backs", "payment_id", TextColumn.of([]), "wrong_length", ()),
    (
        "charge_backs",
        "reversed_on",
        days(NONE, D + 6, NONE),
        "reversal_before_charge_back",
        (1,),
    ),
    ("spans", "start", days(D, D + 4, D + 5, D + 1), "overlapping_spans", (1,)),
    ("spans", "start", days(D + 1, D, D + 5, D + 1), "unsorted", (1,)),
    ("spans", "start", days(D - 1, D + 5, D + 5, D + 1), "before_origination", (0,)),
    ("spans", "end", days(D, D + 9, NONE, D + 2), "empty_span", (0,)),
    ("spans", "kind", codes(0, 0, 1, 3), "unknown_code", (3,)),
    ("spans", "share_numerator", days(1, 4, 1, 1), "bad_share", (1,)),
    ("spans", "share_numerator", days(0, 2, 1, 1), "bad_share", (0,)),
    ("spans", "share_denominator", days(2, 1_001, 1, 1), "bad_share", (1,)),
    ("spans", "share_denominator", days(2, 3, 2, 1), "unexpected_share", (2,)),
    ("spans", "recorded_on", days(NONE, NONE, NONE, 90_000), "date_out_of_range", (3,)),
    ("disputes", "offsets", offsets(0, 3, 3), "bad_offsets", (2,)),
    ("disputes", "start", days(D + 6, D + 5, D, D + 7), "unsorted", (1,)),
    ("disputes", "start", days(D + 6, D + 6, D - 1, D + 7), "before_origination", (2,)),
    ("disputes", "start", minor(1, 2, 3, 4), "wrong_type", ()),
    ("disputes", "end", days(NONE, D + 6, D + 1, NONE), "empty_span", (1,)),
    ("disputes", "end", days(NONE, 90_000, D + 1, NONE), "date_out_of_range", (1,)),
    ("disputes", "end", days(NONE), "wrong_length", ()),
    ("disputes", "dispute_id", TextColumn.of(["a", "", "a", "b"]), "empty_id", (1,)),
    ("disputes", "dispute_id", TextColumn.of(["b", "a", "a", "b"]), "unsorted", (1,)),
    ("disputes", "dispute_id", TextColumn.of(["a", "a", "a", "b"]), "duplicate_dispute_id", (1,)),
    ("disputes", "amount", minor(0, 1, 1, 1), "amount_not_positive", (0,)),
    ("disputes", "amount", minor(1, 1, 1, 10**15 + 1), "amount_too_large", (3,)),
    ("disputes", "amount", days(1, 1, 1, 1), "wrong_type", ()),
    ("disputes", "instalment_no", days(0, 1, 9, 0), "unknown_instalment", (2,)),
    ("disputes", "instalment_no", days(0, 1, -1, 0), "unknown_instalment", (2,)),
    ("disputes", "instalment_no", days(1, 1, 2, 0), "two_debts", (0,)),
    ("disputes", "charge_id", TextColumn.of(["x", "", "", ""]), "unknown_charge", (0,)),
    ("disputes", "charge_id", TextColumn.of(["c"]), "wrong_length", ()),
    ("disputes", "for_debtor", codes(0, 1, 2, 0), "unknown_code", (2,)),
    ("disputes", "for_debtor", codes(1, 1, 0, 0), "dispute_not_ended", (0,)),
    ("disputes", "recorded_on", days(NONE, NONE, NONE, 90_000), "date_out_of_range", (3,)),
    ("disputes", "reversed_on", days(NONE, D + 7, NONE, NONE), "reversal_before_dispute", (1,)),
    ("findings", "offsets", offsets(0, 3, 3), "bad_offsets", (2,)),
    ("findings", "start", days(D, D + 4, D + 5, D), "overlapping_spans", (1,)),
    ("findings", "start", days(D, D + 6, D + 5, D), "unsorted", (2,)),
    ("findings", "start", days(D - 1, D + 5, D + 5, D), "before_origination", (0,)),
    ("findings", "start", minor(1, 2, 3, 4), "wrong_type", ()),
    ("findings", "end", days(D + 5, D + 5, D + 9, NONE), "empty_span", (1,)),
    ("findings", "end", days(D + 5, 90_000, D + 9, NONE), "date_out_of_range", (1,)),
    ("findings", "end", days(NONE), "wrong_length", ()),
    ("findings", "kind", codes(16, 16, 16, 16), "overlapping_spans", (2,)),
    ("findings", "kind", codes(16, 16, len(dq.FindingKind), 16), "unknown_code", (2,)),
    ("findings", "kind", None, "wrong_type", ()),
    ("findings", "recorded_on", days(NONE, NONE, NONE, 90_000), "date_out_of_range", (3,)),
    ("reported_figures", "offsets", offsets(0, 3, 3), "bad_offsets", (2,)),
    ("reported_figures", "value_date", days(D + 3, D + 2, D + 3, D + 3), "unsorted", (1,)),
    ("reported_figures", "value_date", days(D - 1, D, D, D), "before_origination", (0,)),
    ("reported_figures", "name", codes(0, 9, 5, 5), "unknown_code", (1,)),
    ("reported_figures", "name", codes(5, 0, 5, 5), "unsorted", (1,)),
    ("reported_figures", "value_numerator", days(0, -1, 1, 4), "bad_figure", (1,)),
    ("reported_figures", "value_numerator", days(0, 10**9 + 1, 1, 4), "bad_figure", (1,)),
    ("reported_figures", "value_numerator", minor(0, 1, 1, 4), "wrong_type", ()),
    ("reported_figures", "value_denominator", days(0, 1, 1, 1), "bad_figure", (0,)),
    ("reported_figures", "value_denominator", days(1, 1, 10**9 + 1, 1), "bad_figure", (2,)),
    ("reported_figures", "recorded_on", days(NONE, NONE, D + 6, NONE), "duplicate_figure", (2,)),
    ("reported_figures", "recorded_on", None, "duplicate_figure", (2,)),
    ("reported_figures", "reversed_on", None, "duplicate_figure", (2,)),
    ("reported_figures", "reversed_on", days(NONE, D + 8, NONE, NONE), "duplicate_figure", (2,)),
    ("reported_figures", "reversed_on", days(NONE, NONE, D + 8, NONE), "unsorted", (2,)),
    (
        "reported_figures",
        "reversed_on",
        days(NONE, D + 7, NONE, D + 2),
        "reversal_before_figure",
        (3,),
    ),
    ("restructurings", "value_date", days(D + 4, D + 3, D + 4), "unsorted", (1,)),
    ("restructurings", "value_date", days(D + 4, D + 4, D - 1), "before_origination", (2,)),
    (
        "restructurings",
        "first_due_on",
        days(D + 3, D + 30, D + 30),
        "due_before_restructuring",
        (0,),
    ),
    ("restructurings", "first_due_on", days(D + 4, NONE, D + 30), "date_out_of_range", (1,)),
    ("restructurings", "in_difficulty", codes(0, 2, 1), "unknown_code", (1,)),
    ("restructurings", "in_difficulty", codes(0, -1, 1), "unknown_code", (1,)),
    ("restructurings", "diminished_numerator", days(0, -1, 3), "bad_share", (2,)),
    ("restructurings", "diminished_numerator", days(0, -2, 2), "bad_share", (1,)),
    ("restructurings", "diminished_numerator", None, "bad_share", (2,)),
    ("restructurings", "diminished_denominator", days(1, 2, 2), "bad_share", (1,)),
    ("restructurings", "diminished_denominator", days(1, 1, 10**9 + 1), "bad_share", (2,)),
    ("restructurings", "diminished_denominator", days(0, 1, 2), "bad_share", (0,)),
    (
        "restructurings",
        "grace_until",
        days(NONE, D + 3, NONE),
        "grace_before_restructuring",
        (1,),
    ),
    ("restructurings", "recorded_on", days(NONE, D + 7, NONE), "duplicate_restructuring", (1,)),
    ("restructurings", "reversed_on", None, "duplicate_restructuring", (1,)),
    ("restructurings", "reversed_on", days(NONE, D + 9, NONE), "unsorted", (1,)),
    (
        "restructurings",
        "reversed_on",
        days(D + 3, NONE, NONE),
        "reversal_before_restructuring",
        (0,),
    ),
    ("re_ages", "value_date", days(D + 4, D + 3, D + 4), "unsorted", (1,)),
    ("re_ages", "value_date", days(D + 4, D + 4, D - 1), "before_origination", (2,)),
    ("re_ages", "in_workout", codes(0, 2, 1), "unknown_code", (1,)),
    ("re_ages", "recorded_on", days(NONE, D + 7, NONE), "duplicate_re_age", (1,)),
    ("re_ages", "reversed_on", None, "duplicate_re_age", (1,)),
    ("re_ages", "reversed_on", days(NONE, D + 9, NONE), "unsorted", (1,)),
    ("re_ages", "reversed_on", days(D + 3, NONE, NONE), "reversal_before_re_age", (0,)),
    ("collateral", "offsets", offsets(0, 3, 3), "bad_offsets", (2,)),
    ("collateral", "collateral_id", TextColumn.of(["a", "a", "", "a"]), "empty_id", (2,)),
    ("collateral", "collateral_id", TextColumn.of(["b", "b", "a", "a"]), "unsorted", (2,)),
    ("collateral", "collateral_id", TextColumn.of(["a"]), "wrong_length", ()),
    ("collateral", "collateral_id", TextColumn.of(["a"] * 4), "duplicate_collateral", (1, 2)),
    ("collateral", "value_date", days(D + 4, D + 3, D + 4, D), "unsorted", (1,)),
    ("collateral", "value_date", days(D + 4, D + 4, D + 4, D - 1), "before_origination", (3,)),
    ("collateral", "value_date", days(D, D, D, 90_000), "date_out_of_range", (3,)),
    ("collateral", "value", minor(0, -1, 0, 0), "negative_amount", (1,)),
    ("collateral", "value", minor(0, 0, 0, 10**15 + 1), "amount_too_large", (3,)),
    ("collateral", "value", days(1, 1, 1, 1), "wrong_type", ()),
    ("collateral", "kind", codes(0, 6, 0, 0), "unknown_code", (1,)),
    ("collateral", "assessed_value", minor(-1, 0, 1, 1), "amount_not_positive", (1,)),
    ("collateral", "assessed_value", minor(-2, 1, 1, 1), "amount_not_positive", (0,)),
    ("collateral", "assessed_value", minor(1, 1, 1, 10**15 + 1), "amount_too_large", (3,)),
    ("collateral", "until", days(NONE, D + 4, NONE, NONE), "empty_span", (1,)),
    ("collateral", "until", days(NONE, 90_000, NONE, NONE), "date_out_of_range", (1,)),
    ("collateral", "recorded_on", days(NONE, D + 7, NONE, NONE), "duplicate_collateral", (1,)),
    ("collateral", "reversed_on", None, "duplicate_collateral", (1,)),
    ("collateral", "reversed_on", days(NONE, D + 9, NONE, NONE), "unsorted", (1,)),
    (
        "collateral",
        "reversed_on",
        days(D + 3, NONE, NONE, NONE),
        "reversal_before_collateral",
        (0,),
    ),
    ("guarantees", "guarantor_id", TextColumn.of(["", "a", "a", "b"]), "empty_id", (0,)),
    ("guarantees", "guarantor_id", TextColumn.of(["a", "b", "b", "a"]), "unsorted", (3,)),
    ("guarantees", "guarantor_id", TextColumn.of(["a"] * 4), "duplicate_guarantee", (2, 3)),
    ("guarantees", "value_date", days(D - 1, D, D, D), "before_origination", (0,)),
    ("guarantees", "amount", minor(-1, 0, 0, 1), "amount_not_positive", (0,)),
    ("guarantees", "amount", minor(1, 0, 0, 10**15 + 1), "amount_too_large", (3,)),
    ("guarantees", "amount", minor(1, 1, 0, 1), "amount_or_share", (1,)),
    ("guarantees", "amount", None, "amount_or_share", (0, 3)),
    ("guarantees", "share_numerator", days(0, 1, 2, 0), "bad_share", (2,)),
    ("guarantees", "share_numerator", days(0, 0, 1, 0), "bad_share", (1,)),
    ("guarantees", "share_denominator", days(1, 10**9 + 1, 1, 1), "bad_share", (1,)),
    ("guarantees", "share_denominator", days(1, 0, 1, 1), "bad_share", (1,)),
    ("guarantees", "until", days(D + 4, NONE, NONE, NONE), "empty_span", (0,)),
    ("guarantees", "recorded_on", days(NONE, NONE, NONE, 90_000), "date_out_of_range", (3,)),
    ("guarantees", "reversed_on", days(NONE, NONE, NONE, NONE), "duplicate_guarantee", (2,)),
    (
        "guarantees",
        "reversed_on",
        days(D + 3, D + 9, NONE, NONE),
        "reversal_before_guarantee",
        (0,),
    ),
    ("contract_rates", "effective_on", days(D, D, D), "duplicate_rate", (1,)),
    ("contract_rates", "effective_on", days(D, D - 1, D), "unsorted", (1,)),
    ("contract_rates", "rate", minor(400_000_001, 1, 1), "rate_too_large", (0,)),
    ("contract_rates", "rate", minor(1, 33_333_334, 1), "rate_too_large", (1,)),
    ("contract_rates", "rate", minor(1, 1, -(2**62)), "rate_too_large", (2,)),
    ("contract_rates", "rate", days(1, 1, 1), "wrong_type", ()),
    ("contract_rates", "period", codes(0, 1, 3), "unknown_code", (2,)),
]


@pytest.mark.parametrize(("table", "column", "value", "reason", "rows"), CASES)
def test_columns_that_are_no_facts_of_a_book_are_refused(
    table: str, column: str, value: Any, reason: str, rows: tuple[int, ...]
) -> None:
    with pytest.raises(dq.PortfolioError) as caught:
        changed(table, **{column: value})
    assert (caught.value.reason, caught.value.rows) == (reason, rows)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((WRITE_OFF, WAIVER, 0, 0, -1, -1), (1,)),
        ((WAIVER, WAIVER, 1, 0, -1, -1), (1,)),
        ((WAIVER, WAIVER, 0, 0, 5, 4), (1,)),
        ((WAIVER, WAIVER, 0, 0, 5, -1), (1,)),
        ((WAIVER, WAIVER, 0, 0, -1, 5), None),
        ((WAIVER, WAIVER, 0, 1, 5, 4), None),
        ((WAIVER, WRITE_OFF, 1, 0, 5, 4), None),
    ],
)
def test_decisions_of_one_day_stand_in_the_order_in_which_they_take_effect(
    rows: tuple[int, ...], found: tuple[int, ...] | None
) -> None:
    columns = {
        "offsets": offsets(0, 2, 2),
        "value_date": days(D + 20, D + 20),
        "kind": codes(*rows[:2]),
        "component": codes(*rows[2:4]),
        "amount": minor(*rows[4:]),
        "recorded_on": None,
        "reversed_on": None,
    }
    if found is None:
        assert len(changed("decisions", **columns)) == 2
        return
    with pytest.raises(dq.PortfolioError, match="in order of kind, component and amount") as caught:
        changed("decisions", **columns)
    assert (caught.value.reason, caught.value.rows) == ("unsorted", found)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_another_kind_is_refused(table: str) -> None:
    with pytest.raises(dq.InvalidTypeError, match=f"portfolio, {table}: expected an instance of"):
        Portfolio(**{**facts(), table: parts()["payments"]})
