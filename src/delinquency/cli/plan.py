"""Putting a plan to an account, both in JSON: the schedule before and after, the reasons, and what rules say.

The one idea: the command reads documents, asks the verbs that everybody calls, and prints; what it writes is
the audit record that a service would keep.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from delinquency import rulebook, serialization
from delinquency.account import Account
from delinquency.cli.documents import read_document, write_document
from delinquency.cli.files import check_opens, is_same
from delinquency.cli.words import said
from delinquency.errors import InvalidValueError
from delinquency.restructuring import (
    PlanFacts,
    Restructured,
    RestructuringPlan,
    load_plan_rules,
    restructure,
    review_plan,
)

if TYPE_CHECKING:
    from delinquency.restructuring import PlanReview

__all__ = ["put_plan"]


def put_plan(options: argparse.Namespace) -> bool:
    """Carry out ``plan``; whether the plan breaks no limit of the rules, if any were given.

    Raises
    ------
    DelinquencyError
        Bad input; a plan that the account cannot have.
    OSError
        A file that cannot be read or written.
    """
    _check_files(options)
    policy = rulebook.load(options.policy)
    account = read_document(Account, options.account)
    plan = read_document(RestructuringPlan, options.plan)
    facts = None if options.facts is None else read_document(PlanFacts, options.facts)
    rules = None if options.rules is None else load_plan_rules(options.rules)
    done = restructure(account, plan, as_of=options.as_of, policy=policy, known_on=options.known_on)
    review = None if rules is None else review_plan(done, rules=rules, facts=facts)
    if options.json:
        print(serialization.to_json(done, indent=2))
    else:
        _print(done, review, options.lang)
    _write(done, options.out, options)
    if review is not None:
        _write(review, options.review_out, options)
    return review is None or review.is_allowed


def _check_files(options: argparse.Namespace) -> None:
    """Refuse flags that need rules, and outputs that are read or written twice, before anything is done."""
    for flag, given in (("--facts", options.facts), ("--review-out", options.review_out)):
        if given is not None and options.rules is None:
            raise InvalidValueError.at(
                flag, expected="--rules NAME-or-FILE beside it", found="no rules"
            )
    read = [options.account, options.plan, Path(options.policy)]
    read += [Path(each) for each in (options.facts, options.rules) if each is not None]
    for flag, path in (("--out", options.out), ("--review-out", options.review_out)):
        if path is None:
            continue
        if any(is_same(path, other) for other in read):
            raise InvalidValueError.at(
                flag,
                expected="a file of its own, that nothing else is read from or written to",
                found=str(path),
            )
        check_opens(path)
        read.append(path)


def _write(
    answer: Restructured | PlanReview, path: Path | None, options: argparse.Namespace
) -> None:
    if path is None:
        return
    write_document(answer, path)
    if not options.json:
        print("\n" + said("record_written", options.lang, path=path))


def _print(done: Restructured, review: PlanReview | None, lang: str) -> None:
    print(done.explanation.to_text(lang=lang))
    if done.schedule_rows:
        print()
        print(done.schedule_text(lang))
    if review is not None:
        print()
        print(review.to_text(lang=lang))
