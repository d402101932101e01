"""Tables in files: CSV with every amount as text, so that nothing is rounded on the way; Parquet as is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from delinquency.errors import InvalidValueError, MissingExtraError

__all__ = ["read_table", "write_table"]

_SUFFIXES = ".csv or .parquet"


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
    suffix = path.suffix.lower()
    arrow = _arrow("pyarrow")
    try:
        if suffix == ".parquet":
            return _arrow("pyarrow.parquet").read_table(path)
        if suffix == ".csv":
            return _read_csv(path, arrow)
    except arrow.ArrowInvalid as error:
        raise InvalidValueError.at(str(path), expected="a table", found=str(error)) from None
    raise InvalidValueError.at(str(path), expected=f"a file ending in {_SUFFIXES}", found=suffix)


def _read_csv(path: Path, arrow: Any) -> Any:
    csv = _arrow("pyarrow.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = [name.strip().strip('"') for name in file.readline().strip().split(",")]
    return csv.read_csv(
        path,
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, arrow.string()),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )


def write_table(table: Any, path: Path) -> None:
    """Write a pyarrow table as CSV or Parquet.

    Raises
    ------
    InvalidValueError
        Another kind of file.
    OSError
        A file that cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        _arrow("pyarrow.parquet").write_table(table, path)
    elif suffix == ".csv":
        _arrow("pyarrow.csv").write_csv(table, path)
    else:
        raise InvalidValueError.at(
            str(path), expected=f"a file ending in {_SUFFIXES}", found=suffix
        )
