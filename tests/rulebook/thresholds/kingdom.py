"""Cases of default in the United Kingdom, before and after its rules are restated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from delinquency import Finding, FindingKind, Payment
from tests.rulebook.thresholds.case import Case, change, loan, monthly
from tests.rulebook.thresholds.europe import default, material, owing, paid_in_time, restructured


def kingdom() -> Iterator[Case]:
    yield from default("GBP")
    yield from default_from_2027()
    day = date(2024, 5, 10)
    doubt = Finding(FindingKind.UNLIKELY_TO_PAY, day, date(2024, 6, 10))
    yield restructured("GBP", change(day), doubt)
    day = date(2027, 5, 10)
    doubt = Finding(FindingKind.UNLIKELY_TO_PAY, day, date(2027, 6, 10))
    yield Case(
        paid_in_time("GBP", change(day), doubt),
        {
            "2027-05-09": "not in default", "2027-05-10": "restructured default",
            "2028-05-09": "restructured default", "2028-05-10": "not in default",
            "2028-05-11": "not in default",
        },
    )  # fmt: skip


def default_from_2027() -> Iterator[Case]:
    """The same days under the rules as they are restated."""
    dues = monthly(date(2027, 1, 31), 18)
    payments = [Payment(max(due, date(2027, 6, 15)), 1000) for due in dues]
    yield Case(
        loan("GBP", [(due, 1000) for due in dues], payments=payments),
        {
            "2027-05-01": "not in default", "2027-05-02": "default", "2027-05-03": "default",
            "2027-09-14": "default", "2027-09-15": "not in default", "2027-09-16": "not in default",
        },
    )  # fmt: skip


def material_from_2027(state: str, part: Any, rest: Any) -> Case:
    """91 days past due on 5 September 2027."""
    return Case(
        owing("GBP", part, rest, date(2027, 6, 6)),
        {"2027-09-04": "not in default", "2027-09-05": state},
    )


def companies_of_the_kingdom() -> Iterator[Case]:
    yield from kingdom()
    for case in (
        ("not in default", "440.00", 1000), ("default", "440.01", 1000),
        ("not in default", 1000, 99_000), ("default", 1000, "98999.99"),
    ):  # fmt: skip
        yield material("GBP", *case)
        yield material_from_2027(*case)


def persons_of_the_kingdom() -> Iterator[Case]:
    yield from kingdom()
    yield material("GBP", "default", "0.01", "999999")
    yield material_from_2027("default", "0.01", "999999")
