"""Tables of a loan, written with what they follow from, so that nobody has to trust their rows.

The one idea: rows are written for readers who do not compute. One who reads a table back computes it
again from the terms and the facts beside it, and a figure that does not follow from them is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NoReturn

import attrs

from delinquency.amortisation import (
    AmortisationRow,
    AmortisationTable,
    ChangedTable,
    IrregularTable,
    RecalculatedTable,
    RepaymentTerms,
    amortisation_table,
    irregular_table,
    prepay,
    recalculate,
)
from delinquency.currency import Currency
from delinquency.errors import InvalidValueError
from delinquency.serialization.exact_text import exact_text

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["TABLE_FORMS", "PlainAmortisationTable", "computed_again"]


@attrs.frozen(slots=True)
class PlainAmortisationTable:
    """What follows from terms, period by period.

    Parameters
    ----------
    terms : RepaymentTerms
        Those that the rows follow from.
    rows : tuple of AmortisationRow
    """

    terms: RepaymentTerms
    rows: tuple[AmortisationRow, ...]

    @classmethod
    def of(cls, table: AmortisationTable) -> PlainAmortisationTable:
        """The table, to be written."""
        return cls(table.terms, tuple(table))

    def restored(self) -> AmortisationTable:
        """The table that follows from the terms.

        Raises
        ------
        InvalidValueError
            A row that does not.
        """
        table = amortisation_table(self.terms)
        _check(self, attrs.evolve(self, rows=tuple(table)))
        return table


TABLE_FORMS: Final[Mapping[type, type]] = MappingProxyType(
    {AmortisationTable: PlainAmortisationTable}
)
"""The form in which a table is written that is not its fields."""


def _changed(table: ChangedTable) -> ChangedTable:
    return prepay(table.before, [outcome.prepayment for outcome in table.outcomes])


def _recalculated(table: RecalculatedTable) -> RecalculatedTable:
    return recalculate(
        table.before,
        payments=table.payments,
        as_of=table.as_of,
        recalculation=table.recalculation,
    )


def _irregular(table: IrregularTable) -> IrregularTable:
    return irregular_table(table.terms)


def computed_again(converter: Converter) -> None:
    """Teach a converter to compute again each table that it reads, and to refuse what does not follow."""
    _register(converter, ChangedTable, _changed)
    _register(converter, RecalculatedTable, _recalculated)
    _register(converter, IrregularTable, _irregular)


def _register(converter: Converter, kind: type, make: Callable[[Any], Any]) -> None:
    read = converter.get_structure_hook(kind)

    def read_table(value: object, _: Any) -> Any:
        told = read(value, kind)
        follows = make(told)
        _check(told, follows)
        return follows

    converter.register_structure_hook(kind, read_table)


def _check(told: Any, follows: Any, place: str = "") -> None:
    """Refuse the first figure of an object that is not the one that follows."""
    for field in attrs.fields(told.__class__):
        if field.eq:
            inside = f"{place}, {field.name}" if place else field.name
            _check_value(getattr(told, field.name), getattr(follows, field.name), inside)


def _check_value(told: Any, follows: Any, place: str) -> None:
    if told == follows:
        return
    if all(isinstance(each, tuple) for each in (told, follows)):
        _check_rows(told, follows, place)
    elif attrs.has(told.__class__) and not isinstance(told, Currency):
        _check(told, follows, place)
    else:
        _refuse(place, _shown(follows), _shown(told))


def _check_rows(told: tuple[Any, ...], follows: tuple[Any, ...], place: str) -> None:
    for number, (row, made) in enumerate(zip(told, follows, strict=False), start=1):
        due = getattr(made, "due_date", None)
        day = "" if due is None else f" due {due}"
        _check_value(row, made, f"{place.removesuffix('s')} {number}{day}")
    if len(told) != len(follows):
        _refuse(place, f"{len(follows)} {place.rpartition(', ')[2]}", str(len(told)))


def _refuse(place: str, follows: str, told: str) -> NoReturn:
    raise InvalidValueError.at(
        place,
        expected=f"{follows}, as follows from the rest of the document",
        found=told,
        hint="A table is computed again when it is read: rows cannot be changed by themselves.",
    )


def _shown(value: object) -> str:
    return exact_text(value) if isinstance(value, Fraction) else str(value)
