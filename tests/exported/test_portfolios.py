"""Books as Hypothesis draws them, and the law of the two paths."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.testing import check_portfolio_matches_scalar, strategies
from tests.exported.searching import found


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_drawn_books_answer_as_their_accounts_do(data: st.DataObject) -> None:
    book = data.draw(strategies.portfolios())
    policy = data.draw(strategies.policies(currency=book.currency))
    as_of = data.draw(strategies.as_of_dates(book.account(0)))
    check_portfolio_matches_scalar(book, as_of=as_of, policy=policy)


def test_a_drawn_book_numbers_its_accounts() -> None:
    book = found(strategies.portfolios(), lambda drawn: len(drawn) > 1)
    assert list(book.account_id) == [f"A-{number}" for number in range(1, len(book) + 1)]


def test_a_difference_is_told_with_both_values_and_the_reasons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from delinquency.sample_book import sample_book
    from delinquency.testing import matching

    def wrong(answers: dq.portfolio.PortfolioAssessment, row: int) -> dict[str, object]:
        return {**of_book(answers, row), "days_past_due": 10**6}

    of_book = matching._of_book
    monkeypatch.setattr(matching, "_of_book", wrong)
    with pytest.raises(AssertionError, match="days_past_due: the book says 1000000") as caught:
        check_portfolio_matches_scalar(
            sample_book(3), as_of=date(2025, 6, 30), policy=dq.rulebook.load("cn-loan")
        )
    assert "Policy cn-loan" in str(caught.value)


def test_only_books_can_be_checked() -> None:
    with pytest.raises(dq.InvalidTypeError, match="a Portfolio"):
        check_portfolio_matches_scalar(
            [],  # type: ignore[arg-type]
            as_of=date(2025, 6, 30),
            policy=dq.rulebook.load("cn-loan"),
        )
