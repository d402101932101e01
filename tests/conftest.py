"""How the tests are run: how many examples a law is shown, and in which order tests come."""

from __future__ import annotations

import gc
import sys
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, settings

if TYPE_CHECKING:
    import pytest

# Neither a slow machine nor a large account is a failure. Examples are drawn anew in each run, so that
# laws are shown more of them with every run, and none takes long.
settings.register_profile(
    "tests",
    parent=settings(),
    max_examples=70,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
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


OF_BOOKS = tuple(f"delinquency.{name}" for name in ("portfolio", "proposals", "frames", "cli"))
"""Modules that work through books, with loops that are compiled when they are first needed."""


@cache
def is_of_books(module: ModuleType) -> bool:
    """Whether tests of a module, or what helps them, name anything of those modules."""
    for value in vars(module).values():
        name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")
        if not isinstance(name, str) or name == module.__name__:
            continue
        if name.startswith(OF_BOOKS):
            return True
        helper = sys.modules.get(name) if name.startswith("tests.") else None
        if helper and is_of_books(helper):
            return True
    return False


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
