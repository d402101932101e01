"""Into a panel of observations: long frames, one row an account and period.

The one idea: what a frame does not say is not known. A cell that is empty, a row that is not there and an
account that begins later than others are unknown, never nought and never the value before.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.amounts import MAX_MINOR
from delinquency.calendar import to_date
from delinquency.currency import Currency
from delinquency.early_warning.catalogue import CATALOGUE, ObservationTerm
from delinquency.early_warning.units import Unit
from delinquency.errors import InvalidTypeError, PortfolioError
from delinquency.frames.amount_columns import Amounts, Floats, Units
from delinquency.frames.arrow import arrow
from delinquency.frames.day_columns import read_days
from delinquency.frames.findings import Findings, Place
from delinquency.frames.optional_amounts import read_optional_amounts
from delinquency.frames.reader import check_reading, currency_of
from delinquency.frames.sources import SourceColumn, open_table
from delinquency.frames.table_columns import Column, Holds, Table
from delinquency.frames.text_columns import read_texts, text_column
from delinquency.portfolio.warnings.conversion import narrowed
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import WIDE, unknown_of
from delinquency.portfolio.warnings.surface import declared_terms, whole_numbers
from delinquency.sequences import checked_tuple

__all__ = ["number_cells", "read_observations"]

_NAME = "observations"
UNKNOWN = unknown_of(WIDE)


def read_observations(
    observations: object,
    *,
    currency: Currency | str | None = None,
    own_terms: Iterable[ObservationTerm] = (),
    amounts: Amounts = "auto",
    floats: Floats = "refuse",
    nan_is_unknown: bool = False,
    ignore_extra: bool = False,
) -> ObservationPanel:
    """Read a panel of observations from a long frame: one row an account and period, in any order.

    The periods are all those that a row names; the rows of the panel are in the order in which accounts are
    first met. What is not said is unknown: an empty cell, and a period of which an account has no row. All
    accounts have the same ends of periods: two dates of one month that no account has both of are refused. A
    month that no row names is missing from the panel, and rules over months refuse it.

    Parameters
    ----------
    observations : frame
        Of pandas, polars, pyarrow or duckdb, anything with ``__arrow_c_stream__``, or a mapping from name to
        column: ``account_id``, ``period_end``, and a column for each observation. Days, months, times and
        points are whole numbers, flags ``bool``, 0 or 1; amounts are [currency units], as in
        :func:`~delinquency.frames.reader.read`; shares (1 is the whole) are decimals, whole numbers or
        floats, told to the millionth.
    currency : Currency or str, optional
        Of amounts; needed where there are some.
    own_terms : iterable of ObservationTerm, optional
        Observations beside those of the catalogue.
    amounts, floats
        What whole numbers and floats in columns of amounts mean, as for
        :func:`~delinquency.frames.reader.read`.
    nan_is_unknown : bool
        Whether NaN in a column of shares or numbers says that nobody knows; else it is refused. Of pandas it
        is an empty cell.
    ignore_extra : bool
        Whether columns of other names are passed over.

    Raises
    ------
    PortfolioError
        A column that is missing, unknown or of an unfit type; a row without an account or a date; two rows of
        one account and period; accounts at other dates of one month; a number out of range, not whole, or
        finer than the minor unit. It names the column, the rows and the reason.
    InvalidTypeError
        No data frame; no currency where there are amounts.
    CurrencyError
        No currency of ISO 4217.
    MissingExtraError
        pyarrow is not installed.

    Examples
    --------
    The first account has no row for February, and nobody knows the payment ratio of the second in January:

    >>> panel = read_observations({
    ...     "account_id": ["A-1", "A-2", "A-2"],
    ...     "period_end": ["2025-01-31", "2025-01-31", "2025-02-28"],
    ...     "days_past_due": [3, 0, 31],
    ...     "payment_ratio": [0.5, None, 1.0],
    ... })
    >>> panel.account(0).numbers["days_past_due"], panel.account(1).numbers["payment_ratio"]
    ((3, None), (None, 1000000))
    """
    check_reading(amounts=amounts, floats=floats)
    own = checked_tuple(own_terms, ObservationTerm, "frames.read_observations, own_terms")
    known = {**CATALOGUE, **{term.name: term for term in own}}
    source = open_table(observations, _table(known), ignore_extra=ignore_extra)
    findings = Findings({_NAME: source}, quarantines=False)
    ids = read_texts(
        source.columns["account_id"], Place(findings, source, "account_id"), may_be_empty=False
    )
    place = Place(findings, source, "period_end")
    days, _ = read_days(source.columns["period_end"], place, empty=None)
    if not source.rows:
        raise PortfolioError.in_rows(
            _NAME, (), reason="empty_panel", expected="at least one account", found="none"
        )
    encoded = ids.dictionary_encode()
    rows = encoded.indices.to_numpy().astype(np.int64)
    ends, periods = np.unique(days, return_inverse=True)
    _check_once(rows, periods, place)
    _check_shared(rows, periods, ends, place)
    names = [name for name in source.columns if name in known]
    terms = declared_terms(names, own, "frames.read_observations")
    money = None if currency is None else currency_of(currency)
    shape = (len(ends), len(encoded.dictionary))

    def laid_out(name: str) -> Any:
        column = np.full(shape, UNKNOWN, dtype=WIDE)
        column[periods, rows] = _numbers(
            Place(findings, source, name),
            source.columns[name],
            terms[name],
            None if money is None else Units(money, amounts, floats),
            nan_is_unknown=nan_is_unknown,
        )
        return narrowed(column)

    return ObservationPanel(
        text_column(encoded.dictionary),
        tuple(to_date(int(end)) for end in ends),
        money,
        terms,
        {name: laid_out(name) for name in names},
    )


def _table(known: Mapping[str, ObservationTerm]) -> Table:
    """What a frame may hold: every observation that is known, and none of them has to be there."""
    heads = (
        Column(name="account_id", holds=Holds.ID, is_required=True),
        Column(name="period_end", holds=Holds.DAY, is_required=True),
    )
    observed = (Column(name=name, holds=Holds.NUMBER, empty=UNKNOWN) for name in known)
    own = "An observation of your own is declared: own_terms=[ObservationTerm(name, unit)]."
    return Table(name=_NAME, columns=(*heads, *observed), own=own)


def _check_once(rows: npt.NDArray[np.int64], periods: npt.NDArray[np.int64], place: Place) -> None:
    keys = rows * (int(periods.max()) + 1) + periods
    _, of_rows, counts = np.unique(keys, return_inverse=True, return_counts=True)
    place.rows(
        counts[of_rows] > 1,
        "duplicate_period",
        "one row for each account and period",
        "Which of the rows is right cannot be known.",
    )


def _check_shared(
    rows: npt.NDArray[np.int64],
    periods: npt.NDArray[np.int64],
    ends: npt.NDArray[Any],
    place: Place,
) -> None:
    """Refuse two dates of one month that no account has both of: accounts were told at other dates."""
    months = ends.astype("datetime64[D]").astype("datetime64[M]")
    for first in np.flatnonzero(months[1:] == months[:-1]).tolist():
        both = [np.flatnonzero(periods == period) for period in (first, first + 1)]
        if np.intersect1d(rows[both[0]], rows[both[1]]).size:
            continue
        odd = int(len(both[1]) <= len(both[0]))
        place.rows(
            np.isin(np.arange(len(periods)), both[odd]),
            "other_dates",
            f"the same ends of periods for all accounts: {to_date(int(ends[first + 1 - odd]))} in this month",
            "Give all accounts the same dates, such as the ends of months.",
        )


def _numbers(
    place: Place,
    column: SourceColumn,
    term: ObservationTerm,
    units: Units | None,
    *,
    nan_is_unknown: bool,
) -> npt.NDArray[np.int64]:
    """The whole number of each row, and the unknown one where a cell is empty."""
    if term.unit is Unit.AMOUNT:
        if units is None:
            raise InvalidTypeError.at(
                f"frames.read_observations, {term.name}",
                expected="the currency of the amounts",
                found=None,
                hint='Say currency="EUR".',
            )
        numbers, _ = read_optional_amounts(column, place, units, least=-MAX_MINOR, empty=UNKNOWN)
        return numbers
    cells = number_cells(place, column)
    return whole_numbers(cells, term, None, nan_is_unknown=nan_is_unknown)


def number_cells(place: Place, column: SourceColumn) -> Any:
    """The cells of a column as numpy has them; what is empty is hidden."""
    content, types = column.content, arrow().types
    if isinstance(content, list):
        cells = np.empty(len(content), dtype=np.object_)
        cells[:] = content
        return cells
    kind = content.type
    if types.is_null(kind) or types.is_decimal(kind):
        cells = np.empty(len(content), dtype=np.object_)
        cells[:] = content.to_pylist()
        return cells
    if not (types.is_boolean(kind) or types.is_integer(kind) or types.is_floating(kind)):
        place.refuse("numbers, flags or decimals", column.kind)
    missing = np.asarray(content.is_null().to_numpy(), dtype=np.bool_)
    filled = content.fill_null(arrow().scalar(0).cast(kind)).to_numpy()
    return np.ma.MaskedArray(filled, mask=missing)
