"""Every plan of an offer priced by the verb of one account, and what is to be proposed of them.

Nothing here is taken from the search: the plans are the products of the choices, each is put to the account
by itself, and is held against every limit and every other plan.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import product
from typing import Any, NamedTuple

import attrs

import delinquency as dq
from delinquency.amortisation import AmortisationMethod, DeferredInterest
from delinquency.amounts import to_minor
from delinquency.proposals import (
    Affordability,
    ArrearsTreatment,
    DatedAmount,
    LenderOffer,
    Limit,
    PlanLimits,
    Proposals,
    propose_plans,
)
from delinquency.restructuring import ReAgeing, Restructured, RestructuringPlan
from delinquency.restructuring.present_value import SHARE_PARTS, part_given_up
from tests.equivalence.books import cents
from tests.restructuring.books import NO_LOOP, draw_account, draw_policy, minor

DAY = date(2025, 6, 15)


class Priced(NamedTuple):
    """A plan and its figures [minor units]."""

    plan: RestructuringPlan
    done: Restructured
    greatest: int
    payments: int
    last_due_on: date
    balloon: int
    loss: int
    share: int
    over: dict[Limit, int]

    @property
    def key(self) -> tuple[int, int, int, date]:
        """What plans are compared by, a loss of rounding being none."""
        loss = 0 if self.loss <= self.payments else self.loss
        return loss, self.balloon, self.greatest, self.last_due_on


@attrs.frozen
class Search:
    """What is asked of a search."""

    account: dq.Account
    affordability: Affordability
    offer: LenderOffer
    bounds: PlanLimits
    policy: Any
    day_count: dq.DayCount | None
    method: AmortisationMethod
    first_due_on: date | None
    as_of: date
    known_on: date | None

    def found(self, **more: Any) -> Proposals:
        """The answer of the search."""
        asked: dict[str, Any] = {
            "as_of": self.as_of,
            "effective_on": DAY,
            "known_on": self.known_on,
            "policy": self.policy,
            "affordability": self.affordability,
            "offer": self.offer,
            "bounds": self.bounds,
            "day_count": self.day_count,
            "method": self.method,
            "first_due_on": self.first_due_on,
        }
        return propose_plans(self.account, **{**asked, **more})


def draw_search(rng: random.Random, number: int) -> Search:
    """A small offer for an account of any kind."""
    currency = dq.Currency.of(rng.choice(("CNY", "CNY", "JPY")))
    account = draw_account(rng, number, currency, DAY)
    least = max(to_minor(row.total, currency, where="row") for row in account.schedule)
    amount = max(1, least * rng.choice((20, 60, 90, 110, 150, 300, 10_000)) // 100)
    steps = [DatedAmount(date(1970, 1, 1), cents(amount, currency))]
    if rng.random() < 0.3:
        later = DAY + timedelta(rng.randrange(1, 200))
        steps.append(DatedAmount(later, cents(amount * rng.choice((0, 1, 2)), currency)))
    day_count = dq.DayCount.ACT_365F
    if rng.random() < 0.1:
        day_count = rng.choice(NO_LOOP)
    return Search(
        account,
        Affordability(steps),
        draw_offer(rng),
        draw_bounds(rng),
        draw_policy(rng, currency, DAY),
        day_count,
        rng.choice((AmortisationMethod.ANNUITY, AmortisationMethod.EQUAL_PRINCIPAL)),
        rng.choice((None, None, DAY + timedelta(10))),
        DAY + timedelta(rng.choice((0, 0, 5))),
        rng.choice((None, None, None, DAY - timedelta(40), DAY + timedelta(40))),
    )


def draw_offer(rng: random.Random) -> LenderOffer:
    """At most 48 plans, of some of the kinds."""
    while True:
        offer = LenderOffer(
            arrears=rng.choice((list(ArrearsTreatment), [rng.choice(list(ArrearsTreatment))])),
            term_extensions=rng.sample((1, 3, 6, 12, 24, 60), rng.choice((0, 1, 2, 2))),
            payment_holidays=rng.choice(((), (), (3,), (2, 6))),
            holiday_interest=rng.choice((None, *DeferredInterest)),
            rates=[dq.Rate.per_year(each) for each in rng.choice(((), ("0.04",), ("0.01", "0")))],
            deferred_shares=rng.choice(((), (dq.Proportion(1, 4),))),
            waived_shares=rng.choice(((), (dq.Proportion(1, 1),), (dq.Proportion(1, 2),))),
            forgiven_shares=rng.choice(((), (dq.Proportion(1, 10),))),
        )
        if offer.plan_count <= 48:
            return offer


def draw_bounds(rng: random.Random) -> PlanLimits:
    return PlanLimits(
        last_due_on=rng.choice((None, None, DAY + timedelta(rng.randrange(30, 900)))),
        most_instalments=rng.choice((None, None, rng.randint(1, 30))),
        least_rate=rng.choice((None, None, dq.Rate.per_year("0.02"))),
        most_loss=rng.choice((None, None, dq.Proportion(1, 100), dq.Proportion(0, 1))),
    )


def plans_of(search: Search) -> list[RestructuringPlan]:
    """Every plan of the offer for the account, in the order of its choices."""
    offer, day = search.offer, DAY
    if all(row.due_date < day or not open_to_come(search, row) for row in search.account.schedule):
        first = (
            dq.calendar.add_months(day, 1) if search.first_due_on is None else search.first_due_on
        )
        waivers, forgiveness, *_ = offer.choices
        kinds: Any = (
            waivers,
            forgiveness,
            [(ReAgeing(count, first),) for count in offer.term_extensions],
        )
    else:
        kinds = offer.choices
    held = [each.rate for each in search.account.contract_rates if each.effective_on <= day]
    least = search.bounds.least_rate
    plans = []
    for chosen in product(*kinds):
        measures = [measure for choice in chosen for measure in choice]
        rates = [each.annual_rate for each in measures if hasattr(each, "annual_rate")]
        if any(
            not held
            or rate.scaled >= held[-1].scaled
            or (least is not None and rate.scaled < least.scaled)
            for rate in rates
        ):
            continue
        plans.append(
            RestructuringPlan(
                measures=measures,
                effective_on=day,
                method=search.method,
                day_count=search.day_count,
            )
        )
    return plans


def open_to_come(search: Search, row: dq.Instalment) -> bool:
    """Whether something of a row on or after the day is open at its start."""
    if row.in_force_until is not None and row.in_force_until <= DAY:
        return False
    eve = DAY - timedelta(1)
    owed = dq.replay(search.account, as_of=eve, policy=search.policy, known_on=search.known_on)
    return any(
        any(cells)
        for debt, cells in zip(owed.obligations, owed.open_rows, strict=True)
        if not debt.kind and debt.due_day == dq.calendar.day_number(
            row.due_date, where="row", field="due_date"
        )
    )  # fmt: skip


def priced(search: Search) -> list[Priced | None]:
    """Every plan with its figures; ``None`` where the account cannot have it."""
    return [_priced(search, plan) for plan in plans_of(search)]


def _priced(search: Search, plan: RestructuringPlan) -> Priced | None:
    try:
        done = dq.restructure(
            search.account,
            plan,
            as_of=search.as_of,
            policy=search.policy,
            known_on=search.known_on,
        )
    except dq.InvalidValueError:
        return None
    currency = done.currency
    rows = [row for row in done.schedule_rows if row.after is not None and row.after.total]
    totals = [minor(row.after.total, currency) for row in rows]
    balloon = minor(done.deferred, currency)
    last_due = max([DAY, *(row.due_date for row in rows)])
    if rows and done.draft_after.dues[-1] == done.rows_after[-1].due_day:
        totals[-1] -= min(balloon, minor(rows[-1].after.principal, currency))
    excess = [
        total - int(search.affordability.on(row.due_date).scaleb(currency.minor_unit))
        for total, row in zip(totals, rows, strict=True)
    ]
    share = part_given_up(done.value_before, done.value_after)
    diminished = share.numerator * (SHARE_PARTS // share.denominator)
    bounds = search.bounds
    over = {
        Limit.AFFORDABILITY: max(excess, default=-1),
        Limit.ARREARS: minor(done.arrears_after.total, currency),
    }
    if bounds.last_due_on is not None:
        over[Limit.LAST_DUE_ON] = (last_due - bounds.last_due_on).days
    if bounds.most_instalments is not None:
        over[Limit.MOST_INSTALMENTS] = len(rows) - bounds.most_instalments
    if bounds.most_loss is not None:
        most = bounds.most_loss
        over[Limit.MOST_LOSS] = diminished - SHARE_PARTS * most.numerator // most.denominator
    loss = minor(done.present_value_loss, currency)
    return Priced(
        plan,
        done,
        max(totals, default=0),
        len(rows),
        last_due,
        balloon,
        loss,
        diminished,
        over,
    )


def fits(one: Priced) -> bool:
    return all(over <= 0 for over in one.over.values())


def unbettered(fitting: list[Priced]) -> list[Priced]:
    """Those that no other one betters, ranked; of plans alike the first with the fewest measures."""
    kept = []
    for place, one in enumerate(fitting):
        mine = (len(one.plan.measures), place)
        is_bettered = any(
            all(a <= b for a, b in zip(other.key, one.key, strict=True))
            and (other.key != one.key or (len(other.plan.measures), number) < mine)
            for number, other in enumerate(fitting)
            if number != place
        )
        if not is_bettered:
            kept.append(one)
    return sorted(kept, key=lambda one: one.key)


def binding(told: list[Priced]) -> list[tuple[Limit, bool, int, int]]:
    """Each limit in the way: whether it stands alone, how many plans break it, and the least excess."""
    broken = [{limit for limit, over in one.over.items() if over > 0} for one in told]
    limits = [limit for limit in Limit if any(limit in one.over for one in told)]
    alone = [
        (limit, True, len(overs), min(overs))
        for limit in limits
        if (
            overs := [
                one.over[limit] for one, of in zip(told, broken, strict=True) if of == {limit}
            ]
        )
    ]
    if alone or not told:
        return alone
    most = max(sum(limit in of for of in broken) for limit in limits)
    return [
        (limit, False, most, min(one.over[limit] for one in told if one.over[limit] > 0))
        for limit in limits
        if sum(limit in of for of in broken) == most
    ]
