"""A policy as a page: its bands in two languages, how it counts, in which order, by which source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from delinquency.allocation import AllocationOrder
from delinquency.citation import Citation
from delinquency.counting import Counting, ScheduleChangeRule
from delinquency.policy import Policy, PolicyTimeline

__all__ = ["to_markdown"]

_CHANGES: Final = {
    ScheduleChangeRule.FOLLOW_NEW: "follow_new; what was late before it is not counted",
    ScheduleChangeRule.CONTINUE: "continue; what was late before it goes on ageing until made up for",
    ScheduleChangeRule.FREEZE: "freeze; the days of the close before it stay, for good",
}


def to_markdown(timeline: PolicyTimeline) -> str:
    """A page in Markdown that describes every version of a policy.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> print(to_markdown(rulebook.load("ifrs9")).splitlines()[0])
    # IFRS 9: backstops of 30 and 90 days
    """
    return "\n".join(_page(timeline)) + "\n"


def _page(timeline: PolicyTimeline) -> Iterator[str]:
    yield f"# {timeline.title or timeline.name}"
    yield ""
    if timeline.title_zh:
        yield f"{timeline.title_zh}"
        yield ""
    yield f"`rulebook.load({timeline.name!r})`" + (
        f", jurisdiction {timeline.jurisdiction}." if timeline.jurisdiction else "."
    )
    for version in timeline.versions:
        yield ""
        yield f"## In force: {version.validity}"
        yield ""
        yield from _version(version)


def _version(policy: Policy) -> Iterator[str]:
    counting, scheme = policy.counting, policy.buckets
    if policy.verification is not None:
        yield f"- Verification: **{policy.verification.value}**"
    yield f"- Selected by: {policy.validity.selected_by.value}"
    yield f"- First late day: {counting.first_day.value}"
    yield f"- Grace: {_grace(counting)}"
    yield f"- Tolerance: {_tolerance(counting)}"
    yield f"- After a change of schedule: {_CHANGES[counting.schedule_change]}"
    yield f"- Counted: {', '.join(component.value for component in counting.components)}"
    yield f"- Order of payment: {_order(policy.allocation)}"
    yield f"- Penalty in the order of payment: {policy.penalty_in_waterfall.value}"
    yield f"- Buckets read: {scheme.reads.value}"
    yield ""
    yield "| bucket | from | to | stressed | label | 中文 | other codes |"
    yield "|---|---|---|---|---|---|---|"
    for bucket in scheme:
        last = "" if bucket.last_day is None else bucket.last_day
        other = ", ".join(f"{name} {code}" for name, code in bucket.codes.items())
        stressed = "yes" if bucket.is_stressed else "no"
        yield (
            f"| {bucket.code} | {bucket.first_day} | {last} | {stressed} "
            f"| {bucket.label} | {bucket.label_zh} | {other} |"
        )
    if policy.citations:
        yield ""
        yield "Sources:"
        yield ""
        for citation in policy.citations:
            yield f"- {_source(citation)}"


def _grace(counting: Counting) -> str:
    if counting.grace_kind is None or not counting.grace_days:
        return "none"
    return f"{counting.grace_days} days, {counting.grace_kind.value}"


def _tolerance(counting: Counting) -> str:
    if counting.tolerance_scope is None or not counting.tolerance:
        return "none"
    return f"{counting.tolerance} by {counting.tolerance_scope.value}"


def _source(citation: Citation) -> str:
    published = f", published {citation.published_on}" if citation.published_on else ""
    return f"{citation}{f' ({citation.title_zh})' if citation.title_zh else ''}{published}"


def _order(order: AllocationOrder) -> str:
    grain = order.grain.value.replace("_", " ")
    if order.is_uniform:
        names = [step.component.value for step in order.steps[:4]]
        held = ", excess held" if order.holds_excess else ""
        return f"oldest first; {', '.join(names)}; {grain}{held}"
    steps = ", ".join(f"{step.state.value} {step.component.value}" for step in order.steps)
    return f"{steps}; {grain}"
