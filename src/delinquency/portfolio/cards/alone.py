"""Cards that the kernel leaves to the verb for one card.

The one idea: the verb for one card has whole numbers of any size; what it says is written to the places
that the kernel left open, if a column can hold it.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from delinquency.calendar import EPOCH_ORDINAL
from delinquency.decimals import whole_after_shift
from delinquency.errors import PortfolioError
from delinquency.revolving.ledger import card_ledger

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from delinquency.portfolio.cards.book import CardBook
    from delinquency.portfolio.kernels.cards.layout import CardOutputs, StatementOutputs
    from delinquency.revolving.record import CardLedger, CardStatement, MinimumRequirement

__all__ = ["fill_alone"]


def fill_alone(
    book: CardBook,
    rows: npt.NDArray[np.int64],
    as_of: date,
    known_on: date | None,
    out: StatementOutputs,
    more: CardOutputs,
) -> None:
    """Fill the rows of the given cards by the verb for one card.

    Raises
    ------
    PortfolioError
        A figure that no column can hold.
    """
    for row in rows.tolist():
        ledger = card_ledger(book.card(row), as_of=as_of, known_on=known_on)
        try:
            _fill(ledger, row, out, more)
        except OverflowError:
            raise PortfolioError.in_rows(
                "accounts",
                [row],
                reason="figures_too_large",
                expected="figures of a card below 2**63 minor units",
                found="more",
                hint="card_ledger(book.card(row), as_of=...) tells them.",
            ) from None


def _fill(ledger: CardLedger, row: int, out: StatementOutputs, more: CardOutputs) -> None:
    begin = int(out.offsets[row])
    required = {each.statement_no: each for each in ledger.requirements}
    for number, statement in enumerate(ledger.statements):
        told = _statement(statement, required.get(statement.number))
        for name, value in told.items():
            getattr(out, name)[begin + number] = _whole(value, ledger)
    for number, (_, amount) in enumerate(ledger.balances):
        more.balances[6 * row + number] = _whole(amount, ledger)
    for name, value in _card(ledger).items():
        getattr(more, name)[row] = _whole(value, ledger)
    place = int(more.credit_offsets[row])
    more.credit_count[row] = len(ledger.credits_to_minimums)
    for number, (day, amount) in enumerate(ledger.credits_to_minimums):
        more.credit_day[place + number] = _whole(day, ledger)
        more.credit_amount[place + number] = _whole(amount, ledger)


def _whole(value: Any, ledger: CardLedger) -> int:
    """An amount in minor units, a date as a day number, a yes, no or not yet as 1, 0 or -1."""
    match value:
        case None:
            return -1
        case Decimal():
            return cast("int", whole_after_shift(value, ledger.card.currency.minor_unit))
        case date():
            return value.toordinal() - EPOCH_ORDINAL
        case _:
            return int(value)


def _statement(statement: CardStatement, required: MinimumRequirement | None) -> dict[str, Any]:
    return {
        "statement_day": statement.statement_date,
        "due_day": statement.due_date,
        "judged_day": statement.judged_on,
        "opening": statement.opening_balance,
        "closing": statement.closing_balance,
        "past_due": statement.past_due_part,
        "required_principal": required.principal if required else 0,
        "required_interest": required.interest if required else 0,
        "required_fees": required.fees if required else 0,
        "requirement_open": required.open_amount if required else 0,
        "unbilled_plans": statement.plan_principal_unbilled,
        "missed": statement.missed_cycles,
        "paid_in_full": statement.is_paid_in_full,
        "minimum_met": statement.is_minimum_met,
        **{name: getattr(statement, name) for name in _ALIKE},
    }


_ALIKE = (
    "purchases",
    "cash_advances",
    "plan_parts",
    "fees",
    "late_fees",
    "interest",
    "payments",
    "refunds",
    "converted",
    "full_payment",
    "minimum_due",
    "over_limit",
)


def _card(ledger: CardLedger) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(ledger, name) for name in _ALIKE_OF_CARD}
    return {"unbilled_plans": ledger.plan_principal_unbilled, **told}


_ALIKE_OF_CARD = (
    "accrued_interest",
    "credit_balance",
    "credit_limit",
    "available_credit",
    "charged",
    "settled",
    "paid",
    "converted",
    "missed_consecutive",
    "missed_still_open",
)
