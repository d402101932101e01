"""Strategies of Hypothesis for the nouns of the library, named in the plural of the type.

The one idea: built by construction, never filtered, and true to life: a drawn account has a debtor who
behaves in one of six ways, and real shares of them are reversed, suspended, charged, a cent short,
prepaid or rescheduled.

Examples
--------
>>> from hypothesis import find
>>> from delinquency.testing import strategies
>>> plainest = find(strategies.schedules(), lambda schedule: True)
>>> len(plainest)
1
"""

from delinquency.testing._accounts import accounts, as_of_dates, behaviours
from delinquency.testing._facts import (
    amounts,
    charges,
    currencies,
    dates,
    instalments,
    payments,
    schedules,
    suspensions,
)
from delinquency.testing._policies import (
    allocation_orders,
    bucket_schemes,
    countings,
    policies,
)
from delinquency.testing._portfolios import portfolios

__all__ = [
    "accounts",
    "allocation_orders",
    "amounts",
    "as_of_dates",
    "behaviours",
    "bucket_schemes",
    "charges",
    "countings",
    "currencies",
    "dates",
    "instalments",
    "payments",
    "policies",
    "portfolios",
    "schedules",
    "suspensions",
]
