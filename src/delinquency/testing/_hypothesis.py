"""The one place where the extra ``testing`` is looked for."""

from __future__ import annotations

from delinquency.errors import MissingExtraError

try:
    import hypothesis
    from hypothesis import strategies as st
except ImportError as error:
    raise MissingExtraError.for_extra(
        "testing", module="hypothesis", purpose="delinquency.testing"
    ) from error

__all__ = ["hypothesis", "st"]
