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
from delinquency.portfolio.cards.told import card_columns, statement_columns
from delinquency.revolving.ledger import card_ledger

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from delinquency.portfolio.cards.book import CardBook
    from delinquency.portfolio.kernels.cards.layout import CardOutputs, StatementOutputs
    from delinquency.revolving.record import CardLedger, MinimumRequirement

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
    of_statements = statement_columns(out)
    for number, statement in enumerate(ledger.statements):
        asked = _required(required.get(statement.number))
        for name, column in of_statements.items():
            value = asked[name] if name in asked else getattr(statement, name)
            column[begin + number] = _whole(value, ledger)
    for name, column in card_columns(more).items():
        if name == "balances":
            column[row] = [_whole(amount, ledger) for _, amount in ledger.balances]
        else:
            column[row] = _whole(getattr(ledger, name), ledger)
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


def _required(required: MinimumRequirement | None) -> dict[str, Any]:
    """What a statement newly requires; nothing where there is no requirement of it."""
    return {
        "required_principal": required.principal if required else 0,
        "required_interest": required.interest if required else 0,
        "required_fees": required.fees if required else 0,
        "requirement_open": required.open_amount if required else 0,
    }
