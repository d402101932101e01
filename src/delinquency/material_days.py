"""How long arrears have been material: the days past due of a definition of default.

The one idea: the count is of closes, not of a debt's age. It needs every close since the account began, and
begins again at the first one that is within a limb.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from delinquency.calendar import day_number
from delinquency.errors import PolicyError
from delinquency.replaying import known_day_of, ledger_rule, named_errors, version_in_force
from delinquency.status.stretches import material_days_of

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["material_days_past_due"]


def material_days_past_due(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> int:
    """Consecutive closes up to ``as_of`` at which arrears exceeded both limbs of materiality [days].

    A suspended day is not counted, and does not end the row; a close within one of the limbs does.

    Raises
    ------
    PolicyError
        The policy says nothing of materiality. Else as :func:`~delinquency.assessment.assess`.

    References
    ----------
    Delegated Regulation (EU) 2018/171, Article 1; Regulation (EU) 2018/1845, Article 3, as corrected in 2020.
    """
    version = version_in_force(account, as_of, policy, "material_days_past_due")
    if version.counting.materiality is None:
        raise PolicyError.at(
            f"policy {version.name!r}, counting",
            expected="a policy with materiality",
            found="none",
        )
    day = day_number(as_of, where="material_days_past_due", field="as_of")
    known_day = known_day_of(known_on, "material_days_past_due")
    rule = ledger_rule(version, account.currency)
    with named_errors(account):
        return material_days_of(account, rule, version.counting, day, known_day)
