"""The sentences of proposals: what was searched, what a plan comes to, and which limit stands in the way."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "proposals": "For account {account_id} on {as_of}: {priced} {priced|plan was|plans were} "
    "priced, {fitting} {fitting|keeps|keep} to every limit, and of these {value} {value|is|are} "
    "bettered by no other one; the account cannot have {not_possible}.",
    "proposal": "Proposal {number}: payments of at most {value} {currency}, {relief} {currency} "
    "less than without it; {payments} {payments|payment|payments}, the last on {last_due_on}; "
    "the lender {worth} {loss} {currency} of present value, a share of {share}.",
    "proposal with more": "Proposal {number}: payments of at most {value} {currency}, {more} "
    "{currency} more than without it; {payments} {payments|payment|payments}, the last on "
    "{last_due_on}; the lender {worth} {loss} {currency} of present value, a share of {share}.",
    "proposals_affordability": "{plans} {plans|plan asks|plans ask} for more than can be paid, "
    "at the least {value} {currency} too much.",
    "proposals_affordability with alone": "What can be paid is in the way: {plans} {plans|plan "
    "fits|plans fit} but for that, and the nearest asks for {value} {currency} too much.",
    "proposals_arrears": "{plans} {plans|plan leaves|plans leave} arrears, at the least {value} "
    "{currency}.",
    "proposals_arrears with alone": "{plans} {plans|plan fits|plans fit} but for the arrears "
    "left, at the least {value} {currency}.",
    "proposals_last_due_on": "{plans} {plans|plan ends|plans end} too late, the nearest by "
    "{value} {value|day|days}.",
    "proposals_last_due_on with alone": "The last due date allowed is in the way: {plans} "
    "{plans|plan fits|plans fit} but for that, and the nearest ends {value} {value|day|days} too "
    "late.",
    "proposals_most_instalments": "{plans} {plans|plan has|plans have} too many payments, the "
    "nearest by {value}.",
    "proposals_most_instalments with alone": "The greatest number of payments is in the way: "
    "{plans} {plans|plan fits|plans fit} but for that, and the nearest has {value} too many.",
    "proposals_most_loss": "{plans} {plans|plan gives|plans give} up too much, the nearest by a "
    "share of {value}.",
    "proposals_most_loss with alone": "The greatest loss is in the way: {plans} {plans|plan "
    "fits|plans fit} but for that, and the nearest gives up a share of {value} too much.",
    "proposals_rules": "{plans} {plans|plan is|plans are} forbidden by the rules that were given.",
    "proposals_rules with alone": "The rules that were given are in the way: {plans} {plans|plan "
    "fits|plans fit} but for them.",
    "proposals_nothing_before": "What can be paid is said from {value} on: on {due_date}, which is before, "
    "nothing can be paid.",
    "proposals_charges_to_come": "{value} {currency} of charges that are not due yet falls due beside these "
    "payments: what can be paid must leave room for it.",
    "proposals_not_asked": "Nobody asked for a plan for account {value}.",
    "proposals_refused": "Account {account_id} can have no plan: {value}",
    "proposals_not_possible": "The account can have none of the plans of this offer.",
}

ZH: Final = {
    "proposals": "账户 {account_id}，{as_of}：共测算 {priced} 个方案，{fitting} 个符合全部限制，"
    "其中 {value} 个不被其他方案优于；{not_possible} 个不适用于该账户。",
    "proposal": "方案 {number}：每期最多还 {value} {currency}，比无方案少 {relief} {currency}；"
    "共 {payments} 期，末期 {last_due_on}；贷款人{worth}现值 {loss} {currency}，占比 {share}。",
    "proposal with more": "方案 {number}：每期最多还 {value} {currency}，比无方案多 {more} {currency}；"
    "共 {payments} 期，末期 {last_due_on}；贷款人{worth}现值 {loss} {currency}，占比 {share}。",
    "proposals_affordability": "{plans} 个方案超出还款能力，至少超出 {value} {currency}。",
    "proposals_affordability with alone": "还款能力是唯一障碍：{plans} 个方案仅因此不符合，"
    "最接近的超出 {value} {currency}。",
    "proposals_arrears": "{plans} 个方案仍留有逾期，至少 {value} {currency}。",
    "proposals_arrears with alone": "{plans} 个方案仅因仍留有逾期而不符合，至少 {value} {currency}。",
    "proposals_last_due_on": "{plans} 个方案结束过晚，最接近的晚 {value} 天。",
    "proposals_last_due_on with alone": "最后还款日的限制是唯一障碍：{plans} 个方案仅因此不符合，"
    "最接近的晚 {value} 天。",
    "proposals_most_instalments": "{plans} 个方案期数过多，最接近的多 {value} 期。",
    "proposals_most_instalments with alone": "最多期数的限制是唯一障碍：{plans} 个方案仅因此不符合，"
    "最接近的多 {value} 期。",
    "proposals_most_loss": "{plans} 个方案让步过大，最接近的超出 {value}。",
    "proposals_most_loss with alone": "最大损失的限制是唯一障碍：{plans} 个方案仅因此不符合，"
    "最接近的超出 {value}。",
    "proposals_rules": "{plans} 个方案为所给规则所禁止。",
    "proposals_rules with alone": "所给规则是唯一障碍：{plans} 个方案仅因此不符合。",
    "proposals_nothing_before": "还款能力仅自 {value} 起给出：此前的应还日 {due_date} 视为无力还款。",
    "proposals_charges_to_come": "另有尚未到期的费用 {value} {currency}，不在各期还款之内，"
    "还款能力须另留余地。",
    "proposals_not_asked": "未要求为账户 {value} 测算方案。",
    "proposals_refused": "账户 {account_id} 不能有方案：{value}",
    "proposals_not_possible": "该账户不适用本次提供的任何方案。",
}

VARIANTS: Final = {
    "proposal": "more",
    "proposals_affordability": "alone",
    "proposals_arrears": "alone",
    "proposals_last_due_on": "alone",
    "proposals_most_instalments": "alone",
    "proposals_most_loss": "alone",
    "proposals_rules": "alone",
}

CHOICES: Final[dict[str, frozenset[str]]] = {"proposal": frozenset({"worth"})}
