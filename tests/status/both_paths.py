"""One account asked alone and as a book: codes, days and rules of every machine must be the same.

The one idea: whoever asks for a status in a test gets the answer of the account, and has asked the book too.
"""

from __future__ import annotations

from datetime import date

import delinquency as dq
from delinquency.portfolio import Portfolio
from delinquency.portfolio.status import assess_status
from delinquency.portfolio.status_answer import PortfolioStatus
from delinquency.status import StatusExit, StatusMachine, StatusTrigger
from delinquency.status_assessment import StatusAssessment

__all__ = ["asked_both_ways", "row_differences"]


def asked_both_ways(
    account: dq.Account,
    *,
    as_of: date,
    policy: dq.Policy | dq.PolicyTimeline,
    known_on: date | None = None,
) -> StatusAssessment:
    """The answer for the account, which a book of it alone gives too."""
    alone = dq.assess_status(account, as_of=as_of, policy=policy, known_on=known_on)
    book = Portfolio.from_accounts([account])
    told = assess_status(book, as_of=as_of, policy=policy, known_on=known_on)
    assert row_differences(told, 0, alone) == []
    return alone


def row_differences(told: PortfolioStatus, row: int, alone: StatusAssessment) -> list[str]:
    """What a book says otherwise of an account than the account alone; nothing where they agree."""
    found = []
    for place, machine in enumerate(alone.machines):
        changes = told.changes[place]
        rows = range(changes.offsets[row], changes.offsets[row + 1])
        book = [
            (
                int(changes.day[at]),
                changes.states[changes.state[at]].code,
                _rule(told.policies[changes.version[at]].status[place], int(changes.rule[at])),
                told.policies[changes.version[at]].validity,
            )
            for at in rows
        ]
        one = [
            (
                change.day,
                alone.policies[change.era].status[place].states[change.state].code,
                change.rule,
                alone.policies[change.era].validity,
            )
            for change in alone.folded.changes[place]
        ]
        if book != one:
            found.append(f"row {row} {machine.name}: {book} / alone {one}")
        if bool(told.not_assessed[row, place]) != bool(alone.not_assessed(machine.name)):
            found.append(f"row {row} {machine.name}: not assessed {told.not_assessed[row, place]}")
        first = alone.spans(machine.name)[0].start
        daily = told.daily(first, told.as_of, machine.name)[row]
        codes = [told.states(machine.name)[state].code for state in daily]
        if codes != [state.code for _, state in alone.daily(first, told.as_of, machine.name)]:
            found.append(f"row {row} {machine.name}: daily {codes}")
    return found


def _rule(machine: StatusMachine, place: int) -> StatusTrigger | StatusExit | None:
    return None if place < 0 else machine.rules[place]
