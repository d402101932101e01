"""What is known of a debtor beside the ledgers: the facts of all accounts as those of one.

The one idea: a fact about the debtor may stand on any of the accounts. What was found of one was found of the
debtor, what was changed for one puts the whole on probation, and a figure that a rule for debtors reads is
one figure, whichever account it was reported to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter

from delinquency.account import Account
from delinquency.calendar import to_date
from delinquency.errors import InvalidValueError
from delinquency.finding_rows import FigureRow
from delinquency.status.facts import (
    REPORTED_FIGURES,
    Changed,
    Reported,
    Span,
    StatusFacts,
    facts_of,
)
from delinquency.status.stretches import Stretch

__all__ = ["excused_spans", "united_facts"]


def united_facts(
    accounts: Sequence[Account], known: int, *, figures: Collection[str]
) -> StatusFacts:
    """The facts of accounts without reversed ones, as they were recorded by a day, as facts of their debtor.

    Findings of one kind that overlap are one finding from the first start to the last end. Of reported
    figures of one name and day the one recorded last holds, as on one account. After each restructuring the
    first due date and the end of grace are the latest of the last restructuring of each account.

    Parameters
    ----------
    accounts : sequence of Account
    known : int
        The cut of what was recorded.
    figures : collection of str
        The names that rules read; other figures are left out.

    Raises
    ------
    InvalidValueError
        Two accounts say different values of a figure of one day, recorded on one day.
    """
    own = [facts_of(account, known) for account in accounts]
    kinds = {kind for facts in own for kind in facts.findings}
    findings = {
        kind: _merged(span for facts in own for span in facts.findings.get(kind, ()))
        for kind in sorted(kinds)
    }
    return StatusFacts(
        findings,
        _figures(accounts, known, figures),
        _changes([facts.changes for facts in own]),
    )


def excused_spans(
    findings: Sequence[Mapping[str, Sequence[Span]]],
    stretches: Sequence[Sequence[Stretch]],
    kinds: Iterable[str],
) -> dict[str, list[Span]]:
    """By kind, the days on which a finding holds of every account in arrears; without any, of every account.

    Parameters
    ----------
    findings : sequence of mapping
        Of each account, by kind.
    stretches : sequence of sequence of Stretch
        The figures of each account, in the same order.
    kinds : iterable of str
    """
    return {kind: _excused([own.get(kind, ()) for own in findings], stretches) for kind in kinds}


def _excused(found: Sequence[Sequence[Span]], stretches: Sequence[Sequence[Stretch]]) -> list[Span]:
    days = {day for spans in found for span in spans for day in span}
    days |= {day for rows in stretches for row in rows for day in row[:2]}
    excused: list[Span] = []
    for start, end in pairwise(sorted(days)):
        at = [
            next((row for row in rows if row.start <= start < row.end), None) for rows in stretches
        ]
        begun = [place for place, row in enumerate(at) if row is not None]
        late = [place for place, row in enumerate(at) if row is not None and row.arrears]
        asked = late or begun
        if asked and all(
            any(first <= start < until for first, until in found[place]) for place in asked
        ):
            excused.append((start, end))
    return excused


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order of time; those that overlap are one, those that touch stay two as on one account."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _figures(
    accounts: Sequence[Account], known: int, figures: Collection[str]
) -> dict[str, list[Reported]]:
    told: dict[tuple[str, int], list[tuple[FigureRow, str]]] = {}
    for account in accounts:
        for row in account.figure_rows:
            name = REPORTED_FIGURES[row.name]
            if name in figures and row.recorded_day <= known:
                told.setdefault((name, row.value_day), []).append((row, account.account_id))
    reported: dict[str, list[Reported]] = {}
    for (name, day), rows in sorted(told.items(), key=itemgetter(0)):
        row = _last_recorded(rows, name)
        reported.setdefault(name, []).append((day, row.numerator, row.denominator))
    return reported


def _last_recorded(rows: Sequence[tuple[FigureRow, str]], name: str) -> FigureRow:
    """Of figures of one name and day the one that holds."""
    last = max(row.recorded_day for row, _ in rows)
    latest = [(row, account_id) for row, account_id in rows if row.recorded_day == last]
    first, first_id = latest[0]
    for row, account_id in latest[1:]:
        if row[2:4] != first[2:4] and account_id != first_id:
            raise InvalidValueError.at(
                f"account {account_id!r}, reported figure {name} of {to_date(row.value_day)}",
                expected=f"{first.numerator}/{first.denominator} as of account {first_id!r}",
                found=f"{row.numerator}/{row.denominator}",
                hint="A machine that judges obligors reads it as a figure of the debtor: report one value.",
            )
    return latest[-1][0]


def _changes(by_account: Sequence[Sequence[Changed]]) -> list[Changed]:
    """The restructurings of all accounts in order of time, each with the latest dates that wait for it."""
    rows = [(change, number) for number, own in enumerate(by_account) for change in own]
    latest: dict[int, Changed] = {}
    found: list[Changed] = []
    for _, group in groupby(sorted(rows, key=lambda row: row[0].day), key=lambda row: row[0].day):
        of_day = list(group)
        latest |= {number: change for change, number in of_day}
        first_due = max(map(attrgetter("first_due"), latest.values()))
        grace = max(map(attrgetter("grace_until"), latest.values()))
        found += [change._replace(first_due=first_due, grace_until=grace) for change, _ in of_day]
    return found
