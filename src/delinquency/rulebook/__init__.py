"""Ways of counting by jurisdiction, dated and cited: data files, read strictly.

The one idea: numbers that come from law live here and nowhere else. A file holds the versions of one
policy with their validity and their sources; a change in law is a new version, never an edit. Users
load files of their own the same way.
"""

from delinquency.rulebook.catalogue import RulebookEntry, available, load, loads
from delinquency.rulebook.comparison import PolicyComparison, PolicyDifference, compare

__all__ = [
    "PolicyComparison",
    "PolicyDifference",
    "RulebookEntry",
    "available",
    "compare",
    "load",
    "loads",
]
