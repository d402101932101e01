"""The sentences of a provision: how much is set aside, at which rate, of what, and how it was rounded."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "provision": "Provision for account {account_id} on {as_of}: {value} {currency}.",
    "provision with known_on": "Provision for account {account_id} on {as_of}, as known on {known_on}: "
    "{value} {currency}.",
    "provision_rate": "The rate of {of} is {value} %.",
    "provision_base": "It is a share of the {base}: {value} {currency}.",
    "provision_rounded": "{exact} {currency} is rounded {rounding} to {value}.",
}

ZH: Final = {
    "provision": "账户 {account_id} 在 {as_of} 应计提的准备：{value} {currency}。",
    "provision with known_on": "账户 {account_id} 在 {as_of} 应计提的准备（以 {known_on} 已知信息为准）："
    "{value} {currency}。",
    "provision_rate": "{of} 的计提比例为 {value}%。",
    "provision_base": "计提基数为{base}：{value} {currency}。",
    "provision_rounded": "{exact} {currency} 取整（{rounding}）为 {value}。",
}

VARIANTS: Final = {"provision": "known_on"}

CHOICES: Final = {
    "provision_base": frozenset({"base"}),
    "provision_rounded": frozenset({"rounding"}),
}
