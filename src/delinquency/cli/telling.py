"""Errors and warnings on the command line: in its own words, and once.

The one idea: the library names what to pass to a function; who reads a message here can only pass a flag.
"""

from __future__ import annotations

import re
import sys

from delinquency.cli.words import said
from delinquency.errors import DelinquencyError
from delinquency.portfolio.run import InterpretedKernelWarning

__all__ = ["WarningTeller", "tell", "tell_os"]

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


class WarningTeller:
    """Prints each warning once; the hint how to be faster waits until the work is told.

    Attributes
    ----------
    is_interpreted : bool
        Whether kernels ran uncompiled.
    """

    def __init__(self) -> None:
        self._told: set[str] = set()
        self.is_interpreted = False

    def __call__(self, message: Warning | str, *_: object, **__: object) -> None:
        """Take a warning, as ``warnings.showwarning`` is called."""
        if isinstance(message, InterpretedKernelWarning):
            self.is_interpreted = True
        elif str(message) not in self._told:
            self._told.add(str(message))
            print(f"warning: {message}", file=sys.stderr)

    def tell_hint(self, *, lang: str, python: str) -> None:
        """Print, last, how the same would be faster, where it would be."""
        if self.is_interpreted:
            sys.stdout.flush()
            print(said("faster", lang, python=python), file=sys.stderr)


def _in_flags(text: str) -> str:
    return _CHOICE.sub(r"--\1 \2", text).replace("ignore_extra=True", "--ignore-extra")
