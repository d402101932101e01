"""What ``warnings`` may be asked, and what carries it out; read before anything that it needs is loaded."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

__all__ = ["add_warnings", "run_warnings"]

_EPILOG_OF_JUDGE = """\
OBSERVATIONS is a document in JSON, as delinquency.serialization reads them; a file that ends in .jsonl
has one on each line, and FILE has then one record on each line. What the file of rules declares need not
be declared again.

exit codes:
  0  the observations were judged
  2  bad input; the message says where and what
"""


def add_warnings(commands: Any) -> tuple[argparse.ArgumentParser, ...]:
    """Add the command and its actions to the commands of a parser."""
    warned = commands.add_parser(
        "warnings",
        help="list rules of early warning, show one file, list what rules may read, or judge observations "
        "in JSON: warnings show, warnings observations, warnings judge",
    )
    actions = warned.add_subparsers(dest="action", metavar="{show,observations,judge}")
    show = actions.add_parser(
        "show", help="what raises and clears each signal, why, and its source"
    )
    show.add_argument("rules", metavar="NAME-or-FILE")
    observations = actions.add_parser(
        "observations", help="every observation that rules may read: name, unit, source, meaning"
    )
    judge = actions.add_parser(
        "judge",
        help="which signals are raised by observations in JSON, since when, and why",
        epilog=_EPILOG_OF_JUDGE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    judge.add_argument("observations", type=Path, metavar="OBSERVATIONS")
    judge.add_argument("--rules", required=True, metavar="NAME-or-FILE")
    judge.add_argument("--json", action="store_true", help="print the audit record instead of text")
    judge.add_argument("--out", type=Path, metavar="FILE", help="write the audit record, in JSON")
    return warned, show, observations, judge


def run_warnings(options: argparse.Namespace) -> None:
    """Carry out ``warnings``.

    Raises
    ------
    DelinquencyError
        Bad input.
    OSError
        A file that cannot be read or written.
    """
    from delinquency.cli.warnings import (
        judge_observations,
        print_observations,
        print_warning_rules,
        print_warnings,
    )

    if options.action == "judge":
        judge_observations(options)
    elif options.action == "show":
        print_warning_rules(options.rules, lang=options.lang)
    elif options.action == "observations":
        print_observations(lang=options.lang)
    else:
        print_warnings(lang=options.lang)
