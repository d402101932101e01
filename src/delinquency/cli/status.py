"""The status of every account of a tape: how many are in which state, and why one is.

The one idea: each account is judged from its own facts by the verb that everybody calls; the command reads,
counts and prints.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from delinquency import frames, rulebook
from delinquency.cli.files import read_table, write_table
from delinquency.cli.progress import ProgressBar
from delinquency.cli.tape import (
    check_outputs,
    explained_rows,
    inputs_of,
    no_account,
    print_aside,
    read_tape,
)
from delinquency.cli.words import counted, said
from delinquency.status_assessment import StatusAssessment, assess_status
from delinquency.text_layout import aligned

if TYPE_CHECKING:
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.portfolio import Portfolio

__all__ = ["status_of_tape"]


def status_of_tape(options: argparse.Namespace) -> bool:
    """Carry out ``status``; whether anything was quarantined.

    Raises
    ------
    DelinquencyError
        Bad input; a policy without a status; with ``--strict`` the first bad row.
    OSError
        A file that cannot be read or written.
    """
    aside = check_outputs(options)
    policy = rulebook.load(options.policy)
    with ProgressBar(5, quiet=options.quiet) as bar:
        bar.step("reading files")
        tables = {name: read_table(path) for name, path in inputs_of(options).items()}
        bar.step("checking rows")
        reading = read_tape(tables, options)
        explained = explained_rows(reading, options.explain)
        bar.step("assessing")
        books = list(reading.books.values())
        answers = [answer for book in books for answer in _answers(book, policy, options)]
        bar.step("writing")
        if reading.bad_rows is not None:
            write_table(reading.bad_rows, aside)
        if options.out is not None and answers:
            write_table(frames.status_spans_to_frame(answers, "pyarrow"), options.out)
        bar.step("summing up")
    chosen = {reading.books[code].account_id[row] for code, row in explained.items()}
    _print(answers, chosen, sum(map(len, books)), options)
    print_aside(reading, aside, options)
    if not books:
        print(f"\n{said('nothing_left', options.lang)}")
        raise no_account(None if reading.bad_rows is None else aside)
    return reading.bad_rows is not None


def _answers(
    book: Portfolio, policy: PolicyTimeline, options: argparse.Namespace
) -> Iterator[StatusAssessment]:
    """The status of each account that had begun."""
    asked: dict[str, Any] = {"as_of": options.as_of, "known_on": options.known_on}
    for row in range(len(book)):
        account = book.account(row)
        if account.originated_on <= options.as_of:
            yield assess_status(account, policy=policy, **asked)


def _print(
    answers: list[StatusAssessment], chosen: set[str], accounts: int, options: argparse.Namespace
) -> None:
    lang = options.lang
    for line in _tables(answers, lang):
        print(line)
    missing = accounts - len(answers)
    if missing:
        told = counted(missing, "account", lang)
        print("\n" + said("not_begun", lang, accounts=told, as_of=options.as_of))
    named = [answer for answer in answers if answer.account_id in chosen]
    for answer in named if options.explain is not None else _worst(answers):
        print(f"\n{said('why', lang)}")
        for line in answer.explanation.to_text(lang=lang).splitlines():
            print(f"  {line}")
    if options.out is not None and answers:
        told = counted(len(answers), "account", lang)
        print("\n" + said("written", lang, accounts=told, path=options.out))


def _tables(answers: list[StatusAssessment], lang: str) -> Iterator[str]:
    """What each machine says, the last one first, with an empty line between."""
    by_machine: dict[str, list[StatusAssessment]] = {}
    for answer in answers:
        for machine in answer.machines:
            by_machine.setdefault(machine.name, []).append(answer)
    for number, name in enumerate(reversed(by_machine)):
        if number:
            yield ""
        yield from aligned(_table(by_machine[name], name, lang), left=(0, 1))


def _table(answers: list[StatusAssessment], machine: str, lang: str) -> Iterator[tuple[str, ...]]:
    """The states of a machine from best to worst, with how many accounts are in each."""
    yield said("state", lang, machine=machine), said("performing", lang), said("accounts", lang)
    counts = Counter(answer.spans(machine)[-1].state.code for answer in answers)
    rules = next(each for each in answers[-1].machines if each.name == machine)
    for state in rules.states:
        performing = said("yes" if state.is_performing else "no", lang)
        yield state.code, performing, f"{counts[state.code]:,}"


def _worst(answers: list[StatusAssessment]) -> list[StatusAssessment]:
    """The account in the worst state by the last machine, if there is any; of several the first."""
    places = [answer.machines[-1].position(answer.state.code) for answer in answers]
    return [answers[places.index(max(places))]] if places else []
