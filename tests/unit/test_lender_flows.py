"""The flows of a loan, as a lender sees them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency import returns

TERMS = dq.RepaymentTerms(
    currency=dq.Currency.of("CNY"),
    principal=12_000,
    annual_rate=dq.Rate.per_year("0.12"),
    first_due_date=date(2025, 1, 31),
    instalment_count=12,
    method=dq.AmortisationMethod.ANNUITY,
)
PLAN = dq.IrregularTerms(
    principal=600,
    annual_rate=dq.Rate.per_year("0.10"),
    disbursed_on=date(2025, 1, 1),
    day_count=dq.DayCount.ACT_365F,
    currency=dq.Currency.of("CNY"),
    rows=[
        dq.IrregularRow(date(2025, 3, 1), dq.GivenPrincipal(-400)),
        dq.IrregularRow(date(2025, 7, 1), dq.WholeBalance()),
    ],
)


def told(flows: tuple[returns.CashFlow, ...]) -> list[tuple[str, str]]:
    return [(str(flow.date), str(flow.amount)) for flow in flows]


def test_a_loan_is_paid_out_on_its_day_or_one_period_before_the_first_due_date() -> None:
    table = dq.amortisation_table(TERMS)
    flows = told(table.cash_flows())
    assert flows[:2] == [("2024-12-31", "-12000"), ("2025-01-31", "1066.19")]
    assert len(flows) == 13
    earlier = attrs.evolve(
        TERMS, disbursed_on=date(2024, 12, 20), first_period=dq.FirstPeriod.AS_REGULAR
    )
    assert told(dq.amortisation_table(earlier).cash_flows())[0][0] == "2024-12-20"
    assert told(table.cash_flows(upfront_fees=Decimal("120.50")))[0][1] == "-11879.50"


def test_prepayments_stand_on_their_days_with_their_fees() -> None:
    facts = [
        dq.Prepayment(
            paid_on=date(2025, 2, 10),
            amount=1000,
            fee=10,
            effect=dq.PrepaymentEffect.LOWER_PAYMENT,
        ),
        dq.Prepayment(paid_on=date(2025, 3, 10), amount=500, effect=dq.PrepaymentEffect.HELD),
    ]
    left = dq.prepay(TERMS, facts)
    flows = told(left.cash_flows())
    assert flows[2] == ("2025-02-10", "1010.00")
    assert [day for day, _ in flows] == sorted(day for day, _ in flows)
    assert len(flows) == 14
    assert left.total_payment == 12_000 + left.total_interest + 10


def test_draw_downs_of_an_irregular_plan_are_paid_out() -> None:
    flows = told(dq.irregular_table(PLAN).cash_flows())
    # 600 for 59 days, then 1,000 for 122 days, at 10 %.
    assert flows == [
        ("2025-01-01", "-600.00"),
        ("2025-03-01", "-390.30"),
        ("2025-07-01", "1033.42"),
    ]
    assert dq.irregular_table(PLAN).total_interest == Decimal("43.12")
    with pytest.raises(dq.InvalidValueError, match="cash_flows: expected terms with a currency"):
        dq.irregular_table(attrs.evolve(PLAN, currency=None)).cash_flows()


def test_the_rate_of_a_table_by_days_is_its_own_compounded() -> None:
    by_days = attrs.evolve(
        TERMS,
        interest_basis=dq.ByDays(dq.DayCount.ACT_365F),
        method=dq.AmortisationMethod.BULLET,
        frequency=dq.Frequency(12, 0),
        instalment_count=1,
        first_due_date=date(2025, 12, 31),
    )
    rate = returns.xirr(dq.amortisation_table(by_days).cash_flows())
    assert abs(rate - Decimal("0.12")) < Decimal("1e-9")


@pytest.mark.parametrize(
    ("fees", "kind"),
    [(1.5, dq.InvalidTypeError), (-1, dq.InvalidValueError), ("1", dq.InvalidTypeError)],
)
def test_fees_that_are_none_are_refused(fees: object, kind: type[Exception]) -> None:
    with pytest.raises(kind, match="upfront_fees"):
        dq.amortisation_table(TERMS).cash_flows(upfront_fees=fees)  # type: ignore[arg-type]
