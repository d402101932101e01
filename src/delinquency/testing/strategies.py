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

from delinquency.testing._accounts import accounts, behaviours
from delinquency.testing._events import (
    accelerations,
    charge_backs,
    closures,
    dated_rates,
    disputes,
    funds_misuses,
    off_balances,
    penalty_waivers,
    waivers,
    write_offs,
)
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
from delinquency.testing._owed_terms import late_fee_terms, penalty_terms
from delinquency.testing._policies import (
    age_switches,
    allocation_orders,
    bucket_schemes,
    countings,
    kind_orders,
    policies,
)
from delinquency.testing._portfolios import portfolios
from delinquency.testing._questions import as_of_dates
from delinquency.testing._status_facts import (
    collaterals,
    findings,
    guarantees,
    re_ages,
    reported_figures,
    restructurings,
)

__all__ = [
    "accelerations",
    "accounts",
    "age_switches",
    "allocation_orders",
    "amounts",
    "as_of_dates",
    "behaviours",
    "bucket_schemes",
    "charge_backs",
    "charges",
    "closures",
    "collaterals",
    "countings",
    "currencies",
    "dated_rates",
    "dates",
    "disputes",
    "findings",
    "funds_misuses",
    "guarantees",
    "instalments",
    "kind_orders",
    "late_fee_terms",
    "off_balances",
    "payments",
    "penalty_terms",
    "penalty_waivers",
    "policies",
    "portfolios",
    "re_ages",
    "reported_figures",
    "restructurings",
    "schedules",
    "suspensions",
    "waivers",
    "write_offs",
]
