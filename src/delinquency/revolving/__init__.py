"""Cards and other revolving credit: two records of one account.

A card has a balance, which bears interest and takes money in a legal order, and minimum payments, which
fall due and age. The one idea: they are two records of the same facts. :func:`card_ledger` replays the
balance, statement by statement; :func:`requirements` gives the minimums as an
:class:`~delinquency.account.Account` that every other verb reads as it is.
"""

from delinquency.bureau_months import BureauEdition, BureauHistory, BureauMonth
from delinquency.revolving.bureau import card_bureau_codes
from delinquency.revolving.card import CardAccount
from delinquency.revolving.credit_limit import CreditLimit
from delinquency.revolving.cycles import DueAfterDays, DueDateRule, DueOnDay
from delinquency.revolving.dated import Dated
from delinquency.revolving.explaining import explain_credits
from delinquency.revolving.interest import BalanceRate, CardInterest, InterestGrain, InterestMethod
from delinquency.revolving.kinds import BALANCE_KINDS, BalanceKind, CreditSource, TransactionKind
from delinquency.revolving.late_fee import LateFeePosting
from delinquency.revolving.ledger import card_ledger
from delinquency.revolving.minimum import MinimumBase, MinimumPaymentRule, MinimumShare
from delinquency.revolving.orders import (
    BalanceOrder,
    ByKind,
    HighestRateFirst,
    KindSwitch,
    MinimumThenHighestRate,
)
from delinquency.revolving.record import (
    CardAllocation,
    CardLedger,
    CardStatement,
    CycleCount,
    InterestSegment,
    MinimumRequirement,
)
from delinquency.revolving.requirements import missed_cycles, requirements
from delinquency.revolving.terms import CardTerms
from delinquency.revolving.transactions import (
    CardTransaction,
    InstalmentPlan,
    PlanResidue,
    Promotion,
)

__all__ = [
    "BALANCE_KINDS",
    "BalanceKind",
    "BalanceOrder",
    "BalanceRate",
    "BureauEdition",
    "BureauHistory",
    "BureauMonth",
    "ByKind",
    "CardAccount",
    "CardAllocation",
    "CardInterest",
    "CardLedger",
    "CardStatement",
    "CardTerms",
    "CardTransaction",
    "CreditLimit",
    "CreditSource",
    "CycleCount",
    "Dated",
    "DueAfterDays",
    "DueDateRule",
    "DueOnDay",
    "HighestRateFirst",
    "InstalmentPlan",
    "InterestGrain",
    "InterestMethod",
    "InterestSegment",
    "KindSwitch",
    "LateFeePosting",
    "MinimumBase",
    "MinimumPaymentRule",
    "MinimumRequirement",
    "MinimumShare",
    "MinimumThenHighestRate",
    "PlanResidue",
    "Promotion",
    "TransactionKind",
    "card_bureau_codes",
    "card_ledger",
    "explain_credits",
    "missed_cycles",
    "requirements",
]
