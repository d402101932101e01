"""The status of a book: each account as it is alone, by the loop and one by one."""

from __future__ import annotations

import pickle
from datetime import date, datetime

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.counting.materiality import Materiality
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.portfolio import (
    Engine,
    Portfolio,
    assess_status,
    material_days_past_due,
    status_loop,
    status_scratch,
)
from delinquency.portfolio.status_loop import Judged
from delinquency.portfolio.status_run import beside_the_loop
from tests.status.books import START, book_differences, draw_loan
from tests.strategies_internal import MANY

CN = dq.rulebook.load("cn-loan")
EU = dq.rulebook.load("eu-default-retail")
CNY, EUR = dq.Currency.of("CNY"), dq.Currency.of("EUR")
LAST = date(2024, 12, 31)


@MANY
@given(st.integers(0, 2**32))
def test_each_account_of_a_book_is_judged_as_it_is_alone(seed):
    """Law: drawn machines, facts, cuts and versions of law; the compiled loop and the fold of one."""
    assert book_differences(f"law-{seed}", [Engine.COMPILED]) == []


@pytest.mark.parametrize("number", range(12))
def test_the_loop_says_the_same_uncompiled(number):
    seed = f"engines-{number}"
    assert book_differences(seed, [Engine.INTERPRETED, Engine.COMPILED]) == []


@pytest.mark.parametrize("kept", [0, 1, 3])
@pytest.mark.parametrize("number", range(6))
def test_answers_that_find_no_room_are_worked_out_again(number, kept, monkeypatch):
    monkeypatch.setattr(status_scratch, "ANSWERS", kept)
    assert book_differences(f"room-{number}", [Engine.COMPILED]) == []


def loan(
    account_id: str, currency: dq.Currency, paid: int, events: tuple[object, ...] = ()
) -> dq.Account:
    """Twelve months of 300, of which the first ones are paid in time."""
    dues = [date(2024, month, 28) for month in range(1, 13)]
    return dq.Account(
        account_id=account_id,
        originated_on=date(2023, 12, 28),
        schedule=dq.Schedule(currency, [dq.Instalment(due, 300) for due in dues]),
        payments=[dq.Payment(due, 300) for due in dues[:paid]],
        events=events,
    )


def book_of(currency: dq.Currency = CNY) -> Portfolio:
    charge = dq.Charge(
        charge_id="c", component=dq.Component.FEES, amount=5, due_date=date(2024, 3, 1)
    )
    accounts = [loan(f"A-{paid}", currency, paid) for paid in (12, 9, 2, 0)]
    beside = attrs.evolve(loan("B", currency, 2), charges=[charge])
    late = attrs.evolve(loan("C", currency, 12), originated_on=date(2024, 1, 5), account_id="C")
    return Portfolio.from_accounts([*accounts, beside, late])


def test_the_loop_folds_accounts_without_charges_and_the_others_are_folded_one_by_one():
    book = book_of()
    beside = beside_the_loop(book, [Judged(CN.versions[-1], 0, 1)])
    assert beside.tolist() == [False, False, False, False, True, False]


def test_states_on_a_day_through_days_and_at_month_ends():
    told = assess_status(book_of(), as_of=LAST, policy=CN)
    assert told.machines == ("重组资产", "风险分类")
    assert told.codes().tolist() == ["正常", "关注", "可疑", "可疑", "可疑", "正常"]
    assert told.codes("重组资产").tolist() == ["非重组资产"] * 6
    since = [str(np.datetime64(int(day), "D")) for day in told.since]
    # 28 March late: day 271 is 24 December; 28 January: 25 October, and a loss from the 361st on.
    assert since[:4] == ["2023-12-28", "2024-10-29", "2024-12-24", "2024-10-25"]
    assert told.on(date(2023, 12, 28)).tolist() == [0, 0, 0, 0, 0, -1]
    assert told.on(date(2023, 12, 27)).tolist() == [-1] * 6
    days = told.daily(date(2024, 10, 27), date(2024, 10, 30))
    assert days.dtype == np.int8
    assert days[1].tolist() == [0, 0, 1, 1]
    ends, places = told.monthly(date(2024, 9, 30), date(2024, 12, 31))
    assert [end.month for end in ends] == [9, 10, 11, 12]
    assert places[1].tolist() == [0, 1, 1, 1]
    assert told.counts([date(2023, 12, 31), LAST]).tolist() == [[5, 0, 0, 0, 0], [2, 1, 0, 3, 0]]
    assert told.counts([]).shape == (0, 5)
    assert told.account(2).state.code == "可疑"


