"""The sentences of late fees, of a debt after judgment, and of money among several debts."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "judgment_debt": "Owed after the judgment on {as_of}: {value} {currency} (rules {rules}).",
    "judgment_debt with unverified": "Owed after the judgment on {as_of}: {value} {currency} (rules "
    "{rules}, never compared with the official text).",
    "judgment_awarded": "Awarded: {value} {currency}, of which {open} is unpaid.",
    "judgment_general_interest": "General interest that the judgment awards: {value} {currency}, of "
    "which {open} is unpaid.",
    "judgment_interest_awarded": "The judgment states {value} {currency} of it as a sum.",
    "judgment_doubled_part": "Doubled part for delayed performance: {value} {currency}, of which {open} "
    "is unpaid.",
    "judgment_segment": "[{start}, {end}): {base} x {rate} x {days} days adds {value} {currency}.",
    "judgment_segment with year_days": "[{start}, {end}): {base} x {rate} x {days} / {year_days} adds "
    "{value} {currency}.",
    "judgment_paid": "Paid by then: {value} {currency}, of which {unallocated} settled nothing.",
    "judgment_settled": "On {value_date} {value} {currency} settled {part}.",
    "late_fee": "Late fee {name}{missed_instalment?} of {assessed_on}: {value} {currency}, {unpaid} unpaid; "
    "decided by {reason}{left_open?}.",
    "late_fee with unverified": "Late fee {name}{missed_instalment?} of {assessed_on}: {value} {currency}, "
    "{unpaid} unpaid; decided by {reason} (amount never compared with the official text){left_open?}.",
    "missed_instalment?": " on instalment {missed_instalment}",
    "left_open?": "; {left_open} {currency} of it is open ({charge_id})",
    "fee_share": "{share} × {base} ({of}) = {product} {currency}{rounded?}.",
    "fee_flat": "The amount agreed is {value} {currency}.",
    "fee_band": "By table {table}, for {base} {currency} ({of}): {value} {currency}.",
    "fee_harbour": "By table {table}: {value} {currency}.",
    "fee_harbour with repeated": "By table {table}, for a violation that comes again: {value} {currency}.",
    "fee_minimum": "At least {value} {currency}.",
    "fee_maximum": "At most {value} {currency}.",
    "fee_maximum with share": "At most {share} × {base} ({of}), cut down to {value} {currency}.",
    "fee_required_minimum": "At most the minimum payment required before, {value} {currency}.",
    "shared_payment": "A payment of {value} {currency}, value date {value_date}, among several debts; "
    "{unallocated} is left over.",
    "debt_share": "Debt {debt_id} gets {value} {currency}, {open_after} of it stays open; decided by "
    "{reason}.",
}

ZH: Final = {
    "judgment_debt": "判决后欠付（{as_of} 日终）：{value} {currency}（规则 {rules}）。",
    "judgment_debt with unverified": "判决后欠付（{as_of} 日终）：{value} {currency}（规则 {rules}，未与"
    "官方文本核对）。",
    "judgment_awarded": "生效法律文书确定的金钱债务（除一般债务利息）：{value} {currency}，未清偿 {open}。",
    "judgment_general_interest": "一般债务利息：{value} {currency}，未清偿 {open}。",
    "judgment_interest_awarded": "其中判决确定的利息金额：{value} {currency}。",
    "judgment_doubled_part": "加倍部分债务利息：{value} {currency}，未清偿 {open}。",
    "judgment_segment": "[{start}, {end})：{base} × {rate} × {days} 天，计 {value} {currency}。",
    "judgment_segment with year_days": "[{start}, {end})：{base} × {rate} × {days}/{year_days}，计 "
    "{value} {currency}。",
    "judgment_paid": "截至当日已还 {value} {currency}，其中 {unallocated} 未冲抵任何债务。",
    "judgment_settled": "{value_date} 以 {value} {currency} 清偿{part}。",
    "late_fee": "违约金 {name}（{missed_instalment?}{assessed_on}）：{value} {currency}，未还 {unpaid}；"
    "依据：{reason}{left_open?}。",
    "late_fee with unverified": "违约金 {name}（{missed_instalment?}{assessed_on}）：{value} {currency}，"
    "未还 {unpaid}；依据：{reason}（金额未与官方文本核对）{left_open?}。",
    "missed_instalment?": "第 {missed_instalment} 期，",
    "left_open?": "；其中尚欠 {left_open} {currency}（{charge_id}）",
    "fee_share": "{share} × {base}（{of}）= {product} {currency}{rounded?}。",
    "fee_flat": "约定金额 {value} {currency}。",
    "fee_band": "按表 {table}，{base} {currency}（{of}）对应 {value} {currency}。",
    "fee_harbour": "按表 {table}：{value} {currency}。",
    "fee_harbour with repeated": "按表 {table}（再次违约）：{value} {currency}。",
    "fee_minimum": "下限 {value} {currency}。",
    "fee_maximum": "上限 {value} {currency}。",
    "fee_maximum with share": "上限 {share} × {base}（{of}），舍去尾数为 {value} {currency}。",
    "fee_required_minimum": "不超过当期最低还款额 {value} {currency}。",
    "shared_payment": "还款 {value} {currency}（起息日 {value_date}）在数项债务间分配，余 {unallocated}。",
    "debt_share": "债务 {debt_id} 受偿 {value} {currency}，尚欠 {open_after}；依据：{reason}。",
}

VARIANTS: Final = {
    "fee_harbour": "repeated",
    "fee_maximum": "share",
    "judgment_debt": "unverified",
    "judgment_segment": "year_days",
    "late_fee": "unverified",
}

CHOICES: Final = {
    "debt_share": frozenset({"reason"}),
    "fee_band": frozenset({"of"}),
    "fee_maximum": frozenset({"of"}),
    "fee_share": frozenset({"of"}),
    "judgment_settled": frozenset({"part"}),
    "late_fee": frozenset({"reason"}),
}
