"""A book at the close of many days: accounts by dates, in one sweep where totals decide.

The one idea: each column equals :func:`~delinquency.portfolio.assessment.assess` on its date, as it is
known now or as it was known then. Accounts whose totals do not decide, and those with
a dispute, are answered date by date.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.buckets import Bucket
from delinquency.calendar import NONE_DAY, day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.arrays import book_arrays
from delinquency.portfolio.assessment import PortfolioAssessment, assess
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Codes, Days, Minor
from delinquency.portfolio.disputed import are_disputed
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.readings import DAY_COUNTS
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine, chosen_engine, in_blocks, thread_count
from delinquency.portfolio.sweep_choice import sweep_choice
from delinquency.portfolio.sweeps import run_as_of
from delinquency.portfolio.versions import one_scheme, versions_in_force
from delinquency.sequences import checked_tuple

__all__ = ["PortfolioHistory", "history", "recorded_late"]


@attrs.frozen(slots=True, eq=False)
class PortfolioHistory:
    """What a policy says of every account of a book at the close of each of many days.

    Attributes
    ----------
    book : Portfolio
    dates : tuple of date
    policy : Policy or PolicyTimeline
        As given; the version in force on each date was used.
    policies : tuple of Policy
        The versions used, in order of first use.
    days_past_due, delinquent_days : int32 array, accounts by dates [days]
    arrears : int64 array, accounts by dates [minor units]
    bucket : int8 array, accounts by dates
        The position of the bucket in the scheme of the version.
    as_known : bool
        Whether each date was told as it was known on that date.
    """

    book: Portfolio
    dates: tuple[date, ...]
    policy: Policy | PolicyTimeline
    policies: tuple[Policy, ...]
    days_past_due: Days
    delinquent_days: Days
    arrears: Minor
    bucket: Codes
    as_known: bool = False

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.dates)

    def __repr__(self) -> str:
        known = ", each as known then" if self.as_known else ""
        return (
            f"PortfolioHistory({len(self)} dates from {self.dates[0]} to {self.dates[-1]}{known}, "
            f"{self.policy.name}, {len(self.book):,} accounts)"
        )

    def at(self, close: int) -> PortfolioAssessment:
        """The whole answer for one of the dates, by its place.

        Raises
        ------
        IndexError
            No such place.
        """
        if not 0 <= close < len(self):
            message = f"close {close} of a history of {len(self)}"
            raise IndexError(message)
        return assess(
            self.book,
            as_of=self.dates[close],
            policy=self.policy,
            known_on=self.known_on(close),
        )

    def known_on(self, close: int) -> date | None:
        """The day up to which the facts of a date were known; ``None`` where all of them count."""
        return self.dates[close] if self.as_known else None

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """The buckets that ``bucket`` counts through.

        Raises
        ------
        PolicyError
            Dates or accounts fall under versions with different schemes; see :meth:`at`.
        """
        return one_scheme(self.policies, "portfolio history, buckets")

    def bucket_counts(self) -> npt.NDArray[np.int64]:
        """Accounts in each bucket, dates by buckets.

        Raises
        ------
        PolicyError
            As :attr:`buckets`.
        """
        width = len(self.buckets)
        return np.stack(
            [np.bincount(self.bucket[:, close], minlength=width) for close in range(len(self))]
        )

    def bucket_codes(self) -> npt.NDArray[np.str_]:
        """The bucket code of each account on each date, as text, accounts by dates.

        Raises
        ------
        PolicyError
            As :attr:`buckets`.
        """
        return np.array([bucket.code for bucket in self.buckets])[self.bucket]

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an account and date: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.history_to_frame(self, backend)


def history(
    book: Portfolio,
    *,
    dates: Iterable[date],
    policy: Policy | PolicyTimeline,
    as_known: bool = False,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioHistory:
    """Say how late every account of a book is at the close of each of many days.

    Parameters
    ----------
    book : Portfolio
    dates : iterable of date
        In order, each once.
    policy : Policy or PolicyTimeline
        A timeline gives the version in force on each date.
    as_known : bool, default False
        Tell each date as it was known on that date, as ``assess(..., known_on=date)`` does: what was
        reported then. Accounts with a fact that was recorded late are answered date by date.
    engine : Engine, optional
        Default: compiled where numba is there. The answers are equal.
    threads : int, optional
        As for :func:`~delinquency.portfolio.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        Not a portfolio, not dates, ``as_known`` not true or false.
    InvalidValueError
        No date; dates out of order, or one twice.
    PolicyNotInForceError
        No version is in force on one of the dates.

    Examples
    --------
    >>> import delinquency as dq
    >>> from delinquency.sample_book import sample_book
    >>> ends = [date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 30)]
    >>> told = history(sample_book(200), dates=ends, policy=dq.rulebook.load("founding-report"))
    >>> told.bucket_counts()[:, 0].tolist()
    [189, 187, 186]
    """
    if not isinstance(book, Portfolio):
        raise InvalidTypeError.at("portfolio.history", expected="a Portfolio", found=book)
    if not isinstance(as_known, bool):
        raise InvalidTypeError.at(
            "portfolio.history, as_known", expected="True or False", found=as_known
        )
    closes = _checked(dates)
    size = len(book)
    runs, used = _by_version(book, closes, policy)
    told = PortfolioHistory(
        book,
        closes,
        policy,
        used,
        np.empty((size, len(closes)), dtype=np.int32),
        np.empty((size, len(closes)), dtype=np.int32),
        np.empty((size, len(closes)), dtype=np.int64),
        np.empty((size, len(closes)), dtype=np.int8),
        as_known,
    )
    kind = chosen_engine(engine)
    for version, places in runs:
        _fill(told, version, places, kind, thread_count(threads, size))
    freeze(told)
    return told


def _checked(dates: Iterable[date]) -> tuple[date, ...]:
    closes = checked_tuple(dates, date, "portfolio.history, dates")
    days = [day_number(day, where="portfolio.history", field="dates") for day in closes]
    if not days:
        raise InvalidValueError.at("portfolio.history, dates", expected="a date", found="none")
    for earlier, later in pairwise(closes):
        if later <= earlier:
            raise InvalidValueError.at(
                "portfolio.history, dates",
                expected=f"a date after {earlier}",
                found=str(later),
                hint="Dates must be in order, each once.",
            )
    return closes


def _by_version(
    book: Portfolio, closes: tuple[date, ...], policy: Policy | PolicyTimeline
) -> tuple[list[tuple[Policy | None, list[int]]], tuple[Policy, ...]]:
    """Runs of dates under one version, ``None`` where accounts of one date differ; all versions."""
    runs: list[tuple[Policy | None, list[int]]] = []
    every: list[Policy] = []
    for place, close in enumerate(closes):
        used, _ = versions_in_force(book, close, policy, "history")
        every += [found for found in used if found not in every]
        version = used[0] if len(used) == 1 else None
        if runs and runs[-1][0] is version:
            runs[-1][1].append(place)
        else:
            runs.append((version, [place]))
    return runs, tuple(every)


def _fill(
    told: PortfolioHistory, version: Policy | None, places: list[int], engine: Engine, workers: int
) -> None:
    """Answer the dates at ``places``, in one sweep where that can be done."""
    choice = None
    if version is not None and engine is Engine.COMPILED and version.buckets.reads in DAY_COUNTS:
        choice = sweep_choice(told.book, version)
    if version is None or choice is None or not choice.totals_decide:
        for place in places:
            _copy(told, place, _whole(told, place, engine, workers), None)
        return
    rest = choice.beside_totals | are_disputed(told.book)
    if told.as_known:
        rest = rest | recorded_late(told.book)
    _sweep(told, version, places, rest, workers)
    rows = np.flatnonzero(rest)
    if not len(rows):
        return
    few = told.book.take(rows)
    for place in places:
        rule = rule_numbers(
            version,
            as_of=told.dates[place],
            known_on=told.known_on(place),
            currency=few.currency,
        )
        _copy(told, place, run_as_of(few, version, rule, engine=engine, threads=1), rows)


def recorded_late(book: Portfolio) -> npt.NDArray[np.bool_]:
    """Accounts with a payment or suspension that the books knew only after its own day.

    Of all others each close knew exactly what a sweep up to it has seen.
    """
    flags = np.zeros(len(book), dtype=np.bool_)
    tables = [(book.payments.offsets, book.payments.value_date, book.payments.recorded_on)]
    if book.suspensions is not None:
        table = book.suspensions
        tables.append((table.offsets, table.start, table.recorded_on))
    for offsets, own, recorded in tables:
        if recorded is not None:
            late = np.flatnonzero((recorded > own) & (recorded != NONE_DAY))
            flags[account_of_rows(offsets, late)] = True
    return flags


def _whole(told: PortfolioHistory, place: int, engine: Engine, workers: int) -> Any:
    return assess(
        told.book,
        as_of=told.dates[place],
        policy=told.policy,
        known_on=told.known_on(place),
        engine=engine,
        threads=workers,
    )


def _copy(told: PortfolioHistory, place: int, answer: Any, rows: Any) -> None:
    chosen = slice(None) if rows is None else rows
    for name in ("days_past_due", "delinquent_days", "arrears", "bucket"):
        getattr(told, name)[chosen, place] = getattr(answer, name)


def _sweep(
    told: PortfolioHistory, version: Policy, places: list[int], rest: Any, workers: int
) -> None:
    from delinquency.portfolio.kernels.history import HistoryOutputs, history_totals

    arrays = book_arrays(told.book)
    dates = [told.dates[place] for place in places]
    rule = rule_numbers(version, as_of=dates[0], known_on=None, currency=told.book.currency)
    closes = np.array([day_number(day, where="history", field="dates") for day in dates])
    span = slice(places[0], places[-1] + 1)
    out = HistoryOutputs(
        told.days_past_due[:, span],
        told.delinquent_days[:, span],
        told.arrears[:, span],
        told.bucket[:, span],
    )
    in_blocks(
        lambda first, last: history_totals(arrays, rule, closes, rest, out, first, last),
        len(told.book),
        workers,
    )
