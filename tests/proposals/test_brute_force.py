"""The laws of proposals: what is proposed is exactly what no plan of the offer betters."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.portfolio import Portfolio
from delinquency.proposals import (
    Affordability,
    ArrearsTreatment,
    Limit,
    PlanLimits,
    Proposals,
    propose_for_book,
)
from delinquency.restructuring.present_value import SHARE_PARTS
from tests.equivalence.books import cents
from tests.proposals.every_plan import (
    DAY,
    Search,
    binding,
    draw_search,
    fits,
    priced,
    unbettered,
)
from tests.restructuring.books import NO_LOOP, engines_for, figures_of, minor

SEARCHES = 90
MET = (
    *("fit", "several ranked", "none fits", "refused", "not possible", "one limit alone"),
    *("several limits", "schedule over", "trimmed", "balloon", "day count beyond loops"),
    *("dominated", "gave up", "alike"),
)


def told_of(found: Proposals) -> list[tuple[object, ...]]:
    """What is proposed, as figures."""
    currency = found.account.currency
    return [
        (
            each.number,
            minor(each.greatest_payment, currency),
            each.payments,
            each.last_due_on,
            minor(each.balloon, currency),
            minor(each.present_value_loss, currency),
            each.diminished_share.numerator * (SHARE_PARTS // each.diminished_share.denominator),
        )
        for each in found
    ]


def over_in_whole(each, found: Proposals) -> int:
    if isinstance(each.over_by, Decimal):
        return minor(each.over_by, found.account.currency)
    if isinstance(each.over_by, dq.Proportion):
        return each.over_by.numerator * (SHARE_PARTS // each.over_by.denominator)
    return each.over_by


def check(search: Search, engine, seen: Counter[str]) -> None:
    seen["day count beyond loops"] += search.day_count in NO_LOOP
    try:
        found = search.found(engine=engine)
    except dq.InvalidValueError:
        seen["refused"] += 1
        assert not any(priced(search))
        return
    every = priced(search)
    told = [one for one in every if one is not None]
    fitting = [one for one in told if fits(one)]
    best = unbettered(fitting)
    assert (found.priced, found.not_possible) == (len(every), len(every) - len(told))
    assert found.fitting == len(fitting)
    assert told_of(found) == [
        (rank, one.greatest, one.payments, one.last_due_on, one.balloon, one.loss, one.share)
        for rank, one in enumerate(best, start=1)
    ]
    for each, one in zip(found, best, strict=True):
        done = each.restructure()
        assert figures_of(done) == figures_of(one.done)
        assert done.rows_after == one.done.rows_after
        assert done.after == one.done.after
        assert set(each.plan.measures) <= set(one.plan.measures)
        assert each.total_cost_change == done.total_cost_change
        room = -one.over[Limit.AFFORDABILITY] if one.payments else None
        assert each.least_room == (room if room is None else cents(room, done.currency))
        before = max((row.total for row in one.done.rows_before), default=0)
        assert minor(each.payment_relief, done.currency) == before - one.greatest
        seen["trimmed"] += each.plan != one.plan
        seen["balloon"] += one.balloon > 0
        seen["gave up"] += one.key[0] > 0
    reasons = [] if fitting else binding(told)
    assert [
        (each.bound, each.alone, each.plans, over_in_whole(each, found)) for each in found.binding
    ] == reasons
    for each in found.binding:
        if each.alone and each.bound is not Limit.ARREARS:
            assert without(search, each.bound).fitting == each.plans
    seen["fit"] += bool(fitting)
    seen["several ranked"] += len(best) > 1
    seen["dominated"] += len(best) < len(fitting)
    seen["alike"] += len({one.key for one in fitting}) < len(fitting)
    seen["none fits"] += not fitting
    seen["not possible"] += len(told) < len(every)
    seen["one limit alone"] += any(each.alone for each in found.binding)
    seen["several limits"] += any(not each.alone for each in found.binding)
    seen["schedule over"] += bool(every) and not any(o.done.draft_before.dues for o in told)


def without(search: Search, bound: Limit) -> Proposals:
    """The same search less one limit."""
    if bound is Limit.AFFORDABILITY:
        return search.found(
            affordability=Affordability.of(10**13 if no_decimals(search) else 10**12)
        )
    return search.found(bounds=attrs.evolve(search.bounds, **{bound.value: None}))


def no_decimals(search: Search) -> bool:
    return search.account.currency.minor_unit == 0


def test_what_is_proposed_is_what_no_other_plan_betters() -> None:
    """Law: the plans that fit, those that are ranked, their order, and the limits are those of all plans."""
    rng = random.Random(20_250_630)
    seen: Counter[str] = Counter()
    for number in range(SEARCHES):
        for engine in engines_for(number):
            check(draw_search(random.Random(f"{rng.random()}"), number), engine, seen)
    assert all(seen[name] for name in MET), seen


@pytest.mark.parametrize("number", range(6))
def test_both_engines_and_several_threads_propose_alike(number: int) -> None:
    """Law: the same search has the same answer, however it is worked through."""
    search = draw_search(random.Random(f"alike {number}"), number)
    answers = []
    for engine in engines_for(0):
        for threads in (1, 3):
            try:
                found = search.found(engine=engine, threads=threads)
            except dq.InvalidValueError as error:
                answers.append(str(error))
                continue
            told = ([each.plan for each in found], told_of(found), found.binding)
            answers.append((*told, found.priced, found.fitting, found.explanation.to_text()))
    assert answers
    assert all(answer == answers[0] for answer in answers)


def test_a_thousand_plans_in_blocks_by_several_threads() -> None:
    """3 × 2 × 61 × 13 = 4,758 plans, more than a block of them: the threads do not meet."""
    rows = [dq.Instalment(dq.calendar.add_months(DAY, n - 3), 100, 5) for n in range(24)]
    account = dq.Account(
        account_id="A-1",
        originated_on=dq.calendar.add_months(DAY, -4),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
        contract_rates=[dq.DatedRate(dq.calendar.add_months(DAY, -4), dq.Rate.per_year("0.12"))],
    )
    asked = {
        "as_of": DAY,
        "policy": dq.rulebook.load("founding-report"),
        "affordability": Affordability.of(90),
        "offer": dq.LenderOffer(
            payment_holidays=range(1, 13),
            waived_shares=[dq.Proportion(1, 2), dq.Proportion(1, 1)],
        ),
        "bounds": PlanLimits(most_loss=dq.Proportion(1, 100)),
        "day_count": dq.DayCount.ACT_365F,
    }  # fmt: skip
    one, several = (dq.propose_plans(account, threads=threads, **asked) for threads in (1, 3))
    assert one.priced == 4_758
    assert one.fitting > 0
    assert told_of(one) == told_of(several)
    assert [each.plan for each in one] == [each.plan for each in several]


def test_day_counts_that_loops_do_not_know_are_priced_by_account() -> None:
    """A schedule that is over and bears no interest: some of them can be asked of, the others refuse."""
    search = draw_search(random.Random(1), 0)
    rows = [dq.Instalment(dq.calendar.add_months(DAY, n - 9), 100) for n in range(6)]
    account = dq.Account(
        account_id="A-1",
        originated_on=dq.calendar.add_months(DAY, -10),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
    )
    offer = dq.LenderOffer(term_extensions=(3, 6), forgiven_shares=[dq.Proportion(1, 10)])
    asked = attrs.evolve(
        search,
        account=account,
        offer=offer,
        affordability=Affordability.of(150),
        bounds=PlanLimits(),
        policy=dq.rulebook.load("founding-report"),
    )
    seen: Counter[str] = Counter()
    for day_count in NO_LOOP:
        check(attrs.evolve(asked, day_count=day_count), None, seen)
    assert seen["fit"] > 0
    assert seen["fit"] + seen["not possible"] == len(NO_LOOP)


def test_a_share_finer_than_loops_know_is_priced_by_account() -> None:
    """A share of 2 ** -50 beside one of a tenth: neither is taken for the other."""
    rows = [dq.Instalment(dq.calendar.add_months(DAY, n - 3), 100) for n in range(12)]
    account = dq.Account(
        account_id="A-1",
        originated_on=dq.calendar.add_months(DAY, -4),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
    )
    search = attrs.evolve(
        draw_search(random.Random(1), 0),
        account=account,
        offer=dq.LenderOffer(
            term_extensions=(3,),
            waived_shares=(),
            forgiven_shares=[dq.Proportion(1, 2**50), dq.Proportion(1, 10)],
        ),
        affordability=Affordability.of(100),
        bounds=PlanLimits(),
        policy=dq.rulebook.load("founding-report"),
        day_count=dq.DayCount.ACT_365F,
    )
    seen: Counter[str] = Counter()
    check(search, None, seen)
    assert seen["fit"] == 1
    book = Portfolio.from_accounts([account])
    found = propose_for_book(
        book,
        as_of=DAY,
        policy=search.policy,
        affordable=[10_000],
        offer=search.offer,
        day_count=search.day_count,
        method=search.method,
    )
    assert found.plans[0] == search.found(as_of=DAY, known_on=None)[0].plan


@pytest.mark.parametrize(("part", "losses"), [(100, ["0.04"]), (80, ["0.00", "0.05"])])
def test_a_minor_unit_a_payment_is_rounding_and_more_is_a_loss(
    part: int, losses: list[str]
) -> None:
    """Four payments of 1.00, of which 0.04 or 0.05 are given up.

    0.04 is a minor unit each, so the plan with lower payments betters the one without a loss; 0.05 is more.
    """
    rows = [dq.Instalment(dq.calendar.add_months(DAY, n), 1) for n in range(1, 5)]
    account = dq.Account(
        account_id="A-1",
        originated_on=dq.calendar.add_months(DAY, -1),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
    )
    asked = {"as_of": DAY, "policy": dq.rulebook.load("founding-report")}
    offer = dq.LenderOffer(
        arrears=[ArrearsTreatment.CAPITALISED],
        term_extensions=(),
        waived_shares=(),
        forgiven_shares=[dq.Proportion(1, part)],
    )
    for engine in engines_for(0):
        found = dq.propose_plans(
            account, affordability=Affordability.of(2), offer=offer, engine=engine, **asked
        )
        assert found.fitting == 2
        assert [str(each.present_value_loss) for each in found] == losses
        best = propose_for_book(
            Portfolio.from_accounts([account]),
            affordable=[200],
            offer=offer,
            engine=engine,
            **asked,
        )
        assert best.plans == (found[0].plan,)


def test_an_offer_gives_nothing_away_unless_it_names_the_share() -> None:
    """Of penalty of 3.00 that is past due nothing is waived by default, and all of it where all is named."""
    rows = [dq.Instalment(dq.calendar.add_months(DAY, n - 3), 100) for n in range(12)]
    account = dq.Account(
        account_id="A-1",
        originated_on=dq.calendar.add_months(DAY, -4),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
        charges=[dq.Charge("P-1", dq.Component.PENALTY, 3, dq.calendar.add_months(DAY, -1))],
    )
    asked = {
        "as_of": DAY,
        "policy": dq.rulebook.load("founding-report"),
        "affordability": Affordability.of(200),
    }
    named = {"waived_shares": [dq.Proportion(1, 1)]}
    taken = [
        max(
            plan.restructure().waived.total
            for plan in dq.propose_plans(
                account, offer=dq.LenderOffer(term_extensions=(6,), **more), **asked
            )
        )
        for more in ({}, named)
    ]
    assert taken == [0, 3]
    kinds = {type(each) for kind in dq.LenderOffer().choices for choice in kind for each in choice}
    assert not kinds & {dq.restructuring.ArrearsWaiver, dq.restructuring.Forgiveness}
