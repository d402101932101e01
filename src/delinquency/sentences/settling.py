"""The sentences of a quote for early settlement."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "settlement_quote": "To settle on {as_of}: {value} {currency}.",
    "settlement_principal": "Open principal: {value} {currency}.",
    "settlement_interest_due": "Interest due and unpaid: {value} {currency}.",
    "settlement_accrued_interest": "Interest accrued and not due yet: {value} {currency}.",
    "settlement_interest_to_come": "Interest of instalments to come: {value} {currency}.",
    "settlement_rebate": "Less the rebate for early settlement: {value} {currency}.",
    "settlement_fees": "Fees and other dues: {value} {currency}.",
    "settlement_charge": "Charge for early settlement: {value} {currency}.",
    "settlement_credit": "Less money held for coming instalments: {value} {currency}.",
}

ZH: Final = {
    "settlement_quote": "{as_of} 结清金额：{value} {currency}。",
    "settlement_principal": "未还本金：{value} {currency}。",
    "settlement_interest_due": "到期未还利息：{value} {currency}。",
    "settlement_accrued_interest": "应计未到期利息：{value} {currency}。",
    "settlement_interest_to_come": "未到期各期利息：{value} {currency}。",
    "settlement_rebate": "减：提前结清退还：{value} {currency}。",
    "settlement_fees": "费用及其他应还：{value} {currency}。",
    "settlement_charge": "提前结清违约金：{value} {currency}。",
    "settlement_credit": "减：预存款项：{value} {currency}。",
}

VARIANTS: Final[dict[str, str]] = {}

CHOICES: Final[dict[str, frozenset[str]]] = {}
