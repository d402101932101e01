"""What a test of a plan compares, as JSON can hold it.

The one idea: a figure stays plain and ``types`` says what it was, as in an explanation; whether a comparison
holds is written for readers who do not compare, and refused where it does not follow from the figures.
"""

from __future__ import annotations

from typing import Any

import attrs

from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.restructuring.review.checks import PlanCheck, PlanFigure, Relation
from delinquency.serialization.steps import types_of, with_types

__all__ = ["PlainPlanCheck", "PlainPlanFigure"]


@attrs.frozen(slots=True)
class PlainPlanCheck:
    """One comparison of a test of a plan.

    Parameters
    ----------
    name : str
        What is compared.
    found : object
        A number, a date, a flag or a word; null where it is not known.
    relation : Relation
        How it must stand to what is required.
    limit : object
        What is required, of the same type.
    within : int or None
        Within how many months, where the figure is of some [months].
    holds : bool or None
        Whether the figure stands so; null where it is not known.
    types : mapping of str to str
        Of ``found`` and ``limit``, those that are a ``date``, a ``decimal``, a ``fraction`` or a
        ``proportion``.
    facts : tuple of str, optional
        The facts that say what is found.
    """

    name: str
    found: Any
    relation: Relation
    limit: Any
    within: int | None
    holds: bool | None
    types: dict[str, str]
    facts: tuple[str, ...] = ()

    @classmethod
    def of(cls, check: PlanCheck) -> PlainPlanCheck:
        """The comparison, to be written."""
        return cls(
            check.name,
            check.found,
            check.relation,
            check.limit,
            check.within,
            check.holds,
            types_of({"found": check.found, "limit": check.limit}),
            check.facts,
        )

    def restored(self) -> PlanCheck:
        """The comparison that was written.

        Raises
        ------
        InvalidTypeError
            Figures that cannot be compared.
        InvalidValueError
            A type that is none; ``holds`` that does not follow from the figures.
        """
        figures = with_types({"found": self.found, "limit": self.limit}, self.types)
        check = PlanCheck(
            self.name,
            figures["found"],
            self.relation,
            figures["limit"],
            self.within,
            self.facts,
        )
        try:
            holds = check.holds
        except TypeError:
            raise InvalidTypeError.at(
                "found", expected=f"what can be compared with {check.limit!r}", found=check.found
            ) from None
        if holds is not self.holds:
            raise InvalidValueError.at(
                "holds",
                expected=f"{holds}, as follows from the figures",
                found=str(self.holds),
            )
        return check


@attrs.frozen(slots=True)
class PlainPlanFigure:
    """A figure that a test of a plan tells beside those that decide.

    Parameters
    ----------
    name : str
    value : object
        A number, a date, a flag or a word.
    types : mapping of str to str
        Of ``value``, if it is a ``date``, a ``decimal``, a ``fraction`` or a ``proportion``.
    """

    name: str
    value: Any
    types: dict[str, str]

    @classmethod
    def of(cls, figure: PlanFigure) -> PlainPlanFigure:
        """The figure, to be written."""
        return cls(figure.name, figure.value, types_of({"value": figure.value}))

    def restored(self) -> PlanFigure:
        """The figure that was written.

        Raises
        ------
        InvalidValueError
            A type that is none.
        """
        return PlanFigure(self.name, with_types({"value": self.value}, self.types)["value"])
