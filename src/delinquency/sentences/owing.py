"""The sentences of what is owed: a breakdown, a payment and what it settled, penalty interest."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "breakdown": "Owed by account {account_id} on {as_of}: {value} {currency}.",
    "owed_past_due": "Past due: {value} {currency}: principal {principal}, interest {interest}, fees {fees}, "
    "penalty {penalty}.",
    "owed_due": "Due on the day: {value} {currency}: principal {principal}, interest {interest}, "
    "fees {fees}, penalty {penalty}.",
    "owed_not_due": "Not due yet: principal {value} {currency}; interest of later periods is not owed yet.",
    "owed_accrued_interest": "Interest earned in the running period and not due yet: {value} {currency}.",
    "owed_unearned_interest": "Less interest paid in advance and not earned yet: {value} {currency}.",
    "owed_prepaid_fees": "Less fees of instalments to come paid in advance: {value} {currency}.",
    "owed_unposted_penalty": "Penalty interest accrued and not posted: {value} {currency}.",
    "owed_credit": "Less money that settled nothing yet: {value} {currency}.",
    "owed_off_balance": "Of which shown off balance: {value} {currency} of interest and penalty.",
    "owed_written_off": "Besides, written off and still claimed: {value} {currency}.",
    "penalty_interest": "Penalty interest of account {account_id} to the close of {as_of}: {value} "
    "{currency}.",
    "penalty_line": "Instalment {instalment}: [{start}, {end}) × {base} × {rate} % {period} × {days} days = "
    "{value} {currency}.",
    "penalty_line with beside": "{beside}: [{start}, {end}) × {base} × {rate} % {period} × {days} days = "
    "{value} {currency}.",
    "compound_line": "Instalment {instalment}, on unpaid interest: [{start}, {end}) × {base} × {rate} % "
    "{period} × {days} days = {value} {currency}.",
    "compound_line with beside": "{beside}, on unpaid interest: [{start}, {end}) × {base} × {rate} % "
    "{period} × {days} days = {value} {currency}.",
    "penalty_waived": "Waived, and not owed: [{start}, {end}) × {base} × {rate} % {period} × {days} days × "
    "{share} = {value} {currency}.",
    "penalty_capped": "A cap took off {value} {currency}; it binds since {since}.",
    "penalty_terms": "Base: {value}; compounding: {compounding}; {day_count}; rounded by {grain}.",
    "settled_by": "Money of {value_date}, {kind}: {value} {currency}.",
    "settled_by with payments": "Money of {value_date}, {kind}, {payments} payments taken as one: {value} "
    "{currency}.",
    "payment_order": "Order of payment: {order}; {grain}; excess: {excess}.",
    "payment_order_by_age": "Order of payment from {at_least} days past due on, the account being {value} "
    "days past due before the money of the day: {order}; {grain}; excess: {excess}.",
    "payment_order_by_kind": "Order of payment of money of this kind: {order}; {grain}; excess: {excess}.",
    "payment_settled": "{value} {currency} of the {component} of instalment {instalment}, due on {due_date}.",
    "payment_settled with beside": "{value} {currency} of the {component} of {beside}, due on {due_date}.",
    "payment_recovered": "{value} {currency} of the {component} of instalment {instalment}, written off "
    "before.",
    "payment_recovered with beside": "{value} {currency} of the {component} of {beside}, written off before.",
    "payment_unallocated": "{value} {currency} settled nothing.",
}

ZH: Final = {
    "breakdown": "账户 {account_id} 于 {as_of} 应还合计：{value} {currency}。",
    "owed_past_due": "逾期：{value} {currency}，其中本金 {principal}，利息 {interest}，费用 {fees}，"
    "罚息 {penalty}。",
    "owed_due": "当日到期：{value} {currency}，其中本金 {principal}，利息 {interest}，费用 {fees}，"
    "罚息 {penalty}。",
    "owed_not_due": "未到期本金：{value} {currency}；以后各期利息尚未发生。",
    "owed_accrued_interest": "本期应计未到期利息：{value} {currency}。",
    "owed_unearned_interest": "减：已提前支付、尚未发生的利息：{value} {currency}。",
    "owed_prepaid_fees": "减：已提前支付的未到期各期费用：{value} {currency}。",
    "owed_unposted_penalty": "已计未入账罚息：{value} {currency}。",
    "owed_credit": "减：尚未冲抵的款项：{value} {currency}。",
    "owed_off_balance": "其中表外利息及罚息：{value} {currency}。",
    "owed_written_off": "另有已核销、仍保留追索的款项：{value} {currency}。",
    "penalty_interest": "账户 {account_id} 截至 {as_of} 日终的罚息及复利：{value} {currency}。",
    "penalty_line": "第 {instalment} 期：[{start}, {end}) × {base} × {period}利率 {rate}% × {days} 天 = "
    "{value} {currency}。",
    "penalty_line with beside": "{beside}：[{start}, {end}) × {base} × {period}利率 {rate}% × {days} 天 = "
    "{value} {currency}。",
    "compound_line": "第 {instalment} 期未付利息的复利：[{start}, {end}) × {base} × {period}利率 {rate}% × "
    "{days} 天 = {value} {currency}。",
    "compound_line with beside": "{beside}未付利息的复利：[{start}, {end}) × {base} × {period}利率 {rate}% × "
    "{days} 天 = {value} {currency}。",
    "penalty_waived": "已减免：[{start}, {end}) × {base} × {period}利率 {rate}% × {days} 天 × {share} = "
    "{value} {currency}。",
    "penalty_capped": "因上限减少 {value} {currency}，自 {since} 起达到上限。",
    "penalty_terms": "罚息基数：{value}；复利：{compounding}；{day_count}；取整单位：{grain}。",
    "settled_by": "{value_date} 的款项（{kind}）：{value} {currency}。",
    "settled_by with payments": "{value_date} 的款项（{kind}，{payments} 笔合并计算）：{value} {currency}。",
    "payment_order": "冲抵顺序：{order}；{grain}；多还款项：{excess}。",
    "payment_order_by_age": "逾期 {at_least} 天起的冲抵顺序（当日款项入账前逾期 {value} 天）：{order}；"
    "{grain}；多还款项：{excess}。",
    "payment_order_by_kind": "此类款项的冲抵顺序：{order}；{grain}；多还款项：{excess}。",
    "payment_settled": "冲抵第 {instalment} 期（应还日 {due_date}）的{component} {value} {currency}。",
    "payment_settled with beside": "冲抵 {beside}（应还日 {due_date}）的{component} {value} {currency}。",
    "payment_recovered": "收回第 {instalment} 期已核销的{component} {value} {currency}。",
    "payment_recovered with beside": "收回 {beside} 已核销的{component} {value} {currency}。",
    "payment_unallocated": "{value} {currency} 未冲抵任何欠款。",
}

VARIANTS: Final = {
    "compound_line": "beside",
    "payment_recovered": "beside",
    "payment_settled": "beside",
    "settled_by": "payments",
    "penalty_line": "beside",
}

CHOICES: Final = {
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
}
