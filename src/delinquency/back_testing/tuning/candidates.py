"""What rules may be put together from: conditions with one direction each, and their words."""

from __future__ import annotations

import attrs

from delinquency.choices import checked_member
from delinquency.early_warning.conditions import CONDITIONS, WarningCondition
from delinquency.early_warning.rule import WarningFamily
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id

__all__ = ["Candidate"]


@attrs.frozen(slots=True, kw_only=True)
class Candidate:
    """A condition that rules may ask, which way it may count, and how it is told.

    Its direction is that of sense and not of the data: of lateness it is that it may raise risk and never
    lower it.

    Parameters
    ----------
    when : condition
        :func:`~delinquency.early_warning.condition_text.parse_condition` reads one. Where it holds, risk
        may be higher; where it does not, never.
    topic : str
        What it is about, such as ``"amount paid over 3"``. Two of one topic never stand in one rule.
    family : WarningFamily
    says, says_zh : str
        The condition as a part of a sentence, without a full stop.
    says_else, says_else_zh : str
        The opposite of it.
    rationale, rationale_zh : str
        Why it may raise risk.
    only_beside_others : bool
        Whether it never counts alone: it is the lack of something good, such as a card that is in real use. A
        rule with it is told the other way round, and its points are below 0.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        An empty text.
    """

    when: WarningCondition
    topic: str
    family: WarningFamily
    says: str
    says_zh: str
    says_else: str
    says_else_zh: str
    rationale: str
    rationale_zh: str
    only_beside_others: bool = False

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.when, CONDITIONS):
            raise InvalidTypeError.at(
                "candidate, when",
                expected="a condition",
                found=self.when,
                hint='Write parse_condition("days_past_due > 30").',
            )
        checked_member(self.family, WarningFamily, "candidate, family")
        check_id(self.topic, where="candidate, topic")
        for name in ("says", "says_zh", "says_else", "says_else_zh", "rationale", "rationale_zh"):
            text = getattr(self, name)
            if not isinstance(text, str):
                raise InvalidTypeError.at(f"candidate, {name}", expected="a text", found=text)
            if not text.strip():
                raise InvalidValueError.at(f"candidate, {name}", expected="a text", found="none")
        if not isinstance(self.only_beside_others, bool):
            raise InvalidTypeError.at(
                "candidate, only_beside_others", expected="a bool", found=self.only_beside_others
            )
