"""Rules of early warning: listing them, showing one file, and judging observations in JSON.

The one idea: the command reads documents, asks the verb that everybody calls, and prints; what it writes is
the audit record that a service would keep.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from delinquency import serialization
from delinquency.cli.documents import has_lines, read_documents, write_document, write_lines
from delinquency.cli.files import check_opens, is_same
from delinquency.cli.words import said
from delinquency.early_warning import (
    EarlyWarning,
    Observations,
    ObservationTerm,
    WarningRules,
    available_warning_rules,
    early_warning_signals,
    load_warning_rules,
)
from delinquency.early_warning.describe import observations_to_text, to_text
from delinquency.errors import InvalidValueError

__all__ = ["judge_observations", "print_observations", "print_warning_rules", "print_warnings"]


def print_warnings(*, lang: str) -> None:
    """Print every packaged file of rules: name, jurisdiction, how many rules, title."""
    loaded = [load_warning_rules(name) for name in available_warning_rules()]
    width = max(len(rules.name) for rules in loaded)
    for rules in loaded:
        title = rules.title_zh if lang == "zh" and rules.title_zh else rules.title
        print(f"{rules.name:<{width}}  {rules.jurisdiction:<2}  {len(rules.rules):>3}  {title}")


def print_warning_rules(name: str, *, lang: str) -> None:
    """Print the rules of a file: what raises and clears each, why, and its source."""
    print(to_text(load_warning_rules(name), lang=lang), end="")


def print_observations(*, lang: str) -> None:
    """Print every observation that rules may read: its name, unit and source, and what it means."""
    print(observations_to_text(lang), end="")


def judge_observations(options: argparse.Namespace) -> None:
    """Carry out ``warnings judge``.

    Raises
    ------
    DelinquencyError
        Bad input.
    OSError
        A file that cannot be read or written.
    """
    _check_out(options)
    rules = load_warning_rules(options.rules)
    seen = list(
        read_documents(
            Observations,
            options.observations,
            completed=lambda content: _with_terms_of(rules, content),
        )
    )
    if not seen:
        raise InvalidValueError.at(
            str(options.observations), expected="observations of an account", found="none"
        )
    judged = [early_warning_signals(each, rules=rules) for each in seen]
    # Whoever reads what is printed may stop before its end; the record is kept all the same.
    if options.out is not None:
        _write(judged, options)
    _print(judged, options)


def _with_terms_of(rules: WarningRules, content: Any) -> Any:
    """Observations in JSON, and what the rules declare of those that it does not declare itself."""
    observed, declared = _names(content, "observed"), _names(content, "own_terms")
    if observed is None or declared is None:
        return content
    terms = [
        {"name": term.name, "unit": term.unit.value, **_texts_of(term)}
        for term in rules.own_terms
        if term.name in observed and term.name not in declared
    ]
    return {**content, "own_terms": [*content.get("own_terms", ()), *terms]}


def _texts_of(term: ObservationTerm) -> dict[str, str]:
    return {"meaning": term.meaning, "meaning_zh": term.meaning_zh, "source": term.source}


def _names(content: Any, key: str) -> set[object] | None:
    """The names in a list of a document; ``None`` of another form, which is told when it is read."""
    try:
        return {each["name"] for each in content.get(key, ())}
    except (AttributeError, KeyError, TypeError):
        return None


def _write(judged: list[EarlyWarning], options: argparse.Namespace) -> None:
    if len(judged) > 1 or has_lines(options.observations):
        write_lines(judged, options.out)
    else:
        write_document(judged[0], options.out)


def _print(judged: list[EarlyWarning], options: argparse.Namespace) -> None:
    if options.json:
        indent = 2 if len(judged) == 1 else None
        for warning in judged:
            print(serialization.to_json(warning, indent=indent))
        return
    print("\n\n".join(warning.explanation.to_text(lang=options.lang) for warning in judged))
    if options.out is not None:
        print("\n" + said("record_written", options.lang, path=options.out))


def _check_out(options: argparse.Namespace) -> None:
    """Refuse an output that is read too, before anything is done."""
    if options.out is None:
        return
    read = (options.observations, Path(options.rules))
    if any(is_same(options.out, other) for other in read):
        raise InvalidValueError.at(
            "--out",
            expected="a file of its own, that nothing else is read from",
            found=str(options.out),
        )
    check_opens(options.out)
