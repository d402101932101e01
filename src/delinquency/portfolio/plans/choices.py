"""The plans of a book, and which account has which: what is taken for them."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.portfolio.chosen_rows import as_column
from delinquency.portfolio.columns import Minor
from delinquency.restructuring import RestructuringPlan

__all__ = ["checked_choices", "checked_plans"]

_WHERE = "portfolio.restructure"


def checked_plans(plans: object) -> tuple[RestructuringPlan, ...]:
    """Plans from the start of one day, as a tuple.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Not plans; none; several days.
    """
    if isinstance(plans, RestructuringPlan):
        return (plans,)
    if isinstance(plans, Sequence) and not len(plans):
        raise InvalidValueError.at(f"{_WHERE}, plans", expected="at least one plan", found="none")
    given: tuple[object, ...] = tuple(plans) if isinstance(plans, Sequence) else ()
    found = tuple(plan for plan in given if isinstance(plan, RestructuringPlan))
    if not found or len(found) < len(given):
        raise InvalidTypeError.at(
            f"{_WHERE}, plans", expected="a RestructuringPlan, or a sequence of them", found=plans
        )
    days = {plan.effective_on for plan in found}
    if len(days) > 1:
        raise InvalidValueError.at(
            f"{_WHERE}, plans",
            expected="plans from the start of one day",
            found=", ".join(str(day) for day in sorted(days)),
            hint="Ask for the accounts of each day by themselves.",
        )
    return found


def checked_choices(chosen: Any, plans: int, size: int) -> Minor:
    """For each account the place of its plan, -1 for none.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Not whole numbers, one for each account; no place of a plan; nothing where there are several plans.
    """
    if chosen is None:
        if plans > 1:
            raise InvalidValueError.at(
                f"{_WHERE}, chosen",
                expected=f"which of the {plans} plans each account has",
                found="nothing",
            )
        return np.zeros(size, dtype=np.int64)
    given = as_column(chosen)
    if given.dtype.kind not in "bi" or given.ndim != 1:
        raise InvalidTypeError.at(
            f"{_WHERE}, chosen", expected="whole numbers or True and False", found=chosen
        )
    if len(given) != size:
        raise InvalidValueError.at(
            f"{_WHERE}, chosen", expected=f"one for each of {size} accounts", found=str(len(given))
        )
    if given.dtype.kind == "b":
        if plans > 1:
            raise InvalidTypeError.at(
                f"{_WHERE}, chosen",
                expected=f"for each account the place of one of {plans} plans, or -1 for none",
                found=chosen,
                hint="True and False choose where there is one plan: np.where(late, 0, -1) gives the first "
                "plan to those that are late.",
            )
        return np.where(given, 0, -1).astype(np.int64)
    wrong = np.flatnonzero((given < -1) | (given >= plans))
    if len(wrong):
        raise InvalidValueError.at(
            f"{_WHERE}, chosen, account {int(wrong[0]) + 1}",
            expected=f"from -1 to {plans - 1}",
            found=str(int(given[wrong[0]])),
        )
    return given.astype(np.int64)
