"""TOML texts of every shape, written line by line, with the line of each key kept by who wrote it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

__all__ = ["Written", "toml_texts"]

Path = tuple[str | int, ...]

BARE = st.text("abcdefXYZ0123456789_-", min_size=1, max_size=5)
STRANGE = st.text('ab .#=[]{}"\\,\n\t息é', max_size=5)
KEYS = BARE | BARE | STRANGE

SCALARS = st.sampled_from(
    [
        "1", "-0.5e3", "true", "inf", "2024-01-31", "1979-05-27 07:32:00Z", "07:32:00", '""', "''",
        '"a # b"', '"a \\" ] = b"', "'C:\\'", '"[x]"', "'{y = 1}'", '"""one"""', "'''one'''",
        '"""\n[table]\nkey = 1\n"""', "'''\n[[list]]\nkey = \"'\n'''", '""""quoted" and ""two\\""""""',
        '"""\\\n   joined \\\\"""', "'''a '' b''''", '""""""', "''''''", '"""a\n\n\n"""""',
    ]
)  # fmt: skip
COMMENTS = st.sampled_from(["", "", "", " # note", "\t# [no.table] key = \"'"])
GAPS = st.sampled_from(["", "", "\n", "\n# key = 1\n", "   \n"])


@dataclass
class Written:
    """A text as it is being written."""

    text: str = ""
    lines: dict[Path, int] = field(default_factory=dict)

    def note(self, path: Path) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)


@st.composite
def spelled(draw: st.DrawFn, key: str) -> str:
    """A key as a file may write it."""
    spellings = [json.dumps(key, ensure_ascii=False), json.dumps(key)]
    if key and key.isascii() and key.replace("-", "_").isidentifier():
        spellings += [key, key]
    if not set(key) & set("'\n\t"):
        spellings.append(f"'{key}'")
    return draw(st.sampled_from(spellings))


@st.composite
def toml_texts(draw: st.DrawFn) -> Written:
    """A whole text; its keys are unique where they must be."""
    written = Written()
    _pairs(draw, written, ())
    _tables(draw, written, (), "", depth=0)
    if draw(st.booleans()):
        written.text = written.text.removesuffix("\n")
    if draw(st.booleans()):
        written.text = written.text.replace("\n", "\r\n")
    return written


def _keys(draw: Any, most: int) -> list[str]:
    return draw(st.lists(KEYS, max_size=most, unique=True))


def _pairs(draw: Any, written: Written, path: Path) -> None:
    """Pairs on lines of their own, some of them under a dotted key."""
    for key in _keys(draw, 3):
        written.text += draw(GAPS) + draw(st.sampled_from(["", "  "]))
        written.note((*path, key))
        written.text += draw(spelled(key))
        whole: Path = (*path, key)
        for inner in _keys(draw, 2):
            whole = (*whole, inner)
            written.note(whole)
            written.text += draw(st.sampled_from([".", " . "])) + draw(spelled(inner))
        written.text += draw(st.sampled_from([" = ", "=", "\t=  "]))
        _value(draw, written, whole, depth=0)
        written.text += draw(COMMENTS) + "\n"


def _value(draw: Any, written: Written, path: Path, *, depth: int) -> None:
    kind = "scalar" if depth > 2 else draw(st.sampled_from(["scalar", "scalar", "list", "table"]))
    if kind == "scalar":
        written.text += draw(SCALARS)
    elif kind == "list":
        _list(draw, written, path, depth=depth)
    else:
        written.text += "{"
        for number, key in enumerate(_keys(draw, 3)):
            written.text += ", " if number else " "
            written.note((*path, key))
            written.text += draw(spelled(key)) + " = "
            _value(draw, written, (*path, key), depth=depth + 1)
        written.text += " }"


def _list(draw: Any, written: Written, path: Path, *, depth: int) -> None:
    count = draw(st.integers(0, 3))
    gap = st.sampled_from(["", " ", "\n", " # note ]\n  "])
    written.text += "[" + draw(gap)
    for number in range(count):
        written.note((*path, number))
        _value(draw, written, (*path, number), depth=depth + 1)
        is_last = number == count - 1
        written.text += draw(gap)
        if not is_last or draw(st.booleans()):
            written.text += "," + draw(gap)
    written.text += draw(gap) + "]"


def _tables(draw: Any, written: Written, path: Path, header: str, *, depth: int) -> None:
    """Tables and lists of tables below a header; now and then the header of a table is left out."""
    taken = {one[len(path)] for one in written.lines if one[: len(path)] == path and one != path}
    for key in _keys(draw, 2) if depth < 3 else []:
        if key in taken:
            continue
        name = f"{header}.{draw(spelled(key))}" if header else draw(spelled(key))
        kind = draw(st.sampled_from(["table", "implied", "list"]))
        if kind == "implied":
            inner = draw(KEYS)
            named = f"{name} . {draw(spelled(inner))}"
            _table(draw, written, (*path, key, inner), named, depth=depth, is_implied=True)
        elif kind == "table":
            _table(draw, written, (*path, key), name, depth=depth)
        else:
            for number in range(draw(st.integers(1, 3))):
                written.text += draw(GAPS)
                written.note((*path, key))
                written.note((*path, key, number))
                written.text += f"[[ {name} ]]{draw(COMMENTS)}\n"
                _pairs(draw, written, (*path, key, number))
                _tables(draw, written, (*path, key, number), name, depth=depth + 1)


def _table(
    draw: Any, written: Written, path: Path, name: str, *, depth: int, is_implied: bool = False
) -> None:
    written.text += draw(GAPS)
    if is_implied:
        written.note(path[:-1])
    written.note(path)
    written.text += f"[{name}]{draw(COMMENTS)}\n"
    _pairs(draw, written, path)
    _tables(draw, written, path, name, depth=depth + 1)
