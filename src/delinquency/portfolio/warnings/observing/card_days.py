"""What counting the minimum payments of every card tells at the close of a statement, under a policy.

The one idea: the minimums of a close are a book of accounts, which the verbs of books count as it is.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from delinquency.portfolio.assessment import PortfolioAssessment, assess
from delinquency.portfolio.cards.requirements import minimums_of
from delinquency.portfolio.warnings.known_numbers import KnownNumbers
from delinquency.portfolio.warnings.observing.verb import observed_columns
from delinquency.portfolio.warnings.panel_checks import WIDE, unknown_of

if TYPE_CHECKING:
    from delinquency.early_warning.observing.month_periods import HistoryPeriod
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.portfolio.cards.book import CardBook
    from delinquency.portfolio.run import Engine
    from delinquency.portfolio.warnings.observing.closed_cards import ClosedCards

__all__ = ["CardCloses"]

_COUNTED: Final = ("days_past_due", "delinquent_days", "arrears")
_OF_THE_PERIOD: Final = ("first_payment_default", "payments_reversed")

Flags = npt.NDArray[np.bool_]


class CardCloses:
    """The closes of a book one after the other; each remembers the buckets of the one before."""

    __slots__ = ("_before", "_bucket", "_known_on", "_policy", "_version", "_ways")

    def __init__(
        self,
        book: CardBook,
        policy: Policy | PolicyTimeline,
        known_on: date | None,
        engine: Engine | None,
        threads: int | None,
    ) -> None:
        self._policy, self._known_on = policy, known_on
        self._ways: dict[str, Any] = {"engine": engine, "threads": threads}
        self._before: tuple[Policy, ...] = ()
        self._version = np.full(len(book), -1, dtype=np.int64)
        self._bucket = np.zeros(len(book), dtype=np.int64)

    def told(
        self, answer: ClosedCards, rows: npt.NDArray[np.int64], period: HistoryPeriod
    ) -> dict[str, KnownNumbers]:
        """By the name of the observation, one number for each card of the close.

        Parameters
        ----------
        answer : ClosedCards
            At the close of the period.
        rows : int64 array
            The rows of its cards in the whole book.
        period : HistoryPeriod
        """
        known = period.end if self._known_on is None else self._known_on
        minimums = minimums_of(
            answer.book, answer.as_of, answer.statements, answer.credits_to_minimums
        )
        close = assess(
            minimums, as_of=period.end, policy=self._policy, known_on=known, **self._ways
        )
        of_period = observed_columns(
            minimums, (period,), self._policy, _OF_THE_PERIOD, known, *self._ways.values()
        )
        found = {name: KnownNumbers.everywhere(getattr(close, name)) for name in _COUNTED}
        found["rolled_forward"] = self._rolled(close, rows)
        for name, column in of_period.items():
            numbers = column[0]
            found[name] = KnownNumbers(numbers.astype(WIDE), numbers != unknown_of(numbers.dtype))
        return found

    def _rolled(self, close: PortfolioAssessment, rows: npt.NDArray[np.int64]) -> KnownNumbers:
        """Whether the bucket is a worse one than at the close before; nobody knows across two schemes."""
        version = np.zeros(len(rows), dtype=np.int64)
        if close.version is not None:
            version[:] = close.version
        had = self._version[rows]
        alike = _alike(self._before, close.policies)
        is_known = (had >= 0) & alike[np.maximum(had, 0), version]
        worse = close.bucket > self._bucket[rows]
        self._before = close.policies
        self._version[:] = -1
        self._version[rows] = version
        self._bucket[rows] = close.bucket
        return KnownNumbers(worse.astype(WIDE), is_known)


def _alike(before: tuple[Policy, ...], now: tuple[Policy, ...]) -> Flags:
    """Versions by versions: whether they have one scheme of buckets."""
    if not before:
        return np.zeros((1, len(now)), dtype=np.bool_)
    return np.array([[one.buckets == other.buckets for other in now] for one in before])
