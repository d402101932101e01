"""Schedules of a book have a way out: frames, and any loan as the records of the loan alone."""

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
from delinquency import frames, returns
from delinquency.calendar import to_date
from delinquency.portfolio import (
    InstalmentColumns,
    PortfolioSchedules,
    TermColumns,
    amortisation_tables,
    repayment_schedules,
)
from delinquency.portfolio.loan_flows import loan_days
from tests.equivalence.terms import draw_terms, rows_of
from tests.portfolio.test_schedules import LOAN

SHORT = attrs.evolve(
    LOAN, instalment_count=2, method=dq.AmortisationMethod.EQUAL_PRINCIPAL, principal=100
)
CARD = attrs.evolve(
    SHORT,
    method=dq.AmortisationMethod.FLAT,
    annual_rate=dq.Rate.per_year("0.12"),
    flat_component=dq.Component.FEES,
)
TWO = TermColumns.from_terms([SHORT, CARD], account_id=["A-1", "A-2"])
BACKENDS = ("pandas", "polars", "pyarrow")


def flows_of(terms: dq.RepaymentTerms, lent_on: date) -> list[returns.CashFlow]:
    rows = dq.amortisation_table(terms)
    return [
        returns.CashFlow(lent_on, -Decimal(terms.principal)),
        *(returns.CashFlow(row.due_date, row.payment) for row in rows),
    ]


def drawn_terms(size: int) -> list[dq.RepaymentTerms]:
    """Loans of every kind that have a schedule, with interest below 0 among them."""
    rng, kept = random.Random(11), []
    while len(kept) < size:
        terms = draw_terms(rng)
        if rows_of(terms) is not None:
            kept.append(terms)
    return kept


def lines_of(frame: Any) -> list[dict[str, Any]]:
    if hasattr(frame, "to_pylist"):
        return frame.to_pylist()
    return frame.to_dicts() if hasattr(frame, "to_dicts") else frame.to_dict("records")


# Frames.


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_frame_of_tables_has_one_row_an_instalment(backend: str) -> None:
    lines = lines_of(amortisation_tables(TWO).to_frame(backend))
    assert [(line["account_id"], line["row"], line["instalment_no"]) for line in lines] == [
        ("A-1", 0, 1),
        ("A-1", 0, 2),
        ("A-2", 1, 1),
        ("A-2", 1, 2),
    ]
    day = lines[1]["due_date"]
    assert (day if isinstance(day, date) and backend != "pandas" else day.date()) == date(
        2025, 2, 28
    )
    amounts = ("principal", "interest", "fees", "payment", "closing_balance")
    assert [[str(line[name]) for name in amounts] for line in lines] == [
        ["50.00", "0.36", "0.00", "50.36", "50.00"],
        ["50.00", "0.18", "0.00", "50.18", "0.00"],
        ["50.00", "0.00", "1.00", "51.00", "50.00"],
        ["50.00", "0.00", "1.00", "51.00", "0.00"],
    ]


def test_frames_have_the_columns_that_their_pages_list() -> None:
    columns = [
        "account_id",
        "row",
        "instalment_no",
        "due_date",
        "principal",
        "interest",
        "fees",
        "payment",
    ]
    schedules, tables = repayment_schedules(TWO), amortisation_tables(TWO)
    assert list(schedules.to_frame()) == columns
    assert list(tables.to_frame()) == [*columns, "closing_balance"]
    nameless = repayment_schedules(TermColumns.from_terms([SHORT]))
    assert list(nameless.to_frame()) == columns[1:]
    kinds = {name: str(kind) for name, kind in schedules.to_frame("polars").schema.items()}
    assert (kinds["row"], kinds["instalment_no"], kinds["due_date"]) == ("Int64", "Int32", "Date")


def test_amounts_leave_as_minor_units_where_they_are_asked_for() -> None:
    frame = frames.amortisation_to_frame(amortisation_tables(TWO), "pyarrow", amounts="minor")
    assert frame["payment"].to_pylist() == [5036, 5018, 5100, 5100]
    with pytest.raises(dq.InvalidValueError, match="'decimal' or 'minor'"):
        frames.schedules_to_frame(repayment_schedules(TWO), amounts="major")
    with pytest.raises(dq.InvalidValueError, match="backend"):
        repayment_schedules(TWO).to_frame("dask")


