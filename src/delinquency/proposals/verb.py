"""Search the plans of an offer for those that a debtor can pay.

The one idea: every plan is priced, each as :func:`~delinquency.restructuring.verb.restructure` prices it;
nothing is guessed from its neighbours, so that a plan left out is one that breaks a limit, or that another
one betters.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from delinquency.amortisation import AmortisationMethod
from delinquency.amounts import from_minor
from delinquency.calendar import Day, add_months_day, day_number, to_date
from delinquency.choices import members_of
from delinquency.dated_rates import rate_on
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.policy import Policy
from delinquency.portfolio.kernels.plan_layout import (
    ALLOTTED,
    DEFERRED,
    FORGIVEN,
    MOVED,
    NOT_POSSIBLE,
    NOTHING_ASKED,
    TOLD,
    WAIVED,
    PlanAnswers,
)
from delinquency.portfolio.run import Engine, chosen_engine, thread_count
from delinquency.proposals.affordability import Affordability
from delinquency.proposals.answer import BindingLimit, Proposal, Proposals
from delinquency.proposals.choosing import Held, binding_limits, held_against, undominated
from delinquency.proposals.limit import Limit
from delinquency.proposals.offer import LenderOffer, PlanLimits
from delinquency.proposals.pricing import price_space
from delinquency.proposals.space import PlanSpace
from delinquency.proposals.trimming import trimmed
from delinquency.replaying import named_errors, version_in_force
from delinquency.restructuring import Restructured, RestructuringPlan, restructure
from delinquency.restructuring.account_reading import AccountReading, read_account
from delinquency.restructuring.plan_checks import check_facts, check_penalty, check_rates
from delinquency.restructuring.present_value import SHARE_PARTS
from delinquency.rounding import Proportion, RoundingMode

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.currency import Currency
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["propose_plans"]

_WHERE = "propose_plans"


def propose_plans(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    affordability: Affordability,
    offer: LenderOffer | None = None,
    bounds: PlanLimits | None = None,
    effective_on: date | None = None,
    first_due_on: date | None = None,
    method: AmortisationMethod = AmortisationMethod.ANNUITY,
    day_count: DayCount | None = None,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> Proposals:
    """Price every plan of an offer for an account, and give those that fit and that no other one betters.

    A plan fits where every payment, a balloon aside, is at most what can be paid on its due date, nothing
    stays past due, and it keeps to the limits. Of plans that fit, one is bettered by another that gives up no
    more present value, leaves no greater balloon, has no greater payment and ends no later, and is better in
    one of these; of plans alike in all four the one with fewer measures stands. They are ranked in this
    order. A loss of at most a minor unit a payment is rounding, and counts as none.

    Parameters
    ----------
    account : Account
    as_of : date
    policy : Policy or PolicyTimeline
    affordability : Affordability
    offer : LenderOffer, optional
        The measures to choose from; default as of :class:`LenderOffer`.
    bounds : PlanLimits, optional
        Default none.
    effective_on : date, optional
        The day from whose start the plans hold; default ``as_of``.
    first_due_on : date, optional
        For a schedule that is over, which then gets instalments anew; default a month after the plans begin.
    method : AmortisationMethod, default ANNUITY
    day_count : DayCount, optional
        As of :class:`~delinquency.restructuring.RestructuringPlan`.
    known_on : date, optional
        As of :func:`~delinquency.assessment.assess`.
    engine : Engine, optional
        Default: compiled where numba is there. The answers are equal.
    threads : int, optional
        Default: one.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As of :func:`~delinquency.restructuring.verb.restructure`; less than a minor unit that can be paid;
        no instalments in the offer for a schedule that is over; ``first_due_on`` before the plans begin.
    PolicyError
        Penalty that is posted on demand.

    Examples
    --------
    Two of four instalments of 100 are past due, and 130 a month can be paid:

    >>> import delinquency as dq
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> found = propose_plans(account, as_of=date(2025, 3, 1), affordability=Affordability.of(130),
    ...     policy=dq.rulebook.load("founding-report"), offer=LenderOffer(term_extensions=range(1, 7)))
    >>> found.priced, found.fitting
    (14, 10)
    >>> for plan in found:
    ...     print(plan.greatest_payment, plan.payments, plan.last_due_on, plan.present_value_loss)
    50.00 8 2025-10-15 0.00
    57.16 7 2025-09-15 0.00
    66.67 6 2025-08-15 0.00
    80.00 5 2025-07-15 0.00
    100.00 4 2025-06-15 0.00
    """
    for name, value, kind in (
        ("affordability", affordability, Affordability),
        ("offer", offer, LenderOffer | None),
        ("bounds", bounds, PlanLimits | None),
    ):
        if not isinstance(value, kind):
            raise InvalidTypeError.at(f"{_WHERE}, {name}", expected=_named(kind), found=value)
    version = version_in_force(account, as_of, policy, _WHERE)
    begins = as_of if effective_on is None else effective_on
    start = day_number(begins, where=_WHERE, field="effective_on")
    if first_due_on is not None:
        _check_first(day_number(first_due_on, where=_WHERE, field="first_due_on"), start)
    check_penalty(version)
    can_pay = affordability.in_minor(account.currency)
    bare = RestructuringPlan(measures=(), effective_on=begins, method=method, day_count=day_count)
    read = read_account(account, bare, as_of=as_of, version=version, known_on=known_on)
    first = to_date(add_months_day(start, 1)) if first_due_on is None else first_due_on
    with named_errors(account):
        check_facts(account, bare, start)
        check_rates(read.rates, start)
    _check_day_count(read, day_count)
    held_limits = PlanLimits() if bounds is None else bounds
    offered = LenderOffer() if offer is None else offer
    choices = _choices(offered, held_limits, read, first)
    space = PlanSpace(choices, begins, method, day_count)

    def one(place: int) -> Restructured:
        return restructure(
            account, space.plan(place), as_of=as_of, policy=version, known_on=known_on
        )

    out = price_space(
        read,
        space.numbers(account.currency),
        space.most_more_dues,
        can_pay,
        one,
        is_by_loop=space.is_by_loop,
        engine=chosen_engine(engine),
        workers=thread_count(threads, 0),
    )
    held = held_against(
        out,
        last_due_day=None
        if held_limits.last_due_on is None
        else day_number(held_limits.last_due_on, where=_WHERE, field="last_due_on"),
        most_instalments=held_limits.most_instalments,
        most_loss=None
        if held_limits.most_loss is None
        else held_limits.most_loss.of(SHARE_PARTS, RoundingMode.DOWN),
    )
    fits = (out.state == TOLD) & ~np.any([each.over > 0 for each in held], axis=0)
    places = np.flatnonzero(fits)
    found = Proposals(
        account=account,
        as_of=as_of,
        known_on=known_on,
        policy=version,
        affordability=affordability,
        offer=offered,
        bounds=held_limits,
        effective_on=begins,
        first_due_on=first_due_on,
        method=method,
        day_count=day_count,
        priced=len(space),
        not_possible=int((out.state == NOT_POSSIBLE).sum()),
        fitting=len(places),
        charges_to_come=from_minor(sum(read.draft.beside), account.currency),
        binding=() if len(places) else _binding(out, held, account.currency),
    )
    before = max((row.total for row in read.rows), default=0)
    run = chosen_engine(engine)
    kept = undominated(out, places[_fewest_first(space, places)], engine=run)
    cost = _cost(read)
    plans = tuple(
        _proposal(number, int(place), found, space, out, before, cost)
        for number, place in enumerate(kept, start=1)
    )
    return attrs.evolve(found, unbettered=plans, plans=plans)


def _cost(read: AccountReading) -> int:
    """What is paid in all without a plan [minor units]."""
    draft = read.draft
    past = sum(sum(debt.open) for debt in draft.past)
    return past + sum(row.total for row in read.rows) + sum(draft.beside) + draft.unposted


def _check_day_count(read: AccountReading, day_count: DayCount | None) -> None:
    own = rate_on(read.rates, read.draft.day)
    if day_count is None and own is not None and own.scaled:
        raise InvalidValueError.at(
            f"{_WHERE}, day_count",
            expected="a day count, by which the interest of the new schedules is reckoned",
            found="none",
            hint=members_of(DayCount),
        )


def _check_first(first: Day, start: Day) -> None:
    if first < start:
        raise InvalidValueError.at(
            f"{_WHERE}, first_due_on",
            expected=f"a day on or after that of the plans, {to_date(start)}",
            found=str(to_date(first)),
        )


def _named(kind: Any) -> str:
    name = getattr(kind, "__name__", None)
    return f"{str(kind) if name is None else name}".split(" | ")[0].rsplit(".", 1)[-1]


def _choices(offer: LenderOffer, limits: PlanLimits, read: AccountReading, first: date) -> Any:
    """The choices of an offer for an account: rates below its own and not below the least."""
    if not read.draft.dues:
        return offer.re_aged(first)
    own = rate_on(read.rates, read.draft.day)
    least = limits.least_rate
    rates = tuple(
        rate
        for rate in offer.rates
        if own is not None
        and rate.scaled < own.scaled
        and (least is None or rate.scaled >= least.scaled)
    )
    return attrs.evolve(offer, rates=rates).choices


def _fewest_first(space: PlanSpace, places: Any) -> Any:
    """An order of plans by how many measures they have, then by place."""
    return np.lexsort((places, space.measure_counts()[places]))


def _binding(out: PlanAnswers, held: list[Held], currency: Currency) -> tuple[BindingLimit, ...]:
    found = binding_limits(out, held)
    told = out.state == TOLD
    broken: Any = np.stack([each.over > 0 for each in held])
    alone = bool((told & (broken.sum(axis=0) == 1)).any())
    return tuple(
        BindingLimit(limit, alone, plans, _over(limit, least, currency))
        for limit, plans, least in found
    )


def _over(limit: Limit, least: int, currency: Currency) -> Any:
    if limit in (Limit.AFFORDABILITY, Limit.ARREARS):
        return from_minor(least, currency)
    if limit is Limit.MOST_LOSS:
        return Proportion(least, SHARE_PARTS)
    return least


def _proposal(
    number: int,
    place: int,
    found: Proposals,
    space: PlanSpace,
    out: PlanAnswers,
    before: int,
    cost: int,
) -> Proposal:
    currency = found.account.currency
    excess = int(out.excess[place])
    _, _, to_come, to_come_after, beside, beside_after = map(int, out.asked[place])
    change = to_come_after + beside_after - to_come - beside
    greatest = int(out.greatest[place])
    moved = out.moved[place]
    took = (
        int(moved[kind - MOVED : kind - MOVED + 4].sum()) for kind in (WAIVED, ALLOTTED, FORGIVEN)
    )
    return Proposal(
        number=number,
        plan=trimmed(space.plan(place), *took),
        greatest_payment=from_minor(greatest, currency),
        payment_relief=from_minor(before - greatest, currency),
        least_room=None if excess == NOTHING_ASKED else from_minor(-excess, currency),
        payments=int(out.payments[place]),
        paid_in_all=from_minor(cost + change, currency),
        total_cost_change=from_minor(change, currency),
        balloon=from_minor(int(out.moved[place, DEFERRED - MOVED]), currency),
        last_due_on=to_date(int(out.last_due[place])),
        present_value_loss=from_minor(int(out.loss[place]), currency),
        diminished_share=Proportion(int(out.diminished[place]), SHARE_PARTS),
        asked=found,
    )