def test_an_account_that_begins_later_is_not_judged():
    book = book_of()
    told = assess_status(book, as_of=date(2024, 1, 4), policy=CN)
    assert told.state.tolist() == [0, 0, 0, 0, 0, -1]
    assert told.since[5] == 2**31 - 1
    assert told.codes()[5] == ""
    nobody = assess_status(book, as_of=date(2023, 12, 1), policy=CN)
    assert nobody.state.tolist() == [-1] * 6
    assert nobody.daily(date(2023, 11, 30), date(2023, 12, 1)).tolist() == [[-1, -1]] * 6


def test_what_nobody_reported_is_told():
    segment = dq.Segment.NON_RETAIL
    account = attrs.evolve(loan("A", CNY, 12), segment=segment)
    told = assess_status(Portfolio.from_accounts([account]), as_of=LAST, policy=CN)
    assert told.not_assessed.tolist() == [[False, True]]
    assert told.account(0).not_assessed()


@pytest.mark.parametrize("room", [0, 1])
def test_rows_for_changes_grow_as_they_are_needed(monkeypatch, room):
    monkeypatch.setattr(status_loop, "CHANGES_OF_AN_ACCOUNT", 1)
    monkeypatch.setattr(status_loop, "BLOCK", 2 + room)
    book = book_of()
    told = assess_status(book, as_of=LAST, policy=CN)
    assert told.codes().tolist() == ["正常", "关注", "可疑", "可疑", "可疑", "正常"]
    for row in range(len(book)):
        alone = told.account(row)
        changes = told.changes[-1]
        days = changes.day[changes.offsets[row] : changes.offsets[row + 1]].tolist()
        assert days == [change.day for change in alone.folded.changes[-1]]


def test_threads_change_nothing(monkeypatch):
    monkeypatch.setattr(status_loop, "BLOCK", 2)
    book = book_of()
    one, two = (assess_status(book, as_of=LAST, policy=CN, threads=each) for each in (1, 2))
    for first, second in zip(one.changes, two.changes, strict=True):
        assert first.day.tolist() == second.day.tolist()
        assert first.state.tolist() == second.state.tolist()


def test_material_days_are_those_of_each_account():
    book = book_of(EUR)
    for engine in (Engine.COMPILED, Engine.INTERPRETED):
        days = material_days_past_due(book, as_of=LAST, policy=EU, engine=engine)
        alone = [dq.material_days_past_due(account, as_of=LAST, policy=EU) for account in book]
        assert days.tolist() == alone
        assert days.tolist() == [0, 64, 278, 338, 278, 0]
    early = material_days_past_due(book, as_of=date(2023, 12, 1), policy=EU)
    assert early.tolist() == [0] * 6


@given(st.integers(0, 2**32))
def test_material_days_of_drawn_books(seed):
    """Law: the loop counts the closes of each account as the stretches of one do."""
    import random

    rnd = random.Random(f"material-{seed}")
    book = Portfolio.from_accounts([draw_loan(rnd, number) for number in range(6)])
    plain = dq.rulebook.load("founding-report").versions[-1]
    limits = Materiality(rnd.choice([0, 10]), dq.Proportion(rnd.choice([0, 1]), 10), CNY)
    policy = attrs.evolve(plain, counting=attrs.evolve(plain.counting, materiality=limits))
    as_of = date(2023, rnd.randint(2, 12), 1)
    known_on = rnd.choice([None, as_of, START])
    days = material_days_past_due(book, as_of=as_of, policy=policy, known_on=known_on)
    assert days.tolist() == [
        dq.material_days_past_due(account, as_of=as_of, policy=policy, known_on=known_on)
        for account in book
    ]


def test_amounts_that_could_leave_64_bits_are_compared_one_by_one():
    share = dq.Proportion(10**9, 10**9 + 1)
    limits = Materiality(0, share, EUR)
    version = EU.versions[-1]
    policy = attrs.evolve(version, counting=attrs.evolve(version.counting, materiality=limits))
    large = loan("A", EUR, 0)
    rows = [attrs.evolve(row, principal=10**11) for row in large.schedule]
    large = attrs.evolve(large, schedule=dq.Schedule(EUR, rows))
    book = Portfolio.from_accounts([large, attrs.evolve(loan("B", EUR, 0))])
    judged = [Judged(policy, 0, 1)]
    assert beside_the_loop(book, judged).tolist() == [True, False]
    days = material_days_past_due(book, as_of=LAST, policy=policy).tolist()
    assert days == [dq.material_days_past_due(each, as_of=LAST, policy=policy) for each in book]


