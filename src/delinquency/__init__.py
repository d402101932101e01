"""Overdue credit, exactly: days past due, buckets, arrears, and why.

An :class:`Account` is a frozen record of what fell due, what was paid and what happened. A
:class:`Policy` is a frozen record of how a lender or a regulator counts. Every verb is a pure function
of (account, ``as_of``, policy), and its answer explains itself. ``delinquency.portfolio`` has the same
verbs over many accounts held as columns.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from delinquency.account import Account, Product, Segment
from delinquency.allocation import (
    AllocationGrain,
    AllocationOrder,
    AllocationStep,
    DueState,
    Excess,
)
from delinquency.allocation_choices import AgeSwitch, KindOrder
from delinquency.assessment import Assessment, assess, days_past_due, delinquent_days
from delinquency.breakdown import Breakdown, OwedParts, breakdown
from delinquency.buckets import Bucket, BucketScheme, classify
from delinquency.charges import Charge
from delinquency.citation import Citation, Modality, Verification
from delinquency.component import Component
from delinquency.counting import (
    Counting,
    CountName,
    FirstDay,
    GraceKind,
    LostDispute,
    Materiality,
    PartialPayments,
    ScheduleChangeRule,
    ToleranceScope,
)
from delinquency.counting.months import months_and_days
from delinquency.currency import Currency
from delinquency.dated_rates import DatedRate
from delinquency.errors import (
    CurrencyError,
    DelinquencyError,
    DelinquencyWarning,
    InvalidTypeError,
    InvalidValueError,
    MissingExtraError,
    PolicyError,
    PolicyNotInForceError,
    PortfolioError,
    UnverifiedTableWarning,
    UnverifiedWarning,
)
from delinquency.events import (
    Acceleration,
    ChargeBack,
    Closure,
    Collateral,
    CollateralKind,
    CountingSuspension,
    Dispute,
    FigureName,
    Finding,
    FindingKind,
    FundsMisuse,
    Guarantee,
    OffBalance,
    PenaltyWaiver,
    ReAge,
    ReportedFigure,
    Restructuring,
    SuspensionReason,
    Waiver,
    WriteOff,
)
from delinquency.explanation import Explanation
from delinquency.instalment_ages import (
    LateInstalment,
    NextPayment,
    NextPaymentRule,
    instalment_ages,
    next_payment_due,
)
from delinquency.ledger import EntryKind, Ledger, LedgerEntry
from delinquency.level import Level
from delinquency.payment_settlement import PaymentSettlement, SettledPart, payment_settlement
from delinquency.payments import Payment, PaymentKind
from delinquency.penalty_interest import PenaltyInterest, penalty_interest
from delinquency.penalty_place import PenaltyPlace
from delinquency.policy import Policy, settles_by_totals
from delinquency.policy_versions import PolicyTimeline, UnverifiedPolicyWarning
from delinquency.rates import Rate, RatePeriod
from delinquency.replaying import replay
from delinquency.rounding import Proportion, RoundingMode
from delinquency.schedule import Instalment, Schedule
from delinquency.validity import SelectedBy, Validity
from delinquency.version import __version__ as __version__

if TYPE_CHECKING:
    from delinquency import amortisation as amortisation
    from delinquency import calendars as calendars
    from delinquency import daycount as daycount
    from delinquency import frames as frames
    from delinquency import judgment as judgment
    from delinquency import late_fees as late_fees
    from delinquency import penalty as penalty
    from delinquency import portfolio as portfolio
    from delinquency import reporting as reporting
    from delinquency import returns as returns
    from delinquency import revolving as revolving
    from delinquency import rulebook as rulebook
    from delinquency import serialization as serialization
    from delinquency import several_debts as several_debts
    from delinquency import status as status
    from delinquency import testing as testing
    from delinquency.amortisation import (
        AccrualPosting,
        ActuarialRebate,
        AmortisationMethod,
        AmortisationTable,
        ByDays,
        ChangedTable,
        Compounded,
        DeferredInterest,
        ExactRateChange,
        FirstPeriod,
        GivenPayment,
        GivenPrincipal,
        InterestPause,
        IrregularRow,
        IrregularTable,
        IrregularTerms,
        LevelPayment,
        Moratorium,
        NominalPeriods,
        NoRebate,
        OverdueBase,
        PaymentStep,
        PostingRhythm,
        Prepayment,
        PrepaymentEffect,
        PrepaymentInterest,
        ProRataRebate,
        RateChange,
        RateChangeEffect,
        RecalculatedTable,
        Recalculation,
        ReferenceRates,
        RepaymentTerms,
        Repricing,
        Residue,
        RuleOf78Rebate,
        SettlementQuote,
        SolvedPayment,
        Surplus,
        UkRebate,
        WholeBalance,
        accrual_postings,
        accrued_interest,
        amortisation_table,
        interest_between,
        irregular_table,
        prepay,
        recalculate,
        repayment_schedule,
        reprice,
        settlement_quote,
    )
    from delinquency.back_testing import BackTest, Outcomes, back_test
    from delinquency.business_days import AccrueTo, BusinessDayConvention, adjust
    from delinquency.concession_checks import ConcessionCheck
    from delinquency.concession_limits import ConcessionLimits, FrequencyLimit, ReAgeingRule
    from delinquency.daycount import (
        CouponPeriod,
        DayCount,
        day_difference,
        day_ratio,
        year_fraction,
    )
    from delinquency.early_warning import (
        EarlyWarning,
        Observations,
        WarningRules,
        early_warning_signals,
        load_warning_rules,
        observe,
        observe_card,
        observe_statements,
        save_warning_rules,
    )
    from delinquency.extending import ExtensionAssessment, assess_extension
    from delinquency.frequency import Frequency
    from delinquency.holiday_calendar import NO_HOLIDAYS, WEEKENDS_ONLY, HolidayCalendar
    from delinquency.material_days import material_days_past_due
    from delinquency.obligor_assessment import (
        ObligorAmounts,
        ObligorAssessment,
        WorstState,
        assess_obligor,
    )
    from delinquency.period_arithmetic import month_ends
    from delinquency.periods import Period, PeriodDates, Stub
    from delinquency.proposals import Affordability, LenderOffer, PlanLimits, propose_plans
    from delinquency.provision_table import ProvisionBase, ProvisionRate, ProvisionTable
    from delinquency.provisions import ProvisionAnswer, provision
    from delinquency.re_ageing import ReAgeAssessment, assess_re_age, re_aged
    from delinquency.regular_periods import period_dates, period_dates_by_count
    from delinquency.reported_account import ReportedAccount, ReportedClose
    from delinquency.reported_closes import assess_reported_status
    from delinquency.restructuring import RestructuringPlan, restructure
    from delinquency.rolls import DayOfMonth, DayOfWeek, EndOfMonth
    from delinquency.status_answer import Resolution, StatusAssessment, StatusSpan
    from delinquency.status_assessment import assess_status
    from delinquency.weekdays import Weekday

__all__ = [
    "NO_HOLIDAYS",
    "WEEKENDS_ONLY",
    "Acceleration",
    "Account",
    "AccrualPosting",
    "AccrueTo",
    "ActuarialRebate",
    "Affordability",
    "AgeSwitch",
    "AllocationGrain",
    "AllocationOrder",
    "AllocationStep",
    "AmortisationMethod",
    "AmortisationTable",
    "Assessment",
    "BackTest",
    "Breakdown",
    "Bucket",
    "BucketScheme",
    "BusinessDayConvention",
    "ByDays",
    "ChangedTable",
    "Charge",
    "ChargeBack",
    "Citation",
    "Closure",
    "Collateral",
    "CollateralKind",
    "Component",
    "Compounded",
    "ConcessionCheck",
    "ConcessionLimits",
    "CountName",
    "Counting",
    "CountingSuspension",
    "CouponPeriod",
    "Currency",
    "CurrencyError",
    "DatedRate",
    "DayCount",
    "DayOfMonth",
    "DayOfWeek",
    "DeferredInterest",
    "DelinquencyError",
    "DelinquencyWarning",
    "Dispute",
    "DueState",
    "EarlyWarning",
    "EndOfMonth",
    "EntryKind",
    "ExactRateChange",
    "Excess",
    "Explanation",
    "ExtensionAssessment",
    "FigureName",
    "Finding",
    "FindingKind",
    "FirstDay",
    "FirstPeriod",
    "Frequency",
    "FrequencyLimit",
    "FundsMisuse",
    "GivenPayment",
    "GivenPrincipal",
    "GraceKind",
    "Guarantee",
    "HolidayCalendar",
    "Instalment",
    "InterestPause",
    "InvalidTypeError",
    "InvalidValueError",
    "IrregularRow",
    "IrregularTable",
    "IrregularTerms",
    "KindOrder",
    "LateInstalment",
    "Ledger",
    "LedgerEntry",
    "LenderOffer",
    "Level",
    "LevelPayment",
    "LostDispute",
    "Materiality",
    "MissingExtraError",
    "Modality",
    "Moratorium",
    "NextPayment",
    "NextPaymentRule",
    "NoRebate",
    "NominalPeriods",
    "ObligorAmounts",
    "ObligorAssessment",
    "Observations",
    "OffBalance",
    "Outcomes",
    "OverdueBase",
    "OwedParts",
    "PartialPayments",
    "Payment",
    "PaymentKind",
    "PaymentSettlement",
    "PaymentStep",
    "PenaltyInterest",
    "PenaltyPlace",
    "PenaltyWaiver",
    "Period",
    "PeriodDates",
    "PlanLimits",
    "Policy",
    "PolicyError",
    "PolicyNotInForceError",
    "PolicyTimeline",
    "PortfolioError",
    "PostingRhythm",
    "Prepayment",
    "PrepaymentEffect",
    "PrepaymentInterest",
    "ProRataRebate",
    "Product",
    "Proportion",
    "ProvisionAnswer",
    "ProvisionBase",
    "ProvisionRate",
    "ProvisionTable",
    "Rate",
    "RateChange",
    "RateChangeEffect",
    "RatePeriod",
    "ReAge",
    "ReAgeAssessment",
    "ReAgeingRule",
    "RecalculatedTable",
    "Recalculation",
    "ReferenceRates",
    "RepaymentTerms",
    "ReportedAccount",
    "ReportedClose",
    "ReportedFigure",
    "Repricing",
    "Residue",
    "Resolution",
    "Restructuring",
    "RestructuringPlan",
    "RoundingMode",
    "RuleOf78Rebate",
    "Schedule",
    "ScheduleChangeRule",
    "Segment",
    "SelectedBy",
    "SettledPart",
    "SettlementQuote",
    "SolvedPayment",
    "StatusAssessment",
    "StatusSpan",
    "Stub",
    "Surplus",
    "SuspensionReason",
    "ToleranceScope",
    "UkRebate",
    "UnverifiedPolicyWarning",
    "UnverifiedTableWarning",
    "UnverifiedWarning",
    "Validity",
    "Verification",
    "Waiver",
    "WarningRules",
    "Weekday",
    "WholeBalance",
    "WorstState",
    "WriteOff",
    "accrual_postings",
    "accrued_interest",
    "adjust",
    "amortisation_table",
    "assess",
    "assess_extension",
    "assess_obligor",
    "assess_re_age",
    "assess_reported_status",
    "assess_status",
    "back_test",
    "breakdown",
    "classify",
    "day_difference",
    "day_ratio",
    "days_past_due",
    "delinquent_days",
    "early_warning_signals",
    "instalment_ages",
    "interest_between",
    "irregular_table",
    "load_warning_rules",
    "material_days_past_due",
    "month_ends",
    "months_and_days",
    "next_payment_due",
    "observe",
    "observe_card",
    "observe_statements",
    "payment_settlement",
    "penalty_interest",
    "period_dates",
    "period_dates_by_count",
    "prepay",
    "propose_plans",
    "provision",
    "re_aged",
    "recalculate",
    "repayment_schedule",
    "replay",
    "reprice",
    "restructure",
    "save_warning_rules",
    "settlement_quote",
    "settles_by_totals",
    "year_fraction",
]

# What makes and reads schedules is loaded when first asked for, because to assess an account takes none
# of it. In the order in which one builds on the other, so that looking through them loads nothing extra.
_ON_FIRST_USE = (
    "weekdays",
    "frequency",
    "daycount",
    "holiday_calendar",
    "business_days",
    "period_arithmetic",
    "rolls",
    "periods",
    "regular_periods",
    "amortisation",
    "status_assessment",
    "material_days",
    "status_answer",
    "concession_limits",
    "concession_checks",
    "re_ageing",
    "extending",
    "reported_account",
    "reported_closes",
    "provision_table",
    "provisions",
    "obligor_assessment",
    "restructuring",
    "early_warning",
    "proposals",
    "proposals.verb",
    "back_testing",
)

_SUBMODULES = frozenset(
    {
        "amortisation",
        "back_testing",
        "calendars",
        "daycount",
        "early_warning",
        "frames",
        "judgment",
        "late_fees",
        "penalty",
        "portfolio",
        "proposals",
        "reporting",
        "restructuring",
        "returns",
        "revolving",
        "rulebook",
        "serialization",
        "several_debts",
        "status",
        "testing",
    }
)


def __dir__() -> list[str]:
    return sorted({*__all__, *_SUBMODULES, "__all__", "__doc__", "__file__", "__version__"})


if (
    not TYPE_CHECKING
):  # a type checker reads the imports above, and a name misspelt is its to report

    def __getattr__(name: str) -> object:
        if name in _SUBMODULES:
            return importlib.import_module(f"delinquency.{name}")
        if name in __all__:
            for module in _ON_FIRST_USE:
                found = vars(importlib.import_module(f"delinquency.{module}"))
                if name in found:
                    globals()[name] = found[name]
                    return found[name]
        message = f"module 'delinquency' has no attribute {name!r}"
        raise AttributeError(message)
