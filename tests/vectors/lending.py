"""Day counts of a public lending system and code tables of credit reporting, as cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import attrs

from delinquency import (
    Account,
    Bucket,
    BucketScheme,
    Component,
    Counting,
    CountName,
    Currency,
    FirstDay,
    Instalment,
    Payment,
    Rate,
    RoundingMode,
    Schedule,
)
from delinquency.amortisation import AmortisationMethod, RepaymentTerms, repayment_schedule
from tests.vectors.case import INDIA, PLAIN, Case, india_bands, one_due, policy_of
from tests.vectors.published import load

__all__ = ["cases", "first_days_in_a_band", "published_ids"]

LAST_DAY_KNOWN: Final = date(2024, 12, 4)
"""The day before the first due date that the source's test leaves out."""


def published_ids() -> list[str]:
    """Every case of the files that this table is about."""
    files = ("lending/dpd.json", "lending/regulatory.json")
    found = [case["id"] for file in files for case in load(file)["cases"]]
    return [*found, "MET-01"]


def cases() -> Iterator[Case]:
    """Every figure of the files."""
    for published in load("lending/dpd.json")["cases"]:
        if "dpd_on" in published["expected"]:
            yield from _dated_counts(published)
        else:
            yield from _classified(published)
    for published in load("lending/regulatory.json")["cases"]:
        first_dates = {row["status"]: row["date"] for row in published["expected"]["first_date_of"]}
        yield from first_days_in_a_band(
            published["id"], _source(published), published["input"]["due_date"], first_dates
        )
    for published in load("lending/metro2.json")["cases"]:
        if published["id"] == "MET-01":
            yield from _account_status(published)


def _source(published: dict[str, Any]) -> str:
    source = published["source"]
    return f"{source['repo']}: {source['test']}"


def _dated_counts(published: dict[str, Any]) -> Iterator[Case]:
    """The due date is day 1; on the days between those listed, nothing is late."""
    given = published["input"]
    rows = [
        Instalment(
            date.fromisoformat(row["due_date"]), Decimal(row["principal"]), Decimal(row["interest"])
        )
        for row in given["instalments"]
    ]
    account = Account(
        account_id=published["id"],
        originated_on=date.fromisoformat(given["disbursement_date"]),
        schedule=Schedule(Currency.of("INR"), rows),
        payments=[
            Payment(date.fromisoformat(row["date"]), Decimal(row["amount"]))
            for row in given["payments"]
        ],
    )
    counting = Counting(
        first_day=FirstDay.DUE_DATE, components=(Component.PRINCIPAL, Component.INTEREST)
    )
    stated = {
        date.fromisoformat(row["date"]): row["dpd"] for row in published["expected"]["dpd_on"]
    }
    elsewhere = published["expected"].get("other_dates_default")
    day = account.originated_on
    while day <= LAST_DAY_KNOWN:
        days = stated.get(day, elsewhere)
        if days is not None:
            yield Case(
                id=f"{published['id']}#{day}",
                source=_source(published),
                account=account,
                policy=attrs.evolve(INDIA, counting=counting),
                as_of=day,
                expected={"days_past_due": days},
            )
        day += timedelta(days=1)


def _classified(published: dict[str, Any]) -> Iterator[Case]:
    """The older rule: day 1 is the day after; a paid-up account has a band of its own."""
    given = published["input"]
    terms = RepaymentTerms(
        currency=Currency.of("INR"),
        principal=Decimal(given["principal"]),
        annual_rate=Rate.per_year(Decimal(given["annual_rate_percent"]) / 100),
        first_due_date=date.fromisoformat(given["first_due_date"]),
        instalment_count=given["periods"],
        method=AmortisationMethod.ANNUITY,
        rounding=RoundingMode.HALF_EVEN,
    )
    account = Account(
        account_id=published["id"],
        originated_on=date.fromisoformat(given["posting_date"]),
        schedule=repayment_schedule(terms),
    )
    bands = published["conventions"]["classification"]
    buckets = [Bucket("standard", 0, 0, is_stressed=False)]
    for band in bands:
        last = None if band is bands[-1] else band["max_dpd"]
        buckets.append(Bucket(band["code"], max(1, band["min_dpd"]), last))
    policy = policy_of("older", Counting(), BucketScheme("older", CountName.DAYS_PAST_DUE, buckets))
    for row in published["expected"]["on"]:
        yield Case(
            id=f"{published['id']}#{row['date']}",
            source=_source(published),
            account=account,
            policy=policy,
            as_of=date.fromisoformat(row["date"]),
            expected={"days_past_due": row["dpd"], "bucket": row["classification"]},
        )


def first_days_in_a_band(
    name: str, source: str, due_date: str, first_dates: dict[str, str]
) -> Iterator[Case]:
    """On the first day of each Indian band the account is in it; the day before, in the one before."""
    account = one_due(name, date.fromisoformat(due_date))
    for code, first in first_dates.items():
        day = date.fromisoformat(first)
        for as_of, expected in ((day - timedelta(days=1), india_bands(code)), (day, code)):
            yield Case(
                id=f"{name}#{code}@{as_of}",
                source=source,
                account=account,
                policy=INDIA,
                as_of=as_of,
                expected={"bucket": expected},
            )


def _account_status(published: dict[str, Any]) -> Iterator[Case]:
    bands = published["expected"]["bands"]
    scheme = BucketScheme(
        "account status",
        CountName.DAYS_PAST_DUE,
        [
            Bucket(
                band["account_status"],
                band["min"],
                band["max"],
                is_stressed=band["min"] > 0,
                codes={key: band[key] for key in ("payment_rating", "history_code")},
            )
            for band in bands
        ],
    )
    due = date(1990, 1, 1)
    for days, code in zip(
        published["input"]["dpd"], published["derived"]["codes_for_input"], strict=True
    ):
        yield Case(
            id=f"{published['id']}#{days}",
            source=_source(published),
            account=one_due("MET-01", due, currency="USD"),
            policy=policy_of("account status", PLAIN.counting, scheme),
            as_of=due + timedelta(days=days),
            expected={"days_past_due": days, "bucket": code},
        )
