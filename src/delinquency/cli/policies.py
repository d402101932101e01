"""Listing the rulebook, and showing one policy of it."""

from __future__ import annotations

from delinquency import rulebook
from delinquency.rulebook.describe import to_text

__all__ = ["print_policies", "print_policy"]


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


def print_policy(name: str, *, lang: str) -> None:
    """Print the versions of one policy: bands, counting, order of payment, sources."""
    print(to_text(rulebook.load(name), lang=lang), end="")
