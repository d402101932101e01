"""Why a payment settled what it settled.

The one idea: the replay left behind what each credit did, and the age by which it was ordered; an
explanation is those rows and the order of the terms, as a tree that text is made of when somebody reads it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor
from delinquency.calendar import day_number
from delinquency.citation import Citation
from delinquency.decimals import exact_sum
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.explanation import Explanation
from delinquency.revolving.orders import ByKind, HighestRateFirst
from delinquency.revolving.record import CardAllocation, CardLedger
from delinquency.sequences import checked_tuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from delinquency.revolving.orders import BalanceOrder

__all__ = ["explain_credits"]


def explain_credits(
    ledger: CardLedger, *, value_date: date, citations: Iterable[Citation] = ()
) -> Explanation:
    """What the credits of one day settled, and by which order.

    The rule ``card_credits`` has the amount settled, the age before the credits and the order; below it one
    ``card_settled`` for each debit, in the order in which they were settled.

    Parameters
    ----------
    ledger : CardLedger
    value_date : date
        On or before the day of the ledger. A day without credits is explained too: nothing was settled.
    citations : iterable of Citation, optional
        The sources of the order.

    Raises
    ------
    InvalidTypeError
        Not a ledger of a card; not a date; no citations.
    InvalidValueError
        A day after that of the ledger.

    References
    ----------
    商业银行信用卡业务监督管理办法, Article 57, for the age.

    Examples
    --------
    Of a ledger in which 500.00 were paid on day 91 of the oldest minimum, principal first:
    ``card_credits`` 500.00, days past due 91, and below it ``card_settled`` 500.00 of the purchase. See
    :func:`~delinquency.revolving.ledger.card_ledger` for the ledger.
    """
    where = "explanation of credits"
    if not isinstance(ledger, CardLedger):
        raise InvalidTypeError.at(where, expected="a CardLedger", found=ledger)
    day_number(value_date, where=where, field="value_date")
    if value_date > ledger.as_of:
        raise InvalidValueError.at(
            where, expected=f"value_date on or before {ledger.as_of}", found=str(value_date)
        )
    rows = [row for row in ledger.allocations if row.value_date == value_date]
    nothing = from_minor(0, ledger.card.currency)
    age = rows[0].days_past_due if rows else 0
    inputs = {
        "value_date": value_date,
        "currency": ledger.card.currency.code,
        "days_past_due": age,
        "order": _told(ledger.card.terms.order, age),
    }
    return Explanation(
        "card_credits",
        exact_sum((nothing, *(row.amount for row in rows))),
        inputs,
        checked_tuple(citations, Citation, f"{where}, citation"),
        tuple(map(_settled, rows)),
    )


def _settled(row: CardAllocation) -> Explanation:
    inputs: dict[str, object] = {"kind": row.kind.value, "source": row.source.value}
    if row.transaction_id is not None:
        inputs["transaction_id"] = row.transaction_id
    if row.statement_no is not None:
        inputs["statement_no"] = row.statement_no
    return Explanation("card_settled", row.amount, inputs)


def _told(order: BalanceOrder, age: int) -> str:
    kinds = order.kinds_at(age) if isinstance(order, ByKind) else order.kinds
    listed = ", ".join(kind.value for kind in kinds)
    if isinstance(order, ByKind):
        return listed
    if isinstance(order, HighestRateFirst):
        return f"highest rate first; {listed}"
    return f"minimum by kind, then highest rate first; {listed}"
