"""Early warning: observations of an account, rules over them, and the signals that they raise.

The one idea: rules are data that anybody can read aloud, and each signal shows the figures that raised it.
What is unknown is unknown, never healthy.

:mod:`~delinquency.early_warning.catalogue` names the observations,
:mod:`~delinquency.early_warning.observations` holds them for one account,
:mod:`~delinquency.early_warning.observing` makes them from accounts, cards and statements,
:mod:`~delinquency.early_warning.conditions` says what a rule may ask,
:mod:`~delinquency.early_warning.loading` reads rules from files, and
:mod:`~delinquency.early_warning.verb` judges.
"""

from delinquency.early_warning.answer import EarlyWarning, Signal
from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.condition_text import parse_condition
from delinquency.early_warning.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compared,
    ForPeriods,
    How,
    InPeriods,
    Operator,
    Reading,
)
from delinquency.early_warning.judging import Judgement
from delinquency.early_warning.loading import available_warning_rules, load_warning_rules
from delinquency.early_warning.observations import Observations
from delinquency.early_warning.observing.account_verb import observe
from delinquency.early_warning.observing.card_verb import observe_card
from delinquency.early_warning.observing.statement_verb import observe_statements
from delinquency.early_warning.rule import Severity, WarningFamily, WarningRule
from delinquency.early_warning.rules import DatedRule, ObservationPeriod, WarningRules
from delinquency.early_warning.signals import SignalState
from delinquency.early_warning.units import Unit
from delinquency.early_warning.verb import early_warning_signals
from delinquency.early_warning.writing import rules_to_toml, save_warning_rules

__all__ = [
    "AllOf",
    "AnyOf",
    "AtLeastOf",
    "Compared",
    "DatedRule",
    "EarlyWarning",
    "ForPeriods",
    "How",
    "InPeriods",
    "Judgement",
    "ObservationPeriod",
    "ObservationTerm",
    "Observations",
    "Operator",
    "Reading",
    "Severity",
    "Signal",
    "SignalState",
    "Unit",
    "WarningFamily",
    "WarningRule",
    "WarningRules",
    "available_warning_rules",
    "early_warning_signals",
    "load_warning_rules",
    "observe",
    "observe_card",
    "observe_statements",
    "parse_condition",
    "rules_to_toml",
    "save_warning_rules",
]
