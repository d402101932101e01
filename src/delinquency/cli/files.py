"""Tables in files: CSV with every amount as text, so that nothing is rounded on the way; Parquet as is.

The one idea: a file is read as it was written or not at all. One that is not UTF-8, or whose quotes do
not pair on their line, could be read as something else without a word.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from delinquency.errors import InvalidValueError, MissingExtraError
from delinquency.text_encoding import check_utf8

__all__ = [
    "check_opens",
    "check_writable",
    "csv_bytes",
    "is_same",
    "lines_of_rows",
    "read_table",
    "write_table",
]

_SUFFIXES = (".csv", ".parquet")


def _arrow(module: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingExtraError.for_extra(
            "cli", module="pyarrow", purpose="reading and writing files"
        ) from None


def read_table(path: Path) -> Any:
    """The table of a file, as pyarrow; every CSV column is text, an empty field is none.

    Raises
    ------
    InvalidValueError
        Another kind of file, or one that is no table.
    OSError
        A file that cannot be read.
    """
    kind = _kind_of(path)
    path.stat()
    arrow = _arrow("pyarrow")
    try:
        if kind == ".parquet":
            return _arrow("pyarrow.parquet").read_table(path)
        return _read_csv(path)
    except (arrow.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.filename is not None:
            raise
        found = str(error).partition("\n")[0].rstrip(".")
        expected = f"a table in {kind.removeprefix('.')}"
        raise InvalidValueError.at(str(path), expected=expected, found=found) from None


def _kind_of(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise InvalidValueError.at(
            str(path),
            expected=f"a file ending in {' or '.join(_SUFFIXES)}",
            found=suffix or "another name",
        )
    return suffix


def _read_csv(path: Path) -> Any:
    arrow, reader = _arrow("pyarrow"), _arrow("pyarrow.csv")
    content = path.read_bytes()
    check_utf8(content, where=str(path), kind=InvalidValueError)
    if b"\0" in content:
        raise InvalidValueError.at(
            str(path), expected="text", found="a null byte", hint="Save the file as UTF-8."
        )
    if b'"' in content:
        _check_quotes(content, path)
    options = reader.ConvertOptions(
        column_types=dict.fromkeys(_header(content), arrow.string()),
        null_values=[""],
        strings_can_be_null=True,
    )
    return reader.read_csv(arrow.BufferReader(content), convert_options=options)


def _lines(content: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")


def _header(content: bytes) -> list[str]:
    """The names of the columns: the first line that is not empty."""
    for row in csv.reader(_lines(content)):
        if row:
            return row
    return []


def _check_quotes(content: bytes, path: Path) -> None:
    """Refuse a quote that nothing closes on its line: the lines below it would be lost in a field."""
    rows = csv.reader(_lines(content), strict=True)
    line = 1
    try:
        for _ in rows:
            if rows.line_num > line:
                break
            line += 1
        else:
            return
    except csv.Error:
        pass
    raise InvalidValueError.at(
        f"{path}, line {line}",
        expected="every quoted field to end on its line, with a comma or the end of the line after it",
        found="one that does not",
        hint='Close the quote. A quote within a field is written twice: "6"" pipe".',
    )


def check_writable(path: Path) -> None:
    """Find out before the work whether a table can be written to a file; leaves the file as it is.

    Raises
    ------
    InvalidValueError
        Another kind of file.
    OSError
        A file that cannot be written.
    """
    _kind_of(path)
    check_opens(path)


def check_opens(path: Path) -> None:
    """Find out before the work whether a file can be written; leaves it as it is.

    Raises
    ------
    OSError
        It cannot.
    """
    is_new = not path.exists()
    path.open("ab").close()
    if is_new:
        path.unlink()


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one file, if there is one yet."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def write_table(table: Any, path: Path) -> None:
    """Write a pyarrow table as CSV or Parquet.

    Raises
    ------
    InvalidValueError
        Another kind of file.
    OSError
        A file that cannot be written.
    """
    kind = _kind_of(path)
    with path.open("wb") as sink:
        if kind == ".parquet":
            _arrow("pyarrow.parquet").write_table(table, sink)
        else:
            sink.write(csv_bytes(table))


def csv_bytes(table: Any) -> bytes:
    """A pyarrow table as the content of a CSV file."""
    sink = _arrow("pyarrow").BufferOutputStream()
    _arrow("pyarrow.csv").write_csv(table, sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def lines_of_rows(path: Path) -> list[int] | None:
    """The line of each row of a CSV file that was read; none for another kind.

    A row stands on one line, because a quote ends on its line; empty lines are no rows.
    """
    if _kind_of(path) != ".csv":
        return None
    lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    return [number for number, line in enumerate(lines, start=1) if line][1:]
