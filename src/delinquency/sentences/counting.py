"""The sentences of an assessment: how late, which bucket, which payments."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "assessment": "Account {account_id} on {as_of}: {value}.",
    "assessment with known_on": "Account {account_id} on {as_of}, as known on {known_on}: {value}.",
    "bucket": "Bucket {value} of scheme {scheme}: {reads} {reading}, within {range}.",
    "material_days": "Material days past due {value}: closes in a row at which arrears exceeded {amount} "
    "{currency} and {share} of the exposure; arrears are {arrears}, the exposure is {exposure}.",
    "delinquent_days": "Delinquent days {value}: days past due {days_past_due}, less suspended "
    "{suspended_days}.",
    "frozen_days": "Delinquent days {value}, days past due {days_past_due}: as before the change of "
    "schedule on {changed_on}, which froze the age. Of the rows in force:",
    "grace": "Grace of {value} days, {kind}: {before} becomes {after}.",
    "grace with passed": "Grace of {value} days, {kind}: {before} days are beyond it, so all of "
    "them count.",
    "days_past_due": "Days past due {value}: due on {due_date}, counted to the close of {as_of} "
    "from {first_day}.",
    "nothing_late": "Nothing is late and unsettled.",
    "nothing_late with tolerated": "What is late and open is within the tolerance.",
    "written_off": "Written off on {days}: {written_off} {currency}{interest_ahead?}, of which {recovered} "
    "{currency} was recovered and {value} {currency} is still claimed; what was written off is not counted "
    "as late.",
    "interest_ahead?": " ({interest_ahead} {currency} of it scheduled interest not due then)",
    "closed": "The lender closed the account in settlement on {value}; what was open then is not counted as "
    "late.",
    "not_begun": "The credit had not begun: it was originated on {value}.",
    "disputed": "{value} {currency} of what is late is disputed (debts: {debts}): it is still owed, and not "
    "counted.",
    "dispute_lost": "The age runs from {value}, when a dispute about the amount ended against the debtor.",
    "oldest_instalment": "The oldest unsettled debt is instalment {value}, due on {due_date}: "
    "{open_amount} of {amount} {currency} is open{penalty?}.",
    "oldest_charge": "The oldest unsettled debt is charge {value}, due on {due_date}: "
    "{open_amount} of {amount} {currency} is open{penalty?}.",
    "penalty?": "; {penalty} {currency} of the {amount} {currency} is penalty that accrued on it",
    "arrears": "Arrears are {value} {currency}; late and unsettled: {late_count}.",
    "tolerance": "An open amount of at most {value} {currency} ({scope}) counts as settled; it is "
    "still owed.",
    "tolerance_exceeded": "The tolerance of {value} {currency} ({scope}) is exceeded: it excuses "
    "nothing.",
    "not_carried": "The change of schedule on {changed_on} closed late debts: {debts}, the oldest "
    "{days_past_due} days past due, {value} {currency} open in all. Under this policy they are not "
    "counted.",
    "carried": "The age runs on over a change of schedule: {value}.",
    "payments": "{value} {currency} paid by then, of which {unallocated} is not yet put to any debt.",
    "payments_left_out": "Payments left out, because they were reversed or not yet known: {value}.",
    "payment_reversed": "A payment of {value} {currency}, value date {value_date}: reversed on "
    "{reversed_on}.",
    "payment_reversed with payment_id": "Payment {payment_id} of {value} {currency}, value date "
    "{value_date}: reversed on {reversed_on}.",
    "payment_not_known": "A payment of {value} {currency}, value date {value_date}: recorded on "
    "{recorded_on}, not yet known.",
    "payment_not_known with payment_id": "Payment {payment_id} of {value} {currency}, value date "
    "{value_date}: recorded on {recorded_on}, not yet known.",
    "payments_more": "And {value} more.",
    "policy": "Policy {value}: {title}.",
    "policy with unverified": "Policy {value} (never compared with the official text): {title}.",
}

ZH: Final = {
    "assessment": "账户 {account_id}，{as_of} 日终：{value}。",
    "assessment with known_on": "账户 {account_id}，{as_of} 日终（按 {known_on} 当时所知）：{value}。",
    "bucket": "级别 {value}（方案 {scheme}）：{reads} {reading}，落在 {range} 内。",
    "material_days": "重大逾期 {value} 天：连续 {value} 个日终逾期金额超过 {amount} {currency} "
    "且超过风险敞口的 {share}；现逾期金额 {arrears}，风险敞口 {exposure}。",
    "delinquent_days": "计逾期 {value} 天：逾期 {days_past_due} 天，扣除暂停计数 {suspended_days} 天。",
    "frozen_days": "计逾期 {value} 天，逾期 {days_past_due} 天：{changed_on} 还款计划变更前的天数，"
    "变更时冻结。现行各期：",
    "grace": "宽限 {value} 天，方式为{kind}：由 {before} 天变为 {after} 天。",
    "grace with passed": "宽限 {value} 天，方式为{kind}：{before} 天已超出宽限，全部计入。",
    "days_past_due": "逾期 {value} 天：应还日 {due_date}，计至 {as_of} 日终，自{first_day}起算。",
    "nothing_late": "没有逾期未还的款项。",
    "nothing_late with tolerated": "逾期未还的款项在容差之内。",
    "written_off": "{days} 核销 {written_off} {currency}{interest_ahead?}，"
    "其中已收回 {recovered} {currency}，仍保留追索 {value} {currency}；已核销款项不再计入逾期。",
    "interest_ahead?": "（含当时未到期的计划利息 {interest_ahead} {currency}）",
    "closed": "贷款人于 {value} 了结并关闭账户；当时未还款项不再计入逾期。",
    "not_begun": "当时信贷尚未开始：起始日为 {value}。",
    "disputed": "逾期款项中有 {value} {currency} 存在争议（{debts} 笔）：仍然欠付，但不计入逾期。",
    "dispute_lost": "逾期自 {value} 起算：当日争议以债务人败诉告终。",
    "oldest_instalment": "最早未结清的是第 {value} 期，应还日 {due_date}：应还 {amount} {currency}，"
    "尚欠 {open_amount}{penalty?}。",
    "oldest_charge": "最早未结清的是费用 {value}，应还日 {due_date}：应还 {amount} {currency}，"
    "尚欠 {open_amount}{penalty?}。",
    "penalty?": "（应还 {amount} {currency} 中含已计罚息 {penalty}）",
    "arrears": "逾期金额 {value} {currency}，逾期未结清 {late_count} 笔。",
    "tolerance": "未还金额不超过 {value} {currency}（{scope}）视同结清（容差），但仍然欠付。",
    "tolerance_exceeded": "已超过容差 {value} {currency}（{scope}），任何款项均不视同结清。",
    "not_carried": "{changed_on} 还款计划变更时终止了逾期未还款项 {debts} 笔，最长逾期 {days_past_due} "
    "天，合计尚欠 {value} {currency}。按本政策不再计入。",
    "carried": "还款计划变更后逾期天数延续：{value}。",
    "payments": "截至当日已还 {value} {currency}，其中 {unallocated} 尚未用于冲抵任何欠款。",
    "payments_left_out": "因冲正或当时未知而不计的还款：{value} 笔。",
    "payment_reversed": "还款 {value} {currency}，起息日 {value_date}：{reversed_on} 冲正。",
    "payment_reversed with payment_id": "还款 {payment_id}，{value} {currency}，起息日 {value_date}："
    "{reversed_on} 冲正。",
    "payment_not_known": "还款 {value} {currency}，起息日 {value_date}：{recorded_on} 入账，当时未知。",
    "payment_not_known with payment_id": "还款 {payment_id}，{value} {currency}，起息日 {value_date}："
    "{recorded_on} 入账，当时未知。",
    "payments_more": "另有 {value} 笔。",
    "policy": "政策 {value}：{title_zh}。",
    "policy with unverified": "政策 {value}（未与官方文本核对）：{title_zh}。",
}

VARIANTS: Final = {
    "assessment": "known_on",
    "grace": "passed",
    "nothing_late": "tolerated",
    "payment_not_known": "payment_id",
    "payment_reversed": "payment_id",
    "policy": "unverified",
}

CHOICES: Final = {
    "bucket": frozenset({"reads"}),
    "carried": frozenset({"value"}),
    "days_past_due": frozenset({"first_day"}),
    "grace": frozenset({"kind"}),
    "tolerance": frozenset({"scope"}),
    "tolerance_exceeded": frozenset({"scope"}),
}
