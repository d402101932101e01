"""How facts, policies and results become JSON values, and back, exactly.

The one idea: the classes check themselves, so this says only how a *kind* of value is written - money
and other exact numbers as text, dates as ISO text, a choice by its value, a currency by its code - and
refuses what JSON would change in silence: a float for money, a number for a text, an unknown key.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Any, cast, get_args, get_origin

import attrs

from delinquency.currency import Currency
from delinquency.errors import (
    DelinquencyError,
    InvalidTypeError,
    InvalidValueError,
    MissingExtraError,
)
from delinquency.events import (
    Acceleration,
    AccountEvent,
    ChargeBack,
    Closure,
    Collateral,
    CountingSuspension,
    Dispute,
    Finding,
    FundsMisuse,
    Guarantee,
    OffBalance,
    PenaltyWaiver,
    ReAge,
    ReportedFigure,
    Restructuring,
    Waiver,
    WriteOff,
)
from delinquency.explanation import Explanation
from delinquency.policy import Policy
from delinquency.serialization.dated_values import with_dated
from delinquency.serialization.json_values import (
    HERE,
    decimal_text,
    read_choice,
    read_date,
    read_decimal,
    read_exactly,
    read_object,
    word_of,
)
from delinquency.serialization.one_of_several import exact_numbers, one_of_several
from delinquency.serialization.plain_forms import NAMED_LATER, PLAIN_FORMS
from delinquency.serialization.steps import PlainStep
from delinquency.serialization.sums import with_sums
from delinquency.serialization.tables import TABLE_FORMS, computed_again
from delinquency.status import Condition
from delinquency.status.condition_text import parse_condition
from delinquency.status.facts import FINDINGS, REPORTED_FIGURES

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["EVENTS", "make_converter"]

EVENTS: Mapping[str, type[AccountEvent]] = {
    "counting_suspension": CountingSuspension,
    "penalty_waiver": PenaltyWaiver,
    "funds_misuse": FundsMisuse,
    "off_balance": OffBalance,
    "waiver": Waiver,
    "write_off": WriteOff,
    "closure": Closure,
    "charge_back": ChargeBack,
    "acceleration": Acceleration,
    "dispute": Dispute,
    "finding": Finding,
    "reported_figure": ReportedFigure,
    "restructuring": Restructuring,
    "re_age": ReAge,
    "collateral": Collateral,
    "guarantee": Guarantee,
}
"""The word under ``event`` that says which event an object is."""


def make_converter() -> Converter:
    """A converter for every class that is written.

    Raises
    ------
    MissingExtraError
        Without the ``json`` extra.
    """
    try:
        from cattrs import Converter
    except ImportError:
        raise MissingExtraError.for_extra(
            "json", module="cattrs", purpose="reading and writing JSON"
        ) from None
    attrs.resolve_types(Policy, localns=dict(NAMED_LATER))
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    _values(converter)
    _texts(converter)
    _containers(converter)
    with_dated(converter)
    _events(converter)
    _explanations(converter)
    _plain_forms(converter)
    _conditions(converter)
    exact_numbers(converter)
    # A class that says which of several it is writes what is in it as that is written by then.
    with_sums(converter)
    one_of_several(converter)
    computed_again(converter)
    return converter


def _values(converter: Converter) -> None:
    def is_amount(kind: Any) -> bool:
        return bool(kind == Decimal | int)

    def may_be_amount(kind: Any) -> bool:
        return bool(kind == Decimal | int | None)

    def is_choice(kind: Any) -> bool:
        return isinstance(kind, type) and issubclass(kind, Enum)

    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(Decimal, decimal_text)
    converter.register_unstructure_hook_func(is_amount, decimal_text)
    converter.register_unstructure_hook(Currency, lambda currency: currency.code)
    converter.register_unstructure_hook_func(is_choice, word_of)
    converter.register_structure_hook(date, read_date)
    converter.register_structure_hook(Decimal, read_decimal)
    converter.register_structure_hook_func(is_amount, read_decimal)
    converter.register_unstructure_hook_func(
        may_be_amount, lambda value: None if value is None else decimal_text(value)
    )
    converter.register_structure_hook_func(
        may_be_amount, lambda value, _: None if value is None else read_decimal(value)
    )
    converter.register_structure_hook(Currency, lambda value, _: Currency.of(value))
    converter.register_structure_hook_func(is_choice, read_choice)
    # Older versions of cattrs ask by class first, and have a hook of their own for it.
    converter.register_structure_hook(Enum, read_choice)
    converter.register_structure_hook(str, read_exactly("a text"))
    converter.register_structure_hook(int, read_exactly("an integer"))
    # A choice that is ordered is an int too, and is read by its word all the same.
    converter.register_structure_hook(IntEnum, read_choice)
    converter.register_structure_hook(bool, read_exactly("true or false"))


def _containers(converter: Converter) -> None:
    """A tuple is read from a list only, and a class from an object only."""
    from cattrs.gen import make_dict_structure_fn

    def tuple_reader(kind: Any) -> Callable[[object, Any], tuple[Any, ...]]:
        items = types.GenericAlias(list, get_args(kind)[:1])
        read = converter.get_structure_hook(items)

        def read_tuple(value: object, _: Any) -> tuple[Any, ...]:
            if not isinstance(value, list | tuple):
                raise InvalidTypeError.at(HERE, expected="a list", found=value)
            return tuple(read(value, items))

        return read_tuple

    def class_reader(kind: Any) -> Callable[[object, Any], Any]:
        read = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True)

        def read_class(value: object, _: Any) -> Any:
            return read(read_object(value), kind)

        return read_class

    converter.register_structure_hook_factory(_is_tuple, tuple_reader)
    converter.register_structure_hook_factory(
        lambda kind: attrs.has(kind) and kind is not Currency, class_reader
    )


def _is_tuple(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is tuple


def _texts(converter: Converter) -> None:
    """A mapping of texts is read from an object whose values are texts."""
    read_text = converter.get_structure_hook(str)

    def is_texts(kind: Any) -> bool:
        return get_origin(kind) in (dict, Mapping) and get_args(kind) == (str, str)

    def read_texts(value: object, _: Any) -> dict[str, str]:
        content = dict(read_object(value))
        for name, text in content.items():
            try:
                read_text(text, str)
            except DelinquencyError as error:
                raise error.within(name) from None
        return cast("dict[str, str]", content)

    converter.register_structure_hook_func(is_texts, read_texts)


def _events(converter: Converter) -> None:
    """An event says under ``event`` which it is."""
    readers = {word: converter.get_structure_hook(kind) for word, kind in EVENTS.items()}

    def read(value: object, _: Any) -> AccountEvent:
        content = dict(read_object(value))
        found = content.pop("event", None)
        if not isinstance(found, str) or found not in readers:
            raise InvalidValueError.at(
                HERE, expected=f"the key 'event' with one of {', '.join(EVENTS)}", found=repr(found)
            )
        return cast("AccountEvent", readers[found](content, EVENTS[found]))

    for word, kind in EVENTS.items():
        _write_event(converter, word, kind)
        converter.register_structure_hook(kind, read)
    converter.register_structure_hook_func(lambda kind: kind == AccountEvent, read)
    converter.register_unstructure_hook_func(
        lambda kind: kind == AccountEvent, converter.unstructure
    )


def _write_event(converter: Converter, word: str, kind: type[AccountEvent]) -> None:
    write = converter.get_unstructure_hook(kind)
    converter.register_unstructure_hook(kind, lambda event: {"event": word, **write(event)})


def _explanations(converter: Converter) -> None:
    """An explanation is written as a :class:`PlainStep`."""

    def write(step: Explanation) -> dict[str, Any]:
        written: dict[str, Any] = converter.unstructure(PlainStep.of(step))
        return written

    def read(value: object, _: Any) -> Explanation:
        return converter.structure(value, PlainStep).restored()

    converter.register_unstructure_hook(Explanation, write)
    converter.register_structure_hook(Explanation, read)


def _conditions(converter: Converter) -> None:
    """A condition of a status rule is the line that a rulebook file writes."""

    def is_condition(kind: Any) -> bool:
        return bool(kind == Condition)

    def read(value: object, _: Any) -> Condition:
        if not isinstance(value, str):
            raise InvalidTypeError.at(HERE, expected="a text", found=value)
        return parse_condition(value, findings=FINDINGS, reported=REPORTED_FIGURES, where=HERE)

    converter.register_unstructure_hook_func(is_condition, str)
    converter.register_structure_hook_func(is_condition, read)


def _plain_forms(converter: Converter) -> None:
    """Rates, calendars, published rates and plain tables are written as their plain forms."""
    for kind, plain in (*PLAIN_FORMS.items(), *TABLE_FORMS.items()):
        _stands_for(converter, kind, plain)


def _stands_for(converter: Converter, kind: type, plain: Any) -> None:
    converter.register_unstructure_hook(kind, lambda value: converter.unstructure(plain.of(value)))
    converter.register_structure_hook(
        kind, lambda value, _: converter.structure(value, plain).restored()
    )
