"""The parser of the command line, its commands and its exit codes."""

from __future__ import annotations

import argparse
import os
import re
import sys
import warnings
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from delinquency.cli.interpreter import interpreter
from delinquency.cli.telling import WarningTeller, tell, tell_os
from delinquency.cli.warnings_options import add_warnings, run_warnings
from delinquency.errors import DelinquencyError, DelinquencyWarning
from delinquency.version import __version__

__all__ = [
    "EXIT_BAD_INPUT",
    "EXIT_DIFFERENT",
    "EXIT_FORBIDDEN",
    "EXIT_OK",
    "EXIT_QUARANTINED",
    "main",
]

EXIT_OK = 0
EXIT_DIFFERENT = 1
EXIT_FORBIDDEN = 1
EXIT_BAD_INPUT = 2
EXIT_QUARANTINED = 3

_EPILOG = """\
exit codes:
  0  every account was assessed
  2  bad input, or a command that cannot be carried out; the message says where and what
  3  some accounts were quarantined; the others were assessed
"""

_EPILOG_OF_DIFF = """\
A and B are each a name of the rulebook, name@2025-06-30 for the version in force on a day, or a file
ending in .toml, with or without @ and a day.

exit codes:
  0  they say the same
  1  they differ
  2  bad input; the message says where and what
"""

_EPILOG_OF_PLAN = """\
ACCOUNT and PLAN are documents in JSON, as delinquency.serialization reads them.

exit codes:
  0  the plan was put to the account; of rules that were given it breaks no limit
  1  it breaks a limit of the rules
  2  bad input, or a plan that the account cannot have; the message says where and what
"""

_EPILOG_OF_PLANS = """\
PLAN is a document in JSON, as delinquency.serialization reads it; the tape is that of assess. An
account that cannot have the plan stays as it is, and its reason is in the file of --out.

exit codes:
  0  every account was read
  2  bad input, a command that cannot be carried out, or a plan that no account can have for one and the
     same reason; the message says where and what
  3  some accounts of the tape were quarantined; the others were gone through
"""

