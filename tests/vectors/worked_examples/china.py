"""Examples of the People's Bank of China, of its courts and of its regulators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import attrs
from dateutil.relativedelta import relativedelta

import delinquency as dq
from delinquency import judgment, reporting
from delinquency.amortisation import ReferenceRates
from delinquency.penalty import (
    Compounding,
    ContractMultiple,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    ReferenceMultiple,
    RoundingGrain,
)
from delinquency.returns import annualised_cost_of_balances
from delinquency.status.conditions import Elapsed, PeriodsPaid
from tests.vectors.worked_examples.asking import (
    day,
    first_day_in_state,
    loan,
    penalty_of,
    undated,
)

__all__ = [
    "card_payment",
    "credit_repair",
    "cure",
    "doubled_part",
    "four_times_the_reference_rate",
    "observation",
    "overdue_interest",
    "simple_rate_of_a_year",
]

CHINA: Final = undated("cn-loan")
CARD: Final = undated("cn-card")


def credit_repair(given: Mapping[str, Any]) -> dict[str, Any]:
    """8,000 yuan overdue in May 2024 and repaid on 15 January 2026: by when is the record hidden?"""
    month = day(f"{given['overdue_month']}-01")
    (hidden,) = {
        reporting.record_hidden_by(
            overdue_on=overdue, amount=given["overdue_amount"], repaid_on=day(given["repaid"])
        )
        for overdue in (month, month + relativedelta(day=31))
    }
    return {"suppressed_no_later_than": hidden}


def doubled_part(given: Mapping[str, Any]) -> dict[str, Any]:
    """A judgment debt of 100,000 is unpaid for 200 days: what is the doubled part?"""
    end = date(2024, 3, 1)
    debt = judgment.JudgmentDebt(
        awarded=given["judgment_debt_ex_interest"],
        perform_by=end,
        currency=dq.Currency.of("CNY"),
    )
    answer = judgment.judgment_interest(debt, as_of=end + timedelta(days=given["days"]))
    return {"doubled_part": answer.doubled_part}


def overdue_interest(given: Mapping[str, Any]) -> dict[str, Any]:
    """100,000 of principal and 500 of interest are 30 days late: penalty and compound interest?"""
    terms = PenaltyTerms(
        rate=ContractMultiple(1 + given["uplift"]),
        base=PenaltyBase.OVERDUE_PRINCIPAL,
        compounding=Compounding.UNPAID_INTEREST,
        day_count={360: dq.DayCount.ACT_360}[given["daycount"]],
        posting=Posting.ON_DEMAND,
        grain=RoundingGrain.INSTALMENT,
    )
    policy = attrs.evolve(CHINA, penalty=terms)
    due = date(2025, 3, 1)
    account = dq.Account(
        account_id="A",
        originated_on=date(2024, 3, 1),
        schedule=dq.Schedule(
            dq.Currency.of("CNY"),
            [dq.Instalment(due, given["overdue_principal"], given["unpaid_interest"])],
        ),
        contract_rates=[dq.DatedRate(date(2024, 3, 1), dq.Rate.per_year(given["contract_rate"]))],
    )
    as_of = due + timedelta(days=given["days"])
    answer = dq.penalty_interest(account, as_of=as_of, policy=policy)
    assert penalty_of(account, as_of, policy) == answer.accrued
    (rate,) = {line.rate.as_decimal() for line in answer.segments}
    return {
        "penalty_rate": rate,
        "penalty_interest": answer.penalty,
        "compound_interest": answer.compound,
    }


def card_payment(given: Mapping[str, Any]) -> dict[str, Any]:
    """500 are paid on a card that owes 300 and 1,000, on day 90 and on day 91: what does the money settle?"""
    due = date(2024, 3, 31)
    found: dict[str, Any] = {}
    for days in (90, 91):
        paid_on = due + timedelta(days=days)
        account = dq.Account(
            account_id="A",
            originated_on=date(2024, 3, 1),
            product=dq.Product.CARD,
            schedule=dq.Schedule(
                dq.Currency.of("CNY"),
                [dq.Instalment(due, given["principal"], given["interest_and_fees"])],
            ),
            payments=[dq.Payment(paid_on, given["payment"])],
        )
        settled = dict.fromkeys(dq.Component, Decimal(0))
        (answer,) = [dq.payment_settlement(account, value_date=paid_on, as_of=paid_on, policy=CARD)]
        for part in answer.parts:
            settled[part.component] += part.amount
        found[f"dpd {days}.interest_and_fees"] = settled[dq.Component.INTEREST]
        found[f"dpd {days}.principal"] = settled[dq.Component.PRINCIPAL]
    return found


def observation(given: Mapping[str, Any]) -> dict[str, Any]:
    """A change is agreed, first due on 20 February: when does observation end, and after a miss?"""
    first, missed = day(given["first_due"]), day(given["miss_on"])
    dues = [first + relativedelta(months=number) for number in range(30)]
    change = dq.Restructuring(day(given["signed"]), first)

    def ends(*late: date) -> date:
        paid = [dq.Payment(due + timedelta(days=5 * (due in late)), 1000) for due in dues]
        account = loan(
            "CNY",
            [(due, 1000) for due in dues],
            payments=paid,
            events=[change],
            originated_on=change.value_date,
        )
        return first_day_in_state(
            account,
            CHINA,
            "非重组资产",
            until=dues[-1],
            after=change.value_date,
            machine="重组资产",
        )

    return {"observation_end_if_clean": ends(), "new_earliest_end": ends(missed)}


def cure(given: Mapping[str, Any]) -> dict[str, Any]:
    """Cleared on 15 January and paid each quarter: when is the loan 正常 again, by each limb and by both?"""
    cleared, quarters = day(given["cleared"]), [day(text) for text in given["next_dues"]]
    dues = [date(2023, 7, 31), date(2023, 10, 31), *quarters]
    account = loan(
        "CNY",
        [(due, 1000) for due in dues],
        payments=[dq.Payment(cleared, 2000), *[dq.Payment(due, 1000) for due in quarters]],
        events=[dq.Finding(dq.FindingKind.ABLE_TO_PERFORM, cleared)],
    )

    def cured(policy: dq.Policy) -> date:
        return first_day_in_state(account, policy, "正常", until=quarters[-1], after=cleared)

    return {
        "two_periods": cured(_without(Elapsed)),
        "six_months": cured(_without(PeriodsPaid)),
        "cure_date": cured(CHINA),
    }


def _without(kind: type[Elapsed | PeriodsPaid]) -> dq.Policy:
    """The policy of China whose class is left without one limb of the wait."""
    machine = CHINA.status[-1]
    exits = [
        attrs.evolve(way, when=[each for each in way.when if not isinstance(each, kind)])
        for way in machine.exits
    ]
    return attrs.evolve(CHINA, status=[*CHINA.status[:-1], attrs.evolve(machine, exits=exits)])


def four_times_the_reference_rate(given: Mapping[str, Any]) -> dict[str, Any]:
    """The one-year LPR is 3.45 %: what is the most that private lending may cost a year?"""
    on = date(2023, 12, 20)
    lpr = ReferenceRates(
        name="LPR 1Y",
        rates=[(on, dq.Rate.per_year(given["lpr_1y"]))],
        covered_until=date(2024, 1, 21),
    )
    return {"cap": ReferenceMultiple(lpr, 4).rate_on(on).as_decimal()}


def simple_rate_of_a_year(given: Mapping[str, Any]) -> dict[str, Any]:
    """An overdraft costs 0.035 % or 0.05 % a day: how much is that a year, without interest on interest?"""
    return {
        "simple_apr": [
            annualised_cost_of_balances(
                daily, balances=[1], periods_per_year=365, percent_decimals=3
            )
            for daily in given["daily"]
        ]
    }
