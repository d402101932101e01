"""What counts as a whole number: an ``int``, and no ``bool``, which Python takes for one."""

from __future__ import annotations

from delinquency.calendar import LONGEST_SPAN
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["check_days", "check_int", "check_least"]


def check_int(value: object, where: str) -> None:
    """Refuse what is no ``int``, a ``bool`` among it.

    Raises
    ------
    InvalidTypeError
        Not an ``int``.

    Examples
    --------
    >>> check_int(0, "count")
    """
    if isinstance(value, bool) or not isinstance(value, int):
        is_whole = hasattr(value, "__index__") and not isinstance(value, bool)
        hint = "Convert whole numbers of other libraries with int(...)." if is_whole else ""
        raise InvalidTypeError.at(where, expected="an int", found=value, hint=hint)


def check_least(value: int, where: str, *, least: int) -> None:
    """Refuse what is no ``int`` of ``least`` or more.

    Raises
    ------
    InvalidTypeError
        Not an ``int``.
    InvalidValueError
        Below ``least``, which is accepted itself.

    Examples
    --------
    >>> check_least(1, "count", least=1)
    """
    check_int(value, where)
    if value < least:
        raise InvalidValueError.at(where, expected=f"{least} or more", found=value)


def check_days(value: int, where: str, *, least: int) -> None:
    """Refuse what is no number of days, of ``least`` or more, that the calendar holds.

    Raises
    ------
    InvalidTypeError
        Not an ``int``.
    InvalidValueError
        Below ``least``, or more than from 1900-01-01 to 2200-12-31; both are accepted themselves.

    Examples
    --------
    >>> check_days(90, "grace", least=0)
    """
    check_least(value, where, least=least)
    if value > LONGEST_SPAN:
        raise InvalidValueError.at(
            where,
            expected=f"at most {LONGEST_SPAN:,} days, as many as the calendar has",
            found=value,
        )
