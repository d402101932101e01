"""Names of columns: what is needed, what is passed over, and what is taken for a slip of the pen."""

from __future__ import annotations

import pytest

import delinquency as dq
from delinquency import frames
from tests.frames.small_tables import tables


def renamed(table: str, old: str, new: str) -> dict[str, dict[str, list[object]]]:
    given = tables()
    given[table] = {new if name == old else name: cells for name, cells in given[table].items()}
    return given


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("instalments", "interest", "intrest"),
        ("instalments", "principal", "principal_amount"),
        ("instalments", "fees", "fee"),
        ("instalments", "interest", "INTEREST"),
        ("payments", "reversed_on", "REVERSED_ON"),
        ("payments", "reversed_on", "reversed_at"),
        ("payments", "kind", "kinds"),
        ("accounts", "segment", "segmnt"),
        ("suspensions", "reason", "reasons"),
    ],
)
@pytest.mark.parametrize("ignore_extra", [False, True])
def test_a_column_that_is_misspelt_is_never_passed_over(
    table: str, old: str, new: str, ignore_extra: bool
) -> None:
    given = renamed(table, old, new)
    with pytest.raises(dq.PortfolioError, match=f"Did you mean '{old}'") as caught:
        frames.read(**given, currency="CNY", ignore_extra=ignore_extra)
    assert caught.value.reason == "unknown_column"


def test_a_needed_column_in_capitals_is_told_what_to_be_renamed_to() -> None:
    with pytest.raises(dq.PortfolioError, match="Hint: Rename 'DUE_DATE' to 'due_date'"):
        frames.read(**renamed("instalments", "due_date", "DUE_DATE"), currency="CNY")


def test_columns_of_other_names_are_passed_over() -> None:
    given = tables()
    plain = frames.read(**given, currency="CNY")
    given["accounts"] |= {"branch": ["7", "8"], "customer_id": ["x", "y"]}
    given["payments"] |= {"payment_method": ["a", "b", "c"], "channel": ["a", "b", "c"]}
    given["instalments"] |= {"principal_amount": ["x"] * 4, "interest_rate": ["x"] * 4}
    assert list(frames.read(**given, currency="CNY", ignore_extra=True)) == list(plain)


def test_instalments_of_which_nothing_is_due_are_no_instalments() -> None:
    given = tables()
    for name in ("principal", "interest", "fees"):
        del given["instalments"][name]
    with pytest.raises(dq.PortfolioError, match="at least one of the columns principal, interest"):
        frames.read(**given, currency="CNY")
    given["instalments"]["fees"] = ["1.00"] * 4
    book = frames.read(**given, currency="CNY")
    assert str(book.account(0).schedule.total) == "2.00"


@pytest.mark.parametrize(
    ("place", "cell", "told"),
    [
        ("payments__amount__2", "-5.00", "of more than 0, found -5.00. Hint: A payment taken back"),
        ("charges__amount__1", "0", "an amount of more than 0, found 0."),
        ("instalments__interest__2", "-0.01", "an amount of 0 or more, found -0.01."),
        (
            "instalments__fees__0",
            "10000000000000.01",
            "an amount of at most 10,000,000,000,000.00 CNY",
        ),
    ],
)
def test_an_amount_out_of_bounds_is_told_in_the_units_that_were_read(
    place: str, cell: str, told: str
) -> None:
    with pytest.raises(dq.PortfolioError) as caught:
        frames.read(**tables(**{place: cell}), currency="CNY")
    assert told in str(caught.value)
    assert "minor" not in str(caught.value)


def test_an_amount_read_as_minor_units_is_bounded_in_minor_units() -> None:
    given = tables()
    for table, names in (
        ("instalments", ("principal", "interest", "fees")),
        ("payments", ("amount",)),
        ("charges", ("amount",)),
    ):
        for name in names:
            given[table][name] = [1] * len(given[table][name])
    given["payments"]["amount"][0] = 10**15 + 1
    with pytest.raises(dq.PortfolioError, match="at most 1,000,000,000,000,000 minor units"):
        frames.read(**given, currency="CNY", amounts="minor")
