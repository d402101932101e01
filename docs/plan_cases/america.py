"""A repayment plan in the United States, and a restructuring in India."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import delinquency as dq
from delinquency.restructuring import ArrearsSpread, Capitalisation, TermExtension
from plan_cases.case import HandLine, Runs, WorkedPlan, lent, put
from plan_cases.telling import grid

PRINCIPAL, INTEREST = dq.Component.PRINCIPAL, dq.Component.INTEREST

# A repayment plan.

SPREAD = "arrears over six months"


def _repayment_plan() -> Runs:
    loan = lent(
        "R-1",
        ("USD", 60_000),
        rate="0.06",
        instalments=60,
        begun=date(2020, 9, 1),
        paid=51,
    )
    return {SPREAD: put(loan, date(2025, 3, 2), "us-ffiec-residential", ArrearsSpread())}


REPAYMENT_PLAN = WorkedPlan(
    name="repayment-plan",
    title="Three months of arrears over six",
    title_zh="三期欠款分六个月补还（Regulation X）",
    where="US",
    told=(
        "A second mortgage of 60,000.00 over 60 months at 6 % has six instalments left, "
        "and those of January, February and March 2025 are past due. The borrower works "
        "again, and can pay half as much more."
    ),
    agreed=(
        (
            "The three instalments past due are paid in six equal parts, on top of the "
            "instalments to come."
        ),
    ),
    make=_repayment_plan,
    lines=(
        HandLine(
            "past due",
            "3 × 1,159.97",
            "3,479.91",
            lambda runs: runs[SPREAD].spread.total,
        ),
        HandLine("principal of a part", "3,343.82 / 6", "557.30"),
        HandLine("interest of a part", "136.09 / 6", "22.68"),
        HandLine(
            "payment of each month",
            "1,159.97 + 557.30 + 22.68",
            "1,739.95",
            lambda runs: runs[SPREAD].schedule_rows[0].after.total,
        ),
        HandLine("annuity factor of 6 months", "(1 − 1.005^−6) / 0.005", "5.896384"),
        HandLine(
            "value that is given up",
            "3,479.91 − 579.98 × 5.896384 × 1.005 / (1 + 6% × 29 / 360)",
            "60",
            lambda runs: runs[SPREAD].present_value_loss,
            within=Decimal(1),
        ),
    ),
    after_lines=(
        "The parts bear no interest: that is the loss. A spread goes over all instalments "
        "that are left; here these are six."
    ),
    rules="us-reg-x-plan",
    of_review=(
        "Regulation X lets a servicer offer such a plan on an incomplete application: "
        "past-due payments of at most three months, over at most six. The written terms "
        "that must follow promptly are the servicer's to see to."
    ),
)

# A restructuring in India.

YEAR = "12 months more"


def _india() -> Runs:
    loan = lent(
        "I-1",
        ("INR", 600_000),
        rate="0.12",
        instalments=36,
        begun=date(2024, 4, 5),
        paid=10,
    )
    return {
        YEAR: put(
            loan,
            date(2025, 5, 6),
            "in-sma",
            Capitalisation([PRINCIPAL, INTEREST]),
            TermExtension(12),
        )
    }


def _by_days(runs: Runs) -> str:
    done, policy = runs[YEAR], dq.rulebook.load("in-sma")
    days = (date(2025, 5, 5), date(2025, 5, 6))
    rows = []
    for day in days:
        answer = dq.assess(done.after, as_of=day, policy=policy)
        rows.append((day, answer.days_past_due, answer.bucket.code))
    return "\n".join(
        [
            "## What days past due say",
            "",
            *grid(("close of", "days past due", "by days"), rows, right=(1,)),
            (
                "By days alone the account is clean on the day of the plan. The policy `in-sma` "
                "counts days; the downgrade is in the rules of the review, which were never "
                "compared with the Directions, and warn. Whoever classifies assets by them takes "
                "the class from the review, and keeps it until its monitoring ends."
            ),
            "",
        ]
    )


INDIA = WorkedPlan(
    name="restructured-in-india",
    title="A standard account that a plan makes substandard",
    title_zh="印度：重组使标准类账户降为次级",
    where="India",
    told=(
        "A loan of 600,000.00 over 36 months at 12 %, with the instalments of March, April "
        "and May 2025 past due: two months late, and still a standard account. The "
        "borrower asks for smaller instalments."
    ),
    agreed=(
        "What is past due becomes principal.",
        "Twelve instalments are added, all of one size.",
    ),
    make=_india,
    lines=(
        HandLine(
            "what bears interest from the plan on",
            "407,655.53 + 46,620.60 + 13,165.17 + 135.89",
            "467,577.19",
            lambda runs: runs[YEAR].debt_after.total,
        ),
        HandLine("annuity factor of 35 months", "(1 − 1.01^−35) / 0.01", "29.408580"),
        HandLine(
            "payment, the first period a day short",
            "467,577.19 × (1 + 12% × 29 / 360) / 1.01 / 29.408580",
            "15,894.10",
            lambda runs: runs[YEAR].schedule_rows[0].after.total,
        ),
        HandLine(
            "without the plan",
            "600,000.00 / ((1 − 1.01^−36) / 0.01)",
            "19,928.59",
            lambda runs: runs[YEAR].schedule_rows[0].before.total,
        ),
        HandLine(
            "value that is given up",
            "0",
            "0",
            lambda runs: runs[YEAR].present_value_loss,
            within=Decimal(5),
        ),
    ),
    after_lines=(
        "Time bears interest at the rate of the contract, so nothing is given up but what "
        "rounding leaves: the downgrade does not ask for a loss."
    ),
    rules="in-plan",
    more=_by_days,
)
