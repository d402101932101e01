"""A table of any library as Arrow columns, without a copy where its memory already is Arrow.

The one idea: a source is opened column by column. A column that Arrow cannot type, such as a pandas
object column of mixed values, stays a list of Python objects, and its bad cells become bad rows
instead of one error about the whole table.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.errors import InvalidTypeError, MissingExtraError, PortfolioError
from delinquency.frames.arrow import arrow, is_text, texts
from delinquency.frames.column_names import check_names, refuse_column
from delinquency.frames.object_cells import cells_or_column, shown
from delinquency.frames.table_columns import Table

__all__ = ["SourceColumn", "SourceTable", "open_table"]

Rows = npt.NDArray[np.int64]


@attrs.frozen(slots=True, eq=False)
class SourceColumn:
    """One column as it came.

    Attributes
    ----------
    content : pyarrow.ChunkedArray or list
        A list where Arrow knows no one type for the cells.
    kind : str
        The type in the words of its library.
    copies : int
        How often its cells were copied on the way here.
    """

    content: Any
    kind: str
    copies: int

    def take(self, rows: Rows) -> SourceColumn:
        """The cells of the given rows."""
        content = self.content
        taken = [content[row] for row in rows] if _is_list(content) else content.take(rows)
        return SourceColumn(taken, self.kind, self.copies + 1)

    def found(self, rows: Rows) -> list[str | None]:
        """The cells of the given rows as an error shows them."""
        cells = self.take(rows).content
        return [shown(cell) for cell in _values(cells)]

    def found_texts(self, rows: Rows) -> Any:
        """The cells of the given rows as an Arrow column of texts."""
        pa = arrow()
        content = self.take(rows).content
        if not _is_list(content) and (is_text(content.type) or pa.types.is_integer(content.type)):
            return pa.chunked_array(
                [texts(chunk) for chunk in content.chunks], type=pa.large_string()
            )
        cells = [shown(cell) for cell in _values(content)]
        return pa.chunked_array([pa.array(cells, type=pa.large_string())])


@attrs.frozen(slots=True, eq=False)
class SourceTable:
    """The known columns of one table.

    Attributes
    ----------
    table : Table
    rows : int
        How many.
    columns : mapping of str to SourceColumn
    numbers : int64 array or None
        The row numbers in the table as given, where this is a part of it.
    """

    table: Table
    rows: int
    columns: Mapping[str, SourceColumn]
    numbers: Rows | None = None

    def take(self, rows: Rows) -> SourceTable:
        """The given rows, which keep their numbers."""
        columns = {name: column.take(rows) for name, column in self.columns.items()}
        return SourceTable(self.table, len(rows), columns, self.numbered(rows))

    def numbered(self, rows: Rows) -> Rows:
        """Row numbers here as row numbers in the table as given."""
        return rows if self.numbers is None else self.numbers[rows]


def open_table(source: object, table: Table, *, ignore_extra: bool) -> SourceTable:
    """The known columns of a table of any library.

    Raises
    ------
    InvalidTypeError
        Nothing that gives Arrow columns.
    PortfolioError
        A column that is missing, unknown, there twice, or of another length.
    """
    names, rows, column = _opened(source, table.name)
    check_names(names, table, ignore_extra=ignore_extra)
    wanted = [known.name for known in table.columns if known.name in names]
    columns = {name: column(name) for name in wanted}
    return SourceTable(table, rows, columns)


def _opened(source: Any, name: str) -> tuple[list[str], int, Callable[[str], SourceColumn]]:
    """The names of the columns, the number of rows, and a function from name to column."""
    pa = arrow()
    if isinstance(source, type):
        raise _no_frame(source, name)
    if _is_of_pandas(source) and hasattr(source, "columns"):
        return list(source.columns), len(source), partial(_column_of, _pandas_column, source)
    if isinstance(source, Mapping):
        return _mapped(source, name)
    if not isinstance(source, pa.RecordBatchReader) and not hasattr(source, "__arrow_c_stream__"):
        return _opened(_collected(source, name), name)
    try:
        # A table goes as it is: by way of a stream, its slices would not keep their buffers.
        is_table = isinstance(source, pa.Table)
        content = source if is_table else _computed(lambda: pa.table(source), name)
    except pa.ArrowException as error:
        # A type that Arrow has not: of the column that holds it, then, not of the whole table.
        if not _is_by_column(source):
            raise _no_frame(source, name, error) from error
        return list(source.columns), len(source), partial(_column_of, _series_column, source)
    return (
        list(content.column_names),
        content.num_rows,
        partial(_column_of, _arrow_column, content),
    )


def _computed(compute: Callable[[], Any], name: str) -> Any:
    """What a frame gives once it is computed; the error of its library is kept as the cause."""
    pa = arrow()
    try:
        return compute()
    except pa.ArrowException:
        raise
    except Exception as error:
        said = str(error).partition("\n")[0]
        raise PortfolioError.in_rows(
            name,
            (),
            reason="not_computed",
            expected="a frame that can be computed",
            found=f"{type(error).__name__}: {said}",
            hint="Collect it yourself to see where it fails.",
        ) from error


def _no_frame(source: object, name: str, error: object = "") -> InvalidTypeError:
    found = source if isinstance(source, type) else type(source).__name__
    return InvalidTypeError.at(
        name,
        expected="a data frame of pandas, polars, pyarrow or duckdb, a mapping from name to column, "
        "or anything with __arrow_c_stream__",
        found=f"{found}: {error}" if error else found,
    )


def _is_of_pandas(source: object) -> bool:
    return type(source).__module__.partition(".")[0] == "pandas"


def _is_by_column(source: object) -> bool:
    return all(hasattr(source, word) for word in ("columns", "__getitem__", "__len__"))


def _mapped(
    source: Mapping[Any, Any], name: str
) -> tuple[list[str], int, Callable[[str], SourceColumn]]:
    cells = {str(key): _mapped_column(value, f"{name}.{key}") for key, value in source.items()}
    lengths = {len(column.content) for column in cells.values()}
    if len(lengths) > 1:
        refuse_column(name, "wrong_length", "columns of one length", f"{sorted(lengths)}")
    return list(cells), max(lengths, default=0), cells.__getitem__


def _column_of(convert: Callable[[Any], SourceColumn], frame: Any, name: str) -> SourceColumn:
    return convert(frame[name])


def _arrow_column(content: Any) -> SourceColumn:
    pa = arrow()
    kind = content.type
    values = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not pa.types.is_string_view(values):
        return SourceColumn(content, str(kind), 0)
    # Arrow cannot yet take rows of string views, which is how polars hands texts over.
    chunks = [texts(chunk) for chunk in content.chunks]
    return SourceColumn(pa.chunked_array(chunks, type=pa.large_string()), str(kind), 1)


def _collected(source: Any, name: str) -> Any:
    """A lazy or foreign frame, by way of narwhals."""
    try:
        import narwhals
    except ImportError:
        raise MissingExtraError.for_extra(
            "frames", module="narwhals", purpose=f"{name}, a {type(source).__name__}"
        ) from None
    try:
        frame: Any = narwhals.from_native(source)
    except TypeError:
        raise _no_frame(source, name) from None
    collected = _computed(lambda: frame.lazy().collect(), name)
    native = collected.to_native()
    is_known = _is_of_pandas(native) or hasattr(native, "__arrow_c_stream__")
    return native if is_known else collected.to_arrow()


def _pandas_column(series: Any) -> SourceColumn:
    pa = arrow()
    kind = str(series.dtype)
    if kind == "object":
        return _object_column(series, kind)
    try:
        content = pa.Array.from_pandas(series)
    except (pa.ArrowException, OverflowError):
        return _object_column(series, kind)
    if isinstance(content, pa.ChunkedArray):
        return attrs.evolve(_arrow_column(content), kind=kind)
    return SourceColumn(pa.chunked_array([content]), kind, _copies(series, content))


def _object_column(cells: Iterable[Any], kind: str = "") -> SourceColumn:
    """A column of Python objects, of the type that Arrow gives it unless its kind is known."""
    pa = arrow()
    content = cells_or_column(cells)
    if _is_list(content):
        return SourceColumn(content, kind or type(cells).__name__, 1)
    return SourceColumn(pa.chunked_array([content]), kind or str(content.type), 1)


def _copies(series: Any, content: Any) -> int:
    """Whether Arrow took the memory of a numpy column as it is."""
    values: Any = getattr(series, "values", None)
    buffer = content.buffers()[-1]
    if not isinstance(values, np.ndarray) or buffer is None:
        return 1
    address = int(values.__array_interface__["data"][0])
    return int(buffer.address + content.offset * values.itemsize != address)


def _mapped_column(value: Any, place: str) -> SourceColumn:
    pa = arrow()
    if isinstance(value, pa.ChunkedArray):
        return _arrow_column(value)
    if isinstance(value, pa.Array):
        return _arrow_column(pa.chunked_array([value]))
    if _is_of_pandas(value) and hasattr(value, "dtype"):
        return _pandas_column(value)
    if isinstance(value, (str, bytes, Mapping, AbstractSet)) or not isinstance(value, Iterable):
        hint = "Leave a column out where there is none." if value is None else ""
        refuse_column(place, "wrong_type", "a column of cells", _kind(value), hint)
    if isinstance(value, np.ndarray) and value.dtype != np.object_ and value.ndim == 1:
        try:
            return _arrow_column(pa.chunked_array([pa.array(value, from_pandas=True)]))
        except (pa.ArrowException, OverflowError):
            return _object_column(value)
    return _series_column(value)


def _series_column(series: Any) -> SourceColumn:
    """A column that may know how to become one of Arrow; else its cells, as Python objects."""
    pa = arrow()
    if not hasattr(series, "__arrow_c_stream__"):
        return _object_column(series)
    try:
        return _arrow_column(pa.chunked_array(series))
    except pa.ArrowException:
        return _object_column(series, str(getattr(series, "dtype", "")))


def _kind(value: object) -> str:
    return "None" if value is None else type(value).__name__


def _is_list(content: Any) -> bool:
    return isinstance(content, list)


def _values(cells: Any) -> list[Any]:
    if _is_list(cells):
        return list(cells)
    try:
        return list(cells.to_pylist())
    except (OverflowError, ValueError):
        # A day or an instant that Python has no object for: its number, then.
        return [getattr(cell, "value", cell) for cell in cells]
