"""What Hypothesis calls when it is imported, so that ``st.from_type(Account)`` works.

The one idea: registering costs nothing. Each type is registered with a function that makes its
strategy when one is asked for. Books are left out: their columns would load numpy into every process
that imports Hypothesis; ``strategies.portfolios()`` draws them. Terms of penalty and late fees are left out
for the same reason; ``strategies.penalty_terms()`` and ``late_fee_terms()`` draw them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from delinquency.account import Account
from delinquency.allocation import AllocationOrder
from delinquency.allocation_choices import AgeSwitch, KindOrder
from delinquency.buckets import BucketScheme
from delinquency.charges import Charge
from delinquency.counting import Counting
from delinquency.currency import Currency
from delinquency.dated_rates import DatedRate
from delinquency.events import (
    Acceleration,
    ChargeBack,
    Closure,
    Collateral,
    CountingSuspension,
    Dispute,
    Finding,
    FundsMisuse,
    Guarantee,
    OffBalance,
    PenaltyWaiver,
    ReAge,
    ReportedFigure,
    Restructuring,
    Waiver,
    WriteOff,
)
from delinquency.payments import Payment
from delinquency.policy import Policy
from delinquency.schedule import Instalment, Schedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

__all__ = ["register"]

_STRATEGIES: dict[type[Any], str] = {
    Acceleration: "accelerations",
    Account: "accounts",
    AgeSwitch: "age_switches",
    AllocationOrder: "allocation_orders",
    BucketScheme: "bucket_schemes",
    Charge: "charges",
    ChargeBack: "charge_backs",
    Closure: "closures",
    Collateral: "collaterals",
    Counting: "countings",
    CountingSuspension: "suspensions",
    Currency: "currencies",
    DatedRate: "dated_rates",
    Dispute: "disputes",
    Finding: "findings",
    FundsMisuse: "funds_misuses",
    Guarantee: "guarantees",
    Instalment: "instalments",
    KindOrder: "kind_orders",
    OffBalance: "off_balances",
    Payment: "payments",
    PenaltyWaiver: "penalty_waivers",
    Policy: "policies",
    ReAge: "re_ages",
    ReportedFigure: "reported_figures",
    Restructuring: "restructurings",
    Schedule: "schedules",
    Waiver: "waivers",
    WriteOff: "write_offs",
}


def register() -> None:
    """Register a strategy for each noun; for the entry point group ``hypothesis``."""
    # Hypothesis calls this while it is being imported, perhaps by delinquency.testing itself.
    from hypothesis import strategies as st

    for kind, name in _STRATEGIES.items():
        st.register_type_strategy(kind, _maker(name))


def _maker(name: str) -> Callable[[type[Any]], SearchStrategy[Any]]:
    def make(_: type[Any]) -> SearchStrategy[Any]:
        from delinquency.testing import strategies

        strategy: SearchStrategy[Any] = getattr(strategies, name)()
        return strategy

    return make
