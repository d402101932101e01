"""The sentences of debts in the place of others: accounts made one, a card that becomes instalments."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "consolidation": "{accounts} {accounts|account becomes|accounts become} account {account_id} "
    "on {effective_on}: {before} {currency} owed on them before it and {after} {currency} on it; "
    "the lender {worth} {amount} {currency} of present value.",
    "consolidation_account": "Account {account_id} owed {value} {currency}: {principal} of "
    "principal, {interest} of interest, {fees} of fees and {penalty} of penalty. It ends on "
    "{effective_on}.",
    "consolidation_carried": "{value} {currency} of charges not due yet go on with their due "
    "dates.",
    "consolidation_rate_agreed": "The new account bears {value} % a year from {effective_on} on, "
    "as was agreed.",
    "consolidation_rate_weighted": "The new account bears {value} % a year from {effective_on} "
    "on: the rates of the old contracts, weighted by the principal owed on each.",
    "consolidation_value": "What was owed is worth {before} {currency}, each account at the rate "
    "of its contract; the new account is worth {after} {currency} at these rates weighted by the "
    "principal owed.",
    "card_agreement": "Individual instalment agreement of {effective_on} for card {card_id}: "
    "{value} {currency} were owed on it; {after} {currency} are paid on account {account_id} in "
    "{instalments} {instalments|instalment|instalments}.",
    "card_agreement_needed": "The debt is beyond what the holder can pay, and the holder is "
    "willing to pay; the oldest minimum was {value} {value|day|days} past due.",
    "card_agreement_balance": "Owed: {value} {currency} of {kind}.",
    "card_agreement_row": "Instalment {number}, due on {due_date}: {value} {currency}; "
    "{principal} of principal, {interest} of interest, {fees} of fees and {penalty} of penalty.",
    "card_agreement_interest": "The principal bears {value} % a year.",
    "card_agreement_no_interest": "No interest accrues.",
    "card_agreement_annual_fee": "The annual fee of the card is charged while the agreement runs.",
    "card_agreement_no_annual_fee": "No annual fee of the card is charged while the agreement "
    "runs.",
    "card_agreement_other_fees": "Other fees are charged while the agreement runs.",
    "card_agreement_no_other_fees": "No other fees are charged while the agreement runs.",
    "card_agreement_promise": "From {value} on, until all is settled, the holder applies for no "
    "credit card of any bank.",
    "card_agreement_duties": "Rights and duties of both parties: {value}",
    "card_agreement_breach": "On a breach: {value}",
    "card_agreement_other": "Other terms: {value}",
    "card_agreement_stops": "From {value} on no credit is given on the card, and collection "
    "stops unless the agreement is broken.",
    "card_agreement_recording": "It was agreed orally: recording {value} is kept at least until "
    "the debt is settled.",
    "card_agreement_value": "What was owed is worth {before} {currency}; the instalments are "
    "worth {after} {currency} at the rates of the card, weighted by the principal owed.",
}

ZH: Final = {
    "consolidation": "{accounts} 个账户于 {effective_on} 合并为账户 {account_id}：合并前共欠 {before} "
    "{currency}，合并后欠 {after} {currency}；贷款人{worth}的现值为 {amount} {currency}。",
    "consolidation_account": "账户 {account_id} 欠款 {value} {currency}：本金 {principal}、利息 {interest}、"
    "费用 {fees}、罚息 {penalty}，于 {effective_on} 终止。",
    "consolidation_carried": "尚未到期的费用 {value} {currency} 按原到期日转入新账户。",
    "consolidation_rate_agreed": "新账户自 {effective_on} 起按约定年利率 {value}% 计息。",
    "consolidation_rate_weighted": "新账户自 {effective_on} 起按年利率 {value}% 计息，"
    "为原合同利率按所欠本金加权的平均值。",
    "consolidation_value": "欠款现值按各原合同利率为 {before} {currency}，新账户按所欠本金加权的原合同利率"
    "为 {after} {currency}。",
    "card_agreement": "信用卡 {card_id} 自 {effective_on} 起的个性化分期还款协议：此前欠款 {value} "
    "{currency}，{after} {currency} 于账户 {account_id} 分 {instalments} 期偿还。",
    "card_agreement_needed": "欠款超出持卡人还款能力，持卡人仍有还款意愿；"
    "最早的最低还款额已逾期 {value} 天。",
    "card_agreement_balance": "欠款：{kind} {value} {currency}。",
    "card_agreement_row": "第 {number} 期，{due_date} 应还 {value} {currency}：本金 {principal}、"
    "利息 {interest}、费用 {fees}、罚息 {penalty}。",
    "card_agreement_interest": "本金按年利率 {value}% 计息。",
    "card_agreement_no_interest": "不计收利息。",
    "card_agreement_annual_fee": "协议期间计收年费。",
    "card_agreement_no_annual_fee": "协议期间不计收年费。",
    "card_agreement_other_fees": "协议期间计收其他费用。",
    "card_agreement_no_other_fees": "协议期间不计收其他费用。",
    "card_agreement_promise": "自 {value} 起至全部结清前，持卡人不向任何银行申领信用卡。",
    "card_agreement_duties": "双方权利和义务：{value}",
    "card_agreement_breach": "违约责任：{value}",
    "card_agreement_other": "其他事项：{value}",
    "card_agreement_stops": "自 {value} 起该卡不再授信；除非违反协议，停止催收。",
    "card_agreement_recording": "口头达成协议：录音 {value} 至少保存至欠款结清之日。",
    "card_agreement_value": "欠款现值为 {before} {currency}；各期还款按所欠本金加权的信用卡利率折现"
    "为 {after} {currency}。",
}

VARIANTS: Final[dict[str, str]] = {}

CHOICES: Final[dict[str, frozenset[str]]] = {
    "card_agreement_balance": frozenset({"kind"}),
    "consolidation": frozenset({"worth"}),
}
