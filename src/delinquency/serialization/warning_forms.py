"""Observations and rules of early warning, as JSON can hold them.

The one idea: who sends observations writes values as people say them - days as a number, money and shares as
text - and a rule is the line that a file of rules writes; both are checked by the classes that they become.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from delinquency.citation import Citation, Modality, Verification
from delinquency.currency import Currency
from delinquency.early_warning.catalogue import CATALOGUE, ObservationTerm, with_own_terms
from delinquency.early_warning.condition_text import parse_condition
from delinquency.early_warning.observations import Observations
from delinquency.early_warning.rule import Severity, WarningFamily, WarningRule
from delinquency.early_warning.rules import DatedRule, ObservationPeriod, WarningRules
from delinquency.early_warning.units import Unit, to_value
from delinquency.errors import DelinquencyError, InvalidValueError
from delinquency.serialization.json_values import read_decimal
from delinquency.validity import Validity

__all__ = ["ObservedColumn", "PlainObservations", "PlainWarningRule", "PlainWarningRules"]


@attrs.frozen(slots=True)
class ObservedColumn:
    """One observation at the end of each period.

    Parameters
    ----------
    name : str
        Of the catalogue, or of ``own_terms``.
    values : tuple of object or None
        One for each date: a whole number of days, months, times or points, a text of an amount [currency
        units] or a share (1 is the whole), true or false of a flag; null where nobody knows. Null alone:
        rules ask for it, and it is not there.
    """

    name: str
    values: tuple[Any, ...] | None


@attrs.frozen(slots=True, kw_only=True)
class PlainObservations:
    """Observations of one account at the ends of its periods, oldest first.

    Parameters
    ----------
    account_id : str
    dates : tuple of date
        The ends of the periods, in order.
    currency : Currency or None
        Of amounts.
    observed : tuple of ObservedColumn
        Each observation once.
    own_terms : tuple of ObservationTerm
        Observations that the catalogue does not have.
    """

    account_id: str
    dates: tuple[date, ...]
    currency: Currency | None = None
    observed: tuple[ObservedColumn, ...]
    own_terms: tuple[ObservationTerm, ...] = ()

    @classmethod
    def of(cls, observations: Observations) -> PlainObservations:
        """The observations, to be written."""
        return cls(
            account_id=observations.account_id,
            dates=observations.dates,
            currency=observations.currency,
            observed=tuple(_column(observations, name) for name in observations.terms),
            own_terms=tuple(
                term for name, term in observations.terms.items() if CATALOGUE.get(name) != term
            ),
        )

    def restored(self) -> Observations:
        """The observations that were written.

        Raises
        ------
        InvalidTypeError, InvalidValueError
            As ``Observations.of``; an observation twice.
        """
        terms = with_own_terms(self.own_terms, "own_terms")
        own = {term.name: term for term in self.own_terms}
        values: dict[str, tuple[object, ...]] = {}
        asked: dict[str, ObservationTerm] = {}
        for column in self.observed:
            if column.name in values or column.name in asked:
                raise InvalidValueError.at(
                    "observed", expected="each observation once", found=f"{column.name!r} twice"
                )
            if column.values is None and column.name in terms:
                asked[column.name] = own.get(column.name, terms[column.name])
            else:
                values[column.name] = _given(column, terms)
        found = Observations.of(
            self.account_id, self.dates, values, currency=self.currency, own_terms=self.own_terms
        )
        named = {**found.terms, **asked, **{name: own[name] for name in own if name in values}}
        ordered = {column.name: named[column.name] for column in self.observed}
        return attrs.evolve(found, terms=ordered)


def _column(observations: Observations, name: str) -> ObservedColumn:
    if name not in observations.numbers:
        return ObservedColumn(name, None)
    unit, currency = observations.unit(name), observations.currency
    values = (to_value(number, unit, currency) for number in observations.numbers[name])
    return ObservedColumn(name, tuple(values))


def _given(column: ObservedColumn, terms: Any) -> tuple[object, ...]:
    """Texts of amounts and shares as exact numbers; everything else as it is, to be checked."""
    values = column.values or ()
    term = terms.get(column.name)
    if term is None or term.unit not in (Unit.AMOUNT, Unit.SHARE):
        return values
    found: list[object] = []
    for place, value in enumerate(values, start=1):
        try:
            found.append(None if value is None else read_decimal(value))
        except DelinquencyError as error:
            raise error.within(f"observed, {column.name} {place}") from None
    return tuple(found)


@attrs.frozen(slots=True, kw_only=True)
class PlainWarningRule:
    """One rule of early warning and the days on which it is in force.

    Parameters
    ----------
    rule_id : str
        The word by which its signal is known.
    when : str
        What raises it, as a file of rules writes it: ``utilisation >= 0.8 for 3 periods``.
    family : WarningFamily
    severity : Severity
        How grave it is; none of a rule of points below 0.
    points : int
        What it adds to the score [points].
    says, says_zh : str
        The sentence that is read aloud when it is raised.
    rationale, rationale_zh : str
        Why a lender looks at it.
    clears : str or None
        What clears it; null: that ``when`` does not hold.
    confirm_after, clear_after, cool_down : int
        In a row until it is confirmed, until it is cleared, and without a new one after that [periods].
    owner, owner_zh, escalation, escalation_zh : str
        Who looks at it, and what follows.
    citations : tuple of Citation
        The source; without any the rule is house practice.
    verification : Verification or None
        How far its figures were compared with the source.
    modality : Modality or None
        What kind of statement the source makes.
    effective_from, effective_until : date or None
        In force from the first, the last excluded.
    """

    rule_id: str
    when: str
    family: WarningFamily
    severity: Severity = Severity.NONE
    points: int = 0
    says: str = ""
    says_zh: str = ""
    rationale: str = ""
    rationale_zh: str = ""
    clears: str | None = None
    confirm_after: int = 1
    clear_after: int = 1
    cool_down: int = 0
    owner: str = ""
    owner_zh: str = ""
    escalation: str = ""
    escalation_zh: str = ""
    citations: tuple[Citation, ...] = ()
    verification: Verification | None = None
    modality: Modality | None = None
    effective_from: date | None = None
    effective_until: date | None = None

    @classmethod
    def of(cls, dated: DatedRule) -> PlainWarningRule:
        """The rule, to be written."""
        rule, validity = dated.rule, dated.validity
        fields = {name: getattr(rule, name) for name in _PLAIN}
        return cls(
            when=str(rule.when),
            clears=None if rule.clears is None else str(rule.clears),
            effective_from=validity.effective_from,
            effective_until=validity.effective_until,
            **fields,
        )

    def restored(self, terms: Any) -> DatedRule:
        """The rule that was written.

        Raises
        ------
        PolicyError
            A condition that says nothing.
        InvalidTypeError, InvalidValueError
            As :class:`WarningRule`.
        """
        lines = {"when": self.when, "clears": self.clears}
        read = {
            field: parse_condition(line, terms=terms, where=f"rule {self.rule_id!r}, {field}")
            for field, line in lines.items()
            if line is not None
        }
        rule = WarningRule(**read, **{name: getattr(self, name) for name in _PLAIN})  # type: ignore[arg-type]
        return DatedRule(rule, Validity(self.effective_from, self.effective_until))


_PLAIN = tuple(
    field.name for field in attrs.fields(WarningRule) if field.name not in ("when", "clears")
)
"""What is written of a rule as it is."""


@attrs.frozen(slots=True, kw_only=True)
class PlainWarningRules:
    """Rules of early warning that are judged together.

    Parameters
    ----------
    name : str
    rules : tuple of PlainWarningRule
        In order; of one id several, if their days in force do not overlap.
    period : ObservationPeriod
        What one period of the observations is.
    own_terms : tuple of ObservationTerm
        Observations that the catalogue does not have.
    currency : Currency or None
        Of the amounts that the rules name.
    title, title_zh, jurisdiction, notes : str
        For readers.
    """

    name: str
    rules: tuple[PlainWarningRule, ...]
    period: ObservationPeriod = ObservationPeriod.MONTH
    own_terms: tuple[ObservationTerm, ...] = ()
    currency: Currency | None = None
    title: str = ""
    title_zh: str = ""
    jurisdiction: str = ""
    notes: str = ""

    @classmethod
    def of(cls, rules: WarningRules) -> PlainWarningRules:
        """The rules, to be written."""
        kept = {
            field.name: getattr(rules, field.name)
            for field in attrs.fields(WarningRules)
            if field.name != "rules"
        }
        return cls(rules=tuple(map(PlainWarningRule.of, rules.rules)), **kept)

    def restored(self) -> WarningRules:
        """The rules that were written.

        Raises
        ------
        PolicyError, InvalidTypeError, InvalidValueError
            As :class:`WarningRules`.
        """
        terms = with_own_terms(self.own_terms, "own_terms")
        kept = {
            field.name: getattr(self, field.name)
            for field in attrs.fields(WarningRules)
            if field.name != "rules"
        }
        return WarningRules(rules=[each.restored(terms) for each in self.rules], **kept)
