"""One rule of early warning: what it asks, what it says of the borrower, and how a signal comes and goes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, IntEnum
from typing import Final

import attrs

from delinquency.choices import checked_member
from delinquency.citation import Citation, Modality, Verification
from delinquency.cited_tables import check_verified
from delinquency.early_warning.conditions import (
    CONDITIONS,
    LONGEST_WINDOW,
    Compared,
    ForPeriods,
    InPeriods,
    WarningCondition,
    readings_of,
)
from delinquency.early_warning.texts import check_texts
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int, check_least

__all__ = ["Severity", "WarningFamily", "WarningRule", "periods_of"]


MOST_POINTS: Final = 1_000_000

_TEXTS: Final = tuple(
    f"{name}{lang}" for name in ("says", "rationale", "owner", "escalation") for lang in ("", "_zh")
)


class WarningFamily(Enum):
    """What a signal speaks of: the three families of the founding report, and two more."""

    WILLINGNESS = "willingness"
    """Weak willingness to pay: 还款意愿弱."""
    CAPACITY = "capacity"
    """Falling capacity to pay: 还款能力下降."""
    LIQUIDITY = "liquidity"
    """Falling liquidity: 流动性下降."""
    BEHAVIOUR = "behaviour"
    EXTERNAL = "external"


class Severity(IntEnum):
    """How grave a signal is; a grave one is the greater: 黄、橙、红."""

    NONE = 0
    YELLOW = 1
    ORANGE = 2
    RED = 3

    def __str__(self) -> str:
        return self.name.lower()


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, "warning rule, citation")


@attrs.frozen(slots=True, kw_only=True)
class WarningRule:
    """A condition over observations, and what becomes of it.

    Parameters
    ----------
    rule_id : str
        Stable; the word by which a signal is known.
    when : condition
        Raises the signal at the end of a period where it holds.
    family : WarningFamily
    severity : Severity
        Yellow, orange or red; none, which is the default, of a rule of points below 0.
    points : int
        What it adds to the score. Below 0 the rule speaks for the borrower: it raises no warning, has no
        severity, and a period of which nobody knows ends it like one that clears.
    says, says_zh : str
        The sentence that is read aloud when it is raised.
    rationale, rationale_zh : str, optional
        Why a lender looks at it.
    clears : condition, optional
        A raised signal is cleared only where this holds (hysteresis); default: where ``when`` does not. Not
        ``when`` itself: what holds clears nothing.
    confirm_after : int
        From so many periods in a row on, counted from when it came up, a raised signal is confirmed; 1: at
        once.
    clear_after : int
        After so many periods in a row that would clear it, it is.
    cool_down : int
        For so many periods after that it is not raised again; what holds meanwhile does not count.
    owner, owner_zh, escalation, escalation_zh : str, optional
        Who looks at it, and what follows.
    citations : tuple of Citation
        The source; without any the rule is house practice.
    verification : Verification, optional
        How far its figures were compared with the source.
    modality : Modality, optional
        What kind of statement the source makes; ``PROJECT`` where it names the signal, and the level or the
        window is a choice of who wrote the rule.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        ``clears`` as ``when``; no severity, or one of a rule that speaks for the borrower; fewer than one
        period, points beyond 1,000,000; a condition that looks back more than 120 periods.
    PolicyError
        Compared with a source that is not cited.
    """

    rule_id: str
    when: WarningCondition
    family: WarningFamily
    severity: Severity = Severity.NONE
    points: int = 0
    says: str = ""
    says_zh: str = ""
    rationale: str = ""
    rationale_zh: str = ""
    clears: WarningCondition | None = None
    confirm_after: int = 1
    clear_after: int = 1
    cool_down: int = 0
    owner: str = ""
    owner_zh: str = ""
    escalation: str = ""
    escalation_zh: str = ""
    citations: tuple[Citation, ...] = attrs.field(converter=_citations, default=())
    verification: Verification | None = None
    modality: Modality | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.rule_id, where="warning rule, rule_id")
        where = f"warning rule {self.rule_id!r}"
        for field, condition in (("when", self.when), ("clears", self.clears)):
            if not isinstance(condition, CONDITIONS) and (field == "when" or condition is not None):
                raise InvalidTypeError.at(
                    f"{where}, {field}", expected="a condition", found=condition
                )
            if condition is not None:
                _check_reach(condition, f"{where}, {field}")
        if self.clears == self.when:
            raise InvalidValueError.at(
                f"{where}, clears",
                expected="another condition than 'when', which clears nothing where it holds",
                found=f"the same, {self.when}",
                hint="Without 'clears' the signal is over where 'when' does not hold.",
            )
        checked_member(self.family, WarningFamily, f"{where}, family")
        checked_member(self.severity, Severity, f"{where}, severity")
        check_int(self.points, f"{where}, points")
        if abs(self.points) > MOST_POINTS:
            raise InvalidValueError.at(
                f"{where}, points", expected=f"at most {MOST_POINTS:,}", found=str(self.points)
            )
        _check_severity(self, where)
        check_least(self.confirm_after, f"{where}, confirm_after", least=1)
        check_least(self.clear_after, f"{where}, clear_after", least=1)
        check_least(self.cool_down, f"{where}, cool_down", least=0)
        check_texts(self, _TEXTS, where)
        check_verified(self.verification, self.citations, where)
        if self.modality is not None:
            checked_member(self.modality, Modality, f"{where}, modality")

    @property
    def observations(self) -> tuple[str, ...]:
        """The names of the observations that it reads, each once, in order."""
        conditions = (self.when, *(() if self.clears is None else (self.clears,)))
        names = (reading.observation for each in conditions for reading in readings_of(each))
        return tuple(dict.fromkeys(names))

    @property
    def periods(self) -> int:
        """How many periods of history its condition needs."""
        return periods_of(self.when)

    @property
    def is_warning(self) -> bool:
        """Whether its signal is a warning; one of points below 0 speaks for the borrower."""
        return self.points >= 0

    @property
    def is_house_practice(self) -> bool:
        """Whether no source is cited."""
        return not self.citations


def _check_severity(rule: WarningRule, where: str) -> None:
    """A warning has a severity; what speaks for the borrower has none."""
    if rule.is_warning == (rule.severity is not Severity.NONE):
        return
    raise InvalidValueError.at(
        f"{where}, severity",
        expected="yellow, orange or red" if rule.is_warning else "none beside points below 0",
        found=rule.severity.name.lower(),
        hint="" if rule.is_warning else "Leave it out: such a rule speaks for the borrower.",
    )


def _check_reach(condition: WarningCondition, where: str) -> None:
    back = periods_of(condition) - 1
    if back > LONGEST_WINDOW:
        raise InvalidValueError.at(
            where,
            expected=f"a condition that looks back at most {LONGEST_WINDOW} periods",
            found=f"{back}",
        )


def periods_of(condition: WarningCondition) -> int:
    """How many periods of history a condition needs.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from delinquency.early_warning.conditions import Compared, ForPeriods, How, Operator, Reading
    >>> change = Compared(Reading("utilisation", How.CHANGE, 3), Operator.OVER, Decimal("0.2"))
    >>> periods_of(change), periods_of(ForPeriods(change, 2))
    (4, 5)
    """
    match condition:
        case Compared():
            return max(reading.periods for reading in readings_of(condition))
        case InPeriods() | ForPeriods():
            return periods_of(condition.condition) + condition.window - 1
        case _:
            return max(periods_of(each) for each in condition.conditions)
