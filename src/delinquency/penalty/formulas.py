"""The arithmetic of accrual in whole numbers that fit in 64 bits.

An account that is computed alone and a book that is computed in compiled loops must owe the same cent, so
the formulas exist once. The one idea: what accrues is ``amount * weight / denominator``, the denominator
one for all terms of a contract, and a sum is kept as whole units and a remainder, so that nothing is ever
rounded before somebody asks.

Each function stands alone and uses builtins only, so that a compiler of numeric Python takes it as it is.
All trust their arguments. With amounts of at most 10**15 minor units, a rate of at most 400 % a year, at
most 18,000 days and a denominator of at most 45 * 10**12 no intermediate result leaves 64 signed bits:

==================================  =====================================================  ==========
``numerator * scaled``              18,000 * 366 * 4 * 10**8                               2.7e15
``days * denominator * scaled``     18,000 * 133,590 * 1,095,890, of a rate per day        2.7e15
``amount * quotient``               10**15 * (49.4 years * 4)                              2.0e17
``rest * 10**5 + limb * part``      45 * 10**12 * (2 * 10**5 + 1)                          9.0e18
==================================  =====================================================  ==========
"""

__all__ = ["accrue", "bears_from", "rounded_parts", "weight_of"]


def weight_of(
    numerator: int, days: int, scaled: int, period_code: int, day_denominator: int
) -> int:
    """What one minor unit bears [1 / (day denominator * 10**8) of a minor unit].

    A rate per year is multiplied by the part of a year, one per month counts twelve times a year, and one
    per day is multiplied by the actual days; all three stand over one denominator.

    Parameters
    ----------
    numerator : int
        The part of a year that the period is, over ``day_denominator``.
    days : int
        Its actual days.
    scaled : int
        The rate [1e-8 per period].
    period_code : int
        0 a rate per year, 1 per month, 2 per day.
    day_denominator : int
        Of the day count.

    Examples
    --------
    30 days of Act/360 at 9 % a year, 0.75 % a month and 0.025 % a day are the same:

    >>> [weight_of(30, 30, *rate, 360) for rate in ((9000000, 0), (750000, 1), (25000, 2))]
    [270000000, 270000000, 270000000]
    """
    if period_code == 0:
        return numerator * scaled
    if period_code == 1:
        return 12 * numerator * scaled
    return days * day_denominator * scaled


def accrue(amount: int, weight: int, denominator: int, remainder: int) -> tuple[int, int]:
    """Whole minor units and remainder of ``(amount * weight + remainder) / denominator``.

    The remainder of one period is handed to the next, so that periods add up however they are cut. The
    amount is taken in three limbs of five digits: its product with the weight has no 64 bits.

    Parameters
    ----------
    amount : int
        0 to 10**15 [minor units].
    weight : int
        0 or more; see :func:`weight_of`.
    denominator : int
        1 to 45 * 10**12.
    remainder : int
        0 or more, below the denominator.

    Examples
    --------
    100,000.00 for 30 days at 9 % a year, Act/360, at once and in two parts; then nothing:

    >>> accrue(10_000_000, 30 * 9_000_000, 36_000_000_000, 0)
    (75000, 0)
    >>> first, rest = accrue(10_000_000, 7 * 9_000_000, 36_000_000_000, 0)
    >>> second, rest = accrue(10_000_000, 23 * 9_000_000, 36_000_000_000, rest)
    >>> first + second, rest
    (75000, 0)
    >>> accrue(0, 270_000_000, 36_000_000_000, 5)
    (0, 5)
    """
    quotient = weight // denominator
    part = weight - quotient * denominator
    high = amount // 10000000000
    middle = amount // 100000 - high * 100000
    low = amount - amount // 100000 * 100000

    product = high * part
    whole = product // denominator
    rest = product - whole * denominator
    product = rest * 100000 + middle * part
    more = product // denominator
    rest = product - more * denominator
    whole = whole * 100000 + more
    product = rest * 100000 + low * part + remainder
    more = product // denominator
    rest = product - more * denominator
    return amount * quotient + whole * 100000 + more, rest


def rounded_parts(whole: int, remainder: int, denominator: int, code: int) -> int:
    """``whole + remainder / denominator``, 0 or more, rounded by the code of a rounding mode.

    The same as :func:`delinquency.division.div_by_code` of the two put together, which has no 64 bits.

    Examples
    --------
    A half up, to even, down; a rest up, down:

    >>> [rounded_parts(2, 1, 2, code) for code in (0, 1, 2)], [rounded_parts(2, 1, 9, c) for c in (3, 4)]
    ([3, 2, 2], [3, 2])
    """
    # Which way a remainder goes is as good as random: no branch, what is added is a number.
    if code <= 2:
        other = denominator - remainder
        tie_goes_up = (code == 0) | ((code == 1) & (whole % 2 == 1))
        up = (remainder > other) | ((remainder == other) & tie_goes_up)
    else:
        up = (remainder > 0) & ((code == 3) | (code == 5))
    return whole + up


def bears_from(due_day: int, grace_days: int, is_never_charged: int) -> int:
    """The first day that may bear: the due day, or the first after days of grace that never bear.

    Examples
    --------
    >>> bears_from(100, 5, 1), bears_from(100, 5, 0)
    (105, 100)
    """
    return due_day + grace_days if is_never_charged else due_day
