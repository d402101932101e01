"""Errors and warnings: six kinds, each also a builtin, each readable by a program.

The one idea: a message is part of the API. Every error is raised through
:func:`Kind.at <DelinquencyError.at>`, which lays the same four parts out in the same order - *where* it
happened, *what was expected*, *what was found*, and a *hint* - and keeps them as fields, so that a
service can answer with them and an auditor can read them.
"""

from __future__ import annotations

from typing import Any, Self

__all__ = [
    "CurrencyError",
    "DelinquencyError",
    "DelinquencyWarning",
    "InvalidTypeError",
    "InvalidValueError",
    "MissingExtraError",
    "PolicyError",
    "PolicyNotInForceError",
    "PortfolioError",
    "UnverifiedTableWarning",
    "UnverifiedWarning",
]


LONGEST_SHOWN = 120
"""Characters of what was found, where it is a thing and no text of a domain."""


class DelinquencyError(Exception):
    """Base of everything this library raises on purpose.

    Attributes
    ----------
    where : str
        The place, in the words of the domain: ``"account 'A-17', instalment 3"``.
    expected : str
        What would have been accepted.
    found : str
        What was there instead.
    hint : str
        What to do about it; may be empty.
    """

    where: str = ""
    expected: str = ""
    found: str = ""
    hint: str = ""

    @classmethod
    def at(cls, where: str, *, expected: str, found: object, hint: str = "") -> Self:
        """Build the error from its four parts.

        Examples
        --------
        >>> print(InvalidValueError.at("account 'A-17', instalment 3",
        ...     expected="due_date after 2026-03-01", found="2026-02-28",
        ...     hint="Instalments must be in date order."))
        account 'A-17', instalment 3: expected due_date after 2026-03-01, found 2026-02-28. \
Hint: Instalments must be in date order.
        """
        text = found if isinstance(found, str) else _shown(found)
        return cls._told(where, expected, text, hint)

    @classmethod
    def _told(cls, where: str, expected: str, found: str, hint: str) -> Self:
        message = f"{where}: expected {expected}, found {found}."
        error = cls(message + (f" Hint: {hint}" if hint else ""))
        error.where, error.expected, error.found, error.hint = where, expected, found, hint
        return error

    def within(self, where: str) -> Self:
        """The same error, its place prefixed: an instalment's error told by its account.

        A place that is within it already stays.
        """
        is_there = self.where == where or self.where.startswith(f"{where}, ")
        place = self.where if is_there else ", ".join(filter(None, (where, self.where)))
        return self._told(place, self.expected, self.found, self.hint)

    def hinting(self, more: str) -> Self:
        """The same error with a further hint."""
        hint = f"{self.hint} {more}" if self.hint else more
        return self._told(self.where, self.expected, self.found, hint)

    def to_dict(self) -> dict[str, Any]:
        """The four parts and the kind, for a machine."""
        return {
            "kind": type(self).__name__,
            "where": self.where,
            "expected": self.expected,
            "found": self.found,
            "hint": self.hint,
        }


def _shown(found: object) -> str:
    """How Python writes a thing; of a long text the beginning, because a message is read at a glance."""
    try:
        text = repr(found)
    except ValueError:
        # Python writes no int of more than 4,300 digits, by itself or within a tuple.
        text = f"{type(found).__name__} too long to be written"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rstrip()} […]"


class InvalidValueError(DelinquencyError, ValueError):
    """A value of the right type that no contract can have: a negative amount, 31 February."""


class InvalidTypeError(DelinquencyError, TypeError):
    """A value of the wrong type: ``float`` money, a ``datetime`` where a ``date`` is meant.

    What was found is always shown as Python writes it, so that the text ``'1.50'`` is not mistaken
    for the number 1.50.
    """

    @classmethod
    def at(cls, where: str, *, expected: str, found: object, hint: str = "") -> Self:
        """Build the error from its four parts.

        Examples
        --------
        >>> print(InvalidTypeError.at("payment, amount", expected="a Decimal", found="1.50"))
        payment, amount: expected a Decimal, found '1.50'.
        """
        return super().at(where, expected=expected, found=_shown(found), hint=hint)


class CurrencyError(DelinquencyError, ValueError):
    """An unknown currency, or two currencies where one is meant."""


class PolicyError(DelinquencyError, ValueError):
    """A policy or a rulebook file that contradicts itself, or does not suit the question."""


class PolicyNotInForceError(DelinquencyError, LookupError):
    """No version of the policy is in force on the date asked for."""


class PortfolioError(DelinquencyError, ValueError):
    """Rows of a table that cannot be a book.

    Attributes
    ----------
    column : str
        The table and column, such as ``"instalments.due_date"``.
    rows : tuple of int
        The offending rows, zero-based, at most the first twenty.
    row_count : int
        How many rows offend in all.
    reason : str
        A stable, machine-readable reason such as ``"negative_amount"``.
    """

    column: str = ""
    rows: tuple[int, ...] = ()
    row_count: int = 0
    reason: str = ""

    @classmethod
    def in_rows(
        cls,
        column: str,
        rows: object,
        *,
        reason: str,
        expected: str,
        found: object,
        hint: str = "",
    ) -> Self:
        """Build the error for the offending ``rows`` (any sequence of row numbers)."""
        numbers = [int(row) for row in rows]  # type: ignore[attr-defined]
        shown = numbers[:20]
        listed = ", ".join(str(row) for row in shown[:5]) + (", ..." if len(numbers) > 5 else "")
        noun = "row" if len(numbers) == 1 else f"{len(numbers):,} rows:"
        where = f"{column}, {noun} {listed}" if numbers else column
        error = cls.at(where, expected=expected, found=found, hint=hint)
        error.column, error.rows, error.reason = column, tuple(shown), reason
        error.row_count = len(numbers)
        return error

    def within(self, where: str) -> Self:
        """As the base, with the column, the rows and the reason."""
        error = super().within(where)
        if error is self:
            return self
        error.column, error.rows, error.reason = self.column, self.rows, self.reason
        error.row_count = self.row_count
        return error

    def to_dict(self) -> dict[str, Any]:
        """As the base, with the column, the rows and the reason."""
        return {
            **super().to_dict(),
            "column": self.column,
            "rows": list(self.rows),
            "row_count": self.row_count,
            "reason": self.reason,
        }


class MissingExtraError(DelinquencyError, ImportError):
    """An optional dependency is not installed; the message names the extra that brings it."""

    @classmethod
    def for_extra(cls, extra: str, *, module: str, purpose: str) -> Self:
        """Build the error that names the extra."""
        return cls.at(
            purpose,
            expected=f"the package {module!r} to be installed",
            found="it is missing",
            hint=f"pip install 'delinquency[{extra}]'",
        )


class DelinquencyWarning(UserWarning):
    """Base of every warning: an unverified rule in use, a slow path taken."""


class UnverifiedWarning(DelinquencyWarning):
    """Base of the warnings that something is used whose figures nobody has compared with the official text.

    Examples
    --------
    Whoever wants nothing unverified, whatever kind of file it is in:

    >>> import warnings
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("error", UnverifiedWarning)
    ...     warnings.warn("a row was never compared", UnverifiedTableWarning)
    Traceback (most recent call last):
    ...
    delinquency.errors.UnverifiedTableWarning: a row was never compared
    """


class UnverifiedTableWarning(UnverifiedWarning):
    """A row of a table, or a rule of early warning, is used that nobody compared with the official text."""
