"""Examples of the European Union, of the United Kingdom and of IFRS."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import attrs
from dateutil.relativedelta import relativedelta

import delinquency as dq
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
    ShareOfBase,
)
from delinquency.returns import diminished_share, level_payment, npv
from tests.vectors.case import PLAIN
from tests.vectors.worked_examples.asking import (
    assessed,
    day,
    first_day_in_state,
    loan,
    penalty_of,
    state_on,
    undated,
)

__all__ = [
    "both_limbs",
    "deferred",
    "high_cost_credit",
    "longer_and_cheaper",
    "ninety_consecutive_days",
    "probation",
    "second_measure",
    "thresholds_of_materiality",
    "two_years_at_five_percent",
]

RETAIL: Final = undated("eu-default-retail")
OTHER: Final = undated("eu-default-other")
EXPOSURE: Final = "exposure"
DEFAULT: Final = "default"
_FAR: Final = date(2035, 1, 31)


def _monthly(first: date, count: int) -> list[date]:
    return [first + relativedelta(months=number) for number in range(count)]


def probation(given: Mapping[str, Any]) -> dict[str, Any]:
    """Forborne while non-performing, and everything is paid: when may each status end at the earliest?"""
    granted = day(given["forbearance"])
    assert given["status_at_grant"] == "non-performing"
    dues = _monthly(granted + relativedelta(days=30), 60)
    account = loan(
        "EUR",
        [(granted - timedelta(days=150), 1000), *((due, 1000) for due in dues)],
        payments=[dq.Payment(granted, 1000), *(dq.Payment(due, 1000) for due in dues)],
        events=[dq.Restructuring(granted, dues[0], diminished_share=dq.Proportion(0, 1))],
    )
    assert state_on(account, granted - timedelta(days=1), RETAIL) == "non-performing"
    left_npe, left_forborne = (
        first_day_in_state(account, RETAIL, code, until=dues[-1], after=granted)
        for code in ("forborne performing after NPE", "performing")
    )
    months, _ = dq.months_and_days(granted, left_forborne)
    return {
        "earliest exit NPE": left_npe,
        "earliest exit forborne": left_forborne,
        "minimum years forborne": Decimal(months) / 12,
    }


def second_measure(given: Mapping[str, Any]) -> dict[str, Any]:
    """Forborne while performing, and again under probation: is it non-performing by itself?"""
    assert given["status_at_grant"] == "performing"
    granted = date(2022, 1, 1)
    again = granted + relativedelta(months=given["second_measure_after_months"])
    dues = _monthly(date(2022, 1, 31), 40)
    account = loan(
        "EUR",
        [(due, 1000) for due in dues],
        originated_on=date(2021, 6, 30),
        payments=[dq.Payment(due, 1000) for due in dues],
        events=[
            dq.Restructuring(on, on + timedelta(days=30), diminished_share=dq.Proportion(0, 1))
            for on in (granted, again)
        ],
    )
    days = dq.assess_status(account, as_of=dues[-1], policy=RETAIL).spans(EXPOSURE)
    assert state_on(account, again, RETAIL) == "forborne performing"
    return {"automatic NPE": not all(span.state.is_performing for span in days)}


def _owing(due_amount: Decimal | int, exposure: Decimal | int, due: date) -> dq.Account:
    """A part of the exposure is past due, the rest falls due much later."""
    return loan(
        "EUR", [(due, due_amount), (_FAR, exposure - due_amount)], segment=dq.Segment.RETAIL
    )


def both_limbs(given: Mapping[str, Any]) -> dict[str, Any]:
    """150 past due of 20,000: more than 100, and not more than 1 %. Is it material?"""
    due = date(2021, 3, 31)
    asked = due + timedelta(days=400)
    account = _owing(given["past_due"], given["exposure"], due)
    alone = _owing(given["past_due"], given["past_due"] + 1, due)
    assert assessed(account, asked, RETAIL).days_past_due == 400

    def is_material(one: dq.Account) -> bool:
        return dq.material_days_past_due(one, as_of=asked, policy=RETAIL) > 0

    return {"abs_exceeded": is_material(alone), "material": is_material(account)}


def ninety_consecutive_days(given: Mapping[str, Any]) -> dict[str, Any]:
    """Both limbs are exceeded without a break: what is day 90, and which is the first day of default?"""
    account = _owing(1000, 2000, day(given["both_limbs_exceeded_from"]))
    first = first_day_in_state(
        account, RETAIL, "default", until=date(2021, 12, 31), machine=DEFAULT
    )
    before = first - timedelta(days=1)
    assert dq.material_days_past_due(account, as_of=before, policy=RETAIL) == 90
    states = {"not in default": "not default", "default": "default"}
    return {
        "counter 90": states[state_on(account, before, RETAIL, DEFAULT)],
        "first default day": first,
    }


def thresholds_of_materiality(_: Mapping[str, Any]) -> dict[str, Any]:
    """What is the most that may be past due, in euro and in per cent, and for how long?"""
    due = date(2021, 3, 31)

    def days(due_amount: int, exposure: int, policy: dq.Policy) -> int:
        account = _owing(due_amount, exposure, due)
        return dq.material_days_past_due(account, as_of=due + timedelta(days=1), policy=policy)

    def most_euros(policy: dq.Policy) -> int:
        return max(amount for amount in range(1, 1000) if not days(amount, 1000, policy))

    late = _owing(1000, 2000, due)
    first = first_day_in_state(late, RETAIL, "default", until=date(2021, 12, 31), machine=DEFAULT)
    return {
        "absolute_eur.retail": most_euros(RETAIL),
        "absolute_eur.non_retail": most_euros(OTHER),
        "relative_percent": max(
            percent for percent in range(1, 10) if not days(1000 * percent, 100_000, RETAIL)
        ),
        "days": dq.material_days_past_due(late, as_of=first - timedelta(days=1), policy=RETAIL),
    }


def _is_default(share: dq.Proportion) -> bool:
    """Whether a loan that is paid as agreed is in default by a restructuring that gives up so much."""
    change = dq.Restructuring(date(2024, 5, 10), date(2024, 5, 31), diminished_share=share)
    dues = _monthly(date(2024, 5, 31), 3)
    account = loan(
        "EUR", [(due, 1000) for due in dues], originated_on=date(2024, 1, 31), events=[change]
    )
    return state_on(account, change.value_date, RETAIL, DEFAULT) != "not in default"


def _judged(name: str, share: dq.Proportion) -> dict[str, Any]:
    return {f"DO_{name}": share, f"default_{name}": _is_default(share)}


def longer_and_cheaper(given: Mapping[str, Any]) -> dict[str, Any]:
    """A loan at 1 % a month over 24 months instead of 12, at 1 % and at 0.8 %: is that a default?"""
    original = Decimal("0.01")

    def payments(count: int, rate: Decimal) -> list[Decimal]:
        each = level_payment(
            rate=rate, instalment_count=count, present_value=-given["balance"], decimals=20
        )
        return [each] * count

    before = payments(12, original)
    shares = {
        name: diminished_share(before, payments(24, rate), rate=original)
        for name, rate in {"A": original, "B": Decimal("0.008")}.items()
    }
    return {
        "NPV0": npv(before, rate=original, periods_ahead=1, decimals=2),
        **_judged("A", shares["A"]),
        **_judged("B", shares["B"]),
    }


def _deferral(given: Mapping[str, Any], years: int = 2) -> dict[str, dq.Proportion]:
    """A bullet that comes later, without interest on the delay and with it at the original rate."""
    rate, amount = given["eir"], given["bullet"]
    coupon = amount * given["coupon"]
    before = [*[coupon] * (given["years"] - 1), amount + coupon]
    grown = [each * (1 + rate) ** years for each in before]
    return {
        name: diminished_share(before, [*[0] * years, *after], rate=rate)
        for name, after in {"A": before, "B": grown}.items()
    }


def deferred(given: Mapping[str, Any]) -> dict[str, Any]:
    """Everything is paid two years later, without interest on the delay and with it: is that a default?"""
    coupon = given["bullet"] * given["coupon"]
    before = [*[coupon] * (given["years"] - 1), given["bullet"] + coupon]
    shares = _deferral(given)
    return {
        "NPV0": npv(before, rate=given["eir"], periods_ahead=1, decimals=2),
        **_judged("A", shares["A"]),
        **_judged("B", shares["B"]),
    }


def two_years_at_five_percent(given: Mapping[str, Any]) -> dict[str, Any]:
    """All flows of a loan at 5 % are deferred by two years: how much is given up, of a loan of any kind?"""
    bullet = {
        "bullet": 100,
        "coupon": Decimal("0.05"),
        "years": 5,
        "eir": Decimal(str(given["eir"])),
    }
    share = _deferral(bullet, given["deferral_years"])["A"]
    return {"recomputed_percent": dq.Proportion(100 * share.numerator, share.denominator)}


def high_cost_credit(given: Mapping[str, Any]) -> dict[str, Any]:
    """100 pounds for 30 days at 0.8 % a day: what is the most that interest may be, and all charges?"""
    terms = PenaltyTerms(
        rate=FixedPenaltyRate(dq.Rate.per_day(given["daily"])),
        base=PenaltyBase.OVERDUE_PRINCIPAL,
        compounding=Compounding.NONE,
        day_count=dq.DayCount.ACT_365F,
        posting=Posting.ON_DEMAND,
        grain=RoundingGrain.INSTALMENT,
        caps=[ShareOfBase(dq.Proportion(1, 1))],
    )
    policy = attrs.evolve(PLAIN, penalty=terms)
    due = date(2025, 1, 31)
    account = loan("GBP", [(due, given["credit"])])

    def after(days: int) -> Decimal:
        return penalty_of(account, due + timedelta(days=days), policy)

    assert after(125) == after(126) == after(1000)
    return {"initial_cost_cap": after(given["days"]), "total_cost_cap": after(1000)}
