"""The sentences of cards: what the credits of a day settled."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "card_credits": "On {value_date} {value} {currency} was settled, the oldest minimum being "
    "{days_past_due} days past due before the money of the day, in the order {order}.",
    "card_settled": "{value} of {kind}, by {source}.",
    "card_settled with transaction_id": "{value} of {kind}, transaction {transaction_id}, by {source}.",
}

ZH: Final = {
    "card_credits": "{value_date} 冲抵 {value} {currency}（当日款项入账前最低还款额逾期 "
    "{days_past_due} 天），顺序：{order}。",
    "card_settled": "冲抵{kind} {value}（来源：{source}）。",
    "card_settled with transaction_id": "冲抵{kind} {value}（交易 {transaction_id}，来源：{source}）。",
}

VARIANTS: Final = {"card_settled": "transaction_id"}

CHOICES: Final = {
    "card_credits": frozenset({"order"}),
    "card_settled": frozenset({"kind", "source"}),
}
