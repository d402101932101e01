"""Worked examples of regulators and regulated lenders, as cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from delinquency import Account, Currency, Instalment, Payment, Schedule
from tests.vectors.case import INDIA, PLAIN, Case, one_due
from tests.vectors.lending import first_days_in_a_band
from tests.vectors.published import load

__all__ = ["cases", "published_ids"]

_BAND_OF_KEY = {
    "date_of_overdue_SMA0": "SMA-0",
    "SMA1": "SMA-1",
    "SMA2": "SMA-2",
    "NPA": "NPA",
}


def _examples() -> dict[str, dict[str, Any]]:
    return {case["id"]: case for case in load("delinquency/regulatory_examples.json")["cases"]}


def published_ids() -> list[str]:
    """Every case of the file."""
    return list(_examples())


def cases() -> Iterator[Case]:
    """The examples that state days, bands or arrears of one account."""
    examples = _examples()
    for name, example in examples.items():
        if example["topic"] == "RBI SMA/NPA classification dates":
            dates = {_BAND_OF_KEY[key]: day for key, day in example["expected"].items()}
            yield from first_days_in_a_band(
                name, example["source"], example["inputs"]["due_date"], dates
            )
    yield from _inclusive(examples["suryoday-dpd-inclusive"])
    yield from _oldest_first(examples["dbs-fifo"])
    yield from _rolling(examples["cfpb-1024.31-c2"])
    yield from _actual_days(examples["cubase-months-days"])


def _inclusive(example: dict[str, Any]) -> Iterator[Case]:
    account = one_due(example["id"], date.fromisoformat(example["inputs"]["due_date"]))
    for row in example["expected"]:
        yield Case(
            id=f"{example['id']}#{row['date']}",
            source=example["source"],
            account=account,
            policy=INDIA,
            as_of=date.fromisoformat(row["date"]),
            expected={"days_past_due": row["dpd"], "bucket": row["status"]},
        )


def _oldest_first(example: dict[str, Any]) -> Iterator[Case]:
    """A part payment on any day of February reduces the due of 1 February."""
    dues = [
        Instalment(date.fromisoformat(day), amount) for day, amount in example["inputs"]["dues"]
    ]
    ((_, paid),) = example["inputs"]["payments"]
    stated = example["expected"]
    new_due = dues[1].due_date
    for payment_day in (date(2021, 2, 1), date(2021, 2, 15), date(2021, 2, 28)):
        account = Account(
            account_id=example["id"],
            originated_on=dues[0].due_date,
            schedule=Schedule(Currency.of("INR"), dues),
            payments=[Payment(payment_day, paid)],
        )
        for as_of, amount in (
            (new_due - timedelta(days=1), stated["overdue_before_new_due_2021_03_01"]),
            (new_due, stated["overdue_after_new_due_2021_03_01"]),
        ):
            yield Case(
                id=f"{example['id']}#paid {payment_day} as of {as_of}",
                source=example["source"],
                account=account,
                policy=INDIA,
                as_of=as_of,
                expected={
                    "arrears": Decimal(amount),
                    "delinquent_date": date.fromisoformat(stated["oldest_unpaid_due"]),
                },
            )


def _rolling(example: dict[str, Any]) -> Iterator[Case]:
    """In any year, leap or not: one payment in February settles January."""
    given = example["inputs"]
    ((paid_on, _, _),) = given["payments"]
    for year in ("2023", "2024"):
        rows = [
            Instalment(date.fromisoformat(f"{year}-{day}"), Decimal(500))
            for day in given["instalments_due"]
        ]
        account = Account(
            account_id=example["id"],
            originated_on=rows[0].due_date,
            schedule=Schedule(Currency.of("USD"), rows),
            payments=[Payment(date.fromisoformat(f"{year}-{paid_on}"), Decimal(500))],
        )
        for row in example["expected"]:
            yield Case(
                id=f"{example['id']}#{year}-{row['date']}",
                source=example["source"],
                account=account,
                policy=PLAIN,
                as_of=date.fromisoformat(f"{year}-{row['date']}"),
                expected={"days_past_due": row["days_delinquent"]},
            )


def _actual_days(example: dict[str, Any]) -> Iterator[Case]:
    """Only the actual days: months of 30 days are a rendering."""
    yield Case(
        id=f"{example['id']}#actual days",
        source=example["source"],
        account=one_due(
            example["id"],
            date.fromisoformat(example["inputs"]["next_payment_due"]),
            currency="USD",
        ),
        policy=PLAIN,
        as_of=date.fromisoformat(example["inputs"]["review_date"]),
        expected={"days_past_due": example["expected"]["actual_days"]},
    )
