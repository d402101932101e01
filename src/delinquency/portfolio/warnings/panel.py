"""Observations of many accounts as columns: for each observation periods by accounts, in whole numbers.

The one idea: one period of one observation lies in one piece, and a number that no observation can have
stands for what nobody knows. A column takes 32 bits a number where they all fit, else 64.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.currency import Currency
from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.observation_checks import kept_mapping
from delinquency.early_warning.observations import Observations
from delinquency.errors import InvalidValueError, PortfolioError
from delinquency.identifiers import check_id
from delinquency.portfolio.problems import require_row
from delinquency.portfolio.read_only import freeze, frozen_array, restore, state_of
from delinquency.portfolio.run import thread_count
from delinquency.portfolio.text_column import TextColumn
from delinquency.portfolio.warnings.panel_checks import check_heads, checked_numbers, unknown_of

if TYPE_CHECKING:
    from delinquency.portfolio.book import Portfolio

__all__ = ["ObservationPanel", "panel_of_book"]

Numbers = npt.NDArray[np.int32] | npt.NDArray[np.int64]


@attrs.frozen(slots=True, eq=False)
class ObservationPanel:
    """Observations of many accounts at the ends of the same periods, oldest first.

    Made by :meth:`of`, :meth:`from_accounts`, ``portfolio.observe``, ``portfolio.observe_cards``,
    ``portfolio.observe_statements``, ``frames.read_statements`` or
    :func:`~delinquency.frames.observation_frames.read_observations`.

    Parameters
    ----------
    account_id : TextColumn
        Each once.
    dates : tuple of date
        The ends of the periods, in order.
    currency : Currency or None
        Of amounts; needed where there are some.
    terms : mapping of str to ObservationTerm
        By name, what the observations mean; those of ``numbers`` and no others.
    numbers : mapping of str to int32 or int64 array, periods by accounts
        By name, whole numbers: days, months, times, points, minor units, millionths, 0 or 1. The least
        number of the type (``np.iinfo(...).min``) stands for what nobody knows.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Dates out of order.
    PortfolioError
        No account, an id twice, an array of another shape or type, a number out of range, or more than
        32,000 periods.

    Attributes
    ----------
    most : mapping of str to int
        By name, the number that is farthest from 0, without its sign.
    gaps : frozenset of str
        The names of the observations of which something is unknown.
    """

    account_id: TextColumn
    dates: tuple[date, ...]
    currency: Currency | None
    terms: Mapping[str, ObservationTerm] = attrs.field(converter=kept_mapping)
    numbers: Mapping[str, Numbers] = attrs.field(converter=kept_mapping)
    most: Mapping[str, int] = attrs.field(init=False, repr=False)
    gaps: frozenset[str] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check_heads(self)
        _finish(self)

    def __getstate__(self) -> dict[str, Any]:
        mappings = ("terms", "numbers", "most")
        return {**state_of(self), **{name: dict(getattr(self, name)) for name in mappings}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        mappings = {name: kept_mapping(state[name]) for name in ("terms", "most")}
        restore(self, {**state, **mappings, "numbers": kept_mapping(_frozen(state["numbers"]))})

    @classmethod
    def of(
        cls,
        account_id: Iterable[str],
        dates: Iterable[date],
        values: Mapping[str, object],
        *,
        currency: Currency | None = None,
        own_terms: Iterable[ObservationTerm] = (),
        nan_is_unknown: bool = False,
    ) -> ObservationPanel:
        """A panel from columns at the surface, accounts by periods.

        Parameters
        ----------
        account_id : iterable of str
        dates : iterable of date
            The ends of the periods, in order, each once.
        values : mapping of str to array, accounts by periods
            By name one value for each account and date. Whole numbers, or floats that are whole, of days,
            months, times and points; ``bool``, 0 or 1 of a flag; of an amount [currency units] whole
            numbers, or floats of 64 bits that are the nearest to an amount in whole minor units; of a
            share (1 is the whole) whole numbers or floats, told to the millionth: 10**6 times the float,
            halves to the even one. Arrays of objects are read one by one, as :meth:`Observations.of
            <delinquency.early_warning.observations.Observations.of>` does, ``None`` being unknown. What
            a masked array masks is unknown.
        currency : Currency, optional
            Needed where there are amounts.
        own_terms : iterable of ObservationTerm, optional
            Observations beside those of the catalogue.
        nan_is_unknown : bool
            Whether NaN says that nobody knows; else it is refused.

        Raises
        ------
        InvalidTypeError
            Wrong types; no currency where there are amounts.
        InvalidValueError
            Dates out of order; a name that nobody declared.
        PortfolioError
            No account, an id twice, an array of another shape or type; NaN; a number out of range, not
            whole, or finer than the minor unit. It names the column and the rows.

        Examples
        --------
        >>> panel = ObservationPanel.of(["A-1", "A-2"], [date(2025, 1, 31), date(2025, 2, 28)],
        ...     {"days_past_due": np.array([[0, 31], [5, 0]]),
        ...      "utilisation": np.array([[0.25, np.nan], [0.8, 1.0]])}, nan_is_unknown=True)
        >>> panel.account(0).value("days_past_due"), panel.account(0).value("utilisation")
        (31, None)
        """
        from delinquency.portfolio.warnings.surface import panel_of_values

        return panel_of_values(
            account_id, dates, values, currency, own_terms, nan_is_unknown=nan_is_unknown
        )

    @classmethod
    def from_accounts(cls, observations: Iterable[Observations]) -> ObservationPanel:
        """Lay observations of accounts out as columns.

        The periods are those of all accounts together. What an account does not have - an observation, or
        periods before its first or after its last one - nobody knows of it.

        Raises
        ------
        InvalidTypeError
            Not observations.
        PortfolioError
            No account; an id twice; two currencies; an observation in two units; dates that skip a period
            of the others.

        Examples
        --------
        >>> seen = Observations.of("A-1", [date(2025, 1, 31)], {"days_past_due": [31]})
        >>> ObservationPanel.from_accounts([seen]).account(0) == seen
        True
        """
        from delinquency.portfolio.warnings.conversion import panel_of_accounts

        return panel_of_accounts(observations)

    def together_with(self, other: ObservationPanel) -> ObservationPanel:
        """The observations of both, of the accounts of this panel at its ends of periods.

        Accounts are found by id, periods by their ends. What the other panel does not have, nobody knows.

        Raises
        ------
        InvalidTypeError
            No panel.
        InvalidValueError
            An end of a period that this panel does not have, another currency, or an observation in both.
        PortfolioError
            An account that this panel does not have; it names the rows of the other one.

        Examples
        --------
        Nobody knows what was not told of A-1, and of January:

        >>> january, february = date(2025, 1, 31), date(2025, 2, 28)
        >>> late = ObservationPanel.of(["A-1", "A-2"], [january, february],
        ...     {"days_past_due": np.array([[0, 31], [5, 0]])})
        >>> reached = ObservationPanel.of(["A-2"], [february], {"contacts_failed": np.array([[3]])})
        >>> both = late.together_with(reached)
        >>> [both.account(row).numbers["contacts_failed"] for row in range(2)]
        [(None, None), (None, 3)]
        """
        from delinquency.portfolio.warnings.beside import put_together

        return put_together(self, other)

    def account(self, row: int) -> Observations:
        """The observations of one account.

        Equal to those that were laid out, where all accounts had the same dates and observations.

        Raises
        ------
        InvalidTypeError, IndexError
            No such row.
        """
        self.check_row(row)
        return Observations(
            self.account_id[row],
            self.dates,
            self.currency,
            self.terms,
            {name: tuple(_told(column[:, row])) for name, column in self.numbers.items()},
        )

    def check_row(self, row: int) -> None:
        """Refuse what is no row of the panel.

        Raises
        ------
        InvalidTypeError
            Not an int.
        IndexError
            No such row.
        """
        require_row(
            row,
            len(self),
            where="observation panel",
            of=f"a panel of {len(self)} accounts",
            hint=f"panel.row_of({row!r}) gives the row." if isinstance(row, str) else "",
        )

    def row_of(self, account_id: str) -> int:
        """The row of an account.

        Raises
        ------
        PortfolioError
            No account has this id.
        """
        row = self.account_id.row_of(account_id)
        if row >= 0:
            return row
        raise PortfolioError.in_rows(
            "observations.account_id",
            (),
            reason="unknown_account",
            expected="an account of the panel",
            found=account_id,
        )

    def is_known(self, name: str) -> npt.NDArray[np.bool_]:
        """Whether somebody knows an observation, accounts by periods.

        Raises
        ------
        InvalidTypeError
            No text.
        InvalidValueError
            No such observation here.
        """
        check_id(name, where="observation panel, name")
        if name not in self.numbers:
            raise InvalidValueError.at(
                "observation panel",
                expected=f"one of {', '.join(self.numbers) or 'none'}",
                found=repr(name),
            )
        column = self.numbers[name]
        known: npt.NDArray[np.bool_] = column != unknown_of(column.dtype)
        return known.T

    @property
    def as_of(self) -> date:
        """The end of the last period."""
        return self.dates[-1]

    def __len__(self) -> int:
        return len(self.account_id)

    def __iter__(self) -> Iterator[Observations]:
        return (self.account(row) for row in range(len(self)))

    def __repr__(self) -> str:
        return (
            f"ObservationPanel({len(self):,} accounts, {len(self.dates):,} periods to {self.as_of}, "
            f"{', '.join(self.numbers) or 'no observation'})"
        )


def panel_of_book(
    book: Portfolio,
    dates: tuple[date, ...],
    terms: Mapping[str, ObservationTerm],
    numbers: Mapping[str, Numbers],
) -> ObservationPanel:
    """A panel over the accounts of a book, whose ids were checked with it, at dates that were."""
    panel = ObservationPanel.__new__(ObservationPanel)
    fields = (book.account_id, dates, book.currency, kept_mapping(terms), kept_mapping(numbers))
    for field, value in zip(
        ("account_id", "dates", "currency", "terms", "numbers"), fields, strict=True
    ):
        object.__setattr__(panel, field, value)
    _finish(panel)
    return panel


def _finish(panel: ObservationPanel) -> None:
    """Look at the numbers, and let nobody write to them."""
    names, workers = list(panel.numbers), thread_count(None, len(panel))
    if workers == 1:
        found = {name: checked_numbers(panel, name) for name in names}
    else:
        # The first observation with something wrong is told, whichever was looked at first.
        with ThreadPoolExecutor(workers) as pool:
            told = pool.map(checked_numbers, repeat(panel), names)
            found = dict(zip(names, told, strict=True))
    object.__setattr__(
        panel, "most", kept_mapping({name: most for name, (most, _) in found.items()})
    )
    gaps = frozenset(name for name, (_, is_gappy) in found.items() if is_gappy)
    object.__setattr__(panel, "gaps", gaps)
    object.__setattr__(panel, "numbers", kept_mapping(_frozen(panel.numbers)))
    freeze(panel.account_id)


def _told(column: Numbers) -> Iterator[int | None]:
    unknown = unknown_of(column.dtype)
    return (None if number == unknown else number for number in column.tolist())


def _frozen(columns: Mapping[str, Any]) -> dict[str, Numbers]:
    return {name: frozen_array(column) for name, column in columns.items()}
