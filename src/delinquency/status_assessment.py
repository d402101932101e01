"""The status of one account, from its facts.

The one idea: a status is a pure function of the account's history as it is known. Asked of another day, it is
another fold; nothing is ever carried over from an answer given before.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from delinquency.calendar import day_number
from delinquency.errors import InvalidValueError, PolicyError
from delinquency.known_account import known_account
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline, versions_between
from delinquency.replaying import known_day_of, named_errors, version_in_force
from delinquency.status.facts import facts_of
from delinquency.status.folding import Era, Known, fold
from delinquency.status_answer import Resolution, StatusAssessment, StatusSpan

if TYPE_CHECKING:
    from delinquency.account import Account

__all__ = ["Resolution", "StatusAssessment", "StatusSpan", "assess_status"]


def assess_status(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> StatusAssessment:
    """Say in which state an account is at the close of ``as_of``, since when, why, and what would end it.

    The facts of the account are read as they are known: a payment that was reversed by then was never made,
    on any day. A change of law goes on from the state of the version before; days before the first version
    are not judged.

    A machine that judges obligors is answered as if the debtor owed this account alone, and the reasons say
    so; of all accounts :func:`~delinquency.obligor_assessment.assess_obligor` is asked.

    A re-age within the limits of the policy ends the minimums that fell due before it; one outside them is
    told, and nothing follows it.

    Parameters
    ----------
    account : Account
    as_of : date
        On or after the day on which the account began.
    policy : Policy or PolicyTimeline
        With status machines.
    known_on : date, optional
        As for :func:`~delinquency.assessment.assess`; ``known_on=as_of`` gives back what was answered then.

    Raises
    ------
    InvalidTypeError
        Not an account, a date or a policy.
    InvalidValueError
        ``as_of`` before the account began.
    PolicyNotInForceError
        No version is in force.
    PolicyError
        The policy has no status; its materiality is in another currency.
    """
    version = version_in_force(account, as_of, policy, "assess_status")
    if not version.status:
        raise PolicyError.at(
            f"policy {version.name!r}", expected="a policy with a status", found="none"
        )
    as_of_day = day_number(as_of, where="assess_status", field="as_of")
    known_day_of(known_on, "assess_status")
    first = account.originated_day
    if as_of_day < first:
        raise InvalidValueError.at(
            f"account {account.account_id!r}",
            expected=f"as_of on or after originated_on {account.originated_on}",
            found=str(as_of),
        )
    with named_errors(account):
        told = known_account(account, as_of=as_of, policy=policy, known_on=known_on)
        versions = tuple(
            versions_between(policy, first, as_of_day, originated_on=account.originated_on)
        )
        eras = [Era(each.status, told.stretches(each, start, end)) for start, end, each in versions]
        facts = facts_of(told.known, told.known_day)
        scale = 10**account.currency.minor_unit
        folded = fold(eras, Known(facts, told.due_days, scale, account.segment.value))
    policies = tuple(each for _, _, each in versions)
    return StatusAssessment(account, as_of, known_on, policies, folded, re_ages=told.re_ages)
