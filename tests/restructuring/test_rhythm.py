"""How due dates follow each other is told from those there are, wherever single ones were moved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.calendar import add_months, to_date
from delinquency.due_rhythms import told_rhythm
from delinquency.errors import InvalidValueError
from delinquency.portfolio import Portfolio, restructure
from delinquency.portfolio.run import Engine
from delinquency.restructuring import (
    DueDateChange,
    PaymentHoliday,
    RestructuringPlan,
    Settlement,
    SettlementPayment,
    TermExtension,
)
from delinquency.restructuring import restructure as restructure_one
from delinquency.restructuring.following import reinstate
from delinquency.restructuring.rhythm import rhythm_of
from tests.restructuring.books import engines_for

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")
EPOCH = date(1970, 1, 1)


def rolled(due: date) -> date:
    """The next day that is no Saturday and no Sunday."""
    return due + timedelta({5: 2, 6: 1}.get(due.weekday(), 0))


def back(due: date) -> date:
    """The last day that is no Saturday and no Sunday."""
    return due - timedelta({5: 1, 6: 2}.get(due.weekday(), 0))


def every(first: date, months: int, count: int) -> list[date]:
    return [add_months(first, months * number) for number in range(count)]


def steps(first: date, days: int, count: int) -> list[date]:
    return [first + timedelta(days * number) for number in range(count)]


def days_of(dues: list[date]) -> list[int]:
    return [(due - EPOCH).days for due in dues]


def after(dues: list[date], count: int = 3) -> list[date]:
    """The next due dates."""
    days = days_of(dues)
    rhythm = rhythm_of(days, "plan")
    return [to_date(rhythm.after(days[-1], number)) for number in range(1, count + 1)]


def account_of(dues: list[date], account_id: str = "A-1") -> dq.Account:
    return dq.Account(
        account_id=account_id,
        originated_on=date(2024, 1, 1),
        schedule=dq.Schedule(CNY, [dq.Instalment(due, 100) for due in dues]),
    )


def plan_on(day: date, *measures: object) -> RestructuringPlan:
    return RestructuringPlan(measures=measures, effective_on=day)


def asked_in_both_paths(account: dq.Account, plan: RestructuringPlan) -> list[date]:
    """The due dates of a plan, the same of one account and of a book of it."""
    day = plan.effective_on
    done = restructure_one(account, plan, as_of=day, policy=POLICY)
    book = restructure(
        Portfolio.from_accounts([account]),
        plan,
        as_of=day,
        policy=POLICY,
        engine=Engine.INTERPRETED,
    )
    rows = [to_date(row.due_day) for row in done.rows_after]
    assert book.after(engine=Engine.INTERPRETED).account(0).schedule == done.after.schedule
    return rows


MONTHLY = every(date(2025, 2, 15), 1, 24)
CASES = {
    "weekends passed over": ([rolled(due) for due in MONTHLY], every(date(2027, 2, 15), 1, 3)),
    "weekends passed back": ([back(due) for due in MONTHLY], every(date(2027, 2, 15), 1, 3)),
    "the last one moved": (
        [rolled(due) for due in MONTHLY[:19]],
        every(date(2026, 9, 15), 1, 3),
    ),
    "ends of months": (every(date(2025, 1, 31), 1, 6), every(date(2025, 7, 31), 1, 3)),
    "ends of months, moved into the next": (
        [rolled(due) for due in every(date(2025, 1, 31), 1, 14)],
        [date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)],
    ),
    "the 30th": (
        every(date(2025, 1, 30), 1, 2),
        [date(2025, 3, 30), date(2025, 4, 30), date(2025, 5, 30)],
    ),
    "quarters": (
        [rolled(due) for due in every(date(2024, 3, 31), 3, 8)],
        every(date(2026, 3, 31), 3, 3),
    ),
    "weeks": (steps(date(2025, 1, 6), 7, 10), steps(date(2025, 3, 17), 7, 3)),
    "weeks, a holiday": (
        [*steps(date(2025, 1, 6), 7, 7), date(2025, 2, 25), *steps(date(2025, 3, 3), 7, 3)],
        steps(date(2025, 3, 24), 7, 3),
    ),
    "fortnights": (steps(date(2025, 1, 6), 14, 5), steps(date(2025, 3, 17), 14, 3)),
    "thirty days": (steps(date(2025, 1, 30), 30, 8), steps(date(2025, 9, 27), 30, 3)),
    "two dates a week apart": (steps(date(2025, 1, 6), 7, 2), steps(date(2025, 1, 20), 7, 3)),
    "an odd first": ([date(2025, 1, 3), *MONTHLY[:8]], every(date(2025, 10, 15), 1, 3)),
    "an odd last": ([*MONTHLY[:8], date(2025, 10, 3)], every(date(2025, 10, 15), 1, 3)),
    "holidays of ten days": (
        [
            date(2025, 9, 1),
            date(2025, 10, 9),
            date(2025, 11, 3),
            date(2025, 12, 1),
            date(2026, 1, 5),
        ],
        every(date(2026, 2, 1), 1, 3),
    ),
    "another day for the last four": (
        [*MONTHLY[:9], *every(date(2025, 11, 20), 1, 4)],
        every(date(2026, 3, 20), 1, 3),
    ),
}


@pytest.mark.parametrize(("dues", "expected"), CASES.values(), ids=CASES)
def test_due_dates_go_on_where_the_contract_has_them(
    dues: list[date], expected: list[date]
) -> None:
    assert after(dues) == expected


@pytest.mark.parametrize("engine", engines_for(0))
def test_an_extension_adds_them_to_an_account_and_to_a_book(engine: Engine) -> None:
    """Every case is an account of one book."""
    day = date(2024, 3, 1)
    accounts = [account_of(dues, f"A-{number}") for number, (dues, _) in enumerate(CASES.values())]
    plan = plan_on(day, TermExtension(3))
    book = restructure(
        Portfolio.from_accounts(accounts), plan, as_of=day, policy=POLICY, engine=engine
    ).after(engine=engine)
    for number, (account, (_, expected)) in enumerate(zip(accounts, CASES.values(), strict=True)):
        done = restructure_one(account, plan, as_of=day, policy=POLICY)
        assert [to_date(row.due_day) for row in done.rows_after][-3:] == expected
        assert book.account(number).schedule == done.after.schedule


@pytest.mark.parametrize(
    "dues",
    [
        [date(2025, 1, 15)],
        [date(2025, 11, 17), date(2025, 12, 15)],
        [date(2025, 1, 10), date(2025, 2, 3), date(2025, 3, 20)],
        [each for due in MONTHLY[:6] for each in (due.replace(day=1), due)],
    ],
    ids=("one", "four weeks or a month", "no rule", "twice a month"),
)
def test_what_tells_no_rhythm_is_refused_and_no_guess(dues: list[date]) -> None:
    account, day = account_of(dues), date(2025, 1, 2)
    with pytest.raises(InvalidValueError, match="ReAgeing says the first due date"):
        restructure_one(account, plan_on(day, TermExtension(1)), as_of=day, policy=POLICY)
    book = restructure(
        Portfolio.from_accounts([account]),
        plan_on(day, TermExtension(1)),
        as_of=day,
        policy=POLICY,
        engine=Engine.INTERPRETED,
        on_error="quarantine",
    )
    assert len(book.refusals) == 1


def test_a_holiday_and_another_due_date_keep_the_months_of_a_schedule_that_was_moved() -> None:
    account = account_of([rolled(due) for due in MONTHLY])
    held = asked_in_both_paths(account, plan_on(date(2025, 2, 1), PaymentHoliday(3)))
    assert held[-3:] == every(date(2027, 2, 15), 1, 3)
    moved = asked_in_both_paths(
        account, plan_on(date(2025, 2, 1), DueDateChange(date(2025, 2, 28)))
    )
    assert moved == every(date(2025, 2, 28), 1, 24)


def test_the_payments_of_a_settlement_that_ended_do_not_tell_the_rhythm() -> None:
    dues = MONTHLY[:6]
    account, day = account_of(dues), date(2025, 3, 1)
    paid_on = steps(day, 7, 5)
    payments = [SettlementPayment(each, amount=50) for each in paid_on]
    plan = plan_on(day, Settlement(payments))
    done = restructure_one(account, plan, as_of=day, policy=POLICY)
    ended = reinstate(
        done,
        [dq.Payment(each, 50) for each in paid_on[:4]],
        on=date(2025, 4, 10),
        policy=POLICY,
    )
    on = date(2025, 4, 11)
    again = restructure_one(
        ended.account, plan_on(on, TermExtension(2)), as_of=on, policy=POLICY, previous=ended
    )
    assert [row.due_day for row in again.rows_after][-2:] == days_of(
        [date(2025, 8, 15), date(2025, 9, 15)]
    )


@settings(max_examples=60, deadline=None)
@given(
    first=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    count=st.integers(5, 30),
    moves=st.sampled_from((rolled, back, lambda due: due)),
)
def test_a_month_goes_on_with_the_next_of_its_day(first: date, count: int, moves: object) -> None:
    """Wherever weekends moved single due dates; the day of the contract shows within five months."""
    nominal = every(first.replace(month=1), 1, count + 4)
    dues = [moves(due) for due in nominal[:count]]
    day = max(due.day for due in nominal)
    if first.day > 28 and not any(due.day == day for due in dues):
        return
    assert after(dues, 4) == nominal[count:]


@settings(max_examples=60, deadline=None)
@given(
    first=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    days=st.sampled_from((7, 10, 14, 28, 30)),
    count=st.integers(4, 20),
)
def test_a_step_of_days_stays_one(first: date, days: int, count: int) -> None:
    dues = days_of(steps(first, days, count))
    assert told_rhythm(dues, count)[1:] == (0, days)
    assert after(steps(first, days, count)) == steps(first + timedelta(days * count), days, 3)
