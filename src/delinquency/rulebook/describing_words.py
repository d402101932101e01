"""The words in which a policy is described, in two languages.

The one idea: a page, a terminal and a comparison say the same things; each of them is said here once, for
each language with the same figures. In English a choice is named as a rulebook file writes it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from delinquency.explanation_text import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from delinquency.rates import Rate
    from delinquency.validity import Validity

__all__ = ["PHRASES", "listed", "named", "rate_in", "said", "validity_in", "word_in"]

NAMES_ZH: Final = MappingProxyType(
    {
        "In force": "有效期",
        "Jurisdiction": "法域",
        "Level": "判定层级",
        "Verification": "核对程度",
        "Selected by": "版本选择依据",
        "First late day": "逾期首日",
        "Grace": "宽限",
        "Tolerance": "容差",
        "After a change of schedule": "还款计划变更后",
        "Partial payments": "部分还款的计算",
        "Least payment": "视为还款的最低金额",
        "Counted": "计入",
        "Order of payment": "冲抵顺序",
        "Order by age": "按逾期天数切换的冲抵顺序",
        "Order by kind": "按款项来源的冲抵顺序",
        "Waived on closing": "结清时豁免的尾差",
        "Penalty in the order of payment": "罚息在冲抵顺序中",
        "Bucket scheme": "分级方案",
        "Buckets read": "分级依据",
        "State": "状态",
        "Rated with": "报告付款评级的状态码",
        "Penalty interest": "罚息",
        "Penalty rate": "罚息利率",
        "Reference rate": "参考利率",
        "Penalty grace": "罚息宽限",
        "Penalty posting": "罚息入账",
        "Penalty rounding": "罚息取整",
        "Penalty cap": "罚息上限",
        "Penalty terms by": "罚息条款出处",
        "Penalty allowed by law": "法定罚息限制",
        "Late fee": "违约金",
        "Off balance": "表外",
        "Material": "重要性门槛",
        "Status": "状态",
        "Trigger": "触发条件",
        "Provisions": "准备计提",
        "Provision": "计提比例",
        "Exit": "恢复条件",
        "Re-ageing": "账龄重置",
        "Re-ageing in a workout": "债务纾困方案内的账龄重置",
        "Extensions": "展期限制",
        "Lost dispute": "争议败诉后",
        "Sources": "出处",
        "Source": "出处",
        "bucket": "级别",
        "from": "起",
        "to": "止",
        "stressed": "计为逾期",
        "label": "名称",
        "other codes": "其他代码",
        "yes": "是",
        "no": "否",
    }
)
"""What is listed, by its name, in Chinese."""

_EN: Final = {
    "none": "none",
    "list": ", ",
    "follow_new": "follow_new; what was late before it is not counted",
    "continue": "continue; what was late before it goes on ageing until made up for",
    "freeze": "freeze; the days of the close before it stay, for good",
    "grace": "{days} days, {kind}",
    "tolerance": "{tolerance} by {scope}",
    "nearly_full": "nearly_full, from {share} of a payment",
    "material": "above {amount}, and above {share} of the exposure",
    "off_balance": "interest and penalty, from {days} days past due",
    "by_age": "from {days} days past due: {order}",
    "by_kind": "{kind}: {order}",
    "up_to": "up to {amount}",
    "state": "{state}: {told}",
    "code": "code {code}",
    "oldest_first": "oldest first; {names}; {grain}{excess}",
    "steps": "{names}; {grain}{excess}",
    "excess": ", excess {kind}",
    "published": ", published {day}",
    "always": "always",
    "from": "from {start}",
    "until": " until {end} (excluded)",
    "states": "{machine}: {states}",
    "level": "{machine}: {level}",
    "not_performing": "{code} (not performing)",
    "trigger": "to {to}: {conditions}{sources}",
    "trigger_from": "from {leaving} to {to}: {conditions}{sources}",
    "and": ", and ",
    "nothing_holds": "nothing holds it",
    "by_sources": " [{sources}]",
    "provisions": "by {by}, of {base}, {rounding}",
    "provision": "{of}: {percent}",
    "provision_by": "{of}: {percent}; by {sources}",
    "provision_share": "{share} %",
    "provision_months": "{share} %, and {each} % more for each whole month in it",
    "provision_parts": "{share} % of what collateral covers, {rest} % of the rest",
    "provision_accounts": "{share} %, or {rest} % where collateral covered at most {limit} % when the "
    "account began",
    "penalty": "on {base}, compounding {compounding}",
    "rate": "{rate}; {day_count}",
    "posting": "{posting}, day {day}",
    "rounding": "{rounding} by {grain}",
    "times": "contract rate times {factor}",
    "misused": "; misused times {factor}",
    "plus": "{name} plus {margin}",
    "late_day": "{rate} from late day {day}",
    "published_rates": "{name}: {rates}; complete until {until}",
    "dated": "{value} from {day}",
    "share_of_base": "{share} of the base of each instalment",
    "absolute": "{amount} for the account",
    "annual": "interest, fees and penalty together at most {rate}; {day_count}",
    "multiple": "{factor} times {name} of the day of the contract",
    "no_interest": "no penalty interest",
    "no_compounding": "no compounding",
    "multiple_band": "contract rate times {lowest} to {highest}",
    "misuse_band": "misused times {lowest} to {highest}",
    "by": "by {sources}",
    "between": "; ",
    "fee": "{name}: {told}{by}",
    "fee_by": "; by {sources}",
    "at_least": "at least {amount}",
    "at_most": "at most {amount}",
    "cap_by_minimum": "at most the minimum payment required before",
    "wait": "after more than {days} late days",
    "ignores_unpaid": "not where an earlier late fee alone is unpaid",
    "once_each": "one for each missed due date",
    "as": "as {component}",
    "share_of": "{share} of {of}",
    "table": "table {name}",
    "bands": "bands {name} of {of}",
    "once": "once",
    "every_days": "every {count} days",
    "every_months": "every {count} months",
    "due_with": "due with the instalment",
    "due_in": "due {days} days after",
    "on_books": "at least {months} months on the books",
    "last_payments": "the last {payments} payments or as much",
    "found": "found {finding}",
    "at_most_times": "at most {limit}",
    "times_within": "{times} within {months} months",
}

_ZH: Final = {
    "none": "无",
    "list": "、",
    "follow_new": "按新计划计算，变更前的逾期不计",
    "continue": "连续计算，变更前的逾期继续计龄直至补足",
    "freeze": "冻结，变更前日终的天数固定不变",
    "grace": "{days} 天，{kind}",
    "tolerance": "{tolerance}，{scope}",
    "nearly_full": "接近足额，达到一期应还额的 {share} 即计",
    "material": "超过 {amount}，且超过敞口的 {share}",
    "off_balance": "利息与罚息，自逾期 {days} 天起",
    "by_age": "自逾期 {days} 天起：{order}",
    "by_kind": "{kind}：{order}",
    "up_to": "不超过 {amount}",
    "state": "{state}：{told}",
    "code": "代码 {code}",
    "oldest_first": "先还最早一期；{names}；{grain}{excess}",
    "steps": "{names}；{grain}{excess}",
    "excess": "，超额款项{kind}",
    "published": "，{day} 发布",
    "always": "始终有效",
    "from": "自 {start} 起",
    "until": "至 {end}（不含）",
    "states": "{machine}：{states}",
    "level": "{machine}：{level}",
    "not_performing": "{code}（不良）",
    "trigger": "转为 {to}：{conditions}{sources}",
    "trigger_from": "由 {leaving} 转为 {to}：{conditions}{sources}",
    "and": "，且",
    "nothing_holds": "不再有触发条件",
    "by_sources": " [{sources}]",
    "provisions": "按{by}，占{base}，{rounding}",
    "provision": "{of}：{percent}",
    "provision_by": "{of}：{percent}；依据{sources}",
    "provision_share": "{share}%",
    "provision_months": "{share}%，每满一个月增加 {each}%",
    "provision_parts": "押品覆盖部分 {share}%，其余部分 {rest}%",
    "provision_accounts": "{share}%，账户起始时押品覆盖比例不超过 {limit}% 的为 {rest}%",
    "penalty": "基数为{base}，复利：{compounding}",
    "rate": "{rate}；{day_count}",
    "posting": "{posting}，{day} 日",
    "rounding": "{rounding}，{grain}",
    "times": "合同利率的 {factor} 倍",
    "misused": "；挪用为 {factor} 倍",
    "plus": "{name} 加 {margin}",
    "late_day": "逾期第 {day} 天起 {rate}",
    "published_rates": "{name}：{rates}；数据截至 {until}",
    "dated": "{day} 起 {value}",
    "share_of_base": "每期基数的 {share}",
    "absolute": "全户合计 {amount}",
    "annual": "利息、费用与罚息合计不超过 {rate}；{day_count}",
    "multiple": "合同成立日 {name} 的 {factor} 倍",
    "no_interest": "不得收取罚息",
    "no_compounding": "不得计收复利",
    "multiple_band": "合同利率的 {lowest} 至 {highest} 倍",
    "misuse_band": "挪用为 {lowest} 至 {highest} 倍",
    "by": "依据{sources}",
    "between": "；",
    "fee": "{name}：{told}{by}",
    "fee_by": "；依据{sources}",
    "at_least": "不低于 {amount}",
    "at_most": "不超过 {amount}",
    "cap_by_minimum": "不超过此前要求的最低还款额",
    "wait": "逾期超过 {days} 天后",
    "ignores_unpaid": "仅欠前期违约金的不收",
    "once_each": "每个未还的还款日一次",
    "as": "计入{component}",
    "share_of": "{of}的 {share}",
    "table": "费率表 {name}",
    "bands": "分档表 {name}（按{of}）",
    "once": "一次",
    "every_days": "每 {count} 天",
    "every_months": "每 {count} 个月",
    "due_with": "与该期同日到期",
    "due_in": "{days} 天后到期",
    "on_books": "账龄不少于 {months} 个月",
    "last_payments": "已还最近 {payments} 期或等额款项",
    "found": "已认定{finding}",
    "at_most_times": "至多{limit}",
    "times_within": " {months} 个月内 {times} 次",
}

PHRASES: Final = MappingProxyType({"en": MappingProxyType(_EN), "zh": MappingProxyType(_ZH)})
"""What is said of a policy, by language and name."""


def said(name: str, lang: str, /, **figures: object) -> str:
    """A phrase in a language, with its figures.

    Examples
    --------
    >>> said("grace", "en", days=3, kind="trigger"), said("up_to", "zh", amount="0.50")
    ('3 days, trigger', '不超过 0.50')
    """
    return PHRASES[lang][name].format(**figures)


def named(choice: str, lang: str) -> str:
    """A named choice: in English as a file writes it.

    Examples
    --------
    >>> named("day_after_due_date", "en"), named("day_after_due_date", "zh")
    ('day_after_due_date', '应还日次日')
    """
    return words_of(choice, lang) if lang == "zh" else choice


def listed(texts: Iterable[str], lang: str) -> str:
    """Texts with what a language puts between them."""
    return PHRASES[lang]["list"].join(texts)


def word_in(lang: str, text: str) -> str:
    """The name of what is listed, in a language; a text that is none stays as it is."""
    return NAMES_ZH.get(text, text) if lang == "zh" else text


def validity_in(validity: Validity, lang: str) -> str:
    """From when to when a version is in force.

    Examples
    --------
    >>> from datetime import date
    >>> from delinquency.validity import Validity
    >>> validity_in(Validity(date(2024, 1, 1), date(2025, 1, 1)), "zh")
    '自 2024-01-01 起至 2025-01-01（不含）'
    """
    start, end = validity.effective_from, validity.effective_until
    first = said("always", lang) if start is None else said("from", lang, start=start)
    return first + ("" if end is None else said("until", lang, end=end))


_PERIODS_ZH: Final = MappingProxyType(
    {" a year": "（年）", " a month": "（月）", " a day": "（日）"}
)


def rate_in(rate: Rate, lang: str) -> str:
    """A rate with its period.

    Examples
    --------
    >>> from delinquency.rates import Rate
    >>> rate_in(Rate.per_year("0.24"), "en"), rate_in(Rate.per_day("0.0005"), "zh")
    ('24 % a year', '0.05 %（日）')
    """
    told = str(rate)
    for english, chinese in _PERIODS_ZH.items() if lang == "zh" else ():
        told = told.replace(english, chinese)
    return told
