"""Errors and warnings on the command line: in its own words, and once.

The one idea: the library names what to pass to a function; who reads a message here can only pass a flag.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

from delinquency.errors import DelinquencyError

__all__ = ["tell", "tell_os", "warning_teller"]

_CHOICE = re.compile(r'\b(amounts|floats|currency)="(\w+)"')


def tell(error: DelinquencyError) -> None:
    """Print an error of the library on standard error."""
    told = DelinquencyError.at(
        error.where,
        expected=_in_flags(error.expected),
        found=error.found,
        hint=_in_flags(error.hint),
    )
    print(f"error: {told}", file=sys.stderr)


def tell_os(error: OSError) -> None:
    """Print what the operating system says on standard error, with the file where there is one."""
    said = error.strerror or str(error)
    place = f"{error.filename}: " if error.filename else ""
    print(f"error: {place}{said}", file=sys.stderr)


def warning_teller() -> Callable[..., None]:
    """A function for ``warnings.showwarning`` that prints each message once."""
    told: set[str] = set()

    def show(message: Warning | str, *_: object, **__: object) -> None:
        if str(message) not in told:
            told.add(str(message))
            print(f"warning: {message}", file=sys.stderr)

    return show


def _in_flags(text: str) -> str:
    return _CHOICE.sub(r"--\1 \2", text).replace("ignore_extra=True", "--ignore-extra")
