"""The status machines of a policy as lines: states, what leads to them, what leads back, by which source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.explanation_text import condition_in_words
from delinquency.level import Level
from delinquency.rulebook.describing_words import PHRASES, listed, named, said

if TYPE_CHECKING:
    from delinquency.citation import Citation
    from delinquency.policy import Policy
    from delinquency.status import StatusExit, StatusMachine, StatusTrigger

__all__ = ["sources_of", "status_lines", "status_page"]


def sources_of(policy: Policy) -> tuple[Citation, ...]:
    """The sources of a version and of the rules of its status, each once."""
    rules = (rule for machine in policy.status for rule in machine.rules)
    cited = (citation for rule in rules for citation in rule.citations)
    return tuple(dict.fromkeys((*policy.citations, *cited)))


def status_page(policy: Policy) -> Iterator[str]:
    """The machines of a version in Markdown; sources by their number among :func:`sources_of`.

    Each condition is told in words, and as a file writes it.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> page = status_page(rulebook.load("ifrs9").versions[-1])
    >>> print(next(line for line in page if "> 30" in line))  # doctest: +ELLIPSIS
    | more than 30 days past due (`days_past_due > 30`); and not found: ... | any | stage 2 | 5.5.11 [1] |
    """
    sources = sources_of(policy)
    for machine in policy.status:
        yield ""
        yield f"### Status: {machine.name}"
        yield ""
        if machine.level is Level.OBLIGOR:
            yield "It judges a debtor with all accounts."
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
        lines = [f"{condition_in_words(str(each), 'en')} (`{each}`)" for each in rule.when]
        conditions = "; and ".join(lines) or "nothing holds it"
        leaving = ", ".join(rule.leaving) or "any"
        cited = "; ".join(
            f"{citation.provision} [{sources.index(citation) + 1}]" for citation in rule.citations
        )
        yield f"| {conditions} | {leaving} | {rule.to} | {cited} |"


def status_lines(machine: StatusMachine, lang: str = "en") -> Iterator[tuple[str, str]]:
    """What a machine says, by name, for a terminal."""
    states = [
        state.code if state.is_performing else said("not_performing", lang, code=state.code)
        for state in machine.states
    ]
    yield "Status", said("states", lang, machine=machine.name, states=listed(states, lang))
    if machine.level is not Level.ACCOUNT:
        yield (
            "Level",
            said("level", lang, machine=machine.name, level=named(machine.level.value, lang)),
        )
    for rules, name in ((machine.triggers, "Trigger"), (machine.exits, "Exit")):
        for rule in rules:
            yield name, _line(rule, lang)


def _line(rule: StatusTrigger | StatusExit, lang: str) -> str:
    """A rule in one line: conditions as a file writes them, in Chinese in words."""
    lines = [
        condition_in_words(str(each), lang) if lang == "zh" else str(each) for each in rule.when
    ]
    sources = "; ".join(_place(citation, lang) for citation in rule.citations)
    return said(
        "trigger_from" if rule.leaving else "trigger",
        lang,
        leaving=listed(rule.leaving, lang),
        to=rule.to,
        conditions=PHRASES[lang]["and"].join(lines) or said("nothing_holds", lang),
        sources=said("by_sources", lang, sources=sources) if sources else "",
    )


def _place(citation: Citation, lang: str) -> str:
    if lang == "zh" and citation.title_zh:
        return citation.text(lang)
    return citation.provision or citation.instrument
