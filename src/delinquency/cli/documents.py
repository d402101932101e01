"""Documents in JSON, each in a file: read, written, and told with the file where one is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from delinquency import serialization
from delinquency.errors import DelinquencyError
from delinquency.serialization.documents import content_of

__all__ = ["has_lines", "read_document", "read_documents", "write_document", "write_lines"]

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
    return _told(kind, path.read_bytes(), str(path), _as_it_is)


def has_lines(path: Path) -> bool:
    """Whether each line of a file is a document: its name ends in ``.jsonl``."""
    return path.suffix.lower() == ".jsonl"


def _as_it_is(content: Any) -> Any:
    return content


def read_documents(
    kind: type[T], path: Path, *, completed: Callable[[Any], Any] = _as_it_is
) -> Iterator[T]:
    """The document in a file; of one that ends in ``.jsonl``, one on each line that is not empty.

    ``completed`` adds to the content of each what is said elsewhere. Raises as :func:`read_document`; the
    line is told too.
    """
    if not has_lines(path):
        yield _told(kind, path.read_bytes(), str(path), completed)
        return
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip():
            yield _told(kind, line, f"{path}, line {number}", completed)


def _told(kind: type[T], content: bytes, where: str, completed: Callable[[Any], Any]) -> T:
    try:
        return serialization.from_dict(kind, completed(content_of(content)))
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


def write_lines(values: Iterable[object], path: Path) -> None:
    """Write the audit records of answers, one on each line.

    Raises
    ------
    OSError
        A file that cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(serialization.to_json(value) + "\n" for value in values)
