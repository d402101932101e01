"""How the signal of one rule comes and goes over the periods of a history.

The one idea: a signal is folded over the periods in order, so that a later period never changes an earlier
answer. Where nobody knows whether the condition holds, a signal stays as it was and is marked as not
assessed, and whatever would have cleared it is counted anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

import attrs

from delinquency.early_warning.judging import Truth

__all__ = [
    "TOLD_STATES",
    "SignalMemory",
    "SignalState",
    "fold_signal",
    "folded_truths",
    "next_signal",
    "told_state",
]


class SignalState(IntEnum):
    """Where a signal stands at the end of a period."""

    SILENT = 0
    CLEARED = 1
    """It was raised and is over: in the period that cleared it and while it cools down after that, when it is
    not raised again, whatever holds."""
    RAISED = 2
    CONFIRMED = 3

    def __str__(self) -> str:
        return self.name.lower()

    @property
    def is_up(self) -> bool:
        """Whether it speaks: raised or confirmed."""
        return self >= SignalState.RAISED


TOLD_STATES: Final = (*(each.name.lower() for each in SignalState), "not_assessed")
"""The words for where a signal stands, in the order of the states; the last one where nobody knows."""


def told_state(state: SignalState, *, is_assessed: bool) -> str:
    """The word for where a signal stands: one that is not up, and of which nobody knows, is not assessed.

    Examples
    --------
    >>> told_state(SignalState.SILENT, is_assessed=False), told_state(SignalState.RAISED, is_assessed=False)
    ('not_assessed', 'raised')
    """
    return TOLD_STATES[state] if is_assessed or state.is_up else TOLD_STATES[-1]


@attrs.frozen(slots=True)
class SignalMemory:
    """What a signal remembers from one period to the next.

    Attributes
    ----------
    state : SignalState
    since : int
        The place of the period at whose end it came up, or was cleared; -1 while it is silent.
    held : int
        For how many periods in a row the condition has held, since the signal came up; an unknown one between
        them is passed over.
    cleared : int
        For how many periods in a row it would have been cleared; an unknown one breaks the row.
    """

    state: SignalState = SignalState.SILENT
    since: int = -1
    held: int = 0
    cleared: int = 0


def next_signal(
    memory: SignalMemory,
    place: int,
    *,
    holds: Truth,
    clears: Truth,
    confirm_after: int,
    clear_after: int,
    cool_down: int,
) -> SignalMemory:
    """Where a signal stands at the end of the next period.

    Parameters
    ----------
    memory : SignalMemory
        After the period before.
    place : int
        Of the period.
    holds, clears : bool or None
        Whether the condition holds, and whether what clears the signal does. A condition that holds clears
        nothing.
    confirm_after, clear_after, cool_down : int
        Periods; see the rule.

    Examples
    --------
    Raised, not known, and cleared by the second period in a row without it:

    >>> memory = SignalMemory()
    >>> for place, holds in enumerate([True, None, False, False]):
    ...     clears = None if holds is None else not holds
    ...     memory = next_signal(memory, place, holds=holds, clears=clears, confirm_after=2,
    ...         clear_after=2, cool_down=0)
    ...     print(memory.state.name, memory.since)
    RAISED 0
    RAISED 0
    RAISED 0
    CLEARED 3

    Held back by a cool-down of one period, and confirmed by the second period that counts after it:

    >>> memory = SignalMemory()
    >>> for place, holds in enumerate([True, False, True, True, True]):
    ...     memory = next_signal(memory, place, holds=holds, clears=not holds, confirm_after=2,
    ...         clear_after=1, cool_down=1)
    ...     print(memory.state.name, memory.since)
    RAISED 0
    CLEARED 1
    CLEARED 1
    RAISED 3
    CONFIRMED 3
    """
    state, since = memory.state, memory.since
    if state is SignalState.CLEARED and place - since > cool_down:
        state, since = SignalState.SILENT, -1
    if holds is None:
        # A period of which nobody knows may have been one that held: the row of clearing ones is broken.
        return SignalMemory(state, since, memory.held, 0)
    if state.is_up:
        held = memory.held + 1 if holds else 0
        cleared = memory.cleared + 1 if clears and not holds else 0
        if cleared >= clear_after:
            return SignalMemory(SignalState.CLEARED, place)
    elif holds and state is SignalState.SILENT:
        state, since, held, cleared = SignalState.RAISED, place, 1, 0
    else:
        return SignalMemory(state, since)
    if state is SignalState.RAISED and held >= confirm_after:
        state = SignalState.CONFIRMED
    return SignalMemory(state, since, held, cleared)


def fold_signal(
    holds: Sequence[Truth],
    clears: Sequence[Truth],
    *,
    confirm_after: int,
    clear_after: int,
    cool_down: int,
) -> tuple[SignalMemory, ...]:
    """Where a signal stands at the end of each period."""
    memory, found = SignalMemory(), list[SignalMemory]()
    for place, (each, over) in enumerate(zip(holds, clears, strict=True)):
        memory = next_signal(
            memory,
            place,
            holds=each,
            clears=over,
            confirm_after=confirm_after,
            clear_after=clear_after,
            cool_down=cool_down,
        )
        found.append(memory)
    return tuple(found)


def folded_truths(
    holds: Sequence[Truth], clears: Sequence[Truth], *, is_warning: bool
) -> tuple[Sequence[Truth], Sequence[Truth]]:
    """What a signal is folded from: what nobody knows speaks for no borrower.

    Where the rule is no warning, it counts as a period that did not hold and that clears.

    Examples
    --------
    >>> folded_truths([True, None], [False, None], is_warning=False)
    ([True, False], [False, True])
    """
    if is_warning:
        return holds, clears
    return [each is True for each in holds], [each is not False for each in clears]
