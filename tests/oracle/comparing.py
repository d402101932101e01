"""Library and oracle side by side, figure by figure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import delinquency as dq
from tests.oracle.day_by_day import live_through
from tests.oracle.owing import owing

AGES = (
    dq.CountName.DAYS_PAST_DUE,
    dq.CountName.DELINQUENT_DAYS,
    dq.CountName.MBA_MONTHS,
    dq.CountName.OTS_MONTHS,
)
"""Counts of one debt, which are those that ages by instalment can tell."""

Figures = dict[str, Any]


def open_amounts(ledger: dq.Ledger) -> dict[tuple[int | str, str], Fraction]:
    unit = 10**ledger.account.currency.minor_unit
    found = {}
    for obligation, amounts in zip(ledger.obligations, ledger.open_rows, strict=True):
        if not ledger.is_in_force(obligation):
            continue
        name = obligation.instalment_no or ledger.name_of(obligation)
        for component, minor in zip(dq.Component, amounts, strict=True):
            if minor:
                found[name, component.value] = Fraction(minor, unit)
    return found


def moves(ledger: dq.Ledger) -> dict[tuple[date, str, int | str, str], Fraction]:
    """What moved, by day, name of the move, debt and component."""
    found: dict[tuple[date, str, int | str, str], Fraction] = {}
    for entry in ledger.entries:
        name = entry.instalment_no or entry.charge_id
        key = (entry.value_date, entry.kind.value, name, entry.component.value)
        found[key] = found.get(key, Fraction(0)) + Fraction(entry.amount)
    return found


def figures(account: dq.Account, as_of: date, policy: dq.Policy, known_on: date | None) -> Figures:
    """What the library says."""
    asked = {"as_of": as_of, "policy": policy, "known_on": known_on}
    answer = dq.assess(account, **asked)
    next_payment = dq.next_payment_due(account, **asked)
    found = {
        "days_past_due": answer.days_past_due,
        "delinquent_days": answer.delinquent_days,
        "arrears": Fraction(answer.arrears),
        "exposure": Fraction(answer.exposure),
        "oldest_due_date": answer.oldest_due_date,
        "reading": answer.reading,
        "bucket_code": answer.bucket.code,
        "paid": Fraction(answer.ledger.paid),
        "unallocated": Fraction(answer.unallocated),
        "waived": Fraction(answer.ledger.waived),
        "written_off": Fraction(answer.ledger.written_off),
        "moves": moves(answer.ledger),
        "open_amounts": open_amounts(answer.ledger),
        "next_payment": next_payment and (next_payment.due_date, Fraction(next_payment.amount)),
    }
    if policy.buckets.reads in AGES:
        found["late"] = [
            (late.due_date, Fraction(late.open_amount), late.days_past_due, late.delinquent_days)
            for late in dq.instalment_ages(account, **asked)
        ]
    return found | charged_figures(account, asked)


def charged_figures(account: dq.Account, asked: dict[str, Any]) -> Figures:
    """The totals of penalty interest, where a policy has terms, and of a breakdown."""
    found: Figures = {}
    if asked["policy"].penalty is not None:
        told = dq.penalty_interest(account, **asked)
        found["penalty"] = {
            name: Fraction(getattr(told, name)) for name in ("accrued", "posted", "waived")
        }
    owed = dq.breakdown(account, **asked)
    found["owing"] = {
        state: {
            part.value: Fraction(getattr(getattr(owed, state), part.value)) for part in dq.Component
        }
        for state in ("past_due", "due", "not_due")
    } | {
        name: Fraction(getattr(owed, name))
        for name in (
            "accrued_interest",
            "unearned_interest",
            "prepaid_fees",
            "unposted_penalty",
            "payoff",
        )
    }
    return found


def lived(account: dq.Account, as_of: date, policy: dq.Policy, known_on: date | None) -> Figures:
    """What the oracle says."""
    life = live_through(account, as_of=as_of, policy=policy, known_on=known_on)
    answer = life.answer()
    found = vars(answer)
    found["late"] = [tuple(vars(late).values())[1:] for late in answer.late]
    if policy.buckets.reads not in AGES:
        del found["late"]
    if policy.penalty is not None:
        found["penalty"] = vars(life.penalty())
    return found | {"owing": vars(owing(life))}


def differences(
    account: dq.Account, as_of: date, policy: dq.Policy, known_on: date | None
) -> list[tuple[str, Any, Any]]:
    """Name, what the library says and what was lived, of each figure that differs."""
    said = figures(account, as_of, policy, known_on)
    was = lived(account, as_of, policy, known_on)
    assert said.keys() == was.keys()
    return [(name, said[name], was[name]) for name in was if said[name] != was[name]]
