"""Where a rule comes from, and how far that has been checked.

A figure that a supervisor may ask about must lead back to an article of a text. The one idea: a
source is a value like any other, carried by the rule and by the explanation of each result,
together with how binding the text is (:class:`Modality`) and whether somebody has read the
official wording (:class:`Verification`).
"""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import Final

import attrs

from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["Citation", "Modality", "Verification"]


class Verification(Enum):
    """How far a rule has been checked against its source."""

    OFFICIAL_TEXT = "official-text"
    """Read in the official text."""
    SECONDARY = "secondary"
    """Read in a reliable account of the text."""
    UNVERIFIED = "unverified"
    """Neither; a rule in use that says so warns."""


class Modality(Enum):
    """What kind of statement a rule is: how binding, or not binding at all."""

    MUST = "must"
    MUST_NOT = "must_not"
    SHOULD = "should"
    SHOULD_NOT = "should_not"
    MAY = "may"
    PRESUMPTION = "presumption"
    """Holds until rebutted."""
    DEFINITION = "definition"
    """Says what a word means."""
    MARKET_PRACTICE = "market_practice"
    """What lenders do; no text demands it."""
    PROJECT = "project"
    """A reading chosen by this library where sources are silent or differ."""
    EVIDENCE = "evidence"
    """A published figure or case, not a rule."""


@attrs.frozen(slots=True)
class Citation:
    """A place in a text: an instrument and, where known, its provision.

    Attributes
    ----------
    instrument : str
        The law, regulation, standard or contract form; never empty.
    provision : str
        Article, section or paragraph; empty for the whole instrument.
    address : str
        Where the text can be read; may be empty.
    published_on : datetime.date or None
        When the instrument was published; None if not known.
    title_zh : str
        The Chinese title; may be empty.

    Raises
    ------
    InvalidTypeError
        If a text is no ``str`` or ``published_on`` no date.
    InvalidValueError
        If the instrument is empty.

    Examples
    --------
    >>> print(Citation("Regulation (EU) No 575/2013", "Article 178(1)(b)"))
    Regulation (EU) No 575/2013, Article 178(1)(b)
    >>> print(Citation("Regulation (EU) No 575/2013"))
    Regulation (EU) No 575/2013
    """

    instrument: str
    provision: str = ""
    address: str = attrs.field(default="", kw_only=True)
    published_on: date | None = attrs.field(default=None, kw_only=True)
    title_zh: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        for field in ("instrument", "provision", "address", "title_zh"):
            value = getattr(self, field)
            if not isinstance(value, str):
                raise InvalidTypeError.at("citation", expected=f"{field} as text", found=value)
        if not self.instrument.strip():
            raise InvalidValueError.at(
                "citation",
                expected="the name of an instrument",
                found=repr(self.instrument),
                hint="Name the law, the standard or the contract form.",
            )
        if self.published_on is not None:
            day_number(self.published_on, where="citation", field="published_on")

    def text(self, lang: str = "en") -> str:
        """The source in a language; what has no Chinese title is named as it is.

        Examples
        --------
        >>> Citation("Civil Code", "Articles 188 and 195", title_zh="民法典").text("zh")
        '民法典, 第188、195条'
        """
        if lang != "zh" or not self.title_zh:
            return str(self)
        return ", ".join(part for part in (self.title_zh, _provision_zh(self.provision)) if part)

    def __str__(self) -> str:
        return f"{self.instrument}, {self.provision}" if self.provision else self.instrument


_NUMBERED: Final = re.compile(r"(Article|Articles|item) ([0-9].*)")


def _provision_zh(provision: str) -> str:
    """Articles and items by their numbers; another place stays as it is."""
    numbered = _NUMBERED.fullmatch(provision)
    if numbered is None:
        return provision
    noun = "项" if numbered[1] == "item" else "条"
    return f"第{numbered[2].replace(', ', '、').replace(' and ', '、')}{noun}"
