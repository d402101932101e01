"""What waivers cost: what a book owes before and after them, and what they took.

The one idea: two books of the same accounts are asked the same question. What is owed less is not always what
was waived: money that would have settled a waived amount settles something else, and a debt that is settled
earlier bears less penalty.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amounts import from_minor
from delinquency.breakdown import Breakdown, OwedParts
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.breakdown import PortfolioBreakdown, breakdown
from delinquency.portfolio.columns import Minor
from delinquency.portfolio.owed_columns import OwedColumns, exact_total
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.run import Engine

__all__ = ["WaiverEffect", "WaiverTotals", "waiver_effect"]

COMPONENTS: Final = ("principal", "interest", "fees", "penalty")


@attrs.frozen(slots=True)
class WaiverTotals:
    """What waivers cost a whole book.

    Attributes
    ----------
    accounts : int
        Accounts of which anything more was waived, or less is owed.
    before, after : OwedParts
        What is owed by component, before money that settled nothing.
    waived : OwedParts
        What the waivers took that was not waived before.
    relief : Decimal [currency units]
        By how much the amounts that settle the accounts are less.
    """

    accounts: int
    before: OwedParts
    after: OwedParts
    waived: OwedParts
    relief: Decimal


@attrs.frozen(slots=True, eq=False)
class WaiverEffect:
    """What every account of a book owes before and after waivers, and what they took.

    Attributes
    ----------
    before, after : PortfolioBreakdown
    waived : OwedColumns
        What the waivers took that was not waived before [minor units]; of penalty also what waivers of its
        accrual took. Below 0 where an older waiver finds less to take.
    """

    before: PortfolioBreakdown
    after: PortfolioBreakdown
    waived: OwedColumns

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.before)

    def __repr__(self) -> str:
        currency, as_of = self.before.book.currency, self.before.as_of
        touched = int(np.count_nonzero(self.is_touched))
        waived = from_minor(exact_total(self.waived.total), currency)
        return (
            f"WaiverEffect({as_of}, {len(self):,} accounts, {touched:,} touched, "
            f"waived {waived:,} {currency.code})"
        )

    @property
    def relief(self) -> Minor:
        """By how much less settles each account [minor units]."""
        return self.before.payoff - self.after.payoff

    @property
    def is_touched(self) -> npt.NDArray[np.bool_]:
        """Accounts of which anything more was waived, or less is owed."""
        taken = np.zeros(len(self), dtype=np.bool_)
        for name in COMPONENTS:
            taken |= getattr(self.waived, name) != 0
            taken |= getattr(self.before.owed, name) != getattr(self.after.owed, name)
        return taken

    def row(self, row: int) -> tuple[Breakdown, Breakdown]:
        """The scalar answers for one account, before and after.

        Raises
        ------
        IndexError
            No such row.
        """
        return self.before.row(row), self.after.row(row)

    def totals(self) -> WaiverTotals:
        """The sums of the book [currency units], exactly."""
        currency = self.before.book.currency
        return WaiverTotals(
            int(np.count_nonzero(self.is_touched)),
            self.before.owed.of_book(currency),
            self.after.owed.of_book(currency),
            self.waived.of_book(currency),
            from_minor(exact_total(self.relief), currency),
        )

    def columns(self) -> Mapping[str, npt.NDArray[Any]]:
        """The answer as numpy columns by name; amounts in minor units."""
        owed = {"before": self.before.owed, "after": self.after.owed, "waived": self.waived}
        return {
            "account_id": self.before.book.account_id.to_numpy(),
            **{
                f"{when}_{name}": getattr(parts, name)
                for when, parts in owed.items()
                for name in COMPONENTS
            },
            "payoff_before": self.before.payoff,
            "payoff_after": self.after.payoff,
            "relief": self.relief,
        }

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an account, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.owed_answers.waiver_effect_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.waiver_effect_to_frame(self, backend)


def waiver_effect(
    before: Portfolio,
    after: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> WaiverEffect:
    """What every account owes at the close of ``as_of`` without waivers and with them, and what they cost.

    Parameters
    ----------
    before, after : Portfolio
        A book, and the book that :func:`~delinquency.portfolio.waiving.waive` made of it.
    as_of : date
        Payments with this value date count; waivers after it have no effect yet.
    policy, known_on, engine, threads
        As of :func:`~delinquency.portfolio.breakdown.breakdown`.

    Raises
    ------
    InvalidTypeError, InvalidValueError, PolicyError, PolicyNotInForceError
        As of :func:`~delinquency.portfolio.breakdown.breakdown`; books of other accounts or currencies.

    Examples
    --------
    The fees of 7 that fell due are waived on 1 March:

    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100, 0, 7)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> book = dq.portfolio.Portfolio.from_accounts([account])
    >>> waived = dq.portfolio.waive(book, dq.Waiver(date(2025, 3, 1), dq.Component.FEES))
    >>> effect = waiver_effect(
    ...     book, waived, as_of=date(2025, 3, 1), policy=dq.rulebook.load("founding-report"))
    >>> effect.before.payoff, effect.after.payoff, effect.waived.fees
    (array([10700]), array([10000]), array([700]))
    """
    for name, book in (("before", before), ("after", after)):
        if not isinstance(book, Portfolio):
            raise InvalidTypeError.at(f"waiver_effect, {name}", expected="a Portfolio", found=book)
    _check_same_accounts(before, after)
    question: dict[str, Any] = {
        "as_of": as_of,
        "policy": policy,
        "known_on": known_on,
        "engine": engine,
        "threads": threads,
    }
    first, then = breakdown(before, **question), breakdown(after, **question)
    old, new = (told.waived(engine=engine, threads=threads) for told in (first, then))
    waived = OwedColumns(*(getattr(new, name) - getattr(old, name) for name in COMPONENTS))
    effect = WaiverEffect(first, then, waived)
    freeze(effect)
    return effect


def _check_same_accounts(before: Portfolio, after: Portfolio) -> None:
    ours, theirs = before.account_id.to_numpy(), after.account_id.to_numpy()
    same = len(ours) == len(theirs) and bool((ours == theirs).all())
    if not same or before.currency != after.currency:
        raise InvalidValueError.at(
            "waiver_effect, after",
            expected="a book of the same accounts in the same order",
            found=f"{after!r} beside {before!r}",
        )
