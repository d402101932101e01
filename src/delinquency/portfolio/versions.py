"""Which version of a policy judges which account, and the ledgers of accounts under their versions.

The one idea: usually the day asked for decides, and one version judges the whole book; where the day of
origination decides, each account has the position of its own.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from delinquency.buckets import Bucket
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline, policy_in_force
from delinquency.portfolio.arrays import empty_more
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Places
from delinquency.portfolio.kernels.layout import LedgerOutputs
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine
from delinquency.portfolio.sweeps import run_ledger
from delinquency.validity import SelectedBy

__all__ = ["ledgers_by_version", "one_scheme", "versions_in_force"]


def versions_in_force(
    book: Portfolio, as_of: date, policy: Policy | PolicyTimeline, verb: str
) -> tuple[tuple[Policy, ...], Places | None]:
    """The versions in use on a date, and for each account the position of its own.

    The positions are ``None`` where one version judges every account.

    Raises
    ------
    InvalidTypeError
        Not a portfolio, a date or a policy.
    PolicyNotInForceError
        No version is in force for some account.
    """
    if not isinstance(book, Portfolio):
        raise InvalidTypeError.at(
            f"portfolio.{verb}",
            expected="a Portfolio",
            found=book,
            hint=f"For one Account use delinquency.{verb}." if verb != "history" else "",
        )
    day_number(as_of, where="portfolio", field="as_of")
    codes: Places | None = None
    used: list[Policy] = []
    if _selected_by(policy) is SelectedBy.AS_OF:
        origin = to_date(int(book.originated_on[0]))
        used.append(policy_in_force(policy, as_of=as_of, originated_on=origin))
    else:
        days, places = np.unique(book.originated_on, return_inverse=True)
        positions: list[int] = []
        for day in days.tolist():
            found = policy_in_force(policy, as_of=as_of, originated_on=to_date(day))
            if found not in used:
                used.append(found)
            positions.append(used.index(found))
        codes = np.array(positions, dtype=np.int16)[places]
    return tuple(used), codes if len(used) > 1 else None


def _selected_by(policy: Policy | PolicyTimeline) -> SelectedBy:
    if isinstance(policy, PolicyTimeline):
        return policy.versions[0].validity.selected_by
    if isinstance(policy, Policy):
        return policy.validity.selected_by
    return SelectedBy.AS_OF


def one_scheme(policies: tuple[Policy, ...], where: str) -> tuple[Bucket, ...]:
    """The buckets that every version uses.

    Raises
    ------
    PolicyError
        Versions have different schemes.
    """
    schemes = {policy.buckets.buckets for policy in policies}
    if len(schemes) > 1:
        raise PolicyError.at(
            where,
            expected="one bucket scheme",
            found=f"{len(schemes)}, because versions differ: "
            + ", ".join(policy.version for policy in policies),
            hint="Ask about accounts or dates under one version at a time.",
        )
    return policies[0].buckets.buckets


def ledgers_by_version(
    book: Portfolio,
    policies: tuple[Policy, ...],
    version: Places | None,
    *,
    as_of: date,
    known_on: date | None,
    next_from: int = -NONE_DAY,
    breakdown: bool = False,
    engine: Engine | None = None,
    threads: int | None = None,
) -> LedgerOutputs:
    """What the ledger of every account knows, each replayed under its own version.

    With ``breakdown`` also the open amounts past due, due and not due, by component.
    """
    whole = empty_more(len(book), breakdown=breakdown)
    for number, used in enumerate(policies):
        rule = rule_numbers(
            used, as_of=as_of, known_on=known_on, currency=book.currency, next_from=next_from
        )
        _, more = run_ledger(book, used, rule, breakdown=breakdown, engine=engine, threads=threads)
        if version is None:
            return more
        chosen = version == number
        for column, told in zip(whole, more, strict=True):
            if len(column):
                column[chosen] = told[chosen]
    return whole
