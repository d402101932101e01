"""Arrow, brought in when a table is first read or written.

The one idea: every source becomes Arrow columns first, so that each type of column is handled in one
place; and a user without the extra is told its name.
"""

from __future__ import annotations

from typing import Any

from delinquency.errors import MissingExtraError

__all__ = ["arrow", "compute", "is_text", "texts"]

_PURPOSE = "delinquency.frames"


def arrow() -> Any:
    """The module ``pyarrow``.

    Raises
    ------
    MissingExtraError
        It is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError.for_extra("frames", module="pyarrow", purpose=_PURPOSE) from None
    return pa


def compute() -> Any:
    """The module ``pyarrow.compute``."""
    arrow()
    import pyarrow.compute as pc

    return pc


def is_text(kind: Any) -> bool:
    """Whether a type is text, in any of the layouts of Arrow, plain or dictionary-encoded."""
    types = arrow().types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def texts(chunk: Any) -> Any:
    """One array of texts, or of whole numbers, as large strings."""
    pa = arrow()
    if pa.types.is_dictionary(chunk.type):
        return texts(chunk.dictionary).take(chunk.indices)
    if pa.types.is_integer(chunk.type):
        chunk = chunk.cast(pa.string())
    return chunk.cast(pa.large_string())
