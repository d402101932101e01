"""Test support for systems that count overdue credit: assertions, strategies and laws.

The one idea: what a downstream test needs - a credit as it happens in life, a check that says why it
failed, the laws that any sound policy obeys - is exported, so that nobody writes it again. The
assertions need nothing; strategies and laws need the extra ``testing`` (hypothesis), and an error
names it where it is missing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from delinquency.testing.assertions import (
    assert_bucket,
    assert_days_past_due,
    assert_ledger_balances,
)

if TYPE_CHECKING:
    from delinquency.testing import laws, strategies
    from delinquency.testing.behaviour import Behaviour
    from delinquency.testing.laws import check_policy
    from delinquency.testing.matching import check_portfolio_matches_scalar

__all__ = [
    "Behaviour",
    "assert_bucket",
    "assert_days_past_due",
    "assert_ledger_balances",
    "check_policy",
    "check_portfolio_matches_scalar",
    "laws",
    "strategies",
]

_WHERE = {
    "Behaviour": "delinquency.testing.behaviour",
    "check_policy": "delinquency.testing.laws",
    "check_portfolio_matches_scalar": "delinquency.testing.matching",
}


def __getattr__(name: str) -> Any:
    if name in ("laws", "strategies"):
        return importlib.import_module(f"delinquency.testing.{name}")
    if name in _WHERE:
        return getattr(importlib.import_module(_WHERE[name]), name)
    message = f"module 'delinquency.testing' has no attribute {name!r}"
    raise AttributeError(message)
