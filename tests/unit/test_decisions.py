"""What a lender decides, and what makes a debt fall due: the day before, the day, the day after."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq

FIRST = date(2025, 1, 1)
JAN, FEB, MAR = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)
DAY = timedelta(days=1)
P, INT, F, N = dq.Component
RECOVERY = dq.PaymentKind.RECOVERY
KINDS = ("waiver", "write-off", "closure", "charge-back", "acceleration")


def made(kind: str, on: date, amount=None, **dates):
    """An event of a kind."""
    match kind:
        case "waiver":
            return dq.Waiver(on, INT, amount, **dates)
        case "write-off":
            return dq.WriteOff(on, P, amount, **dates)
        case "closure":
            return dq.Closure(on, **dates)
        case "charge-back":
            named = {"charge_back_id": "CB-1", "principal": 7 if amount is None else amount}
            return dq.ChargeBack(value_date=on, **named, **dates)
        case _:
            return dq.Acceleration(on, amount, **dates)


def account_of(*events, rows=(), **facts) -> dq.Account:
    rows = rows or (dq.Instalment(JAN, 100, 10), dq.Instalment(FEB, 100, 28))
    schedule = dq.Schedule(CNY, rows)
    return dq.Account(
        account_id="A-1", originated_on=FIRST, schedule=schedule, events=events, **facts
    )


def ledger_of(account: dq.Account, as_of: date, **asked) -> dq.Ledger:
    return dq.replay(account, as_of=as_of, **{"policy": policy_of(), **asked})


def opened(account, as_of, **asked) -> tuple[Decimal, ...]:
    ledger = ledger_of(account, as_of, **asked)
    return tuple(ledger.open_amount(part) for part in dq.Component)


# Every event has a day.


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_counts_from_the_close_of_its_day(kind):
    account, without = account_of(made(kind, JAN)), account_of()
    assert opened(account, JAN - DAY) == opened(without, JAN - DAY)
    assert opened(account, JAN) != opened(without, JAN)
    assert opened(account, JAN + DAY) != opened(without, JAN + DAY)


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_that_was_reversed_was_never_made(kind):
    account, without = account_of(made(kind, JAN, reversed_on=FEB)), account_of()
    assert opened(account, FEB - DAY) != opened(without, FEB - DAY)
    assert opened(account, FEB) == opened(without, FEB)
    eve = FEB - DAY
    assert opened(account, MAR, known_on=eve) != opened(without, MAR, known_on=eve)
    assert ledger_of(account, FEB).entries == ledger_of(without, FEB).entries


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_recorded_late_is_unknown_to_the_books_before(kind):
    account, without = account_of(made(kind, JAN, recorded_on=FEB)), account_of()
    assert opened(account, JAN) != opened(without, JAN)
    eve = FEB - DAY
    assert opened(account, MAR, known_on=eve) == opened(without, MAR, known_on=eve)
    assert opened(account, MAR, known_on=FEB) == opened(account, MAR)


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_is_not_reversed_before_it_was_made_and_recorded(kind):
    assert made(kind, JAN, reversed_on=JAN).reversed_on == JAN
    with pytest.raises(dq.InvalidValueError, match="on or after 2025-01-31"):
        made(kind, JAN, reversed_on=JAN - DAY)
    with pytest.raises(dq.InvalidValueError, match="on or after 2025-02-28"):
        made(kind, JAN, recorded_on=FEB, reversed_on=FEB - DAY)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("bad", [datetime(2025, 1, 31), "2025-01-31", None, 20250131])
def test_the_day_of_an_event_is_a_date(kind, bad):
    with pytest.raises(dq.InvalidTypeError, match="value_date"):
        made(kind, bad)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("field", ["recorded_on", "reversed_on"])
def test_the_days_beside_it_are_dates(kind, field):
    with pytest.raises(dq.InvalidTypeError, match=field):
        made(kind, JAN, **{field: datetime(2025, 2, 28)})


@pytest.mark.parametrize("kind", KINDS)
def test_no_event_is_older_than_the_account(kind):
    assert account_of(made(kind, FIRST))
    with pytest.raises(dq.InvalidValueError, match="value_date on or after originated_on"):
        account_of(made(kind, FIRST - DAY))


@pytest.mark.parametrize("kind", ["waiver", "write-off", "charge-back", "acceleration"])
def test_an_amount_of_an_event_is_exact_and_not_negative(kind):
    with pytest.raises(dq.InvalidTypeError):
        made(kind, JAN, 1.5)
    with pytest.raises(dq.InvalidTypeError):
        made(kind, JAN, "1.5")
    with pytest.raises(dq.InvalidValueError):
        made(kind, JAN, Decimal("-0.01"))
    with pytest.raises(dq.InvalidValueError, match="CNY"):
        account_of(made(kind, JAN, Decimal("0.005")))


@pytest.mark.parametrize("kind", ["waiver", "write-off", "charge-back"])
def test_an_event_of_nothing_is_none(kind):
    with pytest.raises(dq.InvalidValueError):
        made(kind, JAN, 0)


def test_no_interest_may_have_accrued_at_an_acceleration():
    assert made("acceleration", JAN, 0).accrued_interest == 0


# Waivers.


def test_a_waiver_without_an_amount_takes_all_that_has_fallen_due():
    assert opened(account_of(dq.Waiver(JAN, INT)), MAR) == (200, 28, 0, 0)
    assert opened(account_of(dq.Waiver(FEB - DAY, INT)), MAR) == (200, 28, 0, 0)
    assert opened(account_of(dq.Waiver(FEB, INT)), MAR) == (200, 0, 0, 0)


@pytest.mark.parametrize(("amount", "left"), [(4, 34), (10, 28), (11, 27), (38, 0), (500, 0)])
def test_a_waiver_of_an_amount_takes_what_fell_due_first_then_what_is_to_come(amount, left):
    account = account_of(dq.Waiver(JAN, INT, amount))
    assert ledger_of(account, JAN).open_amount(INT) == left
    assert ledger_of(account, JAN).waived == 38 - left


def test_a_waiver_comes_after_the_dues_of_the_day_and_before_its_money():
    account = account_of(dq.Waiver(JAN, INT), payments=[dq.Payment(JAN, 100)])
    assert opened(account, JAN) == (100, 28, 0, 0)


def test_a_waiver_forgives_a_charge_of_its_day():
    fee = dq.Charge("late", F, 15, FEB)
    assert opened(account_of(dq.Waiver(FEB, F), charges=[fee]), FEB)[2] == 0
    assert opened(account_of(dq.Waiver(FEB - DAY, F), charges=[fee]), FEB)[2] == 15


def test_what_is_charged_but_not_due_is_waived_only_by_amount():
    fee = dq.Charge("late", F, 15, FEB, charged_on=JAN)
    assert opened(account_of(dq.Waiver(JAN, F), charges=[fee]), FEB)[2] == 15
    assert opened(account_of(dq.Waiver(JAN, F, 15), charges=[fee]), FEB)[2] == 0


def test_a_waiver_names_a_component():
    with pytest.raises(dq.InvalidTypeError, match="waiver, component"):
        dq.Waiver(JAN, "interest")


def test_waiving_all_that_is_late_leaves_nothing_late():
    rows = (dq.Instalment(JAN, 0, 10), dq.Instalment(MAR, 100))
    account = account_of(dq.Waiver(FEB, INT), rows=rows)
    assert dq.days_past_due(account, as_of=FEB - DAY, policy=policy_of()) == 27
    assert dq.days_past_due(account, as_of=FEB, policy=policy_of()) == 0


# Write-offs and recoveries.


def test_a_write_off_takes_everything_owed_after_the_money_of_the_day():
    """110 due and 100 of principal to come, less 30 paid; the 28 of February are not earned on 31 January."""
    account = account_of(dq.WriteOff(JAN), payments=[dq.Payment(JAN, 30)])
    ledger = ledger_of(account, JAN)
    assert (ledger.open_amount(), ledger.written_off) == (0, 180)
    assert dq.days_past_due(account, as_of=MAR, policy=policy_of()) == 0


def test_a_write_off_of_a_component_leaves_the_others():
    assert opened(account_of(dq.WriteOff(JAN, INT)), JAN) == (200, 0, 0, 0)
    assert opened(account_of(dq.WriteOff(JAN, P, 150)), JAN) == (50, 38, 0, 0)
    late = account_of(dq.WriteOff(JAN, P, 100))
    assert dq.assess(late, as_of=FEB, policy=policy_of()).arrears == 10


def test_a_part_is_written_off_of_a_component():
    with pytest.raises(dq.InvalidValueError, match="a component beside an amount"):
        dq.WriteOff(JAN, None, 10)
    with pytest.raises(dq.InvalidTypeError, match="write-off, component"):
        dq.WriteOff(JAN, "principal")


def test_what_falls_due_after_a_write_off_is_owed():
    fee = dq.Charge("court", F, 15, FEB)
    account = account_of(dq.WriteOff(JAN), charges=[fee])
    assert opened(account, FEB) == (0, 0, 15, 0)


def test_a_recovery_settles_what_was_written_off_before_what_is_open():
    fee = dq.Charge("court", F, 15, FEB)
    facts = {"charges": [fee], "payments": [dq.Payment(MAR, 212, RECOVERY)]}
    ledger = ledger_of(account_of(dq.WriteOff(JAN), **facts), MAR)
    assert (ledger.written_off, ledger.open_amount(), ledger.unallocated) == (0, 13, 0)
    recovered = [entry for entry in ledger.entries if entry.kind is dq.EntryKind.RECOVERED]
    assert [(e.instalment_no, e.component, e.amount) for e in recovered] == [
        (1, INT, 10), (1, P, 100), (None, P, 100)
    ]  # fmt: skip


def test_a_repayment_leaves_what_was_written_off():
    account = account_of(dq.WriteOff(JAN), payments=[dq.Payment(MAR, 240)])
    ledger = ledger_of(account, MAR)
    assert (ledger.written_off, ledger.unallocated) == (210, 240)


def test_a_recovery_of_the_day_of_the_write_off_comes_after_it():
    account = account_of(dq.WriteOff(JAN), payments=[dq.Payment(JAN, 38, RECOVERY)])
    assert ledger_of(account, JAN).written_off == 172


def test_a_recovery_reversed_is_written_off_again():
    payment = dq.Payment(FEB, 38, RECOVERY, reversed_on=MAR)
    account = account_of(dq.WriteOff(JAN), payments=[payment])
    assert ledger_of(account, MAR - DAY).written_off == 172
    assert ledger_of(account, MAR).written_off == 210


def test_where_the_write_off_is_reversed_the_recovery_settles_the_debt():
    account = account_of(
        dq.WriteOff(JAN, reversed_on=MAR), payments=[dq.Payment(FEB, 38, RECOVERY)]
    )
    before, after = ledger_of(account, MAR - DAY), ledger_of(account, MAR)
    assert (before.written_off, before.open_amount()) == (172, 0)
    assert (after.written_off, after.open_amount()) == (0, 200)
    assert dq.days_past_due(account, as_of=MAR, policy=policy_of()) == 59


# Full settlement.


def test_a_settlement_writes_principal_off_and_waives_the_rest():
    account = account_of(dq.Closure(FEB), payments=[dq.Payment(FEB, 90)])
    ledger = ledger_of(account, FEB)
    assert (ledger.open_amount(), ledger.written_off, ledger.waived) == (0, 120, 28)
    assert dq.days_past_due(account, as_of=FEB - DAY, policy=policy_of()) == 27
    assert dq.days_past_due(account, as_of=FEB, policy=policy_of()) == 0


def test_a_settlement_that_is_reversed_lets_everything_age_as_if_never_agreed():
    account = account_of(dq.Closure(FEB, reversed_on=MAR), payments=[dq.Payment(FEB, 90)])
    assert dq.days_past_due(account, as_of=MAR - DAY, policy=policy_of()) == 0
    assert dq.days_past_due(account, as_of=MAR, policy=policy_of()) == 59
    assert ledger_of(account, MAR).open_amount() == 148


def test_what_falls_due_after_a_settlement_is_owed_all_the_same():
    fee = dq.Charge("court", F, 15, MAR)
    assert opened(account_of(dq.Closure(FEB), charges=[fee]), MAR) == (0, 0, 15, 0)
    back = made("charge-back", MAR)
    assert opened(account_of(dq.Closure(FEB), back), MAR) == (7, 0, 0, 0)


# Charge-backs.


def test_the_clock_of_a_charge_back_starts_at_the_charge_back():
    paid = [dq.Payment(JAN, 110), dq.Payment(FEB, 128)]
    account = account_of(made("charge-back", MAR), payments=paid)
    for as_of, days in ((MAR, 0), (MAR + DAY, 1), (MAR + 30 * DAY, 30)):
        assert dq.days_past_due(account, as_of=as_of, policy=policy_of()) == days
    returned = account_of(payments=[dq.Payment(JAN, 110, reversed_on=MAR)])
    assert dq.days_past_due(returned, as_of=MAR, policy=policy_of()) == 59


def test_money_of_the_day_settles_a_charge_back_and_earlier_money_waits_for_none():
    account = account_of(made("charge-back", FEB), payments=[dq.Payment(FEB, 245)])
    assert ledger_of(account, FEB).open_amount() == 0
    early = account_of(made("charge-back", FEB), payments=[dq.Payment(JAN, 110)])
    assert ledger_of(early, FEB).open_amount(P) == 107


def test_a_charge_back_ranks_after_what_falls_due_on_its_day():
    account = account_of(made("charge-back", JAN), payments=[dq.Payment(JAN, 111)])
    last = ledger_of(account, JAN).entries[-1]
    assert (last.charge_id, last.instalment_no, last.amount) == ("CB-1", None, 1)


def test_a_charge_back_may_be_of_every_component():
    back = dq.ChargeBack(
        charge_back_id="CB", value_date=JAN, principal=1, interest=2, fees=3, penalty=4
    )
    assert opened(account_of(back), JAN) == (201, 40, 3, 4)


@pytest.mark.parametrize("part", [part.value for part in dq.Component])
def test_a_charge_back_is_more_than_nothing_and_never_negative(part):
    named = {"charge_back_id": "CB", "value_date": JAN}
    with pytest.raises(dq.InvalidValueError, match="an amount above 0, found 0"):
        dq.ChargeBack(**named)
    with pytest.raises(dq.InvalidValueError, match=part):
        dq.ChargeBack(**named, **{part: -1})
    with pytest.raises(dq.InvalidTypeError, match=part):
        dq.ChargeBack(**named, **{part: 1.0})


def test_a_charge_back_has_an_id_of_its_own():
    with pytest.raises(dq.InvalidValueError, match="a charge_back_id used once, found it twice"):
        account_of(made("charge-back", JAN), made("charge-back", FEB))
    with pytest.raises((dq.InvalidTypeError, dq.InvalidValueError), match="charge_back_id"):
        dq.ChargeBack(charge_back_id="", value_date=JAN, principal=1)


# Acceleration.


def test_at_an_acceleration_all_principal_falls_due_with_the_interest_of_its_days():
    """Half of February's 28 days of interest of 28.00: 14 days from 31 January, 14.00."""
    account = account_of(dq.Acceleration(date(2025, 2, 14)))
    assert opened(account, date(2025, 2, 13)) == (200, 38, 0, 0)
    assert opened(account, date(2025, 2, 14)) == (200, 24, 0, 0)
    charged = ledger_of(account, date(2025, 2, 14)).entries[-2:]
    assert [(e.charge_id, e.component, e.amount) for e in charged] == [
        ("accelerated-1", P, 100), ("accelerated-1", INT, 14)
    ]  # fmt: skip


