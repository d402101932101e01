"""Readings and figures of early warning in words of two languages."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from delinquency.decimals import shifted
from delinquency.division import div_half_even
from delinquency.early_warning.conditions import How, Reading, unit_of
from delinquency.early_warning.observations import Observations
from delinquency.early_warning.units import SHARE_SCALE, Unit

__all__ = ["figure_in_words", "reading_in_words"]

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


def reading_in_words(reading: Reading, observations: Observations, lang: str) -> str:
    """A reading as it is told: the meaning of the term, and the window."""
    term = observations.terms.get(reading.observation)
    name = reading.observation.replace("_", " ")
    if term is not None:
        name = (term.meaning_zh if lang == "zh" else term.meaning) or name
    return _HOW[lang][reading.how].format(name=name, over=reading.window)


def figure_in_words(figure: Fraction | None, reading: Reading, observations: Observations) -> str:
    """A figure as it is told: a share in per cent, an amount in currency units; nothing where nobody knows.

    Rounded only where it has more decimals than are shown: to 0.0001 %, to the minor unit, to 0.01.
    """
    if figure is None or reading.observation not in observations.terms:
        return ""
    unit = unit_of(reading, observations.terms)
    if unit is Unit.FLAG and reading.how is How.LATEST:
        return "flag_true" if figure else "flag_false"
    if unit is Unit.SHARE:
        return f"{_decimal(figure * Fraction(100, SHARE_SCALE), 4)} %"
    if unit is Unit.AMOUNT and observations.currency is not None:
        digits = observations.currency.minor_unit
        return f"{_rounded(figure * Fraction(1, 10**digits), digits):,f}"
    return _decimal(figure, 2)


def _rounded(figure: Fraction, digits: int) -> Decimal:
    number = figure * 10**digits
    return shifted(div_half_even(number.numerator, number.denominator), digits)


def _decimal(figure: Fraction, digits: int) -> str:
    """With as many decimals as it has, at most ``digits``."""
    text = f"{_rounded(figure, digits):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
