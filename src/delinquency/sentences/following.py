"""The sentences of a plan that is followed: rows, promises, breach, old terms, counts, clocks, re-default."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOICES", "EN", "VARIANTS", "WORDS_EN", "WORDS_ZH", "ZH"]

EN: Final = {
    "followed_plan": "The plan of {effective_on} for account {account_id} on {as_of}: {value}"
    "{shortfall?}.",
    "followed_plan with known_on": "The plan of {effective_on} for account {account_id} on "
    "{as_of}, as known on {known_on}: {value}{shortfall?}.",
    "shortfall?": "; {shortfall} {currency} of rows whose due date has come is open",
    "followed_breach_of_row": "First broken at the close of {value}: row {number}, due on "
    "{due_date}, was {shortfall} {currency} short.",
    "followed_breach_of_promise": "First broken on {value}: the promise of {promised_on} for "
    "{due_date} was {shortfall} {currency} short.",
    "followed_completed": "At the close of {value} nothing that the plan asked for was open any "
    "more.",
    "followed_row_kept": "Row {number}, due on {due_date}: {value} {currency}, settled on "
    "{settled_on}, in time.",
    "followed_row_late": "Row {number}, due on {due_date}: {value} {currency}, settled on "
    "{settled_on}; days late {days_late}, broken at no close.",
    "followed_row_broken": "Row {number}, due on {due_date}: {value} {currency}, broken at the "
    "close of {broken_on} and settled on {settled_on}; days late {days_late}.",
    "followed_row_open": "Row {number}, due on {due_date}: {value} {currency}, broken at the "
    "close of {broken_on}; {shortfall} {currency} is open; days late {days_late}.",
    "followed_row_pending": "Row {number}, due on {due_date}: {value} {currency}; {shortfall} "
    "{currency} is open, and it is not broken.",
    "followed_to_come": "Rows still to come: {value}, the next on {next_due_on} with {next_amount} "
    "{currency} open.",
    "followed_paid_to_left": "Of what was paid since, {value} {currency} went to what the plan left past due "
    "and did not reach its rows.",
    "followed_left": "{value} {currency} that the plan left past due is still open.",
    "followed_promise_kept": "Promise of {promised_on} to pay {value} {currency} by {due_date}: "
    "kept on {kept_on}.",
    "followed_promise_partly_kept": "Promise of {promised_on} to pay {value} {currency} by "
    "{due_date}: {received} {currency} came, {shortfall} {currency} is missing.",
    "followed_promise_broken": "Promise of {promised_on} to pay {value} {currency} by "
    "{due_date}: nothing came.",
    "followed_promise_pending": "Promise of {promised_on} to pay {value} {currency} by {due_date}: "
    "{received} {currency} came so far.",
    "followed_tolerance": "A row may be {value} {value|day|days} past due at a close, and "
    "{tolerance} {currency} short.",
    "reinstated": "The terms of before the plan of {effective_on} are back on {on} for account "
    "{account_id}: {value} {currency} is owed; under the plan it would be {under_plan} "
    "{currency}.",
    "reinstated_ground": "The plan ends for another reason than a breach: {value}.",
    "reinstated_before": "Owed before the plan: {value} {currency}, of it principal {principal}, "
    "interest {interest}, fees {fees}, penalty {penalty}.",
    "reinstated_accrued": "Since then under the old terms: {value} {currency} of {component} more.",
    "reinstated_paid": "Paid since: {value} {currency} of {component}.",
    "reinstated_given_up": "Given up for good: {value} {currency} of {component}.",
    "reinstated_come_back": "Come back, because the plan was not completed: {value} {currency} of "
    "{component}, which is in what was owed before.",
    "reinstated_owed": "Owed now: {value} {currency}, of it principal {principal}, interest "
    "{interest}, fees {fees}, penalty {penalty}.",
    "reinstated_not_due": "Of it {value} {currency} is interest that was earned and falls due with rows to "
    "come; until then a breakdown of the account leaves it out.",
    "reinstated_less": "That is {value} {currency} less than under the plan, which asks for more "
    "than the old terms with their penalty.",
    "reinstated_less_without_penalty": "That is {value} {currency} less than under the plan: "
    "policy {policy} has no terms of penalty, so what is past due under the old terms bears "
    "nothing.",
    "reinstated_promise_open": "Left open on {on}: the promise of {promised_on} to pay {value} "
    "{currency} by {due_date}; it breaks nothing and saves nothing.",
    "reinstated_past_due": "Past due under the old terms: {value} {currency}.",
    "reinstated_unallocated": "Money that is held and not yet put to the old rows: {value} "
    "{currency}.",
    "reinstated_rows": "Rows that end on {on}: {value}; rows that begin on it with the old due "
    "dates: {begun}.",
    "counts_around": "{policy}: days past due {eve} on {eve_on}, {plan} on {plan_on} and {now} "
    "on {as_of}; counted {eve_counted}, {plan_counted} and {now_counted}. After a change of "
    "schedule {value}.",
    "plan_clocks": "Clocks of account {account_id} on {as_of} after the plan of {plan_on}: "
    "{value}.",
    "plan_clocks_together": "{machine}: all {count} clocks must be complete, so on {value} at the earliest.",
    "plan_clocks_by_law": "Missed days are counted as policy {value} counts them; what a plan tolerates "
    "changes no clock.",
    "re_default_by_machine": "Account {account_id} was in default again at the close of {value} by "
    "{machine}, after the plan of {plan_on} and before {until}.",
    "re_default_by_days": "Account {account_id} was more than {over_days} {over_days|day|days} "
    "past due again at the close of {value}, after the plan of {plan_on} and before {until}.",
    "re_default_none_by_machine": "Account {account_id} was not in default again by {machine} up "
    "to {value}, after the plan of {plan_on} and before {until}.",
    "re_default_none_by_days": "Account {account_id} was not more than {over_days} "
    "{over_days|day|days} past due again up to {value}, after the plan of {plan_on} and before "
    "{until}.",
}

ZH: Final = {
    "followed_plan": "账户 {account_id} 自 {effective_on} 起的方案，截至 {as_of} 日终：{value}{shortfall?}。",
    "followed_plan with known_on": "账户 {account_id} 自 {effective_on} 起的方案，截至 {as_of} 日终"
    "（以 {known_on} 已知信息为准）：{value}{shortfall?}。",
    "shortfall?": "；已到期各期未还 {shortfall} {currency}",
    "followed_breach_of_row": "首次违约于 {value} 日终：第 {number} 期（{due_date} 到期）少还 {shortfall} "
    "{currency}。",
    "followed_breach_of_promise": "首次违约于 {value}：{promised_on} 作出的 {due_date} 到期承诺少还 "
    "{shortfall} {currency}。",
    "followed_completed": "{value} 日终起，方案要求的款项已全部还清。",
    "followed_row_kept": "第 {number} 期（{due_date} 到期）：应还 {value} {currency}，{settled_on} "
    "还清，按时。",
    "followed_row_late": "第 {number} 期（{due_date} 到期）：应还 {value} {currency}，{settled_on} 还清，"
    "迟 {days_late} 天，未构成违约。",
    "followed_row_broken": "第 {number} 期（{due_date} 到期）：应还 {value} {currency}，{broken_on} "
    "日终违约，{settled_on} 还清，迟 {days_late} 天。",
    "followed_row_open": "第 {number} 期（{due_date} 到期）：应还 {value} {currency}，{broken_on} "
    "日终违约；"
    "尚欠 {shortfall} {currency}，已迟 {days_late} 天。",
    "followed_row_pending": "第 {number} 期（{due_date} 到期）：应还 {value} {currency}；"
    "尚欠 {shortfall} {currency}，未构成违约。",
    "followed_to_come": "尚未到期 {value} 期，下一期 {next_due_on}，未还 {next_amount} {currency}。",
    "followed_paid_to_left": "其后所还款项中有 {value} {currency} 冲抵方案未处理的逾期款，未用于方案各期。",
    "followed_left": "方案未处理的逾期款尚欠 {value} {currency}。",
    "followed_promise_kept": "{promised_on} 承诺于 {due_date} 前还款 {value} {currency}：{kept_on} 已履行。",
    "followed_promise_partly_kept": "{promised_on} 承诺于 {due_date} 前还款 {value} {currency}：实收 "
    "{received} {currency}，少 {shortfall} {currency}。",
    "followed_promise_broken": "{promised_on} 承诺于 {due_date} 前还款 {value} {currency}：分文未还。",
    "followed_promise_pending": "{promised_on} 承诺于 {due_date} 前还款 {value} {currency}：已收 "
    "{received} {currency}。",
    "followed_tolerance": "容忍范围：日终逾期不超过 {value} 天，且少还不超过 {tolerance} {currency}。",
    "reinstated": "账户 {account_id} 自 {on} 起恢复 {effective_on} 方案之前的合同条件：应还 {value} "
    "{currency}；如方案继续则为 {under_plan} {currency}。",
    "reinstated_ground": "方案因违约以外的原因终止：{value}。",
    "reinstated_before": "方案前欠款 {value} {currency}，其中本金 {principal}、利息 {interest}、费用 {fees}、"
    "罚息 {penalty}。",
    "reinstated_accrued": "此后按原条件新增{component} {value} {currency}。",
    "reinstated_paid": "此后已还{component} {value} {currency}。",
    "reinstated_given_up": "已终局免除{component} {value} {currency}。",
    "reinstated_come_back": "因方案未履行完毕而恢复{component} {value} {currency}，已计入方案前欠款。",
    "reinstated_owed": "现欠款 {value} {currency}，其中本金 {principal}、利息 {interest}、费用 {fees}、"
    "罚息 {penalty}。",
    "reinstated_not_due": "其中 {value} {currency} 为已计而随以后各期到期的利息，到期前账户欠款明细不列示。",
    "reinstated_less": "比方案继续少 {value} {currency}：方案要求的多于原条件连同罚息。",
    "reinstated_less_without_penalty": "比方案继续少 {value} {currency}：政策 {policy} 未定罚息，"
    "按原条件的逾期款不计息。",
    "reinstated_promise_open": "{promised_on} 承诺于 {due_date} 前还款 {value} {currency}，{on} 尚未到期，"
    "不计入违约。",
    "reinstated_past_due": "按原条件已逾期 {value} {currency}。",
    "reinstated_unallocated": "已收而尚未冲抵原各期的款项 {value} {currency}。",
    "reinstated_rows": "{on} 终止 {value} 期，按原还款日恢复 {begun} 期。",
    "counts_around": "{policy}：逾期天数 {eve_on} 为 {eve}，{plan_on} 为 {plan}，{as_of} 为 {now}；计逾期天数"
    "依次为 {eve_counted}、{plan_counted}、{now_counted}。还款计划变更后{value}。",
    "plan_clocks": "账户 {account_id} 自 {plan_on} 起的方案，截至 {as_of} 日终在计的期间：{value} 项。",
    "plan_clocks_together": "{machine}：{count} 项期间须全部届满，最早为 {value}。",
    "plan_clocks_by_law": "逾期按政策 {value} 的口径计算，方案的容忍范围不影响上述期间。",
    "re_default_by_machine": "账户 {account_id} 在 {plan_on} 方案后、{until} 前，按{machine}于 {value} 日终"
    "再次违约。",
    "re_default_by_days": "账户 {account_id} 在 {plan_on} 方案后、{until} 前，于 {value} 日终再次逾期超过 "
    "{over_days} 天。",
    "re_default_none_by_machine": "账户 {account_id} 在 {plan_on} 方案后、{until} 前，截至 {value} 按"
    "{machine}未再次违约。",
    "re_default_none_by_days": "账户 {account_id} 在 {plan_on} 方案后、{until} 前，截至 {value} 未再次逾期"
    "超过 {over_days} 天。",
}

VARIANTS: Final = {"followed_plan": "known_on"}

_COMPONENT = frozenset({"component"})

CHOICES: Final[dict[str, frozenset[str]]] = {
    "followed_plan": frozenset({"value"}),
    "counts_around": frozenset({"value"}),
    "reinstated_accrued": _COMPONENT,
    "reinstated_paid": _COMPONENT,
    "reinstated_given_up": _COMPONENT,
    "reinstated_come_back": _COMPONENT,
}

WORDS_EN: Final = {
    "kept": "kept so far",
    "completed": "completed",
    "broken": "broken",
    "follow_new": "only the new rows are counted",
    "freeze": "the days of the close before it stay",
}

WORDS_ZH: Final = {
    "kept": "目前已遵守",
    "completed": "已履行完毕",
    "broken": "已违约",
    "follow_new": "仅按新计划计算",
    "freeze": "冻结变更前日终的天数",
}
"""How a plan stands, and what becomes of a count; of one that is continued the common words speak."""
