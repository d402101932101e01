"""Putting a plan to the late accounts of a tape: how many have it, what changes, and who cannot have it.

The one idea: the tape is read as for ``assess``; the plan is put by the verb of a book, and both books are
compared by the verb that everybody calls.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from delinquency import frames, portfolio, rulebook
from delinquency.cli.plan import read_document
from delinquency.cli.tape import carry_out, print_written
from delinquency.cli.words import counted, said
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio import Portfolio, PortfolioRestructuring
from delinquency.restructuring import RestructuringPlan

__all__ = ["put_plans"]

Answers = Mapping[str, PortfolioRestructuring]

_SHOWN = 5
"""Refusals that are printed; all of them are in the file of ``--out``."""


def put_plans(options: argparse.Namespace) -> bool:
    """Carry out ``plans``; whether a row of the tape was quarantined.

    Raises
    ------
    DelinquencyError
        Bad input; with ``--strict`` the first bad row.
    OSError
        A file that cannot be read or written.
    """
    plan = read_document(RestructuringPlan, options.plan)
    judge = partial(_put, plan=plan, over_days=options.over_days)
    return carry_out(options, judge, frames.restructuring_to_frame, _print)


def _put(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None,
    plan: RestructuringPlan,
    over_days: int,
) -> PortfolioRestructuring:
    """The plan put to the accounts that are more than so many days past due."""
    asked: dict[str, Any] = {"as_of": as_of, "policy": policy, "known_on": known_on}
    days = portfolio.days_past_due(book, **asked)
    return portfolio.restructure(book, plan, chosen=np.asarray(days > over_days), **asked)


def _print(answers: Answers, explained: Mapping[str, int], options: argparse.Namespace) -> None:
    lang, policy = options.lang, rulebook.load(options.policy)
    for number, (code, done) in enumerate(answers.items()):
        if number:
            print()
        put, refused = int(done.is_put.sum()), len(done.refusals)
        figures = {
            "accounts": counted(len(done), "account", lang),
            "put": f"{put:,}",
            "without": f"{len(done) - put - refused:,}",
            "refused": f"{refused:,}",
        }
        print(said("plans_put", lang, as_of=done.as_of, currency=code, **figures))
        print()
        print(portfolio.compare_plans(done, policy=policy).to_text(lang=lang))
        for refusal in done.refusals[:_SHOWN]:
            print(f"\n{refusal.reason}")
        if refused > _SHOWN:
            rest = counted(refused - _SHOWN, "account", lang)
            print("\n" + said("more_refused", lang, accounts=rest))
        if code in explained:
            _explain(done, explained[code], lang)
    print_written(sum(map(len, answers.values())), options)


def _explain(done: PortfolioRestructuring, row: int, lang: str) -> None:
    """The reasons of one account: of its plan, of its refusal, or that it was given none."""
    print(f"\n{said('why', lang)}")
    told = done.explain(row) if done.is_put[row] else None
    if told is not None:
        text = told.to_text(lang=lang)
    else:
        text = done.reason(row) or said("no_plan", lang, account=done.before.account_id[row])
    for line in text.splitlines():
        print(f"  {line}")
