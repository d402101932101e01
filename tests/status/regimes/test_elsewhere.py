"""The Basel Committee, Brazil and Bahrain: what is non-performing, and the way back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta

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


# Resolution BCB 352: the rates of 0 to 14, 15 to 30, 31 to 60 and 61 to 90 days (Annex II), then at the default and
# what each month adds (Annex I), in per cent.
PORTFOLIOS = {
    1: ("1.4", "3.5", "4.5", "5", "5.5", "4.5"),
    2: ("1.4", "3.5", "6", "17", "30", "3.4"),
    3: ("1.9", "3.5", "13", "32", "45", "3.7"),
    4: ("1.9", "3.5", "13", "32", "35", "4.5"),
    5: ("1.9", "7.5", "15", "38", "50", "3.4"),
}


@pytest.mark.parametrize("number", PORTFOLIOS)
def test_provisions_of_brazil_by_days_and_by_months_of_default(number):
    """A debt of 1,000 due on 31 March 2025; day 91 is 30 June, and a month later is 30 July."""
    *early, first, each = map(Decimal, PORTFOLIOS[number])
    policy = dq.rulebook.load(f"br-352-c{number}")
    account = loan(f"br-352-c{number}", [date(2025, 3, 31)])

    def percent(day: date) -> Decimal:
        return dq.provision(account, as_of=day, policy=policy).amount / 10

    for last, rate in zip(((4, 14), (4, 30), (5, 30), (6, 29)), early, strict=True):
        assert percent(date(2025, *last)) == rate
    for before, rate in zip(((4, 15), (5, 1), (5, 31)), early[1:], strict=True):
        assert percent(date(2025, *before)) == rate
    default = date(2025, 6, 30)
    for months in range(25):
        rate = min(first + months * each, Decimal(100))
        begins = default + relativedelta(months=months)
        ends = default + relativedelta(months=months + 1) - timedelta(days=1)
        assert [percent(begins), percent(ends)] == [rate, rate]


def test_a_default_of_brazil_that_was_paid_and_comes_again_counts_its_months_anew():
    dues = [date(2025, 3, 31), date(2025, 9, 30)]
    account = loan("br-352-c1", dues, payments=[Payment(date(2025, 9, 1), 1000)])
    policy = dq.rulebook.load("br-352-c1")
    told = {}
    for day in (date(2025, 8, 31), date(2025, 9, 1), date(2025, 12, 30), date(2026, 1, 30)):
        answer = dq.provision(account, as_of=day, policy=policy)
        told[str(day)] = answer.rate.of, answer.months
    assert told == {
        "2025-08-31": ("default", 2),
        "2025-09-01": ("0-14", None),
        "2025-12-30": ("default", 0),
        "2026-01-30": ("default", 1),
    }
