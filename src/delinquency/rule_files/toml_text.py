"""The text of a file of rules as its top table, or an error that says what is no TOML in it.

The one idea: whoever writes a file sees its lines, so the line at which the parser stopped is repeated, with
what was likely meant.
"""

from __future__ import annotations

import re
import tomllib
from typing import Final

from delinquency.errors import PolicyError
from delinquency.rule_files.places import Source
from delinquency.rule_files.tables import Table

__all__ = ["read_table"]

_MARK = "\ufeff"
"""Some programs put it at the beginning of a file; it says nothing."""

_PLACE: Final = re.compile(r"line ([0-9]+), column ([0-9]+)\)")
"""Where the parser of TOML stopped, as it tells it."""

_HEADER: Final = re.compile(r"\[[^\[\]]+\]")
"""A header in single brackets."""

_BARE: Final = re.compile(r"[A-Za-z_][^,\]}#]*")
"""Words without quotes, where a value stands."""

_LONGEST_LINE: Final = 60
"""Characters of a line that an error repeats."""


def read_table(text: str, *, source: str, noun: str) -> Table:
    """The top table of a text that is named ``source`` in messages.

    Parameters
    ----------
    text : str
    source : str
    noun : str
        What the file is, for the message about an empty one.

    Raises
    ------
    PolicyError
        Not TOML, with the line; a file without keys.

    Examples
    --------
    >>> read_table("id = 'house'", source="house.toml", noun="a rulebook file").take("id", str)
    'house'
    >>> read_table("id = house", source="house.toml", noun="a rulebook file")
    Traceback (most recent call last):
    ...
    delinquency.errors.PolicyError: house.toml, line 1: expected valid TOML, found 'id = house'. \
Hint: Invalid value. Write texts in quotes: "house"; of flags there are true and false.
    """
    text = text.removeprefix(_MARK)
    content = _toml(text, source)
    if not content:
        raise PolicyError.at(source, expected=noun, found="a file without keys")
    return Table(content, Source(source, text))


def _toml(text: str, source: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        found = "tables or lists nested without end"
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), text, source) from None
    except ValueError:
        found = "a number of thousands of digits"
    raise PolicyError.at(source, expected="valid TOML", found=found)


def _not_toml(said: str, text: str, source: str) -> PolicyError:
    """What the parser says, with the line as it stands in the file."""
    reason, _, place = said.rpartition(" (at ")
    numbers = _PLACE.match(place)
    more = ""
    if numbers is None:
        line = text.count("\n") + (not text.endswith("\n"))
        found = "the end of the file"
    else:
        line = int(numbers[1])
        written = text.split("\n")[line - 1]
        found = repr(written.strip()[:_LONGEST_LINE])
        more = _meant(written, int(numbers[2]) - 1)
    where = f"{source}, line {line}"
    return PolicyError.at(where, expected="valid TOML", found=found, hint=f"{reason}.{more}")


def _meant(written: str, column: int) -> str:
    """What a line that is no TOML was likely to say, at the place where the parser stopped."""
    header = _HEADER.fullmatch(written.strip())
    if header is not None:
        return f" Several tables of one name: [{header[0]}], in double brackets."
    bare = _BARE.match(written, column)
    if bare is None:
        return ""
    return f' Write texts in quotes: "{bare[0].strip()}"; of flags there are true and false.'
