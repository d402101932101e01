"""Late debts, next payments and ageing tables of a book, beyond what every drawn book shows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.calendar import NONE_DAY
from delinquency.portfolio import (
    Engine,
    Portfolio,
    ageing,
    ageing_history,
    assess,
    days_past_due,
    delinquent_days,
    history,
    instalment_ages,
    next_payment_due,
)
from delinquency.sample_book import SAMPLE_AS_OF, sample_book

LEVELS = dq.rulebook.load("founding-report")
ENDS = [date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 30)]


def account(name: str, *, charges: Any = (), payments: Any = ()) -> dq.Account:
    dues = (date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31))
    rows = [dq.Instalment(due, Decimal("100.00")) for due in dues]
    return dq.Account(
        account_id=name,
        originated_on=date(2024, 12, 31),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
        charges=charges,
        payments=payments,
    )


def fee(name: str, due: date, instalment_no: int | None = None) -> dq.Charge:
    return dq.Charge(name, dq.Component.FEES, Decimal("5.00"), due, instalment_no)


ATTACHED = fee("attached", date(2025, 3, 5), 1)
ALONE = fee("alone", date(2025, 2, 10))
BOOK = Portfolio.from_accounts(
    [
        account("paid", payments=[dq.Payment(date(2025, 1, 31), Decimal("300.00"))]),
        account("late", charges=[ATTACHED, ALONE]),
        account("part", payments=[dq.Payment(date(2025, 2, 1), Decimal("100.01"))]),
    ]
)
DAY = date(2025, 3, 10)
NONE_LATE, LATE = dq.Bucket("none", 0, 0, is_stressed=False), dq.Bucket("any", 1)


@pytest.mark.parametrize("engine", Engine)
def test_debts_stand_by_due_date_whatever_instalment_a_charge_stands_with(engine: Engine) -> None:
    ages = instalment_ages(BOOK, as_of=DAY, policy=LEVELS, engine=engine)
    assert ages.offsets.tolist() == [0, 0, 4, 5]
    assert [(debt.instalment_no, debt.charge_id) for debt in ages.row(1)] == [
        (1, None),
        (None, "alone"),
        (2, None),
        (None, "attached"),
    ]
    assert ages.row(0) == ()
    assert ages.row(2)[0].open_amount == Decimal("99.99")


def test_ages_leave_as_a_frame_with_empty_cells_for_what_a_debt_has_not() -> None:
    ages = instalment_ages(BOOK, as_of=DAY, policy=LEVELS)
    rows = ages.to_frame("pyarrow").to_pylist()
    assert [(row["account_id"], row["instalment_no"], row["charge_id"]) for row in rows] == [
        ("late", 1, None),
        ("late", None, "alone"),
        ("late", 2, None),
        ("late", None, "attached"),
        ("part", 2, None),
    ]
    assert rows[0]["bucket"] == "31-60"
    assert rows[4]["open_amount"] == Decimal("99.99")


def test_a_scheme_that_reads_a_count_of_the_whole_account_gives_debts_no_bucket() -> None:
    version = LEVELS.versions[0]
    scheme = dq.BucketScheme("n", dq.CountName.PAYMENTS_IN_ARREARS, (NONE_LATE, LATE))
    policy = attrs.evolve(version, buckets=scheme)
    ages = instalment_ages(BOOK, as_of=DAY, policy=policy)
    assert ages.bucket.tolist() == [-1] * 5
    assert ages.row(2)[0].bucket is None
    assert ages.bucket_codes() == [None] * 5


def test_a_book_that_nobody_is_late_in_has_no_debts() -> None:
    ages = instalment_ages(BOOK, as_of=date(2025, 1, 31), policy=LEVELS)
    assert len(ages) == 0
    assert ages.offsets.tolist() == [0, 0, 0, 0]
    assert ages.to_frame("polars").is_empty()


def by_origination() -> tuple[Portfolio, dq.PolicyTimeline]:
    book = sample_book(300)
    day = date(2024, 6, 1)
    old, new = (dq.rulebook.load(name).versions[0] for name in ("founding-report", "cn-loan"))
    timeline = dq.PolicyTimeline(
        name="by origination",
        versions=[
            attrs.evolve(old, validity=dq.Validity(None, day, dq.SelectedBy.ORIGINATED_ON)),
            attrs.evolve(new, validity=dq.Validity(day, None, dq.SelectedBy.ORIGINATED_ON)),
        ],
    )
    return book, timeline


def test_each_account_is_judged_by_the_version_of_its_origination() -> None:
    book, timeline = by_origination()
    ages = instalment_ages(book, as_of=SAMPLE_AS_OF, policy=timeline)
    coming = next_payment_due(book, as_of=SAMPLE_AS_OF, policy=timeline)
    answer = assess(book, as_of=SAMPLE_AS_OF, policy=timeline)
    spare = answer.unallocated()
    codes = ages.bucket_codes()
    for row, one in enumerate(book):
        alone = dq.assess(one, as_of=SAMPLE_AS_OF, policy=timeline)
        assert ages.row(row) == alone.late_instalments
        told = codes[ages.offsets[row] : ages.offsets[row + 1]]
        assert told == [debt.bucket.code for debt in alone.late_instalments if debt.bucket]
        assert coming.row(row) == dq.next_payment_due(one, as_of=SAMPLE_AS_OF, policy=timeline)
        assert spare[row] == alone.ledger.unallocated_minor
    assert {len(set(version)) for version in [answer.version.tolist()]} == {2}  # type: ignore[union-attr]


def test_tables_of_versions_with_different_schemes_are_refused() -> None:
    book, timeline = by_origination()
    with pytest.raises(dq.PolicyError, match="one bucket scheme"):
        ageing(assess(book, as_of=SAMPLE_AS_OF, policy=timeline))
    with pytest.raises(dq.PolicyError, match="one bucket scheme"):
        ageing_history(history(book, dates=ENDS, policy=timeline))


def test_an_ageing_history_is_the_ageing_table_of_each_date() -> None:
    book = sample_book(400)
    table = ageing_history(history(book, dates=ENDS, policy=LEVELS))
    assert len(table) == len(ENDS)
    for close, day in enumerate(ENDS):
        alone = ageing(assess(book, as_of=day, policy=LEVELS))
        assert table.accounts[close].tolist() == [row.accounts for row in alone.rows]
        assert list(table.arrears[close]) == [row.arrears for row in alone.rows]
        assert table.at(close) == {row.bucket.code: row.accounts for row in alone.rows}
        assert table.shares[close].tolist() == [row.share for row in alone.rows]


def test_a_bucket_that_is_empty_on_every_date_has_its_column() -> None:
    few = Portfolio.from_accounts([account("late")])
    table = ageing_history(history(few, dates=[DAY], policy=LEVELS))
    assert table.accounts.tolist() == [[0, 0, 1, 0, 0]]


def test_tables_through_time_are_read_as_text_html_and_frames() -> None:
    told = history(BOOK, dates=[date(2025, 2, 28), DAY], policy=LEVELS)
    table = ageing_history(told)
    assert str(table).splitlines()[1:] == [
        "2025-02-28        2     1      0      0    0     66.67%       105.00",
        "2025-03-10        1     1      1      0    0     33.33%       309.99",
    ]
    assert table.to_text(lang="zh").split()[0] == "日期"
    assert table._repr_html_().count("<tr>") == 3
    rows = table.to_frame("pyarrow").to_pylist()
    assert [row["accounts"] for row in rows] == [2, 1, 0, 0, 0, 1, 1, 1, 0, 0]
    assert rows[1]["arrears"] == Decimal("105.00")
    long = told.to_frame("pyarrow").to_pylist()
    assert [(row["account_id"], row["as_of"], row["bucket"]) for row in long] == [
        ("paid", date(2025, 2, 28), "current"),
        ("paid", DAY, "current"),
        ("late", date(2025, 2, 28), "1-30"),
        ("late", DAY, "31-60"),
        ("part", date(2025, 2, 28), "current"),
        ("part", DAY, "1-30"),
    ]


def test_an_ageing_table_leaves_as_a_frame() -> None:
    frame = ageing(assess(BOOK, as_of=DAY, policy=LEVELS)).to_frame("polars")
    assert frame["accounts"].to_list() == [1, 1, 1, 0, 0]
    assert frame["exposure"].sum() == Decimal("509.99")


@pytest.mark.parametrize("rule", dq.NextPaymentRule)
def test_the_next_payment_leaves_as_a_frame(rule: dq.NextPaymentRule) -> None:
    coming = next_payment_due(BOOK, as_of=DAY, policy=LEVELS, rule=rule)
    rows = coming.to_frame("pyarrow").to_pylist()
    assert rows[0] == {"account_id": "paid", "due_date": None, "amount": Decimal("0.00")}
    earliest = rule is dq.NextPaymentRule.EARLIEST_UNPAID
    assert rows[1]["due_date"] == (date(2025, 1, 31) if earliest else date(2025, 3, 31))
    assert len(coming) == 3
    assert coming.due_date[0] == NONE_DAY
    assert coming.row(0) is None


def test_plain_verbs_give_the_columns_of_the_assessment() -> None:
    answer = assess(BOOK, as_of=DAY, policy=LEVELS)
    assert np.array_equal(days_past_due(BOOK, as_of=DAY, policy=LEVELS), answer.days_past_due)
    assert np.array_equal(delinquent_days(BOOK, as_of=DAY, policy=LEVELS), answer.delinquent_days)


@pytest.mark.parametrize(
    "verb", [assess, days_past_due, delinquent_days, instalment_ages, next_payment_due]
)
def test_one_account_is_refused_with_the_name_of_its_own_verb(verb: Any) -> None:
    name = verb.__name__
    with pytest.raises(
        dq.InvalidTypeError, match=rf"portfolio\.{name}: .* use delinquency\.{name}\."
    ):
        verb(account("one"), as_of=DAY, policy=LEVELS)


def test_rows_that_are_not_there_are_refused() -> None:
    ages = instalment_ages(BOOK, as_of=DAY, policy=LEVELS)
    coming = next_payment_due(BOOK, as_of=DAY, policy=LEVELS)
    for answer in (ages, coming):
        with pytest.raises(IndexError, match="row 3"):
            answer.row(3)
        with pytest.raises(dq.InvalidTypeError, match="row"):
            answer.row("late")  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidTypeError, match="NextPaymentRule"):
        next_payment_due(BOOK, as_of=DAY, policy=LEVELS, rule="first")  # type: ignore[arg-type]


def test_columns_of_answers_cannot_be_written_to() -> None:
    ages = instalment_ages(BOOK, as_of=DAY, policy=LEVELS)
    coming = next_payment_due(BOOK, as_of=DAY, policy=LEVELS)
    for column in (ages.open_amount, ages.offsets, coming.amount):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 1
