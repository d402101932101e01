"""The sentences of a provision: how much is set aside, at which rate, of what, and how it was rounded."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "provision": "Provision for account {account_id} on {as_of}: {value} {currency}.",
    "provision with known_on": "Provision for account {account_id} on {as_of}, as known on {known_on}: "
    "{value} {currency}.",
    "provision_rate": "The rate of {of} is {value} %.",
    "provision_rate_months": "The rate of {of} is {value} %: {first} %, and {each} % more for each whole "
    "month in it, {months} so far; at most 100 %.",
    "provision_rate_covered": "The rate of {of} is {value} % of what collateral covers: {part} {currency}.",
    "provision_rate_rest": "It is {value} % of the rest: {part} {currency}.",
    "provision_rate_secured": "The rate of {of} is {value} %: when the account began, collateral covered "
    "more than {limit} % of it.",
    "provision_rate_unsecured": "The rate of {of} is {value} %: when the account began, collateral covered "
    "at most {limit} % of it.",
    "provision_base": "It is a share of the {base}: {value} {currency}.",
    "provision_rounded": "{exact} {currency} is rounded {rounding} to {value}.",
}

ZH: Final = {
    "provision": "账户 {account_id} 在 {as_of} 应计提的准备：{value} {currency}。",
    "provision with known_on": "账户 {account_id} 在 {as_of} 应计提的准备（以 {known_on} 已知信息为准）："
    "{value} {currency}。",
    "provision_rate": "{of} 的计提比例为 {value}%。",
    "provision_rate_months": "{of} 的计提比例为 {value}%：起始 {first}%，每满一个月增加 {each}%，"
    "已满 {months} 个月，最高 100%。",
    "provision_rate_covered": "{of} 有押品覆盖部分的计提比例为 {value}%：{part} {currency}。",
    "provision_rate_rest": "其余部分的计提比例为 {value}%：{part} {currency}。",
    "provision_rate_secured": "{of} 的计提比例为 {value}%：账户起始时押品覆盖的比例超过 {limit}%。",
    "provision_rate_unsecured": "{of} 的计提比例为 {value}%：账户起始时押品覆盖的比例不超过 {limit}%。",
    "provision_base": "计提基数为{base}：{value} {currency}。",
    "provision_rounded": "{exact} {currency} 取整（{rounding}）为 {value}。",
}

VARIANTS: Final = {"provision": "known_on"}

CHOICES: Final = {
    "provision_base": frozenset({"base"}),
    "provision_rounded": frozenset({"rounding"}),
}
