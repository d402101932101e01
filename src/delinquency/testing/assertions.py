"""Assertions whose failure says why: the message carries the explanation of the answer.

The one idea: a failed test on days past due is read by somebody who wants to know which debt, which
payment and which rule; so the whole reasoning stands in the message.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from delinquency.assessment import Assessment, assess
from delinquency.component import Component
from delinquency.decimals import exact_sum
from delinquency.ledger import EntryKind

if TYPE_CHECKING:
    from datetime import date

    from delinquency.account import Account
    from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline

__all__ = ["assert_bucket", "assert_days_past_due", "assert_ledger_balances"]


def assert_days_past_due(
    account: Account,
    days: int,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> None:
    """Assert the raw days past due at the close of ``as_of``.

    Parameters
    ----------
    account : Account
    days : int
        What is expected [days].
    as_of : date
        A payment with this value date counts.
    policy : Policy or PolicyTimeline
    known_on : date, optional
        As in :func:`~delinquency.assessment.assess`.

    Raises
    ------
    AssertionError
        The days are others; the message is the explanation.

    Examples
    --------
    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from delinquency import (Account, AllocationOrder, Bucket, BucketScheme, Counting, CountName,
    ...     Currency, Instalment, PenaltyPlace, Policy, Schedule)
    >>> schedule = Schedule(Currency.of("CNY"), (Instalment(date(2025, 1, 31), Decimal("100")),))
    >>> account = Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> policy = Policy(name="house", counting=Counting(),
    ...     allocation=AllocationOrder.oldest_first("interest", "principal", "fees", "penalty"),
    ...     penalty_in_waterfall=PenaltyPlace.OUTSIDE,
    ...     buckets=BucketScheme("house", CountName.DAYS_PAST_DUE,
    ...         (Bucket("current", 0, 0, is_stressed=False), Bucket("late", 1))))
    >>> assert_days_past_due(account, 0, as_of=date(2025, 1, 31), policy=policy)
    >>> assert_days_past_due(account, 0, as_of=date(2025, 2, 1), policy=policy)
    Traceback (most recent call last):
    ...
    AssertionError: account 'A-1' as of 2025-02-01: expected 0 days past due, found 1.
    ...
    """
    found = assess(account, as_of=as_of, policy=policy, known_on=known_on)
    if found.days_past_due != days:
        raise _failure(found, f"{days} days past due", str(found.days_past_due))


def assert_bucket(
    account: Account,
    code: str,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> None:
    """Assert the code of the bucket at the close of ``as_of``; otherwise as the assertion above.

    Raises
    ------
    AssertionError
        The bucket is another; the message is the explanation.
    """
    found = assess(account, as_of=as_of, policy=policy, known_on=known_on)
    if found.bucket.code != code:
        raise _failure(found, f"bucket {code!r}", repr(found.bucket.code))


def assert_ledger_balances(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> None:
    """Assert that no cent appears or disappears up to the close of ``as_of``.

    charged = settled + waived + written off + superseded + open, in every component; paid = settled +
    recovered + unallocated.

    Raises
    ------
    AssertionError
        A sum does not come out; the message names both sides and carries the explanation.
    """
    found = assess(account, as_of=as_of, policy=policy, known_on=known_on)
    ledger = found.ledger
    sums: dict[tuple[EntryKind, Component], Decimal] = {}
    for entry in ledger.entries:
        key = entry.kind, entry.component
        sums[key] = exact_sum((sums.get(key, Decimal(0)), entry.amount))
    for component in Component:
        charged = sums.get((EntryKind.CHARGED, component), Decimal(0))
        left = (sums.get((kind, component), Decimal(0)) for kind in _WAYS_OUT)
        accounted = exact_sum((ledger.open_amount(component), *left))
        if charged != accounted:
            raise _failure(
                found,
                f"{charged} of {component.value} charged to be settled, waived, written off, "
                "superseded or open",
                str(accounted),
            )
    allocated = (
        amount
        for (kind, _), amount in sums.items()
        if kind in (EntryKind.SETTLED, EntryKind.RECOVERED)
    )
    placed = exact_sum((ledger.unallocated, *allocated))
    if ledger.paid != placed:
        raise _failure(
            found, f"{ledger.paid} paid to be settled, recovered or unallocated", str(placed)
        )


_WAYS_OUT = (
    EntryKind.SETTLED,
    EntryKind.WAIVED,
    EntryKind.WRITTEN_OFF,
    EntryKind.SUPERSEDED,
)
"""How what was charged leaves the ledger."""


def _failure(found: Assessment, expected: str, value: str) -> AssertionError:
    return AssertionError(
        f"account {found.account_id!r} as of {found.as_of}: expected {expected}, found {value}.\n"
        + found.explanation.to_text()
    )
