"""The full ledger of one account, replayed from its facts.

The one idea: :mod:`~delinquency.ledger.sweep` replays, :mod:`~delinquency.ledger.record` is what it
leaves behind.
"""

from delinquency.ledger.record import EntryKind, Ledger, LedgerEntry, SupersededDebt
from delinquency.ledger.sweep import replay_in_order

__all__ = ["EntryKind", "Ledger", "LedgerEntry", "SupersededDebt", "replay_in_order"]
