"""Compiling kernels where numba is installed, and doing without where it is not."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, TypeVar, cast

from delinquency.errors import DelinquencyWarning

__all__ = ["HAS_COMPILER", "UncachedKernelWarning", "compiled", "inlined"]

_compiler: Any
try:
    import numba as _compiler
except ImportError:
    _compiler = None

HAS_COMPILER = _compiler is not None
"""Whether kernels are compiled in this process."""

F = TypeVar("F", bound=Callable[..., Any])


class UncachedKernelWarning(DelinquencyWarning):
    """No folder for compiled kernels can be written: each process compiles them anew."""


_warned: list[bool] = []


def inlined(function: F) -> F:
    """A part of a kernel, laid into its callers.

    A kernel cached on disk does not notice a change in a part that stands in another file: after
    such a change, delete the cache.

    A call would pass every array of the book by its seven words; a kernel of a few hundred cycles an
    account cannot afford that.
    """
    if not HAS_COMPILER:
        return function
    return cast("F", _compiler.njit(nogil=True, forceinline=True)(function))


def compiled(function: F) -> F:
    """The function compiled to release the interpreter lock, cached on disk where that works."""
    if not HAS_COMPILER:
        return function
    try:
        return cast("F", _compiler.njit(nogil=True, cache=True)(function))
    except RuntimeError:
        if not _warned:
            _warned.append(True)
            warnings.warn(
                "no cache folder for compiled kernels can be written; "
                "set NUMBA_CACHE_DIR to one, or every process compiles anew",
                UncachedKernelWarning,
                stacklevel=2,
            )
        return cast("F", _compiler.njit(nogil=True)(function))
