"""Three loans put into one, and a forgiveness that holds once a plan is completed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import delinquency as dq
from delinquency.restructuring import (
    ArrearsWaiver,
    Capitalisation,
    Forgiveness,
    PlanFacts,
    ReAgeing,
    RestructuringPlan,
    consolidate,
)
from delinquency.restructuring.following import follow_plan, reinstate
from plan_cases.case import HandLine, Runs, WorkedPlan, lent, put
from plan_cases.telling import grid, told

PRINCIPAL, INTEREST = dq.Component.PRINCIPAL, dq.Component.INTEREST

# Three loans into one.

ONE = "one account"


def _consolidated() -> Runs:
    fee = dq.Charge("F-1", dq.Component.FEES, 120, date(2025, 2, 5))
    begun = date(2024, 3, 12), date(2024, 9, 20), date(2023, 12, 5)
    accounts = [
        lent("A-1", ("CNY", 24_000), rate="0.12", instalments=24, begun=begun[0], paid=8),
        lent("A-2", ("CNY", 12_000), rate="0.15", instalments=12, begun=begun[1], paid=2),
        lent(
            "A-3",
            ("CNY", 36_000),
            rate="0.108",
            instalments=36,
            begun=begun[2],
            paid=11,
            charges=[fee],
        ),
    ]
    on = date(2025, 3, 20)
    plan = RestructuringPlan(
        effective_on=on,
        day_count=dq.DayCount.THIRTY_E_360,
        measures=[
            ArrearsWaiver([dq.Component.FEES]),
            Capitalisation([PRINCIPAL, INTEREST]),
            ReAgeing(36, date(2025, 4, 20)),
        ],
    )
    policy = dq.rulebook.load("cn-loan")
    return {ONE: consolidate(accounts, plan, as_of=on, policy=policy, account_id="A-9")}


def _each(runs: Runs) -> str:
    done, policy = runs[ONE], dq.rulebook.load("cn-loan")
    eve, on = date(2025, 3, 19), date(2025, 3, 20)
    rows = [
        (
            account.account_id,
            debt.principal,
            debt.interest,
            debt.fees,
            debt.total,
            dq.days_past_due(account, as_of=eve, policy=policy),
            dq.days_past_due(closed, as_of=on, policy=policy),
        )
        for account, closed, debt in zip(done.before, done.closed, done.debts_before, strict=True)
    ]
    states = dq.assess_status(done.account, as_of=on, policy=policy).states
    heads = (
        "account",
        "principal",
        "interest",
        "fees",
        "in all",
        f"days past due on {eve}",
        f"on {on}",
    )
    return "\n".join(
        [
            "## The accounts that end",
            "",
            *grid(heads, rows, right=range(1, 7)),
            "## What the status says",
            "",
            (
                "A review reads the plan of one account, and not a consolidation. The new account "
                "has the fact of a restructuring, which rules of status read: by `cn-loan` it is "
                f"{states['重组资产'].code} on the day, and {states['风险分类'].code} by its days "
                "past due. How late the old accounts were is not carried over, so that a class "
                "that they had already is for the lender to keep."
            ),
            "",
        ]
    )


CONSOLIDATED = WorkedPlan(
    name="three-loans-into-one",
    title="Three loans put into one",
    title_zh="三笔贷款合并为一笔（债务合并）",
    where="China",
    told=(
        "A borrower owes on three loans at 12, 15 and 10.8 %, each with instalments past "
        "due on 20 March 2025, and on one of them a fee. Three due dates a month are hard "
        "to keep, and 3,388.05 a month are too much."
    ),
    agreed=(
        "The fee is waived, and what is past due or earned becomes principal.",
        (
            "One account takes the place of three: 36 level payments, the first on 20 April "
            "2025 (债务合并)."
        ),
        "It bears the rates of the three contracts, weighted by the principal owed on each.",
    ),
    make=_consolidated,
    lines=(
        HandLine(
            "owed on the three",
            "17,268.56 + 10,555.91 + 27,317.08",
            "55,141.55",
            lambda runs: runs[ONE].debt_before.total,
        ),
        HandLine(
            "weighted rate, in per cent",
            "(16,627.74 × 12 + 10,122.14 × 15 + 26,203.99 × 10.8) / 52,953.87",
            "11.9796",
            lambda runs: Decimal(100) * runs[ONE].rates[0].rate.as_decimal(),
        ),
        HandLine(
            "owed on the one, less the fee",
            "55,141.55 − 120.00",
            "55,021.55",
            lambda runs: runs[ONE].debt_after.total,
        ),
        HandLine(
            "annuity factor of 36 months",
            "(1 − (1 + 11.9796% / 12)^−36) / (11.9796% / 12)",
            "30.11634",
        ),
        HandLine(
            "payment",
            "55,021.55 / 30.11634",
            "1,826.97",
            lambda runs: runs[ONE].schedule_rows[3].after.total,
        ),
        HandLine(
            "value that is given up",
            "120.00",
            "120",
            lambda runs: runs[ONE].present_value_loss,
            within=Decimal(1),
        ),
    ),
    after_lines=(
        "The loss is the fee: the new account is valued at the weighted rate, which it "
        "bears. What rounding of the old instalments leaves is less than a yuan."
    ),
    more=_each,
)

# A forgiveness on completion.

LESS = "3,000.00 less"


def _completed() -> Runs:
    loan = lent(
        "G-1",
        ("CNY", 30_000),
        rate="0.12",
        instalments=24,
        begun=date(2023, 9, 15),
        paid=12,
    )
    return {
        LESS: put(
            loan,
            date(2025, 1, 15),
            "cn-loan",
            Forgiveness(INTEREST, share=dq.Proportion(1, 1), on_completion=True),
            Forgiveness(PRINCIPAL, amount=3000, on_completion=True),
            ReAgeing(12, date(2025, 2, 15)),
        )
    }


def all_but(runs: Runs, missing: int) -> list[dq.Payment]:
    """The rows of the plan on their days, without the last ones."""
    rows = [row for row in runs[LESS].schedule_rows if row.after is not None]
    return [dq.Payment(row.due_date, row.after.total) for row in rows[: len(rows) - missing]]


def came_back_at_the_end(runs: Runs):
    """The terms of before, when the last row was not paid."""
    return reinstate(
        runs[LESS], all_but(runs, 1), on=date(2026, 1, 17), policy=dq.rulebook.load("cn-loan")
    )


def _both_ends(runs: Runs) -> str:
    policy, last = dq.rulebook.load("cn-loan"), date(2026, 1, 16)
    ends = [follow_plan(runs[LESS], all_but(runs, n), as_of=last, policy=policy) for n in (0, 1)]
    back = came_back_at_the_end(runs)
    rows = [
        ("all twelve are paid", ends[0].state.value, ends[0].completed_on, Decimal("0.00")),
        ("the last one is not paid", ends[1].state.value, ends[1].breach.on, back.owed.total),
    ]
    return "\n".join(
        [
            "## Both ends of the plan",
            "",
            *grid(("", "plan", "on", "owed on the loan after it"), rows, right=(3,)),
            (
                "One payment decides. Where it is missing and the lender lets the terms of before "
                "come back, what was given up on completion is owed again, with the interest of "
                "the old instalments since:"
            ),
            "",
            *told(back.explanation),
            "",
        ]
    )


COMPLETED = WorkedPlan(
    name="forgiven-on-completion",
    title="A part that is forgiven once the plan is completed",
    title_zh="履约完成后减免部分本息",
    where="China",
    told=(
        "A loan of 30,000.00 over 24 months at 12 %, with the instalments from October to "
        "December 2024 past due on 15 January 2025, and January's due on the day. The "
        "lender gives up a part, if the rest is paid to the end."
    ),
    agreed=(
        (
            "All interest that is open, and 3,000.00 of principal, are forgiven once the plan "
            "is completed."
        ),
        "The rest is paid in twelve level payments at 12 %.",
    ),
    make=_completed,
    lines=(
        HandLine(
            "given up on completion",
            "3,000.00 + 560.08",
            "3,560.08",
            lambda runs: runs[LESS].forgiven.total,
        ),
        HandLine(
            "to be paid",
            "15,894.52 − 3,000.00",
            "12,894.52",
            lambda runs: runs[LESS].debt_after.total,
        ),
        HandLine("annuity factor of 12 months", "(1 − 1.01^−12) / 0.01", "11.25508"),
        HandLine(
            "payment",
            "12,894.52 / 11.25508",
            "1,145.66",
            lambda runs: runs[LESS].schedule_rows[1].after.total,
        ),
        HandLine(
            "value that is given up",
            "3,560.08",
            "3,560",
            lambda runs: runs[LESS].present_value_loss,
        ),
        HandLine(
            "owed if the last payment is missing",
            "16,454.60 + 491.90 − 11 × 1,145.66",
            "4,344.24",
            lambda runs: came_back_at_the_end(runs).owed.total,
        ),
    ),
    after_lines=(
        "16,454.60 were owed before the plan; 491.90 are the interest of the old "
        "instalments after the day."
    ),
    rules="cn-plan",
    facts=PlanFacts(
        asked_on=date(2025, 1, 10),
        longest_term=60,
        is_collateral_released=False,
        is_swapped=False,
        is_otherwise_eased=False,
    ),
    more=_both_ends,
)
