"""Tables of a back-test as data frames."""

from __future__ import annotations

import pytest

import delinquency as dq
from delinquency import frames
from tests.back_testing.test_verb import AS_OF, RULES, found

BACKENDS = ("pandas", "polars", "pyarrow")


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("kind", ["rules", "bands", "confusion"])
def test_each_line_of_a_table_is_a_row(kind: str, backend: str) -> None:
    test = found()
    lines = getattr(test, kind)
    assert len(test.to_frame(kind, backend)) == len(lines)
    rows = frames.back_test_to_frame(test, kind, "pyarrow").to_pylist()
    for row, line in zip(rows, lines, strict=True):
        assert (row.pop("as_of"), row.pop("days")) == (AS_OF, 90)
        if kind == "rules":
            assert row.pop("lead_days") == test.lead_days.get(line.rule_id)
        assert row == {name: getattr(line, name) for name in row}


def test_what_there_is_no_account_for_is_empty() -> None:
    rows = found().to_frame(backend="pyarrow").to_pylist()
    assert [row["rule_id"] for row in rows] == [each.rule.rule_id for each in RULES.rules]
    never = rows[-1]
    assert (never["fired"], never["share_bad"], never["lead_days"]) == (0, None, None)


def test_another_kind_is_refused() -> None:
    with pytest.raises(
        dq.InvalidValueError, match="one of rules, bands, confusion, found 'halves'"
    ):
        found().to_frame("halves")
    with pytest.raises(dq.InvalidValueError, match="backend"):
        found().to_frame("rules", "dask")
    with pytest.raises(dq.InvalidTypeError, match="a BackTest"):
        frames.back_test_to_frame(3)  # type: ignore[arg-type]
