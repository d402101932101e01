"""Laws of what credit registers are told."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.period_arithmetic import end_of_month
from delinquency.reporting import BureauEdition, bureau_codes, metro2_status
from tests.strategies_internal import accounts

REGISTER = dq.rulebook.load("cn-bureau-loan")
METRO2 = dq.rulebook.load("us-metro2")
CARRIED = METRO2.evolve(counting=dq.Counting(schedule_change=dq.ScheduleChangeRule.CONTINUE))
ACCOUNTS = accounts(plain=True, facts=True)
OFFSETS = st.integers(-40, 900)


def asked_on(account: dq.Account, offset: int) -> date:
    return account.originated_on + timedelta(days=offset)


@given(ACCOUNTS, OFFSETS, st.sampled_from(BureauEdition))
def test_the_code_of_a_month_is_its_days_in_thirties(account, offset, edition):
    """Law: a figure is the days past due in thirties, rounded up, 7 at most; without days there is none."""
    as_of = asked_on(account, offset)
    told = bureau_codes(account, as_of=as_of, policy=REGISTER, months=6, edition=edition)
    assert told[-1].reported_on <= as_of < end_of_month(told[-1].reported_on, months=1)
    for month in told:
        days = 0
        if month.reported_on >= account.originated_on:
            days = dq.days_past_due(account, as_of=month.reported_on, policy=REGISTER)
        assert month.days_past_due == days
        assert (month.code == "/") == (month.reported_on < account.originated_on)
        assert month.code == str(min(7, -(-days // 30))) if days else month.code in "/*NMCG"
        assert month.code != "M" or edition is BureauEdition.SECOND


@given(ACCOUNTS, st.integers(0, 600), st.integers(1, 6))
def test_a_later_report_repeats_the_months_of_an_earlier_one(account, offset, months):
    """Law: as known on one day, the past does not change with the day of the report."""
    as_of = asked_on(account, offset)
    later = end_of_month(as_of, months=months)
    known_on = later + timedelta(days=2000)
    asked = {"policy": REGISTER, "known_on": known_on}
    before = bureau_codes(account, as_of=end_of_month(as_of), months=4, **asked)
    after = bureau_codes(account, as_of=later, months=4 + months, **asked)
    assert after.codes[:4] == before.codes
    assert after.months[:4] == before.months


@given(ACCOUNTS, OFFSETS)
def test_the_second_edition_differs_where_money_was_late_and_nowhere_else(account, offset):
    """Law: M stands where the first edition says N, and money came after a due date of the month."""
    as_of = asked_on(account, offset)
    first, second = (
        bureau_codes(account, as_of=as_of, policy=REGISTER, months=6, edition=edition)
        for edition in BureauEdition
    )
    assert second.codes.replace("M", "N") == first.codes
    for month in second:
        if month.code == "M":
            ledger = dq.replay(account, as_of=month.reported_on, policy=REGISTER)
            assert any(
                entry.kind is dq.EntryKind.SETTLED and entry.due_date >= month.month
                and entry.value_date > entry.due_date
                for entry in ledger.entries
            )  # fmt: skip


@given(ACCOUNTS, OFFSETS, st.integers(0, 300))
def test_what_is_unknown_changes_no_other_month(account, offset, since):
    """Law: months from the beginning of the records on are told as without it."""
    as_of = asked_on(account, offset)
    unknown_before = asked_on(account, since)
    asked = {"as_of": as_of, "policy": REGISTER, "months": 8}
    whole = bureau_codes(account, **asked)
    part = bureau_codes(account, unknown_before=unknown_before, **asked)
    for known, told in zip(whole, part, strict=True):
        is_unknown = account.originated_on <= known.reported_on < unknown_before
        assert told.code == ("#" if is_unknown else known.code)


@given(ACCOUNTS, st.integers(0, 700))
def test_the_first_delinquency_is_found_day_by_day(account, offset):
    """Law: something is late at every close from it on, and nothing at the close before it."""
    as_of = asked_on(account, offset)
    told = metro2_status(account, as_of=as_of, policy=METRO2)
    first = told.date_of_first_delinquency
    is_open = dq.replay(account, as_of=as_of, policy=METRO2).open_amount() > 0
    if is_open:
        assert (first is not None) == (told.account_status != "11")
    if first is None or not is_open:
        return
    day = as_of
    while dq.days_past_due(account, as_of=day, policy=CARRIED):
        day -= timedelta(days=1)
    assert first == day + timedelta(days=1)


@given(ACCOUNTS, st.integers(0, 700))
def test_a_profile_is_24_characters_and_no_history_comes_last(account, offset):
    """Law: B only trails, and the character of a month is that of its own status."""
    as_of = asked_on(account, offset)
    told = metro2_status(account, as_of=as_of, policy=METRO2)
    profile = told.payment_history_profile
    assert len(profile) == 24
    assert "B" not in profile.rstrip("B")
    bands = {bucket.code: bucket.codes["payment_history"] for bucket in METRO2.versions[0].buckets}
    for month in told.months[:3]:
        if month.code != "B":
            then = metro2_status(account, as_of=month.reported_on, policy=METRO2)
            of_status = bands | {"13": "E", "97": "L", "64": "L"}
            assert month.code == of_status[then.account_status]


def test_a_debt_that_came_in_after_it_was_due_is_late_from_the_day_on_which_it_was_there():
    rows = [
        dq.Instalment(date(2024, 1, 1), 0),
        dq.Instalment(date(2024, 1, 2), 5, in_force_from=date(2024, 1, 4)),
    ]
    account = dq.Account(
        account_id="A",
        originated_on=date(2024, 1, 1),
        schedule=dq.Schedule(dq.Currency.of("USD"), rows),
    )
    told = metro2_status(account, as_of=date(2024, 2, 10), policy=METRO2)
    assert told.date_of_first_delinquency == date(2024, 1, 4)
