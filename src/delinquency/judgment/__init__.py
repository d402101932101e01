"""Debt after a judgment: what was awarded, general interest, and the doubled part for delayed performance.

The one idea: :class:`JudgmentDebt` holds what the judgment says and what was paid, and
:func:`judgment_interest` answers for the close of a day, by rules that stand in a dated file.
"""

from delinquency.judgment.accruing import judgment_interest
from delinquency.judgment.debt import GeneralInterest, JudgmentDebt
from delinquency.judgment.record import JudgmentAccount, JudgmentSegment, JudgmentSettlement
from delinquency.judgment.rules import JudgmentPart, JudgmentRule, JudgmentRules, judgment_rules

__all__ = [
    "GeneralInterest",
    "JudgmentAccount",
    "JudgmentDebt",
    "JudgmentPart",
    "JudgmentRule",
    "JudgmentRules",
    "JudgmentSegment",
    "JudgmentSettlement",
    "judgment_interest",
    "judgment_rules",
]
