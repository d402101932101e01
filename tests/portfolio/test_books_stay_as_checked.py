"""A book is checked once: what it holds cannot be changed afterwards, nor taken in another meaning."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.portfolio import (
    ChargeColumns,
    Engine,
    InstalmentColumns,
    PaymentColumns,
    Portfolio,
    TextColumn,
    assess,
    history,
    instalment_ages,
    next_payment_due,
)
from delinquency.sample_book import SAMPLE_AS_OF, sample_book

POLICY = dq.rulebook.load("founding-report")
QUESTION: dict[str, Any] = {"as_of": SAMPLE_AS_OF, "policy": POLICY}


def days(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int32)


def minor(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def columns(**changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "currency": dq.Currency.of("CNY"),
        "account_id": TextColumn.of(["A"]),
        "originated_on": days(20_000),
        "instalments": InstalmentColumns(
            offsets=minor(0, 1),
            due_date=days(20_100),
            principal=minor(100),
            interest=minor(0),
            fees=minor(0),
        ),
        "payments": PaymentColumns(
            offsets=minor(0, 1), value_date=days(20_100), amount=minor(101), payment_id=None
        ),
    }
    return {**given, **changes}


def charges(ids: list[str], **changes: Any) -> ChargeColumns:
    size = len(ids)
    given: dict[str, Any] = {
        "offsets": minor(0, size),
        "due_date": days(*[20_100] * size),
        "component": np.array([2, 3][:size], dtype=np.int8),
        "amount": minor(*[1] * size),
        "instalment_no": days(*[0] * size),
        "charge_id": TextColumn.of(ids),
    }
    return ChargeColumns(**{**given, **changes})


def test_writing_to_the_memory_of_a_slice_does_not_reach_the_book() -> None:
    amounts = minor(100, 200)
    table = attrs.evolve(columns()["instalments"], principal=amounts[:1])
    book = Portfolio(**columns(instalments=table))
    amounts[0] = -5
    assert book.instalments.principal.tolist() == [100]


@pytest.mark.parametrize("take", [copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
@pytest.mark.parametrize(
    ("make", "column"),
    [
        (lambda book: book, lambda book: book.instalments.principal),
        (lambda book: assess(book, **QUESTION), lambda answer: answer.arrears),
        (lambda book: instalment_ages(book, **QUESTION), lambda ages: ages.open_amount),
        (lambda book: next_payment_due(book, **QUESTION), lambda coming: coming.amount),
        (lambda book: history(book, dates=[SAMPLE_AS_OF], policy=POLICY), lambda told: told.bucket),
    ],
)
def test_a_copy_is_equal_and_cannot_be_written_to_either(take: Any, make: Any, column: Any) -> None:
    record = make(sample_book(60))
    again = take(record)
    assert np.array_equal(column(again), column(record))
    with pytest.raises(ValueError, match="read-only"):
        column(again)[:] = 0


def test_a_mask_takes_the_accounts_it_marks() -> None:
    book = sample_book(3)
    mask = np.array([True, False, True])
    assert list(book.take(mask).account_id) == [book.account_id[0], book.account_id[2]]
    assert list(book.take([True, False, False]).account_id) == [book.account_id[0]]
    with pytest.raises(IndexError, match="mask of 2 places"):
        book.take([True, False])


@pytest.mark.parametrize(
    "rows", [[0.9], ["1"], None, [None], 1, [[0]], [float("nan")], [[0], [1, 2]]]
)
def test_what_are_no_row_numbers_is_refused(rows: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="row numbers, or a mask"):
        sample_book(3).take(rows)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"account_id": None}, "portfolio, account_id: expected an instance of TextColumn"),
        ({"instalments": None}, "portfolio, instalments: expected an instance of Instalment"),
        ({"payments": [1]}, "portfolio, payments: expected an instance of PaymentColumns"),
        ({"originated_on": [20_000]}, "portfolio, originated_on: expected an instance of ndarray"),
    ],
)
def test_tables_of_another_kind_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(dq.InvalidTypeError, match=message):
        Portfolio(**columns(**change))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"charges": charges(["b", "a"])}, "unsorted"),
        ({"charges": charges(["a", "a"])}, "duplicate_charge_id"),
        ({"charges": charges(["", "a"])}, "empty_id"),
        ({"charges": charges(["a", "b"], charge_id=TextColumn.of(["a"]))}, "wrong_length"),
        ({"charges": charges(["a", "b"], charge_id=["a", "b"])}, "wrong_type"),
        ({"payments": attrs.evolve(columns()["payments"], payment_id=["p"])}, "wrong_type"),
        (
            {"payments": attrs.evolve(columns()["payments"], payment_id=TextColumn.of([]))},
            "wrong_length",
        ),
        (
            {
                "instalments": attrs.evolve(
                    columns()["instalments"],
                    in_force_from=days(-(2**31) + 1),
                    in_force_until=days(20_000),
                )
            },
            "closed_before_origination",
        ),
    ],
)
def test_ids_and_validity_are_part_of_what_makes_a_book(change: Any, reason: str) -> None:
    with pytest.raises(dq.PortfolioError) as caught:
        Portfolio(**columns(**change))
    assert caught.value.reason == reason


def test_charges_of_one_day_rank_as_the_account_ranks_them() -> None:
    book = Portfolio(**columns(charges=charges(["a", "b"])))
    policy = attrs.evolve(POLICY.versions[0], counting=dq.Counting(components=(dq.Component.FEES,)))
    as_of = date(2025, 3, 10)
    answers = {engine: assess(book, as_of=as_of, policy=policy, engine=engine) for engine in Engine}
    alone = dq.assess(book.account(0), as_of=as_of, policy=policy)
    for answer in answers.values():
        assert int(answer.arrears[0]) == alone.arrears * 100
        assert int(answer.days_past_due[0]) == alone.days_past_due


def test_the_last_of_as_many_buckets_as_there_may_be_is_told_in_columns() -> None:
    bands = [dq.Bucket("0", 0, 0, is_stressed=False)]
    bands += [dq.Bucket(str(day), day, day) for day in range(1, 126)]
    scheme = dq.BucketScheme("daily", dq.CountName.DAYS_PAST_DUE, [*bands, dq.Bucket("126+", 126)])
    policy = attrs.evolve(POLICY.versions[0], buckets=scheme)
    book = Portfolio(
        **columns(payments=PaymentColumns(offsets=minor(0, 0), value_date=days(), amount=minor()))
    )
    for engine in Engine:
        answer = assess(book, as_of=date(2026, 1, 1), policy=policy, engine=engine)
        assert answer.bucket.tolist() == [126]
        assert answer.bucket_of(0).code == "126+"
    with pytest.raises(dq.PolicyError, match="from 1 to 127 buckets, found 128"):
        dq.BucketScheme(
            "too many",
            dq.CountName.DAYS_PAST_DUE,
            [*bands, dq.Bucket("126", 126, 126), dq.Bucket("127+", 127)],
        )


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize(
    "counting",
    [
        dq.Counting(
            partial_payments=dq.PartialPayments.NEARLY_FULL,
            full_payment_share=dq.Proportion(999, 1000),
        ),
        dq.Counting(),
        dq.Counting(least_payment=Decimal(50)),
    ],
)
def test_counts_in_payments_are_run_by_the_engine_asked_for(
    engine: Engine, counting: dq.Counting
) -> None:
    book = sample_book(80)
    bands = (dq.Bucket("0", 0, 0, is_stressed=False), dq.Bucket("1+", 1))
    for reads in (dq.CountName.PAYMENTS_IN_ARREARS, dq.CountName.DAYS_SINCE_LAST_PAYMENT):
        scheme = dq.BucketScheme("n", reads, bands)
        policy = attrs.evolve(POLICY.versions[0], counting=counting, buckets=scheme)
        answer = assess(book, as_of=SAMPLE_AS_OF, policy=policy, engine=engine)
        for row, one in enumerate(book):
            alone = dq.assess(one, as_of=SAMPLE_AS_OF, policy=policy)
            assert answer.bucket_of(row) == alone.bucket


def test_places_outside_of_an_answer_are_refused() -> None:
    book = sample_book(3)
    with pytest.raises(IndexError, match="row -1"):
        assess(book, **QUESTION).bucket_of(-1)
    with pytest.raises(IndexError, match="close 9"):
        history(book, dates=[SAMPLE_AS_OF], policy=POLICY).at(9)


@pytest.mark.parametrize("dates", [5, None, SAMPLE_AS_OF, "2025-01-31"])
def test_one_date_is_no_history(dates: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="portfolio.history, dates: expected an iterable"):
        history(sample_book(2), dates=dates, policy=POLICY)


@pytest.mark.parametrize("accounts", [None, 5, sample_book(1).account(0)])
def test_accounts_are_given_as_several(accounts: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="account: expected an iterable of Account"):
        Portfolio.from_accounts(accounts)


def test_texts_are_packed_from_texts_only() -> None:
    with pytest.raises(dq.InvalidTypeError, match="text 1: expected an instance of str"):
        TextColumn.of([5])  # type: ignore[list-item]
