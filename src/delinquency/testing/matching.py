"""The law of the two paths: a book answers as its accounts do, row by row."""

from __future__ import annotations

from datetime import date

from delinquency.amounts import from_minor
from delinquency.assessment import Assessment, assess
from delinquency.calendar import NONE_DAY, to_date
from delinquency.errors import InvalidTypeError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio import Engine, Portfolio, PortfolioAssessment
from delinquency.portfolio import assess as assess_book

__all__ = ["check_portfolio_matches_scalar"]


def check_portfolio_matches_scalar(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    engine: Engine | None = None,
) -> None:
    """Check that every column of a book equals the scalar verb on every row.

    Days past due, delinquent days, arrears, the oldest due date, the bucket and the exposure are
    compared, exactly.

    Parameters
    ----------
    book : Portfolio
    as_of : date
    policy : Policy or PolicyTimeline
    known_on : date, optional
    engine : Engine, optional

    Raises
    ------
    AssertionError
        A difference; the message names the account, the column and both values, and explains the
        scalar one.
    InvalidTypeError
        Not a portfolio.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> from delinquency.sample_book import SAMPLE_AS_OF, sample_book
    >>> check_portfolio_matches_scalar(
    ...     sample_book(50), as_of=SAMPLE_AS_OF, policy=rulebook.load("cn-loan"))
    """
    if not isinstance(book, Portfolio):
        raise InvalidTypeError.at(
            "check_portfolio_matches_scalar", expected="a Portfolio", found=book
        )
    answers = assess_book(book, as_of=as_of, policy=policy, known_on=known_on, engine=engine)
    exposure = answers.exposure(engine=engine)
    for row, account in enumerate(book):
        answer = assess(account, as_of=as_of, policy=policy, known_on=known_on)
        columns = _of_book(answers, row) | {
            "exposure": from_minor(int(exposure[row]), book.currency)
        }
        for name, expected in _of_account(answer).items():
            if columns[name] != expected:
                message = (
                    f"account {account.account_id!r}, {name}: the book says {columns[name]}, "
                    f"the account {expected}\n{answer.explanation.to_text()}"
                )
                raise AssertionError(message)


def _of_book(answers: PortfolioAssessment, row: int) -> dict[str, object]:
    oldest = int(answers.oldest_due_date[row])
    return {
        "days_past_due": int(answers.days_past_due[row]),
        "delinquent_days": int(answers.delinquent_days[row]),
        "arrears": from_minor(int(answers.arrears[row]), answers.book.currency),
        "oldest_due_date": None if oldest == NONE_DAY else to_date(oldest),
        "bucket": answers.bucket_of(row).code,
    }


def _of_account(answer: Assessment) -> dict[str, object]:
    return {
        "days_past_due": answer.days_past_due,
        "delinquent_days": answer.delinquent_days,
        "arrears": answer.arrears,
        "oldest_due_date": answer.oldest_due_date,
        "bucket": answer.bucket.code,
        "exposure": answer.exposure,
    }
