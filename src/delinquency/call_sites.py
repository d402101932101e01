"""The line that a warning points at: the caller's, not one of this package.

The one idea: how deep a verb calls is nobody's business, so the frames of the package are walked
through until one of somebody else is found.
"""

from __future__ import annotations

import inspect

__all__ = ["callers_level"]

_PACKAGE = __name__.partition(".")[0]


def callers_level() -> int:
    """The ``stacklevel`` for ``warnings.warn``, called beside it, that points at the caller's line.

    Examples
    --------
    >>> callers_level() >= 1
    True
    """
    here = inspect.currentframe()
    frame = None if here is None else here.f_back
    level = 1
    while frame is not None and _is_ours(frame.f_globals.get("__name__", "")):
        frame = frame.f_back
        level += 1
    return level


def _is_ours(module: str) -> bool:
    return module == _PACKAGE or module.startswith(f"{_PACKAGE}.")
