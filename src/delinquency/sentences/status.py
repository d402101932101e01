"""The sentences of a status: in which state, since when, why, and what would end it."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "ZH"]

EN: Final = {
    "status": "Status of account {account_id} on {as_of}: {value}.",
    "status with known_on": "Status of account {account_id} on {as_of}, as known on {known_on}: {value}.",
    "obligor_status": "Status of obligor {obligor_id} with all accounts on {as_of}: {value}.",
    "obligor_status with known_on": "Status of obligor {obligor_id} with all accounts on {as_of}, "
    "as known on {known_on}: {value}.",
    "obligor_kept": "It stays {value} for as long as one account is in arrears: {account_ids}.",
    "obligor_not_excused": "Found, but not of every account in arrears: {kind}.",
    "status_of_obligor": "It is the state of obligor {value} with all accounts.",
    "status_of_account_alone": "{value} judges an obligor with all accounts; here it is answered as if this "
    "account were the only one.",
    "status_state": "{machine}: {value}, since the close of {since}.",
    "status_begun": "It has been {state} since the first day that is judged, {value}.",
    "status_nothing_holds": "At the close of {value} nothing held a worse state than {state} any more.",
    "status_entered": "At the close of {value} it became {state}, because:",
    "status_left": "At the close of {value} it returned to {state}, because:",
    "status_figure": "{condition}: it was {value}.",
    "status_figure with account_id": "{condition}: it was {value}, of account {account_id}.",
    "status_reported": "{condition}: it was {value}.",
    "status_worked_out": "{condition}: worked out of the security in force, it was {value}.",
    "status_restructured": "What was agreed was changed for a debtor in difficulty.",
    "status_restructured with given_up": "What was agreed was changed for a debtor in difficulty; {value} of "
    "the present value was given up.",
    "status_found": "Found since {value}: {kind}.",
    "status_not_found": "Not found: {kind}.",
    "status_elapsed": "{condition}: complete on {value}.",
    "status_condition": "{condition}: it was {value}.",
    "status_segment": "The segment of the account is {value}.",
    "status_segment_assumed": "Judged as {value}: that is the segment of the account, or none was given.",
    "status_held": "At least {value} for as long as this holds: {conditions}.",
    "status_by_month": "Judged by month ends up to {value}; no day between them was seen.",
    "status_ends": "It may return to {value} as soon as nothing holds it.",
    "status_ends with waits": "It returns to {value} when these hold as well: {waits}.",
    "status_clock": "{machine}, {state} to {to}: {condition}; it runs from {since}, {begun_by}, and is "
    "complete on {value} at the earliest.",
    "status_clock_complete": "{machine}, {state} to {to}: {condition}; complete on {value}, counted from "
    "{since}, {begun_by}.",
    "status_clock_waits": "{machine}, {state} to {to}: {condition}; when it is complete cannot be told yet.",
    "status_not_assessed": "Not assessed, because a figure was never reported: at least {value} if "
    "{conditions}.",
}

ZH: Final = {
    "status": "账户 {account_id} 在 {as_of} 的状态：{value}。",
    "status with known_on": "账户 {account_id} 在 {as_of} 的状态（以 {known_on} 已知信息为准）：{value}。",
    "obligor_status": "债务人 {obligor_id} 全部账户在 {as_of} 的状态：{value}。",
    "obligor_status with known_on": "债务人 {obligor_id} 全部账户在 {as_of} 的状态"
    "（以 {known_on} 已知信息为准）：{value}。",
    "obligor_kept": "只要仍有账户拖欠，即保持{value}：账户 {account_ids}。",
    "obligor_not_excused": "已认定，但未涵盖全部拖欠账户：{kind}。",
    "status_of_obligor": "此为债务人 {value} 全部账户的状态。",
    "status_of_account_alone": "{value}按债务人全部账户判定；此处按其仅有本账户作答。",
    "status_state": "{machine}：{value}，自 {since} 日终起。",
    "status_begun": "自首个判定日 {value} 起为{state}。",
    "status_nothing_holds": "{value} 日终起，不再有触发条件使其劣于{state}。",
    "status_entered": "{value} 日终转为{state}，依据：",
    "status_left": "{value} 日终恢复为{state}，依据：",
    "status_figure": "{condition}：实际为 {value}。",
    "status_figure with account_id": "{condition}：实际为 {value}，账户 {account_id}。",
    "status_reported": "{condition}：实际为 {value}。",
    "status_worked_out": "{condition}：按有效担保计算，实际为 {value}。",
    "status_restructured": "因债务人财务困难变更了合同约定。",
    "status_restructured with given_up": "因债务人财务困难变更了合同约定；放弃现值的 {value}。",
    "status_found": "自 {value} 起认定：{kind}。",
    "status_not_found": "未认定：{kind}。",
    "status_elapsed": "{condition}：于 {value} 届满。",
    "status_condition": "{condition}：实际为 {value}。",
    "status_segment": "该账户属于{value}客户。",
    "status_segment_assumed": "按{value}客户判定：账户的客户类别即为此，或未提供而按此假定。",
    "status_held": "下列条件成立期间，至少为{value}：{conditions}。",
    "status_by_month": "依据截至 {value} 的各月末数据判定；月末之间的日子未予查看。",
    "status_ends": "一旦不再有触发条件，即可恢复为{value}。",
    "status_ends with waits": "另满足下列条件时恢复为{value}：{waits}。",
    "status_clock": "{machine}，由{state}至{to}：{condition}；自 {since}（{begun_by}）起算，"
    "最早于 {value} 届满。",
    "status_clock_complete": "{machine}，由{state}至{to}：{condition}；自 {since}（{begun_by}）起算，"
    "已于 {value} 届满。",
    "status_clock_waits": "{machine}，由{state}至{to}：{condition}；届满日尚无法确定。",
    "status_not_assessed": "未评估（相关指标未申报）：若{conditions}，则至少为{value}。",
}

VARIANTS: Final = {
    "status": "known_on",
    "obligor_status": "known_on",
    "status_figure": "account_id",
    "status_ends": "waits",
    "status_restructured": "given_up",
}

CHOICES: Final = {
    "status_found": frozenset({"kind"}),
    "status_not_found": frozenset({"kind"}),
    "obligor_not_excused": frozenset({"kind"}),
    "status_segment": frozenset({"value"}),
    "status_segment_assumed": frozenset({"value"}),
}
