"""Whether what was agreed of a closed-end loan could be extended, deferred, renewed or rewritten on a day.

The one idea: an extension is a restructuring that the lender recorded, and the rows of the schedule say what
it changed; how often it may happen is a limit that the lender sets, as a policy of its own.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from delinquency.account import Account, Product
from delinquency.concession_checks import (
    ConcessionCheck,
    Cut,
    concession_checks,
    day_of_concession,
)
from delinquency.errors import PolicyError
from delinquency.replaying import known_day_of, version_in_force

if TYPE_CHECKING:
    from delinquency.explanation import Explanation
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["ExtensionAssessment", "assess_extension"]


@attrs.frozen(slots=True, eq=False)
class ExtensionAssessment:
    """What one policy says of an extension of one account on one day.

    Attributes
    ----------
    account_id : str
    on : date
        The day of the extension.
    known_on : date or None
    policy : Policy
        The version in force on ``on``.
    checks : tuple of ConcessionCheck
        Everything that its limits ask.
    """

    account_id: str
    on: date
    known_on: date | None
    policy: Policy
    checks: tuple[ConcessionCheck, ...]

    @property
    def is_within_limits(self) -> bool:
        """Whether everything that is asked is met."""
        return all(check.is_met for check in self.checks)

    @property
    def unmet(self) -> tuple[ConcessionCheck, ...]:
        """What is asked and not met."""
        return tuple(check for check in self.checks if not check.is_met)

    @property
    def explanation(self) -> Explanation:
        """Each limit with what was found, and what sets it."""
        from delinquency.concession_reasons import explain_extension

        return explain_extension(self)

    def __str__(self) -> str:
        return self.explanation.sentence()


def assess_extension(
    account: Account,
    *,
    on: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> ExtensionAssessment:
    """Say whether a closed-end loan may be extended on a day, and why not.

    Restructurings before ``on`` that stand count, for a debtor in difficulty or not, within the limits or
    not. Rows of the schedule and payments are read as :func:`~delinquency.re_ageing.assess_re_age` reads
    minimums. A status goes by the rows in force: it follows an extension whatever is said here.

    Parameters
    ----------
    account : Account
    on : date
        On or after the day on which the account began.
    policy : Policy or PolicyTimeline
        With limits of extensions. The FFIEC asks each bank for limits and sets no number, so that no
        packaged policy has any.
    known_on : date, optional
        As for :func:`~delinquency.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        ``on`` before the account began.
    PolicyNotInForceError
        No version is in force on ``on``.
    PolicyError
        The policy has no limits of extensions.

    References
    ----------
    Uniform Retail Credit Classification and Account Management Policy (FFIEC), 65 FR 36903, extensions,
    deferrals, renewals and rewrites of closed-end loans.

    Examples
    --------
    No more than one a year, by a policy of the house:

    >>> from delinquency import (ConcessionLimits, Currency, FrequencyLimit, Instalment, Restructuring,
    ...     Schedule, rulebook)
    >>> limits = ConcessionLimits(limits=[FrequencyLimit(1, 12)])
    >>> policy = attrs.evolve(rulebook.load("us-ffiec-closed-end").versions[-1], extensions=limits)
    >>> loan = Account(account_id="A-1", originated_on=date(2024, 1, 10),
    ...     schedule=Schedule(Currency.of("USD"), [Instalment(date(2026, 1, 10), 50)]),
    ...     events=[Restructuring(date(2024, 6, 10), date(2024, 7, 10))])
    >>> [assess_extension(loan, on=date(2025, 6, day), policy=policy).is_within_limits for day in (9, 10)]
    [False, True]
    """
    version = version_in_force(account, on, policy, "assess_extension")
    if version.extensions is None:
        raise PolicyError.at(
            f"policy {version.name!r}",
            expected="a policy with limits of extensions",
            found="none",
            hint="Law asks each lender to set them: attrs.evolve(policy, extensions=...).",
        )
    day = day_of_concession(account, on, "assess_extension")
    cut = Cut(day, known_day_of(known_on, "assess_extension"), known_on)
    earlier = [
        row.value_day
        for row in account.restructuring_rows
        if row.value_day < day and cut.stands(row.recorded_day, row.reversed_day)
    ]
    is_loan = account.product is Product.LOAN
    checks = (
        ConcessionCheck("extension_closed_end", is_loan, account.product.value, {}),
        *concession_checks(account, day, version.extensions, cut, earlier),
    )
    return ExtensionAssessment(account.account_id, on, known_on, version, checks)
