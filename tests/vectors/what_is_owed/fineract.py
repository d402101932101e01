"""Timelines of a public loan system as accounts and ledgers: what each payment settled.

The system's rules in the words of the library: a charge stands with the instalment in whose period it
falls due, after maturity it is a debt of its own; its HORIZONTAL is INSTALMENT_FIRST and its VERTICAL
COMPONENT_FIRST; a charge-off is a write-off of everything open, whose rows the system goes on showing as
outstanding; the termination of a contract is an acceleration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from delinquency import (
    Acceleration,
    Account,
    AllocationGrain,
    AllocationOrder,
    AllocationStep,
    Charge,
    ChargeBack,
    Component,
    Counting,
    DueState,
    Excess,
    KindOrder,
    Ledger,
    Payment,
    PaymentKind,
    PenaltyPlace,
    Policy,
    Proportion,
    Schedule,
    WriteOff,
    repayment_schedule,
    replay,
)
from delinquency.late_fees import FeeBase, LateFeeTerms, ShareFee
from delinquency.ledger import EntryKind
from tests.vectors.amortisation.cases import fineract_terms
from tests.vectors.case import PLAIN
from tests.vectors.fineract import account_at, timeline

__all__ = ["Row", "charges_of", "ledger_at", "published_rows", "rows_of", "split_of"]

_COMPONENTS: Final = {
    "PENALTY": Component.PENALTY,
    "PENALTIES": Component.PENALTY,
    "FEE": Component.FEES,
    "FEES": Component.FEES,
    "PRINCIPAL": Component.PRINCIPAL,
    "INTEREST": Component.INTEREST,
}
_EXCESS: Final = {
    "NEXT_INSTALLMENT": Excess.NEXT_INSTALMENT,
    "LAST_INSTALLMENT": Excess.LAST_INSTALMENT,
    "REAMORTIZATION": Excess.REAMORTISE,
}
_KINDS: Final = {
    "REPAYMENT": PaymentKind.REPAYMENT,
    "GOODWILL_CREDIT": PaymentKind.GOODWILL,
    "MERCHANT_ISSUED_REFUND": PaymentKind.REFUND,
    "PAYOUT_REFUND": PaymentKind.REFUND,
}

Row = tuple[Any, ...]
"""Due date, four amounts due, paid, paid in advance, paid late, outstanding."""


def ledger_at(name: str, seq: int) -> Ledger:
    """The ledger at the checkpoint ``seq`` of a case."""
    published = timeline(name)
    steps = [step for step in published["timeline"] if step["seq"] < seq]
    (expected,) = [step for step in published["timeline"] if step["seq"] == seq]
    account = _account(published, steps, seq)
    return replay(account, as_of=_day(expected["as_of"]), policy=_policy(published, steps))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _account(published: dict[str, Any], steps: list[dict[str, Any]], seq: int) -> Account:
    loan = _loan(steps)
    product = published["products"][loan["product"]]
    if Decimal(loan["annual_rate_pct"]):
        schedule = repayment_schedule(fineract_terms(loan, product))
        begins = _day(loan["submitted_on"])
    else:
        plain = account_at(published, seq)
        schedule, begins = plain.schedule, plain.originated_on
    return Account(
        account_id=published["id"],
        originated_on=begins,
        schedule=_without_charges(schedule),
        charges=[*_charges(steps, schedule)],
        payments=[*_payments(published, steps)],
        events=[*_events(steps)],
    )


def _loan(steps: list[dict[str, Any]]) -> dict[str, Any]:
    (loan,) = [step["loan"] for step in steps if step.get("op") == "create_loan"]
    return dict(loan)


def _without_charges(schedule: Schedule) -> Schedule:
    """Rows that hold a charge alone are debts of their own here."""
    rows = [row for row in schedule.instalments if row.principal or row.interest]
    return Schedule(schedule.currency, rows)


def _charges(steps: list[dict[str, Any]], schedule: Schedule) -> Iterator[Charge]:
    rows = [row for row in schedule.instalments if row.principal or row.interest]
    for step in steps:
        if step.get("op") == "add_charge":
            due = _day(step["due_date"])
            number = next((n for n, row in enumerate(rows, 1) if due <= row.due_date), None)
            yield Charge(
                f"{step['charge']} {step['seq']}",
                Component.PENALTY if step["is_penalty"] else Component.FEES,
                Decimal(step["amount"]),
                due,
                instalment_no=number,
                charged_on=min(_day(step["booked_on"]), due),
            )


def _payments(published: dict[str, Any], steps: list[dict[str, Any]]) -> Iterator[Payment]:
    product = next(iter(published["products"].values()))
    for step in steps:
        match step.get("op"):
            case "disburse" if product.get("down_payment_auto"):
                share = Decimal(product["down_payment_pct"]) / 100
                yield Payment(_day(step["date"]), Decimal(step["amount"]) * share)
            case "repayment":
                yield Payment(_day(step["date"]), Decimal(step["amount"]))
            case "transaction":
                yield Payment(
                    _day(step["date"]), Decimal(step["amount"]), kind=_KINDS[step["type"]]
                )


def _events(steps: list[dict[str, Any]]) -> Iterator[Any]:
    for step in steps:
        match step.get("op"):
            case "charge_off":
                # The source writes the schedule off as it stands, interest of later days included.
                yield from (WriteOff(_day(step["date"]), part) for part in Component)
            case "contract_termination":
                yield Acceleration(_day(step["date"]))
            case "chargeback":
                yield ChargeBack(
                    charge_back_id=f"chargeback {step['seq']}",
                    value_date=_day(step["date"]),
                    principal=Decimal(step["amount"]),
                )


def _policy(published: dict[str, Any], steps: list[dict[str, Any]]) -> Policy:
    product = next(iter(published["products"].values()))
    loan = _loan(steps)
    rules = dict(product.get("payment_allocation", {}).get("future_rule", {}))
    for step in steps:
        if step.get("op") == "set_future_allocation_rule":
            rules[step["transaction_type"]] = step["rule"]
    order = _order(product, loan["strategy"])
    by_kind = {_KINDS[kind]: _with(order, rule) for kind, rule in rules.items() if kind in _KINDS}
    return Policy(
        name="fineract",
        counting=Counting(),
        allocation=_with(order, rules.get("DEFAULT", "NEXT_INSTALLMENT")),
        late_fees=[*_late_fees(published, product)],
        allocation_by_kind=[KindOrder(kind, own) for kind, own in by_kind.items()],
        penalty_in_waterfall=PenaltyPlace.OUTSIDE,
        buckets=PLAIN.buckets,
    )


def _late_fees(published: dict[str, Any], product: dict[str, Any]) -> Iterator[LateFeeTerms]:
    told = product.get("overdue_charge")
    if told is not None:
        assert told["calculation"] == "PERCENT_OF_OVERDUE_PRINCIPAL_PLUS_INTEREST"
        yield LateFeeTerms(
            name="overdue charge",
            amount=ShareFee(
                Proportion.parse(Decimal(told["percent"]) / 100), FeeBase.OVERDUE_INSTALMENT
            ),
            wait_days=published["config"]["penalty_wait_period_days"],
            due_with_instalment=True,
            component=Component.PENALTY if told["is_penalty"] else Component.FEES,
        )


def _with(order: AllocationOrder, rule: str) -> AllocationOrder:
    return AllocationOrder(order.steps, order.grain, _EXCESS[rule])


def _order(product: dict[str, Any], strategy: str) -> AllocationOrder:
    if "payment_allocation" in product:
        grain = AllocationGrain.INSTALMENT_FIRST
        if product["processing"] == "VERTICAL":
            grain = AllocationGrain.COMPONENT_FIRST
        words = [word.rpartition("_") for word in product["payment_allocation"]["order"]]
        steps = [AllocationStep(DueState[state], _COMPONENTS[part]) for state, _, part in words]
        return AllocationOrder(steps, grain)
    due, _, ahead = strategy.removeprefix("DUE_").removesuffix("_ORDER").partition("_IN_ADVANCE_")
    dues, aheads = _named(due), _named(ahead or due)
    return AllocationOrder(
        [
            AllocationStep(state, part)
            for state, parts in zip(DueState, (dues, dues, aheads), strict=True)
            for part in parts
        ]
    )


def _named(text: str) -> list[Component]:
    return [_COMPONENTS[word] for word in re.findall(r"[A-Z]+", text) if word in _COMPONENTS]


def published_rows(step: dict[str, Any]) -> list[Row]:
    """A published schedule as rows of the library."""
    return [
        (
            _day(row["due_date"]),
            *(
                Decimal(row[f"{name}_due"])
                for name in ("principal", "interest", "fees", "penalties")
            ),
            *(
                Decimal(row[name])
                for name in ("paid", "paid_in_advance", "paid_late", "outstanding")
            ),
        )
        for row in step["periods"]
    ]


def rows_of(ledger: Ledger) -> list[Row]:
    """What is due and paid by due date of the instalments; a charge stands in its instalment's row."""
    rows: dict[date, list[Decimal]] = {}
    by_name = {charge.charge_id: charge for charge in ledger.account.charges}
    instalments = ledger.account.schedule.instalments
    for entry in ledger.entries:
        charge = by_name.get(entry.charge_id or "")
        due = entry.due_date
        if charge is not None and charge.instalment_no is not None:
            due = instalments[charge.instalment_no - 1].due_date
        row = rows.setdefault(due, [Decimal(0)] * 8)
        column = list(Component).index(entry.component)
        match entry.kind:
            case EntryKind.CHARGED:
                row[column] += entry.amount
                row[7] += entry.amount
            case EntryKind.SUPERSEDED:
                row[column] -= entry.amount
                row[7] -= entry.amount
            case EntryKind.SETTLED:
                row[4] += entry.amount
                row[5] += entry.amount if entry.value_date < due else 0
                row[6] += entry.amount if entry.value_date > due else 0
                row[7] -= entry.amount
    return [(due, *amounts) for due, amounts in sorted(rows.items()) if any(amounts)]


def charges_of(ledger: Ledger) -> list[tuple[date, Decimal, Decimal]]:
    """Each charge by due date, in order: what is due and what is paid of it."""
    told: dict[str, list[Any]] = {
        charge.charge_id: [charge.due_date, Decimal(charge.amount), Decimal(0)]
        for charge in ledger.account.charges
    }
    for entry in ledger.entries:
        if entry.charge_id is None:
            continue
        row = told.setdefault(entry.charge_id, [entry.due_date, Decimal(0), Decimal(0)])
        if entry.kind is EntryKind.SETTLED:
            row[2] += entry.amount
        elif entry.kind is EntryKind.CHARGED and entry.charge_id.startswith("late-fee"):
            row[1] += entry.amount
    return sorted((due, amount, paid) for due, amount, paid in told.values())


def split_of(ledger: Ledger, value_date: date, *, kind: EntryKind) -> tuple[Decimal, ...]:
    """Principal, interest, fees and penalty that were moved on a day."""
    parts = dict.fromkeys(Component, Decimal(0))
    for entry in ledger.entries:
        if entry.value_date == value_date and entry.kind is kind:
            parts[entry.component] += entry.amount
    return tuple(parts.values())
