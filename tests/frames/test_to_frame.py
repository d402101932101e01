"""Columns become a frame; what is no columns is refused in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import delinquency as dq
from delinquency import frames
from delinquency.sample_book import sample_book


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_columns_become_a_frame(backend: str) -> None:
    frame = frames.to_frame({"row": np.arange(2), "name": ["a", "b"]}, backend)
    assert frame.shape == (2, 2)


@pytest.mark.parametrize(
    "thing",
    [np.arange(3), [1, 2], "rows", None, sample_book(2)],
    ids=lambda each: type(each).__name__,
)
def test_what_is_no_mapping_is_refused_with_the_way_to_a_frame(thing: Any) -> None:
    with pytest.raises(
        dq.InvalidTypeError, match=r"frames, columns: .*Answers have \.to_frame\(\)"
    ):
        frames.to_frame(thing)
