"""Putting rules of early warning together from candidates, on the outcomes of half of the accounts."""
