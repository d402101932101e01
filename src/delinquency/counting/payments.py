"""Counting in payments: how many are missing, and how long ago the last one came.

The one idea: "two payments behind" is a statement about whole contractual payments, and a lender has
chosen once how a part payment counts towards one: by the shortfall in all, or as full from 90 % on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY
from delinquency.component import Component, component_position
from delinquency.counting.days import held_out
from delinquency.counting.rule import Counting, FirstDay, PartialPayments

if TYPE_CHECKING:
    from delinquency.ledger import Ledger

__all__ = ["days_since_last_payment", "payments_in_arrears"]

_PENALTY = component_position(Component.PENALTY)


def payments_in_arrears(ledger: Ledger, counting: Counting) -> int:
    """Whole contractual payments in arrears [payments].

    ``AGGREGATE``: walking back from the newest late instalment, the instalments whose amounts fit
    whole into the shortfall. ``NEARLY_FULL``: late instalments less those satisfied, where money in
    order of time satisfies the next instalment as soon as it reaches the share of it that counts as
    full; what is short of a full payment is then forgiven for counting.

    A contractual payment is the counted part of an instalment; charges are none. Under ``NEARLY_FULL``
    a change of schedule begins the count anew. What is disputed of a late instalment is not asked for.

    References
    ----------
    FFIEC, Uniform Retail Credit Classification and Account Management Policy, 65 FR 36903,
    "Partial payments": either method, never both on one loan.
    """
    columns = counting.counted_columns
    limit = ledger.as_of_day + int(counting.first_day is FirstDay.DUE_DATE)
    late: list[int] = []
    asked = _asked_for(ledger, counting)
    held = held_out(ledger, counting)
    shortfall = 0
    for index, row in enumerate(ledger.obligations):
        if row.kind or row.due_day >= limit or not ledger.is_in_force(row):
            continue
        amount = asked[index]
        if amount:
            late.append(amount)
            shortfall += sum(ledger.open_rows[index][column] for column in columns)
            shortfall -= held.get(index, 0)
    if counting.partial_payments is PartialPayments.AGGREGATE:
        return _whole_payments(late, shortfall)
    return max(0, len(late) - _satisfied(ledger, counting))


def _whole_payments(late: list[int], shortfall: int) -> int:
    whole = 0
    for amount in reversed(late):
        if shortfall < amount:
            break
        shortfall -= amount
        whole += 1
    return whole


def _asked_for(ledger: Ledger, counting: Counting) -> list[int]:
    """The counted amount of each debt, less what was waived, written off or is disputed [minor units].

    Penalty that the ledger charged is no part of what was agreed, and nor is what was let off of it.
    """
    columns = counting.counted_columns
    asked = [sum(row[5 + column] for column in columns) for row in ledger.obligations]
    if ledger.swept is not None:
        for _, place, column, amount in (*ledger.moves.waived, *ledger.moves.written_off):
            asked[place] -= amount if column in columns and column != _PENALTY else 0
    for place, amount in held_out(ledger, counting).items():
        asked[place] -= amount
    return asked


def _satisfied(ledger: Ledger, counting: Counting) -> int:
    share = counting.full_payment_share
    asked = _asked_for(ledger, counting)
    contractual = [
        asked[index]
        for index, row in enumerate(ledger.obligations)
        if not row.kind and ledger.is_in_force(row) and asked[index]
    ]
    ends = (until for _, until in ledger.account.schedule.validity_days)
    since = max((until for until in ends if until <= ledger.as_of_day), default=-NONE_DAY)
    held = 0
    satisfied = 0
    for day, amount in ledger.money_rows:
        if day < since:
            continue
        held += amount
        while satisfied < len(contractual) and (
            held * share.denominator >= contractual[satisfied] * share.numerator
        ):
            held = max(0, held - contractual[satisfied])
            satisfied += 1
    return satisfied


def days_since_last_payment(ledger: Ledger, counting: Counting) -> int:
    """Days from the last day whose payments reach the least payment to the close asked for [days].

    Payments of one day are added up. Without any, days since origination. 0 before origination.
    """
    account = ledger.account
    least = to_minor(
        counting.least_payment, account.currency, where="counting", field="least_payment"
    )
    last = max(
        (day for day, amount in ledger.money_rows if amount >= least),
        default=account.originated_day,
    )
    return max(0, ledger.as_of_day - last)
