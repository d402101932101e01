"""What is set aside for the loss on one account: a rate of its bucket or state, times a base, rounded once.

The one idea: whether an account is late, and in which state it is, is asked of the same verbs as ever; a
provision adds a multiplication to their answer, and no judgement of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.assessment import Assessment, assess
from delinquency.assessment_reasons import explain_policy
from delinquency.calendar import day_number
from delinquency.civil_days import whole_months_between
from delinquency.decimals import told_digits
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.explanation import Explanation
from delinquency.provision_cover import base_of, secured_part, was_covered
from delinquency.provision_table import (
    BY_BUCKET,
    ProvisionRate,
    ProvisionTable,
    percent_of,
)
from delinquency.replaying import version_in_force
from delinquency.rounding import Proportion

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.obligor_answer import ObligorAssessment
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.status_assessment import StatusAssessment

__all__ = ["ProvisionAnswer", "provision"]

_MORE_DIGITS = 4
"""Of an amount before it is rounded, behind the minor unit."""


@attrs.frozen(slots=True, eq=False)
class ProvisionAnswer:
    """What one policy sets aside for one account at the close of one day.

    Attributes
    ----------
    assessment : Assessment
        How late the account is, and the version used.
    status : StatusAssessment or None
        Its status, where the rates are by state; ``None`` where they are by bucket.
    provisions : ProvisionTable
        The table of that version.
    rate : ProvisionRate
        The one that applies, with its sources, as the table has it.
    months : int or None
        Whole months since the account entered the state, where the rate grows by them [months]; else
        ``None``.
    base_minor : int
        What the rate is a share of [minor units].
    secured_minor : int or None
        The part of it that takes the share of the rate, where the rate has another one for the rest [minor
        units]; ``None`` where it has not.
    provision_minor : int
        What is set aside [minor units].
    """

    assessment: Assessment
    status: StatusAssessment | None
    provisions: ProvisionTable
    rate: ProvisionRate
    months: int | None
    base_minor: int
    secured_minor: int | None
    provision_minor: int

    @property
    def account(self) -> Account:
        """The account."""
        return self.assessment.account

    @property
    def account_id(self) -> str:
        """The account's id."""
        return self.assessment.account_id

    @property
    def as_of(self) -> date:
        """The day at whose close it is set aside."""
        return self.assessment.as_of

    @property
    def known_on(self) -> date | None:
        """The day whose knowledge counts; see :func:`~delinquency.assessment.assess`."""
        return self.assessment.known_on

    @property
    def policy(self) -> Policy:
        """The version used."""
        return self.assessment.policy

    @property
    def applied(self) -> ProvisionRate:
        """The rate after the months."""
        return self.rate.after(self.months or 0)

    @property
    def base(self) -> Decimal:
        """What the rate is a share of [currency units]."""
        return from_minor(self.base_minor, self.account.currency)

    @property
    def secured(self) -> Decimal | None:
        """The part of the base that takes the share of the rate; see ``secured_minor`` [currency units]."""
        minor = self.secured_minor
        return None if minor is None else from_minor(minor, self.account.currency)

    @property
    def exact_minor(self) -> Fraction:
        """What is set aside before it is rounded [minor units]."""
        secured = self.base_minor if self.secured_minor is None else self.secured_minor
        return self.applied.product(secured=secured, unsecured=self.base_minor - secured)

    @property
    def amount(self) -> Decimal:
        """What is set aside [currency units]."""
        return from_minor(self.provision_minor, self.account.currency)

    @property
    def explanation(self) -> Explanation:
        """The rate and its source, the base, the rounding, and why the account is in its bucket or state."""
        return Explanation(
            "provision",
            self.amount,
            {
                "account_id": self.account_id,
                "as_of": self.as_of,
                "known_on": self.known_on,
                "currency": self.account.currency.code,
            },
            (),
            tuple(_reasons(self)),
        )

    def __str__(self) -> str:
        return self.explanation.sentence()


def provision(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    obligor: ObligorAssessment | None = None,
) -> ProvisionAnswer:
    """Say what a policy sets aside for an account at the close of ``as_of``, and why.

    The rate of its bucket or state times the base, rounded once to the minor unit. Money that settled nothing
    yet is not taken off the base. What collateral is worth is not taken off it either: a rate may have one
    share for the part that collateral covers and another one for the rest, see
    :class:`~delinquency.provision_table.ProvisionRate`.

    Where the state is by a machine that judges obligors, the account is asked about as if it were the only
    one; with the answer on its obligor it has the state of all accounts together.

    Parameters
    ----------
    account : Account
    as_of : date
        On or after the day on which the account began.
    policy : Policy or PolicyTimeline
        With provisions.
    known_on : date, optional
        As for :func:`~delinquency.assessment.assess`; ``known_on=as_of`` gives back what was answered then.
    obligor : ObligorAssessment, optional
        What :func:`~delinquency.obligor_assessment.assess_obligor` said of all accounts of the debtor, on the
        same day, by the same policy and knowledge.

    Raises
    ------
    InvalidTypeError
        Not an account, a date or a policy; another answer.
    InvalidValueError
        ``as_of`` before the account began; an answer on other accounts, or to another question.
    PolicyNotInForceError
        No version is in force.
    PolicyError
        The policy has no provisions.

    Examples
    --------
    The 31st day after an unpaid due date is the first of the second level; the rates are an example:

    >>> import attrs
    >>> from delinquency import Account, Currency, Instalment, Proportion, Schedule, rulebook
    >>> house = rulebook.load("founding-report").versions[-1]
    >>> rates = [ProvisionRate(bucket.code, Proportion(place, 100))
    ...     for place, bucket in enumerate(house.buckets)]
    >>> house = attrs.evolve(house, provisions=ProvisionTable(by="bucket", rates=rates))
    >>> schedule = Schedule(Currency.of("CNY"), (Instalment(date(2025, 1, 31), Decimal("150")),))
    >>> account = Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> for day in (date(2025, 3, 2), date(2025, 3, 3)):
    ...     answer = provision(account, as_of=day, policy=house)
    ...     print(answer.rate.of, answer.rate.percent, answer.amount)
    1-30 1 1.50
    31-60 2 3.00
    """
    version = version_in_force(account, as_of, policy, "provision")
    table = version.provisions
    if table is None:
        raise PolicyError.at(
            f"policy {version.name!r}", expected="a policy with provisions", found="none"
        )
    assessment = assess(account, as_of=as_of, policy=policy, known_on=known_on)
    if as_of < account.originated_on:
        raise InvalidValueError.at(
            f"account {account.account_id!r}",
            expected=f"as_of on or after originated_on {account.originated_on}",
            found=str(as_of),
        )
    status = None
    code = assessment.bucket.code
    if table.by != BY_BUCKET:
        status = _status_of(assessment, policy, obligor)
        code = status.states[table.by].code
    rate = table.rate_of(code)
    base = base_of(table.base, assessment.ledger)
    secured = secured_part(assessment, rate, base)
    covered = base if secured is None else secured
    months = None
    if status is not None and rate.each_month is not None:
        months = _months_since(status.spans(table.by)[-1].start, as_of)
    exact = rate.after(months or 0).product(secured=covered, unsecured=base - covered)
    minor = Proportion(exact.numerator, exact.denominator).of(1, table.rounding)
    return ProvisionAnswer(assessment, status, table, rate, months, base, secured, minor)


