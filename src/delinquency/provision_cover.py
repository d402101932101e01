"""What a rate of provisions is a share of, and which part of it collateral covers.

The one idea: collateral covers no more than there is to cover, and an account that was unsecured when it
began stays so, whatever came later.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from delinquency.calendar import day_number
from delinquency.counting.days import count_exposure
from delinquency.provision_table import ProvisionBase, ProvisionRate
from delinquency.replaying import known_day_of, replay_version
from delinquency.status.security import security_of
from delinquency.status.stretches import without_reversed

if TYPE_CHECKING:
    from delinquency.assessment import Assessment
    from delinquency.ledger import Ledger
    from delinquency.rounding import Proportion

__all__ = ["base_of", "secured_part", "was_covered"]


def secured_part(assessment: Assessment, rate: ProvisionRate, base: int) -> int | None:
    """The part of the base that takes the share of a rate which has another one for the rest."""
    if rate.unsecured_share is None:
        return None
    if rate.unsecured_up_to is not None:
        return base if was_covered(assessment, rate.unsecured_up_to) else 0
    return min(base, _collateral(assessment, assessment.as_of))


def was_covered(assessment: Assessment, up_to: Proportion) -> bool:
    """Whether collateral covered more than a share of the exposure on the first day of the account."""
    account = assessment.account
    first = replay_version(
        account,
        as_of=account.originated_on,
        version=assessment.policy,
        known_on=assessment.known_on,
    )
    value = _collateral(assessment, account.originated_on)
    return value * up_to.denominator > up_to.numerator * count_exposure(first)


def _collateral(assessment: Assessment, day: date) -> int:
    """What the collateral in force on a day is worth, as it is known now [minor units]."""
    as_of = day_number(assessment.as_of, where="provision", field="as_of")
    known = known_day_of(assessment.known_on, "provision")
    security = security_of(without_reversed(assessment.account, as_of, known), known)
    return security.value_on(day_number(day, where="provision", field="day"))


def base_of(base: ProvisionBase, ledger: Ledger) -> int:
    """What the rates are a share of [minor units]."""
    match base:
        case ProvisionBase.EXPOSURE:
            return count_exposure(ledger)
        case ProvisionBase.PRINCIPAL:
            rows = zip(ledger.obligations, ledger.open_rows, strict=True)
            return sum(row[0] for obligation, row in rows if ledger.is_in_force(obligation))
