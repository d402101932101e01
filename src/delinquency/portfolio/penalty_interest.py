"""What delays cost a whole book: the same verb as for one account, over columns.

The one idea: each column equals the scalar verb on every row; :meth:`PortfolioPenaltyInterest.explain` calls
the scalar verb on one row, so the lines are those of the very same figure.
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

from delinquency.penalty_interest import PenaltyInterest, terms_of
from delinquency.penalty_interest import penalty_interest as penalty_of_account
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Minor, Places
from delinquency.portfolio.kernels.penalty_layout import OpenBalances
from delinquency.portfolio.penalty_rows import penalty_by_version
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.run import Engine
from delinquency.portfolio.versions import versions_in_force

if TYPE_CHECKING:
    from delinquency.explanation import Explanation

__all__ = ["PortfolioPenaltyInterest", "penalty_interest"]


@attrs.frozen(slots=True, eq=False)
class PortfolioPenaltyInterest:
    """What a delay cost every account of a book at the close of one day.

    Attributes
    ----------
    book : Portfolio
    as_of : date
    known_on : date or None
    policies : tuple of Policy
        The versions used; more than one where the day of origination selects.
    version : int16 array or None
        For each account the position of its version; ``None`` where there is one.
    penalty, compound : int64 array [minor units]
        What accrued on ``[due, as_of)``, rounded and capped, without what was waived: on bases of
        penalty (罚息), and on unpaid interest (复利).
    waived : int64 array [minor units]
        What waivers of the accrual took.
    capped : int64 array [minor units]
        What caps took off.
    posted : int64 array [minor units]
        What became a debt of the ledger; 0 where penalty stands outside the order of payment.
    """

    book: Portfolio
    as_of: date
    known_on: date | None
    policies: tuple[Policy, ...]
    version: Places | None
    penalty: Minor
    compound: Minor
    waived: Minor
    capped: Minor
    posted: Minor

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.book)

    def __repr__(self) -> str:
        bearing = int(np.count_nonzero(self.accrued))
        return (
            f"PortfolioPenaltyInterest({self.as_of}, {len(self):,} accounts, {bearing:,} that bore, "
            f"{self.book.currency.code})"
        )

    @property
    def accrued(self) -> Minor:
        """Of both kinds together [minor units]."""
        return self.penalty + self.compound

    @property
    def unposted(self) -> Minor:
        """What accrued and is no debt of the ledger yet [minor units]."""
        return self.accrued - self.posted

    def row(self, row: int) -> PenaltyInterest:
        """The scalar answer for one account: lines, caps, ledger and reasons.

        Raises
        ------
        IndexError
            No such row.
        """
        self.book.check_row(row)
        return penalty_of_account(
            self.book.account(row),
            as_of=self.as_of,
            policy=self.policies[0 if self.version is None else int(self.version[row])],
            known_on=self.known_on,
        )

    def explain(self, row: int) -> Explanation:
        """Why the figures of one account are what they are."""
        return self.row(row).explanation

    def open_balances(
        self, *, engine: Engine | None = None, threads: int | None = None
    ) -> OpenBalances:
        """What is open of each component, due or not, and unallocated money [minor units].

        The columns of the ledger in which penalty was posted, as int64: rows that fall due later are among
        them, and penalty that stands outside the order of payment is not. What is due and what has accrued
        by a day tells :func:`delinquency.portfolio.breakdown.breakdown`. It needs the ledger of every
        account, so it is computed when asked for.
        """
        _, balances = penalty_by_version(
            self.book,
            self.policies,
            self.version,
            as_of=self.as_of,
            known_on=self.known_on,
            with_balances=True,
            engine=engine,
            threads=threads,
        )
        for column in balances:
            column.flags.writeable = False
        return balances

    def columns(self) -> Mapping[str, npt.NDArray[Any]]:
        """The answer as numpy columns by name; amounts in minor units."""
        return {
            "account_id": self.book.account_id.to_numpy(),
            "accrued": self.accrued,
            "penalty": self.penalty,
            "compound": self.compound,
            "waived": self.waived,
            "capped": self.capped,
            "posted": self.posted,
        }

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an account, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.penalty_answers.penalty_interest_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.penalty_interest_to_frame(self, backend)


def penalty_interest(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioPenaltyInterest:
    """The penalty interest of every account of a book at the close of ``as_of`` (罚息、复利).

    It accrues on ``[due, payment date)``, up to ``as_of`` on ``[due, as_of)``, as
    :func:`delinquency.penalty_interest.penalty_interest` says of one account, to the minor unit.

    Parameters
    ----------
    book : Portfolio
    as_of : date
        Payments with this value date count.
    policy : Policy or PolicyTimeline
        Its ``penalty`` says what a delay costs.
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
        An account that the scalar verb refuses, such as one with a day that bears and that no table of
        rates covers.
    PolicyError
        The policy has no terms of penalty.
    PolicyNotInForceError
        No version is in force for some account.

    Examples
    --------
    1,000 due on 31 January at 18 % a year: 0.50 for each day from the due date on.

    >>> import attrs
    >>> import delinquency as dq
    >>> from delinquency.penalty import (Compounding, FixedPenaltyRate, PenaltyBase, PenaltyTerms, Posting,
    ...     RoundingGrain)
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 1000)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> book = dq.portfolio.Portfolio.from_accounts([account])
    >>> terms = PenaltyTerms(rate=FixedPenaltyRate(dq.Rate.per_year("0.18")),
    ...     base=PenaltyBase.OVERDUE_PRINCIPAL, compounding=Compounding.NONE,
    ...     day_count=dq.DayCount.ACT_360, posting=Posting.ON_DEMAND, grain=RoundingGrain.INSTALMENT)
    >>> policy = attrs.evolve(dq.rulebook.load("founding-report").versions[0], penalty=terms)
    >>> for day in (date(2025, 1, 31), date(2025, 2, 1), date(2025, 3, 2)):
    ...     print(penalty_interest(book, as_of=day, policy=policy).accrued)
    [0]
    [50]
    [1500]
    """
    policies, version = versions_in_force(book, as_of, policy, "penalty_interest")
    for each in policies if len(book) else ():
        terms_of(each, policy)
    out, _ = penalty_by_version(
        book,
        policies,
        version,
        as_of=as_of,
        known_on=known_on,
        with_balances=False,
        engine=engine,
        threads=threads,
    )
    told = PortfolioPenaltyInterest(book, as_of, known_on, policies, version, *out)
    freeze(told)
    return told
