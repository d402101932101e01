"""One payment, several debts of one debtor to one creditor: which of them it settles (清偿抵充).

A debtor pays less than he owes on three loans and says nothing; which of them is now settled decides whose
days past due grow. The one idea: :func:`allocate_among` gives every :class:`Debt` its share with the level
that decided it. Within each debt the order of costs, interest and principal is the ledger's.
"""

from delinquency.several_debts.order import Priority
from delinquency.several_debts.record import Debt, DebtShare, SharedPayment, ShareReason
from delinquency.several_debts.sharing import allocate_among

__all__ = ["Debt", "DebtShare", "Priority", "ShareReason", "SharedPayment", "allocate_among"]
