"""Penalty accrual against the day-by-day oracle, and what must not matter to it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from attrs import evolve
from hypothesis import given, target
from hypothesis import strategies as st

from delinquency.daycount.formulas import ratio_by_code
from delinquency.division import div_by_code
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    FixedPenaltyRate,
    PenaltyBase,
    RoundingGrain,
    ShareOfBase,
)
from delinquency.penalty.formulas import accrue, rounded_parts, weight_of
from delinquency.rates import RATE_SCALE, Rate
from delinquency.rounding import Proportion
from tests.oracle.penalty_by_day import DebtFacts, Life, oracle_penalty
from tests.penalty_strategies import (
    DAY_COUNTS,
    accrual_of,
    events,
    fresh,
    number,
    offset,
    penalty_questions,
    tell,
)
from tests.strategies_internal import FEW, MANY, MOST

ALONE = tuple(base for base in PenaltyBase if base is not PenaltyBase.OUTSTANDING_PRINCIPAL)


def accrued(accrual, facts, until) -> dict[int, int]:
    return {debt.place: accrual.accrued(debt.place, number(until)) for debt in facts.debts}


def told_lines(accrual, until) -> list[tuple]:
    """The segments as the oracle tells them: what a waiver left and took put together again."""
    found = []
    lines = accrual.segments(number(until))
    key = lambda line: (line.place, line.kind, line.start, line.end)  # noqa: E731
    for _, parts in groupby(lines, key=key):
        first, *rest = parts
        both = [first, *rest]
        assert sum(line.share for line in both) == 1
        waived = sum((line.share for line in both if line.is_waived), Fraction(0))
        rate = first.rate.scaled, first.rate.period.value
        found.append((first.place, first.kind.value, first.start, first.end, first.base_minor, rate,
                      waived, sum(line.exact for line in both)))  # fmt: skip
    return found


@MOST
@given(penalty_questions())
def test_every_figure_is_the_one_found_by_living_through_every_day(question) -> None:
    """Law: for every grain, base, rule, grace, compounding, cap and fact, accrual equals the oracle."""
    terms, facts, until = question
    lived = oracle_penalty(terms, facts, until)
    accrual = accrual_of(terms, facts)
    target(float(len(lived.lines)))
    assert accrued(accrual, facts, until) == lived.accrued
    assert accrual.total(number(until)) == sum(lived.accrued.values())
    assert {d.place: accrual.exact(d.place, number(until)) for d in facts.debts} == lived.exact
    assert told_lines(accrual, until) == lived.lines


@MOST
@given(penalty_questions())
def test_the_segments_add_up_to_what_accrued(question) -> None:
    """Law: owed lines sum to the total, debt by debt, exactly before rounding and to the cent after."""
    terms, facts, until = question
    accrual = accrual_of(terms, facts)
    day = number(until)
    lines = [line for line in accrual.segments(day) if not line.is_waived]
    for debt in facts.debts:
        own = [line for line in lines if line.place == debt.place]
        assert sum(line.amount_minor for line in own) == accrual.accrued(debt.place, day)
        assert sum(line.exact for line in own) == accrual.exact(debt.place, day)
        assert all(line.amount_minor >= 0 <= line.capped_minor for line in own)
    assert sum(line.amount_minor for line in lines) == accrual.total(day)
    lived = oracle_penalty(terms, facts, until)
    assert sum(line.amount_minor + line.capped_minor for line in lines) == sum(
        lived.uncapped.values()
    )


SHARES = st.sampled_from(["0.03", "0.05", "0.3"]).map(Proportion.parse).map(ShareOfBase)
QUICK = st.sampled_from(["0.005", "0.0013"]).map(Rate.per_day).map(FixedPenaltyRate)


@st.composite
def small_debts(draw):
    """Debts of some cents' penalty, each paid on some day: rounding decides who is owed the next cent."""
    found = []
    for place in range(draw(st.integers(2, 4))):
        due, lasts = draw(st.integers(0, 5)), draw(st.integers(1, 30))
        paid = (offset(due + lasts), (0, 0, 0, 0))
        found.append(DebtFacts(place, offset(due), (draw(st.integers(1, 900)), 0, 0, 0), (paid,)))
    return tuple(found)


