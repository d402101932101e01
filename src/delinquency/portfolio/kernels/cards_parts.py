"""Parts of the kernel of cards: compiled once, and called.

The one idea: a replay of cards is long, and a part that is laid into each of its callers is compiled once a
caller and a depth. A part that is given a few columns of whole numbers instead of a whole book is cheap to
call, and the compiler lays the small ones in by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from delinquency.portfolio.kernels.compiler import HAS_COMPILER

__all__ = ["called"]

F = TypeVar("F", bound=Callable[..., Any])


def called(function: F) -> F:
    """A part of a kernel, compiled for kernels alone: without a wrapper for the interpreter.

    It keeps no reference counts, as the kernels that call it. A kernel cached on disk does not notice a
    change in a part that stands in another file: after such a change, delete the cache.
    """
    if not HAS_COMPILER:
        return function
    import numba
    from numba.core.options import DefaultOptions

    wanted = {"_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    options = {name: on for name, on in wanted.items() if hasattr(DefaultOptions, name)}
    return cast("F", numba.njit(nogil=True, **options)(function))