def test_a_currency_without_decimals_has_none_in_its_frame() -> None:
    yen = attrs.evolve(SHORT, currency=dq.Currency.of("JPY"), annual_rate=dq.Rate.per_year("0.12"))
    frame = repayment_schedules(TermColumns.from_terms([yen])).to_frame("pyarrow")
    assert [str(cell) for cell in frame["payment"]] == ["51", "51"]


def test_every_row_of_a_frame_is_the_row_of_the_loan_alone() -> None:
    terms = drawn_terms(60)
    lines = iter(lines_of(amortisation_tables(TermColumns.from_terms(terms)).to_frame("pyarrow")))
    for row, each in enumerate(terms):
        for number, expected in enumerate(rows_of(each) or (), start=1):
            line = next(lines)
            assert (line["row"], line["instalment_no"]) == (row, number)
            told = [(line["due_date"] - date(1970, 1, 1)).days]
            names = ("principal", "interest", "fees", "closing_balance")
            told += [int(line[name].scaleb(2)) for name in names]
            assert told == list(expected)
            assert line["payment"] == line["principal"] + line["interest"] + line["fees"]
    assert next(lines, None) is None


def test_a_frame_of_schedules_is_read_as_the_instalments_of_a_book() -> None:
    frame = repayment_schedules(TWO).to_frame("polars")
    accounts = {"account_id": ["A-1", "A-2"], "originated_on": [date(2024, 12, 31)] * 2}
    book = frames.read(
        accounts=frames.to_frame(accounts, "polars"),
        instalments=frame,
        currency="CNY",
        ignore_extra=True,
    )
    assert book.account(1).schedule == dq.repayment_schedule(CARD)


# One loan.


def test_the_table_of_a_loan_is_that_of_the_loan_alone() -> None:
    terms = drawn_terms(300)
    assert any(each.annual_rate.scaled < 0 for each in terms)
    told = amortisation_tables(TermColumns.from_terms(terms))
    for row, each in enumerate(terms):
        table, alone = told.table(row), dq.amortisation_table(each)
        assert table.rows == alone.rows
        assert list(table) == list(alone)
        assert table == dq.amortisation_table(told.terms.terms(row))


def test_the_schedule_of_a_loan_is_that_of_the_loan_alone() -> None:
    terms = drawn_terms(100)
    columns = TermColumns.from_terms(terms)
    schedules, tables = repayment_schedules(columns), amortisation_tables(columns)
    for row, each in enumerate(terms):
        alone = dq.repayment_schedule(each)
        assert schedules.schedule(row) == tables.schedule(row) == alone


def test_the_table_of_an_ordinary_loan_equals_that_of_the_terms_that_were_laid_out() -> None:
    lent = attrs.evolve(
        LOAN, disbursed_on=date(2024, 12, 20), first_period=dq.FirstPeriod.AS_REGULAR
    )
    told = amortisation_tables(TermColumns.from_terms([LOAN, lent]))
    assert told.table(0) == dq.amortisation_table(LOAN)
    assert told.table(np.int64(1)) == dq.amortisation_table(lent)
    assert told.table(1).total_interest == dq.amortisation_table(lent).total_interest


def test_a_loan_that_is_not_there_is_refused() -> None:
    tables, schedules = amortisation_tables(TWO), repayment_schedules(TWO)
    for one in (tables.table, tables.schedule, schedules.schedule):
        for row in (2, -1):
            with pytest.raises(IndexError, match=f"row {row} of the schedules of 2 loans"):
                one(row)
        for row in ("A-1", True):
            with pytest.raises(dq.InvalidTypeError, match="schedules, row: expected an int"):
                one(row)


# Rates.


def test_the_rate_of_each_loan_is_that_of_its_flows_alone() -> None:
    terms = drawn_terms(150)
    columns = TermColumns.from_terms(terms)
    tables = amortisation_tables(columns)
    told = tables.effective_rates(on_error="quarantine")
    again = repayment_schedules(columns).effective_rates(on_error="quarantine")
    assert np.array_equal(told.rates, again.rates)
    aside = {*told.without_rate.tolist(), *told.several_rates.tolist(), *told.unresolved.tolist()}
    assert len(aside) < len(terms) / 4
    for row, each in enumerate(terms):
        flows = flows_of(each, to_date(each.regular_start_day()))
        if row in aside:
            with pytest.raises(dq.InvalidValueError):
                returns.xirr(flows, decimals=30)
            continue
        off = abs(Decimal(float(told.rates[row])) - returns.xirr(flows, decimals=30))
        assert off <= Decimal(float(told.error_bounds[row]))


