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
from delinquency.penalty.rate_rules import ContractMultiple, Factor, factor_of
from delinquency.penalty.terms import PenaltyTerms
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple

__all__ = ["PenaltyRegime", "check_terms"]

_WHERE: Final = "penalty regime"

Band = tuple[Proportion, Proportion]


def _band(value: Iterable[Factor] | None) -> Band | None:
    if value is None:
        return None
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InvalidTypeError.at(f"{_WHERE}, band", expected="two factors", found=value)
    ends = tuple(factor_of(end, f"{_WHERE}, band") for end in value)
    if len(ends) != 2:
        raise InvalidTypeError.at(f"{_WHERE}, band", expected="two factors", found=value)
    low, high = ends
    if _number(low) > _number(high):
        raise InvalidValueError.at(
            f"{_WHERE}, band", expected=f"an upper end of {low} or more", found=str(high)
        )
    return low, high


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, f"{_WHERE}, citation")


def _number(factor: Proportion) -> Fraction:
    return Fraction(factor.numerator, factor.denominator)


@attrs.frozen(slots=True, kw_only=True)
class PenaltyRegime:
    """The limits that a law sets to penalty terms.

    Parameters
    ----------
    forbids_interest : bool, default False
        No penalty interest at all: a delay may cost a charge, never a rate.
    forbids_compounding : bool, default False
        Nothing that is owed for a delay bears itself.
    multiple_band : tuple of two factors, optional
        The penalty rate is a multiple of the contract rate, both ends allowed.
    misuse_band : tuple of two factors, optional
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
    >>> print(*regime.multiple_band)
    13/10 3/2
    """

    forbids_interest: bool = False
    forbids_compounding: bool = False
    multiple_band: Band | None = attrs.field(default=None, converter=_band)
    misuse_band: Band | None = attrs.field(default=None, converter=_band)
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
    misuse = () if rule.misuse_factor is None else (factor_of(rule.misuse_factor, "misuse_factor"),)
    for field, band, factors in (
        ("rate", regime.multiple_band, rule.every_factor),
        ("rate, misuse_factor", regime.misuse_band, misuse),
    ):
        for factor in factors:
            if band is not None and not _number(band[0]) <= _number(factor) <= _number(band[1]):
                raise PolicyError.at(
                    f"penalty terms, {field}",
                    expected=f"a factor from {band[0]} to {band[1]}",
                    found=str(factor),
                    hint=article,
                )
