"""The arithmetic of cards that one card and a book of cards share: whole numbers in, whole numbers out.

The one idea: each function stands alone and uses builtins only, so that a compiler of numeric Python
takes it as it is. All trust their arguments; who calls them has checked.
"""

__all__ = [
    "interest_numerator",
    "minimum_minor",
    "newly_required_minor",
    "plan_part",
    "yearly_rate",
]


def interest_numerator(base: int, rate: int, weight: int) -> int:
    """Interest as the numerator over 1e8 times the denominator of the day count.

    Parameters
    ----------
    base : int
        What bears [minor units].
    rate : int
        [1e-8 per period]
    weight : int
        The length of the period over the denominator of the day count.

    Examples
    --------
    1,000.00 for 24 days at 0.05 % a day, of which 12.00 is the interest:

    >>> interest_numerator(100_000, 50_000, 24 * 365) // (10**8 * 365)
    1200
    """
    return base * rate * weight


def yearly_rate(rate: int, is_per_day: int) -> int:
    """A rate as one a year, to be compared with others; a day counts 365 times [1e-8 per year].

    Examples
    --------
    0.05 % a day is more than 18 % a year:

    >>> yearly_rate(50_000, 1) > yearly_rate(18_000_000, 0)
    True
    """
    return rate * 365 if is_per_day else rate


def plan_part(amount: int, count: int, number: int, first_takes_rest: int) -> int:
    """Part ``number``, from 1 to ``count``, of an amount billed in parts [minor units].

    Examples
    --------
    100 in 3 parts, the rest in the last, then in the first:

    >>> [plan_part(100, 3, number, 0) for number in (1, 2, 3)]
    [33, 33, 34]
    >>> [plan_part(100, 3, number, 1) for number in (1, 2, 3)]
    [34, 33, 33]
    """
    part = amount // count
    taker = 1 if first_takes_rest else count
    return part + amount - part * count if number == taker else part


def minimum_minor(shares: int, over_limit: int, floor: int) -> int:
    """What a statement newly asks for, before anything is capped: its shares and the over-limit part.

    Examples
    --------
    Shares of 30 with a floor of 50, and of 50:

    >>> minimum_minor(30, 0, 50), minimum_minor(50, 0, 50), minimum_minor(50, 1, 50)
    (50, 50, 51)
    """
    return max(shares + over_limit, floor)


def newly_required_minor(wanted: int, balance: int, past_due: int) -> int:
    """The newly required part: what is wanted, but with the part past due no more than the balance.

    Parameters
    ----------
    wanted : int
        By :func:`minimum_minor`, rounded [minor units].
    balance : int
        What is open at the close of the statement [minor units].
    past_due : int
        The unpaid part of earlier minimums, which stays where it was required [minor units].

    Examples
    --------
    100 wanted of a balance of 1,000; of 150 with 100 past due; of 80 with 100 past due:

    >>> [newly_required_minor(100, b, p) for b, p in ((1000, 0), (150, 100), (80, 100))]
    [100, 50, 0]
    """
    return max(0, min(wanted, balance - past_due))
