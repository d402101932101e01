"""What the unknown leaves possible of a signal: whether it may be up, and whether it surely is.

The one idea: instead of one memory of the signal every one is kept that some way to fill in the unknown leads
to. Whoever hides a figure adds ways, and can so only widen what is possible.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from delinquency.early_warning.judging import Truth

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
class _Possible:
    """The memories that are possible at the end of a period, at least one.

    Attributes
    ----------
    is_silent : bool
        Whether it may be silent.
    up : int
        Its bit ``n`` stands where it may be up after ``n`` clearing periods in a row.
    cools : int
        Its bit ``n`` stands where it may have been cleared ``n`` periods ago.
    """

    is_silent: bool
    up: int
    cools: int

    def after(self, holds: Truth, clears: Truth, clear_after: int, cool_down: int) -> _Possible:
        """Those at the end of the next period, whose steps are those of ``next_signal``."""
        cools = self.cools << 1
        is_silent = self.is_silent or bool(cools >> (cool_down + 1))
        could_fail = holds is not True
        row = self.up << 1 if could_fail and clears is not False else 0
        rises = holds is not False and (is_silent or self.up > 0)
        stays = could_fail and clears is not True and self.up > 0
        return _Possible(
            is_silent and could_fail,
            row & _below(clear_after) | (rises or stays),
            cools & _below(cool_down + 1) | row >> clear_after,
        )


def _below(place: int) -> int:
    """Every bit before a place."""
    return (1 << place) - 1


def bounds_of_signal(
    holds: Sequence[Truth], clears: Sequence[Truth], *, clear_after: int, cool_down: int
) -> SignalBounds:
    """Between what a signal lies at the end of the last period, over every way to fill in the unknown.

    Each truth is filled in by itself, whatever figures it shares with others.

    Parameters
    ----------
    holds, clears : sequence of bool or None
        Of each period, whether the condition holds and whether what clears the signal does.
    clear_after, cool_down : int
        Periods; see the rule.

    Examples
    --------
    Raised and cleared; the same with the last period hidden; and raised in a period that nobody knows, of
    which the next one cannot tell:

    >>> periods = {"clear_after": 1, "cool_down": 0}
    >>> bounds_of_signal([True, False], [False, True], **periods)
    SignalBounds(may_be_up=False, surely_up=False)
    >>> bounds_of_signal([True, None], [False, None], **periods)
    SignalBounds(may_be_up=True, surely_up=False)
    >>> bounds_of_signal([None, False], [None, False], **periods)
    SignalBounds(may_be_up=True, surely_up=False)

    While it cools down it is not up, whatever nobody knows:

    >>> bounds_of_signal([True, False, None], [False, True, None], clear_after=1, cool_down=1)
    SignalBounds(may_be_up=False, surely_up=False)
    """
    # More periods than there are never pass.
    clear_after, cool_down = (min(each, len(holds)) for each in (clear_after, cool_down))
    found = _Possible(is_silent=True, up=0, cools=0)
    for each, over in zip(holds, clears, strict=True):
        found = found.after(each, over, clear_after, cool_down)
    return SignalBounds(found.up > 0, not found.is_silent and not found.cools)
