"""The audit record of a status: the states through time, why, and the facts and versions of law they rest on.

The one idea: a status goes on through changes of law, so that its record keeps every version that was in
force and not the last one alone; asked again of these, it must give the same states on every day.
"""

from __future__ import annotations

from datetime import date

import attrs

from delinquency.account import Account
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.explanation import Explanation
from delinquency.obligor import Obligor
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.reported_account import ReportedAccount
from delinquency.reported_closes import status_of_closes
from delinquency.sequences import checked_tuple
from delinquency.serialization.record import Difference, check_kinds, check_told, differing
from delinquency.serialization.status_figures import StatusFigures, status_figures
from delinquency.status_answer import Resolution
from delinquency.status_assessment import StatusAssessment, assess_status
from delinquency.version import __version__

__all__ = ["StatusRecord", "checked_versions", "timeline_of"]


@attrs.frozen(slots=True, kw_only=True)
class StatusRecord:
    """A status as it was answered: facts, states, reasons, versions of the policy, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    as_of : date
        The close of the day asked for.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    resolution : Resolution
        Which closes were looked at.
    policy_version : str
        Name and first day in force of the policy version in force on ``as_of``.
    currency : Currency
        Of every amount.
    figures : StatusFigures
        The answer.
    explanation : Explanation
        Why.
    account : Account or ReportedAccount
        The facts, or what somebody kept of them at month ends.
    policies : tuple of Policy
        The versions that were in force, in order of time.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        A currency, a policy version, a resolution or a last month end that is not that of the account and the
        policies; no version.

    Examples
    --------
    >>> from delinquency import Instalment, Schedule, rulebook
    >>> schedule = Schedule(Currency.of("EUR"), [Instalment(date(2025, 1, 31), 100)])
    >>> account = Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> answer = assess_status(account, as_of=date(2025, 3, 3), policy=rulebook.load("ifrs9"))
    >>> record = StatusRecord.of(answer)
    >>> record.figures.state, str(record.figures.since), record.differences()
    ('stage 2', '2025-03-03', ())
    """

    library_version: str
    as_of: date
    known_on: date | None
    resolution: Resolution
    policy_version: str
    currency: Currency
    figures: StatusFigures
    explanation: Explanation
    account: Account | ReportedAccount
    policies: tuple[Policy, ...]

    def __attrs_post_init__(self) -> None:
        where = "record of a status"
        check_kinds(
            self,
            where,
            (
                ("library_version", (str,)),
                ("resolution", (Resolution,)),
                ("currency", (Currency,)),
                ("figures", (StatusFigures,)),
                ("explanation", (Explanation,)),
                ("account", (Account, ReportedAccount)),
            ),
        )
        versions = checked_versions(self.policies, where)
        account, seen, asked = self.account, Resolution.DAY, self.as_of
        if isinstance(account, ReportedAccount):
            seen, asked = Resolution.MONTH, account.closes[-1].as_of
        told = (
            ("as_of", str(self.as_of), str(asked)),
            ("currency", self.currency.code, account.currency.code),
            ("policy_version", self.policy_version, versions[-1].version),
            ("resolution", self.resolution.value, seen.value),
        )
        check_told(where, told)

    @classmethod
    def of(cls, answer: StatusAssessment) -> StatusRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer on a status, or one that was given with all accounts of a debtor.
        """
        if not isinstance(answer, StatusAssessment):
            raise InvalidTypeError.at("StatusRecord", expected="a StatusAssessment", found=answer)
        account = answer.account
        if isinstance(account, Obligor) or answer.obligor is not None:
            raise InvalidTypeError.at(
                "StatusRecord",
                expected="the status of an account that was asked about alone",
                found=account,
                hint="That of a debtor is kept by ObligorRecord.of(assess_obligor(accounts, ...)).",
            )
        return cls(
            library_version=__version__,
            as_of=answer.as_of,
            known_on=answer.known_on,
            resolution=answer.resolution,
            policy_version=answer.policy.version,
            currency=answer.currency,
            figures=status_figures(answer),
            explanation=answer.explanation,
            account=account,
            policies=answer.policies,
        )

    def recompute(self) -> StatusAssessment:
        """The same question put to this version of the library.

        Raises
        ------
        DelinquencyError
            As the verb that gave the answer.
        """
        policy = timeline_of(self.policies)
        match self.account:
            case Account():
                return assess_status(
                    self.account, as_of=self.as_of, policy=policy, known_on=self.known_on
                )
            case ReportedAccount():
                return status_of_closes(self.account, policy=policy)

    def differences(self) -> tuple[Difference, ...]:
        """The figures, and the explanation, that this version of the library gives otherwise."""
        return differing(self, StatusRecord.of(self.recompute()))


def checked_versions(policies: tuple[Policy, ...], where: str) -> tuple[Policy, ...]:
    """The versions of a record, if there is one.

    Raises
    ------
    InvalidTypeError
        What is no policy.
    InvalidValueError
        None.
    """
    versions = checked_tuple(policies, Policy, f"{where}, policies")
    if not versions:
        raise InvalidValueError.at(
            f"{where}, policies", expected="at least one version", found="none"
        )
    return versions


def timeline_of(policies: tuple[Policy, ...]) -> Policy | PolicyTimeline:
    """The versions of a record as what a verb takes."""
    if len(policies) == 1:
        return policies[0]
    return PolicyTimeline(name=policies[-1].name, versions=policies)
