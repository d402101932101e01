"""All accounts of one debtor, assessed together.

The one idea: each account is counted by itself and amounts are summed in one currency; a machine that judges
obligors is asked of the sums, and every other one of each account, of which the worst speaks for the debtor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from delinquency.account import Account
from delinquency.assessment import Assessment, assess_version
from delinquency.counting.days import count_exposure
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.exchange_rates import checked_rates, converted, rate_of
from delinquency.obligor_answer import ObligorAmounts, ObligorAssessment, WorstState
from delinquency.obligor_status import Sums, statuses_of_obligor
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.replaying import version_in_force
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple

__all__ = ["ObligorAmounts", "ObligorAssessment", "WorstState", "assess_obligor", "check_scales"]

_VERB: Final = "assess_obligor"


def assess_obligor(
    accounts: Iterable[Account],
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    fx: Mapping[str, Proportion | Decimal] | None = None,
    currency: Currency | None = None,
) -> ObligorAssessment:
    """Say how late a debtor is with all accounts together at the close of ``as_of``, and why.

    The order of the accounts has no influence. Arrears and exposure of each account are converted once, in
    whole minor units, half up, and then summed.

    A status machine whose level is ``OBLIGOR`` judges the debtor: it is folded over all accounts as if they
    were one, from the day on which the first began. Arrears and exposure are the sums at each close, at the
    rates given; days past due and delinquent days are those of the account that has the most; material days
    are consecutive closes at which the sums are material, and stand still where they are so only with
    accounts whose counting is suspended. Findings, restructurings and reported figures of any account are
    those of the debtor. An account that begins later joins on its first day; one that is paid leaves nothing.

    Parameters
    ----------
    accounts : iterable of Account
        At least one; all of one obligor.
    as_of : date
    policy : Policy or PolicyTimeline
    known_on : date, optional
        As for :func:`~delinquency.assessment.assess`.
    fx : mapping of str to Proportion or Decimal, optional
        By code of ISO 4217, how much of ``currency`` one unit of that currency is; needed for every
        currency of an account other than it.
    currency : Currency, optional
        Of the sums; default that of the account whose id comes first.

    Raises
    ------
    InvalidTypeError
        Not accounts, a date, a policy, a mapping or a currency; a rate that is a ``float``.
    InvalidValueError
        No accounts, two of one id, an account without an obligor or of another one; a rate of 0 or below,
        or other than 1 of a currency into itself; an amount beyond 10**15 minor units once it is converted.
        A machine that judges obligors reads a figure of which accounts say two values, or the segment of
        accounts of several.
    CurrencyError
        A code that ISO 4217 does not know; a currency without a rate.
    PolicyNotInForceError
        No version is in force.
    PolicyError
        As of :func:`~delinquency.assessment.assess` and :func:`~delinquency.status_assessment.assess_status`;
        versions with different buckets or states, by which no account is the worst. A machine judges obligors
        in some versions only, or by versions that differ between the accounts, or by material days in another
        currency than that of the sums.

    Examples
    --------
    The older of two loans speaks for the debtor, and the share is of both:

    >>> from delinquency import Instalment, Schedule, rulebook
    >>> def loan(name, due, amount):
    ...     return Account(account_id=name, obligor_id="D-1", originated_on=date(2024, 12, 31),
    ...         schedule=Schedule(Currency.of("CNY"), (Instalment(due, amount),)))
    >>> both = [loan("A-1", date(2025, 1, 31), 100), loan("A-2", date(2025, 3, 1), 300)]
    >>> policy = rulebook.load("founding-report")
    >>> for day in (date(2025, 5, 1), date(2025, 5, 2)):
    ...     answer = assess_obligor(both, as_of=day, policy=policy)
    ...     print(answer.days_past_due, answer.bucket, answer.arrears, answer.overdue_share(over=90))
    90 61-90 400.00 0/1
    91 91+ 400.00 1/4
    """
    ordered = _of_one_obligor(accounts)
    into = ordered[0].currency if currency is None else currency
    if not isinstance(into, Currency):
        raise InvalidTypeError.at(
            f"{_VERB}, currency",
            expected="a Currency",
            found=into,
            hint=f'Write Currency.of("{ordered[0].currency.code}").',
        )
    rates = checked_rates(fx, into, where=f"{_VERB}, fx")
    assessments = tuple(
        assess_version(
            account,
            as_of=as_of,
            version=version_in_force(account, as_of, policy, _VERB),
            known_on=known_on,
        )
        for account in ordered
    )
    check_scales([each.policy for each in assessments])
    amounts = tuple(_amounts(each, rates, into) for each in assessments)
    judged = [
        each.account
        for each in assessments
        if each.policy.status and each.account.originated_on <= as_of
    ]
    status, statuses = statuses_of_obligor(
        judged, as_of=as_of, policy=policy, known_on=known_on, sums=Sums(into, rates)
    )
    return ObligorAssessment(
        ordered[0].obligor_id, as_of, known_on, into, assessments, statuses, status, amounts
    )


def _of_one_obligor(accounts: Iterable[Account]) -> list[Account]:
    """The accounts in order of id, if they are of one obligor."""
    given = checked_tuple(accounts, Account, f"{_VERB}, account")
    if not given:
        raise InvalidValueError.at(
            f"{_VERB}, accounts", expected="at least one account", found="none"
        )
    ordered = sorted(given, key=lambda account: account.account_id)
    first = ordered[0]
    for place, account in enumerate(ordered):
        where = f"{_VERB}, account {account.account_id!r}"
        if place and ordered[place - 1].account_id == account.account_id:
            raise InvalidValueError.at(where, expected="an account_id used once", found="it twice")
        if not account.obligor_id:
            raise InvalidValueError.at(
                where,
                expected="an obligor_id",
                found="none",
                hint="Say whose it is: attrs.evolve(account, obligor_id=...).",
            )
        if account.obligor_id != first.obligor_id:
            raise InvalidValueError.at(
                where,
                expected=f"obligor_id {first.obligor_id!r} as of account {first.account_id!r}",
                found=repr(account.obligor_id),
                hint="Ask of each obligor alone.",
            )
    return ordered


def check_scales(policies: Sequence[Policy]) -> None:
    """Refuse versions of a policy by origination between which worse has no meaning.

    Raises
    ------
    PolicyError
        They have different buckets or states.
    """
    versions = {each.version: each for each in policies}
    scales = {
        (
            tuple(bucket.code for bucket in policy.buckets.buckets),
            tuple(tuple(state.code for state in machine.states) for machine in policy.status),
        )
        for policy in versions.values()
    }
    if len(scales) > 1:
        raise PolicyError.at(
            f"policy {policies[0].name!r}",
            expected="the same buckets and states for all accounts of an obligor",
            found=f"others in {', '.join(versions)}",
            hint="The version goes by the day on which an account began; none is the worst of two scales.",
        )


def _amounts(
    answer: Assessment, rates: Mapping[Currency, Proportion], into: Currency
) -> ObligorAmounts:
    account = answer.account
    where = f"{_VERB}, account {account.account_id!r}"
    rate = rate_of(account.currency, rates, into, where=where)
    arrears, exposure = (
        converted(minor, account.currency, rate, into, where=where)
        for minor in (answer.count.arrears, count_exposure(answer.ledger))
    )
    return ObligorAmounts(rate, arrears, exposure)
