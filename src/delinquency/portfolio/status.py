"""The status of every account of a book, on a day and through time.

The one idea: the versions of law that are in force one after another are folded over the whole book; each
account then stands where it would stand alone.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np

from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.errors import PolicyError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline, versions_between
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.read_only import freeze
from delinquency.portfolio.run import Engine, chosen_engine, thread_count
from delinquency.portfolio.status_answer import PortfolioStatus, StatusChanges
from delinquency.portfolio.status_loop import FoundRows, Judged
from delinquency.portfolio.status_run import fold_book
from delinquency.portfolio.versions import versions_in_force
from delinquency.replaying import known_day_of
from delinquency.status.machine import StatusState

__all__ = ["assess_status"]

_MOST_STATES: Final = 128
"""Places that an int8 column counts."""


def assess_status(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioStatus:
    """Say in which state every account of a book is, at the close of ``as_of`` and of every day before.

    Each account is asked about alone, also by a machine that judges obligors; debtors with all accounts are
    the matter of :func:`~delinquency.portfolio.obligors.assess_obligors`.

    Parameters
    ----------
    book : Portfolio
    as_of : date
        Accounts that begin later are not judged.
    policy : Policy or PolicyTimeline
        With status machines. Under a policy that charges penalty or late fees in the order of payment, and
        for an account with charges, events or a changed schedule, each account is folded by itself.
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
    PolicyNotInForceError
        No version is in force for some account.
    PolicyError
        The policy has no status; its materiality is in another currency; versions that
        judge accounts by the day on which they began ask different questions; a machine has more than 128
        states.

    Examples
    --------
    >>> import delinquency as dq
    >>> from delinquency.sample_book import sample_book
    >>> status = assess_status(
    ...     sample_book(200), as_of=date(2025, 6, 30), policy=dq.rulebook.load("cn-loan"))
    >>> [state.code for state in status.states()]
    ['正常', '关注', '次级', '可疑', '损失']
    >>> status.counts([date(2025, 3, 31), date(2025, 6, 30)]).tolist()
    [[180, 7, 4, 0, 0], [183, 8, 8, 1, 0]]
    """
    used, places = versions_in_force(book, as_of, policy, "assess_status")
    for version in used:
        if not version.status:
            raise PolicyError.at(
                f"policy {version.name!r}", expected="a policy with a status", found="none"
            )
    last = day_number(as_of, where="assess_status", field="as_of")
    known = known_day_of(known_on, "assess_status")
    if places is None:
        versions = _by_date(book, policy, used[0], last)
    else:
        versions = [
            Judged(version, -NONE_DAY, last, places == number)
            for number, version in enumerate(used)
        ]
    _check_questions(versions)
    policies = tuple(version.policy for version in versions)
    _check_states(policies)
    changes, unknown = fold_book(
        book,
        versions,
        as_of=last,
        known=known,
        policy=policy,
        engine=chosen_engine(engine),
        threads=thread_count(threads, len(book)),
    )
    told = PortfolioStatus(
        book, as_of, known_on, policy, policies, _by_machine(changes, policies, len(book)), unknown
    )
    freeze(told)
    for each in told.changes:
        freeze(each)
    return told


def _by_date(
    book: Portfolio, policy: Policy | PolicyTimeline, version: Policy, last: int
) -> list[Judged]:
    """The versions in force since the first account began, one after another without a gap."""
    first = int(book.originated_on.min())
    if first > last:
        return [Judged(version, last, last)]
    return [
        Judged(each, start, end)
        for start, end, each in versions_between(policy, first, last, originated_on=to_date(first))
    ]


def _check_questions(versions: Sequence[Judged]) -> None:
    for before, after in pairwise(versions):
        asked = [[machine.name for machine in each.policy.status] for each in (before, after)]
        if asked[0] != asked[1]:
            raise PolicyError.at(
                f"policy {after.policy.name!r}, status",
                expected=f"the machines {', '.join(asked[0])} in every version that judges the book",
                found=", ".join(asked[1]),
                hint="Take the accounts of each version from the book, and judge them apart.",
            )


def _states_of(policies: Sequence[Policy], place: int) -> dict[str, StatusState]:
    """The states of a machine by code: those of the last version, then those that only an older one had."""
    known: dict[str, StatusState] = {}
    for policy in reversed(policies):
        for state in policy.status[place].states:
            known.setdefault(state.code, state)
    return known


def _check_states(policies: Sequence[Policy]) -> None:
    for place, machine in enumerate(policies[-1].status):
        count = len(_states_of(policies, place))
        if count > _MOST_STATES:
            raise PolicyError.at(
                f"policy {policies[-1].name!r}, status {machine.name!r}",
                expected=f"at most {_MOST_STATES} states in a book",
                found=str(count),
                hint="Ask the accounts one by one: delinquency.assess_status(account, ...).",
            )


def _by_machine(
    changes: Sequence[FoundRows], policies: Sequence[Policy], size: int
) -> tuple[StatusChanges, ...]:
    told: list[StatusChanges] = []
    for place, machine in enumerate(policies[-1].status):
        known = _states_of(policies, place)
        codes = list(known)
        positions = [
            [codes.index(state.code) for state in policy.status[place].states]
            for policy in policies
        ]
        widest = max(map(len, positions))
        table = np.array([[*own, *[0] * (widest - len(own))] for own in positions], dtype=np.int8)
        rows = changes[place]
        # Where there is one version the place of a state is its own.
        state = table[rows.version, rows.state] if len(policies) > 1 else rows.state
        told.append(
            StatusChanges(
                machine.name,
                tuple(known.values()),
                np.concatenate([[0], np.cumsum(np.bincount(rows.account, minlength=size))]).astype(
                    np.int64
                ),
                rows.day,
                state.astype(np.int8),
                rows.rule,
                rows.version,
            )
        )
    return tuple(told)
