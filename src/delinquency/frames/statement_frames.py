"""Card statements from a wide frame, one row an account, and the score of each by the packaged card rules.

The one idea: a frame whose columns are those of a public data set of card accounts is read as six statements
of each account, and judged by rules that were fitted on it. Columns of other names, such as those that say
who somebody is, are never read.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import Any, Final

import numpy as np

from delinquency.currency import Currency
from delinquency.early_warning.catalogue import CATALOGUE, ObservationTerm
from delinquency.early_warning.loading import load_warning_rules
from delinquency.early_warning.observing.month_periods import history_periods
from delinquency.early_warning.units import MOST, Unit
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.frames.findings import Findings, Place
from delinquency.frames.observation_frames import number_cells
from delinquency.frames.reader import currency_of
from delinquency.frames.sources import SourceTable, open_table
from delinquency.frames.table_columns import Column, Holds, Table
from delinquency.frames.text_columns import read_texts, text_column
from delinquency.identifiers import check_id
from delinquency.portfolio.problems import id_problems
from delinquency.portfolio.text_column import TextColumn
from delinquency.portfolio.warnings.answer import PortfolioSignals
from delinquency.portfolio.warnings.conversion import narrowed
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import WIDE, unknown_of
from delinquency.portfolio.warnings.statements import panel_of_statements
from delinquency.portfolio.warnings.surface import whole_numbers
from delinquency.portfolio.warnings.verb import early_warning_signals

__all__ = ["read_statements", "score_statements"]

_NAME: Final = "statements"
_LIMIT: Final = "LIMIT_BAL"
_STATUS: Final = tuple(f"PAY_{place}" for place in (6, 5, 4, 3, 2, 0))
_BALANCE: Final = tuple(f"BILL_AMT{place}" for place in range(6, 0, -1))
_PAID: Final = tuple(f"PAY_AMT{place}" for place in range(6, 0, -1))
"""Oldest first."""

_COLUMNS: Final = tuple(
    Column(name=name, holds=Holds.NUMBER, is_required=True)
    for name in (_LIMIT, *_STATUS, *_BALANCE, *_PAID)
)
UNKNOWN: Final = unknown_of(WIDE)
_USUAL_ID: Final = "ID"
_LAST: Final = date(2005, 9, 30)
"""The last statements of the data set."""

_LEAST_MARK: Final = -2
_MARK: Final = ObservationTerm("status", Unit.POINTS)
_MONEY: Final = ObservationTerm("amount", Unit.AMOUNT)


def read_statements(
    frame: object,
    *,
    as_of: date = _LAST,
    currency: Currency | str = "TWD",
    id_column: str | None = None,
    nan_is_unknown: bool = False,
) -> ObservationPanel:
    """Read six statements of each account from a wide frame, one row an account.

    The columns are those of the data set "default of credit card clients" (UCI 350): the latest statement has
    ``PAY_0``, ``BILL_AMT1`` and ``PAY_AMT1``, the oldest those that end in 6. All others are passed over: no
    age, sex, education or marriage is read.

    - ``LIMIT_BAL``: ``credit_limit`` at every statement.
    - ``PAY_0``, ``PAY_2`` to ``PAY_6``: ``months_late``. -2 (no use), -1 (paid in full) and 0 (revolving) say
      that nothing is late.
    - ``BILL_AMT1`` to ``BILL_AMT6``: ``statement_balance``; below 0 in credit.
    - ``PAY_AMT1`` to ``PAY_AMT6``: ``amount_paid`` in the month that the statement ends.

    What follows from them is that of ``portfolio.observe_statements``. Accounts are called as ``ID`` says;
    without that column by the number of their row, from 0.

    Parameters
    ----------
    frame : frame
        Of pandas, polars, pyarrow or duckdb, anything with ``__arrow_c_stream__``, or a mapping from name to
        column. Whole numbers, decimals, or floats of 64 bits [currency units].
    as_of : date
        The end of the latest period; the others are one to five months before: on the last days of months
        where it is one, else on the same day.
    currency : Currency or str
    id_column : str, optional
        The column of account ids, texts or whole numbers; default: ``ID`` where it is there.
    nan_is_unknown : bool
        Whether an empty cell or NaN says that nobody knows; else it is refused.

    Raises
    ------
    PortfolioError
        A column that is missing or holds no numbers; an empty cell; an id twice; a number out of range, not
        whole, or finer than the minor unit. It names the column and the rows.
    InvalidTypeError, InvalidValueError
        No data frame; wrong types; a cell of a column of objects, with its row.
    CurrencyError
        No currency of ISO 4217.
    MissingExtraError
        pyarrow is not installed.

    Examples
    --------
    >>> row = {"LIMIT_BAL": [20_000], **{f"PAY_{k}": [-1] for k in (0, 2, 3, 4, 5, 6)},
    ...     **{f"BILL_AMT{k}": [700] for k in range(1, 7)}, **{f"PAY_AMT{k}": [700] for k in range(1, 7)}}
    >>> seen = read_statements({**row, "PAY_0": [2], "AGE": [24], "ID": [17]}).account(0)
    >>> seen.numbers["months_late"], seen.value("headroom"), seen.value("amount_added")
    ((0, 0, 0, 0, 0, 2), Decimal('19300.00'), Decimal('700.00'))
    >>> seen.account_id
    '17'
    """
    where = "frames.read_statements"
    dates = tuple(each.end for each in history_periods(as_of, len(_BALANCE), None, where))
    if not isinstance(nan_is_unknown, bool):
        raise InvalidTypeError.at(
            f"{where}, nan_is_unknown", expected="a bool", found=nan_is_unknown
        )
    money = currency_of(currency)
    if id_column is not None:
        check_id(id_column, where="frames.read_statements, id_column")
    source = open_table(frame, _table(id_column), ignore_extra=True)
    findings = Findings({_NAME: source}, quarantines=False)
    reader = _Reader(source, findings, money, nan_is_unknown=nan_is_unknown)
    numbers = {
        "statement_balance": reader.amounts(_BALANCE),
        "amount_paid": reader.amounts(_PAID, least=0),
        "credit_limit": reader.amounts((_LIMIT,) * len(_BALANCE), least=0),
        "months_late": reader.months_late(),
    }
    given = ObservationPanel(
        reader.account_ids(id_column or _USUAL_ID),
        dates,
        money,
        {name: CATALOGUE[name] for name in numbers},
        {name: narrowed(column) for name, column in numbers.items()},
    )
    return panel_of_statements(given)


def score_statements(
    frame: object,
    *,
    as_of: date = _LAST,
    id_column: str | None = None,
    nan_is_unknown: bool = False,
) -> PortfolioSignals:
    """Score card accounts by six statements of each, with reasons, by the packaged ``card-statements`` rules.

    ``.score`` has whole points for each row, more being worse, ``.explain(row)`` says which rules gave them
    and on which figures, and ``.to_frame()`` lists the signals. The amounts in the rules are NT$ of 2005: for
    other cards they must be fitted anew, and observations in another currency are refused.

    Parameters
    ----------
    frame : frame
        Columns as for :func:`read_statements`; no others are read.
    as_of, id_column, nan_is_unknown
        As for :func:`read_statements`. Rules that need what nobody knows are not assessed.

    Raises
    ------
    PortfolioError, InvalidTypeError, MissingExtraError
        As :func:`read_statements`.

    Examples
    --------
    One that pays in full, and the same two months late today:

    >>> row = {"LIMIT_BAL": [200_000], **{f"PAY_{k}": [-1] for k in (0, 2, 3, 4, 5, 6)},
    ...     **{f"BILL_AMT{k}": [30_000] for k in range(1, 7)},
    ...     **{f"PAY_AMT{k}": [30_000] for k in range(1, 7)}}
    >>> good, bad = (score_statements({**row, "PAY_0": [late]}).score[0] for late in (-1, 2))
    >>> bool(good < 0 < bad)
    True
    """
    panel = read_statements(frame, as_of=as_of, id_column=id_column, nan_is_unknown=nan_is_unknown)
    return early_warning_signals(panel, rules=load_warning_rules("card-statements"))


def _table(id_column: str | None) -> Table:
    """What a frame has: an id where one is asked for, and wherever there is the usual one."""
    name = id_column or _USUAL_ID
    head = Column(name=name, holds=Holds.ID, is_required=id_column is not None)
    return Table(name=_NAME, columns=(head, *_COLUMNS))


class _Reader:
    """Cells of a source in whole numbers that are checked, periods by accounts."""

    def __init__(
        self, source: SourceTable, findings: Findings, currency: Currency, *, nan_is_unknown: bool
    ) -> None:
        if not source.rows:
            raise PortfolioError.in_rows(
                _NAME, (), reason="empty_panel", expected="at least one account", found="none"
            )
        self._source, self._findings = source, findings
        self._currency, self._nan_is_unknown = currency, nan_is_unknown

    def account_ids(self, name: str) -> TextColumn:
        """What a column calls the accounts, each once; without it the numbers of their rows."""
        column = self._source.columns.get(name)
        if column is None:
            return TextColumn.of(map(str, range(self._source.rows)))
        place = Place(self._findings, self._source, name)
        ids = text_column(read_texts(column, place, may_be_empty=False))
        for problem in id_problems(place.column, ids, len(ids)):
            place.problem(problem)
        return ids

    def amounts(self, names: tuple[str, ...], *, least: int = -MOST) -> Any:
        """Minor units, a period for each name."""
        return np.stack([self._numbers(name, _MONEY, least) for name in names])

    def months_late(self) -> Any:
        """Months late; what is marked as not late is 0."""
        status = np.stack([self._numbers(name, _MARK, _LEAST_MARK) for name in _STATUS])
        return np.where(status == UNKNOWN, UNKNOWN, np.maximum(status, 0))

    def _numbers(self, name: str, term: ObservationTerm, least: int) -> Any:
        place = Place(self._findings, self._source, name)
        cells = np.ma.masked_array(number_cells(place, self._source.columns[name]))
        missing = np.ma.getmaskarray(cells) | _is_nan(np.ma.getdata(cells))
        if not self._nan_is_unknown:
            hint = "Fill it, or say nan_is_unknown=True: rules that need it are then not assessed."
            place.rows(missing, "missing", "a number", hint)
        given = np.ma.masked_array(np.ma.getdata(cells), mask=missing)
        try:
            numbers = whole_numbers(given, term, self._currency, nan_is_unknown=False)
        except PortfolioError as error:
            raise PortfolioError.in_rows(
                place.column,
                error.rows,
                reason=error.reason,
                expected=error.expected,
                found=error.found,
                hint=error.hint,
            ) from None
        except (InvalidTypeError, InvalidValueError) as error:
            # One cell among objects: the column is called as the frame calls it.
            where = error.where.replace(f"observations.{term.name}", place.column)
            raise type(error).at(
                where, expected=error.expected, found=error.found, hint=error.hint
            ) from None
        place.rows((numbers < least) & ~missing, "out_of_range", f"{least} or more")
        return numbers


def _is_nan(cells: Any) -> Any:
    """Where a cell is no number: NaN, or ``None`` among objects."""
    if cells.dtype == np.object_:
        return np.array([cell is None or cell != cell for cell in cells.tolist()], dtype=np.bool_)  # noqa: PLR0124 (NaN alone is not itself)
    return np.isnan(cells) if cells.dtype.kind == "f" else np.zeros(len(cells), dtype=np.bool_)
