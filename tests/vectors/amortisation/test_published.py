"""Every published table of the collection follows from its terms, to the last minor unit."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from delinquency import returns
from delinquency.amortisation import AmortisationTable, amortisation_table
from tests.vectors.amortisation.cases import PUBLISHED, Case, Figure, restructured_terms
from tests.vectors.amortisation.status import KNOWN_ERRORS, NOT_APPLICABLE, NOTES
from tests.vectors.amortisation.transcribed import TRANSCRIBED
from tests.vectors.published import FOLDER, load, needs_folder


def found(table: AmortisationTable, figure: Figure, decimals: int | None) -> object:
    rows = list(table)[figure.number - 1 : max(figure.number, figure.until)]
    values = [getattr(row, figure.field) for row in rows]
    value = sum(values, Decimal(0)) if figure.until else values[0]
    if decimals is None or not isinstance(value, Decimal):
        return value
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


def differences(case: Case) -> dict[tuple[int, str], tuple[object, object]]:
    """By row and field: what is published, and what follows from the terms."""
    table = amortisation_table(case.terms)
    compared = {
        figure: (figure.value, found(table, figure, case.decimals)) for figure in case.figures
    }
    return {
        (figure.number, figure.field): pair
        for figure, pair in compared.items()
        if pair[0] != pair[1]
    }


@pytest.mark.parametrize("case", TRANSCRIBED, ids=lambda case: case.id)
def test_the_transcribed_table_follows_from_its_terms(case: Case) -> None:
    assert case.figures
    assert not differences(case), case.source


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case.id)
def test_the_published_table_follows_from_its_terms(case: Case) -> None:
    assert case.figures
    expected = {}
    if case.id in KNOWN_ERRORS:
        number, published, ours, _ = KNOWN_ERRORS[case.id]
        expected = {
            (number, field): (Decimal(published[field]), Decimal(ours[field])) for field in ours
        }
    assert differences(case) == expected, case.source


@needs_folder
@pytest.mark.parametrize("name", KNOWN_ERRORS)
def test_a_known_error_is_a_last_row_that_does_not_repay_the_loan(name: str) -> None:
    """With the last row as it is published, more or less than the loan would be repaid."""
    (case,) = [case for case in PUBLISHED if case.id == name]
    number, published, _, missing = KNOWN_ERRORS[name]
    rows = list(amortisation_table(case.terms))
    assert number == len(rows)
    repaid = sum((row.principal for row in rows[:-1]), Decimal(published["principal"]))
    assert case.terms.principal - repaid == missing
    assert sum(row.principal for row in rows) == case.terms.principal


@needs_folder
def test_the_rule_of_78_gives_back_what_the_manual_says() -> None:
    cases = load("amortization/calculator_manuals.json")["cases"]
    (case,) = [case for case in cases if case["id"] == "hp12c-rule-of-78"]
    loan = case["loan"]
    rebate = returns.rule_of_78_rebate(
        Decimal(loan["finance_charge"]), instalment_count=loan["n"], paid_count=loan["prepaid_at"]
    )
    left = (loan["n"] - loan["prepaid_at"]) * Decimal(loan["payment"]) - rebate
    assert rebate == Decimal(case["expected"]["rebate"])
    assert left == Decimal(case["expected"]["outstanding"])


@needs_folder
def test_the_first_period_after_a_restructuring_bears_its_own_days() -> None:
    terms, days = restructured_terms()
    first, second, *_ = terms.accrual_days()
    assert second - first == days


def published_ids() -> set[str]:
    files = (
        "amortization/published_schedules_mortgagemath.json",
        "amortization/calculator_manuals.json",
        "amortization/fineract_emi.json",
        "lending/schedule.json",
    )
    ids = {case["id"] for file in files for case in load(file)["cases"]}
    folder = FOLDER / "fineract"
    return ids | {path.stem for kind in ("emi", "sch") for path in folder.glob(f"{kind}-*.json")}


@needs_folder
def test_every_case_of_the_collection_is_run_or_has_a_reason() -> None:
    run = {case.id.partition(" ")[0] for case in PUBLISHED}
    elsewhere = {"hp12c-rule-of-78", "SCH-13"}
    assert published_ids() == run | elsewhere | set(NOT_APPLICABLE)
    assert all(NOT_APPLICABLE.values())
    assert set(NOTES) <= published_ids()
