"""Readings and figures of early warning in words of two languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from delinquency.currency import Currency
from delinquency.decimals import shifted
from delinquency.division import div_half_even
from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compared,
    ForPeriods,
    How,
    InPeriods,
    Operator,
    Reading,
    WarningCondition,
    unit_of,
)
from delinquency.early_warning.observations import Observations
from delinquency.early_warning.units import SHARE_SCALE, Unit
from delinquency.explanation_text import words_of

__all__ = ["RELATIONS", "condition_in_words", "figures_in_words", "reading_in_words"]

RELATIONS: Final = {
    Operator.OVER: "relation_more_than",
    Operator.AT_LEAST: "relation_at_least",
    Operator.UNDER: "relation_less_than",
    Operator.AT_MOST: "relation_at_most",
    Operator.EQUAL: "relation_is",
}
"""Each operator as a named choice of explanations."""

_SHAPES: Final = {
    "en": {
        "compared": "{reading}: {relation}{told}",
        "multiple": "{value} times {beside}",
        "for": "{inner}, at the end of each of {window} periods",
        "in": "{inner}, at the ends of at least {count} of {window} periods",
        "all": "all of: {inner}",
        "any": "any of: {inner}",
        "least": "at least {count} of: {inner}",
        "between": "; ",
    },
    "zh": {
        "compared": "{reading}：{relation}{told}",
        "multiple": "{beside}的 {value} 倍",
        "for": "{inner}，且连续{window}个期末均如此",
        "in": "{inner}，且近{window}期中至少{count}个期末如此",
        "all": "同时满足：{inner}",
        "any": "满足其一：{inner}",
        "least": "至少满足{count}项：{inner}",
        "between": "；",
    },
}

_HOW: Final = {
    "en": {
        How.LATEST: "{name}",
        How.HIGHEST: "highest of {over} periods: {name}",
        How.LOWEST: "lowest of {over} periods: {name}",
        How.TOTAL: "total of {over} periods: {name}",
        How.MEAN: "mean of {over} periods: {name}",
        How.CHANGE: "change over {over} periods: {name}",
        How.GROWTH: "growth over {over} periods: {name}",
        How.RISES: "rises in a row, of {over}: {name}",
        How.FALLS: "falls in a row, of {over}: {name}",
    },
    "zh": {
        How.LATEST: "{name}",
        How.HIGHEST: "近{over}期最高{name}",
        How.LOWEST: "近{over}期最低{name}",
        How.TOTAL: "近{over}期合计{name}",
        How.MEAN: "近{over}期平均{name}",
        How.CHANGE: "{over}期内{name}变动",
        How.GROWTH: "{over}期内{name}增幅",
        How.RISES: "{name}连续上升期数（最多{over}期）",
        How.FALLS: "{name}连续下降期数（最多{over}期）",
    },
}


def reading_in_words(reading: Reading, terms: Mapping[str, ObservationTerm], lang: str) -> str:
    """A reading as it is told: the meaning of the term, and the window."""
    term = terms.get(reading.observation)
    name = reading.observation.replace("_", " ")
    if term is not None:
        name = (term.meaning_zh if lang == "zh" else term.meaning) or name
    return _HOW[lang][reading.how].format(name=name, over=reading.window)


def figures_in_words(
    figure: Fraction | None, limit: Fraction | None, reading: Reading, observations: Observations
) -> tuple[str, str, str]:
    """A figure, what it was beside, and how far it is away, as they are told; nothing where nobody knows.

    A share in per cent to 0.0001 %, an amount in currency units to the minor unit, anything else to 0.01.
    Where that would tell two figures as one, or a distance as none, more decimals are told: whoever reads the
    figures comes to the same verdict.

    Examples
    --------
    >>> from datetime import date
    >>> from delinquency.early_warning.conditions import How
    >>> seen = Observations.of("A-1", [date(2025, 1, 31)], {"days_past_due": [5]})
    >>> mean = Reading("days_past_due", How.MEAN, 3)
    >>> figures_in_words(Fraction(10, 3), Fraction(333, 100), mean, seen)
    ('3.333', '3.33', '0.003')
    """
    if reading.observation not in observations.terms:
        return "", "", ""
    unit = unit_of(reading, observations.terms)
    if unit is Unit.FLAG:
        return _flag(figure), _flag(limit), ""
    over = None if figure is None or limit is None or figure == limit else abs(figure - limit)
    scale, digits = _shown(unit, observations.currency)
    given = [None if each is None else each * scale for each in (figure, limit, over)]
    while over is not None and not _are_apart(given, digits):
        digits += 1
    told = ["" if each is None else _decimal(each, digits, unit) for each in given]
    return told[0], told[1], told[2]


def condition_in_words(
    condition: WarningCondition, terms: Mapping[str, ObservationTerm], lang: str
) -> str:
    """A condition in words of a language, on one line.

    Examples
    --------
    >>> from delinquency.early_warning.catalogue import CATALOGUE
    >>> from delinquency.early_warning.condition_text import parse_condition
    >>> for line in ("repayment_burden > 0.5 for 3 periods", "not unemployed"):
    ...     print(condition_in_words(parse_condition(line, terms=CATALOGUE, where=""), CATALOGUE, "en"))
    payments on all debts, of income: more than 50 %, at the end of each of 3 periods
    the borrower lost the job: no
    """
    match condition:
        case Compared():
            return _compared(condition, terms, lang)
        case ForPeriods() | InPeriods():
            count = getattr(condition, "count", condition.window)
            shape = "for" if isinstance(condition, ForPeriods) else "in"
            inner = condition_in_words(condition.condition, terms, lang)
            return _SHAPES[lang][shape].format(inner=inner, count=count, window=condition.window)
        case AllOf() | AnyOf() | AtLeastOf():
            below = [condition_in_words(each, terms, lang) for each in condition.conditions]
            shape = "all" if isinstance(condition, AllOf) else "least"
            shape = "any" if isinstance(condition, AnyOf) else shape
            inner = _SHAPES[lang]["between"].join(below)
            count = getattr(condition, "count", len(below))
            return _SHAPES[lang][shape].format(inner=inner, count=count)


def _compared(condition: Compared, terms: Mapping[str, ObservationTerm], lang: str) -> str:
    reading = reading_in_words(condition.observed, terms, lang)
    relation = words_of(RELATIONS[condition.operator], lang)
    value = Fraction(condition.value)
    unit = unit_of(condition.observed, terms)
    if condition.of is not None:
        beside = reading_in_words(condition.of, terms, lang)
        shape = "{beside}" if condition.value == 1 else _SHAPES[lang]["multiple"]
        told = shape.format(value=f"{condition.value:f}", beside=beside)
    elif unit is Unit.FLAG:
        told = words_of(_flag(value), lang)
        relation = ""
    elif unit is Unit.SHARE:
        told = _per_cent(condition.value)
    else:
        told = f"{condition.value:,f}"
    return _SHAPES[lang]["compared"].format(reading=reading, relation=relation, told=told)


def _per_cent(share: Decimal) -> str:
    """A share in per cent with every digit that it has, whatever the caller's decimal context."""
    sign, digits, exponent = share.as_tuple()
    text = f"{Decimal((sign, digits, int(exponent) + 2)):,f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


def _flag(figure: Fraction | None) -> str:
    return "" if figure is None else "flag_true" if figure else "flag_false"


def _shown(unit: Unit, currency: Currency | None) -> tuple[Fraction, int]:
    """By what a whole number is multiplied to be told, and with how many decimals at most."""
    if unit is Unit.SHARE:
        return Fraction(100, SHARE_SCALE), 4
    if unit is Unit.AMOUNT and currency is not None:
        return Fraction(1, 10**currency.minor_unit), currency.minor_unit
    return Fraction(1), 2


def _are_apart(given: Sequence[Fraction | None], digits: int) -> bool:
    figure, limit, over = (0 if each is None else _rounded(each, digits) for each in given)
    return figure != limit and over != 0


def _rounded(figure: Fraction, digits: int) -> Decimal:
    number = figure * 10**digits
    return shifted(div_half_even(number.numerator, number.denominator), digits)


def _decimal(figure: Fraction, digits: int, unit: Unit) -> str:
    """With as many decimals as it has, at most ``digits``; an amount with all of them."""
    text = f"{_rounded(figure, digits):,f}"
    if unit is Unit.AMOUNT:
        return text
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text} %" if unit is Unit.SHARE else text
