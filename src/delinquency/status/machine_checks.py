"""What the machines of one policy must not say: a name twice, a question that nothing can answer.

The one idea: a mistake in a rule is told where the policy is made, never on the day on which the rule is
asked.
"""

from __future__ import annotations

from delinquency.errors import PolicyError
from delinquency.level import Level
from delinquency.status.conditions import Condition, Figure, FigureIs, StateIs
from delinquency.status.machine import StatusMachine

__all__ = ["check_machines"]


def check_machines(
    machines: tuple[StatusMachine, ...], where: str, *, has_materiality: bool
) -> None:
    """Refuse machines of one name, and conditions that nothing can answer.

    Those are a condition on a machine that does not come before, one of a machine that judges obligors on a
    machine that judges accounts, and one on material days of a policy that does not say what is material.

    Raises
    ------
    PolicyError
        The name, or the condition.
    """
    known: dict[str, StatusMachine] = {}
    for machine in machines:
        place = f"{where}, status {machine.name!r}"
        if machine.name in known:
            raise PolicyError.at(place, expected="a name used once", found="it twice")
        for condition in machine.conditions():
            if isinstance(condition, StateIs):
                _check_machine(condition, machine, known, place)
            elif isinstance(condition, FigureIs) and not has_materiality:
                _check_figure(condition, place)
            _check_words(condition, place)
        known[machine.name] = machine


def _check_machine(
    condition: StateIs, machine: StatusMachine, known: dict[str, StatusMachine], where: str
) -> None:
    read = known.get(condition.machine)
    if read is None:
        raise PolicyError.at(
            f"{where}, {condition}",
            expected=f"one of the machines before it: {', '.join(known) or 'none'}",
            found=repr(condition.machine),
        )
    if machine.level is Level.OBLIGOR and read.level is Level.ACCOUNT:
        raise PolicyError.at(
            f"{where}, {condition}",
            expected="a machine that judges obligors",
            found=f"{condition.machine!r}, which judges accounts",
            hint="What is judged for each account has no answer for all of them.",
        )
    states = [state.code for state in read.states]
    for code in condition.states:
        if code not in states:
            raise PolicyError.at(
                f"{where}, {condition}",
                expected=f"one of the states {', '.join(states)} of {condition.machine!r}",
                found=repr(code),
            )


def _check_words(condition: Condition, where: str) -> None:
    """Refuse a condition that a file could not say: a word that nobody knows, or a name like another one."""
    from delinquency.status.condition_text import parse_condition
    from delinquency.status.facts import FINDINGS, REPORTED_FIGURES

    place = f"{where}, {condition}"
    read = parse_condition(
        str(condition), findings=FINDINGS, reported=REPORTED_FIGURES, where=place
    )
    if read != condition:
        raise PolicyError.at(
            place,
            expected="the name of a machine that does not read like another condition",
            found=repr(str(condition)),
        )


def _check_figure(condition: FigureIs, where: str) -> None:
    if condition.figure is Figure.MATERIAL_DAYS_PAST_DUE:
        raise PolicyError.at(
            f"{where}, {condition}",
            expected="a counting rule with materiality",
            found="none",
            hint="Say in the table counting, materiality, above which amount and share arrears are material.",
        )
