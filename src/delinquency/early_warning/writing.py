"""Rules of early warning as a file: the text that loading reads as the same rules.

The one idea: what is written is read again before it is given out, so that a file never says something else
than the rules it was made of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from textwrap import wrap
from typing import Final

import attrs

from delinquency.citation import Citation
from delinquency.currency import Currency
from delinquency.early_warning.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    WarningCondition,
)
from delinquency.early_warning.loading import rules_of_text
from delinquency.early_warning.rule import Severity
from delinquency.early_warning.rules import DatedRule, WarningRules
from delinquency.errors import DelinquencyError, InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id

__all__ = ["rules_to_toml", "save_warning_rules"]

_WIDTH: Final = 118
"""Characters of a line of notes."""

_THREE: Final = '"' * 3

_DELETE: Final = "\x7f"
"""The one control character that JSON writes as it is, and TOML does not."""


def save_warning_rules(rules: WarningRules, path: str | Path) -> None:
    """Write rules as a file that :func:`~delinquency.early_warning.loading.load_warning_rules` reads.

    Parameters
    ----------
    rules : WarningRules
    path : str or Path
        It ends in ``.toml``. A file that is there is written anew.

    Raises
    ------
    InvalidTypeError
        Not rules; no path.
    InvalidValueError
        Another ending; rules that a file cannot say, such as one without a sentence.
    OSError
        A file that cannot be written.
    """
    if not isinstance(path, str | Path):
        raise InvalidTypeError.at("save_warning_rules, path", expected="a path", found=path)
    if not str(path).endswith(".toml"):
        raise InvalidValueError.at(
            "save_warning_rules, path", expected="a name that ends in .toml", found=repr(str(path))
        )
    Path(path).write_text(rules_to_toml(rules), encoding="utf-8", newline="\n")


def rules_to_toml(rules: WarningRules) -> str:
    """The text of a file of rules; what is as by default is left out.

    Raises
    ------
    InvalidTypeError
        Not rules.
    InvalidValueError
        Rules that a file cannot say: a rule without a sentence, an id with spaces around it, a text that
        UTF-8 cannot write.

    Examples
    --------
    >>> from delinquency.early_warning.loading import load_warning_rules
    >>> rules_to_toml(load_warning_rules("founding-report")).splitlines()[0]
    'id = "founding-report"'
    """
    if not isinstance(rules, WarningRules):
        raise InvalidTypeError.at("warning rules", expected="WarningRules", found=rules)
    where = f"warning rules {rules.name!r}"
    text = "\n".join(_lines(rules)) + "\n"
    check_id(text, where=where)
    try:
        read = rules_of_text(text, source="the file of them")
    except DelinquencyError as error:
        raise InvalidValueError.at(
            where, expected="rules that a file can say", found=str(error).rstrip(".")
        ) from None
    if read != rules:
        raise InvalidValueError.at(
            where, expected="rules that a file can say", found="rules that it would say otherwise"
        )
    return text


def _lines(rules: WarningRules) -> Iterator[str]:
    citations = dict.fromkeys(each for dated in rules.rules for each in dated.rule.citations)
    keys = {citation: f"source_{number}" for number, citation in enumerate(citations, start=1)}
    yield from _fields(rules, {"name": "id"}, left_out=("rules", "own_terms", "notes"))
    if rules.notes:
        yield f"notes = {_THREE}\n{_wrapped(rules.notes)}\n{_THREE}"
    for citation, key in keys.items():
        yield f"\n[citation.{key}]"
        yield from _fields(citation)
    for term in rules.own_terms:
        yield f"\n[observation.{term.name}]"
        yield from _fields(term, left_out=("name",))
    for dated in rules.rules:
        yield "\n[[rule]]"
        yield from _of_rule(dated, keys)


def _of_rule(dated: DatedRule, keys: Mapping[Citation, str]) -> Iterator[str]:
    yield from _fields(dated.rule, {"rule_id": "id"}, left_out=("citations",))
    if dated.rule.citations:
        yield f"cites = [{', '.join(_text(keys[each]) for each in dated.rule.citations)}]"
    yield from _fields(dated.validity, left_out=("selected_by",))


def _fields(
    record: object,
    renamed: Mapping[str, str] | None = None,
    left_out: Iterable[str] = (),
) -> Iterator[str]:
    """A line for each field that is not as by default."""
    for field in attrs.fields(type(record)):  # type: ignore[arg-type]
        value: object = getattr(record, field.name)
        if field.name not in left_out and value != field.default:
            yield f"{(renamed or {}).get(field.name, field.name)} = {_value(value)}"


def _value(value: object) -> str:
    """A value of a field; a condition is a line, a list of what all must hold, or a table."""
    match value:
        case Severity():
            return _text(value.name.lower())
        case Enum():
            return _text(str(value.value))
        case date():
            return value.isoformat()
        case Currency():
            return _text(value.code)
        case int() | str():
            return json.dumps(value) if isinstance(value, int) else _text(value)
        case _:
            return _condition(value)  # type: ignore[arg-type]


def _condition(condition: WarningCondition) -> str:
    match condition:
        case AllOf() if len(condition.conditions) > 1:
            return f"[{_listed(condition.conditions)}]"
        case AllOf():
            return f"{{all = [{_listed(condition.conditions)}]}}"
        case AnyOf():
            return f"{{any = [{_listed(condition.conditions)}]}}"
        case AtLeastOf():
            return f"{{at_least = {condition.count}, of = [{_listed(condition.conditions)}]}}"
        case _:
            return _text(str(condition))


def _listed(conditions: Sequence[WarningCondition]) -> str:
    return ", ".join(map(_condition, conditions))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace(_DELETE, "\\u007f")


def _wrapped(notes: str) -> str:
    """Notes in lines that are not too long; a word is never cut, and quotes stand alone unless three meet."""
    lines = wrap(notes, _WIDTH, break_long_words=False, break_on_hyphens=False)
    text = "\n".join(_text(line)[1:-1] for line in lines)
    return text if _THREE in notes else text.replace('\\"', '"')
