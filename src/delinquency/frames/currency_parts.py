"""The tables of several currencies, taken apart: one book holds one currency.

The one idea: the column of the accounts decides, and the rows of every other table follow their account.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from delinquency.currency import Currency
from delinquency.errors import CurrencyError
from delinquency.frames.findings import Findings, Place
from delinquency.frames.matching import UNKNOWN, match_accounts, read_account_ids
from delinquency.frames.sources import SourceTable
from delinquency.frames.text_columns import read_texts

__all__ = ["by_currency"]


def by_currency(
    sources: Mapping[str, SourceTable], findings: Findings
) -> dict[Currency, dict[str, SourceTable]]:
    """The rows of each currency as tables of their own; rows without one are in none."""
    accounts = sources["accounts"]
    column = accounts.columns.get("currency")
    place = Place(findings, accounts, "currency")
    if column is None:
        place.refuse('a column of currency codes, as currency="column" says', "no such column")
    ids = read_account_ids(accounts.columns["account_id"], Place(findings, accounts, "account_id"))
    encoded = read_texts(column, place, may_be_empty=False).dictionary_encode()
    known = [_known(code) for code in encoded.dictionary.to_pylist()]
    codes = encoded.indices.to_numpy().astype(np.int64)
    is_known = np.array([currency is not None for currency in known], dtype=np.bool_)
    place.rows(~is_known[codes], "unknown_currency", "a code of ISO 4217 with a minor unit")
    codes = np.where(findings.is_bad(accounts), UNKNOWN, codes)
    of_rows = {"accounts": codes}
    # A last entry, to which UNKNOWN leads.
    with_unknown = np.append(codes, UNKNOWN)
    for name, source in sources.items():
        if name != "accounts":
            place = Place(findings, source, "account_id")
            runs = match_accounts(source.columns["account_id"], place, ids)
            of_rows[name] = with_unknown[runs.of_rows()]
    return {
        currency: {name: _part(source, of_rows[name] == code) for name, source in sources.items()}
        for code, currency in enumerate(known)
        if currency is not None and (codes == code).any()
    }


def _part(source: SourceTable, flags: npt.NDArray[np.bool_]) -> SourceTable:
    return source if flags.all() else source.take(np.flatnonzero(flags))


def _known(code: str) -> Currency | None:
    try:
        return Currency.of(code)
    except CurrencyError:
        return None
