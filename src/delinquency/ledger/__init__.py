"""The full ledger of one account, replayed from its facts.

The one idea: :mod:`~delinquency.ledger.sweep` replays, :mod:`~delinquency.ledger.record` is what it
leaves behind.
"""

from delinquency.ledger.fees import LateFee
from delinquency.ledger.record import EntryKind, Ledger, LedgerEntry, Standing
from delinquency.ledger.rule import LedgerRule, SettledRule
from delinquency.ledger.state import SupersededDebt
from delinquency.ledger.sweep import replay_by_rule

__all__ = [
    "EntryKind",
    "LateFee",
    "Ledger",
    "LedgerEntry",
    "LedgerRule",
    "SettledRule",
    "Standing",
    "SupersededDebt",
    "replay_by_rule",
]
