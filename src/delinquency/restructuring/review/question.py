"""A test, the plan it is put to, and what it told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import attrs

from delinquency.restructuring.review.case import PlanCase
from delinquency.restructuring.review.checks import PlanCheck, PlanFigure, PlanVerdict, Relation
from delinquency.restructuring.review.plan_tests import PlanTest

__all__ = ["Question", "Told"]


class Told(NamedTuple):
    """What a test asks of a plan.

    Attributes
    ----------
    conditions : tuple of PlanCheck
        Which plans it is about.
    checks : tuple of PlanCheck
        What it compares.
    figures : tuple of PlanFigure
        What is told beside.
    """

    conditions: tuple[PlanCheck, ...] = ()
    checks: tuple[PlanCheck, ...] = ()
    figures: tuple[PlanFigure, ...] = ()


@attrs.frozen(slots=True, eq=False)
class Question:
    """A test put to a plan.

    Attributes
    ----------
    test : PlanTest
    case : PlanCase
    verdicts : mapping
        Of the tests before it, by id.
    """

    test: PlanTest
    case: PlanCase
    verdicts: Mapping[str, PlanVerdict]

    @property
    def followed(self) -> PlanCheck:
        """That the test which this one follows applies."""
        follows = self.test.follows or ""
        verdict = self.verdicts.get(follows, PlanVerdict.DOES_NOT_APPLY)
        applies = {PlanVerdict.APPLIES: True, PlanVerdict.NOT_ASSESSED: None}.get(verdict, False)
        return PlanCheck(follows, applies, Relation.IS, limit=True)

    @property
    def months(self) -> int:
        """The figure of the test [months]."""
        return self.test.months or 0

    @property
    def periods(self) -> int:
        """The figure of the test [due dates]."""
        return self.test.periods or 0
