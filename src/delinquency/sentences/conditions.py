"""The conditions of a status rule in words of a language.

The one idea: a condition is kept as the line that a rulebook file writes, which any program can compare; it
becomes words only when somebody reads. A line of no known shape stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from delinquency.sentences import words

__all__ = ["CONDITIONS", "condition_in_words", "conditions_in_words"]

CONDITIONS: Final = {
    "status_figure": frozenset({"condition"}),
    "status_reported": frozenset({"condition"}),
    "status_worked_out": frozenset({"condition"}),
    "status_elapsed": frozenset({"condition"}),
    "status_condition": frozenset({"condition"}),
    "status_held": frozenset({"conditions"}),
    "status_ends": frozenset({"waits"}),
    "status_not_assessed": frozenset({"conditions"}),
    "status_clock": frozenset({"condition", "begun_by"}),
    "status_clock_complete": frozenset({"condition", "begun_by"}),
    "status_clock_waits": frozenset({"condition"}),
}
"""The figures of each rule that are conditions, several of them with a semicolon and a space between."""

_DIGITS: Final = re.compile(r"[0-9]+(\.[0-9]+)?")
_WORDS: Final = {"en": words.EN, "zh": words.ZH}

_EN: Final = {
    ">": "more than",
    ">=": "at least",
    "<": "less than",
    "<=": "at most",
    "=": "exactly",
    "days_past_due": "{operator} {value} past due",
    "delinquent_days": "{operator} {value} delinquent",
    "material_days_past_due": "{operator} {value} past due with material arrears",
    "arrears = 0": "no arrears",
    "arrears": "arrears of {operator} {value}",
    "exposure": "an exposure of {operator} {value}",
    "reported": "reported {name} of {operator} {value}",
    "of security": "{name} of {operator} {value}",
    "found": "found: {name}",
    "not found": "not found: {name}",
    "found since": "found after {anchors}: {name}",
    "restructured": "restructured on the day for a debtor in difficulty",
    "gave up": "restructured on the day for a debtor in difficulty, giving up more than {value} of the "
    "present value",
    "segment": "the segment is {name}",
    "state": "{machine} is {states}",
    "or": " or ",
    "day": "{count} day",
    "days": "{count} days",
    "month": "{count} month",
    "months": "{count} months",
    "elapsed": "{time} since {anchors}",
    "period": "1 due date came and was paid since {anchors}",
    "periods": "{count} due dates came and were paid since {anchors}",
    "latest of": "the latest of {anchors}",
    ",": ", ",
    "and": " and ",
    "entering": "the first day of the state",
    "last trigger": "the day after a trigger last held",
    "clearing": "the first close without arrears",
    "last miss": "the due date of the newest debt that was late",
    "restructuring": "the restructuring",
    "first due after restructuring": "the first due date after the restructuring",
    "grace end": "the end of the grace of the restructuring",
    "finding": "the finding {name}",
    "between": "; ",
}

_ZH: Final = {
    ">": "超过",
    ">=": "不少于",
    "<": "少于",
    "<=": "不超过",
    "=": "等于",
    "days_past_due": "逾期天数{operator} {value}",
    "delinquent_days": "计逾期天数{operator} {value}",
    "material_days_past_due": "重大逾期天数{operator} {value}",
    "arrears = 0": "没有逾期金额",
    "arrears": "逾期金额{operator} {value}",
    "exposure": "风险敞口{operator} {value}",
    "reported": "申报的{name}{operator} {value}",
    "of security": "{name}{operator} {value}",
    "found": "认定{name}",
    "not found": "未认定{name}",
    "found since": "在{anchors}之后认定{name}",
    "restructured": "当日因债务人财务困难重组",
    "gave up": "当日因债务人财务困难重组，且放弃的现值比例超过 {value}",
    "segment": "属于{name}客户",
    "state": "{machine}为{states}",
    "or": "或",
    "day": "{count} 天",
    "days": "{count} 天",
    "month": "{count} 个月",
    "months": "{count} 个月",
    "elapsed": "自{anchors}起满 {time}",
    "period": "自{anchors}起已有 1 个还款日到期并还清",
    "periods": "自{anchors}起已有 {count} 个还款日到期并还清",
    "latest of": "{anchors}（以最晚者为准）",
    ",": "、",
    "and": "、",
    "entering": "进入该状态之日",
    "last trigger": "触发条件最后成立之次日",
    "clearing": "不再有逾期金额之日",
    "last miss": "最近一笔逾期款项的应还日",
    "restructuring": "重组日",
    "first due after restructuring": "重组后首个还款日",
    "grace end": "重组宽限期止日",
    "finding": "认定{name}之日",
    "between": "；",
}

TEMPLATES: Final = {"en": _EN, "zh": _ZH}

OF_SECURITY: Final = frozenset(
    {
        "loan_to_value",
        "security_share_of_assessed",
        "security_share_of_outstanding",
        "guaranteed_share",
        "secured_share",
    }
)
"""Figures that were reported, or worked out of collateral and guarantees."""

_DAYS: Final = frozenset({"days_past_due", "delinquent_days", "material_days_past_due"})


def conditions_in_words(text: str, lang: str) -> str:
    """Conditions with a semicolon between, in words.

    Examples
    --------
    >>> conditions_in_words("days_past_due > 90; found repaid_by_new_borrowing", "zh")
    '逾期天数超过 90 天；认定借新还旧'
    """
    told = (condition_in_words(line, lang) for line in text.split("; "))
    return TEMPLATES[lang]["between"].join(told)


def condition_in_words(line: str, lang: str) -> str:
    """A condition in words of a language; a line of no known shape as it is.

    Examples
    --------
    >>> condition_in_words("days_past_due > 90", "en")
    'more than 90 days past due'
    >>> condition_in_words("12 months since restructuring, entering", "zh")
    '自重组日、进入该状态之日（以最晚者为准）起满 12 个月'
    """
    if line in TEMPLATES[lang] and " = " in line:
        return TEMPLATES[lang][line]
    for shape, say in _SHAPES:
        match = shape.fullmatch(line)
        if match:
            return say(match, lang)
    return line


def _restructured(match: re.Match[str], lang: str) -> str:
    if match[1] is None:
        return TEMPLATES[lang]["restructured"]
    return TEMPLATES[lang]["gave up"].format(value=_percent(match[1]))


def _percent(share: str) -> str:
    """A share in digits in per cent; anything else as it is written."""
    if not _DIGITS.fullmatch(share):
        return share
    percent = f"{Decimal(share).scaleb(2):f}"
    return f"{percent.rstrip('0').rstrip('.') if '.' in percent else percent} %"


def _segment(match: re.Match[str], lang: str) -> str:
    return TEMPLATES[lang]["segment"].format(name=_name(match[1], lang))


def _compared(match: re.Match[str], lang: str) -> str:
    told = TEMPLATES[lang]
    name, operator, value = match[2], told[match[3]], match[4]
    if match[1]:
        said = told["of security" if name in OF_SECURITY else "reported"]
        name = _name(name, lang)
    elif name in told:
        said = told[name]
    else:
        return match[0]
    if not match[1] and name in _DAYS:
        value = _time(value, "day", lang)
    return said.format(name=name, operator=operator, value=value)


def _found(match: re.Match[str], lang: str) -> str:
    told, name = TEMPLATES[lang], _name(match[2], lang)
    if match[3]:
        return told["found since"].format(name=name, anchors=_anchors(match[3], lang))
    return told[f"{match[1] or ''}found"].format(name=name)


def _periods(match: re.Match[str], lang: str) -> str:
    said = TEMPLATES[lang]["period" if match[1] == "1" else "periods"]
    return said.format(count=match[1], anchors=_anchors(match[2], lang))


def _elapsed(match: re.Match[str], lang: str) -> str:
    time = _time(match[1], match[2], lang)
    return TEMPLATES[lang]["elapsed"].format(time=time, anchors=_anchors(match[3], lang))


def _since(match: re.Match[str], lang: str) -> str:
    return _anchors(match[1], lang)


def _state(match: re.Match[str], lang: str) -> str:
    told = TEMPLATES[lang]
    states = told["or"].join(match[2].split(", "))
    return told["state"].format(machine=match[1], states=states)


_SHAPES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], str]], ...]] = (
    (re.compile(r"restructured(?:, gave up > (.+))?"), _restructured),
    (re.compile(r"segment (.+)"), _segment),
    (re.compile(r"(reported )?([a-z_]+) (>=|<=|>|<|=) (.+)"), _compared),
    (re.compile(r"(not )?found (.+?)(?: since (.+))?"), _found),
    (re.compile(r"(\d+) periods paid since (.+)"), _periods),
    (re.compile(r"(\d+) (day|month)s since (.+)"), _elapsed),
    (re.compile(r"since (.+)"), _since),
    (re.compile(r"([^\d].*?) in (.+)"), _state),
)
"""As they are written; a file may write more freely, see :mod:`delinquency.status.condition_text`."""


def _anchors(text: str, lang: str) -> str:
    told = TEMPLATES[lang]
    days = [_anchor(day, lang) for day in text.split(", ")]
    if len(days) == 1:
        return days[0]
    *first, last = days
    return told["latest of"].format(anchors=told[","].join(first) + told["and"] + last)


def _anchor(text: str, lang: str) -> str:
    kind = text.removeprefix("found ")
    if kind != text:
        return TEMPLATES[lang]["finding"].format(name=_name(kind, lang))
    return TEMPLATES[lang].get(text, text)


def _time(count: str, unit: str, lang: str) -> str:
    return TEMPLATES[lang][unit if count == "1" else f"{unit}s"].format(count=count)


def _name(word: str, lang: str) -> str:
    return _WORDS[lang].get(word, word)
