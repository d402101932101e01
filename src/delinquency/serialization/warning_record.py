"""The audit record of an early warning: what was observed, by which rules, each signal, and why.

The one idea: a signal follows from observations and rules alone, so that a record which holds both can be
asked again years later, and must give the same signals.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from delinquency.early_warning.answer import EarlyWarning, Signal
from delinquency.early_warning.observations import Observations
from delinquency.early_warning.rule import Severity
from delinquency.early_warning.rules import WarningRules
from delinquency.early_warning.signals import SignalState
from delinquency.early_warning.verb import early_warning_signals
from delinquency.errors import InvalidTypeError
from delinquency.explanation import Explanation
from delinquency.serialization.plan_inputs import check_texts, in_words
from delinquency.serialization.record import Difference, check_kinds, check_told, differing
from delinquency.version import __version__

__all__ = ["EarlyWarningRecord", "SignalRecord", "WarningFigures"]


@attrs.frozen(slots=True, kw_only=True)
class SignalRecord:
    """What one rule said at the end of the last period.

    Parameters
    ----------
    rule_id : str
        The id of the rule.
    state : SignalState
        Silent, cleared, raised or confirmed.
    since : date or None
        The end of the period at which it came up, or was cleared.
    is_assessed : bool
        Whether it is known if the condition holds.
    may_be_up : bool
        Whether the unknown leaves it possible that it is up.
    surely_up : bool
        Whether it is up whatever the unknown was.
    severity : Severity
        How grave it is; none while it is not up.
    points : int
        What it adds to the score; 0 while it is not up [points].
    """

    rule_id: str
    state: SignalState
    since: date | None
    is_assessed: bool
    may_be_up: bool
    surely_up: bool
    severity: Severity
    points: int

    @classmethod
    def of(cls, signal: Signal) -> SignalRecord:
        """The record of a signal."""
        return cls(**{field.name: getattr(signal, field.name) for field in attrs.fields(cls)})


@attrs.frozen(slots=True, kw_only=True)
class WarningFigures:
    """The figures of an early warning.

    Parameters
    ----------
    score : int
        The points of the signals that are up [points].
    least_score, greatest_score : int
        Between what the unknown leaves the score [points].
    severity : Severity
        The gravest of the signals that are up.
    severity_at_most : Severity
        The gravest that the unknown leaves possible.
    signals : tuple of SignalRecord
        One for each rule in force, in order.
    """

    score: int
    least_score: int
    greatest_score: int
    severity: Severity
    severity_at_most: Severity
    signals: tuple[SignalRecord, ...]


@attrs.frozen(slots=True, kw_only=True)
class EarlyWarningRecord:
    """An early warning as it was answered: observations, rules, figures, reasons, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    as_of : date
        The end of the last period.
    figures : WarningFigures
        The answer.
    explanation : Explanation
        Why.
    texts : mapping of str to str
        The explanation in words, by language.
    observations : Observations
        What was observed.
    rules : WarningRules
        The rules, those that were not in force too.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        A day that is not the end of the last period; a language without a text.

    Examples
    --------
    >>> from delinquency.early_warning import load_warning_rules
    >>> seen = Observations.of("A-1", [date(2025, 1, 31)], {"days_past_due": [5]})
    >>> record = EarlyWarningRecord.of(early_warning_signals(seen, rules=load_warning_rules("sama")))
    >>> record.figures.score, record.figures.severity.name, record.differences()
    (1, 'YELLOW', ())
    """

    library_version: str
    as_of: date
    figures: WarningFigures
    explanation: Explanation
    texts: Mapping[str, str] = attrs.field(hash=False)
    observations: Observations
    rules: WarningRules

    def __attrs_post_init__(self) -> None:
        where = "record of an early warning"
        kinds = (
            ("library_version", (str,)),
            ("figures", (WarningFigures,)),
            ("explanation", (Explanation,)),
            ("observations", (Observations,)),
            ("rules", (WarningRules,)),
        )
        check_kinds(self, where, kinds)
        check_texts(self, where)
        check_told(where, (("as_of", str(self.as_of), str(self.observations.as_of)),))

    @classmethod
    def of(cls, answer: EarlyWarning) -> EarlyWarningRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer of :func:`~delinquency.early_warning.verb.early_warning_signals`.
        """
        if not isinstance(answer, EarlyWarning):
            raise InvalidTypeError.at(
                "EarlyWarningRecord", expected="an EarlyWarning", found=answer
            )
        explanation = answer.explanation
        least, greatest = answer.score_range
        return cls(
            library_version=__version__,
            as_of=answer.as_of,
            figures=WarningFigures(
                score=answer.score,
                least_score=least,
                greatest_score=greatest,
                severity=answer.severity,
                severity_at_most=answer.severity_at_most,
                signals=tuple(map(SignalRecord.of, answer.signals)),
            ),
            explanation=explanation,
            texts=in_words(explanation),
            observations=answer.observations,
            rules=answer.rules,
        )

    def recompute(self) -> EarlyWarning:
        """The same question put to this version of the library; it warns as the verb does.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.early_warning.verb.early_warning_signals`.
        """
        return early_warning_signals(self.observations, rules=self.rules)

    def differences(self) -> tuple[Difference, ...]:
        """The figures, the explanation and its words that this version of the library gives otherwise."""
        return differing(self, EarlyWarningRecord.of(self.recompute()))
