"""A late fee says of which instalment it is, what it was worked out of, its limits and what of it is open."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.late_fees import (
    AmountByBand,
    Band,
    BandFee,
    FeeBase,
    FeeRow,
    FeeTable,
    FlatFee,
    LateFeeTerms,
    SafeHarbourFee,
    ShareFee,
)
from delinquency.ledger import EntryKind

JAN, FEB, MAR = (date(2025, month, 20) for month in (1, 2, 3))
FIVE_PERCENT = ShareFee(dq.Proportion.parse("0.05"), FeeBase.OVERDUE_INSTALMENT)


def loan(*payments: dq.Payment) -> dq.Account:
    rows = [
        dq.Instalment(JAN, 100, 50),
        dq.Instalment(FEB, 500, 25),
        dq.Instalment(MAR, 1000, Decimal("0.10")),
    ]
    return dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 20),
        schedule=dq.Schedule(CNY, rows),
        payments=payments,
    )


def terms(**changes) -> LateFeeTerms:
    given = {"name": "违约金", "currency": CNY, "amount": FIVE_PERCENT, "wait_days": 3, **changes}
    return LateFeeTerms(**given)


def policy(**changes) -> dq.Policy:
    return attrs.evolve(policy_of(), late_fees=[terms(**changes)])


def told(lang: str = "en", as_of: date = MAR + timedelta(4), *payments, **changes) -> list[str]:
    tree = dq.breakdown(loan(*payments), as_of=as_of, policy=policy(**changes)).explanation
    fees = [step for step in tree.because if step.rule == "late_fee"]
    return [line.strip() for fee in fees for line in fee.to_text(lang).splitlines()]


def test_each_fee_of_a_breakdown_is_told_with_its_instalment_and_its_sum():
    assert told(minimum=10, maximum=50) == [
        (
            "Late fee 违约金 on instalment 1 of 2025-01-24: 10.00 CNY, 150.00 unpaid; decided by the minimum; "
            "10.00 CNY of it is open (late-fee-1)."
        ),
        "1/20 × 150.00 (open principal and interest of the instalment) = 7.50 CNY.",
        "At least 10.00 CNY.",
        "At most 50.00 CNY.",
        (
            "Late fee 违约金 on instalment 2 of 2025-02-24: 26.25 CNY, 525.00 unpaid; decided by the agreed "
            "amount; 26.25 CNY of it is open (late-fee-2)."
        ),
        "1/20 × 525.00 (open principal and interest of the instalment) = 26.25 CNY.",
        "At least 10.00 CNY.",
        "At most 50.00 CNY.",
        (
            "Late fee 违约金 on instalment 3 of 2025-03-24: 50.00 CNY, 1,000.10 unpaid; decided by the maximum; "
            "50.00 CNY of it is open (late-fee-3)."
        ),
        "1/20 × 1,000.10 (open principal and interest of the instalment) = 50.01 CNY.",
        "At least 10.00 CNY.",
        "At most 50.00 CNY.",
    ]
    assert told("zh", minimum=10, maximum=50)[:4] == [
        (
            "违约金 违约金（第 1 期，2025-01-24）：10.00 CNY，未还 150.00；依据：下限；其中尚欠 10.00 CNY"
            "（late-fee-1）。"
        ),
        "1/20 × 150.00（该期未还本息）= 7.50 CNY。",
        "下限 10.00 CNY。",
        "上限 50.00 CNY。",
    ]


def test_the_fees_told_add_up_to_the_fees_owed():
    owed = dq.breakdown(loan(), as_of=MAR + timedelta(4), policy=policy(minimum=10, maximum=50))
    assert owed.past_due.fees + owed.due.fees == Decimal("86.25")
    assert sum(fee.open_amount for fee in owed.ledger.late_fees) == Decimal("86.25")


def test_a_fee_that_is_paid_is_told_by_the_ledger_and_no_more_by_the_breakdown():
    paid = dq.Payment(FEB, Decimal("157.50"))
    part = dq.Payment(FEB, Decimal("151.00"))
    answers = [dq.breakdown(loan(money), as_of=FEB, policy=policy()) for money in (paid, part)]
    assert [len(answer.ledger.late_fees) for answer in answers] == [1, 1]
    assert answers[0].ledger.late_fees[0].open_amount == 0
    assert answers[0].explanation.find("late_fee") is None
    step = answers[1].explanation.find("late_fee")
    assert (step.value, step.inputs["left_open"]) == (Decimal("7.50"), Decimal("6.50"))


def test_a_fee_of_a_ledger_has_its_name_day_and_debt():
    [fee] = dq.replay(loan(), as_of=FEB, policy=policy(due_in_days=10)).late_fees
    assert (fee.name, fee.missed_instalment_no, fee.charge_id) == ("违约金", 1, "late-fee-1")
    assert (fee.charged_on, fee.due_date) == (date(2025, 1, 24), date(2025, 2, 3))
    assert (fee.amount, fee.open_amount) == (Decimal("7.50"), Decimal("7.50"))
    assert fee.explanation.value == fee.amount
    assert dq.replay(loan(), as_of=FEB, policy=policy_of()).late_fees == ()


def test_entries_of_a_fee_name_it_and_the_instalment_that_was_missed():
    ledger = dq.replay(loan(dq.Payment(FEB, Decimal("157.50"))), as_of=FEB, policy=policy())
    fees = [entry for entry in ledger.entries if entry.charge_id == "late-fee-1"]
    assert [(entry.kind, entry.fee_name, entry.missed_instalment_no) for entry in fees] == [
        (EntryKind.CHARGED, "违约金", 1),
        (EntryKind.SETTLED, "违约金", 1),
    ]
    others = [entry for entry in ledger.entries if entry.charge_id is None]
    assert {(entry.fee_name, entry.missed_instalment_no) for entry in others} == {(None, None)}


def test_a_fee_that_is_not_due_yet_stands_in_the_sum_of_a_breakdown():
    day = JAN + timedelta(4)
    owed = dq.breakdown(loan(), as_of=day, policy=policy(due_in_days=10))
    step = owed.explanation.find("owed_charged_ahead")
    assert step.value == owed.charged_ahead == Decimal("7.50")
    assert step.sentence() == "Charged and not due yet: 7.50 CNY of fees and penalty."
    assert step.sentence(lang="zh") == "已计收未到期的费用及罚息：7.50 CNY。"
    assert dq.breakdown(loan(), as_of=JAN, policy=policy()).explanation.find(step.rule) is None


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        (
            {"amount": FlatFee(15)},
            ["The amount agreed is 15.00 CNY."],
            ["约定金额 15.00 CNY。"],
        ),
        (
            {
                "amount": ShareFee(dq.Proportion(1, 7), FeeBase.INSTALMENT),
                "rounding": dq.RoundingMode.UP,
            },
            ["1/7 × 150.00 (contractual amount of the instalment) = 21.43 CNY."],
            ["1/7 × 150.00（该期约定金额）= 21.43 CNY。"],
        ),
        (
            {
                "amount": ShareFee(dq.Proportion(1, 7), FeeBase.OVERDUE_PRINCIPAL),
                "rounding": dq.RoundingMode.DOWN,
            },
            [
                (
                    "1/7 × 100.00 (open principal of the instalment) = 14.285714… CNY, as the terms round "
                    "14.28 CNY."
                )
            ],
            ["1/7 × 100.00（该期未还本金）= 14.285714… CNY，按约定取整方式计 14.28 CNY。"],
        ),
        (
            {
                "maximum": ShareFee(dq.Proportion(1, 70), FeeBase.OVERDUE_AMOUNT),
                "cap_by_minimum": True,
            },
            [
                "1/20 × 150.00 (open principal and interest of the instalment) = 7.50 CNY.",
                "At most 1/70 × 150.00 (all that is open of the instalment), cut down to 2.14 CNY.",
                "At most the minimum payment required before, 150.00 CNY.",
            ],
            [
                "1/20 × 150.00（该期未还本息）= 7.50 CNY。",
                "上限 1/70 × 150.00（该期全部未还款项），舍去尾数为 2.14 CNY。",
                "不超过当期最低还款额 150.00 CNY。",
            ],
        ),
        (
            {
                "amount": BandFee(
                    AmountByBand(name="house", currency=CNY, bands=[Band(1, 4), Band(150, 7)]),
                    FeeBase.OVERDUE_INTEREST,
                )
            },
            ["By table house, for 50.00 CNY (open interest of the instalment): 4.00 CNY."],
            ["按表 house，50.00 CNY（该期未还利息）对应 4.00 CNY。"],
        ),
    ],
    ids=["flat", "rounded up to the nearest", "rounded down", "limits", "bands"],
)
def test_the_working_of_a_fee_is_told(changes, english, chinese):
    assert told("en", JAN + timedelta(4), **changes)[1:] == english
    assert told("zh", JAN + timedelta(4), **changes)[1:] == chinese


def test_a_fee_by_a_table_says_whether_a_violation_came_again():
    table = FeeTable(
        name="harbour",
        currency=CNY,
        repeat_window=6,
        rows=[FeeRow(date(2020, 1, 1), 30, 41)],
    )
    english = told("en", FEB + timedelta(4), amount=SafeHarbourFee(table))
    chinese = told("zh", FEB + timedelta(4), amount=SafeHarbourFee(table))
    assert english[1::2] == [
        "By table harbour: 30.00 CNY.",
        "By table harbour, for a violation that comes again: 41.00 CNY.",
    ]
    assert chinese[1::2] == [
        "按表 harbour：30.00 CNY。",
        "按表 harbour（再次违约）：41.00 CNY。",
    ]
