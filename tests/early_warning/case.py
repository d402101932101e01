"""A case of a packaged rule: what was seen of an account, and what its signal then says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

__all__ = ["SILENT", "UNKNOWN", "UP", "Case", "Cases", "money"]

UP = "raised or confirmed"
SILENT = "not raised"
UNKNOWN = "not assessed"


@attrs.frozen
class Case:
    """What was seen, oldest first, the last period last; what the signal says at its end; and in words."""

    seen: Mapping[str, Sequence[object]]
    says: str
    words: str


Cases = Mapping[str, Sequence[Case]]
"""By the id of the rule."""


def money(*amounts: object) -> list[object]:
    """Amounts from texts; ``None`` stays."""
    from decimal import Decimal

    return [None if each is None else Decimal(str(each)) for each in amounts]
