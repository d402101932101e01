"""The command line's own words, in two languages.

The one idea: what a command prints is said here, once for each language and with the same figures, so
that a sentence that is missing in one of them is seen.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

__all__ = ["WORDS", "counted", "said"]

_EN: Final = {
    "sample": "A sample book of instalment loans, the same every time; nobody in it is real.",
    "headline": "{accounts} on {as_of}, policy {policy}, {currency}",
    "matter_most": "The accounts that matter most (arrears x delinquent days):",
    "account": "account",
    "arrears": "arrears",
    "days": "days",
    "bucket": "bucket",
    "why": "Why:",
    "state": "state by {machine}",
    "performing": "performing",
    "accounts": "accounts",
    "yes": "yes",
    "no": "no",
    "not_begun": "{accounts} had not begun by {as_of}.",
    "not_assessed": "{machine}: of {accounts} a figure is not known that a rule for a worse state needs.",
    "alone": "{machine} judges a debtor with all accounts; here each account is judged as if it were the "
    "only one.",
    "plans_put": "{accounts} on {as_of}, {currency}: {put} with the plan, {without} without it, {refused} "
    "that cannot have it",
    "refused_kind": "{accounts} cannot have it, {account} among them: {reason}",
    "refused_one": "Account {account} cannot have it: {reason}",
    "more_refused": "{accounts} more cannot have it for other reasons.",
    "refused_written": "The reason of each account is in {path}",
    "refused_most": "{accounts} of the {all} that are late enough for it",
    "error": "error: {told}",
    "told_error": "{where}: expected {expected}, found {found}.",
    "told_error_anywhere": "expected {expected}, found {found}.",
    "hint": " Hint: {hint}",
    "no_plan": "Account {account} is not late enough for the plan.",
    "record_written": "The audit record is in {path}",
    "written": "{accounts} written to {path}",
    "aside": "{aside} of {accounts} set aside ({rows}), with reasons, in {path}:",
    "reason": "{reason}: {rows}",
    "was_aside": "Account {account} was set aside:",
    "bad_row": "{column}, row {row}{line}: {reason}{found}",
    "line": " (line {line} of the file)",
    "found": ", found {found}",
    "nothing_left": "Nothing is left to assess.",
    "sample_written": "The sample book is in {folder}: {files}",
    "next": "What to type next, one after the other:",
    "next_sample": "# write the sample book as files",
    "next_assess": "# assess them under the rules of China",
    "next_explain": "# why one account is where it is, in Chinese",
    "faster": "hint: large books are worked through faster with numba: {python} -m pip install numba",
}

_ZH: Final = {
    "sample": "示例贷款，每次相同；其中没有真实的人。",
    "headline": "{as_of} 日终，{accounts}，政策 {policy}，{currency}",
    "matter_most": "最要紧的账户（逾期金额 × 计逾期天数）：",
    "account": "账户",
    "arrears": "逾期金额",
    "days": "天数",
    "bucket": "级别",
    "why": "理由：",
    "state": "状态（{machine}）",
    "performing": "是否正常",
    "accounts": "账户数",
    "yes": "是",
    "no": "否",
    "not_begun": "{as_of} 时尚未发放：{accounts}。",
    "not_assessed": "{machine}：{accounts}缺少判定更差状态所需的指标。",
    "alone": "{machine}按债务人全部账户判定；此处每户均按其为唯一账户判定。",
    "plans_put": "{as_of} 日终，{accounts}，{currency}：实施方案 {put} 户，"
    "未安排方案 {without} 户，无法实施 {refused} 户",
    "refused_kind": "{accounts}无法实施，如账户 {account}：{reason}",
    "refused_one": "账户 {account} 无法实施：{reason}",
    "more_refused": "另有 {accounts}因其他原因无法实施。",
    "refused_written": "各户原因见 {path}",
    "refused_most": "达到逾期天数要求的 {all} 户中的 {accounts}",
    "error": "错误：{told}",
    "told_error": "{where}：要求 {expected}，实际为 {found}。",
    "told_error_anywhere": "要求 {expected}，实际为 {found}。",
    "hint": "提示：{hint}",
    "no_plan": "账户 {account} 的逾期天数未达到方案要求。",
    "record_written": "审计记录已写入 {path}",
    "written": "已将 {accounts}写入 {path}",
    "aside": "{accounts}中有 {aside} 户被搁置（{rows}），理由见 {path}：",
    "reason": "{reason}：{rows}",
    "was_aside": "账户 {account} 已被搁置：",
    "bad_row": "{column}，行号 {row}{line}：{reason}{found}",
    "line": "（文件第 {line} 行）",
    "found": "，实际为 {found}",
    "nothing_left": "没有可以评估的账户。",
    "sample_written": "示例贷款已写入 {folder}：{files}",
    "next": "接下来可以依次输入：",
    "next_sample": "# 将示例贷款写成文件",
    "next_assess": "# 按中国的规则评估",
    "next_explain": "# 用中文说明其中一户的理由",
    "faster": "提示：安装 numba 可以加快大组合的计算：{python} -m pip install numba",
}

_MEASURES: Final = MappingProxyType({"account": "户", "row": "行"})

WORDS: Final = MappingProxyType({"en": MappingProxyType(_EN), "zh": MappingProxyType(_ZH)})
"""Sentences by language and name."""


def said(name: str, lang: str, **figures: object) -> str:
    """A sentence in a language, with its figures.

    Examples
    --------
    >>> said("written", "en", accounts=counted(1, "account", "en"), path="out.csv")
    '1 account written to out.csv'
    """
    return WORDS[lang][name].format(**figures)


def counted(count: int, noun: str, lang: str) -> str:
    """How many there are of ``"account"`` or ``"row"``.

    Examples
    --------
    >>> counted(1, "row", "en"), counted(1_000, "row", "en"), counted(2, "account", "zh")
    ('1 row', '1,000 rows', '2 户')
    """
    if lang == "zh":
        return f"{count:,} {_MEASURES[noun]}"
    return f"{count:,} {noun if count == 1 else noun + 's'}"
