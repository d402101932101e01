"""A set of rules of early warning: which rules, over which periods, in force when.

The one idea: rule sets are put together from others, and each rule keeps its own id, source and days in
force; a day on which no rule is in force is an error, never a default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum

import attrs

from delinquency.choices import checked_member
from delinquency.currency import Currency
from delinquency.early_warning.catalogue import ObservationTerm, with_own_terms
from delinquency.early_warning.condition_checks import check_condition
from delinquency.early_warning.rule import WarningRule
from delinquency.early_warning.texts import check_texts
from delinquency.errors import (
    InvalidTypeError,
    InvalidValueError,
    PolicyError,
)
from delinquency.identifiers import check_id
from delinquency.sequences import checked_tuple
from delinquency.validity import SelectedBy, Validity, none_in_force

__all__ = ["DatedRule", "ObservationPeriod", "WarningRules"]


class ObservationPeriod(Enum):
    """What one period of a history is."""

    MONTH = "month"
    STATEMENT = "statement"


@attrs.frozen(slots=True)
class DatedRule:
    """A rule and the days on which it is in force."""

    rule: WarningRule
    validity: Validity = attrs.field(factory=Validity)

    def __attrs_post_init__(self) -> None:
        for field, value, kind in (
            ("rule", self.rule, WarningRule),
            ("validity", self.validity, Validity),
        ):
            if not isinstance(value, kind):
                raise InvalidTypeError.at(
                    f"dated rule, {field}", expected=f"a {kind.__name__}", found=value
                )
        if self.validity.selected_by is not SelectedBy.AS_OF:
            raise InvalidValueError.at(
                "dated rule, validity",
                expected="a rule that the day of the signal selects",
                found=f"selected_by {self.validity.selected_by.value}",
            )


def _rules(items: Iterable[DatedRule | WarningRule]) -> tuple[DatedRule, ...]:
    found = checked_tuple(items, (DatedRule, WarningRule), "warning rules, rule")
    return tuple(each if isinstance(each, DatedRule) else DatedRule(each) for each in found)


def _terms(items: Iterable[ObservationTerm]) -> tuple[ObservationTerm, ...]:
    return checked_tuple(items, ObservationTerm, "warning rules, observation")


@attrs.frozen(slots=True, kw_only=True)
class WarningRules:
    """Rules of early warning that are judged together.

    Parameters
    ----------
    name : str
    rules : tuple of DatedRule
        A :class:`~delinquency.early_warning.rule.WarningRule` alone is always in force. Of one id several, if
        their days in force do not overlap.
    period : ObservationPeriod
        What one period of the observations is.
    own_terms : tuple of ObservationTerm, optional
        Observations beside those of the catalogue.
    currency : Currency, optional
        Of the amounts that the rules name; observations in another one are refused. Without it the amounts
        are in the currency of whoever is judged, whatever it is.
    title, title_zh, jurisdiction, notes : str, optional
        For readers.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        An observation in two units.
    PolicyError
        No rule; two of one id in force together; an observation that nobody declared; a comparison that says
        nothing, such as days beside money.
    """

    name: str
    rules: tuple[DatedRule, ...] = attrs.field(converter=_rules)
    period: ObservationPeriod = ObservationPeriod.MONTH
    own_terms: tuple[ObservationTerm, ...] = attrs.field(converter=_terms, default=())
    currency: Currency | None = None
    title: str = ""
    title_zh: str = ""
    jurisdiction: str = ""
    notes: str = ""

    def __attrs_post_init__(self) -> None:
        check_id(self.name, where="warning rules, name")
        where = f"warning rules {self.name!r}"
        checked_member(self.period, ObservationPeriod, f"{where}, period")
        check_texts(self, ("title", "title_zh", "jurisdiction", "notes"), where)
        if self.currency is not None and not isinstance(self.currency, Currency):
            raise InvalidTypeError.at(
                f"{where}, currency",
                expected="a Currency or None",
                found=self.currency,
                hint='Write Currency.of("CNY").',
            )
        if not self.rules:
            raise PolicyError.at(where, expected="at least one rule", found="none")
        terms = self.terms
        for place, each in enumerate(self.rules):
            of = f"{where}, rule {each.rule.rule_id!r}"
            _check_apart(each, self.rules[:place], of)
            for condition in (each.rule.when, each.rule.clears):
                if condition is not None:
                    check_condition(condition, terms, of)

    @property
    def terms(self) -> Mapping[str, ObservationTerm]:
        """The observations that its rules may read, by name.

        Raises
        ------
        InvalidValueError
            A name of the catalogue in another unit.
        """
        return with_own_terms(self.own_terms, f"warning rules {self.name!r}")

    @property
    def observations(self) -> tuple[str, ...]:
        """The names of the observations that its rules read, each once, in order."""
        names = (name for each in self.rules for name in each.rule.observations)
        return tuple(dict.fromkeys(names))

    @property
    def periods(self) -> int:
        """The most periods of history that a rule needs."""
        return max(each.rule.periods for each in self.rules)

    def in_force(self, on: date) -> tuple[WarningRule, ...]:
        """The rules in force on a day.

        Raises
        ------
        PolicyNotInForceError
            None is.
        """
        found = tuple(each.rule for each in self.rules if each.validity.contains(on))
        if not found:
            days = (each.validity for each in self.rules)
            raise none_in_force(f"warning rules {self.name!r}", "rule", days, on)
        return found

    def together_with(self, *others: WarningRules, name: str) -> WarningRules:
        """The rules of this set, then those of others, under a name of their own.

        Their amounts are in the currency that one of them names.

        Raises
        ------
        InvalidTypeError
            Not rules.
        PolicyError
            Sets of other periods, or of two currencies; a rule id in two of them.
        """
        sets = (self, *checked_tuple(others, WarningRules, "warning rules, together_with"))
        for each in sets:
            if each.period is not self.period:
                raise PolicyError.at(
                    f"warning rules {name!r}",
                    expected=f"rules over the same period: {self.period.value}",
                    found=f"{each.name}: {each.period.value}",
                )
        currencies = {each.currency for each in sets if each.currency is not None}
        if len(currencies) > 1:
            raise PolicyError.at(
                f"warning rules {name!r}",
                expected="rules over amounts in one currency",
                found=", ".join(sorted(each.code for each in currencies)),
            )
        return WarningRules(
            name=name,
            rules=[rule for each in sets for rule in each.rules],
            period=self.period,
            own_terms=list(dict.fromkeys(term for each in sets for term in each.own_terms)),
            currency=next(iter(currencies), None),
        )


def _check_apart(each: DatedRule, earlier: Iterable[DatedRule], where: str) -> None:
    start, end = each.validity.days
    for other in earlier:
        first, last = other.validity.days
        if other.rule.rule_id == each.rule.rule_id and not (end <= first or last <= start):
            raise PolicyError.at(
                where,
                expected=f"days apart from those of the rule of this id before: {other.validity}",
                found=str(each.validity),
            )
