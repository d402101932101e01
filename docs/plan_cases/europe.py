"""European cases: interest alone at a rate that steps up, token payments, and payments that rise."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs

import delinquency as dq
from delinquency.amortisation import DeferredInterest
from delinquency.restructuring import (
    AgreedPayment,
    Capitalisation,
    DifficultyGround,
    PaymentHoliday,
    PlanFacts,
    PrincipalDeferral,
    RateReduction,
    ReducedPayments,
    TermExtension,
)
from delinquency.restructuring.answer import PlanOutcome
from plan_cases.case import HandLine, Runs, WorkedPlan, lent, put

PRINCIPAL, INTEREST = dq.Component.PRINCIPAL, dq.Component.INTEREST
WHOLE = dq.Proportion(1, 1)

# Interest alone, at a rate that steps up.

KEPT, OVER = "3.2 %, then 3.8 %", "3.2 %, then 3.7 %"
WITHOUT, WITH = "two years later, no interest", "two years later, with interest"


def _rate(text: str) -> dq.Rate:
    return dq.Rate.per_year(text)


def _step_up() -> Runs:
    on = date(2025, 2, 15)
    loan = lent(
        "E-1",
        ("EUR", 200_000),
        rate="0.04",
        instalments=240,
        begun=date(2022, 1, 15),
        paid=37,
    )
    *paid, last = loan.payments
    # The instalment of the day of the plan is paid on the day before.
    early = attrs.evolve(last, value_date=on - timedelta(days=1))
    loan = attrs.evolve(loan, payments=[*paid, early])
    runs = {
        name: put(
            loan,
            on,
            "eu-default-retail",
            RateReduction(_rate(second), until=date(2027, 2, 15)),
            RateReduction(_rate("0.032"), until=date(2026, 2, 15)),
            PaymentHoliday(24),
        )
        for name, second in ((KEPT, "0.038"), (OVER, "0.037"))
    }
    for name, kind in ((WITHOUT, DeferredInterest.WAIVED), (WITH, DeferredInterest.CAPITALISED)):
        runs[name] = put(
            bullet(),
            date(2025, 1, 1),
            "eu-default-retail",
            PrincipalDeferral(share=WHOLE),
            PaymentHoliday(2, kind),
        )
    return runs


def bullet() -> dq.Account:
    """100,000.00 at 5 %, repaid at the end of six years; the interest of the first is paid a day early."""
    begun = date(2024, 1, 1)
    rows = [
        dq.Instalment(date(2025 + year, 1, 1), 100_000 if year == 5 else 0, 5000)
        for year in range(6)
    ]
    return dq.Account(
        account_id="E-2",
        originated_on=begun,
        schedule=dq.Schedule(dq.Currency.of("EUR"), rows),
        payments=[dq.Payment(date(2024, 12, 31), 5000)],
        contract_rates=[dq.DatedRate(begun, _rate("0.05"))],
    )


STEP_UP = WorkedPlan(
    name="interest-only-then-step-up",
    title="Interest alone for two years, on both sides of one per cent",
    title_zh="两年只还息、利率递增：1 % 现值损失的两侧",
    where="EU",
    told=(
        "A mortgage of 200,000.00 over 240 months at 4 %, of which nothing is past due on "
        "15 February 2025. One of two incomes is lost for about two years, and the lender "
        "agrees before an instalment is missed."
    ),
    agreed=(
        "For 24 months interest alone is paid, and 24 instalments are added at the end.",
        (
            "The rate is 3.2 % for the first twelve months and 3.8 % for the next; or 3.2 % "
            "and 3.7 %. Then it is 4 % again."
        ),
    ),
    make=_step_up,
    charted=(KEPT, OVER),
    lines=(
        HandLine(
            "interest of a month at 3.2 %",
            "178,565.21 × 3.2% / 12",
            "476.17",
            lambda runs: runs[KEPT].schedule_rows[0].after.total,
        ),
        HandLine(
            "at 3.8 %",
            "178,565.21 × 3.8% / 12",
            "565.46",
            lambda runs: runs[KEPT].schedule_rows[12].after.total,
        ),
        HandLine(
            "at 3.7 %",
            "178,565.21 × 3.7% / 12",
            "550.58",
            lambda runs: runs[OVER].schedule_rows[12].after.total,
        ),
        HandLine(
            "annuity factor of 12 months at 4 %",
            "(1 − (1 + 4% / 12)^−12) / (4% / 12)",
            "11.743994",
        ),
        HandLine("value of 1 in 12 months", "(1 + 4% / 12)^−12", "0.960853"),
        HandLine(
            "value that is given up, 3.8 %",
            "178,565.21 × (0.8% + 0.2% × 0.960853) / 12 × 11.743994",
            "1,734",
            lambda runs: runs[KEPT].present_value_loss,
        ),
        HandLine("as a share", "1,734 / 178,565.21", "0.0097", lambda runs: _share(runs[KEPT])),
        HandLine(
            "value that is given up, 3.7 %",
            "178,565.21 × (0.8% + 0.3% × 0.960853) / 12 × 11.743994",
            "1,902",
            lambda runs: runs[OVER].present_value_loss,
        ),
        HandLine("as a share", "1,902 / 178,565.21", "0.0107", lambda runs: _share(runs[OVER])),
        HandLine(
            "a debt put off for two years without interest",
            "1 − 1 / 1.05^2",
            "0.092971",
            lambda runs: _share(runs[WITHOUT]),
        ),
        HandLine(
            "with interest for the delay",
            "1 − 1.05^2 / 1.05^2",
            "0",
            lambda runs: _share(runs[WITH]),
        ),
    ),
    after_lines=(
        "The principal of the payments after the two years bears 4 %, so that only the "
        "interest that is left out is a loss. The last two lines are of another loan: "
        "100,000.00 at 5 %, all of it repaid after five more years, of which every payment "
        "comes two years later. Without interest for the delay 9.3 % are lost, with it "
        "nothing."
    ),
    rules="eu-plan",
    facts=PlanFacts(grounds=[DifficultyGround.EXPECTED_SHORTFALL], recent_days_past_due=0),
    of_review=(
        "Each is a forbearance measure. The first is no default, the second is one: a "
        "tenth of a per cent of rate in the second year decides. The original effective "
        "rate is taken to be the rate of the contract; a loan with fees at the beginning "
        "has a higher one, which is stated. Below 1 % the debtor may still be unlikely to "
        "pay."
    ),
)


def _share(done: PlanOutcome) -> Fraction:
    share = done.diminished_share
    return Fraction(share.numerator, share.denominator)


# Token payments.

SIX = "six tokens"


def _tokens() -> Runs:
    loan = lent(
        "U-1",
        ("GBP", 3000),
        rate="0.18",
        instalments=24,
        begun=date(2024, 11, 20),
        paid=6,
    )
    return {
        SIX: put(
            loan,
            date(2025, 7, 21),
            "uk-default-retail",
            Capitalisation([PRINCIPAL, INTEREST]),
            RateReduction(_rate("0")),
            RateReduction(_rate("0.024"), until=date(2026, 1, 20)),
            PaymentHoliday(6),
        )
    }


TOKENS = WorkedPlan(
    name="token-payments",
    title="Token payments, then no interest",
    title_zh="象征性还款六个月，此后停止计息",
    where="UK",
    told=(
        "A loan of 3,000.00 over 24 months at 18 %, with the instalments of June and July "
        "2025 past due. The borrower lives on benefits until January, and offers five "
        "pounds a month."
    ),
    agreed=(
        "What is past due becomes principal.",
        (
            "For six due dates the rate is 2.4 % and interest alone is asked for: about 4.80 a "
            "month, a token payment."
        ),
        "From then on no interest is charged, and the principal is repaid in 16 equal parts.",
    ),
    make=_tokens,
    lines=(
        HandLine(
            "what bears the token rate",
            "2,116.48 + 230.84 + 68.70 + 1.06",
            "2,417.08",
            lambda runs: runs[SIX].debt_after.total,
        ),
        HandLine(
            "a token payment",
            "2,417.08 × 2.4% / 12",
            "4.83",
            lambda runs: runs[SIX].schedule_rows[1].after.total,
        ),
        HandLine(
            "the first, of 29 days",
            "2,417.08 × 2.4% × 29 / 360",
            "4.67",
            lambda runs: runs[SIX].schedule_rows[0].after.total,
        ),
        HandLine(
            "a payment after them",
            "2,417.08 / 16",
            "151.07",
            lambda runs: runs[SIX].schedule_rows[6].after.total,
        ),
        HandLine("annuity factor of 16 months at 18 %", "(1 − 1.015^−16) / 0.015", "14.131264"),
        HandLine(
            "value of the payments after the tokens",
            "151.07 × 14.131264 / 1.015^6",
            "1,952.37",
        ),
        HandLine(
            "value that is given up",
            "2,417.08 − 1,952.37 × 1.015 / 1.0145 − 4.83 × 5.697187",
            "436",
            lambda runs: runs[SIX].present_value_loss,
            within=Decimal(1),
        ),
    ),
    after_lines=(
        "5.697187 is the annuity factor of six months at 18 %. The day that has passed "
        "since 20 July makes the difference of less than a pound."
    ),
    rules="uk-conc-plan",
    facts=PlanFacts(is_affordable=True),
    of_review=(
        "CONC names no figure for few payments or a short time. That arrears are not made "
        "up in one payment is shown by figures; that the payments are affordable is found "
        "by somebody, and stated."
    ),
)


# Agreed payments for half a year.

RISING = "five pounds, then sixty"


def _rising() -> Runs:
    on = date(2025, 4, 20)
    loan = lent(
        "U-2",
        ("GBP", 1200),
        rate="0.12",
        instalments=12,
        begun=date(2025, 1, 20),
        paid=3,
    )
    *paid, last = loan.payments
    early = attrs.evolve(last, value_date=on - timedelta(days=1))
    loan = attrs.evolve(loan, payments=[*paid, early])
    return {
        RISING: put(
            loan,
            on,
            "uk-default-retail",
            TermExtension(6),
            ReducedPayments(
                [AgreedPayment(3, 5), AgreedPayment(3, 60)], DeferredInterest.CAPITALISED
            ),
        )
    }


AGREED = WorkedPlan(
    name="agreed-payments",
    title="Five pounds, then sixty, then whole instalments",
    title_zh="先还五镑，再还六十镑，此后恢复正常还款",
    where="UK",
    told=(
        "A loan of 1,200.00 over 12 months at 12 %, of which three instalments of 106.62 are "
        "paid, the third a day early. On 20 April 2025 the borrower has lost the job, can pay "
        "five pounds a month, and sixty from August on, when a new one begins."
    ),
    agreed=(
        "Six instalments are added at the end.",
        (
            "On three due dates 5.00 is paid, on three more 60.00; interest that this does not "
            "cover becomes principal."
        ),
        "What is left then is repaid by nine level payments.",
    ),
    make=_rising,
    lines=(
        HandLine(
            "what is owed, after three payments",
            "1,200 × 1.01^3 − 106.62 × (1.01^2 + 1.01 + 1)",
            "913.29",
            lambda runs: runs[RISING].debt_after.total,
        ),
        HandLine("after the first five pounds", "913.29 + 9.13 − 5", "917.42"),
        HandLine("after the second", "917.42 + 9.17 − 5", "921.59"),
        HandLine("after the third", "921.59 + 9.22 − 5", "925.81"),
        HandLine(
            "interest of August, which sixty pounds cover",
            "925.81 × 1%",
            "9.26",
            lambda runs: runs[RISING].schedule_rows[3].after.interest,
        ),
        HandLine("after the first sixty pounds", "925.81 + 9.26 − 60", "875.07"),
        HandLine("after the second", "875.07 + 8.75 − 60", "823.82"),
        HandLine("after the third", "823.82 + 8.24 − 60", "772.06"),
        HandLine(
            "a whole instalment, nine times",
            "772.06 × 0.01 / (1 − 1.01^−9)",
            "90.13",
            lambda runs: runs[RISING].schedule_rows[6].after.total,
        ),
        HandLine(
            "more than without the plan",
            "3 × 5 + 3 × 60 + 9 × 90.13 − (8 × 106.62 + 106.60)",
            "46.61",
            lambda runs: runs[RISING].total_cost_change,
        ),
        HandLine(
            "value that is given up, but for cents that were rounded",
            "913.29 − 913.29",
            "0.00",
            lambda runs: runs[RISING].present_value_loss,
            within=Decimal("0.01"),
        ),
    ),
    after_lines=(
        "What bears interest at the rate of the contract costs the lender nothing, however late it "
        "is paid: the loss is a cent of rounding."
    ),
)
