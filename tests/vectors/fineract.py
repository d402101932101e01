"""Timelines of a public loan system as cases: the account as it stood at each checkpoint.

The system's rules in the words of the library: the age of the loan has three days of grace, deducted;
a single instalment has none; a pause is a suspension ``[start, end)`` and a resume ends it early. Its
*classification* is a stored tag, written by the close of business and by transactions and left alone
during a pause, so it is checked only where it was written on the day asked for, outside a pause. The
tags of instalments are written only while the loan itself is delinquent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import attrs

from delinquency import (
    Account,
    AllocationOrder,
    Bucket,
    BucketScheme,
    Counting,
    CountingSuspension,
    CountName,
    Currency,
    GraceKind,
    Instalment,
    Payment,
    Policy,
    Schedule,
    assess,
)
from delinquency.calendar import add_months
from tests.vectors.case import Case, policy_of
from tests.vectors.published import FOLDER, load

__all__ = ["ERRORS", "account_at", "cases", "published_ids", "superseded_cases", "timeline"]

ERRORS: Final = "dq-pause-overlap-errors"
"""The case whose checkpoint is a refusal, not a figure."""

_STATES_FIGURES: Final = frozenset(
    {"loan_delinquency", "installment_delinquency", "next_payment", "next_payment_due_date"}
)

PENALTY_FIRST: Final = AllocationOrder.oldest_first("penalty", "fees", "principal", "interest")


def published_ids() -> list[str]:
    """Every case of the collection that this table is about."""
    names = (path.stem for path in (FOLDER / "fineract").glob("*.json"))
    return sorted(name for name in names if name.startswith(("dq-", "np-")))


def timeline(name: str) -> dict[str, Any]:
    """The published file of a case."""
    return load(f"fineract/{name}.json")


def cases() -> Iterator[Case]:
    """Every checkpoint under the rule in force, of every case that states figures."""
    for name in published_ids():
        if name != ERRORS:
            superseded = timeline(name).get("superseded_steps", [])
            yield from (case for seq, case in _checkpoints(name) if seq not in superseded)


def superseded_cases() -> Iterator[Case]:
    """The checkpoints that the source says came out differently under its older pause rule."""
    for name in published_ids():
        superseded = timeline(name).get("superseded_steps", [])
        if superseded:
            yield from (case for seq, case in _checkpoints(name) if seq in superseded)


def _checkpoints(name: str) -> Iterator[tuple[int, Case]]:
    published = timeline(name)
    product = next(iter(published["products"].values()))
    grace_days = product["grace_on_arrears_ageing_days"]
    by_loan = _policy(published, grace_days)
    by_instalment = _policy(published, 0)
    for step in published["timeline"]:
        if step.get("expect") not in _STATES_FIGURES:
            continue
        account = account_at(published, step["seq"])
        expected = _expected(published, step, account)
        if not expected:
            continue
        as_of = date.fromisoformat(step["as_of"])
        policy = by_loan
        if "instalment_buckets" in expected:
            is_delinquent = assess(account, as_of=as_of, policy=by_loan).delinquent_days > 0
            policy = by_instalment if is_delinquent else by_loan
        yield (
            step["seq"],
            Case(
                id=f"{name}#{step['seq']}",
                source=f"{published['source']['repo']}: {published['source']['scenario']}",
                account=account,
                policy=policy,
                as_of=as_of,
                expected=expected,
            ),
        )


def _policy(published: dict[str, Any], grace_days: int) -> Policy:
    bands = tuple(
        Bucket(band["classification"], band["min_days"], band["max_days"])
        for band in published["config"]["delinquency_ranges"]
    )
    none = Bucket("NO_DELINQUENCY", 0, 0, is_stressed=False)
    scheme = BucketScheme("ranges", CountName.DELINQUENT_DAYS, (none, *bands))
    return policy_of(
        "ranges",
        Counting(grace_days=grace_days, grace_kind=GraceKind.DEDUCTED),
        scheme,
        PENALTY_FIRST,
    )


def _expected(published: dict[str, Any], step: dict[str, Any], account: Account) -> dict[str, Any]:
    kind = step.get("expect")
    is_written = _tag_is_written(published, step)
    expected: dict[str, Any] = {}
    if kind == "loan_delinquency":
        expected = _loan_figures(step)
    elif kind == "installment_delinquency" and is_written:
        totals: dict[str, Decimal] = {}
        for row in step["buckets"]:
            totals[row["range"]] = totals.get(row["range"], Decimal(0)) + Decimal(row["amount"])
        expected = {"instalment_buckets": totals}
    elif kind in ("next_payment", "next_payment_due_date"):
        expected = {"next_payment_date": date.fromisoformat(step["date"])}
        if "amount" in step:
            expected["next_payment_amount"] = Decimal(step["amount"])
    if is_written and "classification" in step and not _is_paused(account, step["as_of"]):
        expected["bucket"] = step["classification"]
    return expected


def _loan_figures(step: dict[str, Any]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    if "delinquent_amount" in step:
        figures["arrears"] = Decimal(step["delinquent_amount"])
    if "delinquent_date" in step:
        stated = step["delinquent_date"]
        figures["delinquent_date"] = None if stated is None else date.fromisoformat(stated)
    if "delinquent_days" in step:
        figures["delinquent_days"] = step["delinquent_days"]
    if "past_due_days" in step:
        figures["days_past_due"] = step["past_due_days"]
    return figures


def _tag_is_written(published: dict[str, Any], step: dict[str, Any]) -> bool:
    today = written_on = ""
    for earlier in published["timeline"]:
        if earlier["seq"] >= step["seq"]:
            break
        if earlier.get("op") == "set_business_date":
            today = earlier["date"]
        elif earlier.get("op") in ("create_loan", "disburse", "repayment", "run_cob"):
            written_on = today
    return written_on == step.get("as_of")


def _is_paused(account: Account, as_of: str) -> bool:
    today = date.fromisoformat(as_of)
    # The system's own flag holds on the last day of a pause too.
    return any(
        event.start <= today and (event.end is None or today <= event.end)
        for event in account.events
    )


def account_at(published: dict[str, Any], seq: int) -> Account:
    """The account as the steps before ``seq`` made it.

    A loan that is not paid out by then is one that begins the day after.
    """
    loan: dict[str, Any] = {}
    begins: date | None = None
    rows: list[Instalment] = []
    today = date.min
    payments: list[Payment] = []
    pauses: list[CountingSuspension] = []
    for step in published["timeline"]:
        if step["seq"] >= seq:
            break
        match step.get("op", step.get("expect")):
            case "set_business_date":
                today = date.fromisoformat(step["date"])
            case "create_loan":
                loan = step["loan"]
            case "disburse":
                begins = date.fromisoformat(step["date"])
            case "schedule":
                rows = [_published_row(row) for row in step["periods"]]
            case "repayment":
                payments.append(Payment(date.fromisoformat(step["date"]), Decimal(step["amount"])))
            case "delinquency_pause":
                start, end = (date.fromisoformat(step[key]) for key in ("start", "end"))
                pauses.append(CountingSuspension(start, end))
            case "delinquency_resume":
                pauses = list(_resumed(pauses, date.fromisoformat(step["start"])))
    origin = begins or today + timedelta(days=1)
    product = published["products"][loan["product"]]
    return Account(
        account_id=published["id"],
        originated_on=origin,
        schedule=Schedule(
            Currency.of(product["currency"]), rows or _agreed_rows(loan, product, origin)
        ),
        payments=payments,
        events=pauses,
    )


def _resumed(pauses: list[CountingSuspension], day: date) -> Iterator[CountingSuspension]:
    for pause in pauses:
        if pause.end is None or not pause.start <= day < pause.end:
            yield pause
        elif day > pause.start:
            yield attrs.evolve(pause, end=day)


def _published_row(row: dict[str, Any]) -> Instalment:
    amounts = (Decimal(row["principal_due"]), Decimal(row["interest_due"]))
    return Instalment(date.fromisoformat(row["due_date"]), *amounts)


def _agreed_rows(loan: dict[str, Any], product: dict[str, Any], origin: date) -> list[Instalment]:
    """A down payment on the first day, then equal principals without interest; residue last."""
    assert Decimal(loan["annual_rate_pct"]) == 0, "interest is read from published rows"
    principal = Decimal(loan["principal"])
    down = principal * Decimal(product.get("down_payment_pct") or 0) / 100
    count = loan["n_repayments"]
    multiple = Decimal(product["installment_amount_in_multiples_of"] or "0.01")
    each = (principal - down) / count // multiple * multiple
    amounts = [each] * (count - 1) + [principal - down - each * (count - 1)]
    rows = [Instalment(origin, down)] if down else []
    for number, amount in enumerate(amounts, start=1):
        steps = number * loan["repay_every"]
        in_days = loan["repay_unit"] == "DAYS"
        due = origin + timedelta(days=steps) if in_days else add_months(origin, steps)
        rows.append(Instalment(due, amount))
    return rows
