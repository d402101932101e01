"""Arrays of answers and books that nobody can write to, also after a copy or a pickle.

The one idea: what was checked once stays as it was checked. Arrays are marked read-only; one that looks
into memory which somebody else may still write to is copied first.
"""

# An array that is recognised at run time has an unknown type of its elements.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

__all__ = ["freeze", "frozen_array", "read_only", "restore", "state_of"]


def freeze(record: Any) -> None:
    """Mark every array of a record, and of the records in it, as read-only."""
    for name in _names(record):
        value: Any = getattr(record, name, None)
        if isinstance(value, np.ndarray):
            kept = frozen_array(value)
            if kept is not value:
                object.__setattr__(record, name, kept)
        elif _holds_arrays(value):
            freeze(value)


def frozen_array(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The array, or a copy where somebody else may write to its memory, marked as read-only."""
    kept = array.copy() if _is_written_elsewhere(array) else array
    kept.flags.writeable = False
    return kept


def read_only(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The column as loops are given it, whoever made it.

    A loop is compiled once more for a column that may be written to.
    """
    view = column.view()
    view.flags.writeable = False
    return view


def _is_written_elsewhere(array: npt.NDArray[Any]) -> bool:
    base: object = array.base
    while isinstance(base, np.ndarray):
        if base.flags.writeable:
            return True
        base = base.base
    return False


def _holds_arrays(value: object) -> bool:
    kind: type[Any] = type(value)
    return attrs.has(kind) and kind.__module__.startswith("delinquency.portfolio")


def _names(record: Any) -> list[str]:
    kind: type[Any] = type(record)
    return [field.name for field in attrs.fields(kind)]


def state_of(record: Any) -> dict[str, Any]:
    """The fields of a record, to be pickled."""
    return {name: getattr(record, name) for name in _names(record)}


def restore(record: Any, state: dict[str, Any]) -> None:
    """Put the fields back, the arrays read-only as they were."""
    for name, value in state.items():
        object.__setattr__(record, name, value)
    freeze(record)
