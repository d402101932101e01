"""A book of card accounts as columns: its tables, its ledgers, and the minimums that counting reads.

The one idea: cards have two records, as one card has: :func:`~delinquency.portfolio.card_ledgers` replays
the balances of every card, and :func:`~delinquency.portfolio.requirements` makes of their minimum payments a
book that every verb reads as it is. What is public is exported by :mod:`delinquency.portfolio`.
"""
