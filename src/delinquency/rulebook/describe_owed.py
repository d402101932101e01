"""What a delay costs under a policy, in lines: terms of penalty, what law allows, late fees.

The one idea: a reader who compares a policy with a contract needs every choice of it, and its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from delinquency.amortisation.reference_rates import ReferenceRates
from delinquency.citation import Citation
from delinquency.explanation_text import words_of
from delinquency.late_fees import (
    BandFee,
    EveryDays,
    EveryMonths,
    FeeBase,
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
from delinquency.rates import Rate
from delinquency.rounding import Proportion
from delinquency.rulebook.describing_words import listed, named, rate_in, said

__all__ = ["owed_facts"]

_MOST_DECIMALS: Final = 8


def owed_facts(policy: Policy, lang: str = "en") -> Iterator[tuple[str, str]]:
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
        yield from _terms(policy.penalty, lang)
    if policy.penalty_regime is not None:
        yield "Penalty allowed by law", _regime(policy.penalty_regime, lang)
    for fee in policy.late_fees:
        yield "Late fee", _fee(fee, lang)


def _terms(terms: PenaltyTerms, lang: str) -> Iterator[tuple[str, str]]:
    base = named(terms.base.value, lang)
    compounding = terms.compounding.value
    told = words_of(compounding, lang) if lang == "zh" else compounding.replace("_", " ")
    yield "Penalty interest", said("penalty", lang, base=base, compounding=told)
    rate = _rate(terms.rate, lang)
    yield "Penalty rate", said("rate", lang, rate=rate, day_count=terms.day_count.label)
    for reference in _references(terms):
        yield "Reference rate", _published(reference, lang)
    if terms.grace_kind is not None and terms.grace_days:
        kind = named(terms.grace_kind.value, lang)
        yield "Penalty grace", said("grace", lang, days=terms.grace_days, kind=kind)
    posting = named(terms.posting.value, lang)
    if terms.statement_day is not None:
        posting = said("posting", lang, posting=posting, day=terms.statement_day)
    yield "Penalty posting", posting
    grain = named(f"by_{terms.grain.value}", lang).removeprefix("by_")
    rounding = named(terms.rounding.value, lang)
    yield "Penalty rounding", said("rounding", lang, rounding=rounding, grain=grain)
    for cap in terms.caps:
        yield "Penalty cap", _cap(cap, lang)
    if terms.citations:
        yield "Penalty terms by", _sources(terms.citations, lang)


def _rate(rule: PenaltyRate, lang: str) -> str:
    match rule:
        case FixedPenaltyRate(rates):
            return _dated(((rate_in(row.rate, lang), row.effective_on) for row in rates), lang)
        case ContractMultiple(factors, misuse):
            told = _dated(((_number(row.factor), row.effective_on) for row in factors), lang)
            misused = "" if misuse is None else said("misused", lang, factor=_number(misuse))
            return said("times", lang, factor=told) + misused
        case ReferencePlusMargin(reference, margin):
            return said("plus", lang, name=reference.name, margin=rate_in(margin, lang))
        case RateByAge(tiers):
            days = ((rate_in(tier.rate, lang), tier.from_day) for tier in tiers)
            return listed((said("late_day", lang, rate=rate, day=day) for rate, day in days), lang)


def _references(terms: PenaltyTerms) -> Iterator[ReferenceRates]:
    """The published rates that the rate or a cap is taken from, each once."""
    margins = [terms.rate] if isinstance(terms.rate, ReferencePlusMargin) else []
    limits = [cap.rate for cap in terms.caps if isinstance(cap, AnnualCap)]
    multiples = [limit for limit in limits if isinstance(limit, ReferenceMultiple)]
    found = [*(rule.reference for rule in margins), *(rule.reference for rule in multiples)]
    for place, reference in enumerate(found):
        if reference not in found[:place]:
            yield reference


def _published(reference: ReferenceRates, lang: str) -> str:
    rates = [
        said("dated", lang, value=rate_in(rate, lang), day=day) for day, rate in reference.rates
    ]
    told, until = listed(rates, lang), reference.covered_until
    return said("published_rates", lang, name=reference.name, rates=told, until=until)


def _dated(rows: Iterable[tuple[str, object]], lang: str) -> str:
    """Values with their days; one that holds on every day alone."""
    (first, since), *later = rows
    if not later and since == ALWAYS_FROM:
        return first
    dated = ((first, since), *later)
    return listed((said("dated", lang, value=value, day=day) for value, day in dated), lang)


def _number(factor: Proportion) -> str:
    """1.5 for 3/2; a factor that no short decimal is stays a fraction."""
    for places in range(_MOST_DECIMALS + 1):
        whole, rest = divmod(10**places * factor.numerator, factor.denominator)
        if not rest:
            return f"{Decimal(whole).scaleb(-places):f}"
    return str(factor)


def _cap(cap: PenaltyCap, lang: str) -> str:
    match cap:
        case ShareOfBase(share):
            return said("share_of_base", lang, share=_number(share))
        case AbsoluteCap(amount):
            return said("absolute", lang, amount=amount)
        case AnnualCap(ReferenceMultiple(reference, factor), day_count):
            most = said("multiple", lang, factor=_number(factor), name=reference.name)
            return said("annual", lang, rate=most, day_count=day_count.label)
        case AnnualCap(rate, day_count):
            told = rate_in(rate, lang) if isinstance(rate, Rate) else str(rate)
            return said("annual", lang, rate=told, day_count=day_count.label)


def _regime(regime: PenaltyRegime, lang: str) -> str:
    told: list[str] = []
    if regime.forbids_interest:
        told.append(said("no_interest", lang))
    if regime.forbids_compounding:
        told.append(said("no_compounding", lang))
    for name in ("multiple_band", "misuse_band"):
        band = getattr(regime, name)
        if band is not None:
            ends = {"lowest": _number(band.lowest), "highest": _number(band.highest)}
            told.append(said(name, lang, **ends))
    told.append(said("by", lang, sources=_sources(regime.citations, lang)))
    return said("between", lang).join(told)


def _fee(fee: LateFeeTerms, lang: str) -> str:
    by = said("fee_by", lang, sources=_sources(fee.citations, lang)) if fee.citations else ""
    return said("fee", lang, name=fee.name, told=_comma(lang).join(_of_fee(fee, lang)), by=by)


def _comma(lang: str) -> str:
    return "，" if lang == "zh" else ", "


def _of_fee(fee: LateFeeTerms, lang: str) -> Iterator[str]:
    """What a fee is, one part after the other."""
    currency = "" if fee.currency is None else f" {fee.currency.code}"
    yield _amount(fee, lang)
    if fee.minimum:
        yield said("at_least", lang, amount=f"{fee.minimum}{currency}")
    match fee.maximum:
        case None:
            pass
        case ShareFee(share, of):
            yield said("at_most", lang, amount=_share_of(share, of, lang))
        case amount:
            yield said("at_most", lang, amount=f"{amount}{currency}")
    if fee.cap_by_minimum:
        yield said("cap_by_minimum", lang)
    yield _recurrence(fee, lang)
    yield said("wait", lang, days=fee.wait_days)
    if fee.due_with_instalment:
        yield said("due_with", lang)
    else:
        yield said("due_in", lang, days=fee.due_in_days)
    if fee.ignores_unpaid_fees:
        yield said("ignores_unpaid", lang)
    if fee.once_per_instalment:
        yield said("once_each", lang)
    yield said("as", lang, component=named(fee.component.value, lang))


def _share_of(share: Proportion, of: FeeBase, lang: str) -> str:
    return said("share_of", lang, share=_number(share), of=_base(of, lang))


def _base(of: FeeBase, lang: str) -> str:
    return words_of(f"of_{of.value}", lang) if lang == "zh" else of.value


def _amount(fee: LateFeeTerms, lang: str) -> str:
    match fee.amount:
        case FlatFee(amount):
            return f"{amount} {fee.currency}"
        case ShareFee(share, of):
            rounding = named(fee.rounding.value, lang)
            return f"{_share_of(share, of, lang)}{_comma(lang)}{rounding}"
        case SafeHarbourFee(table):
            return said("table", lang, name=table.name)
        case BandFee(table, of):
            return said("bands", lang, name=table.name, of=_base(of, lang))


def _recurrence(fee: LateFeeTerms, lang: str) -> str:
    match fee.recurrence:
        case Once():
            return said("once", lang)
        case EveryDays(days):
            return said("every_days", lang, count=days)
        case EveryMonths(months):
            return said("every_months", lang, count=months)


def _sources(citations: Iterable[Citation], lang: str) -> str:
    return "; ".join(citation.text(lang) for citation in citations)
