"""Plans that a debtor can pay and a lender can agree to, and why there is none.

The one idea: a proposal is the place of a plan and its figures; the account after it, with every reason, is
that of the verb of one account, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

import attrs

from delinquency.calendar import add_months
from delinquency.explanation import Explanation
from delinquency.explanation_text import known_language
from delinquency.proposals.limit import Limit
from delinquency.proposals.shown import html_of, text_of
from delinquency.proposals.spreading import well_spread
from delinquency.restructuring.verb import restructure
from delinquency.whole_numbers import check_least

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.amortisation import AmortisationMethod
    from delinquency.daycount import DayCount
    from delinquency.policy import Policy
    from delinquency.proposals.affordability import Affordability
    from delinquency.proposals.offer import LenderOffer, PlanLimits
    from delinquency.restructuring import Restructured, RestructuringPlan
    from delinquency.rounding import Proportion

__all__ = ["BindingLimit", "Proposal", "Proposals"]


@attrs.frozen(slots=True, eq=False)
class Proposal:
    """A plan that keeps to every limit, and that no other one of the search betters.

    Attributes
    ----------
    number : int
        Its rank, from 1.
    plan : RestructuringPlan
    greatest_payment : Decimal [currency units]
        A balloon aside.
    payment_relief : Decimal [currency units]
        By how much the greatest payment is less than without the plan; below 0, more.
    least_room : Decimal or None [currency units]
        By how much every payment, a balloon aside, is below what can be paid on its due date, at the least;
        ``None`` where nothing is asked for.
    payments : int
        How many.
    paid_in_all : Decimal [currency units]
        What is paid in all: the payments, what stays past due, charges that are not due yet, and penalty that
        accrued and is not posted.
    total_cost_change : Decimal [currency units]
        That, less what would be paid in all without the plan.
    balloon : Decimal [currency units]
        Principal that waits for the last due date.
    last_due_on : date
    present_value_loss : Decimal [currency units]
        As of :class:`~delinquency.restructuring.Restructured`.
    diminished_share : Proportion
        The loss as a share of the value before, up to the next of 10**9 parts.
    """

    number: int
    plan: RestructuringPlan
    greatest_payment: Decimal
    payment_relief: Decimal
    least_room: Decimal | None
    payments: int
    paid_in_all: Decimal
    total_cost_change: Decimal
    balloon: Decimal
    last_due_on: date
    present_value_loss: Decimal
    diminished_share: Proportion
    _asked: Proposals = attrs.field(repr=False, alias="asked")

    def restructure(self) -> Restructured:
        """The account with the plan, as :func:`~delinquency.restructuring.verb.restructure` gives it."""
        asked = self._asked
        return restructure(
            asked.account,
            self.plan,
            as_of=asked.as_of,
            policy=asked.policy,
            known_on=asked.known_on,
        )

    @property
    def explanation(self) -> Explanation:
        """What speaks for the plan: what can be paid, what it costs, and what each measure does."""
        from delinquency.proposals.reasons import explain_proposal

        return explain_proposal(self, self._asked)

    def __str__(self) -> str:
        return self.explanation.to_text()


@attrs.frozen(slots=True)
class BindingLimit:
    """A limit that stands in the way of every plan.

    Attributes
    ----------
    bound : Limit
    alone : bool
        Whether some plan would fit without this limit; else it is one that most plans break.
    plans : int
        How many break it, and where it stands alone no other one.
    over_by : Decimal, Proportion or int
        The least by which one of them is above it: [currency units] of a payment or of arrears, [days] of the
        last due date, [instalments], or the share of the value.
    """

    bound: Limit
    alone: bool
    plans: int
    over_by: Decimal | Proportion | int


@attrs.frozen(slots=True, eq=False)
class Proposals:
    """The plans of an offer that fit, ranked, or the limits that stand in the way.

    Attributes
    ----------
    account : Account
    as_of : date
    known_on : date or None
    policy : Policy
        The version in force.
    affordability : Affordability
    offer : LenderOffer
    bounds : PlanLimits
    effective_on : date
        The day from whose start the plans hold.
    first_due_on : date or None
        The day that was given for a schedule that is over.
    method : AmortisationMethod
    day_count : DayCount or None
    priced : int
        How many plans were really priced.
    not_possible : int
        How many of them the account cannot have.
    fitting : int
        How many keep to every limit.
    charges_to_come : Decimal [currency units]
        What stands beside the schedule and is not due on the day of the plans. It is no payment of a plan,
        and is held against nothing: what can be paid must leave room for it.
    binding : tuple of BindingLimit
        Why none fits; empty where one does.
    unbettered : tuple of Proposal
        Those that no other one betters: by loss, then by balloon, greatest payment and last due date.
    most : int or None
        As many as :meth:`few` was asked for; ``None`` where nobody asked.
    plans : tuple of Proposal
        Those of ``unbettered`` that are proposed: all of them, or the few that were asked for.
    """

    account: Account
    as_of: date
    known_on: date | None
    policy: Policy
    affordability: Affordability
    offer: LenderOffer
    bounds: PlanLimits
    effective_on: date
    first_due_on: date | None
    method: AmortisationMethod
    day_count: DayCount | None
    priced: int
    not_possible: int
    fitting: int
    charges_to_come: Decimal
    binding: tuple[BindingLimit, ...] = attrs.field(repr=False)
    unbettered: tuple[Proposal, ...] = attrs.field(repr=False, default=())
    most: int | None = None
    plans: tuple[Proposal, ...] = attrs.field(repr=False, default=())

    @property
    def first_due_to_come(self) -> date:
        """The first due date on or after the day of the plans; of a schedule that is over, the first anew."""
        start = self.effective_on
        to_come = [
            row.due_date
            for row in self.account.schedule
            if row.due_date >= start and (row.in_force_until is None or row.in_force_until > start)
        ]
        if to_come:
            return min(to_come)
        return add_months(start, 1) if self.first_due_on is None else self.first_due_on

    def __len__(self) -> int:
        return len(self.plans)

    def __iter__(self) -> Iterator[Proposal]:
        return iter(self.plans)

    def __getitem__(self, place: int) -> Proposal:
        return self.plans[place]

    def few(self, most: int) -> Proposals:
        """The same answer with at most so many proposals, unlike each other; each keeps its number.

        The first of the ranking is one of them; then, one at a time, the one is taken whose nearest taken one
        is furthest away, and of several alike the one that ranks first. Two are as far apart as the sum, over
        loss, balloon, greatest payment and last due date, of their difference as a share of the greatest
        difference of any two proposals. They are always taken from all that no other plan betters, so that
        a few are among the few of a greater number.

        Parameters
        ----------
        most : int
            1 or more.

        Raises
        ------
        InvalidTypeError, InvalidValueError
            No whole number; less than 1.

        Examples
        --------
        Of five plans without a loss, one for each term from 4 to 8 months, the ends and the middle:

        >>> import delinquency as dq
        >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
        >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
        ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
        >>> found = dq.propose_plans(account, as_of=date(2025, 3, 1), affordability=dq.Affordability.of(130),
        ...     policy=dq.rulebook.load("founding-report"), offer=dq.LenderOffer(term_extensions=range(1, 7)))
        >>> [plan.payments for plan in found], [plan.payments for plan in found.few(3)]
        ([8, 7, 6, 5, 4], [8, 6, 4])
        >>> [plan.number for plan in found.few(2)], len(found.few(9))
        ([1, 5], 5)
        """
        check_least(most, "few, most", least=1)
        chosen = well_spread(self.unbettered, most, self.account.currency)
        return attrs.evolve(self, most=most, plans=chosen)

    @property
    def explanation(self) -> Explanation:
        """How many plans were priced, which fit, and which limits stand in the way."""
        from delinquency.proposals.reasons import explain_proposals

        return explain_proposals(self)

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a proposal, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.proposal_frames.account_proposals_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.account_proposals_to_frame(self, backend)

    def to_text(self, lang: str = "en") -> str:
        """The first 20 proposals as a table of aligned lines, what is left out; or why there is none.

        Raises
        ------
        InvalidValueError
            No words in ``lang``.
        """
        lang = known_language(lang, "proposals")
        return text_of(self, lang) if self.plans else self.explanation.to_text(lang=lang)

    def _repr_html_(self) -> str:
        return html_of(self) if self.plans else f"<pre>{escape(self.to_text())}</pre>"

    def __str__(self) -> str:
        return self.to_text()
