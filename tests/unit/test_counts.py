"""Counts in months and in payments, on both paths, at their boundaries and against published figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.calendar import NONE_DAY, add_months, day_number
from delinquency.counting.months import mba_months, ots_months
from delinquency.portfolio import Portfolio
from delinquency.portfolio import assess as assess_book
from delinquency.portfolio.readings import whole_months

CNY = dq.Currency.of("CNY")
ORDER = dq.AllocationOrder.oldest_first("interest", "principal", "fees", "penalty")


def day(value: date) -> int:
    return day_number(value, where="test", field="day")


def scheme(reads: dq.CountName) -> dq.BucketScheme:
    bands = [dq.Bucket("0", 0, 0, is_stressed=False)]
    bands += [dq.Bucket(str(number), number, number) for number in range(1, 60)]
    return dq.BucketScheme("exact", reads, [*bands, dq.Bucket("60+", 60)])


def policy(reads: dq.CountName, **counting: object) -> dq.Policy:
    return dq.Policy(
        name="counts",
        counting=dq.Counting(**counting),  # type: ignore[arg-type]
        allocation=ORDER,
        penalty_in_waterfall=dq.PenaltyPlace.OUTSIDE,
        buckets=scheme(reads),
    )


NEARLY_FULL = policy(
    dq.CountName.PAYMENTS_IN_ARREARS, partial_payments=dq.PartialPayments.NEARLY_FULL
)


def loan(amounts: list[str], payments: list[tuple[date, str]], first: date) -> dq.Account:
    rows = [
        dq.Instalment(add_months(first, number), Decimal(amount))
        for number, amount in enumerate(amounts)
    ]
    return dq.Account(
        account_id="L",
        originated_on=first - timedelta(31),
        schedule=dq.Schedule(CNY, rows),
        payments=[dq.Payment(paid_on, Decimal(amount)) for paid_on, amount in payments],
    )


def reading(account: dq.Account, as_of: date, policy: dq.Policy) -> int:
    """The reading of one account, checked to be the same in a book."""
    answer = dq.assess(account, as_of=as_of, policy=policy)
    book = assess_book(Portfolio.from_accounts([account]), as_of=as_of, policy=policy)
    assert book.bucket_of(0) == answer.bucket
    return answer.reading


@pytest.mark.parametrize(
    ("as_of", "mba", "ots"),
    [(date(2005, 4, 29), 0, 0), (date(2005, 4, 30), 1, 0), (date(2005, 5, 31), 2, 1)],
)
def test_mba_ages_a_loan_one_month_before_ots(as_of: date, mba: int, ots: int) -> None:
    """Andrew Davidson & Co., April 2005: due 1 April and 1 May, nothing paid."""
    account = loan(["100", "100"], [], date(2005, 4, 1))
    assert reading(account, as_of, policy(dq.CountName.MBA_MONTHS)) == mba
    assert reading(account, as_of, policy(dq.CountName.OTS_MONTHS)) == ots


def test_ots_ages_at_the_close_of_the_corresponding_day_of_the_next_month() -> None:
    account = loan(["100"], [], date(2008, 7, 1))
    counted = policy(dq.CountName.OTS_MONTHS)
    assert reading(account, date(2008, 7, 31), counted) == 0
    assert reading(account, date(2008, 8, 1), counted) == 1


def test_a_due_date_on_the_31st_ages_on_the_last_day_of_a_shorter_month() -> None:
    assert ots_months(day(date(2025, 1, 31)), day(date(2025, 2, 27))) == 0
    assert ots_months(day(date(2025, 1, 31)), day(date(2025, 2, 28))) == 1
    assert mba_months(day(date(2025, 1, 31)), day(date(2025, 2, 27))) == 1


def test_nothing_unsettled_is_no_month() -> None:
    assert (mba_months(NONE_DAY, 20_000), ots_months(NONE_DAY, 20_000)) == (0, 0)


@given(
    due=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    later=st.integers(min_value=-40, max_value=900),
)
def test_months_of_a_book_are_the_months_of_an_account(due: date, later: int) -> None:
    import numpy as np

    start, end = day(due), day(due) + later
    column = np.array([start, NONE_DAY], dtype=np.int32)
    assert whole_months(column, end).tolist() == [ots_months(start, end), 0]


def test_half_payments_for_six_months_are_three_payments_in_arrears() -> None:
    """FFIEC, 65 FR 36903: instalments of 300, six payments of 150: a shortfall of 900."""
    first = date(2001, 1, 10)
    paid = [(add_months(first, number), "150") for number in range(6)]
    account = loan(["300"] * 6, paid, first)
    as_of = date(2001, 6, 11)
    assert reading(account, as_of, policy(dq.CountName.PAYMENTS_IN_ARREARS)) == 3


@pytest.mark.parametrize(("amount", "behind"), [("270.00", 0), ("269.99", 1)])
def test_ninety_percent_of_a_payment_is_a_full_one_and_a_cent_less_is_not(
    amount: str, behind: int
) -> None:
    first = date(2001, 1, 10)
    account = loan(["300"] * 2, [(first, amount), (add_months(first, 1), "300")], first)
    assert reading(account, date(2001, 2, 11), NEARLY_FULL) == behind


def test_what_is_forgiven_of_one_payment_is_not_credited_to_the_next() -> None:
    first = date(2001, 1, 10)
    second = add_months(first, 1)
    for amount, behind in (("270.00", 0), ("269.99", 1)):
        account = loan(["300"] * 2, [(first, "270.00"), (second, amount)], first)
        assert reading(account, date(2001, 2, 11), NEARLY_FULL) == behind


def test_two_halves_make_a_full_payment() -> None:
    first = date(2001, 1, 10)
    account = loan(["300"], [(first, "150"), (date(2001, 1, 20), "150")], first)
    assert reading(account, date(2001, 1, 19), NEARLY_FULL) == 1
    assert reading(account, date(2001, 1, 20), NEARLY_FULL) == 0


def test_paying_ninety_percent_every_month_is_never_behind() -> None:
    first = date(2001, 1, 10)
    paid = [(add_months(first, number), "270") for number in range(24)]
    account = loan(["300"] * 24, paid, first)
    as_of = add_months(first, 23) + timedelta(1)
    assert reading(account, as_of, NEARLY_FULL) == 0
    assert reading(account, as_of, policy(dq.CountName.PAYMENTS_IN_ARREARS)) == 2


def test_a_charge_is_no_contractual_payment() -> None:
    account = loan(["300", "300"], [], date(2001, 1, 10))
    charged = dq.Account(
        account_id="L",
        originated_on=account.originated_on,
        schedule=account.schedule,
        charges=[dq.Charge("c", dq.Component.FEES, Decimal(900), date(2001, 1, 20))],
    )
    assert reading(charged, date(2001, 2, 11), policy(dq.CountName.PAYMENTS_IN_ARREARS)) == 2


def test_a_charge_takes_no_payment_away_from_the_instalments() -> None:
    first = date(2001, 1, 10)
    plain = loan(["300", "300"], [(first, "300"), (add_months(first, 1), "300")], first)
    fee = dq.Charge("c", dq.Component.FEES, Decimal(900), date(2001, 1, 20))
    charged = attrs.evolve(plain, charges=[fee])
    assert reading(charged, date(2001, 2, 11), NEARLY_FULL) == 0


def changed(*rows: dq.Instalment, payments: list[tuple[date, str]]) -> dq.Account:
    return dq.Account(
        account_id="L",
        originated_on=date(2000, 12, 10),
        schedule=dq.Schedule(CNY, rows),
        payments=[dq.Payment(paid_on, Decimal(amount)) for paid_on, amount in payments],
    )


def test_a_change_of_schedule_begins_the_count_of_payments_anew() -> None:
    change = date(2001, 2, 1)
    account = changed(
        dq.Instalment(date(2001, 1, 10), 300, in_force_until=change),
        dq.Instalment(date(2001, 2, 10), 300, in_force_from=change),
        dq.Instalment(date(2001, 3, 10), 300, in_force_from=change),
        payments=[(date(2001, 1, 10), "300"), (date(2001, 2, 10), "300")],
    )
    assert reading(account, date(2001, 3, 11), NEARLY_FULL) == 1


def test_money_from_before_a_change_makes_up_for_nothing_on_its_day() -> None:
    change = date(2001, 2, 1)
    account = changed(
        dq.Instalment(date(2001, 1, 10), 300, in_force_until=change),
        dq.Instalment(date(2001, 1, 20), 300, in_force_from=change),
        payments=[(date(2001, 1, 10), "300")],
    )
    assert reading(account, date(2001, 1, 31), NEARLY_FULL) == 0
    assert reading(account, change, NEARLY_FULL) == 1


def test_an_instalment_is_a_payment_in_arrears_from_its_first_late_close() -> None:
    account = loan(["300"], [], date(2001, 1, 10))
    reads = dq.CountName.PAYMENTS_IN_ARREARS
    for first_day, eve, first in (
        (dq.FirstDay.DUE_DATE, date(2001, 1, 9), date(2001, 1, 10)),
        (dq.FirstDay.DAY_AFTER_DUE_DATE, date(2001, 1, 10), date(2001, 1, 11)),
    ):
        counted = policy(reads, first_day=first_day)
        assert [reading(account, as_of, counted) for as_of in (eve, first)] == [0, 1]


def test_a_shortfall_one_cent_below_a_payment_is_no_payment_in_arrears() -> None:
    first = date(2001, 1, 10)
    account = loan(["300"], [(first, "0.01")], first)
    assert reading(account, date(2001, 1, 11), policy(dq.CountName.PAYMENTS_IN_ARREARS)) == 0


def test_zero_instalments_are_no_payments_in_arrears() -> None:
    account = loan(["300", "0", "300"], [], date(2001, 1, 10))
    assert reading(account, date(2001, 3, 11), policy(dq.CountName.PAYMENTS_IN_ARREARS)) == 2


def test_days_since_the_last_payment_ignore_what_is_below_the_least() -> None:
    first = date(2001, 1, 10)
    account = loan(["300"] * 3, [(first, "300"), (date(2001, 2, 1), "10")], first)
    counted = policy(dq.CountName.DAYS_SINCE_LAST_PAYMENT)
    assert reading(account, date(2001, 2, 11), counted) == 10
    for amount, days in (("10.00", 10), ("10.01", 32)):
        least = policy(dq.CountName.DAYS_SINCE_LAST_PAYMENT, least_payment=Decimal(amount))
        assert reading(account, date(2001, 2, 11), least) == days


def test_without_a_payment_the_days_run_from_origination() -> None:
    account = loan(["300"], [], date(2001, 1, 10))
    assert account.originated_on == date(2000, 12, 10)
    counted = policy(dq.CountName.DAYS_SINCE_LAST_PAYMENT)
    assert reading(account, date(2001, 1, 11), counted) == 32
    assert reading(account, date(2000, 12, 1), counted) == 0


def test_months_and_days_are_for_display() -> None:
    """CU*Answers: next due 28 February 2013, review 31 March: one month and three days."""
    assert dq.months_and_days(date(2013, 2, 28), date(2013, 3, 31)) == (1, 3)
    assert dq.months_and_days(date(2013, 2, 28), date(2013, 2, 28)) == (0, 0)
    with pytest.raises(dq.InvalidValueError, match="an end on or after"):
        dq.months_and_days(date(2013, 3, 1), date(2013, 2, 28))


def test_instalments_age_in_months_but_not_in_payments() -> None:
    account = loan(["100", "100"], [], date(2005, 4, 1))
    ages = dq.instalment_ages(
        account, as_of=date(2005, 5, 31), policy=policy(dq.CountName.OTS_MONTHS)
    )
    assert [age.bucket.code for age in ages] == ["1", "0"]
    ages = dq.instalment_ages(
        account, as_of=date(2005, 5, 31), policy=policy(dq.CountName.MBA_MONTHS)
    )
    assert [age.bucket.code for age in ages] == ["2", "1"]
    ages = dq.instalment_ages(
        account, as_of=date(2005, 5, 31), policy=policy(dq.CountName.PAYMENTS_IN_ARREARS)
    )
    assert [age.bucket for age in ages] == [None, None]


@pytest.mark.parametrize("share", [dq.Proportion(1, 1), dq.Proportion(1, 1000)])
def test_a_full_payment_may_be_all_of_it_or_any_part_of_it(share: dq.Proportion) -> None:
    assert dq.Counting(full_payment_share=share).full_payment_share == share


def test_a_share_of_more_than_a_full_payment_is_refused() -> None:
    with pytest.raises(dq.PolicyError, match="full_payment_share"):
        dq.Counting(full_payment_share=dq.Proportion(11, 10))
    with pytest.raises(dq.PolicyError, match="least_payment"):
        dq.Counting(least_payment=Decimal(-1))
