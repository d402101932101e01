"""Examples of the Reserve Bank of India and of lenders that restate its rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from dateutil.relativedelta import relativedelta

import delinquency as dq
from delinquency.restructuring.draft import FEES, MoveKind
from tests.vectors.restructuring.lending import restructured
from tests.vectors.worked_examples.asking import (
    assessed,
    day,
    first_day_in_state,
    loan,
    state_on,
    undated,
    unpaid,
)

__all__ = [
    "all_facilities",
    "changed_after_npa",
    "changed_before_npa",
    "charge_by_charge",
    "day_end_timeline",
    "every_loan_of_a_customer",
    "upgrade",
]

INDIA: Final = undated("in-sma")
BEFORE_NPA: Final = ("standard", "SMA-0", "SMA-1", "SMA-2")


def day_end_timeline(given: Mapping[str, Any]) -> dict[str, Any]:
    """An instalment is never paid: on which day is the account flagged, SMA-1, SMA-2, NPA?"""
    due = day(given["due_date"])
    account = unpaid(due, "INR")
    return {
        name: first_day_in_state(account, INDIA, code, until=due + timedelta(days=120))
        for name, code in {
            "overdue_flag": "SMA-0",
            "SMA-1": "SMA-1",
            "SMA-2": "SMA-2",
            "NPA": "substandard",
        }.items()
    }


def _four_instalments(given: Mapping[str, Any], *payments: dq.Payment) -> dq.Account:
    dues = [(day(due), amount) for due, amount in given["instalments"]]
    return loan("INR", dues, payments=payments)


def upgrade(given: Mapping[str, Any]) -> dict[str, Any]:
    """How much must a borrower pay on 1 July 2021 to be standard again?"""
    npa, asked = day(given["npa_date"]), date(2021, 7, 1)
    unpaid_loan = _four_instalments(given)
    assert first_day_in_state(unpaid_loan, INDIA, "substandard", until=asked) == npa
    arrears = assessed(unpaid_loan, asked, INDIA).arrears
    one_cent_less = _four_instalments(given, dq.Payment(asked, arrears - Decimal("0.01")))
    # The oldest instalment that is still open is a day old, and the loan an NPA all the same.
    assert assessed(one_cent_less, asked, INDIA).days_past_due == 2
    assert state_on(one_cent_less, asked, INDIA) == "substandard"
    whole = _four_instalments(given, dq.Payment(asked, arrears))
    assert state_on(whole, asked, INDIA) == "standard"
    until = state_on(one_cent_less, asked, INDIA)
    return {
        "status_until_arrears_cleared": "standard" if until in BEFORE_NPA else "NPA",
        "amount_needed_to_upgrade_on_2021_07_01": arrears,
    }


def _facility(name: str, due: date, *payments: dq.Payment) -> dq.Account:
    return loan("INR", [(due, 1000)], account_id=name, obligor_id="A", payments=payments)


def _borrower(accounts: list[dq.Account], as_of: date) -> dq.ObligorAssessment:
    return dq.assess_obligor(accounts, as_of=as_of, policy=INDIA)


def all_facilities(given: Mapping[str, Any]) -> dict[str, Any]:
    """One of three facilities is an NPA: since when is the borrower, and when is everything repaid?"""
    npa_name, npa_day = given["npa"][0], day(given["npa"][1])
    others = [name for name in given["facilities"] if name != npa_name]

    def borrower(as_of: date) -> dq.ObligorAssessment:
        late = [dq.Payment(date(2021, 7, 15), 1000)]
        return _borrower(
            [
                # Its 91st day is the day of the example.
                _facility(
                    npa_name, npa_day - timedelta(days=90), dq.Payment(date(2021, 7, 10), 1000)
                ),
                *(_facility(name, date(2021, 6, 30), *late) for name in others),
            ],
            as_of,
        )

    days = [npa_day + timedelta(days=number) for number in range(-1, 30)]
    return {
        "all_facilities_npa_on": next(each for each in days if _is_npa(borrower(each))),
        "upgrade": next(each for each in days if borrower(each).is_cleared),
    }


def _is_npa(borrower: dq.ObligorAssessment) -> bool:
    return not borrower.worst_states["asset class"].state.is_performing


def every_loan_of_a_customer(given: Mapping[str, Any]) -> dict[str, Any]:
    """A loan is 93 days past due, another owes nothing yet: is the customer an NPA, and each loan with it?"""
    accounts = [_facility(each["id"], day(each["first_due_date"])) for each in given["loans"]]
    as_of = day(given["classify"]["date"])
    answer = _borrower(accounts, as_of)
    days = [accounts[0].originated_on + timedelta(days=number) for number in range(31, 130)]
    return {
        "loan1_is_npa": _is_npa(answer),
        "loan2_is_npa": _is_npa(answer),
        "customer_is_npa": _is_npa(answer),
        "derived.loan1_dpd": answer.days_past_due,
        "derived.first_npa_date": next(
            each for each in days if _is_npa(_borrower(accounts[:1], each))
        ),
    }


def _restructured(given: Mapping[str, Any]) -> dq.Account:
    """One instalment a month before the change and after it; which amounts is of no account here."""
    on, new = (day(given["restructure"][key]) for key in ("date", "new_first_due_date"))
    first = day(given["first_due_date"])
    old = [
        dq.Instalment(due, 1000, in_force_until=on)
        for due in (first + relativedelta(months=number) for number in range(22))
    ]
    rows = [
        dq.Instalment(due, 1000, in_force_from=on)
        for due in (new + relativedelta(months=number) for number in range(22))
    ]
    return dq.Account(
        account_id="A",
        originated_on=day(given["disbursement_date"]),
        schedule=dq.Schedule(
            dq.Currency.of("INR"), sorted([*old, *rows], key=lambda row: row.due_date)
        ),
        payments=[dq.Payment(day(paid["date"]), 1000) for paid in given["payments"]],
        events=[dq.Restructuring(on, new)],
    )


def changed_before_npa(given: Mapping[str, Any]) -> dict[str, Any]:
    """Seven days late, then restructured, then never paid: how late is the loan, and is it an NPA?"""
    account, on = _restructured(given), day(given["restructure"]["date"])
    later = day(given["classify_later"])
    return {
        "after_restructure.dpd": assessed(account, on, INDIA).days_past_due,
        "after_restructure.is_npa": state_on(account, on, INDIA) not in BEFORE_NPA,
        "on_2024_08_11.is_npa": state_on(account, later, INDIA) not in BEFORE_NPA,
        "derived.dpd_before_restructure": assessed(
            unpaid(day(given["first_due_date"]), "INR"), on, INDIA
        ).days_past_due,
        "derived.dpd_on_2024_08_11": assessed(account, later, INDIA).days_past_due,
    }


def changed_after_npa(given: Mapping[str, Any]) -> dict[str, Any]:
    """An NPA is restructured, paid twice and late by a day: how late is it on each day, and is it an NPA?"""
    account, on = _restructured(given), day(given["restructure"]["date"])
    eve, after = (state_on(account, each, INDIA) for each in (on - timedelta(days=1), on))
    return {
        "after_restructure.dpd": assessed(account, on, INDIA).days_past_due,
        "after_restructure.is_npa": after not in BEFORE_NPA,
        "after_restructure.classification": "unchanged" if after == eve else after,
        "derived.dpd_2024_08_05": assessed(account, day(given["classify"]), INDIA).days_past_due,
        "derived.dpd_2024_11_05": assessed(account, date(2024, 11, 5), INDIA).days_past_due,
    }


def charge_by_charge(given: Mapping[str, Any]) -> dict[str, Any]:
    """Of each charge a part is capitalised and the rest waived: how much of each, and by how many entries?"""
    done = restructured(given)
    kinds = [move.kind for move in done.draft_after.moved if move.column == FEES]
    return {
        "charges_capitalization_entries": kinds.count(MoveKind.CAPITALISED),
        "charges_waiver_entries": kinds.count(MoveKind.WAIVED),
        "derived.charges_capitalised": str(done.capitalised.fees),
        "derived.charges_waived": str(done.waived.fees),
    }
