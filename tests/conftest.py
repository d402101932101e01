"""How the tests are run: how many examples a law is shown, and in which order tests come."""

from __future__ import annotations

import gc
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, settings

if TYPE_CHECKING:
    import pytest

# Neither a slow machine nor a large account is a failure.
settings.register_profile(
    "tests", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# Many runs, each to be judged alike and soon: the same few examples, none of them made smaller.
settings.register_profile(
    "mutation",
    parent=settings.get_profile("tests"),
    max_examples=25,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile("tests")


OF_BOOKS = ("delinquency.portfolio", "delinquency.proposals", "delinquency.frames", "delinquency.cli",
            "tests.equivalence", "tests.restructuring.books")  # fmt: skip
"""Modules whose names, in a test, say that it works through a book."""


@cache
def is_of_books(module: ModuleType) -> bool:
    """Whether tests of a module work through books, with loops that are compiled when they are first needed."""
    names = (
        value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
        for value in vars(module).values()
    )
    return any(isinstance(name, str) and name.startswith(OF_BOOKS) for name in names)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of books come first, and laws last.

    Each worker begins with its own part of the tests: the first compiles the loops while others run tests that
    need none, and find the loops compiled when they come to them. What one example shows need not be looked for
    among the many of a law.
    """

    def place(item: pytest.Item) -> tuple[bool, bool]:
        module = getattr(item, "module", None)
        return "/laws/" in item.nodeid, not (module and is_of_books(module))

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """What was collected stays until the end: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()
