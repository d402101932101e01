"""The arithmetic of a day count: whole numbers in, whole numbers out.

The one idea: both paths - one account in Python, a book in compiled loops - call these functions, so a
formula can exist only once. They use builtins only. Days are day numbers; spans are half-open.
"""

from __future__ import annotations

__all__ = ["delinquent_days", "late_days", "net_of_grace", "shared_days"]


def late_days(due_day: int, as_of_day: int, due_date_counts: int) -> int:
    """Late days at the close of ``as_of_day`` of a debt due on ``due_day`` [days].

    The length of ``[due, as_of)``, or of ``[due, as_of + 1)`` if ``due_date_counts`` is 1; never
    less than 0.

    Examples
    --------
    >>> late_days(100, 100, 0), late_days(100, 101, 0), late_days(100, 100, 1)
    (0, 1, 1)
    """
    days = as_of_day + due_date_counts - due_day
    return max(0, days)


def shared_days(start: int, end: int, other_start: int, other_end: int) -> int:
    """Days that ``[start, end)`` and ``[other_start, other_end)`` share [days].

    Examples
    --------
    >>> shared_days(16, 46, 6, 25)
    9
    """
    first = max(other_start, start)
    last = min(other_end, end)
    return last - first if last > first else 0


def net_of_grace(days: int, grace_days: int, grace_is_trigger: int) -> int:
    """Days after grace [days].

    Deducted: ``days - grace``, not below 0. Trigger (1): 0 while ``days <= grace``, then ``days``.

    Examples
    --------
    >>> net_of_grace(3, 3, 1), net_of_grace(4, 3, 1), net_of_grace(4, 3, 0)
    (0, 4, 1)
    """
    if days <= grace_days:
        return 0
    return days if grace_is_trigger else days - grace_days


def delinquent_days(raw: int, suspended: int, grace_days: int, grace_is_trigger: int) -> int:
    """Raw days less suspended days less grace [days].

    Suspended days that fall within the grace are taken away all the same, and the grace besides;
    a trigger is compared with the days that remain after suspension.

    Examples
    --------
    Due 16 October, grace 3, suspended 6-25 October, as of 15 November:

    >>> delinquent_days(30, 9, 3, 0)
    18
    """
    return net_of_grace(raw - suspended, grace_days, grace_is_trigger)