@MOST
@given(
    penalty_questions(rates_by=QUICK, bases=ALONE, of_account=st.just(AbsoluteCap(5))),
    st.sampled_from(RoundingGrain),
    st.lists(SHARES, max_size=1),
    small_debts(),
)
def test_what_accrued_never_shrinks_while_days_pass(question, grain, shares, debts) -> None:
    """Law: a later day is owed no less, whatever is rounded and capped; an annual cap alone takes room away."""
    terms, facts, _ = question
    terms = evolve(terms, grain=grain, caps=(*terms.caps, *shares))
    facts = replace(facts, debts=debts)
    accrual = accrual_of(terms, facts)
    totals = [accrual.total(day) for day in range(number(offset(0)), number(offset(40)))]
    assert totals == sorted(totals)
    assert totals[-1] == sum(oracle_penalty(terms, facts, offset(39)).accrued.values())


@MANY
@given(penalty_questions(), st.lists(st.integers(-5, 130), max_size=6))
def test_asking_on_more_dates_changes_nothing(question, asked) -> None:
    """Law: questions between the facts, of earlier and later days, leave every later answer as it was."""
    terms, facts, until = question
    curious, quiet = fresh(terms, facts), accrual_of(terms, facts)
    known: set[int] = set()
    told = events(facts)
    tell(curious, [event for event in told if event[1] == "change_outstanding"][:1])
    told.remove(next(event for event in told if event[1] == "change_outstanding"))
    for event in told:
        tell(curious, [event])
        if event[1] == "open_debt":
            known.add(event[2][0])
        for day in asked:
            curious.total(number(offset(day)))
            for place in known:
                curious.accrued(place, number(offset(day)))
    assert accrued(curious, facts, until) == accrued(quiet, facts, until)
    assert curious.segments(number(until)) == quiet.segments(number(until))


