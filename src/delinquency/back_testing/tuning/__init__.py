"""Putting rules of early warning together from candidates, on the outcomes of half of the accounts.

The one idea: what a rule may ask, and which way it may count, is a lender's to say; which conditions stand
together, and with how many points, is fitted on one half of the accounts and told on the other.
"""

from delinquency.back_testing.tuning.answer import TunedRules
from delinquency.back_testing.tuning.candidates import Candidate
from delinquency.back_testing.tuning.choices import TuningChoices
from delinquency.back_testing.tuning.verb import tune_rules

__all__ = ["Candidate", "TunedRules", "TuningChoices", "tune_rules"]
