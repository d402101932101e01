"""The verbs: to a dictionary or a text of JSON, and back.

The one idea: what is read is what was written. ``from_dict(type(x), to_dict(x)) == x`` for every class
listed in :data:`~delinquency.serialization.document_kinds.DOCUMENTS`, and a document that says anything else
than its schema is refused with the path of the mistake. The rows of a table are no facts: read, they must
follow from the terms beside them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar, cast

from delinquency.errors import DelinquencyError, InvalidTypeError, InvalidValueError
from delinquency.serialization.converter import make_converter
from delinquency.serialization.document_kinds import DOCUMENTS, RECORDS
from delinquency.serialization.mistakes import error_of
from delinquency.text_encoding import not_utf8

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["DOCUMENTS", "from_dict", "from_json", "json_schema", "to_dict", "to_json"]

T = TypeVar("T")

_MOST_DIGITS = 40
"""As for amounts: more is no figure of an account."""


def to_dict(value: object) -> dict[str, Any]:
    """A fact, a policy or a result as JSON values: amounts and dates as text.

    An :class:`~delinquency.Assessment` is written as its
    :class:`~delinquency.serialization.record.AssessmentRecord`: the audit record. So are penalty interest, a
    breakdown, and what a payment settled, each as its
    :class:`~delinquency.serialization.owed_record.OwedRecord`; a status, a debtor and a provision as their
    :class:`~delinquency.serialization.status_record.StatusRecord`,
    :class:`~delinquency.serialization.obligor_record.ObligorRecord` and
    :class:`~delinquency.serialization.provision_record.ProvisionRecord`. An answer on a plan is written as
    its record as well: see :data:`~delinquency.serialization.document_kinds.RECORDS`.

    Raises
    ------
    InvalidTypeError
        Not one of the classes that are written.
    MissingExtraError
        Without the ``json`` extra.

    Examples
    --------
    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from delinquency import Currency, Instalment, Schedule
    >>> to_dict(Schedule(Currency.of("CNY"), [Instalment(date(2025, 1, 31), Decimal("100.00"))]))
    {'currency': 'CNY', 'instalments': [{'due_date': '2025-01-31', 'principal': '100.00', \
'interest': '0', 'fees': '0', 'in_force_from': None, 'in_force_until': None}]}
    """
    record = RECORDS.get(type(value))
    if record is not None:
        value = record.of(value)
    _check_kind(type(value), found=value)
    return cast("dict[str, Any]", _converter().unstructure(value))


def from_dict(kind: type[T], data: Mapping[str, Any]) -> T:
    """The fact, policy or record that a dictionary describes.

    Amounts are text or ``Decimal``, dates text or ``date``. Keys with a default may be left out.

    Parameters
    ----------
    kind : type
        One of :data:`~delinquency.serialization.document_kinds.DOCUMENTS`.
    data : mapping

    Raises
    ------
    InvalidTypeError, InvalidValueError, DelinquencyError
        A value of the wrong form, an unknown or a missing key, a fact that its class refuses, or a
        figure of a table that does not follow from its terms. ``where`` begins with the path, such as
        ``$.payments[2].amount``; the hint lists the paths of further mistakes.
    MissingExtraError
        Without the ``json`` extra.

    Examples
    --------
    >>> from delinquency import Schedule
    >>> from_dict(Schedule, {"currency": "CNY", "instalments": [{"due_date": "2025-01-31",
    ...     "principal": 100.0}]})
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidTypeError: $.instalments[0].principal: expected an exact number as \
text, found 100.0. Hint: Write "12.34": most programs read a JSON number as a float.
    """
    _check_kind(kind, found=kind)
    try:
        return _read(kind, data)
    except RecursionError:
        raise _too_deep() from None


def _read(kind: type[T], data: Mapping[str, Any]) -> T:
    converter = _converter()
    from cattrs.errors import BaseValidationError

    try:
        return converter.structure(data, kind)
    except BaseValidationError as error:
        mistake = error_of(error)
    except DelinquencyError as error:
        mistake = error.within("$")
    raise mistake


def to_json(value: object, *, indent: int | None = None) -> str:
    """The text of JSON for a fact, a policy or a result; Chinese stays readable.

    Parameters
    ----------
    value : object
        As for :func:`to_dict`, which also lists the errors.
    indent : int, optional
        Spaces a level; ``None`` writes one line.
    """
    if indent is not None and (isinstance(indent, bool) or not isinstance(indent, int)):
        raise InvalidTypeError.at("to_json, indent", expected="an int or None", found=indent)
    return json.dumps(to_dict(value), ensure_ascii=False, indent=indent, allow_nan=False)


def from_json(kind: type[T], text: str | bytes) -> T:
    """The fact, policy or record that a text of JSON describes.

    Raises
    ------
    InvalidTypeError
        Neither a text nor bytes.
    InvalidValueError
        Not JSON, or not in UTF-8; an object with the same key twice; NaN or an infinity; a whole
        number of more digits than any figure has.
    DelinquencyError
        As :func:`from_dict`.

    Examples
    --------
    >>> from delinquency import Schedule
    >>> from_json(Schedule, '{"currency": "CNY", "currency": "USD", "instalments": []}')
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: JSON: expected each key of an object once, found \
'currency' twice.
    """
    return from_dict(kind, content_of(text))


def content_of(text: str | bytes) -> Any:
    """What a text of JSON holds, as dictionaries, lists and plain values.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As :func:`from_json`.
    """
    if not isinstance(text, str | bytes):
        raise InvalidTypeError.at("JSON", expected="a text or bytes", found=text)
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_constant=_refuse_constant, parse_int=_whole
        )
    except UnicodeDecodeError as error:
        told = not_utf8(error, where="JSON", kind=InvalidValueError)
        raise InvalidValueError.at(
            "JSON", expected="a JSON document", found=told.found, hint=told.hint
        ) from None
    except json.JSONDecodeError as error:
        raise InvalidValueError.at("JSON", expected="a JSON document", found=str(error)) from None
    except RecursionError:
        raise _too_deep() from None


def json_schema(kind: type) -> dict[str, Any]:
    """The JSON Schema (Draft 2020-12) of a class, complete in itself.

    Parameters
    ----------
    kind : type
        As for :func:`from_dict`; an :class:`~delinquency.Assessment` is written as its
        :class:`~delinquency.serialization.record.AssessmentRecord`, so its schema is that of the record. The
        same holds of every other answer that has a record.

    Raises
    ------
    InvalidTypeError
        Not one of the classes that are written.

    Examples
    --------
    >>> from delinquency import Assessment, Schedule
    >>> from delinquency.serialization import AssessmentRecord
    >>> json_schema(Schedule)["required"]
    ['currency', 'instalments']
    >>> json_schema(Assessment) == json_schema(AssessmentRecord)
    True
    """
    kind = RECORDS.get(kind, kind)
    _check_kind(kind, found=kind)
    definitions = _definitions()
    top = definitions[kind.__name__]
    reached: dict[str, Any] = {}
    _reach(top, definitions, reached)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:delinquency:{kind.__name__}",
        **top,
        "$defs": {name: reached[name] for name in sorted(reached)},
    }


@cache
def _converter() -> Converter:
    return make_converter()


@cache
def _definitions() -> dict[str, Any]:
    file = resources.files("delinquency.serialization").joinpath("schema.json")
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["$defs"]
    return content


def _reach(part: object, definitions: Mapping[str, Any], reached: dict[str, Any]) -> None:
    """Collect every definition that ``part`` refers to, and those they refer to."""
    if isinstance(part, Mapping):
        content = cast("Mapping[str, object]", part)
        name = str(content.get("$ref", "")).removeprefix("#/$defs/")
        if name and name not in reached:
            reached[name] = definitions[name]
            _reach(definitions[name], definitions, reached)
        for below in content.values():
            _reach(below, definitions, reached)
    elif isinstance(part, list):
        for below in cast("list[object]", part):
            _reach(below, definitions, reached)


def _check_kind(kind: type, *, found: object) -> None:
    if kind not in DOCUMENTS:
        raise InvalidTypeError.at(
            "serialization",
            expected=RECORDS[kind].__name__
            if kind in RECORDS
            else f"one of {', '.join(known.__name__ for known in DOCUMENTS)}",
            found=found,
            hint=f"{_article(kind)} is read as its {RECORDS[kind].__name__}."
            if kind in RECORDS
            else "",
        )


def _article(kind: type) -> str:
    return f"{'An' if kind.__name__[0] in 'AEIO' else 'A'} {kind.__name__}"


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content: dict[str, object] = {}
    for key, value in pairs:
        if key in content:
            raise InvalidValueError.at(
                "JSON", expected="each key of an object once", found=f"{key!r} twice"
            )
        content[key] = value
    return content


def _refuse_constant(word: str) -> object:
    raise InvalidValueError.at("JSON", expected="finite numbers", found=word)


def _whole(digits: str) -> int:
    count = len(digits.removeprefix("-"))
    if count > _MOST_DIGITS:
        raise InvalidValueError.at(
            "JSON",
            expected=f"whole numbers of at most {_MOST_DIGITS} digits",
            found=f"one of {count:,}",
        )
    return int(digits)


def _too_deep() -> InvalidValueError:
    return InvalidValueError.at("JSON", expected="a document", found="one nested without end")