def test_a_frame_has_a_row_for_each_span():
    told = assess_status(book_of(), as_of=LAST, policy=CN)
    frame = told.to_frame("pandas")
    mine = frame[(frame.account_id == "A-9") & (frame.machine == "风险分类")]
    assert mine.state.tolist() == ["正常", "关注"]
    assert [str(day)[:10] for day in mine.start] == ["2023-12-28", "2024-10-29"]
    assert str(mine.end.iloc[0])[:10] == "2024-10-29"
    assert mine.end.isna().tolist() == [False, True]
    assert mine.policy.tolist() == ["cn-loan@2023-07-01"] * 2
    assert mine.is_performing.tolist() == [True, True]
    assert len(frame) == sum(len(changes.day) for changes in told.changes)


@pytest.mark.parametrize("name", ["cn-loan", "eu-default-retail", "in-sma", "ifrs9"])
def test_a_frame_of_a_book_has_the_rows_of_the_frame_of_its_accounts(name):
    """The same columns, and in another order the same rows; accounts one by one and by the loop."""
    policy = dq.rulebook.load(name)
    impaired = dq.Finding(dq.FindingKind.CREDIT_IMPAIRED, date(2024, 3, 1), date(2024, 5, 1))
    stolen = dq.Charge("C", dq.Component.FEES, 5, date(2024, 2, 1), charged_on=date(2024, 1, 20))
    accounts = [loan(f"A-{paid}", CNY if name == "cn-loan" else EUR, paid) for paid in (0, 5, 12)]
    accounts.append(attrs.evolve(accounts[1], account_id="B", events=[impaired]))
    accounts.append(attrs.evolve(accounts[1], account_id="C", charges=[stolen]))
    told = assess_status(Portfolio.from_accounts(accounts), as_of=LAST, policy=policy)
    frame = told.to_frame("pyarrow")
    alone = dq.frames.status_spans_to_frame(
        [dq.assess_status(account, as_of=LAST, policy=policy) for account in accounts], "pyarrow"
    )
    assert frame.column_names == alone.column_names
    key = lambda row: (row["account_id"], row["machine"], row["start"])  # noqa: E731
    assert sorted(frame.to_pylist(), key=key) == sorted(alone.to_pylist(), key=key)


def test_an_answer_can_be_pickled_and_not_written_to():
    told = pickle.loads(pickle.dumps(assess_status(book_of(), as_of=LAST, policy=CN)))
    assert told.codes()[1] == "关注"
    with pytest.raises(ValueError, match="read-only"):
        told.changes[-1].day[0] = 1
    assert "6 accounts" in repr(told)


def test_versions_by_origination_must_ask_the_same_questions():
    version = CN.versions[-1]
    by_origin = dq.SelectedBy.ORIGINATED_ON
    old = attrs.evolve(
        version, status=version.status[:1], validity=dq.Validity(None, date(2024, 1, 1), by_origin)
    )
    new = attrs.evolve(version, validity=dq.Validity(date(2024, 1, 1), None, by_origin))
    timeline = dq.PolicyTimeline(name="two", versions=[old, new])
    with pytest.raises(PolicyError, match="judge them apart"):
        assess_status(book_of(), as_of=LAST, policy=timeline)


def test_bad_questions_are_refused():
    book = book_of()
    told = assess_status(book, as_of=LAST, policy=CN)
    with pytest.raises(InvalidTypeError, match="Portfolio"):
        assess_status(loan("A", CNY, 1), as_of=LAST, policy=CN)
    with pytest.raises(InvalidTypeError):
        assess_status(book, as_of=datetime(2024, 1, 1), policy=CN)
    with pytest.raises(InvalidTypeError):
        assess_status(book, as_of=LAST, policy=CN, known_on=datetime(2024, 1, 1))
    with pytest.raises(PolicyError, match="with a status"):
        assess_status(book, as_of=LAST, policy=dq.rulebook.load("founding-report"))
    with pytest.raises(PolicyError, match="EUR"):
        assess_status(book, as_of=LAST, policy=EU)
    with pytest.raises(PolicyError, match="materiality"):
        material_days_past_due(book, as_of=LAST, policy=CN)
    with pytest.raises(PolicyError, match="EUR"):
        material_days_past_due(book, as_of=LAST, policy=EU)
    for day in (date(2025, 1, 1), LAST.replace(year=2030)):
        with pytest.raises(InvalidValueError, match="at most 2024-12-31"):
            told.on(day)
    with pytest.raises(InvalidTypeError):
        told.on("2024-01-01")
    with pytest.raises(InvalidValueError, match="on or after 2024-02-01"):
        told.daily(date(2024, 2, 1), date(2024, 1, 31))
    with pytest.raises(InvalidValueError, match="重组资产, 风险分类"):
        told.states("class")
    with pytest.raises(IndexError):
        told.account(6)
