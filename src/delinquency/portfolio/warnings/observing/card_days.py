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

from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.early_warning.observing.first_payment import FIRST_PAYMENT_DAYS
from delinquency.portfolio.account_sums import account_sums
from delinquency.portfolio.assessment import PortfolioAssessment, assess, assess_by_version
from delinquency.portfolio.cards.requirements import minimums_of
from delinquency.portfolio.problems import recorded_days
from delinquency.portfolio.warnings.known_numbers import KnownNumbers
from delinquency.portfolio.warnings.panel_checks import WIDE

if TYPE_CHECKING:
    from delinquency.early_warning.observing.month_periods import HistoryPeriod
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.portfolio.book import Portfolio
    from delinquency.portfolio.cards.book import CardBook
    from delinquency.portfolio.run import Engine
    from delinquency.portfolio.warnings.observing.closed_cards import ClosedCards

__all__ = ["CardCloses"]

_COUNTED: Final = ("days_past_due", "delinquent_days", "arrears")

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
        found = {name: KnownNumbers.everywhere(getattr(close, name)) for name in _COUNTED}
        found["rolled_forward"] = self._rolled(close, rows)
        found["first_payment_default"] = self._missed_first(close)
        found["payments_reversed"] = KnownNumbers.everywhere(_reversals(minimums, period, known))
        return found

    def _missed_first(self, close: PortfolioAssessment) -> KnownNumbers:
        """Whether the oldest unsettled minimum of the deciding close is as old as the first.

        Cards share their days of statements, so a few closes decide for all.
        """
        first = _first_due(close.book)
        decides = first.astype(WIDE) + FIRST_PAYMENT_DAYS
        day = day_number(close.as_of, where="observe_cards", field="as_of")
        is_known = (first != NONE_DAY) & (decides <= day)
        version = np.zeros(len(first), np.int16) if close.version is None else close.version
        missed = np.zeros(len(first), dtype=WIDE)
        asked = np.flatnonzero(is_known)
        for number, on in np.unique(np.stack([version[asked], decides[asked]]), axis=1).T.tolist():
            few = asked[(version[asked] == number) & (decides[asked] == on)]
            # The version of the close counts, whether or not it was in force on that day.
            then = assess_by_version(
                close.book if len(few) == len(first) else close.book.take(few),
                to_date(on),
                (close.policies[number],),
                None,
                close.known_on,
                **self._ways,
            )
            missed[few] = then.oldest_due_date <= first[few]
        return KnownNumbers(missed, is_known)

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


def _first_due(minimums: Portfolio) -> npt.NDArray[np.int32]:
    """Of each card the due day of the first minimum that asked for something; 2**31 - 1 if there is none."""
    rows = minimums.instalments
    asks = rows.principal + rows.interest + rows.fees > 0
    if rows.in_force_from is not None and rows.in_force_until is not None:
        asks &= (rows.in_force_from <= rows.due_date) & (rows.due_date < rows.in_force_until)
    due = np.where(asks, rows.due_date, np.int32(NONE_DAY))
    return np.minimum.reduceat(due, rows.offsets[:-1])


def _reversals(minimums: Portfolio, period: HistoryPeriod, known_on: date) -> npt.NDArray[np.int64]:
    """Payments taken back in the period, as far as it is known."""
    table = minimums.payments
    if table.reversed_on is None or not len(table.reversed_on):
        return np.zeros(len(minimums), dtype=WIDE)
    until, known = (
        day_number(day, where="observe_cards", field="day") for day in (period.end, known_on)
    )
    recorded = recorded_days(table.value_date, table.recorded_on)
    is_counted = (table.reversed_on <= min(until, known)) & (recorded <= known)
    if period.start is not None:
        is_counted &= table.reversed_on > day_number(
            period.start, where="observe_cards", field="day"
        )
    return account_sums(table.offsets, is_counted.astype(WIDE))


def _alike(before: tuple[Policy, ...], now: tuple[Policy, ...]) -> Flags:
    """Versions by versions: whether they have one scheme of buckets."""
    if not before:
        return np.zeros((1, len(now)), dtype=np.bool_)
    return np.array([[one.buckets == other.buckets for other in now] for one in before])
