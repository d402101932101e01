"""The sentences of debts in the place of others: accounts that become one."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "consolidation": "{accounts} accounts become account {account_id} on {effective_on}: {before} {currency} "
    "owed on them before it and {after} {currency} on it; the lender gives up {value} {currency} of present "
    "value.",
    "consolidation_account": "Account {account_id} owed {value} {currency}: {principal} of principal, "
    "{interest} of interest, {fees} of fees and {penalty} of penalty. It ends on {effective_on}.",
    "consolidation_carried": "{value} {currency} of charges not due yet go on with their due dates.",
    "consolidation_rate_agreed": "The new account bears {value} % a year from {effective_on} on, as was "
    "agreed.",
    "consolidation_rate_weighted": "The new account bears {value} % a year from {effective_on} on: the "
    "rates of the old contracts, weighted by the principal owed on each.",
    "consolidation_value": "What was owed is worth {before} {currency}, each account at the rate of its "
    "contract; the new account is worth {after} {currency} at these rates weighted by the principal owed.",
}

ZH: Final = {
    "consolidation": "{accounts} 个账户于 {effective_on} 合并为账户 {account_id}：合并前共欠 {before} "
    "{currency}，合并后欠 {after} {currency}；贷款人放弃的现值为 {value} {currency}。",
    "consolidation_account": "账户 {account_id} 欠款 {value} {currency}：本金 {principal}、利息 {interest}、"
    "费用 {fees}、罚息 {penalty}，于 {effective_on} 终止。",
    "consolidation_carried": "尚未到期的费用 {value} {currency} 按原到期日转入新账户。",
    "consolidation_rate_agreed": "新账户自 {effective_on} 起按约定年利率 {value}% 计息。",
    "consolidation_rate_weighted": "新账户自 {effective_on} 起按年利率 {value}% 计息，"
    "为原合同利率按所欠本金加权的平均值。",
    "consolidation_value": "欠款现值按各原合同利率为 {before} {currency}，新账户按所欠本金加权的原合同利率"
    "为 {after} {currency}。",
}

VARIANTS: Final[dict[str, str]] = {}

CHOICES: Final[dict[str, frozenset[str]]] = {}
