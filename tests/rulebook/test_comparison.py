"""Two policies are compared line by line, and no difference between them stays untold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given

import delinquency as dq
from delinquency import rulebook
from delinquency.amortisation import ReferenceRates
from delinquency.cli.main import EXIT_BAD_INPUT, EXIT_DIFFERENT, EXIT_OK, main
from delinquency.penalty import ReferencePlusMargin
from delinquency.rulebook import PolicyDifference, compare
from delinquency.testing import strategies
from tests.rulebook.test_bad_files import GOOD
from tests.rulebook.test_lines_of_errors import HOUSE
from tests.rulebook.test_owed_terms import TERMS, page_policy

PACKAGED = {entry.name: rulebook.load(entry.name) for entry in rulebook.available()}
BASE = rulebook.loads(GOOD).versions[0]
NAMES = {"name": "other", "title": "Other rules", "title_zh": "其他"}


def counting(**changes: object) -> dict[str, object]:
    return {"counting": attrs.evolve(BASE.counting, **changes)}


def band(place: int, **changes: object) -> dict[str, object]:
    bands = list(BASE.buckets)
    bands[place] = attrs.evolve(bands[place], **changes)
    return {"buckets": attrs.evolve(BASE.buckets, buckets=bands)}


OTHER_ORDER = dq.AllocationOrder.oldest_first("fees", "interest", "principal", "penalty")


def on_reference(rate: str) -> dict[str, object]:
    rates = [(date(2024, 10, 21), dq.Rate.per_year(rate))]
    reference = ReferenceRates(name="LPR 1Y", rates=rates, covered_until=date(2025, 1, 19))
    margin = dq.Rate.per_year("0.01")
    return {"penalty": attrs.evolve(TERMS, rate=ReferencePlusMargin(reference, margin))}


CHANGES = [
    (counting(first_day=dq.FirstDay.DUE_DATE), "First late day", "day_after_due_date", "due_date"),
    (counting(grace_days=3, grace_kind=dq.GraceKind.TRIGGER), "Grace", "none", "3 days, trigger"),
    (counting(tolerance=Decimal(11)), "Tolerance", "10 by instalment", "11 by instalment"),
    (counting(least_payment=Decimal(5)), "Least payment", None, "5"),
    (
        counting(partial_payments=dq.counting.PartialPayments.NEARLY_FULL),
        "Partial payments", None, "nearly_full, from 9/10 of a payment",
    ),
    ({"closing_tolerance": 1}, "Waived on closing", None, "up to 1"),
    ({"off_balance_from": 91}, "Off balance", None, "interest and penalty, from 91 days past due"),
    ({"verification": None}, "Verification", "secondary", None),
    ({"penalty_in_waterfall": dq.PenaltyPlace.POSTED}, "Penalty in the order of payment", "outside", "posted"),
    (
        {"allocation": OTHER_ORDER}, "Order of payment",
        "oldest first; interest, principal, fees, penalty; instalment first",
        "oldest first; fees, interest, principal, penalty; instalment first",
    ),
    ({"citations": []}, "Source", "Credit manual, 4.2", None),
    ({"citations": [dq.Citation("Credit manual", "4.3")]}, "Source", "Credit manual, 4.2", "Credit manual, 4.3"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "name", "a", "b"), CHANGES)
def test_one_change_is_one_line_in_the_words_of_a_page(
    changes: dict[str, object], name: str, a: str | None, b: str | None
) -> None:
    changed = attrs.evolve(BASE, **changes, **NAMES)
    assert compare(BASE, changed).rows == (PolicyDifference(name, a, b),)
    assert compare(changed, BASE).rows == (PolicyDifference(name, b, a),)


@pytest.mark.parametrize(
    ("changes", "column", "a", "b"),
    [
        ({"label": "overdue"}, "label", "", "overdue"),
        ({"label_zh": "逾期"}, "中文", "", "逾期"),
        ({"codes": {"bureau": "1"}}, "other codes", "", "bureau 1"),
        ({"is_stressed": False}, "stressed", "yes", "no"),
    ],
)
def test_bands_are_compared_by_code(
    changes: dict[str, object], column: str, a: str, b: str
) -> None:
    changed = attrs.evolve(BASE, **band(1, **changes))
    assert compare(BASE, changed).rows == (PolicyDifference(column, a, b, bucket="late"),)


def test_a_band_that_only_one_has_is_told_whole() -> None:
    scheme = BASE.buckets
    bands = [scheme[0], dq.Bucket("early", 1, 30), attrs.evolve(scheme[1], first_day=31)]
    found = compare(BASE, attrs.evolve(BASE, buckets=attrs.evolve(scheme, buckets=bands)))
    assert [(row.bucket, row.name, row.a, row.b) for row in found.rows] == [
        ("late", "from", "1", "31"),
        ("early", "from", None, "1"),
        ("early", "to", None, "30"),
        ("early", "stressed", None, "yes"),
    ]
    assert found.to_text().endswith("bucket early\n  A  none\n  B  from 1, to 30, stressed yes\n")


def test_an_end_of_a_band_that_is_open_is_told_with_a_dash() -> None:
    scheme = BASE.buckets
    bands = [scheme[0], attrs.evolve(scheme[1], last_day=30), dq.Bucket("lost", 31)]
    changed = attrs.evolve(BASE, buckets=attrs.evolve(scheme, buckets=bands))
    assert "bucket late\n  A  to -\n  B  to 30\n" in compare(BASE, changed).to_text()


def test_a_table_of_published_rates_is_told_value_by_value() -> None:
    a, b = (attrs.evolve(BASE, **on_reference(rate)) for rate in ("0.031", "0.036"))
    (row,) = compare(a, b).rows
    assert row == PolicyDifference(
        "Reference rate",
        "LPR 1Y: 3.1 % a year from 2024-10-21; complete until 2025-01-19",
        "LPR 1Y: 3.6 % a year from 2024-10-21; complete until 2025-01-19",
    )


def test_late_fees_in_another_order_differ() -> None:
    version = page_policy().versions[0]
    turned = attrs.evolve(version, late_fees=version.late_fees[::-1])
    (row,) = compare(version, turned).rows
    assert row.name == "Late fee"
    assert row.a is not None
    assert row.a.startswith("fee 1: ")
    assert row.b is not None
    assert row.b.startswith("fee 5: ")


def test_a_fee_that_one_lacks_leaves_the_others_out() -> None:
    version = page_policy().versions[0]
    fewer = attrs.evolve(version, late_fees=version.late_fees[1:])
    (row,) = compare(version, fewer).rows
    assert (row.a is not None, row.b) == (True, None)


def test_what_no_line_tells_is_told_by_its_field() -> None:
    """A share that is not in use is on no page; the two are different policies all the same."""
    changed = attrs.evolve(BASE, **counting(full_payment_share=dq.Proportion(1, 2)))
    (row,) = compare(BASE, changed).rows
    assert row.name == "counting"
    assert row.b is not None
    assert "denominator=2" in row.b


def test_names_and_titles_are_no_rules() -> None:
    found = compare(BASE, attrs.evolve(BASE, **NAMES))
    assert found.is_equal
    assert found.to_text().splitlines()[-1] == "They say the same."
    assert found.to_text(lang="zh").splitlines()[-1] == "两者相同。"


def test_an_amount_that_is_written_otherwise_is_the_same() -> None:
    changed = attrs.evolve(BASE, **counting(tolerance=Decimal("10.00")))
    assert changed == BASE
    assert compare(BASE, changed).is_equal


@given(strategies.policies(), strategies.policies())
def test_policies_without_a_line_between_them_are_equal(a: dq.Policy, b: dq.Policy) -> None:
    """Law: no line, no difference; a policy equals itself; turned round, each line is turned round."""
    b = attrs.evolve(b, name=a.name, title=a.title, title_zh=a.title_zh, validity=a.validity)
    assert compare(a, b).is_equal == (a == b)
    assert compare(a, a).is_equal
    turned = {(row.name, row.bucket, row.b, row.a) for row in compare(b, a).rows}
    assert {(row.name, row.bucket, row.a, row.b) for row in compare(a, b).rows} == turned


@pytest.mark.parametrize("entry", rulebook.available(), ids=lambda entry: entry.name)
def test_every_packaged_policy_equals_itself_and_no_other(entry: rulebook.RulebookEntry) -> None:
    policy = rulebook.load(entry.name)
    for name, other in PACKAGED.items():
        assert compare(policy, other).is_equal == (name == entry.name)


def test_versions_are_compared_stretch_by_stretch() -> None:
    house = rulebook.loads(HOUSE)
    later = HOUSE.replace("effective_from = 2024-01-01", "effective_from = 2024-07-01")
    later = later.replace("effective_until = 2024-01-01", "effective_until = 2024-07-01")
    found = compare(house, rulebook.loads(later))
    days = {str(row.in_force) for row in found.rows}
    assert days == {"from 2024-01-01 until 2024-07-01 (excluded)"}
    assert "Grace" in {row.name for row in found.rows}
    assert "== In force from 2024-01-01 until 2024-07-01 (excluded) ==" in found.to_text()
    assert "== 有效期 自 2024-01-01" in found.to_text(lang="zh")


def test_a_stretch_in_which_one_is_not_in_force_differs() -> None:
    house = rulebook.loads(HOUSE)
    begun = rulebook.loads(
        HOUSE.replace("effective_from = 2020-01-01", "effective_from = 2021-01-01")
    )
    (row,) = compare(house, begun).rows
    assert (row.name, row.a, row.b) == (
        "In force",
        "from 2020-01-01 until 2024-01-01 (excluded)",
        None,
    )
    assert str(row.in_force) == "from 2020-01-01 until 2021-01-01 (excluded)"


def test_days_on_which_neither_is_in_force_are_no_difference() -> None:
    gap = HOUSE.replace("effective_until = 2024-01-01", "effective_until = 2023-01-01")
    assert compare(rulebook.loads(gap), rulebook.loads(gap)).is_equal
    (row,) = compare(rulebook.loads(HOUSE), rulebook.loads(gap)).rows
    assert (row.name, row.b) == ("In force", None)
    assert str(row.in_force) == "from 2023-01-01 until 2024-01-01 (excluded)"


def test_one_version_against_several_is_compared_by_its_days() -> None:
    house = rulebook.loads(HOUSE)
    (row,) = compare(house.versions[1], house).rows
    assert (row.name, row.a) == ("In force", None)
    assert str(row.in_force) == "from 2020-01-01 until 2024-01-01 (excluded)"


def test_dates_of_two_versions_are_a_line() -> None:
    before, after = rulebook.load("in-sma").versions
    assert [row.name for row in compare(before, after).rows] == [
        "In force",
        "Penalty allowed by law",
    ]


def test_what_is_no_policy_is_refused() -> None:
    with pytest.raises(dq.InvalidTypeError, match="compare: expected a Policy or a PolicyTimeline"):
        compare(BASE, "cn-loan")  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidValueError, match="comparison, lang: expected one of en, zh"):
        compare(BASE, BASE).to_text(lang="fr")


def test_a_comparison_is_short_in_python_and_a_table_in_a_notebook() -> None:
    before, after = rulebook.load("in-sma").versions
    found = compare(before, after)
    assert repr(found).startswith("PolicyComparison(a=in-sma@2021-11-12: India: special")
    assert str(found) == found.to_text()
    html = found._repr_html_()
    assert "<td>In force</td><td>from 2021-11-12 until 2024-04-01 (excluded)</td>" in html
    assert "They say the same" in compare(after, after)._repr_html_()
    assert 'colspan="3">In force from 2' in compare(rulebook.load("in-sma"), after)._repr_html_()


@pytest.fixture
def house(tmp_path: Path) -> str:
    path = tmp_path / "house.toml"
    path.write_text(HOUSE, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("a", "b", "more", "code"),
    [
        ("in-sma", "in-sma", [], EXIT_OK),
        ("in-sma@2024-03-31", "in-sma@2024-04-01", [], EXIT_DIFFERENT),
        ("in-sma@2021-11-12", "in-sma@2024-03-31", [], EXIT_OK),
        ("in-sma", "in-sma@2024-04-01", ["--as-of", "2024-03-31"], EXIT_DIFFERENT),
        ("in-sma", "in-sma@2024-04-01", ["--as-of", "2025-03-31"], EXIT_OK),
        ("{house}", "{house}", [], EXIT_OK),
        ("{house}@2023-12-31", "{house}@2024-01-01", [], EXIT_DIFFERENT),
        ("{house}", "cn-loan", ["--as-of", "2024-06-30"], EXIT_DIFFERENT),
        ("{house}", "cn-lone", [], EXIT_BAD_INPUT),
        ("{house}", "other.toml", [], EXIT_BAD_INPUT),
        ("in-sma", "in-sma@2021-11-11", [], EXIT_BAD_INPUT),
        ("in-sma", "in-sma@2021-02-30", [], EXIT_BAD_INPUT),
        ("in-sma", "in-sma", ["--as-of", "2015-01-01"], EXIT_BAD_INPUT),
    ],
)
def test_the_exit_code_says_whether_they_differ(
    a: str, b: str, more: list[str], code: int, house: str
) -> None:
    assert main(["policies", "diff", a.format(house=house), b.format(house=house), *more]) == code


@pytest.mark.parametrize(
    ("lang", "words", "a", "b"),
    [
        ("en", "First late day", "day_after_due_date", "due_date"),
        ("zh", "逾期首日", "应还日次日", "应还日当日"),
    ],
)
def test_a_difference_is_printed_with_both_sides(
    lang: str, words: str, a: str, b: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["policies", "diff", "cn-loan", "in-sma", "--as-of", "2025-06-30", "--lang", lang])
    out = capsys.readouterr().out
    assert f"\n{words}\n  A  {a}\n  B  {b}\n" in out
    assert "Grace" not in out


def test_show_prints_the_version_of_a_date_or_all(
    house: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["policies", "show", house]) == EXIT_OK
    out = capsys.readouterr().out
    assert "from 2020-01-01 until 2024-01-01" in out
    assert "3 days, trigger" in out
    assert main(["policies", "show", house, "--as-of", "2023-12-31"]) == EXIT_OK
    out = capsys.readouterr().out
    assert "from 2020-01-01 until 2024-01-01" in out
    assert "3 days, trigger" not in out
    assert main(["policies", "show", house, "--as-of", "2024-01-01"]) == EXIT_OK
    assert "until 2024-01-01" not in capsys.readouterr().out


def test_show_names_the_dates_in_force_where_none_is(
    house: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["policies", "show", house, "--as-of", "2019-12-31"]) == EXIT_BAD_INPUT
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(
        "error: policy 'house': expected a date in force: from 2020-01-01 until 2024-01-01 (excluded);"
        " from 2024-01-01, found 2019-12-31."
    )


def test_a_bad_file_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "house.toml"
    path.write_text(HOUSE.replace("grace_days", "grace_dais"), encoding="utf-8")
    assert main(["policies", "show", str(path)]) == EXIT_BAD_INPUT
    assert f"error: {path}, line 40, version 2, counting: expected" in capsys.readouterr().err
