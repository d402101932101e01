"""An object that may be one of several classes says which.

The one idea: the word is part of the object, under ``kind``, where the field takes several classes.
"""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from delinquency.errors import InvalidValueError
from delinquency.serialization.json_values import HERE, read_object
from delinquency.serialization.plain_forms import TAGS

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["one_of_several"]


def one_of_several(converter: Converter) -> None:
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
        content = dict(read_object(value))
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
