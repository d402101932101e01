"""The best plan of each account of a book, and why another has none."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amounts import MAX_MINOR, from_minor
from delinquency.errors import DelinquencyError, InvalidTypeError, InvalidValueError
from delinquency.explanation import Explanation
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.chosen_rows import as_column
from delinquency.portfolio.columns import Days, Minor
from delinquency.portfolio.read_only import restore, state_of
from delinquency.proposals.affordability import Affordability
from delinquency.proposals.answer import Proposals
from delinquency.proposals.verb import propose_plans
from delinquency.restructuring import RestructuringPlan

__all__ = ["PortfolioProposals", "checked_payments", "of_account"]

_WHERE = "propose_for_book"


@attrs.frozen(slots=True, eq=False)
class PortfolioProposals:
    """The best plan of each account of a book.

    Attributes
    ----------
    book : Portfolio
    as_of : date
    plans : tuple of RestructuringPlan
        Those that are the best one of some account.
    chosen : int64 array
        For each account the place of its plan in ``plans``, and -1 where none fits, or none was asked for:
        as :func:`~delinquency.portfolio.plans.restructuring.restructure` takes it.
    priced : int
        How many plans were priced for each account.
    fitting : int64 array
        How many plans keep to every limit.
    is_refused : bool array
        Accounts that can have no plan, such as one that owes nothing; :meth:`reason` tells why.
    greatest_payment, balloon, present_value_loss : int64 array [minor units]
        Of the best plan; 0 where there is none.
    payments : int64 array
        How many.
    last_due_on : int32 array [day number]
        The day before 1970-01-01 where there is none.
    diminished_share : int64 array
        The loss as a share of the value before, up to the next of 10**9 parts.
    """

    book: Portfolio
    as_of: date
    plans: tuple[RestructuringPlan, ...]
    chosen: Minor
    priced: int
    fitting: Minor
    is_refused: npt.NDArray[np.bool_]
    greatest_payment: Minor
    balloon: Minor
    present_value_loss: Minor
    payments: Minor
    last_due_on: Days
    diminished_share: Minor
    _asked: Any = attrs.field(repr=False, alias="asked")

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.book)

    def __repr__(self) -> str:
        return (
            f"PortfolioProposals({self.as_of}, {len(self):,} accounts, "
            f"{int((self.chosen >= 0).sum()):,} with a plan that fits, {self.priced:,} plans each, "
            f"{self.book.currency.code})"
        )

    def row(self, row: int) -> Proposals:
        """All proposals for one account: the answer of :func:`~delinquency.proposals.verb.propose_plans`.

        Raises
        ------
        IndexError
            No such row.
        DelinquencyError
            The account can have no plan.
        """
        self.book.check_row(row)
        return of_account(self.book, row, **self._asked)

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an account, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.proposal_frames.proposals_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.proposals_to_frame(self, backend)

    def explain(self, row: int) -> Explanation:
        """The proposals for one account, why none fits, why it can have none, or that nobody asked.

        Raises
        ------
        IndexError
            No such row.
        """
        self.book.check_row(row)
        account_id = self.book.account(row).account_id
        if self._asked["affordable"][row] < 0:
            return Explanation("proposals_not_asked", account_id)
        try:
            return self.row(row).explanation
        except DelinquencyError as error:
            return Explanation("proposals_refused", str(error), {"account_id": account_id})

    def reason(self, row: int) -> str:
        """Why an account has no plan; empty where it has one, or where nobody asked.

        Raises
        ------
        IndexError
            No such row.
        """
        self.book.check_row(row)
        if self.chosen[row] >= 0 or self._asked["affordable"][row] < 0:
            return ""
        try:
            return self.row(row).explanation.to_text()
        except DelinquencyError as error:
            return str(error)


def of_account(book: Portfolio, row: int, *, affordable: Minor, **asked: Any) -> Proposals:
    """The proposals for one account of a book."""
    amount = from_minor(int(affordable[row]), book.currency)
    return propose_plans(book.account(row), affordability=Affordability.of(amount), **asked)


def checked_payments(affordable: Any, size: int) -> Minor:
    """What each debtor can pay [minor units], -1 where nobody asks.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Not whole numbers, one for each account; 0, or more than an account may owe.
    """
    given = as_column(affordable)
    if given.dtype.kind != "i" or given.ndim != 1:
        raise InvalidTypeError.at(
            f"{_WHERE}, affordable",
            expected="whole minor units, one for each account",
            found=affordable,
        )
    if len(given) != size:
        raise InvalidValueError.at(
            f"{_WHERE}, affordable",
            expected=f"one for each of {size} accounts",
            found=str(len(given)),
        )
    wrong = np.flatnonzero((given == 0) | (given < -1) | (given > MAX_MINOR))
    if len(wrong):
        raise InvalidValueError.at(
            f"{_WHERE}, affordable, account {int(wrong[0]) + 1}",
            expected=f"from 1 to {MAX_MINOR} minor units, or -1 where nobody asks",
            found=str(int(given[wrong[0]])),
        )
    return given.astype(np.int64)
