"""The job without arguments: the bundled sample book, and what to type next."""

from __future__ import annotations

from delinquency import portfolio, rulebook
from delinquency.cli.summary import matter_most, print_summary
from delinquency.sample_book import SAMPLE_AS_OF, sample_book

__all__ = ["assess_sample"]

_NEXT = """\
What to type next:
  python -m delinquency policies
  python -m delinquency assess --accounts accounts.csv --instalments instalments.csv \\
      --payments payments.csv --as-of {as_of} --policy founding-report --out assessed.csv
  python                      # the same in Python:
  >>> import delinquency as dq
  >>> from delinquency.sample_book import SAMPLE_AS_OF, sample_book
  >>> book, policy = sample_book(), dq.rulebook.load("cn-loan")
  >>> answer = dq.portfolio.assess(book, as_of=SAMPLE_AS_OF, policy=policy)
  >>> print(answer.explain(book.row_of("{account}")).to_text(lang="zh"))
"""


def assess_sample(*, lang: str) -> None:
    """Assess the sample book under the levels of the founding report and print the summary."""
    book = sample_book()
    answer = portfolio.assess(book, as_of=SAMPLE_AS_OF, policy=rulebook.load("founding-report"))
    print("A sample book of instalment loans, the same every time; nobody in it is real.")
    print_summary(answer, lang=lang)
    print()
    print(_NEXT.format(as_of=SAMPLE_AS_OF, account=book.account_id[matter_most(answer)[0]]), end="")
