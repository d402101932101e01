"""The policies that are measured with."""

from __future__ import annotations

import delinquency as dq


def by_totals(
    grain: dq.AllocationGrain = dq.AllocationGrain.INSTALMENT_FIRST,
    counting: dq.Counting | None = None,
) -> dq.Policy:
    """Every component counted, the oldest instalment emptied first: totals decide."""
    order = ("fees", "penalty", "interest", "principal")
    return dq.Policy(
        name="bench",
        counting=counting or dq.Counting(),
        allocation=dq.AllocationOrder.oldest_first(*order, grain=grain),
        penalty_in_waterfall=dq.PenaltyPlace.OUTSIDE,
        buckets=dq.rulebook.load("founding-report").versions[0].buckets,
    )


def by_component() -> dq.Policy:
    """One component of every instalment before the next component: a ledger is needed."""
    return by_totals(dq.AllocationGrain.COMPONENT_FIRST)


def without_fees() -> dq.Policy:
    """The oldest instalment first, but fees are not counted: a ledger is needed."""
    counted = (dq.Component.PRINCIPAL, dq.Component.INTEREST)
    return by_totals(counting=dq.Counting(components=counted))
