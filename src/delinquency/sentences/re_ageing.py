"""The sentences of a re-age: whether it was within the limits, and each limit with what was found."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "re_age": "Re-age of account {account_id} on {on}, {kind}: within the limits.",
    "re_age with unmet": "Re-age of account {account_id} on {on}, {kind}: not within the limits; no status "
    "follows it.",
    "re_age_open_end": "It is an open-end account.",
    "re_age_open_end with unmet": "Not met: it is no open-end account, of which minimums fall due.",
    "re_age_in_workout": "Not met: the policy allows no re-age in a workout programme.",
    "re_age_months_on_books": "The account must have existed for {months} months: so it had from {value} on.",
    "re_age_months_on_books with unmet": "Not met: the account must have existed for {months} months, which "
    "is not before {value}.",
    "re_age_payments": "The last {payments} minimums required {required} {currency}: {value} {currency} came "
    "from {first} on.",
    "re_age_payments with unmet": "Not met: the last {payments} minimums required {required} {currency}, and "
    "only {value} {currency} came from {first} on.",
    "re_age_too_few_payments": "Not met: {payments} minimums must have been paid, and only {value} "
    "had fallen due.",
    "re_age_finding": "Found since {value}: {kind}.",
    "re_age_finding with unmet": "Not met: not found: {kind}.",
    "re_age_frequency": "At most {count} within any {months} months: earlier ones that count, {value}.",
    "re_age_frequency with unmet": "Not met: at most {count} within any {months} months, and earlier ones "
    "that count are {value}; the next is allowed on {next_on}.",
}

ZH: Final = {
    "re_age": "账户 {account_id} 于 {on} 的账龄重置（{kind}）：符合限制。",
    "re_age with unmet": "账户 {account_id} 于 {on} 的账龄重置（{kind}）：不符合限制，状态不予采用。",
    "re_age_open_end": "该账户为开放式信贷账户。",
    "re_age_open_end with unmet": "未满足：该账户不是按最低还款额到期的开放式信贷账户。",
    "re_age_in_workout": "未满足：政策不允许在债务纾困方案内重置账龄。",
    "re_age_months_on_books": "账户须已存续 {months} 个月：已于 {value} 满足。",
    "re_age_months_on_books with unmet": "未满足：账户须已存续 {months} 个月，最早为 {value}。",
    "re_age_payments": "最近 {payments} 期最低还款额合计 {required} {currency}：自 {first} 起已还 {value} "
    "{currency}。",
    "re_age_payments with unmet": "未满足：最近 {payments} 期最低还款额合计 {required} {currency}，"
    "自 {first} 起仅还 {value} {currency}。",
    "re_age_too_few_payments": "未满足：须已还 {payments} 期最低还款额，到期的仅 {value} 期。",
    "re_age_finding": "自 {value} 起认定：{kind}。",
    "re_age_finding with unmet": "未满足：未认定：{kind}。",
    "re_age_frequency": "任意 {months} 个月内至多 {count} 次：计入的此前次数为 {value}。",
    "re_age_frequency with unmet": "未满足：任意 {months} 个月内至多 {count} 次，计入的此前次数已为 {value}；"
    "最早可于 {next_on} 再次重置。",
}

VARIANTS: Final = {
    "re_age": "unmet",
    "re_age_open_end": "unmet",
    "re_age_months_on_books": "unmet",
    "re_age_payments": "unmet",
    "re_age_finding": "unmet",
    "re_age_frequency": "unmet",
}

CHOICES: Final = {"re_age": frozenset({"kind"})}
