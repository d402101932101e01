"""The page about published cases says what the tables of the tests say."""

from __future__ import annotations

from tests.vectors.published import needs_folder
from tests.vectors.worked_examples.reading import needs_rulebook
from tests.vectors.write_readme import FILE, lines, text


@needs_rulebook
def test_the_page_is_the_one_that_the_tables_give() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "python -m tests.vectors.write_readme"


@needs_folder
def test_every_case_that_is_not_run_has_a_reason() -> None:
    for row in lines():
        assert row.passed == row.cases or row.note, row.family