def test_interest_up_to_an_acceleration_is_rounded_half_up():
    rows = (dq.Instalment(date(2025, 1, 3), 100, Decimal("0.01")),)
    half = account_of(dq.Acceleration(date(2025, 1, 2)), rows=rows)
    assert opened(half, JAN)[1] == Decimal("0.01")
    rows = (dq.Instalment(date(2025, 1, 4), 100, Decimal("0.01")),)
    third = account_of(dq.Acceleration(date(2025, 1, 2)), rows=rows)
    assert opened(third, JAN)[1] == 0


@pytest.mark.parametrize("stated", [0, 3, 40])
def test_the_lender_may_state_what_accrued(stated):
    account = account_of(dq.Acceleration(date(2025, 2, 14), stated))
    assert opened(account, MAR)[1] == 10 + stated


def test_what_was_paid_of_it_in_advance_is_taken_off():
    payments = [dq.Payment(JAN, 120)]
    assert opened(account_of(dq.Acceleration(FEB - 14 * DAY), payments=payments), MAR)[1] == 4
    stated = account_of(dq.Acceleration(FEB - 14 * DAY, 9), payments=payments)
    assert opened(stated, MAR)[1] == 0


def test_counting_goes_on_from_the_oldest_debt_after_an_acceleration():
    account = account_of(dq.Acceleration(date(2025, 2, 14)))
    assert dq.days_past_due(account, as_of=date(2025, 2, 15), policy=policy_of()) == 15
    paid = account_of(dq.Acceleration(date(2025, 2, 14)), payments=[dq.Payment(JAN, 110)])
    for as_of, days in ((date(2025, 2, 14), 0), (date(2025, 2, 15), 1)):
        assert dq.days_past_due(paid, as_of=as_of, policy=policy_of()) == days


