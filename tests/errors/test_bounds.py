"""Numbers beyond what a calendar or 64 bits hold are refused, where they are given or where they arise."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import delinquency as dq
import delinquency.portfolio as pf
from delinquency.calendar import add_months
from delinquency.late_fees import EveryDays, FeeBase, LateFeeTerms, ShareFee
from delinquency.rounding import Proportion

CNY = dq.Currency.of("CNY")
HOUSE = dq.rulebook.load("founding-report").versions[0]
JAN = date(2025, 1, 1)
JUNE = date(2025, 6, 1)


def account_of(count=2, amount=1000, **more):
    rows = [dq.Instalment(add_months(JAN, number), amount) for number in range(count)]
    return dq.Account(
        account_id="A",
        originated_on=date(2024, 12, 1),
        schedule=dq.Schedule(CNY, rows),
        **more,
    )


def fee_of(numerator):
    share = ShareFee(Proportion(numerator, 1), FeeBase.OVERDUE_AMOUNT)
    return LateFeeTerms(name="late", amount=share)


@pytest.mark.parametrize("verb", [dq.breakdown, dq.assess, dq.replay, pf.assess])
def test_late_fees_beyond_the_bound_of_an_account_are_refused_with_its_name(verb):
    """1000.00 are due; 10**10 - 1 times as much as a fee makes 10**15 minor units, the most there may be."""
    account = account_of(1)
    subject = pf.Portfolio.from_accounts([account]) if verb is pf.assess else account
    verb(subject, as_of=JUNE, policy=attrs.evolve(HOUSE, late_fees=[fee_of(10**10 - 1)]))
    once_more = attrs.evolve(fee_of(1), name="once more", wait_days=9)
    for beyond in ([fee_of(10**10)], [fee_of(10**16)], [fee_of(10**10 - 1), once_more]):
        policy = attrs.evolve(HOUSE, late_fees=beyond)
        with pytest.raises(dq.InvalidValueError, match="^account 'A', late fee"):
            verb(subject, as_of=JUNE, policy=policy)


HUGE = 10**5000
"""More digits than Python writes."""


@pytest.mark.parametrize(
    "ask",
    [
        lambda: dq.Payment(JAN, -HUGE),
        lambda: dq.Payment(JAN, HUGE, payment_id=HUGE),
        lambda: dq.Instalment(JAN, -HUGE),
        lambda: account_of(amount=HUGE),
        lambda: EveryDays(-HUGE),
        lambda: EveryDays((HUGE,)),
        lambda: fee_of(1).__class__(name="late", amount=fee_of(1).amount, due_in_days=-HUGE),
        lambda: dq.classify(-HUGE, scheme=HOUSE.buckets),
        lambda: dq.Frequency(months=HUGE, days=0),
        lambda: dq.breakdown(
            account_of(), as_of=JUNE, policy=attrs.evolve(HOUSE, late_fees=[fee_of(HUGE)])
        ),
    ],
)
def test_a_number_too_long_to_be_written_is_refused_with_a_short_message(ask):
    with pytest.raises(dq.DelinquencyError) as caught:
        ask()
    assert len(str(caught.value)) < 500
