"""Listing the rulebook, showing one policy of it, and telling two apart."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import attrs

from delinquency import rulebook
from delinquency.errors import InvalidValueError
from delinquency.policy_versions import PolicyTimeline
from delinquency.rulebook.describe import to_text

__all__ = ["policies_differ", "print_policies", "print_policy"]

_DATED: Final = re.compile(r"(.+)@([0-9]{4}-[0-9]{2}-[0-9]{2})")


def print_policies(*, lang: str) -> None:
    """Print every packaged policy: name, jurisdiction, verification, versions, title."""
    entries = rulebook.available()
    width = max(len(entry.name) for entry in entries)
    for entry in entries:
        title = entry.title_zh if lang == "zh" and entry.title_zh else entry.title
        print(
            f"{entry.name:<{width}}  {entry.jurisdiction:<4}  {entry.verification.value:<13}  {title}"
        )
        for validity in entry.versions:
            print(f"{'':<{width}}  {validity}")


def print_policy(name: str, *, as_of: date | None, lang: str) -> None:
    """Print a policy: bands, counting, order of payment, sources; of one date, or of every version."""
    print(to_text(_chosen(name, as_of), lang=lang), end="")


def policies_differ(a: str, b: str, *, as_of: date | None, lang: str) -> bool:
    """Print where two policies differ, and say whether they do."""
    found = rulebook.compare(_chosen(a, as_of), _chosen(b, as_of))
    print(found.to_text(lang=lang), end="")
    return not found.is_equal


def _chosen(name: str, as_of: date | None) -> PolicyTimeline:
    """A policy by name, ``name@date`` or path; with a date, the version in force on it alone.

    The date behind a name goes before the one that is for both.
    """
    dated = _DATED.fullmatch(name)
    if dated is not None:
        name, as_of = dated[1], _date(dated[2], name)
    policy = rulebook.load(name)
    if as_of is None:
        return policy
    return attrs.evolve(policy, versions=[policy.in_force(as_of=as_of, originated_on=as_of)])


def _date(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValueError.at(
            name, expected="a date like 2025-06-30 behind the @", found=text
        ) from None
