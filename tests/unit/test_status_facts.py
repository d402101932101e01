"""Findings, reported figures, restructurings and re-ages: what is one, and what an account makes of several."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.finding_rows import FigureRow, FindingRow, ReAgeRow, RestructuringRow
from delinquency.testing import strategies

FIRST = date(2025, 1, 1)
JAN, FEB, MAR = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)
DAY = timedelta(days=1)
EPOCH = date(1970, 1, 1)
NONE = 2**31 - 1
HALF = dq.Proportion(1, 2)
FRAUD, EVASION = dq.FindingKind.FRAUD, dq.FindingKind.EVASION
LTV, LOSS = dq.FigureName.LOAN_TO_VALUE, dq.FigureName.EXPECTED_LOSS_SHARE
STATUS = (dq.Finding, dq.ReportedFigure, dq.Restructuring, dq.ReAge)


def figure(day: date = JAN, value: dq.Proportion = HALF, **dates: Any) -> dq.ReportedFigure:
    return dq.ReportedFigure(LTV, day, value, **dates)


def change(day: date = JAN, **facts: Any) -> dq.Restructuring:
    return dq.Restructuring(day, **{"first_due_on": day + DAY, **facts})


def re_age(day: date = JAN, **facts: Any) -> dq.ReAge:
    return dq.ReAge(day, **facts)


def account_of(*events: Any) -> dq.Account:
    rows = (dq.Instalment(JAN, 100, 10), dq.Instalment(FEB, 100, 28))
    return dq.Account(
        account_id="A-1", originated_on=FIRST, schedule=dq.Schedule(CNY, rows), events=events
    )


def number(day: date) -> int:
    return (day - EPOCH).days


# A finding lasts.


def test_a_finding_holds_from_its_start_to_the_day_before_its_end() -> None:
    found = dq.Finding(FRAUD, JAN, FEB)
    days = (JAN - DAY, JAN, FEB - DAY, FEB)
    assert [found.holds_on(day) for day in days] == [False, True, True, False]
    assert found.end_day == number(FEB)


def test_a_finding_without_an_end_still_holds() -> None:
    found = dq.Finding(FRAUD, JAN)
    assert found.holds_on(date(2200, 12, 31))
    assert not found.holds_on(JAN - DAY)
    assert found.end_day == NONE


@pytest.mark.parametrize("bad", [datetime(2025, 1, 31), "2025-01-31", None])
def test_whether_a_finding_holds_is_asked_of_a_date(bad: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="finding: expected day"):
        dq.Finding(FRAUD, JAN).holds_on(bad)


def test_a_finding_lasts_a_day_at_least() -> None:
    assert dq.Finding(FRAUD, JAN, JAN + DAY).holds_on(JAN)
    for end in (JAN, JAN - DAY):
        with pytest.raises(
            dq.InvalidValueError, match="finding, end: expected a day after 2025-01-31"
        ):
            dq.Finding(FRAUD, JAN, end)


@pytest.mark.parametrize("bad", [datetime(2025, 1, 31), "2025-01-31", None])
def test_a_finding_starts_on_a_date(bad: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="start"):
        dq.Finding(FRAUD, bad)


@pytest.mark.parametrize("field", ["end", "recorded_on"])
def test_an_instant_is_no_date_of_a_finding(field: str) -> None:
    with pytest.raises(dq.InvalidTypeError, match=field):
        dq.Finding(FRAUD, JAN, **{field: datetime(2025, 3, 31)})


@pytest.mark.parametrize("bad", ["fraud", None, LTV])
def test_a_finding_is_of_a_kind(bad: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="finding, kind: expected a FindingKind"):
        dq.Finding(bad, JAN)


def test_findings_of_one_kind_touch_and_do_not_overlap() -> None:
    assert len(account_of(dq.Finding(FRAUD, FEB), dq.Finding(FRAUD, JAN, FEB)).events) == 2
    for start, end in ((FEB - DAY, MAR), (JAN, JAN + DAY), (JAN + DAY, JAN + 2 * DAY)):
        with pytest.raises(dq.InvalidValueError, match="one kind may touch, not overlap") as caught:
            account_of(dq.Finding(FRAUD, JAN, FEB), dq.Finding(FRAUD, start, end))
        assert caught.value.where == "account 'A-1', finding fraud"


def test_after_an_open_finding_there_is_none_of_its_kind() -> None:
    with pytest.raises(dq.InvalidValueError, match="may touch, not overlap"):
        account_of(dq.Finding(FRAUD, JAN), dq.Finding(FRAUD, date(2199, 1, 1)))


def test_findings_of_different_kinds_may_overlap() -> None:
    every = [dq.Finding(kind, JAN) for kind in dq.FindingKind]
    assert account_of(*reversed(every)).events == tuple(every)


# A figure is reported for a date.


@pytest.mark.parametrize("value", [dq.Proportion(0, 1), dq.Proportion(3, 2)])
def test_a_figure_is_nought_or_more_and_may_exceed_one(value: dq.Proportion) -> None:
    assert figure(value=value).value == value


@pytest.mark.parametrize("most", [dq.Proportion(10**9, 1), dq.Proportion(1, 10**9)])
def test_the_parts_of_a_figure_are_at_most_a_thousand_millions(most: dq.Proportion) -> None:
    assert figure(value=most).value == most
    over = dq.Proportion(*(part + 1 if part > 1 else 1 for part in attrs.astuple(most)))
    with pytest.raises(dq.InvalidValueError, match="at most 1,000,000,000"):
        figure(value=over)


@pytest.mark.parametrize("bad", [0.5, 1, "1/2", None])
def test_a_figure_is_a_proportion(bad: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="reported figure loan_to_value, value: .*Propor"):
        figure(value=bad)


@pytest.mark.parametrize("bad", ["loan_to_value", None, FRAUD])
def test_a_figure_has_a_name(bad: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="expected a FigureName"):
        dq.ReportedFigure(bad, JAN, HALF)


def test_a_reported_figure_may_be_reversed_from_the_day_it_was_recorded_on() -> None:
    assert figure(recorded_on=FEB, reversed_on=FEB).reversed_on == FEB
    with pytest.raises(dq.InvalidValueError, match="on or after 2025-02-28"):
        figure(recorded_on=FEB, reversed_on=FEB - DAY)


def test_figures_of_one_date_have_names_of_their_own() -> None:
    both = (dq.ReportedFigure(LOSS, JAN, HALF), figure())
    assert account_of(*reversed(both)).events == both
    with pytest.raises(dq.InvalidValueError, match="one figure of a name for a date"):
        account_of(figure(), figure(value=dq.Proportion(1, 3)))
    assert len(account_of(figure(), figure(JAN + DAY)).figure_rows) == 2


# A restructuring changes what was agreed.


def test_the_first_due_date_is_on_or_after_the_change() -> None:
    assert change(first_due_on=JAN).first_due_on == JAN
    with pytest.raises(
        dq.InvalidValueError, match="first_due_on: expected a day on or after value"
    ):
        change(first_due_on=JAN - DAY)


def test_grace_ends_on_or_after_the_change() -> None:
    assert change(grace_until=JAN).grace_until == JAN
    with pytest.raises(dq.InvalidValueError, match="grace_until: expected a day on or after value"):
        change(grace_until=JAN - DAY)


@pytest.mark.parametrize("field", ["value_date", "first_due_on", "grace_until", "recorded_on"])
def test_an_instant_is_no_date_of_a_restructuring(field: str) -> None:
    with pytest.raises(dq.InvalidTypeError, match=field):
        attrs.evolve(change(), **{field: datetime(2025, 3, 31)})


def test_a_restructuring_without_a_first_due_date_is_none() -> None:
    with pytest.raises(dq.InvalidTypeError, match="first_due_on"):
        change(first_due_on=None)


@pytest.mark.parametrize("share", [dq.Proportion(0, 1), dq.Proportion(1, 1), None])
def test_a_creditor_gives_up_between_nothing_and_all(share: dq.Proportion | None) -> None:
    assert change(diminished_share=share).diminished_share == share


@pytest.mark.parametrize(
    "share", [dq.Proportion(1_000_001, 1_000_000), dq.Proportion(1, 10**9 + 1)]
)
def test_a_creditor_gives_up_no_more_than_all_in_parts_of_a_bounded_size(
    share: dq.Proportion,
) -> None:
    with pytest.raises(dq.InvalidValueError, match="diminished_share"):
        change(diminished_share=share)


@pytest.mark.parametrize("bad", [0, 1, "yes", None])
def test_whether_there_was_difficulty_is_said_by_a_bool(bad: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="in_difficulty: expected True or False"):
        change(in_difficulty=bad)


def test_there_is_one_restructuring_of_a_date() -> None:
    assert len(account_of(change(), change(JAN + DAY)).restructuring_rows) == 2
    with pytest.raises(dq.InvalidValueError, match="one restructuring of a date"):
        account_of(change(), change(in_difficulty=False))


@pytest.mark.parametrize("bad", [0, 1, "yes", None])
def test_whether_it_was_in_a_workout_is_said_by_a_bool(bad: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="in_workout: expected True or False"):
        re_age(in_workout=bad)


def test_a_re_age_has_a_date_and_is_not_reversed_before_it() -> None:
    with pytest.raises(dq.InvalidTypeError, match="re-age: expected value_date to be a date"):
        re_age(datetime(2025, 1, 31))
    assert re_age(reversed_on=JAN).reversed_on == JAN
    with pytest.raises(dq.InvalidValueError, match="re-age, reversed_on: expected a day on or"):
        re_age(reversed_on=JAN - DAY)


def test_there_is_one_re_age_of_a_date() -> None:
    assert len(account_of(re_age(), re_age(JAN + DAY)).re_age_rows) == 2
    with pytest.raises(dq.InvalidValueError, match="one re-age of a date"):
        account_of(re_age(), re_age(in_workout=True))


# Corrections.


@pytest.mark.parametrize("make", [figure, change, re_age])
def test_what_was_reversed_may_be_replaced_from_that_day_on(make: Any) -> None:
    right = make(recorded_on=FEB)
    assert account_of(right, make(reversed_on=FEB)).events == (make(reversed_on=FEB), right)
    assert account_of(right, make(reversed_on=FEB - DAY)).events[1] == right
    for wrong in (make(reversed_on=FEB + DAY), make()):
        with pytest.raises(dq.InvalidValueError, match="two that both stand"):
            account_of(right, wrong)


@pytest.mark.parametrize("make", [figure, change, re_age])
def test_the_last_row_of_a_date_is_the_one_that_stands(make: Any) -> None:
    made = [make(reversed_on=FEB), make(recorded_on=FEB, reversed_on=MAR), make(recorded_on=MAR)]
    for drawn in permutations(made):
        account = account_of(*drawn)
        rows = account.figure_rows or account.restructuring_rows or account.re_age_rows
        assert [row.reversed_day for row in rows] == [number(FEB), number(MAR), NONE]
        assert account.events == tuple(made)


# What an account makes of them.


@pytest.mark.parametrize("make", [lambda day: dq.Finding(FRAUD, day), figure, change, re_age])
def test_no_fact_is_older_than_the_account(make: Any) -> None:
    assert len(account_of(make(FIRST)).events) == 1
    with pytest.raises(dq.InvalidValueError, match="on or after originated_on 2025-01-01"):
        account_of(make(FIRST - DAY))


def test_rows_are_whole_numbers() -> None:
    account = account_of(
        change(MAR, recorded_on=MAR + DAY),
        change(FEB, in_difficulty=False, diminished_share=HALF, grace_until=MAR, reversed_on=MAR),
        dq.Finding(EVASION, FEB, MAR, MAR),
        dq.Finding(FRAUD, FEB),
        figure(FEB, dq.Proportion(21, 20), recorded_on=MAR, reversed_on=MAR),
        dq.ReportedFigure(LOSS, MAR, HALF),
        re_age(MAR, in_workout=True),
        re_age(FEB, recorded_on=MAR, reversed_on=MAR),
    )
    feb, mar = number(FEB), number(MAR)
    assert account.finding_rows == (
        FindingRow(start=feb, kind=6, end=mar, recorded_day=mar),
        FindingRow(start=feb, kind=8, end=NONE, recorded_day=feb),
    )
    assert account.figure_rows == (
        FigureRow(feb, 3, 21, 20, mar, mar),
        FigureRow(mar, 0, 1, 2, mar, NONE),
    )
    assert account.restructuring_rows == (
        RestructuringRow(feb, feb + 1, 0, 1, 2, mar, feb, mar),
        RestructuringRow(mar, mar + 1, 1, -1, 1, NONE, mar + 1, NONE),
    )
    assert account.re_age_rows == (ReAgeRow(feb, 0, mar, mar), ReAgeRow(mar, 1, mar, NONE))


def test_an_account_without_them_has_no_rows() -> None:
    account = account_of(dq.OffBalance(JAN))
    assert (account.finding_rows, account.figure_rows) == ((), ())
    assert (account.restructuring_rows, account.re_age_rows) == ((), ())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_facts_of_status_change_no_answer(data: st.DataObject) -> None:
    """Law: an account answers as it does without findings, figures, restructurings and re-ages."""
    account = data.draw(strategies.accounts(all_facts=True))
    policy = data.draw(strategies.policies(currency=account.currency, all_choices=True))
    as_of = data.draw(strategies.as_of_dates(account))
    known_on = data.draw(st.sampled_from([None, as_of]))
    kept = [event for event in account.events if not isinstance(event, STATUS)]
    asked: dict[str, Any] = {"as_of": as_of, "policy": policy, "known_on": known_on}
    answer, plain = (
        dq.assess(account, **asked),
        dq.assess(attrs.evolve(account, events=kept), **asked),
    )
    assert answer.explanation == plain.explanation
    assert answer.ledger.entries == plain.ledger.entries


def test_facts_of_status_neither_settle_nor_suspend() -> None:
    every = [*(dq.Finding(kind, FIRST) for kind in dq.FindingKind), figure(), change(), re_age()]
    for account in (account_of(), account_of(*every)):
        assert dq.delinquent_days(account, as_of=MAR, policy=policy_of()) == 59
        assert account.owed_running == (11_000, 23_800)


@settings(max_examples=60, deadline=None)
@given(strategies.accounts(all_facts=True), st.randoms())
def test_facts_come_in_any_order_and_are_kept_in_one(account: dq.Account, rng: Any) -> None:
    """Law: the order in which events are given does not matter."""
    events = list(account.events)
    rng.shuffle(events)
    assert attrs.evolve(account, events=events) == account
