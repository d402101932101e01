"""The rows of the catalogue: name, unit, meaning, the same in Chinese, and source of each observation."""

from __future__ import annotations

from typing import Final

from delinquency.early_warning.units import Unit

__all__ = ["ACCOUNT", "CATALOGUE_ROWS", "OUTSIDE", "STATEMENT"]

ACCOUNT: Final = "account"
STATEMENT: Final = "statements"
OUTSIDE: Final = "outside"

CATALOGUE_ROWS: Final = (
    # Arrears
    (
        "days_past_due",
        Unit.DAYS,
        "days past due at the close of the period",
        "期末逾期天数",
        ACCOUNT,
    ),
    (
        "delinquent_days",
        Unit.DAYS,
        "days past due less suspension and grace",
        "扣除暂停与宽限后的逾期天数",
        ACCOUNT,
    ),
    ("arrears", Unit.AMOUNT, "late and unpaid at the close", "期末拖欠金额", ACCOUNT),
    (
        "exposure",
        Unit.AMOUNT,
        "open principal, and interest, fees and penalty due and unpaid",
        "期末风险敞口",
        ACCOUNT,
    ),
    (
        "rolled_forward",
        Unit.FLAG,
        "the bucket is worse than at the end of the period before",
        "本期是否向更差逾期档迁徙",
        ACCOUNT,
    ),
    (
        "months_late",
        Unit.TIMES,
        "statements in a row whose minimum was not met in time",
        "连续未达最低还款额的账单期数",
        STATEMENT,
    ),
    (
        "months_since_past_due",
        Unit.MONTHS,
        "months since it was last past due at the end of a period observed; 0 if now",
        "距最近一次期末逾期的月数（仅计所观察各期；当期逾期为0）",
        ACCOUNT,
    ),
    (
        "months_since_30_days_past_due",
        Unit.MONTHS,
        "months since it was last 30 days past due or more at the end of a period observed; 0 if now",
        "距最近一次期末逾期30天及以上的月数（仅计所观察各期；当期为0）",
        ACCOUNT,
    ),
    (
        "months_since_late",
        Unit.MONTHS,
        "months since it was last late at a statement observed; 0 if now",
        "距最近一次账单逾期的月数（仅计所观察各期；当期逾期为0）",
        STATEMENT,
    ),
    (
        "first_payment_default",
        Unit.FLAG,
        "the first instalment was not paid by the close of the 30th day after it fell due; unknown before it",
        "首期违约：首期到期后第30日终仍未还；此前未知",
        ACCOUNT,
    ),
    (
        "months_on_book",
        Unit.MONTHS,
        "whole months since the account began",
        "账龄（整月）",
        ACCOUNT,
    ),
    # Payments of the period
    (
        "amount_due",
        Unit.AMOUNT,
        "what fell due in the period, its last day included, less what was waived of it",
        "本期到期应还金额（含末日，扣除减免）",
        ACCOUNT,
    ),
    (
        "amount_paid",
        Unit.AMOUNT,
        "money of the period, its last day included, that was not taken back by its end",
        "本期实还金额（含末日，扣除冲回）",
        ACCOUNT,
    ),
    (
        "payment_ratio",
        Unit.SHARE,
        "paid in the period, of what fell due in it or the statement before asked for; unknown of nothing",
        "还款率：本期实还占本期到期或上期账单余额之比；无应还时未知",
        ACCOUNT,
    ),
    (
        "partial_payments",
        Unit.TIMES,
        "instalments that fell due in the period and were paid in part by its end",
        "本期到期而仅部分偿还的期数",
        ACCOUNT,
    ),
    (
        "payments_reversed",
        Unit.TIMES,
        "payments taken back in the period",
        "本期冲回的还款笔数",
        ACCOUNT,
    ),
    (
        "days_since_payment",
        Unit.DAYS,
        "days since money last reached the least payment; since the account began if it never did",
        "距上次达到最低计数金额还款的天数；从未还款则自开户起",
        ACCOUNT,
    ),
    (
        "broken_promises",
        Unit.TIMES,
        "promises to pay of which something was missing when their day was over, in the period",
        "本期违背还款承诺次数",
        ACCOUNT,
    ),
    # Statements of a card
    ("credit_limit", Unit.AMOUNT, "the limit at the statement", "账单日授信额度", STATEMENT),
    (
        "statement_balance",
        Unit.AMOUNT,
        "the balance of the statement; below 0 in credit",
        "账单余额",
        STATEMENT,
    ),
    (
        "utilisation",
        Unit.SHARE,
        "the balance of the statement, of the limit; unknown without a limit",
        "额度使用率；无额度时未知",
        STATEMENT,
    ),
    (
        "over_limit",
        Unit.AMOUNT,
        "the balance of the statement beyond the limit",
        "超限金额",
        STATEMENT,
    ),
    (
        "headroom",
        Unit.AMOUNT,
        "the limit less the balance of the statement; below 0 over the limit",
        "可用额度：额度减账单余额",
        STATEMENT,
    ),
    (
        "carried_balance",
        Unit.AMOUNT,
        "the balance of the statement before; 0 where it was in credit",
        "上期账单余额（溢缴时为0）",
        STATEMENT,
    ),
    (
        "amount_added",
        Unit.AMOUNT,
        "what came to the balance in the period: purchases, cash, interest and charges, less refunds",
        "本期新增款项：消费、取现、利息和费用，减退货",
        STATEMENT,
    ),
    (
        "minimum_due",
        Unit.AMOUNT,
        "the minimum payment that the statement before asked for",
        "上期账单最低还款额",
        STATEMENT,
    ),
    (
        "paid_below_minimum",
        Unit.FLAG,
        "less was paid than the minimum of the statement before",
        "还款低于最低还款额",
        STATEMENT,
    ),
    (
        "months_since_below_minimum",
        Unit.MONTHS,
        "months since less than the minimum was last paid, of the statements observed; 0 if now",
        "距最近一次还款低于最低还款额的月数（仅计所观察各期；当期为0）",
        STATEMENT,
    ),
    (
        "paid_minimum_only",
        Unit.FLAG,
        "the minimum was paid, and less than the whole statement",
        "达到最低还款额但未全额还款",
        STATEMENT,
    ),
    (
        "paid_in_full",
        Unit.FLAG,
        "the whole statement before was paid; one that asked for nothing counts as paid",
        "上期账单全额还款（无应还视为已还）",
        STATEMENT,
    ),
    ("purchases", Unit.AMOUNT, "what was bought in the period", "本期消费", STATEMENT),
    ("cash_advances", Unit.AMOUNT, "cash drawn in the period", "本期取现", STATEMENT),
    (
        "cash_advance_share",
        Unit.SHARE,
        "cash, of all that was bought or drawn in the period; unknown where nothing was",
        "取现占本期用卡金额之比；未用卡时未知",
        STATEMENT,
    ),
    # Capacity and liquidity, from outside
    ("income", Unit.AMOUNT, "income of the period", "收入", OUTSIDE),
    ("payroll", Unit.AMOUNT, "salary that was credited in the period", "代发工资", OUTSIDE),
    ("instalment", Unit.AMOUNT, "the regular payment of the period", "每期还款额", OUTSIDE),
    ("repayment_burden", Unit.SHARE, "payments on all debts, of income", "偿债收入比", OUTSIDE),
    (
        "account_balance",
        Unit.AMOUNT,
        "credit balance of the current account, on average",
        "存款账户日均余额",
        OUTSIDE,
    ),
    ("account_inflow", Unit.AMOUNT, "money that came to the current account", "账户流入", OUTSIDE),
    (
        "overdraft_exceeded",
        Unit.FLAG,
        "the overdraft was exceeded in the period",
        "透支超限",
        OUTSIDE,
    ),
    ("total_debt", Unit.AMOUNT, "all debt of the borrower", "总负债", OUTSIDE),
    ("debt_elsewhere", Unit.AMOUNT, "debt at other lenders", "他行负债", OUTSIDE),
    (
        "days_past_due_elsewhere",
        Unit.DAYS,
        "the most days past due at another lender",
        "他行逾期天数",
        OUTSIDE,
    ),
    ("enquiries", Unit.TIMES, "enquiries of lenders in the period", "征信查询次数", OUTSIDE),
    ("collateral_value", Unit.AMOUNT, "the value of collateral", "押品价值", OUTSIDE),
    ("behavioural_score", Unit.POINTS, "a behavioural score; more is better", "行为评分", OUTSIDE),
    # Contact and events, from outside
    (
        "contacts_failed",
        Unit.TIMES,
        "attempts in the period that reached nobody",
        "联系失败次数",
        OUTSIDE,
    ),
    (
        "contact_refused",
        Unit.FLAG,
        "the borrower refused to speak or to give documents",
        "拒绝沟通",
        OUTSIDE,
    ),
    ("unemployed", Unit.FLAG, "the borrower lost the job", "失业", OUTSIDE),
    ("forborne", Unit.FLAG, "an exposure is forborne", "已获还款宽容", OUTSIDE),
    ("guarantor_default", Unit.FLAG, "a guarantor is in default", "保证人违约", OUTSIDE),
    ("legal_proceedings", Unit.FLAG, "legal proceedings are under way", "涉诉", OUTSIDE),
    ("bankruptcy", Unit.FLAG, "bankruptcy was applied for or declared", "破产", OUTSIDE),
)
