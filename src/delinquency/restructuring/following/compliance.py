"""What became of a plan: its rows, the promises beside it, and the first breach.

The one idea: a plan is kept until the first row or promise is broken; it is completed when nothing that it
asked for is open, whatever was late until then, and what happens after that breaks nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs

from delinquency.amounts import from_minor
from delinquency.decimals import exact_sum
from delinquency.restructuring.answer import debt_parts
from delinquency.restructuring.following.plan_debts import left_places, paid_to
from delinquency.restructuring.following.rows import RowState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from delinquency.account import Account
    from delinquency.currency import Currency
    from delinquency.explanation import Explanation
    from delinquency.ledger import Ledger
    from delinquency.policy import Policy
    from delinquency.restructuring.answer import DebtParts, Restructured
    from delinquency.restructuring.following.promises import FollowedPromise
    from delinquency.restructuring.following.rows import FollowedRow, Tolerated

__all__ = ["Breach", "PlanCompliance", "PlanState"]


class PlanState(Enum):
    """How a plan stands.

    ``KEPT``: nothing of it is broken so far. ``COMPLETED``: everything it asked for is settled; what was
    broken before is told beside it. ``BROKEN``: a row or a promise was broken, and something that the plan
    asked for is open; that the row itself was paid later does not undo it.
    """

    KEPT = "kept"
    COMPLETED = "completed"
    BROKEN = "broken"


@attrs.frozen(slots=True)
class Breach:
    """The first close at which a row is broken, or the day after that of a promise.

    Attributes
    ----------
    on : date
    shortfall : Decimal
        What was open of the row at that close, or missing of the promise [currency units].
    row : FollowedRow or None
    promise : FollowedPromise or None
        One of the two.
    """

    on: date
    shortfall: Decimal
    row: FollowedRow | None
    promise: FollowedPromise | None


@attrs.frozen(slots=True, eq=False)
class PlanCompliance:
    """A plan followed to the close of a day.

    Attributes
    ----------
    done : Restructured
    account : Account
        The account after the plan, with what was paid since.
    as_of : date
    known_on : date or None
    policy : Policy
        The version used.
    ledger : Ledger
    tolerated : Tolerated
    rows : tuple of FollowedRow
        In order of due date.
    promises : tuple of FollowedPromise
        In the order in which they are served.
    left_past_due : DebtParts
        What the plan left past due and is still open: it was owed at once, and no row asks for it.
    completed_on : date or None
        The first day at whose close nothing that the plan asked for or left past due is open.
    """

    done: Restructured = attrs.field(repr=False)
    account: Account = attrs.field(repr=False)
    as_of: date
    known_on: date | None
    policy: Policy = attrs.field(repr=lambda policy: repr(policy.name))
    ledger: Ledger = attrs.field(repr=False)
    tolerated: Tolerated
    rows: tuple[FollowedRow, ...] = attrs.field(repr=False)
    promises: tuple[FollowedPromise, ...] = attrs.field(repr=False)
    left_past_due: DebtParts
    completed_on: date | None

    @property
    def currency(self) -> Currency:
        """Of all amounts."""
        return self.account.currency

    @property
    def state(self) -> PlanState:
        """Whether the plan is kept so far, completed or broken.

        A plan that is paid in full is completed, late or not: :attr:`breaches` and :attr:`late_rows` say what
        was late.
        """
        if self.completed_on is not None:
            return PlanState.COMPLETED
        return PlanState.KEPT if self.breach is None else PlanState.BROKEN

    @property
    def breaches(self) -> tuple[Breach, ...]:
        """Everything that was broken, in order of time; of one day rows come before promises."""
        return tuple(sorted(self._breaches(), key=lambda breach: breach.on))

    def _breaches(self) -> Iterator[Breach]:
        for row in self.rows:
            if row.broken_on is not None:
                yield Breach(row.broken_on, row.broken_by, row, None)
        for kept in self.promises:
            on = kept.broken_on
            if on is not None and not self._was_completed_by(kept.promise.due_on):
                yield Breach(on, kept.shortfall, None, kept)

    def _was_completed_by(self, day: date) -> bool:
        return self.completed_on is not None and self.completed_on <= day

    @property
    def breach(self) -> Breach | None:
        """The first of them."""
        return next(iter(self.breaches), None)

    @property
    def shortfall(self) -> Decimal:
        """What is open of rows whose due date has come [currency units]."""
        nothing = from_minor(0, self.currency)
        return exact_sum((nothing, *(row.shortfall for row in self.rows)))

    @property
    def paid_to_left(self) -> DebtParts:
        """What was paid since that settled what the plan left past due, and so did not reach its rows."""
        taken = paid_to(self.ledger, left_places(self.done, self.ledger), self.done.draft_after.day)
        return debt_parts(taken, self.currency)

    @property
    def broken_rows(self) -> tuple[FollowedRow, ...]:
        """The rows that were broken, paid later or not."""
        return tuple(row for row in self.rows if row.state is RowState.BROKEN)

    @property
    def late_rows(self) -> tuple[FollowedRow, ...]:
        """The rows that were settled after their due date, each with its ``days_late``; broken ones too."""
        return tuple(row for row in self.rows if row.settled_on is not None and row.days_late > 0)

    @property
    def last_tolerated_on(self) -> date | None:
        """The last close at which the next row may still be open; ``None`` where none is pending."""
        due = next((row.due_date for row in self.rows if row.state is RowState.PENDING), None)
        return None if due is None else due + timedelta(days=self.tolerated.days)

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a row of the plan, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.plan_rows.compliance_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.compliance_to_frame(self, backend)

    @property
    def explanation(self) -> Explanation:
        """Each row that has come and each promise, the first breach, and the policy that put the money."""
        from delinquency.restructuring.following.reasons import explain_compliance

        return explain_compliance(self)

    def __str__(self) -> str:
        return self.explanation.to_text()
