"""Texts that are for readers alone: any text, or none, and never something else."""

from __future__ import annotations

from collections.abc import Iterable

from delinquency.errors import InvalidTypeError
from delinquency.identifiers import check_id

__all__ = ["check_texts"]


def check_texts(record: object, fields: Iterable[str], where: str) -> None:
    """Refuse a field that is no text; an empty one says nothing, and may.

    Raises
    ------
    InvalidTypeError
        Not a ``str``.
    InvalidValueError
        A text that UTF-8 cannot write.
    """
    for field in fields:
        value = getattr(record, field)
        if not isinstance(value, str):
            raise InvalidTypeError.at(f"{where}, {field}", expected="a text", found=value)
        if value:
            check_id(value, where=f"{where}, {field}")
