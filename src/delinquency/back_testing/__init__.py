"""Back-testing: whether rules of early warning foresaw what really happened.

The one idea: signals of a day are set beside events of the days after it, and nothing that was known only
later takes part. The figures are statistics in floats; no amount is among them.
"""

from delinquency.back_testing.answer import BackTest, Confusion, Halves, RuleWorth
from delinquency.back_testing.outcomes import Horizon, Outcomes
from delinquency.back_testing.ranking import (
    Interval,
    ScoreBand,
    area_under_curve,
    score_bands,
    share_of_bad_at_top,
)
from delinquency.back_testing.stability import population_stability
from delinquency.back_testing.tuning import Candidate, TunedRules, TuningChoices, tune_rules
from delinquency.back_testing.verb import back_test

__all__ = [
    "BackTest",
    "Candidate",
    "Confusion",
    "Halves",
    "Horizon",
    "Interval",
    "Outcomes",
    "RuleWorth",
    "ScoreBand",
    "TunedRules",
    "TuningChoices",
    "area_under_curve",
    "back_test",
    "population_stability",
    "score_bands",
    "share_of_bad_at_top",
    "tune_rules",
]
