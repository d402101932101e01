"""Parts of the kernel of cards: compiled once, and called.

The one idea: a replay of cards is long, and a part that is laid into each of its callers is compiled once a
caller and a depth. A part that is given a few columns of whole numbers instead of a whole book is cheap to
call, and the compiler lays the small ones in by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from delinquency.portfolio.kernels.compiler import HAS_COMPILER

__all__ = ["called", "laid_in"]

F = TypeVar("F", bound=Callable[..., Any])


def _options() -> dict[str, Any]:
    """Without reference counts, and without wrappers for the interpreter, where the compiler can.

    No divisor of a card is ever 0, so a division need not look for one.
    """
    from numba.core.options import DefaultOptions

    wanted = {"_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    options: dict[str, Any] = {
        name: on for name, on in wanted.items() if hasattr(DefaultOptions, name)
    }
    return {"nogil": True, "error_model": "numpy", **options}


def called(function: F) -> F:
    """A part of a kernel that is called: for what is done once a day, or less often.

    A kernel cached on disk does not notice a change in a part that stands in another file: after such a
    change, delete the cache.
    """
    if not HAS_COMPILER:
        return function
    import numba

    return cast("F", numba.njit(**_options())(function))


def laid_in(function: F) -> F:
    """A part of a kernel, laid into its callers: for what is done once a transaction.

    A column is passed by its seven words, which takes longer than what is done with it.
    """
    if not HAS_COMPILER:
        return function
    import numba

    return cast("F", numba.njit(forceinline=True, **_options())(function))
