"""Which terms of penalty fit their place in the order of payment, and the law."""

from __future__ import annotations

from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.penalty import (
    Compounding,
    PenaltyRegime,
    PenaltyTerms,
    Posting,
    check_terms,
)
from delinquency.penalty_place import PenaltyPlace

__all__ = ["check_penalty"]


def check_penalty(
    terms: PenaltyTerms | None, regime: PenaltyRegime | None, place: PenaltyPlace, where: str
) -> None:
    """Refuse terms of penalty that law forbids, or that do not fit their place.

    Raises
    ------
    InvalidTypeError
        Not terms, not a regime.
    PolicyError
        As ``Policy`` says.
    """
    _check_kinds(terms, regime, where)
    if terms is None:
        if place is PenaltyPlace.ON_DEMAND:
            raise PolicyError.at(
                f"{where}, penalty",
                expected="terms of penalty where it stands in the order on demand",
                found="none",
                hint="With PenaltyPlace.POSTED only charges of the account stand in the order.",
            )
        return
    if regime is not None:
        check_terms(terms, regime)
    _check_posting(terms, place, where)


def _check_kinds(terms: object, regime: object, where: str) -> None:
    for field, value, kind in (
        ("penalty", terms, PenaltyTerms),
        ("penalty_regime", regime, PenaltyRegime),
    ):
        if value is not None and not isinstance(value, kind):
            raise InvalidTypeError.at(
                f"{where}, {field}",
                expected=f"an instance of {kind.__name__}, or None",
                found=value,
            )


def _check_posting(terms: PenaltyTerms, place: PenaltyPlace, where: str) -> None:
    if place is PenaltyPlace.POSTED and terms.posting is Posting.ON_DEMAND:
        raise PolicyError.at(
            f"{where}, penalty, posting",
            expected="Posting.ON_DUE_DATES or Posting.ON_STATEMENT with PenaltyPlace.POSTED",
            found=str(terms.posting),
            hint="Penalty that is a debt whenever somebody asks is PenaltyPlace.ON_DEMAND.",
        )
    if terms.compounding is Compounding.ON_POSTING and place is not PenaltyPlace.POSTED:
        raise PolicyError.at(
            f"{where}, penalty, compounding",
            expected="PenaltyPlace.POSTED with Compounding.ON_POSTING",
            found=str(place),
            hint="Penalty can join the base only on days on which it is posted.",
        )
