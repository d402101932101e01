"""Examples of the United States: counts of months, Regulations X and Z, credit bureaus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import attrs

import delinquency as dq
from delinquency import reporting
from delinquency.calendar import day_number
from delinquency.late_fees import (
    FeeFacts,
    LateFeeTerms,
    SafeHarbourFee,
    fee_minor,
    fee_table,
)
from tests.vectors.case import PLAIN, counting_by
from tests.vectors.worked_examples.asking import (
    assessed,
    day,
    first_day_in_state,
    loan,
    undated,
    unpaid,
)

__all__ = [
    "cap_of_a_late_fee",
    "charge_off",
    "closed_end_table",
    "history_profile",
    "late_or_returned",
    "mba_and_ots",
    "one_fee_a_due_date",
    "ots",
    "partial_payments",
    "rolling_delinquency",
    "statuses_by_days",
]

MBA: Final = counting_by(dq.CountName.MBA_MONTHS)
OTS: Final = counting_by(dq.CountName.OTS_MONTHS)
IN_ARREARS: Final = counting_by(dq.CountName.PAYMENTS_IN_ARREARS)
METRO2: Final = dq.rulebook.load("us-metro2")


def mba_and_ots(given: Mapping[str, Any]) -> dict[str, Any]:
    """Due 1 April and never paid: how many months by each method at the ends of April and of May?"""
    first = day(given["due_date"])
    account = loan("USD", [(first, 300), (first.replace(month=5), 300)])
    return {
        f"{name} at {text}": assessed(account, as_of, policy).reading
        for text, as_of in {
            "30 Apr": first.replace(day=30),
            "31 May": first.replace(month=5, day=31),
        }.items()
        for name, policy in {"MBA": MBA, "OTS": OTS}.items()
    }


def ots(_: Mapping[str, Any]) -> dict[str, Any]:
    """Due 1 July, unpaid on 1 August: what is the status by the OTS method at the end of each month?"""
    account = unpaid(date(2007, 7, 1), "USD")
    return {
        f"status end {month}": _months(assessed(account, as_of, OTS).reading)
        for month, as_of in {"July": date(2007, 7, 31), "Aug": date(2007, 8, 31)}.items()
    }


def _months(reading: int) -> str:
    return f"{30 * reading} days" if reading else "current"


def rolling_delinquency(given: Mapping[str, Any]) -> dict[str, Any]:
    """January is unpaid until a payment of February settles it: how many days delinquent, before and after?"""
    paid_on = day(f"2023-{given['payment']['on']}")
    account = loan(
        "USD",
        [(date(2023, 1, 1), 500), (date(2023, 2, 1), 500)],
        payments=[dq.Payment(paid_on, 500)],
    )
    return {
        f"days_delinquent_{text}": assessed(account, day(f"2023-{text}"), PLAIN).days_past_due
        for text in (given["as_of"], given["then_as_of"])
    }


def partial_payments(given: Mapping[str, Any]) -> dict[str, Any]:
    """Half of each of six payments is paid: how much is short, and how many full months past due?"""
    dues = [date(2001, month, 1) for month in range(1, given["months"] + 1)]
    assert given["method"] == "aggregate"
    account = loan(
        "USD",
        [(due, given["installment"]) for due in dues],
        payments=[dq.Payment(due, given["paid_each_month"]) for due in dues],
    )
    answer = assessed(account, dues[-1] + timedelta(days=1), IN_ARREARS)
    return {"shortage": answer.arrears, "full_months_past_due": answer.reading}


def closed_end_table(given: Mapping[str, Any]) -> dict[str, Any]:
    """Due on the 10th and never paid: how delinquent in each period, by months and by payments?"""
    first = day(f"2005-{given['first_unpaid']}")
    dues = [first.replace(month=first.month + number) for number in range(4)]
    account = loan("USD", [(due, 300) for due in dues])
    found: dict[str, Any] = {}
    for due in dues:
        last = due.replace(month=due.month + 1) - timedelta(days=1)
        (words,) = {_closed_end(account, as_of) for as_of in (due, last)}
        found[f"{due:%m-%d}..{last:%m-%d}"] = words
    return found


def _closed_end(account: dq.Account, as_of: date) -> str:
    """By months of the OTS method, and by the payments that are due and unpaid on the day."""
    months = assessed(account, as_of, OTS).reading
    if not months:
        return "not delinquent"
    # A payment is past due from the day after on; the one that is due on the day is unpaid as well.
    unpaid_ones = dq.instalment_ages(account, as_of=as_of + timedelta(days=1), policy=PLAIN)
    return f"{30 * months} days or {len(unpaid_ones)} payments"


def charge_off(_: Mapping[str, Any]) -> dict[str, Any]:
    """Never paid: how many days past due when it is substandard, and when it is a loss?"""
    due = date(2024, 3, 31)
    account = unpaid(due, "USD")

    def days(name: str, code: str) -> int:
        policy = undated(name)
        first = first_day_in_state(account, policy, code, until=date(2024, 12, 31))
        return assessed(account, first, policy).days_past_due

    (substandard,) = {
        days(name, "substandard") for name in ("us-ffiec-closed-end", "us-ffiec-open-end")
    }
    return {
        "substandard_days": substandard,
        "loss_closed_end_days": days("us-ffiec-closed-end", "loss"),
        "loss_open_end_days": days("us-ffiec-open-end", "loss"),
    }


HARBOUR: Final = fee_table("us-card-safe-harbour-30-41")


def _fee(
    on: date,
    *,
    required: int,
    unpaid_part: int,
    cycle: int = 1,
    fee_cycles: Sequence[int] = (),
    fees_charged: int = 0,
) -> Decimal:
    """The fee of a card within the safe harbour, at most the minimum payment due before it."""
    terms = LateFeeTerms(
        name="late",
        amount=SafeHarbourFee(HARBOUR),
        cap_by_minimum=True,
        once_per_instalment=True,
    )
    facts = FeeFacts(
        day=day_number(on, where="example", field="on"),
        open_amounts=(100_000, 0, 0, 0),
        required_minimum=100 * required,
        unpaid_minimum=100 * unpaid_part,
        cycle=cycle,
        fee_cycles=tuple(fee_cycles),
        fees_charged=fees_charged,
    )
    return Decimal(fee_minor(terms, facts)) / 100


def cap_of_a_late_fee(_: Mapping[str, Any]) -> dict[str, Any]:
    """A minimum of 15 is unpaid, or paid in part, or followed by a larger one: what is the most of a fee?"""
    return {
        "cap_i": _fee(date(2013, 9, 26), required=15, unpaid_part=15),
        "cap_ii": _fee(date(2013, 9, 26), required=15, unpaid_part=5),
        "cap_iii": _fee(date(2013, 11, 5), required=15, unpaid_part=15),
    }


def one_fee_a_due_date(_: Mapping[str, Any]) -> dict[str, Any]:
    """March is unpaid, and April in part or not: how much may be charged for each due date?"""
    march = {"required": 20, "unpaid_part": 20, "cycle": 3}
    april = {"cycle": 4, "fee_cycles": [3]}
    return {
        "A_fee": _fee(date(2013, 3, 26), **march),
        "A_second_fee_31_Mar": _fee(date(2013, 3, 31), **march, fees_charged=1),
        "B_fee_26_Apr_max": _fee(date(2013, 4, 26), required=70, unpaid_part=50, **april),
        "C_fee_26_Apr": _fee(date(2013, 4, 26), required=20, unpaid_part=0, **april),
    }


def late_or_returned(_: Mapping[str, Any]) -> dict[str, Any]:
    """A second late payment that is a first returned one: how much may be charged, and for both?"""
    on = date(2013, 8, 27)
    august = {"required": 50, "unpaid_part": 50, "cycle": 8}
    return {
        "either late fee max": _fee(on, **august, fee_cycles=[7]),
        "or returned fee max": _fee(on, **august),
        "both": bool(_fee(on, **august, fees_charged=1)),
    }


def _metro2(account: dq.Account, as_of: date, *events: reporting.CreditEvent) -> Any:
    return reporting.metro2_status(account, as_of=as_of, policy=METRO2, events=events)


def statuses_by_days(given: Mapping[str, Any]) -> dict[str, Any]:
    """So many days past due: account status, payment rating and character of the history?"""
    due = date(2000, 1, 31)
    account = attrs.evolve(unpaid(due, "USD"), originated_on=date(1990, 1, 1))
    transfer = reporting.CreditEvent(reporting.ReportedState.TRANSFERRED, date(1990, 1, 1))
    bands: dict[str, dict[str, Any]] = {}
    codes = []
    for days in given["dpd"]:
        as_of = due + timedelta(days=days)
        status = _metro2(account, as_of).account_status
        codes.append(status)
        # The history is of ends of months: an account that is as late at the end of June 2025.
        month_end = date(2025, 6, 30)
        late = unpaid(month_end - timedelta(days=days), "USD")
        profile = _metro2(late, date(2025, 7, 1)).payment_history_profile
        found = {
            "account_status": status,
            "payment_rating": _metro2(account, as_of, transfer).payment_rating,
            "history_code": profile[0],
        }
        band = bands.setdefault(status, {"min": days, **found})
        assert {key: band[key] for key in found} == found
        band["max"] = None if days == max(given["dpd"]) else days
    return {"bands": list(bands.values()), "derived.codes_for_input": codes}


def history_profile(_: Mapping[str, Any]) -> dict[str, Any]:
    """How many months has the profile of a loan of eight months, and which is the first?"""
    dues = [date(2025, month, 1) for month in range(1, 9)]
    answer = _metro2(loan("USD", [(due, 100) for due in dues]), date(2025, 7, 15))
    assert answer.months[0].reported_on == date(2025, 6, 30)
    assert "B" not in answer.payment_history_profile.rstrip("B")
    return {"length": len(answer.payment_history_profile)}
