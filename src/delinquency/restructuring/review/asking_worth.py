"""Tests of what a plan is worth: the share given up, how far the value moves, the gain or loss."""

from __future__ import annotations

from decimal import Decimal

from delinquency.restructuring.review.checks import PlanCheck, PlanFigure, Relation
from delinquency.restructuring.review.question import Question, Told

__all__ = ["ask_change", "ask_diminished", "ask_gain"]

_RATE_FACTS = ("effective_rate",)
"""The fact that gives a rate, whatever the contract says."""


def ask_diminished(question: Question) -> Told:
    """The share of the present value that is given up, by whatever reason, above a threshold."""
    worth = question.case.worth
    found = None if worth is None else worth.share_given_up
    check = PlanCheck(
        "diminished_share", found, Relation.MORE_THAN, question.test.share, facts=_RATE_FACTS
    )
    return Told((question.followed,), (check,), _rate(question))


def ask_change(question: Question) -> Told:
    """How far the value moves, fees of the change in it, at least a threshold."""
    worth = question.case.worth
    found = None if worth is None else worth.share_changed
    check = PlanCheck(
        "changed_share", found, Relation.AT_LEAST, question.test.share, facts=_RATE_FACTS
    )
    return Told((), (check,), _rate(question))


def ask_gain(question: Question) -> Told:
    """A gain or a loss of the change, whichever it is; none where the value stays."""
    worth = question.case.worth
    size = None if worth is None else worth.gain.copy_abs()
    figures = _rate(question)
    if worth is not None:
        name = "modification_loss" if worth.gain < 0 else "modification_gain"
        figures = (PlanFigure(name, worth.gain.copy_abs()), *figures)
    check = PlanCheck("value_moved", size, Relation.MORE_THAN, Decimal(0), facts=_RATE_FACTS)
    return Told((), (check,), figures)


def _rate(question: Question) -> tuple[PlanFigure, ...]:
    """At which rate, and where it comes from."""
    worth = question.case.worth
    if worth is None:
        return ()
    return (
        PlanFigure("effective_rate", worth.rate),
        PlanFigure("rate_basis", f"rate_of_{worth.basis.value}"),
    )
