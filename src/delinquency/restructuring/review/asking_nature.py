"""Tests of what a plan is - restructured, forborne, disclosed - and of the observation that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from delinquency.account import Account
from delinquency.calendar import Day, to_date
from delinquency.civil_days import add_months_day
from delinquency.restructuring.draft import Draft
from delinquency.restructuring.review.case import PlanCase, past_dues_of
from delinquency.restructuring.review.checks import PlanCheck, PlanFigure, Relation
from delinquency.restructuring.review.concessions import (
    FACT_OF,
    RateCut,
    concessions_in,
)
from delinquency.restructuring.review.facts import DifficultyGround
from delinquency.restructuring.review.modifications import modifications_in
from delinquency.restructuring.review.question import Question, Told

__all__ = [
    "ask_concession",
    "ask_difficulty_named",
    "ask_modification",
    "ask_observation",
    "ask_past_due_lately",
    "ask_restructured_again",
]


def ask_difficulty_named(question: Question) -> Told:
    """A ground for a debtor in difficulty, and none for another one; what nobody stated is none."""
    case = question.case
    count = len(case.grounds)
    if case.done.plan.in_difficulty:
        check = PlanCheck("grounds", count, Relation.AT_LEAST, 1)
    else:
        check = PlanCheck("grounds", count, Relation.AT_MOST, 0)
    return Told((), (check,), _named_grounds(case.grounds))


def ask_concession(question: Question) -> Told:
    """A debtor in difficulty on a ground that counts, and a concession that counts."""
    case, test = question.case, question.test
    known = tuple(ground for ground in case.grounds if ground in test.grounds)
    concessions, figures = _concessions(question)
    return Told((), (_grounds(case, known), concessions), (*_named_grounds(known), *figures))


def ask_modification(question: Question) -> Told:
    """A debtor in difficulty, and a modification that counts."""
    case = question.case
    found = [
        each for each in modifications_in(case) if each.modification in question.test.modifications
    ]
    certain = _words("modification", (each.modification for each in found if each.is_known))
    open_ones = _words("modification", (each.modification for each in found if not each.is_known))
    check = PlanCheck(
        "modifications",
        _count(len(certain), len(found)),
        Relation.AT_LEAST,
        1,
        facts=("is_insignificant_delay",),
    )
    figures = _listed(modifications_found=certain, modifications_open=open_ones)
    return Told(
        (), (_grounds(case, case.grounds), check), (*_named_grounds(case.grounds), *figures)
    )


def ask_past_due_lately(question: Question) -> Told:
    """A concession for an account that was more days past due, on the day before or lately."""
    case, days = question.case, question.test.days or 0
    now, lately = case.days_past_due, case.facts.recent_days_past_due
    found = max(now, lately or 0)
    is_known = lately is not None or now > days
    check = PlanCheck(
        "recent_days_past_due",
        found if is_known else None,
        Relation.MORE_THAN,
        days,
        question.months,
        facts=("recent_days_past_due",),
    )
    concessions, figures = _concessions(question)
    return Told((), (concessions, check), figures)


def ask_observation(question: Question) -> Told:
    """From the first due date after the change on, for months and for due dates, whichever is longer."""
    case = question.case
    dues = [row.due_day for row in case.done.rows_after]
    if not dues:
        check = PlanCheck(
            "observation_ends_on", None, Relation.MORE_THAN, case.done.plan.effective_on
        )
        return Told((question.followed,), (check,))
    end = to_date(observed_until(dues, question.months, question.periods))
    check = PlanCheck("observation_ends_on", end, Relation.MORE_THAN, case.done.plan.effective_on)
    starts = PlanFigure("observation_starts_on", to_date(dues[0]))
    return Told((question.followed,), (check,), (starts,))


def observed_until(dues: list[Day], months: int, periods: int) -> Day:
    """The earliest end of an observation that starts on the first of these due dates.

    Where fewer due dates follow than are asked for, the last of them counts.

    Examples
    --------
    A year is longer than two months, and two half-years end with it:

    >>> from datetime import date
    >>> start = (date(2024, 2, 20) - date(1970, 1, 1)).days
    >>> for step in (1, 6, 12):
    ...     print(to_date(observed_until([add_months_day(start, step * n) for n in range(9)], 12, 2)))
    2025-02-20
    2025-02-20
    2026-02-20
    """
    return max(add_months_day(dues[0], months), dues[min(periods, len(dues) - 1)])


def ask_restructured_again(question: Question) -> Told:
    """A second plan in the observation of an earlier restructuring of a debtor in difficulty.

    Without the word of a status an observation that has run out is certain to have ended only where no
    payment was missed in it, which is not read: so it is not known.
    """
    case = question.case
    fact = case.facts.is_under_observation
    if fact is not None or not case.subject.accounts:
        # A card does not say what was agreed on it before.
        return Told((question.followed,), (_under_observation(fact),))
    subject = case.subject
    observed = [
        each
        for account, draft in zip(subject.accounts, subject.drafts, strict=True)
        for each in _observed(question, account, draft)
    ]
    if not observed:
        none = PlanCheck("earlier_restructurings", 0, Relation.AT_LEAST, 1)
        return Told((question.followed,), (none,))
    is_certain, end, start = max(observed)
    figures = (
        PlanFigure("observation_starts_on", to_date(start)),
        PlanFigure("observation_ends_on", to_date(end)),
    )
    return Told((question.followed,), (_under_observation(is_certain or None),), figures)


def _under_observation(found: bool | None) -> PlanCheck:
    """That an earlier restructuring is under observation, or is not known to be."""
    name = "is_under_observation"
    return PlanCheck(name, found, Relation.IS, limit=True, facts=(name,))


def _observed(
    question: Question, account: Account, draft: Draft
) -> Iterator[tuple[bool, Day, Day]]:
    """Of the latest observation of an account: whether it is certain that it runs, its end and its start."""
    case = question.case
    starts = _earlier_observations(case, account)
    if not starts:
        return
    start = max(starts)
    dues = [start, *(due for due in _agreed_dues(case, account) if due > start)]
    end = observed_until(dues, question.months, question.periods)
    yield case.day < end or any(due >= start for due in past_dues_of(draft)), end, start


def _earlier_observations(case: PlanCase, account: Account) -> list[Day]:
    """First due dates of restructurings of before the plan that stand, for a debtor in difficulty."""
    return [
        row.first_due_day
        for row in account.restructuring_rows
        if row.in_difficulty
        and row.value_day < case.day
        and row.recorded_day <= case.day < row.reversed_day
    ]


def _agreed_dues(case: PlanCase, account: Account) -> list[Day]:
    """Due dates of the schedule in force before the plan, in order."""
    rows = account.obligations
    return sorted(
        {
            row.due_day
            for row in rows
            if row.instalment_no and row.from_day <= case.day < row.until_day
        }
    )


def _grounds(case: PlanCase, known: tuple[DifficultyGround, ...]) -> PlanCheck:
    """How many grounds there are; unknown where nobody said, and the plan says there is one."""
    unstated = case.facts.grounds is None and case.done.plan.in_difficulty
    found = None if unstated and not known else len(known)
    return PlanCheck("grounds", found, Relation.AT_LEAST, 1, facts=("grounds",))


def _concessions(question: Question) -> tuple[PlanCheck, tuple[PlanFigure, ...]]:
    """How many kinds of concession that count there are, and which."""
    test = question.test
    cut = test.rate_cut or RateCut.ANY
    found = [
        each for each in concessions_in(question.case, cut) if each.concession in test.concessions
    ]
    certain = _words("concession", (each.concession for each in found if each.is_known))
    open_ones = _words("concession", (each.concession for each in found if not each.is_known))
    needed = {FACT_OF[each.concession]: None for each in found if not each.is_known}
    count = _count(len(certain), len(found))
    check = PlanCheck("concessions", count, Relation.AT_LEAST, 1, facts=tuple(needed))
    return check, _listed(concessions_found=certain, concessions_open=open_ones)


def _words(noun: str, kinds: Iterable[Enum]) -> list[str]:
    """The words of kinds, each once, in order."""
    return list(dict.fromkeys(f"{noun}_{each.value}" for each in kinds))


def _listed(**words: list[str]) -> tuple[PlanFigure, ...]:
    """Figures that list words, those without any left out."""
    return tuple(PlanFigure(name, ", ".join(each)) for name, each in words.items() if each)


def _count(certain: int, all_found: int) -> int | None:
    """What is certain; where nothing is and something may be, not known."""
    return None if not certain and all_found else certain


def _named_grounds(grounds: tuple[DifficultyGround, ...]) -> tuple[PlanFigure, ...]:
    return _listed(grounds_found=_words("ground", grounds))
