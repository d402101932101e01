"""Replaying an account under a policy: the version in force, then the one sweep."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date

from delinquency.account import Account
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.counting.tolerance import settled_rule, whole_amount
from delinquency.currency import Currency
from delinquency.errors import DelinquencyError, InvalidTypeError, PolicyError
from delinquency.ledger import Ledger, LedgerRule, replay_by_rule
from delinquency.penalty_place import PenaltyPlace
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline, policy_in_force

__all__ = [
    "known_day_of",
    "known_on_of",
    "ledger_rule",
    "named_errors",
    "replay",
    "replay_version",
    "version_in_force",
]


def _check_account(account: object, verb: str) -> None:
    if not isinstance(account, Account):
        raise InvalidTypeError.at(
            verb,
            expected="an Account",
            found=account,
            hint="For a Portfolio use delinquency.portfolio.",
        )


def version_in_force(
    account: Account, as_of: date, policy: Policy | PolicyTimeline, verb: str
) -> Policy:
    """The version of a policy for an account and a date.

    Raises
    ------
    InvalidTypeError
        Not an account or a policy.
    PolicyNotInForceError
        No version is in force.
    """
    _check_account(account, verb)
    day_number(as_of, where=verb, field="as_of")
    return policy_in_force(policy, as_of=as_of, originated_on=account.originated_on)


def known_day_of(known_on: date | None, where: str) -> int:
    """The cut of what was recorded; 2**31 - 1 where there is none.

    Raises
    ------
    InvalidTypeError
        Not a date.
    """
    return NONE_DAY if known_on is None else day_number(known_on, where=where, field="known_on")


def known_on_of(known: int) -> date | None:
    """The cut of what was recorded as a date; ``None`` where there is none."""
    return None if known == NONE_DAY else to_date(known)


def ledger_rule(policy: Policy, currency: Currency, *, accrues_penalty: bool = False) -> LedgerRule:
    """What a policy says to the ledger of an account in a currency.

    Penalty that stands in the order of payment accrues always; outside it, where ``accrues_penalty`` says.

    Raises
    ------
    PolicyError
        A tolerance finer than the minor unit of the currency.
    """
    place = policy.penalty_in_waterfall
    accrues = accrues_penalty or place is not PenaltyPlace.OUTSIDE
    return LedgerRule(
        penalty=policy.penalty if accrues else None,
        penalty_place=place,
        late_fees=policy.late_fees,
        order=policy.allocation,
        by_age=policy.allocation_by_age,
        by_kind=policy.allocation_by_kind,
        closing_tolerance=whole_amount(
            policy.closing_tolerance, currency, where="policy", field="closing_tolerance"
        ),
        settled=settled_rule(policy.counting, currency),
    )


def replay_version(
    account: Account,
    *,
    as_of: date,
    version: Policy,
    known_on: date | None = None,
    accrues_penalty: bool = False,
) -> Ledger:
    """Replay an account to the close of ``as_of`` under one version; see :func:`replay`.

    Raises
    ------
    InvalidTypeError
        ``as_of`` or ``known_on`` is not a date.
    PolicyError
        A tolerance finer than the minor unit of the currency.
    """
    as_of_day = day_number(as_of, where="replay", field="as_of")
    known_day = known_day_of(known_on, "replay")
    rule = ledger_rule(version, account.currency, accrues_penalty=accrues_penalty)
    with named_errors(account):
        return replay_by_rule(account, as_of_day, known_day, rule)


@contextmanager
def named_errors(account: Account) -> Generator[None, None, None]:
    """Let what an account cannot be asked be told with its id.

    Raises
    ------
    DelinquencyError
        What was raised, its place within the account; errors of a policy stay as they are.
    """
    try:
        yield
    except PolicyError:
        raise
    except DelinquencyError as error:
        raise error.within(f"account {account.account_id!r}") from None


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
    version = version_in_force(account, as_of, policy, "replay")
    return replay_version(account, as_of=as_of, version=version, known_on=known_on)
