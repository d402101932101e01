"""Strategies for rules: buckets, counting, allocation, policies.

The one idea: every legal rule can come, also the odd ones; a keyword narrows the draw to rules for
which more laws hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from delinquency.allocation import (
    AllocationGrain,
    AllocationOrder,
    AllocationStep,
    DueState,
    Excess,
)
from delinquency.allocation_choices import AgeSwitch, KindOrder
from delinquency.buckets import Bucket, BucketScheme
from delinquency.component import COMPONENTS, Component
from delinquency.counting import (
    Counting,
    CountName,
    FirstDay,
    GraceKind,
    LostDispute,
    Materiality,
    ScheduleChangeRule,
    ToleranceScope,
)
from delinquency.counting.rule import MONTH_COUNTS
from delinquency.payments import PaymentKind
from delinquency.penalty_place import PenaltyPlace
from delinquency.policy import Policy
from delinquency.rounding import Proportion
from delinquency.testing._facts import amounts, one_in
from delinquency.testing._hypothesis import st
from delinquency.testing._owed_terms import owing

if TYPE_CHECKING:
    from decimal import Decimal

    from hypothesis.strategies import DrawFn, SearchStrategy

    from delinquency.currency import Currency

__all__ = [
    "age_switches",
    "allocation_orders",
    "bucket_schemes",
    "countings",
    "kind_orders",
    "policies",
]

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
    lost_dispute: LostDispute,
) -> Counting:
    return Counting(
        first_day=first_day,
        grace_days=grace[0],
        grace_kind=grace[1],
        components=components,
        tolerance=tolerance[0],
        tolerance_scope=tolerance[1],
        schedule_change=schedule_change,
        lost_dispute=lost_dispute,
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
        lost_dispute=st.sampled_from(LostDispute),
    )


@st.composite
def _allocation_order(
    draw: DrawFn, is_in_order_of_age: bool | None, excess: Excess
) -> AllocationOrder:
    states = list(DueState)[: 3 if excess in _ADVANCING else 2]
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
    return AllocationOrder(steps, grain, excess)


_ADVANCING: Final = (Excess.NEXT_INSTALMENT, Excess.LAST_INSTALMENT, Excess.REAMORTISE)
_USUAL: Final = (Excess.NEXT_INSTALMENT, Excess.NEXT_INSTALMENT, Excess.HOLD)


def allocation_orders(
    *, is_in_order_of_age: bool | None = None, all_choices: bool = False
) -> SearchStrategy[AllocationOrder]:
    """Orders of both grains, with and without settling in advance.

    ``is_in_order_of_age=True``: past due, then due, then in advance, components in any order within
    each. ``False``: any order of steps, so that money may settle what is not due before what is.
    Default: the former three times out of four.

    ``all_choices=True``: every rule of excess. Default: excess settles the next instalment, or is held.
    """
    rules = tuple(Excess) if all_choices else _USUAL
    return st.sampled_from(rules).flatmap(
        lambda excess: _allocation_order(is_in_order_of_age, excess)
    )


@st.composite
def age_switches(
    draw: DrawFn, *, at_least: int | None = None, is_in_order_of_age: bool | None = None
) -> AgeSwitch:
    """Another order from an age of 1 to 120 days on."""
    age = draw(st.integers(1, 120)) if at_least is None else at_least
    order = allocation_orders(is_in_order_of_age=is_in_order_of_age, all_choices=True)
    return AgeSwitch(age, draw(order))


@st.composite
def kind_orders(
    draw: DrawFn, *, kind: PaymentKind | None = None, is_in_order_of_age: bool | None = None
) -> KindOrder:
    """An order of its own for a kind of money."""
    chosen = draw(st.sampled_from(PaymentKind)) if kind is None else kind
    order = allocation_orders(is_in_order_of_age=is_in_order_of_age, all_choices=True)
    return KindOrder(chosen, draw(order))


def policies(
    *,
    currency: Currency | None = None,
    is_in_order_of_age: bool | None = None,
    all_choices: bool = False,
    with_penalty: bool = False,
    with_late_fees: bool = False,
) -> SearchStrategy[Policy]:
    """Policies for one account, in force always, of any counting, allocation and buckets.

    The keywords are those of :func:`countings` and :func:`allocation_orders`. Without a currency the
    tolerance is in whole units and nothing is asked of materiality, so the policy suits an account of any
    currency.

    ``all_choices=True``: also every rule of excess, orders by age and by kind, a tolerance on closing:
    what a ledger of one account knows.

    ``with_penalty=True``: with terms of penalty interest, at any place in the order of payment; none reads
    contract rates. ``with_late_fees=True``: with one or two late fees. Default: neither.
    """
    drawn = _policy(currency, is_in_order_of_age, all_choices)
    if not (with_penalty or with_late_fees):
        return drawn
    return drawn.flatmap(
        lambda policy: owing(
            policy, currency=currency, with_penalty=with_penalty, with_late_fees=with_late_fees
        )
    )


def _materialities(currency: Currency) -> SearchStrategy[Materiality]:
    least = amounts(currency=currency, least_minor=0, most_minor=MOST_TOLERANCE_MINOR)
    share = st.integers(0, 20).map(lambda hundredths: Proportion(hundredths, 100))
    return st.builds(Materiality, least, share, st.just(currency))


@st.composite
def _policy(
    draw: DrawFn, currency: Currency | None, is_in_order_of_age: bool | None, all_choices: bool
) -> Policy:
    counts = [count for count in CountName if count is not CountName.MATERIAL_DAYS_PAST_DUE]
    reads = draw(st.sampled_from(counts if currency is None else list(CountName)))
    buckets = draw(bucket_schemes(reads=reads))
    counting = draw(countings(currency=currency))
    if currency is not None and reads is CountName.MATERIAL_DAYS_PAST_DUE:
        counting = attrs.evolve(counting, materiality=draw(_materialities(currency)))
    if buckets.reads in MONTH_COUNTS:
        growing = (ScheduleChangeRule.FOLLOW_NEW, ScheduleChangeRule.CONTINUE)
        counting = attrs.evolve(counting, schedule_change=draw(st.sampled_from(growing)))
    order = allocation_orders(is_in_order_of_age=is_in_order_of_age, all_choices=all_choices)
    policy = Policy(
        name="drawn",
        counting=counting,
        allocation=draw(order),
        penalty_in_waterfall=PenaltyPlace.OUTSIDE,
        buckets=buckets,
    )
    return draw(_with_choices(policy, is_in_order_of_age)) if all_choices else policy


@st.composite
def _with_choices(draw: DrawFn, policy: Policy, is_in_order_of_age: bool | None) -> Policy:
    """The policy with orders by age and by kind, and a tolerance on closing in whole units."""
    ages = draw(st.sets(st.integers(1, 120), max_size=2))
    kinds = draw(st.sets(st.sampled_from(PaymentKind), max_size=2))
    in_order = is_in_order_of_age
    return attrs.evolve(
        policy,
        allocation_by_age=[
            draw(age_switches(at_least=age, is_in_order_of_age=in_order)) for age in sorted(ages)
        ],
        allocation_by_kind=[
            draw(kind_orders(kind=kind, is_in_order_of_age=in_order))
            for kind in PaymentKind
            if kind in kinds
        ],
        closing_tolerance=draw(st.one_of(st.just(0), st.integers(1, 100))),
    )
