"""The arithmetic of late fees: leaf functions of whole numbers.

One fee is worked out in a ledger, a million in a compiled loop, and both must give the same cent. The one
idea: every step is a function of whole numbers that calls builtins and the shared divisions only, so that
a compiler of numeric Python takes it as it is. All trust their arguments; :mod:`.assessing` checks them.
"""

from delinquency.civil_days import add_months_day
from delinquency.division import div_by_code

__all__ = [
    "NEVER_REPEATED",
    "NO_LIMIT",
    "amount_of_band",
    "first_assessment_day",
    "later_assessment_day",
    "limited_amount",
    "safe_harbour_amount",
    "share_of_amount",
    "short_amount",
]

NO_LIMIT = 2**62
"""Stands for "no maximum" [minor units]: more than every amount."""

NEVER_REPEATED = -(2**31)
"""Stands for "no earlier fee" among numbers of cycles: before every cycle."""


def first_assessment_day(due_day: int, wait_days: int) -> int:
    """The first day at whose close a debt has been unpaid for more than ``wait_days`` late days.

    A debt due on day ``d`` has ``t - d`` late days at the close of ``t``, so without days to wait it is
    the day after the due date.

    Examples
    --------
    >>> first_assessment_day(100, 0), first_assessment_day(100, 15)
    (101, 116)
    """
    return due_day + wait_days + 1


def later_assessment_day(first_day: int, number: int, every_days: int, every_months: int) -> int:
    """The day of a fee that comes again, ``number`` times after the first.

    Days are counted, or calendar months from the first day itself, never from the day before it, so that
    a 31st comes back after a short month. One of the two steps is 0.

    Examples
    --------
    From 31 January 2025 (20119), by months, and by 30 days:

    >>> [later_assessment_day(20119, number, 0, 1) - 20119 for number in (0, 1, 2)]
    [0, 28, 59]
    >>> [later_assessment_day(20119, number, 30, 0) - 20119 for number in (0, 1, 2)]
    [0, 30, 60]
    """
    if every_months:
        return add_months_day(first_day, number * every_months)
    return first_day + number * every_days


def share_of_amount(amount: int, numerator: int, denominator: int, rounding: int) -> int:
    """A share of an amount of 0 or more, rounded by the code of a mode [minor units].

    No product leaves 64 bits while the amount is at most 10**15, and numerator and denominator are below
    2**31: the whole part of the quotient is taken out first, and only its parity kept, which is all that
    rounding to the even neighbour asks of it.

    Examples
    --------
    1.5 % of 1030.00; half of 1 and of 3, to the even neighbour:

    >>> share_of_amount(103000, 3, 200, 0)
    1545
    >>> share_of_amount(1, 1, 2, 1), share_of_amount(3, 1, 2, 1)
    (0, 2)
    """
    whole = amount // denominator * numerator
    odd = whole % 2
    rest = amount % denominator * numerator
    return whole - odd + div_by_code(odd * denominator + rest, denominator, rounding)


def safe_harbour_amount(
    first: int, repeated: int, cycle: int, latest_cycle: int, window: int
) -> int:
    """The higher amount if a fee was charged for the same cycle or one of the ``window`` before it.

    ``latest_cycle`` is the cycle of the latest earlier fee, or ``NEVER_REPEATED``.

    Examples
    --------
    Within six cycles, and after them:

    >>> safe_harbour_amount(2500, 3500, 7, 1, 6), safe_harbour_amount(2500, 3500, 8, 1, 6)
    (3500, 2500)
    """
    return repeated if cycle - latest_cycle <= window else first


def amount_of_band(amount: int, starts: tuple[int, ...], amounts: tuple[int, ...]) -> int:
    """The amount of the band ``[start, next start)`` in which another amount lies; 0 below the first.

    Examples
    --------
    >>> [amount_of_band(size, (1, 1000), (40, 70)) for size in (0, 1, 999, 1000)]
    [0, 40, 40, 70]
    """
    found = 0
    for place in range(len(starts)):  # a compiler reads places, not pairs
        if amount >= starts[place]:
            found = amounts[place]
    return found


def short_amount(unpaid: int, late_fees: int, taken: int) -> int:
    """What would be unpaid if earlier late fees had got none of the money [minor units]; may be below 0.

    Parameters
    ----------
    unpaid : int
        What is open, earlier late fees in it included.
    late_fees : int
        The part of it that is earlier late fees.
    taken : int
        Money that came in time for this payment and that earlier late fees took.

    Examples
    --------
    15.00 are open because an earlier fee took 15.00 of what came in time; one cent more is short by itself:

    >>> short_amount(1500, 0, 1500), short_amount(1501, 0, 1500)
    (0, 1)
    """
    return unpaid - late_fees - taken


def limited_amount(amount: int, minimum: int, maximum: int, cap: int) -> int:
    """An amount, at least ``minimum`` and at most ``maximum`` and ``cap``; nothing stays nothing.

    A cap of the law prevails over a minimum of the contract.

    Examples
    --------
    >>> [limited_amount(amount, 10, 30, 20) for amount in (0, 1, 15, 99)]
    [0, 10, 15, 20]
    >>> limited_amount(1, 10, 30, 5)
    5
    """
    if amount <= 0:
        return 0
    return min(max(amount, minimum), maximum, cap)
