"""Every reason that a row or a column can be refused for is explained on the page of its tables."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "read-a-tape.md"
TERMS_PAGE = ROOT / "docs" / "reference" / "portfolio.md"
PANELS_PAGE = ROOT / "docs" / "reference" / "early-warning.md"
OUTCOMES_PAGE = ROOT / "docs" / "reference" / "back-testing.md"
CARDS_PAGE = ROOT / "docs" / "how-to" / "model-a-card.md"
OF_PANELS = {"observation_frames.py", "statement_frames.py", "cards_verb.py"}
OF_TERMS = (
    "schedules.py",
    "term_checks.py",
    "term_columns.py",
    "term_conversion.py",
    "term_quarantine.py",
)
"""Modules about columns of terms, which no tape has."""

OF_FLOWS = ("effective_rates.py", "loan_flows.py", "single_turns.py")
"""Modules about cash flows, which no tape has either."""

PLACES = {
    "problem_in": 2,
    "rows": 1,
    "refuse_column": 1,
    "_lines": 3,
    "_told": 2,
    "refuse_where": 2,
}
"""Where a reason stands among the arguments of the functions that take one."""

MADE = {
    "f'duplicate_{name}'": {
        "duplicate_payment_id",
        "duplicate_charge_id",
        "duplicate_charge_back_id",
        "duplicate_dispute_id",
    },
    "f'duplicate_{noun}'": {
        "duplicate_re_age",
        "duplicate_restructuring",
        "duplicate_collateral",
        "duplicate_guarantee",
    },
    "f\"reversal_before_{noun.replace('-', '_')}\"": {
        "reversal_before_payment",
        "reversal_before_decision",
        "reversal_before_charge_back",
        "reversal_before_figure",
        "reversal_before_dispute",
        "reversal_before_restructuring",
        "reversal_before_re_age",
        "reversal_before_collateral",
        "reversal_before_guarantee",
    },
}
"""Reasons that are put together, by the code that does it."""

MADE_OF_CARDS = {"duplicate_transaction_id", "reversal_before_transaction"}
"""Those that the same code puts together for books of cards."""


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _reasons_of(tree: ast.AST) -> Iterator[ast.expr]:
    """Every expression that is a reason, in calls and in assignments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (word.value for word in node.keywords if word.arg == "reason")
            place = PLACES.get(_called(node), len(node.args))
            yield from node.args[place : place + 1]
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "reason":
            yield node.value


def _words(reason: ast.expr) -> set[str]:
    if isinstance(reason, ast.IfExp):
        return _words(reason.body) | _words(reason.orelse)
    if isinstance(reason, ast.Constant):
        return {str(reason.value)}
    return MADE.get(ast.unparse(reason), set())


def _tables_of(path: Path) -> str:
    """Whose tables a module is about."""
    if path.name in OF_FLOWS:
        return "flows"
    if path.name in OF_TERMS:
        return "terms"
    if path.parent.name == "back_testing" or path.name == "outcome_frames.py":
        return "outcomes"
    if path.parent.name == "warnings" or path.name in OF_PANELS:
        return "panels"
    return "cards" if path.parent.name == "cards" else "tapes"


def reasons_in_the_code(tables: str = "tapes") -> set[str]:
    folders = [ROOT / "src/delinquency" / name for name in ("frames", "portfolio", "back_testing")]
    every = [path for folder in folders for path in folder.rglob("*.py")]
    files = [path for path in every if _tables_of(path) == tables]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    found = {word for tree in trees for reason in _reasons_of(tree) for word in _words(reason)}
    return found | MADE_OF_CARDS if tables == "cards" else found


def test_the_reasons_of_the_code_are_found() -> None:
    found = reasons_in_the_code()
    assert {"negative_amount", "amount_not_positive", "account_quarantined"} <= found
    assert {"duplicate_payment_id", "mixed_currency", "missing_column", "unsorted"} <= found
    assert {"duplicate_limit", "later_transaction", "older_than_terms"} <= reasons_in_the_code(
        "cards"
    )


def explained_in(page: Path, heading: str) -> list[str]:
    section = page.read_text(encoding="utf-8").partition(heading)[2].partition("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \| .+ \|$", section, re.MULTILINE)


def test_the_page_about_tapes_explains_each_reason_and_no_other() -> None:
    explained = explained_in(PAGE, "## The reasons\n")
    assert sorted(explained) == sorted(set(explained))
    assert set(explained) == reasons_in_the_code()


def test_the_page_about_early_warning_explains_each_reason_of_panels() -> None:
    explained = explained_in(PANELS_PAGE, "### Reasons\n")
    assert sorted(explained) == sorted(set(explained))
    assert set(explained) == reasons_in_the_code("panels")


def test_the_page_about_back_testing_explains_each_reason_of_outcomes() -> None:
    explained = explained_in(OUTCOMES_PAGE, "### Reasons\n")
    assert sorted(explained) == sorted(set(explained))
    assert set(explained) == reasons_in_the_code("outcomes")


def test_the_page_about_books_explains_each_reason_of_columns_of_terms() -> None:
    explained = explained_in(TERMS_PAGE, "### Reasons\n")
    assert sorted(explained) == sorted(set(explained))
    assert set(explained) >= reasons_in_the_code("terms")


def test_the_page_about_cards_explains_each_reason_of_books_of_cards_and_no_other() -> None:
    explained = explained_in(CARDS_PAGE, "## The reasons of a book of cards\n")
    assert sorted(explained) == sorted(set(explained))
    assert set(explained) == reasons_in_the_code("cards")
