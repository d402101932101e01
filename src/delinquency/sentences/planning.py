"""The sentences of a plan: what it came to, and what each measure moved, took away or put off."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "plan": "The plan of {effective_on} for account {account_id}: {before} {currency} owed before it and "
    "{after} {currency} after it; the lender gives up {value} {currency} of present value.",
    "plan_capitalised": "Measure {number}, {measure}: {value} {currency} of {component} became principal.",
    "plan_spread": "Measure {number}, {measure}: {value} {currency} of {component}, past due or earned, is "
    "paid with the instalments to come.",
    "plan_waived": "Measure {number}, {measure}: {value} {currency} of {component} is waived.",
    "plan_forgiven": "Measure {number}, {measure}: {value} {currency} of {component} is forgiven.",
    "plan_forgiven with on_completion": "Measure {number}, {measure}: {value} {currency} of {component} is "
    "forgiven, and comes back if the plan is broken.",
    "plan_deferred": "Measure {number}, {measure}: {value} {currency} of {component} is not asked for "
    "before the last due date.",
    "plan_schedule": "From {effective_on} on {value} instalments fall due, the first on {first_due_on} and "
    "the last on {last_due_on}.",
    "plan_first_payment": "The first of them is {value} {currency}.",
    "plan_first_payment with before": "The first of them is {value} {currency}; without the plan it was "
    "{before} {currency}.",
    "plan_total_cost": "What is paid in all changes by {value} {currency}.",
    "plan_arrears": "{value} {currency} stays past due.",
    "plan_value": "At the rate of the contract what is owed is worth {before} {currency} without the plan "
    "and {after} {currency} with it.",
}

ZH: Final = {
    "plan": "账户 {account_id} 自 {effective_on} 起的方案：此前欠款 {before} {currency}，"
    "此后 {after} {currency}；贷款人放弃的现值为 {value} {currency}。",
    "plan_capitalised": "措施 {number}（{measure}）：{component} {value} {currency} 转为本金。",
    "plan_spread": "措施 {number}（{measure}）：已逾期或已计的{component} {value} {currency} "
    "随以后各期偿还。",
    "plan_waived": "措施 {number}（{measure}）：减免{component} {value} {currency}。",
    "plan_forgiven": "措施 {number}（{measure}）：免除{component} {value} {currency}。",
    "plan_forgiven with on_completion": "措施 {number}（{measure}）：免除{component} {value} {currency}，"
    "如违反方案则恢复。",
    "plan_deferred": "措施 {number}（{measure}）：{component} {value} {currency} 延至最后一期偿还。",
    "plan_schedule": "自 {effective_on} 起共 {value} 期，首期 {first_due_on}，末期 {last_due_on}。",
    "plan_first_payment": "首期应还 {value} {currency}。",
    "plan_first_payment with before": "首期应还 {value} {currency}；若无方案为 {before} {currency}。",
    "plan_total_cost": "还款总额变动 {value} {currency}。",
    "plan_arrears": "仍逾期 {value} {currency}。",
    "plan_value": "按合同利率，欠款现值在无方案时为 {before} {currency}，有方案时为 {after} {currency}。",
}

VARIANTS: Final = {
    "plan_forgiven": "on_completion",
    "plan_first_payment": "before",
}

_OF_MEASURE = frozenset({"measure", "component"})

CHOICES: Final[dict[str, frozenset[str]]] = {
    "plan_capitalised": _OF_MEASURE,
    "plan_spread": _OF_MEASURE,
    "plan_waived": _OF_MEASURE,
    "plan_forgiven": _OF_MEASURE,
    "plan_deferred": _OF_MEASURE,
}
