"""The law of the two paths: plans of a book equal the verb of one account on every row."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
import pytest

import delinquency as dq
from delinquency.portfolio import Portfolio, restructure
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from delinquency.portfolio.plans import putting
from delinquency.portfolio.plans import restructuring as verb
from delinquency.portfolio.plans.plan_numbers import is_by_loop
from delinquency.portfolio.run import Engine, in_blocks
from delinquency.restructuring import ArrearsSpread, Restructured, RestructuringPlan
from tests.restructuring.books import (
    HARD,
    Asked,
    answer_of_book,
    answers_of_accounts,
    by_origination,
    draw_asked,
    engines_for,
    mismatches,
)

BOOKS = 60


def test_every_column_of_plans_equals_the_account_on_every_row() -> None:
    """Books drawn with a seed: every figure, who is refused and why, and the book after, account by account."""
    rng = random.Random(20_250_630)
    seen: Counter[str] = Counter()
    for number in range(BOOKS):
        assert mismatches(draw_asked(rng), engines_for(number), seen) == []
    assert all(seen[name] for name in HARD), seen
    assert seen["put"] >= 0.3 * seen["accounts"], seen


def is_known(account: dq.Account, plan: RestructuringPlan) -> bool:
    """Whether loops know what there is of an account and its plan."""
    is_plain = account.product is dq.Product.LOAN and not (account.charges or account.events)
    return is_plain and is_by_loop(plan)


def plain(rng: random.Random) -> Asked:
    """A drawn book whose policy makes no debts."""
    while True:
        asked = draw_asked(rng)
        policy = asked.policy
        is_early = asked.as_of < asked.plans[0].effective_on
        if len(asked.accounts) < 15 or is_early:
            continue
        if isinstance(policy, dq.PolicyTimeline):
            return asked
        if not (policy.makes_debts or policy.closing_tolerance):
            return asked


@pytest.mark.skipif(not HAS_COMPILER, reason="compiled loops are asked")
def test_loops_answer_what_the_verb_of_one_account_need_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of accounts with instalments, payments and rates of a year alone nearly all are answered by loops."""
    by_account: list[bool] = []
    put = verb.put_by_account

    def counted(book: Any, row: int, *given: Any, **more: Any) -> Any:
        done = put(book, row, *given, **more)
        by_account.append(done is not None and is_known(done.before, done.plan))
        return done

    monkeypatch.setattr(verb, "put_by_account", counted)
    rng, plainly = random.Random(5), 0
    for _ in range(12):
        asked = plain(rng)
        done = answer_of_book(asked)
        plainly += sum(
            is_known(account, asked.plans[place])
            for account, place, is_put in zip(
                asked.accounts, asked.chosen, done.is_put, strict=True
            )
            if is_put
        )
    assert plainly > 50
    assert sum(by_account) <= plainly // 10


@pytest.mark.parametrize("engine", engines_for(0))
def test_blocks_and_threads_do_not_meet(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """In blocks of four accounts by three threads, or as lists of four accounts, answers are the same."""
    rng = random.Random(17)
    for _ in range(3):
        asked = plain(rng)
        whole = answer_of_book(asked, engine=engine)
        with monkeypatch.context() as patched:
            patched.setattr(putting, "in_blocks", partial(in_blocks, step=4))
            patched.setattr(putting, "ACCOUNTS_AS_LISTS", 4)
            parts = answer_of_book(asked, engine=engine, threads=3)
            after = parts.after(engine=engine, threads=3)
        for name, column in whole.columns().items():
            assert (parts.columns()[name] == column).all(), name
        then = whole.after(engine=engine)
        assert [after.account(row) for row in range(len(after))] == [
            then.account(row) for row in range(len(then))
        ]


def test_each_version_answers_its_own_accounts() -> None:
    """A timeline selected by origination: the version that is told is the one of the day of origination."""
    rng, met = random.Random(23), set()
    while len(met) < 2:
        asked = draw_asked(rng)
        day = asked.plans[0].effective_on
        change = day - timedelta(150)
        if asked.policy != by_origination(day) or asked.as_of < day:
            continue
        if len({account.originated_on >= change for account in asked.accounts}) < 2:
            continue
        done = answer_of_book(asked)
        assert done.version is not None
        for row, account in enumerate(asked.accounts):
            used = done.policies[done.version[row]]
            assert (used.penalty is not None) == (account.originated_on >= change)
            met.add(used.validity)
        assert mismatches(asked, engines_for(0), Counter()) == []


def test_the_first_account_that_cannot_have_its_plan_is_named() -> None:
    """Where nothing is set apart, the refusal is that of the first such account."""
    rng, met = random.Random(29), 0
    while met < 5:
        asked = draw_asked(rng)
        refusals = [each for each in answers_of_accounts(asked) if isinstance(each, str)]
        given: dict[str, Any] = {
            "as_of": asked.as_of,
            "policy": asked.policy,
            "known_on": asked.known_on,
            "chosen": asked.chosen,
        }
        book = Portfolio.from_accounts(asked.accounts)
        if not refusals:
            assert not restructure(book, asked.plans, **given).is_refused.any()
            continue
        with pytest.raises(dq.InvalidValueError) as told:
            restructure(book, asked.plans, **given)
        if asked.policy != by_origination(asked.plans[0].effective_on):
            assert str(told.value) == refusals[0]
        met += 1


def test_rows_reasons_and_pickles() -> None:
    """A row is the answer of the verb of one account; the answer comes back from a pickle, still read-only."""
    asked = plain(random.Random(31))
    done = answer_of_book(asked)
    for row, one in enumerate(answers_of_accounts(asked)):
        if isinstance(one, Restructured):
            told, why = done.row(row), done.explain(row)
            assert told is not None
            assert told.after == one.after
            assert why is not None
            assert why.to_text() == one.explanation.to_text()
        elif one is None:
            assert done.row(row) is done.explain(row) is None
        else:
            with pytest.raises(dq.DelinquencyError) as refused:
                done.row(row)
            assert str(refused.value) == one == done.reason(row)
    back = pickle.loads(pickle.dumps(done))
    for name, column in done.columns().items():
        assert (back.columns()[name] == column).all(), name
    assert not back.present_value_loss.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        done.is_put[0] = True


def test_one_plan_for_all_and_a_mask() -> None:
    """Without a choice every account has the only plan; a mask says who has it."""
    asked = plain(random.Random(37))
    plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=asked.plans[0].effective_on)
    mask = [number % 2 == 0 for number in range(len(asked.accounts))]
    for chosen, places in ((None, [0] * len(mask)), (mask, [0 if each else -1 for each in mask])):
        done = restructure(
            Portfolio.from_accounts(asked.accounts),
            plan,
            as_of=asked.as_of,
            policy=asked.policy,
            chosen=None if chosen is None else np.array(chosen),
            on_error="quarantine",
        )
        assert done.chosen.tolist() == places
        one = asked._replace(plans=[plan], chosen=places, known_on=None)
        assert mismatches(one, engines_for(1), Counter()) == []
