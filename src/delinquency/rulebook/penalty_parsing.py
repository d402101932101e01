"""From the tables ``penalty`` and ``penalty_regime`` of a rulebook file to terms, and to what law allows.

The one idea: a file writes a clause as a contract does - a kind, its figures in quotes, dates without - and
each key is taken once, so that a slip of the pen is told with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from delinquency.amortisation.reference_rates import ReferenceRates
from delinquency.calendar import FIRST_DAY, to_date
from delinquency.citation import Citation
from delinquency.cited_tables import cited
from delinquency.dated_rates import DatedRate
from delinquency.daycount import DayCount
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    Compounding,
    ContractMultiple,
    DatedFactor,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyCap,
    PenaltyGrace,
    PenaltyRate,
    PenaltyRegime,
    PenaltyTerms,
    Posting,
    RateByAge,
    RateTier,
    ReferenceMultiple,
    ReferencePlusMargin,
    RoundingGrain,
    ShareOfBase,
)
from delinquency.rates import Rate, RatePeriod
from delinquency.rounding import Proportion, RoundingMode
from delinquency.rule_files.tables import Table

__all__ = ["parse_penalty", "parse_penalty_regime"]

T = TypeVar("T")

_ALWAYS: Final = to_date(FIRST_DAY)


def parse_penalty(table: Table, citations: Mapping[str, Citation]) -> PenaltyTerms:
    """The terms of penalty interest of a version.

    Raises
    ------
    PolicyError
        An unknown key or word.
    DelinquencyError
        Terms that contradict themselves.
    """
    terms = PenaltyTerms(
        rate=_of_kind(table.take_table("rate"), _RATES),
        base=table.take_enum("base", PenaltyBase),
        compounding=table.take_enum("compounding", Compounding),
        day_count=table.take_enum("day_count", DayCount),
        grace_days=table.take("grace_days", int, 0),
        grace_kind=table.take_optional_enum("grace_kind", PenaltyGrace),
        posting=table.take_enum("posting", Posting),
        statement_day=table.take("statement_day", int) if table.has("statement_day") else None,
        caps=[_of_kind(cap, _CAPS) for cap in table.take_optional_tables("caps")],
        grain=table.take_enum("grain", RoundingGrain),
        rounding=table.take_enum("rounding", RoundingMode, RoundingMode.HALF_UP),
        citations=cited(table, citations),
    )
    table.close()
    return terms


def parse_penalty_regime(table: Table, citations: Mapping[str, Citation]) -> PenaltyRegime:
    """What law allows of such terms.

    Raises
    ------
    PolicyError
        An unknown key.
    DelinquencyError
        A band whose ends are the wrong way round; no citation.
    """
    regime = PenaltyRegime(
        forbids_interest=table.take("forbids_interest", bool, default=False),
        forbids_compounding=table.take("forbids_compounding", bool, default=False),
        multiple_band=_band(table, "multiple_band"),
        misuse_band=_band(table, "misuse_band"),
        citations=cited(table, citations),
    )
    table.close()
    return regime


def _band(table: Table, key: str) -> tuple[str, ...] | None:
    return table.take_texts(key) if table.has(key) else None


def _of_kind(table: Table, readers: Mapping[str, Callable[[Table], T]]) -> T:
    """What a table says of itself under ``kind``, read by the reader of that kind."""
    read = readers[table.take_word("kind", tuple(readers))]
    with table.telling():
        made = read(table)
    table.close()
    return made


def _rate(table: Table) -> Rate:
    """A number in quotes and its period; 0.18 is 18 %."""
    value = table.take("value", str)
    period = table.take_enum("period", RatePeriod, RatePeriod.YEAR)
    match period:
        case RatePeriod.YEAR:
            return Rate.per_year(value, where="value")
        case RatePeriod.MONTH:
            return Rate.per_month(value, where="value")
        case RatePeriod.DAY:
            return Rate.per_day(value, where="value")


def _day(table: Table, key: str) -> date:
    return table.take(key, date)


def _rows(table: Table, key: str, read: Callable[[Table], T]) -> list[T]:
    found: list[T] = []
    for row in table.take_tables(key):
        with row.telling():
            found.append(read(row))
        row.close()
    return found


def _fixed(table: Table) -> FixedPenaltyRate:
    if not table.has("rates"):
        return FixedPenaltyRate(_rate(table))
    return FixedPenaltyRate(_rows(table, "rates", _dated_rate))


def _dated_rate(row: Table) -> DatedRate:
    return DatedRate(_day(row, "effective_on"), _rate(row))


def _multiple(table: Table) -> ContractMultiple:
    misuse = table.take("misuse_factor", str) if table.has("misuse_factor") else None
    if table.has("factors"):
        return ContractMultiple(_rows(table, "factors", _dated_factor), misuse_factor=misuse)
    return ContractMultiple([DatedFactor(_ALWAYS, table.take("factor", str))], misuse_factor=misuse)


def _dated_factor(row: Table) -> DatedFactor:
    return DatedFactor(_day(row, "effective_on"), row.take("factor", str))


def _margin(table: Table) -> ReferencePlusMargin:
    margin = Rate.per_year(table.take("margin", str), where="margin")
    return ReferencePlusMargin(_reference(table.take_table("reference")), margin)


def _by_age(table: Table) -> RateByAge:
    return RateByAge(
        _rows(table, "tiers", lambda row: RateTier(row.take("from_day", int), _rate(row)))
    )


def _reference(table: Table) -> ReferenceRates:
    """A published rate, each value with its day."""

    def published(row: Table) -> tuple[date, Rate]:
        return _day(row, "published_on"), Rate.per_year(row.take("value", str), where="value")

    with table.telling():
        reference = ReferenceRates(
            name=table.take("name", str),
            rates=_rows(table, "rates", published),
            covered_until=_day(table, "covered_until"),
        )
    table.close()
    return reference


_RATES: Final[Mapping[str, Callable[[Table], PenaltyRate]]] = MappingProxyType(
    {
        "fixed": _fixed,
        "contract_multiple": _multiple,
        "reference_plus_margin": _margin,
        "by_age": _by_age,
    }
)


def _share(table: Table) -> ShareOfBase:
    return ShareOfBase(Proportion.parse(table.take("share", str), where="share"))


def _annual(table: Table) -> AnnualCap:
    day_count = table.take_enum("day_count", DayCount)
    if table.has("reference"):
        reference = _reference(table.take_table("reference"))
        return AnnualCap(ReferenceMultiple(reference, table.take("factor", str)), day_count)
    return AnnualCap(_rate(table), day_count)


_CAPS: Final[Mapping[str, Callable[[Table], PenaltyCap]]] = MappingProxyType(
    {
        "share_of_base": _share,
        "absolute": lambda table: AbsoluteCap(table.take_required_amount("amount")),
        "annual": _annual,
    }
)
