"""The sentences of explanations, one table a language; the same rule ids and figures in each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from delinquency.errors import InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BUCKET_VALUES",
    "BUCKET_WORDS",
    "NAMED_CHOICES",
    "TEMPLATES",
    "VARIANTS",
    "WORDS",
    "known_language",
    "template_of",
]

_EN: Final = {
    "assessment": "Account {account_id} on {as_of}: {value}.",
    "assessment with known_on": "Account {account_id} on {as_of}, as known on {known_on}: {value}.",
    "bucket": "Bucket {value} of scheme {scheme}: {reads} {reading}, within {range}.",
    "delinquent_days": "Delinquent days {value}: days past due {days_past_due}, less suspended "
    "{suspended_days}.",
    "frozen_days": "Delinquent days {value}, days past due {days_past_due}: as before the change of "
    "schedule on {changed_on}, which froze the age. Of the rows in force:",
    "grace": "Grace of {value} days, {kind}: {before} becomes {after}.",
    "grace with passed": "Grace of {value} days, {kind}: {before} days are beyond it, so all of "
    "them count.",
    "days_past_due": "Days past due {value}: due on {due_date}, counted to the close of {as_of} "
    "from {first_day}.",
    "nothing_late": "Nothing is late and unsettled.",
    "nothing_late with tolerated": "What is late and open is within the tolerance.",
    "not_begun": "The credit had not begun: it was originated on {value}.",
    "oldest_instalment": "The oldest unsettled debt is instalment {value}, due on {due_date}: "
    "{open_amount} of {amount} {currency} is open.",
    "oldest_charge": "The oldest unsettled debt is charge {value}, due on {due_date}: "
    "{open_amount} of {amount} {currency} is open.",
    "arrears": "Arrears are {value} {currency}; late and unsettled: {late_count}.",
    "tolerance": "An open amount of at most {value} {currency} ({scope}) counts as settled; it is "
    "still owed.",
    "tolerance_exceeded": "The tolerance of {value} {currency} ({scope}) is exceeded: it excuses "
    "nothing.",
    "not_carried": "The change of schedule on {changed_on} closed late debts: {debts}, the oldest "
    "{days_past_due} days past due, {value} {currency} open in all. Under this policy they are not "
    "counted.",
    "carried": "The age runs on over a change of schedule: {value}.",
    "payments": "{value} {currency} paid by then, of which {unallocated} is not yet put to any debt.",
    "payments_left_out": "Payments left out, because they were reversed or not yet known: {value}.",
    "payment_reversed": "A payment of {value} {currency}, value date {value_date}: reversed on "
    "{reversed_on}.",
    "payment_reversed with payment_id": "Payment {payment_id} of {value} {currency}, value date "
    "{value_date}: reversed on {reversed_on}.",
    "payment_not_known": "A payment of {value} {currency}, value date {value_date}: recorded on "
    "{recorded_on}, not yet known.",
    "payment_not_known with payment_id": "Payment {payment_id} of {value} {currency}, value date "
    "{value_date}: recorded on {recorded_on}, not yet known.",
    "payments_more": "And {value} more.",
    "policy": "Policy {value}: {title}.",
    "policy with unverified": "Policy {value} (never compared with the official text): {title}.",
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

_ZH: Final = {
    "assessment": "账户 {account_id}，{as_of} 日终：{value}。",
    "assessment with known_on": "账户 {account_id}，{as_of} 日终（按 {known_on} 当时所知）：{value}。",
    "bucket": "级别 {value}（方案 {scheme}）：{reads} {reading}，落在 {range} 内。",
    "delinquent_days": "计逾期 {value} 天：逾期 {days_past_due} 天，扣除暂停计数 {suspended_days} 天。",
    "frozen_days": "计逾期 {value} 天，逾期 {days_past_due} 天：{changed_on} 还款计划变更前的天数，"
    "变更时冻结。现行各期：",
    "grace": "宽限 {value} 天，方式为{kind}：由 {before} 天变为 {after} 天。",
    "grace with passed": "宽限 {value} 天，方式为{kind}：{before} 天已超出宽限，全部计入。",
    "days_past_due": "逾期 {value} 天：应还日 {due_date}，计至 {as_of} 日终，自{first_day}起算。",
    "nothing_late": "没有逾期未还的款项。",
    "nothing_late with tolerated": "逾期未还的款项在容差之内。",
    "not_begun": "当时信贷尚未开始：起始日为 {value}。",
    "oldest_instalment": "最早未结清的是第 {value} 期，应还日 {due_date}：应还 {amount} {currency}，"
    "尚欠 {open_amount}。",
    "oldest_charge": "最早未结清的是费用 {value}，应还日 {due_date}：应还 {amount} {currency}，"
    "尚欠 {open_amount}。",
    "arrears": "逾期金额 {value} {currency}，逾期未结清 {late_count} 笔。",
    "tolerance": "未还金额不超过 {value} {currency}（{scope}）视同结清（容差），但仍然欠付。",
    "tolerance_exceeded": "已超过容差 {value} {currency}（{scope}），任何款项均不视同结清。",
    "not_carried": "{changed_on} 还款计划变更时终止了逾期未还款项 {debts} 笔，最长逾期 {days_past_due} "
    "天，合计尚欠 {value} {currency}。按本政策不再计入。",
    "carried": "还款计划变更后逾期天数延续：{value}。",
    "payments": "截至当日已还 {value} {currency}，其中 {unallocated} 尚未用于冲抵任何欠款。",
    "payments_left_out": "因冲正或当时未知而不计的还款：{value} 笔。",
    "payment_reversed": "还款 {value} {currency}，起息日 {value_date}：{reversed_on} 冲正。",
    "payment_reversed with payment_id": "还款 {payment_id}，{value} {currency}，起息日 {value_date}："
    "{reversed_on} 冲正。",
    "payment_not_known": "还款 {value} {currency}，起息日 {value_date}：{recorded_on} 入账，当时未知。",
    "payment_not_known with payment_id": "还款 {payment_id}，{value} {currency}，起息日 {value_date}："
    "{recorded_on} 入账，当时未知。",
    "payments_more": "另有 {value} 笔。",
    "policy": "政策 {value}：{title_zh}。",
    "policy with unverified": "政策 {value}（未与官方文本核对）：{title_zh}。",
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

TEMPLATES: Final = MappingProxyType({"en": MappingProxyType(_EN), "zh": MappingProxyType(_ZH)})
"""Templates by language and rule id; ``"rule with figure"`` where the rule says more of that figure."""

VARIANTS: Final = MappingProxyType(
    {
        "assessment": "known_on",
        "grace": "passed",
        "nothing_late": "tolerated",
        "payment_not_known": "payment_id",
        "payment_reversed": "payment_id",
        "policy": "unverified",
    }
)
"""The figure of a rule that, where there is one, changes its sentence."""

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
        "tolerance_exceeded": frozenset({"scope"}),
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


def template_of(rule: str, figures: Mapping[str, Any], lang: str) -> str | None:
    """The template of a rule for the figures that it was given; ``None`` if it has none.

    Examples
    --------
    >>> template_of("nothing_late", {"tolerated": False}, "en")
    'Nothing is late and unsettled.'
    >>> template_of("nothing_late", {"tolerated": True}, "en")
    'What is late and open is within the tolerance.'
    """
    figure = VARIANTS.get(rule)
    if figure is not None and figures.get(figure):
        return TEMPLATES[lang][f"{rule} with {figure}"]
    return TEMPLATES[lang].get(rule)


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
