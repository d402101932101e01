"""Which plans keep to every limit, and which of them no other one betters.

The one idea: a plan is bettered by one that is no worse in loss, balloon, greatest payment and the day of its
last, and better in one of them; of plans alike in all four the one with fewer measures stands.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from delinquency.portfolio.kernels.compiler import uncompiled
from delinquency.portfolio.kernels.plan_choice import keep_unbettered
from delinquency.portfolio.kernels.plan_layout import DEFERRED, MOVED, TOLD, PlanAnswers
from delinquency.portfolio.run import Engine, is_interpreted
from delinquency.proposals.limit import Limit

__all__ = ["Held", "binding_limits", "held_against", "undominated"]

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


class Held(NamedTuple):
    """How far every plan is above a limit; 0 or less where it keeps to it."""

    limit: Limit
    over: npt.NDArray[np.int64]


def held_against(
    out: PlanAnswers,
    *,
    last_due_day: int | None,
    most_instalments: int | None,
    most_loss: int | None,
) -> list[Held]:
    """Every limit with how far plans are above it: [minor units], [days], [instalments], [10**-9]."""
    found = [
        Held(Limit.AFFORDABILITY, out.excess),
        Held(Limit.ARREARS, out.arrears_after.sum(axis=1)),
    ]
    if last_due_day is not None:
        found.append(Held(Limit.LAST_DUE_ON, out.last_due - last_due_day))
    if most_instalments is not None:
        found.append(Held(Limit.MOST_INSTALMENTS, out.payments - most_instalments))
    if most_loss is not None:
        found.append(Held(Limit.MOST_LOSS, out.diminished - most_loss))
    return found


def undominated(out: PlanAnswers, places: Places, *, engine: Engine) -> Places:
    """The places of plans that no other one of the given betters.

    They stand in order of loss, balloon, greatest payment and last day; of plans alike the first of the given
    stands. A loss of at most a minor unit a payment is rounding, and counts as none.
    """
    loss = np.where(out.loss[places] <= out.payments[places], 0, out.loss[places])
    columns = (
        loss,
        out.moved[places, DEFERRED - MOVED],
        out.greatest[places],
        out.last_due[places],
    )
    order = np.lexsort(tuple(reversed(columns)))
    keys = np.stack([column[order] for column in columns], axis=1)
    kept: Any = np.zeros(len(places), dtype=np.int64)
    if is_interpreted(engine):
        count = uncompiled(keep_unbettered)(keys.tolist(), kept)
    else:
        count = keep_unbettered(keys, kept)
    found: Places = places[order[kept[:count]]]
    return found


def binding_limits(out: PlanAnswers, held: list[Held]) -> list[tuple[Limit, int, int]]:
    """Limits without which some plan would fit: each with how many, and with the least by which one is over.

    Where no single limit stands in the way, the limits that most plans break, with the least by which any
    plan does.
    """
    told = out.state == TOLD
    broken: Any = np.stack([each.over > 0 for each in held])
    alone = broken.sum(axis=0) == 1
    found: list[tuple[Limit, int, int]] = []
    for row, (limit, over) in zip(broken, held, strict=True):
        only = told & alone & row
        if only.any():
            found.append((limit, int(only.sum()), int(over[only].min())))
    if found or not told.any():
        return found
    counts = [int((told & row).sum()) for row in broken]
    return [
        (each.limit, count, int(each.over[told & row].min()))
        for each, row, count in zip(held, broken, counts, strict=True)
        if count == max(counts)
    ]
