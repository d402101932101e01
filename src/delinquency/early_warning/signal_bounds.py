"""What the unknown leaves possible of a signal: whether it may be up, and whether it surely is.

The one idea: beside the signal two others are folded. One takes every unknown for a period that held and for
none that cleared, the other for none that held and for one that cleared; whatever the unknown was, the truth
lies between them. As soon as both stand alike again, nothing is left open. Whoever hides a figure can so only
widen what is possible.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from delinquency.early_warning.judging import Truth
from delinquency.early_warning.signals import SignalMemory, SignalState, next_signal

__all__ = ["SignalBounds", "bounds_of_signal"]


@attrs.frozen(slots=True)
class SignalBounds:
    """Between what a signal lies at the end of a period.

    Attributes
    ----------
    may_be_up : bool
        Whether some way to fill in the unknown leaves it raised.
    surely_up : bool
        Whether every way does.
    """

    may_be_up: bool
    surely_up: bool


@attrs.frozen(slots=True)
class _Limb:
    """A signal that is folded on a guess: whether it is up, and its row of clearing periods."""

    is_up: bool
    cleared: int

    def after(self, *, rises: bool, holds: bool, clears: bool, clear_after: int) -> _Limb:
        if not self.is_up:
            return _Limb(is_up=rises, cleared=0)
        cleared = self.cleared + 1 if clears and not holds else 0
        is_over = cleared >= clear_after
        return _Limb(is_up=not is_over, cleared=0 if is_over else cleared)


def bounds_of_signal(
    holds: Sequence[Truth],
    clears: Sequence[Truth],
    *,
    confirm_after: int,
    clear_after: int,
    cool_down: int,
) -> SignalBounds:
    """Between what a signal lies at the end of the last period.

    Parameters
    ----------
    holds, clears : sequence of bool or None
        Of each period, whether the condition holds and whether what clears the signal does.
    confirm_after, clear_after, cool_down : int
        Periods; see the rule.

    Examples
    --------
    Raised and cleared; the same with the last period hidden; and raised in a period that nobody knows, of
    which the next one cannot tell:

    >>> periods = {"confirm_after": 1, "clear_after": 1, "cool_down": 0}
    >>> bounds_of_signal([True, False], [False, True], **periods)
    SignalBounds(may_be_up=False, surely_up=False)
    >>> bounds_of_signal([True, None], [False, None], **periods)
    SignalBounds(may_be_up=True, surely_up=False)
    >>> bounds_of_signal([None, False], [None, False], **periods)
    SignalBounds(may_be_up=True, surely_up=False)
    """
    memory, is_open = SignalMemory(), False
    most = least = _Limb(is_up=False, cleared=0)
    last_up = -1
    for place, (held, over) in enumerate(zip(holds, clears, strict=True)):
        needs_clears = held is False and (most.is_up if is_open else memory.state.is_up)
        if not is_open and (held is None or (over is None and needs_clears)):
            is_open = True
            most = least = _Limb(memory.state.is_up, memory.cleared)
            last_up = _last_up(memory, place)
        if is_open:
            # The end of the last period in which some way to fill in the unknown may have cleared it.
            cleared_at = min(place - 1, last_up + 1)
            is_cool = last_up < 0 or place - cleared_at > cool_down
            most = most.after(
                rises=held is not False,
                holds=held is not False,
                clears=over is True,
                clear_after=clear_after,
            )
            least = least.after(
                rises=held is True and is_cool,
                holds=held is True,
                clears=over is not False,
                clear_after=clear_after,
            )
            last_up = place if most.is_up else last_up
        memory = next_signal(
            memory,
            place,
            holds=held,
            clears=over,
            confirm_after=confirm_after,
            clear_after=clear_after,
            cool_down=cool_down,
        )
        is_over = not most.is_up and (last_up < 0 or place - last_up > cool_down)
        if is_open and most == least and (most.is_up or is_over):
            is_open = False
    if is_open:
        return SignalBounds(most.is_up, least.is_up)
    return SignalBounds(memory.state.is_up, memory.state.is_up)


def _last_up(memory: SignalMemory, place: int) -> int:
    """The last period at whose end a signal that is known may have been up; -1 for none that matters."""
    if memory.state.is_up:
        return place - 1
    return memory.since - 1 if memory.state is SignalState.CLEARED else -1