def test_rows_that_have_fallen_due_and_charges_stay_as_they_are():
    fee = dq.Charge("late", F, 15, MAR, charged_on=JAN)
    account = account_of(dq.Acceleration(FEB), charges=[fee])
    assert opened(account, FEB) == (200, 38, 15, 0)
    assert ledger_of(account, FEB).superseded == []
    assert dq.assess(account, as_of=FEB, policy=policy_of()).exposure == 238


def test_the_fees_of_rows_to_come_fall_due_with_an_acceleration():
    rows = (dq.Instalment(JAN, 100, 0, 5), dq.Instalment(FEB, 100, 0, 6))
    account = account_of(dq.Acceleration(FIRST), rows=rows)
    assert dq.assess(account, as_of=FIRST, policy=policy_of()).exposure == 211


def test_held_money_settles_what_an_acceleration_brings_forward():
    order = dq.AllocationOrder.oldest_first(
        "interest", "principal", "fees", "penalty", excess=dq.Excess.HOLD
    )
    account = account_of(dq.Acceleration(FEB - DAY), payments=[dq.Payment(JAN, 150)])
    policy = policy_of(allocation=order)
    assert ledger_of(account, FEB - 2 * DAY, policy=policy).unallocated == 40
    after = ledger_of(account, FEB - DAY, policy=policy)
    assert (after.unallocated, after.open_amount()) == (0, 87)


