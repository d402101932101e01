"""Every debtor of a book, with all accounts: the verb for one debtor, over columns.

The one idea: accounts are answered as a book, and what they give their debtors is added up or compared in
columns. Only debtors of several accounts that a machine judges as a whole are folded one by one; they are
few.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.level import Level
from delinquency.obligor_answer import worst_state
from delinquency.obligor_assessment import check_scales
from delinquency.obligor_status import Sums, check_levels, statuses_of_obligor
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.assessment import assess_as
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Minor
from delinquency.portfolio.kernels.status_layout import NOT_JUDGED
from delinquency.portfolio.obligor_answer import ObligorStates, PortfolioObligors
from delinquency.portfolio.read_only import freeze
from delinquency.portfolio.run import Engine
from delinquency.portfolio.status import assess_status
from delinquency.portfolio.status_answer import PortfolioStatus
from delinquency.portfolio.text_column import TextColumn
from delinquency.rounding import Proportion

__all__ = ["assess_obligors"]

_NO_ROW = -1


def assess_obligors(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioObligors:
    """Say how late every debtor of a book is with all accounts together at the close of ``as_of``.

    Debtors stand in order of id; the order of the rows of the book has no influence.

    Parameters
    ----------
    book : Portfolio
        With ``obligor_id`` of every account.
    as_of : date
    policy : Policy or PolicyTimeline
    known_on : date, optional
        As for one account.
    engine : Engine, optional
        Default: compiled where numba is there. The answers are equal.
    threads : int, optional
        As for :func:`~delinquency.portfolio.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        Not a portfolio, a date or a policy.
    InvalidValueError
        As of :func:`~delinquency.obligor_assessment.assess_obligor`; a sum beyond 64 bits.
    PortfolioError
        An account without an obligor.
    PolicyNotInForceError
        No version is in force for some account.
    PolicyError
        As of :func:`~delinquency.obligor_assessment.assess_obligor` and
        :func:`~delinquency.portfolio.status.assess_status`; versions with different buckets or states, by
        which no account of the book is the worst.

    Examples
    --------
    A borrower in India whose NPA facility was paid stays NPA while the other one is late:

    >>> import delinquency as dq
    >>> def loan(name, obligor, due, *payments):
    ...     schedule = dq.Schedule(dq.Currency.of("INR"), [dq.Instalment(due, 100)])
    ...     return dq.Account(account_id=name, obligor_id=obligor, originated_on=date(2024, 1, 1),
    ...         schedule=schedule, payments=payments)
    >>> paid = dq.Payment(date(2024, 7, 10), 100)
    >>> book = Portfolio.from_accounts([loan("A-1", "Bo", date(2024, 3, 31), paid),
    ...     loan("A-2", "Bo", date(2024, 6, 30)), loan("A-3", "Al", date(2024, 6, 30))])
    >>> answer = assess_obligors(book, as_of=date(2024, 7, 12), policy=dq.rulebook.load("in-sma"))
    >>> list(answer.obligor_id), answer.days_past_due.tolist(), answer.by().codes().tolist()
    (['Al', 'Bo'], [13, 13], ['SMA-0', 'substandard'])
    """
    if not isinstance(book, Portfolio):
        raise InvalidTypeError.at(
            "portfolio.assess_obligors",
            expected="a Portfolio",
            found=book,
            hint="For the accounts of one obligor use delinquency.assess_obligor.",
        )
    groups = _groups(book)
    told = assess_as(book, as_of, policy, known_on, engine, threads, "assess_obligors")
    check_scales(told.policies)
    exposure = told.exposure(engine=engine, threads=threads)
    oldest = groups.first_of_most(told.days_past_due)
    worst = groups.first_of_most(told.bucket)
    states: tuple[ObligorStates, ...] = ()
    if told.policies[0].status:
        status = assess_status(
            book, as_of=as_of, policy=policy, known_on=known_on, engine=engine, threads=threads
        )
        states = _states(groups, status)
    answer = PortfolioObligors(
        book,
        as_of,
        known_on,
        policy,
        told.policies,
        groups.obligor_id,
        groups.offsets,
        groups.rows,
        told.days_past_due[oldest],
        told.bucket[worst],
        groups.sums(told.arrears),
        groups.sums(exposure),
        ~groups.any(told.arrears > 0),
        oldest,
        worst,
        states,
    )
    freeze(answer)
    for each in states:
        freeze(each)
    return answer


class _Groups(NamedTuple):
    """The accounts of a book by debtor."""

    obligor_id: TextColumn
    offsets: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    """Those of one debtor in order of account id."""
    group: npt.NDArray[np.int64]
    """For each of the rows the place of its debtor."""

    def first_of_most(self, values: Any) -> npt.NDArray[np.int64]:
        """The row of the account with the largest value of each debtor; of several the first."""
        ordered = values[self.rows]
        most = np.maximum.reduceat(ordered, self.offsets[:-1])
        places = np.flatnonzero(ordered == most[self.group])
        firsts = np.unique(self.group[places], return_index=True)[1]
        return self.rows[places[firsts]]

    def sums(self, amounts: Minor) -> Minor:
        """The sum of amounts of each debtor.

        Raises
        ------
        InvalidValueError
            One is beyond 64 bits.
        """
        ordered = amounts[self.rows]
        if int(ordered.max(initial=0)) * int(np.diff(self.offsets).max()) >= 2**63:
            exact = np.add.reduceat(ordered.astype(object), self.offsets[:-1])
            if int(exact.max()) >= 2**63:
                raise InvalidValueError.at(
                    "portfolio.assess_obligors, sums",
                    expected=f"at most {2**63 - 1} minor units",
                    found=str(exact.max()),
                )
        return np.add.reduceat(ordered, self.offsets[:-1])

    def any(self, flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Whether any account of each debtor is flagged."""
        return np.logical_or.reduceat(flags[self.rows], self.offsets[:-1])


def _groups(book: Portfolio) -> _Groups:
    """The accounts by debtor.

    Raises
    ------
    PortfolioError
        An account without one.
    """
    names = [""] * len(book) if book.obligor_id is None else list(book.obligor_id)
    without = [row for row, name in enumerate(names) if not name]
    if without:
        raise PortfolioError.in_rows(
            "accounts.obligor_id",
            without,
            reason="empty_id",
            expected="an obligor_id",
            found="none",
            hint="Say whose each account is; the id of the account where it has no other.",
        )
    by_account = np.array(
        sorted(range(len(book)), key=list(book.account_id).__getitem__), dtype=np.int64
    )
    known = sorted(set(names))
    places = {name: place for place, name in enumerate(known)}
    of_row = np.array([places[name] for name in names], dtype=np.int64)
    rows = by_account[np.argsort(of_row[by_account], kind="stable")]
    counts = np.bincount(of_row)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return _Groups(TextColumn.of(known), offsets, rows, of_row[rows])


def _states(groups: _Groups, status: PortfolioStatus) -> tuple[ObligorStates, ...]:
    """By each machine the state of every debtor."""
    found = [
        _worst_of_accounts(groups, status, machine.name, machine.level)
        for machine in status.policies[-1].status
    ]
    if any(each.level is Level.OBLIGOR for used in status.policies for each in used.status):
        check_levels(status.policies)
        for place, states in _of_wholes(groups, status):
            for told, (state, since, row) in zip(found, states, strict=True):
                told.state[place], told.since[place], told.account_row[place] = state, since, row
    return tuple(found)


def _worst_of_accounts(
    groups: _Groups, status: PortfolioStatus, machine: str, level: Level
) -> ObligorStates:
    """The worst state of the accounts of each debtor, each asked about alone."""
    state = status.on(status.as_of, machine)
    rows = groups.first_of_most(state)
    told = state[rows]
    is_given = (told != NOT_JUDGED) & (level is Level.ACCOUNT)
    return ObligorStates(
        machine,
        status.states(machine),
        told,
        status.since_by(machine)[rows],
        np.where(is_given, rows, _NO_ROW),
    )


def _of_wholes(
    groups: _Groups, status: PortfolioStatus
) -> Iterator[tuple[int, list[tuple[int, int, int]]]]:
    """The debtors of several accounts, each with its state, since and row by every machine."""
    book = status.book
    sums = Sums(book.currency, {book.currency: Proportion(1, 1)})
    places = [
        {state.code: place for place, state in enumerate(told.states)} for told in status.changes
    ]
    last = day_number(status.as_of, where="assess_obligors", field="as_of")
    for place in np.flatnonzero(np.diff(groups.offsets) > 1).tolist():
        own = groups.rows[groups.offsets[place] : groups.offsets[place + 1]]
        begun = own[book.originated_on[own] <= last].tolist()
        rows = {book.account_id[row]: row for row in begun}
        if not rows:
            continue
        _, statuses = statuses_of_obligor(
            [book.account(row) for row in begun],
            as_of=status.as_of,
            policy=status.policy,
            known_on=status.known_on,
            sums=sums,
        )
        states: list[tuple[int, int, int]] = []
        for codes, machine in zip(places, status.machines, strict=True):
            worst = worst_state(statuses, machine)
            since = day_number(worst.since, where="assess_obligors", field="since")
            row = _NO_ROW if worst.account_id is None else rows[worst.account_id]
            states.append((codes[worst.state.code], since, row))
        yield place, states
