"""A plan without the measures that do nothing for an account.

The one idea: a waiver of nothing, arrears of nothing spread and nothing forgiven say nothing, and are left
out; whatever makes the rows anew stays, because rows made anew may differ by a minor unit.
"""

from __future__ import annotations

import attrs

from delinquency.restructuring import ArrearsSpread, ArrearsWaiver, Forgiveness, RestructuringPlan

__all__ = ["trimmed"]


def trimmed(plan: RestructuringPlan, waived: int, spread: int, forgiven: int) -> RestructuringPlan:
    """The plan less waivers, spreads and forgiveness that came to nothing [minor units]."""
    idle = tuple(
        kind
        for kind, amount in (
            (ArrearsWaiver, waived),
            (ArrearsSpread, spread),
            (Forgiveness, forgiven),
        )
        if not amount
    )
    kept = tuple(measure for measure in plan.measures if not isinstance(measure, idle))
    return plan if len(kept) == len(plan.measures) else attrs.evolve(plan, measures=kept)
