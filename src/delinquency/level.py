"""Who is judged: one account, or a debtor with all accounts.

The one idea: law asks some questions of an exposure and others of the one who owes it.
"""

from __future__ import annotations

from enum import Enum

__all__ = ["Level"]


class Level(Enum):
    """Whether a status machine judges one account or everything that a debtor owes."""

    ACCOUNT = "account"
    OBLIGOR = "obligor"
