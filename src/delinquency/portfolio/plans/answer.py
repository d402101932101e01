"""What plans do to the accounts of a book.

The one idea: each column equals the verb of one account on every row; :meth:`PortfolioRestructuring.row`
calls that verb on one row, so the reason is the reason of the very same rules.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.errors import DelinquencyError
from delinquency.explanation import Explanation
from delinquency.policy import Policy
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Minor, Places
from delinquency.portfolio.owed_columns import OwedColumns
from delinquency.portfolio.read_only import restore, state_of
from delinquency.portfolio.run import Engine
from delinquency.restructuring import Restructured, RestructuringPlan
from delinquency.restructuring import restructure as restructure_account

if TYPE_CHECKING:
    from delinquency.portfolio.assessment import PortfolioAssessment

__all__ = ["PlanRefusal", "PortfolioRestructuring"]


@attrs.frozen(slots=True)
class PlanRefusal:
    """An account that cannot have its plan.

    Attributes
    ----------
    row : int
        Its place in the book, from 0.
    account_id : str
    reason : str
        What :func:`~delinquency.restructuring.verb.restructure` says of it.
    error : DelinquencyError
        The same in its parts: where, what was expected, what was found, a hint.
    """

    row: int
    account_id: str
    reason: str
    error: DelinquencyError = attrs.field(repr=False, eq=False)


@attrs.frozen(slots=True, eq=False)
class PortfolioRestructuring:
    """What plans do to the accounts of a book.

    Attributes
    ----------
    before : Portfolio
    plans : tuple of RestructuringPlan
    chosen : int64 array
        For each account the place of its plan, and -1 where it has none.
    as_of : date
    known_on : date or None
    policies : tuple of Policy
        The versions used; more than one where the day of origination selects.
    version : int16 array or None
        For each account the position of its version; ``None`` where there is one.
    is_put, is_refused : bool array
        Whether the account has its plan now; whether it cannot have it. An account that is neither was given
        none. Figures of an account without a plan say nothing: they are 0 in the columns, whatever it owes,
        and empty in a frame.
    refusals : tuple of PlanRefusal
        The accounts that cannot have their plan, each with its reason, in order of the book.
    debt_before, debt_after, capitalised, spread, waived, forgiven, settled, arrears_after : OwedColumns
        As of :class:`~delinquency.restructuring.Restructured`.
    deferred, next_payment_change, total_cost_change, present_value_loss : int64 array [minor units]
    diminished_share : int64 array
        The loss as a share of the value before, up to the next of 10**9 parts.
    """

    before: Portfolio
    plans: tuple[RestructuringPlan, ...]
    chosen: Minor
    as_of: date
    known_on: date | None
    policies: tuple[Policy, ...]
    version: Places | None
    is_put: npt.NDArray[np.bool_]
    is_refused: npt.NDArray[np.bool_]
    refusals: tuple[PlanRefusal, ...]
    debt_before: OwedColumns
    debt_after: OwedColumns
    capitalised: OwedColumns
    spread: OwedColumns
    waived: OwedColumns
    forgiven: OwedColumns
    settled: OwedColumns
    arrears_after: OwedColumns
    deferred: Minor
    next_payment_change: Minor
    total_cost_change: Minor
    present_value_loss: Minor
    diminished_share: Minor

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.before)

    def __repr__(self) -> str:
        put, refused = int(self.is_put.sum()), len(self.refusals)
        return (
            f"PortfolioRestructuring({self.as_of}, {len(self):,} accounts: {put:,} with a plan, "
            f"{len(self) - put - refused:,} without one, {refused:,} refused, "
            f"{self.before.currency.code})"
        )

    def row(self, row: int) -> Restructured | None:
        """The answer of the verb for one account; ``None`` where it has no plan.

        Raises
        ------
        IndexError
            No such row.
        DelinquencyError
            The account cannot have its plan.
        """
        self.before.check_row(row)
        place = int(self.chosen[row])
        if place < 0:
            return None
        return restructure_account(
            self.before.account(row),
            self.plans[place],
            as_of=self.as_of,
            policy=self.policies[0 if self.version is None else int(self.version[row])],
            known_on=self.known_on,
        )

    def explain(self, row: int) -> Explanation:
        """Why the figures of one account are what they are, or why it has no plan.

        Raises
        ------
        IndexError
            No such row.
        """
        try:
            done = self.row(row)
        except DelinquencyError as error:
            account_id = self.before.account(row).account_id
            return Explanation("plan_refused", str(error), {"account_id": account_id})
        if done is None:
            return Explanation("plan_not_chosen", self.before.account(row).account_id)
        return done.explanation

    def reason(self, row: int) -> str:
        """Why an account cannot have its plan; empty where it can, or has none.

        Raises
        ------
        IndexError
            No such row.
        """
        self.before.check_row(row)
        return next((each.reason for each in self.refusals if each.row == row), "")

    def assess_before(
        self, *, engine: Engine | None = None, threads: int | None = None
    ) -> PortfolioAssessment:
        """How late every account would be at the close of ``as_of`` without its plan, by the same policy."""
        from delinquency.portfolio.assessment import assess_by_version

        return assess_by_version(
            self.before,
            self.as_of,
            self.policies,
            self.version,
            self.known_on,
            engine,
            threads,
        )

    def after(self, *, engine: Engine | None = None, threads: int | None = None) -> Portfolio:
        """The book with the plans in it; accounts without one are as they were.

        Each account is what :func:`~delinquency.restructuring.verb.restructure` makes of it. Ledgers are
        read once more, so it is made when it is asked for.
        """
        from delinquency.portfolio.plans.book_after import book_after

        return book_after(self, engine=engine, threads=threads)

    def columns(self) -> Mapping[str, npt.NDArray[Any]]:
        """The answer as numpy columns by name; amounts in minor units."""
        parts = (
            "debt_before",
            "debt_after",
            "capitalised",
            "spread",
            "waived",
            "forgiven",
            "settled",
        )
        found: dict[str, npt.NDArray[Any]] = {
            "account_id": self.before.account_id.to_numpy(),
            "plan": self.chosen,
            "is_put": self.is_put,
            "is_refused": self.is_refused,
        }
        for part in (*parts, "arrears_after"):
            owed = getattr(self, part)
            for name in ("principal", "interest", "fees", "penalty"):
                found[f"{part}_{name}"] = getattr(owed, name)
        for name in (
            "deferred",
            "next_payment_change",
            "total_cost_change",
            "present_value_loss",
            "diminished_share",
        ):
            found[name] = getattr(self, name)
        return found

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an account, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.plan_answers.restructuring_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.restructuring_to_frame(self, backend)
