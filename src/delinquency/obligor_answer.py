"""What one debtor owes in all: how late, how much, in which state, and what share of it is bad.

The one idea: what law asks of accounts is as bad as the worst of them, and what it asks of a debtor is one
answer for all of them. A share that a regulator pulls by goes back to the accounts as a reported figure, so
that the rule of the pull stays a rule of a status machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import attrs

from delinquency.amounts import from_minor
from delinquency.buckets import Bucket
from delinquency.calendar import check_days
from delinquency.currency import Currency
from delinquency.errors import PolicyError
from delinquency.rounding import Proportion
from delinquency.status.machine import StatusState

if TYPE_CHECKING:
    from delinquency.assessment import Assessment
    from delinquency.explanation import Explanation
    from delinquency.status_assessment import StatusAssessment

__all__ = ["ObligorAmounts", "ObligorAssessment", "WorstState", "worst_state"]


class ObligorAmounts(NamedTuple):
    """What one account adds to what its debtor owes, in whole numbers."""

    rate: Proportion
    """From the currency of the account into that of the answer, in major units of both."""
    arrears: int
    """[minor units of the answer]"""
    exposure: int
    """[minor units of the answer]"""


@attrs.frozen(slots=True)
class WorstState:
    """The state of a debtor by one machine: its own, or the worst of its accounts.

    Attributes
    ----------
    state : StatusState
    account_id : str or None
        The account that gives it; of several the first in order of id. ``None`` where the machine judges the
        debtor.
    since : date
        The first day of the state, of that account or of the debtor.
    """

    state: StatusState
    account_id: str | None
    since: date


def worst_state(statuses: Sequence[StatusAssessment], machine: str) -> WorstState:
    """The state by a machine of a debtor with some accounts in order of id, each answered with it."""
    speaker = statuses[0].spoken_by(machine)
    if speaker is not statuses[0]:
        span = speaker.spans(machine)[-1]
        return WorstState(span.state, None, span.start)

    def place(each: StatusAssessment) -> int:
        rules = next(rules for rules in each.machines if rules.name == machine)
        return rules.position(each.states[machine].code)

    worst = max(statuses, key=place)
    span = worst.spans(machine)[-1]
    return WorstState(span.state, worst.account_id, span.start)


@attrs.frozen(slots=True, eq=False)
class ObligorAssessment:
    """What one policy says of all accounts of one debtor at the close of one day.

    Attributes
    ----------
    obligor_id : str
    as_of : date
    known_on : date or None
    currency : Currency
        Of the sums.
    assessments : tuple of Assessment
        One an account, in order of account id, each in the currency of its account.
    statuses : tuple of StatusAssessment
        One an account that had begun by ``as_of``, in the same order; empty if the policy has no status. By a
        machine that judges obligors every account has the state of the debtor.
    status : StatusAssessment or None
        The answer of the machines that judge obligors: states of the debtor through time, why, and what would
        end them. ``None`` if the policy has none, or no account had begun.
    amounts : tuple of ObligorAmounts
        What each account adds to the sums, in the order of ``assessments``.
    """

    obligor_id: str
    as_of: date
    known_on: date | None
    currency: Currency
    assessments: tuple[Assessment, ...]
    statuses: tuple[StatusAssessment, ...]
    status: StatusAssessment | None = attrs.field(repr=False)
    amounts: tuple[ObligorAmounts, ...] = attrs.field(repr=False)

    @property
    def arrears(self) -> Decimal:
        """Arrears of all accounts [currency units]."""
        return from_minor(sum(each.arrears for each in self.amounts), self.currency)

    @property
    def exposure(self) -> Decimal:
        """Exposure of all accounts [currency units]; an account that begins after ``as_of`` adds nothing."""
        return from_minor(self._whole, self.currency)

    @property
    def _whole(self) -> int:
        return sum(each.exposure for each in self.amounts)

    @property
    def oldest(self) -> Assessment:
        """The account that is the most days past due; of several the first in order of id."""
        return max(self.assessments, key=lambda each: each.days_past_due)

    @property
    def days_past_due(self) -> int:
        """Days past due of the account that is the most [days]; 0 if nothing is late."""
        return self.oldest.days_past_due

    @property
    def worst(self) -> Assessment:
        """The account in the worst bucket by the scheme; of several the first in order of id."""
        return max(self.assessments, key=lambda each: each.policy.buckets.position(each.reading))

    @property
    def bucket(self) -> Bucket:
        """The worst bucket by the scheme of the policy."""
        return self.worst.bucket

    @property
    def worst_states(self) -> dict[str, WorstState]:
        """The state by each machine: of the debtor, or the worst one with the account that gives it.

        Empty if the policy has no status, or no account had begun.
        """
        names = [machine.name for machine in self.statuses[0].machines] if self.statuses else []
        return {name: worst_state(self.statuses, name) for name in names}

    @property
    def is_cleared(self) -> bool:
        """Whether no account has arrears, however small: the entire arrears of all facilities are paid.

        It is asked of each account in its own currency, so that no rounding clears a debt. An age that was
        carried over a change of schedule is no arrears.
        """
        return not any(each.count.arrears for each in self.assessments)

    def overdue_share(self, *, over: int) -> Proportion:
        """The share of the exposure that is of accounts more than ``over`` days past due, exactly.

        The whole exposure of such an account counts, not its arrears alone. Of an exposure of 0 it is 0.
        The exposure is what is owed on the balance sheet - open principal, and what else is due and unpaid -
        and stands for the gross carrying amount; interest that accrued and is not due is not in it.

        A pull by share is a rule of a status machine, which reads the share as a reported figure. To feed it
        back, ask without that figure among the facts (it would hold itself), and give every account one::

            share = answer.overdue_share(over=90)
            told = Proportion(share.of(10**9, RoundingMode.CEILING), 10**9)
            figure = ReportedFigure(FigureName.OVERDUE_SHARE_AT_ALL_BANKS, as_of, told)
            account = attrs.evolve(account, events=[*account.events, figure])

        A reported share has parts of at most 10**9. Rounded up to so many it is above a threshold written
        in at most nine decimals if and only if the exact one is. It holds until the next report: report
        the share of each date that is judged, also when it has fallen. It is the share at all banks only
        where the accounts are those at all banks.

        Parameters
        ----------
        over : int
            The day that does not count yet: 90 for "more than 90 days" [days].

        Raises
        ------
        InvalidTypeError, InvalidValueError
            Not a whole number of 0 or more.

        References
        ----------
        Implementing technical standards on supervisory reporting, Annex V Part 2, paragraph 228 (more than
        20 % of the gross carrying amount); Order 2023 No. 1 of the CBIRC and the PBoC, Article 11 (more than
        20 % of the debts at all banks).
        """
        check_days(over, "overdue_share, over", least=0)
        return self._share(each.days_past_due > over for each in self.assessments)

    def non_performing_share(self, machine: str | None = None) -> Proportion:
        """The share of the exposure that is of accounts in a state that does not perform, exactly.

        It is fed back as :meth:`overdue_share` is, as ``FigureName.NON_PERFORMING_SHARE_AT_BANK``.

        Parameters
        ----------
        machine : str, optional
            Default the last one, which speaks for the account.

        Raises
        ------
        PolicyError
            The policy has no status.
        InvalidValueError
            No such machine.

        References
        ----------
        Order 2023 No. 1 of the CBIRC and the PBoC, Article 7 (more than 10 % of the bank's claims).
        """
        version = self.assessments[0].policy
        if not version.status:
            raise PolicyError.at(
                f"policy {version.name!r}", expected="a policy with a status", found="none"
            )
        bad = {
            each.account_id
            for each in self.statuses
            if not each.spans(machine)[-1].state.is_performing
        }
        return self._share(each.account_id in bad for each in self.assessments)

    def _share(self, counts: Iterable[bool]) -> Proportion:
        part = sum(
            each.exposure for each, counted in zip(self.amounts, counts, strict=True) if counted
        )
        return Proportion(part, self._whole or 1)

    @property
    def explanation(self) -> Explanation:
        """The worst of each figure with the account that gives it, then the reasons of every account."""
        from delinquency.obligor_reasons import explain_obligor

        return explain_obligor(self)

    def __str__(self) -> str:
        return self.explanation.sentence()
