"""The audit record of a review: the plan, the rules, what was known beside it, and what each test said.

The one idea: a verdict follows from its comparisons, so a record of a review has every figure that was
compared, every figure of law with its source, and every fact that was stated or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from delinquency.citation import Citation
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError
from delinquency.explanation import Explanation
from delinquency.restructuring import (
    PlanClass,
    PlanFacts,
    PlanReview,
    PlanRules,
    PlanVerdict,
    review_plan,
)
from delinquency.restructuring.review.answer import ReviewRow
from delinquency.restructuring.review.checks import PlanCheck, PlanFigure
from delinquency.serialization.new_debt_inputs import (
    CardAgreementInputs,
    ConsolidationInputs,
    ReviewedInputs,
    inputs_of,
)
from delinquency.serialization.plan_inputs import PlanInputs, check_texts, in_words
from delinquency.serialization.record import Difference, check_kinds, check_told, differing
from delinquency.version import __version__

__all__ = ["PlanClassRecord", "PlanReviewRecord", "ReviewFigures", "ReviewRowRecord"]


@attrs.frozen(slots=True)
class PlanClassRecord:
    """What the plan makes of the account, and who says so.

    Parameters
    ----------
    plan_class : PlanClass
    tests : tuple of str
        The ids of the tests that say so.
    """

    plan_class: PlanClass
    tests: tuple[str, ...]


@attrs.frozen(slots=True, kw_only=True)
class ReviewRowRecord:
    """What one test says of a plan.

    Parameters
    ----------
    test_id : str
        The id of the test.
    verdict : PlanVerdict
        What follows from the comparisons.
    conditions : tuple of PlanCheck
        Which plans it is about.
    checks : tuple of PlanCheck
        What it compares.
    figures : tuple of PlanFigure
        What is told beside.
    citations : tuple of Citation
        The sources of the test.
    """

    test_id: str
    verdict: PlanVerdict
    conditions: tuple[PlanCheck, ...]
    checks: tuple[PlanCheck, ...]
    figures: tuple[PlanFigure, ...]
    citations: tuple[Citation, ...]


@attrs.frozen(slots=True, kw_only=True)
class ReviewFigures:
    """The figures of a review.

    Parameters
    ----------
    is_allowed : bool
        Whether no limit is failed; what is not assessed fails none.
    failed : tuple of str
        The ids of the limits that are failed.
    not_assessed : tuple of str
        The ids of the tests of which a fact is not known.
    classification : tuple of PlanClassRecord
        What the plan makes of the account.
    rows : tuple of ReviewRowRecord
        One for each test in force, in the order of the rules.
    """

    is_allowed: bool
    failed: tuple[str, ...]
    not_assessed: tuple[str, ...]
    classification: tuple[PlanClassRecord, ...]
    rows: tuple[ReviewRowRecord, ...]


@attrs.frozen(slots=True, kw_only=True)
class PlanReviewRecord:
    """A review as it was answered: plan, rules, facts, figures, reasons, versions, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    effective_on : date
        The day of the plan, by which tests are chosen.
    policy_version : str
        Name and first day in force of the policy version that the account was read by; of several, each.
    currency : Currency
        Of every amount.
    figures : ReviewFigures
        The answer.
    explanation : Explanation
        Why.
    texts : mapping of str to str
        The explanation in words, by language.
    done : PlanInputs, ConsolidationInputs or CardAgreementInputs
        What was reviewed: a plan, or new debt for old.
    rules : PlanRules
        The tests, those that were not in force too.
    facts : PlanFacts
        What was known beside the account.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        A currency, a policy version or a day that is not that of the plan; a language without a text.
    """

    library_version: str
    effective_on: date
    policy_version: str
    currency: Currency
    figures: ReviewFigures
    explanation: Explanation
    texts: Mapping[str, str] = attrs.field(hash=False)
    done: ReviewedInputs
    rules: PlanRules
    facts: PlanFacts

    def __attrs_post_init__(self) -> None:
        where = "record of a review"
        kinds = (
            ("library_version", (str,)),
            ("currency", (Currency,)),
            ("figures", (ReviewFigures,)),
            ("explanation", (Explanation,)),
            ("done", (PlanInputs, ConsolidationInputs, CardAgreementInputs)),
            ("rules", (PlanRules,)),
            ("facts", (PlanFacts,)),
        )
        check_kinds(self, where, kinds)
        check_texts(self, where)
        told = (
            ("effective_on", str(self.effective_on), str(self.done.effective_on)),
            ("currency", self.currency.code, self.done.currency.code),
            ("policy_version", self.policy_version, self.done.policy_version),
        )
        check_told(where, told)

    @classmethod
    def of(cls, answer: PlanReview) -> PlanReviewRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer of :func:`~delinquency.restructuring.review.verb.review_plan`.
        """
        if not isinstance(answer, PlanReview):
            raise InvalidTypeError.at("PlanReviewRecord", expected="a PlanReview", found=answer)
        done = inputs_of(answer.done)
        explanation = answer.explanation
        return cls(
            library_version=__version__,
            effective_on=answer.effective_on,
            policy_version=done.policy_version,
            currency=done.currency,
            figures=_figures(answer),
            explanation=explanation,
            texts=in_words(explanation),
            done=done,
            rules=answer.rules,
            facts=answer.facts,
        )

    def recompute(self) -> PlanReview:
        """The same question put to this version of the library; it warns as the verb does.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.restructuring.review.verb.review_plan`.
        """
        return review_plan(self.done.answered(), rules=self.rules, facts=self.facts)

    def differences(self) -> tuple[Difference, ...]:
        """The figures, the explanation and its words that this version of the library gives otherwise."""
        return differing(self, PlanReviewRecord.of(self.recompute()))


def _figures(answer: PlanReview) -> ReviewFigures:
    return ReviewFigures(
        is_allowed=answer.is_allowed,
        failed=tuple(row.test_id for row in answer.failed),
        not_assessed=tuple(row.test_id for row in answer.not_assessed),
        classification=tuple(PlanClassRecord(*pair) for pair in answer.classification.items()),
        rows=tuple(map(_row, answer.rows)),
    )


def _row(row: ReviewRow) -> ReviewRowRecord:
    return ReviewRowRecord(
        test_id=row.test_id,
        verdict=row.verdict,
        conditions=row.conditions,
        checks=row.checks,
        figures=row.figures,
        citations=row.test.citations,
    )
