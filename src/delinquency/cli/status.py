"""The status of every account of a tape: how many are in which state, and why one is.

The one idea: the book is judged by the verb that everybody calls; the command counts and prints.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

import numpy as np

from delinquency import frames, portfolio
from delinquency.cli.tape import carry_out, print_written
from delinquency.cli.words import counted, said
from delinquency.level import Level
from delinquency.text_layout import aligned

__all__ = ["status_of_tape"]

Answers = Mapping[str, portfolio.PortfolioStatus]


def status_of_tape(options: argparse.Namespace) -> bool:
    """Carry out ``status``; whether anything was quarantined.

    Raises
    ------
    DelinquencyError
        Bad input; a policy without a status; with ``--strict`` the first bad row.
    OSError
        A file that cannot be read or written.
    """
    return carry_out(options, portfolio.assess_status, frames.status_to_frame, _print)


def _print(answers: Answers, explained: Mapping[str, int], options: argparse.Namespace) -> None:
    lang = options.lang
    missing = sum(int((answer.state < 0).sum()) for answer in answers.values())
    judged = sum(map(len, answers.values())) - missing
    if judged:
        for line in _tables(answers, lang):
            print(line)
        for line in _cautions(answers, lang):
            print(f"\n{line}")
    if missing:
        told = counted(missing, "account", lang)
        print("\n" + said("not_begun", lang, accounts=told, as_of=options.as_of))
    rows = explained if options.explain is not None else _worst(answers)
    for code, row in rows.items():
        if answers[code].state[row] >= 0:
            print(f"\n{said('why', lang)}")
            for line in answers[code].account(row).explanation.to_text(lang=lang).splitlines():
                print(f"  {line}")
    print_written(judged, options)


def _cautions(answers: Answers, lang: str) -> Iterator[str]:
    """What no table says: of whom a rule could not be asked, and who is judged with other accounts."""
    for place, name in enumerate(next(iter(answers.values())).machines):
        unknown = sum(int(answer.not_assessed[:, place].sum()) for answer in answers.values())
        if unknown:
            told = counted(unknown, "account", lang)
            yield said("not_assessed", lang, machine=name, accounts=told)
        judges = {
            machine.level
            for answer in answers.values()
            for machine in answer.policies[-1].status
            if machine.name == name
        }
        if Level.OBLIGOR in judges:
            yield said("alone", lang, machine=name)


def _tables(answers: Answers, lang: str) -> Iterator[str]:
    """What each machine says, the last one first, with an empty line between."""
    machines = next(iter(answers.values())).machines
    for number, name in enumerate(reversed(machines)):
        if number:
            yield ""
        yield from aligned(_table(answers, name, lang), left=(0, 1))


def _table(answers: Answers, machine: str, lang: str) -> Iterator[tuple[str, ...]]:
    """The states of a machine from best to worst, with how many accounts are in each."""
    yield said("state", lang, machine=machine), said("performing", lang), said("accounts", lang)
    counts = sum(answer.counts([answer.as_of], machine)[0] for answer in answers.values())
    states = next(iter(answers.values())).states(machine)
    for state, count in zip(states, np.atleast_1d(counts).tolist(), strict=True):
        performing = said("yes" if state.is_performing else "no", lang)
        yield state.code, performing, f"{count:,}"


def _worst(answers: Answers) -> dict[str, int]:
    """The first account in the worst state by the last machine, with the currency of its book."""
    found: dict[str, int] = {}
    worst = -1
    for code, answer in answers.items():
        state = answer.state
        if len(state) and int(state.max()) > worst:
            row = int(state.argmax())
            worst, found = int(state[row]), {code: row}
    return found
