"""The sentences of a plan: what it came to, and what each measure moved, took away or put off."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "WORDS_EN", "WORDS_ZH", "ZH"]

EN: Final = {
    "plan": "The plan of {effective_on} for account {account_id}: {before} {currency} owed "
    "before it and {after} {currency} after it; the lender {worth} {amount} {currency} of "
    "present value.",
    "plan_without_measures": "The plan has no measure: nothing changes, and no restructuring is recorded.",
    "plan_nothing": "Measure {number}, {measure}: there was nothing to change.",
    "plan_extended": "Measure {number}, {measure}: {value} {value|instalment is|instalments are} "
    "added after the last one.",
    "plan_re_aged": "Measure {number}, {measure}: all that is open falls due in {value} "
    "{value|instalment|instalments}, the first on {first_due_on}.",
    "plan_rests": "Measure {number}, {measure}: on {value} due {value|date|dates} no principal "
    "is asked for, interest is {interest}, and {added} {added|instalment is|instalments are} "
    "added at the end.",
    "plan_reduced": "Measure {number}, {measure}: on {payments} due {payments|date|dates} {value} "
    "{currency} is paid.",
    "plan_short": "Measure {number}, {measure}: interest that this does not cover is {interest}.",
    "plan_rate": "Measure {number}, {measure}: {value} % a year from the day of the plan on.",
    "plan_rate with until": "Measure {number}, {measure}: {value} % a year from the day of the "
    "plan on, and no longer from {until} on.",
    "plan_paused": "Measure {number}, {measure}: no interest is borne from {start} to {end}, "
    "which bears it again.",
    "plan_due_dates": "Measure {number}, {measure}: the first due date that moves is {value}, "
    "and the others follow.",
    "plan_capitalised": "Measure {number}, {measure}: {value} {currency} of {component} became "
    "principal.",
    "plan_principal_joined": "Measure {number}, {measure}: {value} {currency} of principal that was past "
    "due joins the principal to come.",
    "plan_advance_used": "Measure {number}, {measure}: {value} {currency} of {component} that "
    "was paid in advance is taken off the principal.",
    "plan_spread": "Measure {number}, {measure}: {value} {currency} of {component}, past due or "
    "earned, is paid with the instalments to come.",
    "plan_waived": "Measure {number}, {measure}: {value} {currency} of {component} is waived.",
    "plan_forgiven": "Measure {number}, {measure}: {value} {currency} of {component} is forgiven.",
    "plan_forgiven with on_completion": "Measure {number}, {measure}: {value} {currency} of "
    "{component} is forgiven, and comes back if the plan is broken.",
    "plan_deferred": "Measure {number}, {measure}: {value} {currency} of {component} is not "
    "asked for before the last due date.",
    "plan_waived with on_completion": "Measure {number}, {measure}: {value} {currency} of "
    "{component} is waived, and comes back if the plan is broken.",
    "plan_settlement": "Measure {number}, {measure}: {value} {currency} in {payments} "
    "{payments|payment|payments}, from {first_due_on} to {last_due_on}, "
    "{payments|settles|settle} all that is open.",
    "plan_unearned": "Measure {number}, {measure}: {value} {currency} of interest is not earned "
    "yet and is never asked for.",
    "plan_settled": "Measure {number}, {measure}: {value} {currency} of the payments are for "
    "{component}.",
    "plan_schedule": "From {effective_on} on {value} {value|instalment falls|instalments fall} "
    "due, the first on {first_due_on} and the last on {last_due_on}.",
    "plan_first_payment": "The first of them is {value} {currency}.",
    "plan_first_payment with before": "The first of them is {value} {currency}; without the plan "
    "it was {before} {currency}.",
    "plan_interest_accrued": "{value} {currency} of interest to come is not asked for on its due dates: it "
    "waits, and bears none itself.",
    "plan_interest_capitalised": "{value} {currency} of interest to come is not asked for on its due dates: "
    "it becomes principal over time.",
    "plan_interest_waived": "{value} {currency} of interest to come is given up over time.",
    "plan_interest_waited": "With the instalment of {due_date} {value} {currency} of interest that waited "
    "is asked for.",
    "plan_costs_more": "In all {value} {currency} more is paid than without the plan.",
    "plan_costs_less": "In all {value} {currency} less is paid than without the plan.",
    "plan_arrears": "{value} {currency} stays past due: no instalment of the plan asks for it, and money "
    "that is paid for the instalments may go to it first.",
    "plan_not_chosen": "No plan was chosen for account {value}.",
    "plan_refused": "Account {account_id} cannot have its plan: {value}",
    "plan_beside": "{value} {currency} of charges that are not due yet falls due beside the "
    "instalments, as before.",
    "plan_accrued": "{value} {currency} of penalty that has accrued stays owed, beside the "
    "instalments.",
    "plan_another_rate": "Without the plan the {periods} whole {periods|period|periods} to come "
    "{periods|asks|ask} for {value} {currency} of interest, and the rate that the account says "
    "gives {at_rate} {currency}: check contract_rates. Rows of the plan bear that rate, and the "
    "present value has the difference in it, which no measure agreed.",
    "plan_payoff": "On {on} {value} {currency} settles account {account_id} by the plan of "
    "{effective_on}, if no money came since: this is the figure to quote.",
    "plan_payoff_parts": "Owed by then: principal {principal}, interest {interest}, fees {fees}, "
    "penalty {penalty} {currency}.",
    "plan_payoff_more": "A breakdown of the account says {breakdown} {currency} at the close of the "
    "day, {value} {currency} less: rows of the plan do not say what of them was earned before they "
    "began or waits, nor by which day count.",
    "plan_payoff_less": "A breakdown of the account says {breakdown} {currency} at the close of the "
    "day, {value} {currency} more: rows of the plan do not say what of them becomes principal later or "
    "is given up, nor by which day count.",
    "plan_value": "At the rate of the contract what is owed is worth {before} {currency} without "
    "the plan and {after} {currency} with it.",
}

ZH: Final = {
    "plan": "账户 {account_id} 自 {effective_on} 起的方案：此前欠款 {before} {currency}，"
    "此后 {after} {currency}；贷款人{worth}的现值为 {amount} {currency}。",
    "plan_without_measures": "方案不含任何措施：合同不变，不记为重组。",
    "plan_nothing": "措施 {number}（{measure}）：无可变更。",
    "plan_extended": "措施 {number}（{measure}）：在末期之后增加 {value} 期。",
    "plan_re_aged": "措施 {number}（{measure}）：全部欠款分 {value} 期偿还，首期 {first_due_on}。",
    "plan_rests": "措施 {number}（{measure}）：{value} 期不还本金，利息{interest}，末尾增加 {added} 期。",
    "plan_reduced": "措施 {number}（{measure}）：{payments} 期每期还 {value} {currency}。",
    "plan_short": "措施 {number}（{measure}）：还款额不足支付的利息{interest}。",
    "plan_rate": "措施 {number}（{measure}）：自方案之日起年利率 {value}%。",
    "plan_rate with until": "措施 {number}（{measure}）：自方案之日起至 {until}（不含）年利率 {value}%。",
    "plan_paused": "措施 {number}（{measure}）：自 {start} 起不计息，自 {end} 起恢复计息。",
    "plan_due_dates": "措施 {number}（{measure}）：变更后的首个还款日为 {value}，以后各期依次顺延。",
    "plan_capitalised": "措施 {number}（{measure}）：{component} {value} {currency} 转为本金。",
    "plan_principal_joined": "措施 {number}（{measure}）：已逾期本金 {value} {currency} 并入未到期本金。",
    "plan_advance_used": "措施 {number}（{measure}）：预付的{component} {value} {currency} 冲减本金。",
    "plan_spread": "措施 {number}（{measure}）：已逾期或已计的{component} {value} {currency} "
    "随以后各期偿还。",
    "plan_waived": "措施 {number}（{measure}）：减免{component} {value} {currency}。",
    "plan_forgiven": "措施 {number}（{measure}）：免除{component} {value} {currency}。",
    "plan_forgiven with on_completion": "措施 {number}（{measure}）：免除{component} {value} {currency}，"
    "如违反方案则恢复。",
    "plan_deferred": "措施 {number}（{measure}）：{component} {value} {currency} 延至最后一期偿还。",
    "plan_waived with on_completion": "措施 {number}（{measure}）：减免{component} {value} {currency}，"
    "如违反方案则恢复。",
    "plan_settlement": "措施 {number}（{measure}）：自 {first_due_on} 至 {last_due_on} 分 {payments} 次"
    "共还 {value} {currency}，结清全部欠款。",
    "plan_unearned": "措施 {number}（{measure}）：尚未计的利息 {value} {currency} 不再收取。",
    "plan_settled": "措施 {number}（{measure}）：其中用于{component} {value} {currency}。",
    "plan_schedule": "自 {effective_on} 起共 {value} 期，首期 {first_due_on}，末期 {last_due_on}。",
    "plan_first_payment": "首期应还 {value} {currency}。",
    "plan_first_payment with before": "首期应还 {value} {currency}；若无方案为 {before} {currency}。",
    "plan_interest_accrued": "以后各期利息中有 {value} {currency} 到期暂不收取，延后偿还，本身不计息。",
    "plan_interest_capitalised": "以后各期利息中有 {value} {currency} 到期暂不收取，陆续转为本金。",
    "plan_interest_waived": "以后各期利息中有 {value} {currency} 陆续免除。",
    "plan_interest_waited": "{due_date} 一期另收此前延后的利息 {value} {currency}。",
    "plan_costs_more": "合计比无方案多还 {value} {currency}。",
    "plan_costs_less": "合计比无方案少还 {value} {currency}。",
    "plan_arrears": "仍逾期 {value} {currency}：方案各期均不包含此款，为各期所还款项可能先冲抵此款。",
    "plan_not_chosen": "未为账户 {value} 选定方案。",
    "plan_refused": "账户 {account_id} 不适用所选方案：{value}",
    "plan_beside": "另有尚未到期的费用 {value} {currency}，在各期之外照原到期日偿还。",
    "plan_accrued": "另有已计而未入账的罚息 {value} {currency}，在各期之外仍应偿还。",
    "plan_another_rate": "若无方案，其后 {periods} 个完整计息期的利息为 {value} {currency}，"
    "按账户所列利率应为 {at_rate} {currency}：请核对 contract_rates。方案各期按该利率计息，"
    "现值中含有这一差额，并非任何措施所约定。",
    "plan_payoff": "按 {effective_on} 起的方案，若此后未收到款项，{on} 结清账户 {account_id} 需 "
    "{value} {currency}：应以此报价。",
    "plan_payoff_parts": "截至当日应还：本金 {principal}，利息 {interest}，费用 {fees}，"
    "罚息 {penalty} {currency}。",
    "plan_payoff_more": "账户明细在当日终了为 {breakdown} {currency}，少 {value} {currency}："
    "方案各期并未载明其中哪些在该期开始前已计或暂缓收取，也未载明计息基准。",
    "plan_payoff_less": "账户明细在当日终了为 {breakdown} {currency}，多 {value} {currency}："
    "方案各期并未载明其中哪些日后转为本金或不再收取，也未载明计息基准。",
    "plan_value": "按合同利率，欠款现值在无方案时为 {before} {currency}，有方案时为 {after} {currency}。",
}

VARIANTS: Final = {
    "plan_rate": "until",
    "plan_forgiven": "on_completion",
    "plan_waived": "on_completion",
    "plan_first_payment": "before",
}

_OF_MEASURE = frozenset({"measure", "component"})
_MEASURE = frozenset({"measure"})

CHOICES: Final[dict[str, frozenset[str]]] = {
    "plan": frozenset({"worth"}),
    "plan_nothing": _MEASURE,
    "plan_extended": _MEASURE,
    "plan_re_aged": _MEASURE,
    "plan_rests": frozenset({"measure", "interest"}),
    "plan_reduced": _MEASURE,
    "plan_short": frozenset({"measure", "interest"}),
    "plan_rate": _MEASURE,
    "plan_paused": _MEASURE,
    "plan_due_dates": _MEASURE,
    "plan_capitalised": _OF_MEASURE,
    "plan_principal_joined": _MEASURE,
    "plan_advance_used": _OF_MEASURE,
    "plan_spread": _OF_MEASURE,
    "plan_waived": _OF_MEASURE,
    "plan_forgiven": _OF_MEASURE,
    "plan_deferred": _OF_MEASURE,
    "plan_settlement": _MEASURE,
    "plan_unearned": _MEASURE,
    "plan_settled": _OF_MEASURE,
}

WORDS_EN: Final = {
    "term_extension": "term extension",
    "capitalisation": "capitalisation",
    "arrears_spread": "arrears spread",
    "re_ageing": "re-ageing",
    "payment_holiday": "payment holiday",
    "rate_reduction": "rate reduction",
    "principal_deferral": "principal deferral",
    "arrears_waiver": "waiver of arrears",
    "forgiveness": "forgiveness",
    "interest_pause": "interest pause",
    "due_date_change": "change of due dates",
    "settlement": "discounted settlement",
    "reduced_payments": "reduced payments",
    "gives_up": "gives up",
    "gains": "gains",
}

WORDS_ZH: Final = {
    "term_extension": "延长期限",
    "capitalisation": "本金化",
    "arrears_spread": "逾期款分摊",
    "re_ageing": "重新起算",
    "payment_holiday": "延期还款",
    "rate_reduction": "降低利率",
    "principal_deferral": "本金延后",
    "arrears_waiver": "罚息费用减免",
    "forgiveness": "债务免除",
    "interest_pause": "停止计息",
    "due_date_change": "变更还款日",
    "settlement": "折扣结清",
    "reduced_payments": "减额还款",
    "gives_up": "放弃",
    "gains": "增加",
}
"""What the measures are called, and whether the lender loses by them."""
