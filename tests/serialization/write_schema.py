"""Writes the JSON Schemas from the classes and their docstrings: ``make schema``.

The one idea: the classes are the source. A test compares the checked-in file with what this writes,
so that neither can change alone.
"""

from __future__ import annotations

import inspect
import json
import re
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

import delinquency
from delinquency.currency import Currency
from delinquency.explanation import Explanation
from delinquency.serialization.converter import EVENTS
from delinquency.serialization.dated_values import DatedStep, is_dated
from delinquency.serialization.documents import DOCUMENTS
from delinquency.serialization.json_values import words_of
from delinquency.serialization.plain_forms import ARM_TAGS, NAMED_LATER, PLAIN_FORMS, TAGS
from delinquency.serialization.steps import PlainStep
from delinquency.serialization.sums import SUMS
from delinquency.serialization.tables import TABLE_FORMS
from delinquency.status import Condition

FILE = Path(delinquency.__file__).parent / "serialization" / "schema.json"

PLAIN: dict[Any, dict[str, Any]] = {
    Any: {},
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    Fraction: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+|/0*[1-9][0-9]*)?$"},
    Currency: {"type": "string", "pattern": "^[A-Z]{3}$"},
    dict[str, Any]: {"type": "object"},
    Condition: {"type": "string"},
}


OTHER_FORMS: dict[type, type] = {Explanation: PlainStep, **PLAIN_FORMS, **TABLE_FORMS}
"""Classes that are written in another form than their fields."""


def definitions() -> dict[str, Any]:
    """Every class of every document by name."""
    found: dict[str, Any] = {}
    for kind in DOCUMENTS:
        _define(kind, found)
    _NAMED.clear()
    return {"$defs": {name: found[name] for name in sorted(found)}}


_NAMED: dict[str, type] = {}
"""The class that each definition is of: a name means one class."""


def _define(kind: type, found: dict[str, Any]) -> None:
    name = kind.__name__
    assert _NAMED.setdefault(name, kind) is kind, f"two classes named {name}"
    if name in found:
        return
    found[name] = {}
    if issubclass(kind, Enum):
        values = list(words_of(kind))
        found[name] = {"description": _summary(kind), "enum": values}
        return
    source = OTHER_FORMS.get(kind, kind)
    hints = get_type_hints(source, localns=dict(NAMED_LATER))
    told = _parameters_of_all(source)
    properties: dict[str, Any] = {}
    required: list[str] = []
    for word, event in EVENTS.items():
        if event is kind:
            properties["event"] = {"const": word}
            required.append("event")
    if kind in TAGS:
        properties["kind"] = {"const": TAGS[kind]}
        required.append("kind")
    for field in attrs.fields(source):
        if not field.init:
            continue
        part = _part(hints[field.name], found)
        words = told[field.name]
        properties[field.name] = {"description": words, **part} if words else part
        if field.default is attrs.NOTHING:
            required.append(field.name)
    for sum_name, number in SUMS.get(kind, {}).items():
        properties[sum_name] = {"description": _summary(getattr(kind, sum_name)), **PLAIN[number]}
        required.append(sum_name)
    found[name] = {
        "description": _summary(kind),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _part(hint: Any, found: dict[str, Any]) -> dict[str, Any]:
    if hint in PLAIN:
        return dict(PLAIN[hint])
    if get_origin(hint) in (Union, types.UnionType):
        parts = [{"type": "null"} if arm is type(None) else _arm(arm, found) for arm in _arms(hint)]
        return {"anyOf": parts} if len(parts) > 1 else parts[0]
    if is_dated(hint):
        return {"type": "array", "items": _step(get_args(hint)[0], found)}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _part(get_args(hint)[0], found)}
    if get_origin(hint) in (dict, Mapping):
        return {"type": "object", "additionalProperties": PLAIN[str]}
    _define(hint, found)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _arm(arm: Any, found: dict[str, Any]) -> dict[str, Any]:
    """A class of a union; one that says only there which it is has a definition of its own for it."""
    part = _part(arm, found)
    if arm not in ARM_TAGS:
        return part
    alone = found[arm.__name__]
    name = f"{arm.__name__}OfSeveral"
    found[name] = {
        **alone,
        "properties": {"kind": {"const": ARM_TAGS[arm]}, **alone["properties"]},
        "required": ["kind", *alone["required"]],
    }
    return {"$ref": f"#/$defs/{name}"}


def _step(held: Any, found: dict[str, Any]) -> dict[str, Any]:
    """A step of a value that holds from a date."""
    told = _parameters(DatedStep)
    parts = {"effective_on": _part(date | None, found), "value": _part(held, found)}
    return {
        "type": "object",
        "properties": {name: {"description": told[name], **part} for name, part in parts.items()},
        "required": list(parts),
        "additionalProperties": False,
    }


def _arms(union: Any) -> list[Any]:
    """The classes of a union; of exact numbers, all of them texts, the one that takes most."""
    arms = list(get_args(union))
    exact = [kind for kind in (Fraction, Decimal, int) if kind in arms]
    return [arm for arm in arms if arm not in exact[1:]]


def _summary(kind: object) -> str:
    """The first paragraphs of a docstring, up to its first section."""
    text = inspect.getdoc(kind) or ""
    paragraphs = re.split(r"\n\n", re.split(r"\n\n[A-Z]\w+\n---", text)[0])
    return " ".join(_plain(paragraph) for paragraph in paragraphs)


def _plain(text: str) -> str:
    without_roles = re.sub(r":\w+:`~?\.?([^`<]*?)(?: <[^>]*>)?`", r"\1", text)
    return " ".join(without_roles.replace("``", "").replace("`", "").split())


def _parameters(kind: type) -> dict[str, str]:
    """What the Parameters or Attributes section says of each field."""
    text = inspect.getdoc(kind) or ""
    section = re.search(
        r"(?:Parameters|Attributes)\n-+\n(.*?)(?=\n\n[A-Z]\w+\n---|\Z)", text, re.DOTALL
    )
    told: dict[str, str] = {}
    names: list[str] = []
    for line in section.group(1).splitlines() if section else ():
        if not line.startswith(" ") and " : " in line:
            head, kind_text = line.split(" : ", 1)
            names = [name.strip() for name in head.split(",")]
            default = re.search(r"default (.*)", kind_text)
            told.update(dict.fromkeys(names, f"Default {default.group(1)}." if default else ""))
        elif line.strip():
            for name in names:
                told[name] = _plain(f"{told[name]} {line.strip()}")
    return {field.name: told.get(field.name, "") for field in attrs.fields(kind)}


def _parameters_of_all(kind: type) -> dict[str, str]:
    """The same, with what the classes above a class say of the fields that it has from them."""
    told: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if attrs.has(each):
            told |= {name: words for name, words in _parameters(each).items() if words}
    return {field.name: told.get(field.name, "") for field in attrs.fields(kind)}


def text() -> str:
    return json.dumps(definitions(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
