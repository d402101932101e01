"""A book written as frames and read again is the same book."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import attrs
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import frames
from delinquency.frames.tables import CHILDREN
from tests.equivalence.books import draw_account

BACKENDS = ("pandas", "polars", "pyarrow")


@st.composite
def accounts(draw, *, code: str | None = None) -> list[dq.Account]:
    rng = random.Random(draw(st.integers(0, 2**32)))
    currency = dq.Currency.of(code or draw(st.sampled_from(["CNY", "JPY", "KWD"])))
    drawn = [draw_account(rng, number, currency) for number in range(draw(st.integers(1, 8)))]
    return [
        attrs.evolve(account, account_id=f"{code or ''}账户-{n}") for n, account in enumerate(drawn)
    ]


def assert_equal_books(one: dq.portfolio.Portfolio, other: dq.portfolio.Portfolio) -> None:
    """Equal accounts, and equal columns down to which optional ones are there."""
    assert list(one) == list(other)
    for name in CHILDREN:
        left, right = getattr(one, name), getattr(other, name)
        assert (left is None) == (right is None)
        for field in attrs.fields(type(left)) if left is not None else ():
            a, b = getattr(left, field.name), getattr(right, field.name)
            assert (a is None) == (b is None), (name, field.name)
            assert a is None or np.array_equal(np.array(list(a)), np.array(list(b)))


@settings(deadline=None)
@given(accounts(), st.sampled_from(BACKENDS), st.sampled_from(["decimal", "minor"]))
def test_reading_what_was_written_gives_the_book(
    drawn: list[dq.Account], backend: str, amounts: str
) -> None:
    """read(**book_to_frames(book)) == book, whatever the library and the type of the amounts."""
    book = dq.portfolio.Portfolio.from_accounts(drawn)
    written = frames.book_to_frames(book, backend, amounts=amounts)
    again = frames.read(
        **written, currency=book.currency, amounts="minor" if amounts == "minor" else "auto"
    )
    assert_equal_books(book, again)
    assert list(again) == drawn


@settings(deadline=None)
@given(accounts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_has_no_influence_where_payments_have_ids(
    drawn: list[dq.Account], rng: random.Random
) -> None:
    """read(shuffled tables) == read(tables), accounts apart, which keep the order given."""
    named = [
        attrs.evolve(
            account,
            payments=[
                attrs.evolve(payment, payment_id=f"p-{number:03d}")
                for number, payment in enumerate(account.payments)
            ],
        )
        for account in drawn
    ]
    book = dq.portfolio.Portfolio.from_accounts(named)
    written = frames.book_to_frames(book, "pyarrow")
    for name, table in written.items():
        if name != "accounts":
            rows = list(range(len(table)))
            rng.shuffle(rows)
            written[name] = table.take(pa.array(rows, pa.int64()))
    assert_equal_books(frames.read(**written, currency=book.currency), book)


def of_defaults(account: dq.Account) -> dq.Account:
    """The account without what an optional column would say."""
    return attrs.evolve(
        account,
        product=dq.Product.LOAN,
        segment=dq.Segment.RETAIL,
        payments=[attrs.evolve(row, kind=dq.PaymentKind.REPAYMENT) for row in account.payments],
        events=[
            attrs.evolve(row, reason=dq.SuspensionReason.UNSPECIFIED)
            if isinstance(row, dq.CountingSuspension)
            else row
            for row in account.events
        ],
        contract_rates=[
            dq.DatedRate(row.effective_on, dq.Rate.per_year("0.05"))
            for row in account.contract_rates
        ],
    )


@settings(deadline=None)
@given(accounts(code="CNY"), accounts(code="JPY"), st.sampled_from(BACKENDS))
def test_each_currency_of_the_column_is_a_book_of_its_own(
    yuan: list[dq.Account], yen: list[dq.Account], backend: str
) -> None:
    """Tables of two currencies, one after the other, give the two books they were written from."""
    drawn = [[of_defaults(account) for account in accounts] for accounts in (yuan, yen)]
    written = [
        frames.book_to_frames(dq.portfolio.Portfolio.from_accounts(accounts), "pyarrow")
        for accounts in drawn
    ]
    joined = {}
    for name in {*written[0], *written[1]}:
        both = [tables[name] for tables in written if name in tables]
        table = pa.concat_tables(both, promote_options="permissive")
        joined[name] = frames.to_frame(
            dict(zip(table.column_names, table.columns, strict=True)), backend
        )
    again = frames.read(**joined, currency="column")
    assert [list(again["CNY"]), list(again["JPY"])] == drawn


def mixed() -> dict:
    return {
        "accounts": {
            "account_id": ["A", "B", "C"],
            "originated_on": ["2025-01-01"] * 3,
            "currency": ["CNY", "KWD", "CNY"],
        },
        "instalments": {
            "account_id": ["C", "B", "A"],
            "due_date": ["2025-01-31"] * 3,
            "principal": ["10.50", "10.505", "7"],
        },
    }


def test_decimals_are_those_of_the_currency_of_each_account() -> None:
    books = frames.read(**mixed(), currency="column")
    assert {code: list(book.account_id) for code, book in books.items()} == {
        "CNY": ["A", "C"],
        "KWD": ["B"],
    }
    assert books["KWD"].instalments.principal.tolist() == [10_505]
    assert books["CNY"].instalments.principal.tolist() == [700, 1_050]


def test_a_book_of_one_currency_refuses_rows_of_another() -> None:
    with pytest.raises(dq.PortfolioError, match="one book a currency") as caught:
        frames.read(**mixed(), currency="KWD")
    assert (caught.value.reason, caught.value.rows) == ("mixed_currency", (0, 2))
    result = frames.read(**mixed(), currency="KWD", on_error="quarantine")
    assert list(result.book.account_id) == ["B"]
    assert result.quarantine.counts_by_reason == {"account_quarantined": 2, "mixed_currency": 2}


def test_with_a_column_of_currencies_rows_that_have_none_are_set_aside() -> None:
    given = mixed()
    given["accounts"]["currency"] = ["CNY", "KWX", None]
    given["instalments"]["account_id"] = ["C", "B", "Z"]
    result = frames.read(**given, currency="column", on_error="quarantine")
    lines = result.quarantine.to_frame("pyarrow").to_pylist()
    assert [(line["table"], line["row"], line["reason"], line["found"]) for line in lines] == [
        ("accounts", 2, "missing", None),
        ("accounts", 1, "unknown_currency", "KWX"),
        ("instalments", 2, "unknown_account", "Z"),
        ("accounts", 0, "no_instalments", None),
        ("instalments", 0, "account_quarantined", None),
        ("instalments", 1, "account_quarantined", None),
    ]
    assert result.books == {}
    with pytest.raises(dq.PortfolioError) as caught:
        frames.read(**given, currency="column")
    assert caught.value.reason == "missing"


def test_rows_quarantined_in_one_currency_keep_their_numbers() -> None:
    given = mixed()
    given["instalments"]["principal"] = ["10.505", "10.505", "7"]
    result = frames.read(**given, currency="column", on_error="quarantine")
    lines = result.quarantine.to_frame("pyarrow").to_pylist()
    assert [(line["row"], line["reason"]) for line in lines if line["table"] == "instalments"] == [
        (0, "finer_than_minor_unit")
    ]
    assert sorted(result.books) == ["CNY", "KWD"]
    with pytest.raises(dq.PortfolioError, match=r"\.books"):
        _ = result.book
    assert result.report.rows_quarantined == {"accounts": 1, "instalments": 1}


@pytest.mark.parametrize("code", ["XXX", "cny"])
def test_a_currency_that_does_not_exist_is_refused(code: str) -> None:
    with pytest.raises(dq.CurrencyError):
        frames.read(**mixed(), currency=code)


def test_a_column_of_currencies_that_is_not_there_is_refused() -> None:
    given = mixed()
    del given["accounts"]["currency"]
    with pytest.raises(dq.PortfolioError, match="a column of currency codes"):
        frames.read(**given, currency="column")
    with pytest.raises(dq.InvalidTypeError, match="a Currency, its code"):
        frames.read(**given, currency=7)


def answer() -> dq.portfolio.PortfolioAssessment:
    schedule = dq.Schedule(
        dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), Decimal("9.99"))]
    )
    paid = [dq.Payment(date(2025, 1, 31), Decimal("9.99"))]
    late = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    book = dq.portfolio.Portfolio.from_accounts(
        [late, attrs.evolve(late, account_id="A-2", payments=paid)]
    )
    policy = dq.rulebook.load("founding-report")
    return dq.portfolio.assess(book, as_of=date(2025, 3, 3), policy=policy)


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_answer_leaves_as_a_frame_with_exact_amounts_and_no_date_where_nothing_is_late(
    backend: str,
) -> None:
    frame = answer().to_frame(backend)
    if backend == "pandas":
        frame = pa.Table.from_pandas(frame)
    elif backend == "polars":
        frame = frame.to_arrow()
    rows = frame.to_pylist()
    assert rows[0]["arrears"] == Decimal("9.99")
    assert str(rows[1]["arrears"]) == "0.00"
    assert str(rows[0]["oldest_due_date"])[:10] == "2025-01-31"
    assert rows[1]["oldest_due_date"] is None
    assert [(row["account_id"], row["days_past_due"], row["bucket"]) for row in rows] == [
        ("A-1", 31, "31-60"),
        ("A-2", 0, answer().bucket_of(1).code),
    ]
    said_of_the_answer = {"as_of", "policy", "currency"}
    assert list(rows[0])[1:4] == ["as_of", "policy", "currency"]
    assert [name for name in rows[0] if name not in said_of_the_answer] == list(answer().columns())


def test_an_answer_may_leave_in_minor_units() -> None:
    frame = frames.assessment_to_frame(answer(), "pyarrow", amounts="minor")
    assert frame["arrears"].to_pylist() == [999, 0]
    with pytest.raises(dq.InvalidValueError, match="'decimal' or 'minor'"):
        frames.assessment_to_frame(answer(), "pyarrow", amounts="cents")


def test_frames_of_several_dates_and_policies_stand_below_one_another() -> None:
    frame = frames.assessment_to_frame(answer(), "pyarrow")
    later = dq.portfolio.assess(
        answer().book, as_of=date(2025, 4, 1), policy=dq.rulebook.load("cn-loan")
    )
    stacked = pa.concat_tables([frame, frames.assessment_to_frame(later, "pyarrow")])
    rows = stacked.to_pylist()
    assert [(str(row["as_of"]), row["policy"], row["currency"]) for row in rows] == [
        (str(answer().as_of), "founding-report", "CNY"),
        (str(answer().as_of), "founding-report", "CNY"),
        ("2025-04-01", "cn-loan@2023-07-01", "CNY"),
        ("2025-04-01", "cn-loan@2023-07-01", "CNY"),
    ]


def test_each_account_names_the_version_that_it_falls_under() -> None:
    report = dq.rulebook.load("founding-report").versions[0]
    by_origin = dq.SelectedBy.ORIGINATED_ON
    turn = date(2024, 6, 1)
    early, late = answer().book
    mixed = [attrs.evolve(early, originated_on=date(2024, 5, 31)), late]
    book = dq.portfolio.Portfolio.from_accounts(mixed)
    versions = [
        attrs.evolve(report, validity=dq.Validity(date(1990, 1, 1), turn, by_origin)),
        attrs.evolve(report, validity=dq.Validity(turn, None, by_origin)),
    ]
    timeline = dq.PolicyTimeline(name=report.name, versions=versions)
    found = dq.portfolio.assess(book, as_of=answer().as_of, policy=timeline)
    names = frames.assessment_to_frame(found, "pyarrow")["policy"].to_pylist()
    assert names == [version.version for version in versions]


def test_exposure_is_there_where_it_is_asked_for() -> None:
    plain = frames.assessment_to_frame(answer(), "pyarrow")
    exposed = frames.assessment_to_frame(answer(), "pyarrow", with_exposure=True)
    assert "exposure" not in plain.column_names
    assert exposed["exposure"].to_pylist() == [answer().row(row).exposure for row in range(2)]


def test_a_library_that_is_not_known_is_refused() -> None:
    with pytest.raises(dq.InvalidValueError, match="'pandas' or 'polars' or 'pyarrow'"):
        frames.to_frame({"days": [1]}, "excel")


def test_a_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(dq.MissingExtraError, match="pip install polars"):
        frames.to_frame({"days": [1]}, "polars")
