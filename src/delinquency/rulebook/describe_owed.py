"""What a delay costs under a policy, in lines: terms of penalty, what law allows, late fees.

The one idea: a reader who compares a policy with a contract needs every choice of it, and its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from delinquency.amortisation.reference_rates import ReferenceRates
from delinquency.citation import Citation
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
    PenaltyCap,
    PenaltyRate,
    PenaltyRegime,
    PenaltyTerms,
    RateByAge,
    ReferenceMultiple,
    ReferencePlusMargin,
    ShareOfBase,
)
from delinquency.penalty.rate_tables import ALWAYS_FROM
from delinquency.policy import Policy
from delinquency.rounding import Proportion

__all__ = ["owed_facts"]

_MOST_DECIMALS: Final = 8


def owed_facts(policy: Policy) -> Iterator[tuple[str, str]]:
    """What a version says of the price of a delay, by name.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> for name, value in owed_facts(rulebook.load("cn-loan").versions[0]):
    ...     print(name, value, sep=": ")
    Penalty allowed by law: contract rate times 1.3 to 1.5; misused times 1.5 to 2; by Notice of the \
People's Bank of China on interest rates of renminbi loans (银发〔2003〕251号), item 3
    """
    if policy.penalty is not None:
        yield from _terms(policy.penalty)
    if policy.penalty_regime is not None:
        yield "Penalty allowed by law", _regime(policy.penalty_regime)
    for fee in policy.late_fees:
        yield "Late fee", _fee(fee)


def _terms(terms: PenaltyTerms) -> Iterator[tuple[str, str]]:
    compounding = terms.compounding.value.replace("_", " ")
    yield "Penalty interest", f"on {terms.base.value}, compounding {compounding}"
    yield "Penalty rate", f"{_rate(terms.rate)}; {terms.day_count.label}"
    for reference in _references(terms):
        yield "Reference rate", _published(reference)
    if terms.grace_kind is not None and terms.grace_days:
        yield "Penalty grace", f"{terms.grace_days} days, {terms.grace_kind.value}"
    day = "" if terms.statement_day is None else f", day {terms.statement_day}"
    yield "Penalty posting", f"{terms.posting.value}{day}"
    yield "Penalty rounding", f"{terms.rounding.value} by {terms.grain.value}"
    for cap in terms.caps:
        yield "Penalty cap", _cap(cap)
    if terms.citations:
        yield "Penalty terms by", _sources(terms.citations)


def _rate(rule: PenaltyRate) -> str:
    match rule:
        case FixedPenaltyRate(rates):
            return _dated((str(row.rate), row.effective_on) for row in rates)
        case ContractMultiple(factors, misuse):
            told = _dated((_number(row.factor), row.effective_on) for row in factors)
            misused = "" if misuse is None else f"; misused times {_number(misuse)}"
            return f"contract rate times {told}{misused}"
        case ReferencePlusMargin(reference, margin):
            return f"{reference.name} plus {margin}"
        case RateByAge(tiers):
            return ", ".join(f"{tier.rate} from late day {tier.from_day}" for tier in tiers)


def _references(terms: PenaltyTerms) -> Iterator[ReferenceRates]:
    """The published rates that the rate or a cap is taken from, each once."""
    margins = [terms.rate] if isinstance(terms.rate, ReferencePlusMargin) else []
    limits = [cap.rate for cap in terms.caps if isinstance(cap, AnnualCap)]
    multiples = [limit for limit in limits if isinstance(limit, ReferenceMultiple)]
    found = [*(rule.reference for rule in margins), *(rule.reference for rule in multiples)]
    for place, reference in enumerate(found):
        if reference not in found[:place]:
            yield reference


def _published(reference: ReferenceRates) -> str:
    rates = ", ".join(f"{rate} from {day}" for day, rate in reference.rates)
    return f"{reference.name}: {rates}; complete until {reference.covered_until}"


def _dated(rows: Iterable[tuple[str, object]]) -> str:
    """Values with their days; one that holds on every day alone."""
    (first, since), *later = rows
    if not later and since == ALWAYS_FROM:
        return first
    return ", ".join(f"{value} from {day}" for value, day in ((first, since), *later))


def _number(factor: Proportion) -> str:
    """1.5 for 3/2; a factor that no short decimal is stays a fraction."""
    for places in range(_MOST_DECIMALS + 1):
        whole, rest = divmod(10**places * factor.numerator, factor.denominator)
        if not rest:
            return f"{Decimal(whole).scaleb(-places):f}"
    return str(factor)


def _cap(cap: PenaltyCap) -> str:
    match cap:
        case ShareOfBase(share):
            return f"{_number(share)} of the base of each instalment"
        case AbsoluteCap(amount):
            return f"{amount} for the account"
        case AnnualCap(ReferenceMultiple(reference, factor), day_count):
            most = f"{_number(factor)} times {reference.name} of the day of the contract"
            return f"interest, fees and penalty together at most {most}; {day_count.label}"
        case AnnualCap(rate, day_count):
            return f"interest, fees and penalty together at most {rate}; {day_count.label}"


def _regime(regime: PenaltyRegime) -> str:
    told: list[str] = []
    if regime.forbids_interest:
        told.append("no penalty interest")
    if regime.forbids_compounding:
        told.append("no compounding")
    for words, band in (
        ("contract rate times", regime.multiple_band),
        ("misused times", regime.misuse_band),
    ):
        if band is not None:
            told.append(f"{words} {_number(band.lowest)} to {_number(band.highest)}")
    return "; ".join([*told, f"by {_sources(regime.citations)}"])


def _fee(fee: LateFeeTerms) -> str:
    currency = "" if fee.currency is None else f" {fee.currency.code}"
    parts = [f"{fee.name}: {_amount(fee)}"]
    if fee.minimum:
        parts.append(f"at least {fee.minimum}{currency}")
    match fee.maximum:
        case None:
            pass
        case ShareFee(share, of):
            parts.append(f"at most {_number(share)} of {of.value}")
        case amount:
            parts.append(f"at most {amount}{currency}")
    if fee.cap_by_minimum:
        parts.append("at most the minimum payment required before")
    parts.append(_recurrence(fee))
    parts.append(f"after more than {fee.wait_days} late days")
    parts.append(_due(fee))
    if fee.ignores_unpaid_fees:
        parts.append("not where an earlier late fee alone is unpaid")
    if fee.once_per_instalment:
        parts.append("one for each missed due date")
    parts.append(f"as {fee.component.value}")
    return ", ".join(parts) + (f"; by {_sources(fee.citations)}" if fee.citations else "")


def _amount(fee: LateFeeTerms) -> str:
    match fee.amount:
        case FlatFee(amount):
            return f"{amount} {fee.currency}"
        case ShareFee(share, of):
            return f"{_number(share)} of {of.value}, {fee.rounding.value}"
        case SafeHarbourFee(table):
            return f"table {table.name}"
        case BandFee(table, of):
            return f"bands {table.name} of {of.value}"


def _recurrence(fee: LateFeeTerms) -> str:
    match fee.recurrence:
        case Once():
            return "once"
        case EveryDays(days):
            return f"every {days} days"
        case EveryMonths(months):
            return f"every {months} months"


def _due(fee: LateFeeTerms) -> str:
    return (
        "due with the instalment"
        if fee.due_with_instalment
        else f"due {fee.due_in_days} days after"
    )


def _sources(citations: Iterable[Citation]) -> str:
    return "; ".join(map(str, citations))
