"""Which account each row of a table belongs to.

The one idea: rows of an account usually stand together, so ids are compared with their neighbours
first, in whole columns, and only the first of each run is looked up. Tables in the order of the accounts
come out as offsets without a look at the other rows; tables in any order come out right.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.frames.arrow import arrow, compute, is_text, texts
from delinquency.frames.findings import Place
from delinquency.frames.sources import SourceColumn
from delinquency.frames.text_columns import read_texts

__all__ = ["UNKNOWN", "Runs", "match_accounts", "read_account_ids"]

Rows = npt.NDArray[np.int64]
UNKNOWN = -1
"""The account of a row that belongs to none."""


@attrs.frozen(slots=True, eq=False)
class Runs:
    """Neighbouring rows of one account.

    Attributes
    ----------
    starts : int64 array
        The first row of each run.
    accounts : int64 array
        The account of each run; -1 for none.
    rows : int
        How many rows there are in all.
    """

    starts: Rows
    accounts: Rows
    rows: int

    @property
    def lengths(self) -> Rows:
        """How many rows each run has."""
        return np.diff(self.starts, append=self.rows)

    @property
    def is_in_order(self) -> bool:
        """Whether each account has one run at most, and runs are in the order of the accounts."""
        accounts = self.accounts
        return not len(accounts) or bool(accounts[0] >= 0 and (np.diff(accounts) > 0).all())

    def of_rows(self) -> Rows:
        """The account of each row."""
        return np.repeat(self.accounts, self.lengths)


def read_account_ids(column: SourceColumn, place: Place) -> Any:
    """The ids of the accounts as one Arrow array of large strings; each once and none empty."""
    ids = read_texts(column, place, may_be_empty=False)
    lengths = compute().binary_length(ids).to_numpy()
    place.rows(lengths == 0, "empty_id", "an id that is not empty")
    codes = ids.dictionary_encode().indices.to_numpy()
    counts = np.bincount(codes) if len(codes) else np.zeros(0, dtype=np.int64)
    if len(counts) < len(codes):
        place.rows(
            counts[codes] > 1,
            "duplicate_account",
            "each account_id once",
            "Which of the rows is right cannot be known.",
        )
    return ids


def match_accounts(column: SourceColumn, place: Place, ids: Any) -> Runs:
    """The runs of a table; rows without an id, or with one that no account has, are told."""
    content = column.content
    if isinstance(content, list):
        content = arrow().chunked_array([read_texts(column, place, may_be_empty=False)])
    kind = content.type
    pa = arrow()
    if not (is_text(kind) or pa.types.is_integer(kind) or pa.types.is_null(kind)):
        place.refuse("text, or whole numbers", column.kind)
    starts, names = _runs(content)
    pc = compute()
    missing = np.asarray(names.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    found = pc.index_in(names, value_set=ids).fill_null(UNKNOWN).to_numpy()
    accounts = found.astype(np.int64)
    accounts[missing] = UNKNOWN
    runs = _merged(starts, accounts, len(content))
    if (accounts == UNKNOWN).any():
        gone = np.repeat(missing, np.diff(starts, append=len(content)))
        place.rows(gone, "missing", "the id of an account")
        unknown = (np.repeat(accounts, np.diff(starts, append=len(content))) == UNKNOWN) & ~gone
        place.rows(unknown, "unknown_account", "the id of an account of the table accounts")
    return runs


def _runs(content: Any) -> tuple[Rows, Any]:
    """The first row of each run, and the id there; a chunk begins a run of its own."""
    pa, pc = arrow(), compute()
    starts: list[Rows] = []
    names: list[Any] = []
    offset = 0
    for chunk in content.chunks:
        if not len(chunk):
            continue
        compared = chunk.indices if pa.types.is_dictionary(chunk.type) else chunk
        if pa.types.is_null(chunk.type):
            chunk = compared = chunk.cast(pa.large_string())  # noqa: PLW2901
        changes = pc.not_equal(compared.slice(1), compared.slice(0, len(chunk) - 1))
        flags = np.asarray(changes.fill_null(True).to_numpy(zero_copy_only=False), dtype=np.bool_)  # noqa: FBT003
        first = np.concatenate([np.zeros(1, dtype=np.int64), np.flatnonzero(flags) + 1])
        names.append(texts(chunk.take(first)))
        starts.append(first + offset)
        offset += len(chunk)
    if not starts:
        return np.zeros(0, dtype=np.int64), pa.array([], type=pa.large_string())
    return np.concatenate(starts), pa.concat_arrays(names)


def _merged(starts: Rows, accounts: Rows, rows: int) -> Runs:
    """Runs of one account that meet, at the border of two chunks, as one."""
    if len(accounts) < 2:
        return Runs(starts, accounts, rows)
    keeps = np.concatenate([[True], accounts[1:] != accounts[:-1]])
    return Runs(starts[keeps], accounts[keeps], rows)
