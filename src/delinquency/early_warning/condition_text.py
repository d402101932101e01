"""Conditions of early warning as a file writes them: one line each.

The one idea: a line says one thing in the words of the nomenclature, and what it was read as prints the same
line again.

=======================================================  =============================================
``utilisation >= 0.8``                                   an observation at the end of the period
``highest days_past_due over 6 > 30``                    over the last six periods; also ``lowest``,
                                                         ``total``, ``mean``
``change utilisation over 3 > 0.2``                      now, less three periods before
``growth account_balance over 6 < -0.95``                the change, of what it was
``rises utilisation over 6 >= 3``                        times in a row that it rose; also ``falls``
``mean account_balance over 12 < 0.0005 of total_debt``  beside a multiple of another reading
``paid_below_minimum``, ``not paid_below_minimum``       a flag
``utilisation >= 0.8 for 3 periods``                     at the end of each of the last three
``days_past_due > 0 in 2 of 6 periods``                  at the ends of at least two of the last six
``all of (unemployed; arrears > 0)``                     each of them; also ``any of (...)``
``at least 2 of (unemployed; forborne; arrears > 0)``    two of them
=======================================================  =============================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Final

from delinquency.decimals import parse_decimal
from delinquency.early_warning.catalogue import CATALOGUE, ObservationTerm
from delinquency.early_warning.condition_checks import check_compared, check_known
from delinquency.early_warning.conditions import (
    DEEPEST,
    AllOf,
    AnyOf,
    AtLeastOf,
    Compared,
    ForPeriods,
    How,
    InPeriods,
    Operator,
    Reading,
    WarningCondition,
)
from delinquency.early_warning.units import Unit
from delinquency.errors import DelinquencyError, InvalidTypeError, InvalidValueError, PolicyError

__all__ = ["parse_condition"]

_WHOLE: Final = r"(0|[1-9][0-9]{0,17})"
_FOR: Final = re.compile(rf"(.+) for {_WHOLE} periods?")
_IN: Final = re.compile(rf"(.+) in {_WHOLE} of {_WHOLE} periods?")
_COMPARED: Final = re.compile(r"(.+?) (>=|<=|>|<|=) (\S+)(?: of (.+))?")
_FLAG_WORDS: Final = ("true", "false", "yes", "no")
_FLAG: Final = re.compile(r"(not )?([a-z][a-z0-9_]*)")
_SEVERAL: Final = re.compile(rf"(all|any|at least {_WHOLE}) of \((.+)\)")
_HOWS: Final = tuple(how.value for how in How if how is not How.LATEST)
_OVER: Final = re.compile(rf"({'|'.join(_HOWS)}) (\S+) over {_WHOLE}")
_SHAPES: Final = (
    "'utilisation >= 0.8', 'highest days_past_due over 6 > 30', 'change utilisation over 3 > 0.2', "
    "'paid_below_minimum for 2 periods' or 'days_past_due > 0 in 2 of 6 periods'"
)
_LONGEST: Final = 4_000
"""Characters of one comparison; what is put together of comparisons may have more."""

_SLIPS: Final = (
    (
        re.compile(r"(all|any|[^(<>=]*\b\d+)\b[^(<>=]*\(.*"),
        "Several conditions are 'all of (a; b)', 'any of (a; b)' or 'at least 2 of (a; b; c)'.",
    ),
    (
        re.compile(r"[a-z]+\(.*"),
        "A window is written 'highest days_past_due over 6 > 30'.",
    ),
    (
        re.compile(r".* (for|in) .*(day|week|month|statement|quarter|year|time)s?"),
        "Windows are counted in periods: 'for 3 periods', 'in 2 of 6 periods'.",
    ),
    (
        re.compile(r".+ (>=|<=|>|<|=) \S+ .+"),
        "Write the number alone, as in '> 30'; a multiple is '0.5 of total_debt'.",
    ),
    (
        re.compile(r".*[<>=!\u2264\u2265\u2260].*"),
        "Compare by >=, <=, >, < or =, with a space on each side.",
    ),
)
"""What is often written otherwise than a file has it, the nearest first, and how it is written."""

_ALL_HOLD: Final = (
    "Write each condition as a text of its own: all texts of a list must hold; {any = [...]} asks for one. "
    "On one line: 'all of (a; b)', 'any of (a; b)', 'at least 2 of (a; b; c)'."
)


def parse_condition(
    text: str, *, terms: Mapping[str, ObservationTerm] = CATALOGUE, where: str = "condition"
) -> WarningCondition:
    """The condition that a line says, as rule files have it.

    Parameters
    ----------
    text : str
        Such as ``"days_past_due > 30"``.
    terms : mapping
        The observations that there are, by name; default: those of the catalogue.
    where : str
        The place in the file, for the message.

    Raises
    ------
    InvalidTypeError
        No text.
    PolicyError
        A line of no known shape, an observation that nobody knows (the nearest one is suggested), a
        comparison that says nothing, a window of no period or more than 120.

    Examples
    --------
    >>> line = "mean utilisation over 3 >= 0.8 for 2 periods"
    >>> str(parse_condition(line)) == line
    True
    >>> parse_condition("utilization > 0.8", where="rule")
    Traceback (most recent call last):
    ...
    delinquency.errors.PolicyError: rule: expected an observation, found 'utilization'. \