# Charges in advance, and spans.


def test_a_charge_may_be_paid_from_the_day_it_was_charged():
    fee = dq.Charge("fee", F, 15, FEB, charged_on=JAN)
    rows = (dq.Instalment(FEB, 100),)
    for day, left in ((JAN - DAY, 15), (JAN, 0)):
        account = account_of(rows=rows, charges=[fee], payments=[dq.Payment(day, 115)])
        assert ledger_of(account, JAN - DAY).open_amount() == (0 if left else 100)
        held = 15 if left else 0
        assert ledger_of(account, day).unallocated == held
        assert ledger_of(account, JAN).open_amount() == 0


def test_a_charge_is_charged_on_or_before_its_due_date():
    assert dq.Charge("fee", F, 15, FEB, charged_on=FEB).enters_on == FEB
    assert dq.Charge("fee", F, 15, FEB).enters_on == FEB
    with pytest.raises(dq.InvalidValueError, match="on or before due_date 2025-02-28"):
        dq.Charge("fee", F, 15, FEB, charged_on=FEB + DAY)
    with pytest.raises(dq.InvalidTypeError, match="charged_on"):
        dq.Charge("fee", F, 15, FEB, charged_on=datetime(2025, 2, 1))
    with pytest.raises(dq.InvalidValueError, match="charged_on on or after originated_on"):
        account_of(charges=[dq.Charge("fee", F, 15, FEB, charged_on=FIRST - DAY)])


