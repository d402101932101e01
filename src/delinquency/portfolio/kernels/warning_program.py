"""Truths joined, and signals told from them: a small machine over words, a run of accounts at a time.

The one idea: the joins of all rules are one list of steps, each over a row of words that stays beside the
processor. A step names the rows that it reads and the one that it writes; nothing is generated.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.compiler import called, compiled
from delinquency.portfolio.kernels.warning_words import AT_ONCE

__all__ = [
    "AND",
    "AND_NOT",
    "FILL",
    "FOLD",
    "KEEP",
    "NOT",
    "OR",
    "SHIFT",
    "STEP_WIDTH",
    "run_program",
]

AND, OR, AND_NOT, NOT, SHIFT, FILL, KEEP, FOLD = range(8)
"""What a step does. ``SHIFT`` moves bits to later periods, and ``FILL`` writes the bits of its mask."""

STEP_WIDTH = 5
"""A step: what it does, the row it writes, the two it reads, and the column that it fills."""


def _fold_words(
    holds: Any,
    could: Any,
    count: Any,
    periods: Any,
    digits: Any,
    confirm_after: Any,
    points: Any,
    spare: Any,
    state: Any,
    since: Any,
    assessed: Any,
    score: Any,
) -> None:
    """Tell the last state of a signal that one period without its condition clears, and that never waits.

    It is up where the condition held after the last period at which it surely did not, from the first such
    period on; it is confirmed where it held at enough of them.

    Parameters
    ----------
    holds, could : word arrays, one for each account
        Bits beyond the last period say nothing.
    count : int
        How many periods there are.
    periods : word array
        Every period, every one but the last, the last, and the first.
    digits : word array, six of them
        For each binary digit of the number of a period the bits of the periods that have it.
    confirm_after : int
    points : int
        Added to the score of those that are up.
    spare : word array, four by at least as many accounts
    state : int8 array
    since : int16 array
    assessed : bool array
    score : int64 array
    """
    every, earlier, last, one = periods[0], periods[1], periods[2], periods[3]
    nothing = one ^ one
    size = len(holds)
    up, was_up = spare[0, :size], spare[1, :size]
    begun, confirmed = spare[2, :size], spare[3, :size]
    for place in range(size):
        # Every bit up to the last period but one at which the condition surely did not hold.
        over = earlier & ~could[place]
        over |= over >> 1
        over |= over >> 2
        over |= over >> 4
        over |= over >> 8
        over |= over >> 16
        over |= over >> 32
        held = holds[place] & ~over
        before, now = held & earlier, held & every
        goes_on = (could[place] & last) != nothing
        rises = now if goes_on else nothing
        was_up[place] = nothing if goes_on else before
        up[place] = rises
        begun[place] = rises & (~rises + one)
    one_of, two_of, four_of = digits[0], digits[1], digits[2]
    eight_of, sixteen_of, thirty_two_of = digits[3], digits[4], digits[5]
    for place in range(size):
        first = begun[place]
        number = one if first & one_of != nothing else nothing
        number |= one << 1 if first & two_of != nothing else nothing
        number |= one << 2 if first & four_of != nothing else nothing
        number |= one << 3 if first & eight_of != nothing else nothing
        number |= one << 4 if first & sixteen_of != nothing else nothing
        number |= one << 5 if first & thirty_two_of != nothing else nothing
        begun[place] = number
    for place in range(size):
        confirmed[place] = up[place]
    for _ in range(confirm_after - 1):
        for place in range(size):
            confirmed[place] &= confirmed[place] - one
    for place in range(size):
        is_up, is_cleared = up[place] != nothing, was_up[place] != nothing
        level = 3 if confirmed[place] != nothing else 2
        state[place] = level if is_up else (1 if is_cleared else 0)
        since[place] = begun[place] if is_up else (count - 1 if is_cleared else -1)
        assessed[place] = ((holds[place] | ~could[place]) & last) != nothing
    if points != 0:
        for place in range(size):
            score[place] += points if state[place] > 1 else 0


fold_words = called(_fold_words)


def _run_program(
    given: Any,
    steps: Any,
    masks: Any,
    rows: Any,
    count: Any,
    periods: Any,
    digits: Any,
    folds: Any,
    spare: Any,
    kept: Any,
    begin: Any,
    columns: Any,
) -> None:
    """Take the steps of a program for each run of accounts of a block.

    Parameters
    ----------
    given : word array, rows by accounts of the block
        The words of comparisons.
    steps : int64 array, steps by ``STEP_WIDTH``
        Rows from ``len(given)`` on are those of ``rows``.
    masks : word array, steps by two
        The bits that a step writes besides, or fills a row with; by how many periods it moves bits.
    rows : word array, rows by accounts at once
    count, periods, digits
        As of :func:`fold_words`.
    folds : int64 array, rules by two
        After how many periods a signal is confirmed, and its points.
    spare : word array, four by accounts at once
    kept : word array, rows by accounts of the block
        Filled with the rows that are kept.
    begin : int
        The first account of the block in the columns.
    columns : tuple of array
        The state, the place since when and whether it is assessed, rules by accounts, and the score.
    """
    state, since, assessed, score = columns
    size, known = given.shape[1], len(given)
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        run = end - start
        for step in range(len(steps)):
            code, target, left, right, number = steps[step]
            ours = given[left, start:end] if left < known else rows[left - known, :run]
            theirs = given[right, start:end] if right < known else rows[right - known, :run]
            if code == KEEP:
                told = kept[number, start:end]
                for place in range(run):
                    told[place] = ours[place]
            elif code == FOLD:
                first, last = begin + start, begin + end
                fold_words(
                    ours,
                    theirs,
                    count,
                    periods,
                    digits,
                    folds[number, 0],
                    folds[number, 1],
                    spare,
                    state[number, first:last],
                    since[number, first:last],
                    assessed[number, first:last],
                    score[first:last],
                )
            else:
                found = rows[target - known, :run]
                mask, shift = masks[step, 0], masks[step, 1]
                if code == AND:
                    for place in range(run):
                        found[place] = ours[place] & theirs[place]
                elif code == OR:
                    for place in range(run):
                        found[place] = ours[place] | theirs[place]
                elif code == AND_NOT:
                    for place in range(run):
                        found[place] = ours[place] & ~theirs[place]
                elif code == NOT:
                    for place in range(run):
                        found[place] = ~ours[place]
                elif code == SHIFT:
                    for place in range(run):
                        found[place] = (ours[place] << shift) | mask
                else:
                    for place in range(run):
                        found[place] = mask


run_program = compiled(_run_program)
