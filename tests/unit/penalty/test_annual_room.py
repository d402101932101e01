"""A fee takes room from penalty that is not posted, and none from what is."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from tests.strategies_internal import policy_of

import delinquency as dq
from delinquency.penalty import (
    AnnualCap,
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
    ShareOfBase,
)

CNY = dq.Currency.of("CNY")
FEE_DAY = date(2025, 2, 15)


def terms(**more) -> PenaltyTerms:
    given = {
        "rate": FixedPenaltyRate(dq.Rate.per_year("0.18")),
        "base": PenaltyBase.OVERDUE_PRINCIPAL,
        "compounding": Compounding.NONE,
        "day_count": dq.DayCount.ACT_360,
        "posting": Posting.ON_DUE_DATES,
        "grain": RoundingGrain.INSTALMENT,
        "caps": (AnnualCap(dq.Rate.per_year("0.24"), dq.DayCount.ACT_360),),
        **more,
    }
    return PenaltyTerms(**given)


def loan(*months: int, **facts) -> dq.Account:
    rows = [dq.Instalment(date(2025, month, 1), 1000) for month in months]
    return dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 1),
        schedule=dq.Schedule(CNY, rows),
        **facts,
    )


POSTED = attrs.evolve(policy_of(), penalty=terms(), penalty_in_waterfall=dq.PenaltyPlace.POSTED)


def test_what_was_posted_is_owed_though_a_fee_takes_all_the_room() -> None:
    """15.50 were posted on 1 February: 31 days of 0.50. A fee of 400 leaves no room for more.

    The day before 28.50 had accrued, and 13.00 of it were no debt: these go, the 15.50 stay.
    """
    account = loan(1, 2, charges=[dq.Charge("C-1", dq.Component.FEES, 400, FEE_DAY)])
    eve = dq.penalty_interest(account, as_of=FEE_DAY - timedelta(days=1), policy=POSTED)
    told = dq.penalty_interest(account, as_of=FEE_DAY, policy=POSTED)
    assert [str(each) for each in (eve.accrued, eve.posted)] == ["28.50", "15.50"]
    assert [str(each) for each in (told.accrued, told.unposted)] == ["15.50", "0.00"]
    assert sum(line.amount for line in told.segments) == told.accrued


def test_the_payoff_of_that_day_settles_everything() -> None:
    """2,000 of principal, 15.50 posted and 400 of fees."""
    account = loan(1, 2, charges=[dq.Charge("C-1", dq.Component.FEES, 400, FEE_DAY)])
    owed = dq.breakdown(account, as_of=FEE_DAY, policy=POSTED)
    assert str(owed.payoff) == "2415.50"
    paid = attrs.evolve(account, payments=[dq.Payment(FEE_DAY, owed.payoff)])
    later = dq.assess(paid, as_of=date(2025, 6, 1), policy=POSTED)
    assert (later.days_past_due, later.arrears) == (0, 0)


@pytest.mark.parametrize("grain", RoundingGrain)
def test_the_day_on_which_a_share_binds_is_found_at_every_grain(grain: RoundingGrain) -> None:
    """1 % of 1,000 is 10.00 at 0.50 a day: reached on day 20, passed on day 21, each by its own clock."""
    capped = terms(
        grain=grain, posting=Posting.ON_DEMAND, caps=(ShareOfBase(dq.Proportion(1, 100)),)
    )
    policy = attrs.evolve(policy_of(), penalty=capped)
    found = dq.penalty_interest(loan(1, 2, 3), as_of=date(2025, 3, 15), policy=policy)
    assert [(cap.place, cap.since) for cap in found.bound_caps] == [
        (0, date(2025, 1, 22)),
        (1, date(2025, 2, 22)),
    ]
