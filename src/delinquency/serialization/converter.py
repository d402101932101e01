"""How facts, policies and results become JSON values, and back, exactly.

The one idea: the classes check themselves, so this says only how a *kind* of value is written - money
and other exact numbers as text, dates as ISO text, a choice by its value, a currency by its code - and
refuses what JSON would change in silence: a float for money, a number for a text, an unknown key.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast, get_args, get_origin

import attrs

from delinquency.currency import Currency
from delinquency.decimals import exact_decimal, parse_decimal
from delinquency.errors import (
    DelinquencyError,
    InvalidTypeError,
    InvalidValueError,
    MissingExtraError,
)
from delinquency.events import CountingSuspension
from delinquency.explanation import Explanation
from delinquency.holiday_calendar import HolidayCalendar
from delinquency.rates import Rate
from delinquency.serialization.plain_forms import TAGS, PlainCalendar, PlainRate
from delinquency.serialization.steps import PlainStep

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["EVENTS", "HERE", "make_converter", "words_of"]

T = TypeVar("T")

EVENTS: Mapping[str, type[CountingSuspension]] = {"counting_suspension": CountingSuspension}
"""The word under ``event`` that says which event an object is."""

HERE = ""
"""The place of an error before the path to it is known."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


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
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    _values(converter)
    _texts(converter)
    _containers(converter)
    for word, kind in EVENTS.items():
        _event(converter, word, kind)
    _explanations(converter)
    _plain_forms(converter)
    _one_of_several(converter)
    return converter


def _values(converter: Converter) -> None:
    def is_amount(kind: Any) -> bool:
        return bool(kind == Decimal | int)

    def may_be_amount(kind: Any) -> bool:
        return bool(kind == Decimal | int | None)

    def is_choice(kind: Any) -> bool:
        return isinstance(kind, type) and issubclass(kind, Enum)

    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(Decimal, _decimal_text)
    converter.register_unstructure_hook_func(is_amount, _decimal_text)
    converter.register_unstructure_hook(Currency, lambda currency: currency.code)
    converter.register_unstructure_hook_func(is_choice, word_of)
    converter.register_structure_hook(date, _read_date)
    converter.register_structure_hook(Decimal, _read_decimal)
    converter.register_structure_hook_func(is_amount, _read_decimal)
    converter.register_unstructure_hook_func(
        may_be_amount, lambda value: None if value is None else _decimal_text(value)
    )
    converter.register_structure_hook_func(
        may_be_amount, lambda value, _: None if value is None else _read_decimal(value)
    )
    converter.register_structure_hook(Currency, lambda value, _: Currency.of(value))
    converter.register_structure_hook_func(is_choice, _read_choice)
    # Older versions of cattrs ask by class first, and have a hook of their own for it.
    converter.register_structure_hook(Enum, _read_choice)
    converter.register_structure_hook(str, _read_exactly("a text"))
    converter.register_structure_hook(int, _read_exactly("an integer"))
    converter.register_structure_hook(bool, _read_exactly("true or false"))


def _decimal_text(value: Decimal | int) -> str:
    return f"{Decimal(value):f}"


def _read_date(value: object, _: Any = None) -> date:
    if type(value) is date:
        return value
    if not isinstance(value, str):
        raise InvalidTypeError.at(HERE, expected="a date as text, YYYY-MM-DD", found=value)
    try:
        if _ISO_DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise InvalidValueError.at(
        HERE, expected="a date of the calendar as YYYY-MM-DD", found=repr(value)
    )


def _read_decimal(value: object, _: Any = None) -> Decimal:
    if isinstance(value, Decimal):
        return exact_decimal(value, where=HERE, field="number", hint="")
    if isinstance(value, str):
        return parse_decimal(value, where=HERE, field="number")
    raise InvalidTypeError.at(
        HERE,
        expected="an exact number as text",
        found=value,
        hint='Write "12.34": most programs read a JSON number as a float.',
    )


def word_of(choice: Enum) -> str:
    """The word of a choice: its value, or its name where the value is a number."""
    return choice.value if isinstance(choice.value, str) else choice.name.lower()


