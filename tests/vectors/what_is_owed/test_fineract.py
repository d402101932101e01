"""Every published schedule, split of a payment and total, as the ledger tells it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from delinquency.ledger import EntryKind
from tests.vectors.fineract import timeline
from tests.vectors.published import FOLDER, needs_folder
from tests.vectors.what_is_owed.fineract import (
    charges_of,
    ledger_at,
    published_rows,
    rows_of,
    split_of,
)
from tests.vectors.what_is_owed.status import STATUS

FAMILIES = ("al-", "co-", "ct-", "pen-")


def names() -> list[str]:
    found = (path.stem for path in (FOLDER / "fineract").glob("*.json"))
    return sorted(name for name in found if name.startswith(FAMILIES))


def steps(*kinds: str) -> list[tuple[str, int]]:
    """Each checkpoint of some kinds of every case that passes: the name and the step."""
    return [
        (name, step["seq"])
        for name in names()
        if STATUS[name].state == "passed"
        for step in timeline(name)["timeline"]
        if step.get("expect") in kinds and step["seq"] not in STATUS[name].left_out
    ]


def step_of(name: str, seq: int) -> dict[str, Any]:
    (found,) = [step for step in timeline(name)["timeline"] if step["seq"] == seq]
    return found


@needs_folder
def test_every_case_of_the_families_has_a_status():
    assert set(names()) <= set(STATUS)


@pytest.mark.parametrize(("name", "seq"), steps("schedule"))
def test_the_rows_are_those_published(name, seq):
    assert rows_of(ledger_at(name, seq)) == [
        row for row in published_rows(step_of(name, seq)) if any(row[1:])
    ]


@pytest.mark.parametrize(("name", "seq"), steps("schedule_totals"))
def test_the_totals_are_those_published(name, seq):
    told = step_of(name, seq)["totals"]
    words = ("principal_due", "interest_due", "fees_due", "penalties_due")
    words += ("paid", "paid_in_advance", "paid_late", "outstanding")
    sums = [
        sum(column, Decimal(0))
        for column in list(zip(*rows_of(ledger_at(name, seq)), strict=True))[1:]
    ]
    assert sums == [Decimal(told[word]) for word in words]


SPLITS = {
    "Repayment": EntryKind.SETTLED,
    "Down Payment": EntryKind.SETTLED,
    "Goodwill Credit": EntryKind.SETTLED,
    "Merchant Issued Refund": EntryKind.SETTLED,
    "Payout Refund": EntryKind.SETTLED,
    "Charge-off": EntryKind.WRITTEN_OFF,
}


@pytest.mark.parametrize(("name", "seq"), steps("transactions"))
def test_the_split_of_every_payment_is_the_one_published(name, seq):
    ledger = ledger_at(name, seq)
    by_day: dict[tuple[date, EntryKind], list[Decimal]] = {}
    for row in step_of(name, seq)["rows"]:
        if row["type"] in SPLITS:
            key = (date.fromisoformat(row["date"]), SPLITS[row["type"]])
            sums = by_day.setdefault(key, [Decimal(0)] * 4)
            for place, part in enumerate(("principal", "interest", "fees", "penalties")):
                sums[place] += Decimal(row[part])
    assert {key: list(split_of(ledger, key[0], kind=key[1])) for key in by_day} == by_day


@pytest.mark.parametrize(("name", "seq"), steps("charges"))
def test_what_is_paid_of_every_charge_is_what_was_published(name, seq):
    assert charges_of(ledger_at(name, seq)) == sorted(
        (date.fromisoformat(row["due_date"]), Decimal(row["due"]), Decimal(row["paid"]))
        for row in step_of(name, seq)["rows"]
    )
