"""Reasons keep nothing back: what a policy forgets, what was not known, what a tolerance did."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq

FIRST = date(2024, 12, 31)
JAN, FEB, MAR = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)
CHANGE = date(2025, 4, 1)
RULE = dq.ScheduleChangeRule
BY_ACCOUNT = {"tolerance": 10, "tolerance_scope": dq.ToleranceScope.ACCOUNT}
BY_INSTALMENT = {"tolerance": 10, "tolerance_scope": dq.ToleranceScope.INSTALMENT}


def account_of(*rows: dq.Instalment, **facts) -> dq.Account:
    rows = rows or (dq.Instalment(JAN, 100), dq.Instalment(FEB, 100))
    return dq.Account(
        account_id="N-1", originated_on=FIRST, schedule=dq.Schedule(CNY, rows), **facts
    )


def rescheduled(**facts) -> dq.Account:
    return account_of(
        dq.Instalment(JAN, 1000, in_force_until=CHANGE),
        dq.Instalment(FEB, 1000, in_force_until=CHANGE),
        dq.Instalment(CHANGE, 500, in_force_until=CHANGE),
        dq.Instalment(date(2025, 12, 31), 2500, in_force_from=CHANGE),
        **facts,
    )


def why(account: dq.Account, as_of: date, known_on: date | None = None, **counting):
    policy = policy_of(dq.Counting(**counting))
    return dq.assess(account, as_of=as_of, policy=policy, known_on=known_on).explanation


def texts(step: dq.Explanation, lang: str = "en") -> list[str]:
    return [line.strip() for line in step.to_text(lang=lang).splitlines()]


def test_what_a_change_of_schedule_closed_while_it_was_late_is_told_where_it_is_forgotten():
    tree = why(rescheduled(), CHANGE)
    step = tree.find("not_carried")
    assert (step.value, step.inputs["changed_on"]) == (Decimal("2000.00"), CHANGE)
    assert (step.inputs["debts"], step.inputs["days_past_due"]) == (2, 59)
    assert step.sentence() == (
        "The change of schedule on 2025-04-01 closed late debts: 2, the oldest 59 days past due, "
        "2,000.00 CNY open in all. Under this policy they are not counted."
    )
    assert step.sentence(lang="zh").startswith("2025-04-01 还款计划变更时终止了逾期未还款项 2 笔")


def test_the_days_told_are_those_of_the_close_before_the_change():
    tree = why(rescheduled(), CHANGE)
    policy = policy_of(dq.Counting())
    before = dq.assess(rescheduled(), as_of=MAR, policy=policy)
    assert tree.find("not_carried").inputs["days_past_due"] == before.days_past_due
    assert tree.find("not_carried").value == before.arrears


@pytest.mark.parametrize(
    ("account", "as_of", "counting"),
    [
        (rescheduled(), MAR, {}),
        (rescheduled(), CHANGE, {"schedule_change": RULE.CONTINUE}),
        (rescheduled(), CHANGE, {"schedule_change": RULE.FREEZE}),
        (rescheduled(payments=[dq.Payment(FEB, 2000)]), CHANGE, {}),
        (
            rescheduled(payments=[dq.Payment(FEB, 1995)]),
            CHANGE,
            BY_INSTALMENT,
        ),
    ],
    ids=["before the change", "carried", "frozen", "nothing was late", "tolerated then"],
)
def test_nothing_is_told_of_a_change_that_forgets_nothing(account, as_of, counting):
    assert why(account, as_of, **counting).find("not_carried") is None


def test_each_change_that_forgot_something_has_its_own_line():
    second = date(2025, 6, 1)
    account = account_of(
        dq.Instalment(JAN, 100, in_force_until=CHANGE),
        dq.Instalment(date(2025, 4, 30), 200, in_force_from=CHANGE, in_force_until=second),
        dq.Instalment(date(2025, 12, 31), 300, in_force_from=second),
    )
    steps = [step for step in why(account, second).walk() if step.rule == "not_carried"]
    assert [(step.inputs["changed_on"], step.value) for step in steps] == [
        (CHANGE, Decimal("100.00")),
        (second, Decimal("200.00")),
    ]


def test_what_was_known_is_part_of_the_question_and_of_the_answer():
    tree = why(account_of(), date(2025, 2, 1), date(2026, 12, 31))
    assert tree.sentence() == "Account N-1 on 2025-02-01, as known on 2026-12-31: 1."
    assert "按 2026-12-31 当时所知" in tree.sentence(lang="zh")
    assert tree.inputs["known_on"] == date(2026, 12, 31)
    plain = why(account_of(), date(2025, 2, 1))
    assert plain.inputs["known_on"] is None
    assert plain.sentence() == "Account N-1 on 2025-02-01: 1."


def test_each_payment_left_out_is_named_with_its_reason():
    account = account_of(
        payments=[
            dq.Payment(JAN, 20, payment_id="P-1", reversed_on=FEB),
            dq.Payment(FEB, Decimal("0.50"), recorded_on=date(2025, 4, 14)),
        ]
    )
    told = texts(why(account, MAR, MAR).find("payments_left_out"))
    assert told == [
        "Payments left out, because they were reversed or not yet known: 2.",
        "Payment P-1 of 20.00 CNY, value date 2025-01-31: reversed on 2025-02-28.",
        "A payment of 0.50 CNY, value date 2025-02-28: recorded on 2025-04-14, not yet known.",
    ]
    chinese = texts(why(account, MAR, MAR).find("payments_left_out"), "zh")
    assert chinese[1:] == [
        "还款 P-1，20.00 CNY，起息日 2025-01-31：2025-02-28 冲正。",
        "还款 0.50 CNY，起息日 2025-02-28：2025-04-14 入账，当时未知。",
    ]


def test_a_payment_not_yet_known_is_not_called_reversed():
    late = date(2025, 5, 1)
    account = account_of(
        payments=[dq.Payment(JAN, 20, payment_id="P", recorded_on=late, reversed_on=late)]
    )
    assert why(account, MAR, MAR).find("payment_not_known").inputs["recorded_on"] == late
    assert why(account, late).find("payment_reversed").inputs["reversed_on"] == late


@pytest.mark.parametrize("count", [5, 6, 12])
def test_five_payments_left_out_are_named_and_the_rest_is_counted(count):
    account = account_of(
        payments=[
            dq.Payment(JAN + timedelta(day), 1, payment_id=f"P-{day:02}", reversed_on=MAR)
            for day in range(count)
        ]
    )
    step = why(account, MAR).find("payments_left_out")
    assert step.value == count
    named = [below for below in step.because if below.rule == "payment_reversed"]
    assert [below.inputs["payment_id"] for below in named] == [f"P-0{n}" for n in range(5)]
    more = step.find("payments_more")
    assert (0 if more is None else more.value) == count - 5
    if more is not None:
        assert more.sentence() == f"And {count - 5} more."


def test_arrears_within_the_tolerance_are_not_told_as_nothing_owed():
    account = account_of(payments=[dq.Payment(JAN, 95)])
    tree = why(account, date(2025, 2, 1), **BY_ACCOUNT)
    told = texts(tree)
    assert "What is late and open is within the tolerance." in told
    assert "Nothing is late and unsettled." not in told
    assert "Arrears are 5.00 CNY; late and unsettled: 0." in told
    assert tree.find("nothing_late").sentence(lang="zh") == "逾期未还的款项在容差之内。"
    assert tree.find("tolerance_exceeded") is None


def test_a_tolerance_that_was_exceeded_says_so():
    account = account_of(payments=[dq.Payment(JAN, 85)])
    step = why(account, date(2025, 2, 1), **BY_ACCOUNT).find("tolerance_exceeded")
    assert step.sentence() == (
        "The tolerance of 10.00 CNY (by account) is exceeded: it excuses nothing."
    )
    assert step.sentence(lang="zh") == "已超过容差 10.00 CNY（按户），任何款项均不视同结清。"
    assert why(account, JAN, **BY_ACCOUNT).find("tolerance_exceeded") is None


def test_a_tolerance_by_instalment_may_excuse_one_debt_and_not_the_next():
    account = account_of(payments=[dq.Payment(JAN, 95)])
    tree = why(account, MAR, **BY_INSTALMENT)
    assert tree.find("tolerance").inputs["scope"] == "instalment"
    assert tree.find("tolerance_exceeded") is None
    assert tree.find("days_past_due").inputs["due_date"] == FEB


@pytest.mark.parametrize(
    ("kind", "days", "sentence"),
    [
        (dq.GraceKind.TRIGGER, 3, "Grace of 3 days, a trigger: 3 becomes 0."),
        (
            dq.GraceKind.TRIGGER,
            4,
            "Grace of 3 days, a trigger: 4 days are beyond it, so all of them count.",
        ),
        (dq.GraceKind.DEDUCTED, 4, "Grace of 3 days, deducted: 4 becomes 1."),
    ],
)
def test_a_trigger_that_was_passed_says_that_every_day_counts(kind, days, sentence):
    tree = why(account_of(), JAN + timedelta(days), grace_days=3, grace_kind=kind)
    assert tree.find("grace").sentence() == sentence


def test_before_the_credit_began_the_reasons_say_that_it_had_not_begun():
    tree = why(account_of(), FIRST - timedelta(1))
    assert tree.find("not_begun").sentence() == (
        "The credit had not begun: it was originated on 2024-12-31."
    )
    assert tree.find("nothing_late") is None
    assert why(account_of(), FIRST).find("not_begun") is None


def test_a_policy_that_nobody_compared_says_so_in_the_reasons():
    policy = attrs.evolve(policy_of(), verification=dq.Verification.UNVERIFIED)
    with pytest.warns(dq.UnverifiedPolicyWarning):
        tree = dq.assess(account_of(), as_of=MAR, policy=policy).explanation
    assert tree.find("policy").sentence() == (
        "Policy house (never compared with the official text): house."
    )
    assert tree.find("policy").sentence(lang="zh") == "政策 house（未与官方文本核对）：house。"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_new_reason_survives_json(lang):
    serialization = pytest.importorskip("delinquency.serialization")
    account = rescheduled(payments=[dq.Payment(JAN, 7, payment_id="P-1", reversed_on=FEB)])
    tree = why(account, CHANGE, date(2025, 5, 1), **BY_ACCOUNT)
    again = serialization.from_json(dq.Explanation, serialization.to_json(tree))
    assert again.to_text(lang=lang) == tree.to_text(lang=lang)