@pytest.mark.parametrize(
    ("due", "frequency", "begin"),
    [
        ("2025-03-31", dq.Frequency.MONTHLY, "2025-02-28"),
        ("2024-03-30", dq.Frequency.MONTHLY, "2024-02-29"),
        ("2025-03-28", dq.Frequency.MONTHLY, "2025-02-28"),
        ("2025-02-28", dq.Frequency.MONTHLY, "2025-01-28"),
        ("2025-01-31", dq.Frequency.QUARTERLY, "2024-10-31"),
        ("2025-01-05", dq.Frequency.EVERY_TWO_WEEKS, "2024-12-22"),
        ("1930-02-28", dq.Frequency.YEARLY, "1929-02-28"),
    ],
)
def test_a_loan_without_a_day_begins_one_period_before_its_first_due_date(
    due: str, frequency: dq.Frequency, begin: str
) -> None:
    terms = attrs.evolve(SHORT, first_due_date=date.fromisoformat(due), frequency=frequency)
    assert terms.regular_start_day() == loan_days(TermColumns.from_terms([terms]))[0]
    assert str(to_date(terms.regular_start_day())) == begin


def test_days_before_the_first_period_lower_the_rate() -> None:
    lent_on = date(2024, 12, 20)
    lent = attrs.evolve(LOAN, disbursed_on=lent_on, first_period=dq.FirstPeriod.AS_REGULAR)
    columns = TermColumns.from_terms([LOAN, lent])
    later, earlier = repayment_schedules(columns).effective_rates().rates.tolist()
    assert later == pytest.approx(float(returns.xirr(flows_of(LOAN, date(2024, 12, 31)))), abs=1e-9)
    assert earlier == pytest.approx(float(returns.xirr(flows_of(lent, lent_on))), abs=1e-9)
    assert earlier < later


def test_loans_without_a_rate_are_named_or_set_aside() -> None:
    # A cent at -400 % a year: a third of it a month, rounded to all of it, and nothing falls due.
    gift = attrs.evolve(
        LOAN,
        principal=Decimal("0.01"),
        instalment_count=1,
        method=dq.AmortisationMethod.INTEREST_ONLY,
        annual_rate=dq.Rate.per_year(-4),
        rounding=dq.RoundingMode.FLOOR,
    )
    schedules = repayment_schedules(TermColumns.from_terms([LOAN, gift]))
    told = schedules.effective_rates(on_error="quarantine")
    assert told.without_rate.tolist() == [1]
    assert told.rates[0] > 0
    with pytest.raises(dq.PortfolioError, match="flows, row 1") as refused:
        schedules.effective_rates()
    assert refused.value.reason == "no_single_rate"
    with pytest.raises(dq.InvalidValueError, match="on_error"):
        amortisation_tables(TWO).effective_rates(on_error="skip")


# The answers.


def test_schedules_say_what_they_are_and_survive_a_pickle() -> None:
    schedules = repayment_schedules(TWO)
    assert isinstance(schedules, PortfolioSchedules)
    assert repr(schedules) == "PortfolioSchedules(2 loans, 4 instalments, CNY)"
    again = pickle.loads(pickle.dumps(schedules))
    assert len(again) == 2
    assert again.to_frame("pyarrow").equals(schedules.to_frame("pyarrow"))
    with pytest.raises(ValueError, match="read-only"):
        again.principal[0] = 1


def test_a_book_keeps_the_instalments_of_schedules_alone() -> None:
    schedules = repayment_schedules(TWO)
    book = dq.portfolio.Portfolio(
        currency=TWO.currency,
        account_id=dq.portfolio.TextColumn.of(["A-1", "A-2"]),
        originated_on=np.full(2, 20_000, dtype=np.int32),
        instalments=schedules,
        payments=dq.portfolio.PaymentColumns(
            offsets=np.zeros(3, dtype=np.int64),
            value_date=np.empty(0, dtype=np.int32),
            amount=np.empty(0, dtype=np.int64),
        ),
    )
    assert type(book.instalments) is InstalmentColumns
    assert book.instalments.principal is schedules.principal
    assert book.take([1]).account(0).schedule == dq.repayment_schedule(CARD)
    assert book.account(0).schedule[0].principal == Decimal("50.00")
