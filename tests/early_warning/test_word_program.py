"""Steps over words give what counting bit by bit gives, whatever rows they share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from delinquency.portfolio import Engine
from delinquency.portfolio.warnings.word_comparisons import word_loops
from delinquency.portfolio.warnings.word_program import WordSteps
from delinquency.portfolio.warnings.words import bits_of

PERIODS = st.integers(min_value=1, max_value=64)
CHOICES = st.data()


def run(steps: WordSteps, words: list[int], periods: int, engine: Engine) -> list[int]:
    """What is kept, of one account whose comparisons are ``words``."""
    bits = bits_of(periods)
    program = steps.program(len(words), bits.dtype)
    kept = np.zeros((program.kept, 1), dtype=bits.dtype)
    word_loops(engine).run(
        np.array(words, dtype=bits.dtype).reshape(-1, 1),
        program.steps,
        program.masks,
        np.zeros((program.rows, 2_048), dtype=bits.dtype),
        periods,
        np.zeros(4, dtype=bits.dtype),
        np.zeros(6, dtype=bits.dtype),
        np.zeros((1, 2), dtype=np.int64),
        np.zeros((4, 2_048), dtype=bits.dtype),
        kept,
        0,
        (
            np.zeros((1, 1), dtype=np.int8),
            np.zeros((1, 1), dtype=np.int16),
            np.zeros((1, 1), dtype=np.bool_),
            np.zeros(1, dtype=np.int64),
        ),
    )
    every = (1 << periods) - 1
    return [int(word) & every for word in kept[:, 0]]


def count(word: int, period: int, window: int, *, begins: bool) -> int:
    """How often a bit stood in the window that ends at a period."""
    return sum(
        bool(word >> place & 1) if place >= 0 else begins
        for place in range(period + 1 - window, period + 1)
    )


@pytest.mark.parametrize("engine", [Engine.COMPILED, Engine.INTERPRETED])
@given(data=CHOICES)
def test_windows_count_bits(engine: Engine, data: st.DataObject) -> None:
    periods = data.draw(PERIODS)
    window = data.draw(st.integers(min_value=1, max_value=periods + 3))
    wanted = data.draw(st.integers(min_value=1, max_value=min(window, 6)))
    begins = data.draw(st.booleans())
    words = data.draw(
        st.lists(st.integers(min_value=0, max_value=(1 << periods) - 1), min_size=1, max_size=3)
    )
    steps = WordSteps(periods)
    for place in range(len(words)):
        steps.keep(steps.in_window(-1 - place, wanted, window, begins=begins))
    expected = [
        sum(
            (count(word, period, window, begins=begins) >= wanted) << period
            for period in range(periods)
        )
        for word in words
    ]
    assert run(steps, words, periods, engine) == expected


@pytest.mark.parametrize("engine", [Engine.COMPILED, Engine.INTERPRETED])
@given(data=CHOICES)
def test_so_many_of_some_words(engine: Engine, data: st.DataObject) -> None:
    periods = data.draw(PERIODS)
    words = data.draw(
        st.lists(st.integers(min_value=0, max_value=(1 << periods) - 1), min_size=1, max_size=7)
    )
    wanted = data.draw(st.integers(min_value=1, max_value=len(words)))
    steps = WordSteps(periods)
    asked = [-1 - place for place in range(len(words))]
    most = steps.at_least(asked, wanted)
    steps.keep(most, steps.without(most, asked[0]), steps.moved(most, 1, begins=True))
    held = sum(
        (sum(word >> period & 1 for word in words) >= wanted) << period for period in range(periods)
    )
    every = (1 << periods) - 1
    assert run(steps, words, periods, engine) == [
        held,
        held & ~words[0],
        (held << 1 | 1) & every,
    ]


def test_a_step_is_written_once_and_rows_are_used_again() -> None:
    steps = WordSteps(12)
    word = -1
    for _ in range(20):
        word = steps.both(steps.moved(word, 1), steps.either(word, -2))
    assert steps.both(-1, -2) == steps.both(-2, -1)
    unread = steps.opposite(word)
    steps.keep(word)
    program = steps.program(2, np.dtype(np.uint32))
    assert unread not in (word, -1)
    assert len(program.steps) == 3 * 20 + 1, "neither what nobody reads nor a step twice"
    assert program.rows <= 3
