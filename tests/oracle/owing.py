"""What a life leaves to be paid: by state and component, and what would settle it.

The one idea: the page is read once more at the close, each debt by whether it fell due before, on or after
the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.debts import NAMES, NOTHING, Debt
from tests.oracle.deciding import interest_to_come, paid_ahead


@dataclass
class OwingAnswer:
    past_due: dict[str, Fraction]
    due: dict[str, Fraction]
    not_due: dict[str, Fraction]
    accrued_interest: Fraction
    unearned_interest: Fraction
    prepaid_fees: Fraction
    unposted_penalty: Fraction
    payoff: Fraction


def owing(life: Any) -> OwingAnswer:
    """What a life owes at its close."""
    today, standing = life.as_of, life.page.standing()
    states = [
        _by_name([debt for debt in standing if test(debt.due)])
        for test in (lambda due: due < today, lambda due: due == today, lambda due: due > today)
    ]
    earned, paid = interest_to_come(life.page, today, life.account, None)
    unposted = NOTHING
    if life.delay is not None:
        unposted = life.delay.accrued_in_all() - life.delay.posted_in_all()
    prepaid = paid_ahead(life.page, today, "fees")
    charged_ahead = _by_name([one for one in standing if one.due > today and not one.is_row])
    owed = sum((*states[0].values(), *states[1].values()), NOTHING)
    ahead = states[2]["principal"] + charged_ahead["fees"] + charged_ahead["penalty"]
    return OwingAnswer(
        *states,
        accrued_interest=max(NOTHING, earned - paid),
        unearned_interest=max(NOTHING, paid - earned),
        prepaid_fees=prepaid,
        unposted_penalty=unposted,
        payoff=owed + ahead + earned - paid - prepaid + unposted - life.purse.unallocated(),
    )


def _by_name(debts: list[Debt]) -> dict[str, Fraction]:
    return {name: sum((one.open.get(name, NOTHING) for one in debts), NOTHING) for name in NAMES}
