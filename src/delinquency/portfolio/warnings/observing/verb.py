"""Observing every account of a book over the same periods: the same verb as for one account.

The one idea: each column equals the scalar verb on every row. Accounts that settle oldest first go forward
from close to close; the few that need their debts laid out are observed one by one.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.account import Account
from delinquency.calendar import NONE_DAY, day_number
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.observing.account_verb import (
    ACCOUNT_OBSERVATIONS,
    observed_numbers,
)
from delinquency.early_warning.observing.month_periods import HistoryPeriod, history_periods
from delinquency.early_warning.observing.months_since import MONTHS_SINCE
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline, check_policy
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.assessment import assess
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.cards.book import CardBook
from delinquency.portfolio.disputed import are_disputed
from delinquency.portfolio.history import recorded_late
from delinquency.portfolio.readings import DAY_COUNTS
from delinquency.portfolio.run import Engine, chosen_engine, in_blocks, thread_count
from delinquency.portfolio.sweep_choice import sweep_choice
from delinquency.portfolio.versions import versions_in_force
from delinquency.portfolio.warnings.months_since import months_since
from delinquency.portfolio.warnings.observing.by_ledgers import sweep_ledgers
from delinquency.portfolio.warnings.observing.by_totals import sweep_totals, totals_tell
from delinquency.portfolio.warnings.observing.closes import (
    ObservedClose,
    column_type,
    observed_closes,
    runs_of,
)
from delinquency.portfolio.warnings.observing.promises import broken_by_account, checked_by_account
from delinquency.portfolio.warnings.panel import ObservationPanel, panel_of_book
from delinquency.replaying import known_day_of
from delinquency.restructuring.following.promises import PromiseToPay
from delinquency.sequences import checked_tuple

__all__ = ["observe", "observed_columns"]

Column = npt.NDArray[Any]


def observe(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    periods: int = 12,
    dates: Iterable[date] | None = None,
    known_on: date | None = None,
    promises: Mapping[str, Iterable[PromiseToPay]] | None = None,
    names: Iterable[str] | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> ObservationPanel:
    """Observe every account of a book at the ends of the periods up to ``as_of``, each as known then.

    What is observed, and of which days, is told at
    :func:`~delinquency.early_warning.observing.account_verb.observe`; every account of the answer equals it.

    Parameters
    ----------
    book : Portfolio
    as_of, policy, periods, dates, known_on
        As for one account; leave ``known_on`` out where rules are back-tested, for a later day is hindsight.
    promises : mapping of str to iterable of PromiseToPay, optional
        By the id of the account; of an account without a promise none was broken. None given is not none
        made.
    names : iterable of str, optional
        Which observations; default all of them.
    engine : Engine, optional
        Default: compiled where numba is there. The answers are equal.
    threads : int, optional
        Default: two for books of more than 32,768 accounts.

    Returns
    -------
    ObservationPanel

    Raises
    ------
    InvalidTypeError
        An account, a book of cards or what else is no portfolio; wrong types.
    InvalidValueError
        Periods or dates that are refused; a name that an account does not tell; a promise that is refused.
    PortfolioError
        A promise of an account that is not in the book.
    PolicyNotInForceError
        No version is in force for some account.

    Notes
    -----
    Accounts whose order of payment depends on more than the age of the debts, and those with a charge, a
    decision, a changed schedule or a dispute, are observed one by one.

    Examples
    --------
    Due on 31 January and not paid: on that day nothing is late, a month later it is.

    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> book = dq.portfolio.Portfolio.from_accounts([account])
    >>> policy = dq.rulebook.load("founding-report")
    >>> seen = dq.portfolio.observe(book, as_of=date(2025, 2, 28), policy=policy, periods=2)
    >>> seen.account(0).numbers["days_past_due"], seen.account(0).numbers["rolled_forward"]
    ((0, 28), (0, 1))
    """
    _check_book(book)
    told = history_periods(as_of, periods, dates, "portfolio.observe")
    check_policy(policy)
    known_day_of(known_on, "portfolio.observe")
    wanted = _checked_names(names, promises)
    own = [name for name in wanted if name in ACCOUNT_OBSERVATIONS]
    columns = observed_columns(book, told, policy, own, known_on, engine, threads)
    if promises is not None and "broken_promises" in wanted:
        kept = checked_by_account(book, promises, as_of)
        columns["broken_promises"] = broken_by_account(book, kept, told, known_on)
    return panel_of_book(
        book,
        tuple(period.end for period in told),
        {name: CATALOGUE[name] for name in wanted},
        {name: columns[name] for name in wanted},
    )


def _check_book(book: object) -> None:
    if isinstance(book, Portfolio):
        return
    hint = "Portfolio.from_accounts makes one of accounts, frames.read one of data frames."
    if isinstance(book, Account):
        hint = "For one Account use delinquency.observe."
    elif isinstance(book, CardBook):
        hint = "For a CardBook use portfolio.observe_cards."
    raise InvalidTypeError.at("portfolio.observe", expected="a Portfolio", found=book, hint=hint)


def _checked_names(names: Iterable[str] | None, promises: object) -> tuple[str, ...]:
    every: tuple[str, ...] = ACCOUNT_OBSERVATIONS
    if promises is not None:
        every = (*every, "broken_promises")
    if names is None:
        return every
    wanted = checked_tuple(names, str, "portfolio.observe, names")
    for name in wanted:
        if name not in every:
            hint = "Give promises=..." if name == "broken_promises" else ""
            raise InvalidValueError.at(
                "portfolio.observe, names",
                expected=f"any of {', '.join(every)}",
                found=repr(name),
                hint=hint,
            )
    if not wanted:
        raise InvalidValueError.at("portfolio.observe, names", expected="a name", found="none")
    return tuple(dict.fromkeys(wanted))


def observed_columns(
    book: Portfolio,
    told: Sequence[HistoryPeriod],
    policy: Policy | PolicyTimeline,
    names: Sequence[str],
    known_on: date | None,
    engine: Engine | None,
    threads: int | None,
) -> dict[str, Column]:
    """By name one number for each period and account; see :func:`observe`."""
    read = (MONTHS_SINCE[name].name for name in names if name in MONTHS_SINCE)
    swept = [name for name in dict.fromkeys((*names, *read)) if name not in MONTHS_SINCE]
    columns = _swept_columns(book, told, policy, swept, known_on, engine, threads)
    for name in names:
        if name in MONTHS_SINCE:
            seen = MONTHS_SINCE[name]
            columns[name] = months_since(columns[seen.name], seen.least)
    return {name: columns[name] for name in names}


def _swept_columns(
    book: Portfolio,
    told: Sequence[HistoryPeriod],
    policy: Policy | PolicyTimeline,
    names: Sequence[str],
    known_on: date | None,
    engine: Engine | None,
    threads: int | None,
) -> dict[str, Column]:
    """The same of the names that need the accounts themselves."""
    shape = (len(told), len(book))
    columns: dict[str, Column] = {name: np.empty(shape, dtype=column_type(name)) for name in names}
    groups = _groups(book, told, policy)
    if len(groups) == 1:
        _fill(columns, book, told, policy, known_on, engine, threads)
        return columns
    for version, rows in groups:
        few = _swept_columns(book.take(rows), told, version, names, known_on, engine, threads)
        for name, column in few.items():
            columns[name][:, rows] = column
    return columns


def _groups(
    book: Portfolio, told: Sequence[HistoryPeriod], policy: Policy | PolicyTimeline
) -> list[tuple[Policy | PolicyTimeline, Any]]:
    """The accounts of each version, where the day of origination decides; else the whole book."""
    if day_number(told[-1].end, where="observe", field="as_of") < int(book.originated_on.min()):
        return [(policy, None)]
    used, codes = versions_in_force(book, told[-1].end, policy, "observe")
    if codes is None:
        return [(policy, None)]
    return [(version, np.flatnonzero(codes == number)) for number, version in enumerate(used)]


def _fill(
    columns: Mapping[str, Column],
    book: Portfolio,
    told: Sequence[HistoryPeriod],
    policy: Policy | PolicyTimeline,
    known_on: date | None,
    engine: Engine | None,
    threads: int | None,
) -> None:
    closes = observed_closes(book, told, policy, known_on)
    begun = {close.place for close in closes}
    for column in columns.values():
        for place in set(range(len(told))) - begun:
            column[place] = np.iinfo(column.dtype).min
    runs = runs_of(closes)
    alone = are_disputed(book)
    for version, _ in runs:
        alone = alone | version.makes_debts | sweep_choice(book, version).beside_prefixes
    restarts = recorded_late(book) | _taken_back(book)
    rolls = "rolled_forward" in columns
    buckets = np.zeros((len(closes) if rolls else 0, len(book)), dtype=np.int8)
    kind, workers = chosen_engine(engine), thread_count(threads, len(book))
    for version, run in runs:
        sweep = sweep_totals if totals_tell(version, book.currency) else sweep_ledgers
        sweep(book, version, run, columns, buckets, alone, restarts, kind, workers)
    if rolls:
        _read_buckets(book, closes, buckets, kind, workers)
        _tell_rolls(book, closes, buckets, columns["rolled_forward"], workers)
    for row in np.flatnonzero(alone).tolist():
        numbers = observed_numbers(book.account(row), told, policy, known_on, None, "observe")
        for name, column in columns.items():
            unknown = np.iinfo(column.dtype).min
            column[:, row] = [unknown if each is None else each for each in numbers[name]]


def _taken_back(book: Portfolio) -> npt.NDArray[np.bool_]:
    """Accounts with a payment that was ever taken back."""
    flags = np.zeros(len(book), dtype=np.bool_)
    if book.payments.reversed_on is not None:
        rows = np.flatnonzero(book.payments.reversed_on != NONE_DAY)
        flags[account_of_rows(book.payments.offsets, rows)] = True
    return flags


def _read_buckets(
    book: Portfolio,
    closes: Sequence[ObservedClose],
    buckets: npt.NDArray[np.int8],
    engine: Engine,
    workers: int,
) -> None:
    """Where buckets do not read days, ask for those of each close."""
    for number, close in enumerate(closes):
        if close.version.buckets.reads not in DAY_COUNTS:
            buckets[number] = assess(
                book,
                as_of=close.day,
                policy=close.version,
                known_on=close.known_on,
                engine=engine,
                threads=workers,
            ).bucket


def _tell_rolls(
    book: Portfolio,
    closes: Sequence[ObservedClose],
    buckets: npt.NDArray[np.int8],
    column: Column,
    workers: int,
) -> None:
    unknown = np.iinfo(column.dtype).min

    def work(first: int, last: int) -> None:
        begun = book.originated_on[first:last]
        for number, close in enumerate(closes):
            if close.place < 0:
                continue
            told = column[close.place, first:last]
            before = closes[number - 1] if number else None
            if before is None or before.version.buckets != close.version.buckets:
                told[...] = unknown
                continue
            day = day_number(before.day, where="observe", field="dates")
            np.greater(buckets[number, first:last], buckets[number - 1, first:last], out=told)
            np.copyto(told, unknown, where=begun > day)

    in_blocks(work, len(book), workers)
