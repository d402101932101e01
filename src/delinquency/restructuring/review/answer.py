"""What tests say of a plan: one row a test, whether it is allowed, and what it makes of the account.

The one idea: each row holds its comparisons, and its verdict is worked out from them when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import attrs

from delinquency.errors import InvalidValueError
from delinquency.restructuring.review.checks import (
    PlanCheck,
    PlanFigure,
    PlanVerdict,
    verdict_of,
)
from delinquency.restructuring.review.plan_tests import PlanClass, PlanTest
from delinquency.restructuring.review.subject import subject_of

if TYPE_CHECKING:
    from delinquency.explanation import Explanation
    from delinquency.restructuring.review.facts import PlanFacts
    from delinquency.restructuring.review.rules import PlanRules
    from delinquency.restructuring.review.status_after import StatusAfter
    from delinquency.restructuring.review.subject import Reviewed

__all__ = ["PlanReview", "ReviewRow"]


@attrs.frozen(slots=True)
class ReviewRow:
    """What one test says of a plan.

    Attributes
    ----------
    test : PlanTest
    conditions : tuple of PlanCheck
        Which plans it is about.
    checks : tuple of PlanCheck
        What it compares.
    figures : tuple of PlanFigure
        What is told beside.
    """

    test: PlanTest
    conditions: tuple[PlanCheck, ...]
    checks: tuple[PlanCheck, ...]
    figures: tuple[PlanFigure, ...]

    @property
    def test_id(self) -> str:
        """The id of the test."""
        return self.test.test_id

    @property
    def verdict(self) -> PlanVerdict:
        """What follows from the comparisons."""
        return verdict_of(self.conditions, self.checks, is_limit=self.test.is_limit)

    @property
    def missing_facts(self) -> tuple[str, ...]:
        """The fields of the facts to state, where the test is not assessed without them; each once."""
        if self.verdict is not PlanVerdict.NOT_ASSESSED:
            return ()
        checks = (*self.conditions, *self.checks)
        return tuple(dict.fromkeys(name for check in checks for name in check.missing))

    @property
    def explanation(self) -> Explanation:
        """The verdict, each comparison and the source."""
        from delinquency.restructuring.review.reasons import explain_row

        return explain_row(self)

    def __str__(self) -> str:
        return self.explanation.to_text()


@attrs.frozen(slots=True, eq=False)
class PlanReview:
    """What rules say of a plan.

    Attributes
    ----------
    account_id : str
    effective_on : date
        The day of the plan, by which tests are chosen.
    rules : PlanRules
    rows : tuple of ReviewRow
        One for each test in force, in the order of the rules.
    done : Restructured, Consolidated or AgreedCard
        What was reviewed.
    facts : PlanFacts
        What was known beside it.
    """

    account_id: str
    effective_on: date
    rules: PlanRules = attrs.field(repr=lambda rules: repr(rules.name))
    rows: tuple[ReviewRow, ...] = attrs.field(repr=False)
    done: Reviewed = attrs.field(repr=False)
    facts: PlanFacts = attrs.field(repr=False)

    @property
    def is_allowed(self) -> bool:
        """Whether no limit is failed; what is not assessed fails none."""
        return not self.failed

    @property
    def failed(self) -> tuple[ReviewRow, ...]:
        """Limits that are failed."""
        return self._of(PlanVerdict.FAILED)

    @property
    def not_assessed(self) -> tuple[ReviewRow, ...]:
        """Tests of which a fact is not known."""
        return self._of(PlanVerdict.NOT_ASSESSED)

    @property
    def missing_facts(self) -> tuple[str, ...]:
        """The fields of the facts to state so that the tests that are not assessed can be, each once."""
        return tuple(dict.fromkeys(name for row in self.not_assessed for name in row.missing_facts))

    @property
    def classification(self) -> Mapping[PlanClass, tuple[str, ...]]:
        """What the plan makes of the account, each with the ids of the tests that say so."""
        found: dict[PlanClass, tuple[str, ...]] = {}
        for row in self._of(PlanVerdict.APPLIES):
            for each in row.test.classes:
                found[each] = (*found.get(each, ()), row.test_id)
        return found

    @property
    def status_policies(self) -> tuple[str, ...]:
        """The packaged policies by whose status the account is classified from the plan on, by name.

        Ask :func:`~delinquency.status_assessment.assess_status` of the account after the plan with each
        of them; none where no packaged status reads a plan. What such a policy leaves out is told by
        ``statuses_after`` and by the explanation.
        """
        return tuple(each.policy for each in self.statuses_after)

    @property
    def statuses_after(self) -> tuple[StatusAfter, ...]:
        """The same, with what each policy does not have of what the law asks of restructured assets."""
        subject = subject_of(self.done)
        return self.rules.statuses_of(product=subject.product, segment=subject.segment)

    def row(self, test_id: str) -> ReviewRow:
        """The row of a test.

        Raises
        ------
        InvalidValueError
            No test of that id is in force.
        """
        for row in self.rows:
            if row.test_id == test_id:
                return row
        raise InvalidValueError.at(
            "plan review, test_id",
            expected=f"one of {', '.join(row.test_id for row in self.rows)}",
            found=repr(test_id),
        )

    def _of(self, verdict: PlanVerdict) -> tuple[ReviewRow, ...]:
        return tuple(row for row in self.rows if row.verdict is verdict)

    @property
    def explanation(self) -> Explanation:
        """Every test with its verdict, its figures and its source."""
        from delinquency.restructuring.review.reasons import explain_review

        return explain_review(self)

    def to_text(self, lang: str = "en") -> str:
        """The explanation as indented lines.

        Raises
        ------
        InvalidValueError
            No texts in ``lang``.
        """
        return self.explanation.to_text(lang=lang)

    def __str__(self) -> str:
        return self.to_text()
