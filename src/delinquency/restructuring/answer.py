"""What a plan does to an account: before, after, and what became of every amount.

The one idea: debt after = debt before - waived - forgiven, by component, where what was capitalised changes
its component; the answer is built from the same draft as the account, and adds up to the minor unit.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import to_date
from delinquency.decimals import exact_sum, shifted
from delinquency.restructuring.draft import Draft, MoveKind
from delinquency.restructuring.present_value import SHARE_PARTS, part_given_up, share_given_up
from delinquency.rounding import Proportion, div_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from delinquency.account import Account
    from delinquency.amortisation import DeferredInterest
    from delinquency.currency import Currency
    from delinquency.explanation import Explanation
    from delinquency.policy import Policy
    from delinquency.restructuring.following.reinstated import Reinstated
    from delinquency.restructuring.new_rows import NewRow
    from delinquency.restructuring.plan import RestructuringPlan
    from delinquency.restructuring.stated_rate import StatedInterest

    EarlierAnswer: TypeAlias = "Restructured | Reinstated"

__all__ = ["DebtParts", "PlanOutcome", "PlannedRow", "Restructured"]


@attrs.frozen(slots=True)
class DebtParts:
    """An amount of debt by component [currency units].

    Attributes
    ----------
    principal, interest, fees, penalty : Decimal
    """

    principal: Decimal
    interest: Decimal
    fees: Decimal
    penalty: Decimal

    @property
    def total(self) -> Decimal:
        """All of it."""
        return exact_sum((self.principal, self.interest, self.fees, self.penalty))


def debt_parts(amounts: Sequence[int], currency: Currency) -> DebtParts:
    """Amounts by component [minor units] as those of the surface."""
    return DebtParts(*(from_minor(amount, currency) for amount in amounts))


@attrs.frozen(slots=True)
class PlannedRow:
    """What falls due on one date, before the plan and after it [currency units].

    Attributes
    ----------
    due_date : date
    before, after : DebtParts or None
        ``None`` where nothing falls due on the date.
    """

    due_date: date
    before: DebtParts | None
    after: DebtParts | None


@attrs.frozen(slots=True, eq=False, kw_only=True)
class PlanOutcome:
    """What becomes of every amount by a plan.

    Attributes
    ----------
    plan : RestructuringPlan
    as_of : date
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    currency : Currency
        Of all amounts.
    draft_before, draft_after : Draft
        What is owed at the start of the day of the plan, before and after its measures [minor units].
    rows_before, rows_after : tuple of NewRow
        What falls due from the day of the plan on.
    value_before, value_after : Fraction
        What is owed and what is to come, at the rate of the contract on the day of the plan [minor units].
        A charge that is not due yet is in them, at its face, only where a settlement touches it.
    """

    plan: RestructuringPlan
    as_of: date
    known_on: date | None
    currency: Currency
    draft_before: Draft = attrs.field(repr=False)
    draft_after: Draft = attrs.field(repr=False)
    rows_before: tuple[NewRow, ...] = attrs.field(repr=False)
    rows_after: tuple[NewRow, ...] = attrs.field(repr=False)
    value_before: Fraction = attrs.field(repr=False)
    value_after: Fraction = attrs.field(repr=False)

    def _parts(self, amounts: Sequence[int]) -> DebtParts:
        return debt_parts(amounts, self.currency)

    def _took(self, kind: MoveKind) -> DebtParts:
        return self._parts([self.draft_after.took(kind, column) for column in range(4)])

    @property
    def debt_before(self) -> DebtParts:
        """What is owed at the start of the day of the plan, due or not; interest as far as it is earned."""
        return self._parts(self.draft_before.owed())

    @property
    def debt_after(self) -> DebtParts:
        """The same once the plan holds."""
        return self._parts(self.draft_after.owed())

    @property
    def capitalised(self) -> DebtParts:
        """What became principal, by what it was."""
        return self._took(MoveKind.CAPITALISED)

    @property
    def spread(self) -> DebtParts:
        """What was past due and is paid with the instalments to come."""
        return self._took(MoveKind.SPREAD)

    @property
    def waived(self) -> DebtParts:
        """Penalty and fees of before the plan that are not asked for; of interest to come see ``put_off``."""
        return self._took(MoveKind.WAIVED)

    @property
    def forgiven(self) -> DebtParts:
        """Principal and interest that were given up, for good or on completion."""
        return self._took(MoveKind.FORGIVEN)

    @property
    def deferred(self) -> Decimal:
        """Principal that is not asked for before the last due date."""
        return from_minor(self.draft_after.took(MoveKind.DEFERRED, 0), self.currency)

    @property
    def put_off(self) -> Mapping[DeferredInterest, Decimal]:
        """Interest to come that is not asked for on the due date on which it has been borne [currency units].

        That of payment holidays and of agreed payments that do not cover it, by what becomes of it: it waits,
        it becomes principal over time, or it is given up. Only what there is stands in it.
        """
        found: dict[DeferredInterest, int] = {}
        for each in self.draft_after.put_off:
            found[each.kind] = found.get(each.kind, 0) + each.amount
        return {kind: from_minor(amount, self.currency) for kind, amount in found.items()}

    @property
    def settled(self) -> DebtParts:
        """What the payments of a settlement are for."""
        return self._took(MoveKind.SETTLED)

    @property
    def arrears_before(self) -> DebtParts:
        """What is past due at the start of the day of the plan, rows and what stands beside them."""
        return self._parts([self.draft_before.past_due(column) for column in range(4)])

    @property
    def arrears_after(self) -> DebtParts:
        """What is still past due once the plan holds."""
        return self._parts([self.draft_after.past_due(column) for column in range(4)])

    @property
    def schedule_rows(self) -> tuple[PlannedRow, ...]:
        """What falls due from the day of the plan on, side by side, in order of due date."""
        sides = [
            {row.due_day: self._parts(row[1:5]) for row in rows}
            for rows in (self.rows_before, self.rows_after)
        ]
        days = sorted({*sides[0], *sides[1]})
        return tuple(PlannedRow(to_date(day), sides[0].get(day), sides[1].get(day)) for day in days)

    def schedule_text(self, lang: str = "en") -> str:
        """What falls due before the plan, and after it by component, one line a due date; empty without rows.

        Parameters
        ----------
        lang : str, default "en"
            ``"en"`` or ``"zh"``.

        Raises
        ------
        InvalidValueError
            No texts in ``lang``.

        Examples
        --------
        >>> import delinquency as dq
        >>> from delinquency.restructuring import ArrearsSpread, RestructuringPlan, restructure
        >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
        >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
        ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
        >>> plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
        >>> policy = dq.rulebook.load("founding-report")
        >>> done = restructure(account, plan, as_of=date(2025, 3, 1), policy=policy)
        >>> print(done.schedule_text())
        due date    before  principal  interest  fees  penalty   after
        2025-03-15  100.00     200.00      0.00  0.00     0.00  200.00
        2025-04-15  100.00     200.00      0.00  0.00     0.00  200.00
        """
        from delinquency.restructuring.schedule_table import schedule_table

        return schedule_table(self.schedule_rows, lang)

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a due date, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.plan_rows.planned_rows_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.planned_rows_to_frame(self, backend)

    @property
    def next_payment_change(self) -> Decimal:
        """What falls due first after the plan, less what fell due first without it; past due is not in it."""
        firsts = [rows[0].total if rows else 0 for rows in (self.rows_before, self.rows_after)]
        return from_minor(firsts[1] - firsts[0], self.currency)

    @property
    def total_cost_change(self) -> Decimal:
        """What is paid in all with the plan, less what would be without it; arrears are in both."""
        before, after = (
            sum(row.total for row in rows)
            + sum(sum(debt.open) for debt in draft.past)
            + sum(draft.beside)
            + draft.unposted
            for rows, draft in (
                (self.rows_before, self.draft_before),
                (self.rows_after, self.draft_after),
            )
        )
        return from_minor(after - before, self.currency)

    @property
    def present_value_loss(self) -> Decimal:
        """What the lender gives up of the present value at the rate of the contract; below 0, a gain."""
        loss = self.value_before - self.value_after
        return from_minor(div_half_up(loss.numerator, loss.denominator), self.currency)

    @property
    def diminished_share(self) -> Proportion:
        """The loss as a share of the value before, 0 where there is none; exactly.

        References
        ----------
        EBA/GL/2016/07, paragraph 51: the threshold must not be above 1 %.
        """
        share = share_given_up(self.value_before, self.value_after)
        return Proportion(share.numerator, share.denominator)

    @property
    def diminished_percent(self) -> Decimal:
        """The same for people to read [per cent], rounded up to seven decimals, as the fact of the change."""
        share = part_given_up(self.value_before, self.value_after)
        return shifted(share.numerator * (SHARE_PARTS // share.denominator), 7)


@attrs.frozen(slots=True, eq=False, kw_only=True)
class Restructured(PlanOutcome):
    """An account before and after a plan.

    Attributes
    ----------
    before, after : Account
    policy : Policy
        The version that the account was read by.
    previous : Restructured, Reinstated or None
        The answer of the plan that the account had before, or of the end of that plan.
    stated : StatedInterest or None
        Interest of the rows to come, and at the rate of the contract, where the plan makes rows from those of
        the contract.
    """

    before: Account = attrs.field(repr=lambda account: repr(account.account_id))
    after: Account = attrs.field(repr=False)
    policy: Policy = attrs.field(repr=lambda policy: repr(policy.name))
    previous: EarlierAnswer | None = attrs.field(default=None, repr=False)
    stated: StatedInterest | None = attrs.field(default=None, repr=False)

    @property
    def bears_another_rate(self) -> bool:
        """Whether the rows to come did not bear the rate of ``contract_rates``, by more than a fiftieth.

        What the lender gives up then has the difference of the two rates in it, which no measure agreed.
        """
        return self.stated is not None and self.stated.is_another_rate

    def payoff_on(self, day: date) -> DebtParts:
        """What settles the account at the start of a day of the plan: the figure to quote.

        By the terms of the plan, as if no money came since; on the day of the plan ``debt_after``.
        ``breakdown`` reads rows, which do not say what was earned before they began, waits, or becomes
        principal later; :meth:`payoff_reasons` tells by how much it differs.

        Parameters
        ----------
        day : date
            On or after the day of the plan.

        Raises
        ------
        InvalidTypeError
            Not a date.
        InvalidValueError
            A day before the plan; after its day, a plan whose interest was agreed in equal parts.
        """
        from delinquency.restructuring.plan_payoff import payoff_minor

        return self._parts(payoff_minor(self, day))

    def payoff_reasons(self, day: date) -> Explanation:
        """The parts of :meth:`payoff_on`, and by how much ``breakdown`` of the account differs and why."""
        from delinquency.restructuring.plan_payoff import explain_payoff

        return explain_payoff(self, day)

    @property
    def explanation(self) -> Explanation:
        """What every measure did, what falls due now, and what it is worth."""
        from delinquency.restructuring.reasons import explain_plan

        return explain_plan(self)

    def __str__(self) -> str:
        return self.explanation.to_text()
