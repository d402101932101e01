"""Rules of early warning from files: the packaged ones by name, one's own by path.

The one idea: a file is read key by key, so that a slip of the pen is told with its line and never a silent
default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from delinquency.citation import Citation, Modality, Verification
from delinquency.cited_tables import CitedFolder, citations_of, cited, verification_of
from delinquency.currency import Currency
from delinquency.early_warning.catalogue import CATALOGUE, ObservationTerm
from delinquency.early_warning.condition_text import parse_condition
from delinquency.early_warning.conditions import AllOf, AnyOf, AtLeastOf, WarningCondition
from delinquency.early_warning.rule import Severity, WarningFamily, WarningRule
from delinquency.early_warning.rules import (
    ONCE_IN_FORCE,
    OTHER_ID,
    DatedRule,
    ObservationPeriod,
    WarningRules,
    overlap_with,
)
from delinquency.early_warning.units import Unit
from delinquency.errors import PolicyError
from delinquency.rule_files.toml_text import read_table
from delinquency.validity import Validity

if TYPE_CHECKING:
    from delinquency.rule_files.tables import Table

__all__ = ["available_warning_rules", "load_warning_rules", "rules_of_text"]

_NOUN: Final = "rules of early warning"

_FILES: Final = CitedFolder("delinquency.early_warning", "files", _NOUN)

_SEVERITIES: Final = tuple(each.name.lower() for each in Severity if each is not Severity.NONE)

_LONGEST_LINE: Final = 4_000
"""Characters that somebody may still read aloud; a list of lines may have more of them together."""

_RENAMED: Final = {"rule_id": "id", "citations": "cites", "validity": "effective_from"}
"""Fields of a rule as files call them."""


_MEANT_UNITS: Final = {
    word: unit
    for unit, words in (
        (Unit.TIMES, ("count", "counts", "number", "int", "integer")),
        (Unit.SHARE, ("percent", "percentage", "ratio", "rate")),
        (Unit.AMOUNT, ("money", "currency", "decimal")),
        (Unit.FLAG, ("bool", "boolean", "yes/no")),
        (Unit.POINTS, ("score",)),
    )
    for word in words
}
"""Words that others use for a unit."""


def available_warning_rules() -> tuple[str, ...]:
    """The names of the packaged rules, in order.

    Examples
    --------
    >>> "sama" in available_warning_rules()
    True
    """
    return _FILES.names()


def load_warning_rules(name: str | Path) -> WarningRules:
    """Packaged rules by name, or a file of one's own by path (``.toml``, in UTF-8).

    Parameters
    ----------
    name : str or Path
        A text that ends in ``.toml`` is a path.

    Raises
    ------
    InvalidTypeError
        Neither a text nor a path.
    PolicyError
        No such rules, or a file that contradicts itself; the message names the file, the line and the key.

    Examples
    --------
    >>> rules = load_warning_rules("founding-report")
    >>> sorted({each.rule.family.value for each in rules.rules})
    ['capacity', 'liquidity', 'willingness']
    """
    return _read(_FILES.open(name))


def rules_of_text(text: str, *, source: str) -> WarningRules:
    """The rules that the text of a file says; ``source`` names it in messages.

    Raises
    ------
    PolicyError
        As :func:`load_warning_rules`.
    """
    return _read(read_table(text, source=source, noun=_NOUN))


def _read(table: Table) -> WarningRules:
    head = table.take_name("id")
    title, title_zh = table.take("title", str, ""), table.take("title_zh", str, "")
    jurisdiction, notes = table.take("jurisdiction", str, ""), table.take("notes", str, "")
    period = table.take_enum("period", ObservationPeriod, ObservationPeriod.MONTH)
    currency = None
    if table.has("currency"):
        with table.telling(of=f"warning rules {head!r}"):
            currency = Currency.of(table.take("currency", str))
    table.take_date("verified_on")
    known, level = citations_of(table), verification_of(table)
    own = [_term(name, each) for name, each in table.named_tables("observation").items()]
    terms = {**CATALOGUE, **{term.name: term for term in own}}
    tables = table.take_tables("rule", called_by="id")
    rules = [_rule(each, known, level, terms) for each in tables]
    table.close()
    _check_ids(rules, tables)
    with table.telling(of=f"warning rules {head!r}", renamed={"name": "id"}):
        return WarningRules(
            name=head,
            rules=rules,
            period=period,
            own_terms=own,
            currency=currency,
            title=title,
            title_zh=title_zh,
            jurisdiction=jurisdiction,
            notes=notes,
        )


def _check_ids(rules: Sequence[DatedRule], tables: Sequence[Table]) -> None:
    """Refuse an id that is used twice on the same days, and name both lines."""
    for place, each in enumerate(rules):
        other = overlap_with(each, rules[:place])
        if other is not None:
            raise PolicyError.at(
                tables[place].at("id"),
                expected=ONCE_IN_FORCE,
                found=f"{each.rule.rule_id!r} twice: {rules[other].validity} at {tables[other].at('id')}, "
                f"and here {each.validity}",
                hint=OTHER_ID,
            )


def _term(name: str, table: Table) -> ObservationTerm:
    with table.telling(of=f"observation {name!r}"):
        term = ObservationTerm(
            name,
            _unit(table),
            table.take("meaning", str, ""),
            table.take("meaning_zh", str, ""),
            table.take("source", str, ""),
        )
    table.close()
    return term


def _unit(table: Table) -> Unit:
    try:
        return table.take_enum("unit", Unit)
    except PolicyError as error:
        meant = _MEANT_UNITS.get(error.found.strip("'"))
        if meant is None:
            raise
        raise PolicyError.at(
            error.where,
            expected=error.expected,
            found=error.found,
            hint=f"Did you mean {meant.value!r}?",
        ) from None


def _rule(
    table: Table,
    known: Mapping[str, Citation],
    level: Verification | None,
    terms: Mapping[str, ObservationTerm],
) -> DatedRule:
    rule_id = table.take_name("id")
    with table.telling(of=f"warning rule {rule_id!r}", renamed=_RENAMED):
        points = table.take("points", int, 0)
        severity = Severity.NONE.name
        if points >= 0 or table.has("severity"):
            severity = table.take_word("severity", _SEVERITIES)
        fields: dict[str, Any] = {
            "rule_id": rule_id,
            "when": _condition(table, "when", terms),
            "clears": _condition(table, "clears", terms) if table.has("clears") else None,
            "family": table.take_enum("family", WarningFamily),
            "severity": Severity[severity.upper()],
            "points": points,
            "says": table.take_name("says"),
            "says_zh": table.take("says_zh", str, ""),
            "rationale": table.take("rationale", str, ""),
            "rationale_zh": table.take("rationale_zh", str, ""),
            "confirm_after": table.take("confirm_after", int, 1),
            "clear_after": table.take("clear_after", int, 1),
            "cool_down": table.take("cool_down", int, 0),
            "owner": table.take("owner", str, ""),
            "owner_zh": table.take("owner_zh", str, ""),
            "escalation": table.take("escalation", str, ""),
            "escalation_zh": table.take("escalation_zh", str, ""),
            "citations": cited(table, known) if table.has("cites") else (),
            "verification": verification_of(table, level if table.has("cites") else None),
            "modality": table.take_optional_enum("modality", Modality),
        }
        validity = Validity(table.take_date("effective_from"), table.take_date("effective_until"))
        # A key that is misspelt is told as that, and not as a figure that is missing.
        table.close()
        return DatedRule(WarningRule(**fields), validity)


def _condition(table: Table, key: str, terms: Mapping[str, ObservationTerm]) -> WarningCondition:
    """A line, a list of which all must hold, or a table that says how many."""
    value = table.take(key, object)
    return _written(value, table.at(key), terms)


def _written(value: object, where: str, terms: Mapping[str, ObservationTerm]) -> WarningCondition:
    if isinstance(value, str):
        if len(value) > _LONGEST_LINE:
            raise PolicyError.at(
                where,
                expected=f"a line of at most {_LONGEST_LINE:,} characters",
                found=f"{len(value):,}",
            )
        return parse_condition(value, terms=terms, where=where)
    if isinstance(value, list):
        found = _each(cast("list[object]", value), where, terms)
        return found[0] if len(found) == 1 else AllOf(found)
    if isinstance(value, dict):
        return _counted(cast("dict[str, object]", value), where, terms)
    raise PolicyError.at(
        where,
        expected="a condition, a list of conditions, or a table of them",
        found=repr(value),
    )


def _each(
    values: list[object], where: str, terms: Mapping[str, ObservationTerm]
) -> tuple[WarningCondition, ...]:
    if not values:
        raise PolicyError.at(where, expected="at least one condition", found="none")
    return tuple(
        _written(value, f"{where} {number}", terms) for number, value in enumerate(values, start=1)
    )


def _counted(
    content: dict[str, object], where: str, terms: Mapping[str, ObservationTerm]
) -> WarningCondition:
    shape = set(content)
    if shape in ({"all"}, {"any"}):
        key = next(iter(shape))
        found = _each(_list(content[key], where, key), f"{where}, {key}", terms)
        return AllOf(found) if key == "all" else AnyOf(found)
    if shape == {"at_least", "of"}:
        count = content["at_least"]
        found = _each(_list(content["of"], where, "of"), f"{where}, of", terms)
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= len(found):
            raise PolicyError.at(
                f"{where}, at_least",
                expected=f"a whole number from 1 to {len(found)}",
                found=repr(count),
            )
        return AtLeastOf(count, found)
    raise PolicyError.at(
        where,
        expected="{all = [...]}, {any = [...]} or {at_least = 2, of = [...]}",
        found=f"the keys {', '.join(sorted(shape)) or 'none'}",
    )


def _list(value: object, where: str, key: str) -> list[object]:
    if not isinstance(value, list):
        raise PolicyError.at(f"{where}, {key}", expected="a list of conditions", found=repr(value))
    return cast("list[object]", value)
