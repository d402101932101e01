"""Figures through time against a replay of each day by itself."""

from __future__ import annotations

import random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.counting.days import count_days, count_exposure
from delinquency.counting.disputes import without_lost
from delinquency.replaying import ledger_rule, replay_version
from delinquency.status.stretches import stretches_of, without_reversed
from tests.equivalence.books import disputing
from tests.oracle.drawing import draw_question
from tests.strategies_internal import FEW


def compare(seed: str) -> None:
    rnd = random.Random(seed)
    account, as_of, policy, known_on = draw_question(rnd)
    account = disputing(random.Random(seed), account, share=0.5)
    materiality = dq.Materiality(1, dq.Proportion(1, 10), account.currency)
    lost = random.Random(seed).choice(list(dq.LostDispute))
    counting = attrs.evolve(policy.counting, materiality=materiality, lost_dispute=lost)
    policy = attrs.evolve(policy, counting=counting)
    if rnd.random() < 0.7:  # ledgers that charge something are asked of many days
        policy = attrs.evolve(
            policy, penalty=None, late_fees=(), penalty_in_waterfall=dq.PenaltyPlace.OUTSIDE
        )
    first, last = account.originated_day, day_number(as_of, where="", field="")
    last = min(last, first + 900)
    if last < first:
        return
    cut = NONE_DAY if known_on is None else day_number(known_on, where="", field="")
    rule = ledger_rule(policy, account.currency)
    stretches = stretches_of(account, rule, counting, first, last, cut)
    known = without_lost(without_reversed(account, last, cut), counting, last)
    limits, run, day = materiality.in_minor_units(account.currency), 0, first
    for stretch in stretches:
        assert stretch.start == day < stretch.end
        for day in range(stretch.start, stretch.end):
            ledger = replay_version(known, as_of=to_date(day), version=policy, known_on=known_on)
            count, exposure = count_days(ledger, counting), count_exposure(ledger)
            if not limits.is_exceeded(count.arrears, exposure):
                run = 0
            elif not any(
                row.start <= day < row.end and row.recorded_day <= cut
                for row in known.suspension_rows
            ):
                run += 1
            assert stretch.arrears == count.arrears
            assert stretch.exposure == exposure
            assert stretch.days_past_due(day) == count.days_past_due
            assert stretch.delinquent_days(day) == count.delinquent_days
            assert stretch.material_days(day) == run
        day = stretch.end
    assert day == last + 1
    later = first + (last - first) // 2
    part = stretches_of(account, rule, counting, later, last, cut)
    assert part[0].start == later
    assert part[0].material_days(later) == next(
        each.material_days(later) for each in stretches if each.start <= later < each.end
    )
    assert part[1:] == stretches[len(stretches) - len(part) + 1 :]


@FEW
@given(st.integers(0, 2**32))
def test_the_figures_of_every_day_are_those_of_a_replay_of_that_day(seed):
    """Law: a stretch says of each of its days what a ledger of that day says."""
    compare(f"law-{seed}")


@pytest.mark.parametrize("seed", range(25))
def test_drawn_accounts_that_are_always_asked(seed):
    compare(f"fixed-{seed}")
