"""Documents in JSON, each in a file: read, written, and told with the file where one is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from delinquency import serialization
from delinquency.errors import DelinquencyError

__all__ = ["read_document", "read_documents", "write_document"]

T = TypeVar("T")


def read_document(kind: type[T], path: Path) -> T:
    """The document in a file.

    Raises
    ------
    DelinquencyError
        A mistake in it, told with the file.
    OSError
        A file that cannot be read.
    """
    return _told(kind, path.read_bytes(), str(path))


def read_documents(kind: type[T], path: Path) -> Iterator[T]:
    """The document in a file; of one that ends in ``.jsonl``, one on each line that is not empty.

    Raises as :func:`read_document`; the line is told too.
    """
    if path.suffix.lower() != ".jsonl":
        yield read_document(kind, path)
        return
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip():
            yield _told(kind, line, f"{path}, line {number}")


def _told(kind: type[T], content: bytes, where: str) -> T:
    try:
        return serialization.from_json(kind, content)
    except DelinquencyError as error:
        raise error.within(where) from None


def write_document(value: object, path: Path) -> None:
    """Write an answer as its audit record.

    Raises
    ------
    OSError
        A file that cannot be written.
    """
    path.write_text(serialization.to_json(value, indent=2) + "\n", encoding="utf-8")
