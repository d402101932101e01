"""The Basel Committee, Brazil and Bahrain: what is non-performing, and the way back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import delinquency as dq
from delinquency import Finding, FindingKind, Payment, Restructuring
from tests.status.regimes.asking import check, loan, monthly

BASEL = "basel-npe"
DUES = monthly(date(2024, 1, 31), 30)
ABLE = Finding(FindingKind.ABLE_TO_PERFORM, date(2024, 6, 20))


def cured(*events: dq.AccountEvent, late: date | None = None) -> dq.Account:
    """Four instalments are missed and paid on 15 June 2024; then all are paid in time, but for one."""
    payments = [Payment(date(2024, 6, 15), 5000)]
    for due in DUES[5:]:
        payments.append(Payment(due + timedelta(days=2 * (due == late)), 1000))
    return loan(BASEL, DUES, payments=payments, events=events)


def test_basel_asks_three_months_of_repayments_when_due_and_an_improvement():
    """d403, paragraph 22: the instalment of 31 May was late, so the three months begin there at the latest.

    No trigger holds from 15 June on, and three months later is 15 September.
    """
    bad, good = "non-performing", "performing"
    days = {"2024-04-30": good, "2024-05-01": bad, "2024-09-14": bad, "2024-09-15": good}
    check(BASEL, cured(ABLE), days)
    check(BASEL, cured(), {"2024-09-15": bad, "2025-12-31": bad})
    later = Finding(FindingKind.ABLE_TO_PERFORM, date(2024, 11, 5))
    check(BASEL, cured(later), {"2024-11-04": bad, "2024-11-05": good})


def test_a_payment_of_basel_that_was_late_at_a_close_begins_the_three_months_again():
    days = {"2024-09-15": "non-performing", "2024-11-29": "non-performing"}
    account = cured(ABLE, late=date(2024, 8, 31))
    check(BASEL, account, days | {"2024-11-30": "performing"})


@pytest.mark.parametrize("kind", [FindingKind.UNLIKELY_TO_PAY, FindingKind.CREDIT_IMPAIRED])
def test_what_is_found_is_non_performing_and_leaves_three_months_after_its_end(kind):
    payments = [Payment(day, 1000) for day in DUES]
    able = Finding(FindingKind.ABLE_TO_PERFORM, date(2024, 5, 10))
    found = Finding(kind, date(2024, 3, 10), date(2024, 5, 10))
    account = loan(BASEL, DUES, payments=payments, events=[found, able])
    bad, good = "non-performing", "performing"
    days = {"2024-03-09": good, "2024-03-10": bad, "2024-08-09": bad, "2024-08-10": good}
    check(BASEL, account, days)


def test_forbearance_alone_makes_nothing_performing():
    """The change ends what was due, so that no day is past due; the three months are asked all the same."""
    day = date(2024, 6, 1)
    rows = [dq.Instalment(due, 1000, in_force_until=day) for due in DUES[:4]]
    rows += [dq.Instalment(due, 500, in_force_from=day) for due in monthly(date(2024, 7, 31), 12)]
    account = dq.Account(
        account_id="A",
        originated_on=date(2023, 12, 31),
        schedule=dq.Schedule(dq.Currency.of("EUR"), rows),
        payments=[Payment(row.due_date, 500) for row in rows[4:]],
        events=[Restructuring(day, date(2024, 7, 31)), ABLE],
    )
    bad, good = "non-performing", "performing"
    days = {"2024-05-31": bad, "2024-06-01": bad, "2024-08-31": bad, "2024-09-01": good}
    check(BASEL, account, days)


def test_forbearance_of_basel_lasts_a_year_of_timely_payments():
    """d403, paragraph 38."""
    change = Restructuring(date(2024, 3, 10), date(2024, 3, 31))
    hard = Finding(FindingKind.FINANCIAL_DIFFICULTY, date(2024, 3, 10), date(2025, 5, 10))
    paid = [Payment(day, 1000) for day in DUES]
    late = [Payment(day + timedelta(days=2 * (day == date(2024, 8, 31))), 1000) for day in DUES]
    yes, no = "forborne", "not forborne"
    for payments, events, last in (
        (paid, [change], date(2025, 3, 10)),
        (paid, [change, hard], date(2025, 5, 10)),
        (late, [change], date(2025, 8, 31)),
    ):
        account = loan(BASEL, DUES, payments=payments, events=events)
        days = {str(last - timedelta(days=1)): yes, str(last): no}
        check(BASEL, account, {"2024-03-09": no, "2024-03-10": yes, **days}, "forbearance")


@pytest.mark.parametrize(
    ("kind", "stage"),
    [
        (FindingKind.SIGNIFICANT_INCREASE_IN_RISK, "stage 2"),
        (FindingKind.CREDIT_IMPAIRED, "stage 3"),
    ],
)
def test_findings_in_brazil_hold_their_stage(kind, stage):
    found = Finding(kind, date(2025, 3, 10), date(2025, 3, 20))
    account = loan("br-4966", [date(2025, 3, 31)], events=[found])
    days = {"2025-03-09": "stage 1", "2025-03-10": stage, "2025-03-20": "stage 1"}
    check("br-4966", account, days)


def test_the_stages_of_brazil_begin_with_2025():
    account = loan("br-4966", [date(2024, 10, 2)])
    check("br-4966", account, {"2025-01-01": "stage 3"})
    with pytest.raises(dq.PolicyNotInForceError):
        check("br-4966", account, {"2024-12-31": "stage 2"})


def test_what_is_paid_in_bahrain_is_standard_at_once():
    account = loan("bh-cbb", [date(2024, 3, 31)], payments=[Payment(date(2024, 7, 1), 1000)])
    check("bh-cbb", account, {"2024-06-30": "substandard", "2024-07-01": "standard"})
