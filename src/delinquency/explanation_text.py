"""How a step of a reasoning becomes a sentence: templates, variants, and words for named choices."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from delinquency.errors import InvalidValueError
from delinquency.sentences import SENTENCES

_NAME: Final = re.compile(r"[a-z_]+")

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
    "words_of",
]

TEMPLATES: Final = SENTENCES
"""Templates by language and rule id; ``"rule with figure"`` where the rule says more of that figure."""

VARIANTS: Final = MappingProxyType(
    {
        "assessment": "known_on",
        "compound_line": "beside",
        "payment_recovered": "beside",
        "payment_settled": "beside",
        "settled_by": "payments",
        "penalty_line": "beside",
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
        "compound_line": frozenset({"period"}),
        "payment_order": frozenset({"order", "grain", "excess"}),
        "payment_order_by_age": frozenset({"order", "grain", "excess"}),
        "payment_order_by_kind": frozenset({"order", "grain", "excess"}),
        "payment_recovered": frozenset({"component"}),
        "payment_settled": frozenset({"component"}),
        "penalty_line": frozenset({"period"}),
        "penalty_terms": frozenset({"value", "compounding", "grain"}),
        "penalty_waived": frozenset({"period"}),
        "settled_by": frozenset({"kind"}),
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
                "year": "a year",
                "month": "a month",
                "day": "a day",
                "principal": "principal",
                "interest": "interest",
                "fees": "fees",
                "penalty": "penalty",
                "repayment": "a repayment",
                "refund": "a refund",
                "goodwill": "a goodwill credit",
                "recovery": "a recovery",
                "overdue_principal": "overdue principal",
                "overdue_instalment": "overdue principal and interest",
                "overdue_amount": "overdue principal, interest and fees",
                "outstanding_principal": "all open principal while anything is overdue",
                "none": "none",
                "unpaid_interest": "unpaid interest at the penalty rate",
                "on_posting": "posted penalty joins the base",
                "segment": "segment",
                "past_due": "past due",
                "due": "due",
                "in_advance": "in advance",
                "instalment_first": "the oldest instalment before the next",
                "component_first": "one component of all instalments before the next",
                "next_instalment": "settles the next instalment in advance",
                "last_instalment": "settles the last instalment in advance",
                "reamortise": "is shared among the instalments to come",
                "hold": "is held until something falls due",
                "to_balance": "reduces the balance",
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
                "year": "年",
                "month": "月",
                "day": "日",
                "principal": "本金",
                "interest": "利息",
                "fees": "费用",
                "penalty": "罚息",
                "repayment": "还款",
                "refund": "退款",
                "goodwill": "补偿",
                "recovery": "核销后收回",
                "overdue_principal": "逾期本金",
                "overdue_instalment": "逾期本息",
                "overdue_amount": "逾期本息及费用",
                "outstanding_principal": "逾期期间的全部剩余本金",
                "none": "无",
                "unpaid_interest": "未付利息按罚息利率计收复利",
                "on_posting": "入账罚息并入基数",
                "segment": "分段",
                "past_due": "逾期",
                "due": "到期",
                "in_advance": "未到期",
                "instalment_first": "先还清最早一期再还下一期",
                "component_first": "先还清各期同一款项再还下一款项",
                "next_instalment": "提前冲抵下一期",
                "last_instalment": "提前冲抵最后一期",
                "reamortise": "均摊至以后各期",
                "hold": "暂存至到期",
                "to_balance": "冲减余额",
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
    templates: Mapping[str, str] = TEMPLATES[lang]
    if figure is not None and figures.get(figure):
        return templates[f"{rule} with {figure}"]
    return templates.get(rule)


def words_of(text: str, lang: str) -> str:
    """A named choice, or a list of them, in words of a language; what is unknown stays.

    Examples
    --------
    >>> words_of("past_due interest, due interest", "en")
    'past due interest, due interest'
    """
    words = WORDS[lang]
    return words.get(text) or _NAME.sub(lambda found: words.get(found[0], found[0]), text)


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
