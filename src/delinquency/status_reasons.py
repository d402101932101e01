"""The reasons of a status: the rule that led to it, what it was compared with, and what would end it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from delinquency.account import Segment
from delinquency.amounts import from_minor
from delinquency.assessment_reasons import explain_policy
from delinquency.calendar import to_date
from delinquency.decimals import told_digits
from delinquency.explanation import Explanation
from delinquency.level import Level
from delinquency.obligor import Obligor
from delinquency.status.conditions import (
    Anchor,
    Condition,
    Elapsed,
    Figure,
    FigureIs,
    Found,
    PeriodsPaid,
    ReportedIs,
    Restructured,
    SegmentIs,
    StateIs,
)
from delinquency.status.security import WorkedOut
from delinquency.status_answer import Resolution

if TYPE_CHECKING:
    from delinquency.status.evaluating import Seen
    from delinquency.status.machine import StatusTrigger
    from delinquency.status_answer import StatusAssessment, StatusSpan

__all__ = ["explain_change", "explain_status"]

_OF_ONE_ACCOUNT: Final = frozenset({Figure.DAYS_PAST_DUE, Figure.DELINQUENT_DAYS})
"""Figures of a debtor that one account gives."""


def explain_status(answer: StatusAssessment) -> Explanation:
    """The tree of reasons of a status, the last machine first."""
    machines = [machine.name for machine in reversed(answer.machines)]
    steps = [_machine(answer, name) for name in machines]
    judged = answer.account
    is_obligor = isinstance(judged, Obligor)
    whose = {"obligor_id" if is_obligor else "account_id": answer.account_id}
    return Explanation(
        "obligor_status" if is_obligor else "status",
        answer.state.code,
        {**whose, "as_of": answer.as_of, "known_on": answer.known_on},
        (),
        (
            *steps,
            *_owes_nothing_else(answer),
            *(re_age.explanation for re_age in answer.re_ages),
            *_seen_by_month(answer),
            *_segment_assumed(answer),
            explain_policy(answer.policy),
        ),
    )


def _seen_by_month(answer: StatusAssessment) -> Iterator[Explanation]:
    if answer.resolution is Resolution.MONTH:
        yield Explanation("status_by_month", answer.as_of)


def _segment_assumed(answer: StatusAssessment) -> Iterator[Explanation]:
    """As which segment the account was judged, where a rule asks and the default may have answered."""
    segment = answer.account.segment
    asked = (condition for machine in answer.machines for condition in machine.conditions())
    if segment is Segment.RETAIL and any(isinstance(each, SegmentIs) for each in asked):
        yield Explanation("status_segment_assumed", segment.value)


def _owes_nothing_else(answer: StatusAssessment) -> Iterator[Explanation]:
    """That a machine which judges debtors was asked of one account alone."""
    if answer.obligor is None and not isinstance(answer.account, Obligor):
        for machine in reversed(answer.machines):
            if machine.level is Level.OBLIGOR:
                yield Explanation("status_of_account_alone", machine.name)


def _machine(answer: StatusAssessment, name: str) -> Explanation:
    span = answer.spans(name)[-1]
    speaker = answer.spoken_by(name)
    if speaker is answer:
        reasons = (
            explain_change(answer, span),
            *_told("status_held", answer.holding(name)),
            *_ends(answer, name),
            *_kept(answer, name),
            *_told("status_not_assessed", answer.not_assessed(name)),
        )
    else:
        whose = Explanation("status_of_obligor", speaker.account_id)
        reasons = (whose, explain_change(answer, span))
    return Explanation(
        "status_state", span.state.code, {"machine": name, "since": span.start}, (), reasons
    )


def _kept(answer: StatusAssessment, name: str) -> Iterator[Explanation]:
    """Which accounts of a debtor have the arrears without which the state could end."""
    if not isinstance(answer.account, Obligor):
        return
    waits = (
        condition
        for rule, truths in answer.exits(name)
        for condition, truth in zip(rule.when, truths, strict=True)
        if truth is False
    )
    owing = answer.account.in_arrears(answer.folded.close.day)
    if owing and any(map(_waits_for_arrears, waits)):
        state = answer.spans(name)[-1].state
        yield Explanation("obligor_kept", state.code, {"account_ids": ", ".join(owing)})


def _waits_for_arrears(condition: Condition) -> bool:
    match condition:
        case FigureIs():
            return condition.figure is Figure.ARREARS
        case Elapsed() | PeriodsPaid():
            return Anchor.CLEARING in condition.since
        case _:
            return False


def explain_change(answer: StatusAssessment, span: StatusSpan) -> Explanation:
    """Why an account, or its debtor, entered a state: the rule, its figures and its article."""
    speaker = answer.spoken_by(span.machine)
    if speaker is not answer:
        told = speaker.spans(span.machine)
        return explain_change(speaker, next(each for each in told if each.change == span.change))
    inputs = {"machine": span.machine, "state": span.state.code}
    if span.rule is None or not span.rule.when:
        begun = span.start == answer.spans(span.machine)[0].start
        rule = "status_begun" if begun else "status_nothing_holds"
        citations = () if span.rule is None else span.rule.citations
        return Explanation(rule, span.start, inputs, citations)
    return Explanation(
        "status_entered" if _worsens(answer, span) else "status_left",
        span.start,
        inputs,
        span.rule.citations,
        tuple(
            _seen(answer, condition, seen, span.change.day)
            for condition, seen in zip(span.rule.when, span.change.seen, strict=True)
        ),
    )


def _worsens(answer: StatusAssessment, span: StatusSpan) -> bool:
    spans = answer.spans(span.machine)
    place = next(number for number, each in enumerate(spans) if each.start == span.start)
    return place == 0 or span.change.state > spans[place - 1].change.state


def _seen(answer: StatusAssessment, condition: Condition, seen: Seen, day: int) -> Explanation:
    """A condition that held at the close of a day, with what it was compared with."""
    value: object = seen
    figures: dict[str, object] = {"condition": str(condition)}
    match condition:
        case FigureIs():
            rule = "status_figure"
            figures["figure"] = condition.figure.value
            if condition.figure.is_amount and isinstance(seen, int):
                value = from_minor(seen, answer.currency)
            if isinstance(answer.account, Obligor) and condition.figure in _OF_ONE_ACCOUNT:
                figures["account_id"] = answer.account.longest(condition.figure, day) or None
        case ReportedIs():
            rule = "status_worked_out" if isinstance(seen, WorkedOut) else "status_reported"
            value = _share(seen)
        case Restructured():
            rule, value = "status_restructured", _percent(seen)
            figures = {"given_up": value}
        case Found():
            rule = _rule_of_finding(condition, seen)
            value = to_date(seen) if isinstance(seen, int) else condition.kind
            figures = {"kind": condition.kind}
        case Elapsed():
            rule, value = "status_elapsed", to_date(seen) if isinstance(seen, int) else seen
        case SegmentIs():
            rule, figures = "status_segment", {}
        case StateIs() | PeriodsPaid():
            rule = "status_condition"
    return Explanation(rule, value, figures)


def _rule_of_finding(condition: Found, seen: Seen) -> str:
    """What is said of a finding; one that must be absent and is there covers some accounts only."""
    if condition.is_found:
        return "status_found"
    return "status_not_found" if seen is None else "obligor_not_excused"


def _share(seen: Seen) -> str:
    """A quotient in digits; nothing where nobody said it, and infinity over nothing."""
    if not isinstance(seen, tuple):
        return ""
    return told_digits(Fraction(*seen), places=6) if seen[1] else "∞"


def _percent(seen: Seen) -> str:
    """A share in per cent, for people."""
    return f"{told_digits(100 * Fraction(*seen), places=4)} %" if isinstance(seen, tuple) else ""


def _told(rule: str, triggers: Iterable[StatusTrigger]) -> Iterator[Explanation]:
    """Triggers with their conditions, under the rule that says what is so of them."""
    for trigger in triggers:
        conditions = "; ".join(map(str, trigger.when))
        yield Explanation(rule, trigger.to, {"conditions": conditions}, trigger.citations)


def _ends(answer: StatusAssessment, name: str) -> Iterator[Explanation]:
    """What each exit of the state waits for."""
    for rule, truths in answer.exits(name):
        waits = [
            str(condition)
            for condition, truth in zip(rule.when, truths, strict=True)
            if truth is not True
        ]
        held = "; ".join(waits)
        yield Explanation(
            "status_ends", rule.to, {"machine": name, "waits": held or None}, rule.citations
        )
