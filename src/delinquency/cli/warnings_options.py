"""What ``warnings`` may be asked, and what carries it out; read before anything that it needs is loaded."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

__all__ = ["add_warnings", "run_warnings"]

_EPILOG_OF_JUDGE = """\
OBSERVATIONS is a document in JSON, as delinquency.serialization reads them; a file that ends in .jsonl
has one on each line.

exit codes:
  0  the observations were judged
  2  bad input; the message says where and what
"""


def add_warnings(commands: Any) -> tuple[argparse.ArgumentParser, ...]:
    """Add the command and its actions to the commands of a parser."""
    warned = commands.add_parser(
        "warnings",
        help="list rules of early warning, show one file, or judge observations in JSON: warnings show, "
        "warnings judge",
    )
    actions = warned.add_subparsers(dest="action", metavar="{show,judge}")
    show = actions.add_parser(
        "show", help="what raises and clears each signal, why, and its source"
    )
    show.add_argument("rules", metavar="NAME-or-FILE")
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
    return warned, show, judge


def run_warnings(options: argparse.Namespace) -> None:
    """Carry out ``warnings``.

    Raises
    ------
    DelinquencyError
        Bad input.
    OSError
        A file that cannot be read or written.
    """
    from delinquency.cli.warnings import judge_observations, print_warning_rules, print_warnings

    if options.action == "judge":
        judge_observations(options)
    elif options.action == "show":
        print_warning_rules(options.rules, lang=options.lang)
    else:
        print_warnings(lang=options.lang)
