"""The sentences of a debtor: the worst of all accounts, what they add up to, and what each one adds."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "obligor": "Obligor {obligor_id} on {as_of}: {value}{status?}.",
    "obligor with known_on": "Obligor {obligor_id} on {as_of}, as known on {known_on}: {value}{status?}.",
    "status?": ", status {status}",
    "obligor_bucket": "Worst bucket {value} of scheme {scheme}: account {account_id}.",
    "obligor_days_past_due": "Most days past due {value}: account {account_id}.",
    "obligor_state": "State by {machine}, of all accounts together: {value}, since the close of {since}.",
    "obligor_state with account_id": "Worst state by {machine}: {value}, account {account_id}, since the "
    "close of {since}.",
    "obligor_arrears": "Arrears of all accounts are {value} {currency}: no account has any.",
    "obligor_arrears with account_ids": "Arrears of all accounts are {value} {currency}: accounts "
    "{account_ids}.",
    "obligor_exposure": "Exposure of all accounts is {value} {currency}; accounts: {accounts}.",
    "obligor_account": "Account {account_id} adds arrears of {arrears} and an exposure of {exposure} "
    "{currency}; days past due {days_past_due}, bucket {value}.",
    "obligor_account with rate": "Account {account_id} adds arrears of {arrears} and an exposure of "
    "{exposure} {currency}, at {rate} {currency} for one {own_currency}; "
    "days past due {days_past_due}, bucket {value}.",
}

ZH: Final = {
    "obligor": "债务人 {obligor_id} 在 {as_of} 的逾期情况：{value}{status?}。",
    "obligor with known_on": "债务人 {obligor_id} 在 {as_of} 的逾期情况"
    "（以 {known_on} 已知信息为准）：{value}{status?}。",
    "status?": "，状态 {status}",
    "obligor_bucket": "最差级别 {value}（方案 {scheme}）：账户 {account_id}。",
    "obligor_days_past_due": "最长逾期天数 {value}：账户 {account_id}。",
    "obligor_state": "{machine}（按全部账户判定）：{value}，自 {since} 日终起。",
    "obligor_state with account_id": "{machine}的最差状态：{value}，账户 {account_id}，自 {since} 日终起。",
    "obligor_arrears": "全部账户逾期金额合计 {value} {currency}：无账户拖欠。",
    "obligor_arrears with account_ids": "全部账户逾期金额合计 {value} {currency}：账户 {account_ids}。",
    "obligor_exposure": "全部账户敞口合计 {value} {currency}；账户数：{accounts}。",
    "obligor_account": "账户 {account_id} 计入逾期金额 {arrears}、敞口 {exposure} {currency}；逾期天数 "
    "{days_past_due}，级别 {value}。",
    "obligor_account with rate": "账户 {account_id} 计入逾期金额 {arrears}、敞口 {exposure} {currency}，"
    "按 1 {own_currency} 折 {rate} {currency}；逾期天数 {days_past_due}，级别 {value}。",
}

VARIANTS: Final = {
    "obligor": "known_on",
    "obligor_state": "account_id",
    "obligor_arrears": "account_ids",
    "obligor_account": "rate",
}

CHOICES: Final[dict[str, frozenset[str]]] = {}
