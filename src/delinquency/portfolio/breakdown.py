"""What every account of a book owes at the close of a day, part by part, and what would settle it.

The one idea: each column equals the scalar verb on every row; :meth:`PortfolioBreakdown.explain` calls the
scalar verb on one row, so the reason is the reason of the very same rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.breakdown import Breakdown
from delinquency.breakdown import breakdown as breakdown_of_account
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.breakdown_rows import owed_by_version
from delinquency.portfolio.columns import Minor, Places
from delinquency.portfolio.owed_columns import OwedColumns
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.run import Engine
from delinquency.portfolio.versions import versions_in_force
from delinquency.portfolio.waived_rows import waived_by_version

if TYPE_CHECKING:
    from delinquency.explanation import Explanation

__all__ = ["PortfolioBreakdown", "breakdown"]


@attrs.frozen(slots=True, eq=False)
class PortfolioBreakdown:
    """What every account of a book owes at the close of one day.

    Attributes
    ----------
    book : Portfolio
    as_of : date
    known_on : date or None
    policies : tuple of Policy
        The versions used; more than one where the day of origination selects.
    version : int16 array or None
        For each account the position of its version; ``None`` where there is one.
    past_due, due, not_due : OwedColumns
        Open amounts of debts due before the day, on it, and after it. Interest in ``not_due`` is what the
        schedule will charge; of it, only ``accrued_interest`` is owed.
    accrued_interest, unearned_interest : int64 array [minor units]
        Interest earned in the running period and not settled; interest of rows to come that was paid in
        advance and is not earned yet.
    prepaid_fees : int64 array [minor units]
        Fees of rows to come that were paid in advance.
    charged_ahead : int64 array [minor units]
        Fees and penalty that charges have put into the ledger before they fall due.
    unposted_penalty : int64 array [minor units]
        Penalty interest that accrued and is no debt of the ledger yet.
    unallocated : int64 array [minor units]
        Money that settled nothing yet.
    written_off : int64 array [minor units]
        Written off and not recovered: still claimed, and no part of ``payoff``.
    is_off_balance : bool array
        Whether interest and penalty are shown off balance (表外).
    """

    book: Portfolio
    as_of: date
    known_on: date | None
    policies: tuple[Policy, ...]
    version: Places | None
    past_due: OwedColumns
    due: OwedColumns
    not_due: OwedColumns
    accrued_interest: Minor
    unearned_interest: Minor
    prepaid_fees: Minor
    charged_ahead: Minor
    unposted_penalty: Minor
    unallocated: Minor
    written_off: Minor
    is_off_balance: npt.NDArray[np.bool_]

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.book)

    def __repr__(self) -> str:
        owing = int(np.count_nonzero(self.arrears))
        return (
            f"PortfolioBreakdown({self.as_of}, {len(self):,} accounts, {owing:,} in arrears, "
            f"{self.book.currency.code})"
        )

    @property
    def arrears(self) -> Minor:
        """What is past due, posted penalty included [minor units]."""
        return self.past_due.total

    @property
    def paid_ahead(self) -> Minor:
        """Interest and fees of rows to come that were paid and are not owed yet [minor units]."""
        return self.unearned_interest + self.prepaid_fees

    @property
    def payoff(self) -> Minor:
        """What settles each account on the day [minor units]; as of :class:`~delinquency.Breakdown`."""
        owed = self.arrears + self.due.total
        ahead = self.not_due.principal + self.charged_ahead
        accrued = self.accrued_interest + self.unposted_penalty
        whole: Minor = owed + ahead + accrued - self.paid_ahead - self.unallocated
        return whole

    @property
    def owed(self) -> OwedColumns:
        """What is owed by component before money that settled nothing: ``payoff`` and ``unallocated`` in all.

        As of :class:`~delinquency.Breakdown`.
        """
        past, due, ahead = self.past_due, self.due, self.not_due
        interest = self.accrued_interest - self.unearned_interest
        fees = self.charged_ahead - ahead.penalty - self.prepaid_fees
        return OwedColumns(
            past.principal + due.principal + ahead.principal,
            past.interest + due.interest + interest,
            past.fees + due.fees + fees,
            past.penalty + due.penalty + ahead.penalty + self.unposted_penalty,
        )

    def waived(self, *, engine: Engine | None = None, threads: int | None = None) -> OwedColumns:
        """What was waived up to the day by component; of penalty also what waivers of its accrual took.

        It needs the decisions of every account once more, so it is computed when asked for.
        """
        told = waived_by_version(
            self.book,
            self.policies,
            self.version,
            as_of=self.as_of,
            known_on=self.known_on,
            engine=engine,
            threads=threads,
        )
        freeze(told)
        return told

    @property
    def off_balance(self) -> Minor:
        """Interest and penalty shown off balance [minor units]; 0 while they are on it.

        They are owed all the same, and part of ``payoff``.
        """
        owed = self.past_due.interest + self.past_due.penalty + self.due.interest + self.due.penalty
        owed += self.accrued_interest + self.unposted_penalty
        shown: Minor = owed * self.is_off_balance
        return shown

    @property
    def on_balance(self) -> Minor:
        """What is owed less what is shown off balance [minor units]."""
        return self.payoff - self.off_balance

    def row(self, row: int) -> Breakdown:
        """The scalar answer for one account: ledger and reasons.

        Raises
        ------
        IndexError
            No such row.
        """
        self.book.check_row(row)
        return breakdown_of_account(
            self.book.account(row),
            as_of=self.as_of,
            policy=self.policies[0 if self.version is None else int(self.version[row])],
            known_on=self.known_on,
        )

    def explain(self, row: int) -> Explanation:
        """Why the figures of one account are what they are."""
        return self.row(row).explanation

    def columns(self) -> Mapping[str, npt.NDArray[Any]]:
        """The answer as numpy columns by name; amounts in minor units."""
        states = {"past_due": self.past_due, "due": self.due, "not_due": self.not_due}
        parts = {
            f"{state}_{name}": getattr(owed, name)
            for state, owed in states.items()
            for name in ("principal", "interest", "fees", "penalty")
        }
        return {
            "account_id": self.book.account_id.to_numpy(),
            "payoff": self.payoff,
            "arrears": self.arrears,
            **parts,
            "accrued_interest": self.accrued_interest,
            "unearned_interest": self.unearned_interest,
            "prepaid_fees": self.prepaid_fees,
            "charged_ahead": self.charged_ahead,
            "unposted_penalty": self.unposted_penalty,
            "unallocated": self.unallocated,
            "written_off": self.written_off,
            "off_balance": self.off_balance,
            "is_off_balance": self.is_off_balance,
        }

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an account, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.owed_answers.breakdown_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.breakdown_to_frame(self, backend)


def breakdown(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioBreakdown:
    """What every account of a book owes at the close of ``as_of``, by due state and component.

    As :func:`delinquency.breakdown.breakdown` says of one account, to the minor unit. An account under a
    policy that charges penalty or late fees into the ledger is answered by that verb.

    Parameters
    ----------
    book : Portfolio
    as_of : date
        Payments with this value date count.
    policy : Policy or PolicyTimeline
    known_on : date, optional
        As for one account.
    engine : Engine, optional
        Default: compiled where numba is there. The answers are equal.
    threads : int, optional
        Default: two for books of more than 32,768 accounts.

    Raises
    ------
    InvalidTypeError
        Not a portfolio, a date or a policy.
    InvalidValueError
        An account that the scalar verb refuses, such as one with a day that bears penalty and that no table
        of rates covers.
    PolicyNotInForceError
        No version is in force for some account.

    Examples
    --------
    Two instalments of 100 and 10 of interest, the first unpaid; on 14 February half of the running period
    of 28 days has earned half of its interest. A second account has paid all that is due:

    >>> import attrs
    >>> import delinquency as dq
    >>> rows = [dq.Instalment(date(2025, 1, 31), 100, 10), dq.Instalment(date(2025, 2, 28), 100, 10)]
    >>> late = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> paid = attrs.evolve(late, account_id="A-2", payments=[dq.Payment(date(2025, 1, 31), 110)])
    >>> book = dq.portfolio.Portfolio.from_accounts([late, paid])
    >>> owed = breakdown(book, as_of=date(2025, 2, 14), policy=dq.rulebook.load("founding-report"))
    >>> owed.arrears, owed.accrued_interest, owed.payoff
    (array([11000,     0]), array([500, 500]), array([21500, 10500]))
    """
    policies, version = versions_in_force(book, as_of, policy, "breakdown")
    owed = owed_by_version(
        book,
        policies,
        version,
        as_of=as_of,
        known_on=known_on,
        engine=engine,
        threads=threads,
    )
    told = PortfolioBreakdown(book, as_of, known_on, policies, version, **owed)
    freeze(told)
    return told
