"""Judging one account by rules of early warning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from delinquency.citation import Verification
from delinquency.cited_tables import warn_if_unverified
from delinquency.currency import Currency
from delinquency.early_warning.answer import EarlyWarning, Signal
from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.judging import judge_periods
from delinquency.early_warning.observations import Observations
from delinquency.early_warning.period_checks import check_consecutive
from delinquency.early_warning.rule import WarningRule
from delinquency.early_warning.rules import WarningRules
from delinquency.early_warning.signals import fold_signal, folded_truths
from delinquency.errors import InvalidTypeError, PolicyError

__all__ = ["check_currency", "check_units", "early_warning_signals", "warn_of_unverified"]


def early_warning_signals(observations: Observations, *, rules: WarningRules) -> EarlyWarning:
    """Say which rules of early warning are raised at the end of the last period, since when, and why.

    Each rule is judged at the end of every period, in order; the rules are those in force on the last day.
    The dates of the observations have to be periods in a row, as the rules count them: months or statements.

    Parameters
    ----------
    observations : Observations
    rules : WarningRules

    Returns
    -------
    EarlyWarning
        One signal for each rule. A rule whose observations are not there, or unknown, is not assessed; it is
        never silent because of that.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Dates that leave out a period of the rules, or two of one period.
    PolicyNotInForceError
        No rule is in force on the last day.
    PolicyError
        An observation in another unit than the rules read it, or amounts in another currency than theirs.

    Warns
    -----
    UnverifiedTableWarning
        A rule in force was never compared with its source.

    Examples
    --------
    At the threshold, and one day short of it:

    >>> from datetime import date
    >>> import delinquency as dq
    >>> rules = dq.load_warning_rules("sama")
    >>> for days in (5, 4):
    ...     seen = dq.Observations.of("A-1", [date(2025, 1, 31)], {"days_past_due": [days]})
    ...     print(dq.early_warning_signals(seen, rules=rules).signal("early_arrears").state.name)
    CONFIRMED
    SILENT
    """
    if not isinstance(observations, Observations):
        raise InvalidTypeError.at(
            "early_warning_signals, observations",
            expected="Observations",
            found=observations,
            hint="Make them with observe(account, ...) or Observations.of(...).",
        )
    if not isinstance(rules, WarningRules):
        raise InvalidTypeError.at(
            "early_warning_signals, rules",
            expected="WarningRules",
            found=rules,
            hint='Load them: load_warning_rules("sama").',
        )
    check_consecutive(
        observations.dates, rules.period, f"observations of {observations.account_id!r}"
    )
    check_units(observations.terms, rules)
    check_currency(observations.currency, rules)
    terms = rules.terms
    asked = {name: terms[name] for name in rules.observations}
    given = {
        name: _explained(term, asked.get(name, term)) for name, term in observations.terms.items()
    }
    seen = attrs.evolve(observations, terms={**asked, **given})
    in_force = rules.in_force(seen.as_of)
    warn_of_unverified(rules, in_force)
    return EarlyWarning(seen, rules, tuple(_signal(seen, each) for each in in_force))


def _explained(term: ObservationTerm, other: ObservationTerm) -> ObservationTerm:
    """A term with what another says for readers wherever it says nothing itself."""
    texts = ("meaning", "meaning_zh", "source")
    told = {name: getattr(term, name) or getattr(other, name) for name in texts}
    return attrs.evolve(term, **told)


def check_units(given: Mapping[str, ObservationTerm], rules: WarningRules) -> None:
    """Refuse an observation that is in another unit than the rules read it."""
    terms = rules.terms
    for name in rules.observations:
        term = given.get(name)
        if term is not None and term.unit is not terms[name].unit:
            raise PolicyError.at(
                f"warning rules {rules.name!r}, {name}",
                expected=f"an observation in {terms[name].unit.value}",
                found=term.unit.value,
            )


def check_currency(given: Currency | None, rules: WarningRules) -> None:
    """Refuse amounts in another currency than that of the amounts that the rules name."""
    if given is None or rules.currency is None or given == rules.currency:
        return
    raise PolicyError.at(
        f"warning rules {rules.name!r}, currency",
        expected=f"amounts in {rules.currency.code}",
        found=given.code,
        hint="The amounts that these rules name are of that currency: fit or write them anew.",
    )


def _signal(observations: Observations, rule: WarningRule) -> Signal:
    judged, ends = judge_periods(observations, rule)
    holds, clears = folded_truths([each.holds for each in judged], ends, is_warning=rule.is_warning)
    memory = fold_signal(
        holds,
        clears,
        confirm_after=rule.confirm_after,
        clear_after=rule.clear_after,
        cool_down=rule.cool_down,
    )[-1]
    since = None if memory.since < 0 else observations.dates[memory.since]
    is_assessed = judged[-1].holds is not None
    return Signal(rule, memory.state, since, is_assessed, judged[-1], observations)


def warn_of_unverified(rules: WarningRules, in_force: Iterable[WarningRule]) -> None:
    """Warn of rules in force that were never compared with their source."""
    ids = [each.rule_id for each in in_force if each.verification is Verification.UNVERIFIED]
    if ids:
        named = f"{rules.name}, {'rule' if len(ids) == 1 else 'each of'} {', '.join(ids)},"
        warn_if_unverified(Verification.UNVERIFIED, named)
