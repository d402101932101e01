"""Observing a book by totals or by ledgers: the same observations as of one account, for all accounts."""
