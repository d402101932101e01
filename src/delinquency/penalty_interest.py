"""The penalty interest of one account, line by line.

The one idea: the same replay that the ledger is made of feeds the accrual, wherever penalty stands in the
order of payment; the lines are the runs of days that the figure was made of.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar, cast

import attrs

from delinquency.amounts import from_minor
from delinquency.decimals import exact_difference
from delinquency.errors import PolicyError
from delinquency.ledger import Ledger
from delinquency.ledger.naming import debt_names
from delinquency.penalty_reasons import explain_penalty
from delinquency.policy import Policy
from delinquency.replaying import named_errors, replay_version, version_in_force

if TYPE_CHECKING:
    from collections.abc import Iterable

    from delinquency.account import Account
    from delinquency.explanation import Explanation
    from delinquency.penalty import AccrualSegment, BoundCap, PenaltyAccrual, PenaltyTerms
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["PenaltyInterest", "penalty_interest", "terms_of"]


@attrs.frozen(slots=True, eq=False)
class PenaltyInterest:
    """What a delay cost at the close of a day, and of what it is made.

    Attributes
    ----------
    account : Account
    as_of : date
    policy : Policy
        The version used.
    terms : PenaltyTerms
    ledger : Ledger
    segments : tuple of AccrualSegment
        The lines ``[start, end) × base × rate × part of a year = amount``, by debt, first day and kind;
        those that are not waived add up to ``accrued``.
    bound_caps : tuple of BoundCap
        The caps that held something back, and since when.
    """

    account: Account
    as_of: date
    policy: Policy
    terms: PenaltyTerms
    ledger: Ledger
    segments: tuple[AccrualSegment, ...]
    bound_caps: tuple[BoundCap, ...]

    @property
    def accrued(self) -> Decimal:
        """What accrued on ``[due, as_of)``, rounded and capped, without what was waived [currency units]."""
        return self._sum(line.amount_minor for line in self.segments if not line.is_waived)

    @property
    def penalty(self) -> Decimal:
        """What of it the base of the terms bore (罚息) [currency units]."""
        return self._of("penalty")

    @property
    def compound(self) -> Decimal:
        """What of it unpaid interest bore (复利) [currency units]."""
        return self._of("compound")

    @property
    def waived(self) -> Decimal:
        """What waivers of the accrual took [currency units]."""
        return self._sum(line.amount_minor for line in self.segments if line.is_waived)

    @property
    def capped(self) -> Decimal:
        """What caps took off [currency units]."""
        return self._sum(line.capped_minor for line in self.segments)

    @property
    def posted(self) -> Decimal:
        """What of it became a debt of the ledger [currency units]; 0 where it stands outside."""
        accrual = cast("PenaltyAccrual", self.ledger.accrual)
        return self._sum((accrual.posted_in_all(),))

    @property
    def unposted(self) -> Decimal:
        """What accrued and is no debt of the ledger yet [currency units]."""
        return exact_difference(self.accrued, self.posted)

    def _of(self, kind: str) -> Decimal:
        lines = (line for line in self.segments if line.kind.value == kind)
        return self._sum(line.amount_minor for line in lines if not line.is_waived)

    def _sum(self, amounts: Iterable[int]) -> Decimal:
        return from_minor(sum(amounts), self.account.currency)

    @property
    def explanation(self) -> Explanation:
        """The lines with their debts, what waivers and caps took, and the sources."""
        return explain_penalty(self)

    def __str__(self) -> str:
        return self.explanation.to_text()


def penalty_interest(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> PenaltyInterest:
    """The penalty interest of an account at the close of ``as_of`` (罚息、复利).

    It accrues on ``[due, payment date)``, up to ``as_of`` on ``[due, as_of)``: unpaid at the close of the due
    date, the due date bears; a debt paid on a day does not bear that day.

    Parameters
    ----------
    account : Account
    as_of : date
        A payment with this value date counts.
    policy : Policy or PolicyTimeline
        Its ``penalty`` says what a delay costs.
    known_on : date, optional
        As of :func:`~delinquency.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        Not an account, a date or a policy.
    InvalidValueError
        A day that bears and that no table of rates covers.
    PolicyError
        The policy has no terms of penalty.
    PolicyNotInForceError
        No version is in force.

    Examples
    --------
    1,000 due on 31 January at 18 % a year: 0.50 for each day from the due date on.

    >>> import delinquency as dq
    >>> from delinquency.penalty import (Compounding, FixedPenaltyRate, PenaltyBase, PenaltyTerms, Posting,
    ...     RoundingGrain)
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 1000)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> terms = PenaltyTerms(rate=FixedPenaltyRate(dq.Rate.per_year("0.18")),
    ...     base=PenaltyBase.OVERDUE_PRINCIPAL, compounding=Compounding.NONE,
    ...     day_count=dq.DayCount.ACT_360, posting=Posting.ON_DEMAND, grain=RoundingGrain.INSTALMENT)
    >>> import attrs
    >>> policy = attrs.evolve(dq.rulebook.load("founding-report").versions[0], penalty=terms)
    >>> for day in (date(2025, 1, 31), date(2025, 2, 1), date(2025, 3, 2)):
    ...     print(penalty_interest(account, as_of=day, policy=policy).accrued)
    0.00
    0.50
    15.00
    """
    version = version_in_force(account, as_of, policy, "penalty_interest")
    terms = terms_of(version, policy)
    ledger = replay_version(
        account, as_of=as_of, version=version, known_on=known_on, accrues_penalty=True
    )
    accrual, day = cast("PenaltyAccrual", ledger.accrual), ledger.as_of_day
    with named_errors(account):
        lines = tuple(_named(ledger, line) for line in accrual.segments(day))
        caps = tuple(_named(ledger, bound) for bound in accrual.bound_caps(day))
    return PenaltyInterest(account, as_of, version, terms, ledger, lines, caps)


def terms_of(version: Policy, policy: Policy | PolicyTimeline) -> PenaltyTerms:
    """The terms of penalty interest of a version; the hint tells how what was given takes them."""
    if version.penalty is None:
        by = "attrs.evolve(policy, " if isinstance(policy, Policy) else "policy.evolve("
        raise PolicyError.at(
            f"policy {version.name!r}, penalty",
            expected="terms of penalty interest",
            found="none",
            hint=f"Give the terms of the contract: {by}penalty=PenaltyTerms(...)).",
        )
    return version.penalty


_T = TypeVar("_T", "AccrualSegment", "BoundCap")


def _named(ledger: Ledger, told: _T) -> _T:
    """A line or a cap with the debt by the name under which the account knows it."""
    if told.place is None:
        return told
    number, charge_id = debt_names(ledger, told.place)
    return attrs.evolve(told, instalment_no=number, charge_id=charge_id)
