"""Published allocation, penalty and closing of a public loan system, as the ledger tells them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import permutations
from typing import Any

import attrs
import pytest

import delinquency as dq
from delinquency.amortisation import LevelPayment, Residue
from delinquency.calendar import add_months
from delinquency.ledger import EntryKind, Standing
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)
from tests.vectors.after_lending.test_published import INR, lending, lent
from tests.vectors.case import PLAIN
from tests.vectors.published import load, needs_folder
from tests.vectors.what_is_owed.status import STATUS

pytestmark = needs_folder

PRINCIPAL, INTEREST, FEES, PENALTY = dq.Component


def day(text: str) -> date:
    return date.fromisoformat(text)


def in_order(*components: dq.Component, **more: Any) -> dq.Policy:
    order = dq.AllocationOrder.oldest_first(*components, excess=dq.Excess.TO_BALANCE)
    return attrs.evolve(PLAIN, allocation=order, **more)


INSTALMENT_FIRST = in_order(INTEREST, PRINCIPAL, PENALTY, FEES)
PENALTY_FIRST = in_order(PENALTY, INTEREST, PRINCIPAL, FEES)


def account(given: dict[str, Any], **facts: Any) -> dq.Account:
    """The loan of a case, its level payment rounded up to a whole unit.

    A first period shorter than a month bears its own days; of a longer one the source takes the other days
    beside the schedule.
    """
    begins, first = day(given["disbursement_date"]), day(given["first_due_date"])
    is_longer = begins < add_months(first, -1)
    terms = lent(
        given,
        first_due_date=first,
        disbursed_on=begins,
        instalment_count=given["periods"],
        method=dq.AmortisationMethod.ANNUITY,
        first_period=dq.FirstPeriod.AS_REGULAR if is_longer else dq.FirstPeriod.OWN_LENGTH,
        rounding=dq.RoundingMode.HALF_EVEN,
        level_payment=LevelPayment(
            multiple=1, rounding=dq.RoundingMode.CEILING, basis=dq.NominalPeriods()
        ),
        residue=Residue.LAST,
    )
    return dq.Account(
        account_id="loan",
        originated_on=begins,
        schedule=dq.repayment_schedule(terms),
        **facts,
    )


def moved(ledger: dq.Ledger, component: dq.Component, kind: EntryKind) -> Decimal:
    amounts = (
        entry.amount
        for entry in ledger.entries
        if (entry.component, entry.kind) == (component, kind)
    )
    return sum(amounts, Decimal(0))


def penal(rate_percent: str, base: PenaltyBase, **more: Any) -> PenaltyTerms:
    given = {
        "compounding": Compounding.NONE,
        "posting": Posting.ON_DEMAND,
        "grain": RoundingGrain.ACCOUNT,
        **more,
    }
    rate = FixedPenaltyRate(dq.Rate.percent(rate_percent))
    return PenaltyTerms(rate=rate, base=base, day_count=dq.DayCount.ACT_365F, **given)


def test_every_case_has_a_status():
    for group in ("allocation", "penalty", "closure"):
        assert {case["id"] for case in load(f"lending/{group}.json")["cases"]} <= set(STATUS)


@pytest.mark.parametrize("case_id", ["ALO-01", "ALO-03"])
def test_what_exceeds_the_instalment_reduces_the_balance(case_id):
    case = lending("allocation", case_id)
    paid = case["input"]["payment"]
    on = day(paid["date"])
    loan = account(case["input"], payments=[dq.Payment(on, Decimal(paid["amount"]))])
    ledger = dq.replay(loan, as_of=on, policy=INSTALMENT_FIRST)
    told = case["expected"]
    places = Decimal(1).scaleb(-case["assertion_dp"])
    principal = moved(ledger, PRINCIPAL, EntryKind.SETTLED)
    assert principal.quantize(places, ROUND_HALF_EVEN) == Decimal(told["principal_paid"]).quantize(
        places, ROUND_HALF_EVEN
    )
    if "interest_paid" in told:
        assert moved(ledger, INTEREST, EntryKind.SETTLED) == Decimal(told["interest_paid"])


def test_penalty_on_overdue_interest_alo_05():
    case = lending("allocation", "ALO-05")
    given, told = case["input"], case["derived"]
    paid_on = day(given["payment"]["date"])
    due = day(given["accrued_to"])
    rows = [
        dq.Instalment(due, 0, Decimal("11095.89")),
        dq.Instalment(date(2020, 10, 1), Decimal(given["principal"])),
    ]
    loan = dq.Account(
        account_id="demand",
        originated_on=day(given["disbursement_date"]),
        schedule=dq.Schedule(INR, rows),
        payments=[dq.Payment(paid_on, Decimal(given["payment"]["amount"]))],
    )
    terms = penal(
        given["penalty_rate_percent"],
        PenaltyBase.OVERDUE_INSTALMENT,
        grace_days=given["grace_days"],
        grace_kind=PenaltyGrace.NEVER_CHARGED,
    )
    policy = attrs.evolve(
        PENALTY_FIRST, penalty=terms, penalty_in_waterfall=dq.PenaltyPlace.ON_DEMAND
    )
    ledger = dq.replay(loan, as_of=paid_on, policy=policy)
    penalty, interest, principal = (
        moved(ledger, part, EntryKind.SETTLED) for part in (PENALTY, INTEREST, PRINCIPAL)
    )
    assert penalty == Decimal(told["penalty"]) == Decimal(case["expected"]["penalty_paid"])
    assert principal == Decimal(given["payment"]["amount"]) - penalty - interest
    cancelled = attrs.evolve(loan, payments=[attrs.evolve(loan.payments[0], reversed_on=paid_on)])
    after = dq.replay(cancelled, as_of=paid_on, policy=policy)
    assert moved(after, PRINCIPAL, EntryKind.SETTLED) == 0


def test_a_back_dated_payment_gives_the_ledger_of_chronological_entry_alo_07():
    given = lending("allocation", "ALO-07")["input"]
    days = [day(text) for text in given["entry_order_b"]]
    amount = Decimal(given["payment_amount"])
    entered = [dq.Payment(on, amount) for on in days]
    for some in list(permutations(entered))[::17]:
        loan = account(given, payments=some)
        chronological = account(given, payments=entered)
        for as_of in days:
            a, b = (
                dq.replay(each, as_of=as_of, policy=INSTALMENT_FIRST)
                for each in (loan, chronological)
            )
            assert a.entries == b.entries


def test_penal_interest_on_three_unpaid_instalments_pen_01():
    """47,523.00 × 25 % × (63 + 32 + 2) / 365 = 3,157.35; the source loses three days and says 3,059.70."""
    case = lending("penalty", "PEN-01")
    given = case["input"]
    loan = account(given)
    policy = attrs.evolve(
        INSTALMENT_FIRST,
        penalty=penal(given["penalty_rate_percent"], PenaltyBase.OVERDUE_INSTALMENT),
    )
    told = dq.penalty_interest(loan, as_of=day(given["as_of"]), policy=policy)
    assert [line.days for line in told.segments] == case["derived"]["calendar_days_exclusive"]
    assert told.accrued == Decimal(case["derived"]["without_the_defect_exclusive_97_days"])


def test_the_days_that_bear_and_a_payment_on_the_due_date_pen_03():
    case = lending("penalty", "PEN-03")
    given, told = case["input"], case["expected"]
    policy = attrs.evolve(
        INSTALMENT_FIRST,
        penalty=penal(given["penalty_rate_percent"], PenaltyBase.OVERDUE_INSTALMENT),
    )
    as_of = day(given["run_to"]) + timedelta(days=1)
    (line,) = dq.penalty_interest(account(given), as_of=as_of, policy=policy).segments
    assert (str(line.start), line.days) == (
        told["before"]["penal_accrual_first"],
        told["before"]["penal_accrual_count"],
    )
    assert str(line.end - timedelta(days=1)) == told["before"]["penal_accrual_last"]
    due = day(given["backdated_payment"]["value_date"])
    payable = dq.breakdown(account(given), as_of=due, policy=policy).due.total
    paid = account(given, payments=[dq.Payment(due, payable)])
    answer = dq.penalty_interest(paid, as_of=as_of, policy=policy)
    assert len(answer.segments) == told["after"]["penal_accruals_active"]


def test_a_shortfall_within_the_tolerance_is_waived_clo_01():
    case = lending("closure", "CLO-01")
    given = case["input"]
    paid_on = day(given["payment"]["date"])
    row = dq.Instalment(
        paid_on, Decimal(given["principal"]), Decimal(case["derived"]["interest_31_days"])
    )
    loan = dq.Account(
        account_id="demand",
        originated_on=day(given["disbursement_date"]),
        schedule=dq.Schedule(INR, [row]),
        payments=[dq.Payment(paid_on, Decimal(given["payment"]["amount"]))],
    )
    principal_first = in_order(
        PRINCIPAL, INTEREST, PENALTY, FEES, closing_tolerance=Decimal(given["tolerance"])
    )
    ledger = dq.replay(loan, as_of=paid_on, policy=principal_first)
    assert ledger.waived == Decimal(case["expected"]["interest_waived"])
    assert moved(ledger, INTEREST, EntryKind.WAIVED) == ledger.waived
    assert ledger.standing is Standing.SETTLED


def test_a_recovery_of_what_was_written_off_and_its_cancellation_clo_03():
    case = lending("closure", "CLO-03")
    given, told = case["input"], case["expected"]
    written_off_on = day(given["write_off_date"])
    row = dq.Instalment(
        written_off_on, Decimal(given["principal"]), Decimal(case["derived"]["non_principal_part"])
    )
    recovery = dq.Payment(
        day(given["recovery"]["date"]),
        Decimal(given["recovery"]["amount"]),
        kind=dq.PaymentKind.RECOVERY,
    )
    loan = dq.Account(
        account_id="loan",
        originated_on=day(given["disbursement_date"]),
        schedule=dq.Schedule(INR, [row]),
        payments=[recovery],
        events=[dq.WriteOff(written_off_on)],
    )
    ledger = dq.replay(loan, as_of=written_off_on, policy=INSTALMENT_FIRST)
    paid = moved(ledger, PRINCIPAL, EntryKind.RECOVERED)
    assert paid == Decimal(told["after_recovery"]["total_principal_paid"])
    assert ledger.unallocated == 0
    cancelled = attrs.evolve(loan, payments=[attrs.evolve(recovery, reversed_on=written_off_on)])
    after = dq.replay(cancelled, as_of=written_off_on, policy=INSTALMENT_FIRST)
    assert moved(after, PRINCIPAL, EntryKind.RECOVERED) == Decimal(
        told["after_cancel"]["total_principal_paid"]
    )
    assert after.standing.name.replace("_", " ").title() == told["after_cancel"]["status"]


def test_full_settlement_and_its_reversal_clo_05():
    case = lending("closure", "CLO-05")
    given = case["input"]
    words = {Standing.SETTLED: "Settled", Standing.ACTIVE: "Disbursed"}
    payments: list[dq.Payment] = []
    closures: list[dq.Closure] = []
    for step, told in zip(given["steps"], case["expected"]["status_after_steps"], strict=True):
        if step.get("action") == "cancel previous":
            on = payments[-1].value_date
            payments[-1] = attrs.evolve(payments[-1], reversed_on=on)
            closures[-1] = attrs.evolve(closures[-1], reversed_on=on)
        else:
            on = day(step["date"])
            payments.append(dq.Payment(on, Decimal(step["amount"])))
            if step["type"] == "full_settlement":
                closures.append(dq.Closure(on))
        loan = account(given, payments=payments, events=closures)
        ledger = dq.replay(loan, as_of=on, policy=INSTALMENT_FIRST)
        if told in words.values():
            assert words[ledger.standing] == told
