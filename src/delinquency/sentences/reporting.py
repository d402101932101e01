"""The sentences of what credit registers are told."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "bureau_history": "Account {account_id} as of {as_of}, month by month: {value}",
    "bureau_month": "{reported_on}: {value}{reason?}{ended?}{days?}{missed?}.",
    "reason?": ", {reason}",
    "days?": ", {days} days past due",
    "missed?": ", minimums missed in a row: {missed}",
    "ended?": ", then {ended}",
    "metro2_status": "Account {account_id} as of {as_of}: account status {value}.",
    "account_status": "Account status {value}{reason?}{ended?}{days?}.",
    "payment_rating": "Payment rating {value}: {days_past_due} days past due at the close of {judged_on}.",
    "not_rated": "No payment rating: none is reported with status {value}.",
    "payment_history_profile": "Payment history profile, the last month first: {value}",
    "date_of_first_delinquency": "Date of first delinquency {value}: something was late at every close "
    "from then to {judged_on}.",
    "no_first_delinquency": "No date of first delinquency: the status is not a delinquent one, or nothing "
    "was late at the close of {value}.",
}

ZH: Final = {
    "bureau_history": "账户 {account_id} 截至 {as_of} 的逐月还款状态：{value}",
    "bureau_month": "{reported_on}：{value}{reason?}{ended?}{days?}{missed?}。",
    "reason?": "，{reason}",
    "days?": "，逾期 {days} 天",
    "missed?": "，连续未还最低还款额 {missed} 次",
    "ended?": "，后{ended}",
    "metro2_status": "账户 {account_id}，{as_of} 日终：账户状态 {value}。",
    "account_status": "账户状态 {value}{reason?}{ended?}{days?}。",
    "payment_rating": "付款评级 {value}：{judged_on} 日终逾期 {days_past_due} 天。",
    "not_rated": "无付款评级：状态 {value} 不报告评级。",
    "payment_history_profile": "付款历史（最近月份在前）：{value}",
    "date_of_first_delinquency": "首次拖欠日 {value}：自该日至 {judged_on} 每日日终均有逾期。",
    "no_first_delinquency": "无首次拖欠日：状态非拖欠状态，或 {value} 日终无逾期。",
}

VARIANTS: Final[dict[str, str]] = {}

CHOICES: Final = {
    "account_status": frozenset({"reason", "ended"}),
    "bureau_month": frozenset({"reason", "ended"}),
}
