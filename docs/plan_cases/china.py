"""Five Chinese cases: a mortgage, a consumer loan, a card, a settlement, a plan that is broken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import delinquency as dq
from delinquency.amortisation import DeferredInterest
from delinquency.restructuring import (
    ArrearsWaiver,
    Capitalisation,
    CardAgreement,
    Forgiveness,
    PaymentHoliday,
    PlanFacts,
    ReAgeing,
    Settlement,
    SettlementPayment,
    TermExtension,
    agree_on_card,
)
from delinquency.restructuring.following import counts_around, follow_plan, plan_clocks, reinstate
from delinquency.revolving import (
    BALANCE_KINDS,
    BalanceKind,
    BalanceRate,
    ByKind,
    CardAccount,
    CardInterest,
    CardTerms,
    CardTransaction,
    DueAfterDays,
    InterestMethod,
    MinimumPaymentRule,
    MinimumShare,
    TransactionKind,
)
from plan_cases.case import HandLine, Runs, WorkedPlan, lent, put
from plan_cases.telling import rows_that_were_followed, told

PRINCIPAL, INTEREST = dq.Component.PRINCIPAL, dq.Component.INTEREST
FEES, PENALTY = dq.Component.FEES, dq.Component.PENALTY
ARREARS = Capitalisation([PRINCIPAL, INTEREST])
NOTHING_ELSE = {
    "is_collateral_released": False,
    "is_swapped": False,
    "is_otherwise_eased": False,
}

# A mortgage with a holiday.

WAITS, GROWS = "interest waits", "interest becomes principal"


def _mortgage() -> Runs:
    loan = lent(
        "M-1",
        ("CNY", 480_000),
        rate="0.036",
        instalments=240,
        begun=date(2023, 12, 20),
        paid=13,
    )
    kinds = {WAITS: DeferredInterest.ACCRUED, GROWS: DeferredInterest.CAPITALISED}
    return {
        name: put(loan, date(2025, 3, 21), "cn-loan", ARREARS, PaymentHoliday(6, kind))
        for name, kind in kinds.items()
    }


MORTGAGE = WorkedPlan(
    name="mortgage-holiday",
    title="A mortgage with a holiday of six instalments",
    title_zh="住房贷款延期还本付息 6 期",
    where="China",
    told=(
        "A mortgage of 480,000.00 over 240 months at 3.6 %, of which the instalments of "
        "February and March 2025 are past due. The borrower has found new work that begins "
        "in autumn, and can pay nothing until then."
    ),
    agreed=(
        (
            "What is past due, and the interest of the one day that has passed since, becomes "
            "principal (本金化)."
        ),
        (
            "For six due dates, April to September, nothing is asked for; six instalments are "
            "added at the end."
        ),
        (
            "Two ways are compared. Either the interest of these months waits, bears none, and "
            "falls due with the first instalment; or it becomes principal on each due date."
        ),
    ),
    make=_mortgage,
    lines=(
        HandLine(
            "interest of 20 March, one day",
            "459,035.16 × 3.6% / 360",
            "45.90",
        ),
        HandLine(
            "what bears interest from the plan on",
            "459,035.16 + 2,850.03 + 2,767.05 + 45.90",
            "464,698.14",
            lambda runs: runs[WAITS].debt_after.total,
        ),
        HandLine("interest until 20 April, 29 days", "464,698.14 × 3.6% × 29 / 360", "1,347.62"),
        HandLine("interest of each month after it", "464,698.14 × 3.6% / 12", "1,394.09"),
        HandLine("annuity factor of 225 months", "(1 − 1.003^−225) / 0.003", "163.44294"),
        HandLine(
            "level payment, interest that waits",
            "464,698.14 / 163.44294",
            "2,843.18",
            lambda runs: runs[WAITS].schedule_rows[7].after.total,
        ),
        HandLine(
            "the first one, with six interests",
            "2,843.18 + 1,347.62 + 5 × 1,394.09",
            "11,161.25",
            lambda runs: runs[WAITS].schedule_rows[6].after.total,
        ),
        HandLine(
            "principal in October, interest that became principal",
            "464,698.14 × (1 + 3.6% × 29 / 360) × 1.003^5",
            "473,078.52",
        ),
        HandLine(
            "level payment then",
            "473,078.52 / 163.44294",
            "2,894.46",
            lambda runs: runs[GROWS].schedule_rows[6].after.total,
        ),
        HandLine(
            "value that is given up, interest that waits",
            (
                "(1,347.62 × (1.003^6 − 1) + 1,394.09 × (1.003^5 + 1.003^4 + 1.003^3 + 1.003^2 + "
                "1.003 − 5)) / (1.0029 × 1.003^6)"
            ),
            "86",
            lambda runs: runs[WAITS].present_value_loss,
        ),
    ),
    after_lines=(
        "The last line is the interest on interest that nobody asks for: the interest of "
        "April waits six months, that of May five. What becomes principal bears it, and "
        "nothing is lost. The first way costs the borrower less in all, and asks for four "
        "payments at once in October: a holiday may end in a cliff."
    ),
    rules="cn-plan",
    facts=PlanFacts(asked_on=date(2025, 3, 10), longest_term=360, **NOTHING_ELSE),
    of_review=(
        "The longest term of the product is taken to be 360 months. Observation begins "
        "with the first due date that asks for something, 20 October, and not with the "
        "plan: six months of holiday are no part of it."
    ),
)

# A consumer loan re-aged.

MONTHS = (24, 36, 48)


def _consumer() -> Runs:
    loan = lent(
        "C-1",
        ("CNY", 36_000),
        rate="0.12",
        instalments=24,
        begun=date(2024, 6, 10),
        paid=9,
        charges=[dq.Charge("P-1", PENALTY, Decimal("218.40"), date(2025, 6, 30))],
    )
    return {
        f"{count} months": put(
            loan,
            date(2025, 7, 10),
            "cn-loan",
            ArrearsWaiver([PENALTY]),
            ARREARS,
            ReAgeing(count, date(2025, 8, 10)),
        )
        for count in MONTHS
    }


CONSUMER = WorkedPlan(
    name="consumer-re-aged",
    title="A consumer loan re-aged over 24, 36 or 48 months",
    title_zh="消费贷款重新起算 24 / 36 / 48 期，减免罚息",
    where="China",
    told=(
        "A consumer loan of 36,000.00 over 24 months at 12 %, with the instalments of "
        "April, May and June 2025 past due and 218.40 of penalty interest. The borrower "
        "earns less than before, and cannot pay 1,694.65 a month."
    ),
    agreed=(
        "The penalty interest is waived (减免罚息).",
        "What is past due, and the interest earned until the day, becomes principal.",
        (
            "All that is open is paid in 24, 36 or 48 level payments from 10 August on "
            "(重新起算), at 12 % as before."
        ),
    ),
    make=_consumer,
    lines=(
        HandLine(
            "what is owed without the penalty",
            "19,073.29 + 4,423.00 + 660.95 + 190.73",
            "24,347.97",
            lambda runs: runs["24 months"].debt_after.total,
        ),
        HandLine("annuity factor of 24 months", "(1 − 1.01^−24) / 0.01", "21.24339"),
        HandLine(
            "payment over 24 months",
            "24,347.97 / 21.24339",
            "1,146.14",
            lambda runs: runs["24 months"].schedule_rows[1].after.total,
        ),
        HandLine("annuity factor of 36 months", "(1 − 1.01^−36) / 0.01", "30.10751"),
        HandLine(
            "payment over 36 months",
            "24,347.97 / 30.10751",
            "808.70",
            lambda runs: runs["36 months"].schedule_rows[1].after.total,
        ),
        HandLine("annuity factor of 48 months", "(1 − 1.01^−48) / 0.01", "37.97396"),
        HandLine(
            "payment over 48 months",
            "24,347.97 / 37.97396",
            "641.18",
            lambda runs: runs["48 months"].schedule_rows[1].after.total,
        ),
        HandLine(
            "value that is given up, whatever the term",
            "218.40",
            "218",
            lambda runs: runs["36 months"].present_value_loss,
        ),
    ),
    after_lines=(
        "Time alone costs the lender nothing, because it bears interest at the rate of the "
        "contract: the loss is the waived penalty. It costs the borrower: see the interest "
        "of each in the table."
    ),
    rules="cn-plan",
    facts=PlanFacts(asked_on=date(2025, 7, 1), longest_term=60, **NOTHING_ELSE),
    of_review=(
        "The longest term of the product is taken to be 60 months. The loan began on 10 "
        "June 2024, so that instalments until 10 July 2029 make it one of 61: 48 months "
        "are one too many, and 47 would do."
    ),
)

# A card.

OVER_60 = "60 instalments"


def _agreed_card() -> Runs:
    terms = CardTerms(
        currency=dq.Currency.of("CNY"),
        cycle_day=5,
        due=DueAfterDays(18),
        minimum=MinimumPaymentRule(
            shares=[MinimumShare(BalanceKind.PURCHASE, dq.Proportion(1, 10))]
        ),
        interest=CardInterest(
            rates=[BalanceRate(BalanceKind.PURCHASE, dq.Rate.per_day("0.0005"))],
            method=InterestMethod.FULL_STATEMENT,
        ),
        order=ByKind(kinds=BALANCE_KINDS),
    )
    spent = CardTransaction(
        kind=TransactionKind.PURCHASE,
        posted_on=date(2025, 1, 20),
        amount=48_000,
        transaction_id="T-1",
    )
    card = CardAccount(
        account_id="K-1",
        originated_on=date(2024, 3, 1),
        terms=terms,
        obligor_id="O-1",
        transactions=[spent],
    )
    return {
        OVER_60: agree_on_card(
            card,
            card_agreement(60),
            as_of=date(2025, 6, 23),
            policy=dq.rulebook.load("cn-card"),
        )
    }


def card_agreement(instalments: int) -> CardAgreement:
    """The agreement of the page."""
    return CardAgreement(
        account_id="P-1",
        effective_on=date(2025, 6, 23),
        instalments=instalments,
        first_due_on=date(2025, 7, 23),
        measures=[Forgiveness(INTEREST, share=dq.Proportion(1, 2))],
        beyond_capacity=True,
        willing=True,
        promises_no_new_cards=True,
        accrues_annual_fee=False,
        accrues_interest=False,
        accrues_other_fees=False,
        rights_and_duties="As in the contract of the card.",
        breach_terms="All that is open falls due.",
    )


def _limit_of_article_70(_runs: Runs) -> str:
    try:
        card_agreement(61)
    except dq.DelinquencyError as error:
        refused = str(error)
    else:
        raise AssertionError
    return (
        "Article 70 is asked when the agreement is made, and what it does not allow is "
        "refused. Sixty months from 23 June 2025 end on 23 June 2030, the day of the last "
        f"instalment. One instalment more:\n\n```text\n{refused}\n```\n\nA holder who can "
        "pay, or is not willing to, cannot have one either. From the day on collection "
        "stops unless the agreement is broken, no credit is left on the card, and nothing "
        "is open on it.\n"
    )


AGREED_CARD = WorkedPlan(
    name="card-over-sixty-months",
    title="A card paid in sixty instalments",
    title_zh="信用卡个性化分期还款 60 期（第 70 条）",
    where="China",
    told=(
        "48,000.00 were spent on a card on 20 January 2025, and nothing was paid since; "
        "the card bears 0.05 % a day. The holder has lost the business the money went "
        "into, and offers what is left of an income."
    ),
    agreed=(
        "Half of the interest is forgiven; from the day on none accrues.",
        (
            "All that is left is paid in 60 equal instalments (个性化分期还款), the first on "
            "23 July 2025."
        ),
        "The holder applies for no card of any bank until it is settled.",
    ),
    make=_agreed_card,
    lines=(
        HandLine(
            "interest of 154 days",
            "48,000.00 × 0.05% × 154",
            "3,696.00",
            lambda runs: runs[OVER_60].debt_before.interest,
        ),
        HandLine(
            "of it forgiven",
            "3,696.00 / 2",
            "1,848.00",
            lambda runs: runs[OVER_60].forgiven.interest,
        ),
        HandLine(
            "principal of an instalment",
            "48,000.00 / 60",
            "800.00",
            lambda runs: runs[OVER_60].schedule_rows[0].after.principal,
        ),
        HandLine(
            "interest of an instalment",
            "1,848.00 / 60",
            "30.80",
            lambda runs: runs[OVER_60].schedule_rows[0].after.interest,
        ),
        HandLine(
            "in all",
            "60 × (800.00 + 30.80)",
            "49,848.00",
            lambda runs: runs[OVER_60].debt_after.total,
        ),
        HandLine(
            "what that is worth, in months alike",
            "830.80 × (1 − (1 + 18.25% / 12)^−60) / (18.25% / 12)",
            "32,543",
            lambda runs: runs[OVER_60].debt_before.total - runs[OVER_60].present_value_loss,
            within=Decimal(15),
        ),
    ),
    after_lines=(
        "0.05 % a day are 18.25 % a year, at which the instalments are valued. The library "
        "counts the days of each month, so the last line is near and not equal. Of the "
        "loss 1,848.00 were forgiven; the rest is the interest that sixty months without "
        "any do not bring."
    ),
    more=_limit_of_article_70,
)

# A settlement.

AT_70 = "settled at 70 %"


def _settled() -> Runs:
    loan = lent(
        "S-1",
        ("CNY", 50_000),
        rate="0.144",
        instalments=36,
        begun=date(2023, 5, 8),
        paid=14,
        charges=[
            dq.Charge("F-1", FEES, 300, date(2025, 3, 8)),
            dq.Charge("P-1", PENALTY, 1860, date(2025, 3, 31)),
        ],
    )
    shares = zip(
        (date(2025, 4, 8), date(2025, 5, 8), date(2025, 6, 8)), ("0.3", "0.2", "0.2"), strict=True
    )
    paid = [SettlementPayment(on, share=dq.Proportion.parse(share)) for on, share in shares]
    return {AT_70: put(loan, date(2025, 4, 8), "cn-loan", Settlement(paid))}


SETTLED = WorkedPlan(
    name="settled-at-70-per-cent",
    title="A loan settled at 70 per cent",
    title_zh="折扣结清：七折，分三次支付",
    where="China",
    told=(
        "Eight instalments of a loan of 50,000.00 at 14.4 % are past due on 8 April 2025, "
        "with a fee and penalty interest. A relative of the borrower lends part of the "
        "debt, to end it."
    ),
    agreed=(
        (
            "30 % of all that is owed is paid on the day, 20 % a month later and 20 % two "
            "months later (折扣结清)."
        ),
        (
            "What the payments do not reach is given up: penalty first, then fees, interest "
            "and principal. It comes back if a payment is missed."
        ),
    ),
    make=_settled,
    lines=(
        HandLine(
            "what is owed",
            "33,057.31 + 2,982.84 + 300.00 + 1,860.00",
            "38,200.15",
            lambda runs: runs[AT_70].debt_before.total,
        ),
        HandLine(
            "seven tenths of it, up to the fen",
            "38,200.15 × 0.7",
            "26,740.11",
            lambda runs: runs[AT_70].settled.total,
        ),
        HandLine(
            "the first payment",
            "38,200.15 × 0.3",
            "11,460.05",
            lambda runs: runs[AT_70].schedule_rows[0].after.total,
        ),
        HandLine(
            "each of the others",
            "38,200.15 × 0.2",
            "7,640.03",
            lambda runs: runs[AT_70].schedule_rows[1].after.total,
        ),
        HandLine(
            "given up in all",
            "38,200.15 − 26,740.11",
            "11,460.04",
            lambda runs: runs[AT_70].waived.total + runs[AT_70].forgiven.total,
        ),
        HandLine(
            "of it principal",
            "11,460.04 − 1,860.00 − 300.00 − 2,982.84",
            "6,317.20",
            lambda runs: runs[AT_70].forgiven.principal,
        ),
        HandLine(
            "value that is given up, with two payments that wait",
            "11,460.04 + 7,640.03 × (1 − 1 / 1.012) + 7,640.03 × (1 − 1 / 1.012^2)",
            "11,731",
            lambda runs: runs[AT_70].present_value_loss,
        ),
    ),
    after_lines=(
        "Interest that is not earned by the day is never asked for, and is not among what "
        "is given up: payment in full today would not have brought it either."
    ),
    rules="cn-plan",
    facts=PlanFacts(**NOTHING_ELSE),
    of_review=(
        "Less principal, interest and fees is a concession of Article 19 whatever it is "
        "called, and so is time to pay what is past due: the loan is a restructured asset."
    ),
)

# A plan that is broken.

LONGER = "12 months more"
BACK_ON = date(2025, 9, 1)


def _broken() -> Runs:
    loan = lent(
        "B-1",
        ("CNY", 60_000),
        rate="0.096",
        instalments=36,
        begun=date(2023, 10, 25),
        paid=14,
    )
    return {LONGER: put(loan, date(2025, 3, 26), "cn-loan", ARREARS, TermExtension(12))}


def paid_three(runs: Runs) -> list[dq.Payment]:
    """The first three rows, on their days."""
    rows = [row for row in runs[LONGER].schedule_rows if row.after is not None]
    return [dq.Payment(row.due_date, row.after.total) for row in rows[:3]]


def came_back(runs: Runs):
    """The terms of before the plan, back."""
    return reinstate(runs[LONGER], paid_three(runs), on=BACK_ON, policy=dq.rulebook.load("cn-loan"))


def _how_it_went(runs: Runs) -> str:
    policy, eve = dq.rulebook.load("cn-loan"), date(2025, 8, 31)
    done, paid = runs[LONGER], paid_three(runs)
    followed = follow_plan(done, paid, as_of=eve, policy=policy)
    back = came_back(runs)
    (counts,) = counts_around(done, paid, as_of=eve, policies=[policy])
    clock = plan_clocks(done, paid, as_of=eve, policy=policy, machine="重组资产")[0]
    days = [
        (day, dq.days_past_due(back.account, as_of=day, policy=policy)) for day in (eve, BACK_ON)
    ]
    states = [
        dq.assess_status(back.account, as_of=day, policy=policy).states["风险分类"].code
        for day, _ in days
    ]
    lines = [
        "## Three payments, and then none",
        "",
        *rows_that_were_followed(followed, 6),
        "",
        (
            f"The fourth row is broken at the close of {followed.breach.on}, the first at which "
            "it is a day past due. What is paid later does not undo it."
        ),
        "",
        "## The terms of before come back",
        "",
        (
            f"On {BACK_ON} the lender ends the plan. What is owed is what the loan would owe "
            "had there been no plan, with the three payments put to the old instalments:"
        ),
        "",
        *told(back.explanation, "owed"),
        "",
        "| close of | days past due | class |",
        "|---|---|---|",
        *(
            f"| {day} | {count} | {state} |"
            for (day, count), state in zip(days, states, strict=True)
        ),
        "",
        (
            f"The count of the plan was {counts.now.days_past_due} days; the old due dates are "
            f"older. The class follows the count, and observation began again on {clock.since}, "
            "the last due date that was missed."
        ),
        "",
    ]
    return "\n".join(lines)


BROKEN = WorkedPlan(
    name="broken-in-the-fourth-month",
    title="A plan that is broken in its fourth month",
    title_zh="方案第 4 期违约，恢复原合同条件",
    where="China",
    told=(
        "A loan of 60,000.00 over 36 months at 9.6 %, with the instalments of January, "
        "February and March 2025 past due. The plan is kept for three months; then the "
        "borrower is ill and pays nothing."
    ),
    agreed=(
        "What is past due becomes principal.",
        "Twelve instalments are added, all of one size.",
    ),
    make=_broken,
    lines=(
        HandLine(
            "what bears interest from the plan on",
            "33,802.13 + 4,884.73 + 889.61 + 9.01",
            "39,585.48",
            lambda runs: runs[LONGER].debt_after.total,
        ),
        HandLine("annuity factor of 31 months", "(1 − 1.008^−31) / 0.008", "27.35871"),
        HandLine(
            "payment, the first period a day short",
            "39,585.48 × (1 + 9.6% × 29 / 360) / 1.008 / 27.35871",
            "1,446.52",
            lambda runs: runs[LONGER].schedule_rows[0].after.total,
        ),
        HandLine(
            "owed when the old terms are back",
            "39,585.48 + 1,250.30 − 3 × 1,446.52",
            "36,496.22",
            lambda runs: came_back(runs).owed.total,
        ),
    ),
    after_lines=(
        "In the last line 1,250.30 are the interest of the old instalments since: what was "
        "left of April's, those of May to August, and of September's what six days have "
        "earned."
    ),
    rules="cn-plan",
    facts=PlanFacts(asked_on=date(2025, 3, 20), longest_term=60, **NOTHING_ELSE),
    more=_how_it_went,
)
