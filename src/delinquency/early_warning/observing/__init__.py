"""Observing: from the record of an account, of a card, or from statements to observations.

The one idea: each observation is defined once, and told at the close of the last day of each period as it was
known then, so that a later fact never changes what was observed before.

:mod:`~delinquency.early_warning.observing.account_verb` observes an account,
:mod:`~delinquency.early_warning.observing.card_verb` a card by its statements, and
:mod:`~delinquency.early_warning.observing.statement_verb` whoever has statements alone.
"""
