"""What a prompt shows: one line for what has thousands of rows, and the names that are for use."""

from __future__ import annotations

import warnings
from datetime import date
from decimal import Decimal

import attrs
import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.portfolio import (
    Portfolio,
    ageing,
    ageing_history,
    assess,
    history,
    instalment_ages,
    next_payment_due,
)
from delinquency.sample_book import SAMPLE_AS_OF, sample_book

POLICY = dq.rulebook.load("founding-report")
ENDS = [date(2025, 5, 31), date(2025, 6, 30)]


def test_an_assessed_book_is_shown_in_one_line() -> None:
    answer = assess(sample_book(200), as_of=SAMPLE_AS_OF, policy=POLICY)
    assert repr(answer) == (
        "PortfolioAssessment(2025-06-30, founding-report, 200 accounts: "
        "current 186, 1-30 4, 31-60 4, 61-90 0, 91+ 6)"
    )
    known = assess(sample_book(2), as_of=ENDS[1], policy=POLICY, known_on=ENDS[0])
    assert "2025-06-30 as known on 2025-05-31, " in repr(known)


def test_versions_with_different_schemes_are_shown_without_counts() -> None:
    old, new = (dq.rulebook.load(name).versions[0] for name in ("founding-report", "cn-loan"))
    day = date(2024, 6, 1)
    by_origin = dq.SelectedBy.ORIGINATED_ON
    policy = dq.PolicyTimeline(
        name="by origination",
        versions=[
            attrs.evolve(old, validity=dq.Validity(None, day, by_origin)),
            attrs.evolve(new, validity=dq.Validity(day, None, by_origin)),
        ],
    )
    answer = assess(sample_book(100), as_of=SAMPLE_AS_OF, policy=policy)
    assert len(answer.policies) == 2
    assert repr(answer).endswith(", 100 accounts)")


def test_a_history_and_its_tables_are_shown_in_one_line() -> None:
    told = history(sample_book(200), dates=ENDS, policy=POLICY)
    assert repr(told) == (
        "PortfolioHistory(2 dates from 2025-05-31 to 2025-06-30, founding-report, 200 accounts)"
    )
    then = history(sample_book(2), dates=ENDS, policy=POLICY, as_known=True)
    assert ", each as known then," in repr(then)
    assert repr(ageing_history(told)) == (
        "AgeingHistory(2 dates from 2025-05-31 to 2025-06-30, 5 buckets, 200 accounts, CNY)"
    )
    table = ageing(told.at(1))
    assert repr(table) == f"AgeingTable(5 buckets, 200 accounts, arrears {table.arrears:,} CNY)"


def test_late_debts_and_next_payments_are_shown_in_one_line() -> None:
    book = sample_book(200)
    ages = instalment_ages(book, as_of=SAMPLE_AS_OF, policy=POLICY)
    assert repr(ages) == (
        f"PortfolioInstalmentAges(2025-06-30, founding-report, {len(ages)} late debts of "
        "200 accounts)"
    )
    coming = next_payment_due(book, as_of=SAMPLE_AS_OF, policy=POLICY)
    assert repr(coming).startswith("PortfolioNextPayment(200 accounts, ")
    assert repr(coming).endswith(" with a payment to come, CNY)")


def test_a_reading_is_shown_in_one_line() -> None:
    pa = pytest.importorskip("pyarrow")
    accounts = pa.table({"account_id": ["A", "B"], "originated_on": [date(2025, 1, 1)] * 2})
    instalments = pa.table(
        {
            "account_id": ["A", "B"],
            "due_date": [date(2025, 2, 1), date(2025, 2, 1)],
            "principal": [Decimal("1.00"), Decimal("-1.00")],
        }
    )
    tables = {"accounts": accounts, "instalments": instalments, "currency": "CNY"}
    result = dq.frames.read(**tables, on_error="quarantine")
    assert repr(result) == (
        "ReadResult(Portfolio(1 accounts, 1 instalments, 0 payments, CNY); 2 rows quarantined)"
    )


def test_the_package_lists_what_is_for_use() -> None:
    names = dir(dq)
    assert {"frames", "portfolio", "rulebook", "serialization", "testing", "assess"} <= set(names)
    assert not {"TYPE_CHECKING", "importlib", "annotations"} & set(names)
    assert all(hasattr(dq, name) for name in names)


def test_an_id_where_a_row_is_meant_is_told_how_to_find_the_row() -> None:
    answer = assess(sample_book(3), as_of=SAMPLE_AS_OF, policy=POLICY)
    with pytest.raises(dq.InvalidTypeError, match=r"book\.row_of\('L1'\) gives the row"):
        answer.explain("L1")  # type: ignore[arg-type]


def account() -> dq.Account:
    schedule = dq.Schedule(CNY, [dq.Instalment(date(2025, 1, 31), 100)])
    return dq.Account(account_id="A", originated_on=date(2025, 1, 1), schedule=schedule)


@pytest.mark.parametrize(
    "verb",
    [
        lambda policy: dq.assess(account(), as_of=ENDS[0], policy=policy),
        lambda policy: dq.days_past_due(account(), as_of=ENDS[0], policy=policy),
        lambda policy: dq.replay(account(), as_of=ENDS[0], policy=policy),
        lambda policy: dq.instalment_ages(account(), as_of=ENDS[0], policy=policy),
        lambda policy: assess(Portfolio.from_accounts([account()]), as_of=ENDS[0], policy=policy),
        lambda policy: history(Portfolio.from_accounts([account()]), dates=ENDS, policy=policy),
    ],
)
def test_the_warning_of_an_unverified_policy_points_at_the_line_that_used_it(verb) -> None:
    policy = attrs.evolve(policy_of(), verification=dq.Verification.UNVERIFIED)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        verb(policy)
    found = [one for one in caught if one.category is dq.UnverifiedPolicyWarning]
    assert found
    assert {one.filename for one in found} == {__file__}
