"""Listing the rulebook."""

from __future__ import annotations

from delinquency import rulebook

__all__ = ["print_policies"]


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