def _status_of(
    assessment: Assessment, policy: Policy | PolicyTimeline, obligor: ObligorAssessment | None
) -> StatusAssessment:
    """The status of the account, with its debtor where that was asked about."""
    account = assessment.account
    if obligor is None:
        from delinquency.status_assessment import assess_status

        return assess_status(
            account, as_of=assessment.as_of, policy=policy, known_on=assessment.known_on
        )
    from delinquency.obligor_answer import ObligorAssessment

    if not isinstance(obligor, ObligorAssessment):
        raise InvalidTypeError.at(
            "provision, obligor", expected="the answer of assess_obligor", found=obligor
        )
    own = [each for each in obligor.statuses if each.account == account]
    asked = (assessment.as_of, assessment.known_on)
    if (
        not own
        or asked != (obligor.as_of, obligor.known_on)
        or (own[0].policies[-1] != assessment.policy)
    ):
        raise InvalidValueError.at(
            f"provision, account {account.account_id!r}, obligor",
            expected="the answer on its debtor, of the same day, policy and knowledge",
            found=f"one on {obligor.obligor_id!r} of {obligor.as_of}",
        )
    return own[0]


def _months_since(since: date, as_of: date) -> int:
    first, last = (day_number(day, where="provision", field="day") for day in (since, as_of))
    return whole_months_between(first, last)


def _reasons(answer: ProvisionAnswer) -> Iterator[Explanation]:
    code = answer.account.currency.code
    yield from _rates(answer)
    yield Explanation(
        "provision_base", answer.base, {"base": answer.provisions.base.value, "currency": code}
    )
    yield from _rounding(answer)
    yield from _why(answer)
    yield explain_policy(answer.policy)


def _rates(answer: ProvisionAnswer) -> Iterator[Explanation]:
    """The rate, or both of them where what collateral covers takes another one than the rest."""
    rate, secured, rest = answer.rate, answer.secured, answer.rate.unsecured_share
    if answer.months is not None and rate.each_month is not None:
        figures: dict[str, object] = {
            "of": rate.of,
            "first": rate.percent,
            "each": percent_of(rate.each_month),
            "months": answer.months,
        }
        yield Explanation("provision_rate_months", answer.applied.percent, figures, rate.citations)
        return
    if secured is None or rest is None:
        yield Explanation("provision_rate", rate.percent, {"of": rate.of}, rate.citations)
        return
    if rate.unsecured_up_to is not None:
        is_covered = was_covered(answer.assessment, rate.unsecured_up_to)
        rule = "provision_rate_secured" if is_covered else "provision_rate_unsecured"
        figures = {"of": rate.of, "limit": percent_of(rate.unsecured_up_to)}
        percent = rate.percent if is_covered else percent_of(rest)
        yield Explanation(rule, percent, figures, rate.citations)
        return
    figures = {"of": rate.of, "currency": answer.account.currency.code}
    yield Explanation(
        "provision_rate_covered", rate.percent, {**figures, "part": secured}, rate.citations
    )
    yield Explanation(
        "provision_rate_rest", percent_of(rest), {**figures, "part": answer.base - secured}
    )


def _rounding(answer: ProvisionAnswer) -> Iterator[Explanation]:
    """The product before it was rounded, where rounding changed it."""
    currency, exact = answer.account.currency, answer.exact_minor
    if exact.denominator == 1:
        return
    digits = currency.minor_unit
    told = told_digits(exact * Fraction(1, 10**digits), places=digits + _MORE_DIGITS)
    figures = {
        "exact": told,
        "rounding": answer.provisions.rounding.value,
        "currency": currency.code,
    }
    yield Explanation("provision_rounded", answer.amount, figures)


def _why(answer: ProvisionAnswer) -> Iterator[Explanation]:
    """Why the account is in its bucket, or in its state."""
    if answer.status is None:
        yield from answer.assessment.explanation.because[:1]
        return
    for step in answer.status.explanation.because:
        is_alone = step.rule == "status_of_account_alone" and step.value == answer.provisions.by
        if is_alone or step.inputs.get("machine") == answer.provisions.by:
            yield step
