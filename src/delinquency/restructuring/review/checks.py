"""What a test compares: a figure that was found, and what is required of it.

The one idea: a verdict follows from its comparisons and from nothing else, so that whoever has the figures
can work it out again; an unknown figure leaves the verdict open unless another one decides it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from operator import eq, ge, gt, le, lt
from types import MappingProxyType
from typing import Any, Final

import attrs

__all__ = ["PlanCheck", "PlanFigure", "PlanVerdict", "Relation", "all_hold", "verdict_of"]


class Relation(Enum):
    """How a figure must stand to what is required."""

    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    IS = "is"


_COMPARED: Final[Mapping[Relation, Callable[[Any, Any], bool]]] = MappingProxyType(
    {
        Relation.AT_MOST: le,
        Relation.LESS_THAN: lt,
        Relation.AT_LEAST: ge,
        Relation.MORE_THAN: gt,
        Relation.IS: eq,
    }
)


class PlanVerdict(Enum):
    """What a test says of a plan.

    ``PASSED``, ``FAILED``: so of a limit. ``APPLIES``: a description fits, or a consequence
    follows. ``DOES_NOT_APPLY``: it does not, or a limit has nothing to limit. ``NOT_ASSESSED``: a fact that
    decides is not known.
    """

    PASSED = "passed"
    FAILED = "failed"
    APPLIES = "applies"
    DOES_NOT_APPLY = "does_not_apply"
    NOT_ASSESSED = "not_assessed"


@attrs.frozen(slots=True)
class PlanCheck:
    """One comparison.

    Attributes
    ----------
    name : str
        What is compared.
    found : object
        An ``int``, a ``Decimal``, a date, a flag or a word; ``None`` where it is not known.
    relation : Relation
    limit : object
        What is required, of the same type.
    within : int, optional
        Within how many months, where the figure is of some [months].
    facts : tuple of str, optional
        The facts of :class:`~delinquency.restructuring.review.facts.PlanFacts` that say what is found.
    """

    name: str
    found: Any
    relation: Relation
    limit: Any
    within: int | None = None
    facts: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts to state where the figure is not known, by the names of their fields.

        Examples
        --------
        >>> [PlanCheck("is_willing", fact, Relation.IS, True, facts=("is_willing",)).missing
        ...     for fact in (None, False)]
        [('is_willing',), ()]
        """
        return self.facts if self.found is None else ()

    @property
    def holds(self) -> bool | None:
        """Whether the figure stands so; ``None`` where it is not known.

        Examples
        --------
        >>> [PlanCheck("plan_months", months, Relation.AT_MOST, 60).holds for months in (60, 61, None)]
        [True, False, None]
        """
        if self.found is None:
            return None
        return _COMPARED[self.relation](self.found, self.limit)


@attrs.frozen(slots=True)
class PlanFigure:
    """A figure that is told beside those that decide.

    Attributes
    ----------
    name : str
    value : object
    """

    name: str
    value: Any


def all_hold(checks: Iterable[PlanCheck]) -> bool | None:
    """Whether all hold: not as soon as one does not, and unknown if the unknown ones decide."""
    answers = [check.holds for check in checks]
    if False in answers:
        return False
    return None if None in answers else True


def verdict_of(
    conditions: Iterable[PlanCheck], checks: Iterable[PlanCheck], *, is_limit: bool
) -> PlanVerdict:
    """The verdict of a test.

    Parameters
    ----------
    conditions : iterable of PlanCheck
        Which plans it is about; one that does not hold takes the plan out of it.
    checks : iterable of PlanCheck
        What it requires of them.
    is_limit : bool
        Whether it is a limit, which is passed or failed, and no description.
    """
    concerned, answer = all_hold(conditions), all_hold(checks)
    if concerned is False:
        return PlanVerdict.DOES_NOT_APPLY
    if concerned is None or answer is None:
        is_out = answer is False and not is_limit
        return PlanVerdict.DOES_NOT_APPLY if is_out else PlanVerdict.NOT_ASSESSED
    if is_limit:
        return PlanVerdict.PASSED if answer else PlanVerdict.FAILED
    return PlanVerdict.APPLIES if answer else PlanVerdict.DOES_NOT_APPLY
