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
    "owed_not_due": "Not due yet: principal {value} {currency}; what is earned of interest to come is told "
    "by itself.",
    "owed_by_plan": "A plan of {value} made rows to come: they do not say what of them was earned before "
    "they began, waits, or becomes principal later. The figure to quote is payoff_on of the answer of "
    "the plan.",
    "owed_charged_ahead": "Charged and not due yet: {value} {currency} of fees and penalty.",
    "owed_accrued_interest": "Interest earned in the running period and not due yet: {value} {currency}.",
    "owed_unearned_interest": "Less interest paid in advance and not earned yet: {value} {currency}.",
    "owed_prepaid_fees": "Less fees of instalments to come paid in advance: {value} {currency}.",
    "owed_unposted_penalty": "Penalty interest accrued and not posted: {value} {currency}.",
    "owed_for_delay": "Accrued for the delay in all: {value} {currency}: on the base of the terms {penalty}, "
    "on unpaid interest {compound}; posted of it: {posted}.",
    "owed_without_penalty_terms": "Policy {value} has no terms of penalty interest: none accrues here, "
    "whatever the contract says.",
    "owed_credit": "Less money that settled nothing yet: {value} {currency}.",
    "owed_off_balance": "Of which shown off balance: {value} {currency} of interest and penalty.",
    "owed_written_off": "Besides, written off and still claimed: {value} {currency}.",
    "penalty_interest": "Penalty interest of account {account_id} to the close of {as_of}: {value} "
    "{currency}.",
    "penalty_line": "{instalment?}{beside?}{place?}: [{start}, {end}) × {base} × {rate} % {period} × "
    "{part_of_year?}{bearing_days?}{share?} = {product} {currency}{rounded?}{capped?}.",
    "compound_line": "{instalment?}{beside?}{place?}, on unpaid interest: [{start}, {end}) × {base} × "
    "{rate} % {period} × {part_of_year?}{bearing_days?}{share?} = {product} "
    "{currency}{rounded?}{capped?}.",
    "penalty_waived": "{instalment?}{beside?}{place?}, waived and not owed: [{start}, {end}) × {base} × "
    "{rate} % {period} × {part_of_year?}{bearing_days?}{share?} = {product} {currency}{rounded?}.",
    "compound_waived": "{instalment?}{beside?}{place?}, on unpaid interest, waived and not owed: [{start}, "
    "{end}) × {base} × {rate} % {period} × {part_of_year?}{bearing_days?}{share?} = {product} "
    "{currency}{rounded?}.",
    "instalment?": "Instalment {instalment}",
    "beside?": "{beside}",
    "place?": "Debt {place}",
    "part_of_year?": "{part_of_year}",
    "bearing_days?": "{bearing_days} days",
    "share?": " × {share}",
    "rounded?": ", as the terms round {rounded} {currency}",
    "capped?": ", of which caps took off {capped} {currency} and left {value} {currency}",
    "penalty_capped": "Taken off by caps: {value} {currency} in all.",
    "annual_cap": "Cap of {rate} % {period}, {day_count}{reference?}, on interest, fees and penalty "
    "together: of {accrued} {currency} of penalty it has room for {limit} {currency}, and by itself takes "
    "off {value} {currency}; it binds since {since}.",
    "absolute_cap": "Cap of {amount} {currency} on the account: of {accrued} {currency} of penalty it has "
    "room for {limit} {currency}, and by itself takes off {value} {currency}; it binds since {since}.",
    "share_cap": "{instalment?}{beside?}, cap of {share} of the base: of {accrued} {currency} of penalty it "
    "has room for {limit} {currency}, and by itself takes off {value} {currency}; it binds since {since}.",
    "reference?": " ({factor} × {reference})",
    "penalty_terms": "Base: {value}; compounding: {compounding}; {day_count}; rounded {grain}, {rounding}.",
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
    "owed_not_due": "未到期本金：{value} {currency}；未到期利息中已计的部分另列。",
    "owed_by_plan": "后续各期由 {value} 的方案形成，并未载明其中哪些已在该期开始前计得、暂缓收取或日后转为"
    "本金。对外报价应以该方案答复的 payoff_on 为准。",
    "owed_charged_ahead": "已计收未到期的费用及罚息：{value} {currency}。",
    "owed_accrued_interest": "本期应计未到期利息：{value} {currency}。",
    "owed_unearned_interest": "减：已提前支付、尚未发生的利息：{value} {currency}。",
    "owed_prepaid_fees": "减：已提前支付的未到期各期费用：{value} {currency}。",
    "owed_unposted_penalty": "已计未入账罚息：{value} {currency}。",
    "owed_for_delay": "逾期应计合计 {value} {currency}：罚息 {penalty}，复利 {compound}；"
    "其中已入账 {posted}。",
    "owed_without_penalty_terms": "政策 {value} 没有罚息条款：此处不计罚息，无论合同如何约定。",
    "owed_credit": "减：尚未冲抵的款项：{value} {currency}。",
    "owed_off_balance": "其中表外利息及罚息：{value} {currency}。",
    "owed_written_off": "另有已核销、仍保留追索的款项：{value} {currency}。",
    "penalty_interest": "账户 {account_id} 截至 {as_of} 日终的罚息及复利：{value} {currency}。",
    "penalty_line": "{instalment?}{beside?}{place?}：[{start}, {end}) × {base} × {period}利率 {rate}% × "
    "{part_of_year?}{bearing_days?}{share?} = {product} {currency}{rounded?}{capped?}。",
    "compound_line": "{instalment?}{beside?}{place?}未付利息的复利：[{start}, {end}) × {base} × "
    "{period}利率 {rate}% × {part_of_year?}{bearing_days?}{share?} = {product} "
    "{currency}{rounded?}{capped?}。",
    "penalty_waived": "{instalment?}{beside?}{place?}已减免的罚息：[{start}, {end}) × {base} × "
    "{period}利率 {rate}% × {part_of_year?}{bearing_days?}{share?} = {product} {currency}{rounded?}。",
    "compound_waived": "{instalment?}{beside?}{place?}已减免的复利：[{start}, {end}) × {base} × "
    "{period}利率 {rate}% × {part_of_year?}{bearing_days?}{share?} = {product} {currency}{rounded?}。",
    "instalment?": "第 {instalment} 期",
    "beside?": "{beside}",
    "place?": "第 {place} 笔",
    "part_of_year?": "{part_of_year}",
    "bearing_days?": "{bearing_days} 天",
    "share?": " × {share}",
    "rounded?": "，按约定取整方式计 {rounded} {currency}",
    "capped?": "，其中因上限减少 {capped} {currency}，余 {value} {currency}",
    "penalty_capped": "因上限减少合计 {value} {currency}。",
    "annual_cap": "息费及罚息合计上限为{period}利率 {rate}%（{day_count}{reference?}）："
    "罚息 {accrued} {currency}，上限内可计 {limit} {currency}，单独计减少 {value} {currency}；"
    "自 {since} 起达到上限。",
    "absolute_cap": "账户罚息上限 {amount} {currency}：罚息 {accrued} {currency}，上限内可计 {limit} "
    "{currency}，单独计减少 {value} {currency}；自 {since} 起达到上限。",
    "share_cap": "{instalment?}{beside?}罚息上限为基数的 {share}：罚息 {accrued} {currency}，"
    "上限内可计 {limit} {currency}，单独计减少 {value} {currency}；自 {since} 起达到上限。",
    "reference?": "，{factor} × {reference}",
    "penalty_terms": "罚息基数：{value}；复利：{compounding}；{day_count}；{grain}取整，{rounding}。",
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
    "payment_recovered": "beside",
    "payment_settled": "beside",
    "settled_by": "payments",
}

CHOICES: Final = {
    "annual_cap": frozenset({"period"}),
    "compound_line": frozenset({"period"}),
    "compound_waived": frozenset({"period"}),
    "payment_order": frozenset({"order", "grain", "excess"}),
    "payment_order_by_age": frozenset({"order", "grain", "excess"}),
    "payment_order_by_kind": frozenset({"order", "grain", "excess"}),
    "payment_recovered": frozenset({"component"}),
    "payment_settled": frozenset({"component"}),
    "penalty_line": frozenset({"period"}),
    "penalty_terms": frozenset({"value", "compounding", "grain", "rounding"}),
    "penalty_waived": frozenset({"period"}),
    "settled_by": frozenset({"kind"}),
}
