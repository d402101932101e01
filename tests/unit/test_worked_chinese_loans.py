"""Chinese loans worked by hand: each figure with its arithmetic, from the article to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.penalty import (
    AnnualCap,
    Compounding,
    ContractMultiple,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)

CNY = dq.Currency.of("CNY")
LOAN = dq.rulebook.load("cn-loan").versions[-1]


def terms(**more) -> PenaltyTerms:
    given = {
        "rate": ContractMultiple("1.5"),
        "base": PenaltyBase.OVERDUE_PRINCIPAL,
        "compounding": Compounding.UNPAID_INTEREST,
        "day_count": dq.DayCount.ACT_360,
        "posting": Posting.ON_DEMAND,
        "grain": RoundingGrain.INSTALMENT,
        **more,
    }
    return PenaltyTerms(**given)


def mortgage(**facts) -> dq.Account:
    """The first four instalments of 5,250.00 of a mortgage of 1,000,000.00 at 3.9 %, due on each 20th."""
    rows = [
        dq.Instalment(date(2025, 3, 20), Decimal("2000.00"), Decimal("3250.00")),
        dq.Instalment(date(2025, 4, 20), Decimal("2006.50"), Decimal("3243.50")),
        dq.Instalment(date(2025, 5, 20), Decimal("2013.02"), Decimal("3236.98")),
        dq.Instalment(date(2025, 6, 20), Decimal("2019.56"), Decimal("3230.44")),
    ]
    return dq.Account(
        account_id="mortgage",
        originated_on=date(2025, 2, 20),
        schedule=dq.Schedule(CNY, rows),
        contract_rates=[dq.DatedRate(date(2025, 2, 20), dq.Rate.per_year("0.039"))],
        **facts,
    )


LATE_100_DAYS = date(2025, 6, 28)


def test_a_mortgage_100_days_late_bears_penalty_and_compound_interest():
    """银发〔2003〕251号, item 3: overdue principal and unpaid interest at 3.9 % × 1.5 = 5.85 %, Act/360.

    From 20 March to 28 June are 11 + 30 + 31 + 28 = 100 days; the later instalments are 69, 39 and 8 days
    late. Penalty on principal (罚息), then compound interest on unpaid interest (复利):

    1.  2,000.00 × 0.0585 × 100/360 = 32.5000    3,250.00 × 0.0585 × 100/360 = 52.8125    85.3125 → 85.31
    2.  2,006.50 × 0.0585 ×  69/360 = 22.4979    3,243.50 × 0.0585 ×  69/360 = 36.3677    58.8656 → 58.87
    3.  2,013.02 × 0.0585 ×  39/360 = 12.7575    3,236.98 × 0.0585 ×  39/360 = 20.5144    33.2719 → 33.27
    4.  2,019.56 × 0.0585 ×   8/360 =  2.6254    3,230.44 × 0.0585 ×   8/360 =  4.1996     6.8250 →  6.83

    Together 184.28. What accrued on an instalment is rounded once, half up.
    """
    policy = attrs.evolve(LOAN, penalty=terms())
    told = dq.penalty_interest(mortgage(), as_of=LATE_100_DAYS, policy=policy)
    assert told.accrued == Decimal("184.28")
    assert [line.days for line in told.segments] == [100, 100, 69, 69, 39, 39, 8, 8]
    by_instalment = [told.segments[n].amount + told.segments[n + 1].amount for n in (0, 2, 4, 6)]
    assert by_instalment == [Decimal(text) for text in ("85.31", "58.87", "33.27", "6.83")]
    assert sum(line.exact for line in told.segments) == Decimal("18427.50")
    answer = dq.assess(mortgage(), as_of=LATE_100_DAYS, policy=policy)
    assert (answer.days_past_due, answer.bucket.code) == (100, "次级")


def test_a_day_later_the_due_date_still_bears_and_the_day_of_payment_does_not():
    """On the due date nothing has accrued; the day after, one day: 5,250.00 × 0.0585 / 360 = 0.853125."""
    policy = attrs.evolve(LOAN, penalty=terms())
    for as_of, told in ((date(2025, 3, 20), "0.00"), (date(2025, 3, 21), "0.85")):
        assert dq.penalty_interest(mortgage(), as_of=as_of, policy=policy).accrued == Decimal(told)
    paid = mortgage(payments=[dq.Payment(date(2025, 3, 20), 5250)])
    assert dq.penalty_interest(paid, as_of=date(2025, 4, 20), policy=policy).accrued == 0


def test_while_the_money_is_misused_the_higher_rate_alone_holds():
    """From 1 to 31 May at twice the contract rate, 7.8 %: 30 days; the other 70 at 5.85 %.

    5,250.00 × (0.0585 × 70 + 0.078 × 30) / 360 = 5,250.00 × 6.435 / 360 = 93.84375 → 93.84.
    """
    rate = ContractMultiple("1.5", misuse_factor="2")
    policy = attrs.evolve(LOAN, penalty=terms(rate=rate))
    misused = mortgage(events=[dq.FundsMisuse(date(2025, 5, 1), date(2025, 5, 31))])
    told = dq.penalty_interest(misused, as_of=LATE_100_DAYS, policy=policy)
    first = [line for line in told.segments if line.place == 0]
    assert sum(line.amount for line in first) == Decimal("93.84")


def test_half_of_the_penalty_of_a_period_is_waived():
    """In April, 30 days, half is waived: 5,250.00 × 0.0585 / 360 × (70 + 15) = 72.515625 → 72.52."""
    policy = attrs.evolve(LOAN, penalty=terms())
    waived = mortgage(
        events=[dq.PenaltyWaiver(date(2025, 4, 1), date(2025, 5, 1), dq.Proportion(1, 2))]
    )
    told = dq.penalty_interest(waived, as_of=LATE_100_DAYS, policy=policy)
    first = [line for line in told.segments if line.place == 0]
    assert sum(line.amount for line in first if not line.is_waived) == Decimal("72.52")
    assert sum(line.exact for line in first) == Decimal("8531.25")


CAPPED = terms(
    compounding=Compounding.NONE,
    day_count=dq.DayCount.ACT_365F,
    caps=(AnnualCap(dq.Rate.per_year("0.24"), dq.DayCount.ACT_365F),),
)


def one_month_loan() -> dq.Account:
    """12,000.00 at 17.4 % for January: interest 12,000.00 × 0.174 × 31/365 = 177.34."""
    row = dq.Instalment(date(2025, 2, 1), 12_000, Decimal("177.34"))
    return dq.Account(
        account_id="consumer",
        originated_on=date(2025, 1, 1),
        schedule=dq.Schedule(CNY, [row]),
        contract_rates=[dq.DatedRate(date(2025, 1, 1), dq.Rate.per_year("0.174"))],
    )


def test_a_cap_of_24_per_cent_is_reached_in_the_fifth_month():
    """法发〔2017〕22号, item 2: interest and penalty together at most 24 % a year of the principal.

    Penalty at 17.4 % × 1.5 = 26.1 %: 12,000.00 × 0.261 / 365 = 8.580822 a day. The cap grows by
    12,000.00 × 0.24 / 365 = 7.890411 a day from 1 January on, and the interest has taken 177.34 of it.

    On 10 May, day 129 of the loan and day 98 of the delay:
        room     floor(129 × 7.890411) = 1,017.86, less 177.34 = 840.52
        penalty  98 × 8.580822 = 840.92, so 0.40 is above the cap.
    On 9 May: room 1,009.97 - 177.34 = 832.63; penalty 97 × 8.580822 = 832.34, all of it owed.
    """
    policy = attrs.evolve(LOAN, penalty=CAPPED)
    before = dq.penalty_interest(one_month_loan(), as_of=date(2025, 5, 9), policy=policy)
    assert (before.accrued, before.capped, before.bound_caps) == (Decimal("832.34"), 0, ())
    on = dq.penalty_interest(one_month_loan(), as_of=date(2025, 5, 10), policy=policy)
    assert (on.accrued, on.capped) == (Decimal("840.52"), Decimal("0.40"))
    assert [bound.since for bound in on.bound_caps] == [date(2025, 5, 10)]
    assert "2025-05-10" in on.explanation.to_text()
    assert "上限" in on.explanation.to_text(lang="zh")


def test_from_the_91st_day_on_interest_and_penalty_are_shown_off_balance():
    """Owed all the same: on 18 June, day 90, on balance; on 19 June, day 91, interest and penalty off it."""
    policy = attrs.evolve(LOAN, penalty=terms(), off_balance_from=91)
    on, off = (
        dq.breakdown(mortgage(), as_of=day, policy=policy)
        for day in (date(2025, 6, 18), date(2025, 6, 19))
    )
    assert (on.is_off_balance, on.off_balance) == (False, 0)
    interest = Decimal("3250.00") + Decimal("3243.50") + Decimal("3236.98")
    assert off.off_balance == interest + off.accrued_interest + off.unposted_penalty
    assert off.on_balance + off.off_balance == off.payoff


@pytest.mark.parametrize(("factor", "misuse"), [("1.29", None), ("1.51", None), ("1.5", "2.01")])
def test_a_multiple_outside_the_bands_of_the_notice_is_refused_with_its_article(factor, misuse):
    rate = ContractMultiple(factor, misuse_factor=misuse)
    if LOAN.penalty_regime is None:
        pytest.skip("the regime comes with the rulebook file")
    with pytest.raises(dq.PolicyError, match="251"):
        attrs.evolve(LOAN, penalty=terms(rate=rate))
