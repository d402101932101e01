"""Books under policies whose penalty and late fees stand in the order of payment."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.cited_tables import UnverifiedTableWarning
from delinquency.late_fees import FeeRow, FeeTable, FlatFee, LateFeeTerms, SafeHarbourFee
from delinquency.penalty import Posting
from delinquency.portfolio import Engine, Portfolio
from delinquency.portfolio.kernels.penalty_layout import BY_LOOP, MAKING
from delinquency.portfolio.making import answer_by_loop, empty_answers
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.sample_book import sample_book
from tests.unit.test_penalty_in_the_ledger import CNY, ON_DEMAND, POSTED, policy, terms

FEE = LateFeeTerms(name="late", amount=FlatFee(15), currency=CNY, wait_days=3)
POLICIES = {
    "on demand": policy(ON_DEMAND),
    "posted": policy(POSTED, terms(posting=Posting.ON_DUE_DATES)),
    "late fees": attrs.evolve(policy(dq.PenaltyPlace.OUTSIDE), late_fees=[FEE]),
}


@pytest.fixture(scope="module")
def book() -> Portfolio:
    return sample_book(60)


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("reads", [dq.CountName.DELINQUENT_DAYS, dq.CountName.PAYMENTS_IN_ARREARS])
def test_every_column_is_the_answer_of_the_account_alone(book, name, reads):
    chosen = POLICIES[name]
    chosen = attrs.evolve(chosen, buckets=attrs.evolve(chosen.buckets, reads=reads))
    as_of = date(2025, 6, 30)
    answer = dq.portfolio.assess(book, as_of=as_of, policy=chosen)
    exposure, unallocated = answer.exposure(), answer.unallocated()
    for row in range(len(book)):
        alone = dq.assess(book.account(row), as_of=as_of, policy=chosen)
        assert answer.days_past_due[row] == alone.days_past_due
        assert answer.delinquent_days[row] == alone.delinquent_days
        assert answer.arrears[row] == alone.count.arrears
        assert answer.bucket_of(row) == alone.bucket
        assert exposure[row] == alone.exposure.scaleb(2)
        assert unallocated[row] == alone.unallocated.scaleb(2)


@pytest.mark.parametrize("name", POLICIES)
def test_only_accounts_with_more_than_a_schedule_and_payments_are_replayed_alone(book, name):
    rule = rule_numbers(
        POLICIES[name], as_of=date(2025, 6, 30), known_on=None, currency=book.currency
    )
    route = answer_by_loop(book, POLICIES[name], rule, empty_answers(), Engine.INTERPRETED, 1)
    assert np.array_equal(route == BY_LOOP, book.needs_ledger)
    assert np.count_nonzero(route == MAKING) > len(book) // 2


def test_a_fee_of_a_table_that_nobody_verified_is_left_to_the_account_that_warns_of_it(book):
    rows = [FeeRow(date(2013, 1, 1), 25, 35, verification=dq.Verification.UNVERIFIED)]
    table = FeeTable(name="house", currency=CNY, rows=rows, repeat_window=6)
    chosen = attrs.evolve(
        POLICIES["late fees"], late_fees=[LateFeeTerms(name="late", amount=SafeHarbourFee(table))]
    )
    with pytest.warns(UnverifiedTableWarning, match="row of 2013-01-01"):
        dq.portfolio.assess(book, as_of=date(2025, 6, 30), policy=chosen)


def test_a_history_and_the_ages_of_instalments_know_what_was_charged(book):
    chosen = POLICIES["on demand"]
    dates = [date(2025, 5, 31), date(2025, 6, 30)]
    history = dq.portfolio.history(book, dates=dates, policy=chosen)
    ages = dq.portfolio.instalment_ages(book, as_of=dates[1], policy=chosen)
    for row in range(0, len(book), 7):
        account = book.account(row)
        for place, as_of in enumerate(dates):
            told = dq.days_past_due(account, as_of=as_of, policy=chosen)
            assert history.days_past_due[row, place] == told
        alone = dq.instalment_ages(account, as_of=dates[1], policy=chosen)
        span = slice(int(ages.offsets[row]), int(ages.offsets[row + 1]))
        assert ages.days_past_due[span].tolist() == [late.days_past_due for late in alone]
        assert ages.open_amount[span].tolist() == [
            int(late.open_amount.scaleb(2)) for late in alone
        ]


def test_penalty_in_the_order_keeps_accounts_late_that_are_not_without_it(book):
    outside = attrs.evolve(POLICIES["on demand"], penalty_in_waterfall=dq.PenaltyPlace.OUTSIDE)
    late, later = (
        dq.portfolio.days_past_due(book, as_of=date(2025, 6, 30), policy=one)
        for one in (outside, POLICIES["on demand"])
    )
    assert np.all(later >= late)
    assert np.any(later > late)
    assert timedelta(days=int(later.max())) > timedelta(0)
