"""Many accounts held as columns, with the same verbs as one account.

The one idea: a :class:`Portfolio` is checked once; then every verb is one pass over its columns, and
equals the verb for one account on every row, to the last minor unit.
"""

from delinquency.portfolio.ageing import (
    AgeingHistory,
    AgeingRow,
    AgeingTable,
    ageing,
    ageing_history,
)
from delinquency.portfolio.assessment import (
    PortfolioAssessment,
    assess,
    days_past_due,
    delinquent_days,
)
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.breakdown import PortfolioBreakdown, breakdown
from delinquency.portfolio.cards.book import CardBook
from delinquency.portfolio.cards.columns import CreditLimitColumns, TransactionColumns
from delinquency.portfolio.cards.ledgers import (
    CardLedgers,
    CardStatementColumns,
    MinimumCreditColumns,
    card_ledgers,
)
from delinquency.portfolio.cards.requirements import requirements
from delinquency.portfolio.columns import (
    ChargeBackColumns,
    ChargeColumns,
    CollateralColumns,
    ContractRateColumns,
    DecisionColumns,
    DisputeColumns,
    FindingColumns,
    GuaranteeColumns,
    InstalmentColumns,
    PaymentColumns,
    ReAgeColumns,
    ReportedFigureColumns,
    RestructuringColumns,
    SpanColumns,
    SuspensionColumns,
)
from delinquency.portfolio.effective_rates import EffectiveRates, effective_rates
from delinquency.portfolio.history import PortfolioHistory, history
from delinquency.portfolio.instalment_ages import PortfolioInstalmentAges, instalment_ages
from delinquency.portfolio.loan_tables import PortfolioAmortisation, PortfolioSchedules
from delinquency.portfolio.material_days import material_days_past_due
from delinquency.portfolio.next_payment import PortfolioNextPayment, next_payment_due
from delinquency.portfolio.obligor_answer import ObligorStates, PortfolioObligors
from delinquency.portfolio.obligors import assess_obligors
from delinquency.portfolio.owed_columns import OwedColumns
from delinquency.portfolio.penalty_interest import PortfolioPenaltyInterest, penalty_interest
from delinquency.portfolio.plans.answer import PlanRefusal, PortfolioRestructuring
from delinquency.portfolio.plans.comparison import (
    BucketChange,
    DueMonth,
    PlanComparison,
    compare_plans,
)
from delinquency.portfolio.plans.restructuring import restructure
from delinquency.portfolio.run import Engine, InterpretedKernelWarning
from delinquency.portfolio.schedules import amortisation_tables, repayment_schedules
from delinquency.portfolio.status import assess_status
from delinquency.portfolio.status_answer import PortfolioStatus, StatusChanges
from delinquency.portfolio.term_columns import TermColumns
from delinquency.portfolio.term_quarantine import TermQuarantine, TermsAside, TermsResult
from delinquency.portfolio.text_column import TextColumn
from delinquency.portfolio.waiver_effect import WaiverEffect, WaiverTotals, waiver_effect
from delinquency.portfolio.waiving import WaivedShare, waive
from delinquency.portfolio.warnings.answer import PortfolioSignals, SignalCounts
from delinquency.portfolio.warnings.observing.cards_verb import observe_cards
from delinquency.portfolio.warnings.observing.verb import observe
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.statements import observe_statements
from delinquency.portfolio.warnings.verb import early_warning_signals

__all__ = [
    "AgeingHistory",
    "AgeingRow",
    "AgeingTable",
    "BucketChange",
    "CardBook",
    "CardLedgers",
    "CardStatementColumns",
    "ChargeBackColumns",
    "ChargeColumns",
    "CollateralColumns",
    "ContractRateColumns",
    "CreditLimitColumns",
    "DecisionColumns",
    "DisputeColumns",
    "DueMonth",
    "EffectiveRates",
    "Engine",
    "FindingColumns",
    "GuaranteeColumns",
    "InstalmentColumns",
    "InterpretedKernelWarning",
    "MinimumCreditColumns",
    "ObligorStates",
    "ObservationPanel",
    "OwedColumns",
    "PaymentColumns",
    "PlanComparison",
    "PlanRefusal",
    "Portfolio",
    "PortfolioAmortisation",
    "PortfolioAssessment",
    "PortfolioBreakdown",
    "PortfolioHistory",
    "PortfolioInstalmentAges",
    "PortfolioNextPayment",
    "PortfolioObligors",
    "PortfolioPenaltyInterest",
    "PortfolioRestructuring",
    "PortfolioSchedules",
    "PortfolioSignals",
    "PortfolioStatus",
    "ReAgeColumns",
    "ReportedFigureColumns",
    "RestructuringColumns",
    "SignalCounts",
    "SpanColumns",
    "StatusChanges",
    "SuspensionColumns",
    "TermColumns",
    "TermQuarantine",
    "TermsAside",
    "TermsResult",
    "TextColumn",
    "TransactionColumns",
    "WaivedShare",
    "WaiverEffect",
    "WaiverTotals",
    "ageing",
    "ageing_history",
    "amortisation_tables",
    "assess",
    "assess_obligors",
    "assess_status",
    "breakdown",
    "card_ledgers",
    "compare_plans",
    "days_past_due",
    "delinquent_days",
    "early_warning_signals",
    "effective_rates",
    "history",
    "instalment_ages",
    "material_days_past_due",
    "next_payment_due",
    "observe",
    "observe_cards",
    "observe_statements",
    "penalty_interest",
    "repayment_schedules",
    "requirements",
    "restructure",
    "waive",
    "waiver_effect",
]
