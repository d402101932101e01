"""Replaying an account under a policy: the version in force, then the one sweep."""

from __future__ import annotations

from datetime import date

from delinquency.account import Account
from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError
from delinquency.ledger import Ledger, replay_in_order
from delinquency.policy import Policy, PolicyTimeline, policy_in_force, refuse_obligor_level

__all__ = ["replay", "version_for"]


def _check_account(account: object, verb: str) -> None:
    if not isinstance(account, Account):
        raise InvalidTypeError.at(
            verb,
            expected="an Account",
            found=account,
            hint="For a Portfolio use delinquency.portfolio.",
        )


def version_for(
    account: Account, as_of: date, policy: Policy | PolicyTimeline, verb: str
) -> Policy:
    """The version of a policy for an account and a date, if it judges single accounts.

    Raises
    ------
    InvalidTypeError
        Not an account or a policy.
    PolicyNotInForceError
        No version is in force.
    PolicyError
        The policy judges obligors.
    """
    _check_account(account, verb)
    day_number(as_of, where=verb, field="as_of")
    version = policy_in_force(policy, as_of=as_of, originated_on=account.originated_on)
    refuse_obligor_level(version)
    return version


def replay(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> Ledger:
    """Replay an account to the close of ``as_of`` under a policy.

    Parameters
    ----------
    account : Account
    as_of : date
        Facts with a value date on or before it count, whenever they were recorded.
    policy : Policy or PolicyTimeline
    known_on : date, optional
        Leave out what was recorded after it, and payments reversed by it. Without it, facts
        recorded after ``as_of`` count, and a payment reversed after ``as_of`` still stands.

    Raises
    ------
    InvalidTypeError
        Not an account, a date or a policy.
    PolicyNotInForceError
        No version is in force.
    """
    version = version_for(account, as_of, policy, "replay")
    return replay_in_order(account, as_of=as_of, allocation=version.allocation, known_on=known_on)