def test_a_charge_charged_early_is_known_from_that_day_unless_recorded_later():
    fee = dq.Charge("fee", F, 15, MAR, charged_on=JAN)
    assert opened(account_of(charges=[fee]), MAR, known_on=JAN)[2] == 15
    assert opened(account_of(charges=[fee]), MAR, known_on=JAN - DAY)[2] == 0


SPANS = (dq.CountingSuspension, dq.PenaltyWaiver, dq.FundsMisuse, dq.OffBalance)


@pytest.mark.parametrize("span", SPANS)
def test_spans_of_one_kind_touch_and_do_not_overlap(span):
    assert account_of(span(JAN, FEB), span(FEB))
    with pytest.raises(dq.InvalidValueError, match="may touch, not overlap"):
        account_of(span(JAN, FEB), span(FEB - DAY, MAR))
    with pytest.raises(dq.InvalidValueError, match="may touch, not overlap"):
        account_of(span(JAN), span(MAR))


def test_spans_of_two_kinds_may_overlap():
    assert len(account_of(*(span(JAN, MAR) for span in SPANS)).events) == 4


@pytest.mark.parametrize("span", SPANS)
def test_a_span_lasts_a_day_at_least_and_has_dates(span):
    with pytest.raises(dq.InvalidValueError, match="a day after 2025-01-31"):
        span(JAN, JAN)
    for bad in (datetime(2025, 1, 31), None, "2025-01-31"):
        with pytest.raises(dq.InvalidTypeError, match="start"):
            span(bad)
    with pytest.raises(dq.InvalidTypeError, match="end"):
        span(JAN, datetime(2025, 3, 31))
    with pytest.raises(dq.InvalidTypeError, match="recorded_on"):
        span(JAN, recorded_on=datetime(2025, 3, 31))


