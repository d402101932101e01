"""Every key that the parser of Python finds has a line, and it stands on that line."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from delinquency import rulebook
from delinquency.rule_files.line_numbers import line_numbers
from tests.rulebook.toml_strategies import Written, toml_texts

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "pyproject.toml", *sorted((ROOT / "src").rglob("*.toml"))]


def paths(content: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every key and entry of what the parser found."""
    match content:
        case dict():
            inner = list(content.items())
        case list():
            inner = list(enumerate(content))
        case _:
            return
    for key, value in inner:
        yield (*path, key)
        yield from paths(value, (*path, key))


def stands_in(key: str, line: str) -> bool:
    spellings = (key, json.dumps(key)[1:-1], json.dumps(key, ensure_ascii=False)[1:-1])
    return any(spelling in line for spelling in spellings)


def check(text: str) -> dict[tuple[str | int, ...], int]:
    lines = line_numbers(text)
    rows = text.split("\n")
    assert set(lines) == set(paths(tomllib.loads(text)))
    for path, line in lines.items():
        if isinstance(path[-1], str):
            assert stands_in(path[-1], rows[line - 1]), (path, line)
    return lines


@given(toml_texts())
def test_every_key_has_the_line_on_which_it_was_written(written: Written) -> None:
    """Law: the keys and entries are those of the parser; each line is the one of whoever wrote it."""
    assert check(written.text) == written.lines


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_that_people_wrote_have_a_line_for_each_key(path: Path) -> None:
    check(path.read_text(encoding="utf-8"))


def test_the_packaged_policies_are_among_them() -> None:
    assert {entry.name for entry in rulebook.available()} <= {path.stem for path in FILES}


def test_a_table_that_is_named_before_it_is_written_has_the_line_of_its_header() -> None:
    assert check("[a.b]\nx = 1\n[a]\ny = 2\n") == {
        ("a",): 3,
        ("a", "b"): 1,
        ("a", "b", "x"): 2,
        ("a", "y"): 4,
    }


def test_a_header_below_a_list_of_tables_belongs_to_its_last_entry() -> None:
    lines = check("[[v]]\n[v.c]\n[[v.b]]\n[[v.b]]\n[[v]]\n[[v.b]]\nx = 1\n[v.c.d]\n")
    assert lines["v", 0, "b", 1] == 4
    assert lines["v", 1, "b", 0, "x"] == 7
    assert lines["v", 1, "c"] == lines["v", 1, "c", "d"] == 8
    assert lines["v",] == lines["v", 0] == 1


def test_deep_lists_are_walked_as_deep_as_the_parser_goes() -> None:
    depth = 200
    assert len(check(f"a = {'[' * depth}{']' * depth}")) == depth


def test_a_text_without_keys_has_no_lines() -> None:
    assert line_numbers("") == line_numbers("# only\r\n\n  # comments") == {}
