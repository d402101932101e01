"""Worked plans: what the pages of the docs tell, and what the tests work out a second time.

The one idea: one table of cases. A page is written from what the library answers for a case, beside the
arithmetic that is written out; a test does the arithmetic again, and all of the case without the library.
"""

from __future__ import annotations

from plan_cases.america import INDIA, REPAYMENT_PLAN
from plan_cases.china import AGREED_CARD, BROKEN, CONSUMER, MORTGAGE, SETTLED
from plan_cases.europe import AGREED, STEP_UP, TOKENS
from plan_cases.several import COMPLETED, CONSOLIDATED

__all__ = ["CASES"]

CASES = (
    MORTGAGE,
    CONSUMER,
    AGREED_CARD,
    SETTLED,
    BROKEN,
    COMPLETED,
    CONSOLIDATED,
    STEP_UP,
    TOKENS,
    AGREED,
    REPAYMENT_PLAN,
    INDIA,
)
"""In the order of the pages."""
