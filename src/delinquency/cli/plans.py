"""Putting a plan to the late accounts of a tape: how many have it, what changes, and who cannot have it.

The one idea: the tape is read as for ``assess``; the plan is put by the verb of a book, and both books are
compared by the verb that everybody calls.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from delinquency import frames, portfolio, rulebook
from delinquency.cli.documents import read_document
from delinquency.cli.tape import carry_out, print_written
from delinquency.cli.telling import told_error
from delinquency.cli.words import counted, said
from delinquency.errors import DelinquencyError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio import PlanRefusal, Portfolio, PortfolioRestructuring
from delinquency.restructuring import RestructuringPlan

__all__ = ["put_plans"]

Answers = Mapping[str, PortfolioRestructuring]

_SHOWN = 5
"""Kinds of refusal that are printed; every refusal is in the file of ``--out``."""

_SEVERAL = 2

_NUMBER = re.compile(r"[0-9][0-9.,-]*")


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
    return carry_out(options, judge, frames.restructuring_to_frame, _print, _check_any)


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
        _print_refusals(done.refusals, options)
        if code in explained:
            _explain(done, explained[code], lang)
    print_written(sum(map(len, answers.values())), options)


def _print_refusals(refusals: Iterable[PlanRefusal], options: argparse.Namespace) -> None:
    """Print each reason once, with how many accounts it is of, the most frequent first."""
    lang, kinds = options.lang, _kinds(refusals)
    for same in kinds[:_SHOWN]:
        first = {"account": same[0].account_id, "reason": _reason(same[0], lang)}
        rule = "refused_one" if len(same) == 1 else "refused_kind"
        print("\n" + said(rule, lang, accounts=counted(len(same), "account", lang), **first))
    rest = sum(map(len, kinds[_SHOWN:]))
    if rest:
        print("\n" + said("more_refused", lang, accounts=counted(rest, "account", lang)))
    if kinds and options.out is not None:
        print("\n" + said("refused_written", lang, path=options.out))


def _kinds(refusals: Iterable[PlanRefusal]) -> list[list[PlanRefusal]]:
    """Refusals that differ in the account and in numbers alone, together; the most frequent first."""
    found: dict[str, list[PlanRefusal]] = {}
    for each in refusals:
        found.setdefault(_NUMBER.sub("", _reason(each, "en")), []).append(each)
    return sorted(found.values(), key=len, reverse=True)


def _reason(refusal: PlanRefusal, lang: str) -> str:
    """Why an account cannot have its plan, without its name."""
    return told_error(refusal.error, where=_place(refusal), lang=lang)


def _place(refusal: PlanRefusal) -> str:
    """Where in the account it is."""
    account = f"account {refusal.account_id!r}"
    return refusal.error.where.removeprefix(account).removeprefix(", ")


def _check_any(answers: Answers, options: argparse.Namespace) -> None:
    """Refuse a plan that no account can have, where several refuse it for one reason.

    Raises
    ------
    DelinquencyError
        It is one: the mistake is in the plan, or in what the tape says of no account.
    """
    refusals = [each for done in answers.values() for each in done.refusals]
    if not refusals or any(done.is_put.any() for done in answers.values()):
        return
    same, lang = _kinds(refusals)[0], options.lang
    if len(same) < _SEVERAL:
        return
    whom = said(
        "refused_most", lang, accounts=counted(len(same), "account", lang), all=len(refusals)
    )
    error = same[0].error
    raise DelinquencyError.at(
        ", ".join(filter(None, (str(options.plan), whom, _place(same[0])))),
        expected=error.expected,
        found=error.found,
        hint=error.hint,
    )


def _explain(done: PortfolioRestructuring, row: int, lang: str) -> None:
    """The reasons of one account: of its plan, of its refusal, or that it was given none."""
    print(f"\n{said('why', lang)}")
    for line in _why(done, row, lang).splitlines():
        print(f"  {line}")


def _why(done: PortfolioRestructuring, row: int, lang: str) -> str:
    if done.is_put[row]:
        return done.explain(row).to_text(lang=lang)
    account = done.before.account_id[row]
    for refusal in done.refusals:
        if refusal.row == row:
            return said("refused_one", lang, account=account, reason=_reason(refusal, lang))
    return said("no_plan", lang, account=account)
