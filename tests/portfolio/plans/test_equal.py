"""The law of the two paths: plans of a book equal the verb of one account on every row."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from datetime import date, timedelta
from functools import partial
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.penalty import ContractMultiple
from delinquency.portfolio import Portfolio, restructure
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from delinquency.portfolio.plans import putting
from delinquency.portfolio.plans import restructuring as verb
from delinquency.portfolio.plans.plan_numbers import is_by_loop
from delinquency.portfolio.run import Engine, in_blocks
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    Restructured,
    RestructuringPlan,
    Settlement,
    SettlementPayment,
)
from tests.restructuring.books import (
    HARD,
    HOUSE,
    Asked,
    answer_of_book,
    answers_of_accounts,
    by_origination,
    draw_asked,
    engines_for,
    mismatches,
    outside,
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
        reason = put(book, row, *given, **more)
        by_account.append(not reason and is_known(book.account(row), given[0]))
        return reason

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
            "on_error": "raise",
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
            assert why.to_text() == one.explanation.to_text()
        elif one is None:
            assert done.row(row) is None
            assert done.explain(row).to_text() == (
                f"No plan was chosen for account {done.before.account(row).account_id}."
            )
        else:
            with pytest.raises(dq.DelinquencyError) as refused:
                done.row(row)
            assert str(refused.value) == one == done.reason(row)
            assert done.explain(row).to_text().endswith(f" cannot have its plan: {one}")
            assert done.explain(row).to_text(lang="zh").endswith(f"不适用所选方案：{one}")
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


def loan(name: str, **more: Any) -> dq.Account:
    """Twelve instalments of 100 and interest of 5, none of which was paid."""
    rows = [dq.Instalment(date(2025, month, 15), 100, 5) for month in range(1, 13)]
    return dq.Account(
        account_id=name,
        originated_on=date(2024, 12, 15),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
        **more,
    )


def test_a_charge_that_is_not_due_is_in_the_cost_before_and_not_after_a_settlement() -> None:
    """12 × 105 and a charge of 30 would be paid; 500 settle all: 790 less. Without the charge 760 less."""
    charge = dq.Charge("c", dq.Component.FEES, 30, date(2025, 9, 1), charged_on=date(2025, 5, 1))
    day = date(2025, 6, 15)
    paid = SettlementPayment(date(2025, 6, 20), 500)
    plan = RestructuringPlan(measures=[Settlement([paid])], effective_on=day)
    accounts = [loan("A-1", charges=[charge]), loan("A-2")]
    asked = Asked(accounts, [plan], [0, 0], HOUSE, day, None)
    done = answer_of_book(asked)
    assert done.total_cost_change.tolist() == [-79_000, -76_000]
    assert mismatches(asked, engines_for(0), Counter()) == []


def test_an_account_whose_penalty_cannot_be_told_is_refused_alone() -> None:
    """A penalty rate that is a multiple of the contract's needs that: the account without one is set apart.

    It is not asked at all where it gets no plan.
    """
    day = date(2025, 6, 15)
    rates = [dq.DatedRate(date(2024, 12, 15), dq.Rate.per_year("0.12"))]
    policy = outside(rate=ContractMultiple(dq.Proportion(3, 2)))
    plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=day)
    accounts = [loan("A-1", contract_rates=rates), loan("A-2")]
    for chosen, refused in (([0, 0], [False, True]), ([0, -1], [False, False])):
        asked = Asked(accounts, [plan], chosen, policy, day, None)
        for engine in engines_for(0):
            done = answer_of_book(asked, engine=engine)
            assert done.is_put.tolist() == [True, False]
            assert done.is_refused.tolist() == refused
            assert mismatches(asked, [engine], Counter()) == []
    assert "contract rates" in answer_of_book(asked._replace(chosen=[0, 0])).reason(1)
    with pytest.raises(dq.InvalidValueError, match="contract rates"):
        restructure(
            Portfolio.from_accounts(accounts), plan, as_of=day, policy=policy, on_error="raise"
        )


def test_penalty_that_accrued_is_waived_in_part_and_the_rest_is_charged() -> None:
    """100.00 overdue for 100 days at 18 % over 360 days bear 5.00: a fifth is waived, 4.00 become a charge.

    The whole is waived without a charge; and 5.00 become principal.
    """
    row = dq.Instalment(date(2025, 3, 1), 100)
    later = dq.Instalment(date(2025, 7, 1), 100)
    day = date(2025, 6, 9)
    account = dq.Account(
        account_id="A-1",
        originated_on=date(2025, 2, 1),
        schedule=dq.Schedule(dq.Currency.of("CNY"), [row, later]),
    )
    penalty = (dq.Component.PENALTY,)
    measures = (
        ArrearsWaiver(penalty, share=dq.Proportion(1, 5)),
        ArrearsWaiver(penalty, share=dq.Proportion(1, 1)),
        Capitalisation(penalty),
    )
    plans = [RestructuringPlan(measures=[each], effective_on=day) for each in measures]
    accounts = [attrs.evolve(account, account_id=f"A-{number}") for number in range(3)]
    asked = Asked(accounts, plans, [0, 1, 2], outside(), day, None)
    done = answer_of_book(asked)
    assert done.debt_before.penalty.tolist() == [500, 500, 500]
    assert done.waived.penalty.tolist() == [100, 500, 0]
    assert done.debt_after.penalty.tolist() == [400, 0, 0]
    assert done.capitalised.penalty.tolist() == [0, 0, 500]
    assert done.debt_after.principal.tolist() == [20_000, 20_000, 20_500]
    after = done.after()
    assert [sum(each.amount for each in after.account(row).charges) for row in range(3)] == [
        4,
        0,
        0,
    ]
    assert mismatches(asked, engines_for(0), Counter()) == []
