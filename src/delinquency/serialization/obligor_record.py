"""The audit record of a debtor: all accounts in one answer, and the facts of each of them.

The one idea: what is said of a debtor follows from its accounts alone, so the record keeps every account,
every version that judged one, and the rates at which amounts were converted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import attrs

from delinquency.account import Account
from delinquency.amounts import from_minor
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.explanation import Explanation
from delinquency.obligor_assessment import ObligorAssessment, assess_obligor
from delinquency.policy import Policy
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple
from delinquency.serialization.record import Difference, check_kinds, check_told, differing
from delinquency.serialization.status_figures import StatusFigures, status_figures
from delinquency.serialization.status_record import checked_versions, timeline_of
from delinquency.version import __version__

__all__ = ["ObligorAccountRecord", "ObligorFigures", "ObligorRecord", "WorstStateRecord"]


@attrs.frozen(slots=True)
class WorstStateRecord:
    """The state of a debtor by one machine: its own, or the worst of its accounts.

    Parameters
    ----------
    machine : str
    state : str
        The code of the state.
    account_id : str or None
        The account that gives it; of several the first in order of id. ``None`` where the machine judges the
        debtor.
    since : date
        The first day of the state, of that account or of the debtor.
    """

    machine: str
    state: str
    account_id: str | None
    since: date


@attrs.frozen(slots=True)
class ObligorAccountRecord:
    """What one account adds to what its debtor owes.

    Parameters
    ----------
    account_id : str
    policy_version : str
        Name and first day in force of the policy version that judged it.
    days_past_due : int
        [days].
    bucket : str
        The code of the bucket.
    rate : Proportion
        How much of the currency of the sums one unit of the account's currency is.
    arrears : Decimal
        Converted [currency units].
    exposure : Decimal
        Converted [currency units].
    status : StatusFigures or None
        ``None`` where the policy has no status, or the account had not begun.
    """

    account_id: str
    policy_version: str
    days_past_due: int
    bucket: str
    rate: Proportion
    arrears: Decimal
    exposure: Decimal
    status: StatusFigures | None


@attrs.frozen(slots=True)
class ObligorFigures:
    """The figures of a debtor.

    Parameters
    ----------
    days_past_due : int
        Of the account that is the most [days].
    oldest_account : str
        That account; of several the first in order of id.
    bucket : str
        The code of the worst bucket.
    worst_account : str
        The account in it; of several the first in order of id.
    arrears : Decimal
        Of all accounts [currency units].
    exposure : Decimal
        Of all accounts [currency units].
    is_cleared : bool
        Whether no account has arrears, however small.
    worst_states : tuple of WorstStateRecord
        One for each machine of the policy; none without a status.
    status : StatusFigures or None
        What the machines that judge obligors say of the debtor; ``None`` without one, or before any account.
    accounts : tuple of ObligorAccountRecord
        What each account adds, in order of id.
    """

    days_past_due: int
    oldest_account: str
    bucket: str
    worst_account: str
    arrears: Decimal
    exposure: Decimal
    is_cleared: bool
    worst_states: tuple[WorstStateRecord, ...]
    status: StatusFigures | None
    accounts: tuple[ObligorAccountRecord, ...]


@attrs.frozen(slots=True, kw_only=True)
class ObligorRecord:
    """A debtor as it was assessed: facts of all accounts, figures, reasons, versions, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    obligor_id : str
        The debtor.
    as_of : date
        The close of the day asked for.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    currency : Currency
        Of the sums.
    figures : ObligorFigures
        The answer.
    explanation : Explanation
        Why.
    accounts : tuple of Account
        The facts, in order of id.
    policies : tuple of Policy
        The versions that judged an account, in order of time.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        Accounts of another debtor, or other ones than the figures are of; no version.

    Examples
    --------
    >>> from delinquency import Instalment, Schedule, rulebook
    >>> schedule = Schedule(Currency.of("CNY"), [Instalment(date(2025, 1, 31), 100)])
    >>> account = Account(account_id="A-1", obligor_id="D-1", originated_on=date(2024, 12, 31),
    ...     schedule=schedule)
    >>> answer = assess_obligor([account], as_of=date(2025, 5, 2), policy=rulebook.load("cn-loan"))
    >>> record = ObligorRecord.of(answer)
    >>> record.figures.days_past_due, record.figures.worst_account, record.differences()
    (91, 'A-1', ())
    """

    library_version: str
    obligor_id: str
    as_of: date
    known_on: date | None
    currency: Currency
    figures: ObligorFigures
    explanation: Explanation
    accounts: tuple[Account, ...]
    policies: tuple[Policy, ...]

    def __attrs_post_init__(self) -> None:
        where = "record of an obligor"
        check_kinds(
            self,
            where,
            (
                ("library_version", (str,)),
                ("obligor_id", (str,)),
                ("currency", (Currency,)),
                ("figures", (ObligorFigures,)),
                ("explanation", (Explanation,)),
            ),
        )
        checked_versions(self.policies, where)
        accounts = checked_tuple(self.accounts, Account, f"{where}, accounts")
        if not accounts:
            raise InvalidValueError.at(
                f"{where}, accounts", expected="at least one account", found="none"
            )
        ids = ", ".join(account.account_id for account in accounts)
        told = ", ".join(account.account_id for account in self.figures.accounts)
        check_told(
            where,
            (
                ("obligor_id", self.obligor_id, accounts[0].obligor_id),
                ("figures, accounts", told, ids),
            ),
        )

    @classmethod
    def of(cls, answer: ObligorAssessment) -> ObligorRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer on a debtor.
        """
        if not isinstance(answer, ObligorAssessment):
            raise InvalidTypeError.at(
                "ObligorRecord", expected="an ObligorAssessment", found=answer
            )
        return cls(
            library_version=__version__,
            obligor_id=answer.obligor_id,
            as_of=answer.as_of,
            known_on=answer.known_on,
            currency=answer.currency,
            figures=_figures(answer),
            explanation=answer.explanation,
            accounts=tuple(each.account for each in answer.assessments),
            policies=_versions(answer),
        )

    def recompute(self) -> ObligorAssessment:
        """The same question put to this version of the library, at the same rates.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.obligor_assessment.assess_obligor`.
        """
        rates = {
            account.currency.code: told.rate
            for account, told in zip(self.accounts, self.figures.accounts, strict=True)
            if account.currency != self.currency
        }
        return assess_obligor(
            self.accounts,
            as_of=self.as_of,
            policy=timeline_of(self.policies),
            known_on=self.known_on,
            fx=rates,
            currency=self.currency,
        )

    def differences(self) -> tuple[Difference, ...]:
        """The figures, and the explanation, that this version of the library gives otherwise."""
        return differing(self, ObligorRecord.of(self.recompute()))


