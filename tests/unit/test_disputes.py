"""A dispute of a part of what is owed: what is one, and what it holds out of counting."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.dispute_rows import DisputeRow

FIRST = date(2025, 1, 1)
JAN, FEB, MAR, APR = (
    date(2025, 1, 31),
    date(2025, 2, 28),
    date(2025, 3, 31),
    date(2025, 4, 30),
)
DAY = timedelta(days=1)
NONE = 2**31 - 1
COUNTED_AGAIN = policy_of(dq.Counting())
FROM_ITS_END = policy_of(dq.Counting(lost_dispute=dq.LostDispute.FROM_ITS_END))


def dispute(
    start: date = FEB, amount: Any = 40, end: date | None = None, **facts: Any
) -> dq.Dispute:
    return dq.Dispute(facts.pop("dispute_id", "D-1"), start, amount, end, **facts)


def account_of(*events: Any, **facts: Any) -> dq.Account:
    """100 due at the end of January, 100 at the end of February."""
    rows = facts.pop("rows", (dq.Instalment(JAN, 100), dq.Instalment(FEB, 100)))
    return dq.Account(
        account_id="A-1",
        originated_on=FIRST,
        schedule=dq.Schedule(CNY, rows),
        events=events,
        **facts,
    )


def assessed(account: dq.Account, as_of: date, policy: dq.Policy = COUNTED_AGAIN) -> dq.Assessment:
    return dq.assess(account, as_of=as_of, policy=policy)


def told(account: dq.Account, as_of: date, policy: dq.Policy = COUNTED_AGAIN) -> tuple[Any, ...]:
    """Days past due, what is counted and what is disputed."""
    answer = assessed(account, as_of, policy)
    return answer.days_past_due, answer.arrears, answer.disputed


# What a dispute is.


def test_a_dispute_lasts_from_its_start_to_the_day_before_its_end() -> None:
    found = dispute(JAN, end=FEB)
    days = (JAN - DAY, JAN, FEB - DAY, FEB)
    assert [found.holds_on(day) for day in days] == [False, True, True, False]
    assert dispute(JAN).end_day == NONE


@pytest.mark.parametrize("bad", [datetime(2025, 1, 31), "2025-01-31", None])
def test_a_dispute_starts_on_a_date(bad: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="start"):
        dispute(bad)
    with pytest.raises(dq.InvalidTypeError, match="dispute: expected day"):
        dispute().holds_on(bad)


@pytest.mark.parametrize("field", ["end", "recorded_on", "reversed_on"])
def test_an_instant_is_no_date_of_a_dispute(field: str) -> None:
    with pytest.raises(dq.InvalidTypeError, match=field):
        dispute(**{field: datetime(2025, 3, 31)})


@pytest.mark.parametrize("bad", [0, -1, Decimal("-0.01")])
def test_something_is_disputed(bad: Any) -> None:
    with pytest.raises(dq.InvalidValueError, match="dispute 'D-1', amount"):
        dispute(amount=bad)


def test_a_float_is_no_amount() -> None:
    with pytest.raises(dq.InvalidTypeError, match="dispute 'D-1', amount"):
        dispute(amount=40.0)


def test_a_dispute_has_an_id() -> None:
    bad: Any
    for bad in ("", 1):
        with pytest.raises(dq.InvalidTypeError, match="dispute, dispute_id"):
            dispute(dispute_id=bad)


@pytest.mark.parametrize("end", [FEB, FEB - DAY])
def test_a_dispute_lasts_a_day_at_least(end: date) -> None:
    with pytest.raises(dq.InvalidValueError, match="dispute 'D-1', end: expected a day after"):
        dispute(FEB, end=end)


def test_a_dispute_is_of_an_instalment_or_of_a_charge() -> None:
    with pytest.raises(dq.InvalidValueError, match="expected an instalment_no or a charge_id"):
        dispute(instalment_no=1, charge_id="F-1")
    with pytest.raises(dq.InvalidValueError, match="instalment_no: expected 1 or more"):
        dispute(instalment_no=0)
    with pytest.raises(dq.InvalidTypeError, match="instalment_no"):
        dispute(instalment_no=True)
    with pytest.raises(dq.InvalidTypeError, match="charge_id"):
        dispute(charge_id=1)


def test_only_a_dispute_that_ended_was_ended_for_somebody() -> None:
    assert dispute(end=MAR, for_debtor=True).for_debtor
    with pytest.raises(dq.InvalidValueError, match="for_debtor: expected an end beside it"):
        dispute(for_debtor=True)
    with pytest.raises(dq.InvalidTypeError, match="for_debtor: expected True or False"):
        dispute(end=MAR, for_debtor=1)


def test_a_dispute_is_not_reversed_before_it_is_known() -> None:
    assert dispute(recorded_on=MAR, reversed_on=MAR).reversed_on == MAR
    for facts in ({"reversed_on": FEB - DAY}, {"recorded_on": MAR, "reversed_on": MAR - DAY}):
        with pytest.raises(dq.InvalidValueError, match="reversed_on: expected a day on or after"):
            dispute(**facts)


# What an account makes of it.


def test_an_account_keeps_disputes_in_whole_numbers_and_by_date() -> None:
    fee = dq.Charge("F-1", dq.Component.FEES, 5, FEB)
    account = account_of(
        dispute(FEB, dispute_id="D-3", charge_id="F-1"),
        dispute(JAN, Decimal("40.01"), FEB, dispute_id="D-2", instalment_no=2, for_debtor=True),
        dispute(JAN, recorded_on=FEB, reversed_on=MAR),
        charges=[fee],
    )
    jan, feb, mar = ((day - date(1970, 1, 1)).days for day in (JAN, FEB, MAR))
    assert account.dispute_rows == (
        DisputeRow(jan, NONE, 4000, -1, 0, 0, feb, mar),
        DisputeRow(jan, feb, 4001, 0, 2, 1, jan, NONE),
        DisputeRow(feb, NONE, 4000, 1, 1, 0, feb, NONE),
    )


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"start": FIRST - DAY}, "start on or after originated_on"),
        ({"instalment_no": 3}, "instalment_no from 1 to 2, found 3"),
        ({"charge_id": "F-1"}, "charge_id of a charge of the account, found 'F-1'"),
        ({"amount": Decimal("0.001")}, "amount"),
    ],
)
def test_an_account_refuses_a_dispute_of_what_it_does_not_have(
    facts: dict[str, Any], message: str
) -> None:
    with pytest.raises(dq.InvalidValueError, match=message) as caught:
        account_of(dispute(**facts))
    assert caught.value.where.startswith("account 'A-1', dispute 'D-1'")


def test_a_dispute_id_is_used_once() -> None:
    with pytest.raises(
        dq.InvalidValueError, match="expected a dispute_id used once, found it twice"
    ):
        account_of(dispute(), dispute(MAR))


# What is held out of counting.


def test_a_disputed_amount_is_not_counted_and_still_owed() -> None:
    account = account_of(dispute(FEB, 40))
    assert told(account, FEB - DAY) == (27, 100, 0)
    assert told(account, FEB) == (28, 60, 40)
    answer = assessed(account, FEB)
    owed = dq.breakdown(account, as_of=FEB, policy=COUNTED_AGAIN)
    assert answer.exposure == 200
    assert owed.past_due.principal == 100


def test_a_debt_that_is_disputed_whole_has_no_age() -> None:
    account = account_of(dispute(FEB, 100, MAR))
    assert told(account, FEB) == (0, 0, 100)
    assert told(account, FEB + DAY) == (1, 100, 100)  # the second instalment
    assert told(account, MAR - DAY) == (30, 100, 100)
    assert told(account, MAR) == (59, 200, 0)


def test_one_cent_that_is_not_disputed_keeps_the_age() -> None:
    assert told(account_of(dispute(FEB, Decimal("99.99"))), FEB)[0] == 28
    assert told(account_of(dispute(FEB, 100)), FEB)[0] == 0


def test_more_than_is_open_holds_what_is_open() -> None:
    assert told(account_of(dispute(FEB, 1_000)), FEB) == (0, 0, 100)
    assert told(account_of(dispute(FEB, 1_000)), MAR) == (0, 0, 200)


def test_a_named_debt_alone_is_held() -> None:
    account = account_of(dispute(FEB, 1_000, instalment_no=2))
    assert told(account, MAR) == (59, 100, 100)


def test_a_charge_may_be_disputed_while_an_older_debt_counts() -> None:
    fee = dq.Charge("F-1", dq.Component.FEES, 5, FEB)
    account = account_of(dispute(FEB, 5, charge_id="F-1"), charges=[fee])
    assert told(account, MAR) == (59, 200, 5)
    ages = dq.instalment_ages(account, as_of=MAR, policy=COUNTED_AGAIN)
    assert [(late.instalment_no, late.open_amount) for late in ages] == [(1, 100), (2, 100)]


def test_money_settles_what_is_not_disputed_first() -> None:
    for paid, expected in ((Decimal("59.99"), 28), (60, 0)):
        account = account_of(dispute(FEB, 40), payments=[dq.Payment(JAN, paid)])
        assert told(account, FEB)[0] == expected


def test_the_amount_is_of_the_oldest_arrears_at_each_close() -> None:
    account = account_of(dispute(FEB, 100), payments=[dq.Payment(MAR, 100)])
    assert told(account, MAR - DAY) == (30, 100, 100)
    assert told(account, MAR) == (0, 0, 100)


def test_disputes_of_one_debt_add_up() -> None:
    both = (dispute(FEB, 60, instalment_no=1), dispute(FEB, 40, dispute_id="D-2", instalment_no=1))
    assert told(account_of(*both[:1]), FEB) == (28, 40, 60)
    assert told(account_of(*both), FEB) == (0, 0, 100)


def test_a_dispute_that_was_not_known_holds_nothing_then() -> None:
    account = account_of(dispute(FEB, 100, recorded_on=MAR))
    for known_on, days in ((MAR - DAY, 28), (MAR, 0), (None, 0)):
        asked = {"as_of": FEB, "policy": COUNTED_AGAIN, "known_on": known_on}
        assert dq.days_past_due(account, **asked) == days


def test_a_reversed_dispute_was_never_made() -> None:
    account = account_of(dispute(FEB, 100, reversed_on=MAR))
    for known_on, days in ((MAR - DAY, 0), (MAR, 28), (None, 0)):
        asked = {"as_of": FEB, "policy": COUNTED_AGAIN, "known_on": known_on}
        assert dq.days_past_due(account, **asked) == days
    assert dq.days_past_due(account, as_of=MAR, policy=COUNTED_AGAIN) == 59


# How a dispute ends.


def test_a_lost_dispute_counts_as_if_it_had_never_been() -> None:
    account = account_of(dispute(FEB, 200, APR))
    assert told(account, APR - DAY) == (0, 0, 200)
    assert told(account, APR) == (89, 200, 0)


def test_or_a_lost_dispute_counts_from_its_end() -> None:
    account = account_of(dispute(FEB, 200, APR))
    assert told(account, APR - DAY, FROM_ITS_END) == (0, 0, 200)
    assert told(account, APR, FROM_ITS_END) == (0, 0, 200)
    assert told(account, APR + DAY, FROM_ITS_END) == (1, 200, 0)
    answer = assessed(account, APR + DAY, FROM_ITS_END)
    assert answer.oldest_due_date == APR
    assert answer.explanation.find("dispute_lost").value == APR


def test_where_the_due_date_counts_a_lost_dispute_counts_on_its_last_day() -> None:
    counting = dq.Counting(first_day=dq.FirstDay.DUE_DATE, lost_dispute=dq.LostDispute.FROM_ITS_END)
    account = account_of(dispute(FEB, 200, APR))
    assert told(account, APR, policy_of(counting)) == (1, 200, 0)


def test_what_was_not_disputed_keeps_its_age_beside_a_lost_dispute() -> None:
    account = account_of(dispute(FEB, 40, APR, instalment_no=1))
    assert told(account, APR + DAY, FROM_ITS_END) == (90, 200, 0)
    paid = [dq.Payment(MAR, 60)]
    account = account_of(dispute(FEB, 40, APR, instalment_no=1), payments=paid)
    assert told(account, APR + DAY, FROM_ITS_END) == (62, 140, 0)  # the second instalment


def test_a_debt_due_after_a_lost_dispute_counts_from_its_due_date() -> None:
    account = account_of(dispute(JAN, 100, FEB - DAY, instalment_no=2))
    assert [
        late.days_past_due for late in assessed(account, MAR, FROM_ITS_END).late_instalments
    ] == [
        59,
        31,
    ]


def test_a_dispute_won_leaves_what_was_let_off_and_the_rest_counts_from_its_due_date() -> None:
    events = (
        dispute(FEB, 40, APR, instalment_no=1, for_debtor=True),
        dq.Waiver(APR, dq.Component.PRINCIPAL, 40),
    )
    account = account_of(*events, payments=[dq.Payment(MAR, 30)])
    assert told(account, APR - DAY, FROM_ITS_END) == (88, 130, 40)
    assert told(account, APR, FROM_ITS_END) == (89, 130, 0)


# Beside the other choices of a count.


def test_a_tolerance_is_compared_with_what_is_not_disputed() -> None:
    for scope in dq.ToleranceScope:
        policy = policy_of(dq.Counting(tolerance=5, tolerance_scope=scope))
        for amount, expected in ((Decimal("94.99"), 28), (95, 0)):
            account = account_of(dispute(FEB, amount))
            assert told(account, FEB, policy)[0] == expected


def test_an_age_runs_from_the_part_that_exceeds_a_tolerance() -> None:
    counting = dq.Counting(
        tolerance=5,
        tolerance_scope=dq.ToleranceScope.INSTALMENT,
        lost_dispute=dq.LostDispute.FROM_ITS_END,
    )
    rows = (dq.Instalment(JAN, 100),)
    for amount, expected in ((95, 1), (Decimal("94.99"), 90)):
        account = account_of(dispute(FEB, amount, APR), rows=rows)
        assert told(account, APR + DAY, policy_of(counting)) == (expected, 100, 0)


def test_what_is_disputed_is_no_payment_in_arrears() -> None:
    for partial in dq.PartialPayments:
        policy = policy_of(
            dq.Counting(partial_payments=partial), reads=dq.CountName.PAYMENTS_IN_ARREARS
        )
        assert assessed(account_of(), MAR, policy).reading == 2
        assert assessed(account_of(dispute(FEB, 100)), MAR, policy).reading == 1
        assert assessed(account_of(dispute(FEB, 200)), MAR, policy).reading == 0


CHANGED = (
    dq.Instalment(JAN, 100, in_force_until=FEB),
    dq.Instalment(MAR, 100, in_force_from=FEB),
)


def test_an_age_carried_over_a_change_is_held_while_the_dispute_lasts() -> None:
    policy = policy_of(dq.Counting(schedule_change=dq.ScheduleChangeRule.CONTINUE))
    account = account_of(dispute(MAR, 100, APR), rows=CHANGED)
    assert [told(account, day, policy)[0] for day in (MAR - DAY, MAR, APR)] == [58, 0, 89]
    for amount, expected in ((Decimal("99.99"), 59), (100, 0)):
        account = account_of(dispute(MAR, amount, instalment_no=1), rows=CHANGED)
        assert told(account, MAR, policy)[0] == expected


def test_an_age_is_frozen_as_it_was_counted_before_the_change() -> None:
    policy = policy_of(dq.Counting(schedule_change=dq.ScheduleChangeRule.FREEZE))
    ends_later = account_of(dispute(FEB - DAY, 100, APR, instalment_no=1), rows=CHANGED)
    assert [told(ends_later, day, policy)[0] for day in (FEB, APR - DAY)] == [0, 29]
    assert told(ends_later, APR, policy)[0] == 30
    began_later = account_of(dispute(FEB, 100), rows=CHANGED)
    assert told(began_later, FEB, policy)[0] == 27


def test_disputed_arrears_are_not_material() -> None:
    material = dq.Materiality(50, dq.Proportion(1, 100), CNY)
    policy = policy_of(dq.Counting(materiality=material))
    rows = (dq.Instalment(JAN, 100),)
    for amount, expected in ((Decimal("49.99"), 28), (50, 0)):
        account = account_of(dispute(JAN, amount), rows=rows)
        assert dq.material_days_past_due(account, as_of=FEB, policy=policy) == expected


def test_the_reasons_say_what_is_disputed_in_both_languages() -> None:
    answer = assessed(account_of(dispute(FEB, 40)), FEB)
    step = answer.explanation.find("disputed")
    assert (step.value, step.inputs["debts"]) == (40, 1)
    assert "40.00 CNY of what is late is disputed (debts: 1)" in answer.explanation.to_text()
    assert "逾期款项中有 40.00 CNY 存在争议" in answer.explanation.to_text(lang="zh")
    oldest = answer.explanation.find("oldest_instalment")
    assert oldest.inputs["open_amount"] == 100
