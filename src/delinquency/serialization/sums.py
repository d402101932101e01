"""Figures that are written though they are sums of others: what falls due in all, the total of a quote.

The one idea: a reader without this library should not have to add, and one that reads a document back
refuses a sum that is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import attrs

from delinquency.amortisation import (
    AmortisationRow,
    IrregularTableRow,
    RecalculatedRow,
    SettlementQuote,
)
from delinquency.amounts import to_minor
from delinquency.errors import DelinquencyError, InvalidValueError
from delinquency.restructuring.answer import DebtParts
from delinquency.serialization.exact_text import exact_text
from delinquency.serialization.json_values import read_object

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["SUMS", "with_sums"]

SUMS: Final[Mapping[type, Mapping[str, type]]] = MappingProxyType(
    {
        AmortisationRow: {"payment": Decimal},
        RecalculatedRow: {"payment": Decimal, "open_amount": Decimal},
        IrregularTableRow: {"payment": Fraction},
        SettlementQuote: {"total": Decimal},
        DebtParts: {"total": Decimal},
    }
)
"""The sums of each class, with their types."""

_AMOUNTS: Final = tuple(
    field.name for field in attrs.fields(SettlementQuote) if field.name not in ("as_of", "currency")
)


def with_sums(converter: Converter) -> None:
    """Teach a converter to write the sums, and to check them."""
    for kind, sums in SUMS.items():
        _register(converter, kind, sums)
    _quotes(converter)


def _register(converter: Converter, kind: type, sums: Mapping[str, Any]) -> None:
    write_fields = converter.get_unstructure_hook(kind)
    read_fields = converter.get_structure_hook(kind)

    def write(value: Any) -> dict[str, Any]:
        told = {name: exact_text(getattr(value, name)) for name in sums}
        return {**write_fields(value), **told}

    def read(value: object, _: Any) -> Any:
        content = dict(read_object(value))
        told = {name: content.pop(name) for name in sums if name in content}
        restored = read_fields(content, kind)
        for name, number in sums.items():
            if name not in told:
                raise InvalidValueError.at(name, expected="this key to be there", found="none")
            try:
                found: Any = converter.structure(told[name], number)
            except DelinquencyError as error:
                raise error.within(name) from None
            try:
                made = getattr(restored, name)
            except DelinquencyError as error:
                raise error.within(name) from None
            if found != made:
                raise InvalidValueError.at(
                    name,
                    expected=f"the sum of its parts, {exact_text(made)}",
                    found=exact_text(found),
                )
        return restored

    converter.register_unstructure_hook(kind, write)
    converter.register_structure_hook(kind, read)


def _quotes(converter: Converter) -> None:
    """The amounts of a quote are exact to the minor unit."""
    read = converter.get_structure_hook(SettlementQuote)

    def read_quote(value: object, kind: Any) -> SettlementQuote:
        quote: SettlementQuote = read(value, kind)
        for name in _AMOUNTS:
            to_minor(
                getattr(quote, name),
                quote.currency,
                where="settlement quote",
                field=name,
                allow_negative=True,
            )
        return quote

    converter.register_structure_hook(SettlementQuote, read_quote)
