"""The sentences of what credit registers are told."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "bureau_history": "Account {account_id} as of {as_of}, month by month: {value}",
    "bureau_month": "{reported_on}: {value}{reason?}{days?}{missed?}.",
    "reason?": ", {reason}",
    "days?": ", {days} days past due",
    "missed?": ", minimums missed in a row: {missed}",
}

ZH: Final = {
    "bureau_history": "账户 {account_id} 截至 {as_of} 的逐月还款状态：{value}",
    "bureau_month": "{reported_on}：{value}{reason?}{days?}{missed?}。",
    "reason?": "，{reason}",
    "days?": "，逾期 {days} 天",
    "missed?": "，连续未还最低还款额 {missed} 次",
}

VARIANTS: Final[dict[str, str]] = {}

CHOICES: Final = {
    "bureau_month": frozenset({"reason"}),
}
