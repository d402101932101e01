"""One test of law or accounting for a plan: a kind, its figures, its days in force and its source.

The one idea: a test is data, and has exactly the figures that its kind reads, so that nothing in a file is
without effect.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import attrs

from delinquency.account import Product, Segment
from delinquency.choices import checked_member
from delinquency.citation import Citation, Modality, Verification
from delinquency.cited_tables import check_verified
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.identifiers import check_id
from delinquency.restructuring.review.concessions import Concession, ModificationType, RateCut
from delinquency.restructuring.review.facts import DifficultyGround
from delinquency.restructuring.review.kinds import KIND_READS, PlanTestKind
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple
from delinquency.validity import ALWAYS, Validity
from delinquency.whole_numbers import check_int

__all__ = ["ExtensionBand", "PlanClass", "PlanTest"]

_MOST: Final = 1_200
_PARTS: Final = 9
"""Decimals of a share, as many as one that is found has."""


class PlanClass(Enum):
    """What a plan makes of an account.

    ``RESTRUCTURED``: 重组资产. ``FORBORNE``: a forbearance measure. ``DISTRESSED``: a distressed
    restructuring. ``DEFAULT``: the debtor is in default. ``SUBSTANDARD``: at least substandard at once.
    ``SUBSTANTIALLY_MODIFIED``: the terms are substantially different. ``DISCLOSED``: a modification that is
    disclosed.
    """

    RESTRUCTURED = "restructured"
    FORBORNE = "forborne"
    DISTRESSED = "distressed"
    DEFAULT = "default"
    SUBSTANDARD = "substandard"
    SUBSTANTIALLY_MODIFIED = "substantially_modified"
    DISCLOSED = "disclosed"


def _check_number(value: object, where: str, *, least: int = 1) -> None:
    check_int(value, where)
    if not least <= value <= _MOST:  # type: ignore[operator]
        raise PolicyError.at(where, expected=f"from {least} to {_MOST:,}", found=str(value))


@attrs.frozen(slots=True, kw_only=True)
class ExtensionBand:
    """How long a loan of a term may be extended in all.

    Parameters
    ----------
    up_to_months : int, optional
        The longest term that was agreed first, which is in the band [months]; default: any longer one.
    share : Proportion, optional
        The most of all extensions, as a share of that term; a part of a month counts 30 days.
    months : int, optional
        The same in months; one of the three.
    to_longest_term : bool, default False
        The same: term and extensions together no longer than the product allows.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    PolicyError
        A number out of range; none or several of the three.
    """

    up_to_months: int | None = None
    share: Proportion | None = None
    months: int | None = None
    to_longest_term: bool = False

    def __attrs_post_init__(self) -> None:
        where = "extension band"
        for name in ("up_to_months", "months"):
            if getattr(self, name) is not None:
                _check_number(getattr(self, name), f"{where}, {name}")
        share: object = self.share
        if share is not None and not isinstance(share, Proportion):
            raise InvalidTypeError.at(f"{where}, share", expected="a Proportion", found=share)
        longest: object = self.to_longest_term
        if not isinstance(longest, bool):
            raise InvalidTypeError.at(
                f"{where}, to_longest_term", expected="True or False", found=longest
            )
        said = (self.share is not None) + (self.months is not None) + self.to_longest_term
        if said != 1:
            raise PolicyError.at(
                where, expected="one of share, months and to_longest_term", found=str(said)
            )


def _classes(items: Iterable[PlanClass]) -> tuple[PlanClass, ...]:
    return checked_tuple(items, PlanClass, "plan test, class")


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, "plan test, citation")


def _concessions(items: Iterable[Concession]) -> tuple[Concession, ...]:
    return checked_tuple(items, Concession, "plan test, concession")


def _modifications(items: Iterable[ModificationType]) -> tuple[ModificationType, ...]:
    return checked_tuple(items, ModificationType, "plan test, modification")


def _grounds(items: Iterable[DifficultyGround]) -> tuple[DifficultyGround, ...]:
    return checked_tuple(items, DifficultyGround, "plan test, ground")


def _bands(items: Iterable[ExtensionBand]) -> tuple[ExtensionBand, ...]:
    return checked_tuple(items, ExtensionBand, "plan test, band")


@attrs.frozen(slots=True, kw_only=True)
class PlanTest:
    """One test of a plan.

    Parameters
    ----------
    test_id : str
        Public: answers are asked for by it.
    kind : PlanTestKind
    modality : Modality, default MUST
        How binding its text is.
    validity : Validity, optional
        The days in force; by the day of the plan, or by the day on which the credit began.
    product : Product, optional
    segment : Segment, optional
        Of which accounts alone.
    only_in_difficulty : bool, default False
        Whether it is of plans for debtors in difficulty alone.
    classes : tuple of PlanClass, optional
        What a plan is that it describes.
    citations : tuple of Citation, optional
    verification : Verification, optional
    months, days, periods : int, optional
        [months], [days], [due dates]
    share : Decimal, optional
        [share of 1], at most nine decimals.
    follows : str, optional
        The id of an earlier test of the same rules, which must apply.
    grounds : tuple of DifficultyGround, optional
    concessions : tuple of Concession, optional
    modifications : tuple of ModificationType, optional
        Those that count.
    rate_cut : RateCut, optional
        Which lower rate is a concession.
    bands : tuple of ExtensionBand, optional
        By term, the last one without an end.
    policy : str, optional
        The packaged policy that has the limits.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    PolicyError
        A figure that the kind does not read, or one missing; out of range; bands out of order; a class of a
        limit; compared with a text, without a citation.
    """

    test_id: str
    kind: PlanTestKind
    modality: Modality = Modality.MUST
    validity: Validity = ALWAYS
    product: Product | None = None
    segment: Segment | None = None
    only_in_difficulty: bool = False
    classes: tuple[PlanClass, ...] = attrs.field(default=(), converter=_classes)
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)
    verification: Verification | None = None
    months: int | None = None
    days: int | None = None
    periods: int | None = None
    share: Decimal | None = None
    follows: str | None = None
    grounds: tuple[DifficultyGround, ...] = attrs.field(default=(), converter=_grounds)
    concessions: tuple[Concession, ...] = attrs.field(default=(), converter=_concessions)
    modifications: tuple[ModificationType, ...] = attrs.field(default=(), converter=_modifications)
    rate_cut: RateCut | None = None
    bands: tuple[ExtensionBand, ...] = attrs.field(default=(), converter=_bands)
    policy: str | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.test_id, where="plan test, test_id")
        where = f"plan test {self.test_id!r}"
        checked_member(self.kind, PlanTestKind, f"{where}, kind")
        checked_member(self.modality, Modality, f"{where}, modality")
        self._check_subject(where)
        self._check_figures(where)
        self._check_bands(where)
        if self.classes and self.is_limit:
            raise PolicyError.at(
                f"{where}, classes",
                expected="classes of a test that describes",
                found=f"some of a limit, {self.kind.value}",
            )
        check_verified(self.verification, self.citations, where)

    @property
    def is_limit(self) -> bool:
        """Whether it is passed or failed, and describes nothing."""
        return KIND_READS[self.kind].is_limit

    @property
    def is_unverified(self) -> bool:
        """Whether nobody compared its figures with the text."""
        return self.verification is Verification.UNVERIFIED

    def _check_subject(self, where: str) -> None:
        validity: object = self.validity
        if not isinstance(validity, Validity):
            raise InvalidTypeError.at(f"{where}, validity", expected="a Validity", found=validity)
        if self.product is not None:
            checked_member(self.product, Product, f"{where}, product")
        if self.segment is not None:
            checked_member(self.segment, Segment, f"{where}, segment")
        only: object = self.only_in_difficulty
        if not isinstance(only, bool):
            raise InvalidTypeError.at(
                f"{where}, only_in_difficulty", expected="True or False", found=only
            )

    def _check_figures(self, where: str) -> None:
        needed = KIND_READS[self.kind].figures
        for name in _FIGURES:
            is_there = getattr(self, name) not in (None, ())
            if is_there != (name in needed):
                raise PolicyError.at(
                    f"{where}, {name}",
                    expected=f"a figure of {self.kind.value}"
                    if name in needed
                    else f"none: {self.kind.value} does not read it",
                    found="none" if name in needed else "one",
                )
        for name, least in (("months", 1), ("days", 0), ("periods", 0)):
            value: Any = getattr(self, name)
            if value is not None:
                _check_number(value, f"{where}, {name}", least=least)
        self._check_share(where)
        if self.rate_cut is not None:
            checked_member(self.rate_cut, RateCut, f"{where}, rate_cut")
        for name in ("follows", "policy"):
            if getattr(self, name) is not None:
                check_id(getattr(self, name), where=f"{where}, {name}")

    def _check_share(self, where: str) -> None:
        share: object = self.share
        if share is None:
            return
        if not isinstance(share, Decimal):
            raise InvalidTypeError.at(f"{where}, share", expected="a Decimal", found=share)
        exponent = share.as_tuple().exponent
        if not share.is_finite() or not 0 <= share <= 1 or int(exponent) < -_PARTS:
            raise PolicyError.at(
                f"{where}, share",
                expected=f"from 0 to 1, at most {_PARTS} decimals",
                found=str(share),
            )

    def _check_bands(self, where: str) -> None:
        ends = [band.up_to_months for band in self.bands]
        inner = [end for end in ends[:-1] if end is not None]
        if ends and (ends[-1] is not None or len(inner) < len(ends) - 1):
            raise PolicyError.at(
                f"{where}, bands",
                expected="an end of each band but the last",
                found=", ".join(str(end) for end in ends),
            )
        if inner != sorted(set(inner)):
            raise PolicyError.at(
                f"{where}, bands",
                expected="bands in order of up_to_months",
                found=", ".join(str(end) for end in inner),
            )


_FIGURES: Final = (
    "months",
    "days",
    "periods",
    "share",
    "follows",
    "grounds",
    "concessions",
    "modifications",
    "rate_cut",
    "bands",
    "policy",
)
"""Figures of a test, each read by some kinds alone."""
