"""The four things a debtor can owe, and the one order in which columns hold them."""

from __future__ import annotations

from enum import Enum

__all__ = ["COMPONENTS", "Component", "component_position"]


class Component(Enum):
    """A part of what is owed.

    Every obligation is split into these four, and every rule about money names the ones it means:
    the order of allocation, the components that a count looks at, the exposure.
    """

    PRINCIPAL = "principal"
    INTEREST = "interest"
    FEES = "fees"
    PENALTY = "penalty"


COMPONENTS: tuple[Component, ...] = tuple(Component)
"""All components, in column order."""

_POSITIONS = {component: position for position, component in enumerate(COMPONENTS)}


def component_position(component: Component) -> int:
    """The column of a component: 0 principal, 1 interest, 2 fees, 3 penalty.

    Examples
    --------
    >>> component_position(Component.FEES)
    2
    """
    return _POSITIONS[component]
