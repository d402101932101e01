"""A status machine: states from best to worst, what leads to them, and what leads back.

The one idea: a trigger says 'at least this state' while it holds, and the worst wins; getting better is never
a matter of course but of an exit, which says from where, to where, and what must have held for how long. A
state without an exit is left as soon as nothing holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

import attrs

from delinquency.choices import checked_member
from delinquency.citation import Citation
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.level import Level
from delinquency.sequences import checked_tuple
from delinquency.status.conditions import (
    Anchor,
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

__all__ = ["StatusExit", "StatusMachine", "StatusState", "StatusTrigger"]

_CONDITIONS = (
    FigureIs,
    ReportedIs,
    Found,
    Restructured,
    SegmentIs,
    StateIs,
    Elapsed,
    PeriodsPaid,
)


def _conditions(items: Iterable[Condition]) -> tuple[Condition, ...]:
    if not isinstance(items, Iterable):
        raise InvalidTypeError.at("status, when", expected="a list of conditions", found=items)
    found = tuple(items)
    for item in found:
        if not isinstance(item, _CONDITIONS):
            raise InvalidTypeError.at("status, condition", expected="a Condition", found=item)
    return found


def _check_target(rule: object, _: object, to: Any) -> None:
    if not isinstance(to, str) or not to:
        noun = "exit" if isinstance(rule, StatusExit) else "trigger"
        raise InvalidTypeError.at(f"status, {noun}, to", expected="the code of a state", found=to)


def _texts(items: Iterable[str]) -> tuple[str, ...]:
    return checked_tuple(items, str, "status, state")


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, "status, citation")


@attrs.frozen(slots=True)
class StatusState:
    """One state.

    Parameters
    ----------
    code : str
        Short and stable: ``"stage 2"``, ``"可疑"``, ``"NPA"``.
    label, label_zh : str, optional
        For people to read; default the code.
    is_performing : bool, default True
        Whether an account in it counts as performing in the eyes of the regime.
    """

    code: str
    label: str = ""
    label_zh: str = ""
    is_performing: bool = True

    def __attrs_post_init__(self) -> None:
        for field in ("code", "label", "label_zh"):
            value = getattr(self, field)
            if not isinstance(value, str):
                raise InvalidTypeError.at(f"status state, {field}", expected="a text", found=value)
        performing: object = self.is_performing
        if not isinstance(performing, bool):
            raise InvalidTypeError.at(
                "status state, is_performing", expected="True or False", found=performing
            )
        says = self.code == self.code.strip() and self.code.isprintable() and "," not in self.code
        if not self.code or not says:
            raise PolicyError.at(
                "status state, code",
                expected="a text without commas, and without spaces around it",
                found=repr(self.code),
            )

    def text(self, lang: str = "en") -> str:
        """The label in a language, or the code."""
        return (self.label_zh if lang == "zh" else self.label) or self.code


@attrs.frozen(slots=True, kw_only=True)
class StatusTrigger:
    """At least this state, while all its conditions hold.

    Parameters
    ----------
    to : str
    when : tuple of Condition
        All of them; what leads to a state by other ways has a trigger of its own.
    leaving : tuple of str, default any state
        Only for what was in one of these states at the close of the day before.
    citations : tuple of Citation, optional
    """

    to: str = attrs.field(validator=_check_target)
    when: tuple[Condition, ...] = attrs.field(converter=_conditions)
    leaving: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)

    def __str__(self) -> str:
        return _told(self)


@attrs.frozen(slots=True, kw_only=True)
class StatusExit:
    """From some states to a better one, on the first day at whose close all conditions hold.

    Triggers go on: what they hold is not left. Parameters as for :class:`StatusTrigger`; ``leaving`` must be
    said, and without conditions it is left as soon as no trigger holds it.
    """

    leaving: tuple[str, ...] = attrs.field(converter=_texts)
    to: str = attrs.field(validator=_check_target)
    when: tuple[Condition, ...] = attrs.field(converter=_conditions)
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)

    def __str__(self) -> str:
        return _told(self)


def _told(rule: StatusTrigger | StatusExit) -> str:
    """A rule in one line."""
    only = f"from {', '.join(rule.leaving)} " if rule.leaving else ""
    return (
        f"{only}to {rule.to}: {', and '.join(map(str, rule.when)) or 'as soon as nothing holds it'}"
    )


def _states(items: Iterable[StatusState]) -> tuple[StatusState, ...]:
    return checked_tuple(items, StatusState, "status, state")


def _triggers(items: Iterable[StatusTrigger]) -> tuple[StatusTrigger, ...]:
    return checked_tuple(items, StatusTrigger, "status, trigger")


def _exits(items: Iterable[StatusExit]) -> tuple[StatusExit, ...]:
    return checked_tuple(items, StatusExit, "status, exit")


@attrs.frozen(slots=True, kw_only=True)
class StatusMachine:
    """The states of one question - is it in default, is it under observation - and how they change.

    Parameters
    ----------
    name : str
    states : tuple of StatusState
        From best to worst; the first is where an account begins.
    triggers : tuple of StatusTrigger
    exits : tuple of StatusExit, optional
    level : Level, default ACCOUNT
        Whether it judges one account, or everything that a debtor owes. A machine of ``OBLIGOR`` is asked of
        all accounts together by :func:`~delinquency.obligor_assessment.assess_obligor`; of one account alone
        it says what would hold if the debtor owed nothing else.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    PolicyError
        Fewer than two states, a code twice; a rule that names a state which does not exist, a trigger
        without conditions, or an exit that does not lead to a better state.

    Examples
    --------
    In default from day 91 on, and until nothing has been in arrears for three months:

    >>> from delinquency.status.condition_text import parse_condition
    >>> def line(text):
    ...     return parse_condition(text, findings=(), reported=(), where="example")
    >>> machine = StatusMachine(name="default",
    ...     states=[StatusState("performing"), StatusState("default", is_performing=False)],
    ...     triggers=[StatusTrigger(to="default", when=[line("days_past_due > 90")])],
    ...     exits=[StatusExit(leaving=["default"], to="performing", when=[line("3 months since clearing")])])
    >>> machine.position("default")
    1
    """

    name: str
    states: tuple[StatusState, ...] = attrs.field(converter=_states)
    triggers: tuple[StatusTrigger, ...] = attrs.field(converter=_triggers)
    exits: tuple[StatusExit, ...] = attrs.field(default=(), converter=_exits)
    level: Level = Level.ACCOUNT

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name or self.name != self.name.strip():
            raise InvalidTypeError.at(
                "status, name", expected="a text without spaces around it", found=self.name
            )
        where = f"status {self.name!r}"
        checked_member(self.level, Level, f"{where}, level")
        codes = [state.code for state in self.states]
        if len(codes) < 2 or len(set(codes)) != len(codes):
            raise PolicyError.at(
                f"{where}, state", expected="at least two states, each once", found=str(codes)
            )
        for number, rule in enumerate(self.triggers, start=1):
            self._check_rule(rule, f"{where}, trigger {number}", codes)
            for condition in rule.when:
                if isinstance(condition, Elapsed | Found | PeriodsPaid) and (
                    Anchor.LAST_TRIGGER in condition.since
                ):
                    raise PolicyError.at(
                        f"{where}, trigger {number}, when",
                        expected="'last trigger' in exits alone",
                        found=str(condition),
                        hint="A trigger that waits for its own end would hold every other day.",
                    )
        for number, way in enumerate(self.exits, start=1):
            place = f"{where}, exit {number}"
            self._check_rule(way, place, codes)
            if not way.leaving:
                raise PolicyError.at(
                    f"{place}, leaving", expected="at least one state", found="none"
                )
            best = min(map(codes.index, way.leaving))
            if codes.index(way.to) >= best:
                raise PolicyError.at(
                    f"{place}, to", expected=f"a state better than {codes[best]!r}", found=way.to
                )

    def _check_rule(self, rule: StatusTrigger | StatusExit, where: str, codes: list[str]) -> None:
        named = (("to", rule.to), *(("leaving", code) for code in rule.leaving))
        for field, code in named:
            if code not in codes:
                near = get_close_matches(code, codes, n=1)
                raise PolicyError.at(
                    f"{where}, {field}",
                    expected=f"one of the states {', '.join(codes)}",
                    found=repr(code),
                    hint=f"Did you mean {near[0]!r}?" if near else "",
                )
        if isinstance(rule, StatusTrigger) and not rule.when:
            raise PolicyError.at(f"{where}, when", expected="at least one condition", found="none")

    def position(self, code: str) -> int:
        """The place of a state, from best to worst, from 0."""
        return next(place for place, state in enumerate(self.states) if state.code == code)

    def exits_of(self, place: int) -> Iterator[StatusExit]:
        """The exits of a state."""
        code = self.states[place].code
        return (rule for rule in self.exits if code in rule.leaving)

    @property
    def rules(self) -> tuple[StatusTrigger | StatusExit, ...]:
        """The triggers, and after them the exits."""
        return (*self.triggers, *self.exits)

    def conditions(self) -> Iterator[Condition]:
        """Every condition of every rule."""
        for rule in self.rules:
            yield from rule.when
