"""The answer on the debtors of a book: one row a debtor, in order of id.

The one idea: what is said of a debtor is kept in columns, with the rows of the accounts that give it; the
reasons of one debtor are those of its own assessment.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.buckets import Bucket
from delinquency.errors import InvalidValueError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Codes, Days, Minor, Offsets
from delinquency.portfolio.problems import require_row
from delinquency.portfolio.read_only import restore, state_of
from delinquency.portfolio.text_column import TextColumn
from delinquency.status.machine import StatusState

if TYPE_CHECKING:
    from delinquency.explanation import Explanation
    from delinquency.obligor_assessment import ObligorAssessment

__all__ = ["ObligorStates", "PortfolioObligors"]

Rows = npt.NDArray[np.int64]


@attrs.frozen(slots=True, eq=False)
class ObligorStates:
    """The state of every debtor by one machine: its own, or the worst of its accounts.

    Attributes
    ----------
    machine : str
    states : tuple of StatusState
        What ``state`` counts through: those of the last version, from best to worst, then those that only an
        older one had.
    state : int8 array
        -1 where no account of the debtor was judged.
    since : int32 array
        The first day of the state; 2**31 - 1 where none was judged.
    account_row : int64 array
        The row of the account that gives it, of several the first in order of account id; -1 where the
        machine judges the debtor, or none was judged.
    """

    machine: str
    states: tuple[StatusState, ...]
    state: Codes
    since: Days
    account_row: Rows

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def codes(self) -> npt.NDArray[np.str_]:
        """The code of each debtor's state, as text; empty where none was judged."""
        return np.array([*(state.code for state in self.states), ""])[self.state]


@attrs.frozen(slots=True, eq=False)
class PortfolioObligors:
    """What a policy says of every debtor of a book at the close of one day.

    Each row equals :func:`~delinquency.obligor_assessment.assess_obligor` of the accounts of that debtor.

    Attributes
    ----------
    book : Portfolio
    as_of : date
    known_on : date or None
    policy : Policy or PolicyTimeline
        As given.
    policies : tuple of Policy
        The versions used on ``as_of``; more than one where the day of origination selects.
    obligor_id : TextColumn
        Each once, in order.
    offsets : int64 array
        The accounts of debtor ``i`` are ``account_row[offsets[i]:offsets[i + 1]]``.
    account_row : int64 array
        Rows of the book by debtor, those of one in order of account id.
    days_past_due : int32 array [days]
        Of the account that is the most.
    bucket : int8 array
        The position of the worst bucket in ``buckets``.
    arrears, exposure : int64 array [minor units]
        Sums over the accounts.
    is_cleared : bool array
        Whether no account has arrears.
    oldest_row, worst_row : int64 array
        The row of the account that is the most days past due, and of the one in the worst bucket; of several
        the first in order of account id.
    states : tuple of ObligorStates
        One for each machine; none without a status.
    """

    book: Portfolio
    as_of: date
    known_on: date | None
    policy: Policy | PolicyTimeline
    policies: tuple[Policy, ...]
    obligor_id: TextColumn
    offsets: Offsets
    account_row: Rows
    days_past_due: Days
    bucket: Codes
    arrears: Minor
    exposure: Minor
    is_cleared: npt.NDArray[np.bool_]
    oldest_row: Rows
    worst_row: Rows
    states: tuple[ObligorStates, ...]

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.obligor_id)

    def __repr__(self) -> str:
        known = "" if self.known_on is None else f" as known on {self.known_on}"
        return (
            f"PortfolioObligors({self.as_of}{known}, {self.policy.name}, {len(self):,} obligors, "
            f"{len(self.book):,} accounts)"
        )

    @property
    def accounts(self) -> npt.NDArray[np.int64]:
        """How many accounts each debtor has, as int64; those that begin after ``as_of`` count."""
        return np.diff(self.offsets)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """The buckets that ``bucket`` counts through."""
        return self.policies[0].buckets.buckets

    def bucket_codes(self) -> npt.NDArray[np.str_]:
        """The code of each debtor's worst bucket, as text."""
        return np.array([bucket.code for bucket in self.buckets])[self.bucket]

    def by(self, machine: str | None = None) -> ObligorStates:
        """The states by a machine, or the last one.

        Raises
        ------
        InvalidValueError
            No such machine, or none at all.
        """
        found = self.states[-1:] if machine is None else self.states
        for told in found:
            if machine in (None, told.machine):
                return told
        names = ", ".join(told.machine for told in self.states)
        raise InvalidValueError.at(
            "portfolio obligors, machine",
            expected=f"one of {names}" if names else "a policy with a status",
            found=repr(machine) if names else "none",
        )

    def row(self, row: int) -> ObligorAssessment:
        """The whole answer for one debtor, with its reasons.

        Raises
        ------
        InvalidTypeError, IndexError
            No such row.
        """
        from delinquency.obligor_assessment import assess_obligor

        require_row(
            row, len(self), where="portfolio obligors", of=f"an answer on {len(self)} obligors"
        )
        own = self.account_row[self.offsets[row] : self.offsets[row + 1]].tolist()
        return assess_obligor(
            [self.book.account(number) for number in own],
            as_of=self.as_of,
            policy=self.policy,
            known_on=self.known_on,
        )

    def explain(self, row: int) -> Explanation:
        """Why the figures of one debtor are what they are."""
        return self.row(row).explanation

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a debtor: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.obligor_frames.obligors_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.obligors_to_frame(self, backend)
