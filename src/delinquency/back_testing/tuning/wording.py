"""A rule put together from candidates: its condition, its sentence and its reason in two languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from delinquency.back_testing.tuning.candidates import Candidate
from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.conditions import AllOf, AnyOf, AtLeastOf, WarningCondition
from delinquency.early_warning.opposites import opposite
from delinquency.early_warning.rule import Severity, WarningRule

__all__ = ["named_rules"]

_ABSENT: Final = (
    "the account is in real use and these bad signs are absent",
    "账户在真实使用，且没有这些不利迹象",
)


def named_rules(
    chosen: Sequence[tuple[int, int, Sequence[Candidate]]], terms: Mapping[str, ObservationTerm]
) -> list[WarningRule]:
    """Rules from points, how many of their candidates must hold, and these; the heaviest first.

    They are called by their family and a number, and those that speak for the borrower ``in_use``. From half
    of the most points on a warning is orange, else yellow.

    Parameters
    ----------
    chosen : sequence of (int, int, sequence of Candidate)
    terms : mapping of str to ObservationTerm
        By name, what the candidates read.
    """
    heaviest = max(points for points, _, _ in chosen)
    counts: Counter[str] = Counter()
    rules: list[WarningRule] = []
    for points, needed, parts in chosen:
        is_turned = any(part.only_beside_others for part in parts)
        family = "in_use" if is_turned else _by_weight(parts)[0].family.value
        counts[family] += 1
        severity = Severity.ORANGE if 2 * points >= heaviest else Severity.YELLOW
        name = f"{family}_{counts[family]}"
        rules.append(_rule(name, parts, terms, needed=needed, points=points, severity=severity))
    return rules


def _rule(
    rule_id: str,
    parts: Sequence[Candidate],
    terms: Mapping[str, ObservationTerm],
    *,
    needed: int,
    points: int,
    severity: Severity,
) -> WarningRule:
    """The rule that at least ``needed`` of some candidates hold.

    With one of them that only counts beside others it is told the other way round: the rule is that more than
    ``len(parts) - needed`` of their opposites hold, and its points are below 0.

    Parameters
    ----------
    rule_id : str
    parts : sequence of Candidate
    terms : mapping of str to ObservationTerm
    needed : int
    points : int
        1 or more.
    severity : Severity
    """
    is_turned = any(part.only_beside_others for part in parts)
    count = len(parts) - needed + 1 if is_turned else needed
    conditions = [opposite(part.when, terms) if is_turned else part.when for part in parts]
    says = [part.says_else if is_turned else part.says for part in parts]
    says_zh = [part.says_else_zh if is_turned else part.says_zh for part in parts]
    reasons = [(part.rationale, part.rationale_zh) for part in _by_weight(parts)]
    told = [_ABSENT] if is_turned else list(dict.fromkeys(reasons))
    return WarningRule(
        rule_id=rule_id,
        when=_joined(conditions, count),
        family=_by_weight(parts)[0].family,
        severity=Severity.NONE if is_turned else severity,
        points=-points if is_turned else points,
        says=_sentence(says, count),
        says_zh=_sentence_zh(says_zh, count),
        rationale=_capital("; ".join(english for english, _ in told)) + ".",
        rationale_zh="；".join(chinese for _, chinese in told) + "。",
    )


def _by_weight(parts: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, those of the reason that most of them share first; lack of use last."""
    shared = [part.rationale for part in parts]

    def weight(place: int) -> tuple[bool, int, int]:
        part = parts[place]
        return part.only_beside_others, -shared.count(part.rationale), place

    return [parts[place] for place in sorted(range(len(parts)), key=weight)]


def _joined(conditions: Sequence[WarningCondition], count: int) -> WarningCondition:
    if len(conditions) == 1:
        return conditions[0]
    if count == len(conditions):
        return AllOf(conditions)
    return AnyOf(conditions) if count == 1 else AtLeastOf(count, conditions)


def _sentence(says: Sequence[str], count: int) -> str:
    if count == len(says):
        return _capital(", and ".join(says)) + "."
    if count == 1:
        return _capital(", or ".join(says)) + "."
    return f"At least {count} of these {len(says)} hold: {'; '.join(says)}."


def _sentence_zh(says: Sequence[str], count: int) -> str:
    if count == len(says):
        return "，且".join(says) + "。"
    if count == 1:
        return "，或".join(says) + "。"
    return f"以下{len(says)}项中至少{count}项成立：{'；'.join(says)}。"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
