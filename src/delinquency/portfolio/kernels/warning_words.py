"""Truths of many periods as the bits of one word for each account: comparisons, and signals that come and go.

The one idea: what holds at the end of a period is one bit, so a history of up to 64 periods is one number,
and a window over it is a few shifts. Only comparisons look at every period; they read each number once.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.compiler import compiled

__all__ = ["compare_words", "fold_words", "unpack_words", "window_words", "within_words"]

AT_ONCE = 2_048
"""Accounts whose words stay beside the processor."""


def _within_words(numbers: Any, begin: Any, lows: Any, highs: Any, bits: Any, words: Any) -> None:
    """For each pair of bounds, set the bit of each period at which a number lies between them, and no other.

    Every number is read from memory once, however many bounds there are.

    Parameters
    ----------
    numbers : array, periods by accounts
    begin : int
        The first account of the block in it.
    lows, highs : arrays of the type of the numbers
        Both ends are included.
    bits : word array
        The bit of each period.
    words : word array, bounds by accounts of the block
    """
    count, size = words.shape
    nothing = bits[0] ^ bits[0]
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        for bound in range(count):
            told = words[bound, start:end]
            for place in range(end - start):
                told[place] = nothing
        for row in range(len(numbers)):
            given = numbers[row, begin + start : begin + end]
            bit = bits[row]
            for bound in range(count):
                told = words[bound, start:end]
                low, high = lows[bound], highs[bound]
                for place in range(end - start):
                    number = given[place]
                    told[place] |= bit if (number >= low) & (number <= high) else nothing


def _window_words(
    numbers: Any,
    begin: Any,
    window: Any,
    is_change: Any,
    low: Any,
    high: Any,
    bits: Any,
    running: Any,
    words: Any,
) -> None:
    """Set the bit of each period at which a sum or a change over a window is from ``low`` to ``high``.

    A sum is the one of the period before, with a number that comes and one that goes.

    Parameters
    ----------
    numbers : array, periods by accounts
    begin : int
        The first account of the block in it.
    window : int
    is_change : int
        1 for what a number is less the one so many periods before.
    low, high : of the type of ``running``
    bits : word array
        The bit of each period.
    running : array of a type that has room for every sum and change, accounts at once
    words : word array, one for each account of the block
    """
    size = len(words)
    nothing = bits[0] ^ bits[0]
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        told = words[start:end]
        for place in range(end - start):
            told[place] = nothing
            running[place] = 0
        for row in range(len(numbers)):
            comes = numbers[row, begin + start : begin + end]
            goes = numbers[max(row - window, 0), begin + start : begin + end]
            if is_change:
                for place in range(end - start):
                    running[place] = comes[place]
                    running[place] -= goes[place]
            else:
                for place in range(end - start):
                    running[place] += comes[place]
                if row >= window:
                    for place in range(end - start):
                        running[place] -= goes[place]
            if row + 1 >= window + is_change:
                bit = bits[row]
                for place in range(end - start):
                    number = running[place]
                    told[place] |= bit if (number >= low) & (number <= high) else nothing


def _compare_words(
    left: Any,
    left_begin: Any,
    right: Any,
    right_begin: Any,
    or_equal: Any,
    bits: Any,
    first: Any,
    words: Any,
) -> None:
    """Set the bit of each period at which ``left`` is more than ``right``, or as much with ``or_equal`` of 1.

    Rows of both stand for the same periods, the first of them for the period ``first``; other parameters as
    of :func:`within_words`.
    """
    size = len(words)
    nothing = bits[0] ^ bits[0]
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        told = words[start:end]
        for place in range(end - start):
            told[place] = nothing
        for row in range(len(left)):
            ours = left[row, left_begin + start : left_begin + end]
            theirs = right[row, right_begin + start : right_begin + end]
            bit = bits[first + row]
            if or_equal:
                for place in range(end - start):
                    told[place] |= bit if ours[place] >= theirs[place] else nothing
            else:
                for place in range(end - start):
                    told[place] |= bit if ours[place] > theirs[place] else nothing


def _unpack_words(words: Any, bits: Any, flags: Any) -> None:
    """Write the bits of words, two by accounts, as flags of 0 and 1, periods by two by accounts."""
    periods, sides, size = flags.shape
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        for side in range(sides):
            given = words[side, start:end]
            for period in range(periods):
                told = flags[period, side, start:end]
                bit = bits[period]
                for place in range(end - start):
                    told[place] = 1 if given[place] & bit else 0


def _fold_words(
    holds: Any,
    could: Any,
    bits: Any,
    digits: Any,
    confirm_after: Any,
    scratch: Any,
    state: Any,
    since: Any,
    assessed: Any,
) -> None:
    """Tell the last state of a signal that one period without its condition clears, and that never waits.

    It is up where the condition held after the last period at which it surely did not, from the first such
    period on; it is confirmed where it held at enough of them.

    Parameters
    ----------
    holds, could : word arrays, one for each account
        Bits beyond the last period say nothing.
    bits : word array
        The bit of each period.
    digits : word array
        For each binary digit of the number of a period the bits of the periods that have it.
    confirm_after : int
    scratch : word array, three by accounts at once
    state : int8 array
    since : int16 array
    assessed : bool array
    """
    size, periods = len(holds), len(bits)
    last, one = bits[periods - 1], bits[0]
    nothing = one ^ one
    earlier = last - one
    every = last | earlier
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        held, possible = holds[start:end], could[start:end]
        told, begun, known = state[start:end], since[start:end], assessed[start:end]
        over, before, up = scratch[0], scratch[1], scratch[2]
        for place in range(end - start):
            over[place] = every & ~possible[place]
            before[place] = over[place] & ~last
        # Every bit up to the highest one: of all periods, and of those before the last.
        shift = 1
        while shift < periods:
            for place in range(end - start):
                over[place] |= over[place] >> shift
                before[place] |= before[place] >> shift
            shift *= 2
        for place in range(end - start):
            was_up = held[place] & earlier & ~before[place]
            fails = ~possible[place] & last
            up[place] = held[place] & every & ~over[place]
            known[place] = ((held[place] & last) | fails) != nothing
            told[place] = 1 if (fails != nothing) & (was_up != nothing) else 0
            begun[place] = 0
            over[place] = up[place] & (~up[place] + one)
        for digit in range(len(digits)):
            having = digits[digit]
            for place in range(end - start):
                begun[place] |= (1 << digit) if over[place] & having != nothing else 0
        for place in range(end - start):
            before[place] = up[place]
        for _ in range(min(confirm_after - 1, periods)):
            for place in range(end - start):
                before[place] &= before[place] - one
        for place in range(end - start):
            is_up, is_cleared = up[place] != nothing, told[place] != 0
            level = 3 if before[place] != nothing else 2
            begun[place] = begun[place] if is_up else (periods - 1 if is_cleared else -1)
            told[place] = level if is_up else told[place]


within_words = compiled(_within_words)
window_words = compiled(_window_words)
compare_words = compiled(_compare_words)
unpack_words = compiled(_unpack_words)
fold_words = compiled(_fold_words)
