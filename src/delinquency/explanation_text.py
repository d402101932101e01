"""The sentences of explanations, one table a language; the same rule ids and figures in each."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from delinquency.errors import InvalidValueError

__all__ = [
    "BUCKET_VALUES",
    "BUCKET_WORDS",
    "NAMED_CHOICES",
    "TEMPLATES",
    "WORDS",
    "known_language",
]

_EN: Final = {
    "assessment": "Account {account_id} on {as_of}: {value}.",
    "bucket": "Bucket {value} of scheme {scheme}: {reads} {reading}, within {range}.",
    "delinquent_days": "Delinquent days {value}: days past due {days_past_due}, less suspended "
    "{suspended_days}.",
    "frozen_days": "Delinquent days {value}, days past due {days_past_due}: as before the change of "
    "schedule on {changed_on}, which froze the age. Of the rows in force:",
    "grace": "Grace of {value} days, {kind}: {before} becomes {after}.",
    "days_past_due": "Days past due {value}: due on {due_date}, counted to the close of {as_of} "
    "from {first_day}.",
    "nothing_late": "Nothing that is due is unsettled.",
    "oldest_instalment": "The oldest unsettled debt is instalment {value}, due on {due_date}: "
    "{open_amount} of {amount} {currency} is open.",
    "oldest_charge": "The oldest unsettled debt is charge {value}, due on {due_date}: "
    "{open_amount} of {amount} {currency} is open.",
    "arrears": "Arrears are {value} {currency}; late and unsettled: {late_count}.",
    "tolerance": "An open amount of at most {value} {currency} ({scope}) counts as settled; it is "
    "still owed.",
    "carried": "The age runs on over a change of schedule: {value}.",
    "payments": "{value} {currency} paid by then, of which {unallocated} settled nothing yet.",
    "payments_left_out": "Payments left out, because they were reversed or not yet known: {value}.",
    "policy": "Policy {value}: {title}.",
}

_ZH: Final = {
    "assessment": "账户 {account_id}，{as_of} 日终：{value}。",
    "bucket": "级别 {value}（方案 {scheme}）：{reads} {reading}，落在 {range} 内。",
    "delinquent_days": "计逾期 {value} 天：逾期 {days_past_due} 天，扣除暂停计数 {suspended_days} 天。",
    "frozen_days": "计逾期 {value} 天，逾期 {days_past_due} 天：{changed_on} 还款计划变更前的天数，"
    "变更时冻结。现行各期：",
    "grace": "宽限 {value} 天，方式为{kind}：由 {before} 天变为 {after} 天。",
    "days_past_due": "逾期 {value} 天：应还日 {due_date}，计至 {as_of} 日终，自{first_day}起算。",
    "nothing_late": "没有到期未还的款项。",
    "oldest_instalment": "最早未结清的是第 {value} 期，应还日 {due_date}：应还 {amount} {currency}，"
    "尚欠 {open_amount}。",
    "oldest_charge": "最早未结清的是费用 {value}，应还日 {due_date}：应还 {amount} {currency}，"
    "尚欠 {open_amount}。",
    "arrears": "逾期金额 {value} {currency}，逾期未结清 {late_count} 笔。",
    "tolerance": "未还金额不超过 {value} {currency}（{scope}）视同结清（容差），但仍然欠付。",
    "carried": "还款计划变更后逾期天数延续：{value}。",
    "payments": "截至当日已还 {value} {currency}，其中 {unallocated} 尚未冲抵。",
    "payments_left_out": "因冲正或当时未知而不计的还款：{value} 笔。",
    "policy": "政策 {value}：{title_zh}。",
}

TEMPLATES: Final = MappingProxyType({"en": MappingProxyType(_EN), "zh": MappingProxyType(_ZH)})
"""Templates by language and rule id."""

BUCKET_WORDS: Final = MappingProxyType(
    {"en": MappingProxyType({}), "zh": MappingProxyType({"current": "未逾期"})}
)
"""Bucket codes that are words, by language."""

NAMED_CHOICES: Final = MappingProxyType(
    {
        "bucket": frozenset({"reads"}),
        "carried": frozenset({"value"}),
        "days_past_due": frozenset({"first_day"}),
        "grace": frozenset({"kind"}),
        "tolerance": frozenset({"scope"}),
    }
)
"""The figures of each rule that are named choices; every other text is somebody's own and stays."""

BUCKET_VALUES: Final = frozenset({"assessment", "bucket"})
"""Rules whose value is a bucket code."""

WORDS: Final = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "day_after_due_date": "the day after the due date",
                "due_date": "the due date itself",
                "days_past_due": "days past due",
                "delinquent_days": "delinquent days",
                "mba_months": "months by the MBA method",
                "ots_months": "months by the OTS method",
                "payments_in_arrears": "payments in arrears",
                "days_since_last_payment": "days since the last payment",
                "instalment": "by instalment",
                "account": "by account",
                "deducted": "deducted",
                "trigger": "a trigger",
                "continue": "it is continued",
            }
        ),
        "zh": MappingProxyType(
            {
                "day_after_due_date": "应还日次日",
                "due_date": "应还日当日",
                "days_past_due": "逾期天数",
                "delinquent_days": "计逾期天数",
                "mba_months": "MBA 法逾期月数",
                "ots_months": "OTS 法逾期月数",
                "payments_in_arrears": "拖欠期数",
                "days_since_last_payment": "距上次还款天数",
                "deducted": "扣除",
                "trigger": "触发（容时）",
                "instalment": "按期",
                "account": "按户",
                "continue": "连续计算",
            }
        ),
    }
)
"""Words for the values of named choices, by language."""


def known_language(lang: object, where: str) -> str:
    """The language, if there are texts in it.

    Raises
    ------
    InvalidValueError
        No texts in ``lang``.
    """
    if isinstance(lang, str) and lang in TEMPLATES:
        return lang
    raise InvalidValueError.at(
        f"{where}, lang", expected=f"one of {', '.join(sorted(TEMPLATES))}", found=lang
    )
