"""The status machines of a policy as lines: states, what leads to them, what leads back, by which source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from delinquency.citation import Citation
    from delinquency.policy import Policy
    from delinquency.status import StatusExit, StatusMachine, StatusTrigger

__all__ = ["sources_of", "status_lines", "status_page"]


def sources_of(policy: Policy) -> tuple[Citation, ...]:
    """The sources of a version and of the rules of its status, each once."""
    rules = (rule for machine in policy.status for rule in _rules(machine))
    cited = (citation for rule in rules for citation in rule.citations)
    return tuple(dict.fromkeys((*policy.citations, *cited)))


def _rules(machine: StatusMachine) -> Iterator[StatusTrigger | StatusExit]:
    yield from machine.triggers
    yield from machine.exits


def status_page(policy: Policy) -> Iterator[str]:
    """The machines of a version in Markdown; sources by their number among :func:`sources_of`.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> print(next(line for line in status_page(rulebook.load("ifrs9").versions[-1]) if "> 30" in line))
    | days_past_due > 30, and not found no_significant_increase_in_risk | any | stage 2 | 5.5.11 [1] |
    """
    sources = sources_of(policy)
    for machine in policy.status:
        yield ""
        yield f"### Status: {machine.name}"
        yield ""
        yield "| state | label | 中文 | performing |"
        yield "|---|---|---|---|"
        for state in machine.states:
            performing = "yes" if state.is_performing else "no"
            yield f"| {state.code} | {state.label} | {state.label_zh} | {performing} |"
        yield ""
        yield "At least this state, while all conditions of a line hold; the worst wins:"
        yield ""
        yield from _table(machine.triggers, sources)
        if machine.exits:
            yield ""
            yield "Back, on the first day on which all conditions of a line hold and no trigger does:"
            yield ""
            yield from _table(machine.exits, sources)


def _table(
    rules: tuple[StatusTrigger, ...] | tuple[StatusExit, ...], sources: tuple[Citation, ...]
) -> Iterator[str]:
    yield "| conditions | from | to | source |"
    yield "|---|---|---|---|"
    for rule in rules:
        conditions, leaving, to, _ = _cells(rule)
        cited = "; ".join(
            f"{citation.provision} [{sources.index(citation) + 1}]" for citation in rule.citations
        )
        yield f"| {conditions} | {leaving} | {to} | {cited} |"


def _cells(rule: StatusTrigger | StatusExit) -> tuple[str, str, str, str]:
    conditions = ", and ".join(map(str, rule.when)) or "nothing holds it"
    sources = "; ".join(citation.provision or citation.instrument for citation in rule.citations)
    return conditions, ", ".join(rule.leaving) or "any", rule.to, sources


def status_lines(machine: StatusMachine) -> Iterator[tuple[str, str]]:
    """What a machine says, by name, for a terminal."""
    states = [
        state.code if state.is_performing else f"{state.code} (not performing)"
        for state in machine.states
    ]
    yield "Status", f"{machine.name}: {', '.join(states)}"
    for rules, name in ((machine.triggers, "Trigger"), (machine.exits, "Exit")):
        for rule in rules:
            conditions, leaving, to, sources = _cells(rule)
            only = f"from {leaving} " if rule.leaving else ""
            yield name, f"{only}to {to}: {conditions}{f' [{sources}]' if sources else ''}"
