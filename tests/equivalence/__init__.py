"""Both paths give the same answers: generated books, account by account."""
