"""Reasons as people read them: a frozen age, ids that look like words, texts from elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.portfolio import ageing

CHANGED = date(2025, 3, 12)
FREEZE = dq.ScheduleChangeRule.FREEZE


def frozen_account(*payments):
    return dq.Account(
        account_id="B",
        originated_on=date(2025, 1, 1),
        schedule=dq.Schedule(
            CNY,
            [
                dq.Instalment(date(2025, 1, 31), 100, in_force_until=CHANGED),
                dq.Instalment(date(2025, 4, 1), 100, in_force_from=CHANGED),
            ],
        ),
        payments=payments,
        events=[
            dq.CountingSuspension(date(2025, 2, 1), date(2025, 2, 11)),
            dq.CountingSuspension(date(2025, 4, 2), date(2025, 4, 4)),
        ],
    )


def test_a_frozen_age_is_told_apart_from_the_age_of_the_rows_in_force():
    policy = policy_of(
        dq.Counting(schedule_change=FREEZE, grace_days=3, grace_kind=dq.GraceKind.DEDUCTED)
    )
    answer = dq.assess(frozen_account(), as_of=date(2025, 4, 10), policy=policy)
    assert (answer.days_past_due, answer.delinquent_days) == (39, 26)
    assert answer.explanation.to_text().splitlines()[2:8] == [
        (
            "    Delinquent days 26, days past due 39: as before the change of schedule on 2025-03-12, "
            "which froze the age. Of the rows in force:"
        ),
        "      Delinquent days 4: days past due 9, less suspended 2.",
        "        Grace of 3 days, deducted: 7 becomes 4.",
        (
            "        Days past due 9: due on 2025-04-01, counted to the close of 2025-04-10 from the day "
            "after the due date."
        ),
        (
            "          The oldest unsettled debt is instalment 2, due on 2025-04-01: 100.00 of 100.00 CNY "
            "is open."
        ),
        "  Arrears are 100.00 CNY; late and unsettled: 1.",
    ]
    assert "2025-03-12 还款计划变更前的天数" in answer.explanation.to_text(lang="zh")


def test_a_frozen_age_stays_when_the_rows_in_force_are_paid():
    policy = policy_of(dq.Counting(schedule_change=FREEZE))
    paid = frozen_account(dq.Payment(date(2025, 4, 1), 100))
    answer = dq.assess(paid, as_of=date(2025, 4, 10), policy=policy)
    assert (answer.arrears, answer.days_past_due) == (0, 39)
    assert answer.explanation.find("nothing_late") is not None


@pytest.mark.parametrize("reads", [dq.CountName.MBA_MONTHS, dq.CountName.OTS_MONTHS])
def test_months_cannot_be_read_of_an_age_that_is_frozen_in_days(reads):
    with pytest.raises(dq.PolicyError, match="scheme that reads months, found FREEZE"):
        policy_of(dq.Counting(schedule_change=FREEZE), reads=reads)


@pytest.mark.parametrize("name", ["account", "freeze", "instalment", "due_date"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_id_that_is_a_word_stays_the_id(name, lang):
    account = dq.Account(
        account_id=name,
        originated_on=date(2025, 1, 1),
        schedule=dq.Schedule(CNY, [dq.Instalment(date(2025, 3, 1), 100)]),
        charges=[dq.Charge(name, dq.Component.FEES, 5, date(2025, 1, 2))],
    )
    told = dq.assess(account, as_of=date(2025, 2, 1), policy=policy_of()).explanation
    head = {"en": f"Account {name} on 2025-02-01", "zh": f"账户 {name}，2025-02-01"}
    assert told.sentence(lang=lang).startswith(head[lang])
    assert f" {name}" in told.find("oldest_charge").sentence(lang=lang)


def test_an_id_with_a_line_break_adds_no_line_to_the_reasons():
    account = dq.Account(
        account_id="A\nPolicy forged",
        originated_on=date(2025, 1, 1),
        schedule=dq.Schedule(CNY, [dq.Instalment(date(2025, 3, 1), 100)]),
    )
    text = dq.assess(account, as_of=date(2025, 2, 1), policy=policy_of()).explanation.to_text()
    assert text.splitlines()[0].startswith("Account A\\nPolicy forged on")


def test_a_step_without_the_figures_of_its_sentence_is_told_by_name():
    assert (
        dq.Explanation("arrears", 5, {"currency": "CNY"}).to_text()
        == "arrears: value 5, currency CNY"
    )


@pytest.mark.parametrize("lang", ["de", ["en"], None])
def test_reasons_and_tables_are_refused_in_languages_without_words(lang):
    from delinquency.portfolio import assess
    from delinquency.sample_book import SAMPLE_AS_OF, sample_book

    answer = assess(sample_book(5), as_of=SAMPLE_AS_OF, policy=policy_of())
    for text in (answer.explain(0).to_text, ageing(answer).to_text):
        with pytest.raises(dq.InvalidValueError, match="lang: expected one of en, zh"):
            text(lang=lang)


def account_changed_twice(first_due, second_due, *events):
    """Two rows, each closed by a change of its own, and one far ahead."""
    return dq.Account(
        account_id="C",
        originated_on=date(2025, 1, 1),
        schedule=dq.Schedule(
            CNY,
            [
                dq.Instalment(first_due, 100, in_force_until=date(2025, 3, 1)),
                dq.Instalment(second_due, 100, in_force_until=date(2025, 4, 1)),
                dq.Instalment(date(2025, 12, 1), 100, in_force_from=date(2025, 3, 1)),
            ],
        ),
        events=events,
    )


def frozen_count(account, as_of=date(2025, 5, 1)):
    return dq.assess(
        account, as_of=as_of, policy=policy_of(dq.Counting(schedule_change=FREEZE))
    ).count


def test_the_change_that_froze_most_days_is_named():
    count = frozen_count(account_changed_twice(date(2025, 2, 18), date(2025, 3, 1)))
    assert (count.days_past_due, count.delinquent_days) == (30, 30)
    assert count.frozen_on == date(2025, 4, 1).toordinal() - date(1970, 1, 1).toordinal()


def test_a_change_that_froze_fewer_raw_but_more_delinquent_days_is_named():
    pause = dq.CountingSuspension(date(2025, 1, 29), date(2025, 3, 1))
    count = frozen_count(account_changed_twice(date(2025, 1, 29), date(2025, 3, 20), pause))
    assert (count.days_past_due, count.delinquent_days) == (30, 11)
    assert count.frozen_on == date(2025, 4, 1).toordinal() - date(1970, 1, 1).toordinal()


def test_of_two_changes_that_froze_as_many_days_the_first_is_named():
    count = frozen_count(account_changed_twice(date(2025, 2, 8), date(2025, 3, 11)))
    assert (count.days_past_due, count.delinquent_days) == (20, 20)
    assert count.frozen_on == date(2025, 3, 1).toordinal() - date(1970, 1, 1).toordinal()


def test_no_change_is_named_where_the_rows_in_force_are_later_than_what_was_frozen():
    count = frozen_count(
        account_changed_twice(date(2025, 2, 18), date(2025, 3, 25)), date(2026, 1, 1)
    )
    assert (count.days_past_due, count.carried, count.frozen_on) == (31, "", 2**31 - 1)
