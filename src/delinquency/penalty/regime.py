"""What law allows penalty terms to be.

The one idea: a regime is data - bands, prohibitions, and the article that says so - and terms that leave it
are refused where they are made part of a policy, with the article in the message.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import attrs

from delinquency.citation import Citation
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.penalty.conventions import Compounding
from delinquency.penalty.rate_rules import ContractMultiple
from delinquency.penalty.rate_tables import Factor, factor_of
from delinquency.penalty.terms import PenaltyTerms
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple

__all__ = ["FactorBand", "PenaltyRegime", "check_terms"]

_WHERE: Final = "penalty regime"


def _number(factor: Proportion) -> Fraction:
    return Fraction(factor.numerator, factor.denominator)


def _end(value: Factor) -> Proportion:
    return factor_of(value, f"{_WHERE}, band")


@attrs.frozen(slots=True)
class FactorBand:
    """The factors that a law allows, both ends among them.

    Parameters
    ----------
    lowest, highest : Proportion
        Taken from a text, a ``Decimal`` or an ``int`` as well.

    Raises
    ------
    InvalidTypeError
        A ``float``, or anything else that is no factor.
    InvalidValueError
        Below 0; ends the wrong way round.

    Examples
    --------
    >>> band = FactorBand("1.3", "1.5")
    >>> [band.contains(factor_of(text, "factor")) for text in ("1.29", "1.3", "1.5", "1.51")]
    [False, True, True, False]
    """

    lowest: Proportion = attrs.field(converter=_end)
    highest: Proportion = attrs.field(converter=_end)

    def __attrs_post_init__(self) -> None:
        if _number(self.lowest) > _number(self.highest):
            raise InvalidValueError.at(
                f"{_WHERE}, band",
                expected=f"an upper end of {self.lowest} or more",
                found=str(self.highest),
            )

    def contains(self, factor: Proportion) -> bool:
        """Whether a factor is allowed."""
        return _number(self.lowest) <= _number(factor) <= _number(self.highest)

    def __str__(self) -> str:
        return f"{self.lowest} to {self.highest}"


def _band(value: FactorBand | Iterable[Factor] | None) -> FactorBand | None:
    if value is None or isinstance(value, FactorBand):
        return value
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InvalidTypeError.at(
            f"{_WHERE}, band", expected="a FactorBand, or two factors", found=value
        )
    ends = tuple(value)
    if len(ends) != 2:
        raise InvalidTypeError.at(f"{_WHERE}, band", expected="two factors", found=value)
    return FactorBand(*ends)


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, f"{_WHERE}, citation")


@attrs.frozen(slots=True, kw_only=True)
class PenaltyRegime:
    """The limits that a law sets to penalty terms.

    Parameters
    ----------
    forbids_interest : bool, default False
        No penalty interest at all: a delay may cost a charge, never a rate.
    forbids_compounding : bool, default False
        Nothing that is owed for a delay bears itself.
    multiple_band : FactorBand, optional
        The penalty rate is a multiple of the contract rate within the band; two factors are taken as well.
    misuse_band : FactorBand, optional
        The same for the factor of misuse.
    citations : tuple of Citation
        At least one.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        No citation; a band whose ends are the wrong way round.

    Examples
    --------
    >>> regime = PenaltyRegime(multiple_band=("1.3", "1.5"), misuse_band=("1.5", "2"),
    ...     citations=(Citation("银发〔2003〕251号", "item 3"),))
    >>> print(regime.multiple_band)
    13/10 to 3/2
    """

    forbids_interest: bool = False
    forbids_compounding: bool = False
    multiple_band: FactorBand | None = attrs.field(default=None, converter=_band)
    misuse_band: FactorBand | None = attrs.field(default=None, converter=_band)
    citations: tuple[Citation, ...] = attrs.field(converter=_citations)

    def __attrs_post_init__(self) -> None:
        for field in ("forbids_interest", "forbids_compounding"):
            if not isinstance(getattr(self, field), bool):
                raise InvalidTypeError.at(
                    f"{_WHERE}, {field}", expected="a bool", found=getattr(self, field)
                )
        if not self.citations:
            raise InvalidValueError.at(
                f"{_WHERE}, citations",
                expected="at least one",
                found="none",
                hint="A limit of law leads back to an article.",
            )


def check_terms(terms: PenaltyTerms, regime: PenaltyRegime) -> None:
    """Refuse terms that a regime does not allow.

    Where a regime has a band of multiples, the rate must be a ``ContractMultiple``: of another rule nobody
    can see what multiple it is.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    PolicyError
        Terms that the regime forbids; the message names the article.

    References
    ----------
    RBI DoR.MCS.REC.28/01.01.001/2023-24: penal charges, not penal interest, and never capitalised.
    银发〔2003〕251号, item 3.

    Examples
    --------
    >>> from delinquency.daycount import DayCount
    >>> from delinquency.penalty.conventions import PenaltyBase, Posting, RoundingGrain
    >>> terms = PenaltyTerms(rate=ContractMultiple("1.5"), base=PenaltyBase.OVERDUE_PRINCIPAL,
    ...     compounding=Compounding.NONE, day_count=DayCount.ACT_360, posting=Posting.ON_DEMAND,
    ...     grain=RoundingGrain.DAY)
    >>> china = PenaltyRegime(multiple_band=("1.3", "1.5"), citations=(Citation("银发〔2003〕251号", "3"),))
    >>> check_terms(terms, china)
    >>> check_terms(attrs.evolve(terms, rate=ContractMultiple("1.6")), china)
    Traceback (most recent call last):
    ...
    delinquency.errors.PolicyError: penalty terms, rate: expected a factor from 13/10 to 3/2, found 8/5. \
Hint: 银发〔2003〕251号, 3.
    """
    if not isinstance(terms, PenaltyTerms):
        raise InvalidTypeError.at("check_terms, terms", expected="PenaltyTerms", found=terms)
    if not isinstance(regime, PenaltyRegime):
        raise InvalidTypeError.at("check_terms, regime", expected="a PenaltyRegime", found=regime)
    article = "; ".join(map(str, regime.citations)) + "."
    if regime.forbids_interest:
        raise PolicyError.at(
            "penalty terms",
            expected="a charge for the delay, no penalty interest",
            found=f"a {type(terms.rate).__name__}",
            hint=article,
        )
    if regime.forbids_compounding and terms.compounding is not Compounding.NONE:
        raise PolicyError.at(
            "penalty terms, compounding",
            expected="Compounding.NONE",
            found=str(terms.compounding),
            hint=article,
        )
    _check_multiples(terms, regime, article)


def _check_multiples(terms: PenaltyTerms, regime: PenaltyRegime, article: str) -> None:
    rule = terms.rate
    if not isinstance(rule, ContractMultiple):
        if regime.multiple_band is not None:
            raise PolicyError.at(
                "penalty terms, rate",
                expected="a ContractMultiple",
                found=f"a {type(rule).__name__}",
                hint=article,
            )
        return
    misuse = () if rule.misuse_factor is None else (rule.misuse_factor,)
    for field, band, factors in (
        ("rate", regime.multiple_band, [row.factor for row in rule.factors]),
        ("rate, misuse_factor", regime.misuse_band, misuse),
    ):
        for factor in factors:
            if band is not None and not band.contains(factor):
                raise PolicyError.at(
                    f"penalty terms, {field}",
                    expected=f"a factor from {band}",
                    found=str(factor),
                    hint=article,
                )
