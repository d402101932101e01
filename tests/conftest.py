"""How the tests are run: how many examples a law is shown, and in which order tests come."""

from __future__ import annotations

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Laws come last: what one example shows need not be looked for among many."""
    items.sort(key=lambda item: "/laws/" in item.nodeid)
