"""Which late fees a card can have, and when they are posted (违约金).

The one idea: a card charges by the same terms as an instalment, read to what is missing of its minimum and
judged once a statement; what a card says elsewhere - its grace, its statement days - they may not say again.
"""

from __future__ import annotations

from enum import Enum

from delinquency.currency import Currency
from delinquency.errors import CurrencyError, InvalidTypeError, InvalidValueError
from delinquency.late_fees import BandFee, FeeBase, LateFeeTerms, Once, ShareFee

__all__ = ["LateFeePosting", "check_card_fee"]

_SAID_BY_A_CARD = (
    ("recurrence", Once(), "A card is judged once a statement."),
    ("wait_days", 0, "Say it by the grace_days of the card."),
    ("due_in_days", 0, "The fee is asked for by the next minimum."),
    ("due_with_instalment", False, "The fee is asked for by the next minimum."),
    ("ignores_unpaid_fees", False, "Leave late fees out of the minimum instead."),
)


class LateFeePosting(Enum):
    """When a late fee is posted: with the statement after the miss, or on the day after the last of grace."""

    NEXT_STATEMENT = "next_statement"
    AFTER_GRACE = "after_grace"


def check_card_fee(fee: object, currency: Currency) -> None:
    """Refuse late fees that a card cannot have.

    Raises
    ------
    InvalidTypeError
        No LateFeeTerms.
    InvalidValueError
        A share or bands of another base than the unpaid minimum; what the card says itself.
    CurrencyError
        Amounts in another currency.
    """
    if not isinstance(fee, LateFeeTerms):
        raise InvalidTypeError.at(
            "card terms, late_fee", expected="LateFeeTerms, or None", found=fee
        )
    where = f"card terms, late fee {fee.name!r}"
    for field, usual, hint in _SAID_BY_A_CARD:
        found = getattr(fee, field)
        if found != usual:
            raise InvalidValueError.at(
                f"{where}, {field}",
                expected=f"{usual!r}, as on every card",
                found=repr(found),
                hint=hint,
            )
    for field in ("amount", "maximum"):
        part = getattr(fee, field)
        if isinstance(part, ShareFee | BandFee) and part.of is not FeeBase.UNPAID_MINIMUM:
            raise InvalidValueError.at(
                f"{where}, {field}", expected="FeeBase.UNPAID_MINIMUM", found=str(part.of)
            )
    if fee.currency not in (None, currency):
        raise CurrencyError.at(where, expected=str(currency), found=str(fee.currency))
