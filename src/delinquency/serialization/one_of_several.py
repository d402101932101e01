"""Values of fields that take several classes.

The one idea: where JSON itself tells them apart - an amount is a text, a proportion an object - nothing
is added; of several objects each says under ``kind`` which it is.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from delinquency.account import Account
from delinquency.errors import InvalidValueError
from delinquency.late_fees import ShareFee
from delinquency.rates import Rate
from delinquency.reported_account import ReportedAccount
from delinquency.rounding import Proportion
from delinquency.serialization.exact_text import exact_number, exact_text
from delinquency.serialization.json_values import HERE, decimal_text, read_decimal, read_object
from delinquency.serialization.plain_forms import ARM_TAGS, TAGS

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["exact_numbers", "one_of_several"]


def one_of_several(converter: Converter) -> None:
    """Teach a converter the fields that take several classes."""
    _text_or_object(converter, Decimal | int | Proportion, Proportion, read_decimal)
    _text_or_object(converter, Rate | Fraction, Rate, _read_fraction)
    _tagged(converter)
    _limits(converter)
    _accounts(converter)


def exact_numbers(converter: Converter) -> None:
    """Teach a converter fractions, alone or where an amount may be one."""

    def may_be_fraction(kind: Any) -> bool:
        return bool(kind == Decimal | int | Fraction)

    converter.register_unstructure_hook(Fraction, exact_text)
    converter.register_structure_hook(Fraction, _read_fraction)
    converter.register_unstructure_hook_func(may_be_fraction, exact_text)
    converter.register_structure_hook_func(may_be_fraction, lambda value, _: exact_number(value))
    _may_be_exact(converter)


def _may_be_exact(converter: Converter) -> None:
    """An exact number or none."""

    def may_be_exact(kind: Any) -> bool:
        return bool(kind == Decimal | int | Fraction | None)

    converter.register_unstructure_hook_func(
        may_be_exact, lambda value: None if value is None else exact_text(value)
    )
    converter.register_structure_hook_func(
        may_be_exact, lambda value, _: None if value is None else exact_number(value)
    )


def _read_fraction(value: object, _: Any = None) -> Fraction:
    return Fraction(exact_number(value))


def _text_or_object(
    converter: Converter, union: Any, kind: Any, read_text: Callable[[object], Any]
) -> None:
    """A field of a number, written as a text, or of one class, written as an object."""

    def is_union(found: Any) -> bool:
        return bool(found == union)

    def read(value: object, _: Any) -> Any:
        return converter.structure(value, kind) if isinstance(value, Mapping) else read_text(value)

    def write(value: Any) -> Any:
        return converter.unstructure(value) if isinstance(value, kind) else exact_text(value)

    converter.register_structure_hook_func(is_union, read)
    converter.register_unstructure_hook_func(is_union, write)


def _limits(converter: Converter) -> None:
    """The most of a fee: an amount, a share that says which it is, or none."""
    limit = Decimal | int | ShareFee | None
    share: Any = ShareFee | None

    def is_limit(found: Any) -> bool:
        return bool(found == limit)

    def read(value: object, _: Any) -> Any:
        if value is None or isinstance(value, Mapping):
            return converter.structure(value, share)
        return read_decimal(value)

    def write(value: Any) -> Any:
        if value is None or isinstance(value, ShareFee):
            return converter.unstructure(value)
        return decimal_text(value)

    converter.register_structure_hook_func(is_limit, read)
    converter.register_unstructure_hook_func(is_limit, write)


def _accounts(converter: Converter) -> None:
    """An account, or what is left of one: that has closes and no schedule."""

    def is_either(kind: Any) -> bool:
        return bool(kind == Account | ReportedAccount)

    def read(value: object, _: Any) -> Any:
        kind: Any = ReportedAccount if "closes" in read_object(value) else Account
        return converter.structure(value, kind)

    converter.register_structure_hook_func(is_either, read)
    converter.register_unstructure_hook_func(is_either, converter.unstructure)


def _tagged(converter: Converter) -> None:
    """An object of a union says under ``kind`` which class it is."""
    for kind, word in TAGS.items():
        _tag(converter, kind, word)

    words_of_all = {**TAGS, **ARM_TAGS}

    def is_union(kind: Any) -> bool:
        arms = get_args(kind)
        return get_origin(kind) in (Union, types.UnionType) and any(arm in TAGS for arm in arms)

    def read(value: object, kind: Any) -> Any:
        arms = get_args(kind)
        if value is None and type(None) in arms:
            return None
        content = dict(read_object(value))
        words = {words_of_all[arm]: arm for arm in arms if arm in words_of_all}
        plain = [arm for arm in arms if arm not in words_of_all and arm is not type(None)]
        if plain and "kind" not in content:
            return converter.structure(content, plain[0])
        found = content.pop("kind", None)
        if not isinstance(found, str) or found not in words:
            raise InvalidValueError.at(
                HERE, expected=f"the key 'kind' with one of {', '.join(words)}", found=repr(found)
            )
        return converter.structure(content, words[found])

    def write(value: object) -> Any:
        word = ARM_TAGS.get(type(value))
        told = converter.unstructure(value)
        return told if word is None else {"kind": word, **told}

    converter.register_structure_hook_func(is_union, read)
    converter.register_unstructure_hook_func(is_union, write)


def _tag(converter: Converter, kind: type, word: str) -> None:
    write = converter.get_unstructure_hook(kind)
    converter.register_unstructure_hook(kind, lambda value: {"kind": word, **write(value)})