@MANY
@given(penalty_questions(), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_of_a_day_changes_nothing(question, random) -> None:
    """Law: facts of one day may be told in any order."""
    terms, facts, until = question
    told = events(facts)
    mixed = []
    for _, group in groupby(told, key=lambda event: event[0]):
        of_day = list(group)
        random.shuffle(of_day)
        mixed += of_day
    shuffled = tell(fresh(terms, facts), mixed)
    straight = accrual_of(terms, facts)
    assert shuffled.segments(number(until)) == straight.segments(number(until))


@MANY
@given(penalty_questions())
def test_debts_may_be_told_one_after_the_other(question) -> None:
    """Law: only the facts of one debt are in order of days; those of another may come first."""
    terms, facts, until = question
    told = events(facts)
    by_debt = sorted(told, key=lambda event: (event[1] == "charge_all_in", -event[2][0])
                     if event[1] != "change_outstanding" else (False, -(10**9)))  # fmt: skip
    apart = tell(fresh(terms, facts), by_debt)
    assert apart.segments(number(until)) == accrual_of(terms, facts).segments(number(until))


@MANY
@given(penalty_questions(), st.lists(st.integers(-5, 120), max_size=5).map(sorted))
def test_posting_on_more_dates_posts_the_same(question, dates) -> None:
    """Law: however often it is posted before, what is posted by a day is what has accrued by it.

    An annual cap alone may have given more room before; then what was posted stays.
    """
    terms, facts, until = question
    day = number(until)
    accrual = accrual_of(terms, facts)
    places = [debt.place for debt in facts.debts]
    most = 0
    for each in [*(number(offset(date)) for date in dates if offset(date) < until), day]:
        new = [accrual.post(place, each) for place in places]
        assert all(amount >= 0 for amount in new)
        most = max(most, accrual.total(each))
        assert sum(map(accrual.posted, places)) == most
    if not any(isinstance(cap, AnnualCap) for cap in terms.caps):
        assert most == accrual.total(day)
        if terms.grain is not RoundingGrain.ACCOUNT and not any(
            isinstance(cap, AbsoluteCap) for cap in terms.caps
        ):
            assert {place: accrual.posted(place) for place in places} == accrued(
                accrual, facts, until
            )


@MANY
@given(penalty_questions(caps=False, bases=ALONE), st.data())
def test_posting_one_debt_at_a_time_never_posts_more_than_accrued(question, data) -> None:
    """Law: posted on the account never exceeds what accrued on it, whichever debts are posted when."""
    terms, facts, until = question
    accrual = accrual_of(terms, facts)
    days = sorted(data.draw(st.lists(st.integers(0, (until - offset(0)).days), max_size=6)))
    for each in days:
        for debt in facts.debts:
            if data.draw(st.booleans()):
                accrual.post(debt.place, number(offset(each)))
    total = accrual.total(number(until))
    posted = sum(accrual.posted(debt.place) for debt in facts.debts)
    assert posted <= total
    posted += sum(accrual.post(debt.place, number(until)) for debt in facts.debts)
    assert posted == total


@FEW
@given(penalty_questions())
def test_a_cap_is_bound_since_the_first_day_on_which_more_accrued(question) -> None:
    """Law: each cap that held something back is named with the first such day, and no other is."""
    terms, facts, until = question
    accrual = accrual_of(terms, facts)
    told = {(terms.caps.index(bound.cap), bound.place): bound.since
            for bound in accrual.bound_caps(number(until))}  # fmt: skip
    found = {}
    if facts.debts and terms.caps:
        day = min(debt.due for debt in facts.debts)
        while day < until:
            day = offset((day - offset(0)).days + 1)
            lived = oracle_penalty(terms, facts, day)
            for at, cap in enumerate(terms.caps):
                for place in bound_places(cap, terms, facts, day, lived):
                    found.setdefault((terms.caps.index(terms.caps[at]), place), day)
    assert told == found


def bound_places(cap, terms, facts, day, lived):
    if isinstance(cap, ShareOfBase):
        alone = Life(evolve(terms, caps=(cap,)), facts, day)
        return [
            debt.place
            for debt in facts.debts
            if day > debt.due and min(alone.limits(debt)) < lived.uncapped[debt.place]
        ]
    of_base = tuple(each for each in terms.caps if isinstance(each, ShareOfBase))
    without = oracle_penalty(evolve(terms, caps=of_base), facts, day)
    with_it = oracle_penalty(evolve(terms, caps=(*of_base, cap)), facts, day)
    return [None] if sum(with_it.accrued.values()) < sum(without.accrued.values()) else []


@MANY
@given(
    st.integers(0, 10**15),
    st.lists(
        st.tuples(st.integers(1, 3_000), st.integers(0, 4 * RATE_SCALE)), min_size=1, max_size=6
    ),
    st.sampled_from(DAY_COUNTS),
    st.integers(0, 6),
)
def test_the_formulas_of_loops_give_the_exact_sum(amount, pieces, day_count, code) -> None:
    """Law: whole units and remainder, handed from piece to piece, are the exact sum, within 64 bits."""
    whole = remainder = 0
    exact = Fraction(0)
    day, denominator = 19_000, ratio_by_code(0, 0, day_count.code)[1] * RATE_SCALE
    for days, scaled in pieces:
        numerator, over = ratio_by_code(day, day + days, day_count.code)
        weight = weight_of(numerator, days, scaled, 0, over)
        more, remainder = accrue(amount, weight, denominator, remainder)
        assert 0 <= remainder < denominator <= 45 * 10**12
        whole += more
        exact += Fraction(amount * scaled * numerator, over * RATE_SCALE)
    assert whole + Fraction(remainder, denominator) == exact
    rounded = rounded_parts(whole, remainder, denominator, code)
    assert rounded == div_by_code(exact.numerator, exact.denominator, code)


@MANY
@given(st.integers(10**15 - 10**6, 10**15), st.integers(0, 45 * 10**12), st.data())
def test_no_product_of_a_formula_leaves_64_bits(amount, part, data) -> None:
    """Law: at the bounds the page names, every intermediate result of ``accrue`` has 63 bits."""
    denominator = data.draw(st.integers(max(part, 1) + 1, 45 * 10**12 + 2))
    seen: list[int] = []

    class Watched(int):
        def _kept(self, value):
            seen.append(int(value))
            return Watched(value)

        def __mul__(self, other):
            return self._kept(int(self) * int(other))

        def __add__(self, other):
            return self._kept(int(self) + int(other))

        def __sub__(self, other):
            return self._kept(int(self) - int(other))

        def __floordiv__(self, other):
            return self._kept(int(self) // int(other))

    accrue(*map(Watched, (amount, part, denominator, denominator - 1)))
    assert len(seen) > 10
    assert max(map(abs, seen)) < 2**63
