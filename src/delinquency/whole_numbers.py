"""What counts as a whole number: an ``int``, and no ``bool``, which Python takes for one."""

from __future__ import annotations

from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["check_int", "check_least"]


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
