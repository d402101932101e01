"""Strategies for rules: buckets, counting, allocation, policies.

The one idea: every legal rule can come, also the odd ones; a keyword narrows the draw to rules for
which more laws hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from delinquency.allocation import AllocationGrain, AllocationOrder, AllocationStep, DueState
from delinquency.buckets import Bucket, BucketScheme
from delinquency.component import COMPONENTS, Component
from delinquency.counting import (
    Counting,
    CountName,
    FirstDay,
    GraceKind,
    ScheduleChangeRule,
    ToleranceScope,
)
from delinquency.counting.rule import MONTH_COUNTS
from delinquency.penalty_place import PenaltyPlace
from delinquency.policy import Policy
from delinquency.testing._facts import amounts, one_in
from delinquency.testing._hypothesis import st
from delinquency.testing._owed_terms import owing

if TYPE_CHECKING:
    from decimal import Decimal

    from hypothesis.strategies import DrawFn, SearchStrategy

    from delinquency.currency import Currency

__all__ = ["allocation_orders", "bucket_schemes", "countings", "policies"]

MOST_TOLERANCE_MINOR: Final = 500
"""The largest tolerance drawn for a given currency [minor units]."""


@st.composite
def _bucket_scheme(draw: DrawFn, reads: CountName | None) -> BucketScheme:
    widths = draw(st.lists(st.integers(1, 60), max_size=6))
    first = draw(st.sampled_from((0, 0, 0, 3, 29)))
    buckets = [Bucket(f"0-{first}", 0, first, is_stressed=False)]
    start = first + 1
    for width in widths:
        buckets.append(Bucket(f"{start}-{start + width - 1}", start, start + width - 1))
        start += width
    buckets.append(Bucket(f"{start}+", start))
    read = draw(st.sampled_from(CountName)) if reads is None else reads
    return BucketScheme("drawn", read, buckets)


def bucket_schemes(*, reads: CountName | None = None) -> SearchStrategy[BucketScheme]:
    """Two to eight bands without gap or overlap, the first one without stress."""
    return _bucket_scheme(reads)


def _component_subsets() -> SearchStrategy[tuple[Component, ...]]:
    some = st.lists(st.sampled_from(COMPONENTS), min_size=1, max_size=4, unique=True).map(tuple)
    return st.one_of(st.just(COMPONENTS), some)


def _counting(
    *,
    grace: tuple[int, GraceKind | None],
    tolerance: tuple[Decimal | int, ToleranceScope | None],
    first_day: FirstDay,
    components: tuple[Component, ...],
    schedule_change: ScheduleChangeRule,
) -> Counting:
    return Counting(
        first_day=first_day,
        grace_days=grace[0],
        grace_kind=grace[1],
        components=components,
        tolerance=tolerance[0],
        tolerance_scope=tolerance[1],
        schedule_change=schedule_change,
    )


def countings(*, currency: Currency | None = None) -> SearchStrategy[Counting]:
    """Every choice of counting; the tolerance to the minor unit of ``currency``, or in whole units."""
    tolerances = (
        st.integers(0, 5)
        if currency is None
        else amounts(currency=currency, least_minor=0, most_minor=MOST_TOLERANCE_MINOR)
    )
    no_tolerance = st.just((0, None))
    return st.builds(
        _counting,
        grace=st.one_of(
            st.just((0, None)), st.tuples(st.integers(0, 15), st.sampled_from(GraceKind))
        ),
        tolerance=st.one_of(no_tolerance, st.tuples(tolerances, st.sampled_from(ToleranceScope))),
        first_day=st.sampled_from(FirstDay),
        components=_component_subsets(),
        schedule_change=st.sampled_from(ScheduleChangeRule),
    )


@st.composite
def _allocation_order(draw: DrawFn, is_in_order_of_age: bool | None) -> AllocationOrder:
    states = list(DueState)[: draw(st.sampled_from((3, 3, 2)))]
    grain = draw(st.sampled_from(AllocationGrain))
    in_order = draw(one_in(4)) is False if is_in_order_of_age is None else is_in_order_of_age
    if in_order:
        steps = [
            AllocationStep(state, component)
            for state in states
            for component in draw(st.permutations(COMPONENTS))
        ]
    else:
        steps = draw(
            st.permutations(
                [AllocationStep(state, part) for state in states for part in COMPONENTS]
            )
        )
    return AllocationOrder(steps, grain)


def allocation_orders(*, is_in_order_of_age: bool | None = None) -> SearchStrategy[AllocationOrder]:
    """Orders of both grains, with and without settling in advance.

    ``is_in_order_of_age=True``: past due, then due, then in advance, components in any order within
    each. ``False``: any order of steps, so that money may settle what is not due before what is.
    Default: the former three times out of four.
    """
    return _allocation_order(is_in_order_of_age)


def policies(
    *,
    currency: Currency | None = None,
    is_in_order_of_age: bool | None = None,
    with_penalty: bool = False,
    with_late_fees: bool = False,
) -> SearchStrategy[Policy]:
    """Policies for one account, in force always, of any counting, allocation and buckets.

    The keywords are those of :func:`countings` and :func:`allocation_orders`. Without a currency the
    tolerance is in whole units, so the policy suits an account of any currency.

    ``with_penalty=True``: with terms of penalty interest, at any place in the order of payment; none reads
    contract rates. ``with_late_fees=True``: with one or two late fees. Default: neither.
    """
    drawn = _policy(currency, is_in_order_of_age)
    if not (with_penalty or with_late_fees):
        return drawn
    return drawn.flatmap(
        lambda policy: owing(
            policy, currency=currency, with_penalty=with_penalty, with_late_fees=with_late_fees
        )
    )


@st.composite
def _policy(draw: DrawFn, currency: Currency | None, is_in_order_of_age: bool | None) -> Policy:
    buckets = draw(bucket_schemes())
    counting = draw(countings(currency=currency))
    if buckets.reads in MONTH_COUNTS:
        growing = (ScheduleChangeRule.FOLLOW_NEW, ScheduleChangeRule.CONTINUE)
        counting = attrs.evolve(counting, schedule_change=draw(st.sampled_from(growing)))
    return Policy(
        name="drawn",
        counting=counting,
        allocation=draw(allocation_orders(is_in_order_of_age=is_in_order_of_age)),
        penalty_in_waterfall=PenaltyPlace.OUTSIDE,
        buckets=buckets,
    )