def words_of(kind: type[Enum]) -> dict[str, Enum]:
    """The choices of a kind by their words."""
    return {word_of(member): member for member in kind}


def _read_choice(value: object, kind: type[Enum]) -> Enum:
    words = words_of(kind)
    if not isinstance(value, str) or value not in words:
        raise InvalidValueError.at(HERE, expected=f"one of {', '.join(words)}", found=repr(value))
    return words[value]


def _read_exactly(expected: str) -> Callable[[object, type[T]], T]:
    def read(value: object, kind: type[T]) -> T:
        if type(value) is kind:
            return value
        raise InvalidTypeError.at(HERE, expected=expected, found=value)

    return read


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
            return read(_object(value), kind)

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
        content = dict(_object(value))
        for name, text in content.items():
            try:
                read_text(text, str)
            except DelinquencyError as error:
                raise error.within(name) from None
        return cast("dict[str, str]", content)

    converter.register_structure_hook_func(is_texts, read_texts)


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise InvalidTypeError.at(HERE, expected="an object", found=value)
    return cast("Mapping[str, object]", value)


def _event(converter: Converter, word: str, kind: type[CountingSuspension]) -> None:
    read = converter.get_structure_hook(kind)
    write = converter.get_unstructure_hook(kind)

    def read_event(value: object, _: Any) -> CountingSuspension:
        content = dict(_object(value))
        found = content.pop("event", None)
        if found != word:
            raise InvalidValueError.at(
                HERE, expected=f"the key 'event' with one of {', '.join(EVENTS)}", found=repr(found)
            )
        return cast("CountingSuspension", read(content, kind))

    converter.register_structure_hook(kind, read_event)
    converter.register_unstructure_hook(kind, lambda event: {"event": word, **write(event)})


def _explanations(converter: Converter) -> None:
    """An explanation is written as a :class:`PlainStep`."""

    def write(step: Explanation) -> dict[str, Any]:
        written: dict[str, Any] = converter.unstructure(PlainStep.of(step))
        return written

    def read(value: object, _: Any) -> Explanation:
        plain = converter.structure(value, PlainStep)
        typed = {"date": _read_date, "decimal": _read_decimal}
        return plain.restored(typed)

    converter.register_unstructure_hook(Explanation, write)
    converter.register_structure_hook(Explanation, read)


def _plain_forms(converter: Converter) -> None:
    """Rates and calendars are written as their plain forms."""
    for kind, plain in ((Rate, PlainRate), (HolidayCalendar, PlainCalendar)):
        _stands_for(converter, kind, plain)


def _stands_for(converter: Converter, kind: type, plain: Any) -> None:
    converter.register_unstructure_hook(kind, lambda value: converter.unstructure(plain.of(value)))
    converter.register_structure_hook(
        kind, lambda value, _: converter.structure(value, plain).restored()
    )


def _one_of_several(converter: Converter) -> None:
    """An object of a union says under ``kind`` which class it is."""
    for kind, word in TAGS.items():
        _tag(converter, kind, word)

    def is_union(kind: Any) -> bool:
        arms = get_args(kind)
        return get_origin(kind) in (Union, types.UnionType) and any(arm in TAGS for arm in arms)

    def read(value: object, kind: Any) -> Any:
        arms = get_args(kind)
        if value is None and type(None) in arms:
            return None
        content = dict(_object(value))
        words = {TAGS[arm]: arm for arm in arms if arm in TAGS}
        found = content.pop("kind", None)
        if not isinstance(found, str) or found not in words:
            raise InvalidValueError.at(
                HERE, expected=f"the key 'kind' with one of {', '.join(words)}", found=repr(found)
            )
        return converter.structure(content, words[found])

    converter.register_structure_hook_func(is_union, read)
    converter.register_unstructure_hook_func(is_union, converter.unstructure)


def _tag(converter: Converter, kind: type, word: str) -> None:
    write = converter.get_unstructure_hook(kind)
    converter.register_unstructure_hook(kind, lambda value: {"kind": word, **write(value)})
