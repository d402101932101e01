"""The decisive published figures, written out with their sources, for machines without the collection.

The one idea: each line is a schedule, the money paid, a day, and what the source states for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from delinquency import (
    Account,
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
)
from tests.vectors.case import INDIA, PLAIN, Case, policy_of

__all__ = ["cases"]

_RANGES: Final = BucketScheme(
    "ranges",
    CountName.DELINQUENT_DAYS,
    (
        Bucket("NO_DELINQUENCY", 0, 0, is_stressed=False),
        Bucket("RANGE_1", 1, 3),
        Bucket("RANGE_3", 4, 30),
        Bucket("RANGE_30", 31, 60),
        Bucket("RANGE_60", 61),
    ),
)
_LOAN: Final = policy_of(
    "three days of grace", Counting(grace_days=3, grace_kind=GraceKind.DEDUCTED), _RANGES
)
_INSTALMENT: Final = policy_of("no grace", Counting(), _RANGES)

_STATUS: Final = policy_of(
    "account status",
    Counting(),
    BucketScheme(
        "account status",
        CountName.DAYS_PAST_DUE,
        (
            Bucket("11", 0, 29, is_stressed=False),
            Bucket("71", 30, 59),
            Bucket("78", 60, 89),
            Bucket("80", 90, 119),
            Bucket("82", 120, 149),
            Bucket("83", 150, 179),
            Bucket("84", 180),
        ),
    ),
)

_RBI: Final = "RBI/2021-22/125 DOR.STR.REC.68/21.04.048/2021-22, 12 Nov 2021, paragraph 5"
_CFPB: Final = "12 CFR 1024.31, Official Interpretation, Delinquency-2"
_DBS: Final = "DBS Bank India, Consumer Education Literature: FAQs on IRACP"
_SURYODAY: Final = "Suryoday Small Finance Bank, annexure on SMA and NPA classification"
_LENDING: Final = "frappe/lending: test_dpd_calculation"
_FINERACT: Final = "apache/fineract: LoanDelinquency.feature"
_MULTI: Final = "apache/fineract: Loan.feature, multiple repayments are overdue"
_METRO: Final = "Metro 2 Account Status codes, as in cfpb/Metro2 and moov-io/metro2"

_FOUR_DUES: Final = (
    ("2023-10-01", 250),
    ("2023-10-16", 250),
    ("2023-10-31", 250),
    ("2023-11-15", 250),
)
_EMI: Final = (("2024-10-05", 3782), ("2024-11-05", 3782))
_PARTS: Final = (("2024-10-05", 3000), ("2024-10-09", 782))

Row = tuple[
    str,
    str,
    Policy,
    tuple[tuple[str, int], ...],
    tuple[tuple[str, int], ...],
    tuple[tuple[str, str], ...],
    str,
    dict[str, Any],
]
"""Name, source, policy, dues, payments, suspensions, as of, expected."""

_MARCH: Final = (("2021-03-31", 10_000),)

_ROWS: Final[tuple[Row, ...]] = (
    ("rbi-due-date", _RBI, INDIA, _MARCH, (), (), "2021-03-31", {"bucket": "SMA-0"}),
    ("rbi-before-sma-1", _RBI, INDIA, _MARCH, (), (), "2021-04-29", {"bucket": "SMA-0"}),
    ("rbi-sma-1", _RBI, INDIA, _MARCH, (), (), "2021-04-30", {"bucket": "SMA-1"}),
    ("rbi-sma-2", _RBI, INDIA, _MARCH, (), (), "2021-05-30", {"bucket": "SMA-2"}),
    ("rbi-before-npa", _RBI, INDIA, _MARCH, (), (), "2021-06-28", {"bucket": "SMA-2"}),
    ("rbi-npa", _RBI, INDIA, _MARCH, (), (), "2021-06-29", {"bucket": "NPA"}),
    ("due-date-is-1", _SURYODAY, INDIA, _MARCH, (), (), "2021-03-31", {"days_past_due": 1}),
    ("npa-is-91", _SURYODAY, INDIA, _MARCH, (), (), "2021-06-29", {"days_past_due": 91}),
    (
        "oldest-first-before",
        _DBS,
        INDIA,
        (("2021-02-01", 500), ("2021-03-01", 100)),
        (("2021-02-15", 200),),
        (),
        "2021-02-28",
        {"arrears": Decimal(300)},
    ),
    (
        "oldest-first-after",
        _DBS,
        INDIA,
        (("2021-02-01", 500), ("2021-03-01", 100)),
        (("2021-02-15", 200),),
        (),
        "2021-03-01",
        {"arrears": Decimal(400), "delinquent_date": date(2021, 2, 1)},
    ),
    (
        "rolling-january",
        _CFPB,
        PLAIN,
        (("2023-01-01", 500), ("2023-02-01", 500)),
        (("2023-02-03", 500),),
        (),
        "2023-01-31",
        {"days_past_due": 30},
    ),
    (
        "rolling-february",
        _CFPB,
        PLAIN,
        (("2023-01-01", 500), ("2023-02-01", 500)),
        (("2023-02-03", 500),),
        (),
        "2023-02-04",
        {"days_past_due": 3},
    ),
    ("part-payment", _LENDING, INDIA, _EMI, _PARTS, (), "2024-10-08", {"days_past_due": 4}),
    ("last-rupee", _LENDING, INDIA, _EMI, _PARTS, (), "2024-10-09", {"days_past_due": 0}),
    ("next-due-date", _LENDING, INDIA, _EMI, _PARTS, (), "2024-11-05", {"days_past_due": 1}),
    (
        "58-days",
        _FINERACT,
        _LOAN,
        _FOUR_DUES,
        (),
        (),
        "2023-12-01",
        {
            "bucket": "RANGE_30",
            "arrears": Decimal(1000),
            "delinquent_date": date(2023, 10, 4),
            "delinquent_days": 58,
            "days_past_due": 61,
        },
    ),
    (
        "last-day-of-grace",
        _FINERACT,
        _LOAN,
        _FOUR_DUES,
        (),
        (),
        "2023-10-04",
        {"bucket": "NO_DELINQUENCY", "delinquent_days": 0, "days_past_due": 3},
    ),
    (
        "first-day-after-grace",
        _FINERACT,
        _LOAN,
        _FOUR_DUES,
        (),
        (),
        "2023-10-05",
        {"bucket": "RANGE_1", "delinquent_days": 1, "days_past_due": 4},
    ),
    (
        "after-a-pause",
        _FINERACT,
        _LOAN,
        _FOUR_DUES,
        (),
        (("2023-10-06", "2023-10-30"),),
        "2023-10-31",
        {"delinquent_days": 3, "days_past_due": 30, "arrears": Decimal(500)},
    ),
    (
        "after-a-resume",
        _FINERACT,
        _LOAN,
        _FOUR_DUES,
        (),
        (("2023-10-15", "2023-10-25"),),
        "2023-10-26",
        {"delinquent_days": 12, "days_past_due": 25, "arrears": Decimal(500)},
    ),
    (
        "by-instalment",
        _FINERACT,
        _INSTALMENT,
        _FOUR_DUES,
        (),
        (),
        "2023-11-16",
        {
            "instalment_buckets": {
                "RANGE_1": Decimal(250),
                "RANGE_3": Decimal(250),
                "RANGE_30": Decimal(500),
            }
        },
    ),
    (
        "by-instalment-after-a-pause",
        _FINERACT,
        _INSTALMENT,
        _FOUR_DUES,
        (),
        (("2023-11-17", "2023-11-30"),),
        "2024-01-01",
        {"instalment_buckets": {"RANGE_30": Decimal(500), "RANGE_60": Decimal(500)}},
    ),
    (
        "earliest-unpaid",
        _FINERACT,
        _LOAN,
        _FOUR_DUES,
        (),
        (),
        "2023-10-21",
        {"next_payment_date": date(2023, 10, 1), "next_payment_amount": Decimal(250)},
    ),
    (
        "oldest-of-three",
        _MULTI,
        _LOAN,
        (("2023-02-01", 333), ("2023-03-01", 333), ("2023-04-01", 334)),
        (),
        (),
        "2023-04-05",
        {"bucket": "RANGE_30", "delinquent_date": date(2023, 2, 4)},
    ),
    ("status-29", _METRO, _STATUS, (("2023-01-01", 1),), (), (), "2023-01-30", {"bucket": "11"}),
    ("status-30", _METRO, _STATUS, (("2023-01-01", 1),), (), (), "2023-01-31", {"bucket": "71"}),
    ("status-179", _METRO, _STATUS, (("2023-01-01", 1),), (), (), "2023-06-29", {"bucket": "83"}),
    ("status-180", _METRO, _STATUS, (("2023-01-01", 1),), (), (), "2023-06-30", {"bucket": "84"}),
)


def cases() -> Iterator[Case]:
    """Every line as a case; ids begin with ``transcribed:``."""
    for name, source, policy, dues, payments, suspensions, as_of, expected in _ROWS:
        currency = "INR" if policy is INDIA else "EUR"
        rows = [Instalment(date.fromisoformat(day), amount) for day, amount in dues]
        yield Case(
            id=f"transcribed:{name}",
            source=source,
            account=Account(
                account_id=name,
                originated_on=rows[0].due_date,
                schedule=Schedule(Currency.of(currency), rows),
                payments=[Payment(date.fromisoformat(day), amount) for day, amount in payments],
                events=[
                    CountingSuspension(date.fromisoformat(start), date.fromisoformat(end))
                    for start, end in suspensions
                ],
            ),
            policy=policy,
            as_of=date.fromisoformat(as_of),
            expected=expected,
        )