def _versions(answer: ObligorAssessment) -> tuple[Policy, ...]:
    """The versions that judged an account on any day, each once, in order of time."""
    used = [policy for status in answer.statuses for policy in status.policies]
    used += [each.policy for each in answer.assessments]
    once = {policy.version: policy for policy in used}
    return tuple(sorted(once.values(), key=lambda policy: policy.validity.days))


def _figures(answer: ObligorAssessment) -> ObligorFigures:
    return ObligorFigures(
        days_past_due=answer.days_past_due,
        oldest_account=answer.oldest.account_id,
        bucket=answer.bucket.code,
        worst_account=answer.worst.account_id,
        arrears=answer.arrears,
        exposure=answer.exposure,
        is_cleared=answer.is_cleared,
        worst_states=tuple(
            WorstStateRecord(machine, worst.state.code, worst.account_id, worst.since)
            for machine, worst in answer.worst_states.items()
        ),
        status=None if answer.status is None else status_figures(answer.status),
        accounts=tuple(_accounts(answer)),
    )


def _accounts(answer: ObligorAssessment) -> Iterator[ObligorAccountRecord]:
    statuses = {each.account_id: each for each in answer.statuses}
    for each, added in zip(answer.assessments, answer.amounts, strict=True):
        status = statuses.get(each.account_id)
        yield ObligorAccountRecord(
            account_id=each.account_id,
            policy_version=each.policy.version,
            days_past_due=each.days_past_due,
            bucket=each.bucket.code,
            rate=added.rate,
            arrears=from_minor(added.arrears, answer.currency),
            exposure=from_minor(added.exposure, answer.currency),
            status=None if status is None else status_figures(status),
        )