_FACTS = (
    "charges",
    "suspensions",
    "decisions",
    "charge_backs",
    "spans",
    "disputes",
    "contract_rates",
    "findings",
    "reported_figures",
    "restructurings",
    "re_ages",
    "collateral",
    "guarantees",
)
"""Tables of facts that a tape may have; the command is parsed before what reads them is loaded."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _date(text: str) -> date:
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    message = f"expected a date like 2025-06-30, found {text!r}"
    raise argparse.ArgumentTypeError(message)


def _days(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    message = f"expected a number of days from 0 on, found {text!r}"
    raise argparse.ArgumentTypeError(message)


def _add_lang(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "--lang", choices=("en", "zh"), default=default, help="language of what is printed"
    )


def build_parser() -> argparse.ArgumentParser:
    """The parser; without a command the sample book is assessed."""
    parser = argparse.ArgumentParser(
        prog="python -m delinquency",
        description="Overdue credit, exactly. Without a command: assess a bundled sample book.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"delinquency {__version__}")
    _add_lang(parser, "en")
    commands = parser.add_subparsers(
        dest="command", metavar="{assess,status,plan,plans,warnings,sample,policies}"
    )
    assess = commands.add_parser(
        "assess",
        help="assess a tape: accounts, instalments and payments as CSV or Parquet",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_assess_options(assess, out="one row each")
    status = commands.add_parser(
        "status",
        help="in which state each account of a tape is, since when, and why",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_assess_options(status, out="one row a span: a state from when to when, by which rule")
    plan = commands.add_parser(
        "plan",
        help="put a plan to an account, both in JSON: what falls due before and after, and why",
        epilog=_EPILOG_OF_PLAN,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_plan_options(plan)
    plans = commands.add_parser(
        "plans",
        help="put a plan in JSON to the late accounts of a tape: the book before and after",
        epilog=_EPILOG_OF_PLANS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    plans.add_argument("plan", type=Path, metavar="PLAN")
    plans.add_argument(
        "--over-days",
        type=_days,
        default=0,
        metavar="DAYS",
        help="put it to accounts more than so many days past due; default 0",
    )
    _add_assess_options(plans, out="one row each: before, after, and why it cannot have the plan")
    of_warnings = add_warnings(commands)
    sample = commands.add_parser("sample", help="write the sample book as CSV files")
    sample.add_argument("--out", type=Path, required=True, metavar="DIR")
    policies = commands.add_parser(
        "policies",
        help="list the rulebook, show one policy, or tell two apart: policies show, policies diff",
    )
    of_policies = _add_policies_commands(policies)
    others = (*of_warnings, sample, policies, *of_policies)
    for command in (assess, status, plan, plans, *others):
        # Where it is not given after the command, what was given before it stands.
        _add_lang(command, argparse.SUPPRESS)
    return parser


def _add_policies_commands(
    policies: argparse.ArgumentParser,
) -> tuple[argparse.ArgumentParser, ...]:
    actions = policies.add_subparsers(dest="action", metavar="{show,diff}")
    show = actions.add_parser("show", help="versions, bands, order of payment and sources of one")
    show.add_argument("policy", metavar="NAME-or-FILE")
    diff = actions.add_parser(
        "diff",
        help="where two differ, line by line",
        epilog=_EPILOG_OF_DIFF,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    diff.add_argument("a", metavar="A")
    diff.add_argument("b", metavar="B")
    for command in (show, diff):
        command.add_argument(
            "--as-of",
            type=_date,
            metavar="DATE",
            help="the version in force on a day; default: all",
        )
    return show, diff


def _add_assess_options(assess: argparse.ArgumentParser, *, out: str) -> None:
    for name, wanted in (("accounts", True), ("instalments", True), ("payments", False)):
        assess.add_argument(f"--{name}", type=Path, required=wanted, metavar="FILE")
    for name in _FACTS:
        assess.add_argument(f"--{name.replace('_', '-')}", type=Path, metavar="FILE")
    assess.add_argument("--as-of", type=_date, required=True, metavar="DATE")
    assess.add_argument("--known-on", type=_date, metavar="DATE")
    assess.add_argument("--policy", required=True, metavar="NAME-or-FILE")
    assess.add_argument(
        "--currency",
        default="CNY",
        metavar="CODE",
        help="default CNY; 'column' for one book for each currency of the accounts",
    )
    assess.add_argument(
        "--amounts",
        choices=("auto", "minor", "major"),
        default="auto",
        help="what a whole number in Parquet counts; default auto: refused as uncertain",
    )
    assess.add_argument(
        "--floats",
        choices=("refuse", "exact"),
        default="refuse",
        help="exact: take floats in Parquet that are the nearest to an amount",
    )
    assess.add_argument(
        "--ignore-extra", action="store_true", help="pass over columns of other names"
    )
    assess.add_argument("--out", type=Path, metavar="FILE", help=f".csv or .parquet, {out}")
    assess.add_argument(
        "--quarantine",
        type=Path,
        metavar="FILE",
        help="where bad rows go with their reasons; default: beside --out",
    )
    assess.add_argument(
        "--strict", action="store_true", help="stop at the first bad row instead of quarantining"
    )
    assess.add_argument("--explain", metavar="ACCOUNT_ID", help="print the reasons of one account")
    assess.add_argument("--quiet", action="store_true", help="no progress bar")


def _add_plan_options(plan: argparse.ArgumentParser) -> None:
    plan.add_argument("account", type=Path, metavar="ACCOUNT")
    plan.add_argument("plan", type=Path, metavar="PLAN")
    plan.add_argument("--as-of", type=_date, required=True, metavar="DATE")
    plan.add_argument("--known-on", type=_date, metavar="DATE")
    plan.add_argument("--policy", required=True, metavar="NAME-or-FILE")
    plan.add_argument("--rules", metavar="NAME-or-FILE", help="review the plan by these rules")
    plan.add_argument(
        "--facts",
        type=Path,
        metavar="FILE",
        help="what the account cannot know, in JSON; with --rules",
    )
    plan.add_argument("--json", action="store_true", help="print the audit record instead of text")
    plan.add_argument("--out", type=Path, metavar="FILE", help="write the audit record, in JSON")
    plan.add_argument(
        "--review-out", type=Path, metavar="FILE", help="write that of the review; with --rules"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = build_parser().parse_args(arguments)
    with warnings.catch_warnings():
        warnings.simplefilter("always", DelinquencyWarning)
        teller = WarningTeller()
        warnings.showwarning = teller
        try:
            return _run_and_hint(options, teller)
        except DelinquencyError as error:
            tell(error, lang=options.lang)
        except BrokenPipeError:
            _silence_stdout()
            return EXIT_OK
        except OSError as error:
            tell_os(error)
    return EXIT_BAD_INPUT


def _run_and_hint(options: argparse.Namespace, teller: WarningTeller) -> int:
    code = _run(options)
    teller.tell_hint(lang=options.lang, python=interpreter())
    return code


def _silence_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace) -> int:
    if options.command == "policies":
        return _run_policies(options)
    if options.command in ("assess", "status", "plans"):
        return EXIT_QUARANTINED if _is_quarantined(options) else EXIT_OK
    if options.command == "plan":
        from delinquency.cli.plan import put_plan

        return EXIT_OK if put_plan(options) else EXIT_FORBIDDEN
    _run_other(options)
    return EXIT_OK


def _run_other(options: argparse.Namespace) -> None:
    """Carry out a command that ends well or not at all."""
    if options.command == "warnings":
        run_warnings(options)
        return
    from delinquency.cli.sample import assess_sample, write_sample

    if options.command == "sample":
        write_sample(options.out, lang=options.lang)
        return
    assess_sample(lang=options.lang)


def _is_quarantined(options: argparse.Namespace) -> bool:
    """Carry out a command on a tape; whether anything was quarantined."""
    if options.command == "assess":
        from delinquency.cli.tape import assess_tape

        return assess_tape(options)
    if options.command == "status":
        from delinquency.cli.status import status_of_tape

        return status_of_tape(options)
    from delinquency.cli.plans import put_plans

    return put_plans(options)


def _run_policies(options: argparse.Namespace) -> int:
    from delinquency.cli.policies import policies_differ, print_policies, print_policy

    if options.action == "diff":
        differ = policies_differ(options.a, options.b, as_of=options.as_of, lang=options.lang)
        return EXIT_DIFFERENT if differ else EXIT_OK
    if options.action == "show":
        print_policy(options.policy, as_of=options.as_of, lang=options.lang)
    else:
        print_policies(lang=options.lang)
    return EXIT_OK
