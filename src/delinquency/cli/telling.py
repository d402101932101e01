"""Errors and warnings on the command line: in its own words, and once.

The one idea: the library names what to pass to a function; who reads a message here can only pass a flag.
"""

from __future__ import annotations

import re
import sys
from typing import Final

from delinquency.cli.words import said
from delinquency.errors import DelinquencyError
from delinquency.portfolio.run import InterpretedKernelWarning

__all__ = ["WarningTeller", "tell", "tell_os", "told_error"]

_MEMBER = re.compile(r"\b[A-Z]\w*[a-z]\w*\.([A-Z][A-Z0-9_]+)\b")
"""A member of an enumeration; documents write its name in small letters."""

_OF_COMMAND: Final = {
    "ignore_extra=True": "--ignore-extra",
    "at most as_of,": "at most --as-of,",
    "contract_rates: [DatedRate(date, Rate.per_year(...))].": "contract_rates: in its document, or in the "
    "file of --contract-rates for a tape.",
    "Say currency=...": 'Say "currency" in the document.',
    "as `previous`": "as `previous` in Python, which no option does",
}
"""What the library names, and what who types a command gives in its place."""

_CHOICE = re.compile(r'\b(amounts|floats|currency)="(\w+)"')

_OWN_TERM = re.compile(r"own_terms=\[ObservationTerm\('(\w+)', Unit\.\w+\)\]")
_IN_A_PROGRAM = re.compile(r", own_terms=\[ObservationTerm\('\w+', unit\)\] in a program")


def tell(error: DelinquencyError, *, lang: str) -> None:
    """Print an error of the library on standard error."""
    print(said("error", lang, told=told_error(error, lang=lang)), file=sys.stderr)


def told_error(error: DelinquencyError, *, where: str | None = None, lang: str) -> str:
    """An error in the words of the command line; what a language frames is said in English.

    Parameters
    ----------
    error : DelinquencyError
    where : str, optional
        In place of its own.
    lang : str

    Examples
    --------
    >>> found = DelinquencyError.at("plan, day_count", expected="a day count", found="none",
    ...     hint="Write DayCount.ACT_360 or DayCount.ACT_365F.")
    >>> print(told_error(found, lang="en"))
    plan, day_count: expected a day count, found none. Hint: Write "act_360" or "act_365f".
    """
    place = error.where if where is None else where
    parts = {"expected": _in_flags(error.expected), "found": error.found}
    told = said("told_error" if place else "told_error_anywhere", lang, where=place, **parts)
    hint = _in_flags(error.hint)
    return told + (said("hint", lang, hint=hint) if hint else "")


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
    text = _CHOICE.sub(r"--\1 \2", text)
    text = _IN_A_PROGRAM.sub("", text)
    text = _OWN_TERM.sub(
        r'[observation.\1] in the file of rules, or "own_terms" in the document', text
    )
    text = _MEMBER.sub(lambda found: f'"{found[1].lower()}"', text)
    for of_python, of_command in _OF_COMMAND.items():
        text = text.replace(of_python, of_command)
    return text
