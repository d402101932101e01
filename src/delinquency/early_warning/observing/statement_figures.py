"""What the figures of a statement say, and what was paid of the statement before.

The one idea: a card that is replayed and columns of statements that came from elsewhere are read by the same
definitions. Amounts are minor units; ``None`` is what nobody knows.
"""

from __future__ import annotations

from delinquency.early_warning.units import share_of

__all__ = [
    "added_to",
    "beyond_limit",
    "carried_from",
    "is_minimum_only",
    "left_of_limit",
    "part_of",
    "was_paid_in_full",
]


def part_of(part: int | None, whole: int | None) -> int | None:
    """The share of a part in a whole, in millionths; unknown of 0 or less."""
    return None if part is None or whole is None else share_of(part, whole)


def beyond_limit(balance: int | None, limit: int | None) -> int | None:
    """The balance beyond the limit."""
    return None if balance is None or limit is None else max(0, balance - limit)


def left_of_limit(balance: int | None, limit: int | None) -> int | None:
    """The limit less the balance; below 0 over the limit."""
    return None if balance is None or limit is None else limit - balance


def carried_from(before: int | None) -> int | None:
    """What the statement before asked to be paid: its balance, or nothing where it was in credit."""
    return None if before is None else max(0, before)


def added_to(balance: int | None, before: int | None, paid: int | None) -> int | None:
    """What came to the balance beside payments: the balance, less the one before, and what was paid."""
    if balance is None or before is None or paid is None:
        return None
    return balance - before + paid


def was_paid_in_full(before: int | None, paid: int | None) -> bool | None:
    """Whether money reached the balance of the statement before; of 0 or less nothing was asked."""
    if before is None:
        return None
    if before <= 0:
        return True
    return None if paid is None else paid >= before


def is_minimum_only(*, below: bool | None, in_full: bool | None) -> bool | None:
    """Whether the minimum was paid and the whole was not."""
    if below or in_full:
        return False
    return None if below is None or in_full is None else True
