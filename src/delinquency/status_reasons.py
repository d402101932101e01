"""The reasons of a status: the rule that led to it, what it was compared with, and what would end it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from delinquency.account import Segment
from delinquency.amounts import from_minor
from delinquency.assessment_reasons import explain_policy
from delinquency.calendar import to_date
from delinquency.decimals import told_digits
from delinquency.explanation import Explanation
from delinquency.status.conditions import (
    Condition,
    Elapsed,
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


def explain_status(answer: StatusAssessment) -> Explanation:
    """The tree of reasons of a status, the last machine first."""
    machines = [machine.name for machine in reversed(answer.machines)]
    steps = [_machine(answer, name) for name in machines]
    return Explanation(
        "status",
        answer.state.code,
        {"account_id": answer.account_id, "as_of": answer.as_of, "known_on": answer.known_on},
        (),
        (
            *steps,
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


def _machine(answer: StatusAssessment, name: str) -> Explanation:
    span = answer.spans(name)[-1]
    return Explanation(
        "status_state",
        span.state.code,
        {"machine": name, "since": span.start},
        (),
        (
            explain_change(answer, span),
            *_told("status_held", answer.holding(name)),
            *_ends(answer, name),
            *_told("status_not_assessed", answer.not_assessed(name)),
        ),
    )


def explain_change(answer: StatusAssessment, span: StatusSpan) -> Explanation:
    """Why an account entered a state: the rule, its figures and its article."""
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
            _seen(answer, condition, seen)
            for condition, seen in zip(span.rule.when, span.change.seen, strict=True)
        ),
    )


def _worsens(answer: StatusAssessment, span: StatusSpan) -> bool:
    spans = answer.spans(span.machine)
    place = next(number for number, each in enumerate(spans) if each.start == span.start)
    return place == 0 or span.change.state > spans[place - 1].change.state


def _seen(answer: StatusAssessment, condition: Condition, seen: Seen) -> Explanation:
    """A condition that held, with what it was compared with."""
    value: object = seen
    figures: dict[str, object] = {"condition": str(condition)}
    match condition:
        case FigureIs():
            rule = "status_figure"
            figures["figure"] = condition.figure.value
            if condition.figure.is_amount and isinstance(seen, int):
                value = from_minor(seen, answer.currency)
        case ReportedIs():
            rule = "status_worked_out" if isinstance(seen, WorkedOut) else "status_reported"
            value = _share(seen)
        case Restructured():
            rule, value = "status_restructured", _share(seen)
            figures = {"given_up": value}
        case Found():
            rule = "status_found" if condition.is_found else "status_not_found"
            value = to_date(seen) if isinstance(seen, int) else condition.kind
            figures = {"kind": condition.kind}
        case Elapsed():
            rule, value = "status_elapsed", to_date(seen) if isinstance(seen, int) else seen
        case SegmentIs():
            rule, figures = "status_segment", {}
        case StateIs() | PeriodsPaid():
            rule = "status_condition"
    return Explanation(rule, value, figures)


def _share(seen: Seen) -> str:
    """A quotient in digits; nothing where nobody said it, and infinity over nothing."""
    if not isinstance(seen, tuple):
        return ""
    return told_digits(Fraction(*seen), places=6) if seen[1] else "∞"


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
