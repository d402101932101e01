"""Rules of early warning from files: the packaged ones by name, one's own by path.

The one idea: a file is read key by key, so that a slip of the pen is told with its line and never a silent
default.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from delinquency.citation import Citation, Modality, Verification
from delinquency.cited_tables import CitedFolder, citations_of, cited, verification_of
from delinquency.currency import Currency
from delinquency.early_warning.catalogue import CATALOGUE, ObservationTerm
from delinquency.early_warning.condition_text import parse_condition
from delinquency.early_warning.conditions import AllOf, AnyOf, AtLeastOf, WarningCondition
from delinquency.early_warning.rule import Severity, WarningFamily, WarningRule
from delinquency.early_warning.rules import DatedRule, ObservationPeriod, WarningRules
from delinquency.early_warning.units import Unit
from delinquency.errors import PolicyError
from delinquency.validity import Validity

if TYPE_CHECKING:
    from delinquency.rule_files.tables import Table

__all__ = ["available_warning_rules", "load_warning_rules"]

_FILES: Final = CitedFolder("delinquency.early_warning", "files", "rules of early warning")

_SEVERITIES: Final = tuple(each.name.lower() for each in Severity if each is not Severity.NONE)

_RENAMED: Final = {"rule_id": "id", "citations": "cites", "validity": "effective_from"}
"""Fields of a rule as files call them."""


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
    table = _FILES.open(name)
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
    rules = [_rule(each, known, level, terms) for each in table.take_tables("rule")]
    table.close()
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
            notes=" ".join(notes.split()),
        )


def _term(name: str, table: Table) -> ObservationTerm:
    with table.telling(of=f"observation {name!r}"):
        term = ObservationTerm(
            name,
            table.take_enum("unit", Unit),
            table.take("meaning", str, ""),
            table.take("meaning_zh", str, ""),
            table.take("source", str, ""),
        )
    table.close()
    return term


def _rule(
    table: Table,
    known: Mapping[str, Citation],
    level: Verification | None,
    terms: Mapping[str, ObservationTerm],
) -> DatedRule:
    rule_id = table.take_name("id")
    with table.telling(of=f"warning rule {rule_id!r}", renamed=_RENAMED):
        severity = table.take_word("severity", _SEVERITIES)
        fields: dict[str, Any] = {
            "rule_id": rule_id,
            "when": _condition(table, "when", terms),
            "clears": _condition(table, "clears", terms) if table.has("clears") else None,
            "family": table.take_enum("family", WarningFamily),
            "severity": Severity[severity.upper()],
            "points": table.take("points", int, 0),
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
