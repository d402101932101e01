"""The order in which money settles debts.

The one idea: an order is a list of steps, each a *due state* and a *component*, and a *grain* that
says whether a step is finished for one instalment before the next, or for all of them at once. Every
legal order is such a list, so no rule needs a code path of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import attrs

from delinquency.choices import checked_member
from delinquency.component import COMPONENTS, Component, component_position
from delinquency.errors import PolicyError
from delinquency.sequences import checked_tuple

__all__ = ["AllocationGrain", "AllocationOrder", "AllocationStep", "DueState", "Phase"]


class DueState(Enum):
    """Where a debt stands on the value date of a payment.

    ``PAST_DUE``: due before that day. ``DUE``: due on that day. ``IN_ADVANCE``: due after it.
    """

    PAST_DUE = "past_due"
    DUE = "due"
    IN_ADVANCE = "in_advance"


DUE_STATES: tuple[DueState, ...] = tuple(DueState)


class AllocationGrain(Enum):
    """What is emptied first where a step meets several instalments.

    ``INSTALMENT_FIRST``: all components of the oldest instalment before the next instalment.
    ``COMPONENT_FIRST``: one component of every matching instalment before the next component.
    """

    INSTALMENT_FIRST = "instalment_first"
    COMPONENT_FIRST = "component_first"


@attrs.frozen(slots=True)
class AllocationStep:
    """One step: this component of the debts in this state."""

    state: DueState
    component: Component

    def __attrs_post_init__(self) -> None:
        checked_member(self.state, DueState, "allocation step, state")
        checked_member(self.component, Component, "allocation step, component")


def _component(name: str | Component) -> Component:
    try:
        return Component(name)
    except ValueError:
        raise PolicyError.at(
            "allocation order, component",
            expected="one of " + ", ".join(component.value for component in COMPONENTS),
            found=repr(name),
        ) from None


def _steps(items: Iterable[AllocationStep]) -> tuple[AllocationStep, ...]:
    return checked_tuple(items, AllocationStep, "allocation order, step")


Phase = tuple[int, tuple[int, ...]]
"""A due state (0 past due, 1 due, 2 in advance) and the component columns it settles, in order."""


@attrs.frozen(slots=True)
class AllocationOrder:
    """A sequence of steps and a grain.

    Parameters
    ----------
    steps : tuple of AllocationStep
        Every component once for ``PAST_DUE`` and once for ``DUE``. Either every component once for
        ``IN_ADVANCE``, or none: then money that exceeds what is due is held, and settles debts on
        the day they fall due.
    grain : AllocationGrain

    Attributes
    ----------
    phases : tuple
        The steps as kernels read them.
    is_uniform : bool
        Whether the oldest debt is emptied first, in the same order of components in each state.

    Raises
    ------
    PolicyError
        A step twice, or a step missing: money would never settle that debt.

    Examples
    --------
    >>> order = AllocationOrder.oldest_first("interest", "principal", "fees", "penalty")
    >>> order.is_oldest_first
    True
    """

    steps: tuple[AllocationStep, ...] = attrs.field(converter=_steps)
    grain: AllocationGrain = AllocationGrain.INSTALMENT_FIRST
    phases: tuple[Phase, ...] = attrs.field(init=False, repr=False, eq=False)
    is_uniform: bool = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        checked_member(self.grain, AllocationGrain, "allocation order, grain")
        self._check_complete()
        object.__setattr__(self, "phases", self._phases())
        orders = {columns for _, columns in self.phases}
        object.__setattr__(self, "is_uniform", self.is_oldest_first and len(orders) == 1)

    @classmethod
    def oldest_first(
        cls,
        *components: str | Component,
        grain: AllocationGrain = AllocationGrain.INSTALMENT_FIRST,
        hold_excess: bool = False,
    ) -> AllocationOrder:
        """Past due, then due, then in advance, with the same order of components in each.

        Parameters
        ----------
        *components : Component or str
            All four, first to last.
        grain : AllocationGrain
        hold_excess : bool, default False
            Hold what exceeds the amounts due instead of settling instalments in advance.
        """
        order = tuple(map(_component, components))
        states = DUE_STATES[:2] if hold_excess else DUE_STATES
        steps = tuple(AllocationStep(state, component) for state in states for component in order)
        return cls(steps, grain)

    @property
    def holds_excess(self) -> bool:
        """Whether money beyond what is due is held until something falls due."""
        return all(step.state is not DueState.IN_ADVANCE for step in self.steps)

    @property
    def is_oldest_first(self) -> bool:
        """Whether the oldest instalment is always emptied before the next.

        Then the totals due and paid decide which instalments are settled. It needs the grain
        ``INSTALMENT_FIRST`` and one run each of past due, due and, if at all, in advance.
        """
        states = [phase[0] for phase in self.phases]
        return self.grain is AllocationGrain.INSTALMENT_FIRST and states in ([0, 1], [0, 1, 2])

    @property
    def keeps_age_order(self) -> bool:
        """Whether each component is settled oldest first, whatever the order between components.

        Then what is settled of a component is always the oldest part of it.
        """
        return all(
            states == sorted(states)
            for column in range(len(COMPONENTS))
            for states in [[state for state, columns in self.phases if column in columns]]
        )

    def _check_complete(self) -> None:
        for state in DUE_STATES:
            named = [step.component for step in self.steps if step.state is state]
            if state is DueState.IN_ADVANCE and not named:
                continue
            if sorted(map(component_position, named)) != list(range(len(COMPONENTS))):
                raise PolicyError.at(
                    f"allocation order, state {state.value}",
                    expected="each of principal, interest, fees and penalty exactly once",
                    found=", ".join(component.value for component in named) or "none",
                    hint="Money must be able to settle every debt.",
                )

    def _phases(self) -> tuple[Phase, ...]:
        merged: list[tuple[int, tuple[int, ...]]] = []
        for state, column in self._positions():
            if self.grain is AllocationGrain.INSTALMENT_FIRST and merged and merged[-1][0] == state:
                merged[-1] = (state, (*merged[-1][1], column))
            else:
                merged.append((state, (column,)))
        return tuple(merged)

    def _positions(self) -> Iterable[tuple[int, int]]:
        for step in self.steps:
            yield DUE_STATES.index(step.state), component_position(step.component)