Hint: Did you mean 'utilisation'?
    """
    if not isinstance(text, str):
        raise InvalidTypeError.at(where, expected="a text", found=text)
    try:
        return _read(text, terms, where, DEEPEST)
    except PolicyError:
        raise
    except DelinquencyError as error:
        raise PolicyError.at(
            where, expected=error.expected, found=error.found, hint=error.hint
        ) from None


def _read(
    text: str, terms: Mapping[str, ObservationTerm], where: str, levels: int
) -> WarningCondition:
    if not levels:
        raise PolicyError.at(
            where, expected=f"at most {DEEPEST} conditions within one another", found="more"
        )

    def inner(part: str) -> WarningCondition:
        return _read(part, terms, where, levels - 1)

    if match := _FOR.fullmatch(text):
        return ForPeriods(inner(match[1]), int(match[2]))
    if match := _IN.fullmatch(text):
        return InPeriods(inner(match[1]), int(match[2]), int(match[3]))
    if match := _SEVERAL.fullmatch(text):
        found = [inner(part) for part in _parts(match[3])]
        if match[2] is not None:
            return AtLeastOf(int(match[2]), found)
        return AllOf(found) if match[1] == "all" else AnyOf(found)
    return _comparison(text, terms, where)


def _comparison(text: str, terms: Mapping[str, ObservationTerm], where: str) -> WarningCondition:
    """What is not made of other conditions: a reading beside a number or another one, or a flag."""
    if len(text) > _LONGEST:
        raise PolicyError.at(
            where,
            expected=f"a comparison of at most {_LONGEST:,} characters",
            found=f"{len(text):,}",
        )
    if " and " in text or " or " in text:
        raise PolicyError.at(where, expected="one condition", found=repr(text), hint=_ALL_HOLD)
    match = _COMPARED.fullmatch(text)
    if match and "(" not in match[1]:
        return _compared(match, terms, where)
    if (match := _FLAG.fullmatch(text)) and match[2] != "not":
        check_known(match[2], terms, where)
        if terms[match[2]].unit is not Unit.FLAG:
            raise PolicyError.at(
                where, expected=f"what {match[2]} is beside, such as '> 0'", found=repr(text)
            )
        value = Decimal(0 if match[1] else 1)
        return Compared(Reading(match[2]), Operator.EQUAL, value)
    hint = next((hint for slip, hint in _SLIPS if slip.fullmatch(text)), "")
    raise PolicyError.at(
        where, expected=f"a condition such as {_SHAPES}", found=repr(text), hint=hint
    )


def _parts(text: str) -> list[str]:
    """What stands between semicolons, those within parentheses aside."""
    parts, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == ";" and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def _compared(match: re.Match[str], terms: Mapping[str, ObservationTerm], where: str) -> Compared:
    observed = _reading(match[1], terms, where)
    beside = None if match[4] is None else _reading(match[4], terms, where)
    condition = Compared(observed, Operator(match[2]), _number(match[3], where), beside)
    check_compared(condition, terms, where)
    return condition


def _reading(text: str, terms: Mapping[str, ObservationTerm], where: str) -> Reading:
    match = _OVER.fullmatch(text)
    if match is not None:
        return Reading(match[2], How(match[1]), int(match[3]))
    how = get_close_matches(text.split(" ", maxsplit=1)[0], _HOWS, n=1)
    if " " in text and (how or " over " in text):
        first = repr(how[0]) if how else f"one of {', '.join(_HOWS)}, then"
        raise PolicyError.at(
            where,
            expected="an observation",
            found=repr(text),
            hint=f"A window is written {first} observation 'over' periods, as in {_SHAPES}.",
        )
    check_known(text, terms, where)
    return Reading(text)


def _number(text: str, where: str) -> Decimal:
    try:
        return parse_decimal(text, where=where, field="value")
    except InvalidValueError as error:
        hint = "Write the number alone: days have no unit, and 20 % is 0.2."
        if text.lower() in _FLAG_WORDS:
            hint = "A flag is written alone: 'paid_in_full', or 'not paid_in_full'."
        elif _FLAG.fullmatch(text):
            hint = f"Beside another reading stands a multiple of it: '1 of {text}'."
        raise PolicyError.at(
            where,
            expected="a number in plain decimal notation",
            found=error.found,
            hint=hint,
        ) from None
