"""The sentences of early warning: the score, each signal, and the figures beside their limits."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "WORDS_EN", "WORDS_ZH", "ZH"]

EN: Final = {
    "early_warning": "Early warning for account {account_id} on {as_of} by {rules}: score {value}, "
    "{severity}{at_most?}; signals raised {raised}{in_favour?}, not assessed {not_assessed}.",
    "in_favour?": ", for the borrower {in_favour}",
    "at_most?": ", and up to {at_most} by what is not known",
    "warning_signal": "{rule_id} ({family}, {severity}, points {points}): {says} {value}{since?}{confirmed?}"
    "{not_assessed?}{may_be_up?}{held_back?}.{owner?}{escalation?} {basis}",
    "warning_signal with in_favour": "{rule_id} ({family}, {severity}, points {points}): {says} "
    "{value} since {since}{not_assessed?}.{owner?}{escalation?} {basis}",
    "owner?": " Looked at by: {owner}.",
    "escalation?": " What follows: {escalation}.",
    "since?": " on {since}",
    "confirmed?": ", confirmed",
    "not_assessed?": ", not assessed now: an observation that it needs is not known",
    "may_be_up?": ", but may still be up: an observation of a period before is not known",
    "held_back?": "; its condition holds, but the cool-down holds it back: this is period {held_back} of the "
    "{cool_down} after {since} in which it is not raised",
    "warning_figure": "On {on}, {reading}: {figure}; asked: {relation}{limit}{multiple?}{beyond?}: {value}.",
    "multiple?": " ({multiple} of {beside})",
    "beyond?": ", {beyond} away",
    "warning_count": "{held} of {asked} conditions hold, {unknown} not known; "
    "asked: at least {wanted}: {value}.",
    "warning_periods": "It held at the ends of {held} of {asked} periods, {unknown} not known; "
    "asked: at least {wanted}: {value}.",
}

ZH: Final = {
    "early_warning": "账户 {account_id} 于 {as_of} 按 {rules} 预警：得分 {value}，{severity}{at_most?}；"
    "触发信号 {raised} 项{in_favour?}，未能评估 {not_assessed} 项。",
    "in_favour?": "，对借款人有利 {in_favour} 项",
    "at_most?": "，因存在未知观察值，最高可能为{at_most}",
    "warning_signal": "{rule_id}（{family}，{severity}，{points} 分）：{says_zh} {since?}{value}{confirmed?}"
    "{not_assessed?}{may_be_up?}{held_back?}。{owner?}{escalation?}{basis}",
    "warning_signal with in_favour": "{rule_id}（{family}，{severity}，{points} 分）：{says_zh} "
    "自 {since} 起{value}{not_assessed?}。{owner?}{escalation?}{basis}",
    "owner?": "负责人：{owner_zh}。",
    "escalation?": "后续措施：{escalation_zh}。",
    "since?": "已于 {since} ",
    "confirmed?": "，已确认",
    "not_assessed?": "，本期未能评估：所需观察值未知",
    "may_be_up?": "，但此前某期观察值未知，信号可能仍未解除",
    "held_back?": "；条件成立，但处于冷却期："
    "{since} 解除后 {cool_down} 期内不再触发，本期为第 {held_back} 期",
    "warning_figure": "{on}，{reading_zh}：{figure}；要求{relation}{limit}{multiple?}{beyond?}：{value}。",
    "multiple?": "（{beside_zh}的 {multiple} 倍）",
    "beyond?": "，相差 {beyond}",
    "warning_count": "{asked} 个条件中 {held} 个成立，{unknown} 个未知；要求至少 {wanted} 个：{value}。",
    "warning_periods": "{asked} 期末中 {held} 期成立，{unknown} 期未知；要求至少 {wanted} 期：{value}。",
}

VARIANTS: Final = {"warning_signal": "in_favour"}

CHOICES: Final[dict[str, frozenset[str]]] = {
    "early_warning": frozenset({"severity", "at_most"}),
    "warning_signal": frozenset({"value", "family", "severity", "basis"}),
    "warning_figure": frozenset({"value", "figure", "relation", "limit"}),
    "warning_count": frozenset({"value"}),
    "warning_periods": frozenset({"value"}),
}

_WORDS: Final = {
    "severity_none": ("no warning", "无预警"),
    "severity_yellow": ("yellow", "黄色"),
    "severity_orange": ("orange", "橙色"),
    "severity_red": ("red", "红色"),
    "signal_silent": ("Silent", "未触发"),
    "signal_not_assessed": (
        "Not assessed: an observation that it needs is not known",
        "未能评估：所需观察值未知",
    ),
    "signal_raised": ("Raised", "触发"),
    "signal_confirmed": ("Raised", "触发"),
    "signal_in_favour": ("Speaks for the borrower", "对借款人有利"),
    "signal_cleared": ("Cleared", "解除"),
    "family_willingness": ("willingness", "还款意愿"),
    "family_capacity": ("capacity", "还款能力"),
    "family_liquidity": ("liquidity", "流动性"),
    "family_behaviour": ("behaviour", "行为"),
    "family_external": ("external", "外部"),
    "basis_house_practice": ("House practice: no source is cited.", "内部惯例，未引用来源。"),
    "basis_project": (
        "The source names the signal; its level or window is a choice of who wrote the rule.",
        "来源列有该信号，其门槛或窗口为规则编写者的选择。",
    ),
    "basis_official_text": (
        "The rule was compared with the official text.",
        "已与官方文本核对。",
    ),
    "basis_secondary": (
        "The rule was compared with an account of the text, not with the text itself.",
        "已与可靠的转述核对，未与原文核对。",
    ),
    "basis_unverified": (
        "The rule was never compared with the text: check it before you rely on it.",
        "未与原文核对，使用前请先核实。",
    ),
    "basis_cited": (
        "The source is cited; how far the rule was compared with it is not said.",
        "已引用来源，未注明核对程度。",
    ),
    "truth_holds": ("holds", "成立"),
    "truth_fails": ("does not hold", "不成立"),
    "truth_unknown": ("not known", "未知"),
}

WORDS_EN: Final = {word: english for word, (english, _) in _WORDS.items()}
WORDS_ZH: Final = {word: chinese for word, (_, chinese) in _WORDS.items()}
