"""The reasons of early warning: every signal that is up, its figures beside their limits, and its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from delinquency.citation import Modality, Verification
from delinquency.early_warning.conditions import (
    AllOf,
    AtLeastOf,
    Compared,
    ForPeriods,
    InPeriods,
)
from delinquency.early_warning.judging import Judgement
from delinquency.early_warning.signals import SignalState
from delinquency.early_warning.wording import RELATIONS, figures_in_words, reading_in_words
from delinquency.explanation import Explanation

if TYPE_CHECKING:
    from delinquency.early_warning.answer import EarlyWarning, Signal
    from delinquency.early_warning.observations import Observations
    from delinquency.early_warning.rule import WarningRule

__all__ = ["basis_of", "explain_signal", "explain_warning"]

_BASES: Final = {
    Verification.OFFICIAL_TEXT: "basis_official_text",
    Verification.SECONDARY: "basis_secondary",
    Verification.UNVERIFIED: "basis_unverified",
    None: "basis_cited",
}


def explain_warning(warning: EarlyWarning) -> Explanation:
    """The tree of reasons: warnings, the gravest first, what is in favour, what is held back or open."""
    open_ones = [
        each
        for each in warning.signals
        if not each.is_up and (each.may_be_up or each.is_held_back or not each.is_assessed)
    ]
    return Explanation(
        "early_warning",
        warning.score,
        {
            "account_id": warning.account_id,
            "as_of": warning.as_of,
            "rules": warning.rules.name,
            "severity": f"severity_{warning.severity.name.lower()}",
            "raised": len(warning.raised),
            "in_favour": len(warning.in_favour) or "",
            "not_assessed": len(warning.not_assessed),
            "at_most": ""
            if warning.severity_at_most is warning.severity
            else f"severity_{warning.severity_at_most.name.lower()}",
        },
        (),
        tuple(explain_signal(each) for each in (*warning.raised, *warning.in_favour, *open_ones)),
    )


def explain_signal(signal: Signal) -> Explanation:
    """One signal: what it says, since when, its figures, and its source or that it is house practice."""
    rule, state = signal.rule, _state_of(signal)
    return Explanation(
        "warning_signal",
        state,
        {
            "rule_id": rule.rule_id,
            "family": f"family_{rule.family.value}",
            "severity": f"severity_{rule.severity.name.lower()}",
            "points": rule.points,
            "says": rule.says,
            "says_zh": rule.says_zh or rule.says,
            "since": "" if state == "signal_not_assessed" else signal.since or "",
            "confirmed": signal.state is SignalState.CONFIRMED,
            "in_favour": state == "signal_in_favour",
            "not_assessed": signal.is_up and not signal.is_assessed,
            "may_be_up": signal.is_assessed and signal.may_be_up and not signal.is_up,
            "held_back": _held_back(signal) or "",
            "cool_down": rule.cool_down,
            "basis": basis_of(rule),
            "owner": rule.owner,
            "owner_zh": rule.owner_zh or rule.owner,
            "escalation": rule.escalation if signal.is_up else "",
            "escalation_zh": (rule.escalation_zh or rule.escalation) if signal.is_up else "",
        },
        rule.citations,
        tuple(_explain(signal.judgement, signal.observations)),
    )


def _held_back(signal: Signal) -> int:
    """The how many-th period of a cool-down it is in which the condition holds; 0 for none."""
    if not signal.is_held_back or signal.since is None:
        return 0
    return signal.judgement.place - signal.observations.place_of(signal.since)


def _state_of(signal: Signal) -> str:
    """Where a signal stands, as a named choice."""
    if signal.is_up and not signal.is_raised:
        return "signal_in_favour"
    return f"signal_{signal.told_state}"


def _explain(judgement: Judgement, observations: Observations) -> Iterator[Explanation]:
    condition = judgement.condition
    if isinstance(condition, Compared):
        yield _comparison(judgement, condition, observations)
        return
    asked = len(judgement.below)
    wanted = asked if isinstance(condition, AllOf) else 1
    if isinstance(condition, InPeriods | ForPeriods):
        asked = wanted = condition.window
    if isinstance(condition, InPeriods | AtLeastOf):
        wanted = condition.count
    held = sum(each.holds is True for each in judgement.below)
    unknown = sum(each.holds is None for each in judgement.below) + asked - len(judgement.below)
    yield Explanation(
        "warning_periods" if isinstance(condition, InPeriods | ForPeriods) else "warning_count",
        _verdict(judgement),
        {"held": held, "asked": asked, "unknown": unknown, "wanted": wanted},
        (),
        tuple(step for each in judgement.below for step in _explain(each, observations)),
    )


def _comparison(
    judgement: Judgement, condition: Compared, observations: Observations
) -> Explanation:
    figure, limit, beyond = figures_in_words(
        judgement.figure, judgement.limit, condition.observed, observations
    )
    terms = observations.terms
    figures: dict[str, object] = {
        "condition": str(condition),
        "on": observations.dates[judgement.place],
        "reading": reading_in_words(condition.observed, terms, "en"),
        "reading_zh": reading_in_words(condition.observed, terms, "zh"),
        "figure": figure or "not_known",
        "relation": RELATIONS[condition.operator],
        "limit": limit or "not_known",
        "beyond": beyond,
    }
    if condition.of is not None:
        figures["multiple"] = f"{condition.value:f}"
        figures["beside"] = reading_in_words(condition.of, terms, "en")
        figures["beside_zh"] = reading_in_words(condition.of, terms, "zh")
    return Explanation("warning_figure", _verdict(judgement), figures)


def _verdict(judgement: Judgement) -> str:
    if judgement.holds is None:
        return "truth_unknown"
    return "truth_holds" if judgement.holds else "truth_fails"


def basis_of(rule: WarningRule) -> str:
    """What a rule rests on, as a named choice: house practice, or how far it was compared with its source."""
    if rule.is_house_practice:
        return "basis_house_practice"
    if rule.modality is Modality.PROJECT and rule.verification is not Verification.UNVERIFIED:
        return "basis_project"
    return _BASES[rule.verification]
