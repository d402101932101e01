"""Rules of early warning: listing them, showing one file, and judging observations in JSON.

The one idea: the command reads documents, asks the verb that everybody calls, and prints; what it writes is
the audit record that a service would keep.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from delinquency import serialization
from delinquency.cli.documents import read_documents, write_document
from delinquency.cli.files import check_opens, is_same
from delinquency.cli.words import said
from delinquency.early_warning import (
    EarlyWarning,
    Observations,
    available_warning_rules,
    early_warning_signals,
    load_warning_rules,
)
from delinquency.early_warning.describe import to_text
from delinquency.errors import InvalidValueError

__all__ = ["judge_observations", "print_warning_rules", "print_warnings"]


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
    seen = list(read_documents(Observations, options.observations))
    if not seen:
        raise InvalidValueError.at(
            str(options.observations), expected="observations of an account", found="none"
        )
    if options.out is not None and len(seen) > 1:
        raise InvalidValueError.at(
            "--out", expected="observations of one account", found=f"{len(seen):,} accounts"
        )
    for number, observations in enumerate(seen):
        warning = early_warning_signals(observations, rules=rules)
        if options.json:
            print(serialization.to_json(warning, indent=2 if len(seen) == 1 else None))
        else:
            _print(warning, options.lang, is_first=not number)
        if options.out is not None:
            write_document(warning, options.out)
            if not options.json:
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


def _print(warning: EarlyWarning, lang: str, *, is_first: bool) -> None:
    if not is_first:
        print()
    print(warning.explanation.to_text(lang=lang))
