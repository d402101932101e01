"""One published figure as a row: an account, a policy, a day, and what the source says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import attrs

from delinquency import (
    Account,
    AllocationOrder,
    Bucket,
    BucketScheme,
    Counting,
    CountName,
    Currency,
    FirstDay,
    Instalment,
    PenaltyPlace,
    Policy,
    Schedule,
)

__all__ = [
    "FIELDS",
    "INDIA",
    "INTEREST_FIRST",
    "PLAIN",
    "Case",
    "counting_by",
    "india_bands",
    "one_due",
    "policy_of",
]

FIELDS: Final = frozenset(
    {
        "days_past_due",
        "delinquent_days",
        "arrears",
        "bucket",
        "next_payment_date",
        "next_payment_amount",
        "instalment_buckets",
        "delinquent_date",
        "reading",
        "months_and_days",
    }
)
"""What a source may state. ``instalment_buckets`` maps the code of each band of stress to the open
amount of the instalments in it; ``delinquent_date`` is the oldest due date plus the grace;
``reading`` is the count that the scheme reads; ``months_and_days`` is a rendering of the age."""


@attrs.frozen(slots=True, kw_only=True)
class Case:
    """What a source states of one account on one day.

    ``id`` is the id of the published case, ``#`` and the step: ``"dq-pause-full#15"``.
    """

    id: str
    source: str
    account: Account
    policy: Policy
    as_of: date
    expected: Mapping[str, Any]

    def __attrs_post_init__(self) -> None:
        if not self.expected or not self.expected.keys() <= FIELDS:
            message = f"{self.id}: {sorted(self.expected)} are not fields of a case"
            raise AssertionError(message)

    @property
    def published_id(self) -> str:
        """The id without the step."""
        return self.id.partition("#")[0]


INTEREST_FIRST: Final = AllocationOrder.oldest_first("penalty", "fees", "interest", "principal")


def policy_of(
    name: str,
    counting: Counting,
    scheme: BucketScheme,
    allocation: AllocationOrder = INTEREST_FIRST,
) -> Policy:
    """A policy of these parts, penalty outside."""
    return Policy(
        name=name,
        counting=counting,
        allocation=allocation,
        penalty_in_waterfall=PenaltyPlace.OUTSIDE,
        buckets=scheme,
    )


PLAIN: Final = policy_of(
    "plain",
    Counting(),
    BucketScheme(
        "plain",
        CountName.DAYS_PAST_DUE,
        (Bucket("current", 0, 0, is_stressed=False), Bucket("late", 1)),
    ),
)
"""The day after the due date is day 1; nothing else."""

_INDIA_BANDS: Final = ("standard", "SMA-0", "SMA-1", "SMA-2", "NPA")


def india_bands(code: str) -> str:
    """The band just before one of the Indian bands."""
    return _INDIA_BANDS[_INDIA_BANDS.index(code) - 1]


def counting_by(reads: CountName, **counting: Any) -> Policy:
    """A policy whose scheme reads a count, band by band."""
    bands = [Bucket("0", 0, 0, is_stressed=False)]
    bands += [Bucket(str(number), number, number) for number in range(1, 24)]
    scheme = BucketScheme(reads.value, reads, [*bands, Bucket("24+", 24)])
    return policy_of(reads.value, Counting(**counting), scheme)


INDIA: Final = policy_of(
    "india",
    Counting(first_day=FirstDay.DUE_DATE),
    BucketScheme(
        "india",
        CountName.DAYS_PAST_DUE,
        (
            Bucket("standard", 0, 0, is_stressed=False),
            Bucket("SMA-0", 1, 30),
            Bucket("SMA-1", 31, 60),
            Bucket("SMA-2", 61, 90),
            Bucket("NPA", 91),
        ),
    ),
)
"""Unpaid at the close of the due date is day 1; more than 30, 60 and 90 days open the next band."""


def one_due(name: str, due_date: date, *, currency: str = "INR") -> Account:
    """An account of one instalment that is never paid: its amount plays no part."""
    return Account(
        account_id=name,
        originated_on=due_date,
        schedule=Schedule(Currency.of(currency), (Instalment(due_date, Decimal("1000.00")),)),
    )
