"""Observing a book: the same observations as of one account, for all accounts over the same periods.

:mod:`~delinquency.portfolio.warnings.observing.verb` observes a book, by totals or by ledgers;
:mod:`~delinquency.portfolio.warnings.observing.statements` reads columns of statements.
"""
