"""The first thing drawn of which something is true: looked for, and not made smaller."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import Phase, find, settings
from hypothesis.strategies import SearchStrategy

__all__ = ["found"]

Drawn = TypeVar("Drawn")
SEARCH = settings(max_examples=2_000, phases=[Phase.generate], database=None, deadline=None)


def found(strategy: SearchStrategy[Drawn], is_wanted: Callable[[Drawn], bool]) -> Drawn:
    return find(strategy, is_wanted, settings=SEARCH)
