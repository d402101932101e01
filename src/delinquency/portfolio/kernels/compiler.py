"""Compiling kernels where numba is installed, and doing without where it is not."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any, TypeVar, cast

import numpy as np

from delinquency.errors import DelinquencyWarning

__all__ = [
    "FIRST",
    "HAS_COMPILER",
    "NEXT",
    "UncachedKernelWarning",
    "called",
    "called_with",
    "compiled",
    "inlined",
    "inlined_with",
    "place",
    "uncompiled",
]

_compiler: Any
try:
    import numba as _compiler
except ImportError:
    _compiler = None

HAS_COMPILER = _compiler is not None
"""Whether kernels are compiled in this process."""

FIRST: Any = np.uint64(0)
NEXT: Any = np.uint64(1)
"""A place that only moves forward through a column has no sign: no read asks if it counts from the end."""

F = TypeVar("F", bound=Callable[..., Any])


class UncachedKernelWarning(DelinquencyWarning):
    """No folder for compiled kernels can be written: each process compiles them anew."""


_warned: list[bool] = []


def _without_counting() -> dict[str, bool]:
    """The option that keeps no reference counts, where the compiler has it.

    Kernels fill columns that they are given and own no memory, so nothing needs to be counted; with
    counts, each look at a column of a book is two locked instructions, and a ledger takes ten times
    as long. The option is not in the compiler's manual.
    """
    try:
        from numba.core.options import DefaultOptions
    except ImportError:
        return {}
    return {"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {}


def _without_wrappers() -> dict[str, bool]:
    """The options that make a part callable by kernels alone, where the compiler has them.

    A wrapper for the interpreter takes every column of a book apart; nobody calls a part by it, and
    compiling one takes longer than compiling the part.
    """
    try:
        from numba.core.options import DefaultOptions
    except ImportError:
        return {}
    names = ("no_cpython_wrapper", "no_cfunc_wrapper")
    return {name: True for name in names if hasattr(DefaultOptions, name)}


def _jitted(function: F, **options: bool | str) -> F:
    kernel = _compiler.njit(nogil=True, **_without_counting(), **options)(function)
    return cast("F", _whatever_is_written(kernel))


def _whatever_is_written(kernel: Any) -> Any:
    """The kernel, compiled for a number that a caller writes out as for any other of its type.

    The compiler would compile it once more for each number that a call of it names. Where it is turned off,
    a kernel is the function itself.
    """
    asked = getattr(kernel, "get_call_template", None)
    if asked is None:
        return kernel

    def get_call_template(given: Any, named: Any) -> Any:
        known = _compiler.types.unliteral
        return asked(
            tuple(known(each) for each in given),
            {name: known(each) for name, each in named.items()},
        )

    kernel.get_call_template = get_call_template
    return kernel


def inlined(function: F) -> F:
    """A part of a kernel, laid into its callers.

    A kernel cached on disk does not notice a change in a part that stands in another file: after
    such a change, delete the cache.

    A call would pass every array of the book by its seven words; a kernel of a few hundred cycles an
    account cannot afford that.
    """
    if not HAS_COMPILER:
        return function
    return _jitted(function, forceinline=True, **_without_wrappers())


def inlined_with(function: F, *parts: Callable[..., Any]) -> F:
    """A formula laid into its callers, and with it the formulas that it calls itself.

    A formula stands among those of one account, where nothing is compiled. A part that was laid out before,
    with parts of its own, stays as it is.
    """
    return inlined(_with_parts(function, parts)) if HAS_COMPILER else function


def called_with(function: F, *parts: Callable[..., Any]) -> F:
    """As :func:`inlined_with`, of a formula that is called."""
    return called(_with_parts(function, parts)) if HAS_COMPILER else function


def _with_parts(function: F, parts: tuple[Callable[..., Any], ...]) -> F:
    written = cast("FunctionType", function)
    known = {part.__name__: part if hasattr(part, "py_func") else inlined(part) for part in parts}
    copied = FunctionType(written.__code__, {**written.__globals__, **known}, written.__name__)
    return cast("F", copied)


def called(function: F) -> F:
    """A part of a kernel that is called: for what is done once a day of an account, or less often.

    It is compiled once, however many call it: that it is not laid in is said, because a part that is first
    called by one that is laid into its callers would be laid in as well. What it divides by is never 0, so
    that a division need not look. A change in it is noticed as little as one in a part that is laid in.
    """
    if not HAS_COMPILER:
        return function
    return _jitted(function, forceinline=False, error_model="numpy", **_without_wrappers())


def compiled(function: F) -> F:
    """The function compiled to release the interpreter lock, cached on disk where that works."""
    if not HAS_COMPILER:
        return function
    try:
        return _jitted(function, cache=True)
    except RuntimeError:
        if not _warned:
            _warned.append(True)
            warnings.warn(
                "no cache folder for compiled kernels can be written; "
                "set NUMBA_CACHE_DIR to one, or every process compiles anew",
                UncachedKernelWarning,
                stacklevel=2,
            )
        return _jitted(function)


@inlined
def place(number: int) -> int:
    """A place in a column, which is never below 0: said, so that no read asks if it counts from the end."""
    return max(number, 0)


@cache
def uncompiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """The function as it was written, and every part that it calls as well."""
    written: Any = getattr(kernel, "py_func", kernel)
    parts = {
        name: uncompiled(written.__globals__[name])
        for name in written.__code__.co_names
        if hasattr(written.__globals__.get(name), "py_func")
    }
    return FunctionType(written.__code__, {**written.__globals__, **parts}, written.__name__)
