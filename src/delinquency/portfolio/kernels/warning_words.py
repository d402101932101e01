"""Numbers of many periods compared, each answer one bit of a word; and words as flags, and flags as words.

The one idea: what holds at the end of a period is one bit, so a history of up to 64 periods is one number,
and a window over it is a few shifts. Only comparisons look at every period; they read each number once.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.compiler import called, compiled

__all__ = [
    "AT_ONCE",
    "beside_words",
    "pack_words",
    "reached_words",
    "unpack_words",
    "window_words",
]

AT_ONCE = 2_048
"""Accounts whose words stay beside the processor."""


def _reached_words(
    numbers: Any, begin: Any, least: Any, bits: Any, places: Any, words: Any
) -> None:
    """For each least number, set the bit of each period at which a number reaches it, and no other.

    Every number is read from memory once, however many are compared with it; four periods are looked at for
    each look at a word.

    Parameters
    ----------
    numbers : array, periods by accounts
    begin : int
        The first account of the block in it.
    least : array of the type of the numbers
    bits : word array
        The bit of each period.
    places : int array
        For each least number the row of words that tells of it.
    words : word array, rows by accounts of the block
    """
    size, periods = words.shape[1], len(numbers)
    nothing = bits[0] ^ bits[0]
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        here, there = begin + start, begin + end
        for asked in range(len(least)):
            told = words[places[asked], start:end]
            for place in range(end - start):
                told[place] = nothing
        row = 0
        while row + 4 <= periods:
            one, two = numbers[row, here:there], numbers[row + 1, here:there]
            three, four = numbers[row + 2, here:there], numbers[row + 3, here:there]
            first, second, third, fourth = bits[row], bits[row + 1], bits[row + 2], bits[row + 3]
            for asked in range(len(least)):
                told, low = words[places[asked], start:end], least[asked]
                for place in range(end - start):
                    found = first if one[place] >= low else nothing
                    found |= second if two[place] >= low else nothing
                    found |= third if three[place] >= low else nothing
                    found |= fourth if four[place] >= low else nothing
                    told[place] |= found
            row += 4
        for rest in range(row, periods):
            given, bit = numbers[rest, here:there], bits[rest]
            for asked in range(len(least)):
                told, low = words[places[asked], start:end], least[asked]
                for place in range(end - start):
                    told[place] |= bit if given[place] >= low else nothing


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
    # A change of narrow numbers may have no room in their type: it is made in that of the bounds.
    nought = low ^ low
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        here, there = begin + start, begin + end
        told = words[start:end]
        for place in range(end - start):
            told[place] = nothing
            running[place] = 0
        for row in range(len(numbers)):
            comes, goes = numbers[row, here:there], numbers[max(row - window, 0), here:there]
            bit = bits[row] if row + 1 >= window + is_change else nothing
            if is_change:
                for place in range(end - start):
                    running[place] = nought + comes[place] - goes[place]
                    number = running[place]
                    told[place] |= bit if (number >= low) & (number <= high) else nothing
            elif row < window:
                for place in range(end - start):
                    running[place] += comes[place]
                    number = running[place]
                    told[place] |= bit if (number >= low) & (number <= high) else nothing
            else:
                for place in range(end - start):
                    running[place] += comes[place]
                    running[place] -= goes[place]
                    number = running[place]
                    told[place] |= bit if (number >= low) & (number <= high) else nothing


def _next_product(
    comes: Any,
    goes: Any,
    base: Any,
    reads: Any,
    factor: Any,
    sums: Any,
    product: Any,
) -> None:
    """One side of a comparison at the next period, from what it read at the one before.

    Parameters
    ----------
    comes, goes, base : arrays, one number for each account
    reads : four int
        Periods summed or changed over, 0 where the side reads nothing; then, as 0 and 1, whether it is a
        change and no sum, whether a number goes, and whether the product is multiplied by ``base``.
    factor : int
    sums : array
        What was read at the period before, of a sum; what is read now, afterwards.
    product : array
    """
    size = len(product)
    nought = factor ^ factor
    window, is_change, is_full, is_based = reads
    if window == 0:
        for place in range(size):
            product[place] = factor
    elif is_change:
        for place in range(size):
            product[place] = (nought + comes[place] - goes[place]) * factor
    elif window == 1:
        for place in range(size):
            product[place] = comes[place] * factor
    elif is_full:
        for place in range(size):
            sums[place] += comes[place]
            sums[place] -= goes[place]
            product[place] = sums[place] * factor
    else:
        for place in range(size):
            sums[place] += comes[place]
            product[place] = sums[place] * factor
    if is_based:
        for place in range(size):
            product[place] *= base[place]


next_product = called(_next_product)


def _beside_words(
    left: Any,
    right: Any,
    begin: Any,
    windows: Any,
    changes: Any,
    growths: Any,
    factors: Any,
    first: Any,
    order: Any,
    bits: Any,
    running: Any,
    words: Any,
) -> None:
    """Set the bit of each period at which one product stands beside another as ``order`` says.

    Of each side the number read is a sum over so many periods, or a change over so many; it is multiplied by
    a factor and, where the other side is growth, by what that changed from. A side that reads nothing is its
    factor.

    Parameters
    ----------
    left, right : arrays, periods by accounts
    begin : int
        The first account of the block in them.
    windows : pair of int
        Periods summed or changed over; 0: the side reads nothing.
    changes : pair of int
        1 for what a number is less the one so many periods before.
    growths : pair of int
        1 for a change whose other side is multiplied by what it changed from.
    factors : array of two, as wide as the products
    first : int
        The first period at which both sides have their history.
    order : int
        1 above, 2 at least, 3 equal.
    bits : word array
        The bit of each period.
    running : array, four by accounts at once, of a type that has room for every product
    words : word array, one for each account of the block
    """
    size = len(words)
    nothing = bits[0] ^ bits[0]
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        here, there = begin + start, begin + end
        told = words[start:end]
        ours, theirs = running[2, : end - start], running[3, : end - start]
        for place in range(end - start):
            told[place] = nothing
            running[0, place] = 0
            running[1, place] = 0
        for row in range(len(bits)):
            one, other = max(row - windows[0], 0), max(row - windows[1], 0)
            next_product(
                left[row, here:there],
                left[one, here:there],
                right[other, here:there],
                (windows[0], changes[0], row >= windows[0], growths[1]),
                factors[0],
                running[0, : end - start],
                ours,
            )
            next_product(
                right[row, here:there],
                right[other, here:there],
                left[one, here:there],
                (windows[1], changes[1], row >= windows[1], growths[0]),
                factors[1],
                running[1, : end - start],
                theirs,
            )
            if row < first:
                continue
            bit = bits[row]
            if order == 1:
                for place in range(end - start):
                    told[place] |= bit if ours[place] > theirs[place] else nothing
            elif order == 2:
                for place in range(end - start):
                    told[place] |= bit if ours[place] >= theirs[place] else nothing
            else:
                for place in range(end - start):
                    told[place] |= bit if ours[place] == theirs[place] else nothing


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


def _pack_words(flags: Any, bits: Any, words: Any) -> None:
    """Write flags of 0 and 1, periods by two by accounts, as the bits of words, two by accounts."""
    periods, sides, size = flags.shape
    nothing = bits[0] ^ bits[0]
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        for side in range(sides):
            told = words[side, start:end]
            for place in range(end - start):
                told[place] = nothing
            for period in range(periods):
                given = flags[period, side, start:end]
                bit = bits[period]
                for place in range(end - start):
                    told[place] |= bit if given[place] else nothing


reached_words = compiled(_reached_words)
window_words = compiled(_window_words)
beside_words = compiled(_beside_words)
unpack_words = compiled(_unpack_words)
pack_words = compiled(_pack_words)
