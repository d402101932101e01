"""A set of rules of early warning: which rules, over which periods, in force when.

The one idea: rule sets are put together from others, and each rule keeps its own id, source and days in
force; a day on which no rule is in force is an error, never a default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Final

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

__all__ = [
    "ONCE_IN_FORCE",
    "OTHER_ID",
    "DatedRule",
    "ObservationPeriod",
    "WarningRules",
    "overlap_with",
]

ONCE_IN_FORCE: Final = "an id that no other rule has on the same days"
OTHER_ID: Final = (
    "Give it an id of its own; or, where it changes the other rule, end that one: its effective_until is the "
    "effective_from of this one."
)


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


def _on_one_line(text: str) -> str:
    """A text whose lines were broken anywhere; what is no text is refused later."""
    return " ".join(text.split()) if isinstance(text, str) else text


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
        For readers. Notes are one paragraph: wherever a line of them ends, a space is kept.

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
    notes: str = attrs.field(converter=_on_one_line, default="")

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
            other = overlap_with(each, self.rules[:place])
            if other is not None:
                raise PolicyError.at(
                    of,
                    expected=ONCE_IN_FORCE,
                    found=f"it twice: {self.rules[other].validity}, and {each.validity}",
                    hint=OTHER_ID,
                )
            for condition in (each.rule.when, each.rule.clears):
                if condition is not None:
                    check_condition(condition, terms, of)

    def __repr__(self) -> str:
        return f"WarningRules({self.name!r}, {len(self.rules)} rules, one period a {self.period.value})"

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


def overlap_with(each: DatedRule, earlier: Sequence[DatedRule]) -> int | None:
    """The place of the first rule of the same id that is in force on one of the same days."""
    start, end = each.validity.days
    for place, other in enumerate(earlier):
        first, last = other.validity.days
        if other.rule.rule_id == each.rule.rule_id and not (end <= first or last <= start):
            return place
    return None
