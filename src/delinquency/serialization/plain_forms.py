"""Values that are written in another form than their fields: rates, calendars, and one of several classes.

The one idea: a reader of JSON should see what a contract says. A rate is its number and its period, a
calendar a line of ones and zeros, a published rate has the name of each of its parts, and an object that
may be one of several classes says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

import attrs

from delinquency.amortisation import (
    ByDays,
    Compounded,
    ExactRateChange,
    GivenPayment,
    GivenPrincipal,
    NominalPeriods,
    ReferenceRates,
    SolvedPayment,
    WholeBalance,
)
from delinquency.concession_limits import ConcessionLimits, ReAgeingRule
from delinquency.early_warning import Observations, WarningRules
from delinquency.errors import InvalidValueError
from delinquency.holiday_calendar import HolidayCalendar
from delinquency.late_fees import (
    BandFee,
    EveryDays,
    EveryMonths,
    FlatFee,
    LateFeeTerms,
    Once,
    SafeHarbourFee,
    ShareFee,
)
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyRegime,
    PenaltyTerms,
    RateByAge,
    ReferenceMultiple,
    ReferencePlusMargin,
    ShareOfBase,
)
from delinquency.provision_table import ProvisionTable
from delinquency.rates import Rate, RatePeriod
from delinquency.restructuring.measures import NAMES, InterestPause, ReducedPayments
from delinquency.restructuring.review.checks import PlanCheck, PlanFigure
from delinquency.revolving import (
    ByKind,
    DueAfterDays,
    DueOnDay,
    HighestRateFirst,
    MinimumThenHighestRate,
)
from delinquency.rolls import DayOfMonth, DayOfWeek, EndOfMonth, ThirdWednesday
from delinquency.serialization.followed_figures import (
    ClocksFigures,
    ComplianceFigures,
    CountsFigures,
    ReDefaultFigures,
)
from delinquency.serialization.new_debt_inputs import CardAgreementInputs, ConsolidationInputs
from delinquency.serialization.owed_figures import (
    BreakdownFigures,
    PenaltyFigures,
    SettlementFigures,
)
from delinquency.serialization.review_forms import PlainPlanCheck, PlainPlanFigure
from delinquency.serialization.warning_forms import PlainObservations, PlainWarningRules
from delinquency.status import StatusMachine

__all__ = [
    "ARM_TAGS",
    "NAMED_LATER",
    "PLAIN_FORMS",
    "TAGS",
    "PlainCalendar",
    "PlainRate",
    "PlainReferenceRates",
    "PublishedRate",
]

_ALONE_TOO: Final = (InterestPause, ReducedPayments)
"""Measures that stand by themselves in another document, whose key says what they are."""

TAGS: Final[Mapping[type, str]] = MappingProxyType(
    {
        NominalPeriods: "nominal_periods",
        ByDays: "by_days",
        Compounded: "compounded",
        DayOfMonth: "day_of_month",
        EndOfMonth: "end_of_month",
        DayOfWeek: "day_of_week",
        ThirdWednesday: "third_wednesday",
        GivenPrincipal: "given_principal",
        GivenPayment: "given_payment",
        SolvedPayment: "solved_payment",
        WholeBalance: "whole_balance",
        ExactRateChange: "exact_rate_change",
        FixedPenaltyRate: "fixed",
        ContractMultiple: "contract_multiple",
        ReferencePlusMargin: "reference_plus_margin",
        RateByAge: "by_age",
        ShareOfBase: "share_of_base",
        AbsoluteCap: "absolute",
        AnnualCap: "annual",
        ReferenceMultiple: "reference_multiple",
        FlatFee: "flat",
        ShareFee: "share",
        SafeHarbourFee: "table",
        BandFee: "bands",
        Once: "once",
        EveryDays: "every_days",
        EveryMonths: "every_months",
        PenaltyFigures: "penalty_interest",
        BreakdownFigures: "breakdown",
        SettlementFigures: "payment_settlement",
        ComplianceFigures: "plan_compliance",
        ReDefaultFigures: "re_default",
        CountsFigures: "counts_around",
        ClocksFigures: "plan_clocks",
        ConsolidationInputs: "consolidation",
        CardAgreementInputs: "card_agreement",
        DueAfterDays: "due_after_days",
        DueOnDay: "due_on_day",
        ByKind: "by_kind",
        HighestRateFirst: "highest_rate_first",
        MinimumThenHighestRate: "minimum_then_highest_rate",
        **{kind: word for kind, word in NAMES.items() if kind not in _ALONE_TOO},
    }
)
"""The word under ``kind`` that says which of several classes an object is; one of them may have none."""

ARM_TAGS: Final[Mapping[type, str]] = MappingProxyType({kind: NAMES[kind] for kind in _ALONE_TOO})
"""The same of classes that say it only where they are one of several, and elsewhere are what the key says."""

NAMED_LATER: Final[Mapping[str, type]] = MappingProxyType(
    {
        kind.__name__: kind
        for kind in (
            ConcessionLimits,
            LateFeeTerms,
            PenaltyRegime,
            PenaltyTerms,
            ProvisionTable,
            ReAgeingRule,
            StatusMachine,
        )
    }
)
"""The classes that ``Policy`` names without loading them, by the name under which it does."""


@attrs.frozen(slots=True)
class PlainRate:
    """A rate as its number and its period.

    Parameters
    ----------
    value : Decimal
        0.0435 is 4.35 % [share per period].
    period : RatePeriod
    """

    value: Decimal
    period: RatePeriod

    @classmethod
    def of(cls, rate: Rate) -> PlainRate:
        """The rate, to be written."""
        return cls(rate.as_decimal(), rate.period)

    def restored(self) -> Rate:
        """The rate that was written."""
        match self.period:
            case RatePeriod.YEAR:
                return Rate.per_year(self.value)
            case RatePeriod.MONTH:
                return Rate.per_month(self.value)
            case RatePeriod.DAY:
                return Rate.per_day(self.value)


@attrs.frozen(slots=True)
class PlainCalendar:
    """A calendar as a line of ones and zeros.

    Parameters
    ----------
    name : str
        For messages, such as CN.
    first : date
        The first day covered.
    business_days : str
        One character a day from the first on: 1 for a business day, 0 for none.
    assumed_from : date, optional
        The first day of those to the end that are assumed and not known; null where all are known.
    """

    name: str
    first: date
    business_days: str
    assumed_from: date | None = None

    @classmethod
    def of(cls, calendar: HolidayCalendar) -> PlainCalendar:
        """The calendar, to be written."""
        business_days = "".join(map(str, calendar.entries))
        return cls(calendar.name, calendar.first, business_days, calendar.assumed_from)

    def restored(self) -> HolidayCalendar:
        """The calendar that was written."""
        if not set(self.business_days) <= {"0", "1"}:
            raise InvalidValueError.at(
                "calendar, business_days", expected="ones and zeros", found="other characters"
            )
        entries = bytes(map(int, self.business_days))
        return HolidayCalendar(self.name, self.first, entries, self.assumed_from)


@attrs.frozen(slots=True)
class PublishedRate:
    """A value of a published rate.

    Parameters
    ----------
    published_on : date
        It holds from this day to the next publication.
    annual_rate : Rate
    """

    published_on: date
    annual_rate: Rate


@attrs.frozen(slots=True)
class PlainReferenceRates:
    """A published rate by the day on which each value was published.

    Parameters
    ----------
    name : str
        As in the contract: "LPR 5Y".
    rates : tuple of PublishedRate
        In order of date.
    covered_until : date
        The last day for which the table is complete, itself covered.
    """

    name: str
    rates: tuple[PublishedRate, ...]
    covered_until: date

    @classmethod
    def of(cls, reference: ReferenceRates) -> PlainReferenceRates:
        """The table, to be written."""
        rates = tuple(PublishedRate(*pair) for pair in reference.rates)
        return cls(reference.name, rates, reference.covered_until)

    def restored(self) -> ReferenceRates:
        """The table that was written."""
        return ReferenceRates(
            name=self.name,
            rates=[(rate.published_on, rate.annual_rate) for rate in self.rates],
            covered_until=self.covered_until,
        )


PLAIN_FORMS: Final[Mapping[type, type]] = MappingProxyType(
    {
        Rate: PlainRate,
        HolidayCalendar: PlainCalendar,
        ReferenceRates: PlainReferenceRates,
        PlanCheck: PlainPlanCheck,
        PlanFigure: PlainPlanFigure,
        Observations: PlainObservations,
        WarningRules: PlainWarningRules,
    }
)
"""The form in which a class is written."""
