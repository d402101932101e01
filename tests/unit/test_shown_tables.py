"""Tables of a loan as text and as HTML."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.text_layout import display_width

TERMS = dq.RepaymentTerms(
    currency=dq.Currency.of("CNY"),
    principal=Decimal("100000.00"),
    annual_rate=dq.Rate.per_year("0.06"),
    disbursed_on=date(2025, 1, 1),
    first_due_date=date(2025, 2, 1),
    instalment_count=6,
    method=dq.AmortisationMethod.ANNUITY,
)
PLAN = dq.IrregularTerms(
    principal=1000,
    annual_rate=dq.Rate.per_year("0.10"),
    disbursed_on=date(2025, 1, 1),
    day_count=dq.DayCount.THIRTY_E_360,
    rows=[
        dq.IrregularRow(date(2025, 3, 1), None, dq.DeferredInterest.ACCRUED),
        dq.IrregularRow(date(2025, 7, 1), dq.WholeBalance()),
    ],
)
PREPAID = dq.prepay(
    TERMS,
    [
        dq.Prepayment(
            paid_on=date(2025, 3, 1),
            amount=40_000,
            fee=100,
            effect=dq.PrepaymentEffect.LOWER_PAYMENT,
        )
    ],
)
RECALCULATED = dq.recalculate(
    TERMS,
    payments=[dq.Payment(date(2025, 1, 20), 17_000)],
    as_of=date(2025, 3, 1),
    recalculation=dq.Recalculation(surplus=dq.Surplus.IN_ADVANCE),
)
TABLES = [dq.amortisation_table(TERMS), PREPAID, RECALCULATED, dq.irregular_table(PLAN)]


@pytest.mark.parametrize("table", TABLES)
def test_lines_are_of_one_width_in_both_languages(table: dq.AmortisationTable) -> None:
    for lang in ("en", "zh"):
        widths = {display_width(line) for line in table.to_text(lang=lang).splitlines()}
        # An empty cell at the end of a line is not written.
        assert len(widths) == 1 or (table is RECALCULATED and len(widths) == 2)
    assert str(table) == table.to_text()
    assert table.to_text(lang="zh").splitlines()[0].split()[:2] == ["期数", "应还日"]


@pytest.mark.parametrize("table", TABLES)
def test_a_language_without_heads_is_refused(table: dq.AmortisationTable) -> None:
    with pytest.raises(dq.InvalidValueError, match="lang: expected one of en, zh"):
        table.to_text(lang="de")


def test_a_prepayment_stands_after_the_instalment_of_its_day() -> None:
    lines = [line.split() for line in str(PREPAID).splitlines()]
    assert [line[0] for line in lines[1:5]] == ["1", "2", "early", "3"]
    assert lines[3][1:] == ["2025-03-01", "40,100.00", "40,000.00", "0.00", "100.00", "26,998.60"]
    assert "提前还款" in PREPAID.to_text(lang="zh")


def test_interest_that_became_principal_has_a_column_where_there_is_any() -> None:
    terms = attrs.evolve(
        TERMS, level_payment=dq.LevelPayment(amount=300), may_capitalise=True, instalment_count=3
    )
    heads, first, *_ = (line.split() for line in str(dq.amortisation_table(terms)).splitlines())
    assert heads[-2:] == ["capitalised", "balance"]
    assert first[-2:] == ["200.00", "100,200.00"]
    assert "capitalised" not in str(dq.amortisation_table(TERMS))


def test_what_money_did_is_shown_beside_the_rows() -> None:
    lines = [line.split() for line in str(RECALCULATED).splitlines()]
    assert lines[1][-2:] == ["16,959.55", "2025-01-20"]
    assert lines[2][-1] == "40.45"


def test_exact_amounts_are_shown_to_six_decimals_or_to_the_minor_unit() -> None:
    assert str(dq.irregular_table(PLAN)).splitlines()[1].split()[-2:] == [
        "16.666667",
        "1,000.000000",
    ]
    money = attrs.evolve(PLAN, currency=dq.Currency.of("JPY"))
    assert str(dq.irregular_table(money)).splitlines()[1].split()[-2:] == ["17", "1,000"]


@pytest.mark.parametrize("table", TABLES)
def test_a_notebook_shows_every_cell(table: dq.AmortisationTable) -> None:
    html = table._repr_html_()
    cells = [cell for line in str(table).splitlines()[1:] for cell in line.split()]
    for cell in cells:
        assert f"<td>{cell}</td>" in html
    assert html.count("<tr>") == len(table.rows) + 1 + (table is PREPAID)


def test_a_notebook_names_the_currency_where_there_is_one() -> None:
    assert "<caption>CNY</caption>" in PREPAID._repr_html_()
    assert "caption" not in dq.irregular_table(PLAN)._repr_html_()
