"""How an account stands at the close of a period.

The one idea: everything is what :func:`~delinquency.assessment.assess` says of that close, as it was known
then.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from delinquency.assessment import Assessment, assess_version
from delinquency.civil_days import whole_months_between
from delinquency.counting.days import count_exposure
from delinquency.counting.payments import days_since_last_payment
from delinquency.ledger import Standing
from delinquency.replaying import version_in_force

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["assessed_on", "closed_on", "has_rolled_forward", "is_written_off", "standing_of"]


def assessed_on(
    account: Account,
    on: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None,
    verb: str,
) -> Assessment:
    """The answer at a close as it was known then, or as known on a day."""
    version = version_in_force(account, on, policy, verb)
    return assess_version(
        account, as_of=on, version=version, known_on=on if known_on is None else known_on
    )


def closed_on(
    account: Account,
    on: date | None,
    policy: Policy | PolicyTimeline,
    known_on: date | None,
    verb: str,
) -> Assessment | None:
    """As :func:`assessed_on`; ``None`` before the account began, and on no day."""
    if on is None or on < account.originated_on:
        return None
    return assessed_on(account, on, policy, known_on, verb)


def standing_of(close: Assessment) -> dict[str, int | None]:
    """What is told of a close alone, by the name of the observation.

    Of what was written off nothing is due and nothing is counted any more; that is not as good as nothing
    past due, so nobody knows.
    """
    counts = not is_written_off(close)
    return {
        "days_past_due": close.count.days_past_due if counts else None,
        "delinquent_days": close.count.delinquent_days if counts else None,
        "arrears": close.count.arrears if counts else None,
        "exposure": count_exposure(close.ledger) if counts else None,
        "days_since_payment": days_since_last_payment(close.ledger, close.policy.counting),
        "months_on_book": whole_months_between(
            close.account.originated_day, close.ledger.as_of_day
        ),
    }


def is_written_off(close: Assessment) -> bool:
    """Whether everything that was open has been written off, and not recovered."""
    return close.ledger.standing is Standing.WRITTEN_OFF


def has_rolled_forward(before: Assessment | None, close: Assessment) -> bool | None:
    """Whether the bucket is a worse one than at the close before.

    Nobody knows across two schemes, nor of what was written off.
    """
    if before is None or before.policy.buckets != close.policy.buckets:
        return None
    if is_written_off(before) or is_written_off(close):
        return None
    position = close.policy.buckets.position
    return position(close.reading) > position(before.reading)
