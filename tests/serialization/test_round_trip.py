"""What is read is what was written, and what is written is JSON."""

from __future__ import annotations

import json
from datetime import date

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import serialization
from delinquency.rolls import ThirdWednesday
from delinquency.serialization.documents import DOCUMENTS
from delinquency.testing import strategies
from tests.amortisation_strategies import repayment_terms

HALF_A_YEAR = dq.HolidayCalendar.from_holidays(
    "half a year", holidays=[date(2025, 1, 1)], first=date(2025, 1, 1), last=date(2025, 6, 30)
)
RULEBOOK = [entry.name for entry in dq.rulebook.available()]


def read_back(value: object) -> object:
    return serialization.from_json(type(value), serialization.to_json(value))


@given(strategies.accounts())
def test_an_account_is_read_as_it_was_written(account: dq.Account) -> None:
    assert read_back(account) == account


@given(strategies.policies())
def test_a_policy_is_read_as_it_was_written(policy: dq.Policy) -> None:
    assert read_back(policy) == policy


@settings(max_examples=60)
@given(repayment_terms())
def test_terms_are_read_as_they_were_written(terms: dq.RepaymentTerms) -> None:
    calendar = terms.calendar and HALF_A_YEAR
    terms = attrs.evolve(terms, calendar=calendar, convention=dq.BusinessDayConvention.NO_ADJUST)
    assert read_back(terms) == terms


def test_a_calendar_that_assumes_weekends_says_so_in_json() -> None:
    longer = HALF_A_YEAR.with_assumed_weekends(last=date(2025, 7, 7))
    terms = on_business_days(longer)
    assert read_back(terms) == terms
    written = serialization.to_dict(terms)["calendar"]
    assert written["assumed_from"] == "2025-07-01"
    assert written["business_days"].endswith("1111001")


def test_a_calendar_that_says_nothing_of_assumed_days_knows_all_of_them() -> None:
    terms = on_business_days(HALF_A_YEAR)
    written = serialization.to_dict(terms)
    assert written["calendar"].pop("assumed_from") is None
    assert serialization.from_dict(dq.RepaymentTerms, written) == terms


@pytest.mark.parametrize("day", ["2025-07-01", "2024-12-31", "soon", 3])
def test_what_is_assumed_outside_the_calendar_is_refused_where_it_stands(day: object) -> None:
    written = serialization.to_dict(on_business_days(HALF_A_YEAR))
    written["calendar"]["assumed_from"] = day
    with pytest.raises(dq.DelinquencyError) as caught:
        serialization.from_dict(dq.RepaymentTerms, written)
    assert caught.value.where.startswith("$.calendar")
    assert "assumed_from" in caught.value.where


def on_business_days(calendar: dq.HolidayCalendar) -> dq.RepaymentTerms:
    return dq.RepaymentTerms(
        currency=dq.Currency.of("CNY"),
        principal=100,
        annual_rate=dq.Rate.per_year("0.0435"),
        first_due_date=date(2025, 2, 15),
        instalment_count=2,
        method=dq.AmortisationMethod.ANNUITY,
        convention=dq.BusinessDayConvention.FOLLOWING,
        calendar=calendar,
    )


@pytest.mark.parametrize(
    "roll",
    [
        dq.DayOfMonth(31),
        dq.EndOfMonth(),
        dq.DayOfWeek(dq.Weekday.FRIDAY),
        ThirdWednesday(),
        None,
    ],
)
def test_every_roll_is_read_as_it_was_written(roll: dq.Roll | None) -> None:
    weekly = isinstance(roll, dq.DayOfWeek)
    terms = dq.RepaymentTerms(
        currency=dq.Currency.of("CNY"),
        principal=100,
        annual_rate=dq.Rate.per_year("0.0435"),
        first_due_date=date(2025, 1, 17) if weekly else date(2025, 1, 15),
        instalment_count=2,
        method=dq.AmortisationMethod.ANNUITY,
        frequency=dq.Frequency.WEEKLY if weekly else dq.Frequency.MONTHLY,
        roll=dq.DayOfMonth(15) if isinstance(roll, dq.DayOfMonth) else roll,
    )
    assert read_back(terms) == terms
    written = serialization.to_dict(terms)
    assert written["annual_rate"] == {"value": "0.0435", "period": "year"}
    assert (written["roll"] or {"kind": None})["kind"] in (
        "day_of_month", "end_of_month", "day_of_week", "third_wednesday", None,
    )  # fmt: skip


@given(strategies.schedules())
def test_a_schedule_is_read_as_it_was_written(schedule: dq.Schedule) -> None:
    assert read_back(schedule) == schedule


@pytest.mark.parametrize("name", RULEBOOK)
def test_every_packaged_policy_is_read_as_it_was_written(name: str) -> None:
    timeline = dq.rulebook.load(name)
    assert read_back(timeline) == timeline


@settings(max_examples=50)
@given(st.data())
def test_the_audit_record_tells_the_same_story(data: st.DataObject) -> None:
    account = data.draw(strategies.accounts())
    policy = data.draw(strategies.policies())
    as_of = data.draw(strategies.as_of_dates(account))
    known_on = data.draw(st.sampled_from([None, as_of]))
    answer = dq.assess(account, as_of=as_of, policy=policy, known_on=known_on)
    text = serialization.to_json(answer)
    record = serialization.from_json(serialization.AssessmentRecord, text)
    assert record == serialization.AssessmentRecord.of(answer)
    assert record.differences() == ()
    for lang in ("en", "zh"):
        assert record.explanation.to_text(lang=lang) == answer.explanation.to_text(lang=lang)


@given(strategies.accounts())
def test_a_dictionary_of_the_types_of_python_is_read_as_well(account: dq.Account) -> None:
    data = serialization.to_dict(account)
    data["originated_on"] = account.originated_on
    for written, row in zip(data["payments"], account.payments, strict=True):
        written["value_date"], written["amount"] = row.value_date, row.amount
    data["payments"] = tuple(data["payments"])
    assert serialization.from_dict(dq.Account, data) == account


@given(strategies.accounts())
def test_what_is_written_holds_nothing_but_json(account: dq.Account) -> None:
    data = serialization.to_dict(account)
    assert json.loads(json.dumps(data)) == data


def test_a_difference_names_the_figure_and_both_values() -> None:
    rows = (dq.Instalment(date(2025, 1, 31), 100),)
    account = dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 31),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
    )
    policy = dq.rulebook.load("founding-report")
    record = serialization.AssessmentRecord.of(
        dq.assess(account, as_of=date(2025, 3, 3), policy=policy)
    )
    told = attrs.evolve(record, figures=attrs.evolve(record.figures, days_past_due=30))
    assert [str(difference) for difference in told.differences()] == [
        "days_past_due: recorded 30, recomputed 31"
    ]


def test_every_kind_of_document_is_named_in_the_error() -> None:
    with pytest.raises(dq.InvalidTypeError) as caught:
        serialization.to_dict(3)
    assert all(kind.__name__ in str(caught.value) for kind in DOCUMENTS)


def test_chinese_stays_readable_in_the_text() -> None:
    assert "逾期客户专题报告" in serialization.to_json(dq.rulebook.load("founding-report"))
