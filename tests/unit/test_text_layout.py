"""Columns stand in line, whatever the language."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from delinquency.text_layout import aligned, display_width


def test_a_chinese_character_is_as_wide_as_two_letters() -> None:
    assert display_width("逾期1-30天") == display_width("a" * 10)
    assert display_width("e\u0301") == 1


def test_numbers_stand_to_the_right_and_names_to_the_left() -> None:
    assert aligned([("a", "1", "x"), ("bcd", "10", "yz")], left=(0, 2)) == [
        "a     1  x",
        "bcd  10  yz",
    ]
    assert aligned([]) == []


@given(st.lists(st.tuples(st.text("ab级别", max_size=5), st.text("12", min_size=1)), min_size=1))
def test_every_line_ends_in_the_same_cell(rows: list[tuple[str, str]]) -> None:
    """Where the last column stands to the right and no cell of it is empty, all lines are as wide."""
    assert len({display_width(line) for line in aligned(rows)}) == 1