@pytest.mark.parametrize("span", SPANS)
def test_a_span_begins_with_the_account_at_the_earliest(span):
    assert account_of(span(FIRST))
    with pytest.raises(dq.InvalidValueError, match="start on or after originated_on"):
        account_of(span(FIRST - DAY))


@pytest.mark.parametrize(
    "share", [dq.Proportion(0, 1), dq.Proportion(3, 2), dq.Proportion(1, 1_001)]
)
def test_a_share_of_penalty_is_waived_between_nothing_and_all(share):
    with pytest.raises(dq.InvalidValueError, match="more than 0, at most 1"):
        dq.PenaltyWaiver(JAN, share=share)


@pytest.mark.parametrize("share", [0.5, 1, "1/2", None])
def test_a_share_of_penalty_is_a_proportion(share):
    with pytest.raises(dq.InvalidTypeError, match="a Proportion"):
        dq.PenaltyWaiver(JAN, share=share)


@pytest.mark.parametrize("span", SPANS[1:])
def test_spans_for_penalty_and_breakdown_neither_settle_nor_suspend(span):
    account = account_of(span(FIRST))
    assert opened(account, MAR) == opened(account_of(), MAR)
    assert dq.delinquent_days(account, as_of=MAR, policy=policy_of()) == 59


# Rates of the contract, and cards.


def test_contract_rates_are_kept_in_order_of_their_first_days():
    rates = [dq.DatedRate(day, dq.Rate.per_year("0.0435")) for day in (FEB, FIRST)]
    assert [one.effective_on for one in account_of(contract_rates=rates).contract_rates] == [
        FIRST,
        FEB,
    ]
    with pytest.raises(dq.InvalidValueError, match="two from 2025-02-28"):
        account_of(contract_rates=[rates[0], rates[0]])
    with pytest.raises(dq.InvalidTypeError):
        account_of(contract_rates=["0.0435"])


@pytest.mark.parametrize(
    ("day", "rate"), [(datetime(2025, 1, 1), dq.Rate.per_year(0)), (FIRST, "0.0435"), (FIRST, 0.04)]
)
def test_a_dated_rate_is_a_date_and_a_rate(day, rate):
    with pytest.raises(dq.InvalidTypeError):
        dq.DatedRate(day, rate)


def test_a_statement_of_a_card_is_due_to_whoever_pays_from_the_day_it_was_billed():
    billed = date(2025, 1, 11)
    rows = (dq.Instalment(JAN, 100, in_force_from=billed),)
    order = dq.AllocationOrder.oldest_first(
        "interest", "principal", "fees", "penalty", excess=dq.Excess.TO_BALANCE
    )
    policy = policy_of(allocation=order)
    for day, left, credit in ((billed - DAY, 100, 40), (billed, 60, 0), (billed + DAY, 60, 0)):
        card = account_of(rows=rows, product=dq.Product.CARD, payments=[dq.Payment(day, 40)])
        ledger = ledger_of(card, JAN, policy=policy)
        assert (ledger.open_amount(), ledger.unallocated) == (left, credit)
        assert dq.days_past_due(card, as_of=JAN, policy=policy) == 0
        assert dq.days_past_due(card, as_of=JAN + DAY, policy=policy) == 1
