"""Names that others gave: of accounts, obligors, payments and charges.

The one idea: an id is any text that can be written down; what it means is its owner's.
"""

from __future__ import annotations

from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["check_id"]


def check_id(value: object, *, where: str) -> None:
    """Refuse what is no id.

    Raises
    ------
    InvalidTypeError
        Not a text, or an empty one.
    InvalidValueError
        A text that UTF-8 cannot write: half of a surrogate pair.

    Examples
    --------
    >>> check_id("A-1", where="account")
    >>> check_id("", where="account")
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidTypeError: account: expected a text that is not empty, found ''.
    """
    if not isinstance(value, str) or not value:
        raise InvalidTypeError.at(where, expected="a text that is not empty", found=value)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidValueError.at(
            where, expected="a text that can be written as UTF-8", found=ascii(value)
        ) from None
