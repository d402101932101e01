"""The audit record of a provision: the rate that applied, its base, the product, and what they rest on.

The one idea: the rate is that of a bucket or of a state, so the record keeps the versions of law through
which the state came about, and not the table of the last one alone.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

from delinquency.account import Account
from delinquency.citation import Citation
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError
from delinquency.explanation import Explanation
from delinquency.policy import Policy
from delinquency.provision_table import ProvisionBase
from delinquency.provisions import ProvisionAnswer, provision
from delinquency.rounding import Proportion, RoundingMode
from delinquency.serialization.record import Difference, check_kinds, check_told, differing
from delinquency.serialization.status_figures import StatusFigures, status_figures
from delinquency.serialization.status_record import checked_versions, timeline_of
from delinquency.version import __version__

__all__ = ["ProvisionFigures", "ProvisionRecord"]


@attrs.frozen(slots=True)
class ProvisionFigures:
    """The figures of a provision.

    Parameters
    ----------
    amount : Decimal
        What is set aside [currency units].
    by : str
        ``bucket``, or the name of the status machine whose states have the rates.
    of : str
        The code of the bucket or state that the account is in.
    share : Proportion
        The rate of it, from 0 to 1; of the part ``secured`` where there is one.
    months : int or None
        Whole months in the state by which it has grown [months]; ``None`` where it does not grow.
    unsecured_share : Proportion or None
        That of the rest of the base; ``None`` where the rate is the same for all of it.
    citations : tuple of Citation
        The sources of the rate.
    base_kind : ProvisionBase
        Of what it is a share.
    base : Decimal
        That amount [currency units].
    secured : Decimal or None
        The part of it that takes ``share`` [currency units]; ``None`` where all of it does.
    rounding : RoundingMode
        Of the product, once, to the minor unit.
    days_past_due : int
        Of the account [days].
    bucket : str
        The code of the bucket of the account.
    status : StatusFigures or None
        ``None`` where the rates are by bucket.
    """

    amount: Decimal
    by: str
    of: str
    share: Proportion
    months: int | None
    unsecured_share: Proportion | None
    citations: tuple[Citation, ...]
    base_kind: ProvisionBase
    base: Decimal
    secured: Decimal | None
    rounding: RoundingMode
    days_past_due: int
    bucket: str
    status: StatusFigures | None


@attrs.frozen(slots=True, kw_only=True)
class ProvisionRecord:
    """A provision as it was answered: facts, figures, reasons, versions of the policy, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    as_of : date
        The close of the day asked for.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    policy_version : str
        Name and first day in force of the policy version in force on ``as_of``.
    currency : Currency
        Of every amount.
    figures : ProvisionFigures
        The answer.
    explanation : Explanation
        Why.
    account : Account
        The facts.
    policies : tuple of Policy
        The versions that were in force, in order of time.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        A currency or a policy version that is not that of the account and the policies; no version.
    """

    library_version: str
    as_of: date
    known_on: date | None
    policy_version: str
    currency: Currency
    figures: ProvisionFigures
    explanation: Explanation
    account: Account
    policies: tuple[Policy, ...]

    def __attrs_post_init__(self) -> None:
        where = "record of a provision"
        check_kinds(
            self,
            where,
            (
                ("library_version", (str,)),
                ("currency", (Currency,)),
                ("figures", (ProvisionFigures,)),
                ("explanation", (Explanation,)),
                ("account", (Account,)),
            ),
        )
        versions = checked_versions(self.policies, where)
        check_told(
            where,
            (
                ("currency", self.currency.code, self.account.currency.code),
                ("policy_version", self.policy_version, versions[-1].version),
            ),
        )

    @classmethod
    def of(cls, answer: ProvisionAnswer) -> ProvisionRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer on a provision.
        """
        if not isinstance(answer, ProvisionAnswer):
            raise InvalidTypeError.at("ProvisionRecord", expected="a ProvisionAnswer", found=answer)
        return cls(
            library_version=__version__,
            as_of=answer.as_of,
            known_on=answer.known_on,
            policy_version=answer.policy.version,
            currency=answer.account.currency,
            figures=_figures(answer),
            explanation=answer.explanation,
            account=answer.account,
            policies=(answer.policy,) if answer.status is None else answer.status.policies,
        )

    def recompute(self) -> ProvisionAnswer:
        """The same question put to this version of the library.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.provisions.provision`.
        """
        return provision(
            self.account,
            as_of=self.as_of,
            policy=timeline_of(self.policies),
            known_on=self.known_on,
        )

    def differences(self) -> tuple[Difference, ...]:
        """The figures, and the explanation, that this version of the library gives otherwise."""
        return differing(self, ProvisionRecord.of(self.recompute()))


def _figures(answer: ProvisionAnswer) -> ProvisionFigures:
    return ProvisionFigures(
        amount=answer.amount,
        by=answer.provisions.by,
        of=answer.rate.of,
        share=answer.applied.share,
        months=answer.months,
        unsecured_share=answer.rate.unsecured_share,
        citations=answer.rate.citations,
        base_kind=answer.provisions.base,
        base=answer.base,
        secured=answer.secured,
        rounding=answer.provisions.rounding,
        days_past_due=answer.assessment.days_past_due,
        bucket=answer.assessment.bucket.code,
        status=None if answer.status is None else status_figures(answer.status),
    )
