"""The sentences of re-ages and extensions: whether one was within the limits, and what was found of each."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "re_age": "Re-age of account {account_id} on {on}, {kind}: within the limits.",
    "re_age with unmet": "Re-age of account {account_id} on {on}, {kind}: not within the limits; no status "
    "follows it.",
    "extension": "Extension of account {account_id} on {on}: within the limits.",
    "extension with unmet": "Extension of account {account_id} on {on}: not within the limits.",
    "extension_closed_end": "It is a closed-end account.",
    "extension_closed_end with unmet": "Not met: it is a card, of which nothing is extended.",
    "re_age_open_end": "It is an open-end account.",
    "re_age_open_end with unmet": "Not met: it is no open-end account, of which minimums fall due.",
    "re_age_in_workout": "Not met: the policy allows no re-age in a workout programme.",
    "concession_months_on_books": "The account must have existed for {months} months: so it had from {value} "
    "on.",
    "concession_months_on_books with unmet": "Not met: the account must have existed for {months} months, "
    "which is not before {value}.",
    "concession_payments": "The last {payments} payments due came to {required} {currency}: "
    "{value} {currency} came from {first} on.",
    "concession_payments with unmet": "Not met: the last {payments} payments due came to {required} "
    "{currency}, and only {value} {currency} came from {first} on.",
    "concession_too_few_payments": "Not met: {payments} due payments must have been made, and only {value} "
    "had fallen due.",
    "concession_finding": "Found since {value}: {kind}.",
    "concession_finding with unmet": "Not met: not found: {kind}.",
    "concession_frequency": "At most {count} within any {months} months: earlier ones that count, {value}.",
    "concession_frequency with unmet": "Not met: at most {count} within any {months} months, and earlier "
    "ones that count are {value}; the next is allowed on {next_on}.",
}

ZH: Final = {
    "re_age": "账户 {account_id} 于 {on} 的账龄重置（{kind}）：符合限制。",
    "re_age with unmet": "账户 {account_id} 于 {on} 的账龄重置（{kind}）：不符合限制，状态不予采用。",
    "extension": "账户 {account_id} 于 {on} 的展期：符合限制。",
    "extension with unmet": "账户 {account_id} 于 {on} 的展期：不符合限制。",
    "extension_closed_end": "该账户为分期还款的贷款账户。",
    "extension_closed_end with unmet": "未满足：该账户为信用卡，无展期可言。",
    "re_age_open_end": "该账户为开放式信贷账户。",
    "re_age_open_end with unmet": "未满足：该账户不是按最低还款额到期的开放式信贷账户。",
    "re_age_in_workout": "未满足：政策不允许在债务纾困方案内重置账龄。",
    "concession_months_on_books": "账户须已存续 {months} 个月：已于 {value} 满足。",
    "concession_months_on_books with unmet": "未满足：账户须已存续 {months} 个月，最早为 {value}。",
    "concession_payments": "最近 {payments} 期应还合计 {required} {currency}：自 {first} 起已还 {value} "
    "{currency}。",
    "concession_payments with unmet": "未满足：最近 {payments} 期应还合计 {required} {currency}，"
    "自 {first} 起仅还 {value} {currency}。",
    "concession_too_few_payments": "未满足：须已还 {payments} 期，到期的仅 {value} 期。",
    "concession_finding": "自 {value} 起认定：{kind}。",
    "concession_finding with unmet": "未满足：未认定：{kind}。",
    "concession_frequency": "任意 {months} 个月内至多 {count} 次：计入的此前次数为 {value}。",
    "concession_frequency with unmet": "未满足：任意 {months} 个月内至多 {count} 次，计入的此前次数"
    "已为 {value}；最早可于 {next_on} 再次办理。",
}

VARIANTS: Final = {
    "re_age": "unmet",
    "extension": "unmet",
    "extension_closed_end": "unmet",
    "re_age_open_end": "unmet",
    "concession_months_on_books": "unmet",
    "concession_payments": "unmet",
    "concession_finding": "unmet",
    "concession_frequency": "unmet",
}

CHOICES: Final = {"re_age": frozenset({"kind"})}
