"""Worked examples of regulators and regulated lenders, as cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from delinquency import (
    Account,
    CountName,
    Currency,
    Instalment,
    PartialPayments,
    Payment,
    Proportion,
    Schedule,
)
from delinquency.calendar import add_months
from tests.vectors.case import INDIA, PLAIN, Case, counting_by, one_due
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
    yield from _mba_and_ots(examples["adco-mba-ots"])
    yield from _ots(examples["ots-definition"])
    yield from _mba_statement(examples["mba-2006"])
    yield from _closed_end_table(examples["12cfr561.47-closed"])
    yield from _shortfall(examples["ffiec-rccp-partial"])
    yield from _ninety_percent(examples["ffiec-rccp-90pct"])
    yield from _call_report(examples["ffiec-call-report-monthly"])


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
        expected={
            "days_past_due": example["expected"]["actual_days"],
            "months_and_days": tuple(example["expected"]["months_days_method"]),
        },
    )


MBA = counting_by(CountName.MBA_MONTHS)
OTS = counting_by(CountName.OTS_MONTHS)
IN_ARREARS = counting_by(CountName.PAYMENTS_IN_ARREARS)


def _loan(name: str, dues: list[date], payments: list[tuple[date, Decimal]]) -> Account:
    rows = [Instalment(due, Decimal(300)) for due in dues]
    return Account(
        account_id=name,
        originated_on=dues[0],
        schedule=Schedule(Currency.of("USD"), rows),
        payments=[Payment(day, amount) for day, amount in payments],
    )


def _months(text: str) -> int:
    """ "60 days" and "60 days or 3 payments" are two months; "current" is none."""
    return int(text.split(maxsplit=1)[0]) // 30 if text[0].isdigit() else 0


def _mba_and_ots(example: dict[str, Any]) -> Iterator[Case]:
    for year in ("2005", "2008"):
        dues = [date.fromisoformat(f"{year}-{day}") for day in example["inputs"]["due_dates"]]
        for row in example["expected"]:
            for method, policy in (("MBA", MBA), ("OTS", OTS)):
                yield Case(
                    id=f"{example['id']}#{method} {year}-{row['as_of']}",
                    source=example["source"],
                    account=_loan(example["id"], dues, []),
                    policy=policy,
                    as_of=date.fromisoformat(f"{year}-{row['as_of']}"),
                    expected={"reading": _months(row[method])},
                )


def _ots(example: dict[str, Any]) -> Iterator[Case]:
    account = _loan(example["id"], [date.fromisoformat(f"2007-{example['inputs']['due']}")], [])
    stated = {
        date(2007, 7, 31): example["expected"]["status_at_end_of_July"],
        date(2007, 8, 1): "30 days",
        date(2007, 8, 31): example["expected"]["status_at_end_of_August"],
    }
    for as_of, status in stated.items():
        yield Case(
            id=f"{example['id']}#{as_of}",
            source=example["source"],
            account=account,
            policy=OTS,
            as_of=as_of,
            expected={"reading": _months(status)},
        )


def _mba_statement(example: dict[str, Any]) -> Iterator[Case]:
    account = _loan(example["id"], [date.fromisoformat(example["inputs"]["due"])], [])
    for method, policy in (("MBA", MBA), ("OTS", OTS)):
        is_late = example["expected"][f"{method}_november_statement"] == "delinquent"
        yield Case(
            id=f"{example['id']}#{method}",
            source=example["source"],
            account=account,
            policy=policy,
            as_of=date.fromisoformat(example["inputs"]["unpaid_at"]),
            expected={"reading": int(is_late)},
        )


def _closed_end_table(example: dict[str, Any]) -> Iterator[Case]:
    """The first and the last day of each period of the table, by the method that it prints."""
    dues = [date.fromisoformat(f"2001-{day}") for day in example["inputs"]["due_dates"]]
    for row in example["expected"]:
        for day in row["period"]:
            as_of = date.fromisoformat(f"2001-{day}")
            yield Case(
                id=f"{example['id']}#{day}",
                source=example["source"],
                account=_loan(example["id"], dues, []),
                policy=OTS,
                as_of=as_of,
                expected={"reading": _months(row["status"])},
            )


def _shortfall(example: dict[str, Any]) -> Iterator[Case]:
    given = example["inputs"]
    dues = [add_months(date(2001, 1, 10), number) for number in range(given["months"])]
    paid = [(due, Decimal(given["payments_per_month"])) for due in dues]
    yield Case(
        id=f"{example['id']}#aggregate",
        source=example["source"],
        account=_loan(example["id"], dues, paid),
        policy=IN_ARREARS,
        as_of=dues[-1] + timedelta(days=1),
        expected={
            "arrears": Decimal(example["expected"]["shortfall"]),
            "reading": example["expected"]["full_months_past_due"],
        },
    )


def _ninety_percent(example: dict[str, Any]) -> Iterator[Case]:
    """At the share a payment counts as full, a cent under it does not."""
    percent = int(example["expected"]["payment_share_counted_as_full"].strip(">= ").split("%")[0])
    policy = counting_by(
        CountName.PAYMENTS_IN_ARREARS,
        partial_payments=PartialPayments.NEARLY_FULL,
        full_payment_share=Proportion(percent, 100),
    )
    due = date(2001, 1, 10)
    full = Decimal(300) * percent / 100
    for amount, behind in ((full, 0), (full - Decimal("0.01"), 1)):
        yield Case(
            id=f"{example['id']}#{amount}",
            source=example["source"],
            account=_loan(example["id"], [due], [(due, amount)]),
            policy=policy,
            as_of=due + timedelta(days=1),
            expected={"reading": behind},
        )


def _call_report(example: dict[str, Any]) -> Iterator[Case]:
    """Two monthly payments in arrears, or by option one that is unpaid for 30 days."""
    dues = [date(2001, 1, 10), date(2001, 2, 10)]
    account = _loan(example["id"], dues, [])
    for as_of, behind, days in ((date(2001, 2, 9), 1, 30), (date(2001, 2, 11), 2, 32)):
        yield Case(
            id=f"{example['id']}#{as_of}",
            source=example["source"],
            account=account,
            policy=IN_ARREARS,
            as_of=as_of,
            expected={"reading": behind, "days_past_due": days},
        )
