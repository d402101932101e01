"""Many accounts held as columns, with the same verbs as one account.

The one idea: a :class:`Portfolio` is checked once; then every verb is one pass over its columns, and
equals the verb for one account on every row, to the last minor unit.
"""

from delinquency.portfolio.ageing import AgeingRow, AgeingTable, ageing
from delinquency.portfolio.assessment import PortfolioAssessment, assess
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import (
    ChargeColumns,
    InstalmentColumns,
    PaymentColumns,
    SuspensionColumns,
)
from delinquency.portfolio.history import PortfolioHistory, history
from delinquency.portfolio.run import Engine, InterpretedKernelWarning
from delinquency.portfolio.text_column import TextColumn

__all__ = [
    "AgeingRow",
    "AgeingTable",
    "ChargeColumns",
    "Engine",
    "InstalmentColumns",
    "InterpretedKernelWarning",
    "PaymentColumns",
    "Portfolio",
    "PortfolioAssessment",
    "PortfolioHistory",
    "SuspensionColumns",
    "TextColumn",
    "ageing",
    "assess",
    "history",
]
