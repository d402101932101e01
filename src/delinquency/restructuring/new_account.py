"""An account that a plan begins: its rows, its penalty as charges, and the fact of the change.

The one idea: what a draft owes is owed by the new account, to the minor unit, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import attrs

from delinquency.account import Account, Segment
from delinquency.amounts import from_minor
from delinquency.calendar import to_date
from delinquency.charges import Charge
from delinquency.component import Component
from delinquency.events import Restructuring
from delinquency.schedule import Instalment, Schedule

if TYPE_CHECKING:
    from delinquency.currency import Currency
    from delinquency.dated_rates import DatedRate
    from delinquency.restructuring.new_rows import NewRow
    from delinquency.rounding import Proportion

__all__ = ["NewAccountHead", "new_account", "penalty_charges"]


@attrs.frozen(slots=True, kw_only=True)
class NewAccountHead:
    """Whose the account is and what was agreed for it.

    Attributes
    ----------
    account_id, obligor_id : str
    segment : Segment
    currency : Currency
    contract_rates : sequence of DatedRate
    in_difficulty : bool
    """

    account_id: str
    obligor_id: str
    segment: Segment
    currency: Currency
    contract_rates: Sequence[DatedRate]
    in_difficulty: bool


def new_account(
    head: NewAccountHead,
    on: date,
    rows: Sequence[NewRow],
    diminished: Proportion,
    charges: Sequence[Charge] = (),
) -> Account:
    """The account from the start of a day on.

    Parameters
    ----------
    head : NewAccountHead
    on : date
    rows : sequence of NewRow
        At least one; what falls due.
    diminished : Proportion
        The share of the present value that was given up.
    charges : sequence of Charge, optional
        What stands beside the schedule from the beginning.
    """
    change = Restructuring(
        on,
        to_date(rows[0].due_day),
        in_difficulty=head.in_difficulty,
        diminished_share=diminished,
    )
    return Account(
        account_id=head.account_id,
        obligor_id=head.obligor_id,
        originated_on=on,
        segment=head.segment,
        schedule=Schedule(head.currency, [_instalment(row, head.currency) for row in rows]),
        charges=[*charges, *penalty_charges(rows, head.currency, on)],
        events=[change],
        contract_rates=head.contract_rates,
    )


def _instalment(row: NewRow, currency: Currency) -> Instalment:
    principal, interest, fees = (from_minor(amount, currency) for amount in row[1:4])
    return Instalment(to_date(row.due_day), principal, interest, fees)


def penalty_charges(rows: Sequence[NewRow], currency: Currency, on: date) -> Iterator[Charge]:
    """Penalty, which no row of a schedule can have, as charges of the due dates."""
    for number, row in enumerate(rows, start=1):
        if row.penalty:
            yield Charge(
                f"plan {on}, penalty {number}",
                Component.PENALTY,
                from_minor(row.penalty, currency),
                to_date(row.due_day),
                charged_on=on,
            )
