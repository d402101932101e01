"""Status, rating, history and first delinquency of an account in the Metro 2 format."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from tests.vectors.published import load, needs_folder

import delinquency as dq
from delinquency import rulebook
from delinquency.reporting import CreditEvent, ReportedState, StateCodes, metro2_status

METRO2 = rulebook.load("us-metro2")
OPENED = date(2024, 12, 1)
EACH_FIRST = [date(2025, month, 1) for month in range(1, 9)]


def loan(*payments, events=(), dues=EACH_FIRST, rows=None):
    return dq.Account(
        account_id="A-1",
        originated_on=OPENED,
        schedule=dq.Schedule(
            dq.Currency.of("USD"), rows or [dq.Instalment(due, 100) for due in dues]
        ),
        payments=payments,
        events=events,
    )


def paid(month, day, amount=100, **more):
    return dq.Payment(date(2025, month, day), amount, **more)


def told(account, as_of, **more):
    return metro2_status(account, as_of=as_of, policy=METRO2, **more)


def since(account, as_of, **more):
    return told(account, as_of, **more).date_of_first_delinquency


ONE = loan(dues=[date(2025, 1, 1)])


@needs_folder
def test_published_bands_give_status_and_history():
    """MET-01: CFPB and moov code tables."""
    case = load("lending/metro2.json")["cases"][0]
    assert case["id"] == "MET-01"
    codes = zip(case["input"]["dpd"], case["derived"]["codes_for_input"], strict=True)
    history = {band["account_status"]: band["history_code"] for band in case["expected"]["bands"]}
    for days, code in codes:
        day = date(2025, 1, 1) + timedelta(days=days)
        answer = told(ONE, day)
        assert answer.account_status == code
        month_end = loan(dues=[date(2025, 6, 30) - timedelta(days=min(days, 200))])
        opened = attrs.evolve(month_end, originated_on=date(2020, 1, 1))
        assert told(opened, date(2025, 7, 1)).payment_history_profile[0] == history[code]


@needs_folder
def test_published_rules_of_the_profile_hold():
    """MET-02: its length, its first month, its characters, and B only at its end."""
    case = load("lending/metro2.json")["cases"][1]
    assert case["id"] == "MET-02"
    expected = case["expected"]
    answer = told(loan(paid(1, 1), paid(3, 10)), date(2025, 7, 15))
    profile = answer.payment_history_profile
    assert len(profile) == expected["length"]
    assert answer.months[0].reported_on == date(2025, 6, 30)
    assert set(profile) <= set(expected["codes"])
    assert "B" not in profile.rstrip("B")
    states = METRO2.versions[0].state_codes.rows
    characters = {row.codes["payment_history"] for row in states if "payment_history" in row.codes}
    bands = {bucket.codes["payment_history"] for bucket in METRO2.versions[0].buckets}
    assert characters | bands == set(expected["codes"]) - {"D"}


def test_the_day_before_on_and_after_an_edge():
    for day, status in ((29, "11"), (30, "71"), (59, "71"), (60, "78"), (179, "83"), (180, "84")):
        assert told(ONE, date(2025, 1, 1) + timedelta(days=day)).account_status == status


def test_the_profile_begins_with_the_month_before_and_ends_where_the_account_began():
    account = loan(paid(1, 1), paid(2, 1))
    for as_of in (date(2025, 6, 1), date(2025, 6, 30)):
        answer = told(account, as_of)
        assert answer.payment_history_profile == "321000" + "B" * 18
        assert [month.reported_on for month in answer.months][:2] == [
            date(2025, 5, 31), date(2025, 4, 30),
        ]  # fmt: skip
    assert told(account, date(2025, 7, 1)).payment_history_profile[:2] == "43"


def test_months_before_the_records_have_no_history():
    account = loan(paid(1, 1))
    for day, profile in ((date(2025, 3, 31), "21BB"), (date(2025, 4, 1), "2BBB")):
        assert (
            told(account, date(2025, 5, 1), unknown_before=day).payment_history_profile[:4]
            == profile
        )


def test_a_rating_is_reported_with_rated_statuses_alone():
    assert told(ONE, date(2025, 3, 1)).payment_rating is None
    transfer = CreditEvent(ReportedState.TRANSFERRED, date(2025, 2, 20))
    for day, rating in ((30, "0"), (31, "1")):
        answer = told(ONE, date(2025, 1, day), events=[attrs.evolve(transfer, value_date=OPENED)])
        assert (answer.account_status, answer.payment_rating) == ("05", rating)


def test_a_paid_loan_is_rated_as_it_was_before_its_last_payment():
    for day, rating, first in ((30, "0", None), (31, "0", None), (32, "1", date(2025, 1, 2))):
        last = date(2025, 1, 1) + timedelta(days=day - 1)
        account = attrs.evolve(ONE, payments=[dq.Payment(last, 100)])
        for as_of in (last, last + timedelta(days=200)):
            answer = told(account, as_of)
            assert (answer.account_status, answer.payment_rating) == ("13", rating)
            assert answer.date_of_first_delinquency == first
        assert told(account, last + timedelta(days=70)).payment_history_profile[0] == "E"


def test_a_charge_off_overrides_age_and_is_another_status_once_paid():
    written = dq.WriteOff(date(2025, 7, 10))
    account = loan(paid(1, 1), events=[written])
    before, on_day = told(account, date(2025, 7, 9)), told(account, date(2025, 7, 10))
    assert (before.account_status, on_day.account_status) == ("83", "97")
    assert (on_day.payment_rating, on_day.date_of_first_delinquency) == (None, date(2025, 2, 2))
    assert told(account, date(2025, 9, 1)).payment_history_profile[:3] == "LL4"
    recovery = paid(9, 15, 700, kind=dq.PaymentKind.RECOVERY)
    recovered = attrs.evolve(account, payments=[*account.payments, recovery])
    assert told(recovered, date(2025, 9, 14)).account_status == "97"
    answer = told(recovered, date(2025, 9, 15))
    assert (answer.account_status, answer.payment_rating) == ("64", None)
    assert answer.date_of_first_delinquency == date(2025, 2, 2)
    assert told(recovered, date(2025, 10, 1)).payment_history_profile[:2] == "LL"


def test_a_charge_off_that_was_reversed_was_never_made():
    written = dq.WriteOff(date(2025, 7, 10), reversed_on=date(2025, 7, 20))
    account = loan(paid(1, 1), events=[written])
    assert told(account, date(2025, 7, 19)).account_status == "97"
    assert told(account, date(2025, 7, 20)).account_status == "83"


@pytest.mark.parametrize(
    ("state", "status", "settled", "character", "is_rated"),
    [
        (ReportedState.COLLECTION, "93", "62", "G", False),
        (ReportedState.FORECLOSED, "94", "65", "H", True),
        (ReportedState.SURRENDERED, "95", "61", "J", True),
        (ReportedState.REPOSSESSED, "96", "63", "K", False),
        (ReportedState.FORECLOSURE_STARTED, "80", "65", "3", False),
        (ReportedState.CLAIM_FILED, "88", "13", "3", True),
        (ReportedState.DEED_IN_LIEU, "89", "13", "3", True),
    ],
)
def test_each_event_has_its_status_and_another_once_it_is_settled(
    state, status, settled, character, is_rated
):
    event = CreditEvent(state, date(2025, 4, 20))
    account = attrs.evolve(ONE, payments=[paid(5, 20)])
    answer = told(account, date(2025, 4, 20), events=[event])
    assert (answer.account_status, answer.payment_history_profile[0]) == (status, "2")
    assert (answer.payment_rating is not None) == is_rated
    assert answer.date_of_first_delinquency == date(2025, 1, 2)
    assert told(account, date(2025, 4, 19), events=[event]).account_status == "80"
    assert told(account, date(2025, 5, 1), events=[event]).payment_history_profile[0] == character
    ended = told(account, date(2025, 5, 20), events=[event])
    assert ended.account_status == settled
    assert ended.date_of_first_delinquency == date(2025, 1, 2)


def test_an_event_holds_until_it_ends_and_the_later_of_two_overrides():
    collection = CreditEvent(ReportedState.COLLECTION, date(2025, 4, 1), date(2025, 5, 1))
    taken = CreditEvent(ReportedState.REPOSSESSED, date(2025, 4, 10))
    for day, status in ((9, "93"), (10, "96")):
        assert told(ONE, date(2025, 4, day), events=[taken, collection]).account_status == status
    for day, status in ((30, "93"), (31, "82")):
        as_of = date(2025, 4, 30) if day == 30 else date(2025, 5, 1)
        assert told(ONE, as_of, events=[collection]).account_status == status


def test_a_collection_of_what_was_charged_off_overrides_it():
    account = loan(events=[dq.WriteOff(date(2025, 6, 1))])
    for day, status in ((date(2025, 5, 31), "97"), (date(2025, 6, 2), "93")):
        event = CreditEvent(ReportedState.COLLECTION, day)
        assert told(account, date(2025, 7, 1), events=[event]).account_status == status


class TestFirstDelinquency:
    """The date that never moves while the account is not current."""

    def test_it_is_the_first_late_day_from_day_thirty_on(self):
        assert since(ONE, date(2025, 1, 30)) is None
        assert since(ONE, date(2025, 1, 31)) == date(2025, 1, 2)

    def test_it_stays_while_each_payment_is_for_an_older_debt(self):
        behind = loan(*(paid(month, 20) for month in (3, 4, 5, 6)))
        assert dq.days_past_due(behind, as_of=date(2025, 6, 30), policy=METRO2) == 60
        for month in (3, 4, 5, 6):
            assert since(behind, date(2025, month, 28)) == date(2025, 1, 2)

    def test_it_stays_after_a_part_payment(self):
        account = attrs.evolve(ONE, payments=[paid(2, 10, 99)])
        assert since(account, date(2025, 4, 1)) == date(2025, 1, 2)

    def test_it_clears_when_the_account_is_current_for_one_close(self):
        for day, first in ((1, date(2025, 2, 2)), (2, date(2025, 1, 2))):
            account = loan(paid(2, 1 if day == 1 else 2))
            assert since(account, date(2025, 4, 1)) == first
        current = loan(paid(2, 20, 200))
        assert since(current, date(2025, 2, 28)) is None
        assert since(current, date(2025, 4, 1)) == date(2025, 3, 2)

    def test_re_ageing_leaves_it(self):
        changed = date(2025, 5, 10)
        rows = [
            dq.Instalment(date(2025, m, 1), 100, in_force_until=changed) for m in (1, 2, 3, 4, 5)
        ]
        rows += [dq.Instalment(date(2025, m, 1), 250, in_force_from=changed) for m in (6, 7)]
        account = loan(rows=rows)
        assert since(account, date(2025, 5, 9)) == date(2025, 1, 2)
        re_aged = told(account, date(2025, 6, 1))
        assert (re_aged.account_status, re_aged.date_of_first_delinquency) == ("11", None)
        again = told(account, date(2025, 7, 5))
        assert dq.days_past_due(account, as_of=date(2025, 7, 5), policy=METRO2) == 34
        assert (again.account_status, again.date_of_first_delinquency) == ("71", date(2025, 1, 2))

    def test_after_re_ageing_money_for_what_was_closed_makes_it_current(self):
        changed = date(2025, 2, 10)
        rows = [dq.Instalment(date(2025, 1, 1), 100, in_force_until=changed)]
        rows += [dq.Instalment(date(2025, m, 1), 100, in_force_from=changed) for m in (3, 4)]
        for amount, first in ((100, date(2025, 4, 2)), (99, date(2025, 1, 2))):
            account = loan(paid(3, 1, amount), rows=rows)
            assert since(account, date(2025, 5, 20)) == first

    def test_money_that_came_back_was_never_there(self):
        bounced = paid(1, 1, reversed_on=date(2025, 2, 20))
        honest = paid(2, 10)
        account = loan(bounced, honest)
        assert told(account, date(2025, 2, 19)).account_status == "11"
        assert since(account, date(2025, 4, 5)) == date(2025, 1, 2)
        known = since(account, date(2025, 4, 5), known_on=date(2025, 2, 19))
        assert known == date(2025, 3, 2)

    def test_it_is_not_reported_of_a_loan_paid_while_current(self):
        assert since(loan(paid(1, 1, 800)), date(2025, 1, 1)) is None

    def test_a_charge_off_while_current_has_none(self):
        account = loan(events=[dq.WriteOff(date(2024, 12, 20))])
        answer = told(account, date(2025, 3, 1))
        assert (answer.account_status, answer.date_of_first_delinquency) == ("97", None)

    def test_the_due_date_itself_may_be_the_first_late_day(self):
        counting = dq.Counting(first_day=dq.FirstDay.DUE_DATE)
        policy = METRO2.evolve(counting=counting)
        answer = metro2_status(ONE, as_of=date(2025, 1, 30), policy=policy)
        assert answer.date_of_first_delinquency == date(2025, 1, 1)
        paid_then = loan(paid(2, 1))
        answer = metro2_status(paid_then, as_of=date(2025, 4, 1), policy=policy)
        assert answer.date_of_first_delinquency == date(2025, 1, 1)


def test_every_field_says_why_in_both_languages():
    answer = told(loan(paid(1, 1)), date(2025, 4, 10))
    lines = answer.explanation.to_text().splitlines()
    assert lines[0] == "Account A-1 as of 2025-04-10: account status 78."
    assert lines[2] == "  Account status 78, 68 days past due."
    assert "  No payment rating: none is reported with status 78." in lines
    assert f"  Payment history profile, the last month first: {'100' + '0' + 'B' * 20}" in lines
    assert "    2025-03-31: 1, 58 days past due." in lines
    assert "    2025-01-31: 0, nothing is late." in lines
    assert lines[-1] == (
        "  Date of first delinquency 2025-02-02: something was late at every close from then to "
        "2025-04-10."
    )
    chinese = answer.explanation.to_text(lang="zh").splitlines()
    assert chinese[0] == "账户 A-1，2025-04-10 日终：账户状态 78。"
    assert chinese[-1] == "  首次拖欠日 2025-02-02：自该日至 2025-04-10 每日日终均有逾期。"
    event = CreditEvent(ReportedState.COLLECTION, date(2025, 2, 1))
    paid_up = attrs.evolve(ONE, payments=[paid(3, 1)])
    ended = told(paid_up, date(2025, 4, 10), events=[event]).explanation
    assert ended.find("account_status").sentence() == (
        "Account status 62, assigned to collections, then settled."
    )
    assert told(loan(), date(2024, 12, 1)).explanation.find("no_first_delinquency")
    settled = told(paid_up, date(2025, 4, 10)).explanation.find("payment_rating")
    assert settled.sentence() == "Payment rating 1: 58 days past due at the close of 2025-02-28."


def test_what_cannot_be_asked_is_refused():
    with pytest.raises(dq.InvalidValueError, match="as_of on or after 2024-12-01, when the credit"):
        told(ONE, date(2024, 11, 30))
    assert told(ONE, OPENED).payment_history_profile == "B" * 24
    with pytest.raises(
        dq.PolicyError, match="metro2_status, policy 'cn-loan': expected codes of states"
    ):
        metro2_status(ONE, as_of=OPENED, policy=rulebook.load("cn-loan"))
    with pytest.raises(dq.PolicyError, match="a code for the state 'not_opened'"):
        metro2_status(ONE, as_of=OPENED, policy=METRO2.evolve(state_codes=StateCodes([])))
    event = CreditEvent(ReportedState.GUARANTOR_PAID, OPENED)
    with pytest.raises(
        dq.InvalidValueError, match="'us-metro2' has codes for, found guarantor_paid"
    ):
        told(ONE, OPENED, events=[event])
    with pytest.raises(dq.InvalidTypeError, match="an Account"):
        told("A-1", OPENED)
