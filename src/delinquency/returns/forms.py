"""What to write instead: the hints that go with the refusal of a wrong type.

Who comes from a spreadsheet hands over plain amounts, pairs of a date and an amount, texts, or the rows of
a whole table. The one idea: the hint follows from what was given, and shows the form to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, cast

__all__ = [
    "LIST_OF_AMOUNTS",
    "LIST_OF_FLOWS",
    "for_amount",
    "for_flow",
    "for_number",
    "for_text",
    "for_whole_number",
]

LIST_OF_AMOUNTS: Final = 'Write a list: [Decimal("-1000.00"), Decimal("1080.00")].'
LIST_OF_FLOWS: Final = "Write a list: [CashFlow(date, amount), CashFlow(date, amount)]."


def for_flow(found: object, *, without_dates: str = "") -> str:
    """Where a cash flow is meant; ``without_dates`` is the verb for amounts alone.

    Examples
    --------
    >>> print(for_flow((date(2025, 1, 31), -100)))
    Write CashFlow(date(2025, 1, 31), -100).
    >>> print(for_flow(-100, without_dates="irr"))
    Write CashFlow(date, -100), each amount with its date. Amounts one a period are for irr.
    """
    if _is_row(found):
        return "table.cash_flows() gives the flows of a table; of other rows, write CashFlow(date, amount)."
    if (pair := _pair_as_flow(found)) is not None:
        return f"Write {pair}."
    if (amount := _number_as_written(found)) is not None:
        alone = f" Amounts one a period are for {without_dates}." if without_dates else ""
        return f"Write CashFlow(date, {amount}), each amount with its date.{alone}"
    return 'Write CashFlow(date(2025, 1, 31), Decimal("-1000.00")).'


def for_amount(found: object, *, with_dates: str = "") -> str:
    """Where an amount without a date is meant; ``with_dates`` is the verb for cash flows.

    Empty for what is no row, no pair and no cash flow.

    Examples
    --------
    >>> print(for_amount((date(2025, 1, 31), -100), with_dates="xirr"))
    Amounts come one a period, without dates. With dates use xirr, of CashFlow(date(2025, 1, 31), -100).
    """
    if _is_row(found):
        hint = "Write the amounts alone: what was lent, then row.payment of each row."
        dated = "of table.cash_flows()"
    elif (pair := _pair_as_flow(found)) is not None:
        hint = "Amounts come one a period, without dates."
        dated = f"of {pair}"
    elif hasattr(found, "date") and hasattr(found, "amount"):
        hint = "Write the amounts alone: [flow.amount for flow in flows]."
        dated = "of the same flows"
    else:
        return ""
    return f"{hint} With dates use {with_dates}, {dated}." if with_dates else hint


def for_text(found: object) -> str:
    """Where an amount is meant, what to do about a text."""
    number = _number_as_written(found) or 'Decimal("12.34")'
    return f"Write {number}; text from outside is parsed at the edge, with parse_amount."


def for_number(found: object) -> str:
    """Where a rate or another exact number is meant.

    Examples
    --------
    >>> print(for_number("0.1"))
    Write Decimal("0.1").
    >>> print(for_number("10%"))
    Write Decimal("0.05"): a share, 5 % is 0.05.
    """
    if isinstance(found, float):
        return f'Write Decimal("{found}"), from a string: a float holds few rates exactly.'
    if hasattr(found, "as_decimal"):
        return "Write rate.as_decimal(), the share per period of the Rate."
    if isinstance(found, str) and (number := _number_as_written(found)) is not None:
        return f"Write {number}."
    return 'Write Decimal("0.05"): a share, 5 % is 0.05.'


def for_whole_number(found: object) -> str:
    """Where a count is meant.

    Examples
    --------
    >>> print(for_whole_number("12"), for_whole_number(1.5))
    Write 12. Write a whole number, such as 12.
    """
    number = _finite(found)
    if number is None or number != number.to_integral_value():
        return "Write a whole number, such as 12."
    return f"Write {number:.0f}."


def _is_row(found: object) -> bool:
    return hasattr(found, "due_date")


def _pair_as_flow(found: object) -> str | None:
    """How a pair of a date and an amount is written as a cash flow; None for anything else."""
    if not isinstance(found, (tuple, list)) or len(pair := cast("Sequence[object]", found)) != 2:
        return None
    day, amount = pair
    if not isinstance(day, date):
        return None
    number = _number_as_written(amount) or "amount"
    return f"CashFlow(date({day.year}, {day.month}, {day.day}), {number})"


def _number_as_written(found: object) -> str | None:
    """How a number, or the text of one, is written exactly; None for anything else."""
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return None if _finite(found) is None else f'Decimal("{found}")'


def _finite(found: object) -> Decimal | None:
    """The number that was meant, if one was."""
    if isinstance(found, bool) or not isinstance(found, (str, float, int, Decimal)):
        return None
    try:
        number = Decimal(str(found))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < 40 else None
