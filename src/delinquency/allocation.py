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

__all__ = ["AllocationGrain", "AllocationOrder", "AllocationStep", "DueState", "Excess", "Phase"]


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


class Excess(Enum):
    """What becomes of money beyond what is past due and due.

    ``NEXT_INSTALMENT``: it settles instalments in advance, the next one first.
    ``LAST_INSTALMENT``: it settles instalments in advance, the last one first: the term gets shorter.
    ``REAMORTISE``: it is shared equally among the instalments in advance; the minor units that cannot be
    shared go to the earliest, and what an instalment cannot take is shared among the others.
    ``HOLD``: it is kept, and settles debts on the day they fall due.
    ``TO_BALANCE``: it reduces the balance at once: principal not yet due, the last instalment first, so
    that the next instalment still falls due in full. What finds no principal is a credit, and never
    settles a later debt: the next minimum payment of a card is not paid before it is billed.
    """

    NEXT_INSTALMENT = "next_instalment"
    LAST_INSTALMENT = "last_instalment"
    REAMORTISE = "reamortise"
    HOLD = "hold"
    TO_BALANCE = "to_balance"


_IN_ADVANCE = (Excess.NEXT_INSTALMENT, Excess.LAST_INSTALMENT, Excess.REAMORTISE)


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


def _usual_excess(steps: tuple[AllocationStep, ...]) -> Excess:
    advances = any(step.state is DueState.IN_ADVANCE for step in steps)
    return Excess.NEXT_INSTALMENT if advances else Excess.HOLD


Phase = tuple[int, tuple[int, ...]]
"""A due state (0 past due, 1 due, 2 in advance) and the component columns it settles, in order."""


@attrs.frozen(slots=True)
class AllocationOrder:
    """A sequence of steps and a grain.

    Parameters
    ----------
    steps : tuple of AllocationStep
        Every component once for ``PAST_DUE`` and once for ``DUE``; and once for ``IN_ADVANCE`` where
        excess settles instalments in advance, else none.
    grain : AllocationGrain
    excess : Excess, optional
        What becomes of money beyond what is due; default ``NEXT_INSTALMENT`` with steps in advance,
        ``HOLD`` without.

    Attributes
    ----------
    phases : tuple
        The steps as kernels read them.
    is_uniform : bool
        Whether the oldest debt is emptied first, in the same order of components in each state.

    Raises
    ------
    PolicyError
        A step twice, or a step missing: money would never settle that debt. Steps in advance beside an
        excess that is held or reduces the balance; none beside one that settles in advance.

    Examples
    --------
    >>> order = AllocationOrder.oldest_first("interest", "principal", "fees", "penalty")
    >>> order.is_oldest_first, order.excess.value
    (True, 'next_instalment')
    """

    steps: tuple[AllocationStep, ...] = attrs.field(converter=_steps)
    grain: AllocationGrain = AllocationGrain.INSTALMENT_FIRST
    excess: Excess = attrs.field(
        default=attrs.Factory(lambda order: _usual_excess(order.steps), takes_self=True)
    )
    phases: tuple[Phase, ...] = attrs.field(init=False, repr=False, eq=False)
    is_uniform: bool = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        checked_member(self.grain, AllocationGrain, "allocation order, grain")
        checked_member(self.excess, Excess, "allocation order, excess")
        self._check_complete()
        self._check_excess()
        object.__setattr__(self, "phases", self._phases())
        orders = {columns for _, columns in self.phases}
        object.__setattr__(self, "is_uniform", self.is_oldest_first and len(orders) == 1)

    @classmethod
    def oldest_first(
        cls,
        *components: str | Component,
        grain: AllocationGrain = AllocationGrain.INSTALMENT_FIRST,
        excess: Excess = Excess.NEXT_INSTALMENT,
    ) -> AllocationOrder:
        """Past due, then due, then what the excess does, with the same order of components in each.

        Parameters
        ----------
        *components : Component or str
            All four, first to last.
        grain : AllocationGrain
        excess : Excess, default NEXT_INSTALMENT
            What becomes of money beyond what is due.
        """
        order = tuple(map(_component, components))
        checked_member(excess, Excess, "allocation order, excess")
        states = DUE_STATES if excess in _IN_ADVANCE else DUE_STATES[:2]
        steps = tuple(AllocationStep(state, component) for state in states for component in order)
        return cls(steps, grain, excess)

    @property
    def holds_excess(self) -> bool:
        """Whether money beyond what is due is held until something falls due."""
        return self.excess is Excess.HOLD

    @property
    def is_oldest_first(self) -> bool:
        """Whether the oldest instalment is always emptied before the next.

        Then the totals due and paid decide which instalments are settled. It needs the grain
        ``INSTALMENT_FIRST``, one run each of past due, due and, if at all, in advance, and an excess
        that is held or settles the next instalment.
        """
        states = [phase[0] for phase in self.phases]
        return (
            self.grain is AllocationGrain.INSTALMENT_FIRST
            and states in ([0, 1], [0, 1, 2])
            and self.excess in (Excess.HOLD, Excess.NEXT_INSTALMENT)
        )

    @property
    def keeps_age_order(self) -> bool:
        """Whether each component is settled oldest first, whatever the order between components.

        Then what is settled of a component is always the oldest part of it.
        """
        return self.excess in (Excess.HOLD, Excess.NEXT_INSTALMENT) and all(
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

    def _check_excess(self) -> None:
        if not self._fits(self.excess):
            raise PolicyError.at(
                "allocation order, excess",
                expected=" or ".join(rule.value for rule in Excess if self._fits(rule)),
                found=self.excess.value,
                hint="Steps in advance say how money settles what is not due yet; money that is held, or "
                "reduces the balance, needs none.",
            )

    def _fits(self, rule: Excess) -> bool:
        advances = any(step.state is DueState.IN_ADVANCE for step in self.steps)
        return advances == (rule in _IN_ADVANCE)

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
